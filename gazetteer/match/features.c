/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/features.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "gazetteer/match/rarity.h"

enum { NONE = -1 };

/* One direction: how `side` is covered by the other. */
struct view {
    const struct gaz_side *side;
    const uint8_t *runs;
    int first_part[GAZ_SLOTS]; /* -1: slot is empty */
    float weight[GAZ_SLOTS];
    float covered[GAZ_SLOTS];
    float missing[GAZ_SLOTS]; /* rarest neighbours that the other lacks */
    int tokens[GAZ_SLOTS];
};

struct pair {
    const struct gaz_knowledge *knowledge;
    struct view a;
    struct view b;
    struct gaz_overlap overlap;
    float dice[GAZ_SLOTS]; /* best of two parts in this slot; NONE */
    float *out;
    int count;
};

static void put(struct pair *p, double value)
{
    assert(p->count < GAZ_FEATURES);
    p->out[p->count++] = (float)value;
}

static bool is_covered(const struct view *v, int i)
{
    return v->runs[i] >= 2 ||
           (v->runs[i] == 1 && gaz_side_is_number(v->side->tokens[i]));
}

static void view_read(struct view *v, const uint8_t *rarity)
{
    const struct gaz_side *s = v->side;
    for (int k = 0; k < GAZ_SLOTS; k++)
        v->first_part[k] = NONE;
    for (int i = s->part_count; i-- > 0;)
        v->first_part[s->parts[i].slot] = i;
    for (int i = 0; i < s->count; i++) {
        int k = s->slots[i];
        v->tokens[k]++;
        v->weight[k] += s->weights[i];
        if (is_covered(v, i))
            v->covered[k] += s->weights[i];
        else if (i + 1 < s->count && s->slots[i + 1] == k)
            v->missing[k] =
                fmaxf(v->missing[k],
                      gaz_rarity_of(rarity, s->tokens[i], s->tokens[i + 1]));
    }
}

static float share(float part, float whole)
{
    return whole > 0 ? part / whole : NONE;
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
static void put_rarest(struct pair *p, const struct view *v)
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
    put(p, common);
    put(p, lacking);
    put(p, single);
}

static void put_whole(struct pair *p)
{
    const struct gaz_side *a = p->a.side;
    const struct gaz_side *b = p->b.side;
    const struct gaz_overlap *o = &p->overlap;
    int less = a->count < b->count ? a->count : b->count;
    int more = a->count < b->count ? b->count : a->count;
    put(p, a->count);
    put(p, b->count);
    put(p, share(sum(p->a.covered), sum(p->a.weight)));
    put(p, share(sum(p->b.covered), sum(p->b.weight)));
    put(p, sum(p->a.covered));
    put(p, sum(p->a.weight) - sum(p->a.covered));
    put(p, sum(p->b.weight) - sum(p->b.covered));
    put(p, o->longest);
    put(p, share((float)o->longest, (float)less));
    float rare = 0;
    for (int i = o->longest_end_a - o->longest; i < o->longest_end_a; i++)
        rare += a->weights[i];
    put(p, rare);
    put(p, share((float)o->subsequence, (float)less));
    put(p, share((float)o->subsequence, (float)more));
    put(p, share((float)o->edits, (float)more));
    put(p, gaz_overlap_dice(gaz_overlap_whole(a), gaz_overlap_whole(b)));
    put_rarest(p, &p->a);
    put_rarest(p, &p->b);
}

static void put_divisions(struct pair *p)
{
    struct gaz_agreement g;
    gaz_divisions_compare(&p->knowledge->divisions, p->a.side, p->b.side, &g);
    put(p, g.depth);
    put(p, g.conflicts);
    put(p, g.agreements);
    put(p, g.levels[0]);
    put(p, g.levels[1]);
}

