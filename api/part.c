/* SPDX-License-Identifier: Apache-2.0 */
#include "api/part.h"

#include <string.h>

#include "api/category.h"

static const struct {
    const char *name;
    const char *zh;
    const char *en;
} METHODS[] = {
    [GAZ_METHOD_NONE] = {"none", "位置不详", "no position is known"},
    [GAZ_METHOD_SURVEYED] = {"surveyed", "实测位置",
                             "measured in the field or on a plan"},
    [GAZ_METHOD_GAZETTEER] = {"gazetteer", "取自其他地名库的点位",
                              "a point of another gazetteer"},
    [GAZ_METHOD_CENTROID] = {"centroid", "其范围内的一点",
                             "a point inside its own area"},
    [GAZ_METHOD_INHERITED] = {"inherited", "借用所在区划的位置，仅供参考",
                              "that of the division it lies in; a rough guide"},
    [GAZ_METHOD_DERIVED] = {"derived", "由其门牌位置推得",
                            "the middle of its addresses"},
    [GAZ_METHOD_SYNTHETIC] = {"synthetic", "程序生成的数据，并非真实位置",
                              "made by a generator; never real"},
};

static const char *const STATUSES[] = {"current", "planned", "historical"};
static const char *const NAME_KINDS[] = {"standard", "alias",   "short",
                                         "former",   "variant", "official"};
static const char *const CHANGE_KINDS[] = {"rename",    "merge",   "split",
                                           "transfer",  "upgrade", "abolish",
                                           "establish", "recode"};
static const char *const BASES[] = {"", "document", "edition"};

#define NAME_OF(table, index)                                                  \
    ((index) < sizeof(table) / sizeof((table)[0]) ? (table)[index] : "")

const char *api_part_status(uint32_t status)
{
    return NAME_OF(STATUSES, status);
}

const char *api_part_name_kind(uint32_t kind)
{
    return NAME_OF(NAME_KINDS, kind);
}

const char *api_part_change_kind(uint32_t kind)
{
    return NAME_OF(CHANGE_KINDS, kind);
}

const char *api_part_basis(uint32_t basis)
{
    return NAME_OF(BASES, basis);
}

static size_t method_index(gaz_method method)
{
    size_t index = (size_t)method;
    return index < sizeof(METHODS) / sizeof(METHODS[0]) ? index : 0;
}

const char *api_part_method(gaz_method method)
{
    return METHODS[method_index(method)].name;
}

const char *api_part_method_note(gaz_method method)
{
    return METHODS[method_index(method)].zh;
}

static void add_once(const char **items, int *count, const char *text)
{
    if (text[0] == '\0' || *count == API_CREDITS_MAX)
        return;
    for (int i = 0; i < *count; i++)
        if (strcmp(items[i], text) == 0)
            return;
    items[(*count)++] = text;
}

void api_part_credit(struct api_credits *credits,
                     const struct gaz_snapshot *snap, uint32_t source)
{
    if (source >= snap->source_count)
        return;
    const struct gaz_snap_source *row = &snap->sources[source];
    add_once(credits->licences, &credits->licence_count,
             gaz_snapshot_text(snap, row->licence));
    add_once(credits->credits, &credits->credit_count,
             gaz_snapshot_text(snap, row->credit));
}

void api_part_credit_place(struct api_credits *credits,
                           const struct gaz_snapshot *snap, uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    if (row->name_count > 0)
        api_part_credit(credits, snap, snap->names[row->name_first].source);
    api_part_credit(credits, snap, row->source);
}

static const char *join(struct gaz_arena *arena, const char *const *items,
                        int count)
{
    size_t size = 1;
    for (int i = 0; i < count; i++)
        size += strlen(items[i]) + 2;
    char *out = gaz_arena_alloc(arena, size);
    size_t at = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0) {
            memcpy(out + at, "; ", 2);
            at += 2;
        }
        size_t len = strlen(items[i]);
        memcpy(out + at, items[i], len);
        at += len;
    }
    return out;
}

const char *api_part_attribution(struct gaz_arena *arena,
                                 const struct api_credits *credits)
{
    return join(arena, credits->credits, credits->credit_count);
}

const char *api_part_licence(struct gaz_arena *arena,
                             const struct api_credits *credits)
{
    return join(arena, credits->licences, credits->licence_count);
}

void api_part_geocoding(struct gaz_json *json, struct gaz_arena *arena,
                        const struct api_credits *credits, const char *query)
{
    gaz_json_object(json, "geocoding");
    gaz_json_string(json, "version", "0.1.0");
    gaz_json_string(json, "licence", api_part_licence(arena, credits));
    gaz_json_string(json, "attribution", api_part_attribution(arena, credits));
    if (query)
        gaz_json_string(json, "query", query);
    gaz_json_end(json);
}

