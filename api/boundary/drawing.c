/* SPDX-License-Identifier: Apache-2.0 */
/* drawing.c - lines, areas, markers and findings as a drawing. */
#include "importers/drawing.h"
#include "api/boundary/view.h"
#include "gazetteer/geo/crs.h"

struct drawing {
    struct gaz_ctx *ctx;
    struct gaz_crs *plane;
    struct imp_drawing_item *items;
    size_t count;
    size_t capacity;
};

static void add_item(struct drawing *d, imp_drawing_shape shape,
                     const char *layer, const char *label, const double *xy,
                     size_t count)
{
    if (d->count == d->capacity) {
        const size_t bigger = d->capacity ? 2 * d->capacity : 64;
        const size_t bytes = sizeof(*d->items);
        d->items = gaz_arena_grow(&d->ctx->arena, d->items, d->capacity * bytes,
                                  bigger * bytes);
        d->capacity = bigger;
    }
    d->items[d->count++] =
        (struct imp_drawing_item){shape, layer, label, xy, count};
}

static void add_grid(struct drawing *d, const char *layer,
                     const struct gaz_grid *grid, size_t count)
{
    double *xy = gaz_arena_array(&d->ctx->arena, 2 * count, sizeof(*xy));
    for (size_t i = 0; i < count; i++) {
        xy[2 * i] = grid[i].east_m;
        xy[2 * i + 1] = grid[i].north_m;
    }
    if (count > 1)
        add_item(d, IMP_DRAWING_LINE, layer, NULL, xy, count);
}

static void add_mark(struct drawing *d, const char *layer, const char *label,
                     struct gaz_grid at)
{
    double *xy = gaz_arena_array(&d->ctx->arena, 2, sizeof(*xy));
    xy[0] = at.east_m;
    xy[1] = at.north_m;
    add_item(d, IMP_DRAWING_POINT, layer, label, xy, 1);
}

static gaz_status add_ring(struct drawing *d, const char *layer,
                           const struct api_boundary_ring *ring)
{
    double *xy = gaz_arena_array(&d->ctx->arena, 2 * ring->count, sizeof(*xy));
    gaz_status status = GAZ_OK;
    for (size_t i = 0; i < ring->count && status == GAZ_OK; i++)
        status = gaz_crs_from_cgcs2000(d->ctx, d->plane, ring->points[i],
                                       &xy[2 * i], &xy[2 * i + 1]);
    if (status == GAZ_OK)
        add_item(d, IMP_DRAWING_RING, layer, NULL, xy, ring->count);
    return status;
}

static gaz_status add_finding(struct drawing *d,
                              const struct api_boundary_finding *finding)
{
    static const char *const LAYERS[] = {"FINDING_INFO", "FINDING_WARNING",
                                         "FINDING_ERROR"};
    struct api_boundary_ring *rings = NULL;
    const size_t count =
        api_boundary_rings(&d->ctx->arena, finding->area, &rings);
    gaz_status status = GAZ_OK;
    for (size_t i = 0; i < count && status == GAZ_OK; i++)
        status =
            add_ring(d, finding->kind[0] == 'g' ? "GAP" : "OVERLAP", &rings[i]);
    struct gaz_grid at;
    if (status != GAZ_OK || !finding->has_where)
        return status;
    status = gaz_crs_from_cgcs2000(d->ctx, d->plane, finding->where, &at.east_m,
                                   &at.north_m);
    if (status == GAZ_OK)
        add_mark(d, LAYERS[finding->severity],
                 gaz_arena_printf(&d->ctx->arena, "%s %.2f", finding->rule,
                                  finding->how_much_m),
                 at);
    return status;
}

static void add_markers(struct drawing *d, const struct gaz_survey *survey)
{
    add_grid(d, "LINE", survey->line, survey->line_count);
    for (size_t i = 0; i < survey->marker_count; i++) {
        const struct gaz_survey_marker *marker = &survey->markers[i];
        if (marker->has_agreed)
            add_mark(d, "MARKER_AGREED", marker->code, marker->agreed);
        if (marker->has_measured)
            add_mark(d, "MARKER_MEASURED", marker->code, marker->measured);
        for (size_t j = 0; j < marker->object_count; j++)
            if (marker->objects[j].has_position)
                add_mark(d, "OBJECT", NULL, marker->objects[j].at);
    }
}

gaz_status api_boundary_write_dxf(struct gaz_ctx *ctx,
                                  const struct api_boundary_view *view,
                                  const char *path)
{
    static const char *const LINES[] = {"LINE_A", "LINE_B"};
    struct drawing d = {.ctx = ctx};
    gaz_status status = gaz_crs_open(ctx, view->plane_crs, &d.plane);
    for (int i = 0; i < 2 && view->sides; i++)
        add_grid(&d, LINES[i], view->sides->lines[i].grid,
                 view->sides->lines[i].count);
    if (view->survey)
        add_markers(&d, view->survey);
    for (size_t i = 0; i < view->finding_count && status == GAZ_OK; i++)
        status = add_finding(&d, &view->findings[i]);
    gaz_crs_close(d.plane);
    return status == GAZ_OK ? imp_drawing_write(ctx, d.items, d.count, path)
                            : status;
}
