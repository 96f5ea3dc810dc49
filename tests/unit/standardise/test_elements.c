/* Test plan: the addresses of tests/cases/parse.case; offsets in code points
 * and bytes agree; for random, mutated and damaged text the elements are in
 * bounds, in order, disjoint, not empty and on character boundaries; text past
 * the limit ends in one redundant element, more elements than fit likewise;
 * numerals as numbers. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/text.h"
#include "gazetteer/standardise/elements.h"
#include "gazetteer/standardise/numerals.h"
#include "gazetteer/standardise/words.h"
#include "tests/unit/standardise/cases.h"

enum { NAMES_MAX = 64, TABLE_BYTES = 1 << 20 };

/* The lexicon that "name" lines of the case file build up. */
struct names {
    struct gaz_lexicon_entry items[NAMES_MAX];
    size_t count;
    struct gaz_buffer table;
    struct gaz_lexicon lexicon;
};

static uint32_t kinds_named(const char *words)
{
    static const struct {
        const char *name;
        uint32_t kind;
    } KINDS[] = {{"town", GAZ_WORD_TOWN},     {"village", GAZ_WORD_VILLAGE},
                 {"road", GAZ_WORD_ROAD},     {"estate", GAZ_WORD_ESTATE},
                 {"hamlet", GAZ_WORD_HAMLET}, {"short", GAZ_WORD_SHORT}};
    uint32_t kinds = 0;
    for (size_t i = 0; i < COUNT(KINDS); i++)
        if (strstr(words, KINDS[i].name))
            kinds |= KINDS[i].kind;
    assert_true(kinds != 0);
    return kinds;
}

/* Adds "name TEXT kinds"; returns false when the line is none. */
static bool add_name(struct gaz_ctx *ctx, struct names *names, const char *line)
{
    if (!gaz_text_starts_with(line, "name "))
        return false;
    const char *text = line + strlen("name ");
    const char *blank = strchr(text, ' ');
    assert_non_null(blank);
    assert_true(names->count < NAMES_MAX);
    names->items[names->count++] = (struct gaz_lexicon_entry){
        gaz_arena_strndup(&ctx->arena, text, (size_t)(blank - text)),
        kinds_named(blank)};
    gaz_buffer_clear(&names->table);
    gaz_lexicon_build(names->items, names->count, &names->table);
    assert_status(gaz_lexicon_open(ctx, names->table.data, names->table.size,
                                   &names->lexicon),
                  GAZ_OK);
    return true;
}

static void write_elements(const char *text, const struct gaz_elements *e,
                           struct gaz_buffer *out)
{
    gaz_buffer_clear(out);
    for (int i = 0; i < e->count; i++) {
        const struct gaz_element *item = &e->items[i];
        gaz_buffer_printf(
            out, "%s%s:%.*s", i ? " " : "", gaz_element_name(item->label),
            item->byte_end - item->byte_start, text + item->byte_start);
    }
}

static void test_cases(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct names names = {.count = 0};
    struct cases cases;
    const char *fields[CASES_FIELDS];
    struct gaz_buffer got;
    gaz_buffer_open(&got, TABLE_BYTES);
    gaz_buffer_open(&names.table, TABLE_BYTES);
    cases_open(&ctx, "parse.case", &cases);
    while (cases_next(&ctx, &cases, fields)) {
        if (add_name(&ctx, &names, fields[0]))
            continue;
        struct gaz_elements elements;
        gaz_elements_parse(names.count ? &names.lexicon : NULL, fields[0],
                           strlen(fields[0]), &elements);
        write_elements(fields[0], &elements, &got);
        cases_note(&cases, fields[0], got.data ? got.data : "", fields[1]);
    }
    gaz_buffer_close(&got);
    gaz_buffer_close(&names.table);
    cases_close(&cases);
    gaz_ctx_close(&ctx);
}

/* What must hold of any labelling of any bytes. */
static void check(const char *text, size_t size)
{
    struct gaz_elements e;
    gaz_elements_parse(NULL, text, size, &e);
    assert_true(e.count >= 0 && e.count <= GAZ_ELEMENTS_MAX);
    int end = 0;
    int byte_end = 0;
    int count = (int)gaz_text_count(text, size);
    for (int i = 0; i < e.count; i++) {
        const struct gaz_element *item = &e.items[i];
        assert_true(item->label < GAZ_ELEMENT_LABELS);
        assert_true(item->start >= end && item->end > item->start);
        assert_true(item->byte_start >= byte_end &&
                    item->byte_end > item->byte_start);
        assert_true(item->byte_end <= (int)size);
        end = item->end;
        byte_end = item->byte_end;
        if (gaz_text_is_utf8(text, size, NULL)) {
            assert_true(item->end <= count);
            assert_int_equal(gaz_text_count(text, (size_t)item->byte_start),
                             item->start);
            assert_int_equal(gaz_text_count(text, (size_t)item->byte_end),
                             item->end);
        }
    }
}

