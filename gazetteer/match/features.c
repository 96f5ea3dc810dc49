/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/features.h"

#include <math.h>
#include <string.h>

#include "gazetteer/match/features_pair.h"
#include "gazetteer/match/rarity.h"
#include "gazetteer/match/sounds.h"

static void view_read(struct gaz_view *v, const uint8_t *rarity)
{
    const struct gaz_side *s = v->side;
    for (int i = 0; i < s->count; i++) {
        int k = s->slots[i];
        v->tokens[k]++;
        v->weight[k] += s->weights[i];
        if (gaz_features_is_covered(v, i))
            v->covered[k] += s->weights[i];
        else if (i + 1 < s->count && s->slots[i + 1] == k)
            v->missing[k] =
                fmaxf(v->missing[k],
                      gaz_rarity_of(rarity, s->tokens[i], s->tokens[i + 1]));
    }
}

static float sum(const float values[GAZ_SLOTS])
{
    float total = 0;
    for (int k = 0; k < GAZ_SLOTS; k++)
        total += values[k];
    return total;
}

/* The rarest token and the rarest neighbours, that both have or that the other
 * lacks. */
static void put_rarest(struct gaz_feature_pair *p, const struct gaz_view *v)
{
    const struct gaz_side *s = v->side;
    float common = 0;
    float lacking = 0;
    float single = 0;
    for (int i = 0; i < s->count; i++) {
        if (v->runs[i] == 0)
            single = fmaxf(single, s->weights[i]);
        if (i + 1 == s->count)
            break;
        float rare =
            gaz_rarity_of(p->knowledge->rarity, s->tokens[i], s->tokens[i + 1]);
        if (v->runs[i] >= 2 && v->runs[i + 1] >= 2)
            common = fmaxf(common, rare);
        else
            lacking = fmaxf(lacking, rare);
    }
    gaz_features_put(p, common);
    gaz_features_put(p, lacking);
    gaz_features_put(p, single);
}

static void put_whole(struct gaz_feature_pair *p)
{
    const struct gaz_side *a = p->a.side;
    const struct gaz_side *b = p->b.side;
    const struct gaz_overlap *o = p->overlap;
    int less = a->count < b->count ? a->count : b->count;
    int more = a->count < b->count ? b->count : a->count;
    gaz_features_put(p, a->count);
    gaz_features_put(p, b->count);
    gaz_features_put(p,
                     gaz_features_share(sum(p->a.covered), sum(p->a.weight)));
    gaz_features_put(p,
                     gaz_features_share(sum(p->b.covered), sum(p->b.weight)));
    gaz_features_put(p, sum(p->a.covered));
    gaz_features_put(p, sum(p->a.weight) - sum(p->a.covered));
    gaz_features_put(p, sum(p->b.weight) - sum(p->b.covered));
    gaz_features_put(p, o->longest);
    gaz_features_put(p, gaz_features_share((float)o->longest, (float)less));
    float rare = 0;
    for (int i = o->longest_end_a - o->longest; i < o->longest_end_a; i++)
        rare += a->weights[i];
    gaz_features_put(p, rare);
    gaz_features_put(p, gaz_features_share((float)o->subsequence, (float)less));
    gaz_features_put(p, gaz_features_share((float)o->subsequence, (float)more));
    gaz_features_put(p, gaz_features_share((float)o->edits, (float)more));
    gaz_features_put(
        p, gaz_overlap_dice(gaz_overlap_whole(a), gaz_overlap_whole(b)));
    put_rarest(p, &p->a);
    put_rarest(p, &p->b);
}

static void put_divisions(struct gaz_feature_pair *p)
{
    struct gaz_agreement g;
    gaz_divisions_compare(&p->knowledge->divisions, p->a.side, p->b.side, &g);
    gaz_features_put(p, g.depth);
    gaz_features_put(p, g.conflicts);
    gaz_features_put(p, g.agreements);
    gaz_features_put(p, g.levels[0]);
    gaz_features_put(p, g.levels[1]);
}

