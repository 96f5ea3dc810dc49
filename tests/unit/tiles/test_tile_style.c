/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: style.h and expression.h. Every shipped style reads, in every
 * language; expressions give the values that the MapLibre specification says;
 * colours; each kind of mistake is refused with layer and property in the
 * sentence and what is supported; languages change the text only; a style is
 * adapted to an address; the sheet of icons refuses what it cannot draw; the
 * specification's own validator accepts the shipped styles (when node is
 * there). */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tiles/icon_sheet.h"
#include "tiles/style.h"

static struct gaz_ctx ctx;

static int set_up(void **state)
{
    (void)state;
    gaz_ctx_next(&ctx);
    return 0;
}

static void test_shipped(void **state)
{
    (void)state;
    for (int i = 0; TILE_STYLES[i]; i++)
        for (int language = 0; language < TILE_LANGUAGES; language++) {
            CASE(TILE_STYLES[i]);
            struct tile_style style;
            assert_status_of(&ctx,
                             tile_style_shipped(&ctx, TILE_STYLES[i],
                                                (tile_language)language,
                                                &style),
                             GAZ_OK);
            assert_true(style.count > 3);
            assert_int_equal(style.has_background, i < 3);
        }
    struct tile_style style;
    assert_status(tile_style_shipped(&ctx, "roads", 0, &style), GAZ_NOT_FOUND);
}

/* ---- values ---- */

static struct tile_value get(const void *feature, tile_attribute attribute)
{
    (void)feature;
    switch (attribute) {
    case TILE_ATTRIBUTE_NAME:
        return tile_value_string("乍浦镇");
    case TILE_ATTRIBUTE_LEVEL:
        return tile_value_number(4);
    case TILE_ATTRIBUTE_SCHEMATIC:
        return tile_value_bool(true);
    default:
        return (struct tile_value){.type = TILE_VALUE_NULL};
    }
}

static gaz_status read(const char *text, tile_value_type want,
                       const struct tile_expression **out)
{
    struct tile_json json;
    static const struct tile_style_place HERE = {"s", "l", "p"};
    gaz_status status =
        tile_style_json_read(&ctx, "s", text, strlen(text), &json);
    return status == GAZ_OK
               ? tile_expression_read(&ctx, &HERE, &json, want, out)
               : status;
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        double zoom;
        double want;
    } CASES[] = {
        {"zoom", "[\"zoom\"]", 7, 7},
        {"interpolate between",
         "[\"interpolate\",[\"linear\"],[\"zoom\"],8,1,16,3]", 12, 2},
        {"interpolate before",
         "[\"interpolate\",[\"linear\"],[\"zoom\"],8,1,16,3]", 2, 1},
        {"interpolate after",
         "[\"interpolate\",[\"linear\"],[\"zoom\"],8,1,16,3]", 20, 3},
        {"interpolate at a stop",
         "[\"interpolate\",[\"linear\"],[\"zoom\"],8,1,12,5,16,3]", 12, 5},
        {"exponential",
         "[\"interpolate\",[\"exponential\",2],[\"zoom\"],0,0,2,3]", 1, 1},
        {"step before", "[\"step\",[\"zoom\"],1,8,2,9,3]", 7, 1},
        {"step at", "[\"step\",[\"zoom\"],1,8,2,9,3]", 8, 2},
        {"step after", "[\"step\",[\"zoom\"],1,8,2,9,3]", 11, 3},
        {"match a label", "[\"match\",[\"get\",\"level\"],3,30,4,40,0]", 0, 40},
        {"match a list", "[\"match\",[\"get\",\"level\"],[1,4],14,0]", 0, 14},
        {"match none", "[\"match\",[\"get\",\"level\"],3,30,7]", 0, 7},
        {"case",
         "[\"case\",[\"==\",[\"get\",\"level\"],3],1,[\"has\",\"schematic\"],2,"
         "3]",
         0, 2},
        {"coalesce", "[\"coalesce\",[\"get\",\"rank\"],[\"get\",\"level\"],9]",
         0, 4},
        {"sum", "[\"+\",[\"*\",2,[\"get\",\"level\"]],[\"-\",1,[\"/\",1,2]]]",
         0, 8.5},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        const struct tile_expression *e;
        assert_status_of(&ctx, read(CASES[i].text, TILE_VALUE_NUMBER, &e),
                         GAZ_OK);
        struct tile_env env = {&ctx.arena, CASES[i].zoom, NULL, get};
        struct tile_value value = tile_expression_value(e, &env);
        assert_int_equal(value.type, TILE_VALUE_NUMBER);
        assert_near(value.number, CASES[i].want, 1e-12);
    }
}

