/* SPDX-License-Identifier: Apache-2.0 */
/* nominatim.c - /search, /reverse, /lookup and /status as Nominatim 5 has them
 * (nominatim.org/release-docs): jsonv2, json, geojson, geocodejson.
 *
 * `place_id` is the low 53 bits of our id, `diming_id` the id itself; osm_type
 * and osm_id are left out, for the data is not OpenStreetMap's.
 */
#include <string.h>

#include "api/dialects/ask.h"
#include "api/dialects/handlers.h"
#include "api/problem.h"
#include "api/represent.h"
#include "gazetteer/base/text.h"

enum { SEARCH_LIMIT_MAX = 40, LOOKUP_MAX = 50 };

typedef enum { JSON_V2, JSON_V1, GEOJSON, GEOCODEJSON } output_format;

static gaz_status read_format(struct api_worker *worker,
                              const struct api_request *request,
                              output_format *out)
{
    static const struct {
        const char *name;
        output_format format;
    } FORMATS[] = {{"jsonv2", JSON_V2},
                   {"json", JSON_V1},
                   {"geojson", GEOJSON},
                   {"geocodejson", GEOCODEJSON}};
    const char *text = api_param(request, "format");
    *out = JSON_V2;
    for (size_t i = 0; text && i < sizeof(FORMATS) / sizeof(FORMATS[0]); i++) {
        if (strcmp(text, FORMATS[i].name) == 0) {
            *out = FORMATS[i].format;
            return GAZ_OK;
        }
    }
    return text ? api_problem_parameter(
                      worker, "format", "格式不支持",
                      "format is '%.40s'; it must be jsonv2, json, geojson or "
                      "geocodejson",
                      text)
                : GAZ_OK;
}

/* What OpenStreetMap would call it: class, type, addresstype, rank. */
struct kind {
    const char *category;
    const char *type;
    const char *address_type;
    int rank;
};

static struct kind kind_of(const struct gaz_snapshot *snap,
                           const struct gaz_answer *answer)
{
    static const struct kind LEVELS[] = {
        {"place", "locality", "place", 22},
        {"boundary", "administrative", "state", 8},
        {"boundary", "administrative", "city", 10},
        {"boundary", "administrative", "county", 12},
        {"boundary", "administrative", "town", 16},
        {"boundary", "administrative", "village", 19},
    };
    const struct gaz_snap_place *place = &snap->places[answer->place];
    if (answer->address != GAZ_NONE)
        return (struct kind){"place", "house", "house", 30};
    if (place->flags & GAZ_SNAP_HERITAGE)
        return (struct kind){"historic", "memorial", "historic", 30};
    if (place->category / 100 == GAZ_CATEGORY_ROAD / 100)
        return (struct kind){"highway", "road", "road", 26};
    return LEVELS[place->level <= GAZ_LEVEL_VILLAGE ? place->level : 0];
}

static void write_address(struct gaz_json *json,
                          const struct dialect_parts *parts)
{
    gaz_json_object(json, "address");
    gaz_json_optional(json, "house_number", parts->number);
    gaz_json_optional(json, "road", parts->street);
    gaz_json_optional(json, "village", parts->village);
    gaz_json_optional(json, "town", parts->town);
    gaz_json_optional(json, "county", parts->county);
    gaz_json_optional(json, "city", parts->city);
    gaz_json_optional(json, "state", parts->province);
    gaz_json_string(json, "country", "中国");
    gaz_json_string(json, "country_code", "cn");
    gaz_json_end(json);
}

static void write_degrees(struct gaz_json *json, const char *key,
                          struct gaz_arena *arena, double degrees)
{
    gaz_json_string(json, key, gaz_arena_printf(arena, "%.7f", degrees));
}

static void write_common(struct gaz_json *json, struct api_worker *worker,
                         const struct gaz_answer *answer,
                         const char *class_name)
{
    struct kind kind = kind_of(worker->snap, answer);
    struct dialect_parts parts;
    dialect_ask_parts(worker->snap, answer, &parts);
    gaz_json_int(json, "place_id", dialect_ask_number(worker->snap, answer));
    gaz_json_string(json, "diming_id", dialect_ask_id(worker, answer));
    gaz_json_string(json, class_name, kind.category);
    gaz_json_string(json, "type", kind.type);
    gaz_json_int(json, "place_rank", kind.rank);
    gaz_json_number(json, "importance", answer->confidence, 3);
    gaz_json_string(json, "addresstype", kind.address_type);
    gaz_json_string(json, "name", parts.name);
    gaz_json_string(json, "display_name", answer->label);
    gaz_json_string(json, "position_method",
                    api_part_method(answer->position.method));
    gaz_json_number(json, "accuracy_m", answer->position.accuracy_m, 1);
    write_address(json, &parts);
}

