/* SPDX-License-Identifier: Apache-2.0 */
/* numbers.c - the numbers of one road: sides, order, gaps, twins.
 *
 * Along a road means along its axis; of a road without one, along the line that
 * fits the positions best (the first principal axis). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/audit/area.h"
#include "gazetteer/audit/audit.h"
#include "gazetteer/audit/sequence.h"

struct plate {
    int address;
    int number;
    double chainage_m;
    double side_m;
};

struct plates {
    struct plate *items;
    int count;
    struct gaz_coord first; /* ends of the axis; chainage grows to `last` */
    struct gaz_coord last;
};

static const struct gaz_address *address_at(const struct gaz_audit *audit,
                                            int index)
{
    return &audit->corpus->addresses[index].address;
}

static const struct gaz_address *nth(const struct gaz_audit *audit,
                                     const struct gaz_corpus_place *road, int n)
{
    return address_at(audit, audit->corpus->order[road->first_address + n]);
}

static bool is_live(const struct gaz_address *address)
{
    return address->status != GAZ_STATUS_HISTORICAL;
}

/* Two points that span the line of best fit. */
static void fit(const struct gaz_coord *points, int count,
                struct gaz_coord ends[2])
{
    struct gaz_coord mean = {0, 0};
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < count; i++) {
        mean.lon += points[i].lon / count;
        mean.lat += points[i].lat / count;
    }
    for (int i = 0; i < count; i++) {
        struct gaz_offset off = gaz_area_offset(mean, points[i]);
        xx += off.east_m * off.east_m;
        xy += off.east_m * off.north_m;
        yy += off.north_m * off.north_m;
    }
    static const double REACH_DEG = 0.1; /* 10 km each way */
    double angle = 0.5 * atan2(2 * xy, xx - yy);
    double squeeze = cos(mean.lat * 3.14159265358979323846 / 180);
    struct gaz_coord step = {REACH_DEG * cos(angle) / squeeze,
                             REACH_DEG * sin(angle)};
    ends[0] = (struct gaz_coord){mean.lon - step.lon, mean.lat - step.lat};
    ends[1] = (struct gaz_coord){mean.lon + step.lon, mean.lat + step.lat};
}

static int by_chainage(const void *a, const void *b)
{
    const struct plate *x = a;
    const struct plate *y = b;
    if (x->chainage_m != y->chainage_m)
        return x->chainage_m < y->chainage_m ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->address > y->address) - (x->address < y->address);
}

/* A far-off point is another rule's finding and would bend the order. */
static const double FAR_M = 100;

static struct plates plates_of(struct gaz_audit *audit,
                               const struct gaz_corpus_place *road)
{
    struct gaz_arena *arena = &audit->scratch.arena;
    size_t most = (size_t)road->address_count + 1;
    struct plates plates = {
        .items = gaz_arena_array(arena, most, sizeof(*plates.items))};
    struct gaz_coord *points = gaz_arena_array(arena, most, sizeof(*points));
    struct gaz_coord ends[2];
    int count = 0;
    for (int i = 0; i < road->address_count; i++) {
        const struct gaz_address *a = nth(audit, road, i);
        if (is_live(a) && a->number_value > 0 &&
            a->position.method != GAZ_METHOD_NONE &&
            a->position.method != GAZ_METHOD_INHERITED) {
            plates.items[count].address =
                audit->corpus->order[road->first_address + i];
            plates.items[count].number = a->number_value;
            points[count++] = a->position.coord;
        }
    }
    struct gaz_corpus_axis axis = {ends, 2};
    if (road->axis >= 0)
        axis = audit->corpus->axes[road->axis];
    else if (count > 1)
        fit(points, count, ends);
    else
        return plates;
    plates.first = axis.points[0];
    plates.last = axis.points[axis.count - 1];
    for (int i = 0; i < count; i++) {
        struct gaz_along along = gaz_area_along(&axis, points[i]);
        struct plate plate = plates.items[i];
        plate.chainage_m = along.chainage_m;
        plate.side_m = along.side_m;
        if (along.distance_m <= FAR_M)
            plates.items[plates.count++] = plate;
    }
    if (plates.count > 1)
        qsort(plates.items, (size_t)plates.count, sizeof(*plates.items),
              by_chainage);
    return plates;
}

