/* SPDX-License-Identifier: Apache-2.0 */
/* places.c - places and their names: made, changed, ended. */
#include <string.h>

#include "gazetteer/edit/desk.h"
#include "gazetteer/standardise/romanise.h"

static bool same_text(const char *a, const char *b)
{
    return (!a || !*a) ? (!b || !*b) : b && strcmp(a, b) == 0;
}

/* ---- names ---- */

/* The standard writing, and a spelling where none was given. */
static gaz_status finish_name(struct gaz_desk *desk, int category,
                              struct gaz_name *name)
{
    struct gaz_standardiser *s = desk->editor->standardiser;
    struct gaz_roman roman;
    const char *text = NULL;
    gaz_status status =
        gaz_standardise_text(desk->ctx, s, name->text ? name->text : "", &text);
    if (status != GAZ_OK)
        return status;
    if (!text) {
        gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT, "名称为空",
                        "a name has no characters");
        return GAZ_OK;
    }
    name->text = text;
    if (name->roman && *name->roman)
        return GAZ_OK;
    status = gaz_romanise(desk->ctx, gaz_standardiser_unicode(s), text,
                          category, &roman);
    if (status == GAZ_OK)
        name->roman = roman.text;
    return status;
}

static bool same_name(const struct gaz_name *a, const struct gaz_name *b)
{
    return a->kind == b->kind && strcmp(a->text, b->text) == 0 &&
           same_text(a->roman, b->roman) && a->valid_from == b->valid_from &&
           a->valid_to == b->valid_to && a->basis == b->basis;
}

/* What was there keeps its source; the rest is of this write's. */
static void credit(const struct gaz_desk *desk, const struct gaz_place *before,
                   struct gaz_place *after, struct gaz_name *names)
{
    for (int i = 0; i < after->name_count; i++) {
        names[i].source = desk->source;
        for (int k = 0; before && k < before->name_count; k++)
            if (same_name(&names[i], &before->names[k]))
                names[i].source = before->names[k].source;
    }
    struct gaz_position *now = &after->position;
    now->source = desk->source;
    if (before && before->position.method == now->method &&
        before->position.coord.lon == now->coord.lon &&
        before->position.coord.lat == now->coord.lat &&
        before->position.accuracy_m == now->accuracy_m)
        now->source = before->position.source;
}

/* ---- storing ---- */

/* Judged, then stored; `names` are after->names. */
static gaz_status store(struct gaz_desk *desk, const struct gaz_place *before,
                        struct gaz_place *after, struct gaz_name *names)
{
    struct gaz_ctx *ctx = desk->ctx;
    gaz_id id = 0;
    after->names = names;
    gaz_status status = gaz_findings_place(desk, before, after);
    if (status == GAZ_OK && gaz_desk_goes_on(desk))
        status = gaz_desk_keep(desk, GAZ_ENTRY_PLACE);
    if (status != GAZ_OK || !gaz_desk_goes_on(desk))
        return status;
    credit(desk, before, after, names);
    status = gaz_store_put_place(ctx, desk->editor->store, after,
                                 desk->by->source->key, desk->record_key,
                                 desk->record, &id);
    if (status == GAZ_INVALID || status == GAZ_LIMIT) {
        gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT, "不能入库",
                        gaz_arena_strdup(&ctx->arena, gaz_ctx_failure(ctx)));
        ctx->failure[0] = '\0';
        return GAZ_OK;
    }
    if (status == GAZ_OK)
        status = gaz_findings_keep(desk, id);
    desk->out->about = id;
    return status;
}

static gaz_status check_parent(struct gaz_desk *desk,
                               const struct gaz_place *place)
{
    struct gaz_place parent;
    if (!place->parent)
        return GAZ_OK;
    gaz_status status = gaz_desk_place(desk, place->parent, &parent);
    if (status == GAZ_OK && parent.id == place->parent)
        return GAZ_OK;
    if (status != GAZ_OK && status != GAZ_NOT_FOUND)
        return status;
    desk->ctx->failure[0] = '\0';
    gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT, "上级地名不存在",
                    "the parent is no place (any more)");
    return GAZ_OK;
}

