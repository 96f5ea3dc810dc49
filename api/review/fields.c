/* SPDX-License-Identifier: Apache-2.0 */
#include "api/review/fields.h"

#include <string.h>

#include "api/category.h"
#include "api/part.h"

enum { DEPTH_MAX = 8 };

const struct api_field API_FIELDS[] = {
    {"id", "标识", "id", false, true, true},
    {"name", "标准名称", "name", true, true, false},
    {"text", "地址", "address", true, false, true},
    {"other_names", "其他名称", "other names", false, true, false},
    {"roman", "罗马字母拼写", "romanisation", true, true, false},
    {"code", "代码", "code", true, true, false},
    {"category", "类别", "category", true, true, false},
    {"number", "门牌号", "number", true, false, true},
    {"tail", "楼室", "building and room", true, false, true},
    {"parent", "上级", "lies in", true, true, true},
    {"site", "所在场所", "site", false, false, true},
    {"division", "政区", "division", false, true, true},
    {"position", "位置", "position", true, true, true},
    {"address", "所在地址", "stands at", true, true, false},
    {"status", "状态", "status", true, true, true},
    {"valid_from", "起始", "from", true, true, true},
    {"valid_to", "终止", "until", true, true, true},
    {"meaning", "含义", "meaning", true, true, false},
    {"origin", "来历", "origin", true, true, false},
    {"history", "沿革", "history", true, true, false},
    {.name = NULL},
};

/* ---- reading ---- */

static const char *name_of(const struct gaz_place *place)
{
    return place->name_count > 0 ? place->names[0].text : "";
}

/* From the county down: above it all are the same here. */
static gaz_status load_above(struct gaz_ctx *ctx, struct gaz_store *store,
                             struct api_record *record)
{
    gaz_id id =
        record->is_address ? record->address.parent : record->place.parent;
    struct gaz_place place;
    record->parent_name = "";
    record->division = "";
    for (int depth = 0; id != 0 && depth < DEPTH_MAX; depth++) {
        gaz_status status = gaz_store_place(ctx, store, id, &place);
        if (status != GAZ_OK)
            return status;
        if (depth == 0)
            record->parent_name = name_of(&place);
        if (place.level >= GAZ_LEVEL_COUNTY)
            record->division = gaz_arena_printf(
                &ctx->arena, "%s%s%s", name_of(&place),
                *record->division ? " " : "", record->division);
        id = place.parent;
    }
    return GAZ_OK;
}

static gaz_status load_site(struct gaz_ctx *ctx, struct gaz_store *store,
                            struct api_record *record)
{
    struct gaz_place site;
    record->site_name = "";
    if (!record->is_address || !record->address.place)
        return GAZ_OK;
    gaz_status status =
        gaz_store_place(ctx, store, record->address.place, &site);
    if (status == GAZ_OK)
        record->site_name = name_of(&site);
    return status;
}

gaz_status api_fields_load(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_id id, struct api_record *out)
{
    struct gaz_ctx quiet = {.failure = ""}; /* an address is no place: fine */
    struct api_record read = {.is_address = false};
    struct gaz_place found;
    gaz_status status = gaz_store_place(&quiet, store, id, &found);
    gaz_ctx_close(&quiet);
    read.is_address = status == GAZ_NOT_FOUND;
    status = read.is_address ? gaz_store_address(ctx, store, id, &read.address)
                             : gaz_store_place(ctx, store, id, &read.place);
    if (status == GAZ_OK)
        status = load_above(ctx, store, &read);
    if (status == GAZ_OK)
        status = load_site(ctx, store, &read);
    if (status == GAZ_OK)
        *out = read;
    return status;
}

gaz_id api_fields_id(const struct api_record *record)
{
    return record->is_address ? record->address.id : record->place.id;
}

const char *api_fields_name(const struct api_record *record)
{
    return record->is_address ? record->address.text : name_of(&record->place);
}

const struct gaz_position *api_fields_position(const struct api_record *record)
{
    return record->is_address ? &record->address.position
                              : &record->place.position;
}

/* ---- as text ---- */

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static const char *id_text(struct gaz_arena *arena, gaz_id id)
{
    char text[GAZ_ID_TEXT_BYTES];
    return id ? gaz_arena_strdup(arena, gaz_id_write(id, text)) : "";
}

