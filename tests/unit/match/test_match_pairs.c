/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: lines of pairs, good ones and each way to be wrong, with the
 * reason that is told. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/match/pairs.h"

static void test_lines(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *line;
        size_t size;   /* 0: of the text */
        const char *a; /* NULL: refused */
        const char *b;
        const char *why;
    } CASES[] = {
        {"two fields", "乍浦镇\t新仓镇", 0, "乍浦镇", "新仓镇", NULL},
        {"more fields", "a\tb\t2\tx", 0, "a", "b", NULL},
        {"carriage return", "a\tb\r", 0, "a", "b", NULL},
        {"empty line", "", 0, NULL, NULL, "empty"},
        {"no tab", "乍浦镇 新仓镇", 0, NULL, NULL, "no TAB"},
        {"first empty", "\tb", 0, NULL, NULL, "first address"},
        {"second empty", "a\t", 0, NULL, NULL, "second address"},
        {"second empty of three", "a\t\t2", 0, NULL, NULL, "second address"},
        {"not UTF-8", "a\t\xFF", 0, NULL, NULL, "byte 3"},
        {"NUL", "a\0\tb", 4, NULL, NULL, "NUL"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_ctx ctx = {.failure = ""};
        const char *a = NULL;
        const char *b = NULL;
        size_t size = CASES[i].size ? CASES[i].size : strlen(CASES[i].line);
        gaz_status status = gaz_pairs_read(&ctx, CASES[i].line, size, &a, &b);
        if (CASES[i].a) {
            assert_status_of(&ctx, status, GAZ_OK);
            assert_string_equal(a, CASES[i].a);
            assert_string_equal(b, CASES[i].b);
        } else {
            assert_status(status, GAZ_INVALID);
            assert_non_null(strstr(gaz_ctx_failure(&ctx), CASES[i].why));
        }
        gaz_ctx_close(&ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
