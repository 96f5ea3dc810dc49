/* SPDX-License-Identifier: Apache-2.0 */
/* filter_shape.c - geometries in a filter: well-known text, and BBOX. */
#include "api/ogc/filter_node.h"

enum { RINGS_MAX = 64 };

struct draft {
    struct ogc_ring rings[RINGS_MAX];
    size_t count;
};

static gaz_status read_position(struct ogc_reader *reader,
                                struct gaz_coord *out)
{
    double numbers[2];
    if (!ogc_reader_number(reader, &numbers[0]) ||
        !ogc_reader_number(reader, &numbers[1]))
        return ogc_reader_fail(reader, "two numbers of a position");
    if (++reader->point_count > OGC_FILTER_POINTS_MAX)
        return ogc_reader_fail(reader, "at most 1000 positions in all");
    gaz_status status = ogc_crs_to(reader->worker, reader->crs, numbers, out);
    return status == GAZ_OK
               ? GAZ_OK
               : ogc_reader_fail(reader, "a position inside the filter-crs");
}

/* "(x y, x y, ...)" */
static gaz_status read_ring(struct ogc_reader *reader, size_t min,
                            struct draft *draft)
{
    struct gaz_coord *points = gaz_arena_array(
        &reader->worker->ctx.arena, OGC_FILTER_POINTS_MAX, sizeof(*points));
    size_t count = 0;
    if (!ogc_reader_take(reader, "("))
        return ogc_reader_fail(reader, "'('");
    do {
        gaz_status status = read_position(reader, &points[count]);
        if (status != GAZ_OK)
            return status;
        count++;
    } while (ogc_reader_take(reader, ","));
    if (!ogc_reader_take(reader, ")"))
        return ogc_reader_fail(reader, "',' or ')'");
    bool is_open = points[0].lon < points[count - 1].lon ||
                   points[0].lon > points[count - 1].lon ||
                   points[0].lat < points[count - 1].lat ||
                   points[0].lat > points[count - 1].lat;
    if (count < min || (min == 4 && is_open))
        return ogc_reader_fail(reader,
                               "more positions, and a ring that is closed");
    if (draft->count == RINGS_MAX)
        return ogc_reader_fail(reader, "at most 64 rings or parts");
    draft->rings[draft->count++] =
        (struct ogc_ring){.points = points, .count = count};
    return GAZ_OK;
}

/* "((...), (...))" */
static gaz_status read_rings(struct ogc_reader *reader, size_t min,
                             struct draft *draft)
{
    if (!ogc_reader_take(reader, "("))
        return ogc_reader_fail(reader, "'('");
    do {
        gaz_status status = read_ring(reader, min, draft);
        if (status != GAZ_OK)
            return status;
    } while (ogc_reader_take(reader, ","));
    return ogc_reader_take(reader, ")") ? GAZ_OK
                                        : ogc_reader_fail(reader, "')'");
}

static gaz_status read_polygons(struct ogc_reader *reader, struct draft *draft)
{
    if (!ogc_reader_take(reader, "("))
        return ogc_reader_fail(reader, "'('");
    do {
        gaz_status status = read_rings(reader, 4, draft);
        if (status != GAZ_OK)
            return status;
    } while (ogc_reader_take(reader, ","));
    return ogc_reader_take(reader, ")") ? GAZ_OK
                                        : ogc_reader_fail(reader, "')'");
}

/* "(x y, x y)" or "((x y), (x y))": both are in use. */
static gaz_status read_points(struct ogc_reader *reader, struct draft *draft)
{
    size_t start = reader->at;
    if (!ogc_reader_take(reader, "("))
        return ogc_reader_fail(reader, "'('");
    bool is_nested = ogc_reader_take(reader, "(");
    reader->at = start;
    if (is_nested)
        return read_rings(reader, 1, draft);
    gaz_status status = read_ring(reader, 1, draft);
    if (status != GAZ_OK)
        return status;
    const struct ogc_ring all = draft->rings[0]; /* points, not a line */
    draft->count = 0;
    for (size_t i = 0; i < all.count && i < RINGS_MAX; i++)
        draft->rings[draft->count++] =
            (struct ogc_ring){.points = all.points + i, .count = 1};
    return all.count <= RINGS_MAX
               ? GAZ_OK
               : ogc_reader_fail(reader, "at most 64 points");
}

/* BBOX(x, y, x, y), or six numbers of which heights are left out. */
static gaz_status read_box(struct ogc_reader *reader, struct draft *draft)
{
    double numbers[6];
    int count = 0;
    if (!ogc_reader_take(reader, "("))
        return ogc_reader_fail(reader, "'('");
    do {
        if (count == 6 || !ogc_reader_number(reader, &numbers[count]))
            return ogc_reader_fail(reader, "4 or 6 numbers");
        count++;
    } while (ogc_reader_take(reader, ","));
    if ((count != 4 && count != 6) || !ogc_reader_take(reader, ")"))
        return ogc_reader_fail(reader, "4 or 6 numbers and ')'");
    int second = count / 2;
    const double corners[5][2] = {
        {numbers[0], numbers[1]},
        {numbers[second], numbers[1]},
        {numbers[second], numbers[second + 1]},
        {numbers[0], numbers[second + 1]},
        {numbers[0], numbers[1]},
    };
    struct gaz_coord *points =
        gaz_arena_array(&reader->worker->ctx.arena, 5, sizeof(*points));
    for (int i = 0; i < 5; i++)
        if (ogc_crs_to(reader->worker, reader->crs, corners[i], &points[i]) !=
            GAZ_OK)
            return ogc_reader_fail(reader, "a box inside the filter-crs");
    draft->rings[draft->count++] =
        (struct ogc_ring){.points = points, .count = 5};
    return GAZ_OK;
}

static gaz_status read_by_name(struct ogc_reader *reader, struct draft *draft,
                               ogc_shape_kind *kind)
{
    *kind = OGC_SHAPE_AREA;
    if (ogc_reader_take(reader, "BBOX"))
        return read_box(reader, draft);
    if (ogc_reader_take(reader, "POLYGON"))
        return read_rings(reader, 4, draft);
    if (ogc_reader_take(reader, "MULTIPOLYGON"))
        return read_polygons(reader, draft);
    *kind = OGC_SHAPE_LINE;
    if (ogc_reader_take(reader, "LINESTRING"))
        return read_ring(reader, 2, draft);
    if (ogc_reader_take(reader, "MULTILINESTRING"))
        return read_rings(reader, 2, draft);
    *kind = OGC_SHAPE_POINT;
    if (ogc_reader_take(reader, "POINT"))
        return read_points(reader, draft);
    if (ogc_reader_take(reader, "MULTIPOINT"))
        return read_points(reader, draft);
    return ogc_reader_fail(reader, "a geometry: POINT, POLYGON, BBOX ...");
}

gaz_status ogc_filter_shape(struct ogc_reader *reader, struct ogc_shape *out)
{
    struct gaz_arena *arena = &reader->worker->ctx.arena;
    struct draft *draft = gaz_arena_alloc(arena, sizeof(*draft));
    ogc_shape_kind kind;
    gaz_status status = read_by_name(reader, draft, &kind);
    if (status != GAZ_OK)
        return status;
    *out = (struct ogc_shape){
        .kind = kind, .rings = draft->rings, .ring_count = draft->count};
    ogc_shape_measure(out);
    return GAZ_OK;
}
