/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the parts of OGC API - Features that clients cannot show.
 *
 * - LIKE: against a slow matcher, over all short texts and patterns
 * - shapes: points in polygons, edges and holes by hand; symmetry and agreement
 *   with a grid of sample points for random triangles
 * - CQL2: what is found on the small snapshot, three-valued logic, each refusal
 *   with its reason; depth, nodes, points
 * - reference systems: the check point of PROJ, order of axes, way back
 * - every collection: ids that find their row again, boxes that hold the shape
 * - paging: any limit gives the same list
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/ogc/filter.h"
#include "api/ogc/query.h"
#include "tests/unit/api/fixture.h"

static struct fixture fixture;

static const char *body(void)
{
    return fixture.body.data ? fixture.body.data : "";
}

/* ---- LIKE ---- */

static bool slow_like(const char *text, const char *pattern)
{
    if (!*pattern)
        return !*text;
    if (*pattern == '%')
        return slow_like(text, pattern + 1) ||
               (*text && slow_like(text + 1, pattern));
    if (*pattern == '\\' && pattern[1])
        return *text == pattern[1] && slow_like(text + 1, pattern + 2);
    return *text && (*pattern == '_' || *pattern == *text) &&
           slow_like(text + 1, pattern + 1);
}

/* The number-th text over `letters` of at most 5 letters. */
static void spell(unsigned number, const char *letters, char out[8])
{
    unsigned base = (unsigned)strlen(letters) + 1;
    int size = 0;
    for (; number > 0; number /= base)
        if (number % base > 0)
            out[size++] = letters[number % base - 1];
    out[size] = '\0';
}

static void test_like(void **state)
{
    (void)state;
    for (unsigned t = 0; t < 243; t++) {
        for (unsigned p = 0; p < 3125; p++) {
            char text[8];
            char pattern[8];
            spell(t, "ab", text);
            spell(p, "ab%_", pattern);
            if (ogc_filter_like(text, pattern) != slow_like(text, pattern))
                fail_msg("'%s' like '%s'", text, pattern);
        }
    }
    assert_true(ogc_filter_like("乍浦镇", "乍_镇"));
    assert_true(ogc_filter_like("乍浦镇", "%镇"));
    assert_false(ogc_filter_like("乍浦镇", "乍镇"));
    assert_true(ogc_filter_like("50%", "50\\%"));
    assert_false(ogc_filter_like("500", "50\\%"));
    assert_true(ogc_filter_like("", "%%"));
}

/* ---- shapes ---- */

static struct ogc_shape area_of(const struct gaz_coord *points, size_t count,
                                struct ogc_ring *ring)
{
    *ring = (struct ogc_ring){.points = points, .count = count};
    struct ogc_shape shape = {
        .kind = OGC_SHAPE_AREA, .rings = ring, .ring_count = 1};
    ogc_shape_measure(&shape);
    return shape;
}

static void test_shape_cases(void **state)
{
    (void)state;
    static const struct gaz_coord RINGS[2][5] = {
        {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}},
        {{4, 4}, {6, 4}, {6, 6}, {4, 6}, {4, 4}}};
    const struct ogc_ring rings[2] = {{RINGS[0], 5, true},
                                      {RINGS[1], 5, false}};
    struct ogc_shape with_hole = {
        .kind = OGC_SHAPE_AREA, .rings = rings, .ring_count = 2};
    ogc_shape_measure(&with_hole);
    static const struct {
        const char *label;
        struct gaz_coord at;
        bool want;
    } CASES[] = {
        {"inside", {1, 1}, true},
        {"in the hole", {5, 5}, false},
        {"on an edge", {0, 5}, true},
        {"on a corner", {10, 10}, true},
        {"on the hole", {4, 5}, true},
        {"outside", {11, 5}, false},
        {"beside a corner", {10, 10.001}, false},
    };
    struct gaz_arena arena = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct ogc_shape point = ogc_shape_point(&arena, CASES[i].at);
        assert_int_equal(ogc_shape_intersects(&point, &with_hole),
                         CASES[i].want);
        assert_int_equal(ogc_shape_intersects(&with_hole, &point),
                         CASES[i].want);
    }
    gaz_arena_close(&arena);
}

static unsigned long long seed = 7;

static double draw(void)
{
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(seed >> 40) / 16777216.0;
}

static bool triangle_holds(const struct gaz_coord *t, struct gaz_coord p)
{
    int sides[3];
    for (int i = 0; i < 3; i++) {
        struct gaz_coord a = t[i];
        struct gaz_coord b = t[(i + 1) % 3];
        double turn = (b.lon - a.lon) * (p.lat - a.lat) -
                      (b.lat - a.lat) * (p.lon - a.lon);
        sides[i] = turn > 0 ? 1 : -1;
    }
    return sides[0] == sides[1] && sides[1] == sides[2];
}

/* Two triangles that share a sample point meet; those that meet and those that
 * do not must both come up. */
