/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the good answers, read back with jansson.
 *
 * - features: the members that the page relies on, for geocode, search,
 *   suggest and reverse; no position gives a null geometry
 * - brief answers: every member as in the whole one, without the long ones;
 *   how many are whole, how many come when no number is named
 * - history: an abolished name answers its heir; names as of a date
 * - details of a place, a division, an address; a merged id redirects
 * - layers: heritage with both claims, boundaries that say "schematic"
 * - tiles: bytes, types, TileJSON; those in memory are given by a trial
 * - every GeoJSON position is [lon, lat] inside China
 */
#include "tests/unit/test.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/unit/api/fixture.h"

static struct fixture fixture;

/* Asks and parses; the caller decrefs. */
static json_t *ask(const char *uri)
{
    int status = fixture_ask(&fixture, "GET", uri);
    if (status != 200)
        fail_msg("%s: %d %s", uri, status, fixture.body.data);
    json_error_t error;
    json_t *root = json_loadb(fixture.body.data, fixture.body.size,
                              JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("%s: %s", uri, error.text);
    return root;
}

/* "features.0.properties.label" */
static const json_t *at(const json_t *root, const char *path)
{
    char step[64];
    while (*path && root) {
        size_t len = strcspn(path, ".");
        (void)snprintf(step, sizeof(step), "%.*s", (int)len, path);
        root = json_is_array(root)
                   ? json_array_get(root, (size_t)(step[0] - '0'))
                   : json_object_get(root, step);
        path += len + (path[len] == '.' ? 1 : 0);
    }
    return root;
}

static const char *text(const json_t *root, const char *path)
{
    const char *value = json_string_value(at(root, path));
    if (!value)
        fail_msg("no text at %s", path);
    return value;
}

static const char *const QUESTIONS[] = {
    "/v1/geocode?q=%E4%B9%8D%E6%B5%A6%E9%95%87", /* 乍浦镇 */
    "/v1/search?q=%E4%B9%8D%E6%B5%A6",           /* 乍浦 */
    "/v1/suggest?q=zhap&detail=full",
    "/v1/reverse?lon=121.081&lat=30.611&detail=full",
};

static void test_feature(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"id",
                                        "place_id",
                                        "name",
                                        "roman",
                                        "label",
                                        "match",
                                        "category",
                                        "code",
                                        "status",
                                        "category_name.zh",
                                        "category_name.en",
                                        "geocoding.type",
                                        "geocoding.label",
                                        "geocoding.name",
                                        "geocoding.state",
                                        "geocoding.county",
                                        "division.0.id",
                                        "division.0.code",
                                        "division.0.name",
                                        "division.0.roman"};
    for (size_t i = 0; i < COUNT(QUESTIONS); i++) {
        CASE(QUESTIONS[i]);
        json_t *root = ask(QUESTIONS[i]);
        assert_string_equal(text(root, "type"), "FeatureCollection");
        assert_string_equal(text(root, "geocoding.version"), "0.1.0");
        assert_string_equal(text(root, "geocoding.licence"), "CC0-1.0");
        assert_string_equal(text(root, "geocoding.attribution"),
                            "Diming tests");
        assert_true(json_array_size(at(root, "features")) > 0);
        const json_t *feature = at(root, "features.0");
        assert_string_equal(text(feature, "type"), "Feature");
        assert_int_equal(strlen(text(feature, "id")), 13);
        const json_t *properties = at(feature, "properties");
        for (size_t j = 0; j < COUNT(TEXTS); j++)
            (void)text(properties, TEXTS[j]);
        double confidence = json_number_value(at(properties, "confidence"));
        assert_true(confidence > 0 && confidence <= 1);
        assert_true(json_is_integer(at(properties, "level")));
        assert_true(json_is_boolean(at(properties, "heritage")));
        assert_true(json_is_array(at(properties, "reasons")));
        assert_non_null(at(properties, "address_id"));
        assert_non_null(at(properties, "position"));
        json_decref(root);
    }
}

/* Each member of `part` stands in `whole`, equal; objects likewise. */
static void assert_part(const json_t *part, const json_t *whole)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)part, key, value)
    {
        const json_t *same = json_object_get(whole, key);
        if (json_is_object(value) && json_is_object(same))
            assert_part(value, same);
        else if (!same || !json_equal(value, same))
            fail_msg("member %s is another in the whole answer", key);
    }
}

