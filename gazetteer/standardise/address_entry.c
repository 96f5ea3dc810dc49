/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/text.h"
#include "gazetteer/standardise/elements.h"
#include "gazetteer/standardise/entry.h"
#include "gazetteer/standardise/numerals.h"
#include "gazetteer/standardise/rewrite.h"

enum {
    PROVINCE,
    CITY,
    COUNTY,
    TOWN,
    COMMUNITY,
    PARENT, /* what the number is counted in */
    COMPONENTS,
    DIGITS_MAX = 12,
    NUMBER_MAX = 99999999,
};

/* An address while its parts are gathered from the text and the columns. */
struct parts {
    const char *components[COMPONENTS];
    int parent_category;
    const char *number;
    struct gaz_buffer tail;
};

/* Where a label's text goes; -1: into the tail, -2: nowhere. */
static int target_of(gaz_element_label label)
{
    static const signed char TARGETS[GAZ_ELEMENT_LABELS] = {
        [GAZ_ELEMENT_COUNTRY] = -2,          [GAZ_ELEMENT_PROV] = PROVINCE,
        [GAZ_ELEMENT_CITY] = CITY,           [GAZ_ELEMENT_DISTRICT] = COUNTY,
        [GAZ_ELEMENT_DEVZONE] = -2,          [GAZ_ELEMENT_TOWN] = TOWN,
        [GAZ_ELEMENT_COMMUNITY] = COMMUNITY, [GAZ_ELEMENT_ROAD] = PARENT,
        [GAZ_ELEMENT_ROADNO] = -1,           [GAZ_ELEMENT_SUBROAD] = -1,
        [GAZ_ELEMENT_SUBROADNO] = -1,        [GAZ_ELEMENT_POI] = PARENT,
        [GAZ_ELEMENT_SUBPOI] = -1,           [GAZ_ELEMENT_HOUSENO] = -1,
        [GAZ_ELEMENT_CELLNO] = -1,           [GAZ_ELEMENT_FLOORNO] = -1,
        [GAZ_ELEMENT_ROOMNO] = -1,           [GAZ_ELEMENT_PERSON] = -2,
        [GAZ_ELEMENT_ASSIST] = -2,           [GAZ_ELEMENT_REDUNDANT] = -2,
        [GAZ_ELEMENT_OTHERINFO] = -2,
    };
    return TARGETS[label];
}

static bool is_number(gaz_element_label label)
{
    return label == GAZ_ELEMENT_ROADNO || label == GAZ_ELEMENT_SUBROADNO ||
           label == GAZ_ELEMENT_HOUSENO;
}

/* 22100 for what ends like an estate, 22200 for the rest. */
static int locality_category(const char *name)
{
    static const char *const ESTATES[] = {"小区", "花园", "公寓", "新村",
                                          "苑",   "大厦", "广场", "园"};
    for (size_t i = 0; i < sizeof(ESTATES) / sizeof(ESTATES[0]); i++)
        if (gaz_text_ends_with(name, ESTATES[i]))
            return GAZ_CATEGORY_ESTATE;
    return GAZ_CATEGORY_HAMLET;
}

static void put_element(struct parts *parts, gaz_element_label label,
                        const char *text)
{
    int target = target_of(label);
    if (target == PARENT && !parts->components[PARENT]) {
        parts->components[PARENT] = text;
        parts->parent_category = label == GAZ_ELEMENT_ROAD
                                     ? GAZ_CATEGORY_ROAD
                                     : locality_category(text);
    } else if (target >= 0 && target != PARENT) {
        if (!parts->components[target])
            parts->components[target] = text;
    } else if (target == -1 && !parts->number && is_number(label)) {
        parts->number = text;
    } else if (target == -1) {
        gaz_buffer_text(&parts->tail, text);
    }
}

/* A tail in a place where the number should be: 新风路123弄4号 is counted in
 * 新风路123弄. */
