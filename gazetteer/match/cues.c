/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/cues.h"

enum cue {
    CUE_ALWAYS = 1,
    CUE_ENDING,
    CUE_LENGTH,
    CUE_BEFORE,
    CUE_WHOLE,
    CUE_LIKE,
    CUE_LACKING,
    CUE_LACKING_ANYWHERE,
    CUE_PATTERN,
    CUE_FINEST,
    CUE_NAMES,
    CUE_PART,
};

enum { LENGTH_MAX = 12, STEPS = 4 };

/* Agreement of an element: nothing of it, something, half or more, all. */
enum { NOTHING, SOMETHING, HALF, ALL };

struct list {
    uint32_t *slots;
    int count;
};

struct view {
    const struct gaz_side *side;
    const struct gaz_side *other;
    const struct gaz_overlap *overlap;
    const uint8_t *runs;
    uint64_t role; /* 0: a, 1: b */
};

static uint64_t mix(uint64_t key, uint64_t value)
{
    key ^= value + 0x9E3779B97F4A7C15u + (key << 6) + (key >> 2);
    key *= 0xFF51AFD7ED558CCDu;
    return key ^ key >> 33;
}

static void add(struct list *l, uint64_t key)
{
    if (l->count < GAZ_CUES_MAX)
        l->slots[l->count++] = (uint32_t)(key >> 9) & (GAZ_CUE_SLOTS - 1);
}

/* A number as its kind: what it is matters less than that it is one. */
static uint64_t word(uint32_t token)
{
    return gaz_side_is_number(token) ? GAZ_TOKEN_NUMBER : token;
}

static uint64_t agreement(const struct view *v, const struct gaz_part *p)
{
    int least = p->to - p->from > 1 ? 2 : 1;
    int both = 0;
    for (int i = p->from; i < p->to; i++)
        both += v->runs[i] >= least || (v->runs[i] > 0 &&
                                        gaz_side_is_number(v->side->tokens[i]))
                    ? 1
                    : 0;
    if (both == p->to - p->from)
        return ALL;
    if (both * 2 >= p->to - p->from)
        return HALF;
    return both > 0 ? SOMETHING : NOTHING;
}

static void add_part(struct list *l, const struct view *v,
                     const struct gaz_part *p, uint64_t key)
{
    const uint32_t *tokens = v->side->tokens;
    int length = p->to - p->from;
    uint64_t ending = mix(mix(key, CUE_ENDING), word(tokens[p->to - 1]));
    uint64_t whole = mix(key, CUE_WHOLE);
    add(l, key);
    add(l, ending);
    if (length >= 2)
        add(l, mix(ending, word(tokens[p->to - 2])));
    add(l, mix(mix(key, CUE_LENGTH),
               (uint64_t)(length < LENGTH_MAX ? length : LENGTH_MAX)));
    for (int i = p->from; i < p->to; i++)
        whole = mix(whole, word(tokens[i]));
    add(l, whole);
}

/* How like the most similar part of the other side is, and in which slot. */
static void add_counterpart(struct list *l, const struct view *v, int part)
{
    float best = 0;
    int slot = GAZ_SLOTS;
    for (int j = 0; j < v->other->part_count; j++) {
        float dice = v->role ? v->overlap->likeness[j][part]
                             : v->overlap->likeness[part][j];
        if (dice > best) {
            best = dice;
            slot = v->other->parts[j].slot;
        }
    }
    add(l, mix(mix(mix(mix(CUE_LIKE, v->role),
                       (uint64_t)v->side->parts[part].slot),
                   (uint64_t)slot),
               (uint64_t)(best * STEPS)));
}

/* Returns the pattern of the side: which parts agree how well. */
static uint64_t add_parts(struct list *l, const struct view *v)
{
    uint64_t pattern = mix(CUE_PATTERN, v->role);
    uint64_t before = 0;
    for (int i = 0; i < v->side->part_count; i++) {
        const struct gaz_part *p = &v->side->parts[i];
        uint64_t state = (uint64_t)p->slot * STEPS + agreement(v, p);
        uint64_t key = mix(mix(CUE_PART, v->role), state);
        add_part(l, v, p, key);
        add(l, mix(mix(key, CUE_BEFORE), before));
        add_counterpart(l, v, i);
        before = state;
        pattern = mix(pattern, state);
    }
    add(l, pattern);
    return pattern;
}

static void add_lacking(struct list *l, const struct view *v)
{
    const struct gaz_side *s = v->side;
    for (int i = 0; i < s->count; i++) {
        if (v->runs[i] >= 2)
            continue;
        uint64_t key = mix(mix(mix(CUE_LACKING, v->role), s->slots[i]),
                           word(s->tokens[i]));
        add(l, key);
        if (i + 1 < s->count && v->runs[i + 1] < 2)
            add(l, mix(key, word(s->tokens[i + 1])));
        add(l, mix(mix(CUE_LACKING_ANYWHERE, v->role), word(s->tokens[i])));
    }
}

static uint64_t finest(const struct gaz_side *side)
{
    int best = -1;
    for (int i = 0; i < side->part_count; i++) {
        int slot = side->parts[i].slot;
        best = slot < GAZ_SLOT_ASSIST && slot > best ? slot : best;
    }
    return (uint64_t)best + 1; /* 0: none */
}

static int last_name(const struct gaz_side *side)
{
    int last = -1;
    for (int i = 0; i < side->part_count; i++) {
        if (side->parts[i].slot == GAZ_SLOT_POI ||
            side->parts[i].slot == GAZ_SLOT_SUBPOI)
            last = i;
    }
    return last;
}

static void add_names(struct list *l, const struct gaz_side *a,
                      const struct gaz_side *b,
                      const struct gaz_overlap *overlap)
{
    int x = last_name(a);
    int y = last_name(b);
    if (x < 0 || y < 0)
        return;
    float dice = overlap->likeness[x][y];
    add(l, mix(mix(mix(CUE_NAMES, word(a->tokens[a->parts[x].to - 1])),
                   word(b->tokens[b->parts[y].to - 1])),
               (uint64_t)(dice * STEPS)));
}

int gaz_cues_read(const struct gaz_side *a, const struct gaz_side *b,
                  const struct gaz_overlap *overlap, uint32_t out[GAZ_CUES_MAX])
{
    struct list l = {.count = 0};
    struct view of_a = {a, b, overlap, overlap->run_a, 0};
    struct view of_b = {b, a, overlap, overlap->run_b, 1};
    l.slots = out;
    add(&l, CUE_ALWAYS);
    uint64_t pattern = add_parts(&l, &of_a);
    pattern = mix(pattern, add_parts(&l, &of_b));
    add_lacking(&l, &of_a);
    add_lacking(&l, &of_b);
    add(&l, pattern);
    add(&l, mix(mix(CUE_FINEST, finest(a)), finest(b)));
    add_names(&l, a, b, overlap);
    return l.count;
}
