/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/tile.h"

#include <pthread.h>
#include <string.h>

#include "tiles/paint.h"
#include "tiles/png.h"
#include "tiles/vector.h"
#include "tiles/window.h"

enum { SCALES = 2 };

/* One zoom; made on first use, and not changed after that but for a further
 * scale's characters. */
struct plan {
    bool is_made;
    struct tile_shapes shapes;
    struct tile_labels labels;
    const struct tile_typeset *typeset[SCALES];
};

struct tile_maker {
    struct tile_features features;
    struct tile_font *font; /* under the lock */
    struct gaz_arena arena; /* of the plans; under the lock */
    pthread_mutex_t lock;
    struct plan plans[TILE_ZOOM_MAX + 1]; /* under the lock */
};

const char *const TILE_LAYERS[] = {"base",     "divisions",  "names",
                                   "heritage", "boundaries", NULL};

gaz_status tile_maker_open(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           struct tile_maker **out)
{
    struct tile_font *font;
    gaz_status status = tile_glyph_open(ctx, &font);
    if (status != GAZ_OK)
        return status;
    struct tile_maker *maker = gaz_malloc(sizeof *maker);
    maker->font = font;
    (void)pthread_mutex_init(&maker->lock, NULL);
    tile_feature_gather(snap, &maker->features);
    *out = maker;
    return GAZ_OK;
}

void tile_maker_close(struct tile_maker *maker)
{
    if (!maker)
        return;
    tile_feature_close(&maker->features);
    tile_glyph_close(maker->font);
    gaz_arena_close(&maker->arena);
    (void)pthread_mutex_destroy(&maker->lock);
    gaz_free(maker);
}

/* What is shown at a zoom and scale. A copy: what it points at stays. */
static struct tile_scene scene_of(struct tile_maker *maker, int z, int scale)
{
    (void)pthread_mutex_lock(&maker->lock);
    struct plan *plan = &maker->plans[z];
    if (!plan->is_made) {
        tile_shape_make(&maker->arena, &maker->features, z, &plan->shapes);
        tile_place_labels(&maker->arena, maker->font, &maker->features,
                          &plan->shapes, z, &plan->labels);
        plan->is_made = true;
    }
    const struct tile_typeset **typeset = &plan->typeset[scale - 1];
    if (!*typeset)
        *typeset = tile_place_typeset(&maker->arena, maker->font, &plan->labels,
                                      scale);
    struct tile_scene scene = {&maker->features, plan->shapes, plan->labels,
                               *typeset};
    (void)pthread_mutex_unlock(&maker->lock);
    return scene;
}

/* 0 when there is no such layer. TILE_LAYERS has the order of the bits. */
static int layer_bit(const char *name)
{
    for (int i = 0; TILE_LAYERS[i]; i++)
        if (strcmp(TILE_LAYERS[i], name) == 0)
            return 1 << i;
    return 0;
}

static gaz_status check_request(struct gaz_ctx *ctx,
                                const struct tile_request *request)
{
    if (layer_bit(request->layer) == 0)
        return gaz_fail(ctx, GAZ_NOT_FOUND, "no tile layer '%.40s'",
                        request->layer);
    if (request->z < 0 || request->z > TILE_ZOOM_MAX)
        return gaz_fail(ctx, GAZ_INVALID, "zoom %d is not 0 to %d", request->z,
                        TILE_ZOOM_MAX);
    if (!tile_grid_is_valid(request->z, request->x, request->y))
        return gaz_fail(ctx, GAZ_INVALID,
                        "tile %d/%d/%d is outside of the world", request->z,
                        request->x, request->y);
    if (request->scale < 1 || request->scale > SCALES)
        return gaz_fail(ctx, GAZ_INVALID, "scale %d is not 1 or 2",
                        request->scale);
    return GAZ_OK;
}

gaz_status tile_make(struct gaz_ctx *ctx, struct tile_maker *maker,
                     const struct tile_request *request, struct gaz_buffer *out)
{
    gaz_status status = check_request(ctx, request);
    if (status != GAZ_OK)
        return status;
    bool is_vector = request->format == TILE_MVT;
    int scale = is_vector ? 1 : request->scale;
    enum tile_layer layer = (enum tile_layer)layer_bit(request->layer);
    struct tile_scene scene = scene_of(maker, request->z, scale);
    struct tile_view view =
        tile_grid_view(request->z, request->x, request->y, scale);
    struct gaz_buffer made;
    gaz_buffer_open(&made, TILE_MAX_BYTES);
    if (is_vector) {
        tile_vector_write(&ctx->arena, &maker->features, &scene.shapes, layer,
                          &view, &made);
    } else {
        struct tile_canvas canvas;
        tile_paint(&ctx->arena, &scene, layer, &view, &canvas);
        tile_png_write(&ctx->arena, &canvas, &made);
    }
    bool is_full = made.full;
    if (!is_full)
        gaz_buffer_bytes(out, made.data, made.size);
    gaz_buffer_close(&made);
    if (is_full || out->full)
        return gaz_fail(ctx, GAZ_LIMIT, "tile %d/%d/%d is larger than %d bytes",
                        request->z, request->x, request->y, TILE_MAX_BYTES);
    return GAZ_OK;
}

gaz_status tile_window(struct gaz_ctx *ctx, struct tile_maker *maker,
                       const char *layer, const struct tile_view *view,
                       struct tile_canvas *out)
{
    struct tile_request request = {layer, view->z, 0, 0, view->scale, TILE_PNG};
    gaz_status status = check_request(ctx, &request);
    if (status != GAZ_OK)
        return status;
    struct tile_scene scene = scene_of(maker, view->z, view->scale);
    tile_paint(&ctx->arena, &scene, (enum tile_layer)layer_bit(layer), view,
               out);
    return GAZ_OK;
}