/* Which side odd numbers are on: 1 left, -1 right, by the majority. */
static int odd_side(const struct plates *plates)
{
    int votes = 0;
    for (int i = 0; i < plates->count; i++) {
        const struct plate *p = &plates->items[i];
        votes += (p->side_m > 0) == (p->number % 2 == 1) ? 1 : -1;
    }
    return votes >= 0 ? 1 : -1;
}

/* 1 when numbers grow along the axis, -1 when they grow against it. */
static int growth(const struct plates *plates)
{
    int votes = 0;
    for (int i = 1; i < plates->count; i++)
        votes +=
            plates->items[i].number >= plates->items[i - 1].number ? 1 : -1;
    return votes >= 0 ? 1 : -1;
}

/* The side that the road's record gives the odd numbers: 1 left of the axis, -1
 * right, 0 when it gives none or the road runs that way. */
static int recorded_side(const struct plates *plates, gaz_bearing odd_side)
{
    static const double TELLS = 0.5; /* sine of 30 degrees: roads bend */
    static const double EIGHTH = 3.14159265358979323846 / 4;
    if (odd_side == GAZ_BEARING_NONE)
        return 0;
    if (odd_side == GAZ_BEARING_LEFT || odd_side == GAZ_BEARING_RIGHT)
        return odd_side == GAZ_BEARING_LEFT ? growth(plates) : -growth(plates);
    double x = (plates->last.lon - plates->first.lon) *
               cos(plates->first.lat * EIGHTH / 45);
    double y = plates->last.lat - plates->first.lat;
    double angle = ((double)odd_side - GAZ_BEARING_NORTH) * EIGHTH;
    double left = x * cos(angle) - y * sin(angle);
    return fabs(left) < TELLS * hypot(x, y) ? 0 : left > 0 ? 1 : -1;
}

/* How many of a hundred must agree before the others are wrong. */
static const double CLEAR_SHARE = 0.7;

int gaz_audit_number_parity(struct gaz_audit *audit, int place)
{
    const struct gaz_corpus_place *road = &audit->corpus->places[place];
    struct plates plates = plates_of(audit, road);
    double least = gaz_rule_number(audit->now->rule, "min_offset_m");
    int agree = 0;
    if (plates.count < gaz_rule_number(audit->now->rule, "min_count"))
        return 0;
    int recorded = recorded_side(&plates, road->place.numbering.odd_side);
    int side = recorded != 0 ? recorded : odd_side(&plates);
    for (int i = 0; i < plates.count; i++)
        agree += (plates.items[i].side_m * side > 0) ==
                 (plates.items[i].number % 2 == 1);
    /* numbered on one side, or without sides: no rule to break */
    if (recorded == 0 && agree < CLEAR_SHARE * plates.count)
        return plates.count;
    for (int i = 0; i < plates.count; i++) {
        const struct plate *p = &plates.items[i];
        bool is_odd = p->number % 2 == 1;
        if ((p->side_m * side > 0) == is_odd || fabs(p->side_m) < least)
            continue;
        struct gaz_finding *f = gaz_audit_add(
            audit, p->address, true,
            gaz_audit_printf(audit, "%s%d号在另一侧，离路中%.0f米",
                             gaz_corpus_name(road), p->number, fabs(p->side_m)),
            gaz_audit_printf(audit, "number %d is on the other side, %.0f m",
                             p->number, fabs(p->side_m)));
        f->distance_m = fabs(p->side_m);
    }
    return plates.count;
}

