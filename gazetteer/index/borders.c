/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/index/borders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/index/build.h"
#include "gazetteer/index/collect.h"
#include "gazetteer/index/shape.h"

/* Areas that were drawn apart, with vertices on a grid of about 100 m, overlap
 * or gape by two cells in a row at most: 300 m. */
static const double TOLERANCE_DEG = 0.003;

/* How far beside a border its two sides are looked up: 20 m, within either
 * area and beyond the rounding of the line. */
static const double SIDE_DEG = 0.0002;

enum { CODE_PROVINCE_DIGITS = 2, CODE_CITY_DIGITS = 4 };

struct county {
    const char *code; /* in the arena: the pool grows */
    const char *name;
    const struct gaz_given_place *place;
    size_t ring_first;
    size_t ring_count;
    struct gaz_box box;
};

/* One pair of areas, by the hash of their bytes. */
struct memory {
    uint64_t key;
    void *data; /* WKB; NULL: they do not meet */
    size_t size;
};

enum { MEMORIES_MAX = 4096 };

struct gaz_borders_memo {
    struct memory items[MEMORIES_MAX];
    int count;
};

struct work {
    struct gaz_borders_memo *memo; /* NULL: none */
    struct gaz_builder *builder;
    struct gaz_geometry *geometry;
    struct gaz_rows counties; /* struct county, by code */
    struct gaz_rows rings;
    struct gaz_rows points;
};

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct county *)a)->code,
                  ((const struct county *)b)->code);
}

static void measure(struct work *work, struct county *county)
{
    const struct gaz_snap_ring *rings = work->rings.items;
    county->box = (struct gaz_box){{180, 90}, {-180, -90}};
    for (size_t i = 0; i < county->ring_count; i++) {
        const struct gaz_snap_ring *ring = &rings[county->ring_first + i];
        struct gaz_box *box = &county->box;
        box->min.lon = fmin(box->min.lon, gaz_coord_from_e7(ring->min_lon_e7));
        box->min.lat = fmin(box->min.lat, gaz_coord_from_e7(ring->min_lat_e7));
        box->max.lon = fmax(box->max.lon, gaz_coord_from_e7(ring->max_lon_e7));
        box->max.lat = fmax(box->max.lat, gaz_coord_from_e7(ring->max_lat_e7));
    }
}

static void list_counties(struct gaz_ctx *ctx, struct work *work)
{
    const struct gaz_builder *builder = work->builder;
    const struct gaz_given_place *places = builder->places.items;
    const struct gaz_given_name *names = builder->names.items;
    for (size_t i = 0; i < builder->places.count; i++) {
        const struct gaz_given_place *place = &places[i];
        if (place->row.level != GAZ_LEVEL_COUNTY ||
            place->row.status != GAZ_STATUS_CURRENT || place->row.code == 0)
            continue;
        size_t first = work->rings.count;
        if (!gaz_shape_area(gaz_collect_area(builder, place), 0, &work->rings,
                            &work->points))
            continue;
        struct county *county = gaz_rows_add(&work->counties, 1);
        county->place = place;
        county->ring_first = first;
        county->ring_count = work->rings.count - first;
        county->code = gaz_arena_strdup(
            &ctx->arena, gaz_pool_text(&builder->pool, place->row.code_text));
        uint32_t name = names[place->name_first].row.text;
        county->name =
            gaz_arena_strdup(&ctx->arena, gaz_pool_text(&builder->pool, name));
        measure(work, county);
    }
    if (work->counties.count > 0)
        qsort(work->counties.items, work->counties.count, sizeof(struct county),
              by_code);
}

static bool boxes_meet(const struct gaz_box *a, const struct gaz_box *b)
{
    return a->min.lon <= b->max.lon + TOLERANCE_DEG &&
           b->min.lon <= a->max.lon + TOLERANCE_DEG &&
           a->min.lat <= b->max.lat + TOLERANCE_DEG &&
           b->min.lat <= a->max.lat + TOLERANCE_DEG;
}