static void test_brief(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *brief;
        const char *whole;
        size_t wholes;
        size_t most;
    } CASES[] = {
        {"suggest", "/v1/suggest?q=z", "/v1/suggest?q=z&limit=5&detail=full", 0,
         5},
        {"reverse", "/v1/reverse?lon=121.081&lat=30.611&radius=50000",
         "/v1/reverse?lon=121.081&lat=30.611&radius=50000&limit=5&detail=full",
         1, 5},
        {"search", "/v1/search?category=21000&detail=brief",
         "/v1/search?category=21000", 1, 10},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        json_t *brief = ask(CASES[i].brief);
        json_t *whole = ask(CASES[i].whole);
        const json_t *some = at(brief, "features");
        const json_t *all = at(whole, "features");
        assert_int_equal(json_array_size(some), json_array_size(all));
        assert_in_range(json_array_size(some), 1, CASES[i].most);
        for (size_t j = 0; j < json_array_size(some); j++) {
            const json_t *feature = json_array_get(some, j);
            assert_part(feature, json_array_get(all, j));
            bool is_whole = at(feature, "properties.division") != NULL;
            assert_int_equal(is_whole, j < CASES[i].wholes);
            assert_non_null(at(feature, "properties.confidence"));
            assert_non_null(at(feature, "properties.position"));
            if (is_whole)
                assert_true(json_equal(feature, json_array_get(all, j)));
        }
        json_decref(brief);
        json_decref(whole);
    }
    assert_int_equal(
        fixture_ask(&fixture, "GET", "/v1/suggest?q=z&detail=some"), 400);
    assert_non_null(strstr(fixture.body.data, "\"parameter\":\"detail\""));
}

static void test_town(void **state)
{
    (void)state;
    json_t *root = ask(QUESTIONS[0]);
    const json_t *p = at(root, "features.0.properties");
    assert_string_equal(text(p, "id"), fixture_id(FIXTURE_TOWN));
    assert_string_equal(text(p, "label"), "浙江省嘉兴市平湖市乍浦镇");
    assert_string_equal(text(p, "roman"), "Zhàpǔ Zhèn");
    assert_string_equal(text(p, "match"), "town");
    assert_string_equal(text(p, "code"), "330482101");
    assert_string_equal(text(p, "category"), "21500");
    assert_string_equal(text(p, "geocoding.type"), "district");
    assert_string_equal(text(p, "geocoding.district"), "乍浦镇");
    assert_string_equal(text(p, "geocoding.county"), "平湖市");
    assert_string_equal(text(p, "geocoding.city"), "嘉兴市");
    assert_string_equal(text(p, "geocoding.state"), "浙江省");
    assert_int_equal(json_array_size(at(p, "division")), 4);
    assert_string_equal(text(p, "division.3.name"), "乍浦镇");
    assert_string_equal(text(p, "position.method"), "synthetic");
    assert_string_equal(text(p, "position.source"), "made-up");
    assert_true(json_is_true(at(p, "synthetic")));
    assert_string_equal(text(root, "geocoding.query"), "乍浦镇");
    assert_near(
        json_number_value(at(root, "features.0.geometry.coordinates.0")),
        121.08, 1e-7);
    json_decref(root);
    root = ask("/v1/geocode?q=%E4%B9%8D%E6%B5%A6%E9%95%87&lang=en");
    assert_string_equal(text(root, "features.0.properties.geocoding.name"),
                        "Zhàpǔ Zhèn");
    assert_string_equal(text(root, "features.0.properties.geocoding.label"),
                        "Zhàpǔ Zhèn, Pínghú Shì, Jiāxīng Shì, Zhèjiāng Shěng");
    json_decref(root);
}