static void write_json_item(struct gaz_json *json, struct api_worker *worker,
                            const struct gaz_answer *answer,
                            const char *licence, output_format format)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    struct gaz_box box = dialect_ask_box(&answer->position);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "licence", licence);
    write_degrees(json, "lat", arena, answer->position.coord.lat);
    write_degrees(json, "lon", arena, answer->position.coord.lon);
    write_common(json, worker, answer,
                 format == JSON_V1 ? "class" : "category");
    gaz_json_array(json, "boundingbox");
    write_degrees(json, NULL, arena, box.min.lat);
    write_degrees(json, NULL, arena, box.max.lat);
    write_degrees(json, NULL, arena, box.min.lon);
    write_degrees(json, NULL, arena, box.max.lon);
    gaz_json_end(json);
    gaz_json_end(json);
}

static void write_geojson(struct gaz_json *json, struct api_worker *worker,
                          const struct gaz_answers *answers,
                          const char *licence)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "FeatureCollection");
    gaz_json_string(json, "licence", licence);
    gaz_json_array(json, "features");
    for (int i = 0; i < answers->count; i++) {
        const struct gaz_answer *answer = &answers->items[i];
        struct gaz_box box = dialect_ask_box(&answer->position);
        gaz_json_object(json, NULL);
        gaz_json_string(json, "type", "Feature");
        gaz_json_object(json, "properties");
        write_common(json, worker, answer, "category");
        gaz_json_end(json);
        gaz_json_array(json, "bbox");
        gaz_json_number(json, NULL, box.min.lon, 7);
        gaz_json_number(json, NULL, box.min.lat, 7);
        gaz_json_number(json, NULL, box.max.lon, 7);
        gaz_json_number(json, NULL, box.max.lat, 7);
        gaz_json_end(json);
        api_part_point(json, &answer->position);
        gaz_json_end(json);
    }
    gaz_json_end(json);
    gaz_json_end(json);
}

static bool is_inside(const struct gaz_box *box, struct gaz_coord at)
{
    return at.lon >= box->min.lon && at.lon <= box->max.lon &&
           at.lat >= box->min.lat && at.lat <= box->max.lat;
}

/* Answers without a position have no place in this dialect; `box` (NULL: none)
 * leaves out those outside. */
static void keep_placed(struct gaz_arena *arena, const struct gaz_box *box,
                        struct gaz_answers *answers)
{
    struct gaz_answer *items =
        gaz_arena_array(arena, (size_t)answers->count + 1, sizeof(*items));
    int count = 0;
    for (int i = 0; i < answers->count; i++)
        if (dialect_ask_is_placed(&answers->items[i]) &&
            (!box || is_inside(box, answers->items[i].position.coord)))
            items[count++] = answers->items[i];
    answers->items = items;
    answers->count = count;
}

/* `is_one`: an object, not a list (reverse). */
static void write_answers(struct api_worker *worker,
                          const struct gaz_answers *answers, const char *query,
                          output_format format, bool is_one,
                          struct gaz_buffer *out)
{
    if (format == GEOCODEJSON) {
        api_represent_answers(worker, answers, query, API_LANG_ZH,
                              API_WHOLE_ALL, out);
        return;
    }
    const char *licence = dialect_ask_credits(worker, answers);
    struct gaz_json json;
    gaz_json_open(&json, out);
    if (format == GEOJSON) {
        write_geojson(&json, worker, answers, licence);
        return;
    }
    if (!is_one)
        gaz_json_array(&json, NULL);
    for (int i = 0; i < answers->count; i++)
        write_json_item(&json, worker, &answers->items[i], licence, format);
    if (!is_one)
        gaz_json_end(&json);
}

/* ---- /search ---- */

/* street, city, county, state: joined as Chinese writes it, large to small. */
static const char *query_of(struct api_worker *worker,
                            const struct api_request *request)
{
    static const char *const PARTS[] = {"state", "city", "county", "street",
                                        "amenity"};
    const char *text = api_param(request, "q");
    if (text)
        return text;
    text = "";
    for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]); i++) {
        const char *part = api_param(request, PARTS[i]);
        text = gaz_arena_printf(&worker->ctx.arena, "%s%s", text,
                                part ? part : "");
    }
    return text;
}

