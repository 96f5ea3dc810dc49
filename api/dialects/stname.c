/* SPDX-License-Identifier: Apache-2.0 */
#include "api/dialects/stname.h"

#include <string.h>

#include "api/body.h"
#include "api/category.h"
#include "api/dialects/ask.h"
#include "api/dialects/handlers.h"
#include "api/problem.h"
#include "gazetteer/base/text.h"

enum { SIZE_DEFAULT = 10, SIZE_MAX_ROWS = 100, PAGE_MAX = 1000000 };

uint32_t dialect_stname_division(const struct gaz_snapshot *snap,
                                 const char *code)
{
    size_t len = strlen(code);
    struct gaz_snap_span hits;
    gaz_snapshot_find(snap, GAZ_KEY_CODE, code, len, &hits);
    while (hits.count == 0 && len > 2 && code[len - 1] == '0') {
        len--;
        gaz_snapshot_find(snap, GAZ_KEY_CODE, code, len, &hits);
    }
    return hits.count > 0 ? hits.items[0].place : GAZ_NONE;
}

const char *dialect_stname_type_code(uint32_t category, char *out)
{
    for (uint32_t i = 5; i > 0; i--, category /= 10)
        out[i - 1] = (char)('0' + category % 10);
    out[5] = '\0';
    return out;
}

bool dialect_stname_has_type(uint32_t category, const char *type)
{
    char code[8];
    if (!type || !type[0])
        return true;
    size_t len = strlen(type);
    while (len > 1 && type[len - 1] == '0')
        len--;
    return strncmp(dialect_stname_type_code(category, code), type, len) == 0;
}

/* ---- listPub ---- */

struct search {
    const char *name;
    const char *type;
    uint32_t division; /* GAZ_NONE: all */
    bool is_exact;
    gaz_date day; /* 0: today */
};

static const char *name_of(const struct gaz_snapshot *snap, uint32_t place,
                           gaz_date day)
{
    uint32_t name = gaz_snapshot_name_at(snap, place, day);
    return name == GAZ_NONE ? ""
                            : gaz_snapshot_text(snap, snap->names[name].text);
}

static bool is_found(const struct gaz_snapshot *snap,
                     const struct search *search, uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    const char *name = name_of(snap, place, search->day);
    bool is_there = search->day == 0 ? row->status == GAZ_STATUS_CURRENT
                                     : gaz_date_in(search->day, row->valid_from,
                                                   row->valid_to);
    return is_there && dialect_stname_has_type(row->category, search->type) &&
           (search->division == GAZ_NONE ||
            gaz_snapshot_lies_in(snap, place, search->division)) &&
           (search->is_exact ? strcmp(name, search->name) == 0
                             : strstr(name, search->name) != NULL);
}

static void write_division(struct gaz_json *json, const char *name_key,
                           const char *code_key,
                           const struct gaz_snapshot *snap, uint32_t place,
                           gaz_level level)
{
    uint32_t at = place;
    for (int depth = 0; depth < 16 && at != GAZ_NONE; depth++) {
        if (snap->places[at].level == level)
            break;
        at = snap->places[at].parent;
    }
    bool is_there = at != GAZ_NONE && snap->places[at].level == level;
    gaz_json_string(json, name_key, is_there ? api_part_name(snap, at) : NULL);
    gaz_json_string(
        json, code_key,
        is_there ? gaz_snapshot_text(snap, snap->places[at].code_text) : NULL);
}

