/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/number.h"

#include <math.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/search/label.h"

enum {
    VALUE_MAX = 999999,
    NEIGHBOUR_STEPS = 64, /* rows looked at on each side for the same parity */
};

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

static bool text_is(const char *text, const char *want, int size)
{
    return strlen(text) == (size_t)size &&
           memcmp(text, want, (size_t)size) == 0;
}

/* 158 asks for 158号 as well. */
static bool number_is(const char *text, const struct gaz_plate *plate)
{
    static const char UNIT[] = "号";
    if (text_is(text, plate->number, plate->number_size))
        return true;
    size_t size = (size_t)plate->number_size;
    return strlen(text) == size + sizeof(UNIT) - 1 &&
           memcmp(text, plate->number, size) == 0 &&
           strcmp(text + size, UNIT) == 0;
}

/* How well a row of the right value fits: 0 sibling, up to 6 exact and current.
 */
static int fit(const struct gaz_snapshot *snap, uint32_t address,
               const struct gaz_plate *plate)
{
    const struct gaz_snap_address *row = &snap->addresses[address];
    const char *tail = gaz_snapshot_text(snap, row->tail);
    int score = row->status == GAZ_STATUS_CURRENT ? 1 : 0;
    if (number_is(gaz_snapshot_text(snap, row->number), plate))
        score += 4;
    if (text_is(tail, plate->tail ? plate->tail : "", plate->tail_size))
        score += 2;
    else if (*tail)
        score -= 1; /* another room is worse than the entrance */
    return score;
}

static void choose(const struct gaz_snapshot *snap, uint32_t first,
                   uint32_t count, const struct gaz_plate *plate,
                   struct gaz_number_match *out)
{
    int best = -2;
    for (uint32_t i = first; i < first + count; i++) {
        int score = fit(snap, i, plate);
        if (score > best) {
            best = score;
            out->address = i;
        }
    }
    const struct gaz_snap_address *row = &snap->addresses[out->address];
    const char *tail = gaz_snapshot_text(snap, row->tail);
    if (!number_is(gaz_snapshot_text(snap, row->number), plate))
        out->found = GAZ_NUMBER_SIBLING;
    else if (text_is(tail, plate->tail ? plate->tail : "", plate->tail_size))
        out->found = GAZ_NUMBER_EXACT;
    else
        out->found = GAZ_NUMBER_ENTRANCE;
}

static bool can_lead(const struct gaz_snapshot *snap, uint32_t address,
                     int32_t value)
{
    const struct gaz_snap_address *row = &snap->addresses[address];
    if (row->number_value <= 0 || (row->number_value & 1) != (value & 1))
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
        if (!can_lead(snap, --i, value))
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
        if (can_lead(snap, i, value)) {
            out->above = i;
            break;
        }
    }
}

/* Along the straight line between both neighbours; the true place may be
 * anywhere between them, so half of their distance is the accuracy. */
static void interpolate(const struct gaz_snapshot *snap, int32_t value,
                        struct gaz_number_match *out)
{
    struct gaz_position a = gaz_label_address_position(snap, out->below);
    struct gaz_position b = gaz_label_address_position(snap, out->above);
    double from = snap->addresses[out->below].number_value;
    double to = snap->addresses[out->above].number_value;
    double t = to > from ? ((double)value - from) / (to - from) : 0.5;
    out->found = GAZ_NUMBER_INTERPOLATED;
    out->position = (struct gaz_position){
        .coord = {a.coord.lon + t * (b.coord.lon - a.coord.lon),
                  a.coord.lat + t * (b.coord.lat - a.coord.lat)},
        .method =
            a.method == GAZ_METHOD_SYNTHETIC || b.method == GAZ_METHOD_SYNTHETIC
                ? GAZ_METHOD_SYNTHETIC
                : GAZ_METHOD_DERIVED,
        .accuracy_m = fmax(gaz_coord_distance_m(a.coord, b.coord) / 2,
                           fmax(a.accuracy_m, b.accuracy_m)),
        .source = a.source,
    };
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
    uint32_t low = 0;
    uint32_t end = gaz_snapshot_numbers(snap, parent, 0, &low) + low;
    for (uint32_t high = end; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        const struct gaz_snap_address *row = &snap->addresses[middle];
        if (row->number == 0 &&
            strcmp(gaz_snapshot_text(snap, row->tail), text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == end || snap->addresses[low].number != 0)
        return;
    const char *found = gaz_snapshot_text(snap, snap->addresses[low].tail);
    if (strcmp(found, text) == 0)
        out->found = GAZ_NUMBER_EXACT;
    else if (strncmp(found, text, head) == 0)
        out->found = GAZ_NUMBER_ENTRANCE;
    else
        return;
    out->address = low;
}

void gaz_number_find(const struct gaz_snapshot *snap, uint32_t parent,
                     const struct gaz_plate *plate,
                     struct gaz_number_match *out)
{
    *out = (struct gaz_number_match){
        .address = GAZ_NONE, .below = GAZ_NONE, .above = GAZ_NONE};
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
    neighbours(snap, parent, first, plate->value, out);
    if (out->below != GAZ_NONE && out->above != GAZ_NONE)
        interpolate(snap, plate->value, out);
}
