/* features_pair.h - the state of gaz_features_read, shared by its parts.
 *
 * features.c          the whole texts, divisions, slots, levels, cues
 * features_numbers.c  numbers by slot and by the unit word behind them
 * features_names.c    the best pair of names, of roads, of any parts
 */
#ifndef GAZ_MATCH_FEATURES_PAIR_H
#define GAZ_MATCH_FEATURES_PAIR_H

#include <assert.h>

#include "gazetteer/match/features.h"

enum { GAZ_NONE = -1 };

/* One direction: how `side` is covered by the other. */
struct gaz_view {
    const struct gaz_side *side;
    const uint8_t *runs;
    float weight[GAZ_SLOTS];
    float covered[GAZ_SLOTS];
    float missing[GAZ_SLOTS]; /* rarest neighbours that the other lacks */
    int tokens[GAZ_SLOTS];
};

struct gaz_feature_pair {
    const struct gaz_knowledge *knowledge;
    struct gaz_view a;
    struct gaz_view b;
    const struct gaz_overlap *overlap; /* as written */
    const struct gaz_overlap *heard;
    float dice[GAZ_SLOTS]; /* best of two parts in this slot; GAZ_NONE */
    float *out;
    int count;
};

static inline void gaz_features_put(struct gaz_feature_pair *p, double value)
{
    assert(p->count < GAZ_FEATURES);
    p->out[p->count++] = (float)value;
}

/* A token that the other side has too, with a neighbour or as a number. */
static inline bool gaz_features_is_covered(const struct gaz_view *v, int i)
{
    return v->runs[i] >= 2 ||
           (v->runs[i] == 1 && gaz_side_is_number(v->side->tokens[i]));
}

static inline float gaz_features_share(float part, float whole)
{
    return whole > 0 ? part / whole : GAZ_NONE;
}

void gaz_features_numbers(struct gaz_feature_pair *p);
void gaz_features_names(struct gaz_feature_pair *p);

#endif