static void write_record(struct gaz_json *json, const struct gaz_snapshot *snap,
                         uint32_t place, gaz_date day)
{
    const struct gaz_snap_place *row = &snap->places[place];
    struct gaz_position position = api_part_place_position(snap, place);
    char code[8];
    api_part_id(json, "id", row->id);
    gaz_json_null(json, "place_code");
    gaz_json_string(json, "standard_name", name_of(snap, place, day));
    gaz_json_null(json, "ethnic_minorities_writing");
    gaz_json_string(json, "place_type", api_category_find(row->category)->zh);
    gaz_json_string(json, "place_type_code",
                    dialect_stname_type_code(row->category, code));
    write_division(json, "province_name", "province", snap, place,
                   GAZ_LEVEL_PROVINCE);
    write_division(json, "city_name", "city", snap, place, GAZ_LEVEL_CITY);
    write_division(json, "area_name", "area", snap, place, GAZ_LEVEL_COUNTY);
    gaz_json_string(json, "roman_alphabet_spelling",
                    api_part_roman(snap, place));
    if (position.method == GAZ_METHOD_NONE) {
        gaz_json_null(json, "gdm");
    } else {
        gaz_json_object(json, "gdm");
        gaz_json_string(json, "type", "MultiPoint");
        gaz_json_array(json, "coordinates");
        gaz_json_coord(json, NULL, position.coord);
        gaz_json_end(json);
        gaz_json_end(json);
    }
    gaz_json_null(json, "pdm");
    api_part_position(json, snap, &position);
}

static gaz_status read_search(struct api_worker *worker,
                              const struct api_request *request,
                              struct search *out)
{
    const char *code = api_param(request, "code");
    const char *kind = api_param(request, "searchType");
    int year = 0;
    gaz_status status =
        api_params_int(worker, request, "year", 1, 9999, 0, &year);
    if (status != GAZ_OK)
        return status;
    out->name = api_param(request, "stName");
    if (!out->name)
        out->name = "";
    out->type = api_param(request, "placeTypeCode");
    out->is_exact = kind && strcmp(kind, "精确") == 0;
    out->day = year * 10000 + (year > 0 ? 1231 : 0);
    out->division = GAZ_NONE;
    if (!code || !code[0])
        return GAZ_OK;
    out->division = dialect_stname_division(worker->snap, code);
    return out->division != GAZ_NONE
               ? GAZ_OK
               : api_problem_parameter(worker, "code", "没有这个区划代码",
                                       "no division has the code '%.40s'",
                                       code);
}

gaz_status dialect_stname_list(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    struct search search;
    int page;
    int size;
    gaz_status status = read_search(worker, request, &search);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "page", 1, PAGE_MAX, 1, &page);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "size", 1, SIZE_MAX_ROWS,
                                SIZE_DEFAULT, &size);
    if (status != GAZ_OK)
        return status;
    struct api_credits credits = {.licence_count = 0};
    int64_t first = (int64_t)(page - 1) * size;
    int64_t total = 0;
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "records");
    for (uint32_t i = 0; i < snap->place_count; i++) {
        if (!is_found(snap, &search, i))
            continue;
        if (total >= first && total < first + size) {
            gaz_json_object(&json, NULL);
            write_record(&json, snap, i, search.day);
            gaz_json_end(&json);
            api_part_credit_place(&credits, snap, i);
        }
        total++;
    }
    gaz_json_end(&json);
    gaz_json_int(&json, "total", total);
    gaz_json_int(&json, "page", page);
    gaz_json_int(&json, "size", size);
    gaz_json_string(&json, "attribution",
                    api_part_attribution(&worker->ctx.arena, &credits));
    gaz_json_end(&json);
    return GAZ_OK;
}

/* ---- detailsPub ---- */

static const char *former_names(struct api_worker *worker,
                                const struct gaz_snap_place *row)
{
    const struct gaz_snapshot *snap = worker->snap;
    const char *all = "";
    for (uint32_t i = 0; i < row->name_count; i++) {
        const struct gaz_snap_name *name = &snap->names[row->name_first + i];
        if (name->kind == GAZ_NAME_FORMER)
            all = gaz_arena_printf(&worker->ctx.arena, "%s%s%s", all,
                                   all[0] ? "、" : "",
                                   gaz_snapshot_text(snap, name->text));
    }
    return all;
}

static const char *or_null(const char *text)
{
    return text[0] ? text : NULL;
}

