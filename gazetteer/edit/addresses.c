/* SPDX-License-Identifier: Apache-2.0 */
/* addresses.c - addresses and undo. The text of an address follows from where
 * it is counted: the divisions above its parent, composed as an import does. */
#include <string.h>

#include "gazetteer/edit/desk.h"

enum { DEPTH_MAX = 8, FIELDS_MAX = 12 };

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* What a record of this address would say. */
struct told {
    struct gaz_field fields[FIELDS_MAX];
    int count;
};

static void tell(struct told *told, const char *name, const char *value)
{
    if (told->count < FIELDS_MAX && value && *value)
        told->fields[told->count++] = (struct gaz_field){name, name, value};
}

/* The field that names a place by its level or category; NULL: none. */
static const char *field_of(const struct gaz_place *place)
{
    static const char *const LEVELS[] = {NULL,     "province", "city",
                                         "county", "town",     "community"};
    if (place->level != GAZ_LEVEL_NONE)
        return LEVELS[place->level];
    if (place->category == GAZ_CATEGORY_ROAD)
        return "road";
    if (place->category == GAZ_CATEGORY_ESTATE)
        return "estate";
    return place->category == GAZ_CATEGORY_HAMLET ? "hamlet" : NULL;
}

/* From the parent up to the province. */
static gaz_status tell_places(struct gaz_desk *desk, gaz_id parent,
                              struct told *told)
{
    for (int depth = 0; parent && depth < DEPTH_MAX; depth++) {
        struct gaz_place place;
        gaz_status status = gaz_desk_place(desk, parent, &place);
        if (status == GAZ_NOT_FOUND && depth == 0) {
            desk->ctx->failure[0] = '\0';
            gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT,
                            "地址所在的道路、自然村、小区或村居不存在",
                            "the parent is no place");
            return GAZ_OK;
        }
        if (status != GAZ_OK)
            return status;
        if (depth == 0 && !field_of(&place)) {
            gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT,
                            "门牌只能编在道路、自然村、小区或村居之下",
                            "numbers are counted in a road, hamlet, estate or "
                            "village");
            return GAZ_OK;
        }
        tell(told, field_of(&place) ? field_of(&place) : "",
             place.name_count > 0 ? place.names[0].text : "");
        parent = place.parent;
    }
    return GAZ_OK;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(or_empty(a), or_empty(b)) == 0;
}

/* Judged and stored. `before`: NULL for a new one. */
static gaz_status store(struct gaz_desk *desk, const struct gaz_address *before,
                        struct gaz_address after)
{
    struct told told = {.count = 0};
    struct gaz_entry entry;
    gaz_id id = 0;
    int64_t older = 0;
    gaz_status status = tell_places(desk, after.parent, &told);
    if (status != GAZ_OK || !gaz_desk_goes_on(desk))
        return status;
    tell(&told, "number", after.number);
    tell(&told, "tail", after.tail);
    const struct gaz_record record = {.kind = GAZ_ENTRY_ADDRESS,
                                      .key = "",
                                      .fields = told.fields,
                                      .field_count = told.count};
    status =
        gaz_standardise(desk->ctx, desk->editor->standardiser, &record, &entry);
    if (status != GAZ_OK)
        return status;
    const bool stays = before && before->parent == after.parent &&
                       same_text(before->number, after.number) &&
                       same_text(before->tail, after.tail);
    after.text = stays ? before->text : entry.address.text;
    after.number = stays ? before->number : entry.address.number;
    after.tail = stays ? before->tail : entry.address.tail;
    after.number_value =
        stays ? before->number_value : entry.address.number_value;
    entry.address = after;
    status = gaz_findings_address(desk, &record, &entry);
    if (status == GAZ_OK && gaz_desk_goes_on(desk))
        status = gaz_desk_keep(desk, GAZ_ENTRY_ADDRESS);
    if (status != GAZ_OK || !gaz_desk_goes_on(desk))
        return status;
    after.source = desk->source;
    after.position.source = desk->source;
    if (before && before->position.coord.lon == after.position.coord.lon &&
        before->position.coord.lat == after.position.coord.lat)
        after.position.source = before->position.source;
    status = gaz_store_put_address(desk->ctx, desk->editor->store, &after,
                                   desk->by->source->key, desk->record_key,
                                   desk->record, &id);
    if (status == GAZ_OK && !before)
        status = gaz_edit_version(desk->ctx, desk->editor->store, id,
                                  gaz_edit_first(desk->work), &older);
    if (status == GAZ_OK && older > 0)
        gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT, "该地址已在库中",
                        "this address is there already");
    desk->out->about = id;
    if (status == GAZ_OK && gaz_desk_goes_on(desk))
        status = gaz_findings_keep(desk, id);
    return status;
}

