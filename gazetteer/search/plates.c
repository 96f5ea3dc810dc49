/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/plates.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/numerals.h"

enum { VALUE_MAX = 999999, NUMERAL_MAX = 8, PART_BYTES = 12, PARTS_MAX = 8 };

/* ---- reading ---- */

struct reader {
    const char *text;
    size_t size;
    size_t at;
};

static bool take(struct reader *r, const char *word)
{
    size_t size = strlen(word);
    if (r->size - r->at < size || memcmp(r->text + r->at, word, size) != 0)
        return false;
    r->at += size;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number in digits or in words; 0 when there is none. */
static int32_t take_value(struct reader *r)
{
    int64_t value = 0;
    size_t from = r->at;
    for (; r->at < r->size && is_digit(r->text[r->at]); r->at++) {
        value = value * 10 + (r->text[r->at] - '0');
        if (value > VALUE_MAX)
            return 0;
    }
    if (r->at > from)
        return (int32_t)value;
    uint32_t words[NUMERAL_MAX];
    int count = 0;
    while (count < NUMERAL_MAX) {
        size_t next = r->at;
        uint32_t c = gaz_text_next(r->text, r->size, &next);
        if (!gaz_numerals_is_digit(c))
            break;
        words[count++] = c;
        r->at = next;
    }
    int32_t found = gaz_numerals_value(words, count);
    return found > 0 ? found : 0;
}

static void pair(struct gaz_plate_number *out, int32_t second)
{
    if (second > out->value)
        out->upper = second;
    else
        out->annex = second;
}

bool gaz_plates_read(const char *text, size_t size,
                     struct gaz_plate_number *out)
{
    struct reader r = {text, size, 0};
    (void)take(&r, "第");
    *out = (struct gaz_plate_number){.value = take_value(&r)};
    if (out->value == 0)
        return false;
    bool unit = take(&r, "号") || take(&r, "#");
    if (r.at == size)
        return true;
    bool annex = take(&r, "附") || take(&r, "之");
    bool until = !annex && (take(&r, "至") || take(&r, "到"));
    if (!annex && !until && !take(&r, "-"))
        return false;
    int32_t second = take_value(&r);
    bool closed = take(&r, "号");
    if (second == 0 || r.at != size)
        return false;
    if (annex || (unit && !closed && !until))
        out->annex = second;
    else
        pair(out, second);
    return true;
}

/* ---- comparing numbers ---- */

/* Ranges count by twos when both ends are odd or both are even. */
static bool holds(const struct gaz_plate_number *range, int32_t value)
{
    bool by_twos = ((range->value ^ range->upper) & 1) == 0;
    return range->upper > 0 && value >= range->value && value <= range->upper &&
           (!by_twos || ((value ^ range->value) & 1) == 0);
}

gaz_plates_relation gaz_plates_compare(const char *row, const char *asked,
                                       size_t asked_size)
{
    size_t size = strlen(row);
    if (size == asked_size && memcmp(row, asked, size) == 0)
        return GAZ_PLATES_SAME;
    struct gaz_plate_number a;
    struct gaz_plate_number b;
    if (!gaz_plates_read(row, size, &a) ||
        !gaz_plates_read(asked, asked_size, &b))
        return GAZ_PLATES_OTHER;
    if (a.value == b.value && a.upper == b.upper && a.annex == b.annex)
        return GAZ_PLATES_SAME;
    if (a.annex == 0 && b.annex == 0 &&
        ((b.upper == 0 && holds(&a, b.value)) ||
         (a.upper == 0 && holds(&b, a.value))))
        return GAZ_PLATES_MEMBER;
    if (a.value == b.value && a.annex == 0 && a.upper == 0 && b.annex > 0)
        return GAZ_PLATES_PARENT;
    return GAZ_PLATES_OTHER;
}

/* ---- comparing tails ---- */

enum unit {
    UNIT_NONE,
    UNIT_BUILDING,
    UNIT_CELL,
    UNIT_FLOOR,
    UNIT_ROOM,
    UNIT_OTHER
};

struct part {
    char text[PART_BYTES]; /* "501", "A" */
    enum unit unit;
    size_t end;
};

static enum unit take_unit(struct reader *r)
{
    static const struct {
        const char *word;
        enum unit unit;
    } UNITS[] = {
        {"号楼", UNIT_BUILDING}, {"#楼", UNIT_BUILDING}, {"幢", UNIT_BUILDING},
        {"栋", UNIT_BUILDING},   {"座", UNIT_BUILDING},  {"撞", UNIT_BUILDING},
        {"号单元", UNIT_CELL},   {"单元", UNIT_CELL},    {"梯", UNIT_CELL},
        {"号房间", UNIT_ROOM},   {"号房", UNIT_ROOM},    {"号室", UNIT_ROOM},
        {"室", UNIT_ROOM},       {"房间", UNIT_ROOM},    {"房", UNIT_ROOM},
        {"层", UNIT_FLOOR},      {"楼", UNIT_FLOOR},     {"号", UNIT_OTHER},
        {"#", UNIT_OTHER},       {"-", UNIT_NONE},
    };
    for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++)
        if (take(r, UNITS[i].word)) {
            (void)take(r, "-"); /* 3幢-501 */
            return UNITS[i].unit;
        }
    return r->at == r->size ? UNIT_NONE : UNIT_OTHER;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The next part: a number or letters, and its unit; false at the end and at
 * what is neither. */
static bool take_part(struct reader *r, struct part *out)
{
    memset(out->text, 0, sizeof(out->text));
    (void)take(r, "第");
    size_t size = 0;
    while (r->at < r->size && size + 1 < PART_BYTES &&
           (is_digit(r->text[r->at]) || is_letter(r->text[r->at])))
        out->text[size++] = r->text[r->at++];
    if (size == 0) {
        int32_t value = take_value(r);
        if (value == 0)
            return false;
        char digits[PART_BYTES];
        int count = 0;
        for (; value > 0; value /= 10)
            digits[count++] = (char)('0' + value % 10);
        while (count > 0)
            out->text[size++] = digits[--count];
    }
    out->unit = take_unit(r);
    out->end = r->at;
    return true;
}

static int take_parts(const char *text, size_t size, struct part *out)
{
    struct reader r = {text, size, 0};
    int count = 0;
    while (count < PARTS_MAX && take_part(&r, &out[count]))
        count++;
    /* what cannot be read is a part that is like no other */
    if (r.at < size && count < PARTS_MAX)
        out[count++] = (struct part){.unit = UNIT_OTHER, .end = size};
    return count;
}

static bool is_alike(const struct part *a, const struct part *b)
{
    bool units =
        a->unit == b->unit || a->unit == UNIT_NONE || b->unit == UNIT_NONE;
    return a->text[0] != '\0' && units && strcmp(a->text, b->text) == 0;
}

struct gaz_tails gaz_plates_tails(const char *row, const char *asked,
                                  size_t asked_size)
{
    struct gaz_tails out = {0};
    size_t size = strlen(row);
    bool same = size == asked_size && memcmp(row, asked, size) == 0;
    struct part a[PARTS_MAX];
    struct part b[PARTS_MAX];
    out.row_parts = take_parts(row, size, a);
    out.asked_parts = take_parts(asked, asked_size, b);
    while (out.alike < out.row_parts && out.alike < out.asked_parts &&
           (same || is_alike(&a[out.alike], &b[out.alike]))) {
        out.row_size = a[out.alike].end;
        out.alike++;
    }
    return out;
}
