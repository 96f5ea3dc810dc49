/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: what tile.h promises. A mosaic of 16 tiles is one big picture, bit
 * by bit, at many zooms, both scales, all styles; placed labels do not overlap;
 * two makers, and two threads on one maker, give the same bytes; requests out
 * of range are refused with their status; places that must not be drawn leave
 * no ink; a name with a character that no font has is left out; a style shows
 * its own things only. */
#include "tests/unit/test.h"

#include <pthread.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/unit/tiles/sample.h"
#include "tiles/caption.h"
#include "tiles/grid.h"
#include "tiles/png.h"
#include "tiles/scene.h"
#include "tiles/tile.h"
#include "tiles/window.h"

struct fixture {
    struct sample sample;
    struct gaz_ctx ctx;
    struct tile_maker *maker;
};

static int set_up(void **state)
{
    struct fixture *f = gaz_malloc(sizeof *f);
    sample_open(&f->sample);
    sample_counties(&f->sample);
    *state = f;
    return tile_maker_open(&f->ctx, &f->sample.snap, &f->maker) != GAZ_OK;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    tile_maker_close(f->maker);
    gaz_ctx_close(&f->ctx);
    sample_close(&f->sample);
    gaz_free(f);
    return 0;
}

static void tile_at(int z, double lon, double lat, int *x, int *y)
{
    struct tile_point at = tile_grid_project((struct gaz_coord){lon, lat});
    *x = z ? (int)(at.x >> (32 - z)) : 0;
    *y = z ? (int)(at.y >> (32 - z)) : 0;
}

/* ---- seams ---- */

static void check_part(const struct tile_canvas *big,
                       const struct tile_canvas *part, int column, int row)
{
    size_t bytes = (size_t)part->width * sizeof(uint32_t);
    for (int y = 0; y < part->height; y++) {
        const uint32_t *want = big->pixels +
                               (row * part->height + y) * big->width +
                               column * part->width;
        if (memcmp(part->pixels + y * part->width, want, bytes) != 0)
            fail_msg("tile %d,%d differs in row %d", column, row, y);
    }
}

static void check_mosaic(struct fixture *f, const char *style, int z, int scale)
{
    int x;
    int y;
    tile_at(z, 121.15, 30.74, &x, &y);
    struct tile_view view = tile_grid_view(z, x - 2, y - 2, scale);
    view.width *= 4;
    view.height *= 4;
    struct tile_canvas big;
    gaz_ctx_next(&f->ctx);
    assert_status_of(
        &f->ctx, tile_window(&f->ctx, f->maker, style, 0, &view, &big), GAZ_OK);
    for (int i = 0; i < 16; i++) {
        struct tile_view one =
            tile_grid_view(z, x - 2 + i % 4, y - 2 + i / 4, scale);
        struct tile_canvas part;
        assert_status(tile_window(&f->ctx, f->maker, style, 0, &one, &part),
                      GAZ_OK);
        check_part(&big, &part, i % 4, i / 4);
    }
}

static void test_mosaic(void **state)
{
    for (int z = 6; z <= TILE_ZOOM_MAX; z++)
        check_mosaic(*state, "base", z, z % 3 ? 1 : 2);
    for (int i = 1; TILE_STYLES[i]; i++) {
        CASE(TILE_STYLES[i]);
        check_mosaic(*state, TILE_STYLES[i], 11, 1);
        check_mosaic(*state, TILE_STYLES[i], 13, 2);
    }
}

/* A window need not begin at a tile. */
static void test_odd_window(void **state)
{
    struct fixture *f = *state;
    int x;
    int y;
    tile_at(12, 121.15, 30.74, &x, &y);
    struct tile_view view = tile_grid_view(12, x, y, 1);
    struct tile_view odd = view;
    odd.left += 31;
    odd.top += 77;
    odd.width = 100;
    odd.height = 90;
    struct tile_canvas big;
    struct tile_canvas part;
    gaz_ctx_next(&f->ctx);
    assert_status(tile_window(&f->ctx, f->maker, "base", 0, &view, &big),
                  GAZ_OK);
    assert_status(tile_window(&f->ctx, f->maker, "base", 0, &odd, &part),
                  GAZ_OK);
    for (int row = 0; row < odd.height; row++)
        assert_memory_equal(part.pixels + row * odd.width,
                            big.pixels + (77 + row) * view.width + 31,
                            (size_t)odd.width * sizeof(uint32_t));
}

/* ---- labels ---- */

static const struct tile_scene *scene_of(struct fixture *f, const char *style,
                                         int z)
{
    const struct tile_scene *scene;
    gaz_ctx_next(&f->ctx);
    assert_status_of(&f->ctx,
                     tile_scene_get(&f->ctx, tile_maker_scenes(f->maker), style,
                                    TILE_LANGUAGE_CHINESE, z, &scene),
                     GAZ_OK);
    return scene;
}

