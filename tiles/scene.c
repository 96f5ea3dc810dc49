/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/scene.h"

#include <pthread.h>
#include <string.h>

enum { STYLES = TILE_SCENE_STYLES };

/* One style in one language. */
struct sheet {
    bool is_read;
    struct tile_style style;
    struct tile_scene *scenes[TILE_ZOOM_MAX + 1];
    struct tile_standing *standing[TILE_ZOOM_MAX + 1];
};

struct tile_scenes {
    struct tile_features features;
    struct tile_font *font;
    struct tile_setter *setter;
    struct tile_icons *icons;
    struct gaz_arena arena; /* of the scenes; under the lock, as all below */
    struct gaz_ctx styles;  /* its arena holds the styles */
    pthread_mutex_t lock;
    struct tile_shapes shapes[TILE_ZOOM_MAX + 1];
    bool has_shapes[TILE_ZOOM_MAX + 1];
    struct sheet sheets[STYLES][TILE_LANGUAGES];
    const struct tile_png_palette *palettes[STYLES]; /* of any language */
};

gaz_status tile_scene_open(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           struct tile_scenes **out)
{
    struct tile_font *font;
    gaz_status status = tile_glyph_open(ctx, &font);
    if (status != GAZ_OK)
        return status;
    size_t size;
    struct tile_icons *icons;
    const char *sheet = tile_icon_file(&size);
    status = tile_icon_open(ctx, font, sheet, size, &icons);
    if (status != GAZ_OK) {
        tile_glyph_close(font);
        return status;
    }
    struct tile_scenes *made = gaz_malloc(sizeof *made);
    made->font = font;
    made->icons = icons;
    made->setter = tile_text_open(font);
    (void)pthread_mutex_init(&made->lock, NULL);
    tile_feature_gather(snap, &made->features);
    *out = made;
    return GAZ_OK;
}

void tile_scene_close(struct tile_scenes *scenes)
{
    if (!scenes)
        return;
    for (int s = 0; s < STYLES * TILE_LANGUAGES; s++)
        for (int z = 0; z <= TILE_ZOOM_MAX; z++)
            tile_place_close(
                scenes->sheets[s / TILE_LANGUAGES][s % TILE_LANGUAGES]
                    .standing[z]);
    tile_feature_close(&scenes->features);
    tile_text_close(scenes->setter);
    tile_icon_close(scenes->icons);
    tile_glyph_close(scenes->font);
    gaz_arena_close(&scenes->arena);
    gaz_ctx_close(&scenes->styles);
    (void)pthread_mutex_destroy(&scenes->lock);
    gaz_free(scenes);
}

const struct tile_features *
tile_scene_features(const struct tile_scenes *scenes)
{
    return &scenes->features;
}

struct tile_font *tile_scene_font(const struct tile_scenes *scenes)
{
    return scenes->font;
}

struct tile_setter *tile_scene_setter(const struct tile_scenes *scenes)
{
    return scenes->setter;
}

const struct tile_icons *tile_scene_icons(const struct tile_scenes *scenes)
{
    return scenes->icons;
}

/* ---- styles ---- */

static int number_of(const char *style)
{
    for (int i = 0; TILE_STYLES[i]; i++)
        if (strcmp(TILE_STYLES[i], style) == 0)
            return i;
    return -1;
}

uint32_t tile_scene_number(const char *style, tile_language language, int z)
{
    uint32_t sheet = (uint32_t)number_of(style) * TILE_LANGUAGES + language;
    return sheet * (TILE_ZOOM_MAX + 1) + (uint32_t)z;
}

struct tile_request tile_scene_request(uint32_t number)
{
    uint32_t sheet = number / (TILE_ZOOM_MAX + 1);
    return (struct tile_request){
        .style = TILE_STYLES[sheet / TILE_LANGUAGES],
        .language = (tile_language)(sheet % TILE_LANGUAGES),
        .z = (int)(number % (TILE_ZOOM_MAX + 1)),
        .scale = 1,
    };
}

static gaz_status read_sheet(struct gaz_ctx *ctx, struct tile_scenes *scenes,
                             const char *name, tile_language language,
                             struct sheet **out)
{
    int number = number_of(name);
    if (number < 0)
        return gaz_fail(ctx, GAZ_NOT_FOUND, "no map style '%.40s'", name);
    struct sheet *sheet = &scenes->sheets[number][language];
    if (!sheet->is_read) {
        gaz_status status =
            tile_style_shipped(&scenes->styles, name, language, &sheet->style);
        if (status != GAZ_OK)
            return gaz_fail(ctx, status, "%s",
                            gaz_ctx_failure(&scenes->styles));
    }
    sheet->is_read = true;
    *out = sheet;
    return GAZ_OK;
}

