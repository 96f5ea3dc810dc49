/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/entry.h"
#include "gazetteer/standardise/names.h"
#include "gazetteer/standardise/romanise.h"

enum { CODE_VILLAGE_DIGITS = 12 };

/* The names of one place while they are gathered. */
struct gathering {
    struct gaz_ctx *ctx;
    struct gaz_standardiser *s;
    struct gaz_name *items;
    int count;
    int category;
};

static bool has_han(const char *text)
{
    size_t len = strlen(text);
    for (size_t pos = 0; pos < len;)
        if (gaz_text_is_han(gaz_text_next(text, len, &pos)))
            return true;
    return false;
}

/* Adds a name with its romanisation; one that is there already, or is one too
 * many, is dropped. */
static gaz_status add_name(struct gathering *g, struct gaz_name name)
{
    if (!name.text || g->count == GAZ_NAMES_MAX)
        return GAZ_OK;
    for (int i = 0; i < g->count; i++)
        if (g->items[i].kind == name.kind &&
            strcmp(g->items[i].text, name.text) == 0)
            return GAZ_OK;
    if (!name.roman && has_han(name.text)) {
        struct gaz_roman roman;
        gaz_status status =
            gaz_romanise(g->ctx, g->s->unicode, name.text, g->category, &roman);
        if (status != GAZ_OK)
            return status;
        name.roman = roman.text;
    }
    g->items[g->count++] = name;
    return GAZ_OK;
}

/* Adds the names of a list field, apart by ';'. They have no span: the field
 * says none. */
static gaz_status add_list(struct gathering *g, const struct gaz_record *record,
                           const char *field, gaz_name_kind kind)
{
    const char *value = NULL;
    gaz_status status = gaz_entry_text(g->ctx, g->s, record, field, &value);
    while (status == GAZ_OK && value && *value) {
        const char *end = strchr(value, ';');
        size_t len = end ? (size_t)(end - value) : strlen(value);
        const char *text = NULL;
        status = gaz_entry_fold(
            g->ctx, g->s, gaz_arena_strndup(&g->ctx->arena, value, len), &text);
        if (status == GAZ_OK)
            status = add_name(g, (struct gaz_name){.text = text, .kind = kind});
        value = end ? end + 1 : NULL;
    }
    return status;
}

/* The name of the row, with its other forms; all have the row's span. */
static gaz_status add_row_name(struct gathering *g,
                               const struct gaz_record *record, gaz_level level)
{
    static const char *const KINDS[] = {
        "standard", "标准名称", "alias", "别名",     "short", "简称", "former",
        "曾用名",   "variant",  "异写",  "official", "全称",  NULL};
    struct gaz_name name = {
        .kind = (gaz_name_kind)gaz_entry_word(record, "kind", KINDS, 2,
                                              GAZ_NAME_STANDARD),
        .valid_from = gaz_entry_date(record, "valid_from"),
        .valid_to = gaz_entry_date(record, "valid_to"),
    };
    name.basis = gaz_entry_basis(record, name.valid_from || name.valid_to);
    const char *text = NULL;
    gaz_status status = gaz_entry_text(g->ctx, g->s, record, "name", &text);
    if (status != GAZ_OK || !text)
        return status;
    bool whole = name.kind == GAZ_NAME_STANDARD ||
                 name.kind == GAZ_NAME_FORMER || name.kind == GAZ_NAME_ALIAS;
    struct gaz_name_forms forms;
    gaz_names_forms(&g->ctx->arena, text, whole ? level : GAZ_LEVEL_NONE,
                    &forms);
    name.text = forms.standard;
    name.roman =
        gaz_arena_strdup(&g->ctx->arena, gaz_record_field(record, "roman"));
    status = add_name(g, name);
    name.roman = NULL;
    name.kind = GAZ_NAME_OFFICIAL;
    name.text = forms.official;
    if (status == GAZ_OK)
        status = add_name(g, name);
    name.kind = GAZ_NAME_SHORT;
    name.text = forms.short_form;
    return status == GAZ_OK ? add_name(g, name) : status;
}

static gaz_level level_of(const struct gaz_record *record, const char *name)
{
    static const gaz_level BY_DIGITS[] = {[2] = GAZ_LEVEL_PROVINCE,
                                          [4] = GAZ_LEVEL_CITY,
                                          [6] = GAZ_LEVEL_COUNTY,
                                          [9] = GAZ_LEVEL_TOWN,
                                          [12] = GAZ_LEVEL_VILLAGE};
    static const char *const WORDS[] = {
        "0",      "none", "1",    "province", "2",       "city", "3",
        "county", "4",    "town", "5",        "village", NULL};
    int given = gaz_entry_word(record, "level", WORDS, 2, -1);
    if (given >= 0)
        return (gaz_level)given;
    const char *code = gaz_record_field(record, "code");
    if (!code)
        code = gaz_record_field(record, "subject");
    size_t digits = code ? strlen(code) : 0;
    if (digits < sizeof(BY_DIGITS) / sizeof(BY_DIGITS[0]) && BY_DIGITS[digits])
        return BY_DIGITS[digits];
    const char *category = gaz_record_field(record, "category");
    int64_t value = 0;
    if (category && gaz_text_parse_int(category, &value))
        return value >= GAZ_CATEGORY_PROVINCE && value < 21700
                   ? (gaz_level)(value / 100 - 211)
                   : GAZ_LEVEL_NONE;
    return name ? gaz_names_level(name) : GAZ_LEVEL_NONE;
}

/* The body's suffix says which it is; else the code's third segment (001 to 199
 * and 4xx 居委会, 200 to 399 村委会); else the last character. 三村 of a 居委会
 * is no village. */