static void test_address(void **state)
{
    (void)state;
    /* 平湖市乍浦镇演示路158号 */
    json_t *root =
        ask("/v1/geocode?q=%E5%B9%B3%E6%B9%96%E5%B8%82%E4%B9%8D%E6"
            "%B5%A6%E9%95%87%E6%BC%94%E7%A4%BA%E8%B7%AF158%E5%8F%B7");
    const json_t *p = at(root, "features.0.properties");
    assert_string_equal(text(p, "match"), "exact");
    assert_string_equal(text(p, "address_id"), fixture_id(FIXTURE_ADDRESS));
    assert_string_equal(text(p, "id"), fixture_id(FIXTURE_ADDRESS));
    assert_string_equal(text(p, "geocoding.type"), "house");
    assert_string_equal(text(p, "geocoding.housenumber"), "158号");
    assert_string_equal(text(p, "geocoding.street"), "演示路");
    json_decref(root);
}

static void test_history(void **state)
{
    (void)state;
    /* 黄姑镇, merged in 2009 */
    json_t *root = ask("/v1/geocode?q=%E9%BB%84%E5%A7%91%E9%95%87");
    const json_t *p = at(root, "features.0.properties");
    assert_string_equal(text(p, "name"), "独山港镇");
    assert_true(json_array_size(at(p, "reasons")) > 0);
    (void)text(p, "reasons.0.code");
    (void)text(p, "reasons.0.zh");
    (void)text(p, "reasons.0.en");
    json_decref(root);
    root = ask("/v1/geocode?q=%E9%BB%84%E5%A7%91%E9%95%87&at=2005-01-01");
    assert_string_equal(text(root, "features.0.properties.name"), "黄姑镇");
    json_decref(root);
}

static void test_nothing(void **state)
{
    (void)state;
    json_t *root = ask("/v1/geocode?q=Atlantis");
    assert_int_equal(json_array_size(at(root, "features")), 0);
    assert_string_equal(text(root, "geocoding.query"), "Atlantis");
    json_decref(root);
}

static void test_place(void **state)
{
    (void)state;
    char uri[64];
    (void)snprintf(uri, sizeof(uri), "/v1/places/%s",
                   fixture_id(FIXTURE_VILLAGE));
    json_t *root = ask(uri);
    const json_t *p = at(root, "properties");
    assert_string_equal(text(p, "name"), "衙前村");
    assert_int_equal(json_array_size(at(p, "names")), 2);
    assert_string_equal(text(p, "names.0.kind"), "standard");
    assert_string_equal(text(p, "names.0.valid_from"), "2017");
    assert_string_equal(text(p, "names.1.text"), "建中村");
    assert_string_equal(text(p, "names.1.kind"), "former");
    assert_string_equal(text(p, "names.1.valid_to"), "2017");
    assert_string_equal(text(p, "names.1.basis"), "edition");
    assert_string_equal(text(p, "parent.name"), "乍浦镇");
    assert_string_equal(text(p, "sources.0.licence"), "CC0-1.0");
    json_decref(root);
    (void)snprintf(uri, sizeof(uri), "/v1/places/%s?at=2016-05-01",
                   fixture_id(FIXTURE_VILLAGE));
    root = ask(uri);
    assert_string_equal(text(root, "properties.name"), "建中村");
    json_decref(root);
}

static void test_site(void **state)
{
    (void)state;
    char uri[64];
    (void)snprintf(uri, sizeof(uri), "/v1/places/%s", fixture_id(FIXTURE_SITE));
    json_t *root = ask(uri);
    const json_t *p = at(root, "properties");
    assert_true(json_is_true(at(p, "heritage")));
    assert_int_equal(json_array_size(at(p, "claims")), 2);
    assert_string_equal(text(p, "claims.0.value"), "1717");
    assert_true(json_is_true(at(p, "claims.0.preferred")));
    assert_string_equal(text(p, "claims.1.value"), "1729");
    assert_string_equal(text(p, "address"), "演示路158号");
    assert_int_equal(json_array_size(at(p, "stands_at")), 1);
    assert_string_equal(text(p, "stands_at.0.label"),
                        "浙江省嘉兴市平湖市乍浦镇演示路158号");
    json_decref(root);
    (void)snprintf(uri, sizeof(uri), "/v1/places/%s",
                   fixture_id(FIXTURE_ADDRESS));
    root = ask(uri);
    assert_string_equal(text(root, "properties.kind"), "address");
    assert_string_equal(text(root, "properties.place.name"), "天妃宫炮台");
    assert_string_equal(text(root, "properties.parent.name"), "演示路");
    json_decref(root);
}

