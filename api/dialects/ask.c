/* SPDX-License-Identifier: Apache-2.0 */
#include "api/dialects/ask.h"

#include <math.h>
#include <string.h>

#include "api/problem.h"

enum { CHAIN_MAX = 16 };

gaz_status dialect_ask_forward(struct api_worker *worker, const char *parameter,
                               const char *text, const char *in_code, int limit,
                               struct gaz_answers *out)
{
    if (!text || !text[0])
        return api_problem_parameter(worker, parameter, "缺少要查询的文字",
                                     "'%s' is missing or empty", parameter);
    struct gaz_query query = {.text = text, .limit = limit, .in_code = in_code};
    gaz_status status =
        gaz_geocode(&worker->ctx, worker->searcher, worker->snap, &query, out);
    if (status != GAZ_OK) {
        worker->parameter = parameter;
        worker->problem = status == GAZ_LIMIT ? 414 : 0;
    }
    return status;
}

gaz_status dialect_ask_reverse(struct api_worker *worker,
                               struct gaz_coord coord, double radius_m,
                               int limit, struct gaz_answers *out)
{
    struct gaz_reverse_query query = {
        .coord = coord, .radius_m = radius_m, .limit = limit};
    return gaz_reverse(&worker->ctx, worker->snap, &query, out);
}

static void take_level(const struct gaz_snapshot *snap, uint32_t place,
                       struct dialect_parts *out)
{
    const char *name = api_part_name(snap, place);
    const char *code = gaz_snapshot_text(snap, snap->places[place].code_text);
    switch (snap->places[place].level) {
    case GAZ_LEVEL_PROVINCE:
        out->province = name;
        break;
    case GAZ_LEVEL_CITY:
        out->city = name;
        break;
    case GAZ_LEVEL_COUNTY:
        out->county = name;
        out->county_code = code;
        break;
    case GAZ_LEVEL_TOWN:
        out->town = name;
        out->town_code = code;
        break;
    case GAZ_LEVEL_VILLAGE:
        out->village = name;
        break;
    default:
        break;
    }
}

void dialect_ask_parts(const struct gaz_snapshot *snap,
                       const struct gaz_answer *answer,
                       struct dialect_parts *out)
{
    *out = (struct dialect_parts){"", "", "", "", "", "", "", "", "", ""};
    uint32_t at = answer->place;
    for (int depth = 0; at != GAZ_NONE && depth < CHAIN_MAX; depth++) {
        take_level(snap, at, out);
        at = snap->places[at].parent;
    }
    out->name = api_part_name(snap, answer->place);
    bool is_road =
        snap->places[answer->place].category / 100 == GAZ_CATEGORY_ROAD / 100;
    if (is_road)
        out->street = out->name;
    if (answer->address == GAZ_NONE)
        return;
    const struct gaz_snap_address *address = &snap->addresses[answer->address];
    out->number = gaz_snapshot_text(snap, address->number);
    if (address->place != GAZ_NONE)
        out->name = api_part_name(snap, address->place);
}

static gaz_id id_of(const struct gaz_snapshot *snap,
                    const struct gaz_answer *answer)
{
    return answer->address == GAZ_NONE ? snap->places[answer->place].id
                                       : snap->addresses[answer->address].id;
}

const char *dialect_ask_id(struct api_worker *worker,
                           const struct gaz_answer *answer)
{
    char text[GAZ_ID_TEXT_BYTES];
    return gaz_arena_strdup(&worker->ctx.arena,
                            gaz_id_write(id_of(worker->snap, answer), text));
}

int64_t dialect_ask_number(const struct gaz_snapshot *snap,
                           const struct gaz_answer *answer)
{
    return (int64_t)(id_of(snap, answer) & ((UINT64_C(1) << 53) - 1));
}

const char *dialect_ask_credits(struct api_worker *worker,
                                const struct gaz_answers *answers)
{
    struct api_credits credits = {.licence_count = 0};
    for (int i = 0; i < answers->count; i++) {
        const struct gaz_answer *answer = &answers->items[i];
        api_part_credit_place(&credits, worker->snap, answer->place);
        if (answer->address != GAZ_NONE)
            api_part_credit(&credits, worker->snap,
                            worker->snap->addresses[answer->address].source);
    }
    return gaz_arena_printf(&worker->ctx.arena, "%s (%s)",
                            api_part_attribution(&worker->ctx.arena, &credits),
                            api_part_licence(&worker->ctx.arena, &credits));
}

struct gaz_box dialect_ask_box(const struct gaz_position *position)
{
    const double metres_a_degree = 111195;
    const double radians_a_degree = 0.017453292519943295;
    double radius = position->accuracy_m > 10 ? position->accuracy_m : 10;
    double lat = radius / metres_a_degree;
    double cosine = cos(position->coord.lat * radians_a_degree);
    double lon = lat / (cosine > 0.01 ? cosine : 0.01);
    return (struct gaz_box){
        {position->coord.lon - lon, position->coord.lat - lat},
        {position->coord.lon + lon, position->coord.lat + lat}};
}