static float best_dice(const struct gaz_feature_pair *p, int slot)
{
    float best = GAZ_NONE;
    for (int i = 0; i < p->a.side->part_count; i++) {
        if (p->a.side->parts[i].slot != slot)
            continue;
        for (int j = 0; j < p->b.side->part_count; j++) {
            if (p->b.side->parts[j].slot != slot)
                continue;
            best =
                fmaxf(best, gaz_overlap_dice(gaz_overlap_part(p->a.side, i),
                                             gaz_overlap_part(p->b.side, j)));
        }
    }
    return best;
}

static void put_slots(struct gaz_feature_pair *p)
{
    for (int k = 0; k < GAZ_SLOTS; k++) {
        p->dice[k] = best_dice(p, k);
        gaz_features_put(p, p->a.tokens[k]);
        gaz_features_put(p, p->b.tokens[k]);
        gaz_features_put(p,
                         gaz_features_share(p->a.covered[k], p->a.weight[k]));
        gaz_features_put(p,
                         gaz_features_share(p->b.covered[k], p->b.weight[k]));
        gaz_features_put(p, p->dice[k]);
        gaz_features_put(p, p->a.tokens[k] ? p->a.missing[k] : GAZ_NONE);
        gaz_features_put(p, p->b.tokens[k] ? p->b.missing[k] : GAZ_NONE);
    }
}

static int last_part(const struct gaz_side *s, bool names_only)
{
    for (int i = s->part_count; i-- > 0;) {
        int k = s->parts[i].slot;
        bool name = k == GAZ_SLOT_POI || k == GAZ_SLOT_SUBPOI;
        if (names_only ? name : k < GAZ_SLOT_ASSIST)
            return i;
    }
    return GAZ_NONE;
}

static float part_cover(const struct gaz_view *v, int part)
{
    float whole = 0;
    float covered = 0;
    if (part == GAZ_NONE)
        return GAZ_NONE;
    for (int i = v->side->parts[part].from; i < v->side->parts[part].to; i++) {
        whole += v->side->weights[i];
        covered += gaz_features_is_covered(v, i) ? v->side->weights[i] : 0;
    }
    return gaz_features_share(covered, whole);
}

/* The finest element of each side: what the address is about. */
static void put_ends(struct gaz_feature_pair *p)
{
    for (int names = 0; names < 2; names++) {
        int a = last_part(p->a.side, names != 0);
        int b = last_part(p->b.side, names != 0);
        gaz_features_put(p,
                         a == GAZ_NONE ? GAZ_NONE : p->a.side->parts[a].slot);
        gaz_features_put(p,
                         b == GAZ_NONE ? GAZ_NONE : p->b.side->parts[b].slot);
        gaz_features_put(p, part_cover(&p->a, a));
        gaz_features_put(p, part_cover(&p->b, b));
        gaz_features_put(p, a == GAZ_NONE || b == GAZ_NONE
                                ? GAZ_NONE
                                : (double)p->overlap->likeness[a][b]);
    }
}

/* Level by level: agree, conflict, missing on a side. */
static void put_levels(struct gaz_feature_pair *p)
{
    static const float SAME = 0.6f;
    int finest_agreed = GAZ_NONE;
    int coarsest_conflict = GAZ_SLOTS;
    int counts[4] = {0};
    int finest_lacking = GAZ_NONE;
    for (int k = 0; k < GAZ_SLOT_ASSIST; k++) {
        bool in_a = p->a.tokens[k] > 0;
        bool in_b = p->b.tokens[k] > 0;
        bool agreed = in_a && p->a.covered[k] > SAME * p->a.weight[k];
        bool conflict = in_a && in_b && p->dice[k] < SAME && !agreed;
        if (agreed)
            finest_agreed = k;
        if (conflict && coarsest_conflict == GAZ_SLOTS)
            coarsest_conflict = k;
        if (in_a && !agreed)
            finest_lacking = k;
        counts[0] += agreed ? 1 : 0;
        counts[1] += conflict ? 1 : 0;
        counts[2] += in_a && !agreed && !conflict ? 1 : 0;
        counts[3] += in_b && !in_a ? 1 : 0;
    }
    gaz_features_put(p, finest_agreed);
    gaz_features_put(p, coarsest_conflict);
    gaz_features_put(p, finest_lacking);
    for (int i = 0; i < 4; i++)
        gaz_features_put(p, counts[i]);
}

