/* Test plan: the profiles of the binary can be read once the source is given;
 * each member of a profile wrong in turn, with the word its sentence must have;
 * a small profile on small files: other names of columns, what may be absent,
 * and every class of reject with its line, column and rule; days, angles,
 * numbers and lists as stored; what is withheld is not kept; the same row under
 * a corrected dictionary is another record; a known code updates its address.
 */
#include "tests/unit/importers/bench.h"

#include "importers/profiles.h"

static const char UPPER[] =
    "{" SOURCE("d") "\"entry\":\"place\",\"key\":[\"code\"],"
                    "\"columns\":{\"code\":\"code\",\"name\":\"name\","
                    "\"parent_code\":\"up\"}}";
static const char UPPER_ROWS[] = "code,name,up\n"
                                 "33,浙江省,\n3304,嘉兴市,33\n"
                                 "330482,平湖市,3304\n"
                                 "330482101,乍浦镇,330482\n"
                                 "330482106,广陈镇,330482\n"
                                 "330482106209,山塘村,330482106\n";

static const struct imp_mapping_given GIVEN = {.source =
                                                   "key=p;origin=o;edition=1"};

static void test_shipped(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    for (const struct gaz_asset *a = IMP_PROFILE_ASSETS; a->path; a++) {
        struct imp_mapping m;
        const struct gaz_asset *found = NULL;
        CASE(a->path);
        assert_status_of(&ctx,
                         imp_mapping_parse_given(&ctx, a->path,
                                                 (const char *)a->data, a->size,
                                                 &GIVEN, &m),
                         GAZ_OK);
        assert_non_null(m.profile);
        assert_string_equal(m.source.key, "p");
        assert_true(m.key_is_fields);
        assert_status_of(
            &ctx,
            imp_profiles_find(
                &ctx,
                gaz_arena_strndup(&ctx.arena, a->path, strcspn(a->path, ".")),
                &found),
            GAZ_OK);
        assert_ptr_equal(found, a);
    }
    const struct gaz_asset *none = NULL;
    assert_status(imp_profiles_find(&ctx, "census3", &none), GAZ_NOT_FOUND);
    assert_non_null(strstr(ctx.failure, "census2, doorplate"));
    gaz_ctx_close(&ctx);
}

#define HEAD                                                                   \
    "\"source\":{\"key\":\"k\",\"title\":\"T\",\"origin\":\"o\","              \
    "\"edition\":\"1\",\"licence\":\"MIT\"},\"entry\":\"address\","

static void test_members(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        const char *word;
    } CASES[] = {
        {"no title",
         "{" HEAD "\"key\":[\"a\"],\"columns\":{\"road\":\"a\"},"
         "\"required\":[\"road\"]}",
         "\"profile\""},
        {"other names without a title",
         "{" HEAD "\"key\":[\"a\"],\"columns\":{\"road\":[\"a\",\"b\"]}}",
         "\"profile\""},
        {"required of nothing",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"road\"],"
         "\"columns\":{\"road\":\"a\"},\"required\":[\"name\"]}",
         "'name'"},
        {"key of nothing",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"town\"],"
         "\"columns\":{\"road\":\"a\"}}",
         "\"town\""},
        {"both keys",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"road\"],"
         "\"key\":[\"a\"],\"columns\":{\"road\":\"a\"}}",
         "\"key\""},
        {"a dictionary of nothing",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"road\"],"
         "\"columns\":{\"road\":\"a\"},"
         "\"dictionaries\":{\"status\":{\"a\":\"b\"}}}",
         "\"status\""},
        {"an empty dictionary",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"road\"],"
         "\"columns\":{\"road\":\"a\"},\"dictionaries\":{\"road\":{}}}",
         "\"road\""},
        {"a dictionary of numbers",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"road\"],"
         "\"columns\":{\"road\":\"a\"},\"dictionaries\":{\"road\":{\"x\":1}}}",
         "\"x\""},
        {"composed without a column",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"road\"],"
         "\"columns\":{\"road\":\"a\"},"
         "\"compose\":{\"tail\":[{\"column\":\"b\"}]}}",
         "\"tail\""},
        {"composed of nothing",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"road\"],"
         "\"columns\":{\"road\":\"a\"},\"compose\":{\"road\":[]}}",
         "\"road\""},
        {"a condition without a value",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"road\"],"
         "\"columns\":{\"road\":\"a\"},"
         "\"when\":[{\"field\":\"road\",\"required\":[\"road\"]}]}",
         "\"when\""},
        {"withhold is a text",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"road\"],"
         "\"columns\":{\"road\":\"a\"},\"withhold\":\"a\"}",
         "\"withhold\""},
        {"too many names",
         "{" HEAD "\"profile\":\"t\",\"key_fields\":[\"road\"],\"columns\":"
         "{\"road\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"]}}",
         "\"road\""},
        {"an attribute of the other kind",
         "{" HEAD "\"key\":[\"a\"],\"columns\":{\"toponym_code\":\"a\"}}",
         "\"toponym_code\""},
    };
    struct gaz_ctx ctx = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct imp_mapping m = {.key_count = -1};
        CASE(CASES[i].label);
        ctx.failure[0] = '\0';
        assert_status(imp_mapping_parse(&ctx, "m.json", CASES[i].text,
                                        strlen(CASES[i].text), &m),
                      GAZ_INVALID);
        assert_non_null(strstr(ctx.failure, CASES[i].word));
        assert_int_equal(m.key_count, -1);
    }
    static const char GOOD[] =
        "{" HEAD "\"key\":[\"a\"],\"columns\":{\"road\":\"a\"}}";
    static const struct imp_mapping_given BAD[] = {{.source = "key"},
                                                   {.source = "=x"},
                                                   {.values = "road="},
                                                   {.source = "name=x"},
                                                   {.values = "nothing=1"}};
    for (size_t i = 0; i < COUNT(BAD); i++) {
        struct imp_mapping m;
        CASE(BAD[i].source ? BAD[i].source : BAD[i].values);
        ctx.failure[0] = '\0';
        assert_status(imp_mapping_parse_given(&ctx, "m.json", GOOD,
                                              strlen(GOOD), &BAD[i], &m),
                      GAZ_INVALID);
    }
    gaz_ctx_close(&ctx);
}

