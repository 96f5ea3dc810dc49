/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/number.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/search/along.h"
#include "gazetteer/search/label.h"
#include "gazetteer/search/plates.h"

enum {
    VALUE_MAX = 999999,
    NEIGHBOUR_STEPS = 64, /* rows looked at on each side for the same parity */
};

/* Past this the nearest number says nothing of where the asked one is. */
static const double NEAREST_MAX_M = 500;

/* What a Chinese numeral is worth; -1: not one. Units are 10, 100, 1000. */
static int32_t numeral(uint32_t c)
{
    static const struct {
        uint32_t c;
        int32_t value;
    } TABLE[] = {
        {0x3007, 0}, {0x96F6, 0}, {0x4E00, 1},  {0x4E8C, 2},   {0x4E24, 2},
        {0x4E09, 3}, {0x56DB, 4}, {0x4E94, 5},  {0x516D, 6},   {0x4E03, 7},
        {0x516B, 8}, {0x4E5D, 9}, {0x5341, 10}, {0x767E, 100}, {0x5343, 1000},
    };
    if (c >= '0' && c <= '9')
        return (int32_t)(c - '0');
    for (size_t i = 0; i < sizeof(TABLE) / sizeof(TABLE[0]); i++)
        if (TABLE[i].c == c)
            return TABLE[i].value;
    return -1;
}

int32_t gaz_number_value(const char *text, size_t size)
{
    static const char ORDINAL[] = "第";
    size_t at = 0;
    if (size > sizeof(ORDINAL) - 1 &&
        memcmp(text, ORDINAL, sizeof(ORDINAL) - 1) == 0)
        at = sizeof(ORDINAL) - 1;
    int64_t total = 0; /* of finished units: 一百 */
    int64_t digits = 0;
    bool has_digits = false;
    for (uint32_t c; (c = gaz_text_next(text, size, &at)) != 0;) {
        int32_t value = numeral(c);
        if (value < 0)
            break;
        if (value < 10) {
            digits = digits * 10 + value;
            has_digits = true;
        } else {
            total += (has_digits ? digits : 1) * value;
            digits = 0;
            has_digits = false;
        }
        if (total + digits > VALUE_MAX)
            return 0;
    }
    return (int32_t)(total + digits);
}

void gaz_number_split(struct gaz_plate *plate)
{
    const char *tail = plate->tail;
    size_t size = (size_t)plate->tail_size;
    size_t at = 0;
    bool in_digits = false;
    for (size_t next = 0; next < size; at = next) {
        bool is_digit = numeral(gaz_text_next(tail, size, &next)) >= 0;
        if (in_digits && is_digit)
            continue;
        if (in_digits) {
            /* the unit word behind the digits, and no more */
            at = next;
            break;
        }
        in_digits = is_digit;
    }
    if (at == 0)
        at = size;
    plate->number = tail;
    plate->number_size = (int)at;
    plate->value = gaz_number_value(tail, at);
    plate->tail = at < size ? tail + at : NULL;
    plate->tail_size = (int)(size - at);
}

/* How well a row of the right number fits: its tail counts most, then whether
 * it is current. */
static int fit(const struct gaz_snapshot *snap, uint32_t address,
               const struct gaz_plate *plate, gaz_plates_relation relation)
{
    enum { RELATION = 64, PART = 4 };
    const struct gaz_snap_address *row = &snap->addresses[address];
    struct gaz_tails tails = gaz_plates_tails(
        gaz_snapshot_text(snap, row->tail), plate->tail ? plate->tail : "",
        (size_t)plate->tail_size);
    /* another room is worse than the entrance */
    return (int)relation * RELATION + tails.alike * PART * 2 -
           (tails.row_parts - tails.alike) * PART +
           (row->status == GAZ_STATUS_CURRENT ? 1 : 0);
}

