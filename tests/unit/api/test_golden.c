/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: whole answers equal those in tests/golden, as decoded JSON. With
 * DIMING_UPDATE set the files are written anew, for a person to read the diff.
 */
#include "tests/unit/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/api/fixture.h"

static struct fixture fixture;

static const struct {
    const char *name;
    const char *uri;
} GOLDEN[] = {
    {"geocode_former", "/v1/geocode?q=%E9%BB%84%E5%A7%91%E9%95%87"},
    {"geocode_house", "/v1/geocode?q=%E4%B9%8D%E6%B5%A6%E9%95%87%E6%BC%94%E7"
                      "%A4%BA%E8%B7%AF158%E5%8F%B7&lang=en"},
    {"match", "/v1/"
              "match?a=%E5%B9%B3%E6%B9%96%E5%B8%82%E4%B9%8D%E6%B5%A6%E9%95%87%"
              "E5%A4%A9%E5%A6%83%E8%B7%AF1%E5%8F%B7&b=%E4%B9%8D%E6%B5%A6%E9%95%"
              "87%E5%A4%A9%E5%A6%83%E8%B7%AF"},
    {"suggest_pinyin", "/v1/suggest?q=zhap"},
    {"reverse", "/v1/reverse?lon=121.081&lat=30.611&limit=2"},
    {"division", "/v1/divisions/330482105"},
    {"heritage", "/v1/heritage"},
    {"boundaries", "/v1/boundaries"},
    {"ogc_landing", "/?f=json"},
    {"ogc_collection", "/collections/boundaries"},
    {"ogc_queryables", "/collections/addresses/queryables"},
    {"ogc_items", "/collections/divisions/items?limit=2&level=4"},
    {"ogc_items_4549", "/collections/boundaries/items?limit=1&crs=EPSG:4549"},
    {"ogc_change", "/collections/changes/items"},
    {"nominatim_search", "/search?q=%E4%B9%8D%E6%B5%A6&format=jsonv2"},
    {"nominatim_reverse", "/reverse?lat=30.611&lon=121.081&format=geojson"},
    {"photon", "/api/?q=%E4%B9%8D%E6%B5%A6"},
    {"tianditu", "/geocoder?ds=%7B%22keyWord%22%3A%22%E4%B9%8D%E6%B5%A6%22%7D"},
    {"amap_closed", "/v3/geocode/geo?address=%E4%B9%8D%E6%B5%A6"},
    {"reconcile", "/reconcile?queries=%7B%22q0%22%3A%7B%22query%22%3A%22%E4%B9"
                  "%8D%E6%B5%A6%22%7D%7D"},
    {"stname_list", "/stname/listPub?stName=%E4%B9%8D%E6%B5%A6"},
    {"linked_place", "/linked-places?limit=1&offset=9"},
    {"problem_parameter", "/v1/geocode?q=a&lng=1"},
    {"problem_path", "/v1/nothing"},
};

static void compare(const char *path, const json_t *got)
{
    if (getenv("DIMING_UPDATE")) {
        assert_int_equal(json_dump_file(got, path, JSON_INDENT(1)), 0);
        return;
    }
    json_error_t error;
    json_t *want = json_load_file(path, 0, &error);
    if (!want)
        fail_msg("%s: %s", path, error.text);
    bool is_same = json_equal(got, want) == 1;
    json_decref(want);
    if (!is_same)
        fail_msg("%s differs: %.2000s", path, fixture.body.data);
}

static void test_golden(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(GOLDEN); i++) {
        CASE(GOLDEN[i].name);
        char path[512];
        (void)snprintf(path, sizeof(path), "%s/tests/golden/%s.json",
                       DIMING_SOURCE_DIR, GOLDEN[i].name);
        (void)fixture_ask(&fixture, "GET", GOLDEN[i].uri);
        json_t *got = json_loads(fixture.body.data, 0, NULL);
        assert_non_null(got);
        compare(path, got);
        json_decref(got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_golden)};
    fixture_open(&fixture);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close(&fixture);
    return failed;
}
