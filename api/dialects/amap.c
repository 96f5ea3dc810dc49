/* SPDX-License-Identifier: Apache-2.0 */
/* amap.c - /v3/geocode/geo and /v3/geocode/regeo as Amap has them.
 *
 * Its coordinates are GCJ-02. Handing those out is a choice of the operator
 * (`serve --gcj02`), since ours are CGCS2000 and the two must not be mixed
 * unnoticed; without it the answer is Amap's own for a service that is not open
 * (status 0, infocode 10002), with the reason. An empty value is [], as there.
 * `city` takes a name or code and, unlike Amap's, county-level cities, too.
 */
#include <string.h>

#include "api/dialects/ask.h"
#include "api/dialects/handlers.h"
#include "api/problem.h"
#include "gazetteer/base/text.h"
#include "gazetteer/geo/gcj02.h"

enum { BATCH_MAX = 10, REGEO_BATCH_MAX = 20 };

static void write_refusal(struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "status", "0");
    gaz_json_string(&json, "count", "0");
    gaz_json_string(&json, "info", "SERVICE_NOT_AVAILABLE");
    gaz_json_string(&json, "infocode", "10002");
    gaz_json_string(&json, "detail",
                    "本服务的坐标为 CGCS2000；运维人员未开启 GCJ-02 输出 "
                    "(diming serve --gcj02)。请改用 /v1/geocode");
    gaz_json_end(&json);
}

static void write_or_empty(struct gaz_json *json, const char *key,
                           const char *text)
{
    if (text[0])
        gaz_json_string(json, key, text);
    else
        gaz_json_raw(json, key, "[]");
}

static const char *level_of(const struct gaz_answer *answer)
{
    switch (answer->match) {
    case GAZ_MATCH_PROVINCE:
        return "省";
    case GAZ_MATCH_CITY:
        return "市";
    case GAZ_MATCH_COUNTY:
        return "区县";
    case GAZ_MATCH_TOWN:
        return "乡镇";
    case GAZ_MATCH_VILLAGE:
    case GAZ_MATCH_ESTATE:
        return "村庄";
    case GAZ_MATCH_ROAD:
        return "道路";
    case GAZ_MATCH_INTERPOLATED:
    case GAZ_MATCH_EXACT:
        return "门牌号";
    case GAZ_MATCH_SITE:
        return "兴趣点";
    case GAZ_MATCH_NONE:
        break;
    }
    return "未知";
}

static const char *gcj02_text(struct gaz_arena *arena, struct gaz_coord coord)
{
    struct gaz_coord shifted = gaz_gcj02_from_wgs84(coord);
    return gaz_arena_printf(arena, "%.6f,%.6f", shifted.lon, shifted.lat);
}

static void write_components(struct gaz_json *json,
                             const struct dialect_parts *parts)
{
    gaz_json_string(json, "country", "中国");
    write_or_empty(json, "province", parts->province);
    write_or_empty(json, "city",
                   parts->city[0] ? parts->city : parts->province);
    gaz_json_raw(json, "citycode", "[]");
    write_or_empty(json, "district", parts->county);
    write_or_empty(json, "township", parts->town);
    write_or_empty(json, "adcode", parts->county_code);
}

static void write_geocode(struct gaz_json *json, struct api_worker *worker,
                          const struct gaz_answer *answer)
{
    struct dialect_parts parts;
    dialect_ask_parts(worker->snap, answer, &parts);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "formatted_address", answer->label);
    write_components(json, &parts);
    gaz_json_raw(json, "neighborhood", "{\"name\":[],\"type\":[]}");
    gaz_json_raw(json, "building", "{\"name\":[],\"type\":[]}");
    write_or_empty(json, "street", parts.street);
    write_or_empty(json, "number", parts.number);
    gaz_json_string(json, "location",
                    gcj02_text(&worker->ctx.arena, answer->position.coord));
    gaz_json_string(json, "level", level_of(answer));
    gaz_json_number(json, "accuracy_m", answer->position.accuracy_m, 1);
    gaz_json_end(json);
}

