/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: how sure an answer is, and what became of each element.
 *  - the shipped file: weights have the direction of their meaning, the curve
 *    rises, the threshold is inside
 *  - a confidence never rises when a doubt is added (each sign, each knot)
 *  - files that are refused: each with its line
 *  - verdicts of elements: each kind, by a question of the sample
 *  - batch: no position below the threshold or against a named division
 */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/search/batch.h"
#include "gazetteer/search/confidence.h"
#include "gazetteer/search/verdict.h"
#include "tests/unit/search/sample.h"

static struct sample sample;

static int open_all(void **state)
{
    (void)state;
    sample_open(&sample);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    sample_close(&sample);
    return 0;
}

static void shipped_is_sound(void **state)
{
    (void)state;
    const struct gaz_confidence *curve = gaz_confidence_shipped();
    for (int i = 0; i < GAZ_SIGNS; i++) {
        CASE(gaz_confidence_sign_name(i));
        assert_true(curve->weights[i] * gaz_confidence_direction(i) >= 0);
    }
    assert_true(curve->knots >= 2);
    assert_true(gaz_batch_threshold() >= 0.5 && gaz_batch_threshold() < 1);
    double last = -1;
    for (double score = -20; score < 20; score += 0.01) {
        double value = gaz_confidence_value(curve, score);
        assert_true(value >= last && value >= 0 && value < 1);
        last = value;
    }
}

static void doubts_never_raise(void **state)
{
    (void)state;
    const struct gaz_confidence *curve = gaz_confidence_shipped();
    for (int k = 1; k < GAZ_SIGNS; k++) {
        CASE(gaz_confidence_sign_name(k));
        double last = -1;
        for (int step = 0; step <= 20; step++) {
            float signs[GAZ_SIGNS] = {[GAZ_SIGN_ONE] = 1};
            signs[k] = (float)step * 0.2F;
            double value =
                gaz_confidence_value(curve, gaz_confidence_score(curve, signs));
            if (last >= 0 && gaz_confidence_direction(k) < 0)
                assert_true(value <= last);
            else if (last >= 0)
                assert_true(value >= last);
            last = value;
        }
    }
}

static void refuses_bad_files(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        const char *failure;
    } CASES[] = {
        {"empty", "", "missing"},
        {"no weights", "knot 0 0\nknot 1 1\nthreshold 0.8\n", "missing"},
        {"unknown word", "edition 1\nwait one 1\n", ":2:"},
        {"unknown sign", "weight height 1\n", ":1:"},
        {"wrong direction", "weight agreement 2\n", ":1:"},
        {"no number", "weight one x\n", ":1:"},
        {"falling curve", "knot 0 0.5\nknot 1 0.4\n", ":2:"},
        {"same score", "knot 1 0.5\nknot 1 0.6\n", ":2:"},
        {"past one", "knot 0 1.5\n", ":1:"},
        {"threshold", "threshold 0\n", ":1:"},
        {"not finite", "weight one inf\n", ":1:"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_confidence out;
        sample.ctx.failure[0] = 0;
        assert_int_equal(gaz_confidence_read(&sample.ctx, CASES[i].text,
                                             strlen(CASES[i].text), &out),
                         GAZ_INVALID);
        assert_non_null(strstr(gaz_ctx_failure(&sample.ctx), CASES[i].failure));
    }
}

static void tells_of_each_element(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        const char *element; /* as asked */
        gaz_verdict want;
    } CASES[] = {
        {"平湖市乍浦镇", "乍浦镇", GAZ_VERDICT_AGREES},
        {"平湖市乍浦", "乍浦", GAZ_VERDICT_AGREES},
        {"平湖市黄姑镇", "黄姑镇", GAZ_VERDICT_FORMER},
        {"平湖市建中村", "建中村", GAZ_VERDICT_FORMER},
        {"平胡市乍浦镇", "平胡市", GAZ_VERDICT_CORRECTED},
        {"平湖市枫泾镇", "平湖市", GAZ_VERDICT_CONTRADICTED},
        {"当湖街道演示路34号", "34号", GAZ_VERDICT_AGREES},
        {"平湖市乍浦镇天涯路", "天涯路", GAZ_VERDICT_UNCHECKED},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].query);
        struct gaz_query query = {.text = CASES[i].query, .limit = 5};
        struct gaz_answers answers;
        assert_int_equal(gaz_geocode(&sample.ctx, sample.searcher, sample.snap,
                                     &query, &answers),
                         GAZ_OK);
        assert_true(answers.count > 0);
        bool found = false;
        for (int a = 0; a < answers.count; a++) {
            const struct gaz_answer *answer = &answers.items[a];
            for (int k = 0; k < answer->evidence_count; k++)
                found = found || (strcmp(answer->evidence[k].text,
                                         CASES[i].element) == 0 &&
                                  answer->evidence[k].verdict == CASES[i].want);
        }
        assert_true(found);
    }
}

static void batch_is_careful(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        gaz_batch_status want;
    } CASES[] = {
        {"平湖市乍浦镇", GAZ_BATCH_MATCHED}, {"黄姑镇", GAZ_BATCH_MATCHED},
        {"山塘村", GAZ_BATCH_REVIEW},        {"平湖市枫泾镇", GAZ_BATCH_REVIEW},
        {"苍南县乍浦镇", GAZ_BATCH_REVIEW},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].query);
        struct gaz_query query = {.text = CASES[i].query, .limit = 5};
        struct gaz_batch_answer row;
        assert_int_equal(gaz_batch_row(&sample.ctx, sample.searcher,
                                       sample.snap, &query, &row),
                         GAZ_OK);
        assert_int_equal(row.status, CASES[i].want);
        assert_true((row.position.method != GAZ_METHOD_NONE) ==
                    (row.status == GAZ_BATCH_MATCHED));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_is_sound),
        cmocka_unit_test(doubts_never_raise),
        cmocka_unit_test(refuses_bad_files),
        cmocka_unit_test(tells_of_each_element),
        cmocka_unit_test(batch_is_careful),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