/* All of a place as it shall be. */
static gaz_status replace(struct gaz_desk *desk, const struct gaz_place *before,
                          struct gaz_place after)
{
    struct gaz_name *names = gaz_arena_array(
        &desk->ctx->arena, (size_t)after.name_count + 1, sizeof(*names));
    gaz_status status = check_parent(desk, &after);
    for (int i = 0; i < after.name_count; i++) {
        names[i] = after.names[i];
        if (status == GAZ_OK && gaz_desk_goes_on(desk))
            status = finish_name(desk, after.category, &names[i]);
    }
    if (status != GAZ_OK || !gaz_desk_goes_on(desk))
        return status;
    after.id = before->id;
    after.area_wkb = before->area_wkb;
    after.area_size = before->area_size;
    after.area_is_schematic = before->area_is_schematic;
    if (!after.parent)
        after.parent_code = before->parent ? NULL : before->parent_code;
    return store(desk, before, &after, names);
}

/* ---- making ---- */

static const char *number_text(struct gaz_arena *arena, int number)
{
    return gaz_arena_printf(arena, "%d", number);
}

/* The other forms of a new name (乍浦 of 乍浦镇), as an import finds them. */
static gaz_status expand(struct gaz_desk *desk, const struct gaz_place *place,
                         struct gaz_name *names, int *count)
{
    struct gaz_arena *arena = &desk->ctx->arena;
    const struct gaz_name *name = &place->names[0];
    struct gaz_entry entry;
    struct gaz_field fields[] = {
        {"name", "name", name->text},
        {"category", "category", number_text(arena, place->category)},
        {"level", "level", number_text(arena, (int)place->level)},
        {"roman", "roman", name->roman ? name->roman : ""},
    };
    const struct gaz_record record = {
        .kind = GAZ_ENTRY_PLACE, .key = "", .fields = fields, .field_count = 4};
    gaz_status status =
        gaz_standardise(desk->ctx, desk->editor->standardiser, &record, &entry);
    if (status != GAZ_OK)
        return status;
    *count = 0;
    for (int i = 0; i < entry.place.name_count; i++) {
        names[*count] = entry.place.names[i];
        names[*count].valid_from = name->valid_from;
        names[*count].valid_to = name->valid_to;
        names[*count].basis = name->basis;
        (*count)++;
    }
    return GAZ_OK;
}

static bool is_listed(const struct gaz_name *names, int count,
                      const struct gaz_name *name)
{
    for (int i = 0; i < count; i++)
        if (names[i].kind == name->kind &&
            strcmp(names[i].text, name->text) == 0)
            return true;
    return false;
}

static gaz_status create(struct gaz_desk *desk, struct gaz_place place)
{
    struct gaz_name names[GAZ_NAMES_MAX + GAZ_NAME_KINDS];
    int count = 0;
    gaz_status status = check_parent(desk, &place);
    if (status == GAZ_OK && gaz_desk_goes_on(desk))
        status = expand(desk, &place, names, &count);
    if (status == GAZ_OK && gaz_desk_goes_on(desk) && count == 0)
        gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT, "名称为空",
                        "a name has no characters");
    for (int i = 1; i < place.name_count && i < GAZ_NAMES_MAX; i++) {
        struct gaz_name name = place.names[i];
        if (status == GAZ_OK && gaz_desk_goes_on(desk))
            status = finish_name(desk, place.category, &name);
        if (status == GAZ_OK && gaz_desk_goes_on(desk) &&
            count < GAZ_NAMES_MAX && !is_listed(names, count, &name))
            names[count++] = name;
    }
    if (status != GAZ_OK || !gaz_desk_goes_on(desk))
        return status;
    place.name_count = count;
    return store(desk, NULL, &place, names);
}

gaz_status gaz_editor_create_place(struct gaz_ctx *ctx,
                                   struct gaz_editor *editor,
                                   const struct gaz_editor_by *by,
                                   const struct gaz_place *place,
                                   struct gaz_editor_answer *out)
{
    struct gaz_desk desk = {.ctx = ctx,
                            .editor = editor,
                            .by = by,
                            .out = out,
                            .action = "place-create"};
    gaz_status status = gaz_desk_begin(&desk, 0);
    if (status == GAZ_OK)
        status = create(&desk, *place);
    return gaz_desk_end(&desk, status);
}