static void check_apart(const struct tile_labels *labels)
{
    for (uint32_t i = 0; i < labels->count; i++) {
        const struct tile_label *a = &labels->items[i];
        assert_true(a->icon || a->mark_count > 0);
        for (uint32_t k = 0; a->mark_count > 0 && k < i; k++) {
            const struct tile_label *b = &labels->items[k];
            /* Along a line the boxes of the characters count, not their sum. */
            if (a->marks[0].turn > 0 ||
                (b->mark_count > 0 && b->marks[0].turn > 0))
                continue;
            struct tile_rect icon = {b->icon_x - 3, b->icon_y - 3,
                                     b->icon_x + 3, b->icon_y + 3};
            assert_false(b->mark_count > 0 &&
                         tile_rect_overlaps(&a->text_box, &b->text_box));
            assert_false(b->icon && tile_rect_overlaps(&a->text_box, &icon));
        }
    }
}

static void test_labels_do_not_overlap(void **state)
{
    uint32_t most = 0;
    for (int z = 8; z <= 16; z++) {
        const struct tile_labels *labels =
            &scene_of(*state, "heritage", z)->labels;
        most = labels->count > most ? labels->count : most;
        check_apart(labels);
    }
    assert_true(most > 200);
}

/* Labels whose first two characters are those of `text`. */
static uint32_t count_text(struct fixture *f, const char *text, int z)
{
    const struct tile_scene *scene = scene_of(f, "heritage", z);
    uint32_t count = 0;
    for (uint32_t i = 0; i < scene->labels.count; i++) {
        const struct tile_label *label = &scene->labels.items[i];
        struct tile_letter letters[2] = {{0}};
        size_t pos = 0;
        for (int k = 0; k < 2; k++)
            assert_true(tile_glyph_letter(
                scene->font, gaz_text_next(text, strlen(text), &pos),
                label->look.is_bold, &letters[k]));
        count += label->mark_count >= 2 &&
                 label->marks[0].glyph == letters[0].glyph &&
                 label->marks[1].glyph == letters[1].glyph;
    }
    return count;
}

static void test_what_is_labelled(void **state)
{
    static const struct {
        const char *label;
        const char *text; /* its first two characters */
        int z;
        uint32_t least;
        uint32_t most;
    } CASES[] = {
        {"county", "甲湖市", 9, 1, 1},
        {"no county at street zooms", "甲湖市", 17, 0, 0},
        {"town", "乙浦镇", 12, 1, 1},
        {"schematic line", "界线示意", 13, 2, 20},
        {"road", "样例公路", 15, 0, 40},
        {"site without a position", "无处可寻", 14, 0, 0},
        {"cluster has its lender's name", "丙埭镇", 13, 2, 2},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        uint32_t count = count_text(*state, CASES[i].text, CASES[i].z);
        assert_in_range(count, CASES[i].least, CASES[i].most);
    }
}

static void test_no_boxes(void **state)
{
    struct fixture *f = *state;
    struct tile_font *font;
    assert_status(tile_glyph_open(&f->ctx, &font), GAZ_OK);
    static const struct {
        const char *label;
        uint32_t code_point;
        bool has;
    } CASES[] = {
        {"泖, of a lake here", 0x6CD6, true},
        {"浜", 0x6D5C, true},
        {"溇", 0x6E87, true},
        {"ǔ", 0x1D4, true},
        {"blank", ' ', true},
        {"private use", 0xE000, false},
        {"unassigned", 0x3FFFF, false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct tile_letter letter;
        for (int twice = 0; twice < 2; twice++)
            assert_int_equal(tile_glyph_letter(font, CASES[i].code_point,
                                               twice == 0, &letter),
                             CASES[i].has);
    }
    struct tile_setter *setter = tile_text_open(font);
    struct tile_text_look look = {.size = 14, .wrap = 8};
    static const struct {
        const char *label;
        const char *text;
        uint32_t marks; /* 0: no label at all */
        int lines;
    } TEXTS[] = {
        {"Han", "乍浦镇", 3, 1},
        {"a private character", "乍\xEE\x80\x80镇", 0, 0},
        {"nothing", "", 0, 0},
        {"too wide: before the bracket", "汤山炮台旧址（概位）", 10, 2},
        {"romanised, with tone marks", "Zhàpǔ Zhèn", 10, 1},
        {"a combining mark is one letter with its base", "Zha\xCC\x80pu", 5, 1},
        {"two lines by hand", "乍浦镇\nZhàpǔ Zhèn", 13, 2},
    };
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        CASE(TEXTS[i].label);
        struct tile_text text;
        bool ok =
            tile_text_lay(&f->ctx.arena, setter, &look, TEXTS[i].text, &text);
        assert_int_equal(ok, TEXTS[i].marks > 0);
        if (!ok)
            continue;
        assert_int_equal(text.count, TEXTS[i].marks);
        assert_int_equal(text.height, 14 + (TEXTS[i].lines - 1) * 16);
    }
    tile_text_close(setter);
    tile_glyph_close(font);
}

