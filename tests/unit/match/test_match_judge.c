/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the cases of tests/cases/match.case, both ways round; for all
 * pairs of their texts: the same label and probabilities both ways, the same
 * text is the same address, probabilities sum to 1, evidence turns round with
 * its sides; what is refused and why. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/match/judge.h"

enum { FIELDS_MAX = 16, TEXTS_MAX = 128, LINE_MAX_BYTES = 4096 };

static struct gaz_ctx ctx;
static struct gaz_judge *judge;
static char *texts[TEXTS_MAX];
static int text_count;

static void ask(const char *a, const char *b, struct gaz_judgement *out)
{
    gaz_ctx_next(&ctx);
    assert_status_of(&ctx, gaz_judge_pair(&ctx, judge, a, b, out), GAZ_OK);
}

static bool has_evidence(const struct gaz_evidence *e, const char *element,
                         const char *state)
{
    for (int i = 0; i < e->count; i++) {
        if (strcmp(gaz_evidence_slot_name(e->items[i].slot), element) == 0)
            return strcmp(gaz_evidence_state_name(e->items[i].state), state) ==
                   0;
    }
    return false;
}

static void check_case(char **fields, int count, int line)
{
    struct gaz_judgement forth;
    struct gaz_judgement back;
    ask(fields[1], fields[0], &back);
    ask(fields[0], fields[1], &forth);
    if (fields[2][0] != '*' && (int)forth.label != atoi(fields[2]))
        fail_msg("match.case:%d: label %d, want %s", line, (int)forth.label,
                 fields[2]);
    assert_int_equal(forth.label, back.label);
    for (int i = 3; i < count; i++) {
        char *state = strchr(fields[i], '=');
        assert_non_null(state);
        *state++ = '\0';
        if (!has_evidence(&forth.evidence, fields[i], state))
            fail_msg("match.case:%d: not %s=%s", line, fields[i], state);
    }
}

static int split(char *line, char **fields)
{
    int count = 0;
    while (line && count < FIELDS_MAX) {
        char *tab = strchr(line, '\t');
        if (tab)
            *tab = '\0';
        fields[count++] = line;
        line = tab ? tab + 1 : NULL;
    }
    return count;
}

static void test_cases(void **state)
{
    (void)state;
    FILE *file = fopen(DIMING_SOURCE_DIR "/tests/cases/match.case", "r");
    assert_non_null(file);
    char line[LINE_MAX_BYTES];
    int cases = 0;
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        char *fields[FIELDS_MAX];
        int count = split(line, fields);
        assert_true(count >= 3 && text_count + 2 < TEXTS_MAX);
        texts[text_count++] = strdup(fields[0]);
        texts[text_count++] = strdup(fields[1]);
        check_case(fields, count, number);
        cases++;
    }
    (void)fclose(file);
    assert_true(cases > 8);
}

static void test_symmetry(void **state)
{
    (void)state;
    for (int i = 0; i < text_count; i++) {
        for (int j = 0; j < text_count; j++) {
            struct gaz_judgement forth;
            struct gaz_judgement back;
            ask(texts[i], texts[j], &forth);
            ask(texts[j], texts[i], &back);
            assert_int_equal(forth.label, back.label);
            double sum = 0;
            for (int k = 0; k < GAZ_MATCH_CLASSES; k++) {
                assert_near(forth.probability[k], back.probability[k], 1e-9);
                sum += forth.probability[k];
            }
            assert_near(sum, 1, 1e-9);
            assert_int_equal(forth.evidence.count, back.evidence.count);
            if (strcmp(texts[i], texts[j]) == 0)
                assert_int_equal(forth.label, GAZ_PAIR_SAME);
        }
    }
}

static void test_alone(void **state)
{
    (void)state; /* what was asked before does not change an answer */
    struct gaz_judgement first;
    struct gaz_judgement again;
    ask(texts[0], texts[text_count - 1], &first);
    ask(texts[2], texts[3], &again);
    ask(texts[0], texts[text_count - 1], &again);
    assert_int_equal(first.label, again.label);
    assert_memory_equal(first.probability, again.probability,
                        sizeof first.probability);
}

static void test_refused(void **state)
{
    (void)state;
    static char longest[GAZ_ADDRESS_MAX_BYTES + 2];
    memset(longest, 'a', sizeof longest - 1);
    static const struct {
        const char *label;
        const char *a;
        gaz_status want;
    } CASES[] = {{"empty", "", GAZ_INVALID},
                 {"signs only", "，。--", GAZ_INVALID},
                 {"not UTF-8", "\xE4\xB9", GAZ_INVALID},
                 {"too long", longest, GAZ_LIMIT}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_judgement j;
        gaz_ctx_next(&ctx);
        assert_status(gaz_judge_pair(&ctx, judge, CASES[i].a, "乍浦镇", &j),
                      CASES[i].want);
        gaz_ctx_next(&ctx);
        assert_status(gaz_judge_pair(&ctx, judge, "乍浦镇", CASES[i].a, &j),
                      CASES[i].want);
        assert_true(ctx.failure[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases), cmocka_unit_test(test_symmetry),
        cmocka_unit_test(test_alone), cmocka_unit_test(test_refused)};
    if (gaz_judge_open(&ctx, &judge) != GAZ_OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    for (int i = 0; i < text_count; i++)
        free(texts[i]);
    gaz_judge_close(judge);
    gaz_ctx_close(&ctx);
    return failed;
}
