/* Test plan: the names of a village, community, town and county by a table;
 * the validity rule (a row's span is its name's); level and category by code
 * and name; positions; lists of names; addresses from text and from columns;
 * claims and changes; keys; standardising a standard name changes nothing;
 * fields that are not UTF-8; records of random fields give entries. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/standardise.h"

struct fixture {
    struct gaz_ctx ctx;
    struct gaz_standardiser *s;
};

static int open_fixture(void **state)
{
    struct fixture *f = gaz_malloc(sizeof(*f));
    *state = f;
    return gaz_standardiser_open(&f->ctx, NULL, &f->s) == GAZ_OK ? 0 : -1;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;
    gaz_standardiser_close(f->s);
    gaz_ctx_close(&f->ctx);
    gaz_free(f);
    return 0;
}

enum { FIELDS_MAX = 12 };

/* Standardises a record of name, value, name, value, NULL. */
static struct gaz_entry entry_of(struct fixture *f, gaz_entry_kind kind,
                                 const char *const *pairs)
{
    struct gaz_field fields[FIELDS_MAX];
    struct gaz_record record = {.kind = kind, .key = "k", .fields = fields};
    for (int i = 0; pairs[i * 2]; i++)
        fields[record.field_count++] =
            (struct gaz_field){pairs[i * 2], pairs[i * 2], pairs[i * 2 + 1]};
    struct gaz_entry entry;
    assert_status_of(&f->ctx, gaz_standardise(&f->ctx, f->s, &record, &entry),
                     GAZ_OK);
    assert_int_equal(entry.kind, kind);
    return entry;
}

#define PAIRS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct gaz_name *find(const struct gaz_place *place,
                                   gaz_name_kind kind)
{
    for (int i = 0; i < place->name_count; i++)
        if (place->names[i].kind == kind)
            return &place->names[i];
    return NULL;
}

static void assert_name(const struct gaz_place *place, gaz_name_kind kind,
                        const char *want)
{
    const struct gaz_name *name = find(place, kind);
    if (want) {
        assert_non_null(name);
        assert_string_equal(name->text, want);
    } else if (name) {
        fail_msg("name '%s' of kind %d was not wanted", name->text, kind);
    }
}