/* The id: a parameter, or a member of a JSON body. */
static gaz_status read_id(struct api_worker *worker,
                          const struct api_request *request, const char **out)
{
    *out = api_param(request, "id");
    if (*out || request->body_size == 0)
        return GAZ_OK;
    const struct api_value *body;
    gaz_status status =
        api_body_value(worker, "id", request->body, request->body_size, &body);
    if (status == GAZ_OK)
        *out = api_body_text(body, "id");
    return status;
}

gaz_status dialect_stname_details(struct api_worker *worker,
                                  const struct api_request *request,
                                  struct api_response *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    const char *text;
    gaz_id id;
    gaz_status status = read_id(worker, request, &text);
    if (status != GAZ_OK)
        return status;
    uint32_t place = text && gaz_id_parse(text, &id)
                         ? gaz_snapshot_place(snap, id)
                         : GAZ_NONE;
    if (place == GAZ_NONE)
        return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有这个地名",
                                "no place '%.40s'", text ? text : "");
    const struct gaz_snap_place *row = &snap->places[place];
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    write_record(&json, snap, place, 0);
    gaz_json_string(&json, "old_name", or_null(former_names(worker, row)));
    gaz_json_string(&json, "place_meaning",
                    or_null(gaz_snapshot_text(snap, row->meaning)));
    gaz_json_string(&json, "place_origin",
                    or_null(gaz_snapshot_text(snap, row->origin)));
    gaz_json_string(&json, "place_history",
                    or_null(gaz_snapshot_text(snap, row->history)));
    gaz_json_null(&json, "government_history");
    struct api_credits credits = {.licence_count = 0};
    api_part_credit_place(&credits, snap, place);
    gaz_json_string(&json, "attribution",
                    api_part_attribution(&worker->ctx.arena, &credits));
    gaz_json_end(&json);
    return GAZ_OK;
}

/* ---- xzqh/getList ---- */

static void write_node( // NOLINT(misc-no-recursion): as deep as `depth`, 2
    struct gaz_json *json, const struct gaz_snapshot *snap, uint32_t place,
    int depth)
{
    const struct gaz_snap_place *row = &snap->places[place];
    gaz_json_object(json, NULL);
    gaz_json_string(json, "code", gaz_snapshot_text(snap, row->code_text));
    gaz_json_string(json, "name", api_part_name(snap, place));
    gaz_json_int(json, "level", row->level);
    gaz_json_string(json, "type", api_category_find(row->category)->zh);
    gaz_json_array(json, "children");
    for (uint32_t i = 0; depth > 0 && i < row->child_count; i++) {
        uint32_t child = snap->children[row->child_first + i];
        if (snap->places[child].level != GAZ_LEVEL_NONE &&
            snap->places[child].status == GAZ_STATUS_CURRENT)
            write_node(json, snap, child, depth - 1);
    }
    gaz_json_end(json);
    gaz_json_end(json);
}

gaz_status dialect_stname_divisions(struct api_worker *worker,
                                    const struct api_request *request,
                                    struct api_response *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    const char *code = api_param(request, "code");
    int depth;
    gaz_status status =
        api_params_int(worker, request, "maxLevel", 0, 2, 1, &depth);
    if (status != GAZ_OK)
        return status;
    uint32_t root = GAZ_NONE;
    if (code && code[0]) {
        root = dialect_stname_division(snap, code);
        if (root == GAZ_NONE)
            return api_problem_fail(worker, GAZ_NOT_FOUND, 404,
                                    "没有这个区划代码",
                                    "no division has the code '%.40s'", code);
    }
    int total = 0;
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_int(&json, "status", 200);
    gaz_json_string(&json, "message", "success");
    gaz_json_array(&json, "data");
    for (uint32_t i = 0; i < snap->place_count; i++) {
        bool is_root = root != GAZ_NONE
                           ? i == root
                           : snap->places[i].level == GAZ_LEVEL_PROVINCE &&
                                 snap->places[i].parent == GAZ_NONE;
        if (!is_root)
            continue;
        write_node(&json, snap, i, depth);
        total++;
    }
    gaz_json_end(&json);
    gaz_json_int(&json, "total", total);
    gaz_json_end(&json);
    return GAZ_OK;
}
