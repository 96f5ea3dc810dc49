/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/houses.h"

#include <math.h>
#include <string.h>

enum {
    FEW = 2,      /* addresses of a name that may be mistyped, */
    SHARE = 20,   /* or so many times fewer than the other has */
    ASKED = 8,    /* addresses of the fewer that are looked up */
    LOOKED = 256, /* addresses that a middle is made of */
};

static const double ACCURACY_M = 30; /* where a record does not say */
static const double REACH = 3;       /* of both accuracies together */

bool gaz_houses_is_placed(const struct gaz_position *position)
{
    return position->method == GAZ_METHOD_SURVEYED ||
           position->method == GAZ_METHOD_GAZETTEER ||
           position->method == GAZ_METHOD_CENTROID ||
           position->method == GAZ_METHOD_DERIVED ||
           position->method == GAZ_METHOD_SYNTHETIC;
}

double gaz_houses_accuracy(const struct gaz_position *position)
{
    return position->accuracy_m > 0 ? position->accuracy_m : ACCURACY_M;
}

static const struct gaz_address *nth(const struct gaz_corpus *corpus,
                                     const struct gaz_corpus_place *place,
                                     int n)
{
    return &corpus->addresses[corpus->order[place->first_address + n]].address;
}

bool gaz_houses_middle(const struct gaz_corpus *corpus, int place,
                       struct gaz_coord *middle, double *reach_m)
{
    const struct gaz_corpus_place *p = &corpus->places[place];
    const int count = p->address_count < LOOKED ? p->address_count : LOOKED;
    struct gaz_coord sum = {0, 0};
    int placed = 0;
    for (int i = 0; i < count; i++) {
        const struct gaz_position *at = &nth(corpus, p, i)->position;
        if (!gaz_houses_is_placed(at))
            continue;
        sum.lon += at->coord.lon;
        sum.lat += at->coord.lat;
        placed++;
    }
    if (placed == 0)
        return false;
    *middle = (struct gaz_coord){sum.lon / placed, sum.lat / placed};
    *reach_m = 0;
    for (int i = 0; i < count; i++) {
        const struct gaz_position *at = &nth(corpus, p, i)->position;
        if (gaz_houses_is_placed(at))
            *reach_m =
                fmax(*reach_m, gaz_houses_accuracy(at) +
                                   gaz_coord_distance_m(*middle, at->coord));
    }
    return true;
}

double gaz_houses_nearest_m(const struct gaz_corpus *corpus, int place,
                            struct gaz_coord at, double *accuracy_m)
{
    const struct gaz_corpus_place *p = &corpus->places[place];
    const int count = p->address_count < LOOKED ? p->address_count : LOOKED;
    double nearest = -1;
    for (int i = 0; i < count; i++) {
        const struct gaz_position *house = &nth(corpus, p, i)->position;
        if (!gaz_houses_is_placed(house))
            continue;
        double m = gaz_coord_distance_m(at, house->coord);
        if (nearest >= 0 && m >= nearest)
            continue;
        nearest = m;
        *accuracy_m = gaz_houses_accuracy(house);
    }
    return nearest;
}

/* The first of a place's addresses with a number not below `number`. */
static int find_number(const struct gaz_corpus *corpus,
                       const struct gaz_corpus_place *place, int32_t number)
{
    int low = 0;
    int high = place->address_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (nth(corpus, place, middle)->number_value < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* Whether a place has an address of that number and tail. */
static bool has_address(const struct gaz_corpus *corpus,
                        const struct gaz_corpus_place *place,
                        const struct gaz_address *asked)
{
    int at = find_number(corpus, place, asked->number_value);
    for (; at < place->address_count; at++) {
        const struct gaz_address *there = nth(corpus, place, at);
        if (there->number_value != asked->number_value)
            break;
        if (is_same_text(there->number, asked->number) &&
            is_same_text(there->tail, asked->tail))
            return asked->number_value != 0;
    }
    return false;
}

/* 1: the other has that number there; -1: elsewhere only; 0: nothing known. */
static int look_up(const struct gaz_corpus *corpus,
                   const struct gaz_corpus_place *other,
                   const struct gaz_address *asked)
{
    int found = 0;
    int at = find_number(corpus, other, asked->number_value);
    if (asked->number_value == 0 || !gaz_houses_is_placed(&asked->position))
        return 0;
    for (int i = 0; i < ASKED && at < other->address_count; i++, at++) {
        const struct gaz_address *there = nth(corpus, other, at);
        if (there->number_value != asked->number_value)
            break;
        if (!gaz_houses_is_placed(&there->position))
            continue;
        double reach = hypot(gaz_houses_accuracy(&there->position),
                             gaz_houses_accuracy(&asked->position));
        if (gaz_coord_distance_m(there->position.coord,
                                 asked->position.coord) <= REACH * reach)
            return 1;
        found = -1;
    }
    return found;
}

gaz_houses gaz_houses_compare(const struct gaz_corpus *corpus, int a, int b)
{
    if (a < 0 || b < 0 || a == b)
        return GAZ_HOUSES_NONE;
    const int of_a = corpus->places[a].address_count;
    const int of_b = corpus->places[b].address_count;
    const bool turned = of_a > of_b || (of_a == of_b && a > b);
    const struct gaz_corpus_place *fewer = &corpus->places[turned ? b : a];
    const struct gaz_corpus_place *more = &corpus->places[turned ? a : b];
    int sum = 0;
    int known = 0;
    int listed = 0;
    if (more->address_count <= FEW)
        return GAZ_HOUSES_NONE;
    if (fewer->address_count == 0)
        return GAZ_HOUSES_BARE;
    for (int i = 0; i < ASKED && i < fewer->address_count; i++) {
        const struct gaz_address *asked = nth(corpus, fewer, i);
        int found = look_up(corpus, more, asked);
        listed += has_address(corpus, more, asked);
        sum += found;
        known += found != 0;
    }
    if (known > 0)
        return sum > 0 ? GAZ_HOUSES_SHARED : GAZ_HOUSES_APART;
    if (fewer->address_count > FEW &&
        fewer->address_count > more->address_count / SHARE)
        return GAZ_HOUSES_MANY;
    return listed == fewer->address_count ? GAZ_HOUSES_LISTED : GAZ_HOUSES_FEW;
}