static void test_shape_random(void **state)
{
    (void)state;
    struct gaz_arena arena = {0};
    int met = 0;
    int apart = 0;
    for (int round = 0; round < 2000; round++) {
        struct gaz_coord t[2][4];
        struct ogc_ring rings[2];
        struct ogc_shape shapes[2];
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < 3; i++)
                t[k][i] = (struct gaz_coord){draw() + k * 0.4, draw()};
            t[k][3] = t[k][0];
            shapes[k] = area_of(t[k], 4, &rings[k]);
        }
        bool meets = ogc_shape_intersects(&shapes[0], &shapes[1]);
        assert_int_equal(meets, ogc_shape_intersects(&shapes[1], &shapes[0]));
        for (int i = 0; i < 20; i++) {
            struct gaz_coord at = {draw() * 1.4, draw()};
            struct ogc_shape point = ogc_shape_point(&arena, at);
            bool is_in[2];
            for (int k = 0; k < 2; k++) {
                is_in[k] = ogc_shape_intersects(&shapes[k], &point);
                assert_int_equal(is_in[k], triangle_holds(t[k], at));
            }
            assert_true(meets || !(is_in[0] && is_in[1]));
        }
        met += meets ? 1 : 0;
        apart += meets ? 0 : 1;
        gaz_arena_reset(&arena);
    }
    assert_true(met > 200 && apart > 200);
    gaz_arena_close(&arena);
}

/* ---- CQL2 ---- */

static int ask_filter(const char *collection, const char *filter)
{
    char uri[8192];
    size_t size = (size_t)snprintf(uri, sizeof(uri),
                                   "/collections/%s/items?filter=", collection);
    for (const char *at = filter; *at && size < sizeof(uri) - 4; at++)
        size += (size_t)snprintf(uri + size, sizeof(uri) - size, "%%%02X",
                                 (unsigned char)*at);
    return fixture_ask(&fixture, "GET", uri);
}

static int matched(void)
{
    const char *at = strstr(body(), "\"numberMatched\":");
    return at ? (int)strtol(at + strlen("\"numberMatched\":"), NULL, 10) : -1;
}

static void test_filter_found(void **state)
{
    (void)state;
    /* the village stands where its town does, the road amid its addresses */
    static const struct {
        const char *filter;
        int want;
    } CASES[] = {
        {"level = 4", 3},
        {"level=4 AND name = '乍浦镇'", 1},
        {"level = 1 or level = 2", 3},
        {"not level = 4", 8},
        {"NOT (level = 4 OR level = 0)", 6},
        {"level between 3 and 4", 5},
        {"level not between 3 and 4", 6},
        {"name in ('乍浦镇', '平湖市', '没有')", 2},
        {"code is null", 2},
        {"code is not null", 9},
        {"code = '33' or code <> '33'", 9}, /* unknown is not true */
        {"not (code = '33')", 8},
        {"name like '%镇'", 3},
        {"\"name\" not like '%镇'", 8},
        {"synthetic = true", 11},
        {"synthetic", 11},
        {"true and false", 0},
        {"status = 'historical' and valid_to < DATE('2010-01-01')", 1},
        {"valid_to < TIMESTAMP('2010-01-01T00:00:00Z')", 1},
        {"former_names = '建中村'", 1},
        {"s_intersects(geometry, BBOX(121.07,30.6,121.1,30.63))", 4},
        {"s_intersects(geometry, POINT(121.08 30.61))", 2},
        {"s_intersects(geometry,POLYGON((121.07 30.6,121.1 30.6,121.1 "
         "30.63,121.07 30.63,121.07 30.6)))",
         4},
        {"s_intersects(geometry, MULTIPOINT(121.08 30.61, 1 1))", 2},
        {"accuracy_m <= 25", 4},
        {"name = roman", 0},
        {"name = 'it''s'", 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].filter);
        assert_int_equal(ask_filter("places", CASES[i].filter), 200);
        if (matched() != CASES[i].want)
            fail_msg("%d found, want %d", matched(), CASES[i].want);
    }
}

static void test_filter_refused(void **state)
{
    (void)state;
    static const char *const CASES[] = {
        "",
        " ",
        "level",
        "level =",
        "level = 'four'",
        "name = 4",
        "nothing = 1",
        "level = 4 and",
        "(level = 4",
        "level = 4)",
        "level in ()",
        "level in (1,",
        "level between 1",
        "name like 4",
        "name like roman",
        "name = 'open",
        "level is 4",
        "valid_to < DATE('2010')",
        "valid_to < DATE('2010-13-01')",
        "s_intersects(geometry, POLYGON((1 2, 3 4, 5 6)))",
        "s_intersects(geometry, POLYGON((1 2, 3 4, 5 6, 7 8)))",
        "s_intersects(geometry, POINT(200 95))",
        "s_intersects(geometry, BBOX(1,2,3))",
        "s_intersects(name, POINT(1 2))",
        "level = 1e999",
        "level = 4; drop",
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i]);
        assert_int_equal(ask_filter("places", CASES[i]), 400);
        assert_non_null(strstr(body(), "\"parameter\":\"filter\""));
    }
}

static void repeat(char *out, const char *part, int times)
{
    size_t len = strlen(part);
    for (int i = 0; i < times; i++)
        memcpy(out + (size_t)i * len, part, len);
    out[(size_t)times * len] = '\0';
}

