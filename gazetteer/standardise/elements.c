/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/elements.h"

#include <string.h>

#include "gazetteer/standardise/parser.h"

void gaz_parser_emit(struct gaz_parser *p, gaz_element_label label, int end)
{
    struct gaz_elements *out = p->out;
    if (end <= p->at) /* the rest was given away before */
        return;
    if (out->count >= GAZ_ELEMENTS_MAX) /* the last one has the rest already */
        return;
    if (out->count == GAZ_ELEMENTS_MAX - 1) { /* the last one takes the rest */
        label = GAZ_ELEMENT_REDUNDANT;
        end = p->chars->count;
    }
    out->items[out->count++] = (struct gaz_element){
        .label = label,
        .start = p->at,
        .end = end,
        .byte_start = p->chars->source[p->at],
        .byte_end = p->chars->source[end],
    };
    p->at = end;
    if (label == GAZ_ELEMENT_REDUNDANT)
        return;
    p->seen[label] = true;
    p->last = label;
    p->any = true;
}

bool gaz_parser_is_last(const struct gaz_parser *p, gaz_element_label label)
{
    return p->any && p->last == label;
}

bool gaz_parser_is_inside(const struct gaz_parser *p)
{
    return p->seen[GAZ_ELEMENT_ROAD] || p->seen[GAZ_ELEMENT_ROADNO] ||
           p->seen[GAZ_ELEMENT_POI] || p->seen[GAZ_ELEMENT_HOUSENO];
}

/* What a plate is, by what it stands behind. */
static gaz_element_label plate_label(const struct gaz_parser *p, bool more)
{
    if (!p->any)
        return GAZ_ELEMENT_ROADNO;
    switch (p->last) {
    case GAZ_ELEMENT_SUBROAD:
        return GAZ_ELEMENT_SUBROADNO;
    case GAZ_ELEMENT_POI:
        return p->seen[GAZ_ELEMENT_ROADNO] ? GAZ_ELEMENT_HOUSENO
                                           : GAZ_ELEMENT_ROADNO;
    case GAZ_ELEMENT_ROADNO:
    case GAZ_ELEMENT_SUBROADNO:
    case GAZ_ELEMENT_SUBPOI:
        return GAZ_ELEMENT_HOUSENO;
    case GAZ_ELEMENT_HOUSENO:
        return more ? GAZ_ELEMENT_CELLNO : GAZ_ELEMENT_ROOMNO;
    case GAZ_ELEMENT_CELLNO:
    case GAZ_ELEMENT_FLOORNO:
    case GAZ_ELEMENT_ROOMNO:
    case GAZ_ELEMENT_PERSON:
        return GAZ_ELEMENT_ROOMNO;
    default:
        return GAZ_ELEMENT_ROADNO;
    }
}

/* What a number without a unit is. */
static gaz_element_label bare_label(const struct gaz_parser *p)
{
    if (!p->any)
        return GAZ_ELEMENT_POI;
    switch (p->last) {
    case GAZ_ELEMENT_ROAD:
    case GAZ_ELEMENT_COMMUNITY:
    case GAZ_ELEMENT_TOWN:
        return GAZ_ELEMENT_ROADNO;
    case GAZ_ELEMENT_SUBROAD:
        return GAZ_ELEMENT_SUBROADNO;
    case GAZ_ELEMENT_ROADNO:
        return GAZ_ELEMENT_HOUSENO;
    default:
        return GAZ_ELEMENT_ROOMNO;
    }
}

static gaz_element_label unit_label(const struct gaz_parser *p,
                                    const struct gaz_number *number, bool more)
{
    switch (number->unit) {
    case GAZ_UNIT_PLATE:
        return plate_label(p, more);
    case GAZ_UNIT_BUILDING:
        return GAZ_ELEMENT_HOUSENO;
    case GAZ_UNIT_CELL:
        return GAZ_ELEMENT_CELLNO;
    case GAZ_UNIT_FLOOR:
        return GAZ_ELEMENT_FLOORNO;
    case GAZ_UNIT_ROOM:
        return GAZ_ELEMENT_ROOMNO;
    case GAZ_UNIT_LANE:
        return p->seen[GAZ_ELEMENT_ROAD] ? GAZ_ELEMENT_SUBROAD
                                         : GAZ_ELEMENT_ROAD;
    case GAZ_UNIT_GROUP:
    case GAZ_UNIT_ROUTE: /* the corpus counts 4组 among the roads */
        return GAZ_ELEMENT_ROAD;
    case GAZ_UNIT_STREET:
        return gaz_parser_is_inside(p) ? GAZ_ELEMENT_CELLNO : GAZ_ELEMENT_ROAD;
    case GAZ_UNIT_AREA:
        return p->seen[GAZ_ELEMENT_FLOORNO] || p->seen[GAZ_ELEMENT_SUBPOI]
                   ? GAZ_ELEMENT_PERSON
               : p->seen[GAZ_ELEMENT_POI] ? GAZ_ELEMENT_SUBPOI
                                          : GAZ_ELEMENT_POI;
    case GAZ_UNIT_LENGTH:
        return GAZ_ELEMENT_ASSIST;
    case GAZ_UNIT_NONE:
        break;
    }
    return bare_label(p);
}

