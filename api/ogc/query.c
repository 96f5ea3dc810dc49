/* SPDX-License-Identifier: Apache-2.0 */
#include "api/ogc/query.h"

#include <math.h>
#include <string.h>

#include "api/problem.h"
#include "api/route.h"
#include "gazetteer/base/clock.h"
#include "gazetteer/base/text.h"

/* ---- bbox ---- */

/* "1,2,3,4" or six numbers, heights left out: west, south, east, north in the
 * order of the axes. */
static bool split_numbers(struct gaz_arena *arena, const char *text,
                          double out[4])
{
    double numbers[6];
    int count = 0;
    for (;;) {
        size_t len = strcspn(text, ",");
        if (count == 6 ||
            !gaz_text_parse_double(gaz_arena_strndup(arena, text, len),
                                   &numbers[count++]))
            return false;
        if (!text[len])
            break;
        text += len + 1;
    }
    if (count != 4 && count != 6)
        return false;
    int second = count / 2;
    out[0] = numbers[0];
    out[1] = numbers[1];
    out[2] = numbers[second];
    out[3] = numbers[second + 1];
    return true;
}

/* A box as a ring in degrees; the edges of a projected one are curves there, so
 * they get points in between (under 3 cm off for a box of 100 km). */
static gaz_status make_box(struct api_worker *worker, const struct ogc_crs *crs,
                           const double box[4], struct ogc_shape *out)
{
    enum { STEPS = 64 };
    const double corners[5][2] = {{box[0], box[1]},
                                  {box[2], box[1]},
                                  {box[2], box[3]},
                                  {box[0], box[3]},
                                  {box[0], box[1]}};
    int steps = crs->is_projected ? STEPS : 1;
    size_t count = 0;
    struct gaz_arena *arena = &worker->ctx.arena;
    struct gaz_coord *points =
        gaz_arena_array(arena, (size_t)steps * 4 + 1, sizeof(*points));
    struct ogc_ring *ring = gaz_arena_alloc(arena, sizeof(*ring));
    for (int i = 0; i <= steps * 4; i++) {
        int side = i < steps * 4 ? i / steps : 3;
        double part = (double)(i - side * steps) / steps;
        const double at[2] = {
            corners[side][0] + part * (corners[side + 1][0] - corners[side][0]),
            corners[side][1] +
                part * (corners[side + 1][1] - corners[side][1])};
        if (ogc_crs_to(worker, crs, at, &points[count++]) != GAZ_OK)
            return GAZ_INVALID;
    }
    *ring = (struct ogc_ring){.points = points, .count = count};
    *out = (struct ogc_shape){
        .kind = OGC_SHAPE_AREA, .rings = ring, .ring_count = 1};
    ogc_shape_measure(out);
    return GAZ_OK;
}

/* West of it lies more than east: the box crosses 180 degrees. */
static gaz_status make_boxes(struct api_worker *worker,
                             const struct ogc_crs *crs, const double box[4],
                             struct ogc_query *out)
{
    int x = crs->is_northing_first ? 1 : 0;
    if (box[1 - x] > box[3 - x] || (crs->is_projected && box[x] > box[2 + x]))
        return GAZ_INVALID;
    out->box_count = 1;
    if (box[x] <= box[2 + x])
        return make_box(worker, crs, box, &out->boxes[0]);
    double west[4];
    double east[4];
    memcpy(west, box, sizeof(west));
    memcpy(east, box, sizeof(east));
    west[2 + x] = 180;
    east[x] = -180;
    out->box_count = 2;
    gaz_status status = make_box(worker, crs, west, &out->boxes[0]);
    return status == GAZ_OK ? make_box(worker, crs, east, &out->boxes[1])
                            : status;
}

static gaz_status read_bbox(struct api_worker *worker,
                            const struct api_request *request,
                            struct ogc_query *out)
{
    const char *text = api_param(request, "bbox");
    const struct ogc_crs *crs;
    gaz_status status = ogc_crs_parse(worker, request, "bbox-crs", &crs);
    if (status != GAZ_OK || !text)
        return status;
    double box[4];
    if (!split_numbers(&worker->ctx.arena, text, box))
        return api_problem_parameter(
            worker, "bbox", "应为 4 个或 6 个数字，以逗号分隔",
            "bbox is '%.80s'; it must be 4 or 6 numbers: the smaller, then "
            "the larger, in the order of axes of bbox-crs",
            text);
    if (make_boxes(worker, crs, box, out) != GAZ_OK) {
        worker->ctx.failure[0] = '\0';
        return api_problem_parameter(
            worker, "bbox", "范围不在该坐标系之内，或者大小颠倒",
            "bbox is '%.80s'; that is no box in %s (check the order of its "
            "axes)",
            text, crs->name);
    }
    return GAZ_OK;
}

/* ---- datetime ---- */