static void test_names(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *code;
        const char *name;
        const char *standard;
        const char *official;
        const char *short_form;
        int category;
        const char *roman;
    } CASES[] = {
        {"330482108217", "衙前村村民委员会", "衙前村", "衙前村村民委员会",
         "衙前", 21610, "Yáqiáncūn"},
        {"330482108217", "中华村委会", "中华村", "中华村委会", "中华", 21610,
         "Zhōnghuácūn"},
        {"330482002001", "钟埭社区居民委员会", "钟埭社区", "钟埭社区居民委员会",
         "钟埭", 21620, "Zhōngdài Shèqū"},
        {"310116001002", "三村居委会", "三村居委会", NULL, "三村", 21620,
         "Sāncūn Jūwěihuì"},
        {"310116001002", "三村", "三村", NULL, NULL, 21620, "Sāncūn"},
        {"330424104200", "后岗村村村民委员会", "后岗村村", "后岗村村村民委员会",
         "后岗村", 21610, "Hòugǎngcūncūn"},
        {"330424104200", "油车村村委会", "油车村", "油车村村委会", "油车",
         21610, "Yóuchēcūn"},
        {"330482108217", "衙前村", "衙前村", NULL, "衙前", 21610, "Yáqiáncūn"},
        {"330482106201", "王村", "王村", NULL, NULL, 21610, "Wángcūn"},
        {"310117002001", "南拓展居委会（筹）", "南拓展居委会",
         "南拓展居委会(筹)", "南拓展", 21620, "Nántuòzhǎn Jūwěihuì"},
        {"310120001006", "奉城社区第六居委会", "奉城社区第六居委会", NULL, NULL,
         21620, "Fèngchéngshèqūdìliù Jūwěihuì"},
        {"330424003001", "海盐县秦山街道长丰社区居民委员会", "长丰社区",
         "海盐县秦山街道长丰社区居民委员会", "长丰", 21620, "Chángfēng Shèqū"},
        {"330482101203", "村民委员会", "村民委员会", NULL, NULL, 21610, NULL},
        {"330482101", "乍浦镇", "乍浦镇", NULL, "乍浦", 21500, "Zhàpǔ Zhèn"},
        {"330482108", "獨山港鎮", "独山港镇", NULL, "独山港", 21500,
         "Dúshāngǎng Zhèn"},
        {"330482001", "当湖街道", "当湖街道", NULL, "当湖", 21500,
         "Dānghú Jiēdào"},
        {"310116503", "上海湾区高新技术产业开发区",
         "上海湾区高新技术产业开发区", NULL, NULL, 21730, NULL},
        {"330482", "平湖市", "平湖市", NULL, "平湖", 21400, "Pínghú Shì"},
        {"130729", "费县", "费县", NULL, NULL, 21400, "Fèi Xiàn"},
        {"33", "浙江省", "浙江省", NULL, "浙江", 21200, "Zhèjiāng Shěng"},
        {"45", "广西壮族自治区", "广西壮族自治区", NULL, "广西", 21200,
         "Guǎngxī Zhuàngzú Zìzhìqū"},
        {"3304", "嘉兴市", "嘉兴市", NULL, "嘉兴", 21300, "Jiāxīng Shì"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].name);
        struct gaz_entry entry =
            entry_of(f, GAZ_ENTRY_PLACE,
                     PAIRS("code", CASES[i].code, "name", CASES[i].name));
        const struct gaz_place *place = &entry.place;
        assert_name(place, GAZ_NAME_STANDARD, CASES[i].standard);
        assert_name(place, GAZ_NAME_OFFICIAL, CASES[i].official);
        assert_name(place, GAZ_NAME_SHORT, CASES[i].short_form);
        assert_int_equal(place->category, CASES[i].category);
        assert_ptr_equal(&place->names[0], find(place, GAZ_NAME_STANDARD));
        if (CASES[i].roman)
            assert_string_equal(place->names[0].roman, CASES[i].roman);
        /* The standard name is its own standard name. */
        entry =
            entry_of(f, GAZ_ENTRY_PLACE,
                     PAIRS("code", CASES[i].code, "name", CASES[i].standard));
        assert_name(&entry.place, GAZ_NAME_STANDARD, CASES[i].standard);
        assert_name(&entry.place, GAZ_NAME_SHORT, CASES[i].short_form);
        gaz_ctx_next(&f->ctx);
    }
}

static void test_validity(void **state)
{
    struct fixture *f = *state;
    struct gaz_entry e =
        entry_of(f, GAZ_ENTRY_PLACE,
                 PAIRS("code", "330482108217", "name", "衙前村村民委员会",
                       "valid_from", "2017", "basis", "edition"));
    for (int i = 0; i < e.place.name_count; i++) {
        assert_int_equal(e.place.names[i].valid_from, 20170000);
        assert_int_equal(e.place.names[i].basis, GAZ_BASIS_EDITION);
    }
    assert_int_equal(e.place.valid_from, GAZ_DATE_OPEN);
    assert_int_equal(e.place.basis, GAZ_BASIS_NONE);

    e = entry_of(f, GAZ_ENTRY_PLACE,
                 PAIRS("code", "330482108217", "name", "建中村村民委员会",
                       "kind", "former", "valid_to", "2017"));
    assert_name(&e.place, GAZ_NAME_STANDARD, NULL);
    assert_name(&e.place, GAZ_NAME_FORMER, "建中村");
    assert_int_equal(e.place.names[0].valid_to, 20170000);
    assert_int_equal(e.place.valid_to, GAZ_DATE_OPEN);
    assert_int_equal(e.place.status, GAZ_STATUS_CURRENT);

    e = entry_of(f, GAZ_ENTRY_PLACE,
                 PAIRS("code", "330482104", "name", "黄姑镇", "valid_to",
                       "2009", "basis", "document", "status", "historical"));
    assert_int_equal(e.place.valid_to, 20090000);
    assert_int_equal(e.place.basis, GAZ_BASIS_DOCUMENT);
    assert_int_equal(e.place.status, GAZ_STATUS_HISTORICAL);
}

