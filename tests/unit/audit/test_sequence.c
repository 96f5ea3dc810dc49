/* Test plan: the longest run against brute force over all subsets of short
 * random sequences; rising and falling; empty, one, all equal. */
#include "tests/unit/test.h"

#include "gazetteer/audit/sequence.h"

enum { LONGEST = 10 };

static bool is_run(const double *values, int count, unsigned members,
                   double sign)
{
    double last = -1e9;
    for (int i = 0; i < count; i++) {
        if (!(members >> i & 1))
            continue;
        if (sign * values[i] < last)
            return false;
        last = sign * values[i];
    }
    return true;
}

static int brute(const double *values, int count)
{
    int best = 0;
    for (unsigned m = 0; m < 1U << count; m++) {
        int size = __builtin_popcount(m);
        if (size > best &&
            (is_run(values, count, m, 1) || is_run(values, count, m, -1)))
            best = size;
    }
    return best;
}

static void test_against_brute_force(void **state)
{
    (void)state;
    struct gaz_arena arena = {NULL};
    uint64_t seed = 7;
    for (int round = 0; round < 400; round++) {
        double values[LONGEST];
        bool keep[LONGEST];
        int count = round % (LONGEST + 1);
        for (int i = 0; i < count; i++) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            values[i] = (double)(seed >> 60);
        }
        int got = gaz_sequence_keep(&arena, values, count, keep);
        assert_int_equal(got, brute(values, count));
        unsigned members = 0;
        for (int i = 0; i < count; i++)
            members |= keep[i] ? 1U << i : 0;
        assert_int_equal(__builtin_popcount(members), got);
        assert_true(is_run(values, count, members, 1) ||
                    is_run(values, count, members, -1));
        gaz_arena_reset(&arena);
    }
    gaz_arena_close(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_brute_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
