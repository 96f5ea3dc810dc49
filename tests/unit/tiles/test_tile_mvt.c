/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the writer against a strict reader (decode.h): every kind of value
 * and geometry, values shared, ceilings; then tiles of the sample counties at
 * many places and zooms: they decode, geometry stays in the buffer, attributes
 * have their types, points lie where their places lie, inherited and abolished
 * places are absent, clusters carry their ids; and GDAL, where it is installed,
 * reads a tile and finds its geometry valid. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/tiles/decode.h"
#include "tests/unit/tiles/sample.h"
#include "tiles/grid.h"
#include "tiles/mvt.h"
#include "tiles/tile.h"

static void check(const struct gaz_buffer *tile, struct decoded *out)
{
    bool ok = decode_tile(tile->data, tile->size, out);
    if (!ok)
        fail_msg("refused: %s", out->why);
}

static void test_writer(void **state)
{
    (void)state;
    struct gaz_buffer tile;
    struct tile_mvt mvt;
    static const struct tile_vertex RING[] = {
        {-64, 0}, {10, 0}, {10, 4160}, {-64, 4160}};
    gaz_buffer_open(&tile, 1 << 20);
    tile_mvt_open(&mvt, &tile);
    tile_mvt_layer(&mvt, "empty");
    tile_mvt_layer_end(&mvt);
    tile_mvt_layer(&mvt, "full");
    for (uint64_t i = 1; i <= 300; i++) {
        tile_mvt_feature(&mvt, i, TILE_MVT_POLYGON);
        tile_mvt_path(&mvt, RING, 4);
        tile_mvt_string(&mvt, "name", "乍浦镇");
        tile_mvt_string(&mvt, "nothing", "");
        tile_mvt_int(&mvt, "number", (int64_t)i);
        tile_mvt_int(&mvt, "below", -(int64_t)i);
        tile_mvt_double(&mvt, "half", 0.5);
        tile_mvt_bool(&mvt, "yes", true);
        tile_mvt_feature_end(&mvt);
    }
    tile_mvt_layer_end(&mvt);
    tile_mvt_close(&mvt);
    struct decoded decoded;
    check(&tile, &decoded);
    assert_int_equal(decoded.layer_count, 1);
    assert_int_equal(decoded.layers[0].feature_count, 300);
    const struct decoded_feature *last = &decoded.layers[0].features[299];
    assert_int_equal(last->id, 300);
    assert_int_equal(last->tag_count, 5);
    assert_string_equal(decode_tag(last, "name")->text, "乍浦镇");
    assert_near(decode_tag(last, "number")->number, 300, 0);
    assert_near(decode_tag(last, "below")->number, -300, 0);
    assert_near(decode_tag(last, "half")->number, 0.5, 0);
    assert_near(decode_tag(last, "yes")->number, 1, 0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(last->vertices[i][0], RING[i].x);
        assert_int_equal(last->vertices[i][1], RING[i].y);
    }
    decode_close(&decoded);
    gaz_buffer_close(&tile);
}

static void test_writer_ceiling(void **state)
{
    (void)state;
    struct gaz_buffer tile;
    struct tile_mvt mvt;
    static const struct tile_vertex POINT = {1, 2};
    gaz_buffer_open(&tile, 100);
    tile_mvt_open(&mvt, &tile);
    tile_mvt_layer(&mvt, "names");
    for (uint64_t i = 0; i < 100; i++) {
        tile_mvt_feature(&mvt, i, TILE_MVT_POINT);
        tile_mvt_path(&mvt, &POINT, 1);
        tile_mvt_feature_end(&mvt);
    }
    tile_mvt_layer_end(&mvt);
    tile_mvt_close(&mvt);
    assert_true(tile.full);
    gaz_buffer_close(&tile);
}

/* ---- tiles ---- */

struct fixture {
    struct sample sample;
    struct gaz_ctx ctx;
    struct tile_maker *maker;
    struct gaz_buffer tile;
};

static int set_up(void **state)
{
    struct fixture *f = gaz_malloc(sizeof *f);
    sample_open(&f->sample);
    sample_counties(&f->sample);
    gaz_buffer_open(&f->tile, 1 << 22);
    *state = f;
    return tile_maker_open(&f->ctx, &f->sample.snap, &f->maker) != GAZ_OK;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    tile_maker_close(f->maker);
    gaz_buffer_close(&f->tile);
    gaz_ctx_close(&f->ctx);
    sample_close(&f->sample);
    gaz_free(f);
    return 0;
}

