/* Test plan: folding by a table (width, Traditional, what must stay, variants),
 * the map back to the input, idempotence over every character of the BMP and
 * over random text, the quick test never wrong, text that is not UTF-8, the
 * size limit; readings, tone marks dropped; words of the dictionary; several
 * threads at once. */
#include "tests/unit/test.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/unicode.h"

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

static const char *fold(struct fixture *f, const char *text)
{
    const char *out = NULL;
    size_t size = 0;
    assert_status_of(&f->ctx,
                     gaz_unicode_fold(&f->ctx, f->unicode, text, strlen(text),
                                      &out, &size, NULL),
                     GAZ_OK);
    assert_int_equal(strlen(out), size);
    return out;
}

static void test_fold(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text;
        const char *want;
    } CASES[] = {
        {"", ""},
        {"abc ABC 123", "abc ABC 123"},
        {"平湖市乍浦镇", "平湖市乍浦镇"},
        {"１２３號", "123号"},
        {"嘉興獨山港鎮", "嘉兴独山港镇"},
        {"廣陳鎮", "广陈镇"},
        {"新倉鎮", "新仓镇"},
        {"鐘埭街道", "钟埭街道"},
        {"鍾埭", "钟埭"},
        {"锺埭", "钟埭"},
        {"鄉區樓棟層", "乡区楼栋层"},
        {"單元", "单元"},
        {"（北）", "(北)"},
        {"　ａ", " a"},
        {"Ⅱ㎡", "IIm2"},
        /* proper in Simplified names: they stay */
        {"乾县", "乾县"},
        {"於潜", "於潜"},
        {"藉河", "藉河"},
        {"泖溇甪厍埭浜圩泾", "泖溇甪厍埭浜圩泾"},
        {"後街", "后街"},
        {"水垻", "水坝"},
        /* a letter and its accent compose */
        {"Zha\xCC\x80pu", "Zh\xC3\xA0pu"},
        {"𠀀", "𠀀"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        assert_string_equal(fold(f, CASES[i].text), CASES[i].want);
        assert_string_equal(fold(f, CASES[i].want), CASES[i].want);
    }
}

static void test_map(void **state)
{
    struct fixture *f = *state;
    static const char TEXT[] = "Ａ鎮e\xCC\x81㎡z";
    const char *out = NULL;
    size_t size = 0;
    const int *map = NULL;
    assert_status(gaz_unicode_fold(&f->ctx, f->unicode, TEXT, strlen(TEXT),
                                   &out, &size, &map),
                  GAZ_OK);
    assert_string_equal(out, "A镇\xC3\xA9m2z");
    static const int WANT[] = {0, 3, 3, 3, 6, 6, 9, 9, 12, 13};
    assert_int_equal(size + 1, COUNT(WANT));
    for (size_t i = 0; i <= size; i++)
        assert_int_equal(map[i], WANT[i]);
    /* The quick way has a map too. */
    assert_status(
        gaz_unicode_fold(&f->ctx, f->unicode, "a乍", 4, &out, &size, &map),
        GAZ_OK);
    for (int i = 0; i <= 4; i++)
        assert_int_equal(map[i], i);
}

static void test_whole_plane(void **state)
{
    struct fixture *f = *state;
    for (uint32_t c = 1; c < 0x10000; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char text[5] = "";
        size_t len = gaz_text_encode(c, text);
        const char *once = fold(f, text);
        const char *twice = fold(f, once);
        if (strcmp(once, twice) != 0)
            fail_msg("U+%04X folds to %s and then %s", c, once, twice);
        if (gaz_unicode_is_folded(f->unicode, text, len) &&
            strcmp(once, text) != 0)
            fail_msg("U+%04X is called folded but gives %s", c, once);
        gaz_arena_reset(&f->ctx.arena);
    }
}

static uint64_t seed(void)
{
    const char *given = getenv("GAZ_TEST_SEED");
    int64_t value = 20240501;
    if (given)
        (void)gaz_text_parse_int(given, &value);
    print_message("           seed: %lld\n", (long long)value);
    return (uint64_t)value;
}

static uint32_t next_random(uint64_t *at)
{
    *at = *at * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(*at >> 33);
}

static void test_random(void **state)
{
    struct fixture *f = *state;
    uint64_t random = seed();
    for (int round = 0; round < 3000; round++) {
        char text[96] = "";
        size_t size = 0;
        int letters = (int)(next_random(&random) % 20);
        for (int i = 0; i < letters; i++) {
            static const uint32_t PLANES[] = {0x80,   0x400,   0x3100,
                                              0xFFFF, 0x10000, 0x2FFFF};
            uint32_t c =
                1 + next_random(&random) % PLANES[next_random(&random) % 6];
            size += gaz_text_encode(c, text + size);
        }
        text[size] = '\0';
        const char *once = fold(f, text);
        assert_string_equal(fold(f, once), once);
        gaz_arena_reset(&f->ctx.arena);
    }
}

