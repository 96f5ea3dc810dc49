/* lexicon.h - which strings are names or unit words, for cutting an address.
 *
 * A flat, read-only, position-independent table of words, each with the set of
 * kinds it may be, searched by longest match at a place in a text. It is built
 * from the word lists in data/words/ and from the names of the gazetteer, is
 * one section of the snapshot, and is used where it is mapped: nothing to load.
 *
 *     struct gaz_lexicon lexicon;
 *     gaz_lexicon_open(ctx, section.data, section.size, &lexicon);
 *     struct gaz_word word;
 *     if (gaz_lexicon_longest(&lexicon, text + at, size - at, &word)) ...
 */
#ifndef GAZ_STANDARDISE_LEXICON_H
#define GAZ_STANDARDISE_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/context.h"

/* What a word may be; a set, since 南大街 is a road and starts a community. */
enum {
    GAZ_WORD_PROVINCE = 1 << 0,
    GAZ_WORD_CITY = 1 << 1,
    GAZ_WORD_COUNTY = 1 << 2,
    GAZ_WORD_TOWN = 1 << 3,
    GAZ_WORD_VILLAGE = 1 << 4, /* 村 and 社区, with their suffix */
    GAZ_WORD_HAMLET = 1 << 5,
    GAZ_WORD_ROAD = 1 << 6,
    GAZ_WORD_ESTATE = 1 << 7,
    GAZ_WORD_SITE = 1 << 8,      /* a place that is not a division: a POI */
    GAZ_WORD_ZONE = 1 << 9,      /* development zone, park */
    GAZ_WORD_SHORT = 1 << 10,    /* without its generic: 嘉兴, 乍浦 */
    GAZ_WORD_FORMER = 1 << 11,   /* a former name */
    GAZ_WORD_NOISE = 1 << 12,    /* 电联, 收 */
    GAZ_WORD_ASSIST = 1 << 13,   /* 对面, 附近, 东侧 */
    GAZ_WORD_GENERIC = 1 << 14,  /* a generic term alone: 路, 新村 */
    GAZ_WORD_FEATURE = 1 << 15,  /* of nature or water: 河, 群岛 */
    GAZ_WORD_MODIFIER = 1 << 16, /* stands before a site's generic: 烈士 */
    GAZ_WORD_LOOSE = 1 << 17, /* a generic that no address is cut at: 门, 台 */
};

struct gaz_word {
    size_t size;    /* bytes matched */
    uint32_t kinds; /* set of GAZ_WORD_* */
};

struct gaz_lexicon_entry {
    const char *text; /* standardised, UTF-8 */
    uint32_t kinds;
};

struct gaz_lexicon {
    const unsigned char *data;
    size_t size;
};

/* gaz_lexicon_build appends the table to `out`; entries in any order, same text
 * twice joins the kinds. Deterministic: same entries, same bytes. */
void gaz_lexicon_build(const struct gaz_lexicon_entry *entries, size_t count,
                       struct gaz_buffer *out);

/* gaz_lexicon_open checks the table (header, every offset) and points into it;
 * `data` must outlive `out`. GAZ_INVALID when damaged. */
gaz_status gaz_lexicon_open(struct gaz_ctx *ctx, const void *data, size_t size,
                            struct gaz_lexicon *out);

/* gaz_lexicon_longest finds the longest word that begins at text[0]. */
bool gaz_lexicon_longest(const struct gaz_lexicon *lexicon, const char *text,
                         size_t size, struct gaz_word *out);

/* gaz_lexicon_matches finds all words that begin at text[0], shortest first, at
 * most `max`; returns how many. */
int gaz_lexicon_matches(const struct gaz_lexicon *lexicon, const char *text,
                        size_t size, struct gaz_word *out, int max);

#endif
