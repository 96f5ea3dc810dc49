/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: what tile.h promises. A mosaic of 16 tiles is one big picture, bit
 * by bit, at many zooms, both scales, all layers; placed labels do not overlap;
 * two makers, and two threads on one maker, give the same bytes; requests out
 * of range are refused with their status; places that must not be drawn leave
 * no ink; a name with a character that no font has is left out; a layer shows
 * its own things only. */
#include "tests/unit/test.h"

#include <pthread.h>
#include <string.h>

#include "tests/unit/tiles/sample.h"
#include "tiles/grid.h"
#include "tiles/place.h"
#include "tiles/png.h"
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

static void check_mosaic(struct fixture *f, const char *layer, int z, int scale)
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
        &f->ctx, tile_window(&f->ctx, f->maker, layer, &view, &big), GAZ_OK);
    for (int i = 0; i < 16; i++) {
        struct tile_view one =
            tile_grid_view(z, x - 2 + i % 4, y - 2 + i / 4, scale);
        struct tile_canvas part;
        assert_status(tile_window(&f->ctx, f->maker, layer, &one, &part),
                      GAZ_OK);
        check_part(&big, &part, i % 4, i / 4);
    }
}

static void test_mosaic(void **state)
{
    for (int z = 6; z <= TILE_ZOOM_MAX; z++)
        check_mosaic(*state, "base", z, z % 3 ? 1 : 2);
    for (int i = 1; TILE_LAYERS[i]; i++) {
        CASE(TILE_LAYERS[i]);
        check_mosaic(*state, TILE_LAYERS[i], 11, 1);
        check_mosaic(*state, TILE_LAYERS[i], 13, 2);
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
    assert_status(tile_window(&f->ctx, f->maker, "base", &view, &big), GAZ_OK);
    assert_status(tile_window(&f->ctx, f->maker, "base", &odd, &part), GAZ_OK);
    for (int row = 0; row < odd.height; row++)
        assert_memory_equal(part.pixels + row * odd.width,
                            big.pixels + (77 + row) * view.width + 31,
                            (size_t)odd.width * sizeof(uint32_t));
}

/* ---- labels ---- */

static bool overlaps(const struct tile_rect *a, const struct tile_rect *b)
{
    return a->min_x < b->max_x && b->min_x < a->max_x && a->min_y < b->max_y &&
           b->min_y < a->max_y;
}

static struct tile_rect ink(const struct tile_label *label)
{
    return (struct tile_rect){label->text_x, label->text_y,
                              label->text_x + label->text.width,
                              label->text_y + label->text.height};
}

static void test_labels_do_not_overlap(void **state)
{
    struct fixture *f = *state;
    struct tile_features features;
    struct tile_font *font;
    tile_feature_gather(&f->sample.snap, &features);
    assert_status(tile_glyph_open(&f->ctx, &font), GAZ_OK);
    uint32_t most = 0;
    for (int z = 8; z <= 16; z++) {
        struct gaz_arena arena = {0};
        struct tile_shapes shapes;
        struct tile_labels labels;
        tile_shape_make(&arena, &features, z, &shapes);
        tile_place_labels(&arena, font, &features, &shapes, z, &labels);
        most = labels.count > most ? labels.count : most;
        for (uint32_t i = 0; i < labels.count; i++) {
            const struct tile_label *a = &labels.items[i];
            assert_true(a->has_icon || a->has_text);
            struct tile_rect a_ink = ink(a);
            for (uint32_t k = 0; a->has_text && k < i; k++) {
                const struct tile_label *b = &labels.items[k];
                struct tile_rect b_ink = ink(b);
                struct tile_rect icon = {b->icon_x - 3, b->icon_y - 3,
                                         b->icon_x + 3, b->icon_y + 3};
                assert_false(b->has_text && overlaps(&a_ink, &b_ink));
                assert_false(b->has_icon && overlaps(&a_ink, &icon));
            }
        }
        gaz_arena_close(&arena);
    }
    assert_true(most > 200);
    tile_glyph_close(font);
    tile_feature_close(&features);
}

static uint32_t count_text(struct fixture *f, const char *text, int z)
{
    struct tile_features features;
    struct tile_font *font;
    struct gaz_arena arena = {0};
    struct tile_shapes shapes;
    struct tile_labels labels;
    uint32_t count = 0;
    tile_feature_gather(&f->sample.snap, &features);
    assert_status(tile_glyph_open(&f->ctx, &font), GAZ_OK);
    tile_shape_make(&arena, &features, z, &shapes);
    tile_place_labels(&arena, font, &features, &shapes, z, &labels);
    for (uint32_t i = 0; i < labels.count; i++) {
        const struct tile_line_text *line = &labels.items[i].text.lines[0];
        if (labels.items[i].has_text && strncmp(line->text, text, 6) == 0)
            count++;
    }
    gaz_arena_close(&arena);
    tile_glyph_close(font);
    tile_feature_close(&features);
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
        for (int twice = 0; twice < 2; twice++)
            assert_int_equal(tile_glyph_get(font, CASES[i].code_point,
                                            twice == 0, 14, 96) != NULL,
                             CASES[i].has);
    }
    struct tile_text text;
    const struct tile_text_style *style = &TILE_STYLE_TEXT[TILE_CLASS_TOWN];
    assert_true(tile_label_measure(font, style, 12, "乍浦镇", &text));
    assert_false(
        tile_label_measure(font, style, 12, "乍\xEE\x80\x80镇", &text));
    assert_false(tile_label_measure(font, style, 12, "", &text));
    tile_glyph_close(font);
}