static void test_refused(void **state)
{
    struct fixture *f = *state;
    const char *out = "untouched";
    size_t size = 7;
    assert_status(
        gaz_unicode_fold(&f->ctx, f->unicode, "a\xFF", 2, &out, &size, NULL),
        GAZ_INVALID);
    assert_string_equal(out, "untouched");
    assert_int_equal(size, 7);
    gaz_ctx_next(&f->ctx);
    char *large = gaz_malloc(GAZ_UNICODE_MAX_BYTES + 1);
    memset(large, 'a', GAZ_UNICODE_MAX_BYTES + 1);
    assert_status(gaz_unicode_fold(&f->ctx, f->unicode, large,
                                   GAZ_UNICODE_MAX_BYTES + 1, &out, &size,
                                   NULL),
                  GAZ_LIMIT);
    assert_status(gaz_unicode_fold(&f->ctx, f->unicode, large,
                                   GAZ_UNICODE_MAX_BYTES, &out, &size, NULL),
                  GAZ_OK);
    gaz_free(large);
}

static void test_readings(void **state)
{
    struct fixture *f = *state;
    const char *out = NULL;
    assert_status(gaz_unicode_pinyin(&f->ctx, f->unicode, "乍浦A区", &out),
                  GAZ_OK);
    assert_string_equal(out, "zhà pǔ A qū");
    assert_status(gaz_unicode_pinyin(&f->ctx, f->unicode, "", &out), GAZ_OK);
    assert_string_equal(out, "");
    assert_status(gaz_unicode_ascii(&f->ctx, f->unicode, "Lǚxiàng Zhèn", &out),
                  GAZ_OK);
    assert_string_equal(out, "lvxiang zhen");
    assert_status(gaz_unicode_ascii(&f->ctx, f->unicode, "\xFF", &out),
                  GAZ_INVALID);
    char reading[GAZ_READING_BYTES];
    assert_true(gaz_unicode_reading(f->unicode, 0x57ED, reading)); /* 埭 */
    assert_string_equal(reading, "dài");
    assert_true(gaz_unicode_reading(f->unicode, 0x57ED, reading));
    assert_string_equal(reading, "dài"); /* the cached one */
    assert_false(gaz_unicode_reading(f->unicode, 'a', reading));
}

enum { THREADS = 4 };

/* No assertion in a thread: cmocka jumps. */
static void *work(void *result)
{
    struct gaz_ctx ctx = {0};
    struct gaz_unicode *unicode = NULL;
    bool *good = result;
    *good = gaz_unicode_open(&ctx, &unicode) == GAZ_OK;
    for (int i = 0; i < 200 && *good; i++) {
        const char *out = NULL;
        size_t size = 0;
        size_t starts[4];
        *good = gaz_unicode_words(unicode, "平湖市", 9, starts, 4) == 2 &&
                gaz_unicode_fold(&ctx, unicode, "獨山港鎮", 12, &out, &size,
                                 NULL) == GAZ_OK &&
                strcmp(out, "独山港镇") == 0 &&
                gaz_unicode_pinyin(&ctx, unicode, out, &out) == GAZ_OK &&
                strcmp(out, "dú shān gǎng zhèn") == 0;
        gaz_ctx_next(&ctx);
    }
    gaz_unicode_close(unicode);
    gaz_ctx_close(&ctx);
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    bool good[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, &good[i]), 0);
    for (int i = 0; i < THREADS; i++)
        (void)pthread_join(threads[i], NULL);
    for (int i = 0; i < THREADS; i++)
        assert_true(good[i]);
}

/* The words as "平湖|市": where each begins, never inside a character. */
static void test_words(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text;
        const char *words;
        int max;
    } CASES[] = {
        {"毛泽东同志", "毛泽东|同志", 9},
        {"平湖市青少年", "平湖|市|青少年", 9},
        {"平湖市青少年", "平湖|市青少年", 2},
        {"新仓", "新|仓", 9}, /* not in the dictionary */
        {"纪念馆", "纪念|馆", 9},
        {"", "", 9},
        {"馆", "馆", 9},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        size_t starts[9];
        size_t size = strlen(CASES[i].text);
        int count = gaz_unicode_words(f->unicode, CASES[i].text, size, starts,
                                      CASES[i].max);
        char joined[64] = "";
        size_t at = 0;
        for (int word = 0; word < count; word++) {
            size_t end = word + 1 < count ? starts[word + 1] : size;
            if (word > 0)
                joined[at++] = '|';
            memcpy(joined + at, CASES[i].text + starts[word],
                   end - starts[word]);
            at += end - starts[word];
        }
        joined[at] = '\0';
        assert_string_equal(joined, CASES[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads), /* first: it makes the shared tables */
        cmocka_unit_test_setup_teardown(test_fold, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_map, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_whole_plane, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_random, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_refused, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_readings, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_words, open_fixture,
                                        close_fixture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