static float best_dice(const struct pair *p, int slot)
{
    float best = NONE;
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

static void put_slots(struct pair *p)
{
    for (int k = 0; k < GAZ_SLOTS; k++) {
        p->dice[k] = best_dice(p, k);
        put(p, p->a.tokens[k]);
        put(p, p->b.tokens[k]);
        put(p, share(p->a.covered[k], p->a.weight[k]));
        put(p, share(p->b.covered[k], p->b.weight[k]));
        put(p, p->dice[k]);
        put(p, p->a.tokens[k] ? p->a.missing[k] : NONE);
        put(p, p->b.tokens[k] ? p->b.missing[k] : NONE);
    }
}

/* Whether a number of side x in `slot` is one of side y, there or anywhere. */
static void find_numbers(const struct gaz_side *x, const struct gaz_side *y,
                         int slot, bool *there, bool *anywhere)
{
    for (int i = 0; i < x->count; i++) {
        if (x->slots[i] != slot || !gaz_side_is_number(x->tokens[i]))
            continue;
        for (int j = 0; j < y->count; j++) {
            if (x->tokens[i] != y->tokens[j])
                continue;
            *anywhere = true;
            *there = *there || y->slots[j] == slot;
        }
    }
}

static int numbers_in(const struct gaz_side *s, int slot, uint32_t values[2])
{
    int count = 0;
    for (int i = 0; i < s->count; i++) {
        if (s->slots[i] == slot && gaz_side_is_number(s->tokens[i])) {
            if (count < 2)
                values[count] = s->tokens[i] & ~GAZ_TOKEN_NUMBER;
            count++;
        }
    }
    return count;
}

static void put_numbers(struct pair *p)
{
    static const int SLOTS[] = {GAZ_SLOT_ROADNO, GAZ_SLOT_SUBROADNO,
                                GAZ_SLOT_HOUSE,  GAZ_SLOT_CELL,
                                GAZ_SLOT_FLOOR,  GAZ_SLOT_ROOM};
    for (size_t n = 0; n < sizeof SLOTS / sizeof *SLOTS; n++) {
        uint32_t va[2] = {0, 0};
        uint32_t vb[2] = {0, 0};
        int ca = numbers_in(p->a.side, SLOTS[n], va);
        int cb = numbers_in(p->b.side, SLOTS[n], vb);
        bool there = false;
        bool a_anywhere = false;
        bool b_anywhere = false;
        find_numbers(p->a.side, p->b.side, SLOTS[n], &there, &a_anywhere);
        find_numbers(p->b.side, p->a.side, SLOTS[n], &there, &b_anywhere);
        bool both = ca > 0 && cb > 0;
        double apart = fabs((double)va[0] - (double)vb[0]);
        bool inside = (cb == 2 && va[0] >= vb[0] && va[0] <= vb[1]) ||
                      (ca == 2 && vb[0] >= va[0] && vb[0] <= va[1]);
        put(p, both ? there : NONE);
        put(p, both ? va[0] == vb[0] : NONE);
        put(p, both ? log1p(apart) : NONE);
        put(p, both ? inside : NONE);
        put(p, ca > 0 ? a_anywhere : NONE);
        put(p, cb > 0 ? b_anywhere : NONE);
    }
}

/* The part of y most like a part of x in `slot`, whatever its slot. */
static void put_cross(struct pair *p, const struct gaz_side *x,
                      const struct gaz_side *y, int slot)
{
    float best = NONE;
    int where = NONE;
    for (int i = 0; i < x->part_count; i++) {
        if (x->parts[i].slot != slot)
            continue;
        for (int j = 0; j < y->part_count; j++) {
            float dice = gaz_overlap_dice(gaz_overlap_part(x, i),
                                          gaz_overlap_part(y, j));
            if (dice > best) {
                best = dice;
                where = y->parts[j].slot;
            }
        }
    }
    put(p, best);
    put(p, where);
}

static void put_crosses(struct pair *p)
{
    static const int SLOTS[] = {GAZ_SLOT_TOWN,      GAZ_SLOT_ZONE,
                                GAZ_SLOT_COMMUNITY, GAZ_SLOT_ROAD,
                                GAZ_SLOT_POI,       GAZ_SLOT_SUBPOI};
    for (size_t n = 0; n < sizeof SLOTS / sizeof *SLOTS; n++) {
        put_cross(p, p->a.side, p->b.side, SLOTS[n]);
        put_cross(p, p->b.side, p->a.side, SLOTS[n]);
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
    return NONE;
}

static float part_cover(const struct view *v, int part)
{
    float whole = 0;
    float covered = 0;
    if (part == NONE)
        return NONE;
    for (int i = v->side->parts[part].from; i < v->side->parts[part].to; i++) {
        whole += v->side->weights[i];
        covered += is_covered(v, i) ? v->side->weights[i] : 0;
    }
    return share(covered, whole);
}

/* The finest element of each side: what the address is about. */
static void put_ends(struct pair *p)
{
    for (int names = 0; names < 2; names++) {
        int a = last_part(p->a.side, names != 0);
        int b = last_part(p->b.side, names != 0);
        put(p, a == NONE ? NONE : p->a.side->parts[a].slot);
        put(p, b == NONE ? NONE : p->b.side->parts[b].slot);
        put(p, part_cover(&p->a, a));
        put(p, part_cover(&p->b, b));
        put(p, a == NONE || b == NONE
                   ? NONE
                   : (double)gaz_overlap_dice(gaz_overlap_part(p->a.side, a),
                                              gaz_overlap_part(p->b.side, b)));
    }
}

/* Level by level: agree, conflict, missing on a side. */
static void put_levels(struct pair *p)
{
    static const float SAME = 0.6f;
    int finest_agreed = NONE;
    int coarsest_conflict = GAZ_SLOTS;
    int counts[4] = {0};
    int finest_lacking = NONE;
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
    put(p, finest_agreed);
    put(p, coarsest_conflict);
    put(p, finest_lacking);
    for (int i = 0; i < 4; i++)
        put(p, counts[i]);
}

/* What the learned cues say, for each class. */
static void put_cues(struct pair *p)
{
    uint32_t cues[GAZ_CUES_MAX];
    int32_t scores[GAZ_MATCH_CLASSES] = {0};
    int count = 0;
    if (p->knowledge->cues)
        count = gaz_cues_read(p->a.side, p->b.side, &p->overlap, cues);
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
            scores[k] += p->knowledge->cues[cues[i]].of[k];
    }
    for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
        put(p, (float)scores[k] / GAZ_CUE_STEPS);
}

int gaz_features_read(const struct gaz_knowledge *knowledge,
                      const struct gaz_side *a, const struct gaz_side *b,
                      float out[GAZ_FEATURES])
{
    struct pair p = {.knowledge = knowledge, .out = out};
    gaz_overlap_read(a, b, &p.overlap);
    p.a.side = a;
    p.a.runs = p.overlap.run_a;
    p.b.side = b;
    p.b.runs = p.overlap.run_b;
    view_read(&p.a, knowledge->rarity);
    view_read(&p.b, knowledge->rarity);
    put_whole(&p);
    put_divisions(&p);
    put_slots(&p);
    put_numbers(&p);
    put_crosses(&p);
    put_ends(&p);
    put_levels(&p);
    put_cues(&p);
    return p.count;
}
