/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/query.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/search/chain.h"
#include "gazetteer/search/number.h"
#include "gazetteer/standardise/elements.h"
#include "gazetteer/standardise/standardise.h"

gaz_status gaz_searcher_open(struct gaz_ctx *ctx, struct gaz_searcher **out)
{
    struct gaz_unicode *unicode = NULL;
    gaz_status status = gaz_unicode_open(ctx, &unicode);
    if (status != GAZ_OK)
        return status;
    *out = gaz_malloc(sizeof(**out));
    (*out)->unicode = unicode;
    return GAZ_OK;
}

void gaz_searcher_close(struct gaz_searcher *searcher)
{
    if (!searcher)
        return;
    gaz_unicode_close(searcher->unicode);
    gaz_free(searcher);
}

static gaz_status check_options(struct gaz_ctx *ctx,
                                const struct gaz_query *query)
{
    if (query->limit < 1 || query->limit > GAZ_ANSWERS_MAX)
        return gaz_fail(ctx, GAZ_INVALID, "limit %d is not 1 to %d",
                        query->limit, GAZ_ANSWERS_MAX);
    if (query->category < 0 || query->category > 99999)
        return gaz_fail(ctx, GAZ_INVALID, "category %d is not 0 to 99999",
                        query->category);
    if (query->focus && !gaz_coord_is_valid(*query->focus))
        return gaz_fail(ctx, GAZ_INVALID,
                        "focus is not a longitude and a latitude in degrees");
    return GAZ_OK;
}

static gaz_status find_below(struct gaz_ctx *ctx,
                             const struct gaz_snapshot *snap, const char *code,
                             uint32_t *out)
{
    size_t size = strlen(code);
    if (size < 2 || size > 12 || strspn(code, "0123456789") != size)
        return gaz_fail(ctx, GAZ_INVALID, "code '%.20s' is not 2 to 12 digits",
                        code);
    struct gaz_snap_span span;
    gaz_snapshot_find(snap, GAZ_KEY_CODE, code, size, &span);
    if (span.count == 0)
        return gaz_fail(ctx, GAZ_INVALID, "no division has the code '%s'",
                        code);
    *out = span.items[0].place;
    return GAZ_OK;
}

gaz_status gaz_query_check_text(struct gaz_ctx *ctx, const char *text,
                                size_t *size)
{
    if (!text)
        return gaz_fail(ctx, GAZ_INVALID, "the query has no text");
    *size = strnlen(text, GAZ_QUERY_MAX_BYTES + 1);
    if (*size > GAZ_QUERY_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "the query is longer than %d bytes",
                        GAZ_QUERY_MAX_BYTES);
    size_t bad = 0;
    if (!gaz_text_is_utf8(text, *size, &bad))
        return gaz_fail(ctx, GAZ_INVALID, "the query is not UTF-8 at byte %zu",
                        bad);
    return GAZ_OK;
}

static void trim(const char **text, size_t *size)
{
    while (*size > 0 && (unsigned char)(*text)[0] <= ' ') {
        (*text)++;
        (*size)--;
    }
    while (*size > 0 && (unsigned char)(*text)[*size - 1] <= ' ')
        (*size)--;
}

gaz_status gaz_query_open(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                          const struct gaz_snapshot *snap,
                          const struct gaz_query *query, bool may_be_empty,
                          struct gaz_asked *out)
{
    struct gaz_asked asked = {.query = query, .below = GAZ_NONE};
    asked.unicode = searcher->unicode;
    size_t given = 0;
    gaz_status status = gaz_query_check_text(ctx, query->text, &given);
    if (status == GAZ_OK)
        status = check_options(ctx, query);
    if (status == GAZ_OK && query->in_code && *query->in_code)
        status = find_below(ctx, snap, query->in_code, &asked.below);
    if (status == GAZ_OK)
        status = gaz_unicode_fold(ctx, asked.unicode, query->text, given,
                                  &asked.text, &asked.size, NULL);
    if (status != GAZ_OK)
        return status;
    trim(&asked.text, &asked.size);
    if (asked.size == 0 &&
        !(may_be_empty && (query->category || asked.below != GAZ_NONE)))
        return gaz_fail(ctx, GAZ_INVALID, "the query is empty");
    if (asked.size > GAZ_ADDRESS_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT,
                        "the query is longer than %d bytes when folded",
                        GAZ_ADDRESS_MAX_BYTES);
    asked.day = query->at ? query->at : gaz_date_today();
    *out = asked;
    return GAZ_OK;
}

