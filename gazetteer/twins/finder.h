/* finder.h - what the parts of a finder share; private to the room. */
#ifndef GAZ_TWINS_FINDER_H
#define GAZ_TWINS_FINDER_H

#include "gazetteer/twins/twins.h"

/* What records are brought together by. */
typedef enum {
    GAZ_KEY_NAME,  /* town, name, numbers; each name that the place has */
    GAZ_KEY_SOUND, /* addresses: town, sound, numbers; places: the sound */
    GAZ_KEY_OPEN,  /* sound and numbers: one of the two names no town */
    GAZ_KEY_GAP,   /* town, name without one character, numbers */
    GAZ_KEY_CODE,  /* the official code without its zeros */
    GAZ_KEY_CELL,  /* a square and the numbers; looked up with its neighbours */
    GAZ_KEYS,
} gaz_key;

struct gaz_keyed {
    uint64_t key;
    int index;
};

struct gaz_keys {
    struct gaz_keyed *items; /* by key, then index */
    int count;
    int capacity;
};

struct gaz_twin_finder {
    const struct gaz_corpus *corpus;
    const struct gaz_scale_part *scale;
    struct gaz_scale_part scale_kept;
    gaz_twins_kind kind;
    struct gaz_arena keep;
    struct gaz_twin_side *sides;
    int count;
    struct gaz_keys keys[GAZ_KEYS];
};

enum { GAZ_KEYS_OF_SIDE = 80 };

/* gaz_key_read writes the keys of a side of one kind; returns how many. */
int gaz_key_read(const struct gaz_twin_finder *finder, gaz_key key,
                 const struct gaz_twin_side *side,
                 uint64_t out[GAZ_KEYS_OF_SIDE]);

/* gaz_key_around writes the keys of the nine squares around a side. */
enum { GAZ_KEY_SQUARES = 9 };
void gaz_key_around(const struct gaz_twin_finder *finder,
                    const struct gaz_twin_side *side,
                    uint64_t out[GAZ_KEY_SQUARES]);

/* gaz_key_allows tells whether a pair that a key brought together is worth
 * judging. */
bool gaz_key_allows(const struct gaz_twin_finder *finder, gaz_key key,
                    const struct gaz_twin_side *a,
                    const struct gaz_twin_side *b);

/* gaz_block_group gives the records of one key, and how many. */
const struct gaz_keyed *gaz_block_group(const struct gaz_twin_finder *finder,
                                        gaz_key key, uint64_t value,
                                        int *count);

/* gaz_block_one adds the pairs of one side, which is record `index` or -1. */
void gaz_block_one(const struct gaz_twin_finder *finder,
                   const struct gaz_twin_side *side, int index,
                   struct gaz_twin_pairs *pairs);

/* gaz_cluster_all numbers the clusters of sorted pairs. */
void gaz_cluster_all(struct gaz_ctx *ctx, const struct gaz_twin_finder *finder,
                     struct gaz_twins *twins);

#endif
