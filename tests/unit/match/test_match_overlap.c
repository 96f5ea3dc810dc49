/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: runs, common subsequence and edits of random sequences against
 * brute force; the likeness is symmetric, 1 for the same, 0 for nothing in
 * common. */
#include "tests/unit/test.h"

#include "gazetteer/match/overlap.h"

static uint32_t seed = 20261124;

static int draw(int below)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 16) % (uint32_t)below);
}

static void fill(struct gaz_side *s)
{
    s->count = draw(12);
    for (int i = 0; i < s->count; i++) {
        s->tokens[i] = (uint32_t)draw(4) + 'a';
        s->weights[i] = 1 + (float)draw(5);
    }
}

/* The longest common run that covers a[i], by trying all. */
static int slow_run(const struct gaz_side *a, const struct gaz_side *b, int i)
{
    int best = 0;
    for (int from = 0; from <= i; from++) {
        for (int j = 0; j < b->count; j++) {
            int n = 0;
            while (from + n < a->count && j + n < b->count &&
                   a->tokens[from + n] == b->tokens[j + n])
                n++;
            if (from + n > i && n > best)
                best = n;
        }
    }
    return best;
}

static int slow_common(const struct gaz_side *a, const struct gaz_side *b,
                       int i, int j)
{
    if (i == a->count || j == b->count)
        return 0;
    if (a->tokens[i] == b->tokens[j])
        return 1 + slow_common(a, b, i + 1, j + 1);
    int x = slow_common(a, b, i + 1, j);
    int y = slow_common(a, b, i, j + 1);
    return x > y ? x : y;
}

static int slow_edits(const struct gaz_side *a, const struct gaz_side *b, int i,
                      int j)
{
    if (i == a->count || j == b->count)
        return a->count - i + b->count - j;
    int best =
        slow_edits(a, b, i + 1, j + 1) + (a->tokens[i] == b->tokens[j] ? 0 : 1);
    if (a->tokens[i] == b->tokens[j])
        return best;
    int x = slow_edits(a, b, i + 1, j) + 1;
    int y = slow_edits(a, b, i, j + 1) + 1;
    best = x < best ? x : best;
    return y < best ? y : best;
}

static void test_against_brute_force(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct gaz_side a = {.count = 0};
        struct gaz_side b = {.count = 0};
        struct gaz_overlap o;
        fill(&a);
        fill(&b);
        a.count = a.count > 8 ? 8 : a.count;
        b.count = b.count > 8 ? 8 : b.count;
        gaz_overlap_read(&a, &b, &o);
        for (int i = 0; i < a.count; i++)
            assert_int_equal(o.run_a[i], slow_run(&a, &b, i));
        for (int i = 0; i < b.count; i++)
            assert_int_equal(o.run_b[i], slow_run(&b, &a, i));
        assert_int_equal(o.subsequence, slow_common(&a, &b, 0, 0));
        assert_int_equal(o.edits, slow_edits(&a, &b, 0, 0));
    }
}

static void test_likeness(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct gaz_side a = {.count = 0};
        struct gaz_side b = {.count = 0};
        fill(&a);
        fill(&b);
        for (int i = 0; i < GAZ_SIDE_TOKENS; i++) { /* a weight a token */
            a.weights[i] = (float)(a.tokens[i] % 4) + 1;
            b.weights[i] = (float)(b.tokens[i] % 4) + 1;
        }
        float forth =
            gaz_overlap_dice(gaz_overlap_whole(&a), gaz_overlap_whole(&b));
        float back =
            gaz_overlap_dice(gaz_overlap_whole(&b), gaz_overlap_whole(&a));
        assert_near((double)forth, (double)back, 1e-5);
        assert_true(forth >= 0 && forth <= 1.00001f);
        if (a.count > 0)
            assert_near((double)gaz_overlap_dice(gaz_overlap_whole(&a),
                                                 gaz_overlap_whole(&a)),
                        1, 1e-5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_brute_force),
        cmocka_unit_test(test_likeness)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