static void test_bools(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool want;
    } CASES[] = {
        {"[\"==\",[\"get\",\"name\"],\"乍浦镇\"]", true},
        {"[\"!=\",[\"get\",\"name\"],\"乍浦镇\"]", false},
        {"[\"<\",[\"get\",\"level\"],4]", false},
        {"[\"<=\",[\"get\",\"level\"],4]", true},
        {"[\">\",[\"get\",\"level\"],3]", true},
        {"[\">=\",[\"get\",\"level\"],5]", false},
        {"[\"<\",[\"get\",\"rank\"],5]", false}, /* missing */
        {"[\"has\",\"rank\"]", false},
        {"[\"!\",[\"has\",\"rank\"]]", true},
        {"[\"all\",[\"has\",\"name\"],[\"has\",\"rank\"]]", false},
        {"[\"any\",[\"has\",\"name\"],[\"has\",\"rank\"]]", true},
        {"[\"in\",[\"get\",\"level\"],[\"literal\",[3,4]]]", true},
        {"[\"in\",[\"get\",\"level\"],[\"literal\",[3,5]]]", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        const struct tile_expression *e;
        assert_status_of(&ctx, read(CASES[i].text, TILE_VALUE_BOOL, &e),
                         GAZ_OK);
        struct tile_env env = {&ctx.arena, 10, NULL, get};
        assert_int_equal(tile_expression_value(e, &env).number != 0,
                         CASES[i].want);
    }
}

static void test_colours(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t want; /* 0: refused */
    } CASES[] = {
        {"#abc", 0xFFAABBCC},
        {"#a1B2c3", 0xFFA1B2C3},
        {"#11223380", 0x80112233},
        {"rgb(1, 20,255)", 0xFF0114FF},
        {"rgba(255,255,255,0.5)", 0x80FFFFFF},
        {"white", 0xFFFFFFFF},
        {"black", 0xFF000000},
        {"#12345", 0},
        {"#12345g", 0},
        {"rgb(256,0,0)", 0},
        {"rgba(0,0,0,2)", 0},
        {"rgb(1,2)", 0},
        {"rgb(1,2,3) ", 0},
        {"chartreuse", 0},
        {"", 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        uint32_t got = 0;
        bool ok = tile_expression_colour(CASES[i].text, &got);
        assert_int_equal(ok, CASES[i].want != 0);
        if (ok)
            assert_int_equal(got, CASES[i].want);
    }
}

/* ---- mistakes ---- */

#define LAYER(rest)                                                            \
    "{\"version\":8,\"layers\":[{\"id\":\"roads\",\"type\":\"line\","          \
    "\"source\":\"d\",\"source-layer\":\"boundaries\"," rest "}]}"
#define PAINT(rest) LAYER("\"paint\":{" rest "}")