/* ---- determinism ---- */

static const struct {
    const char *layer;
    int z;
    int scale;
    tile_format format;
} TILES[] = {
    {"base", 9, 1, TILE_PNG},      {"base", 12, 1, TILE_PNG},
    {"base", 12, 2, TILE_PNG},     {"names", 13, 1, TILE_PNG},
    {"heritage", 12, 1, TILE_PNG}, {"divisions", 11, 2, TILE_PNG},
    {"base", 12, 1, TILE_MVT},     {"boundaries", 14, 1, TILE_MVT},
    {"base", 15, 1, TILE_PNG},     {"base", 10, 2, TILE_PNG},
};

static void make_one(struct gaz_ctx *ctx, struct tile_maker *maker, size_t i,
                     struct gaz_buffer *out)
{
    struct tile_request request = {.layer = TILES[i].layer,
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
        {"no such layer", {"roads", 5, 1, 1, 1, TILE_PNG}, GAZ_NOT_FOUND},
        {"hostile layer", {"../../etc", 5, 1, 1, 1, TILE_PNG}, GAZ_NOT_FOUND},
        {"zoom too deep", {"base", 21, 0, 0, 1, TILE_PNG}, GAZ_INVALID},
        {"zoom below 0", {"base", -1, 0, 0, 1, TILE_PNG}, GAZ_INVALID},
        {"x too large", {"base", 3, 8, 0, 1, TILE_PNG}, GAZ_INVALID},
        {"y negative", {"base", 3, 0, -1, 1, TILE_MVT}, GAZ_INVALID},
        {"scale 3", {"base", 3, 0, 0, 3, TILE_PNG}, GAZ_INVALID},
        {"scale 0", {"base", 3, 0, 0, 0, TILE_PNG}, GAZ_INVALID},
        {"the world", {"base", 0, 0, 0, 1, TILE_PNG}, GAZ_OK},
        {"last tile", {"base", 20, 1048575, 1048575, 2, TILE_PNG}, GAZ_OK},
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
    struct tile_request world = {"base", 0, 0, 0, 1, TILE_PNG};
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
        struct tile_request request = {"base", 9, 428,
                                       209,    1, (tile_format)format};
        gaz_buffer_open(&out, TILE_MAX_BYTES);
        assert_status(tile_make(&ctx, maker, &request, &out), GAZ_OK);
        assert_int_equal(out.size > 0, format == TILE_PNG);
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
        const char *layer;
        double lon;
        double lat;
        bool ink;
    } CASES[] = {
        {"land in divisions", "divisions", 120.95, 30.8, true},
        {"the hole in divisions", "divisions", 121.018, 30.785, false},
        {"land in names", "names", 120.917, 30.655, false},
        {"a town's circle in names", "names", 121.09, 30.68, true},
        {"a town's circle in heritage", "heritage", 121.09, 30.68, false},
        {"a site in heritage", "heritage", 121.03, 30.71, true},
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
            tile_window(&f->ctx, f->maker, CASES[i].layer, &view, &canvas),
            GAZ_OK);
        uint32_t sum = canvas.pixels[0] | canvas.pixels[1] | canvas.pixels[2];
        assert_int_equal(sum != 0, CASES[i].ink);
    }
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
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
