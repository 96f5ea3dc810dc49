/* SPDX-License-Identifier: Apache-2.0 */
/* photon.c - /api and /reverse/ as Photon has them (github.com/komoot/photon):
 * GeoJSON for search as you type. */
#include <string.h>

#include "api/dialects/ask.h"
#include "api/dialects/handlers.h"
#include "gazetteer/base/text.h"

enum { LIMIT_DEFAULT = 15 };

static int limit_of(const struct api_request *request, int fallback)
{
    const char *text = api_param(request, "limit");
    int64_t value;
    if (!text || !gaz_text_parse_int(text, &value) || value < 1)
        return fallback;
    return value > GAZ_ANSWERS_MAX ? GAZ_ANSWERS_MAX : (int)value;
}

static const char *type_of(const struct gaz_snapshot *snap,
                           const struct gaz_answer *answer)
{
    static const char *const LEVELS[] = {"other",  "state",    "city",
                                         "county", "district", "locality"};
    const struct gaz_snap_place *place = &snap->places[answer->place];
    if (answer->address != GAZ_NONE)
        return "house";
    if (place->category / 100 == GAZ_CATEGORY_ROAD / 100)
        return "street";
    return LEVELS[place->level <= GAZ_LEVEL_VILLAGE ? place->level : 0];
}

static void write_feature(struct gaz_json *json, struct api_worker *worker,
                          const struct gaz_answer *answer)
{
    struct dialect_parts parts;
    struct gaz_box box = dialect_ask_box(&answer->position);
    dialect_ask_parts(worker->snap, answer, &parts);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    api_part_point(json, &answer->position);
    gaz_json_object(json, "properties");
    gaz_json_string(json, "diming_id", dialect_ask_id(worker, answer));
    gaz_json_string(json, "type", type_of(worker->snap, answer));
    gaz_json_string(json, "name", parts.name);
    gaz_json_optional(json, "housenumber", parts.number);
    gaz_json_optional(json, "street", parts.street);
    gaz_json_optional(json, "locality", parts.village);
    gaz_json_optional(json, "district", parts.town);
    gaz_json_optional(json, "county", parts.county);
    gaz_json_optional(json, "city", parts.city);
    gaz_json_optional(json, "state", parts.province);
    gaz_json_string(json, "country", "中国");
    gaz_json_string(json, "countrycode", "CN");
    gaz_json_string(json, "label", answer->label);
    gaz_json_number(json, "confidence", answer->confidence, 3);
    gaz_json_string(json, "position_method",
                    api_part_method(answer->position.method));
    gaz_json_number(json, "accuracy_m", answer->position.accuracy_m, 1);
    gaz_json_array(json, "extent"); /* west, north, east, south */
    gaz_json_number(json, NULL, box.min.lon, 7);
    gaz_json_number(json, NULL, box.max.lat, 7);
    gaz_json_number(json, NULL, box.max.lon, 7);
    gaz_json_number(json, NULL, box.min.lat, 7);
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_end(json);
}

static void write_answers(struct api_worker *worker,
                          const struct gaz_answers *answers,
                          struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "type", "FeatureCollection");
    gaz_json_string(&json, "attribution", dialect_ask_credits(worker, answers));
    gaz_json_array(&json, "features");
    for (int i = 0; i < answers->count; i++)
        if (dialect_ask_is_placed(&answers->items[i]))
            write_feature(&json, worker, &answers->items[i]);
    gaz_json_end(&json);
    gaz_json_end(&json);
}

/* What is complete is geocoded, what is being typed is completed. */
gaz_status dialect_photon_search(struct api_worker *worker,
                                 const struct api_request *request,
                                 struct api_response *out)
{
    struct gaz_coord focus;
    struct gaz_answers answers = {.count = 0};
    int limit = limit_of(request, LIMIT_DEFAULT);
    gaz_status status = dialect_ask_forward(
        worker, "q", api_param(request, "q"), NULL, limit, &answers);
    if (status != GAZ_OK)
        return status;
    bool has_focus = api_param(request, "lon") && api_param(request, "lat");
    if (has_focus) {
        status = api_params_coord(worker, request, &focus);
        if (status != GAZ_OK)
            return status;
    }
    if (answers.count == 0) {
        struct gaz_query query = {.text = api_param(request, "q"),
                                  .limit = limit,
                                  .focus = has_focus ? &focus : NULL};
        status = gaz_suggest(&worker->ctx, worker->searcher, worker->snap,
                             &query, &answers);
        if (status != GAZ_OK)
            return status;
    }
    write_answers(worker, &answers, out->body);
    return GAZ_OK;
}

gaz_status dialect_photon_reverse(struct api_worker *worker,
                                  const struct api_request *request,
                                  struct api_response *out)
{
    const double metres_a_kilometre = 1000;
    struct gaz_coord coord;
    double radius_km;
    struct gaz_answers answers = {.count = 0};
    gaz_status status = api_params_coord(worker, request, &coord);
    if (status == GAZ_OK)
        status = api_params_number(worker, request, "radius", 0.001, 50, 1,
                                   &radius_km);
    if (status == GAZ_OK)
        status =
            dialect_ask_reverse(worker, coord, radius_km * metres_a_kilometre,
                                limit_of(request, 1), &answers);
    if (status == GAZ_OK)
        write_answers(worker, &answers, out->body);
    return status;
}