static bool has_line(const struct gaz_builder *builder, const char *code,
                     size_t before)
{
    const struct gaz_given_line *lines = builder->lines.items;
    for (size_t i = 0; i < before; i++)
        if (lines[i].row.kind == GAZ_LINE_BOUNDARY &&
            strcmp(gaz_pool_text(&builder->pool, lines[i].row.code), code) == 0)
            return true;
    return false;
}

static bool holds(const struct work *work, const struct county *county,
                  double lon, double lat)
{
    const struct gaz_snap_ring *rings = work->rings.items;
    return gaz_shape_holds(
        rings + county->ring_first, county->ring_count, work->points.items,
        (struct gaz_snap_point){gaz_coord_to_e7(lon), gaz_coord_to_e7(lat)});
}

/* True when `a` is on the left of the line: each segment has a vote as long as
 * it is. */
static bool is_left(const struct work *work, const struct county *a,
                    const struct gaz_coord *points, size_t count)
{
    double votes = 0;
    for (size_t i = 1; i < count; i++) {
        double dx = points[i].lon - points[i - 1].lon;
        double dy = points[i].lat - points[i - 1].lat;
        double length = hypot(dx, dy);
        if (length <= 0)
            continue;
        double x = (points[i].lon + points[i - 1].lon) / 2;
        double y = (points[i].lat + points[i - 1].lat) / 2;
        double aside_x = -dy / length * SIDE_DEG;
        double aside_y = dx / length * SIDE_DEG;
        if (holds(work, a, x + aside_x, y + aside_y))
            votes += length;
        if (holds(work, a, x - aside_x, y - aside_y))
            votes -= length;
    }
    return votes >= 0;
}

static gaz_level divided_level(const char *a, const char *b)
{
    if (strncmp(a, b, CODE_PROVINCE_DIGITS) != 0)
        return GAZ_LEVEL_PROVINCE;
    return strncmp(a, b, CODE_CITY_DIGITS) != 0 ? GAZ_LEVEL_CITY
                                                : GAZ_LEVEL_COUNTY;
}

static void add_part(struct gaz_ctx *ctx, struct work *work,
                     const struct county *const pair[2], const char *code,
                     const struct gaz_snap_point *points, size_t count)
{
    struct gaz_coord *coords =
        gaz_arena_array(&ctx->arena, count, sizeof(*coords));
    for (size_t i = 0; i < count; i++)
        coords[i] = (struct gaz_coord){gaz_coord_from_e7(points[i].lon_e7),
                                       gaz_coord_from_e7(points[i].lat_e7)};
    bool left = is_left(work, pair[0], coords, count);
    uint32_t flags = pair[0]->place->row.flags | pair[1]->place->row.flags;
    bool is_schematic = (flags & GAZ_SNAP_SCHEMATIC_AREA) != 0;
    const struct gaz_line line = {
        .name = gaz_arena_printf(&ctx->arena, "%s—%s 界线%s", pair[0]->name,
                                 pair[1]->name, is_schematic ? "（示意）" : ""),
        .code = code,
        .kind = GAZ_LINE_BOUNDARY,
        .level = divided_level(pair[0]->code, pair[1]->code),
        .is_schematic = is_schematic,
        .is_synthetic = (flags & GAZ_SNAP_SYNTHETIC) != 0,
        .points = coords,
        .point_count = count,
        .left = pair[left ? 0 : 1]->place->row.id,
        .right = pair[left ? 1 : 0]->place->row.id,
        .source = pair[0]->place->source,
    };
    gaz_builder_line(work->builder, &line);
}

struct gaz_borders_memo *gaz_borders_memo_open(void)
{
    return gaz_malloc(sizeof(struct gaz_borders_memo));
}

static void forget(struct gaz_borders_memo *memo)
{
    while (memo->count > 0)
        gaz_free(memo->items[--memo->count].data);
}

void gaz_borders_memo_close(struct gaz_borders_memo *memo)
{
    if (memo)
        forget(memo);
    gaz_free(memo);
}

static uint64_t key_of(struct gaz_wkb a, struct gaz_wkb b)
{
    const uint64_t both[] = {gaz_text_hash(a.data, a.size),
                             gaz_text_hash(b.data, b.size), a.size, b.size};
    return gaz_text_hash((const char *)both, sizeof(both));
}