/* The first that has a position; NULL: none. */
static const struct gaz_answer *first_placed(const struct gaz_answers *answers)
{
    for (int i = 0; i < answers->count; i++)
        if (dialect_ask_is_placed(&answers->items[i]))
            return &answers->items[i];
    return NULL;
}

/* A division code, from a code or a name; NULL: anywhere. */
static const char *city_code(struct api_worker *worker, const char *city)
{
    struct gaz_answers answers = {.count = 0};
    if (!city || !city[0])
        return NULL;
    size_t digits = strspn(city, "0123456789");
    if (!city[digits]) {
        if (digits != 6) /* a telephone code says nothing here */
            return NULL;
        bool is_city = strcmp(city + 4, "00") == 0;
        return is_city ? gaz_arena_strndup(&worker->ctx.arena, city, 4) : city;
    }
    if (dialect_ask_forward(worker, "city", city, NULL, 1, &answers) !=
            GAZ_OK ||
        answers.count == 0)
        return NULL;
    const struct gaz_snap_place *place =
        &worker->snap->places[answers.items[0].place];
    return place->level != GAZ_LEVEL_NONE && place->code_text
               ? gaz_snapshot_text(worker->snap, place->code_text)
               : NULL;
}

static bool is_true(const struct api_request *request, const char *name)
{
    const char *text = api_param(request, name);
    return text && strcmp(text, "true") == 0;
}

/* Appends the next part of "a|b|c" to what was found; *text moves on. */
static const char *next_part(struct gaz_arena *arena, const char **text,
                             bool is_batch)
{
    size_t len = is_batch ? strcspn(*text, "|") : strlen(*text);
    const char *part = gaz_arena_strndup(arena, *text, len);
    *text += len + ((*text)[len] ? 1 : 0);
    return part;
}

static void write_head(struct gaz_json *json, struct api_worker *worker,
                       int count, bool has_count)
{
    gaz_json_string(json, "status", "1");
    gaz_json_string(json, "info", "OK");
    gaz_json_string(json, "infocode", "10000");
    if (has_count)
        gaz_json_string(json, "count",
                        gaz_arena_printf(&worker->ctx.arena, "%d", count));
}

gaz_status dialect_amap_geo(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    if (!worker->gives_gcj02) {
        write_refusal(out->body);
        return GAZ_OK;
    }
    struct gaz_answer *found =
        gaz_arena_array(&worker->ctx.arena, BATCH_MAX, sizeof(*found));
    struct gaz_answers all = {.items = found};
    const char *text = api_param(request, "address");
    const char *in_code = city_code(worker, api_param(request, "city"));
    bool is_batch = is_true(request, "batch");
    if (!text)
        text = "";
    do {
        struct gaz_answers answers = {.count = 0};
        gaz_status status = dialect_ask_forward(
            worker, "address", next_part(&worker->ctx.arena, &text, is_batch),
            in_code, 5, &answers);
        if (status != GAZ_OK)
            return status;
        const struct gaz_answer *first = first_placed(&answers);
        if (first)
            found[all.count++] = *first;
    } while (*text && all.count < BATCH_MAX);
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    write_head(&json, worker, all.count, true);
    gaz_json_array(&json, "geocodes");
    for (int i = 0; i < all.count; i++)
        write_geocode(&json, worker, &found[i]);
    gaz_json_end(&json);
    gaz_json_string(&json, "attribution", dialect_ask_credits(worker, &all));
    gaz_json_end(&json);
    return GAZ_OK;
}

