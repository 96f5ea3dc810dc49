/* test.h - what cmocka 1.1.5 lacks: doubles, statuses, named table rows.
 *
 *     static const struct { const char *label; ... } CASES[] = {...};
 *     for (size_t i = 0; i < COUNT(CASES); i++) {
 *         CASE(CASES[i].label);
 *         assert_near(got, CASES[i].want, 1e-9);
 *     }
 *
 * No assertion inside a callback that a library calls: cmocka longjmps.
 */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

/* cmocka needs these four before it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "gazetteer/base/context.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Names the row of a table, so that a failure says which one it was. */
#define CASE(label) print_message("           case: %s\n", (label))

#define assert_near(got, want, within)                                         \
    do {                                                                       \
        double got_ = (got);                                                   \
        double want_ = (want);                                                 \
        if (!(fabs(got_ - want_) <= (within)))                                 \
            fail_msg("got %.12g, want %.12g within %g", got_, want_,           \
                     (double)(within));                                        \
    } while (0)

#define assert_status(got, want)                                               \
    do {                                                                       \
        gaz_status got_status_ = (got);                                        \
        if (got_status_ != (want))                                             \
            fail_msg("got %s, want %s", gaz_status_name(got_status_),          \
                     gaz_status_name(want));                                   \
    } while (0)

/* The same, with the sentence of the context. */
#define assert_status_of(ctx, got, want)                                       \
    do {                                                                       \
        gaz_status got_status_ = (got);                                        \
        if (got_status_ != (want))                                             \
            fail_msg("got %s (%s), want %s", gaz_status_name(got_status_),     \
                     gaz_ctx_failure(ctx), gaz_status_name(want));             \
    } while (0)

#endif