static void join_lane(struct gaz_ctx *ctx, struct parts *parts,
                      const char *lane)
{
    if (parts->components[PARENT])
        parts->components[PARENT] = gaz_arena_printf(
            &ctx->arena, "%s%s", parts->components[PARENT], lane);
    else
        parts->components[PARENT] = lane;
    parts->parent_category = GAZ_CATEGORY_ROAD;
}

/* The text is written the standard way first: 3-2-501 of an estate would lose
 * its dashes, and 3号附1 its annex. */
static gaz_status read_text(struct gaz_ctx *ctx,
                            const struct gaz_standardiser *s, const char *text,
                            struct parts *parts)
{
    struct gaz_elements elements;
    struct gaz_rewrites written = {.text = text, .size = strlen(text)};
    gaz_status status = GAZ_OK;
    if (written.size <= GAZ_ADDRESS_MAX_BYTES)
        status = gaz_rewrite_address(ctx, s->unicode, s->lexicon, text,
                                     written.size, &written);
    if (status != GAZ_OK)
        return status;
    text = written.text;
    gaz_elements_parse(s->lexicon, text, written.size, &elements);
    for (int i = 0; i < elements.count; i++) {
        const struct gaz_element *item = &elements.items[i];
        const char *value =
            gaz_arena_strndup(&ctx->arena, text + item->byte_start,
                              (size_t)(item->byte_end - item->byte_start));
        bool lane = item->label == GAZ_ELEMENT_SUBROAD && !parts->number;
        if (lane)
            join_lane(ctx, parts, value);
        else
            put_element(parts, item->label, value);
    }
    return GAZ_OK;
}

/* The columns go over what the text says. */
static gaz_status read_columns(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                               const struct gaz_record *record,
                               struct parts *parts)
{
    static const struct {
        const char *field;
        int component;
        int category; /* of a parent; 0: by its name */
    } FIELDS[] = {
        {"province", PROVINCE, 0},
        {"city", CITY, 0},
        {"county", COUNTY, 0},
        {"town", TOWN, 0},
        {"community", COMMUNITY, 0},
        {"estate", PARENT, GAZ_CATEGORY_ESTATE},
        {"hamlet", PARENT, GAZ_CATEGORY_HAMLET},
        {"road", PARENT, GAZ_CATEGORY_ROAD},
    };
    for (size_t i = 0; i < sizeof(FIELDS) / sizeof(FIELDS[0]); i++) {
        const char *value = NULL;
        gaz_status status =
            gaz_entry_text(ctx, s, record, FIELDS[i].field, &value);
        if (status != GAZ_OK)
            return status;
        if (!value)
            continue;
        parts->components[FIELDS[i].component] = value;
        if (FIELDS[i].component == PARENT)
            parts->parent_category = FIELDS[i].category;
    }
    const char *number = NULL;
    gaz_status status = gaz_entry_text(ctx, s, record, "number", &number);
    if (status == GAZ_OK && number)
        parts->number = number;
    const char *tail = NULL;
    if (status == GAZ_OK)
        status = gaz_entry_text(ctx, s, record, "tail", &tail);
    if (tail) {
        gaz_buffer_clear(&parts->tail);
        gaz_buffer_text(&parts->tail, tail);
    }
    return status;
}

/* The number words at the beginning of `text`: their value, -1 for none. */
static int32_t leading_words(const char *text, size_t *used)
{
    uint32_t digits[DIGITS_MAX];
    size_t len = strlen(text);
    int count = 0;
    size_t pos = 0;
    while (count < DIGITS_MAX) {
        size_t next = pos;
        uint32_t c = gaz_text_next(text, len, &next);
        if (!gaz_numerals_is_digit(c))
            break;
        digits[count++] = c;
        pos = next;
    }
    *used = pos;
    return gaz_numerals_value(digits, count);
}