static const char *date_text(struct gaz_arena *arena, gaz_date date)
{
    char text[GAZ_DATE_MAX_BYTES];
    return gaz_arena_strdup(arena, gaz_date_write(date, text));
}

static const char *other_names(struct gaz_arena *arena,
                               const struct gaz_place *place)
{
    const char *text = "";
    for (int i = 1; i < place->name_count; i++)
        text = gaz_arena_printf(arena, "%s%s%s", text, *text ? "、" : "",
                                place->names[i].text);
    return text;
}

static const char *position_text(struct gaz_arena *arena,
                                 const struct gaz_position *p, bool shown)
{
    if (p->method == GAZ_METHOD_NONE)
        return "";
    if (!shown)
        return gaz_arena_printf(arena, "%.7f,%.7f", p->coord.lon, p->coord.lat);
    const char *within =
        p->accuracy_m > 0 ? gaz_arena_printf(arena, " ±%.0f米", p->accuracy_m)
                          : "";
    return gaz_arena_printf(arena, "%.6f,%.6f%s %s", p->coord.lon, p->coord.lat,
                            within, api_part_method_note(p->method));
}

static const char *category_text(struct gaz_arena *arena, int category,
                                 bool shown)
{
    if (category == 0)
        return "";
    return gaz_arena_printf(arena, "%05d%s%s", category, shown ? " " : "",
                            shown ? api_category_find((uint32_t)category)->zh
                                  : "");
}

static const char *parent_text(struct gaz_arena *arena,
                               const struct api_record *record, bool shown)
{
    const gaz_id parent =
        record->is_address ? record->address.parent : record->place.parent;
    return shown ? record->parent_name : id_text(arena, parent);
}

static const char *place_text(struct gaz_arena *arena,
                              const struct gaz_place *place, const char *name,
                              bool shown)
{
    const struct {
        const char *name;
        const char *text;
    } texts[] = {
        {"name", name_of(place)},
        {"roman", place->name_count > 0 ? place->names[0].roman : NULL},
        {"code", place->code},
        {"address", place->address},
        {"meaning", place->meaning},
        {"origin", place->origin},
        {"history", place->history},
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (strcmp(texts[i].name, name) == 0)
            return or_empty(texts[i].text);
    if (strcmp(name, "other_names") == 0)
        return other_names(arena, place);
    if (strcmp(name, "category") == 0)
        return category_text(arena, place->category, shown);
    return "";
}

static const char *address_text(const struct gaz_address *address,
                                const char *name)
{
    if (strcmp(name, "text") == 0)
        return or_empty(address->text);
    if (strcmp(name, "number") == 0)
        return or_empty(address->number);
    return strcmp(name, "tail") == 0 ? or_empty(address->tail) : "";
}

static const char *status_text(uint32_t status, bool shown)
{
    static const char *const ZH[] = {"现行", "规划", "废弃"};
    return shown && status < 3 ? ZH[status] : api_part_status(status);
}

const char *api_fields_text(struct gaz_arena *arena,
                            const struct api_record *record,
                            const struct api_field *field, bool shown)
{
    const bool is_address = record->is_address;
    const struct gaz_place *place = &record->place;
    const struct gaz_address *address = &record->address;
    const char *name = field->name;
    if (strcmp(name, "id") == 0)
        return id_text(arena, api_fields_id(record));
    if (strcmp(name, "parent") == 0)
        return parent_text(arena, record, shown);
    if (strcmp(name, "division") == 0)
        return record->division;
    if (strcmp(name, "site") == 0)
        return record->site_name;
    if (strcmp(name, "position") == 0)
        return position_text(arena, api_fields_position(record), shown);
    if (strcmp(name, "status") == 0)
        return status_text(is_address ? address->status : place->status, shown);
    if (strcmp(name, "valid_from") == 0)
        return date_text(arena,
                         is_address ? address->valid_from : place->valid_from);
    if (strcmp(name, "valid_to") == 0)
        return date_text(arena,
                         is_address ? address->valid_to : place->valid_to);
    return is_address ? address_text(address, name)
                      : place_text(arena, place, name, shown);
}
