/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: pictures for reports. Same order, same bytes, and each word
 * counts; pins outside leave no ink; long credits give way to the reference,
 * and a picture never goes without its words; sizes out of bounds are refused.
 * Pages to print: a PDF, the same bytes each time, with its title, on both
 * papers; too long titles are refused. Legends: rows of the style, none of what
 * the map does not show; a picture with one differs, and one without room for
 * it does not. Where pins stand, and what a reader finds in the PDF, is checked
 * end to end (tests/e2e/tiles.test.mjs). */
#include "tests/unit/test.h"

#include <string.h>

#include "tests/unit/tiles/sample.h"
#include "tiles/legend.h"
#include "tiles/page.h"
#include "tiles/picture.h"

struct fixture {
    struct sample sample;
    struct gaz_ctx ctx;
    struct tile_maker *maker;
    struct gaz_buffer png;
};

static struct fixture fixture;

static const struct tile_picture PLAIN = {
    .style = "base",
    .box = {{120.9, 30.5}, {121.3, 30.9}},
    .width = 400,
    .height = 300,
    .scale = 1,
    .note = "note",
    .credits = "credits",
    .refer = "refer",
};

static gaz_status draw(const struct tile_picture *picture)
{
    gaz_ctx_next(&fixture.ctx);
    gaz_buffer_clear(&fixture.png);
    return tile_picture_draw(&fixture.ctx, fixture.maker, picture,
                             &fixture.png);
}

/* The bytes of a picture, kept. */
static struct gaz_buffer kept(const struct tile_picture *picture)
{
    struct gaz_buffer copy;
    assert_int_equal(draw(picture), GAZ_OK);
    gaz_buffer_open(&copy, TILE_MAX_BYTES);
    gaz_buffer_bytes(&copy, fixture.png.data, fixture.png.size);
    return copy;
}

static bool same(struct gaz_buffer a, struct gaz_buffer b)
{
    bool equal = a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
    gaz_buffer_close(&a);
    gaz_buffer_close(&b);
    return equal;
}

static void test_same_bytes(void **state)
{
    struct tile_picture other = PLAIN;
    (void)state;
    assert_true(same(kept(&PLAIN), kept(&other)));
    other.note = "other";
    assert_false(same(kept(&PLAIN), kept(&other)));
    other = PLAIN;
    other.credits = "other";
    assert_false(same(kept(&PLAIN), kept(&other)));
    other = PLAIN;
    other.refer = "other"; /* not used: the credits are short */
    assert_true(same(kept(&PLAIN), kept(&other)));
}

