/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/page.h"

#include <math.h>
#include <string.h>

#include "tiles/caption.h"
#include "tiles/legend.h"
#include "tiles/maker.h"
#include "tiles/sheet.h"

/* Points of 1/72 inch. */
enum {
    MARGIN = 36,
    TITLE_HEIGHT = 34,
    LINE_HEIGHT = 12,
    FOOT_SIZE = 8,
    BAR_MAX = 150,
    LINES_MAX = 8,
};
static const double A4[2] = {595.28, 841.89};
static const double A3[2] = {841.89, 1190.55};
/* A pixel of the map is at least so many points: smaller names are not read. */
static const double POINTS_MIN = 0.55;
static const double LEGEND_SCALE = 0.75;

static const uint32_t DARK = 0xFF33383C;

struct paper {
    struct gaz_ctx *ctx;
    struct tile_ink *ink;
    const struct tile_page *page;
    double width;
    double height;
    double x; /* the frame */
    double y;
    double wide;
    double high;
    double scale; /* points of a pixel */
    struct tile_view view;
};

/* ---- what stands where ---- */

static struct tile_point corner_of(const struct tile_page *page, bool is_north)
{
    const struct gaz_box *box = &page->box;
    return tile_grid_project(
        is_north ? (struct gaz_coord){box->min.lon, box->max.lat}
                 : (struct gaz_coord){box->max.lon, box->min.lat});
}

static int foot_lines(const struct paper *p)
{
    int count = 1;
    int width = (int)(p->width - 2 * MARGIN) * 11 / FOOT_SIZE;
    for (const char *words = p->page->credits; *words;
         words += tile_caption_line(words, width))
        count++;
    return count;
}

static void lay_out(struct paper *p)
{
    const double *size = p->page->paper == TILE_PAPER_A3 ? A3 : A4;
    struct tile_point from = corner_of(p->page, true);
    struct tile_point to = corner_of(p->page, false);
    bool is_lying = to.x - from.x > to.y - from.y;
    p->width = size[is_lying];
    p->height = size[!is_lying];
    p->x = MARGIN;
    p->y = MARGIN + (p->page->title[0] ? TITLE_HEIGHT : 0);
    p->wide = p->width - 2 * MARGIN;
    p->high =
        p->height - p->y - MARGIN - (foot_lines(p) + 3) * (double)LINE_HEIGHT;
}

/* The closest zoom whose pixels are large enough on the paper. */
static void choose_view(struct paper *p)
{
    struct tile_point from = corner_of(p->page, true);
    struct tile_point to = corner_of(p->page, false);
    struct tile_view *view = &p->view;
    double wide = fmax(1, (double)to.x - from.x);
    double high = fmax(1, (double)to.y - from.y);
    for (int z = TILE_ZOOM_MAX; z >= 0; z--) {
        double unit = (double)(INT64_C(1) << (24 - z));
        p->scale = fmin(p->wide * unit / wide, p->high * unit / high);
        view->z = z;
        if (p->scale >= POINTS_MIN)
            break;
    }
    double unit = (double)(INT64_C(1) << (24 - view->z));
    view->scale = 1;
    view->width = (int)ceil(p->wide / p->scale);
    view->height = (int)ceil(p->high / p->scale);
    view->left = (int64_t)((from.x + wide / 2) / unit - p->wide / p->scale / 2);
    view->top = (int64_t)((from.y + high / 2) / unit - p->high / p->scale / 2);
}

/* Metres on the ground of a point of paper, in the middle of the map. */
static double ground_m(const struct paper *p)
{
    const double equator = 40075016.686; /* EPSG:3857 */
    double lat = (p->page->box.min.lat + p->page->box.max.lat) / 2;
    return equator / 256 / exp2(p->view.z) *
           cos(lat * 3.14159265358979323846 / 180) / p->scale;
}

/* ---- what is drawn around the map ---- */

