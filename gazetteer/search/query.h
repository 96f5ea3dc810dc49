/* query.h - a query, checked, folded and cut into parts.
 *
 * Parts are the elements of standardise/elements.h, sorted into what the search
 * does with them: names are looked up, numbers resolved on the finest name, and
 * the rest (persons, noise) is ignored. Where the elements explain too little,
 * gaz_query_recut cuts again, along the names that the snapshot knows.
 */
#ifndef GAZ_SEARCH_QUERY_H
#define GAZ_SEARCH_QUERY_H

#include "gazetteer/search/search.h"
#include "gazetteer/standardise/unicode.h"

enum { GAZ_NAME_PARTS_MAX = 12, GAZ_PART_KEY_MAX_BYTES = 192 };

struct gaz_part {
    const char
        *text; /* key form, size bytes; in the folded text or the arena */
    int size;
    int start; /* byte offsets in the folded text */
    int end;
    gaz_element_label label;
    bool after_number; /* stands behind the number: it can only confirm */
};

/* The number of an address and what follows it. */
struct gaz_plate {
    const char *number; /* "158号"; NULL: the query has none */
    int number_size;
    int32_t value;    /* 158; 0: no plain number */
    const char *tail; /* "2幢3单元501室" */
    int tail_size;
};

struct gaz_cut {
    struct gaz_part parts[GAZ_NAME_PARTS_MAX];
    int count;
    struct gaz_plate plate;
    int number_at; /* byte offset where the number begins; size: none */
};

struct gaz_asked {
    const struct gaz_query *query;
    struct gaz_unicode *unicode;
    const char *text; /* folded, blanks at the ends dropped */
    size_t size;
    gaz_date day;   /* never 0: today when the query has none */
    uint32_t below; /* the place of in_code, or GAZ_NONE */
};

/* gaz_query_open checks and folds. With `may_be_empty` an empty text is fine
 * when a category or a code is given. Returns as gaz_geocode does. */
gaz_status gaz_query_open(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                          const struct gaz_snapshot *snap,
                          const struct gaz_query *query, bool may_be_empty,
                          struct gaz_asked *out);

/* gaz_query_rewrite writes the text the standard way (rewrite.h) when numbers
 * of it are joined: 3号附2号, 101号至103号, 3-2-501. Other texts are read as
 * they are; a look at the text tells, so clean ones pay nothing. */
gaz_status gaz_query_rewrite(struct gaz_ctx *ctx,
                             const struct gaz_snapshot *snap,
                             struct gaz_asked *asked);

/* gaz_query_tidy writes the whole text the standard way, words and signs that
 * are no part of an address left out, and numbers of names in words (7村 as
 * 七村). *is_other: it reads otherwise now. */
gaz_status gaz_query_tidy(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                          struct gaz_asked *asked, bool *is_other);

/* gaz_query_has_name_digits: a number that belongs to a name stands in digits,
 * 奉浦1居委会. */
bool gaz_query_has_name_digits(const struct gaz_asked *asked);

/* gaz_query_check_text measures a text: GAZ_INVALID when it is NULL or not
 * UTF-8, GAZ_LIMIT when it is longer than GAZ_QUERY_MAX_BYTES. */
gaz_status gaz_query_check_text(struct gaz_ctx *ctx, const char *text,
                                size_t *size);

/* gaz_query_key is gaz_standardise_key with a short way for texts that are
 * their own key; the result has *size bytes and may not end in a NUL. */
gaz_status gaz_query_key(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                         const char *text, size_t text_size, const char **out,
                         int *size);

/* gaz_query_cut sorts the elements of the folded text into parts. */
gaz_status gaz_query_cut(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                         const struct gaz_asked *asked, struct gaz_cut *out);

/* gaz_query_recut cuts what stands before the number so that names of the
 * lexicon cover as many characters as they can, with as few names as can be.
 * `cut` is read for the number and rewritten. */
gaz_status gaz_query_recut(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           const struct gaz_asked *asked, struct gaz_cut *cut);

#endif
