/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/rank.h"

#include <stdlib.h>

#include "gazetteer/search/confidence.h"
#include "gazetteer/search/label.h"

/* The header explains the numbers. */
static const float HOW[GAZ_HOWS] = {
    [GAZ_HOW_UNKNOWN] = 0.60F, [GAZ_HOW_EXACT] = 1.00F,
    [GAZ_HOW_SHORT] = 1.00F,   [GAZ_HOW_ALIAS] = 0.97F,
    [GAZ_HOW_FORMER] = 0.95F,  [GAZ_HOW_HEIR] = 0.95F,
    [GAZ_HOW_GONE] = 0.80F,    [GAZ_HOW_SOUND] = 1.00F,
    [GAZ_HOW_FUZZY] = 1.00F,   [GAZ_HOW_AGAINST] = 0.50F,
};

static const double NEARNESS_M = 20000;

float gaz_rank_how(gaz_how how)
{
    return HOW[how];
}

float gaz_rank_beside(void)
{
    return 0.98F;
}

float gaz_rank_aside(void)
{
    return 0.95F;
}

float gaz_rank_repeat(void)
{
    return 0.70F;
}

float gaz_rank_restart(void)
{
    return 0.90F;
}

double gaz_rank_prior(const struct gaz_snapshot *snap, uint32_t place)
{
    switch (snap->places[place].level) {
    case GAZ_LEVEL_PROVINCE:
    case GAZ_LEVEL_CITY:
    case GAZ_LEVEL_COUNTY:
        return 8;
    case GAZ_LEVEL_TOWN:
        return 4;
    case GAZ_LEVEL_VILLAGE:
        return 2;
    default:
        return 1;
    }
}

double gaz_rank_nearness(double distance_m)
{
    return 0.5 + 0.5 / (1 + distance_m / NEARNESS_M);
}

bool gaz_rank_fits(const struct gaz_snapshot *snap, uint32_t place,
                   int category)
{
    if (category == 0)
        return true;
    uint32_t want = (uint32_t)category;
    uint32_t have = snap->places[place].category;
    uint32_t unit = 1;
    while (want % (unit * 10) == 0)
        unit *= 10;
    return have / unit == want / unit;
}

static double agreement_of(const struct gaz_snapshot *snap,
                           const struct gaz_plate *plate,
                           const struct gaz_scored *item)
{
    if (!plate->number || item->site != GAZ_NONE)
        return 1;
    const struct gaz_snap_place *place = &snap->places[item->chain->place];
    bool has_neighbour =
        item->number.below != GAZ_NONE || item->number.above != GAZ_NONE;
    switch (item->number.found) {
    case GAZ_NUMBER_EXACT:
        return 1;
    case GAZ_NUMBER_ENTRANCE:
    case GAZ_NUMBER_MEMBER:
        return 0.97;
    case GAZ_NUMBER_ANNEX:
        return 0.95;
    case GAZ_NUMBER_SIBLING:
    case GAZ_NUMBER_INTERPOLATED:
        return 0.85;
    default:
        break;
    }
    if (has_neighbour)
        return 0.75;
    bool is_area =
        place->level != GAZ_LEVEL_NONE && place->level <= GAZ_LEVEL_TOWN;
    return is_area ? 0.60 : 0.70;
}

void gaz_rank_score(const struct gaz_snapshot *snap,
                    const struct gaz_asked *asked,
                    const struct gaz_plate *plate, struct gaz_scored *item)
{
    double a = (double)item->chain->agreement * agreement_of(snap, plate, item);
    item->agreement = a;
    item->distance_m = -1;
    item->weight = a * a * a * a * gaz_rank_prior(snap, item->chain->place);
    if (!asked->query->focus)
        return;
    struct gaz_position position =
        item->number.address != GAZ_NONE
            ? gaz_label_address_position(snap, item->number.address)
            : gaz_label_position(snap, item->chain->place);
    if (position.method == GAZ_METHOD_NONE) {
        item->weight *= gaz_rank_nearness(1e9);
        return;
    }
    item->distance_m =
        gaz_coord_distance_m(*asked->query->focus, position.coord);
    item->weight *= gaz_rank_nearness(item->distance_m);
}

static int compare(const void *left, const void *right)
{
    const struct gaz_scored *a = left;
    const struct gaz_scored *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    if (a->distance_m != b->distance_m)
        return a->distance_m < b->distance_m ? -1 : 1;
    if (a->chain->place != b->chain->place)
        return a->chain->place < b->chain->place ? -1 : 1;
    if (a->number.address != b->number.address)
        return a->number.address < b->number.address ? -1 : 1;
    return 0;
}

void gaz_rank_sort(const struct gaz_snapshot *snap,
                   const struct gaz_asked *asked, const struct gaz_cut *cut,
                   struct gaz_scored *items, int count, int dropped)
{
    if (count == 0)
        return;
    qsort(items, (size_t)count, sizeof(*items), compare);
    double total = (double)dropped * items[count - 1].weight;
    for (int i = 0; i < count; i++)
        total += items[i].weight;
    double most = 1;
    const struct gaz_confidence *curve = gaz_confidence_shipped();
    for (int i = 0; i < count; i++) {
        double share = total > 0 ? items[i].weight / total : 0;
        gaz_confidence_signs(snap, asked, cut, &items[i], share,
                             items[i].signs);
        double value = gaz_confidence_value(
            curve, gaz_confidence_score(curve, items[i].signs));
        most = value < most ? value : most;
        items[i].confidence = most;
    }
}