/* 附 之 至 到 or a dash behind a digit or 号. */
static bool is_joined(const char *text, size_t size)
{
    static const char HAO[] = "号";
    static const char *const JOINTS[] = {"-", "附", "之", "至", "到"};
    for (size_t at = 1; at < size; at++) {
        bool behind = (text[at - 1] >= '0' && text[at - 1] <= '9') ||
                      (at >= 3 && memcmp(text + at - 3, HAO, 3) == 0);
        for (size_t i = 0; behind && i < sizeof(JOINTS) / sizeof(JOINTS[0]);
             i++)
            if (strncmp(text + at, JOINTS[i], strlen(JOINTS[i])) == 0)
                return true;
    }
    return false;
}

static gaz_status rewrite(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                          struct gaz_asked *asked)
{
    struct gaz_rewrites *done = gaz_arena_alloc(&ctx->arena, sizeof(*done));
    gaz_status status = gaz_rewrite_address(ctx, asked->unicode, &snap->lexicon,
                                            asked->text, asked->size, done);
    if (status != GAZ_OK)
        return status;
    asked->text = done->text;
    asked->size = done->size;
    return GAZ_OK;
}

gaz_status gaz_query_rewrite(struct gaz_ctx *ctx,
                             const struct gaz_snapshot *snap,
                             struct gaz_asked *asked)
{
    return is_joined(asked->text, asked->size) ? rewrite(ctx, snap, asked)
                                               : GAZ_OK;
}

/* Digits that are part of a name: 7 of 7村. Returns how many, and their value,
 * 1 to 99; 0: none stand there. */
static size_t name_digits(const char *text, size_t size, int *value)
{
    static const char *const TAILS[] = {"村", "社区", "居委会"};
    size_t count = 0;
    *value = 0;
    for (;
         count < size && text[count] >= '0' && text[count] <= '9' && count < 3;
         count++)
        *value = *value * 10 + (text[count] - '0');
    for (size_t i = 0; i < sizeof(TAILS) / sizeof(TAILS[0]); i++)
        if (count > 0 && count < 3 && *value > 0 &&
            size - count >= strlen(TAILS[i]) &&
            memcmp(text + count, TAILS[i], strlen(TAILS[i])) == 0)
            return count;
    return 0;
}

bool gaz_query_has_name_digits(const struct gaz_asked *asked)
{
    for (size_t at = 0; at < asked->size; at++) {
        int value;
        bool is_begin =
            asked->text[at] >= '0' && asked->text[at] <= '9' &&
            (at == 0 || asked->text[at - 1] < '0' || asked->text[at - 1] > '9');
        if (is_begin &&
            name_digits(asked->text + at, asked->size - at, &value) > 0)
            return true;
    }
    return false;
}

/* Names write their numbers in words: 7村 is asked for as 七村, 12村 as 十二村.
 */