static void remember(struct gaz_borders_memo *memo, uint64_t key,
                     gaz_status status, struct gaz_wkb wkb)
{
    if (!memo || (status != GAZ_OK && status != GAZ_NOT_FOUND))
        return;
    if (memo->count == MEMORIES_MAX)
        forget(memo); /* areas that changed long ago */
    struct memory *memory = &memo->items[memo->count++];
    *memory = (struct memory){.key = key};
    if (status != GAZ_OK)
        return;
    memory->size = wkb.size;
    memory->data = gaz_malloc(wkb.size);
    memcpy(memory->data, wkb.data, wkb.size);
}

/* The border of two areas: remembered, or worked out. */
static gaz_status find_border(struct gaz_ctx *ctx, struct work *work,
                              struct gaz_wkb a, struct gaz_wkb b,
                              struct gaz_wkb *out)
{
    const uint64_t key = key_of(a, b);
    for (int i = 0; work->memo && i < work->memo->count; i++) {
        const struct memory *memory = &work->memo->items[i];
        if (memory->key != key)
            continue;
        if (!memory->data)
            return GAZ_NOT_FOUND;
        *out = (struct gaz_wkb){memory->data, memory->size};
        return GAZ_OK;
    }
    gaz_status status = gaz_geometry_shared_border(ctx, work->geometry, a, b,
                                                   TOLERANCE_DEG, out);
    remember(work->memo, key, status, status == GAZ_OK ? *out : a);
    return status;
}

static gaz_status add_border(struct gaz_ctx *ctx, struct work *work,
                             const struct county *const pair[2],
                             const char *code)
{
    struct gaz_wkb wkb;
    gaz_status status =
        find_border(ctx, work, gaz_collect_area(work->builder, pair[0]->place),
                    gaz_collect_area(work->builder, pair[1]->place), &wkb);
    if (status == GAZ_NOT_FOUND)
        return GAZ_OK; /* near, but no neighbours */
    if (status != GAZ_OK)
        return status;
    struct gaz_rows parts = {.item_size = sizeof(struct gaz_shape_part)};
    struct gaz_rows points = {.item_size = sizeof(struct gaz_snap_point)};
    if (!gaz_shape_lines(wkb, &parts, &points))
        status = gaz_fail(ctx, GAZ_INVALID, "the border %s is no line", code);
    const struct gaz_shape_part *part = parts.items;
    const struct gaz_snap_point *all = points.items;
    for (size_t i = 0; i < parts.count; i++)
        add_part(ctx, work, pair, code, all + part[i].point_first,
                 part[i].point_count);
    gaz_rows_close(&parts);
    gaz_rows_close(&points);
    return status;
}

static gaz_status add_pairs(struct gaz_ctx *ctx, struct work *work)
{
    const struct county *counties = work->counties.items;
    size_t lines_before = work->builder->lines.count;
    for (size_t i = 0; i < work->counties.count; i++) {
        for (size_t j = i + 1; j < work->counties.count; j++) {
            const struct county *const pair[2] = {&counties[i], &counties[j]};
            const char *code = gaz_arena_printf(&ctx->arena, "%s-%s",
                                                pair[0]->code, pair[1]->code);
            if (!boxes_meet(&pair[0]->box, &pair[1]->box) ||
                has_line(work->builder, code, lines_before))
                continue;
            gaz_status status = add_border(ctx, work, pair, code);
            if (status != GAZ_OK)
                return status;
        }
    }
    return GAZ_OK;
}

gaz_status gaz_borders_add(struct gaz_ctx *ctx, struct gaz_builder *builder,
                           struct gaz_borders_memo *memo)
{
    struct work work = {
        .memo = memo,
        .builder = builder,
        .counties.item_size = sizeof(struct county),
        .rings.item_size = sizeof(struct gaz_snap_ring),
        .points.item_size = sizeof(struct gaz_snap_point),
    };
    gaz_status status = gaz_geometry_open(ctx, &work.geometry);
    if (status != GAZ_OK)
        return status;
    list_counties(ctx, &work);
    status = add_pairs(ctx, &work);
    gaz_geometry_close(work.geometry);
    gaz_rows_close(&work.counties);
    gaz_rows_close(&work.rings);
    gaz_rows_close(&work.points);
    return status;
}