static void test_mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        const char *says; /* parts of the sentence, '|' between */
    } CASES[] = {
        {"no JSON", "{\"version\":8,\n\"layers\":[}", "line 2"},
        {"version", "{\"version\":7,\"layers\":[]}", "version|8"},
        {"no layers", "{\"version\":8}", "layers|array"},
        {"layer type",
         "{\"version\":8,\"layers\":[{\"id\":\"x\",\"type\":\"raster\"}]}",
         "layer 'x'|type|background fill line symbol"},
        {"source layer",
         "{\"version\":8,\"layers\":[{\"id\":\"x\",\"type\":\"line\",\"source-"
         "layer\":\"roads\"}]}",
         "layer 'x'|source-layer|divisions"},
        {"fill of lines",
         "{\"version\":8,\"layers\":[{\"id\":\"x\",\"type\":\"fill\",\"source-"
         "layer\":\"boundaries\"}]}",
         "source-layer|divisions"},
        {"member", LAYER("\"ref\":\"x\""),
         "layer 'roads', ref|not supported|minzoom"},
        {"property", PAINT("\"line-gap-width\":1"),
         "layer 'roads', line-gap-width|not supported|line-dasharray"},
        {"layout in paint", PAINT("\"line-cap\":\"round\""), "line-cap|paint"},
        {"another type's property", PAINT("\"fill-color\":\"#fff\""),
         "fill-color|line layer"},
        {"colour", PAINT("\"line-color\":\"chartreuse\""),
         "layer 'roads', line-color|chartreuse|#rrggbb"},
        {"colour in a branch",
         PAINT("\"line-color\":[\"case\",[\"has\",\"sea\"],\"#fff\",\"blu\"]"),
         "blu"},
        {"type", PAINT("\"line-width\":\"2\""), "line-width|number|string"},
        {"result type", PAINT("\"line-width\":[\"concat\",\"a\",\"b\"]"),
         "number|concat"},
        {"operator", PAINT("\"line-width\":[\"sqrt\",4]"),
         "no operator 'sqrt'|interpolate"},
        {"attribute", PAINT("\"line-width\":[\"get\",\"lanes\"]"),
         "no attribute 'lanes'|schematic"},
        {"stops", PAINT("\"line-width\":{\"stops\":[[1,2]]}"),
         "stops|expression"},
        {"falling stops",
         PAINT("\"line-width\":[\"step\",[\"zoom\"],1,9,2,8,3]"), "grow"},
        {"old filter", LAYER("\"filter\":[\"==\",\"kind\",\"road\"]"),
         "filter|get"},
        {"curve",
         PAINT("\"line-width\":[\"interpolate\",[\"cubic-bezier\",0,0,1,1],["
               "\"zoom\"],1,2]"),
         "linear"},
        {"match without otherwise",
         PAINT("\"line-width\":[\"match\",[\"get\",\"level\"],1,2,3,4]"),
         "otherwise"},
        {"too few arguments", PAINT("\"line-width\":[\"+\",1]"), "'+'"},
        {"zoom range", LAYER("\"minzoom\":30"), "minzoom|24"},
        {"offset without blur", PAINT("\"line-offset\":3"),
         "line-offset|line-blur"},
        {"palette",
         "{\"version\":8,\"layers\":[],\"metadata\":{\"diming:palette\":[\"x\"]"
         "}}",
         "diming:palette"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        gaz_ctx_next(&ctx);
        struct tile_style style;
        assert_status(tile_style_read(&ctx, "mine", CASES[i].text,
                                      strlen(CASES[i].text), &style),
                      GAZ_INVALID);
        const char *sentence = gaz_ctx_failure(&ctx);
        assert_non_null(strstr(sentence, "'mine'"));
        char parts[200];
        (void)snprintf(parts, sizeof parts, "%s", CASES[i].says);
        char *rest = parts;
        for (char *part; (part = strsep(&rest, "|")) != NULL;)
            if (!strstr(sentence, part))
                fail_msg("'%s' is not in: %s", part, sentence);
    }
}

static void test_depth(void **state)
{
    (void)state;
    char text[400];
    memset(text, '[', sizeof text);
    struct tile_style style;
    assert_status(tile_style_read(&ctx, "deep", text, sizeof text, &style),
                  GAZ_LIMIT);
}

/* ---- languages and addresses ---- */