/* One end of an interval: "", "..", a day, or a moment of RFC 3339. */
static bool read_end(const char *text, gaz_date *out)
{
    *out = GAZ_DATE_OPEN;
    return text[0] == '\0' || strcmp(text, "..") == 0 ||
           ogc_filter_day(text, out);
}

static gaz_status read_datetime(struct api_worker *worker,
                                const struct api_request *request,
                                struct ogc_query *out)
{
    const char *text = api_param(request, "datetime");
    if (!text)
        return GAZ_OK;
    const char *slash = strchr(text, '/');
    const char *first = slash ? gaz_arena_strndup(&worker->ctx.arena, text,
                                                  (size_t)(slash - text))
                              : text;
    const char *last = slash ? slash + 1 : text;
    bool is_good = read_end(first, &out->from) && read_end(last, &out->to) &&
                   (slash || out->from != GAZ_DATE_OPEN);
    bool is_open = out->from == GAZ_DATE_OPEN || out->to == GAZ_DATE_OPEN;
    if (!is_good || (!is_open && out->from > out->to))
        return api_problem_parameter(
            worker, "datetime", "应为日期、时刻或区间，如 2009-01-01/..",
            "datetime is '%.60s'; it must be a day or moment of RFC 3339, or "
            "two with '/' between, '..' for an open end",
            text);
    out->has_span = out->from != GAZ_DATE_OPEN || out->to != GAZ_DATE_OPEN;
    return GAZ_OK;
}

/* ---- property filters ---- */

static bool is_known(const char *known, const char *wanted)
{
    char name[32];
    bool is_required;
    while ((known = api_route_params(known, name, &is_required)) != NULL)
        if (strcmp(name, wanted) == 0)
            return true;
    return false;
}

static bool read_value(const struct ogc_property *property, const char *text,
                       struct ogc_value *out)
{
    double number;
    gaz_date date;
    switch (property->type) {
    case OGC_TEXT:
        ogc_value_text(out, text);
        out->is_null = false;
        return true;
    case OGC_INTEGER:
    case OGC_NUMBER:
        if (!gaz_text_parse_double(text, &number))
            return false;
        ogc_value_number(out, number);
        return true;
    case OGC_BOOLEAN:
        ogc_value_bool(out, strcmp(text, "true") == 0);
        return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
    case OGC_DATE:
        if (!gaz_date_parse(text, &date))
            return false;
        ogc_value_date(out, date);
        return true;
    }
    return false;
}

static gaz_status read_equal(struct api_worker *worker,
                             const struct api_param *param,
                             struct ogc_query *out)
{
    const struct ogc_property *property =
        ogc_collection_property(out->collection, param->name);
    if (!property)
        return api_problem_parameter(
            worker, param->name, "没有这个参数，本图层也没有这个属性",
            "unknown parameter '%.40s': neither a parameter of this path nor "
            "a property of '%s' (see its queryables)",
            param->name, out->collection->name);
    if (out->equal_count == OGC_EQUALS_MAX)
        return api_problem_parameter(worker, param->name, "属性条件过多",
                                     "more than %d property filters",
                                     (int)OGC_EQUALS_MAX);
    out->equals[out->equal_count].property = property;
    if (!read_value(property, param->value,
                    &out->equals[out->equal_count].value))
        return api_problem_parameter(worker, param->name, "属性值的类型不符",
                                     "%s is '%.60s'; that is no value of its "
                                     "type",
                                     param->name, param->value);
    out->equal_count++;
    return GAZ_OK;
}

static gaz_status read_equals(struct api_worker *worker,
                              const struct api_request *request,
                              const char *known, struct ogc_query *out)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; i < request->param_count && status == GAZ_OK; i++)
        if (!is_known(known, request->params[i].name))
            status = read_equal(worker, &request->params[i], out);
    return status;
}

/* ---- filter ---- */

static gaz_status read_filter(struct api_worker *worker,
                              const struct api_request *request,
                              struct ogc_query *out)
{
    const char *text = api_param(request, "filter");
    const char *language = api_param(request, "filter-lang");
    const struct ogc_crs *crs;
    gaz_status status = ogc_crs_parse(worker, request, "filter-crs", &crs);
    if (status != GAZ_OK)
        return status;
    if (language && strcmp(language, "cql2-text") != 0)
        return api_problem_parameter(worker, "filter-lang", "只支持 cql2-text",
                                     "filter-lang is '%.40s'; it must be "
                                     "cql2-text",
                                     language);
    return text ? ogc_filter_parse(worker, out->collection, crs, text,
                                   &out->filter)
                : GAZ_OK;
}

/* A whole number in range; above `max` is taken as max. */
static gaz_status read_count(struct api_worker *worker,
                             const struct api_request *request,
                             const char *name, int min, int max, int *out)
{
    const char *text = api_param(request, name);
    int64_t value;
    if (!text)
        return GAZ_OK;
    if (!gaz_text_parse_int(text, &value) || value < min)
        return api_problem_parameter(worker, name, "应为整数",
                                     "%s is '%.40s'; it must be a whole "
                                     "number of %d or more",
                                     name, text, min);
    *out = value > max ? max : (int)value;
    return GAZ_OK;
}