/* ---- a small profile ---- */

#define PLATES(dictionary)                                                          \
    "{" SOURCE(                                                                     \
        "p") "\"profile\":\"t\",\"entry\":\"address\","                             \
             "\"crs\":\"EPSG:4490\","                                               \
             "\"key_fields\":[\"town\",\"road\",\"number\",\"tail\"],"              \
             "\"columns\":{\"address_code\":[\"编码\",\"code\"],"                 \
             "\"plate_type\":\"类型\",\"town\":[\"镇街\",\"town\"],\"road\":"   \
             "\"道路\","                                                          \
             "\"number\":\"门牌号\",\"tail\":\"楼室\",\"x\":\"经度\",\"y\":" \
             "\"纬度\","                                                          \
             "\"datum\":\"坐标系\",\"compiled_on\":\"编制\",\"valid_from\":"   \
             "\"启用\","                                                          \
             "\"citizen_id\":\"证件号\"},"                                       \
             "\"values\":{\"county\":\"平湖市\",\"accuracy_m\":\"5\"},"          \
             "\"required\":[\"town\"],"                                             \
             "\"when\":[{\"field\":\"plate_type\",\"is\":\"road\","                 \
             "\"required\":[\"road\",\"number\"]}],"                                \
             "\"dictionaries\":{\"plate_type\":{" dictionary "},"                   \
             "\"datum\":{\"2000系\":\"EPSG:4490\",\"54系\":\"EPSG:4214\"}},"      \
             "\"compose\":{\"tail\":[{\"column\":\"幢\",\"unit\":\"幢\"},"        \
             "{\"column\":\"室\",\"unit\":\"室\"}]},"                             \
             "\"dates\":[\"compiled_on\"],\"loose_dates\":[\"valid_from\"],"        \
             "\"angles\":[\"x\",\"y\"],\"unique\":[\"address_code\",\"*\"],"        \
             "\"withhold\":[\"产权人\",\"证件号\"]}"
#define WORDS "\"道路门牌\":\"road\",\"作废\":null"

static void start(struct bench *b)
{
    bench_open(b);
    assert_status_of(&b->ctx, bench_import(b, UPPER, UPPER_ROWS), GAZ_OK);
}

/* The first address whose text ends so. */
static struct gaz_address find_address(struct bench *b, const char *end)
{
    struct gaz_scan *scan = NULL;
    struct gaz_address address = {0};
    struct gaz_address found = {0};
    assert_status_of(
        &b->ctx, gaz_store_scan(&b->ctx, b->store, GAZ_SCAN_ADDRESSES, &scan),
        GAZ_OK);
    while (gaz_scan_next_address(&b->ctx, scan, &address) == GAZ_OK)
        if (gaz_text_ends_with(address.text, end))
            found = address;
    gaz_scan_close(scan);
    return found;
}

