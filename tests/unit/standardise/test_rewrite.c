/* Test plan: the writings of tests/cases/rewrite.case with the kinds of their
 * changes; offsets point at what was changed; for cases and random mixtures of
 * their pieces a writing written again stays; text past the limit and text that
 * is not UTF-8 is refused; a text of noise alone is kept. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/text.h"
#include "gazetteer/model/address.h"
#include "gazetteer/standardise/rewrite.h"
#include "tests/unit/standardise/cases.h"

enum { NAMES_MAX = 32, TABLE_BYTES = 1 << 20, MIXTURES = 20000 };

static struct gaz_ctx ctx;
static struct gaz_unicode *unicode;
static struct gaz_lexicon_entry names[NAMES_MAX];
static size_t name_count;
static struct gaz_buffer table;
static struct gaz_lexicon lexicon;

static void add_name(const char *line)
{
    static const struct {
        const char *name;
        uint32_t kind;
    } KINDS[] = {{"county", GAZ_WORD_COUNTY},
                 {"town", GAZ_WORD_TOWN},
                 {"village", GAZ_WORD_VILLAGE},
                 {"road", GAZ_WORD_ROAD}};
    const char *text = line + strlen("name ");
    const char *blank = strchr(text, ' ');
    assert_non_null(blank);
    uint32_t kind = 0;
    for (size_t i = 0; i < COUNT(KINDS); i++)
        if (strcmp(blank + 1, KINDS[i].name) == 0)
            kind = KINDS[i].kind;
    assert_true(kind != 0);
    assert_true(name_count < NAMES_MAX);
    names[name_count++] = (struct gaz_lexicon_entry){
        gaz_arena_strndup(&ctx.arena, text, (size_t)(blank - text)), kind};
    /* the table has copies: later tests may reset the arena */
    gaz_buffer_clear(&table);
    gaz_lexicon_build(names, name_count, &table);
    assert_status(gaz_lexicon_open(&ctx, table.data, table.size, &lexicon),
                  GAZ_OK);
}

static const char *rewrite(const char *text, struct gaz_rewrites *out)
{
    assert_status_of(
        &ctx,
        gaz_rewrite_address(&ctx, unicode, &lexicon, text, strlen(text), out),
        GAZ_OK);
    assert_int_equal(strlen(out->text), out->size);
    return out->text;
}

static const char *with_kinds(const struct gaz_rewrites *done)
{
    const char *all = gaz_arena_printf(&ctx.arena, "%s |", done->text);
    for (int i = 0; i < done->count; i++)
        all = gaz_arena_printf(&ctx.arena, "%s %s", all,
                               gaz_rewrite_name(done->items[i].kind));
    return done->count ? all : gaz_arena_printf(&ctx.arena, "%s -", all);
}

/* The first pass reads the input itself: what a change says of it is there,
 * but for characters that folding changed before. */
static void check_log(const char *text, const struct gaz_rewrites *done)
{
    for (int i = 0; i < done->count; i++) {
        const struct gaz_rewrite *item = &done->items[i];
        size_t at = (size_t)item->byte_offset;
        assert_true(item->byte_offset >= 0 && at < strlen(text));
        assert_int_equal(gaz_text_count(text, at), item->offset);
        assert_true(((unsigned char)text[at] & 0xC0) != 0x80);
        if (item->kind <= GAZ_REWRITE_TRADITIONAL)
            assert_memory_equal(text + at, item->from, strlen(item->from));
        assert_string_not_equal(item->from, item->to);
    }
}

static void check_stays(const char *text)
{
    struct gaz_rewrites first;
    struct gaz_rewrites second;
    rewrite(text, &first);
    check_log(text, &first);
    rewrite(first.text, &second);
    if (strcmp(first.text, second.text) != 0)
        fail_msg("'%s' is written '%s' and then '%s'", text, first.text,
                 second.text);
    assert_int_equal(second.count, 0);
}

static void test_cases(void **state)
{
    (void)state;
    struct cases cases;
    const char *fields[CASES_FIELDS];
    cases_open(&ctx, "rewrite.case", &cases);
    while (cases_next(&ctx, &cases, fields)) {
        if (gaz_text_starts_with(fields[0], "name ")) {
            add_name(fields[0]);
            continue;
        }
        struct gaz_rewrites done;
        rewrite(fields[0], &done);
        cases_note(
            &cases, fields[0], with_kinds(&done),
            gaz_arena_printf(&ctx.arena, "%s | %s", fields[1], fields[2]));
        check_stays(fields[0]);
    }
    cases_close(&cases);
}

static uint64_t random_state;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(random_state >> 33) % below;
}

static const char *const BITS[] = {
    "浙江省", "嘉兴市", "平湖市", "新仓镇", "凤桥社区", "八里村", "朝阳路",
    "弄",     "158",    "号",     "-",      "幢",       "3",      "单元",
    "层",     "室",     "三",     "十",     " ",        "(",      ")",
    "，",     "A",      "座",     "与",     "对面",     "电联",   "第",
    "附",     "之",     "#",      "新村",   "收",       "至",     "東",
    "１",     "－",     "房",     "电话",   "13800138", "栋",     "间",
    "米",     "㎡",     "〇",     "F",      "[",        "]",      "组"};

static void test_mixtures(void **state)
{
    (void)state;
    random_state = 20240502;
    for (int round = 0; round < MIXTURES; round++) {
        gaz_arena_reset(&ctx.arena);
        char text[400] = "";
        size_t size = 0;
        for (uint32_t i = next_random(14); i > 0; i--) {
            const char *bit = BITS[next_random(COUNT(BITS))];
            memcpy(text + size, bit, strlen(bit) + 1);
            size += strlen(bit);
        }
        check_stays(text);
    }
}

static void test_refused(void **state)
{
    (void)state;
    char text[GAZ_ADDRESS_MAX_BYTES + 2];
    memset(text, 'x', sizeof(text));
    struct gaz_rewrites done;
    assert_status(
        gaz_rewrite_address(&ctx, unicode, NULL, text, sizeof(text), &done),
        GAZ_LIMIT);
    assert_status(gaz_rewrite_address(&ctx, unicode, NULL, "\xFF", 1, &done),
                  GAZ_INVALID);
}

/* Nothing would be left of it, so nothing is taken. */
static void test_noise_alone(void **state)
{
    (void)state;
    struct gaz_rewrites done;
    assert_string_equal(rewrite("电联", &done), "电联");
    assert_int_equal(done.count, 0);
    assert_string_equal(rewrite("", &done), "");
}

static int open_all(void **state)
{
    (void)state;
    gaz_buffer_open(&table, TABLE_BYTES);
    gaz_lexicon_build(NULL, 0, &table);
    if (gaz_lexicon_open(&ctx, table.data, table.size, &lexicon) != GAZ_OK)
        return -1;
    return gaz_unicode_open(&ctx, &unicode) == GAZ_OK ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    gaz_unicode_close(unicode);
    gaz_buffer_close(&table);
    gaz_ctx_close(&ctx);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_noise_alone),
        cmocka_unit_test(test_mixtures),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