gaz_status ogc_query_read(struct api_worker *worker,
                          const struct api_request *request,
                          const struct ogc_collection *collection,
                          const char *known, struct ogc_query *out)
{
    struct ogc_query query = {.collection = collection,
                              .limit = OGC_LIMIT_DEFAULT};
    gaz_status status = read_equals(worker, request, known, &query);
    if (status == GAZ_OK)
        status = read_count(worker, request, "limit", 1, OGC_LIMIT_MAX,
                            &query.limit);
    if (status == GAZ_OK)
        status = read_count(worker, request, "offset", 0, OGC_OFFSET_MAX,
                            &query.offset);
    if (status == GAZ_OK)
        status = ogc_crs_parse(worker, request, "crs", &query.crs);
    if (status == GAZ_OK)
        status = read_bbox(worker, request, &query);
    if (status == GAZ_OK)
        status = read_datetime(worker, request, &query);
    if (status == GAZ_OK)
        status = read_filter(worker, request, &query);
    if (status == GAZ_OK)
        *out = query;
    return status;
}

/* ---- the walk ---- */

static bool is_in_boxes(const struct ogc_query *query,
                        const struct ogc_row *row)
{
    struct gaz_box box;
    if (query->box_count == 0)
        return true;
    if (!query->collection->box(row->worker, row->index, &box))
        return false;
    struct ogc_shape shape = {.kind = OGC_SHAPE_NONE};
    for (int i = 0; i < query->box_count; i++) {
        if (!ogc_shape_boxes_meet(&box, &query->boxes[i].box))
            continue;
        if (shape.kind == OGC_SHAPE_NONE)
            query->collection->shape(row, &shape);
        if (ogc_shape_intersects(&shape, &query->boxes[i]))
            return true;
    }
    return false;
}

/* A feature without dates holds at all times (7.15.4). */
static bool is_in_span(const struct ogc_query *query,
                       const struct api_worker *worker, uint32_t index)
{
    gaz_date from;
    gaz_date to;
    if (!query->has_span)
        return true;
    query->collection->span(worker, index, &from, &to);
    return (to == GAZ_DATE_OPEN || query->from < to) &&
           (from == GAZ_DATE_OPEN || query->to == GAZ_DATE_OPEN ||
            from <= query->to);
}

static bool is_equal(const struct ogc_value *a, const struct ogc_value *b)
{
    if (a->is_null)
        return false;
    if (a->type == OGC_TEXT)
        return strcmp(a->text, b->text) == 0;
    if (a->type == OGC_DATE)
        return a->date == b->date;
    return fabs(a->number - b->number) < 1e-9;
}

static bool has_equals(const struct ogc_query *query, const struct ogc_row *row)
{
    for (int i = 0; i < query->equal_count; i++) {
        struct ogc_value value;
        query->equals[i].property->get(row, &value);
        if (!is_equal(&value, &query->equals[i].value))
            return false;
    }
    return true;
}

static bool is_wanted(const struct ogc_query *query, const struct ogc_row *row)
{
    return query->collection->has(row->worker, row->index) &&
           is_in_span(query, row->worker, row->index) &&
           is_in_boxes(query, row) && has_equals(query, row) &&
           (!query->filter ||
            ogc_filter_holds(query->filter, query->collection, row));
}

gaz_status ogc_query_run(struct api_worker *worker,
                         const struct ogc_query *query, struct ogc_page *out)
{
    enum { ROWS_A_RESET = 256 };
    struct api_worker scratch = {.snap = worker->snap, /* flat memory */
                                 .border = worker->border};
    struct ogc_row row = {.worker = &scratch};
    uint32_t count = query->collection->count(worker);
    uint32_t room =
        (uint32_t)query->limit < count ? (uint32_t)query->limit : count;
    uint32_t *rows =
        gaz_arena_array(&worker->ctx.arena, room + 1, sizeof(*rows));
    struct ogc_page page = {.rows = rows};
    int64_t began_us = gaz_clock_us();
    bool is_late = false;
    for (row.index = 0; row.index < count && !is_late; row.index++) {
        if (is_wanted(query, &row) &&
            page.matched++ >= (uint32_t)query->offset && page.count < room)
            rows[page.count++] = row.index;
        if (row.index % ROWS_A_RESET != 0)
            continue;
        gaz_arena_reset(&scratch.ctx.arena);
        is_late = gaz_clock_us() - began_us > (int64_t)OGC_WALK_MAX_MS * 1000;
    }
    gaz_ctx_close(&scratch.ctx);
    if (is_late)
        return api_problem_fail(worker, GAZ_LIMIT, 503,
                                "查询耗时过长，请缩小范围",
                                "the filter takes longer than %d ms; ask for "
                                "less",
                                (int)OGC_WALK_MAX_MS);
    *out = page;
    return GAZ_OK;
}