gaz_status gaz_editor_create_address(struct gaz_ctx *ctx,
                                     struct gaz_editor *editor,
                                     const struct gaz_editor_by *by,
                                     const struct gaz_address *address,
                                     struct gaz_editor_answer *out)
{
    struct gaz_desk desk = {.ctx = ctx,
                            .editor = editor,
                            .by = by,
                            .out = out,
                            .action = "address-create"};
    gaz_status status = gaz_desk_begin(&desk, 0);
    out->is_address = true;
    if (status == GAZ_OK)
        status = store(&desk, NULL, *address);
    return gaz_desk_end(&desk, status);
}

static gaz_status begin(struct gaz_desk *desk, gaz_id id)
{
    gaz_status status = gaz_desk_begin(desk, id);
    if (status == GAZ_OK && gaz_desk_goes_on(desk) && !desk->out->is_address)
        gaz_desk_refuse(desk, GAZ_EDITOR_MISSING, "这是地名，不是地址",
                        "this id is a place, not an address");
    return status;
}

gaz_status gaz_editor_put_address(struct gaz_ctx *ctx,
                                  struct gaz_editor *editor,
                                  const struct gaz_editor_by *by,
                                  const struct gaz_address *address,
                                  struct gaz_editor_answer *out)
{
    struct gaz_desk desk = {.ctx = ctx,
                            .editor = editor,
                            .by = by,
                            .out = out,
                            .action = "address-update"};
    gaz_status status = begin(&desk, address->id);
    if (status == GAZ_OK && gaz_desk_goes_on(&desk)) {
        const struct gaz_address before = out->address;
        status = store(&desk, &before, *address);
    }
    return gaz_desk_end(&desk, status);
}

gaz_status gaz_editor_abolish_address(struct gaz_ctx *ctx,
                                      struct gaz_editor *editor,
                                      const struct gaz_editor_by *by,
                                      const struct gaz_editor_end *end,
                                      struct gaz_editor_answer *out)
{
    struct gaz_desk desk = {.ctx = ctx,
                            .editor = editor,
                            .by = by,
                            .out = out,
                            .action = "address-abolish"};
    gaz_status status = begin(&desk, end->id);
    if (status == GAZ_OK && gaz_desk_goes_on(&desk) &&
        out->address.status == GAZ_STATUS_HISTORICAL)
        gaz_desk_refuse(&desk, GAZ_EDITOR_CONFLICT, "该地址已废止",
                        "the address is abolished already");
    if (status == GAZ_OK && gaz_desk_goes_on(&desk)) {
        const struct gaz_address before = out->address;
        struct gaz_address after = before;
        after.status = GAZ_STATUS_HISTORICAL;
        after.valid_to = end->date;
        status = store(&desk, &before, after);
    }
    return gaz_desk_end(&desk, status);
}

/* ---- undo ---- */

static gaz_status undo(struct gaz_desk *desk, int64_t seq)
{
    struct gaz_ctx *ctx = desk->ctx;
    struct gaz_edit edit;
    bool hides = false;
    gaz_status status = gaz_edit_at(ctx, desk->editor->store, seq, &edit);
    if (status == GAZ_OK)
        status = gaz_desk_hides(desk, edit.note.about, &hides);
    if (status == GAZ_NOT_FOUND || hides) {
        ctx->failure[0] = '\0';
        gaz_desk_refuse(desk, GAZ_EDITOR_MISSING,
                        "该变更不是在此编辑的，不能在此撤销",
                        "this entry belongs to no change made by an editor; a "
                        "merge is undone in the review queue");
        return GAZ_OK;
    }
    if (status != GAZ_OK)
        return status;
    desk->undoes = edit.id;
    desk->out->about = edit.note.about;
    status = gaz_edit_revert(ctx, desk->editor->store, &edit);
    if (status == GAZ_INVALID) {
        gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT,
                        "该变更已撤销，或其后又有改动",
                        gaz_arena_strdup(&ctx->arena, gaz_ctx_failure(ctx)));
        ctx->failure[0] = '\0';
        return GAZ_OK;
    }
    return status;
}

gaz_status gaz_editor_undo(struct gaz_ctx *ctx, struct gaz_editor *editor,
                           const struct gaz_editor_by *by, int64_t seq,
                           struct gaz_editor_answer *out)
{
    struct gaz_desk desk = {
        .ctx = ctx, .editor = editor, .by = by, .out = out, .action = "undo"};
    gaz_status status = gaz_desk_begin(&desk, 0);
    if (status == GAZ_OK)
        status = undo(&desk, seq);
    return gaz_desk_end(&desk, status);
}