/* limit: 1 to 40; other values are brought into the range, as Nominatim does.
 */
static int limit_of(const struct api_request *request)
{
    const char *text = api_param(request, "limit");
    int64_t value;
    if (!text || !gaz_text_parse_int(text, &value))
        return 10;
    if (value < 1)
        return 1;
    return value > SEARCH_LIMIT_MAX ? SEARCH_LIMIT_MAX : (int)value;
}

/* "w,n,e,s" in any order of corners, with bounded=1. */
static bool read_bounds(struct gaz_arena *arena,
                        const struct api_request *request, struct gaz_box *out)
{
    const char *text = api_param(request, "viewbox");
    const char *bounded = api_param(request, "bounded");
    double numbers[4];
    if (!text || !bounded || strcmp(bounded, "1") != 0)
        return false;
    for (int i = 0; i < 4; i++) {
        size_t len = strcspn(text, ",");
        if (!gaz_text_parse_double(gaz_arena_strndup(arena, text, len),
                                   &numbers[i]))
            return false;
        text += len + (text[len] ? 1 : 0);
    }
    bool is_x = numbers[0] < numbers[2];
    bool is_y = numbers[1] < numbers[3];
    *out = (struct gaz_box){{numbers[is_x ? 0 : 2], numbers[is_y ? 1 : 3]},
                            {numbers[is_x ? 2 : 0], numbers[is_y ? 3 : 1]}};
    return true;
}

static bool is_in_china(const struct api_request *request)
{
    const char *codes = api_param(request, "countrycodes");
    return !codes || strstr(codes, "cn") || strstr(codes, "CN");
}

gaz_status dialect_nominatim_search(struct api_worker *worker,
                                    const struct api_request *request,
                                    struct api_response *out)
{
    output_format format;
    struct gaz_answers answers = {.count = 0};
    struct gaz_box box;
    const char *query = query_of(worker, request);
    gaz_status status = read_format(worker, request, &format);
    if (status == GAZ_OK)
        status = dialect_ask_forward(worker, "q", query, NULL,
                                     limit_of(request), &answers);
    if (status != GAZ_OK)
        return status;
    bool is_bounded = read_bounds(&worker->ctx.arena, request, &box);
    keep_placed(&worker->ctx.arena, is_bounded ? &box : NULL, &answers);
    if (!is_in_china(request))
        answers.count = 0;
    write_answers(worker, &answers, query, format, false, out->body);
    return GAZ_OK;
}

/* ---- /reverse ---- */

/* How deep a zoom looks: Nominatim's table, in our levels. */
static int level_of_zoom(int zoom)
{
    if (zoom >= 16)
        return GAZ_LEVEL_NONE; /* any place or address */
    if (zoom >= 14)
        return GAZ_LEVEL_VILLAGE;
    if (zoom >= 12)
        return GAZ_LEVEL_TOWN;
    if (zoom >= 10)
        return GAZ_LEVEL_COUNTY;
    return zoom >= 8 ? GAZ_LEVEL_CITY : GAZ_LEVEL_PROVINCE;
}

/* Turns the answer into the division that holds it, no deeper than `level`. */
static void climb(struct api_worker *worker, int level,
                  struct gaz_answer *answer)
{
    if (level == GAZ_LEVEL_NONE)
        return;
    const struct gaz_snapshot *snap = worker->snap;
    uint32_t at = answer->place;
    for (int depth = 0; depth < 16 && at != GAZ_NONE; depth++) {
        int own = snap->places[at].level;
        if (own != GAZ_LEVEL_NONE && own <= level)
            break;
        at = snap->places[at].parent;
    }
    if (at == GAZ_NONE || at == answer->place)
        return;
    struct gaz_position position = api_part_place_position(snap, at);
    answer->place = at;
    answer->address = GAZ_NONE;
    answer->label = gaz_search_label(&worker->ctx, snap, at, 0);
    if (position.method != GAZ_METHOD_NONE)
        answer->position = position;
}

