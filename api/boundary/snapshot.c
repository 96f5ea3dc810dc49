/* SPDX-License-Identifier: Apache-2.0 */
#include "api/boundary/snapshot.h"

#include <string.h>

#include "api/part.h"
#include "gazetteer/index/snapshot.h"

static const char DIGITS[] = "0123456789";

static uint32_t find_place(const struct gaz_snapshot *snap, const char *code,
                           size_t len)
{
    struct gaz_snap_span hits;
    gaz_snapshot_find(snap, GAZ_KEY_CODE, code, len, &hits);
    for (uint32_t i = 0; i < hits.count; i++) {
        const uint32_t place = hits.items[i].place;
        if (snap->places[place].area_count > 0 &&
            snap->places[place].status == GAZ_STATUS_CURRENT)
            return place;
    }
    return GAZ_NONE;
}

gaz_status api_boundary_pair_find(struct gaz_ctx *ctx,
                                  const struct gaz_snapshot *snap,
                                  const char *code,
                                  struct api_boundary_pair *out)
{
    enum { CODE_MAX = 12 };
    const char *at = code;
    uint32_t places[2];
    for (int i = 0; i < 2; i++) {
        const size_t len = strspn(at, DIGITS);
        if (len < 2 || len > CODE_MAX || at[len] != (i == 0 ? '-' : '\0'))
            return gaz_fail(ctx, GAZ_INVALID,
                            "'%.40s' is no code of a line; it is two "
                            "divisions' codes, 330482-310116",
                            code);
        places[i] = find_place(snap, at, len);
        if (places[i] == GAZ_NONE)
            return gaz_fail(ctx, GAZ_NOT_FOUND,
                            "no division with an area has the code %.*s",
                            (int)len, at);
        at += len + 1;
    }
    if (places[0] == places[1])
        return gaz_fail(ctx, GAZ_INVALID, "'%.40s' has one side only", code);
    out->places[0] = places[0];
    out->places[1] = places[1];
    return GAZ_OK;
}

/* ---- areas as WKB ---- */

struct polygon {
    uint32_t first; /* ring */
    uint32_t count;
};

static struct gaz_wkb write_polygon(struct gaz_ctx *ctx,
                                    const struct gaz_snapshot *snap,
                                    const struct polygon *polygon)
{
    enum { HEAD = 9, POLYGON = 3 };
    size_t size = HEAD;
    for (uint32_t i = 0; i < polygon->count; i++)
        size +=
            sizeof(uint32_t) +
            2 * sizeof(double) * snap->rings[polygon->first + i].point_count;
    char *bytes = gaz_arena_alloc(&ctx->arena, size);
    const uint32_t head[2] = {POLYGON, polygon->count};
    char *at = bytes + HEAD;
    bytes[0] = 1; /* little-endian */
    (void)memcpy(bytes + 1, head, sizeof(head));
    for (uint32_t i = 0; i < polygon->count; i++) {
        const struct gaz_snap_ring *ring = &snap->rings[polygon->first + i];
        (void)memcpy(at, &ring->point_count, sizeof(ring->point_count));
        at += sizeof(ring->point_count);
        for (uint32_t j = 0; j < ring->point_count; j++) {
            const struct gaz_snap_point *p =
                &snap->points[ring->point_first + j];
            const double xy[2] = {gaz_coord_from_e7(p->lon_e7),
                                  gaz_coord_from_e7(p->lat_e7)};
            (void)memcpy(at, xy, sizeof(xy));
            at += sizeof(xy);
        }
    }
    return (struct gaz_wkb){bytes, size};
}

static void take_side(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      uint32_t place, struct gaz_side *out)
{
    const struct gaz_snap_place *row = &snap->places[place];
    struct gaz_wkb *areas =
        gaz_arena_array(&ctx->arena, row->area_count, sizeof(*areas));
    size_t count = 0;
    uint32_t i = 0;
    while (i < row->area_count) {
        struct polygon polygon = {.first = row->area_first + i};
        const uint32_t number = snap->rings[polygon.first].polygon;
        while (i < row->area_count &&
               snap->rings[row->area_first + i].polygon == number) {
            polygon.count++;
            i++;
        }
        areas[count++] = write_polygon(ctx, snap, &polygon);
    }
    *out = (struct gaz_side){api_part_name(snap, place), areas, count};
}

gaz_status api_boundary_pair_compare(struct gaz_ctx *ctx,
                                     const struct gaz_snapshot *snap,
                                     struct api_boundary_pair *pair)
{
    struct gaz_side sides[2];
    struct api_boundary_view *view = &pair->view;
    gaz_limits_shipped(ctx, &pair->limits);
    pair->options = gaz_limits_sides(&pair->limits);
    *view = (struct api_boundary_view){.plane_crs = pair->options.plane_crs,
                                       .limits = &pair->limits,
                                       .sides_options = &pair->options,
                                       .sides = &pair->report};
    for (int i = 0; i < 2; i++) {
        const struct gaz_snap_place *row = &snap->places[pair->places[i]];
        take_side(ctx, snap, pair->places[i], &sides[i]);
        view->names[i] = sides[i].name;
        view->is_schematic |= (row->flags & GAZ_SNAP_SCHEMATIC_AREA) != 0;
        view->is_synthetic |= (row->flags & GAZ_SNAP_SYNTHETIC) != 0;
        pair->options.published_km2[i] =
            gaz_limits_area_km2(ctx, gaz_snapshot_text(snap, row->code_text),
                                &pair->options.published_source[i]);
    }
    if (view->is_schematic)
        pair->options.accuracy_m =
            gaz_limits_get(&pair->limits, "schematic_accuracy_m");
    gaz_status status = gaz_sides_compare(ctx, &sides[0], &sides[1],
                                          &pair->options, &pair->report);
    if (status == GAZ_OK)
        api_boundary_view_gather(&ctx->arena, view);
    return status;
}