/* The tile that holds a position. */
static struct tile_request request_at(int z, double lon, double lat,
                                      const char *style)
{
    struct tile_point at = tile_grid_project((struct gaz_coord){lon, lat});
    return (struct tile_request){
        .style = style,
        .z = z,
        .x = z ? (int)(at.x >> (32 - z)) : 0,
        .y = z ? (int)(at.y >> (32 - z)) : 0,
        .scale = 1,
        .format = TILE_MVT,
    };
}

static void make(struct fixture *f, const struct tile_request *request,
                 struct decoded *out)
{
    gaz_ctx_next(&f->ctx);
    gaz_buffer_clear(&f->tile);
    assert_status_of(&f->ctx, tile_make(&f->ctx, f->maker, request, &f->tile),
                     GAZ_OK);
    check(&f->tile, out);
}

static void check_reach(const struct decoded *decoded)
{
    for (int i = 0; i < decoded->layer_count; i++)
        for (int k = 0; k < decoded->layers[i].feature_count; k++) {
            const struct decoded_feature *f = &decoded->layers[i].features[k];
            for (int v = 0; v < f->paths[f->path_count]; v++) {
                assert_in_range(f->vertices[v][0] + 64, 0, 4096 + 128);
                assert_in_range(f->vertices[v][1] + 64, 0, 4096 + 128);
            }
        }
}

static void test_many_tiles(void **state)
{
    struct fixture *f = *state;
    int features = 0;
    for (int z = 0; z <= TILE_ZOOM_MAX; z++)
        for (int i = 0; i < 30; i++) {
            struct tile_request request =
                request_at(z, 120.85 + 0.02 * i, 30.63 + 0.0071 * i, "base");
            struct decoded decoded;
            make(f, &request, &decoded);
            check_reach(&decoded);
            for (int k = 0; k < decoded.layer_count; k++)
                features += decoded.layers[k].feature_count;
            decode_close(&decoded);
        }
    assert_true(features > 2000);
}

static const struct decoded_feature *find(const struct decoded *decoded,
                                          const char *layer, const char *name)
{
    const struct decoded_layer *in = decode_layer(decoded, layer);
    for (int i = 0; in && i < in->feature_count; i++) {
        const struct decoded_tag *tag = decode_tag(&in->features[i], "name");
        if (tag && strcmp(tag->text, name) == 0)
            return &in->features[i];
    }
    return NULL;
}

static void test_attributes(void **state)
{
    struct fixture *f = *state;
    struct tile_request request = request_at(10, 121.01, 30.79, "divisions");
    struct decoded decoded;
    make(f, &request, &decoded);
    const struct decoded_feature *county =
        find(&decoded, "divisions", "甲湖市");
    assert_non_null(county);
    assert_int_equal(county->path_count, 2); /* and its hole */
    assert_near(decode_tag(county, "level")->number, 3, 0);
    assert_near(decode_tag(county, "schematic")->number, 1, 0);
    decode_close(&decoded);
    request = request_at(10, 121.05, 30.75, "base");
    make(f, &request, &decoded);
    const struct decoded_feature *town = find(&decoded, "names", "丙埭镇");
    assert_non_null(town);
    assert_string_equal(decode_tag(town, "kind")->text, "town");
    assert_int_equal(town->id, 1004);
    const struct decoded_layer *lines = decode_layer(&decoded, "boundaries");
    assert_non_null(lines);
    assert_string_equal(decode_tag(&lines->features[0], "kind")->text, "coast");
    decode_close(&decoded);
}

static void test_points_are_right(void **state)
{
    struct fixture *f = *state;
    struct tile_request request = request_at(14, 121.09, 30.68, "names");
    struct decoded decoded;
    make(f, &request, &decoded);
    assert_int_equal(decoded.layer_count, 1);
    const struct decoded_feature *town = find(&decoded, "names", "乙浦镇");
    assert_non_null(town);
    struct tile_point got = {
        (uint32_t)((request.x * INT64_C(4096) + town->vertices[0][0]) << 6),
        (uint32_t)((request.y * INT64_C(4096) + town->vertices[0][1]) << 6)};
    struct gaz_coord at = tile_grid_unproject(got);
    assert_near(at.lon, 121.09, 6e-6); /* a unit of the tile: 0.6 m */
    assert_near(at.lat, 30.68, 6e-6);
    decode_close(&decoded);
}

