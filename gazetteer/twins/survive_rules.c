/* SPDX-License-Identifier: Apache-2.0 */
/* survive_rules.c - data/dedupe/survivorship.txt: read, and asked. */
#include <string.h>

#include "gazetteer/base/asset.h"
#include "gazetteer/twins/survive_said.h"

extern const struct gaz_asset GAZ_TWIN_ASSETS[];

static const char *const FIELDS[GAZ_SURVIVE_FIELDS] = {
    "keep",         "category",     "parent",          "position", "area",
    "address",      "meaning",      "origin",          "history",  "numbering",
    "address.keep", "address.site", "address.position"};

/* How what two heirs say compares: below 0, a is better; 0: undecided. */
typedef int compare(const struct gaz_said *a, const struct gaz_said *b);

static int by_given(const struct gaz_said *a, const struct gaz_said *b)
{
    return b->is_given - a->is_given;
}

static int by_code(const struct gaz_said *a, const struct gaz_said *b)
{
    return b->is_coded - a->is_coded;
}

static int by_rank(const struct gaz_said *a, const struct gaz_said *b)
{
    const char *x = a->origin->grade ? a->origin->grade : "~"; /* after all */
    const char *y = b->origin->grade ? b->origin->grade : "~";
    return strcmp(x, y);
}

static int by_records(const struct gaz_said *a, const struct gaz_said *b)
{
    return (a->origin->records < b->origin->records) -
           (a->origin->records > b->origin->records);
}

/* A known accuracy before an unknown one (0), then the smaller. */
static int by_accuracy(const struct gaz_said *a, const struct gaz_said *b)
{
    const double x = a->accuracy_m;
    const double y = b->accuracy_m;
    if ((x > 0) != (y > 0))
        return x > 0 ? -1 : 1;
    return (x > y) - (x < y);
}

static int by_length(const struct gaz_said *a, const struct gaz_said *b)
{
    size_t x = strlen(a->text);
    size_t y = strlen(b->text);
    return (x < y) - (x > y);
}

static int by_record(const struct gaz_said *a, const struct gaz_said *b)
{
    return (a->origin->record < b->origin->record) -
           (a->origin->record > b->origin->record);
}

/* An open begin is not known: it does not decide. */
static int by_begin(const struct gaz_said *a, const struct gaz_said *b)
{
    const gaz_date x = a->from;
    const gaz_date y = b->from;
    return x == GAZ_DATE_OPEN || y == GAZ_DATE_OPEN ? 0 : (x > y) - (x < y);
}

static const struct {
    const char *word;
    compare *compare;
} CRITERIA[] = {
    {"coded", by_code},    {"rank", by_rank},         {"records", by_records},
    {"given", by_given},   {"accurate", by_accuracy}, {"long", by_length},
    {"recent", by_record}, {"older", by_begin},
};

enum { CRITERION_COUNT = sizeof(CRITERIA) / sizeof(CRITERIA[0]) };

/* ---- reading ---- */

static int field_of(const char *word)
{
    for (int i = 0; i < GAZ_SURVIVE_FIELDS; i++)
        if (strcmp(FIELDS[i], word) == 0)
            return i;
    return -1;
}

static int criterion_of(const char *word)
{
    for (int i = 0; i < CRITERION_COUNT; i++)
        if (strcmp(CRITERIA[i].word, word) == 0)
            return i;
    return -1;
}

/* The next word of a line, NULL at its end or comment. */
static const char *next_word(struct gaz_ctx *ctx, const char **at)
{
    *at += strspn(*at, " \t\r");
    size_t len = strcspn(*at, " \t\r#");
    const char *word = gaz_arena_strndup(&ctx->arena, *at, len);
    *at += len;
    return len ? word : NULL;
}

static bool read_line(struct gaz_ctx *ctx, const char *line,
                      struct gaz_survival *out, bool *given)
{
    const char *word = next_word(ctx, &line);
    if (!word)
        return true;
    int field = field_of(word);
    int count = 0;
    if (field < 0 || given[field])
        return false;
    given[field] = true;
    while ((word = next_word(ctx, &line)) != NULL) {
        int criterion = criterion_of(word);
        if (criterion < 0 || count == GAZ_SURVIVE_CRITERIA_MAX)
            return false;
        out->criteria[field][count++] = criterion;
    }
    out->criteria[field][count] = -1;
    return true;
}

gaz_status gaz_survive_read(struct gaz_ctx *ctx, const char *text,
                            struct gaz_survival *out)
{
    struct gaz_survival made;
    bool given[GAZ_SURVIVE_FIELDS] = {false};
    int number = 0;
    while (*text) {
        size_t len = strcspn(text, "\n");
        const char *line = gaz_arena_strndup(&ctx->arena, text, len);
        number++;
        if (!read_line(ctx, line, &made, given))
            return gaz_fail(ctx, GAZ_INVALID,
                            "survivorship:%d: not understood: %.60s", number,
                            line);
        text += len + (text[len] == '\n');
    }
    for (int i = 0; i < GAZ_SURVIVE_FIELDS; i++)
        if (!given[i])
            return gaz_fail(ctx, GAZ_INVALID, "survivorship: no '%s'",
                            FIELDS[i]);
    *out = made;
    return GAZ_OK;
}

gaz_status gaz_survive_default(struct gaz_ctx *ctx, struct gaz_survival *out)
{
    const struct gaz_asset *asset =
        gaz_asset_find(GAZ_TWIN_ASSETS, "survivorship.txt");
    return gaz_survive_read(ctx, asset ? (const char *)asset->data : "", out);
}

/* ---- asking ---- */

bool gaz_survive_prefers(const struct gaz_survival *survival,
                         gaz_survive_field field, const struct gaz_said *a,
                         const struct gaz_said *b)
{
    for (const int *at = survival->criteria[field]; *at >= 0; at++) {
        int order = CRITERIA[*at].compare(a, b);
        if (order != 0)
            return order > 0;
    }
    return false;
}