static uint64_t random_state;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(random_state >> 33) % below;
}

static void seed(void)
{
    int64_t value = 20240502;
    const char *given = getenv("GAZ_TEST_SEED");
    if (given)
        (void)gaz_text_parse_int(given, &value);
    print_message("           seed: %lld\n", (long long)value);
    random_state = (uint64_t)value;
}

static const char *const BITS[] = {
    "浙江省", "嘉兴", "平湖市",   "镇",   "街道", "社区", "村",   "路",
    "弄",     "158",  "号",       "-",    "幢",   "3",    "单元", "层",
    "室",     "三",   "十",       " ",    "(",    ")",    "，",   "A",
    "座",     "与",   "对面",     "电联", "第",   "附",   "之",   "#",
    "新村",   "大厦", "公司",     "東",   "１",   "－",   "南",   "段",
    "米",     "\xFF", "\xE4\xB9", "𠀀",   "F"};

static void test_random(void **state)
{
    (void)state;
    seed();
    for (int round = 0; round < 20000; round++) {
        char text[400];
        size_t size = 0;
        for (uint32_t i = next_random(24); i > 0; i--) {
            const char *bit = BITS[next_random(COUNT(BITS))];
            memcpy(text + size, bit, strlen(bit));
            size += strlen(bit);
        }
        check(text, size);
    }
}

static void test_mutated(void **state)
{
    (void)state;
    static const char ADDRESS[] =
        "浙江省嘉兴市平湖市乍浦镇雅山新村社区天妃路158号3幢2单元501室对面";
    seed();
    for (int round = 0; round < 20000; round++) {
        char text[sizeof(ADDRESS)];
        memcpy(text, ADDRESS, sizeof(ADDRESS));
        for (uint32_t i = next_random(4); i > 0; i--)
            text[next_random(sizeof(ADDRESS) - 1)] = (char)next_random(256);
        check(text, next_random(sizeof(ADDRESS)));
    }
}

static void test_limits(void **state)
{
    (void)state;
    struct gaz_elements e;
    gaz_elements_parse(NULL, "", 0, &e);
    assert_int_equal(e.count, 0);

    char text[4 * GAZ_ADDRESS_MAX_BYTES];
    memset(text, 'x', sizeof(text));
    gaz_elements_parse(NULL, text, sizeof(text), &e);
    assert_int_equal(e.items[e.count - 1].label, GAZ_ELEMENT_REDUNDANT);
    assert_int_equal(e.items[e.count - 1].start, GAZ_ADDRESS_MAX_BYTES);
    assert_int_equal(e.items[e.count - 1].byte_end, sizeof(text));
    check(text, sizeof(text));

    /* More elements than fit. */
    size_t size = 0;
    for (int i = 0; i < 300; i++) {
        memcpy(text + size, "1号", strlen("1号"));
        size += strlen("1号");
    }
    gaz_elements_parse(NULL, text, size, &e);
    assert_int_equal(e.count, GAZ_ELEMENTS_MAX);
    assert_int_equal(e.items[e.count - 1].byte_end, size);
    check(text, size);

    /* A character that the limit would cut. */
    memset(text, 'x', sizeof(text));
    memcpy(text + GAZ_ADDRESS_MAX_BYTES - 1, "路", strlen("路"));
    check(text, GAZ_ADDRESS_MAX_BYTES + 10);
}

static void test_numerals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int value;
        bool ordinal;
    } CASES[] = {
        {"一", 1, true},
        {"十", 10, true},
        {"十二", 12, true},
        {"二十", 20, true},
        {"四十二", 42, true},
        {"廿三", 23, true},
        {"一百零三", 103, true},
        {"二〇一", 201, false},
        {"三八", 38, false},
        {"五一", 51, false},
        {"零", 0, false},
        {"壹佰贰拾", 120, true},
        {"十百", -1, false},
        {"一十一十", -1, false},
        {"村", -1, false},
        {"", -1, false},
        {"两", 2, true},
        {"百", 100, false},
        {"九九九九九九九九九", -1, false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        uint32_t text[16];
        int count = 0;
        size_t len = strlen(CASES[i].text);
        for (size_t pos = 0; pos < len;)
            text[count++] = gaz_text_next(CASES[i].text, len, &pos);
        assert_int_equal(gaz_numerals_value(text, count), CASES[i].value);
        assert_int_equal(gaz_numerals_is_ordinal(text, count),
                         CASES[i].ordinal);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),    cmocka_unit_test(test_random),
        cmocka_unit_test(test_mutated),  cmocka_unit_test(test_limits),
        cmocka_unit_test(test_numerals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
