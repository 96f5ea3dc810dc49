/* search.h - from words or a position to places: the answers of the product.
 *
 * Everything reads the snapshot only. A gaz_searcher is what one thread needs
 * (ICU handle); the snapshot behind it may be swapped between two calls.
 *
 *     struct gaz_query query = {.text = "平湖市新仓镇朝阳路158号", .limit = 5};
 *     struct gaz_answers answers;
 *     if (gaz_geocode(ctx, searcher, snap, &query, &answers) == GAZ_OK)
 *         for (int i = 0; i < answers.count; i++)
 *             puts(answers.items[i].label);
 *
 * Results live in ctx->arena and may point into the snapshot.
 */
#ifndef GAZ_SEARCH_SEARCH_H
#define GAZ_SEARCH_SEARCH_H

#include "gazetteer/index/snapshot.h"
#include "gazetteer/model/address.h"

enum {
    GAZ_QUERY_MAX_BYTES = 1024, /* the longest real address is under 300 */
    GAZ_ANSWERS_MAX = 50,
    GAZ_REASONS_MAX = 8,
    GAZ_REVERSE_RADIUS_MAX_M = 50000,
};

struct gaz_searcher;

gaz_status gaz_searcher_open(struct gaz_ctx *ctx, struct gaz_searcher **out);
void gaz_searcher_close(struct gaz_searcher *searcher); /* accepts NULL */

struct gaz_query {
    const char *text;              /* UTF-8, 1 to GAZ_QUERY_MAX_BYTES bytes */
    int limit;                     /* 1 to GAZ_ANSWERS_MAX */
    gaz_date at;                   /* ask as of this day; 0: today */
    const struct gaz_coord *focus; /* prefer answers near here; NULL: nowhere */
    const char *in_code; /* only below this official code; NULL: all */
    int category; /* only this GB/T 18521 code or, with trailing zeros, its
                   * class (25000: 纪念地旅游景点); 0: all */
};

/* What kind of thing the answer is, as fine as the match went. */
typedef enum {
    GAZ_MATCH_NONE = 0,
    GAZ_MATCH_PROVINCE,
    GAZ_MATCH_CITY,
    GAZ_MATCH_COUNTY,
    GAZ_MATCH_TOWN,
    GAZ_MATCH_VILLAGE,
    GAZ_MATCH_ESTATE,       /* hamlet, estate, zone */
    GAZ_MATCH_ROAD,         /* the road is known, the number is not */
    GAZ_MATCH_INTERPOLATED, /* between two known numbers */
    GAZ_MATCH_SITE,         /* a named site */
    GAZ_MATCH_EXACT,        /* the number itself */
} gaz_match;

/* "exact", "interpolated", "site", "road", "estate", "village", "town",
 * "county", "city", "province", "none" */
const char *gaz_match_name(gaz_match match);

struct gaz_reason {
    const char *code; /* "former_name", "number_not_found", "level_skipped" */
    const char *zh;   /* one sentence */
    const char *en;
};

struct gaz_answer {
    uint32_t place;    /* index in the snapshot; the parent of an address */
    uint32_t address;  /* index, or GAZ_NONE */
    uint32_t name;     /* the name that matched, or GAZ_NONE */
    const char *label; /* the standard address or full name */
    gaz_match match;
    double confidence;            /* 0 to 1 */
    struct gaz_position position; /* method NONE: no position is known */
    double distance_m;            /* from focus or the asked position; -1 */
    struct gaz_reason reasons[GAZ_REASONS_MAX];
    int reason_count;
};

struct gaz_answers {
    const struct gaz_answer *items; /* best first; total order, stable */
    int count;                      /* 0: nothing was good enough */
    const char *standardised;       /* the query as it was understood */
};

/* gaz_geocode finds what an address or a name means, best first. Same names in
 * two places are both returned; contradictory levels are tried apart; an
 * abolished name answers its successor with the reason. Finding nothing is a
 * fair answer.
 *
 * @return GAZ_OK; GAZ_INVALID: empty, not UTF-8, limit or code out of range;
 *         GAZ_LIMIT: text too long */
gaz_status gaz_geocode(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                       const struct gaz_snapshot *snap,
                       const struct gaz_query *query, struct gaz_answers *out);

/* gaz_search finds places by name, romanisation (zhapu, Zhàpǔ, zp), former
 * name, code or category; text may be "" when a category or code is given. */
gaz_status gaz_search(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                      const struct gaz_snapshot *snap,
                      const struct gaz_query *query, struct gaz_answers *out);

/* gaz_suggest completes what is being typed: characters, pinyin, initials. */
gaz_status gaz_suggest(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                       const struct gaz_snapshot *snap,
                       const struct gaz_query *query, struct gaz_answers *out);

struct gaz_reverse_query {
    struct gaz_coord coord; /* CGCS2000 */
    double radius_m;        /* 0: 2000; at most GAZ_REVERSE_RADIUS_MAX_M */
    int limit;
    gaz_date at;
};

/* gaz_reverse tells where a position is: the area that holds it first, then the
 * nearest places and addresses inside that area. An answer never lies across
 * the county line from the asked position, unless no area is known there. */
gaz_status gaz_reverse(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                       const struct gaz_reverse_query *query,
                       struct gaz_answers *out);

/* gaz_parse cuts `text` into elements by the trained model (model.h); offsets
 * of the text as given. Full width and Traditional characters are read as their
 * folded form, one for one. It needs no snapshot, and about 50 KB of stack.
 *
 * @return GAZ_OK; GAZ_INVALID: empty or not UTF-8; GAZ_LIMIT: text too long */
gaz_status gaz_parse(struct gaz_ctx *ctx, const char *text,
                     struct gaz_elements *out);

/* gaz_search_label writes the full label of a place as of a day. */
const char *gaz_search_label(struct gaz_ctx *ctx,
                             const struct gaz_snapshot *snap, uint32_t place,
                             gaz_date at);

#endif
