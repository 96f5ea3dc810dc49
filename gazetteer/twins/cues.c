/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/cues.h"

#include <math.h>
#include <string.h>

#include "gazetteer/twins/cue_words.h"
#include "gazetteer/twins/houses.h"

static const double NAME_PARTLY = 0.6;     /* share of the longer name */
static const double LEAST_ACCURACY_M = 15; /* of two positions together */

/* Two sides under comparison. */
struct pair {
    const struct gaz_corpus *corpus;
    gaz_twins_kind kind;
    const struct gaz_twin_side *a;
    const struct gaz_twin_side *b;
};

static const struct gaz_place *place_of(const struct pair *p,
                                        const struct gaz_twin_side *side)
{
    return side->place >= 0 ? &p->corpus->places[side->place].place : NULL;
}

/* ---- what forbids ---- */

static bool differ(int a, int b)
{
    return a >= 0 && b >= 0 && a != b;
}

static const char *code_of(const struct pair *p,
                           const struct gaz_twin_side *side)
{
    const struct gaz_place *place = place_of(p, side);
    int parent = side->place >= 0 ? p->corpus->places[side->place].parent : -1;
    if (side->code)
        return side->code;
    if (place && place->code && *place->code)
        return place->code;
    if (parent >= 0 && p->corpus->places[parent].place.code &&
        *p->corpus->places[parent].place.code)
        return p->corpus->places[parent].place.code;
    return place && place->parent_code ? place->parent_code : "";
}

static bool across_provinces(const struct pair *p)
{
    if (p->a->province >= 0 && p->b->province >= 0)
        return p->a->province != p->b->province;
    const char *x = code_of(p, p->a);
    const char *y = code_of(p, p->b);
    return *x && *y && strncmp(x, y, 2) != 0;
}

/* 330482101 and 330482101000 are one code. */
static bool same_code(const char *x, const char *y)
{
    while (*x && *x == *y) {
        x++;
        y++;
    }
    return (*x == '\0' || *y == '\0') && strspn(x, "0") == strlen(x) &&
           strspn(y, "0") == strlen(y);
}

static bool is_linked(const struct pair *p)
{
    for (int i = 0; i < p->corpus->change_count; i++) {
        const struct gaz_change *change = &p->corpus->changes[i];
        if ((change->from == p->a->id && change->to == p->b->id) ||
            (change->from == p->b->id && change->to == p->a->id))
            return true;
    }
    return false;
}

static bool is_village_pair(int x, int y)
{
    return (x == GAZ_CATEGORY_VILLAGE && y == GAZ_CATEGORY_COMMUNITY) ||
           (x == GAZ_CATEGORY_COMMUNITY && y == GAZ_CATEGORY_VILLAGE);
}

/* Villages and communities that stand side by side under one name: the records
 * themselves, and what lies in them. */
static bool are_village_pair(const struct pair *p)
{
    const struct gaz_corpus_place *places = p->corpus->places;
    if (is_village_pair(p->a->category, p->b->category))
        return true;
    return p->a->village >= 0 && p->b->village >= 0 &&
           p->a->village != p->b->village &&
           is_village_pair(places[p->a->village].place.category,
                           places[p->b->village].place.category);
}

static bool are_divisions(const struct pair *p)
{
    return p->kind == GAZ_TWINS_PLACES && p->a->level >= GAZ_LEVEL_PROVINCE &&
           p->a->level <= GAZ_LEVEL_TOWN;
}

/* A township lies in itself: two records of one are no homonyms. */
static bool in_other_town(const struct pair *p)
{
    if (are_divisions(p))
        return false;
    return differ(p->a->town, p->b->town) || differ(p->a->county, p->b->county);
}

static bool is_nested(const struct pair *p)
{
    const struct gaz_place *a = place_of(p, p->a);
    const struct gaz_place *b = place_of(p, p->b);
    return a && b && (a->parent == b->id || b->parent == a->id);
}

