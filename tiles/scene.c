/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/scene.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

enum { STYLES = TILE_SCENE_STYLES };

/* One style in one language. */
struct sheet {
    bool is_read;
    struct tile_style style;
    struct tile_ops ops[TILE_ZOOM_MAX + 1];
    bool has_ops[TILE_ZOOM_MAX + 1];
};

/* What the scenes of one snapshot share with those that follow by edits of
 * named points; under its lock, but for the features of the snapshot. */
struct ground {
    int users;
    struct tile_features features;
    struct tile_font *font;
    struct tile_setter *setter;
    struct tile_icons *icons;
    struct gaz_arena arena; /* of the scenes too */
    struct gaz_ctx styles;  /* its arena holds the styles */
    pthread_mutex_t lock;
    struct tile_shapes shapes[TILE_ZOOM_MAX + 1];
    bool has_shapes[TILE_ZOOM_MAX + 1];
    struct sheet sheets[STYLES][TILE_LANGUAGES];
    const struct tile_png_palette *palettes[STYLES]; /* of any language */
};

struct tile_scenes {
    struct ground *ground;
    struct tile_features features; /* the ground's, and what edits changed */
    /* under the ground's lock */
    struct tile_scene *scenes[TILE_SCENES];
    struct tile_standing *standing[TILE_SCENES];
};

static void close_ground(struct ground *ground)
{
    tile_feature_close(&ground->features);
    tile_text_close(ground->setter);
    tile_icon_close(ground->icons);
    tile_glyph_close(ground->font);
    gaz_arena_close(&ground->arena);
    gaz_ctx_close(&ground->styles);
    (void)pthread_mutex_destroy(&ground->lock);
    gaz_free(ground);
}

static struct tile_scenes *on(struct ground *ground)
{
    struct tile_scenes *made = gaz_malloc(sizeof *made);
    made->ground = ground;
    made->features = ground->features;
    made->features.arena = (struct gaz_arena){0};
    return made;
}

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
    struct ground *ground = gaz_malloc(sizeof *ground);
    ground->users = 1;
    ground->font = font;
    ground->icons = icons;
    ground->setter = tile_text_open(font);
    (void)pthread_mutex_init(&ground->lock, NULL);
    tile_feature_gather(snap, &ground->features);
    *out = on(ground);
    return GAZ_OK;
}

void tile_scene_close(struct tile_scenes *scenes)
{
    if (!scenes)
        return;
    struct ground *ground = scenes->ground;
    for (uint32_t i = 0; i < TILE_SCENES; i++)
        tile_place_close(scenes->standing[i]);
    (void)pthread_mutex_lock(&ground->lock);
    bool is_last = --ground->users == 0;
    (void)pthread_mutex_unlock(&ground->lock);
    if (is_last)
        close_ground(ground);
    gaz_free(scenes);
}

const struct tile_features *
tile_scene_features(const struct tile_scenes *scenes)
{
    return &scenes->features;
}

struct tile_font *tile_scene_font(const struct tile_scenes *scenes)
{
    return scenes->ground->font;
}

struct tile_setter *tile_scene_setter(const struct tile_scenes *scenes)
{
    return scenes->ground->setter;
}

