/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/side.h"

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/numerals.h"

enum { NUMERAL_MAX = 8, TEN = 10, VALUE_MAX = 99999999 };

static const uint8_t SLOT_OF[GAZ_ELEMENT_LABELS] = {
    [GAZ_ELEMENT_COUNTRY] = GAZ_SLOT_OTHER,
    [GAZ_ELEMENT_PROV] = GAZ_SLOT_PROVINCE,
    [GAZ_ELEMENT_CITY] = GAZ_SLOT_CITY,
    [GAZ_ELEMENT_DISTRICT] = GAZ_SLOT_DISTRICT,
    [GAZ_ELEMENT_DEVZONE] = GAZ_SLOT_ZONE,
    [GAZ_ELEMENT_TOWN] = GAZ_SLOT_TOWN,
    [GAZ_ELEMENT_COMMUNITY] = GAZ_SLOT_COMMUNITY,
    [GAZ_ELEMENT_ROAD] = GAZ_SLOT_ROAD,
    [GAZ_ELEMENT_ROADNO] = GAZ_SLOT_ROADNO,
    [GAZ_ELEMENT_SUBROAD] = GAZ_SLOT_SUBROAD,
    [GAZ_ELEMENT_SUBROADNO] = GAZ_SLOT_SUBROADNO,
    [GAZ_ELEMENT_POI] = GAZ_SLOT_POI,
    [GAZ_ELEMENT_SUBPOI] = GAZ_SLOT_SUBPOI,
    [GAZ_ELEMENT_HOUSENO] = GAZ_SLOT_HOUSE,
    [GAZ_ELEMENT_CELLNO] = GAZ_SLOT_CELL,
    [GAZ_ELEMENT_FLOORNO] = GAZ_SLOT_FLOOR,
    [GAZ_ELEMENT_ROOMNO] = GAZ_SLOT_ROOM,
    [GAZ_ELEMENT_PERSON] = GAZ_SLOT_OTHER,
    [GAZ_ELEMENT_ASSIST] = GAZ_SLOT_ASSIST,
    [GAZ_ELEMENT_REDUNDANT] = GAZ_SLOT_OTHER,
    [GAZ_ELEMENT_OTHERINFO] = GAZ_SLOT_OTHER,
};

/* What a Chinese numeral in front of counts: 三号楼, 二期, 五组, 一村. */
static const char UNITS[] = "号幢栋座楼层单室组队期区巷弄里街路村社院排门米";

struct reader {
    struct gaz_side *side;
    uint32_t chars[GAZ_ADDRESS_MAX_BYTES];
    uint8_t element[GAZ_ADDRESS_MAX_BYTES];
    int count;
};

static bool is_unit(uint32_t c)
{
    size_t at = 0;
    while (at < sizeof UNITS - 1) {
        if (gaz_text_next(UNITS, sizeof UNITS - 1, &at) == c)
            return true;
    }
    return false;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static uint32_t lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Units that mean the same: 1栋, 1幢 and 1# are one building. */
static uint32_t canonical(uint32_t c)
{
    switch (c) {
    case 0x5E62: /* 幢 */
    case 0x680B: /* 栋 */
        return 0x680B;
    case 0x82D1: /* 苑 and 园 end the same names */
    case 0x56ED:
        return 0x56ED;
    default:
        return lower(c);
    }
}

static void emit(struct reader *r, uint32_t token, int at)
{
    struct gaz_side *s = r->side;
    if (s->count == GAZ_SIDE_TOKENS)
        return;
    int element = r->element[at];
    int slot = SLOT_OF[s->elements.items[element].label];
    s->tokens[s->count] = token;
    s->slots[s->count] = (uint8_t)slot;
    struct gaz_part *last =
        s->part_count > 0 ? &s->parts[s->part_count - 1] : NULL;
    if (!last || last->element != element) {
        last = &s->parts[s->part_count++];
        *last = (struct gaz_part){
            .slot = slot, .from = s->count, .element = element};
    }
    last->to = ++s->count;
}

static int read_digits(struct reader *r, int at)
{
    uint32_t value = 0;
    int end = at;
    while (end < r->count && is_digit(r->chars[end]) &&
           r->element[end] == r->element[at]) {
        if (value <= VALUE_MAX)
            value = value * TEN + (r->chars[end] - '0');
        end++;
    }
    emit(r, GAZ_TOKEN_NUMBER | value, at);
    return end;
}

/* A numeral in front of a unit word; returns where it ends, `at` for none. */
static int read_numeral(struct reader *r, int at)
{
    int end = at;
    while (end < r->count && end - at < NUMERAL_MAX &&
           gaz_numerals_is_digit(r->chars[end]))
        end++;
    if (end == at || end == r->count || !is_unit(r->chars[end]))
        return at;
    int32_t value = gaz_numerals_value(r->chars + at, end - at);
    if (value < 0)
        return at;
    emit(r, GAZ_TOKEN_NUMBER | (uint32_t)value, at);
    return end;
}

static void read_tokens(struct reader *r)
{
    int at = 0;
    while (at < r->count) {
        uint32_t c = r->chars[at];
        int end = at;
        if (is_digit(c))
            end = read_digits(r, at);
        else if (gaz_numerals_is_digit(c))
            end = read_numeral(r, at);
        if (end == at) {
            if (gaz_unicode_is_word(c))
                emit(r, canonical(c), at);
            else if (c == '#')
                emit(r, 0x53F7, at); /* 号 */
            end = at + 1;
        }
        at = end;
    }
}

static void read_chars(struct reader *r)
{
    struct gaz_side *s = r->side;
    size_t at = 0;
    int element = 0;
    while (at < s->size && r->count < GAZ_ADDRESS_MAX_BYTES) {
        while (element + 1 < s->elements.count &&
               (int)at >= s->elements.items[element].byte_end)
            element++;
        r->element[r->count] = (uint8_t)element;
        r->chars[r->count++] = gaz_text_next(s->text, s->size, &at);
    }
}

static size_t whole_characters(const char *text, size_t size)
{
    if (size <= GAZ_ADDRESS_MAX_BYTES)
        return size;
    size = GAZ_ADDRESS_MAX_BYTES;
    while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
        size--;
    return size;
}

gaz_status gaz_side_read(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                         const struct gaz_model *model, const char *text,
                         size_t size, struct gaz_side *out)
{
    struct reader r = {.side = out};
    size_t folded = 0;
    const char *plain = NULL;
    gaz_status status =
        gaz_unicode_fold(ctx, unicode, text, whole_characters(text, size),
                         &plain, &folded, NULL);
    if (status != GAZ_OK)
        return status;
    out->text = plain;
    out->size = whole_characters(plain, folded);
    out->count = 0;
    out->part_count = 0;
    gaz_model_label(model, out->text, out->size, &out->elements);
    read_chars(&r);
    read_tokens(&r);
    return GAZ_OK;
}