/* How much more of a slot, or of all, is shared by sound. */
static void put_heard(struct gaz_feature_pair *p, const struct gaz_view *v,
                      const uint8_t *heard)
{
    static const int SLOTS[] = {GAZ_SLOT_TOWN, GAZ_SLOT_COMMUNITY,
                                GAZ_SLOT_ROAD, GAZ_SLOT_POI};
    float gained[GAZ_SLOTS] = {0};
    for (int i = 0; i < v->side->count; i++) {
        if (heard[i] >= 2 && !gaz_features_is_covered(v, i))
            gained[v->side->slots[i]] += v->side->weights[i];
    }
    gaz_features_put(p, sum(gained));
    gaz_features_put(
        p, gaz_features_share(sum(v->covered) + sum(gained), sum(v->weight)));
    for (size_t n = 0; n < sizeof SLOTS / sizeof *SLOTS; n++) {
        int k = SLOTS[n];
        gaz_features_put(
            p, gaz_features_share(v->covered[k] + gained[k], v->weight[k]));
    }
}

static void put_sounds(struct gaz_feature_pair *p)
{
    put_heard(p, &p->a, p->heard->run_a);
    put_heard(p, &p->b, p->heard->run_b);
    gaz_features_put(p, p->heard->longest - p->overlap->longest);
}

/* What the learned cues say, for each class. */
static void put_cues(struct gaz_feature_pair *p)
{
    uint32_t cues[GAZ_CUES_MAX];
    int32_t scores[GAZ_MATCH_CLASSES] = {0};
    int count = 0;
    if (p->knowledge->cues)
        count = gaz_cues_read(p->a.side, p->b.side, p->overlap, cues);
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
            scores[k] += p->knowledge->cues[cues[i]].of[k];
    }
    for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
        gaz_features_put(p, (float)scores[k] / GAZ_CUE_STEPS);
}

static void sound_out(const uint16_t *table, const struct gaz_side *side,
                      struct gaz_side *out)
{
    out->count = side->count;
    for (int i = 0; i < side->count; i++)
        out->tokens[i] = gaz_sounds_of(table, side->tokens[i]);
}

void gaz_features_compare(const struct gaz_knowledge *knowledge,
                          const struct gaz_side *a, const struct gaz_side *b,
                          struct gaz_overlaps *out)
{
    struct gaz_side sound_a;
    struct gaz_side sound_b;
    sound_out(knowledge->sounds, a, &sound_a);
    sound_out(knowledge->sounds, b, &sound_b);
    gaz_overlap_read(a, b, &out->written);
    gaz_overlap_runs(&sound_a, &sound_b, &out->heard);
}

void gaz_features_turn(const struct gaz_side *a, const struct gaz_side *b,
                       const struct gaz_overlaps *overlaps,
                       struct gaz_overlaps *out)
{
    static const struct gaz_side NO_PARTS;
    gaz_overlap_turn(a, b, &overlaps->written, &out->written);
    gaz_overlap_turn(&NO_PARTS, &NO_PARTS, &overlaps->heard, &out->heard);
}

int gaz_features_read(const struct gaz_knowledge *knowledge,
                      const struct gaz_side *a, const struct gaz_side *b,
                      const struct gaz_overlaps *overlaps,
                      float out[GAZ_FEATURES])
{
    struct gaz_feature_pair p = {.knowledge = knowledge,
                                 .overlap = &overlaps->written,
                                 .heard = &overlaps->heard};
    p.out = out;
    p.a.side = a;
    p.a.runs = overlaps->written.run_a;
    p.b.side = b;
    p.b.runs = overlaps->written.run_b;
    view_read(&p.a, knowledge->rarity);
    view_read(&p.b, knowledge->rarity);
    put_whole(&p);
    put_divisions(&p);
    assert(p.count == GAZ_FEATURE_SLOTS);
    put_slots(&p);
    assert(p.count == GAZ_FEATURE_SLOTS + GAZ_SLOTS * GAZ_FEATURE_SLOT_VALUES);
    gaz_features_numbers(&p);
    gaz_features_names(&p);
    put_ends(&p);
    put_levels(&p);
    put_sounds(&p);
    put_cues(&p);
    return p.count;
}
