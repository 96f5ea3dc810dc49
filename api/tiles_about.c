/* SPDX-License-Identifier: Apache-2.0 */
#include "api/tiles_about.h"

#include <string.h>

#include "api/part.h"
#include "tiles/caption.h"
#include "tiles/vector_layers.h"

const char API_TILES_NOTE[] = "界线示意，不作为划界依据";

gaz_status api_tiles_style_check(struct api_worker *worker, const char *style)
{
    for (int i = 0; TILE_STYLES[i]; i++)
        if (strcmp(TILE_STYLES[i], style) == 0)
            return GAZ_OK;
    worker->parameter = "style";
    return gaz_fail(&worker->ctx, GAZ_NOT_FOUND, "no map style '%.40s'", style);
}

const char *api_tiles_title(const char *style)
{
    static const char *const TITLES[][2] = {
        {"base", "地名地图 base map"},
        {"heritage", "红色遗址地图 heritage map"},
        {"dark", "夜间地图 dark map"},
        {"divisions", "行政区划（透明叠加） divisions, to lay over a map"},
        {"names", "地名注记（透明叠加） names, to lay over a map"},
        {"boundaries", "界线（透明叠加） boundaries, to lay over a map"},
    };
    for (size_t i = 0; i < sizeof TITLES / sizeof TITLES[0]; i++)
        if (strcmp(TITLES[i][0], style) == 0)
            return TITLES[i][1];
    return "";
}

struct gaz_box api_tiles_box(const struct gaz_snapshot *snap)
{
    struct gaz_box box = {{180, 90}, {-180, -90}};
    for (uint32_t i = 0; i < snap->place_count; i++) {
        if (snap->places[i].lon_e7 == INT32_MIN)
            continue;
        double lon = gaz_coord_from_e7(snap->places[i].lon_e7);
        double lat = gaz_coord_from_e7(snap->places[i].lat_e7);
        box.min.lon = lon < box.min.lon ? lon : box.min.lon;
        box.min.lat = lat < box.min.lat ? lat : box.min.lat;
        box.max.lon = lon > box.max.lon ? lon : box.max.lon;
        box.max.lat = lat > box.max.lat ? lat : box.max.lat;
    }
    if (box.min.lon > box.max.lon)
        box = (struct gaz_box){{-180, -85}, {180, 85}};
    return box;
}

const char *api_tiles_attribution(struct api_worker *worker, const char *style)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    struct api_credits credits = {.licence_count = 0};
    for (uint32_t i = 1; i < worker->snap->source_count; i++)
        api_part_credit(&credits, worker->snap, i);
    const char *review = "";
    const char *text = api_part_attribution(arena, &credits);
    if (!worker->tiles ||
        tile_caption_review(&worker->ctx, worker->tiles, style, &review) !=
            GAZ_OK ||
        review[0] == '\0')
        return text;
    return gaz_arena_printf(arena, "%s · %s", review, text);
}

static const char *layers_text(struct api_worker *worker, uint32_t sources,
                               const struct tile_archive *archive)
{
    enum { LAYERS_MAX_BYTES = 64 * 1024 };
    struct gaz_buffer text;
    struct gaz_json json;
    gaz_buffer_open(&text, LAYERS_MAX_BYTES);
    gaz_json_open(&json, &text);
    tile_vector_layers_write(&json, NULL, sources, archive->min_zoom,
                             archive->max_zoom);
    const char *kept =
        gaz_arena_strndup(&worker->ctx.arena, text.data, text.size);
    gaz_buffer_close(&text);
    return kept;
}

gaz_status api_tiles_about(struct api_worker *worker, const char *style,
                           struct tile_archive *archive)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    struct tile_style read;
    gaz_status status = api_tiles_style_check(worker, style);
    if (status == GAZ_OK)
        status = tile_style_shipped(&worker->ctx, style, TILE_LANGUAGE_CHINESE,
                                    &read);
    if (status != GAZ_OK)
        return status;
    archive->name = gaz_arena_printf(arena, "diming-%s", style);
    archive->description = gaz_arena_printf(
        arena, "%s. %s", api_tiles_title(style), API_TILES_NOTE);
    archive->attribution = api_tiles_attribution(worker, style);
    archive->version = DIMING_VERSION;
    archive->is_overlay = !read.has_background;
    if (archive->format == TILE_MVT)
        archive->vector_layers = layers_text(
            worker, read.has_background ? UINT32_MAX : read.sources, archive);
    return GAZ_OK;
}
