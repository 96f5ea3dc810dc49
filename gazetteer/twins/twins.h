/* twins.h - which records of a corpus are one place: pairs, bands, clusters.
 *
 *     gaz_scale_default(ctx, &scale);
 *     gaz_twins_find(ctx, corpus, &scale, &twins);
 *     for (int i = 0; i < twins.count; i++) ...
 *
 * Blocking finds the pairs that are worth a look, judging says why they are one
 * place or two, clustering puts pairs together: complete linkage, so that no
 * chain joins two records that are different from each other.
 *
 * The same corpus gives the same answer in the same order.
 */
#ifndef GAZ_TWINS_TWINS_H
#define GAZ_TWINS_TWINS_H

#include "gazetteer/audit/corpus.h"
#include "gazetteer/twins/scale.h"

typedef enum {
    GAZ_BAND_DIFFERENT,
    GAZ_BAND_REVIEW,
    GAZ_BAND_DUPLICATE,
} gaz_band;

/* "different", "review", "duplicate"; and in Chinese. */
const char *gaz_band_name(gaz_band band);
const char *gaz_band_zh(gaz_band band);

struct gaz_twin {
    int a; /* indexes of the corpus' places, a < b */
    int b;
    gaz_band band;
    double score;      /* chance, 0 to 1; 0 when something forbids it */
    double distance_m; /* between positions of their own; -1: not known */
    int cluster;       /* from 1; 0: in none */
    const char *zh;    /* why, and why not */
    const char *en;
};

struct gaz_twins {
    struct gaz_twin *items; /* best first, then by ids; in the ctx' arena */
    int count;
    int cluster_count;
    int skipped; /* records whose key more than block-most have */
};

gaz_status gaz_twins_find(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                          const struct gaz_scale *scale, struct gaz_twins *out);

/* gaz_twins_judge judges one pair; zh and en live in `arena`. Symmetric. */
struct gaz_twin gaz_twins_judge(struct gaz_arena *arena,
                                const struct gaz_corpus *corpus,
                                const struct gaz_scale *scale, int a, int b);

/* gaz_twins_block lists the pairs worth judging, each once, a < b, sorted.
 * *skipped as above. In ctx->arena. */
struct gaz_twin_pair {
    int a;
    int b;
};
struct gaz_twin_pairs {
    struct gaz_twin_pair *items;
    int count;
    int skipped;
};
void gaz_twins_block(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                     const struct gaz_scale *scale, struct gaz_twin_pairs *out);

/* gaz_twins_similarity is the longest common subsequence's share of the longer
 * text, in characters: 0 to 1. */
double gaz_twins_similarity(const char *a, const char *b);

#endif