static void test_place_fields(void **state)
{
    struct fixture *f = *state;
    struct gaz_entry e = entry_of(
        f, GAZ_ENTRY_PLACE,
        PAIRS("code", "330482101", "name", " 乍 浦 镇 ", "aliases",
              "乍浦港;东方大港", "former", "乍川;", "variants", "Cha-p'u;Chapu",
              "roman", "Zhàpǔ", "meaning", "x", "statistical", "1"));
    assert_int_equal(e.place.level, GAZ_LEVEL_TOWN);
    assert_string_equal(e.place.names[0].text, "乍浦镇");
    assert_string_equal(e.place.names[0].roman, "Zhàpǔ");
    assert_name(&e.place, GAZ_NAME_ALIAS, "乍浦港");
    assert_name(&e.place, GAZ_NAME_FORMER, "乍川");
    assert_name(&e.place, GAZ_NAME_VARIANT, "Cha-p'u");
    assert_null(find(&e.place, GAZ_NAME_VARIANT)->roman);
    assert_non_null(find(&e.place, GAZ_NAME_FORMER)->roman);
    assert_int_equal(e.place.name_count, 7);
    assert_string_equal(e.place.meaning, "x");
    assert_true(e.place.is_statistical);
    assert_int_equal(e.place.position.method, GAZ_METHOD_NONE);

    /* A road has no level, no short form, and is spelled apart. */
    e = entry_of(f, GAZ_ENTRY_PLACE,
                 PAIRS("name", "新华南路", "category", "23510"));
    assert_int_equal(e.place.level, GAZ_LEVEL_NONE);
    assert_int_equal(e.place.name_count, 1);
    assert_string_equal(e.place.names[0].roman, "Xīnhuá Nánlù");

    /* `subject` joins another place; no name is no name. */
    e = entry_of(f, GAZ_ENTRY_PLACE,
                 PAIRS("subject", "330482101", "meaning", "y"));
    assert_string_equal(e.place.code, "330482101");
    assert_int_equal(e.place.name_count, 0);
    assert_int_equal(e.place.level, GAZ_LEVEL_TOWN);
}

static void test_position(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *method;
        const char *synthetic;
        gaz_method want;
    } CASES[] = {
        {"surveyed", "", GAZ_METHOD_SURVEYED},
        {"", "", GAZ_METHOD_GAZETTEER},
        {"", "1", GAZ_METHOD_SYNTHETIC},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct gaz_field fields[] = {
            {"name", "name", "乍浦镇"},
            {"method", "method", CASES[i].method},
            {"synthetic", "synthetic", CASES[i].synthetic},
            {"accuracy_m", "accuracy_m", "500"}};
        const struct gaz_record record = {.kind = GAZ_ENTRY_PLACE,
                                          .key = "k",
                                          .fields = fields,
                                          .field_count = COUNT(fields),
                                          .has_point = true,
                                          .point = {121.09, 30.6}};
        struct gaz_entry e;
        assert_status(gaz_standardise(&f->ctx, f->s, &record, &e), GAZ_OK);
        assert_int_equal(e.place.position.method, CASES[i].want);
        assert_near(e.place.position.coord.lon, 121.09, 0);
        assert_near(e.place.position.accuracy_m, 500, 0);
    }
}

static void test_addresses(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text;
        const char *parent;
        int category;
        const char *number;
        int value;
        const char *tail;
        const char *standard;
    } CASES[] = {
        {"浙江省嘉兴市平湖市新仓镇朝阳路１５８號", "朝阳路", 23510, "158号",
         158, "", "浙江省嘉兴市平湖市新仓镇朝阳路158号"},
        {"平湖市钟埭街道钟埭社区下塘街4号", "下塘街", 23510, "4号", 4, "",
         "平湖市钟埭街道下塘街4号"},
        {"大桥镇八里村八里村159号", "八里村", 22200, "159号", 159, "",
         "大桥镇八里村八里村159号"},
        {"朱泾镇五龙村6001号", "五龙村", 21610, "6001号", 6001, "",
         "朱泾镇五龙村6001号"},
        {"七星街道梅湘园1幢609室", "梅湘园", 22100, "1幢", 1, "609室",
         "七星街道梅湘园1幢609室"},
        {"新风路123弄4号501室", "新风路123弄", 23510, "4号", 4, "501室",
         "新风路123弄4号501室"},
        {"朝阳路第十二号", "朝阳路", 23510, "12号", 12, "", "朝阳路12号"},
        {"朝阳路101-103号", "朝阳路", 23510, "101-103号", 101, "",
         "朝阳路101-103号"},
        {"朝阳路", "朝阳路", 23510, "", 0, "", "朝阳路"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        struct gaz_entry e =
            entry_of(f, GAZ_ENTRY_ADDRESS, PAIRS("text", CASES[i].text));
        assert_string_equal(e.components[5], CASES[i].parent);
        assert_int_equal(e.parent_category, CASES[i].category);
        assert_string_equal(e.address.number, CASES[i].number);
        assert_int_equal(e.address.number_value, CASES[i].value);
        assert_string_equal(e.address.tail, CASES[i].tail);
        assert_string_equal(e.address.text, CASES[i].standard);
        /* The standard text is its own standard text. */
        e = entry_of(f, GAZ_ENTRY_ADDRESS, PAIRS("text", CASES[i].standard));
        assert_string_equal(e.address.text, CASES[i].standard);
    }
}