static void test_honest_positions(void **state)
{
    struct fixture *f = *state;
    struct tile_request request = request_at(12, 121.05, 30.75, "base");
    struct decoded decoded;
    make(f, &request, &decoded);
    const struct decoded_feature *cluster =
        find(&decoded, "heritage", "样例故居");
    assert_non_null(cluster);
    assert_string_equal(decode_tag(cluster, "kind")->text, "cluster");
    assert_string_equal(decode_tag(cluster, "label")->text, "丙埭镇 2 处");
    assert_near(decode_tag(cluster, "count")->number, 2, 0);
    assert_near(decode_tag(cluster, "approximate")->number, 1, 0);
    assert_int_equal(strlen(decode_tag(cluster, "ids")->text), 27);
    decode_close(&decoded);
    request = request_at(12, 121.20, 30.75, "heritage");
    make(f, &request, &decoded);
    const struct decoded_feature *alone =
        find(&decoded, "heritage", "样例炮台");
    assert_non_null(alone);
    assert_string_equal(decode_tag(alone, "label")->text, "样例炮台（概位）");
    decode_close(&decoded);
    /* villages with their town's point are nowhere: row 10 + 7 * i */
    request = request_at(0, 121.2, 30.7, "names");
    request.z = 14;
    for (int i = 0; i < 400; i += 7) {
        request = request_at(14, 120.92 + 0.023 * (i % 20),
                             30.66 + 0.0091 * (double)(i / 20), "names");
        make(f, &request, &decoded);
        const struct decoded_layer *names = decode_layer(&decoded, "names");
        for (int k = 0; names && k < names->feature_count; k++)
            assert_int_not_equal(names->features[k].id, 1010 + i);
        decode_close(&decoded);
    }
}

static void test_empty_tile(void **state)
{
    struct fixture *f = *state;
    struct tile_request request = request_at(12, 10, 50, "base");
    struct decoded decoded;
    make(f, &request, &decoded);
    assert_int_equal(f->tile.size, 0);
    decode_close(&decoded);
}

/* GDAL says which geometry it finds, and of what type. */
static void test_gdal_reads(void **state)
{
    struct fixture *f = *state;
    if (system("ogrinfo --formats 2>/dev/null | grep -q MVT") != 0)
        skip();
    struct tile_request request = request_at(11, 121.1, 30.72, "base");
    struct decoded decoded;
    make(f, &request, &decoded);
    char path[] = "/tmp/diming-tile-XXXXXX.pbf";
    int file = mkstemps(path, 4);
    assert_true(file >= 0);
    assert_int_equal(write(file, f->tile.data, f->tile.size), f->tile.size);
    (void)close(file);
    for (int i = 0; i < decoded.layer_count; i++) {
        char command[400];
        (void)snprintf(command, sizeof command,
                       "ogrinfo -ro -q -dialect SQLite -sql 'SELECT count(*) "
                       "AS n FROM \"%s\" WHERE ST_IsValid(geometry)' %s "
                       "2>/dev/null",
                       decoded.layers[i].name, path);
        FILE *out = popen(command, "r");
        assert_non_null(out);
        char line[200];
        int valid = -1;
        while (fgets(line, sizeof line, out))
            if (strstr(line, "n (Integer"))
                valid = atoi(strchr(line, '=') + 1);
        (void)pclose(out);
        print_message("           %s: %d of %d valid\n", decoded.layers[i].name,
                      valid, decoded.layers[i].feature_count);
        if (valid >= 0) /* -1: this GDAL has no SpatiaLite */
            assert_int_equal(valid, decoded.layers[i].feature_count);
    }
    (void)unlink(path);
    decode_close(&decoded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writer),
        cmocka_unit_test(test_writer_ceiling),
        cmocka_unit_test(test_many_tiles),
        cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_points_are_right),
        cmocka_unit_test(test_honest_positions),
        cmocka_unit_test(test_empty_tile),
        cmocka_unit_test(test_gdal_reads),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
