/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/numerals.h"
#include "gazetteer/standardise/parser.h"

/* What no name goes over. */
static bool is_stop(const struct gaz_parser *p, int at)
{
    const struct gaz_chars *chars = p->chars;
    uint32_t c = chars->at[at];
    if (gaz_chars_is_blank(c) || gaz_chars_is_sign(c))
        return true;
    struct gaz_number number;
    if (gaz_numbers_read(chars, at, &number) &&
        !gaz_chars_is_letter(chars->at[at > 0 ? at - 1 : 0]))
        return true;
    struct gaz_hit hit =
        gaz_chars_word(chars, at, GAZ_WORD_NOISE | GAZ_WORD_ASSIST);
    if (hit.end - at >= 2)
        return true;
    return false;
}

static const uint32_t JOINING =
    GAZ_WORD_VILLAGE | GAZ_WORD_ESTATE | GAZ_WORD_ROAD | GAZ_WORD_TOWN;
static const uint32_t ALONE = GAZ_WORD_ZONE | GAZ_WORD_SITE | GAZ_WORD_ESTATE;

struct gaz_hit gaz_cut_generic(const struct gaz_parser *p, int at)
{
    struct gaz_hit hits[GAZ_HITS_MAX];
    int count = gaz_chars_hits(p->chars, at, hits);
    while (count-- > 0) {
        uint32_t kinds = hits[count].kinds;
        bool only_feature =
            (kinds & ~(uint32_t)(GAZ_WORD_GENERIC | GAZ_WORD_FEATURE)) == 0;
        if ((kinds & GAZ_WORD_GENERIC) && !(kinds & GAZ_WORD_LOOSE) &&
            !only_feature)
            return hits[count];
    }
    return (struct gaz_hit){0, 0};
}

/* 沈家弄|村, 南大街|社区, 兴镇|路: a generic that another one follows at once
 * is part of the name. */
static bool goes_on(struct gaz_hit hit, struct gaz_hit next)
{
    if (next.end == 0)
        return false;
    if (hit.kinds & GAZ_WORD_TOWN)
        return next.end - hit.end == 1 &&
               (next.kinds & (GAZ_WORD_ROAD | GAZ_WORD_VILLAGE)) &&
               !(next.kinds & GAZ_WORD_TOWN);
    if (hit.kinds & GAZ_WORD_ROAD)
        return (next.kinds &
                (GAZ_WORD_VILLAGE | GAZ_WORD_ESTATE | GAZ_WORD_TOWN)) != 0;
    if (hit.kinds & GAZ_WORD_VILLAGE)
        return (next.kinds & JOINING) != 0;
    return true;
}

static const uint32_t DIVISIONS =
    GAZ_WORD_PROVINCE | GAZ_WORD_CITY | GAZ_WORD_COUNTY;

/* Whether a name of [from, hit.end) can be of the hit's kind here. */
static bool fits(const struct gaz_parser *p, int from, int at,
                 struct gaz_hit hit)
{
    enum { DIVISION_MAX = 4, TOWN_MAX = 7 };
    int specific = at - from;
    if ((hit.kinds & DIVISIONS) && !(hit.kinds & GAZ_WORD_ZONE))
        return specific >= 2 && specific <= DIVISION_MAX &&
               !gaz_parser_is_inside(p) && !p->seen[GAZ_ELEMENT_TOWN] &&
               !p->seen[GAZ_ELEMENT_DISTRICT] &&
               !p->seen[GAZ_ELEMENT_DEVZONE] && p->any;
    if (hit.kinds & GAZ_WORD_TOWN)
        return specific <= TOWN_MAX && !gaz_parser_is_inside(p) &&
               !p->seen[GAZ_ELEMENT_TOWN];
    return specific >= 1 || ((hit.kinds & ALONE) && hit.end - at >= 2);
}

static bool is_direction(uint32_t c)
{
    return c == 0x4E1C || c == 0x897F || c == 0x5357 || c == 0x5317 ||
           c == 0x4E2D; /* 东西南北中 */
}

/* What a generic is followed by: another one at once, or after a road or site
 * 北路 or 南小街 (富巷|北路, 公园|南路, 解放路|南小街). */
static struct gaz_hit next_generic(const struct gaz_parser *p,
                                   struct gaz_hit hit)
{
    struct gaz_hit none = {0, 0};
    int count = p->chars->count;
    if (hit.end >= count)
        return none;
    if ((hit.kinds & (GAZ_WORD_ROAD | GAZ_WORD_SITE)) && hit.end + 1 < count &&
        is_direction(p->chars->at[hit.end])) {
        struct gaz_hit next = gaz_cut_generic(p, hit.end + 1);
        if (next.kinds & GAZ_WORD_ROAD)
            return (struct gaz_hit){hit.end + 1, GAZ_WORD_VILLAGE};
    }
    /* 集团|有限|公司 */
    struct gaz_hit modifier =
        gaz_chars_word(p->chars, hit.end, GAZ_WORD_MODIFIER);
    if (modifier.end && modifier.end < count &&
        gaz_cut_generic(p, modifier.end).end)
        return (struct gaz_hit){modifier.end, GAZ_WORD_SITE};
    return gaz_cut_generic(p, hit.end);
}