static void test_division(void **state)
{
    (void)state;
    json_t *root = ask("/v1/divisions/330482");
    const json_t *p = at(root, "properties");
    assert_string_equal(text(p, "name"), "平湖市");
    assert_int_equal(json_integer_value(at(p, "children_count")), 3);
    assert_string_equal(text(p, "children.0.name"), "乍浦镇");
    json_decref(root);
    root = ask("/v1/divisions/330482105");
    assert_string_equal(text(root, "properties.status"), "historical");
    assert_string_equal(text(root, "properties.changes.0.kind"), "merge");
    assert_string_equal(text(root, "properties.changes.0.date"), "2009");
    assert_string_equal(text(root, "properties.changes.0.to.name"), "独山港镇");
    json_decref(root);
}

static void test_redirect(void **state)
{
    (void)state;
    char uri[64];
    char want[64];
    (void)snprintf(uri, sizeof(uri), "/v1/places/%s",
                   fixture_id(FIXTURE_MERGED));
    (void)snprintf(want, sizeof(want), "/v1/places/%s",
                   fixture_id(FIXTURE_VILLAGE));
    assert_int_equal(fixture_ask(&fixture, "GET", uri), 301);
    assert_string_equal(fixture.response.location, want);
    assert_null(fixture.response.etag);
}

static void test_heritage(void **state)
{
    (void)state;
    json_t *root = ask("/v1/heritage");
    assert_int_equal(json_array_size(at(root, "features")), 1);
    const json_t *p = at(root, "features.0.properties");
    assert_string_equal(text(p, "name"), "天妃宫炮台");
    assert_int_equal(json_array_size(at(p, "claims")), 2);
    assert_string_equal(text(p, "claims.0.source_title"), "乙书");
    json_decref(root);
}

static void test_boundaries(void **state)
{
    (void)state;
    json_t *root = ask("/v1/boundaries");
    const json_t *features = at(root, "features");
    int areas = 0;
    int lines = 0;
    int coasts = 0;
    for (size_t i = 0; i < json_array_size(features); i++) {
        const json_t *feature = json_array_get(features, i);
        const char *kind = text(feature, "properties.kind");
        bool is_schematic = json_is_true(at(feature, "properties.schematic"));
        assert_int_equal(is_schematic, strcmp(kind, "coastline") != 0);
        if (is_schematic)
            (void)text(feature, "properties.note.zh");
        areas += strcmp(kind, "area") == 0;
        lines += strcmp(kind, "boundary") == 0;
        coasts += strcmp(kind, "coastline") == 0;
        if (strcmp(kind, "coastline") == 0)
            assert_string_equal(text(feature, "properties.credit"),
                                "Diming tests");
        if (strcmp(kind, "area") == 0)
            assert_int_equal(
                json_array_size(at(feature, "geometry.coordinates.0.0")), 5);
    }
    assert_int_equal(areas, 2);
    assert_int_equal(lines, 1);
    assert_int_equal(coasts, 1);
    json_decref(root);
}

static void assert_positions(const json_t *node)
{
    size_t count = json_array_size(node);
    if (count == 2 && json_is_number(json_array_get(node, 0))) {
        double lon = json_number_value(json_array_get(node, 0));
        double lat = json_number_value(json_array_get(node, 1));
        assert_true(lon > 73 && lon < 136 && lat > 3 && lat < 54);
        return;
    }
    for (size_t i = 0; i < count; i++)
        assert_positions(json_array_get(node, i));
}

static void test_axis_order(void **state)
{
    (void)state;
    static const char *const URIS[] = {
        "/v1/boundaries", "/v1/heritage", "/v1/search?category=21000",
        "/v1/reverse?lon=121.081&lat=30.611&radius=50000&limit=50"};
    for (size_t i = 0; i < COUNT(URIS); i++) {
        CASE(URIS[i]);
        json_t *root = ask(URIS[i]);
        const json_t *features = at(root, "features");
        assert_true(json_array_size(features) > 0);
        for (size_t j = 0; j < json_array_size(features); j++)
            assert_positions(
                at(json_array_get(features, j), "geometry.coordinates"));
        json_decref(root);
    }
}