/* ---- changing ---- */

/* Begins with a place that is there. */
static gaz_status begin(struct gaz_desk *desk, gaz_id id)
{
    gaz_status status = gaz_desk_begin(desk, id);
    if (status == GAZ_OK && gaz_desk_goes_on(desk) && desk->out->is_address)
        gaz_desk_refuse(desk, GAZ_EDITOR_MISSING, "这是地址，不是地名",
                        "this id is an address, not a place");
    return status;
}

gaz_status gaz_editor_put_place(struct gaz_ctx *ctx, struct gaz_editor *editor,
                                const struct gaz_editor_by *by,
                                const struct gaz_place *place,
                                struct gaz_editor_answer *out)
{
    struct gaz_desk desk = {.ctx = ctx,
                            .editor = editor,
                            .by = by,
                            .out = out,
                            .action = "place-update"};
    gaz_status status = begin(&desk, place->id);
    if (status == GAZ_OK && gaz_desk_goes_on(&desk)) {
        const struct gaz_place before = out->place;
        status = replace(&desk, &before, *place);
    }
    return gaz_desk_end(&desk, status);
}

/* ---- ending ---- */

static gaz_status note_change(struct gaz_desk *desk,
                              const struct gaz_editor_end *end)
{
    const struct gaz_change change = {
        .kind = end->successor ? GAZ_CHANGE_MERGE : GAZ_CHANGE_ABOLISH,
        .date = end->date,
        .basis = GAZ_BASIS_DOCUMENT,
        .from = end->id,
        .to = end->successor,
        .note = desk->by->why,
        .source = desk->source};
    return gaz_store_put_change(desk->ctx, desk->editor->store, &change,
                                desk->record);
}

static gaz_status may_end(struct gaz_desk *desk, const struct gaz_place *before,
                          const struct gaz_editor_end *end)
{
    int64_t living = 0;
    struct gaz_place heir;
    if (before->status == GAZ_STATUS_HISTORICAL) {
        gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT, "该地名已废止",
                        "the place is abolished already");
        return GAZ_OK;
    }
    gaz_status status =
        gaz_edit_living(desk->ctx, desk->editor->store, before->id, &living);
    if (status == GAZ_OK && living > 0)
        gaz_desk_refuse(
            desk, GAZ_EDITOR_CONFLICT, "其下还有现行地名，须先调整",
            gaz_arena_printf(&desk->ctx->arena,
                             "%lld current places lie in it: move or abolish "
                             "them first",
                             (long long)living));
    if (status != GAZ_OK || !end->successor)
        return status;
    status = gaz_desk_place(desk, end->successor, &heir);
    if (status == GAZ_NOT_FOUND ||
        (status == GAZ_OK && heir.id == before->id)) {
        desk->ctx->failure[0] = '\0';
        gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT, "承接的地名不存在",
                        "the successor is no other place");
        return GAZ_OK;
    }
    return status;
}

static gaz_status abolish(struct gaz_desk *desk, const struct gaz_place *before,
                          const struct gaz_editor_end *end)
{
    struct gaz_place after = *before;
    struct gaz_name *names = gaz_arena_array(
        &desk->ctx->arena, (size_t)after.name_count + 1, sizeof(*names));
    gaz_status status = may_end(desk, before, end);
    if (status != GAZ_OK || !gaz_desk_goes_on(desk))
        return status;
    for (int i = 0; i < after.name_count; i++) {
        names[i] = before->names[i];
        if (names[i].valid_to == GAZ_DATE_OPEN) {
            names[i].valid_to = end->date;
            names[i].basis = GAZ_BASIS_DOCUMENT;
        }
    }
    after.status = GAZ_STATUS_HISTORICAL;
    after.valid_to = end->date;
    after.basis = GAZ_BASIS_DOCUMENT;
    status = store(desk, before, &after, names);
    if (status == GAZ_OK && gaz_desk_goes_on(desk))
        status = note_change(desk, end);
    return status;
}

