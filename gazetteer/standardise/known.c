/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/standardise/parser.h"

/* The kinds of a name, the higher division first, with their labels. */
static const struct {
    uint32_t kind;
    gaz_element_label label;
    int rank; /* of divisions; 0: none */
} KINDS[] = {
    {GAZ_WORD_PROVINCE, GAZ_ELEMENT_PROV, 1},
    {GAZ_WORD_CITY, GAZ_ELEMENT_CITY, 2},
    {GAZ_WORD_COUNTY, GAZ_ELEMENT_DISTRICT, 3},
    {GAZ_WORD_TOWN, GAZ_ELEMENT_TOWN, 4},
    {GAZ_WORD_VILLAGE, GAZ_ELEMENT_COMMUNITY, 5},
    {GAZ_WORD_ROAD, GAZ_ELEMENT_ROAD, 0},
    {GAZ_WORD_ZONE, GAZ_ELEMENT_DEVZONE, 0},
    {GAZ_WORD_HAMLET, GAZ_ELEMENT_POI, 0},
    {GAZ_WORD_ESTATE, GAZ_ELEMENT_POI, 0},
    {GAZ_WORD_SITE, GAZ_ELEMENT_POI, 0},
};

enum { KIND_COUNT = sizeof(KINDS) / sizeof(KINDS[0]) };

static const uint32_t NAMES = GAZ_WORD_PROVINCE | GAZ_WORD_CITY |
                              GAZ_WORD_COUNTY | GAZ_WORD_TOWN |
                              GAZ_WORD_VILLAGE | GAZ_WORD_ROAD | GAZ_WORD_ZONE |
                              GAZ_WORD_HAMLET | GAZ_WORD_ESTATE | GAZ_WORD_SITE;

static bool is_name(uint32_t kinds)
{
    return (kinds & NAMES) && !(kinds & GAZ_WORD_GENERIC);
}

/* The deepest division that was seen. */
static int rank_seen(const struct gaz_parser *p)
{
    int rank = 0;
    for (int i = 0; i < KIND_COUNT; i++)
        if (p->seen[KINDS[i].label] && KINDS[i].rank > rank)
            rank = KINDS[i].rank;
    return rank;
}

/* Which of its kinds a name is here: the highest that is below what was seen,
 * else the lowest. */
static int pick_kind(const struct gaz_parser *p, uint32_t kinds)
{
    int seen = rank_seen(p);
    int lowest = -1;
    for (int i = 0; i < KIND_COUNT; i++) {
        if (!(kinds & KINDS[i].kind))
            continue;
        if (KINDS[i].rank == 0 || KINDS[i].rank > seen)
            return i;
        lowest = i;
    }
    return lowest;
}

/* 嘉兴市|场: the name's last character begins a longer word. */
static bool is_crossed(const struct gaz_parser *p, int end)
{
    struct gaz_hit hit = gaz_chars_word(p->chars, end - 1, GAZ_WORD_GENERIC);
    return hit.end > end;
}

bool gaz_known_is_full(const struct gaz_parser *p, int from)
{
    enum { NAME_MIN = 3 };
    struct gaz_hit hits[GAZ_HITS_MAX];
    int count = gaz_chars_hits(p->chars, from, hits);
    for (int i = 0; i < count; i++)
        if (is_name(hits[i].kinds) && !(hits[i].kinds & GAZ_WORD_SHORT) &&
            hits[i].end - from >= NAME_MIN && !is_crossed(p, hits[i].end))
            return true;
    return false;
}

static bool begins_name(const struct gaz_parser *p, int from)
{
    struct gaz_hit hits[GAZ_HITS_MAX];
    int count = gaz_chars_hits(p->chars, from, hits);
    for (int i = 0; i < count; i++)
        if (is_name(hits[i].kinds) && hits[i].end - from >= 2)
            return true;
    return false;
}

/* A short form (杭州) is a division only when what follows can stand alone:
 * 杭州|西湖区 and 温州|学院中路, not 杭州|大厦 and 浙江|师范大学. */