static void test_parse(void **state)
{
    (void)state;
    json_t *root = ask("/v1/parse?q=%E5%B9%B3%E6%B9%96%E5%B8%82%E4%B9%8D%E6"
                       "%B5%A6%E9%95%87");
    assert_string_equal(text(root, "text"), "平湖市乍浦镇");
    assert_int_equal(json_array_size(at(root, "elements")), 2);
    assert_string_equal(text(root, "elements.1.label"), "town");
    assert_string_equal(text(root, "elements.1.text"), "乍浦镇");
    assert_int_equal(json_integer_value(at(root, "elements.1.start")), 3);
    assert_int_equal(json_integer_value(at(root, "elements.1.end")), 6);
    json_decref(root);
}

static void test_tiles(void **state)
{
    (void)state;
    static const unsigned char PNG[] = {0x89, 'P', 'N', 'G'};
    assert_int_equal(fixture_ask(&fixture, "GET", "/tiles/base/10/856/419.png"),
                     200);
    assert_memory_equal(fixture.body.data, PNG, sizeof(PNG));
    assert_int_equal(fixture.body.data[19], 0); /* width, low bytes */
    assert_int_equal(fixture.body.data[18], 1);
    assert_int_equal(
        fixture_ask(&fixture, "GET", "/tiles/base/10/856/419@2x.png"), 200);
    assert_int_equal(fixture.body.data[18], 2);
    assert_string_equal(fixture.response.content_type, "image/png");
    int status = fixture_ask(&fixture, "GET", "/tiles/base/10/0/0.mvt");
    assert_int_equal(status, 204);
    assert_null(fixture.response.etag);
    json_t *root = ask("/tiles/base.json");
    assert_string_equal(text(root, "tilejson"), "3.0.0");
    assert_string_equal(text(root, "tiles.0"),
                        "http://example.org/tiles/base/{z}/{x}/{y}.mvt");
    assert_true(json_array_size(at(root, "vector_layers")) > 0);
    assert_string_equal(text(root, "attribution"), "Diming tests");
    json_decref(root);
}

/* A trial gives what is in memory, and what is wrong; it makes nothing. */
static void test_trial(void **state)
{
    (void)state;
    static const char TILE[] = "/tiles/base/11/1713/839.png";
    struct api_worker *worker = &fixture.worker;
    worker->is_trial = true;
    assert_int_equal(fixture_ask(&fixture, "GET", TILE), 200);
    assert_true(worker->is_put_off);
    assert_int_equal(fixture.body.size, 0);
    worker->is_put_off = false;
    assert_int_equal(fixture_ask(&fixture, "GET", "/tiles/base/11/-1/0.png"),
                     400);
    assert_false(worker->is_put_off);
    worker->is_trial = false;
    assert_int_equal(fixture_ask(&fixture, "GET", TILE), 200);
    assert_false(worker->is_put_off);
    uint64_t hash = gaz_text_hash(fixture.body.data, fixture.body.size);
    worker->is_trial = true;
    assert_int_equal(fixture_ask(&fixture, "GET", TILE), 200);
    worker->is_trial = false;
    assert_false(worker->is_put_off);
    assert_true(hash == gaz_text_hash(fixture.body.data, fixture.body.size));
    assert_non_null(fixture.response.etag);
    char etag[32];
    (void)snprintf(etag, sizeof etag, "%s", fixture.response.etag);
    worker->is_trial = true;
    assert_int_equal(fixture_ask_again(&fixture, TILE, etag), 304);
    worker->is_trial = false;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_feature),    cmocka_unit_test(test_brief),
        cmocka_unit_test(test_town),       cmocka_unit_test(test_address),
        cmocka_unit_test(test_history),    cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_place),      cmocka_unit_test(test_site),
        cmocka_unit_test(test_division),   cmocka_unit_test(test_redirect),
        cmocka_unit_test(test_heritage),   cmocka_unit_test(test_boundaries),
        cmocka_unit_test(test_axis_order), cmocka_unit_test(test_parse),
        cmocka_unit_test(test_tiles),      cmocka_unit_test(test_trial),
    };
    fixture_open(&fixture);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close(&fixture);
    return failed;
}
