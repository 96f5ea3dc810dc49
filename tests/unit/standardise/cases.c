/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "tests/unit/standardise/cases.h"

#include <string.h>

static const char KNOWN[] = "known-failing ";

void cases_open(struct gaz_ctx *ctx, const char *name, struct cases *out)
{
    *out = (struct cases){.name = name};
    const char *path = gaz_arena_printf(&ctx->arena, "%s/tests/cases/%s",
                                        DIMING_SOURCE_DIR, name);
    assert_status_of(ctx, gaz_file_map(ctx, path, &out->file), GAZ_OK);
    out->at = out->file.data;
}

bool cases_next(struct gaz_ctx *ctx, struct cases *cases,
                const char *fields[CASES_FIELDS])
{
    const char *end = (const char *)cases->file.data + cases->file.size;
    while (cases->at < end) {
        const char *eol = memchr(cases->at, '\n', (size_t)(end - cases->at));
        size_t size = (size_t)((eol ? eol : end) - cases->at);
        char *line = gaz_arena_strndup(&ctx->arena, cases->at, size);
        cases->at = eol ? eol + 1 : end;
        cases->line++;
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (strncmp(line, KNOWN, strlen(KNOWN)) == 0) {
            cases->reason = line + strlen(KNOWN);
            continue;
        }
        for (int i = 0; i < CASES_FIELDS; i++) {
            fields[i] = line;
            char *tab = strchr(line, '\t');
            if (tab)
                *tab = '\0';
            line = tab ? tab + 1 : line + strlen(line);
        }
        return true;
    }
    return false;
}

void cases_note(struct cases *cases, const char *what, const char *got,
                const char *want)
{
    bool same = strcmp(got, want) == 0;
    if (cases->reason && !same) {
        cases->known++;
        print_message("%s:%d: known failing, %s: %s gives %s\n", cases->name,
                      cases->line, cases->reason, what, got);
    } else if (cases->reason) {
        cases->failed++;
        print_error("%s:%d: %s passes now: take its known-failing away\n",
                    cases->name, cases->line, what);
    } else if (!same) {
        cases->failed++;
        print_error("%s:%d: %s\n    got  %s\n    want %s\n", cases->name,
                    cases->line, what, got, want);
    } else {
        cases->passed++;
    }
    cases->reason = NULL;
}

void cases_close(struct cases *cases)
{
    print_message("%s: %d passed, %d known failing, %d failed\n", cases->name,
                  cases->passed, cases->known, cases->failed);
    gaz_file_unmap(&cases->file);
    assert_true(cases->passed > 0);
    assert_int_equal(cases->failed, 0);
}