gaz_status dialect_nominatim_reverse(struct api_worker *worker,
                                     const struct api_request *request,
                                     struct api_response *out)
{
    output_format format;
    struct gaz_coord coord;
    int zoom;
    struct gaz_answers answers = {.count = 0};
    gaz_status status = read_format(worker, request, &format);
    if (status == GAZ_OK)
        status = api_params_coord(worker, request, &coord);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "zoom", 0, 20, 18, &zoom);
    if (status == GAZ_OK)
        status = dialect_ask_reverse(worker, coord, 0, 10, &answers);
    if (status != GAZ_OK)
        return status;
    keep_placed(&worker->ctx.arena, NULL, &answers);
    if (answers.count == 0 && format != GEOJSON && format != GEOCODEJSON) {
        gaz_buffer_text(out->body, "{\"error\":\"Unable to geocode\"}");
        return GAZ_OK;
    }
    struct gaz_answer first = {.place = GAZ_NONE};
    struct gaz_answers one = {.items = &first};
    if (answers.count > 0) {
        first = answers.items[0];
        one.count = 1;
        climb(worker, level_of_zoom(zoom), &first);
    }
    write_answers(worker, &one, NULL, format, true, out->body);
    return GAZ_OK;
}

/* ---- /lookup, /status ---- */

/* The place or address of an id as an answer. */
static bool look_up(struct api_worker *worker, const char *text,
                    struct gaz_answer *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    gaz_id id;
    if (!gaz_id_parse(text, &id))
        return false;
    uint32_t place = gaz_snapshot_place(snap, id);
    uint32_t address = gaz_snapshot_address(snap, id);
    if (place == GAZ_NONE && address == GAZ_NONE)
        return false;
    *out = (struct gaz_answer){.place = place,
                               .address = GAZ_NONE,
                               .name = GAZ_NONE,
                               .confidence = 1,
                               .distance_m = -1};
    if (place != GAZ_NONE) {
        out->position = api_part_place_position(snap, place);
        out->label = gaz_search_label(&worker->ctx, snap, place, 0);
        return true;
    }
    const struct gaz_snap_address *row = &snap->addresses[address];
    out->place = row->parent;
    out->address = address;
    out->match = GAZ_MATCH_EXACT;
    out->label =
        gaz_arena_printf(&worker->ctx.arena, "%s%s%s",
                         gaz_search_label(&worker->ctx, snap, row->parent, 0),
                         gaz_snapshot_text(snap, row->number),
                         gaz_snapshot_text(snap, row->tail));
    if (row->lon_e7 != INT32_MIN)
        out->position =
            (struct gaz_position){.coord = {gaz_coord_from_e7(row->lon_e7),
                                            gaz_coord_from_e7(row->lat_e7)},
                                  .method = (gaz_method)row->method,
                                  .accuracy_m = (double)row->accuracy_m,
                                  .source = row->source};
    return true;
}

gaz_status dialect_nominatim_lookup(struct api_worker *worker,
                                    const struct api_request *request,
                                    struct api_response *out)
{
    output_format format;
    struct gaz_arena *arena = &worker->ctx.arena;
    const char *ids = api_param(request, "osm_ids");
    struct gaz_answer *items =
        gaz_arena_array(arena, LOOKUP_MAX, sizeof(*items));
    struct gaz_answers answers = {.items = items};
    gaz_status status = read_format(worker, request, &format);
    if (status != GAZ_OK)
        return status;
    while (ids && *ids && answers.count < LOOKUP_MAX) {
        size_t len = strcspn(ids, ",");
        if (look_up(worker, gaz_arena_strndup(arena, ids, len),
                    &items[answers.count]))
            answers.count++;
        ids += len + (ids[len] ? 1 : 0);
    }
    keep_placed(arena, NULL, &answers);
    write_answers(worker, &answers, NULL, format, false, out->body);
    return GAZ_OK;
}

gaz_status dialect_nominatim_status(struct api_worker *worker,
                                    const struct api_request *request,
                                    struct api_response *out)
{
    const char *format = api_param(request, "format");
    if (!format || strcmp(format, "json") != 0) {
        out->content_type = "text/plain; charset=utf-8";
        gaz_buffer_text(out->body, "OK");
        return GAZ_OK;
    }
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_int(&json, "status", 0);
    gaz_json_string(&json, "message", "OK");
    gaz_json_string(&json, "software_version", "Diming " DIMING_VERSION);
    gaz_json_string(
        &json, "database_version",
        gaz_arena_printf(&worker->ctx.arena, "%016llx",
                         (unsigned long long)worker->snap->checksum));
    gaz_json_end(&json);
    return GAZ_OK;
}