static void spell_names(struct gaz_ctx *ctx, struct gaz_asked *asked)
{
    static const char *const DIGITS[] = {"",   "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    const char *text = gaz_arena_strndup(&ctx->arena, asked->text, asked->size);
    for (size_t at = 0; text[at];) {
        int value;
        const bool is_begin =
            at == 0 || text[at - 1] < '0' || text[at - 1] > '9';
        const size_t count =
            is_begin ? name_digits(text + at, strlen(text + at), &value) : 0;
        if (count == 0) {
            at++;
            continue;
        }
        text = gaz_arena_printf(&ctx->arena, "%.*s%s%s%s%s", (int)at, text,
                                value >= 20 ? DIGITS[value / 10] : "",
                                value >= 10 ? "十" : "", DIGITS[value % 10],
                                text + at + count);
    }
    asked->text = text;
    asked->size = strlen(text);
}

gaz_status gaz_query_tidy(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                          struct gaz_asked *asked, bool *is_other)
{
    const char *text = asked->text;
    const size_t size = asked->size;
    gaz_status status = rewrite(ctx, snap, asked);
    if (status != GAZ_OK)
        return status;
    spell_names(ctx, asked);
    *is_other = asked->size > 0 &&
                (asked->size != size || memcmp(asked->text, text, size) != 0);
    return GAZ_OK;
}

/* A text of Han characters (those whose UTF-8 begins with E4 to E9), digits
 * and small Latin letters is its own key. */
static bool is_key(const char *text, size_t size)
{
    for (size_t i = 0; i < size;) {
        unsigned char c = (unsigned char)text[i];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
            i++;
        else if (c >= 0xE4 && c <= 0xE9 && i + 2 < size)
            i += 3;
        else
            return false;
    }
    return true;
}

gaz_status gaz_query_key(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                         const char *text, size_t text_size, const char **out,
                         int *size)
{
    if (is_key(text, text_size)) {
        *out = text;
        *size = (int)text_size;
        return GAZ_OK;
    }
    const char *copy = gaz_arena_strndup(&ctx->arena, text, text_size);
    const char *key = NULL;
    gaz_status status = gaz_standardise_key(ctx, unicode, copy, &key);
    if (status != GAZ_OK)
        return status;
    *out = key;
    *size = (int)strlen(key);
    return GAZ_OK;
}

enum use { USE_NAME, USE_NUMBER, USE_NOTHING };

static enum use use_of(gaz_element_label label)
{
    switch (label) {
    case GAZ_ELEMENT_ROADNO:
    case GAZ_ELEMENT_SUBROADNO:
    case GAZ_ELEMENT_HOUSENO:
    case GAZ_ELEMENT_CELLNO:
    case GAZ_ELEMENT_FLOORNO:
    case GAZ_ELEMENT_ROOMNO:
        return USE_NUMBER;
    case GAZ_ELEMENT_COUNTRY:
    case GAZ_ELEMENT_PERSON:
    case GAZ_ELEMENT_ASSIST:
    case GAZ_ELEMENT_REDUNDANT:
    case GAZ_ELEMENT_OTHERINFO:
        return USE_NOTHING;
    default:
        return USE_NAME;
    }
}

static gaz_status add_part(struct gaz_ctx *ctx, const struct gaz_asked *asked,
                           int start, int end, gaz_element_label label,
                           struct gaz_cut *cut)
{
    if (cut->count == GAZ_NAME_PARTS_MAX)
        return GAZ_OK; /* more names than levels exist: noise */
    struct gaz_part *part = &cut->parts[cut->count];
    gaz_status status =
        gaz_query_key(ctx, asked->unicode, asked->text + start,
                      (size_t)(end - start), &part->text, &part->size);
    if (status != GAZ_OK)
        return status;
    if (part->size == 0 || part->size > GAZ_PART_KEY_MAX_BYTES)
        return GAZ_OK;
    part->start = start;
    part->end = end;
    part->label = label;
    part->after_number = cut->plate.number != NULL;
    cut->count++;
    return GAZ_OK;
}

/* The first number is the plate, unless it is part of a building (2幢): then
 * too, on an estate. What follows is the tail, as one text. */
static void add_number(const struct gaz_asked *asked, int start, int end,
                       struct gaz_cut *cut)
{
    struct gaz_plate *plate = &cut->plate;
    if (!plate->number) {
        plate->number = asked->text + start;
        plate->number_size = end - start;
        plate->value =
            gaz_number_value(plate->number, (size_t)plate->number_size);
        cut->number_at = start;
        return;
    }
    if (!plate->tail)
        plate->tail = asked->text + start;
    plate->tail_size = (int)(asked->text + end - plate->tail);
}

gaz_status gaz_query_cut(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                         const struct gaz_asked *asked, struct gaz_cut *out)
{
    struct gaz_elements elements;
    gaz_elements_parse(&snap->lexicon, asked->text, asked->size, &elements);
    out->count = 0;
    out->plate = (struct gaz_plate){.number = NULL};
    out->number_at = (int)asked->size;
    for (int i = 0; i < elements.count; i++) {
        const struct gaz_element *item = &elements.items[i];
        enum use use = use_of(item->label);
        gaz_status status = GAZ_OK;
        if (use == USE_NUMBER)
            add_number(asked, item->byte_start, item->byte_end, out);
        else if (use == USE_NAME)
            status = add_part(ctx, asked, item->byte_start, item->byte_end,
                              item->label, out);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

/* ---- cutting again ---- */

enum {
    NAME_WORDS = GAZ_WORD_PROVINCE | GAZ_WORD_CITY | GAZ_WORD_COUNTY |
                 GAZ_WORD_TOWN | GAZ_WORD_VILLAGE | GAZ_WORD_HAMLET |
                 GAZ_WORD_ROAD | GAZ_WORD_ESTATE | GAZ_WORD_SITE |
                 GAZ_WORD_ZONE,
    COVERED = 16, /* worth of a byte in a name, against 1 for one name less */
    WORDS_MAX = 12,
};

/* The best way to cut text[at..]: what it is worth and its first step. */
struct ahead {
    int worth;
    int step;
    bool is_name;
};

static void weigh(const struct gaz_lexicon *lexicon, const char *text, int size,
                  int at, struct ahead *table)
{
    size_t next = (size_t)at;
    (void)gaz_text_next(text, (size_t)size, &next);
    table[at] = (struct ahead){table[next].worth, (int)next - at, false};
    struct gaz_word words[WORDS_MAX];
    int count = gaz_lexicon_matches(lexicon, text + at, (size_t)(size - at),
                                    words, WORDS_MAX);
    for (int i = 0; i < count; i++) {
        int step = (int)words[i].size;
        if (!(words[i].kinds & NAME_WORDS) || step <= 0 || at + step > size)
            continue;
        int worth = table[at + step].worth + step * COVERED - 1;
        if (worth >= table[at].worth)
            table[at] = (struct ahead){worth, step, true};
    }
}

static gaz_status walk(struct gaz_ctx *ctx, const struct gaz_asked *asked,
                       const struct ahead *table, int size, struct gaz_cut *cut)
{
    int unknown = 0; /* where a stretch without names begins */
    int at = 0;
    while (at < size) {
        int step = table[at].step;
        if (table[at].is_name || at + step >= size) {
            int stop = table[at].is_name ? at : size;
            gaz_status status = GAZ_OK;
            if (stop > unknown)
                status =
                    add_part(ctx, asked, unknown, stop, GAZ_ELEMENT_POI, cut);
            if (status == GAZ_OK && table[at].is_name)
                status = add_part(ctx, asked, at, at + step,
                                  GAZ_ELEMENT_COMMUNITY, cut);
            if (status != GAZ_OK)
                return status;
            unknown = at + step;
        }
        at += step;
    }
    return GAZ_OK;
}

gaz_status gaz_query_recut(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           const struct gaz_asked *asked, struct gaz_cut *cut)
{
    int size = cut->number_at;
    struct ahead *table =
        gaz_arena_array(&ctx->arena, (size_t)size + 1, sizeof(*table));
    for (int at = size - 1; at >= 0; at--)
        if (((unsigned char)asked->text[at] & 0xC0) != 0x80)
            weigh(&snap->lexicon, asked->text, size, at, table);
    struct gaz_cut old = *cut;
    cut->plate.number = NULL; /* all parts stand before it */
    cut->count = 0;
    gaz_status status = walk(ctx, asked, table, size, cut);
    cut->plate = old.plate;
    for (int i = 0; i < old.count; i++)
        if (old.parts[i].after_number && cut->count < GAZ_NAME_PARTS_MAX)
            cut->parts[cut->count++] = old.parts[i];
    return status;
}
