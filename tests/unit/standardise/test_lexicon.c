/* Test plan: longest and all matches against brute force over random words and
 * texts; the same words in any order give the same bytes; kinds of one text are
 * joined; empty lexicon; words too long are left out; a damaged table is
 * refused or at least searched without harm, byte by byte; the word lists of
 * the binary. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/lexicon.h"
#include "gazetteer/standardise/words.h"

enum { MAX_BYTES = 1 << 20 };

static uint64_t random_state = 7;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(random_state >> 33) % below;
}

/* A text of a few characters that often begin each other. */
static char *random_text(struct gaz_arena *arena, uint32_t max)
{
    static const char *const LETTERS[] = {"乍", "浦", "镇", "a", "é"};
    char *text = gaz_arena_alloc(arena, (size_t)max * 3 + 4);
    size_t size = 0;
    for (uint32_t i = 1 + next_random(max); i > 0; i--) {
        const char *letter = LETTERS[next_random(COUNT(LETTERS))];
        memcpy(text + size, letter, strlen(letter));
        size += strlen(letter);
    }
    return text;
}

static void test_brute_force(void **state)
{
    (void)state;
    enum { WORDS = 200 };
    struct gaz_ctx ctx = {0};
    for (int round = 0; round < 30; round++) {
        struct gaz_lexicon_entry entries[WORDS];
        for (int i = 0; i < WORDS; i++)
            entries[i] = (struct gaz_lexicon_entry){random_text(&ctx.arena, 5),
                                                    1U << next_random(8)};
        struct gaz_buffer table;
        gaz_buffer_open(&table, MAX_BYTES);
        gaz_lexicon_build(entries, WORDS, &table);
        struct gaz_lexicon lexicon;
        assert_status_of(
            &ctx, gaz_lexicon_open(&ctx, table.data, table.size, &lexicon),
            GAZ_OK);
        for (int i = 0; i < 200; i++) {
            const char *text = random_text(&ctx.arena, 8);
            struct gaz_word want[16];
            int count = 0;
            for (size_t size = 1; size <= strlen(text); size++) {
                uint32_t kinds = 0;
                for (int w = 0; w < WORDS; w++)
                    if (strlen(entries[w].text) == size &&
                        memcmp(entries[w].text, text, size) == 0)
                        kinds |= entries[w].kinds;
                if (kinds)
                    want[count++] = (struct gaz_word){size, kinds};
            }
            struct gaz_word got[16];
            assert_int_equal(
                gaz_lexicon_matches(&lexicon, text, strlen(text), got, 16),
                count);
            struct gaz_word longest = {0, 0};
            assert_int_equal(
                gaz_lexicon_longest(&lexicon, text, strlen(text), &longest),
                count > 0);
            for (int k = 0; k < count; k++) {
                assert_int_equal(got[k].size, want[k].size);
                assert_int_equal(got[k].kinds, want[k].kinds);
            }
            if (count > 0)
                assert_int_equal(longest.size, want[count - 1].size);
        }
        gaz_buffer_close(&table);
        gaz_ctx_next(&ctx);
    }
    gaz_ctx_close(&ctx);
}

static void test_same_bytes(void **state)
{
    (void)state;
    static const struct gaz_lexicon_entry A[] = {
        {"乍浦镇", GAZ_WORD_TOWN}, {"乍浦", GAZ_WORD_SHORT}, {"平湖", 4}};
    static const struct gaz_lexicon_entry B[] = {
        {"平湖", 4}, {"乍浦", GAZ_WORD_SHORT}, {"乍浦镇", GAZ_WORD_TOWN}};
    struct gaz_buffer a;
    struct gaz_buffer b;
    gaz_buffer_open(&a, MAX_BYTES);
    gaz_buffer_open(&b, MAX_BYTES);
    gaz_lexicon_build(A, COUNT(A), &a);
    gaz_lexicon_build(B, COUNT(B), &b);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
    gaz_buffer_close(&a);
    gaz_buffer_close(&b);
}