gaz_forbid gaz_cues_numbers(const struct gaz_twin_side *a,
                            const struct gaz_twin_side *b)
{
    const bool rooms = a->parts[GAZ_PART_ROOM] && b->parts[GAZ_PART_ROOM];
    gaz_forbid found = GAZ_FORBID_NONE;
    for (int i = 0; i < GAZ_PARTS; i++) {
        if (a->parts[i] == b->parts[i])
            continue;
        if (a->parts[i] && b->parts[i])
            return GAZ_FORBID_NUMBER;
        bool between =
            i == GAZ_PART_BUILDING || i == GAZ_PART_CELL || i == GAZ_PART_FLOOR;
        if (!between || !rooms)
            found = GAZ_FORBID_PART;
    }
    return found;
}

static gaz_forbid forbid_place(const struct pair *p)
{
    const bool coded = p->a->code && p->b->code;
    if (p->a->level != p->b->level)
        return GAZ_FORBID_LEVEL;
    if (coded && !same_code(p->a->code, p->b->code))
        return GAZ_FORBID_CODE;
    if (!coded && in_other_town(p))
        return GAZ_FORBID_TOWN;
    if (is_nested(p))
        return GAZ_FORBID_NESTED;
    return is_linked(p) ? GAZ_FORBID_CHANGE : GAZ_FORBID_NONE;
}

static gaz_forbid forbid(const struct pair *p)
{
    if (p->a->is_synthetic != p->b->is_synthetic)
        return GAZ_FORBID_SYNTHETIC;
    if (across_provinces(p))
        return GAZ_FORBID_PROVINCE;
    if (are_village_pair(p))
        return GAZ_FORBID_VILLAGE_KIND;
    if (p->kind == GAZ_TWINS_PLACES)
        return forbid_place(p);
    if (in_other_town(p))
        return GAZ_FORBID_TOWN;
    return gaz_cues_numbers(p->a, p->b);
}

/* ---- evidence ---- */

static bool shares_name(const struct gaz_place *a, const struct gaz_place *b)
{
    for (int i = 0; i < a->name_count; i++)
        for (int k = 0; k < b->name_count; k++)
            if (strcmp(a->names[i].text, b->names[k].text) == 0)
                return true;
    return false;
}

static gaz_like like_of(const struct pair *p)
{
    const struct gaz_liken x = {p->a->name, p->a->core, p->a->sound};
    const struct gaz_liken y = {p->b->name, p->b->core, p->b->sound};
    const struct gaz_place *a = place_of(p, p->a);
    const struct gaz_place *b = place_of(p, p->b);
    if (a && p->a->place == p->b->place)
        return GAZ_LIKE_ONE;
    gaz_like like = gaz_liken_names(&x, &y, NAME_PARTLY);
    if (like > GAZ_LIKE_SHARED && a && b && shares_name(a, b))
        return GAZ_LIKE_SHARED;
    return like;
}

static int houses_of(const struct pair *p, const struct gaz_twin_side *side)
{
    return side->is_spread ? p->corpus->places[side->place].address_count : 0;
}

/* Of a road without a position, its nearest address counts. Writes how far two
 * sides are apart, and returns what their accuracies allow. */
static double measure(const struct pair *p, struct gaz_cues *out)
{
    enum { WHOLE = 8 }; /* addresses that show where a road runs */
    const int of_a = houses_of(p, p->a);
    const int of_b = houses_of(p, p->b);
    const bool turned = of_b > of_a || (of_b == of_a && p->b->id > p->a->id);
    const struct gaz_twin_side *road = turned ? p->b : p->a;
    const struct gaz_twin_side *other = turned ? p->a : p->b;
    double accuracy_m = road->accuracy_m;
    out->distance_m = -1;
    if (!road->is_placed || !other->is_placed)
        return 0;
    if (road->is_spread)
        out->distance_m = gaz_houses_nearest_m(p->corpus, road->place,
                                               other->at, &accuracy_m);
    else
        out->distance_m = gaz_coord_distance_m(road->at, other->at);
    out->is_patchy = (of_a > 0 && of_a < WHOLE) || (of_b > 0 && of_b < WHOLE);
    return hypot(accuracy_m, other->accuracy_m) + LEAST_ACCURACY_M;
}

static gaz_near near_of(double m, double reach)
{
    static const double CLOSE = 3;
    static const double AWAY = 10;
    if (m < 0)
        return GAZ_NEAR_UNKNOWN;
    if (m <= reach)
        return GAZ_NEAR_SPOT;
    if (m <= CLOSE * reach)
        return GAZ_NEAR_CLOSE;
    return m <= AWAY * reach ? GAZ_NEAR_AWAY : GAZ_NEAR_FAR;
}