static void test_filter_limits(void **state)
{
    (void)state;
    char text[4096];
    for (int depth = 30; depth <= 40; depth += 10) {
        repeat(text, "(", depth);
        repeat(text + depth, "level=4", 1);
        repeat(text + depth + 7, ")", depth);
        assert_int_equal(ask_filter("places", text), depth < 32 ? 200 : 400);
    }
    repeat(text, "not ", 40);
    repeat(text + 160, "level=4", 1);
    assert_int_equal(ask_filter("places", text), 400);
    repeat(text, "level=4or ", 200);
    repeat(text + 2000, "level=4", 1);
    assert_int_equal(ask_filter("places", text), 400); /* too many nodes */
}

/* ---- reference systems ---- */

static void test_crs(void **state)
{
    (void)state;
    struct api_worker *worker = &fixture.worker;
    static const struct {
        int index;
        double want[2]; /* of 121.0, 30.7 */
        double within;
    } CASES[] = {
        {0, {121.0, 30.7}, 1e-12},
        {1, {30.7, 121.0}, 1e-12},
        {3, {3398141.122672, 595804.282899}, 1e-4}, /* PROJ's projinfo */
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct ogc_crs *crs = &OGC_CRSS[CASES[i].index];
        CASE(crs->name);
        double got[2];
        struct gaz_coord back;
        const struct gaz_coord at = {121.0, 30.7};
        assert_status(ogc_crs_from(worker, crs, at, got), GAZ_OK);
        assert_near(got[0], CASES[i].want[0], CASES[i].within);
        assert_near(got[1], CASES[i].want[1], CASES[i].within);
        assert_status(ogc_crs_to(worker, crs, got, &back), GAZ_OK);
        assert_near(back.lon, at.lon, 1e-9);
        assert_near(back.lat, at.lat, 1e-9);
    }
}

/* ---- collections ---- */

static void check_row(const struct ogc_collection *collection, uint32_t index)
{
    struct ogc_row row = {.worker = &fixture.worker, .index = index};
    struct ogc_shape shape;
    struct gaz_box box;
    char id[OGC_FEATURE_ID_BYTES];
    collection->id(&fixture.worker, index, id);
    assert_int_equal(collection->find(&fixture.worker, id), index);
    collection->shape(&row, &shape);
    bool has_box = collection->box(&fixture.worker, index, &box);
    assert_int_equal(has_box, shape.kind != OGC_SHAPE_NONE);
    if (has_box) {
        assert_near(shape.box.min.lon, box.min.lon, 1e-9);
        assert_near(shape.box.max.lat, box.max.lat, 1e-9);
    }
    for (const struct ogc_property *p = collection->properties; p->name; p++) {
        struct ogc_value value;
        p->get(&row, &value);
        assert_true(value.is_null || value.type == p->type);
    }
}

static void test_collections(void **state)
{
    (void)state;
    assert_int_equal(fixture_ask(&fixture, "GET", "/collections"), 200);
    for (int i = 0; OGC_COLLECTIONS[i]; i++) {
        const struct ogc_collection *collection = OGC_COLLECTIONS[i];
        CASE(collection->name);
        int rows = 0;
        fixture.worker.caller.roles = GAZ_ROLES_ALL;
        assert_status(ogc_collection_open(&fixture.worker, collection), GAZ_OK);
        for (uint32_t k = 0; k < collection->count(&fixture.worker); k++) {
            if (!collection->has(&fixture.worker, k))
                continue;
            check_row(collection, k);
            rows++;
        }
        /* without a database there are no boundary registers */
        assert_int_equal(rows > 0, collection->load == NULL);
        assert_int_equal(collection->find(&fixture.worker, "none"), GAZ_NONE);
        assert_int_equal(collection->find(&fixture.worker, ""), GAZ_NONE);
    }
    fixture.worker.caller.roles = 0;
}

static void test_paging(void **state)
{
    (void)state;
    for (int limit = 1; limit <= 12; limit++) {
        int seen = 0;
        for (int offset = 0;; offset += limit) {
            char uri[128];
            (void)snprintf(uri, sizeof(uri),
                           "/collections/places/items?limit=%d&offset=%d",
                           limit, offset);
            assert_int_equal(fixture_ask(&fixture, "GET", uri), 200);
            assert_int_equal(matched(), 11);
            int returned = 0;
            for (const char *at = body();
                 (at = strstr(at, "\"type\":\"Feature\"")) != NULL; at++)
                returned++;
            seen += returned;
            bool has_next = strstr(body(), "\"rel\":\"next\"") != NULL;
            assert_int_equal(has_next, seen < 11);
            if (!has_next)
                break;
        }
        assert_int_equal(seen, 11);
    }
}

static int open_fixture(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return 0;
}

static int close_fixture(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_like),
        cmocka_unit_test(test_shape_cases),
        cmocka_unit_test(test_shape_random),
        cmocka_unit_test(test_filter_found),
        cmocka_unit_test(test_filter_refused),
        cmocka_unit_test(test_filter_limits),
        cmocka_unit_test(test_crs),
        cmocka_unit_test(test_collections),
        cmocka_unit_test(test_paging),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
