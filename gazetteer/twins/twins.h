/* twins.h - which records of a corpus are one: pairs, bands, clusters.
 *
 *     gaz_scale_default(ctx, &scale);
 *     gaz_twins_open(ctx, corpus, &scale, GAZ_TWINS_ADDRESSES, &finder);
 *     gaz_twins_find(ctx, finder, GAZ_BAND_REVIEW, &twins);
 *     for (int i = 0; i < twins.count; i++) ...
 *     gaz_twins_close(finder);
 *
 * Blocking finds the pairs that are worth a look, judging says why they are one
 * or two, clustering puts pairs together: complete linkage, so that no chain
 * joins two records that are different from each other.
 *
 * The same corpus gives the same answer in the same order. A finder belongs to
 * one thread; the corpus must outlive it.
 */
#ifndef GAZ_TWINS_TWINS_H
#define GAZ_TWINS_TWINS_H

#include "gazetteer/audit/corpus.h"
#include "gazetteer/twins/scale.h"

typedef enum {
    GAZ_BAND_DIFFERENT,
    GAZ_BAND_REVIEW,
    GAZ_BAND_DUPLICATE,
    GAZ_BANDS,
} gaz_band;

/* "different", "review", "duplicate"; and in Chinese. */
const char *gaz_band_name(gaz_band band);
const char *gaz_band_zh(gaz_band band);

struct gaz_twin {
    int a; /* indexes of the corpus' places (or addresses), a < b */
    int b;
    gaz_band band;
    double score;      /* chance, 0 to 1; 0 when something forbids it */
    double distance_m; /* between positions of their own; -1: not known */
    int cluster;       /* from 1; 0: in none */
    const char *zh;    /* why, and why not */
    const char *en;
};

struct gaz_twins {
    gaz_twins_kind kind;
    struct gaz_twin *items; /* best first, then by ids; in the ctx' arena */
    int count;
    int by_band[GAZ_BANDS]; /* all that were judged, also those not listed */
    int cluster_count;
    int skipped; /* records whose key more than block-most have */
};

struct gaz_twin_finder;

/* gaz_twins_open lays out all records of a kind and sorts their keys. About 250
 * bytes a record. GAZ_INVALID: a text is not UTF-8. */
gaz_status gaz_twins_open(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                          const struct gaz_scale *scale, gaz_twins_kind kind,
                          struct gaz_twin_finder **out);
void gaz_twins_close(struct gaz_twin_finder *finder); /* accepts NULL */

/* gaz_twins_find judges every pair that blocking finds and lists those of band
 * `least` and above; below GAZ_BAND_REVIEW they get no cluster. */
gaz_status gaz_twins_find(struct gaz_ctx *ctx, struct gaz_twin_finder *finder,
                          gaz_band least, struct gaz_twins *out);

/* gaz_twins_one judges record `index`, as the corpus has it now, against all
 * others; without clusters. */
gaz_status gaz_twins_one(struct gaz_ctx *ctx, struct gaz_twin_finder *finder,
                         int index, gaz_band least, struct gaz_twins *out);

/* gaz_twins_judge judges one pair; zh and en live in `arena` (NULL: no
 * sentences). Symmetric. */
struct gaz_twin gaz_twins_judge(const struct gaz_twin_finder *finder,
                                struct gaz_arena *arena, int a, int b);

/* gaz_twins_cues is what speaks for and against it. */
void gaz_twins_cues(const struct gaz_twin_finder *finder, int a, int b,
                    struct gaz_cues *out);

/* gaz_twins_block lists the pairs worth judging, each once, a < b, sorted.
 * *skipped as above. To be given to gaz_twins_pairs_close. */
struct gaz_twin_pair {
    int a;
    int b;
};
struct gaz_twin_pairs {
    struct gaz_twin_pair *items;
    int count;
    int capacity;
    int skipped;
};
void gaz_twins_block(const struct gaz_twin_finder *finder,
                     struct gaz_twin_pairs *out);
void gaz_twins_pairs_close(struct gaz_twin_pairs *pairs);

/* gaz_twins_side is a record as it was laid out. */
const struct gaz_twin_side *gaz_twins_side(const struct gaz_twin_finder *finder,
                                           int index);

#endif