/* The label of part `i` of a chain 3-2-501, but for a unit behind the last. */
static gaz_element_label chain_label(const struct gaz_parser *p,
                                     const struct gaz_number *number, int i)
{
    int left = number->count - i;
    bool road =
        p->any &&
        (p->last == GAZ_ELEMENT_ROAD || p->last == GAZ_ELEMENT_SUBROAD ||
         (number->count == 2 &&
          (p->last == GAZ_ELEMENT_COMMUNITY || p->last == GAZ_ELEMENT_TOWN)));
    if (i == 0 && road)
        return p->last == GAZ_ELEMENT_SUBROAD ? GAZ_ELEMENT_SUBROADNO
                                              : GAZ_ELEMENT_ROADNO;
    if (!p->any || p->last < GAZ_ELEMENT_HOUSENO ||
        p->last == GAZ_ELEMENT_ASSIST)
        return GAZ_ELEMENT_HOUSENO;
    if (left == 1 || p->last == GAZ_ELEMENT_FLOORNO ||
        p->last == GAZ_ELEMENT_ROOMNO)
        return GAZ_ELEMENT_ROOMNO;
    if (p->last == GAZ_ELEMENT_HOUSENO)
        return GAZ_ELEMENT_CELLNO;
    return GAZ_ELEMENT_FLOORNO;
}

/* A range or annex of one plate on a road: 21-23号, 2-160号. */
static bool is_range(const struct gaz_parser *p,
                     const struct gaz_number *number)
{
    return number->count == 2 && number->unit == GAZ_UNIT_PLATE && p->any &&
           (p->last == GAZ_ELEMENT_ROAD || p->last == GAZ_ELEMENT_SUBROAD ||
            p->last == GAZ_ELEMENT_COMMUNITY);
}

/* 101号-3, 101号附3: the annex of a plate, when nothing says otherwise. */
static int annex_end(const struct gaz_parser *p, int end)
{
    uint32_t c = p->chars->at[end];
    bool sure = c == 0x9644 || c == 0x4E4B; /* 附 之 */
    struct gaz_number number;
    if ((!sure && c != '-') || !gaz_numbers_read(p->chars, end + 1, &number) ||
        number.count > 1 || !number.digits)
        return end;
    if (number.unit == GAZ_UNIT_PLATE && sure)
        return number.end;
    return number.unit == GAZ_UNIT_NONE ? number.end : end;
}

static void take_chain(struct gaz_parser *p, const struct gaz_number *number)
{
    for (int i = 0; i < number->count; i++) {
        if (i > 0)
            gaz_parser_emit(p, GAZ_ELEMENT_REDUNDANT, number->parts[i].from);
        bool last = i + 1 == number->count;
        gaz_element_label label = chain_label(p, number, i);
        if (last && number->unit == GAZ_UNIT_PLATE)
            label = plate_label(p, false);
        else if (last && number->unit != GAZ_UNIT_NONE)
            label = unit_label(p, number, false);
        gaz_parser_emit(p, label, last ? number->end : number->parts[i].to);
    }
}

/* A telephone number, or the postcode that an address begins or ends with. */
static bool is_noise_number(const struct gaz_parser *p,
                            const struct gaz_number *number)
{
    enum { POSTCODE = 6, PHONE = 7 };
    bool edge = p->at == 0 || number->end == p->chars->count;
    return number->unit == GAZ_UNIT_NONE && number->count == 1 &&
           (number->digits >= PHONE ||
            (number->digits == POSTCODE && edge &&
             !gaz_parser_is_last(p, GAZ_ELEMENT_HOUSENO) &&
             !gaz_parser_is_last(p, GAZ_ELEMENT_CELLNO)));
}

static void take_number(struct gaz_parser *p, const struct gaz_number *number)
{
    struct gaz_number next;
    int end = number->end;
    bool more = end < p->chars->count && gaz_numbers_read(p->chars, end, &next);
    if (is_noise_number(p, number)) {
        gaz_parser_emit(p, GAZ_ELEMENT_REDUNDANT, end);
    } else if (number->count > 1 && !is_range(p, number)) {
        take_chain(p, number);
    } else if (number->unit == GAZ_UNIT_LENGTH &&
               gaz_parser_is_last(p, GAZ_ELEMENT_ASSIST) && p->out->count > 0 &&
               p->out->items[p->out->count - 1].end == p->at) {
        /* 往东|200米 is one word of place. */
        struct gaz_element *last = &p->out->items[p->out->count - 1];
        last->end = end;
        last->byte_end = p->chars->source[end];
        p->at = end;
    } else if (number->unit == GAZ_UNIT_LANE &&
               gaz_parser_is_last(p, GAZ_ELEMENT_ROAD) && !more) {
        gaz_parser_emit(p, GAZ_ELEMENT_ROADNO, end);
    } else {
        gaz_element_label label = unit_label(p, number, more);
        if (label == GAZ_ELEMENT_ROADNO || label == GAZ_ELEMENT_SUBROADNO)
            end = number->unit == GAZ_UNIT_PLATE ? annex_end(p, end) : end;
        gaz_parser_emit(p, label, end);
    }
}