static int village_category(const struct gaz_record *record, const char *name)
{
    bool named = gaz_text_ends_with(name, "社区") || strstr(name, "委会") ||
                 strstr(name, "委员会");
    const char *code = gaz_record_field(record, "code");
    bool village = gaz_names_is_village(name);
    if (!named && code && strlen(code) == CODE_VILLAGE_DIGITS)
        village = code[9] == '2' || code[9] == '3' || code[9] == '5';
    return village ? GAZ_CATEGORY_VILLAGE : GAZ_CATEGORY_COMMUNITY;
}

static int category_of(const struct gaz_record *record, gaz_level level,
                       const char *name)
{
    static const int BY_LEVEL[] = {[GAZ_LEVEL_PROVINCE] = GAZ_CATEGORY_PROVINCE,
                                   [GAZ_LEVEL_CITY] = GAZ_CATEGORY_CITY,
                                   [GAZ_LEVEL_COUNTY] = GAZ_CATEGORY_COUNTY,
                                   [GAZ_LEVEL_TOWN] = GAZ_CATEGORY_TOWN,
                                   [GAZ_LEVEL_VILLAGE] =
                                       GAZ_CATEGORY_COMMUNITY};
    const char *given = gaz_record_field(record, "category");
    int64_t value = 0;
    if (given && gaz_text_parse_int(given, &value) && value > 0 &&
        value <= 99999)
        return (int)value;
    if (level == GAZ_LEVEL_TOWN && name && gaz_names_is_zone(name))
        return GAZ_CATEGORY_ZONE;
    if (level == GAZ_LEVEL_VILLAGE && name)
        return village_category(record, name);
    return BY_LEVEL[level];
}

/* Texts for the public, word for word. */
static void copy_culture(struct gaz_ctx *ctx, const struct gaz_record *record,
                         struct gaz_place *place)
{
    struct gaz_arena *arena = &ctx->arena;
    place->meaning =
        gaz_arena_strdup(arena, gaz_record_field(record, "meaning"));
    place->origin = gaz_arena_strdup(arena, gaz_record_field(record, "origin"));
    place->history =
        gaz_arena_strdup(arena, gaz_record_field(record, "history"));
}

/* The fields of their own count more than what the rule's text says. */
static void read_numbering(struct gaz_ctx *ctx, const struct gaz_record *record,
                           struct gaz_numbering *out)
{
    const char *rule = gaz_arena_strdup(
        &ctx->arena, gaz_record_field(record, "numbering_rule"));
    const char *start = gaz_record_field(record, "numbering_start");
    const char *odd_side = gaz_record_field(record, "odd_side");
    gaz_numbering_rule(rule ? rule : "", out);
    out->rule = rule;
    if (start && *start)
        out->start = gaz_numbering_bearing(start);
    if (out->start == GAZ_BEARING_LEFT || out->start == GAZ_BEARING_RIGHT)
        out->start = GAZ_BEARING_NONE;
    if (odd_side && *odd_side)
        out->odd_side = gaz_numbering_bearing(odd_side);
}

static gaz_status gather_names(struct gathering *g,
                               const struct gaz_record *record,
                               struct gaz_place *place)
{
    gaz_status status = add_row_name(g, record, place->level);
    if (status == GAZ_OK)
        status = add_list(g, record, "aliases", GAZ_NAME_ALIAS);
    if (status == GAZ_OK)
        status = add_list(g, record, "short", GAZ_NAME_SHORT);
    if (status == GAZ_OK)
        status = add_list(g, record, "former", GAZ_NAME_FORMER);
    if (status == GAZ_OK)
        status = add_list(g, record, "variants", GAZ_NAME_VARIANT);
    place->names = g->items;
    place->name_count = g->count;
    return status;
}

gaz_status gaz_entry_place(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                           const struct gaz_record *record,
                           struct gaz_entry *out)
{
    struct gaz_place *place = &out->place;
    const char *name = NULL;
    gaz_status status = gaz_entry_text(ctx, s, record, "name", &name);
    if (status != GAZ_OK)
        return status;
    const char *code = gaz_record_field(record, "code");
    if (!code)
        code = gaz_record_field(record, "subject");
    place->code = gaz_arena_strdup(&ctx->arena, code);
    place->parent_code =
        gaz_arena_strdup(&ctx->arena, gaz_record_field(record, "parent_code"));
    place->level = level_of(record, name);
    place->category = category_of(record, place->level, name);
    place->status = gaz_entry_status(record);
    place->is_statistical = gaz_entry_flag(record, "statistical");
    place->is_synthetic = gaz_entry_flag(record, "synthetic");
    place->grade = gaz_grade_read(gaz_record_field(record, "secrecy"));
    place->position = gaz_entry_position(record);
    place->area_wkb = record->geometry_wkb;
    place->area_size = record->geometry_size;
    place->area_is_schematic =
        record->geometry_wkb && gaz_entry_flag(record, "schematic");
    copy_culture(ctx, record, place);
    read_numbering(ctx, record, &place->numbering);
    struct gathering g = {.ctx = ctx,
                          .s = s,
                          .category = place->category,
                          .items = gaz_arena_array(&ctx->arena, GAZ_NAMES_MAX,
                                                   sizeof(struct gaz_name))};
    status = gather_names(&g, record, place);
    if (status != GAZ_OK)
        return status;
    bool ends = place->status == GAZ_STATUS_HISTORICAL && g.count > 0 &&
                g.items[0].kind == GAZ_NAME_STANDARD;
    if (ends && g.items[0].valid_to) {
        place->valid_to = g.items[0].valid_to;
        place->basis = g.items[0].basis;
    }
    return gaz_entry_text(ctx, s, record, "address", &place->address);
}