static void test_address_columns(void **state)
{
    struct fixture *f = *state;
    struct gaz_entry e =
        entry_of(f, GAZ_ENTRY_ADDRESS,
                 PAIRS("county", "平湖市", "town", "新倉鎮", "community",
                       "杉青港村", "hamlet", "陈家浜", "number", "7"));
    assert_string_equal(e.address.text, "平湖市新仓镇杉青港村陈家浜7号");
    assert_int_equal(e.parent_category, GAZ_CATEGORY_HAMLET);
    e = entry_of(f, GAZ_ENTRY_ADDRESS,
                 PAIRS("county", "平湖市", "town", "新仓镇", "community",
                       "新仓社区", "road", "朝阳路", "number", "158号", "tail",
                       "2幢", "synthetic", "1"));
    assert_string_equal(e.address.text, "平湖市新仓镇朝阳路158号2幢");
    assert_string_equal(e.components[4], "新仓社区");
    assert_null(e.components[0]);
    assert_true(e.address.is_synthetic);
    e = entry_of(f, GAZ_ENTRY_ADDRESS, PAIRS("x", "y"));
    assert_string_equal(e.address.text, "");
    assert_string_equal(e.address.number, "");
}

static void test_others(void **state)
{
    struct fixture *f = *state;
    struct gaz_entry e =
        entry_of(f, GAZ_ENTRY_CLAIM,
                 PAIRS("subject", "330482101", "property", "built",
                       "value_date", "1717", "preferred", "1", "grade", "A"));
    assert_string_equal(e.claim.property, "built");
    assert_string_equal(e.claim.value_date, "1717");
    assert_true(e.claim.is_preferred);
    assert_null(e.claim.value);
    e = entry_of(f, GAZ_ENTRY_CHANGE,
                 PAIRS("kind", "merge", "date", "2009", "from_code",
                       "330482104", "to_code", "330482108"));
    assert_int_equal(e.change.kind, GAZ_CHANGE_MERGE);
    assert_int_equal(e.change.date, 20090000);
    assert_int_equal(e.change.basis, GAZ_BASIS_DOCUMENT);
    assert_string_equal(e.change.to_code, "330482108");

    const struct gaz_field bad[] = {{"name", "名称", "\xFF"}};
    const struct gaz_record record = {
        .kind = GAZ_ENTRY_PLACE, .key = "k", .fields = bad, .field_count = 1};
    assert_status(gaz_standardise(&f->ctx, f->s, &record, &e), GAZ_INVALID);
    assert_string_equal(gaz_ctx_failure(&f->ctx), "column '名称' is not UTF-8");
}

static void test_keys(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text;
        const char *key;
    } CASES[] = {
        {"乍浦镇", "乍浦镇"},
        {" 乍浦 镇 ", "乍浦镇"},
        {"乍浦（镇）", "乍浦镇"},
        {"獨山港鎮", "独山港镇"},
        {"Zhàpǔ Zhèn", "zhàpǔzhèn"},
        {"Cha-p'u", "chapu"},
        {"Ａ座１２號", "a座12号"},
        {"三八路", "三八路"},
        {"、。—", ""},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        const char *key = NULL;
        struct gaz_unicode *unicode = gaz_standardiser_unicode(f->s);
        assert_status(
            gaz_standardise_key(&f->ctx, unicode, CASES[i].text, &key), GAZ_OK);
        assert_string_equal(key, CASES[i].key);
        assert_status(gaz_standardise_key(&f->ctx, unicode, key, &key), GAZ_OK);
        assert_string_equal(key, CASES[i].key);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_names, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_validity, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_place_fields, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_position, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_addresses, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_address_columns, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_others, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_keys, open_fixture, close_fixture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
