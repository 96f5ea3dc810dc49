/* side.h - what a record says of itself, laid out for comparing: a place, or an
 * address with the place that it is counted in.
 *
 * An address is written the standard way first (standardise/rewrite.h), so that
 * 3号附1 and 3号之1 are the same numbers, then cut into its elements.
 */
#ifndef GAZ_TWINS_SIDE_H
#define GAZ_TWINS_SIDE_H

#include "gazetteer/audit/corpus.h"

typedef enum {
    GAZ_TWINS_PLACES,
    GAZ_TWINS_ADDRESSES,
    GAZ_TWINS_KINDS,
} gaz_twins_kind;

/* Numbers of an address. 0: none; what is no plain number (A座) is its hash. */
typedef enum {
    GAZ_PART_PLATE,    /* 158号 */
    GAZ_PART_ANNEX,    /* 158号-2; the other end of a range */
    GAZ_PART_LANE,     /* 3弄 */
    GAZ_PART_SUBPLATE, /* 3弄5号 */
    GAZ_PART_BUILDING,
    GAZ_PART_CELL,
    GAZ_PART_FLOOR,
    GAZ_PART_ROOM,
    GAZ_PARTS,
} gaz_part;

struct gaz_twin_side {
    gaz_id id;
    int place; /* of the corpus, that gives the name; -1: only the text does */
    int village; /* indexes of places; -1: not known */
    int town;
    int county;
    int province;
    int homonyms; /* of a side without a town: towns that have such a name */
    gaz_level level;
    int category;       /* of the place */
    const char *name;   /* of the road, hamlet or estate, or of the place */
    const char *core;   /* without its generic; "": nothing is left */
    const char *sound;  /* toneless; "": not known */
    const char *site;   /* an address: the site behind its numbers */
    const char *street; /* a place: the road of its address */
    const char *code;   /* official; NULL: none */
    bool is_synthetic;
    bool is_placed; /* has a position, of its own or of its addresses */
    bool is_spread; /* ... of its addresses */
    bool has_ended;
    gaz_date from;
    gaz_date to;
    double accuracy_m; /* as assumed when the record does not say */
    struct gaz_coord at;
    int32_t parts[GAZ_PARTS]; /* of an address, or of a place's address */
};

/* gaz_side_place lays out place `index` of a finished corpus, gaz_side_address
 * an address. Strings live in the corpus or in `keep`; scratch is in
 * ctx->arena. GAZ_INVALID: not UTF-8. */
gaz_status gaz_side_place(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                          struct gaz_arena *keep, int index,
                          struct gaz_twin_side *out);
gaz_status gaz_side_address(struct gaz_ctx *ctx,
                            const struct gaz_corpus *corpus,
                            struct gaz_arena *keep, int index,
                            struct gaz_twin_side *out);

/* gaz_side_text lays out a text that no corpus knows: names and numbers only.
 * `unicode` is the thread's own. */
gaz_status gaz_side_text(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                         struct gaz_arena *keep, const char *text,
                         struct gaz_twin_side *out);

/* gaz_side_has_parts is true when any number is given. */
bool gaz_side_has_parts(const struct gaz_twin_side *side);

#endif
