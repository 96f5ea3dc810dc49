/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/survive.h"

#include <string.h>

#include "gazetteer/base/asset.h"
#include "gazetteer/quality/dedupe.h"

extern const struct gaz_asset GAZ_TWIN_ASSETS[];

static const char *const FIELDS[GAZ_SURVIVE_FIELDS] = {
    "keep",    "category", "parent", "position", "area",
    "address", "meaning",  "origin", "history",  "numbering"};

/* How two heirs compare in one field: below 0, a is better; 0: undecided. */
typedef int compare(gaz_survive_field field, const struct gaz_heir *a,
                    const struct gaz_heir *b);

static const char *text_of(gaz_survive_field field, const struct gaz_heir *heir)
{
    const struct gaz_place *place = &heir->place;
    const char *text = field == GAZ_SURVIVE_ADDRESS     ? place->address
                       : field == GAZ_SURVIVE_MEANING   ? place->meaning
                       : field == GAZ_SURVIVE_ORIGIN    ? place->origin
                       : field == GAZ_SURVIVE_HISTORY   ? place->history
                       : field == GAZ_SURVIVE_NUMBERING ? place->numbering.rule
                                                        : NULL;
    return text ? text : "";
}

static bool is_given(gaz_survive_field field, const struct gaz_heir *heir)
{
    const struct gaz_place *place = &heir->place;
    switch (field) {
    case GAZ_SURVIVE_CATEGORY:
        return place->category != 0;
    case GAZ_SURVIVE_PARENT:
        return place->parent != 0;
    case GAZ_SURVIVE_POSITION:
        return place->position.method != GAZ_METHOD_NONE;
    case GAZ_SURVIVE_AREA:
        return place->area_wkb != NULL;
    case GAZ_SURVIVE_NUMBERING:
        return place->numbering.start != GAZ_BEARING_NONE ||
               place->numbering.odd_side != GAZ_BEARING_NONE;
    default:
        return *text_of(field, heir) != '\0';
    }
}

static int by_given(gaz_survive_field field, const struct gaz_heir *a,
                    const struct gaz_heir *b)
{
    return is_given(field, b) - is_given(field, a);
}

static int by_code(gaz_survive_field field, const struct gaz_heir *a,
                   const struct gaz_heir *b)
{
    (void)field;
    return (b->place.code && *b->place.code) -
           (a->place.code && *a->place.code);
}

static int by_rank(gaz_survive_field field, const struct gaz_heir *a,
                   const struct gaz_heir *b)
{
    (void)field;
    const char *x = a->origin.grade ? a->origin.grade : "~"; /* after letters */
    const char *y = b->origin.grade ? b->origin.grade : "~";
    return strcmp(x, y);
}

static int by_records(gaz_survive_field field, const struct gaz_heir *a,
                      const struct gaz_heir *b)
{
    (void)field;
    return (a->origin.records < b->origin.records) -
           (a->origin.records > b->origin.records);
}

/* A known accuracy before an unknown one (0), then the smaller. */
static int by_accuracy(gaz_survive_field field, const struct gaz_heir *a,
                       const struct gaz_heir *b)
{
    (void)field;
    double x = a->place.position.accuracy_m;
    double y = b->place.position.accuracy_m;
    if ((x > 0) != (y > 0))
        return x > 0 ? -1 : 1;
    return (x > y) - (x < y);
}

static int by_length(gaz_survive_field field, const struct gaz_heir *a,
                     const struct gaz_heir *b)
{
    size_t x = strlen(text_of(field, a));
    size_t y = strlen(text_of(field, b));
    return (x < y) - (x > y);
}

static int by_record(gaz_survive_field field, const struct gaz_heir *a,
                     const struct gaz_heir *b)
{
    (void)field;
    return (a->origin.record < b->origin.record) -
           (a->origin.record > b->origin.record);
}

/* An open begin is not known: it does not decide. */
static int by_begin(gaz_survive_field field, const struct gaz_heir *a,
                    const struct gaz_heir *b)
{
    (void)field;
    gaz_date x = a->place.valid_from;
    gaz_date y = b->place.valid_from;
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

/* ---- merging ---- */

static bool prefers_second(const struct gaz_survival *survival,
                           gaz_survive_field field, const struct gaz_heir *a,
                           const struct gaz_heir *b)
{
    for (const int *at = survival->criteria[field]; *at >= 0; at++) {
        int order = CRITERIA[*at].compare(field, a, b);
        if (order != 0)
            return order > 0;
    }
    return false;
}

bool gaz_survive_turns(const struct gaz_survival *survival,
                       const struct gaz_heir *a, const struct gaz_heir *b)
{
    return prefers_second(survival, GAZ_SURVIVE_KEEP, a, b);
}

static void take_field(struct gaz_place *out, gaz_survive_field field,
                       const struct gaz_place *from)
{
    switch (field) {
    case GAZ_SURVIVE_CATEGORY:
        out->category = from->category;
        break;
    case GAZ_SURVIVE_PARENT:
        out->parent = from->parent;
        out->parent_code = from->parent_code;
        break;
    case GAZ_SURVIVE_POSITION:
        out->position = from->position;
        break;
    case GAZ_SURVIVE_AREA:
        out->area_wkb = from->area_wkb;
        out->area_size = from->area_size;
        out->area_is_schematic = from->area_is_schematic;
        break;
    case GAZ_SURVIVE_ADDRESS:
        out->address = from->address;
        break;
    case GAZ_SURVIVE_MEANING:
        out->meaning = from->meaning;
        break;
    case GAZ_SURVIVE_ORIGIN:
        out->origin = from->origin;
        break;
    case GAZ_SURVIVE_HISTORY:
        out->history = from->history;
        break;
    case GAZ_SURVIVE_NUMBERING:
        out->numbering = from->numbering;
        break;
    default:
        break;
    }
}

/* The merged place's own standard name lives on as an alias. */
static struct gaz_place with_alias(struct gaz_ctx *ctx,
                                   const struct gaz_place *kept,
                                   const struct gaz_place *merged)
{
    struct gaz_place place = *merged;
    size_t size = (size_t)merged->name_count * sizeof(*merged->names);
    struct gaz_name *names =
        gaz_arena_grow(&ctx->arena, merged->names, size, size);
    for (int i = 0; i < place.name_count; i++)
        if (names[i].kind == GAZ_NAME_STANDARD &&
            strcmp(names[i].text, kept->names[0].text) != 0)
            names[i].kind = names[i].valid_to == GAZ_DATE_OPEN
                                ? GAZ_NAME_ALIAS
                                : GAZ_NAME_FORMER;
    place.names = names;
    return place;
}

gaz_status gaz_survive_merge(struct gaz_ctx *ctx,
                             const struct gaz_survival *survival,
                             const struct gaz_heir *kept,
                             const struct gaz_heir *merged,
                             struct gaz_place *out)
{
    struct gaz_place made;
    bool changed;
    const struct gaz_place other =
        with_alias(ctx, &kept->place, &merged->place);
    gaz_status status =
        gaz_dedupe_merge(ctx, &kept->place, &other, &made, &changed);
    if (status != GAZ_OK)
        return status;
    for (int field = GAZ_SURVIVE_KEEP + 1; field < GAZ_SURVIVE_FIELDS; field++)
        take_field(
            &made, (gaz_survive_field)field,
            prefers_second(survival, (gaz_survive_field)field, kept, merged)
                ? &merged->place
                : &kept->place);
    *out = made;
    return GAZ_OK;
}