static void test_good_rows(void **state)
{
    (void)state;
    struct bench b;
    start(&b);
    assert_status_of(
        &b.ctx,
        bench_import(&b, PLATES(WORDS),
                     "code,类型,town,道路,门牌号,幢,室,经度,纬度,编制,启用,"
                     "产权人,坐标系\n"
                     "821012024200001,道路门牌, "
                     "乍浦镇　,甲测路,158,2,501,121°05′12″,30.60,"
                     "2024年5月,明代,张某,2000系\n"
                     "821012024200002,,乍浦镇,甲测路,160,裙楼,无,,,,,,\n"),
        GAZ_OK);
    assert_report(&b, 2, 2, 0, 0, 0);
    struct gaz_address a = find_address(&b, "甲测路158号2幢501室");
    assert_true(a.id != 0);
    assert_true(a.position.coord.lon > 121.0866 &&
                a.position.coord.lon < 121.0868);
    assert_int_equal(a.valid_from, 0); /* 明代 was left out */
    assert_true(find_address(&b, "甲测路160号裙楼").id != 0);
    CASE("again");
    assert_status_of(&b.ctx, bench_import_file(&b, "in.csv", NULL, false),
                     GAZ_OK);
    assert_report(&b, 2, 0, 0, 2, 0);
    CASE("another dictionary: read anew");
    bench_write(&b, "in.map.json", PLATES(WORDS ",\"农村\":\"rural\""));
    assert_status_of(&b.ctx, bench_import_file(&b, "in.csv", NULL, false),
                     GAZ_OK);
    assert_report(&b, 2, 0, 2, 0, 0); /* by their codes */
    bench_close(&b);
}

static void test_code_updates(void **state)
{
    (void)state;
    struct bench b;
    start(&b);
    assert_status_of(&b.ctx,
                     bench_import(&b, PLATES(WORDS),
                                  "code,town,道路,门牌号,经度,纬度\n"
                                  "820002024200001,乍浦镇,甲测路,1,121.1,30.6"
                                  "\n"),
                     GAZ_OK);
    gaz_id id = find_address(&b, "甲测路1号").id;
    assert_status_of(&b.ctx,
                     bench_import(&b, PLATES(WORDS),
                                  "code,town,道路,门牌号\n"
                                  "820002024200001,广陈镇,甲测路,1\n"),
                     GAZ_OK);
    assert_report(&b, 1, 0, 1, 0, 0);
    struct gaz_address a = find_address(&b, "广陈镇甲测路1号");
    assert_true(a.id == id); /* 区划 changed, the plate is the same */
    assert_true(a.position.method != GAZ_METHOD_NONE);
    bench_close(&b);
}

static void test_rejects(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *row; /* code,类型,镇街,道路,门牌号,编制,经度,纬度,坐标系 */
        const char *reject; /* behind the line */
    } CASES[] = {
        {"unknown word", "821012024200001,农村门牌,乍浦镇,甲测路,1,,,,",
         "\"类型\",I13"},
        {"refused word", "821012024200001,作废,乍浦镇,甲测路,1,,,,",
         "\"类型\",I15"},
        {"required", "821012024200001,,,甲测路,1,,,,", "\"镇街\",E1"},
        {"required by its type", "821012024200001,road,乍浦镇,甲测路,,,,,",
         "\"门牌号\",E1"},
        {"no date", "821012024200001,,乍浦镇,甲测路,1,去年,,,", "\"编制\",I14"},
        {"no angle", "821012024200001,,乍浦镇,甲测路,1,,121°65′,30.6,",
         "\"经度\",I07"},
        {"another datum", "821012024200001,,乍浦镇,甲测路,1,,121.1,30.6,54系",
         "\"坐标系\",I07"},
        {"a datum that is none",
         "821012024200001,,乍浦镇,甲测路,1,,121.1,30.6,坐标", "\"坐标系\",I13"},
        {"unknown division", "821012024200001,,甲测镇,甲测路,1,,,,", "I10"},
    };
    struct bench b;
    start(&b);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_status_of(
            &b.ctx,
            bench_import(
                &b, PLATES(WORDS),
                gaz_arena_printf(
                    &b.ctx.arena,
                    "编码,类型,镇街,道路,门牌号,编制,经度,纬度,坐标系\n%s\n",
                    CASES[i].row)),
            GAZ_OK);
        assert_int_equal(b.report.rejected, 1);
        assert_non_null(strstr(b.rejects, CASES[i].reject));
        assert_non_null(strstr(b.rejects, ",2,"));
        assert_non_null(strstr(b.rejects, CASES[i].row));
    }
    CASE("twice in a file, by code and by key");
    assert_status_of(
        &b.ctx,
        bench_import(
            &b, PLATES(WORDS),
            "编码,镇街,道路,门牌号\n"
            "821012024200001,乍浦镇,甲测路,1\n821012024200001,乍浦镇,甲测路,2\n"
            "821012024200003,乍浦镇,甲测路,1\n"),
        GAZ_OK);
    assert_report(&b, 3, 1, 0, 0, 2);
    assert_non_null(strstr(b.rejects, ",3,\"编码\",I16"));
    assert_non_null(strstr(b.rejects, ",4,\"\",I16"));
    assert_non_null(strstr(b.rejects, "第2行"));
    CASE("a whole file without a column that is required");
    assert_status(
        bench_import(&b, PLATES(WORDS), "编码,道路\n821012024200001,甲测路\n"),
        GAZ_INVALID);
    assert_non_null(strstr(b.ctx.failure, "镇街"));
    bench_close(&b);
}

