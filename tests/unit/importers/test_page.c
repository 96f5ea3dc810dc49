/* Test plan: a page with and without its counts and links; what is no page, is
 * cut short, too deep, or lost features; the text of the features, wherever
 * they stand; which systems a collection offers. */
#include "tests/unit/test.h"

#include <string.h>

#include "importers/page.h"

#define FEATURE                                                                \
    "{\"type\":\"Feature\",\"geometry\":null,\"properties\":"                  \
    "{\"schematic\":true}}"
#define PLACED                                                                 \
    "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":"  \
    "[1,2]},\"properties\":null}"

static void test_pages(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        gaz_status want;
        int64_t features;
        int64_t matched;
        int64_t schematic;
        int64_t placeless;
        const char *next; /* NULL: none; or words of the failure */
    } CASES[] = {
        {"plain", "{\"type\":\"FeatureCollection\",\"features\":[]}", GAZ_OK, 0,
         -1, 0, 0, NULL},
        {"all",
         "{\"type\":\"FeatureCollection\",\"numberMatched\":7,"
         "\"numberReturned\":2,\"links\":[{\"rel\":\"self\",\"href\":\"s\"},"
         "{\"rel\":\"next\",\"href\":\"http://n/2\"}],\"features\":[" FEATURE
         "," PLACED "]}",
         GAZ_OK, 2, 7, 1, 1, "http://n/2"},
        {"a link without an address",
         "{\"type\":\"FeatureCollection\",\"links\":[{\"rel\":\"next\"},7],"
         "\"features\":[1]}",
         GAZ_OK, 1, -1, 0, 1, NULL},
        {"lost features",
         "{\"type\":\"FeatureCollection\",\"numberReturned\":3,\"features\":"
         "[" FEATURE "]}",
         GAZ_INVALID, 0, 0, 0, 0, "not whole"},
        {"cut short", "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE,
         GAZ_INVALID, 0, 0, 0, 0, "no whole JSON"},
        {"a page of HTML", "<html></html>", GAZ_INVALID, 0, 0, 0, 0,
         "no whole JSON"},
        {"nothing", "", GAZ_INVALID, 0, 0, 0, 0, "no whole JSON"},
        {"a list", "[]", GAZ_INVALID, 0, 0, 0, 0, "no JSON object"},
        {"one feature", FEATURE, GAZ_INVALID, 0, 0, 0, 0,
         "no FeatureCollection"},
        {"features that are none",
         "{\"type\":\"FeatureCollection\",\"features\":{}}", GAZ_INVALID, 0, 0,
         0, 0, "no FeatureCollection"},
    };
    struct gaz_ctx ctx = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct imp_page page = {0};
        assert_status(imp_page_parse(&ctx, "p", CASES[i].text,
                                     strlen(CASES[i].text), &page),
                      CASES[i].want);
        if (CASES[i].want != GAZ_OK) {
            assert_non_null(strstr(gaz_ctx_failure(&ctx), CASES[i].next));
            gaz_ctx_next(&ctx);
            continue;
        }
        assert_int_equal(page.features, CASES[i].features);
        assert_int_equal(page.matched, CASES[i].matched);
        assert_int_equal(page.schematic, CASES[i].schematic);
        assert_int_equal(page.placeless, CASES[i].placeless);
        if (CASES[i].next)
            assert_string_equal(page.next, CASES[i].next);
        else
            assert_null(page.next);
    }
    gaz_ctx_close(&ctx);
}

static void test_text(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        const char *want; /* NULL: refused */
    } CASES[] = {
        {"as it stands",
         "{\"type\":\"FeatureCollection\",\"features\" : \n[ {\"a\":[1,\"]\"]} "
         ",2],"
         "\"x\":[3]}",
         " {\"a\":[1,\"]\"]} ,2"},
        {"the word elsewhere first",
         "{\"a\":\"features\",\"b\":{\"features\":[8]},\"features\":[7.10],"
         "\"type\":\"FeatureCollection\"}",
         "7.10"},
        {"twice: the last",
         "{\"features\":[1],\"type\":\"FeatureCollection\","
         "\"features\":[2]}",
         "2"},
        {"quotes and brackets in strings",
         "{\"t\\\"[\":\"\\\\\",\"type\":\"FeatureCollection\",\"features\":"
         "[\"}\\\"]\"]}",
         "\"}\\\"]\""},
        {"none", "{\"type\":\"FeatureCollection\",\"features\":[ ]}", ""},
        {"spelled with escapes",
         "{\"type\":\"FeatureCollection\",\"f\\u0065atures\":[1]}", NULL},
    };
    struct gaz_ctx ctx = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct imp_page page = {0};
        const gaz_status status = imp_page_parse(&ctx, "p", CASES[i].text,
                                                 strlen(CASES[i].text), &page);
        assert_status(status, CASES[i].want ? GAZ_OK : GAZ_INVALID);
        gaz_ctx_next(&ctx);
        if (!CASES[i].want)
            continue;
        assert_int_equal(page.text_size, strlen(CASES[i].want));
        assert_memory_equal(page.text, CASES[i].want, page.text_size);
    }
    gaz_ctx_close(&ctx);
}

static void test_depth(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct imp_page page;
    char deep[400];
    memset(deep, '[', sizeof(deep));
    assert_status(imp_page_parse(&ctx, "p", deep, sizeof(deep), &page),
                  GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&ctx), "deeper"));
    gaz_ctx_next(&ctx);
    static const char TEXT[] =
        "{\"type\":\"FeatureCollection\",\"note\":\"[[[\\\"[[\",\"features\":"
        "[]}";
    assert_status_of(&ctx, imp_page_parse(&ctx, "p", TEXT, strlen(TEXT), &page),
                     GAZ_OK);
    gaz_ctx_close(&ctx);
}

static void test_systems(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    static const char TEXT[] = "{\"crs\":[\"a\",7,\"b\"]}";
    bool is_offered = true;
    assert_status_of(
        &ctx,
        imp_page_offers_crs(&ctx, "c", TEXT, strlen(TEXT), "c", &is_offered),
        GAZ_OK);
    assert_false(is_offered);
    assert_status_of(
        &ctx,
        imp_page_offers_crs(&ctx, "c", TEXT, strlen(TEXT), "b", &is_offered),
        GAZ_OK);
    assert_true(is_offered);
    assert_status(imp_page_offers_crs(&ctx, "c", TEXT, 5, "b", &is_offered),
                  GAZ_INVALID);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_systems),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