static void order_side(struct gaz_audit *audit, const struct plates *plates,
                       int parity)
{
    struct gaz_arena *arena = &audit->scratch.arena;
    size_t most = (size_t)plates->count + 1;
    double *values = gaz_arena_array(arena, most, sizeof(*values));
    bool *keep = gaz_arena_array(arena, most, sizeof(*keep));
    int *which = gaz_arena_array(arena, most, sizeof(*which));
    int count = 0;
    for (int i = 0; i < plates->count; i++)
        if (plates->items[i].number % 2 == parity) {
            which[count] = i;
            values[count++] = plates->items[i].number;
        }
    if (gaz_sequence_keep(arena, values, count, keep) < CLEAR_SHARE * count)
        return; /* not numbered along the road */
    for (int i = 0; i < count; i++) {
        const struct plate *p = &plates->items[which[i]];
        if (!keep[i])
            gaz_audit_add(
                audit, p->address, true,
                gaz_audit_printf(audit, "%d号与前后号码顺序不符", p->number),
                gaz_audit_printf(audit, "number %d is out of order",
                                 p->number));
    }
}

int gaz_audit_number_order(struct gaz_audit *audit, int place)
{
    const struct gaz_corpus_place *road = &audit->corpus->places[place];
    struct plates plates = plates_of(audit, road);
    if (plates.count < gaz_rule_number(audit->now->rule, "min_count"))
        return 0;
    order_side(audit, &plates, 1);
    order_side(audit, &plates, 0);
    return plates.count;
}

int gaz_audit_number_gap(struct gaz_audit *audit, int place)
{
    const struct gaz_corpus_place *road = &audit->corpus->places[place];
    double most = gaz_rule_number(audit->now->rule, "max_missing");
    int last[2] = {0, 0};
    int missing = 0;
    int count = 0;
    int example = 0;
    int first = -1;
    for (int i = 0; i < road->address_count; i++) {
        const struct gaz_address *a = nth(audit, road, i);
        int *before = &last[a->number_value % 2];
        if (!is_live(a) || a->number_value <= 0)
            continue;
        if (*before > 0 && a->number_value > *before + 2) {
            missing += (a->number_value - *before) / 2 - 1;
            example = example ? example : *before + 2;
            first = first < 0 ? audit->corpus->order[road->first_address + i]
                              : first;
        }
        *before = a->number_value;
        count++;
    }
    if (count < gaz_rule_number(audit->now->rule, "min_count"))
        return 0;
    if (missing > most)
        gaz_audit_add(audit, first, true,
                      gaz_audit_printf(audit, "%s缺%d个号码，如%d号",
                                       gaz_corpus_name(road), missing, example),
                      gaz_audit_printf(audit, "%d numbers missing, as %d",
                                       missing, example));
    return count;
}

static bool same_number(const struct gaz_address *a,
                        const struct gaz_address *b)
{
    return a->number && b->number && *a->number &&
           strcmp(a->number, b->number) == 0 &&
           strcmp(a->tail ? a->tail : "", b->tail ? b->tail : "") == 0;
}

/* One number at two places: two objects have it. */
int gaz_audit_number_twice(struct gaz_audit *audit, int place)
{
    const struct gaz_corpus_place *road = &audit->corpus->places[place];
    double apart = gaz_rule_number(audit->now->rule, "apart_m");
    for (int i = 1; i < road->address_count; i++) {
        const struct gaz_address *a = nth(audit, road, i - 1);
        const struct gaz_address *b = nth(audit, road, i);
        if (!is_live(a) || !is_live(b) || !same_number(a, b) ||
            a->position.method == GAZ_METHOD_NONE ||
            b->position.method == GAZ_METHOD_NONE ||
            gaz_coord_distance_m(a->position.coord, b->position.coord) <= apart)
            continue;
        int index = audit->corpus->order[road->first_address + i];
        struct gaz_finding *f = gaz_audit_add(
            audit, index, true,
            gaz_audit_printf(audit, "%s%s%s用于两处", gaz_corpus_name(road),
                             b->number, b->tail ? b->tail : ""),
            gaz_audit_printf(audit, "number %s stands at two places",
                             b->number));
        gaz_audit_against(audit, f, GAZ_SUBJECT_ADDRESS,
                          audit->corpus->order[road->first_address + i - 1]);
    }
    return road->address_count;
}