static gaz_plates_relation relation_of(const struct gaz_snapshot *snap,
                                       uint32_t address,
                                       const struct gaz_plate *plate)
{
    static const char UNIT[] = "号";
    const char *row = gaz_snapshot_text(snap, snap->addresses[address].number);
    gaz_plates_relation relation =
        gaz_plates_compare(row, plate->number, (size_t)plate->number_size);
    /* 158 asks for 158号 as well; so does B5 for B5号. */
    size_t size = (size_t)plate->number_size;
    if (relation == GAZ_PLATES_OTHER &&
        strncmp(row, plate->number, size) == 0 && strcmp(row + size, UNIT) == 0)
        return GAZ_PLATES_SAME;
    return relation;
}

static gaz_number_found found_of(gaz_plates_relation relation,
                                 const struct gaz_tails *tails)
{
    switch (relation) {
    case GAZ_PLATES_SAME:
        return tails->alike == tails->row_parts &&
                       tails->alike == tails->asked_parts
                   ? GAZ_NUMBER_EXACT
                   : GAZ_NUMBER_ENTRANCE;
    case GAZ_PLATES_MEMBER:
        return GAZ_NUMBER_MEMBER;
    case GAZ_PLATES_PARENT:
        return GAZ_NUMBER_ANNEX;
    case GAZ_PLATES_OTHER:
        break;
    }
    return GAZ_NUMBER_SIBLING;
}

/* Fills `out` from the best of rows [first, first + count). */
static void choose(const struct gaz_snapshot *snap, uint32_t first,
                   uint32_t count, const struct gaz_plate *plate,
                   struct gaz_number_match *out)
{
    int best = INT_MIN;
    for (uint32_t i = first; i < first + count; i++) {
        int score = fit(snap, i, plate, relation_of(snap, i, plate));
        if (score > best) {
            best = score;
            out->address = i;
        }
    }
    const char *tail =
        gaz_snapshot_text(snap, snap->addresses[out->address].tail);
    struct gaz_tails tails = gaz_plates_tails(
        tail, plate->tail ? plate->tail : "", (size_t)plate->tail_size);
    out->found = found_of(relation_of(snap, out->address, plate), &tails);
    out->tail_alike = tails.alike;
    out->tail_size = tails.row_size;
}

/* The row before `at` whose range holds the number; ranges are short, so few
 * rows are looked at. */
static bool choose_range(const struct gaz_snapshot *snap, uint32_t parent,
                         uint32_t at, const struct gaz_plate *plate,
                         struct gaz_number_match *out)
{
    uint32_t first = snap->places[parent].address_first;
    for (int n = 0; n < NEIGHBOUR_STEPS && at > first; n++)
        if (relation_of(snap, --at, plate) == GAZ_PLATES_MEMBER) {
            choose(snap, at, 1, plate, out);
            return true;
        }
    return false;
}

/* ---- between numbers ---- */

static bool can_lead(const struct gaz_snapshot *snap, uint32_t address,
                     int32_t value, bool any_side)
{
    const struct gaz_snap_address *row = &snap->addresses[address];
    if (row->number_value <= 0 ||
        (!any_side && (row->number_value & 1) != (value & 1)))
        return false;
    gaz_method method = gaz_label_address_position(snap, address).method;
    return method != GAZ_METHOD_NONE && method != GAZ_METHOD_INHERITED;
}

static void neighbours(const struct gaz_snapshot *snap, uint32_t parent,
                       uint32_t at, int32_t value, struct gaz_number_match *out)
{
    const struct gaz_snap_place *row = &snap->places[parent];
    uint32_t end = row->address_first + row->address_count;
    uint32_t i = at;
    for (int n = 0; n < NEIGHBOUR_STEPS && i > row->address_first; n++) {
        if (!can_lead(snap, --i, value, out->any_side))
            continue;
        /* of the rows of one number the first has no tail: the entrance */
        if (out->below != GAZ_NONE &&
            snap->addresses[i].number_value !=
                snap->addresses[out->below].number_value)
            break;
        out->below = i;
    }
    i = at;
    for (int n = 0; n < NEIGHBOUR_STEPS && i < end; n++, i++) {
        if (can_lead(snap, i, value, out->any_side)) {
            out->above = i;
            break;
        }
    }
}

static bool is_between(const struct gaz_number_match *match)
{
    return match->below != GAZ_NONE && match->above != GAZ_NONE;
}