static bool short_fits(const struct gaz_parser *p, int end)
{
    enum { ROAD_SPECIFIC = 2, SITE_SPECIFIC = 3 };
    const struct gaz_chars *chars = p->chars;
    struct gaz_number number;
    if (end == chars->count || gaz_chars_is_blank(chars->at[end]) ||
        gaz_chars_is_sign(chars->at[end]) ||
        gaz_numbers_read(chars, end, &number))
        return true;
    if (begins_name(p, end))
        return true;
    if (gaz_cut_generic(p, end).kinds & GAZ_WORD_ROAD) /* 温州|大道 */
        return false;
    struct gaz_cut cut = gaz_cut_find(p, end);
    int specific = cut.generic - end;
    if (cut.kinds == 0)
        return cut.end - end >= SITE_SPECIFIC;
    if (cut.kinds & (GAZ_WORD_SITE | GAZ_WORD_ESTATE | GAZ_WORD_ZONE))
        return specific >= SITE_SPECIFIC;
    return specific >= ROAD_SPECIFIC;
}

/* Marks what was said so far as redundant: 浙江省温州市浙江省温州市... */
static void forget(struct gaz_parser *p)
{
    for (int i = 0; i < p->out->count; i++)
        p->out->items[i].label = GAZ_ELEMENT_REDUNDANT;
    memset(p->seen, 0, sizeof(p->seen));
    p->any = false;
}

/* 平湖市...809号平湖市新世纪饭店: said before, word for word. */
bool gaz_known_is_repeated(const struct gaz_parser *p, int end)
{
    for (int i = 0; i < p->out->count; i++) {
        const struct gaz_element *item = &p->out->items[i];
        int size = end - p->at;
        int same = 0;
        if (item->end - item->start != size ||
            item->label > GAZ_ELEMENT_COMMUNITY)
            continue;
        while (same < size &&
               p->chars->at[item->start + same] == p->chars->at[p->at + same])
            same++;
        if (same == size)
            return true;
    }
    return false;
}

/* 温州|温州市: the first of the two is redundant. */
static bool repeats_last(const struct gaz_parser *p, gaz_element_label label)
{
    const struct gaz_elements *out = p->out;
    if (out->count == 0)
        return false;
    const struct gaz_element *last = &out->items[out->count - 1];
    if (last->label != label || last->end != p->at)
        return false;
    for (int i = 0; i < last->end - last->start; i++)
        if (p->chars->at[last->start + i] != p->chars->at[p->at + i])
            return false;
    return true;
}

static bool take(struct gaz_parser *p, struct gaz_hit hit)
{
    int kind = pick_kind(p, hit.kinds);
    gaz_element_label label = KINDS[kind].label;
    int rank = KINDS[kind].rank;
    bool is_short = (hit.kinds & GAZ_WORD_SHORT) != 0;
    if (label == GAZ_ELEMENT_ROAD && gaz_parser_is_last(p, label))
        label = GAZ_ELEMENT_SUBROAD;
    if (label == GAZ_ELEMENT_POI && gaz_parser_is_last(p, label))
        label = GAZ_ELEMENT_SUBPOI;
    if (rank > 0 && rank <= rank_seen(p)) {
        bool inside = gaz_parser_is_inside(p);
        if (repeats_last(p, label))
            p->out->items[p->out->count - 1].label = GAZ_ELEMENT_REDUNDANT;
        else if (label == GAZ_ELEMENT_PROV && !is_short && !inside)
            forget(p);
        else if (is_short || inside)
            return false;
        else
            label = GAZ_ELEMENT_REDUNDANT;
    }
    /* The corpus calls 上海市 a city, and has no province then. */
    if (label == GAZ_ELEMENT_PROV && !is_short &&
        gaz_chars_is(p->chars, hit.end - 1, "市"))
        label = GAZ_ELEMENT_CITY;
    gaz_parser_emit(p, label, hit.end);
    return true;
}

bool gaz_known_take(struct gaz_parser *p)
{
    struct gaz_hit hits[GAZ_HITS_MAX];
    int count = gaz_chars_hits(p->chars, p->at, hits);
    while (count-- > 0) {
        struct gaz_hit hit = hits[count];
        if (!is_name(hit.kinds) || hit.end - p->at < 2 ||
            is_crossed(p, hit.end))
            continue;
        if ((hit.kinds & GAZ_WORD_SHORT) && !short_fits(p, hit.end))
            continue;
        /* Inside a road's or building's name a division is part of it. */
        bool division = KINDS[pick_kind(p, hit.kinds)].rank > 0;
        if (division && gaz_parser_is_inside(p)) {
            if ((hit.kinds & GAZ_WORD_SHORT) ||
                !gaz_known_is_repeated(p, hit.end))
                continue;
            gaz_parser_emit(p, GAZ_ELEMENT_REDUNDANT, hit.end);
            return true;
        }
        if (take(p, hit))
            return true;
    }
    return false;
}
