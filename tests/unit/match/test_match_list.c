/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: lists of candidates. Properties over random lists of the texts
 * of tests/cases: a list in another order, and with one that cannot be judged
 * in it, gives each text the same answer; a list of one, and is_alone, give
 * what gaz_judge_pair gives; a text that is the asked one is the same. A list
 * that is too long and an asked text without words are refused. What the others
 * are does tell: some answer is another than alone. */
#include "tests/unit/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/match/judge.h"

enum { TEXTS_MAX = 128, LINE_MAX_BYTES = 4096, ROUNDS = 150 };

static struct gaz_ctx ctx;
static struct gaz_judge *judge;
static char *texts[TEXTS_MAX];
static int text_count;
static uint64_t random_state = 1;

static int draw(int below)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (int)((random_state >> 33) % (uint64_t)below);
}

static void read_texts(void)
{
    FILE *file = fopen(DIMING_SOURCE_DIR "/tests/cases/match.case", "r");
    assert_non_null(file);
    char line[LINE_MAX_BYTES];
    while (fgets(line, sizeof line, file) && text_count + 2 < TEXTS_MAX) {
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || !tab)
            continue;
        *tab = '\0';
        tab[1 + strcspn(tab + 1, "\t\n")] = '\0';
        texts[text_count++] = strdup(line);
        texts[text_count++] = strdup(tab + 1);
    }
    (void)fclose(file);
    assert_true(text_count > 16);
}

static void ask(const char *asked, struct gaz_candidate *list, int count,
                bool is_alone)
{
    const struct gaz_list_options options = {.is_alone = is_alone};
    assert_status_of(&ctx,
                     gaz_judge_list(&ctx, judge, asked, &options, list, count),
                     GAZ_OK);
}

static void assert_same(const struct gaz_judgement *x,
                        const struct gaz_judgement *y)
{
    assert_int_equal(x->label, y->label);
    for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
        assert_near(x->probability[k], y->probability[k], 1e-12);
}

static void draw_list(struct gaz_candidate *list, int count)
{
    for (int i = 0; i < count; i++)
        list[i] = (struct gaz_candidate){.text = texts[draw(text_count)]};
}

static void test_order(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct gaz_candidate forth[11];
        struct gaz_candidate other[11];
        const char *asked = texts[draw(text_count)];
        int count = 2 + draw(9);
        gaz_ctx_next(&ctx);
        draw_list(forth, count);
        int turn = draw(count);
        int bad = draw(count + 1);
        for (int i = 0, at = 0; at <= count; at++) {
            if (at == bad)
                other[at] = (struct gaz_candidate){.text = "，"};
            else
                other[at] = forth[(count - 1 - i++ + turn) % count];
        }
        ask(asked, forth, count, false);
        ask(asked, other, count + 1, false);
        assert_status(other[bad].status, GAZ_INVALID);
        assert_non_null(other[bad].failure);
        for (int i = 0, at = 0; at <= count; at++) {
            if (at != bad)
                assert_same(&other[at].judgement,
                            &forth[(count - 1 - i++ + turn) % count].judgement);
        }
    }
}

static void test_alone(void **state)
{
    (void)state;
    int others = 0;
    for (int i = 0; i < text_count; i++) {
        struct gaz_candidate list[3];
        struct gaz_candidate one;
        struct gaz_judgement pair;
        gaz_ctx_next(&ctx);
        draw_list(list, 3);
        one = list[1];
        ask(texts[i], list, 3, false);
        double in_list = list[1].judgement.probability[0];
        ask(texts[i], list, 3, true);
        ask(texts[i], &one, 1, false);
        assert_status(gaz_judge_label(&ctx, judge, texts[i], one.text, &pair),
                      GAZ_OK);
        assert_same(&list[1].judgement, &pair);
        assert_same(&one.judgement, &pair);
        others += fabs(in_list - pair.probability[0]) > 0.01 ? 1 : 0;
    }
    assert_true(others > 0);
}

static void test_identical(void **state)
{
    (void)state;
    for (int i = 0; i < text_count; i++) {
        struct gaz_candidate list[] = {{.text = texts[draw(text_count)]},
                                       {.text = texts[i]},
                                       {.text = texts[i]}};
        gaz_ctx_next(&ctx);
        ask(texts[i], list, 3, false);
        assert_int_equal(list[1].judgement.label, GAZ_PAIR_SAME);
        assert_int_equal(list[2].judgement.label, GAZ_PAIR_SAME);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static struct gaz_candidate list[GAZ_LIST_MAX + 1];
    const struct gaz_list_options options = {.is_alone = false};
    for (int i = 0; i <= GAZ_LIST_MAX; i++)
        list[i].text = texts[i % text_count];
    gaz_ctx_next(&ctx);
    assert_status(
        gaz_judge_list(&ctx, judge, texts[0], &options, list, GAZ_LIST_MAX + 1),
        GAZ_LIMIT);
    gaz_ctx_next(&ctx);
    ask(texts[0], list, GAZ_LIST_MAX, false);
    assert_status(
        gaz_judge_list(&ctx, judge, "，", &options, list, GAZ_LIST_MAX),
        GAZ_INVALID);
    assert_true(ctx.failure[0] != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order), cmocka_unit_test(test_alone),
        cmocka_unit_test(test_identical), cmocka_unit_test(test_refused)};
    if (gaz_judge_open(&ctx, &judge) != GAZ_OK)
        return 1;
    read_texts();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    for (int i = 0; i < text_count; i++)
        free(texts[i]);
    gaz_judge_close(judge);
    gaz_ctx_close(&ctx);
    return failed;
}
