/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: OGC API - Tiles and WMTS as handlers: each address of a tile gives
 * the bytes of /tiles, with the row before the column; every wrong part has its
 * status and names itself; scales of WebMercatorQuad are those of the standard;
 * nothing that a caller sends comes back in a report. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "api/ogc/tiles.h"
#include "tests/unit/api/fixture.h"

static struct fixture fixture;

#define KVP                                                                    \
    ("/wmts?service=WMTS&request=GetTile&layer=base&format=image/png"          \
     "&TileMatrixSet=WebMercatorQuad&TileMatrix=10&TileRow=419&TileCol=856")

static void test_same_tile(void **state)
{
    static const char *const PATHS[] = {
        "/map/tiles/WebMercatorQuad/10/419/856",
        "/map/tiles/WebMercatorQuad/10/419/856?f=png",
        "/styles/base/map/tiles/WebMercatorQuad/10/419/856",
        "/wmts/base/default/WebMercatorQuad/10/419/856.png",
        KVP,
    };
    struct gaz_buffer wanted;
    (void)state;
    assert_int_equal(fixture_ask(&fixture, "GET", "/tiles/base/10/856/419.png"),
                     200);
    gaz_buffer_open(&wanted, TILE_MAX_BYTES);
    gaz_buffer_bytes(&wanted, fixture.body.data, fixture.body.size);
    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++) {
        assert_int_equal(fixture_ask(&fixture, "GET", PATHS[i]), 200);
        assert_string_equal(fixture.response.content_type, "image/png");
        assert_int_equal(fixture.body.size, wanted.size);
        assert_memory_equal(fixture.body.data, wanted.data, wanted.size);
        char etag[64]; /* the next request takes its memory */
        (void)snprintf(etag, sizeof etag, "%s", fixture.response.etag);
        assert_int_equal(fixture_ask_again(&fixture, PATHS[i], etag), 304);
    }
    gaz_buffer_close(&wanted);
}

static void test_refusals(void **state)
{
#define WMTS "/wmts?service=WMTS&request=GetTile"
#define PLACE "&tilematrixset=WebMercatorQuad&tilematrix=3&tilerow=1&tilecol=1"
    static const struct {
        const char *path;
        int status;
        const char *part;
    } CASES[] = {
        {"/tileMatrixSets/Other", 404, "no tile matrix set"},
        {"/tiles/Other/1/0/0", 404, "no tile matrix set"},
        {"/styles/none/map/tiles/WebMercatorQuad", 404, "no map style"},
        {"/map/tiles/WebMercatorQuad/1/2/0", 404, "tileRow is outside"},
        {"/map/tiles/WebMercatorQuad/1/0/2", 404, "tileCol is outside"},
        {"/map/tiles/WebMercatorQuad/1/a/2", 400, "\"parameter\":\"tileRow\""},
        {"/map/tiles/WebMercatorQuad/1/0/0?f=gif", 400, "png or webp"},
        {"/map/tiles?f=png", 400, "it must be json"},
        {"/tileMatrixSets?q=a", 400, "unknown parameter"},
        {WMTS "&layer=none&format=image/png" PLACE, 400, "\"Layer\""},
        {WMTS "&layer=base&style=x&format=image/png" PLACE, 400, "\"Style\""},
        {WMTS "&layer=base" PLACE, 400, "MissingParameterValue"},
        {WMTS "&layer=base&format=image/png", 400, "\"TileMatrixSet\""},
        {WMTS "&layer=base&format=%3Cb%3E" PLACE, 400, "\"Format\""},
        {WMTS "&version=2&layer=base&format=image/png" PLACE, 400,
         "\"version\""},
        {"/wmts/base/default/WebMercatorQuad/3/8/0.png", 400, "TileOutOfRange"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        CASE(CASES[i].path);
        assert_int_equal(fixture_ask(&fixture, "GET", CASES[i].path),
                         CASES[i].status);
        assert_non_null(strstr(fixture.body.data, CASES[i].part));
        assert_null(strstr(fixture.body.data, "<b>"));
    }
}

/* OGC 17-083r4, table D.1. */
static void test_scales(void **state)
{
    (void)state;
    assert_near(ogc_tile_matrix_at(0).scale, 559082264.028717, 1e-5);
    assert_near(ogc_tile_matrix_at(0).cell, 156543.033928041, 1e-9);
    assert_near(ogc_tile_matrix_at(18).scale, 2132.72958384978, 1e-9);
    assert_int_equal(ogc_tile_matrix_at(18).side, 262144);
}

static int set_up(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_tile),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_scales),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