/* ---- determinism ---- */

static const struct {
    const char *style;
    int z;
    int scale;
    tile_format format;
} TILES[] = {
    {"base", 9, 1, TILE_PNG},      {"base", 12, 1, TILE_PNG},
    {"base", 12, 2, TILE_PNG},     {"names", 13, 1, TILE_PNG},
    {"heritage", 12, 1, TILE_PNG}, {"divisions", 11, 2, TILE_PNG},
    {"base", 12, 1, TILE_MVT},     {"boundaries", 14, 1, TILE_MVT},
    {"dark", 13, 1, TILE_WEBP},    {"dark", 13, 1, TILE_TRUECOLOUR},
    {"base", 15, 1, TILE_PNG},     {"base", 10, 2, TILE_PNG},
};

static void make_one(struct gaz_ctx *ctx, struct tile_maker *maker, size_t i,
                     struct gaz_buffer *out)
{
    struct tile_request request = {.style = TILES[i].style,
                                   .z = TILES[i].z,
                                   .scale = TILES[i].scale,
                                   .format = TILES[i].format};
    tile_at(request.z, 121.15, 30.74, &request.x, &request.y);
    gaz_ctx_next(ctx);
    if (tile_make(ctx, maker, &request, out) != GAZ_OK)
        gaz_buffer_text(out, gaz_ctx_failure(ctx));
}

struct job {
    struct tile_maker *maker;
    bool backwards;
    struct gaz_buffer made[COUNT(TILES)];
};

static void *work(void *argument)
{
    struct job *job = argument;
    struct gaz_ctx ctx = {0};
    for (size_t n = 0; n < COUNT(TILES); n++) {
        size_t i = job->backwards ? COUNT(TILES) - 1 - n : n;
        gaz_buffer_open(&job->made[i], TILE_MAX_BYTES);
        make_one(&ctx, job->maker, i, &job->made[i]);
    }
    gaz_ctx_close(&ctx);
    return NULL;
}

/* Two threads on a fresh maker, in opposite orders, and one on another. */
static void test_same_bytes(void **state)
{
    struct fixture *f = *state;
    struct tile_maker *fresh;
    assert_status(tile_maker_open(&f->ctx, &f->sample.snap, &fresh), GAZ_OK);
    struct job jobs[3] = {
        {fresh, false, {{0}}}, {fresh, true, {{0}}}, {f->maker, false, {{0}}}};
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, &jobs[i]), 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (size_t t = 0; t < COUNT(TILES); t++) {
        assert_true(jobs[0].made[t].size > 100);
        for (int i = 1; i < 3; i++) {
            assert_int_equal(jobs[i].made[t].size, jobs[0].made[t].size);
            assert_memory_equal(jobs[i].made[t].data, jobs[0].made[t].data,
                                jobs[0].made[t].size);
        }
    }
    for (int i = 0; i < 3; i++)
        for (size_t t = 0; t < COUNT(TILES); t++)
            gaz_buffer_close(&jobs[i].made[t]);
    tile_maker_close(fresh);
}

/* ---- requests ---- */

static void test_refusals(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *label;
        struct tile_request request;
        gaz_status want;
    } CASES[] = {
        {"no such style", {"roads", 0, 5, 1, 1, 1, TILE_PNG}, GAZ_NOT_FOUND},
        {"hostile style",
         {"../../etc", 0, 5, 1, 1, 1, TILE_PNG},
         GAZ_NOT_FOUND},
        {"zoom too deep", {"base", 0, 21, 0, 0, 1, TILE_PNG}, GAZ_INVALID},
        {"zoom below 0", {"base", 0, -1, 0, 0, 1, TILE_PNG}, GAZ_INVALID},
        {"x too large", {"base", 0, 3, 8, 0, 1, TILE_PNG}, GAZ_INVALID},
        {"y negative", {"base", 0, 3, 0, -1, 1, TILE_MVT}, GAZ_INVALID},
        {"scale 3", {"base", 0, 3, 0, 0, 3, TILE_PNG}, GAZ_INVALID},
        {"scale 0", {"base", 0, 3, 0, 0, 0, TILE_PNG}, GAZ_INVALID},
        {"the world", {"base", 0, 0, 0, 0, 1, TILE_PNG}, GAZ_OK},
        {"last tile", {"base", 0, 20, 1048575, 1048575, 2, TILE_PNG}, GAZ_OK},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_buffer out;
        gaz_buffer_open(&out, TILE_MAX_BYTES);
        gaz_ctx_next(&f->ctx);
        assert_status_of(&f->ctx,
                         tile_make(&f->ctx, f->maker, &CASES[i].request, &out),
                         CASES[i].want);
        assert_int_equal(out.size > 0, CASES[i].want == GAZ_OK);
        gaz_buffer_close(&out);
    }
    struct gaz_buffer small;
    gaz_buffer_open(&small, 64);
    struct tile_request world = {"base", 0, 0, 0, 0, 1, TILE_PNG};
    gaz_ctx_next(&f->ctx);
    assert_status(tile_make(&f->ctx, f->maker, &world, &small), GAZ_LIMIT);
    gaz_buffer_close(&small);
}