static struct tile_text_look look_of(int size, bool is_bold)
{
    return (struct tile_text_look){
        .size = size, .is_bold = is_bold, .colour = DARK};
}

static void draw_frame(const struct paper *p)
{
    tile_ink_box(p->ink, p->x, p->y, p->wide, p->high);
    tile_ink_stroke(p->ink, DARK, 0.6, NULL, 0);
    tile_ink_box(p->ink, p->x - 3, p->y - 3, p->wide + 6, p->high + 6);
    tile_ink_stroke(p->ink, DARK, 1.6, NULL, 0);
}

/* The map's north is up everywhere. */
static void draw_north(const struct paper *p)
{
    double x = p->x + p->wide - 26;
    double y = p->y + 14;
    struct tile_text_look look = look_of(11, true);
    tile_ink_disc(p->ink, x, y + 22, 20);
    tile_ink_fill(p->ink, 0xD0FFFFFF);
    (void)tile_ink_words(p->ctx, p->ink, x, y + 2, &look, "北", 1);
    tile_ink_move(p->ink, x, y + 16);
    tile_ink_line(p->ink, x + 6, y + 38);
    tile_ink_line(p->ink, x, y + 33);
    tile_ink_shut(p->ink);
    tile_ink_fill(p->ink, DARK);
    tile_ink_move(p->ink, x, y + 16);
    tile_ink_line(p->ink, x - 6, y + 38);
    tile_ink_line(p->ink, x, y + 33);
    tile_ink_shut(p->ink);
    tile_ink_stroke(p->ink, DARK, 0.7, NULL, 0);
}

/* 1, 2 or 5 times a power of ten, as long as there is room for. */
static double nice_length(double most_m)
{
    double power = pow(10, floor(log10(most_m)));
    double times = most_m / power;
    return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
}

static const char *length_words(struct gaz_arena *arena, double metres)
{
    return metres >= 1000 ? gaz_arena_printf(arena, "%g 千米", metres / 1000)
                          : gaz_arena_printf(arena, "%g 米", metres);
}

static void draw_scale(const struct paper *p, double y)
{
    enum { PARTS = 4, HEIGHT = 4 };
    struct gaz_arena *arena = &p->ctx->arena;
    struct tile_text_look look = look_of(FOOT_SIZE, false);
    double metres = nice_length(BAR_MAX * ground_m(p));
    double length = metres / ground_m(p);
    for (int i = 0; i < PARTS; i++) {
        tile_ink_box(p->ink, p->x + length * i / PARTS, y + 11, length / PARTS,
                     HEIGHT);
        tile_ink_fill(p->ink, i % 2 == 0 ? DARK : 0xFFFFFFFF);
    }
    tile_ink_box(p->ink, p->x, y + 11, length, HEIGHT);
    tile_ink_stroke(p->ink, DARK, 0.5, NULL, 0);
    (void)tile_ink_words(p->ctx, p->ink, p->x, y, &look, "0", 0);
    (void)tile_ink_words(p->ctx, p->ink, p->x + length / 2, y, &look,
                         length_words(arena, metres / 2), 1);
    (void)tile_ink_words(p->ctx, p->ink, p->x + length, y, &look,
                         length_words(arena, metres), 1);
    double ratio = ground_m(p) * 72 / 0.0254;
    double round = pow(10, floor(log10(ratio)) - 1);
    const char *words = gaz_arena_printf(
        arena, "约 1:%.0f（图中部）　CGCS2000，球面墨卡托投影，上为北",
        floor(ratio / round + 0.5) * round);
    (void)tile_ink_words(p->ctx, p->ink, p->x + p->wide, y + 6, &look, words,
                         2);
}