void api_part_id(struct gaz_json *json, const char *key, gaz_id id)
{
    char text[GAZ_ID_TEXT_BYTES];
    gaz_json_string(json, key, id ? gaz_id_write(id, text) : NULL);
}

const char *api_part_name(const struct gaz_snapshot *snap, uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    return row->name_count == 0
               ? ""
               : gaz_snapshot_text(snap, snap->names[row->name_first].text);
}

const char *api_part_roman(const struct gaz_snapshot *snap, uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    return row->name_count == 0
               ? ""
               : gaz_snapshot_text(snap, snap->names[row->name_first].roman);
}

void api_part_reference(struct gaz_json *json, const char *key,
                        const struct gaz_snapshot *snap, uint32_t place)
{
    if (place == GAZ_NONE) {
        gaz_json_null(json, key);
        return;
    }
    gaz_json_object(json, key);
    api_part_id(json, "id", snap->places[place].id);
    gaz_json_string(json, "name", api_part_name(snap, place));
    gaz_json_end(json);
}

void api_part_category(struct gaz_json *json, uint32_t category)
{
    char code[16] = "";
    for (uint32_t rest = category, i = 5; i > 0; i--, rest /= 10)
        code[i - 1] = (char)('0' + rest % 10);
    gaz_json_string(json, "category", category ? code : NULL);
    const struct api_category *names = api_category_find(category);
    gaz_json_object(json, "category_name");
    gaz_json_string(json, "zh", names->zh);
    gaz_json_string(json, "en", names->en);
    gaz_json_end(json);
}

static void write_division(struct gaz_json *json,
                           const struct gaz_snapshot *snap, uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    gaz_json_object(json, NULL);
    api_part_id(json, "id", row->id);
    gaz_json_string(json, "code", gaz_snapshot_text(snap, row->code_text));
    gaz_json_string(json, "name", api_part_name(snap, place));
    gaz_json_string(json, "roman", api_part_roman(snap, place));
    gaz_json_int(json, "level", row->level);
    gaz_json_end(json);
}

void api_part_division(struct gaz_json *json, const struct gaz_snapshot *snap,
                       uint32_t place)
{
    uint32_t chain[16];
    int count = 0;
    for (uint32_t at = place; at != GAZ_NONE && count < 16;
         at = snap->places[at].parent)
        if (snap->places[at].level != GAZ_LEVEL_NONE)
            chain[count++] = at;
    gaz_json_array(json, "division");
    while (count > 0)
        write_division(json, snap, chain[--count]);
    gaz_json_end(json);
}

void api_part_position(struct gaz_json *json, const struct gaz_snapshot *snap,
                       const struct gaz_position *position)
{
    if (position->method == GAZ_METHOD_NONE) {
        gaz_json_null(json, "position");
        return;
    }
    size_t method = method_index(position->method);
    gaz_json_object(json, "position");
    gaz_json_string(json, "method", METHODS[method].name);
    if (position->accuracy_m > 0)
        gaz_json_number(json, "accuracy_m", position->accuracy_m, 1);
    else
        gaz_json_null(json, "accuracy_m");
    gaz_json_object(json, "note");
    gaz_json_string(json, "zh", METHODS[method].zh);
    gaz_json_string(json, "en", METHODS[method].en);
    gaz_json_end(json);
    if (position->source > 0 && position->source < (int64_t)snap->source_count)
        gaz_json_string(
            json, "source",
            gaz_snapshot_text(snap, snap->sources[position->source].key));
    else
        gaz_json_null(json, "source");
    gaz_json_end(json);
}

void api_part_point(struct gaz_json *json, const struct gaz_position *position)
{
    if (position->method == GAZ_METHOD_NONE) {
        gaz_json_null(json, "geometry");
        return;
    }
    gaz_json_object(json, "geometry");
    gaz_json_string(json, "type", "Point");
    gaz_json_coord(json, "coordinates", position->coord);
    gaz_json_end(json);
}

void api_part_date(struct gaz_json *json, const char *key, gaz_date date)
{
    char text[GAZ_DATE_MAX_BYTES];
    gaz_json_optional(json, key, gaz_date_write(date, text));
}

struct gaz_position api_part_place_position(const struct gaz_snapshot *snap,
                                            uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    if (row->lon_e7 == INT32_MIN)
        return (struct gaz_position){.method = GAZ_METHOD_NONE};
    return (struct gaz_position){
        .coord = {.lon = gaz_coord_from_e7(row->lon_e7),
                  .lat = gaz_coord_from_e7(row->lat_e7)},
        .method = (gaz_method)row->method,
        .accuracy_m = (double)row->accuracy_m,
        .source = row->source,
    };
}