static void test_edges(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_buffer table;
    struct gaz_lexicon lexicon = {0};
    struct gaz_word word;
    assert_false(gaz_lexicon_longest(&lexicon, "a", 1, &word)); /* {0} */
    gaz_buffer_open(&table, MAX_BYTES);
    gaz_lexicon_build(NULL, 0, &table);
    assert_status(gaz_lexicon_open(&ctx, table.data, table.size, &lexicon),
                  GAZ_OK);
    assert_false(gaz_lexicon_longest(&lexicon, "a", 1, &word));
    gaz_buffer_clear(&table);

    char large[300];
    memset(large, 'x', sizeof(large) - 1);
    large[sizeof(large) - 1] = '\0';
    const struct gaz_lexicon_entry entries[] = {
        {large, 1}, {"", 1}, {"甲", 1}, {"甲", 2}};
    gaz_lexicon_build(entries, COUNT(entries), &table);
    assert_status(gaz_lexicon_open(&ctx, table.data, table.size, &lexicon),
                  GAZ_OK);
    assert_false(gaz_lexicon_longest(&lexicon, large, strlen(large), &word));
    assert_true(gaz_lexicon_longest(&lexicon, "甲乙", 6, &word));
    assert_int_equal(word.kinds, 3);
    assert_int_equal(word.size, 3);
    gaz_buffer_close(&table);
    gaz_ctx_close(&ctx);
}

/* Each byte of a small table in turn is made wrong. */
static void test_damage(void **state)
{
    (void)state;
    static const struct gaz_lexicon_entry ENTRIES[] = {
        {"乍浦镇", GAZ_WORD_TOWN}, {"乍浦", GAZ_WORD_SHORT}, {"平湖", 4}};
    struct gaz_ctx ctx = {0};
    struct gaz_buffer table;
    gaz_buffer_open(&table, MAX_BYTES);
    gaz_lexicon_build(ENTRIES, COUNT(ENTRIES), &table);
    struct gaz_lexicon lexicon;
    int refused = 0;
    for (size_t at = 0; at < table.size; at++) {
        /* In memory of its exact size, so that a read past it is seen. */
        unsigned char *copy = gaz_malloc(table.size);
        memcpy(copy, table.data, table.size);
        copy[at] ^= 0xFF;
        struct gaz_word word;
        if (gaz_lexicon_open(&ctx, copy, table.size, &lexicon) == GAZ_OK)
            (void)gaz_lexicon_longest(&lexicon, "乍浦镇", 9, &word);
        else
            refused++;
        gaz_ctx_next(&ctx);
        gaz_free(copy);
    }
    assert_true(refused > 0);
    for (size_t size = 0; size < table.size; size++) {
        assert_status(gaz_lexicon_open(&ctx, table.data, size, &lexicon),
                      GAZ_INVALID);
        gaz_ctx_next(&ctx);
    }
    gaz_buffer_close(&table);
    gaz_ctx_close(&ctx);
}

static void test_word_lists(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t kinds;
    } CASES[] = {
        {"浙江省", GAZ_WORD_PROVINCE},
        {"浙江", GAZ_WORD_PROVINCE | GAZ_WORD_SHORT},
        {"嘉兴市", GAZ_WORD_CITY},
        {"平湖市", GAZ_WORD_COUNTY},
        {"金山区", GAZ_WORD_COUNTY},
        {"费县", GAZ_WORD_COUNTY},
        {"街道", GAZ_WORD_TOWN | GAZ_WORD_GENERIC},
        {"电联", GAZ_WORD_NOISE},
        {"对面", GAZ_WORD_ASSIST},
        {"烈士", GAZ_WORD_MODIFIER},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        struct gaz_word word = {0, 0};
        size_t size = strlen(CASES[i].text);
        assert_true(gaz_lexicon_longest(gaz_words_lexicon(), CASES[i].text,
                                        size, &word));
        assert_int_equal(word.size, size);
        assert_int_equal(word.kinds & CASES[i].kinds, CASES[i].kinds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_brute_force), cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_edges),       cmocka_unit_test(test_damage),
        cmocka_unit_test(test_word_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