static void test_withheld(void **state)
{
    (void)state;
    struct bench b;
    start(&b);
    assert_status_of(
        &b.ctx,
        bench_import(
            &b, PLATES(WORDS),
            "编码,镇街,道路,门牌号,产权人,证件号\n"
            "821012024200001,乍浦镇,甲测路,1,张某某,11010519491231002X\n"),
        GAZ_OK);
    assert_report(&b, 1, 1, 0, 0, 0);
    gaz_store_close(b.store); /* all is in the file now */
    b.store = NULL;
    struct gaz_map map;
    assert_status_of(&b.ctx, gaz_file_map(&b.ctx, bench_path(&b, "t.db"), &map),
                     GAZ_OK);
    static const char *const SECRETS[] = {"张某某", "11010519491231002X"};
    for (size_t i = 0; i < COUNT(SECRETS); i++) {
        const size_t len = strlen(SECRETS[i]);
        for (size_t at = 0; at + len <= map.size; at++)
            if (memcmp((const char *)map.data + at, SECRETS[i], len) == 0)
                fail_msg("%s was kept", SECRETS[i]);
    }
    gaz_file_unmap(&map);
    bench_close(&b);
}

/* ---- the census profile's own words ---- */

static void test_within(void **state)
{
    (void)state;
    static const char MAP[] = "{" SOURCE(
        "c") "\"profile\":\"t\",\"entry\":\"place\","
             "\"key_fields\":[\"toponym_code\"],"
             "\"columns\":{\"toponym_code\":\"代码\",\"name\":\"名称\","
             "\"category\":\"类别\",\"within\":\"所在\",\"aliases\":\"别名\","
             "\"floors\":\"层数\"},"
             "\"dictionaries\":{\"category\":{\"河流\":\"12100\"}},"
             "\"numbers\":[\"floors\"],\"lists\":[\"aliases\"]}";
    static const struct {
        const char *name;
        const char *within;
        const char *parent; /* its code; NULL: rejected */
    } CASES[] = {
        {"甲测塘", "浙江省嘉兴市平湖市乍浦镇", "330482101"},
        {"乙测塘", "平湖市乍浦镇、平湖市广陈镇", "330482"},
        {"丙测塘", "平湖市广陈镇山塘村", "330482106209"},
        {"丁测塘", "330482106", "330482106"},
        {"戊测塘", "平湖市甲测镇", NULL},
        {"己测塘", "平湖市乍浦镇、平湖市甲测镇", NULL},
    };
    struct bench b;
    start(&b);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct gaz_place place;
        struct gaz_place parent;
        CASE(CASES[i].name);
        assert_status_of(
            &b.ctx,
            bench_import(&b, MAP,
                         gaz_arena_printf(&b.ctx.arena,
                                          "代码,名称,类别,所在,别名,层数\n"
                                          "3304820001210000000%d,%s,河流,%s,"
                                          "甲别、乙别,12层\n",
                                          (int)i + 1, CASES[i].name,
                                          CASES[i].within)),
            GAZ_OK);
        assert_int_equal(b.report.rejected, CASES[i].parent ? 0 : 1);
        if (!CASES[i].parent) {
            assert_non_null(strstr(b.rejects, "\"所在\",I09"));
            continue;
        }
        assert_status_of(
            &b.ctx,
            gaz_store_place_by_code(&b.ctx, b.store,
                                    gaz_arena_printf(&b.ctx.arena,
                                                     "3304820001210000000%d",
                                                     (int)i + 1),
                                    &place),
            GAZ_OK);
        assert_string_equal(place.names[0].text, CASES[i].name);
        assert_int_equal(place.category, 12100);
        assert_status_of(
            &b.ctx, gaz_store_place(&b.ctx, b.store, place.parent, &parent),
            GAZ_OK);
        assert_string_equal(parent.code, CASES[i].parent);
        int aliases = 0;
        for (int k = 0; k < place.name_count; k++)
            aliases += place.names[k].kind == GAZ_NAME_ALIAS;
        assert_int_equal(aliases, 2);
    }
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),   cmocka_unit_test(test_members),
        cmocka_unit_test(test_good_rows), cmocka_unit_test(test_code_updates),
        cmocka_unit_test(test_rejects),   cmocka_unit_test(test_withheld),
        cmocka_unit_test(test_within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