gaz_status tile_scene_style(struct gaz_ctx *ctx, struct tile_scenes *scenes,
                            const char *style, tile_language language,
                            const struct tile_style **out)
{
    struct sheet *sheet = NULL;
    (void)pthread_mutex_lock(&scenes->lock);
    gaz_status status = read_sheet(ctx, scenes, style, language, &sheet);
    (void)pthread_mutex_unlock(&scenes->lock);
    if (sheet)
        *out = &sheet->style;
    return status;
}

const struct tile_png_palette *
tile_scene_palette(struct tile_scenes *scenes, const struct tile_style *style)
{
    int number = number_of(style->name);
    if (style->palette_count == 0 || number < 0)
        return NULL;
    (void)pthread_mutex_lock(&scenes->lock);
    const struct tile_png_palette **palette = &scenes->palettes[number];
    if (!*palette)
        *palette = tile_png_palette_make(&scenes->arena, style->palette,
                                         style->palette_count);
    const struct tile_png_palette *made = *palette;
    (void)pthread_mutex_unlock(&scenes->lock);
    return made;
}

/* ---- scenes ---- */

static void make_shapes(struct tile_scenes *scenes, int z)
{
    if (!scenes->has_shapes[z])
        tile_shape_make(&scenes->arena, &scenes->features, z,
                        &scenes->shapes[z]);
    scenes->has_shapes[z] = true;
}

const struct tile_shapes *tile_scene_shapes(struct tile_scenes *scenes, int z)
{
    (void)pthread_mutex_lock(&scenes->lock);
    make_shapes(scenes, z);
    (void)pthread_mutex_unlock(&scenes->lock);
    return &scenes->shapes[z];
}

static void make_scene(struct tile_scenes *scenes, struct sheet *sheet, int z)
{
    make_shapes(scenes, z);
    struct tile_scene *scene = gaz_arena_alloc(&scenes->arena, sizeof *scene);
    scene->features = &scenes->features;
    scene->font = scenes->font;
    scene->shapes = scenes->shapes[z];
    tile_ops_make(&scenes->arena, &scenes->features, &sheet->style, z,
                  &scene->ops);
    struct tile_placing placing = {
        .font = scenes->font,
        .setter = scenes->setter,
        .icons = scenes->icons,
        .features = &scenes->features,
        .shapes = &scene->shapes,
        .style = &sheet->style,
        .z = z,
    };
    tile_place_labels(&scenes->arena, &placing, &sheet->standing[z],
                      &scene->labels);
    sheet->scenes[z] = scene;
}

gaz_status tile_scene_get(struct gaz_ctx *ctx, struct tile_scenes *scenes,
                          const char *style, tile_language language, int z,
                          const struct tile_scene **out)
{
    struct sheet *sheet = NULL;
    (void)pthread_mutex_lock(&scenes->lock);
    gaz_status status = read_sheet(ctx, scenes, style, language, &sheet);
    if (sheet && !sheet->scenes[z])
        make_scene(scenes, sheet, z);
    if (sheet)
        *out = sheet->scenes[z];
    (void)pthread_mutex_unlock(&scenes->lock);
    return status;
}

bool tile_scene_is_made(struct tile_scenes *scenes, const char *style,
                        tile_language language, int z)
{
    int number = number_of(style);
    (void)pthread_mutex_lock(&scenes->lock);
    bool is_made = number >= 0 && scenes->sheets[number][language].scenes[z];
    (void)pthread_mutex_unlock(&scenes->lock);
    return is_made;
}

void tile_scene_follow(struct tile_scenes *scenes, struct tile_scenes *from)
{
    (void)pthread_mutex_lock(&from->lock);
    for (int s = 0; s < STYLES * TILE_LANGUAGES; s++)
        for (int z = 0; z <= TILE_ZOOM_MAX; z++) {
            struct tile_standing **old =
                &from->sheets[s / TILE_LANGUAGES][s % TILE_LANGUAGES]
                     .standing[z];
            scenes->sheets[s / TILE_LANGUAGES][s % TILE_LANGUAGES].standing[z] =
                *old;
            *old = NULL;
        }
    (void)pthread_mutex_unlock(&from->lock);
}
