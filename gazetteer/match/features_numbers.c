/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "gazetteer/match/features_pair.h"

enum { VALUES_MAX = 4, LETTER = 1 << 20, LOOK_AHEAD = 4 };

/* What a number counts, by the word behind it. */
enum {
    UNIT_PLATE,
    UNIT_LANE,
    UNIT_BUILDING,
    UNIT_CELL,
    UNIT_FLOOR,
    UNIT_ROOM,
    UNIT_PHASE,
    UNIT_AREA,
    UNIT_GROUP,
    UNIT_VILLAGE,
    UNIT_STREET,
    UNIT_NONE,
    UNITS,
};

struct unit_numbers {
    uint32_t values[UNITS][VALUES_MAX];
    int count[UNITS];
};

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

static void put_slots(struct gaz_feature_pair *p)
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
        gaz_features_put(p, both ? there : GAZ_NONE);
        gaz_features_put(p, both ? va[0] == vb[0] : GAZ_NONE);
        gaz_features_put(p, both ? log1p(apart) : GAZ_NONE);
        gaz_features_put(p, both ? inside : GAZ_NONE);
        gaz_features_put(p, ca > 0 ? a_anywhere : GAZ_NONE);
        gaz_features_put(p, cb > 0 ? b_anywhere : GAZ_NONE);
    }
}

static int unit_of(uint32_t word, uint32_t next)
{
    switch (word) {
    case 0x53F7: /* 号, 号楼 */
        return next == 0x697C || next == 0x680B ? UNIT_BUILDING : UNIT_PLATE;
    case 0x5F04: /* 弄 */
        return UNIT_LANE;
    case 0x680B: /* 栋 幢 */
    case 0x5EA7: /* 座 */
        return UNIT_BUILDING;
    case 0x5355: /* 单 */
    case 0x68AF: /* 梯 */
        return UNIT_CELL;
    case 0x697C: /* 楼 */
    case 0x5C42: /* 层 */
    case 'f':
        return UNIT_FLOOR;
    case 0x5BA4: /* 室 */
    case 0x623F: /* 房 */
        return UNIT_ROOM;
    case 0x671F: /* 期 */
        return UNIT_PHASE;
    case 0x533A: /* 区 */
    case 0x9662: /* 院 */
        return UNIT_AREA;
    case 0x7EC4: /* 组 */
    case 0x961F: /* 队 */
    case 0x793E: /* 社 */
        return UNIT_GROUP;
    case 0x6751: /* 村 */
    case 0x91CC: /* 里 */
        return UNIT_VILLAGE;
    case 0x5DF7: /* 巷 */
    case 0x8857: /* 街 */
    case 0x8DEF: /* 路 */
    case 0x9053: /* 道 */
        return UNIT_STREET;
    default:
        return UNIT_NONE;
    }
}

static bool is_letter(uint32_t token)
{
    return token >= 'a' && token <= 'z';
}

/* A number of a list (1-10号, 33-4号) has the unit of the last. */
static void read_units(const struct gaz_side *s, struct unit_numbers *out)
{
    *out = (struct unit_numbers){.count = {0}};
    for (int i = 0; i < s->count; i++) {
        uint32_t token = s->tokens[i];
        bool number = gaz_side_is_number(token);
        if (!number && !is_letter(token))
            continue;
        int at = i + 1;
        while (at < s->count && at < i + LOOK_AHEAD &&
               gaz_side_is_number(s->tokens[at]))
            at++;
        uint32_t word = at < s->count ? s->tokens[at] : 0;
        uint32_t next = at + 1 < s->count ? s->tokens[at + 1] : 0;
        int unit = unit_of(word, next);
        if (!number && (unit == UNIT_NONE || unit == UNIT_STREET))
            continue;
        if (out->count[unit] < VALUES_MAX)
            out->values[unit][out->count[unit]++] =
                number ? token & ~GAZ_TOKEN_NUMBER : LETTER + token;
    }
}

static void put_unit(struct gaz_feature_pair *p, const struct unit_numbers *a,
                     const struct unit_numbers *b, int unit)
{
    int ca = a->count[unit];
    int cb = b->count[unit];
    int same = 0;
    for (int i = 0; i < ca; i++) {
        for (int j = 0; j < cb; j++)
            same += a->values[unit][i] == b->values[unit][j] ? 1 : 0;
    }
    bool both = ca > 0 && cb > 0;
    double apart =
        fabs((double)a->values[unit][0] - (double)b->values[unit][0]);
    gaz_features_put(p, ca);
    gaz_features_put(p, cb);
    gaz_features_put(p, both ? same : GAZ_NONE);
    gaz_features_put(p, both ? log1p(apart) : GAZ_NONE);
}

void gaz_features_numbers(struct gaz_feature_pair *p)
{
    struct unit_numbers a;
    struct unit_numbers b;
    int agreed = 0;
    int conflicts = 0;
    put_slots(p);
    read_units(p->a.side, &a);
    read_units(p->b.side, &b);
    for (int unit = 0; unit < UNITS; unit++) {
        put_unit(p, &a, &b, unit);
        bool both = a.count[unit] > 0 && b.count[unit] > 0;
        bool same = a.values[unit][0] == b.values[unit][0];
        agreed += both && same ? 1 : 0;
        conflicts += both && !same ? 1 : 0;
    }
    gaz_features_put(p, agreed);
    gaz_features_put(p, conflicts);
}