static void draw_foot(const struct paper *p)
{
    struct tile_text_look look = look_of(FOOT_SIZE, false);
    int width = (int)p->wide * 11 / FOOT_SIZE;
    double y = p->y + p->high + 8;
    draw_scale(p, y);
    y += 2 * LINE_HEIGHT;
    (void)tile_ink_words(p->ctx, p->ink, p->x, y, &look, p->page->note, 0);
    for (const char *words = p->page->credits; *words;) {
        size_t size = tile_caption_line(words, width);
        y += LINE_HEIGHT;
        (void)tile_ink_words(p->ctx, p->ink, p->x, y, &look,
                             gaz_arena_strndup(&p->ctx->arena, words, size), 0);
        words += size;
    }
}

static void draw_map(const struct paper *p, const struct tile_scene *scene)
{
    tile_ink_begin(p->ink, p->x, p->y, p->scale);
    tile_ink_clip(p->ink, 0, 0, p->wide / p->scale, p->high / p->scale);
    tile_sheet_draw(&p->ctx->arena, p->ink, scene, &p->view);
    tile_ink_end(p->ink);
}

static void draw_legend(const struct paper *p, struct tile_maker *maker,
                        const struct tile_scene *scene,
                        const struct tile_style *style)
{
    struct tile_legend legend;
    tile_legend_make(p->ctx, p->ink, scene, tile_scene_icons(maker->scenes),
                     style, p->view.z, &p->view, &legend);
    if (legend.count == 0)
        return;
    tile_ink_begin(p->ink, p->x + p->wide - legend.width * LEGEND_SCALE - 8,
                   p->y + p->high - legend.height * LEGEND_SCALE - 8,
                   LEGEND_SCALE);
    tile_legend_draw(p->ctx, p->ink, &legend, 0, 0);
    tile_ink_end(p->ink);
}

static gaz_status draw(struct paper *p, struct tile_maker *maker,
                       const struct tile_scene *scene,
                       const struct tile_style *style)
{
    struct tile_text_look title = look_of(20, true);
    title.spacing_64th = 2 * 64;
    draw_map(p, scene);
    draw_frame(p);
    draw_north(p);
    draw_legend(p, maker, scene, style);
    draw_foot(p);
    if (!p->page->title[0])
        return GAZ_OK;
    tile_ink_title(p->ink, p->page->title);
    if (tile_ink_width(p->ctx, p->ink, &title, p->page->title) > p->wide ||
        tile_ink_words(p->ctx, p->ink, p->width / 2, MARGIN - 6, &title,
                       p->page->title, 1) <= 0)
        return gaz_fail(p->ctx, GAZ_INVALID,
                        "the title is too long, or has a character that no "
                        "font has");
    return GAZ_OK;
}

static gaz_status read_map(struct gaz_ctx *ctx, struct tile_maker *maker,
                           const struct tile_page *page, int z,
                           const struct tile_style **style,
                           const struct tile_scene **scene)
{
    gaz_status status = tile_scene_style(ctx, maker->scenes, page->style,
                                         page->language, style);
    return status == GAZ_OK ? tile_scene_get(ctx, maker->scenes, page->style,
                                             page->language, z, scene)
                            : status;
}

gaz_status tile_page_write(struct gaz_ctx *ctx, struct tile_maker *maker,
                           const struct tile_page *page, struct gaz_buffer *out)
{
    struct paper p = {.ctx = ctx, .page = page};
    const struct tile_style *style;
    const struct tile_scene *scene;
    lay_out(&p);
    if (p.high < p.height / 3)
        return gaz_fail(ctx, GAZ_INVALID, "the credits leave no room");
    choose_view(&p);
    gaz_status status = read_map(ctx, maker, page, p.view.z, &style, &scene);
    if (status == GAZ_OK)
        status =
            tile_ink_open(ctx, TILE_INK_PDF, p.width, p.height, 1, out, &p.ink);
    if (status != GAZ_OK)
        return status;
    status = draw(&p, maker, scene, style);
    if (status == GAZ_OK)
        status = tile_ink_finish(ctx, p.ink);
    tile_ink_close(p.ink);
    return status;
}