/* The standard writing of a number: number words as digits, 158 as 158号, one
 * dash. *value is the plain number it begins with, or 0. */
static const char *standard_number(struct gaz_arena *arena, const char *text,
                                   int32_t *value)
{
    size_t used = 0;
    *value = 0;
    if (gaz_text_starts_with(text, "第"))
        text += strlen("第");
    int32_t words = leading_words(text, &used);
    if (words > 0) {
        *value = words;
        return gaz_arena_printf(arena, "%d%s", (int)words,
                                text[used] ? text + used : "号");
    }
    int64_t number = 0;
    size_t digits = strspn(text, "0123456789");
    if (digits > 0 &&
        gaz_text_parse_int(gaz_arena_strndup(arena, text, digits), &number) &&
        number <= NUMBER_MAX)
        *value = (int32_t)number;
    bool whole = digits > 0 && strspn(text, "0123456789-") == strlen(text);
    return whole ? gaz_arena_printf(arena, "%s号", text) : text;
}

/* Town houses omit the community, villages keep it (Jiaxing's composition). */
static const char *compose(struct gaz_arena *arena, const struct parts *parts,
                           const char *number, const char *tail)
{
    bool village = parts->components[COMMUNITY] &&
                   (parts->parent_category == GAZ_CATEGORY_HAMLET ||
                    !parts->components[PARENT]);
    const char *texts[COMPONENTS + 2] = {0};
    for (int i = 0; i < COMPONENTS; i++)
        texts[i] = i == COMMUNITY && !village ? NULL : parts->components[i];
    texts[COMPONENTS] = number;
    texts[COMPONENTS + 1] = tail;
    const char *all = "";
    for (size_t i = 0; i < COMPONENTS + 2; i++)
        if (texts[i])
            all = gaz_arena_printf(arena, "%s%s", all, texts[i]);
    return all;
}

static void finish(struct gaz_arena *arena, const struct gaz_record *record,
                   const struct parts *parts, struct gaz_entry *out)
{
    struct gaz_address *address = &out->address;
    memcpy(out->components, parts->components, sizeof(out->components));
    out->parent_category = parts->parent_category;
    if (!out->components[PARENT] && out->components[COMMUNITY]) {
        /* Counted in the village itself: 八里村159号. */
        out->components[PARENT] = out->components[COMMUNITY];
        out->parent_category =
            gaz_text_ends_with(out->components[COMMUNITY], "村")
                ? GAZ_CATEGORY_VILLAGE
                : GAZ_CATEGORY_COMMUNITY;
    }
    address->number = parts->number ? standard_number(arena, parts->number,
                                                      &address->number_value)
                                    : "";
    address->tail = gaz_arena_strndup(
        arena, parts->tail.data ? parts->tail.data : "", parts->tail.size);
    address->text = compose(arena, parts, address->number, address->tail);
    address->position = gaz_entry_position(record);
    address->status = gaz_entry_status(record);
    address->valid_from = gaz_entry_date(record, "valid_from");
    address->valid_to = gaz_entry_date(record, "valid_to");
    address->is_synthetic = gaz_entry_flag(record, "synthetic");
    address->grade = gaz_grade_read(gaz_record_field(record, "secrecy"));
}

gaz_status gaz_entry_address(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                             const struct gaz_record *record,
                             struct gaz_entry *out)
{
    const char *text = NULL;
    gaz_status status = gaz_entry_text(ctx, s, record, "text", &text);
    if (status != GAZ_OK)
        return status;
    struct parts parts = {0};
    gaz_buffer_open(&parts.tail, GAZ_FIELD_MAX_BYTES);
    if (text)
        status = read_text(ctx, s, text, &parts);
    if (status == GAZ_OK)
        status = read_columns(ctx, s, record, &parts);
    if (status == GAZ_OK)
        finish(&ctx->arena, record, &parts, out);
    gaz_buffer_close(&parts.tail);
    return status;
}