const struct tile_icons *tile_scene_icons(const struct tile_scenes *scenes)
{
    return scenes->ground->icons;
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

static gaz_status read_sheet(struct gaz_ctx *ctx, struct ground *ground,
                             const char *name, tile_language language,
                             struct sheet **out)
{
    int number = number_of(name);
    if (number < 0)
        return gaz_fail(ctx, GAZ_NOT_FOUND, "no map style '%.40s'", name);
    struct sheet *sheet = &ground->sheets[number][language];
    if (!sheet->is_read) {
        gaz_status status =
            tile_style_shipped(&ground->styles, name, language, &sheet->style);
        if (status != GAZ_OK)
            return gaz_fail(ctx, status, "%s",
                            gaz_ctx_failure(&ground->styles));
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
    struct ground *ground = scenes->ground;
    (void)pthread_mutex_lock(&ground->lock);
    gaz_status status = read_sheet(ctx, ground, style, language, &sheet);
    (void)pthread_mutex_unlock(&ground->lock);
    if (sheet)
        *out = &sheet->style;
    return status;
}

const struct tile_png_palette *
tile_scene_palette(struct tile_scenes *scenes, const struct tile_style *style)
{
    int number = number_of(style->name);
    struct ground *ground = scenes->ground;
    if (style->palette_count == 0 || number < 0)
        return NULL;
    (void)pthread_mutex_lock(&ground->lock);
    const struct tile_png_palette **palette = &ground->palettes[number];
    if (!*palette)
        *palette = tile_png_palette_make(&ground->arena, style->palette,
                                         style->palette_count);
    const struct tile_png_palette *made = *palette;
    (void)pthread_mutex_unlock(&ground->lock);
    return made;
}

/* ---- scenes ---- */

static void make_shapes(struct ground *ground, int z)
{
    if (!ground->has_shapes[z])
        tile_shape_make(&ground->arena, &ground->features, z,
                        &ground->shapes[z]);
    ground->has_shapes[z] = true;
}

const struct tile_shapes *tile_scene_shapes(struct tile_scenes *scenes, int z)
{
    struct ground *ground = scenes->ground;
    (void)pthread_mutex_lock(&ground->lock);
    make_shapes(ground, z);
    (void)pthread_mutex_unlock(&ground->lock);
    return &ground->shapes[z];
}

/* Areas and lines with their pens: edits of named points leave them alone. */
static void make_ops(struct ground *ground, struct sheet *sheet, int z)
{
    if (!sheet->has_ops[z])
        tile_ops_make(&ground->arena, &ground->features, &sheet->style, z,
                      &sheet->ops[z]);
    sheet->has_ops[z] = true;
}

/* All of a scene but its labels; `placing` gets what they need. */
static struct tile_scene *begin_scene(struct tile_scenes *scenes,
                                      struct sheet *sheet, int z,
                                      struct tile_placing *placing)
{
    struct ground *ground = scenes->ground;
    make_shapes(ground, z);
    make_ops(ground, sheet, z);
    struct tile_scene *scene = gaz_arena_alloc(&ground->arena, sizeof *scene);
    scene->features = &scenes->features;
    scene->font = ground->font;
    scene->shapes = ground->shapes[z];
    scene->ops = sheet->ops[z];
    *placing = (struct tile_placing){
        .font = ground->font,
        .setter = ground->setter,
        .icons = ground->icons,
        .features = &scenes->features,
        .shapes = &scene->shapes,
        .style = &sheet->style,
        .z = z,
    };
    return scene;
}

static void make_scene(struct tile_scenes *scenes, struct sheet *sheet,
                       uint32_t number, int z)
{
    struct tile_placing placing;
    struct tile_scene *scene = begin_scene(scenes, sheet, z, &placing);
    tile_place_labels(&scenes->ground->arena, &placing,
                      &scenes->standing[number], &scene->labels);
    scenes->scenes[number] = scene;
}

gaz_status tile_scene_get(struct gaz_ctx *ctx, struct tile_scenes *scenes,
                          const char *style, tile_language language, int z,
                          const struct tile_scene **out)
{
    struct sheet *sheet = NULL;
    (void)pthread_mutex_lock(&scenes->ground->lock);
    gaz_status status =
        read_sheet(ctx, scenes->ground, style, language, &sheet);
    if (status == GAZ_OK) {
        assert(sheet);
        uint32_t number = tile_scene_number(style, language, z);
        if (!scenes->scenes[number])
            make_scene(scenes, sheet, number, z);
        *out = scenes->scenes[number];
    }
    (void)pthread_mutex_unlock(&scenes->ground->lock);
    return status;
}

bool tile_scene_is_made(struct tile_scenes *scenes, uint32_t number)
{
    (void)pthread_mutex_lock(&scenes->ground->lock);
    bool is_made = scenes->scenes[number] != NULL;
    (void)pthread_mutex_unlock(&scenes->ground->lock);
    return is_made;
}

/* Takes over who stands where; under the lock of `from`. */
static void take_standing(struct tile_scenes *scenes, struct tile_scenes *from)
{
    for (uint32_t i = 0; i < TILE_SCENES; i++) {
        scenes->standing[i] = from->standing[i];
        from->standing[i] = NULL;
    }
}

void tile_scene_follow(struct tile_scenes *scenes, struct tile_scenes *from)
{
    (void)pthread_mutex_lock(&from->ground->lock);
    take_standing(scenes, from);
    (void)pthread_mutex_unlock(&from->ground->lock);
}

/* ---- edits ---- */

static void edit_scene(struct tile_scenes *scenes, struct tile_scenes *from,
                       uint32_t number, const struct tile_edit_change *change,
                       tile_scene_inked *inked, void *user)
{
    struct tile_placing placing;
    struct tile_request r = tile_scene_request(number);
    struct sheet *sheet =
        &scenes->ground->sheets[number_of(r.style)][r.language];
    struct tile_scene *scene = begin_scene(scenes, sheet, r.z, &placing);
    struct tile_rect *boxes;
    uint32_t count;
    tile_place_edit(&scenes->ground->arena, &placing, scenes->standing[number],
                    &from->scenes[number]->labels, change, &scene->labels,
                    &boxes, &count);
    scenes->scenes[number] = scene;
    inked(user, number, boxes, count);
}

bool tile_scene_edit(struct tile_scenes *from, const struct tile_edit *edits,
                     uint32_t count, tile_scene_inked *inked, void *user,
                     struct tile_scenes **out, struct tile_edit_change *change)
{
    struct ground *ground = from->ground;
    struct tile_scenes *made = on(ground);
    (void)pthread_mutex_lock(&ground->lock);
    bool does = tile_feature_edit(&ground->arena, &from->features, edits, count,
                                  &made->features, change);
    if (does) {
        ground->users++;
        take_standing(made, from);
        for (uint32_t i = 0; i < TILE_SCENES; i++)
            if (from->scenes[i] && made->standing[i])
                edit_scene(made, from, i, change, inked, user);
    }
    (void)pthread_mutex_unlock(&ground->lock);
    if (!does)
        gaz_free(made);
    *out = does ? made : NULL;
    return does;
}