/* Where the road's record says that a number of this parity stands. */
static gaz_bearing side_of(const struct gaz_snapshot *snap, uint32_t parent,
                           int32_t value)
{
    gaz_bearing odd = (gaz_bearing)snap->places[parent].odd_side;
    return value % 2 == 1 ? odd : gaz_numbering_opposite(odd);
}

/* Along the road, or the straight line between both neighbours; the true place
 * may be anywhere between them, so half of their distance is the accuracy. */
static void place_between(const struct gaz_snapshot *snap,
                          const struct gaz_along_ask *ask,
                          struct gaz_position a, struct gaz_position b,
                          struct gaz_number_match *out)
{
    static const double OTHER_SIDE_M = 30; /* across a wide road */
    double t = ask->part;
    struct gaz_along_spot spot = {
        .at = {ask->a.lon + t * (ask->b.lon - ask->a.lon),
               ask->a.lat + t * (ask->b.lat - ask->a.lat)},
        .length_m = gaz_coord_distance_m(ask->a, ask->b)};
    out->along = gaz_along_between(snap, ask, &spot);
    out->by_rule = spot.by_side;
    out->at_odds = spot.at_odds;
    bool unsure = (out->any_side && !out->by_rule) || out->at_odds;
    out->found = GAZ_NUMBER_INTERPOLATED;
    out->position = (struct gaz_position){
        .coord = spot.at,
        .method =
            a.method == GAZ_METHOD_SYNTHETIC || b.method == GAZ_METHOD_SYNTHETIC
                ? GAZ_METHOD_SYNTHETIC
                : GAZ_METHOD_DERIVED,
        .accuracy_m =
            fmax(spot.length_m / 2, fmax(a.accuracy_m, b.accuracy_m)) +
            (unsure ? OTHER_SIDE_M : 0),
        .source = b.source,
    };
}

static void interpolate(const struct gaz_snapshot *snap, uint32_t parent,
                        int32_t value, struct gaz_number_match *out)
{
    struct gaz_position a = gaz_label_address_position(snap, out->below);
    struct gaz_position b = gaz_label_address_position(snap, out->above);
    double from = snap->addresses[out->below].number_value;
    double to = snap->addresses[out->above].number_value;
    const struct gaz_along_ask ask = {
        .road = parent,
        .a = a.coord,
        .b = b.coord,
        .part = to > from ? ((double)value - from) / (to - from) : 0.5,
        .are_alike = !out->any_side,
        .side = side_of(snap, parent, value)};
    place_between(snap, &ask, a, b, out);
}

/* Counting begins at an end of the road that its record names: what is less
 * than the first known number lies between that end and it. */
static bool interpolate_start(const struct gaz_snapshot *snap, uint32_t parent,
                              int32_t value, struct gaz_number_match *out)
{
    gaz_bearing start = (gaz_bearing)snap->places[parent].numbering_start;
    if (start == GAZ_BEARING_NONE || out->above == GAZ_NONE ||
        out->below != GAZ_NONE)
        return false;
    struct gaz_position b = gaz_label_address_position(snap, out->above);
    struct gaz_along_ask ask = {
        .road = parent,
        .b = b.coord,
        .a_is_end = true,
        .are_alike = true,
        .part = (double)value / snap->addresses[out->above].number_value,
        .side = side_of(snap, parent, value)};
    if (!gaz_along_start(snap, parent, start, b.coord, &ask.a))
        return false;
    out->from_start = true;
    place_between(snap, &ask, b, b, out);
    return true;
}

/* About how far the asked number is from the nearest known: as far as the known
 * ones say that numbers go. The nearest stands for it, that much less sure. */
