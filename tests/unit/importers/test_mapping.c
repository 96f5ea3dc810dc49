/* Test plan: a whole mapping gives each member; then the same with one thing
 * wrong at a time, each with the member its sentence must name; the digest
 * changes with what gives rows their meaning and with nothing else. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "importers/mapping.h"

#define SOURCE                                                                 \
    "\"source\":{\"key\":\"k\",\"title\":\"T\",\"origin\":\"o\","              \
    "\"edition\":\"1\",\"licence\":\"MIT\"}"
#define REST                                                                   \
    "\"entry\":\"place\",\"key\":[\"code\"],\"columns\":{\"name\":\"n\"}"

static gaz_status parse(struct gaz_ctx *ctx, const char *text,
                        struct imp_mapping *out)
{
    return imp_mapping_parse(ctx, "m.json", text, strlen(text), out);
}

static void test_whole(void **state)
{
    (void)state;
    static const char TEXT[] =
        "{\"source\":{\"key\":\"geonames\",\"title\":\"GeoNames\","
        "\"origin\":\"npm\",\"edition\":\"1.0.1\",\"licence\":\"CC-BY-4.0\","
        "\"credit\":\"c\",\"url\":\"https://example.org\",\"grade\":\"B\"},"
        "\"format\":\"tsv\",\"layer\":\"towns\",\"crs\":\"EPSG:4490\","
        "\"entry\":\"place\",\"key\":[\"code\",\"valid_from\"],"
        "\"columns\":{\"code\":\"code\",\"name\":\"名称\",\"x\":\"lon\","
        "\"y\":\"lat\"},"
        "\"values\":{\"category\":21500,\"synthetic\":true,\"method\":\"gps\"}"
        "}";
    struct gaz_ctx ctx = {0};
    struct imp_mapping m;
    assert_status_of(&ctx, parse(&ctx, TEXT, &m), GAZ_OK);
    assert_string_equal(m.source.key, "geonames");
    assert_string_equal(m.source.credit, "c");
    assert_string_equal(m.source.grade, "B");
    assert_int_equal(m.format, IMP_FORMAT_TSV);
    assert_string_equal(m.layer, "towns");
    assert_string_equal(m.crs, "EPSG:4490");
    assert_string_equal(m.entry, "place");
    assert_int_equal(m.key_count, 2);
    assert_string_equal(m.key_columns[1], "valid_from");
    assert_int_equal(m.field_count, 7);
    assert_string_equal(m.fields[1].target, "name");
    assert_string_equal(m.fields[1].column, "名称");
    assert_null(m.fields[1].value);
    assert_string_equal(m.fields[4].value, "21500");
    assert_null(m.fields[4].column);
    assert_string_equal(m.fields[5].value, "1");
    CASE("what may be absent");
    assert_status_of(&ctx, parse(&ctx, "{" SOURCE "," REST "}", &m), GAZ_OK);
    assert_int_equal(m.format, IMP_FORMAT_AUTO);
    assert_string_equal(m.source.credit, "T");
    assert_null(m.crs);
    assert_null(m.layer);
    assert_null(m.source.url);
    gaz_ctx_close(&ctx);
}

static const struct {
    const char *label;
    const char *text;
    const char *says;
} BAD[] = {
    {"empty", "", "'m.json' is empty"},
    {"no JSON, with its line", "{\n\"source\": oops}", "'m.json':2:"},
    {"a list", "[]", "is no JSON object"},
    {"a member twice", "{\"entry\":\"place\",\"entry\":\"place\"}",
     "duplicate"},
    {"misspelt member", "{" SOURCE "," REST ",\"colums\":{}}",
     "\"colums\" is no member"},
    {"misspelt source member", "{\"source\":{\"keys\":\"k\"}," REST "}",
     "\"keys\" is no member"},
    {"no source", "{" REST "}", "\"source\" is missing"},
    {"source without licence",
     "{\"source\":{\"key\":\"k\",\"title\":\"T\",\"origin\":\"o\","
     "\"edition\":\"1\"}," REST "}",
     "\"licence\" of the source is missing"},
    {"source key no text", "{\"source\":{\"key\":7}," REST "}",
     "\"key\" must be a text"},
    {"unknown format", "{" SOURCE "," REST ",\"format\":\"dbf\"}",
     "\"format\" must be csv"},
    {"no entry", "{" SOURCE ",\"key\":[\"a\"],\"columns\":{}}",
     "\"entry\" must be place"},
    {"unknown entry",
     "{" SOURCE ",\"entry\":\"river\",\"key\":[\"a\"],\"columns\":{}}",
     "\"entry\" must be place"},
    {"no key", "{" SOURCE ",\"entry\":\"place\",\"columns\":{}}",
     "\"key\" must list the 1 to 8"},
    {"key of numbers",
     "{" SOURCE ",\"entry\":\"place\",\"key\":[1],\"columns\":{}}",
     "\"key\" must list names"},
    {"nine keys",
     "{" SOURCE ",\"entry\":\"place\",\"key\":[\"1\",\"2\",\"3\",\"4\",\"5\","
     "\"6\",\"7\",\"8\",\"9\"],\"columns\":{}}",
     "\"key\" must list the 1 to 8"},
    {"no columns", "{" SOURCE ",\"entry\":\"place\",\"key\":[\"a\"]}",
     "\"columns\" must be an object"},
    {"unknown target",
     "{" SOURCE ",\"entry\":\"place\",\"key\":[\"a\"],"
     "\"columns\":{\"nmae\":\"n\"}}",
     "\"nmae\" is no field of entry \"place\"; known are code name"},
    {"part of a target",
     "{" SOURCE ",\"entry\":\"place\",\"key\":[\"a\"],"
     "\"columns\":{\"code name\":\"n\"}}",
     "is no field of entry"},
    {"blank before a target",
     "{" SOURCE ",\"entry\":\"place\",\"key\":[\"a\"],"
     "\"columns\":{\" code\":\"n\"}}",
     "\" code\" is no field of entry"},
    {"target of another entry",
     "{" SOURCE ",\"entry\":\"claim\",\"key\":[\"a\"],"
     "\"columns\":{\"name\":\"n\"}}",
     "\"name\" is no field of entry \"claim\""},
    {"column no text",
     "{" SOURCE ",\"entry\":\"place\",\"key\":[\"a\"],"
     "\"columns\":{\"name\":1}}",
     "\"name\" must name a column"},
    {"constant a list", "{" SOURCE "," REST ",\"values\":{\"kind\":[]}}",
     "\"kind\" must be a text"},
    {"both column and constant",
     "{" SOURCE "," REST ",\"values\":{\"name\":\"x\"}}",
     "\"name\" is in both"},
    {"x without y", "{" SOURCE "," REST ",\"values\":{\"x\":\"1\"}}",
     "\"x\" and \"y\" go together"},
    {"nested too deep", "[[[[[[[[[[[[]]]]]]]]]]]]", "nested too deep"},
};

static void test_bad(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    for (size_t i = 0; i < COUNT(BAD); i++) {
        CASE(BAD[i].label);
        struct imp_mapping m = {.key_count = -7};
        gaz_ctx_next(&ctx);
        assert_status(parse(&ctx, BAD[i].text, &m), GAZ_INVALID);
        assert_int_equal(m.key_count, -7);
        if (!strstr(gaz_ctx_failure(&ctx), BAD[i].says))
            fail_msg("'%s' lacks '%s'", gaz_ctx_failure(&ctx), BAD[i].says);
    }
    CASE("brackets inside texts nest nothing");
    gaz_ctx_next(&ctx);
    struct imp_mapping m;
    assert_status_of(
        &ctx,
        parse(&ctx,
              "{" SOURCE "," REST ",\"comment\":\"\\\"[[[[[[[[[[[[{{{{\"}", &m),
        GAZ_OK);
    CASE("too large");
    gaz_ctx_next(&ctx);
    size_t size = IMP_MAPPING_MAX_BYTES + 1;
    char *spaces = gaz_malloc(size);
    memset(spaces, ' ', size);
    assert_status(imp_mapping_parse(&ctx, "m.json", spaces, size, &m),
                  GAZ_LIMIT);
    gaz_free(spaces);
    gaz_ctx_close(&ctx);
}

static uint64_t digest(struct gaz_ctx *ctx, const char *text)
{
    struct imp_mapping m;
    assert_status_of(ctx, parse(ctx, text, &m), GAZ_OK);
    return m.digest;
}

static void test_digest(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    uint64_t first = digest(&ctx, "{" SOURCE "," REST "}");
    assert_true(digest(&ctx,
                       "{" REST ",\n" SOURCE
                       ",\"comment\":\"x\",\"format\":\"csv\"}") == first);
    assert_true(digest(&ctx, "{" SOURCE "," REST
                             ",\"values\":{\"category\":\"21500\"}}") != first);
    assert_true(digest(&ctx,
                       "{" SOURCE ",\"entry\":\"place\",\"key\":"
                       "[\"code\"],\"columns\":{\"name\":\"m\"}}") != first);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