static bool read_location(struct gaz_arena *arena, const char *text,
                          struct gaz_coord *out)
{
    size_t len = strcspn(text, ",");
    struct gaz_coord at;
    if (text[len] != ',' ||
        !gaz_text_parse_double(gaz_arena_strndup(arena, text, len), &at.lon) ||
        !gaz_text_parse_double(text + len + 1, &at.lat) ||
        !gaz_coord_is_valid(at))
        return false;
    *out = gaz_gcj02_to_wgs84(at);
    return true;
}

static void write_pois(struct gaz_json *json, struct api_worker *worker,
                       const struct gaz_answers *answers)
{
    gaz_json_array(json, "pois");
    for (int i = 0; i < answers->count; i++) {
        const struct gaz_answer *answer = &answers->items[i];
        bool is_around = answer->address == GAZ_NONE &&
                         worker->snap->places[answer->place].level !=
                             GAZ_LEVEL_NONE; /* a division that holds it */
        if (!dialect_ask_is_placed(answer) || is_around ||
            answer->distance_m < 0)
            continue;
        struct dialect_parts parts;
        dialect_ask_parts(worker->snap, answer, &parts);
        gaz_json_object(json, NULL);
        gaz_json_string(json, "id", dialect_ask_id(worker, answer));
        gaz_json_string(json, "name", parts.name);
        gaz_json_string(json, "address", answer->label);
        gaz_json_string(json, "location",
                        gcj02_text(&worker->ctx.arena, answer->position.coord));
        gaz_json_string(
            json, "distance",
            gaz_arena_printf(&worker->ctx.arena, "%.1f", answer->distance_m));
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void write_regeocode(struct gaz_json *json, const char *key,
                            struct api_worker *worker,
                            const struct gaz_answers *answers, bool is_full)
{
    gaz_json_object(json, key);
    if (answers->count == 0) {
        gaz_json_raw(json, "formatted_address", "[]");
        gaz_json_raw(json, "addressComponent", "[]");
        gaz_json_end(json);
        return;
    }
    const struct gaz_answer *first = &answers->items[0];
    struct dialect_parts parts;
    dialect_ask_parts(worker->snap, first, &parts);
    gaz_json_string(json, "formatted_address", first->label);
    gaz_json_object(json, "addressComponent");
    write_components(json, &parts);
    write_or_empty(json, "towncode", parts.town_code);
    gaz_json_object(json, "streetNumber");
    write_or_empty(json, "street", parts.street);
    write_or_empty(json, "number", parts.number);
    gaz_json_end(json);
    gaz_json_end(json);
    if (is_full)
        write_pois(json, worker, answers);
    gaz_json_end(json);
}

gaz_status dialect_amap_regeo(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_response *out)
{
    if (!worker->gives_gcj02) {
        write_refusal(out->body);
        return GAZ_OK;
    }
    const char *text = api_param(request, "location");
    const char *extensions = api_param(request, "extensions");
    bool is_full = extensions && strcmp(extensions, "all") == 0;
    bool is_batch = is_true(request, "batch");
    int radius;
    int count = 0;
    gaz_status status =
        api_params_int(worker, request, "radius", 1, 3000, 1000, &radius);
    if (status != GAZ_OK)
        return status;
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    write_head(&json, worker, 0, false);
    if (is_batch)
        gaz_json_array(&json, "regeocodes");
    do {
        struct gaz_coord at;
        struct gaz_answers answers = {.count = 0};
        if (!text ||
            !read_location(&worker->ctx.arena,
                           next_part(&worker->ctx.arena, &text, is_batch), &at))
            return api_problem_parameter(worker, "location",
                                         "应写作 经度,纬度（GCJ-02）",
                                         "location must be lon,lat in GCJ-02");
        status = dialect_ask_reverse(worker, at, radius, 10, &answers);
        if (status != GAZ_OK)
            return status;
        write_regeocode(&json, is_batch ? NULL : "regeocode", worker, &answers,
                        is_full);
        count++;
    } while (is_batch && *text && count < REGEO_BATCH_MAX);
    if (is_batch)
        gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}