gaz_status gaz_editor_abolish_place(struct gaz_ctx *ctx,
                                    struct gaz_editor *editor,
                                    const struct gaz_editor_by *by,
                                    const struct gaz_editor_end *end,
                                    struct gaz_editor_answer *out)
{
    struct gaz_desk desk = {.ctx = ctx,
                            .editor = editor,
                            .by = by,
                            .out = out,
                            .action = "place-abolish"};
    gaz_status status = begin(&desk, end->id);
    if (status == GAZ_OK && gaz_desk_goes_on(&desk)) {
        const struct gaz_place before = out->place;
        status = abolish(&desk, &before, end);
    }
    return gaz_desk_end(&desk, status);
}

/* ---- single names ---- */

enum { APPEND = -1 };

/* The names with `name` in place of `index`, or after the last; NULL: without.
 */
static struct gaz_place with_name(struct gaz_arena *arena,
                                  const struct gaz_place *before, int index,
                                  const struct gaz_name *name)
{
    struct gaz_place after = *before;
    struct gaz_name *names =
        gaz_arena_array(arena, (size_t)before->name_count + 1, sizeof(*names));
    int count = 0;
    const bool renames =
        index == APPEND && name && name->kind == GAZ_NAME_STANDARD;
    if (renames)
        names[count++] = *name;
    for (int i = 0; i < before->name_count; i++) {
        if (i == index && name)
            names[count++] = *name;
        else if (i != index)
            names[count++] = before->names[i];
        if (renames && i == 0) {
            names[count - 1].kind = GAZ_NAME_FORMER;
            names[count - 1].valid_to = name->valid_from;
            names[count - 1].basis = name->basis;
        }
    }
    if (index == APPEND && name && !renames)
        names[count++] = *name;
    after.names = names;
    after.name_count = count;
    return after;
}

static gaz_status change_names(struct gaz_desk *desk, gaz_id place, int index,
                               const struct gaz_name *name)
{
    gaz_status status = begin(desk, place);
    if (status != GAZ_OK || !gaz_desk_goes_on(desk))
        return status;
    const struct gaz_place before = desk->out->place;
    if (index >= before.name_count)
        gaz_desk_refuse(desk, GAZ_EDITOR_MISSING, "没有这个名称",
                        "the place has no name of this number");
    else if (index == 0 && (!name || name->kind != GAZ_NAME_STANDARD))
        gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT,
                        "标准名称不能删除，也不能改为其他类别",
                        "the standard name can neither go nor become another "
                        "kind: add a new standard name");
    else if (index > 0 && name && name->kind == GAZ_NAME_STANDARD)
        gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT, "标准名称只有一个",
                        "a place has one standard name: add a new one to "
                        "rename it");
    if (!gaz_desk_goes_on(desk))
        return GAZ_OK;
    return replace(desk, &before,
                   with_name(&desk->ctx->arena, &before, index, name));
}

gaz_status gaz_editor_add_name(struct gaz_ctx *ctx, struct gaz_editor *editor,
                               const struct gaz_editor_by *by, gaz_id place,
                               const struct gaz_name *name,
                               struct gaz_editor_answer *out)
{
    struct gaz_desk desk = {.ctx = ctx,
                            .editor = editor,
                            .by = by,
                            .out = out,
                            .action = "name-add"};
    return gaz_desk_end(&desk, change_names(&desk, place, APPEND, name));
}

gaz_status gaz_editor_put_name(struct gaz_ctx *ctx, struct gaz_editor *editor,
                               const struct gaz_editor_by *by, gaz_id place,
                               int index, const struct gaz_name *name,
                               struct gaz_editor_answer *out)
{
    struct gaz_desk desk = {.ctx = ctx,
                            .editor = editor,
                            .by = by,
                            .out = out,
                            .action = "name-update"};
    return gaz_desk_end(&desk, change_names(&desk, place, index, name));
}

gaz_status gaz_editor_drop_name(struct gaz_ctx *ctx, struct gaz_editor *editor,
                                const struct gaz_editor_by *by, gaz_id place,
                                int index, struct gaz_editor_answer *out)
{
    struct gaz_desk desk = {.ctx = ctx,
                            .editor = editor,
                            .by = by,
                            .out = out,
                            .action = "name-remove"};
    return gaz_desk_end(&desk, change_names(&desk, place, index, NULL));
}
