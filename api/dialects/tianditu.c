/* SPDX-License-Identifier: Apache-2.0 */
/* tianditu.c - /geocoder as the national map service has it: ds={"keyWord":..}
 * forward, postStr={"lon":..,"lat":..} back. CGCS2000, as there. Status "0":
 * found, "101": nothing, "404": the question is wrong. `tk` is not looked at.
 */
#include <string.h>

#include "api/body.h"
#include "api/dialects/ask.h"
#include "api/dialects/handlers.h"
#include "api/problem.h"
#include "gazetteer/base/text.h"

static void write_status(struct gaz_json *json, const char *status,
                         const char *message)
{
    gaz_json_string(json, "msg", message);
    gaz_json_string(json, "status", status);
}

/* Degrees as text, as the service writes them forward. */
static void write_location(struct gaz_json *json, struct api_worker *worker,
                           const struct gaz_answer *answer, const char *keyword)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    struct gaz_coord at = answer->position.coord;
    gaz_json_object(json, "location");
    gaz_json_string(json, "lon", gaz_arena_printf(arena, "%.6f", at.lon));
    gaz_json_string(json, "lat", gaz_arena_printf(arena, "%.6f", at.lat));
    gaz_json_string(json, "level",
                    answer->address == GAZ_NONE ? "地名" : "地名地址");
    gaz_json_int(json, "score", (int64_t)(answer->confidence * 100 + 0.5));
    gaz_json_string(json, "keyWord", keyword);
    gaz_json_string(json, "address", answer->label);
    gaz_json_string(json, "position_method",
                    api_part_method(answer->position.method));
    gaz_json_number(json, "accuracy_m", answer->position.accuracy_m, 1);
    gaz_json_end(json);
}

static gaz_status forward(struct api_worker *worker,
                          const struct api_value *question,
                          struct gaz_buffer *out)
{
    const char *keyword = api_body_text(question, "keyWord");
    struct gaz_answers answers = {.count = 0};
    gaz_status status =
        dialect_ask_forward(worker, "ds", keyword, NULL, 10, &answers);
    if (status != GAZ_OK)
        return status;
    int found = 0;
    while (found < answers.count &&
           !dialect_ask_is_placed(&answers.items[found]))
        found++;
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    if (found == answers.count) {
        write_status(&json, "101", "未查询到结果");
    } else {
        write_location(&json, worker, &answers.items[found], keyword);
        write_status(&json, "0", "ok");
        gaz_json_string(&json, "attribution",
                        dialect_ask_credits(worker, &answers));
    }
    gaz_json_end(&json);
    return GAZ_OK;
}

static bool read_degrees(const struct api_value *question, const char *name,
                         double *out)
{
    const char *text = api_body_text(question, name);
    return text && gaz_text_parse_double(text, out);
}

/* The parts near the point; distances in metres. */
static void write_component(struct gaz_json *json, struct api_worker *worker,
                            const struct gaz_answers *answers)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_answer *first = &answers->items[0];
    struct dialect_parts parts;
    dialect_ask_parts(snap, first, &parts);
    bool is_site = snap->places[first->place].level == GAZ_LEVEL_NONE;
    double distance = first->distance_m > 0 ? first->distance_m : 0;
    gaz_json_object(json, "addressComponent");
    gaz_json_string(json, "nation", "中国");
    gaz_json_string(json, "province", parts.province);
    gaz_json_string(json, "city", parts.city);
    gaz_json_string(json, "county", parts.county);
    gaz_json_string(json, "county_code",
                    gaz_arena_printf(&worker->ctx.arena, "%s%s",
                                     parts.county_code[0] ? "156" : "",
                                     parts.county_code));
    gaz_json_string(json, "town", parts.town);
    gaz_json_string(json, "road", parts.street);
    gaz_json_string(json, "poi", is_site ? parts.name : "");
    gaz_json_number(json, "poi_distance", is_site ? distance : 0, 0);
    gaz_json_string(json, "address", first->label);
    gaz_json_number(json, "address_distance", distance, 0);
    gaz_json_end(json);
}

static gaz_status backward(struct api_worker *worker,
                           const struct api_value *question,
                           struct gaz_buffer *out)
{
    struct gaz_coord at;
    struct gaz_answers answers = {.count = 0};
    if (!read_degrees(question, "lon", &at.lon) ||
        !read_degrees(question, "lat", &at.lat) || !gaz_coord_is_valid(at))
        return api_problem_parameter(worker, "postStr",
                                     "应含 lon 和 lat，单位度",
                                     "postStr must hold lon and lat, degrees");
    gaz_status status = dialect_ask_reverse(worker, at, 0, 5, &answers);
    if (status != GAZ_OK)
        return status;
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    if (answers.count == 0) {
        write_status(&json, "101", "未查询到结果");
    } else {
        gaz_json_object(&json, "result");
        gaz_json_string(&json, "formatted_address", answers.items[0].label);
        gaz_json_object(&json, "location");
        gaz_json_number(&json, "lon", at.lon, 7);
        gaz_json_number(&json, "lat", at.lat, 7);
        gaz_json_end(&json);
        write_component(&json, worker, &answers);
        gaz_json_end(&json);
        write_status(&json, "0", "ok");
        gaz_json_string(&json, "attribution",
                        dialect_ask_credits(worker, &answers));
    }
    gaz_json_end(&json);
    return GAZ_OK;
}

gaz_status dialect_tianditu_get(struct api_worker *worker,
                                const struct api_request *request,
                                struct api_response *out)
{
    const char *ds = api_param(request, "ds");
    const char *post = api_param(request, "postStr");
    const struct api_value *question;
    if (!ds && !post)
        return api_problem_parameter(worker, "ds", "需要 ds 或 postStr",
                                     "ds or postStr is needed");
    const char *text = ds ? ds : post;
    gaz_status status = api_body_value(worker, ds ? "ds" : "postStr", text,
                                       strlen(text), &question);
    if (status != GAZ_OK)
        return status;
    return ds ? forward(worker, question, out->body)
              : backward(worker, question, out->body);
}