/* A number that begins a name (5173网), not one that counts. */
static bool begins_name(const struct gaz_parser *p,
                        const struct gaz_number *number)
{
    if (number->unit != GAZ_UNIT_NONE || number->end == p->chars->count)
        return false;
    uint32_t next = p->chars->at[number->end];
    if (next < 0x80 || gaz_chars_is_sign(next) ||
        gaz_chars_word(p->chars, number->end, GAZ_WORD_NOISE | GAZ_WORD_ASSIST)
            .end)
        return false;
    return !p->any || p->last <= GAZ_ELEMENT_TOWN;
}

/* 口 and 与 are words of place behind a road only. */
static bool take_assist(struct gaz_parser *p)
{
    struct gaz_hit hit = gaz_chars_word(p->chars, p->at, GAZ_WORD_ASSIST);
    if (hit.end == 0 || !p->any || p->last < GAZ_ELEMENT_TOWN)
        return false;
    if (hit.end - p->at == 1 && p->last != GAZ_ELEMENT_ROAD &&
        p->last != GAZ_ELEMENT_SUBROAD && hit.end < p->chars->count &&
        !gaz_chars_is_blank(p->chars->at[hit.end]))
        return false;
    gaz_parser_emit(p, GAZ_ELEMENT_ASSIST, hit.end);
    return true;
}

/* 人民路|东段 */
static bool take_section(struct gaz_parser *p)
{
    static const char *const SECTIONS[] = {"东段", "西段", "南段", "北段",
                                           "中段"};
    if (!gaz_parser_is_last(p, GAZ_ELEMENT_ROAD))
        return false;
    for (size_t i = 0; i < sizeof(SECTIONS) / sizeof(SECTIONS[0]); i++)
        if (gaz_chars_is(p->chars, p->at, SECTIONS[i])) {
            gaz_parser_emit(p, GAZ_ELEMENT_SUBROAD, p->at + 2);
            return true;
        }
    return false;
}

static void take_signs(struct gaz_parser *p)
{
    int end = p->at;
    while (end < p->chars->count && gaz_chars_is_sign(p->chars->at[end]))
        end++;
    gaz_parser_emit(p, GAZ_ELEMENT_REDUNDANT, end);
}

static void take_next(struct gaz_parser *p)
{
    struct gaz_number number;
    struct gaz_hit noise = gaz_chars_word(p->chars, p->at, GAZ_WORD_NOISE);
    if (gaz_chars_is_blank(p->chars->at[p->at])) {
        p->at++;
    } else if (noise.end) {
        gaz_parser_emit(p, GAZ_ELEMENT_REDUNDANT, noise.end);
    } else if (gaz_chars_is_sign(p->chars->at[p->at])) {
        take_signs(p);
    } else if (gaz_chars_is(p->chars, p->at, "中国") && p->at == 0) {
        gaz_parser_emit(p, GAZ_ELEMENT_COUNTRY, p->at + 2);
    } else if (gaz_numbers_read(p->chars, p->at, &number)) {
        if (begins_name(p, &number))
            gaz_cut_take(p, number.end);
        else
            take_number(p, &number);
    } else if (!take_section(p) && !take_assist(p) && !gaz_known_take(p)) {
        gaz_cut_take(p, p->at);
    }
}

void gaz_elements_parse(const struct gaz_lexicon *lexicon, const char *text,
                        size_t size, struct gaz_elements *out)
{
    struct gaz_chars chars;
    size_t taken = gaz_chars_read(lexicon, text, size, &chars);
    struct gaz_parser p = {.chars = &chars, .out = out};
    out->count = 0;
    while (p.at < chars.count)
        take_next(&p);
    if (taken == size)
        return;
    /* Past the limit: one redundant element, in place of the last if need be.
     */
    int rest = 0;
    for (size_t i = taken; i < size; i++)
        rest += ((unsigned char)text[i] & 0xC0U) != 0x80;
    int start = chars.count;
    int byte_start = (int)taken;
    if (out->count == GAZ_ELEMENTS_MAX) {
        out->count--;
        start = out->items[out->count].start;
        byte_start = out->items[out->count].byte_start;
    }
    out->items[out->count++] =
        (struct gaz_element){.label = GAZ_ELEMENT_REDUNDANT,
                             .start = start,
                             .end = chars.count + rest,
                             .byte_start = byte_start,
                             .byte_end = (int)size};
}