static void test_adapt(void **state)
{
    (void)state;
    static const char STYLE[] =
        "{\"version\":8,\"sprite\":\"/tiles/sprite\",\"sources\":{\"d\":{"
        "\"url\":\"/tiles/"
        "base.json\"}},\"layers\":[{\"layout\":{\"text-field\":"
        "[\"step\",[\"zoom\"],\"\",9,[\"get\",\"name\"]]}}]}";
    static const struct {
        tile_language language;
        const char *field;
    } CASES[] = {
        {TILE_LANGUAGE_CHINESE,
         "[\"step\",[\"zoom\"],\"\",9,[\"get\",\"name\"]]"},
        {TILE_LANGUAGE_PINYIN,
         "9,[\"coalesce\",[\"get\",\"name_roman\"],[\"get\",\"name\"]]]"},
        {TILE_LANGUAGE_BOTH, "9,[\"concat\",[\"get\",\"name\"],[\"case\",["
                             "\"has\",\"name_roman\"],"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct gaz_buffer out;
        gaz_buffer_open(&out, 10000);
        assert_status(tile_style_json_adapt(&ctx, "s", STYLE, strlen(STYLE),
                                            CASES[i].language,
                                            "http://example.org", &out),
                      GAZ_OK);
        assert_non_null(strstr(out.data, CASES[i].field));
        assert_non_null(
            strstr(out.data, "\"http://example.org/tiles/sprite\""));
        assert_non_null(
            strstr(out.data, "\"http://example.org/tiles/base.json\""));
        assert_null(strstr(out.data, "icon-offset"));
        gaz_buffer_close(&out);
    }
}

/* Icons of heritage sites step aside for MapLibre, no others. */
static void test_adapt_heritage(void **state)
{
    (void)state;
    static const char STYLE[] =
        "{\"layers\":[{\"source-layer\":\"heritage\",\"layout\":{"
        "\"icon-image\":\"a\"}},{\"source-layer\":\"names\",\"layout\":{"
        "\"icon-image\":\"b\"}}]}";
    struct gaz_buffer out;
    gaz_buffer_open(&out, 10000);
    assert_status(tile_style_json_adapt(&ctx, "s", STYLE, strlen(STYLE),
                                        TILE_LANGUAGE_CHINESE, "", &out),
                  GAZ_OK);
    const char *offset = strstr(out.data, "icon-offset");
    assert_non_null(offset);
    assert_null(strstr(offset + 1, "icon-offset"));
    assert_true(offset < strstr(out.data, "names"));
    assert_non_null(strstr(out.data, "text-variable-anchor-offset"));
    gaz_buffer_close(&out);
}

/* ---- icons ---- */

static void test_icon_sheet(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        const char *says; /* NULL: fine */
    } CASES[] = {
        {"a circle",
         "<svg><symbol id=\"a\" viewBox=\"0 0 9 9\"><circle cx=\"4\" cy=\"4\" "
         "r=\"3\" fill=\"#fff\"/></symbol></svg>",
         NULL},
        {"a comment", "<!-- <rect> -->", NULL},
        {"another element", "<svg>\n<rect/></svg>", "line 2"},
        {"no end", "<svg", "no end"},
        {"oblong", "<symbol id=\"a\" viewBox=\"0 0 9 8\">", "viewBox"},
        {"shape outside", "<circle cx=\"4\" cy=\"4\" r=\"3\" fill=\"#fff\"/>",
         "symbol"},
        {"gradient",
         "<symbol id=\"a\" viewBox=\"0 0 9 9\"><circle cx=\"4\" cy=\"4\" "
         "r=\"3\" fill=\"url(#g)\"/>",
         "fill"},
        {"arc",
         "<symbol id=\"a\" viewBox=\"0 0 9 9\"><path d=\"M0 0 A1 1 0 0 0 2 2\" "
         "fill=\"#fff\"/>",
         "M L H V C Z"},
        {"short path",
         "<symbol id=\"a\" viewBox=\"0 0 9 9\"><path d=\"M0 0 L1\" "
         "fill=\"#fff\"/>",
         "number"},
        {"huge", "<symbol id=\"a\" viewBox=\"0 0 999 999\">", "viewBox"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        gaz_ctx_next(&ctx);
        struct tile_icon_symbol *symbols;
        uint32_t count;
        gaz_status status = tile_icon_sheet_read(
            &ctx, CASES[i].text, strlen(CASES[i].text), &symbols, &count);
        assert_int_equal(status, CASES[i].says ? GAZ_INVALID : GAZ_OK);
        if (CASES[i].says)
            assert_non_null(strstr(gaz_ctx_failure(&ctx), CASES[i].says));
    }
}

/* The specification's own validator, from the page's packages. */
static void test_validator(void **state)
{
    (void)state;
    int found = system("cd " DIMING_SOURCE_DIR " && test -d "
                       "api/web/node_modules/@maplibre/maplibre-gl-style-spec "
                       "&& node --version >/dev/null 2>&1");
    if (found != 0) {
        print_message("           no node or no maplibre-gl-style-spec here\n");
        skip();
    }
    assert_int_equal(system("cd " DIMING_SOURCE_DIR " && node "
                            "tests/unit/tiles/validate_styles.mjs"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_shipped, set_up),
        cmocka_unit_test_setup(test_numbers, set_up),
        cmocka_unit_test_setup(test_bools, set_up),
        cmocka_unit_test_setup(test_colours, set_up),
        cmocka_unit_test_setup(test_mistakes, set_up),
        cmocka_unit_test_setup(test_depth, set_up),
        cmocka_unit_test_setup(test_adapt, set_up),
        cmocka_unit_test_setup(test_adapt_heritage, set_up),
        cmocka_unit_test_setup(test_icon_sheet, set_up),
        cmocka_unit_test_setup(test_validator, set_up),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gaz_ctx_close(&ctx);
    return failed;
}