struct gaz_cut gaz_cut_find(const struct gaz_parser *p, int from)
{
    int count = p->chars->count;
    int at = from;
    while (at < count) {
        if (at > from && is_stop(p, at))
            break;
        struct gaz_hit hit = gaz_cut_generic(p, at);
        if (hit.end == 0) {
            /* An unknown name ends where a known one begins. */
            if (at - from >= 2 && gaz_known_is_full(p, at))
                break;
            at++;
            continue;
        }
        struct gaz_hit next = next_generic(p, hit);
        if (!goes_on(hit, next) && fits(p, from, at, hit))
            return (struct gaz_cut){at, hit.end, hit.kinds};
        at = goes_on(hit, next) ? hit.end : at + 1;
    }
    return (struct gaz_cut){from, at, 0};
}

/* Where the road itself begins in a long unknown name: roads have a specific of
 * two characters, with 东 or 中 behind it of three. */
static int road_start(const struct gaz_parser *p, const struct gaz_cut *cut)
{
    enum { LONG = 4 };
    int specific = cut->generic - p->at;
    if (specific < LONG)
        return p->at;
    int keep = 2;
    int back = cut->generic - 1;
    if (gaz_numerals_is_digit(p->chars->at[back])) { /* 中山|南二路 */
        keep++;
        back--;
    }
    keep += is_direction(p->chars->at[back]);
    if (specific - keep < 2)
        return p->at;
    return cut->generic - keep;
}

static gaz_element_label poi_label(const struct gaz_parser *p)
{
    bool below =
        gaz_parser_is_last(p, GAZ_ELEMENT_POI) ||
        gaz_parser_is_last(p, GAZ_ELEMENT_SUBPOI) ||
        gaz_parser_is_last(p, GAZ_ELEMENT_HOUSENO) ||
        (gaz_parser_is_last(p, GAZ_ELEMENT_ASSIST) && p->seen[GAZ_ELEMENT_POI]);
    return below ? GAZ_ELEMENT_SUBPOI : GAZ_ELEMENT_POI;
}

static gaz_element_label unknown_label(const struct gaz_parser *p)
{
    if (gaz_parser_is_last(p, GAZ_ELEMENT_FLOORNO) ||
        gaz_parser_is_last(p, GAZ_ELEMENT_ROOMNO) ||
        gaz_parser_is_last(p, GAZ_ELEMENT_CELLNO) ||
        gaz_parser_is_last(p, GAZ_ELEMENT_PERSON))
        return GAZ_ELEMENT_PERSON;
    return poi_label(p);
}

static void take_road(struct gaz_parser *p, const struct gaz_cut *cut)
{
    int start = road_start(p, cut);
    if (start > p->at) {
        gaz_element_label before = GAZ_ELEMENT_POI;
        if (!gaz_parser_is_inside(p) && !p->seen[GAZ_ELEMENT_TOWN])
            before = GAZ_ELEMENT_TOWN;
        else if (!gaz_parser_is_inside(p) && !p->seen[GAZ_ELEMENT_COMMUNITY])
            before = GAZ_ELEMENT_COMMUNITY;
        gaz_parser_emit(p, before, start);
    }
    bool second = gaz_parser_is_last(p, GAZ_ELEMENT_ROAD) ||
                  (gaz_parser_is_last(p, GAZ_ELEMENT_ASSIST) &&
                   p->seen[GAZ_ELEMENT_ROAD] && !p->seen[GAZ_ELEMENT_POI]);
    gaz_parser_emit(p, second ? GAZ_ELEMENT_SUBROAD : GAZ_ELEMENT_ROAD,
                    cut->end);
}

static gaz_element_label division_label(const struct gaz_parser *p,
                                        uint32_t kinds)
{
    if ((kinds & GAZ_WORD_PROVINCE) && !(kinds & GAZ_WORD_CITY))
        return GAZ_ELEMENT_PROV;
    bool city = (kinds & GAZ_WORD_CITY) && !p->seen[GAZ_ELEMENT_CITY];
    return city ? GAZ_ELEMENT_CITY : GAZ_ELEMENT_DISTRICT;
}

static gaz_element_label label_of(const struct gaz_parser *p, uint32_t kinds)
{
    bool inside = gaz_parser_is_inside(p);
    if (kinds & GAZ_WORD_ZONE) {
        bool zone = !inside && (kinds & GAZ_WORD_COUNTY);
        return zone ? GAZ_ELEMENT_DEVZONE : poi_label(p);
    }
    if (kinds & DIVISIONS)
        return division_label(p, kinds);
    if (kinds & GAZ_WORD_TOWN)
        return GAZ_ELEMENT_TOWN;
    bool village = (kinds & GAZ_WORD_VILLAGE) && !(kinds & GAZ_WORD_ESTATE);
    if (village && !p->seen[GAZ_ELEMENT_COMMUNITY] && !inside)
        return GAZ_ELEMENT_COMMUNITY;
    return poi_label(p);
}

/* 凤桥社区|凤桥社区 says the community twice; 八里村|八里村159号 is the village
 * and a hamlet of its name. */
static bool is_doubled(const struct gaz_parser *p, const struct gaz_cut *cut)
{
    struct gaz_number number;
    return (cut->kinds & GAZ_WORD_VILLAGE) &&
           gaz_known_is_repeated(p, cut->end) &&
           !gaz_numbers_read(p->chars, cut->end, &number);
}

void gaz_cut_take(struct gaz_parser *p, int first)
{
    struct gaz_cut cut = gaz_cut_find(p, first);
    if (is_doubled(p, &cut)) {
        gaz_parser_emit(p, GAZ_ELEMENT_REDUNDANT, cut.end);
        return;
    }
    if (cut.kinds & GAZ_WORD_ROAD)
        take_road(p, &cut);
    else if (cut.kinds)
        gaz_parser_emit(p, label_of(p, cut.kinds), cut.end);
    else
        gaz_parser_emit(p, unknown_label(p), cut.end);
}
