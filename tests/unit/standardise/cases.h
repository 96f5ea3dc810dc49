/* cases.h - reads tests/cases/x.case, one case a line, fields apart by tabs.
 *
 * A line that begins with '#' is a comment. "known-failing REASON" says that
 * the next case does not pass yet, and why; it is an error when it does.
 */
#ifndef TESTS_UNIT_STANDARDISE_CASES_H
#define TESTS_UNIT_STANDARDISE_CASES_H

#include <stdbool.h>

#include "gazetteer/base/file.h"

enum { CASES_FIELDS = 3 };

struct cases {
    struct gaz_map file;
    const char *at;
    const char *name; /* of the file, for messages */
    int line;
    int passed;
    int failed;
    int known;
    const char *reason; /* of the next case's known failure, or NULL */
};

/* Opens tests/cases/`name`; a missing file fails the test. */
void cases_open(struct gaz_ctx *ctx, const char *name, struct cases *out);

/* The next case: its fields ("" when absent) in ctx->arena; false at the end.
 */
bool cases_next(struct gaz_ctx *ctx, struct cases *cases,
                const char *fields[CASES_FIELDS]);

/* Notes how the case went, prints file:line when it is news. */
void cases_note(struct cases *cases, const char *what, const char *got,
                const char *want);

/* Closes, prints a summary, fails the test when a case failed or none ran. */
void cases_close(struct cases *cases);

#endif