static int town_of_divisions(const struct pair *p)
{
    const gaz_id x = p->corpus->places[p->a->place].place.parent;
    const gaz_id y = p->corpus->places[p->b->place].place.parent;
    if (!x || !y)
        return GAZ_TOWN_OPEN;
    return x == y ? GAZ_TOWN_SAME : GAZ_TOWN_OTHER;
}

static int town_of(const struct pair *p, gaz_like like)
{
    const struct gaz_twin_side *open = p->a->town < 0 ? p->a : p->b;
    const bool by_name = like == GAZ_LIKE_SAME || like == GAZ_LIKE_SHARED;
    if (are_divisions(p))
        return town_of_divisions(p);
    if (like == GAZ_LIKE_ONE || (p->a->town >= 0 && p->b->town >= 0))
        return GAZ_TOWN_SAME;
    if (by_name)
        return open->homonyms <= 1 ? GAZ_TOWN_IMPLIED : GAZ_TOWN_OPEN;
    return open->homonyms > 0 ? GAZ_TOWN_ELSEWHERE : GAZ_TOWN_NOWHERE;
}

static int village_of(const struct pair *p)
{
    if (p->a->village < 0 || p->b->village < 0)
        return GAZ_VILLAGE_OPEN;
    return p->a->village == p->b->village ? GAZ_VILLAGE_SAME
                                          : GAZ_VILLAGE_OTHER;
}

static bool has_more(const struct gaz_twin_side *side)
{
    for (int i = GAZ_PART_ANNEX; i < GAZ_PARTS; i++)
        if (side->parts[i])
            return true;
    return false;
}

static int numbers_of_addresses(const struct pair *p)
{
    if (!gaz_side_has_parts(p->a))
        return GAZ_NUMBERS_NONE;
    if (memcmp(p->a->parts, p->b->parts, sizeof(p->a->parts)) != 0)
        return GAZ_NUMBERS_LACKING;
    return has_more(p->a) ? GAZ_NUMBERS_SAME : GAZ_NUMBERS_PLATE;
}

/* Of the addresses that two places say they have. */
static int numbers_of_places(const struct pair *p)
{
    const bool a = gaz_side_has_parts(p->a);
    const bool b = gaz_side_has_parts(p->b);
    if (!a && !b)
        return GAZ_NUMBERS_NONE;
    if (!a || !b)
        return GAZ_NUMBERS_ONE;
    const struct gaz_liken x = {p->a->street, "", ""};
    const struct gaz_liken y = {p->b->street, "", ""};
    const gaz_like street = gaz_liken_names(&x, &y, NAME_PARTLY);
    if (gaz_cues_numbers(p->a, p->b) == GAZ_FORBID_NUMBER ||
        street == GAZ_LIKE_ORDINAL || street == GAZ_LIKE_BRANCH ||
        street > GAZ_LIKE_LACKING)
        return GAZ_NUMBERS_OTHER;
    return GAZ_NUMBERS_SAME;
}

static int site_of(const struct pair *p)
{
    const struct gaz_liken x = {p->a->site, "", ""};
    const struct gaz_liken y = {p->b->site, "", ""};
    if (!*p->a->site || !*p->b->site)
        return *p->a->site || *p->b->site ? GAZ_SITE_ONE : GAZ_SITE_NONE;
    gaz_like like = gaz_liken_names(&x, &y, NAME_PARTLY);
    if (like == GAZ_LIKE_SAME)
        return GAZ_SITE_SAME;
    if (like == GAZ_LIKE_ORDINAL || like == GAZ_LIKE_BRANCH)
        return GAZ_SITE_ORDINAL;
    return like == GAZ_LIKE_OTHER ? GAZ_SITE_OTHER : GAZ_SITE_LIKE;
}

static int category_of(const struct pair *p)
{
    enum { CLASS = 1000 };
    if (p->a->category == 0 || p->b->category == 0)
        return GAZ_CATEGORY_IS_OPEN;
    if (p->a->category == p->b->category)
        return GAZ_CATEGORY_IS_SAME;
    return p->a->category / CLASS == p->b->category / CLASS
               ? GAZ_CATEGORY_IS_CLASS
               : GAZ_CATEGORY_IS_OTHER;
}