static void test_empty_snapshot(void **state)
{
    (void)state;
    struct sample nothing;
    struct gaz_ctx ctx = {0};
    struct tile_maker *maker;
    struct gaz_buffer out;
    sample_open(&nothing);
    assert_status(tile_maker_open(&ctx, sample_ready(&nothing), &maker),
                  GAZ_OK);
    for (int format = TILE_PNG; format <= TILE_MVT; format++) {
        struct tile_request request = {
            "base", 0, 9, 428, 209, 1, (tile_format)format};
        gaz_buffer_open(&out, TILE_MAX_BYTES);
        assert_status(tile_make(&ctx, maker, &request, &out), GAZ_OK);
        assert_int_equal(out.size > 0, format != TILE_MVT);
        gaz_buffer_close(&out);
    }
    tile_maker_close(maker);
    gaz_ctx_close(&ctx);
    sample_close(&nothing);
}

/* The transparent layers have ink where their things are, and none elsewhere.
 */
static void test_layers_are_apart(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *label;
        const char *style;
        double lon;
        double lat;
        bool ink;
    } CASES[] = {
        {"land in divisions", "divisions", 120.95, 30.8, true},
        {"the hole in divisions", "divisions", 121.018, 30.785, false},
        {"land in names", "names", 120.917, 30.655, false},
        {"a town's circle in names", "names", 121.09, 30.68, true},
        {"a site in names", "names", 121.03, 30.71, false},
        {"the line in boundaries", "boundaries", 121.15, 30.85, true},
        {"land in boundaries", "boundaries", 120.95, 30.8, false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct tile_point at =
            tile_grid_project((struct gaz_coord){CASES[i].lon, CASES[i].lat});
        struct tile_view view = {13, 1, at.x >> 11, at.y >> 11, 1, 1};
        view.left -= 1;
        view.width = 3;
        struct tile_canvas canvas;
        gaz_ctx_next(&f->ctx);
        assert_status(
            tile_window(&f->ctx, f->maker, CASES[i].style, 0, &view, &canvas),
            GAZ_OK);
        uint32_t sum = canvas.pixels[0] | canvas.pixels[1] | canvas.pixels[2];
        assert_int_equal(sum != 0, CASES[i].ink);
    }
}

static void test_caption(void **state)
{
    struct fixture *f = *state;
    struct gaz_arena arena = {0};
    struct tile_canvas canvas;
    static const struct {
        const char *label;
        const char *words;
        int width;
        bool drawn;
    } CASES[] = {
        {"fits", "审图号：样例0000号", 300, true},
        {"too wide", "审图号：样例0000号", 60, false},
        {"nothing to say", "", 300, false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        tile_raster_open(&arena, CASES[i].width, 100, 0xFF000000, &canvas);
        assert_int_equal(
            tile_caption_draw(&f->ctx, f->maker, CASES[i].words, 1, &canvas),
            CASES[i].drawn);
        int pale = 0;
        for (int k = 0; k < CASES[i].width * 100; k++)
            pale += (canvas.pixels[k] & 255) > 0x80;
        assert_int_equal(pale > 500, CASES[i].drawn);
    }
    gaz_arena_close(&arena);
    const char *review;
    assert_status(tile_caption_review(&f->ctx, f->maker, "base", &review),
                  GAZ_OK);
    assert_string_equal(review, ""); /* the shipped styles have none */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mosaic),
        cmocka_unit_test(test_odd_window),
        cmocka_unit_test(test_labels_do_not_overlap),
        cmocka_unit_test(test_what_is_labelled),
        cmocka_unit_test(test_no_boxes),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_empty_snapshot),
        cmocka_unit_test(test_layers_are_apart),
        cmocka_unit_test(test_caption),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
