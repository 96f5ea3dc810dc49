/* Test plan: every vector of tests/cases/romanise.case; plain and initials as
 * spoken, and from a given spelling; text without Han, mixed text, empty text,
 * text that is not UTF-8, a name longer than any; every reading of
 * data/romanisation/readings.csv is well formed. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/romanise.h"
#include "gazetteer/standardise/words.h"
#include "tests/unit/standardise/cases.h"

struct fixture {
    struct gaz_ctx ctx;
    struct gaz_unicode *unicode;
};

static int open_fixture(void **state)
{
    struct fixture *f = gaz_malloc(sizeof(*f));
    *state = f;
    return gaz_unicode_open(&f->ctx, &f->unicode) == GAZ_OK ? 0 : -1;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;
    gaz_unicode_close(f->unicode);
    gaz_ctx_close(&f->ctx);
    gaz_free(f);
    return 0;
}

static void test_vectors(void **state)
{
    struct fixture *f = *state;
    struct cases cases;
    const char *fields[CASES_FIELDS];
    cases_open(&f->ctx, "romanise.case", &cases);
    while (cases_next(&f->ctx, &cases, fields)) {
        int64_t category = -1;
        assert_true(gaz_text_parse_int(fields[1], &category));
        struct gaz_roman roman;
        assert_status(
            gaz_romanise(&f->ctx, f->unicode, fields[0], (int)category, &roman),
            GAZ_OK);
        cases_note(&cases, fields[0], roman.text, fields[2]);
    }
    cases_close(&cases);
}

static void test_plain(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name;
        int category;
        const char *plain;
        const char *initials;
    } CASES[] = {
        {"乍浦镇", 21500, "zhapuzhen", "zpz"},
        {"吕巷镇", 21500, "lvxiangzhen", "lxz"},
        {"西安路", 23510, "xianlu", "xal"},
        {"二马路", 23510, "ermalu", "eml"},
        {"第九弄", 23510, "dijiulong", "djl"},
        {"盆儿胡同", 23510, "penrhutong", "pht"},
        {"1203高地", 13400, "1203gaodi", "1203gd"},
        {"大马路", 23510, "damalu", "dml"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].name);
        struct gaz_roman roman;
        assert_status(gaz_romanise(&f->ctx, f->unicode, CASES[i].name,
                                   CASES[i].category, &roman),
                      GAZ_OK);
        assert_string_equal(roman.plain, CASES[i].plain);
        assert_string_equal(roman.initials, CASES[i].initials);
    }
}

static void test_spelling(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text;
        const char *plain;
        const char *initials;
    } CASES[] = {
        {"Zhàpǔ Zhèn", "zhapuzhen", "zpz"},
        {"Xī'ān Lù", "xianlu", "xal"},
        {"Fāngān", "fangan", "fg"}, /* fan|gan: no apostrophe */
        {"Lǚxiàng Zhèn", "lvxiangzhen", "lxz"},
        {"Cha-p'u", "chapu", "cp"},
        {"Pénr Hútong", "penrhutong", "pht"},
        {"2 Mǎlù", "2malu", "2ml"},
        {"", "", ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        struct gaz_roman roman;
        assert_status(
            gaz_romanise_spelling(&f->ctx, f->unicode, CASES[i].text, &roman),
            GAZ_OK);
        assert_string_equal(roman.text, CASES[i].text);
        assert_string_equal(roman.plain, CASES[i].plain);
        assert_string_equal(roman.initials, CASES[i].initials);
    }
}

static void test_edges(void **state)
{
    struct fixture *f = *state;
    struct gaz_roman roman = {0};
    assert_status(gaz_romanise(&f->ctx, f->unicode, "Pinghu", 0, &roman),
                  GAZ_OK);
    assert_string_equal(roman.text, "Pinghu");
    assert_status(gaz_romanise(&f->ctx, f->unicode, "", 0, &roman), GAZ_OK);
    assert_string_equal(roman.text, "");
    roman.text = "untouched";
    assert_status(gaz_romanise(&f->ctx, f->unicode, "\xE4\xB9", 0, &roman),
                  GAZ_INVALID);
    assert_string_equal(roman.text, "untouched");
    gaz_ctx_next(&f->ctx);

    char longest[GAZ_ROMANISE_MAX_CHARS * 3 + 4] = "";
    for (int i = 0; i <= GAZ_ROMANISE_MAX_CHARS; i++)
        memcpy(longest + (size_t)i * 3, "乍", 4);
    assert_status(gaz_romanise(&f->ctx, f->unicode, longest, 0, &roman),
                  GAZ_OK);
    assert_string_equal(roman.text, longest); /* taken as it is */
    longest[GAZ_ROMANISE_MAX_CHARS * 3] = '\0';
    assert_status(gaz_romanise(&f->ctx, f->unicode, longest, 22200, &roman),
                  GAZ_OK);
    assert_true(gaz_text_starts_with(roman.text, "Zhàzhà"));
}

/* Five columns a row, a text once a category, syllables no more than
 * characters. */
static void test_readings(void **state)
{
    struct fixture *f = *state;
    const struct gaz_asset *asset =
        gaz_asset_find(gaz_words_assets, "romanisation/readings.csv");
    assert_non_null(asset);
    char *at = gaz_arena_strndup(&f->ctx.arena, (const char *)asset->data,
                                 asset->size);
    int rows = 0;
    for (char *line = at; line && *line; rows++) {
        char *eol = strchr(line, '\n');
        if (eol)
            *eol = '\0';
        int commas = 0;
        for (const char *c = line; *c; c++)
            commas += *c == ',';
        if (commas != 4 || strchr(line, '"'))
            fail_msg("readings.csv, row %d: %s", rows + 1, line);
        char *comma = strchr(line, ',');
        *comma = '\0';
        size_t chars = gaz_text_count(line, strlen(line));
        char *reading = comma + 1;
        *strchr(reading, ',') = '\0';
        size_t syllables = 1;
        for (const char *c = reading; *c; c++)
            syllables += *c == ' ';
        assert_true(reading[0] != '\0');
        assert_true(syllables <= chars);
        line = eol ? eol + 1 : NULL;
    }
    assert_true(rows > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_vectors, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_plain, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_spelling, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_edges, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_readings, open_fixture,
                                        close_fixture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
