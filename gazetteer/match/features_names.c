/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "gazetteer/match/features_pair.h"

struct part_pair {
    int a; /* parts; GAZ_NONE: there is none */
    int b;
    float dice;
};

/* The part of the other side most like a part in `slot`, whatever its slot. */
static void put_cross(struct gaz_feature_pair *p, bool of_b, int slot)
{
    const struct gaz_side *x = of_b ? p->b.side : p->a.side;
    const struct gaz_side *y = of_b ? p->a.side : p->b.side;
    float best = GAZ_NONE;
    int where = GAZ_NONE;
    for (int i = 0; i < x->part_count; i++) {
        if (x->parts[i].slot != slot)
            continue;
        for (int j = 0; j < y->part_count; j++) {
            float dice =
                of_b ? p->overlap->likeness[j][i] : p->overlap->likeness[i][j];
            if (dice > best) {
                best = dice;
                where = y->parts[j].slot;
            }
        }
    }
    gaz_features_put(p, best);
    gaz_features_put(p, where);
}

static void put_crosses(struct gaz_feature_pair *p)
{
    static const int SLOTS[] = {GAZ_SLOT_TOWN,      GAZ_SLOT_ZONE,
                                GAZ_SLOT_COMMUNITY, GAZ_SLOT_ROAD,
                                GAZ_SLOT_POI,       GAZ_SLOT_SUBPOI};
    for (size_t n = 0; n < sizeof SLOTS / sizeof *SLOTS; n++) {
        put_cross(p, false, SLOTS[n]);
        put_cross(p, true, SLOTS[n]);
    }
}

static bool is_of(int slot, int first, int second)
{
    return slot == first || slot == second;
}

/* The two parts most like each other, of the slots given. */
static struct part_pair find_best(const struct gaz_feature_pair *p, int first,
                                  int second)
{
    struct part_pair best = {GAZ_NONE, GAZ_NONE, GAZ_NONE};
    for (int i = 0; i < p->a.side->part_count; i++) {
        if (!is_of(p->a.side->parts[i].slot, first, second))
            continue;
        for (int j = 0; j < p->b.side->part_count; j++) {
            if (!is_of(p->b.side->parts[j].slot, first, second))
                continue;
            float dice = p->overlap->likeness[i][j];
            if (dice > best.dice)
                best = (struct part_pair){i, j, dice};
        }
    }
    return best;
}

static int common_head(struct gaz_span a, struct gaz_span b)
{
    int n = 0;
    while (n < a.count && n < b.count && a.tokens[n] == b.tokens[n])
        n++;
    return n;
}

static int common_tail(struct gaz_span a, struct gaz_span b)
{
    int n = 0;
    while (n < a.count && n < b.count &&
           a.tokens[a.count - 1 - n] == b.tokens[b.count - 1 - n])
        n++;
    return n;
}

static bool has(struct gaz_span span, uint32_t token)
{
    for (int i = 0; i < span.count; i++) {
        if (span.tokens[i] == token)
            return true;
    }
    return false;
}

/* East of a, west of b: words of direction that one has and the other lacks.
 */
static int directions_apart(struct gaz_span a, struct gaz_span b)
{
    static const uint32_t WORDS[] = {0x4E1C, 0x897F, 0x5357, 0x5317, 0x4E2D,
                                     0x4E0A, 0x4E0B, 0x524D, 0x540E, 0x5185,
                                     0x5916, 0x65B0, 0x8001, 0x5927, 0x5C0F};
    int apart = 0;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        apart += has(a, WORDS[i]) != has(b, WORDS[i]) ? 1 : 0;
    return apart;
}

/* What of a the other lacks: how rare in sum, and the rarest. */
static void put_lacking(struct gaz_feature_pair *p, struct gaz_span a,
                        struct gaz_span b)
{
    float sum = 0;
    float most = 0;
    for (int i = 0; i < a.count; i++) {
        if (has(b, a.tokens[i]))
            continue;
        sum += a.weights[i];
        most = fmaxf(most, a.weights[i]);
    }
    gaz_features_put(p, sum);
    gaz_features_put(p, most);
}

static void put_pair(struct gaz_feature_pair *p, struct part_pair pair)
{
    enum { VALUES = 14 };
    if (pair.a == GAZ_NONE) {
        for (int i = 0; i < VALUES; i++)
            gaz_features_put(p, GAZ_NONE);
        return;
    }
    struct gaz_span a = gaz_overlap_part(p->a.side, pair.a);
    struct gaz_span b = gaz_overlap_part(p->b.side, pair.b);
    gaz_features_put(p, pair.dice);
    gaz_features_put(p, a.count);
    gaz_features_put(p, b.count);
    gaz_features_put(p, common_head(a, b));
    gaz_features_put(p, common_tail(a, b));
    gaz_features_put(p, gaz_overlap_contains(a, b) ? 1 : 0);
    gaz_features_put(p, gaz_overlap_contains(b, a) ? 1 : 0);
    put_lacking(p, a, b);
    put_lacking(p, b, a);
    gaz_features_put(p, directions_apart(a, b));
    gaz_features_put(p, p->a.side->part_count - 1 - pair.a);
    gaz_features_put(p, p->b.side->part_count - 1 - pair.b);
}

/* What is left of a side when the other is taken away: by what it is worth, how
 * much of its numbers, and what stands behind the last thing in common. */
static void put_left(struct gaz_feature_pair *p, const struct gaz_view *v)
{
    const struct gaz_side *s = v->side;
    float essential = 0; /* of roads, numbers, names, buildings */
    float names = 0;
    int numbers = 0;
    int numbers_left = 0;
    int last = GAZ_NONE;
    for (int i = 0; i < s->count; i++) {
        int k = s->slots[i];
        bool covered = gaz_features_is_covered(v, i);
        bool is_essential = k >= GAZ_SLOT_COMMUNITY && k <= GAZ_SLOT_HOUSE;
        last = covered ? i : last;
        if (is_essential && gaz_side_is_number(s->tokens[i])) {
            numbers++;
            numbers_left += v->runs[i] == 0 ? 1 : 0;
        }
        if (covered)
            continue;
        essential += is_essential ? s->weights[i] : 0;
        names += k == GAZ_SLOT_POI || k == GAZ_SLOT_SUBPOI ? s->weights[i] : 0;
    }
    gaz_features_put(p, essential);
    gaz_features_put(p, names);
    gaz_features_put(p, numbers);
    gaz_features_put(p, numbers_left);
    gaz_features_put(p, s->count - 1 - last);
    gaz_features_put(p, last == GAZ_NONE ? GAZ_NONE : s->slots[last]);
    gaz_features_put(p, last + 1 < s->count ? s->slots[last + 1] : GAZ_NONE);
}

void gaz_features_names(struct gaz_feature_pair *p)
{
    put_left(p, &p->a);
    put_left(p, &p->b);
    put_crosses(p);
    put_pair(p, find_best(p, GAZ_SLOT_POI, GAZ_SLOT_SUBPOI));
    put_pair(p, find_best(p, GAZ_SLOT_ROAD, GAZ_SLOT_SUBROAD));
    put_pair(p, find_best(p, GAZ_SLOT_COMMUNITY, GAZ_SLOT_POI));
}