static void test_long_credits(void **state)
{
    char words[2001];
    struct tile_picture first = PLAIN;
    struct tile_picture second = PLAIN;
    (void)state;
    memset(words, 'a', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    first.credits = words;
    second.credits = PLAIN.refer;
    assert_true(same(kept(&first), kept(&second)));
    first.refer = words; /* nothing fits */
    assert_int_equal(draw(&first), GAZ_INVALID);
    /* lines break where they can, and all of them are drawn */
    second.height = 1000;
    second.credits = "GeoNames (geonames.org), CC BY 4.0; 平湖政区沿革：公开网"
                     "页，事实重述；乍浦、独山港、新埭；OpenStreetMap "
                     "contributors, ODbL 1.0";
    assert_int_equal(draw(&second), GAZ_OK);
}

static void test_pins(void **state)
{
    static const struct gaz_coord OUTSIDE[] = {{100, 20}, {-121, 30.7}};
    static const struct gaz_coord INSIDE[] = {{121.1, 30.7}};
    struct tile_picture pinned = PLAIN;
    (void)state;
    pinned.pins = OUTSIDE;
    pinned.pin_count = 2;
    assert_true(same(kept(&PLAIN), kept(&pinned)));
    pinned.pins = INSIDE;
    pinned.pin_count = 1;
    assert_false(same(kept(&PLAIN), kept(&pinned)));
}

static void test_bounds(void **state)
{
    static const struct {
        const char *label;
        int width;
        int height;
        int scale;
        const char *style;
        gaz_status status;
    } CASES[] = {
        {"small", 100, 60, 1, "base", GAZ_OK},
        {"twice", 400, 300, 2, "dark", GAZ_OK},
        {"too many pixels", 4096, 1025, 1, "base", GAZ_LIMIT},
        {"too many at 2", 2048, 1024, 2, "base", GAZ_LIMIT},
        {"no room for words", 100, 12, 1, "base", GAZ_INVALID},
        {"narrow", 12, 100, 1, "base", GAZ_INVALID},
        {"no style", 400, 300, 1, "none", GAZ_NOT_FOUND},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct tile_picture picture = PLAIN;
        CASE(CASES[i].label);
        picture.width = CASES[i].width;
        picture.height = CASES[i].height;
        picture.scale = CASES[i].scale;
        picture.style = CASES[i].style;
        assert_int_equal(draw(&picture), CASES[i].status);
    }
    struct tile_picture world = PLAIN;
    world.box = (struct gaz_box){{-180, -90}, {180, 90}};
    assert_int_equal(draw(&world), GAZ_OK);
    world.box = (struct gaz_box){{121, 30}, {121.0000001, 30.0000001}};
    assert_int_equal(draw(&world), GAZ_OK);
}

static int set_up(void **state)
{
    (void)state;
    sample_open(&fixture.sample);
    sample_counties(&fixture.sample);
    gaz_buffer_open(&fixture.png, TILE_MAX_BYTES);
    return tile_maker_open(&fixture.ctx, &fixture.sample.snap,
                           &fixture.maker) != GAZ_OK;
}

static int tear_down(void **state)
{
    (void)state;
    tile_maker_close(fixture.maker);
    gaz_buffer_close(&fixture.png);
    gaz_ctx_close(&fixture.ctx);
    sample_close(&fixture.sample);
    return 0;
}

static const struct tile_page PAGE = {
    .style = "heritage",
    .box = {{120.9, 30.5}, {121.3, 30.9}},
    .title = "样例市地图",
    .note = "界线示意",
    .credits = "credits",
};

static gaz_status print(const struct tile_page *page)
{
    gaz_ctx_next(&fixture.ctx);
    gaz_buffer_clear(&fixture.png);
    return tile_page_write(&fixture.ctx, fixture.maker, page, &fixture.png);
}

static struct gaz_buffer kept_page(const struct tile_page *page)
{
    struct gaz_buffer copy;
    assert_int_equal(print(page), GAZ_OK);
    assert_memory_equal(fixture.png.data, "%PDF-", 5);
    gaz_buffer_open(&copy, TILE_MAX_BYTES);
    gaz_buffer_bytes(&copy, fixture.png.data, fixture.png.size);
    return copy;
}

static void test_pages(void **state)
{
    (void)state;
    struct tile_page large = PAGE;
    struct tile_page plain = PAGE;
    struct tile_page shouting = PAGE;
    struct tile_page elsewhere = PAGE;
    large.paper = TILE_PAPER_A3;
    plain.title = "";
    shouting.title = "太长的图名太长的图名太长的图名太长的图名太长的图名太长";
    elsewhere.style = "nowhere";
    assert_true(same(kept_page(&PAGE), kept_page(&PAGE)));
    assert_false(same(kept_page(&PAGE), kept_page(&large)));
    assert_false(same(kept_page(&PAGE), kept_page(&plain)));
    assert_int_equal(print(&shouting), GAZ_INVALID);
    assert_int_equal(print(&elsewhere), GAZ_NOT_FOUND);
}

static gaz_status legend(const char *style, int z)
{
    gaz_ctx_next(&fixture.ctx);
    gaz_buffer_clear(&fixture.png);
    return tile_legend_write(&fixture.ctx, fixture.maker, style, z,
                             TILE_INK_SVG, 1, &fixture.png);
}

static void test_legends(void **state)
{
    (void)state;
    struct tile_picture with = PLAIN;
    struct tile_picture tiny = PLAIN;
    struct tile_picture tiny_with = PLAIN;
    assert_int_equal(legend("heritage", 12), GAZ_OK);
    size_t many = fixture.png.size;
    assert_int_equal(legend("heritage", 3), GAZ_OK);
    assert_true(fixture.png.size < many); /* no towns at zoom 3 */
    assert_int_equal(legend("nowhere", 12), GAZ_NOT_FOUND);
    assert_int_equal(legend("base", 21), GAZ_INVALID);
    with.has_legend = tiny_with.has_legend = true;
    tiny.height = tiny_with.height = 80;
    assert_false(same(kept(&PLAIN), kept(&with)));
    assert_true(same(kept(&tiny), kept(&tiny_with)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),      cmocka_unit_test(test_legends),
        cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_long_credits),
        cmocka_unit_test(test_pins),       cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