static bool ended_before(const struct gaz_twin_side *a,
                         const struct gaz_twin_side *b)
{
    return a->to != GAZ_DATE_OPEN && b->from != GAZ_DATE_OPEN &&
           a->to <= b->from;
}

static int life_of(const struct pair *p)
{
    if (ended_before(p->a, p->b) || ended_before(p->b, p->a))
        return GAZ_LIFE_APART;
    return p->a->has_ended != p->b->has_ended ? GAZ_LIFE_STALE : GAZ_LIFE_MEET;
}

static void weigh(const struct pair *p, struct gaz_cues *out)
{
    const bool coded = p->a->code && p->b->code;
    const int values[GAZ_GROUPS] = {
        [GAZ_GROUP_NAME] = (int)out->like * GAZ_NEARS + (int)out->near,
        [GAZ_GROUP_TOWN] = town_of(p, out->like),
        [GAZ_GROUP_VILLAGE] = village_of(p),
        [GAZ_GROUP_NUMBERS] = p->kind == GAZ_TWINS_PLACES
                                  ? numbers_of_places(p)
                                  : numbers_of_addresses(p),
        [GAZ_GROUP_SITE] = site_of(p),
        [GAZ_GROUP_CATEGORY] = category_of(p),
        [GAZ_GROUP_CODE] = coded                      ? GAZ_CODE_SAME
                           : p->a->code || p->b->code ? GAZ_CODE_ONE
                                                      : GAZ_CODE_OPEN,
        [GAZ_GROUP_LIFE] = life_of(p),
        [GAZ_GROUP_HOUSES] =
            (int)gaz_houses_compare(p->corpus, p->a->place, p->b->place),
        [GAZ_GROUP_RIVALS] = GAZ_RIVALS_OPEN,
    };
    for (int i = 0; i < GAZ_GROUPS; i++)
        out->of[i] = gaz_cue_at((gaz_cue_group)i, values[i]);
}

void gaz_cues_find(const struct gaz_corpus *corpus, gaz_twins_kind kind,
                   const struct gaz_twin_side *a, const struct gaz_twin_side *b,
                   struct gaz_cues *out)
{
    const struct pair pair = {corpus, kind, a, b};
    *out = (struct gaz_cues){.forbid = forbid(&pair)};
    const double reach_m = measure(&pair, out);
    if (out->forbid)
        return;
    out->like = like_of(&pair);
    out->near = near_of(out->distance_m, reach_m);
    weigh(&pair, out);
}

static bool has_cue(const struct gaz_cues *cues, gaz_cue_group group, int value)
{
    return cues->of[group] == gaz_cue_at(group, value);
}

bool gaz_cues_contradict(const struct gaz_cues *cues)
{
    static const struct {
        gaz_cue_group group;
        int value;
    } AGAINST[] = {{GAZ_GROUP_TOWN, GAZ_TOWN_OTHER},
                   {GAZ_GROUP_VILLAGE, GAZ_VILLAGE_OTHER},
                   {GAZ_GROUP_NUMBERS, GAZ_NUMBERS_OTHER},
                   {GAZ_GROUP_SITE, GAZ_SITE_OTHER},
                   {GAZ_GROUP_SITE, GAZ_SITE_ORDINAL},
                   {GAZ_GROUP_LIFE, GAZ_LIFE_APART},
                   {GAZ_GROUP_HOUSES, GAZ_HOUSES_MANY},
                   {GAZ_GROUP_HOUSES, GAZ_HOUSES_APART}};
    if (cues->forbid || cues->like == GAZ_LIKE_ORDINAL ||
        (cues->near == GAZ_NEAR_FAR && !cues->is_patchy))
        return true;
    for (size_t i = 0; i < sizeof(AGAINST) / sizeof(AGAINST[0]); i++)
        if (has_cue(cues, AGAINST[i].group, AGAINST[i].value))
            return true;
    return false;
}

bool gaz_cues_need_person(const struct gaz_cues *cues)
{
    return !cues->forbid &&
           (has_cue(cues, GAZ_GROUP_RIVALS, GAZ_RIVALS_ABOVE) ||
            has_cue(cues, GAZ_GROUP_LIFE, GAZ_LIFE_APART));
}