static void measure_nearest(const struct gaz_snapshot *snap, uint32_t parent,
                            int32_t value, struct gaz_number_match *out)
{
    uint32_t near = out->below != GAZ_NONE ? out->below : out->above;
    if (near == GAZ_NONE)
        return;
    struct gaz_number_match next = {.below = GAZ_NONE, .above = GAZ_NONE};
    neighbours(snap, parent, near, value, &next);
    uint32_t other = next.below;
    if (near == out->above) {
        uint32_t first = 0;
        int32_t after = snap->addresses[near].number_value + 1;
        (void)gaz_snapshot_numbers(snap, parent, after, &first);
        next.above = GAZ_NONE;
        neighbours(snap, parent, first, value, &next);
        other = next.above;
    }
    if (other == GAZ_NONE)
        return;
    struct gaz_position a = gaz_label_address_position(snap, near);
    struct gaz_position b = gaz_label_address_position(snap, other);
    double steps = fabs((double)snap->addresses[near].number_value -
                        snap->addresses[other].number_value);
    double asked = fabs((double)snap->addresses[near].number_value - value);
    double far_m = gaz_coord_distance_m(a.coord, b.coord) / steps * asked;
    if (!(steps > 0) || far_m > NEAREST_MAX_M)
        return;
    out->nearest_m = far_m;
    out->position = a;
    out->position.accuracy_m = a.accuracy_m + far_m;
}

/* Estates without plates: the number is empty and all of 4幢2单元501室 is the
 * tail. Those rows are in the order of their tails. */
static void find_unnumbered(const struct gaz_snapshot *snap, uint32_t parent,
                            const struct gaz_plate *plate,
                            struct gaz_number_match *out)
{
    char text[GAZ_ADDRESS_MAX_BYTES * 2 + 1];
    size_t head = (size_t)plate->number_size;
    size_t rest = plate->tail ? (size_t)plate->tail_size : 0;
    if (head + rest >= sizeof(text))
        return;
    memcpy(text, plate->number, head);
    if (rest > 0)
        memcpy(text + head, plate->tail, rest);
    text[head + rest] = '\0';
    uint32_t first = 0;
    uint32_t end = gaz_snapshot_numbers(snap, parent, 0, &first) + first;
    uint32_t low = first;
    for (uint32_t high = end; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        const struct gaz_snap_address *row = &snap->addresses[middle];
        if (row->number == 0 &&
            strcmp(gaz_snapshot_text(snap, row->tail), text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    /* the neighbours on both sides share the longest beginnings */
    if (low > first && (low == end || snap->addresses[low].number != 0))
        low--;
    uint32_t from = low > first ? low - 1 : low;
    struct gaz_tails best = {0};
    for (uint32_t i = from; i < end && i <= low; i++) {
        if (snap->addresses[i].number != 0)
            continue;
        struct gaz_tails tails =
            gaz_plates_tails(gaz_snapshot_text(snap, snap->addresses[i].tail),
                             text, head + rest);
        if (tails.alike <= best.alike)
            continue;
        best = tails;
        out->address = i;
    }
    if (out->address == GAZ_NONE)
        return;
    out->found = best.alike == best.row_parts && best.alike == best.asked_parts
                     ? GAZ_NUMBER_EXACT
                     : GAZ_NUMBER_ENTRANCE;
    out->tail_alike = best.alike;
    out->tail_size = best.row_size;
}

void gaz_number_find(const struct gaz_snapshot *snap, uint32_t parent,
                     const struct gaz_plate *plate,
                     struct gaz_number_match *out)
{
    *out = (struct gaz_number_match){.address = GAZ_NONE,
                                     .below = GAZ_NONE,
                                     .above = GAZ_NONE,
                                     .nearest_m = -1};
    if (!plate->number || plate->value <= 0 ||
        snap->places[parent].address_count == 0)
        return;
    find_unnumbered(snap, parent, plate, out);
    if (out->address != GAZ_NONE)
        return;
    uint32_t first = 0;
    uint32_t count = gaz_snapshot_numbers(snap, parent, plate->value, &first);
    if (count > 0) {
        choose(snap, first, count, plate, out);
        return;
    }
    if (choose_range(snap, parent, first, plate, out))
        return;
    neighbours(snap, parent, first, plate->value, out);
    if (!is_between(out)) {
        struct gaz_number_match any = *out;
        any.any_side = true;
        any.below = any.above = GAZ_NONE;
        neighbours(snap, parent, first, plate->value, &any);
        if (is_between(&any))
            *out = any;
    }
    if (is_between(out))
        interpolate(snap, parent, plate->value, out);
    else if (!interpolate_start(snap, parent, plate->value, out))
        measure_nearest(snap, parent, plate->value, out);
}
