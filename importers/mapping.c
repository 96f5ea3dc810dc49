/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/mapping.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/model/attribute.h"
#include "importers/mapping_parse.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    const char *entry;
    const char *fields; /* a blank before and behind each */
} ENTRIES[] = {
    {"place",
     " code name kind category level parent_code within valid_from valid_to "
     "basis status statistical x y method accuracy_m roman meaning origin "
     "history address schematic subject aliases short former variants datum "
     "description sources secrecy registered_on registrar registry "
     "numbering_start odd_side numbering_rule synthetic "},
    {"address", " text province city county town community road hamlet estate "
                "number tail standard status valid_from valid_to x y method "
                "accuracy_m citizen_id secrecy datum synthetic "},
    {"claim", " subject property value value_date source_title source_url "
              "grade preferred synthetic "},
    {"change", " kind date basis from_code to_code note synthetic "},
    {"line", " name code kind level schematic left_code right_code synthetic "},
};

static const struct {
    const char *name;
    enum imp_format format;
} FORMATS[] = {
    {"csv", IMP_FORMAT_CSV},
    {"tsv", IMP_FORMAT_TSV},
    {"geojson", IMP_FORMAT_GEOJSON},
    {"ogr", IMP_FORMAT_OGR},
};

gaz_status imp_mapping_refuse(struct imp_mapping_parse *p, const char *member,
                              const char *why)
{
    return gaz_fail(p->ctx, GAZ_INVALID, "mapping '%s': \"%s\" %s", p->name,
                    member, why);
}

/* jansson recurses; a depth that it would not survive is refused before. */
static bool is_shallow(const char *text, size_t size)
{
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < size; i++) {
        const char c = text[i];
        if (in_string) {
            i += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > IMP_MAPPING_MAX_DEPTH)
                return false;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return true;
}

static const char *dup(struct imp_mapping_parse *p, const char *text)
{
    return gaz_arena_strdup(&p->ctx->arena, text);
}

/* A string member; absent is NULL. */
gaz_status imp_mapping_text(struct imp_mapping_parse *p, json_t *object,
                            const char *member, const char **out)
{
    json_t *value = json_object_get(object, member);
    if (!value)
        return GAZ_OK;
    if (!json_is_string(value) || json_string_value(value)[0] == '\0')
        return imp_mapping_refuse(p, member,
                                  "must be a text that is not empty");
    *out = dup(p, json_string_value(value));
    return GAZ_OK;
}

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

/* A misspelt member would be a silent loss. */
static gaz_status refuse_others(struct imp_mapping_parse *p, json_t *object,
                                const char *const *known, size_t count)
{
    const char *member;
    json_t *value;
    json_object_foreach(
        object, member,
        value) if (!is_one_of(member, known,
                              count)) return imp_mapping_refuse(p, member,
                                                                "is no member "
                                                                "of a mapping");
    return GAZ_OK;
}

static gaz_status parse_source(struct imp_mapping_parse *p, json_t *root)
{
    json_t *object = json_object_get(root, "source");
    if (!json_is_object(object))
        return imp_mapping_refuse(p, "source",
                                  "is missing: every fact has a source");
    struct gaz_source *source = &p->out->source;
    const char *members[] = {"key",     "title",  "origin", "edition",
                             "licence", "credit", "url",    "grade"};
    const char **values[] = {
        &source->key,     &source->title,  &source->origin, &source->edition,
        &source->licence, &source->credit, &source->url,    &source->grade};
    enum { REQUIRED = 5 };
    gaz_status status = refuse_others(p, object, members, COUNT(members));
    for (size_t i = 0; i < COUNT(members) && status == GAZ_OK; i++) {
        status = imp_mapping_text(p, object, members[i], values[i]);
        if (status == GAZ_OK && i < REQUIRED && !*values[i])
            status =
                imp_mapping_refuse(p, members[i], "of the source is missing");
    }
    if (status == GAZ_OK && !source->credit)
        source->credit = source->title;
    return status;
}

static const char *fields_of(const char *entry)
{
    for (size_t i = 0; i < COUNT(ENTRIES); i++)
        if (entry && strcmp(entry, ENTRIES[i].entry) == 0)
            return ENTRIES[i].fields;
    return NULL;
}

static bool is_attribute(const char *entry, const char *name)
{
    gaz_attribute_kind kind;
    if (!gaz_attribute_find(name, &kind))
        return false;
    return strcmp(entry, "place") == 0     ? gaz_attribute_is_of_place(kind)
           : strcmp(entry, "address") == 0 ? gaz_attribute_is_of_address(kind)
                                           : false;
}

static bool is_target(const char *entry, const char *name)
{
    const char *fields = fields_of(entry);
    const size_t len = strlen(name);
    if (is_attribute(entry, name))
        return true;
    if (len == 0 || strchr(name, ' '))
        return false;
    for (const char *at = strstr(fields, name); at; at = strstr(at + 1, name))
        if (at[-1] == ' ' && at[len] == ' ') /* fields begin with a blank */
            return true;
    return false;
}

/* A constant: text, a whole number or true and false. */
static const char *constant_text(struct imp_mapping_parse *p, json_t *value)
{
    if (json_is_string(value))
        return dup(p, json_string_value(value));
    if (json_is_boolean(value))
        return json_is_true(value) ? "1" : "0";
    if (json_is_integer(value))
        return gaz_arena_printf(&p->ctx->arena, "%lld",
                                (long long)json_integer_value(value));
    return NULL;
}

/* The names of a column: one, or in a profile several. */
static gaz_status take_names(struct imp_mapping_parse *p, json_t *value,
                             struct imp_mapping_field *field)
{
    const size_t count = json_is_array(value) ? json_array_size(value) : 1;
    if (count == 0 || count > IMP_MAPPING_MAX_NAMES)
        return imp_mapping_refuse(p, field->target,
                                  "must have 1 to 8 names of a column");
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(
            json_is_array(value) ? json_array_get(value, i) : value);
        if (!name)
            return imp_mapping_refuse(p, field->target, "must name a column");
        if (i == 0)
            field->column = dup(p, name);
        else
            field->others[field->other_count++] = dup(p, name);
    }
    return GAZ_OK;
}

static gaz_status take_value(struct imp_mapping_parse *p, json_t *value,
                             struct imp_mapping_field *field)
{
    field->value = constant_text(p, value);
    return field->value
               ? GAZ_OK
               : imp_mapping_refuse(p, field->target,
                                    "must be a text, a whole number or true");
}

static gaz_status add_field(struct imp_mapping_parse *p, const char *target,
                            json_t *value, bool is_column)
{
    struct imp_mapping *m = p->out;
    if (!is_target(m->entry, target))
        return imp_mapping_refuse(
            p, target,
            gaz_arena_printf(&p->ctx->arena,
                             "is no field of entry \"%s\"; known are%s",
                             m->entry, fields_of(m->entry)));
    if (imp_mapping_field_of(m, target))
        return imp_mapping_refuse(p, target, "is in both columns and values");
    if (m->field_count == IMP_MAPPING_MAX_FIELDS)
        return imp_mapping_refuse(p, target, "is one field too many");
    struct imp_mapping_field *field = &m->fields[m->field_count++];
    *field = (struct imp_mapping_field){.target = dup(p, target)};
    return is_column ? take_names(p, value, field)
                     : take_value(p, value, field);
}

static gaz_status parse_fields(struct imp_mapping_parse *p, json_t *root,
                               const char *member, bool is_column)
{
    json_t *object = json_object_get(root, member);
    if (!object && !is_column)
        return GAZ_OK;
    if (!json_is_object(object))
        return imp_mapping_refuse(p, member,
                                  "must be an object of target fields");
    const char *target;
    json_t *value;
    json_object_foreach(object, target, value)
    {
        gaz_status status = add_field(p, target, value, is_column);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

static gaz_status parse_key(struct imp_mapping_parse *p, json_t *root)
{
    const bool is_fields = json_object_get(root, "key_fields") != NULL;
    const char *member = is_fields ? "key_fields" : "key";
    json_t *array = json_object_get(root, member);
    const size_t count = json_array_size(array); /* 0 for no array */
    if (is_fields && json_object_get(root, "key"))
        return imp_mapping_refuse(p, "key", "and \"key_fields\" are either");
    if (count == 0 || count > IMP_MAPPING_MAX_KEYS)
        return imp_mapping_refuse(
            p, member, "must list the 1 to 8 columns that name a row");
    for (size_t i = 0; i < count; i++) {
        const char *column = json_string_value(json_array_get(array, i));
        if (!column)
            return imp_mapping_refuse(p, member, "must list names of columns");
        if (is_fields && !imp_mapping_field_of(p->out, column))
            return imp_mapping_refuse(p, column,
                                      "of the key is neither column nor value");
        p->out->key_columns[i] = dup(p, column);
    }
    p->out->key_count = (int)count;
    p->out->key_is_fields = is_fields;
    return GAZ_OK;
}

static gaz_status parse_format(struct imp_mapping_parse *p, json_t *root)
{
    const char *format = NULL;
    gaz_status status = imp_mapping_text(p, root, "format", &format);
    if (status != GAZ_OK || !format)
        return status;
    for (size_t i = 0; i < COUNT(FORMATS); i++)
        if (strcmp(format, FORMATS[i].name) == 0) {
            p->out->format = FORMATS[i].format;
            return GAZ_OK;
        }
    return imp_mapping_refuse(p, "format", "must be csv, tsv, geojson or ogr");
}

struct imp_mapping_field *imp_mapping_field_of(struct imp_mapping *mapping,
                                               const char *target)
{
    for (int i = 0; i < mapping->field_count; i++)
        if (strcmp(mapping->fields[i].target, target) == 0)
            return &mapping->fields[i];
    return NULL;
}

/* What a profile reads into the value: a corrected dictionary is another
 * mapping. */
static const char *describe_reading(struct gaz_arena *arena,
                                    const struct imp_mapping_field *field)
{
    char *all = gaz_arena_printf(arena, "~%d", (int)field->reading);
    for (int i = 0; i < field->other_count; i++)
        all = gaz_arena_printf(arena, "%s<%s", all, field->others[i]);
    for (int i = 0; i < field->part_count; i++)
        all = gaz_arena_printf(arena, "%s+%s%s%s", all, field->parts[i].column,
                               field->parts[i].unit, field->parts[i].behind);
    uint64_t words = 0;
    for (int i = 0; i < field->word_count; i++) {
        const char *one = gaz_arena_printf(
            arena, "%llx%s=%s", (unsigned long long)words, field->words[i].word,
            field->words[i].value ? field->words[i].value : "");
        words = gaz_text_hash(one, strlen(one));
    }
    return gaz_arena_printf(arena, "%s#%llx", all, (unsigned long long)words);
}

static uint64_t digest_of(struct imp_mapping_parse *p)
{
    const struct imp_mapping *m = p->out;
    struct gaz_arena *arena = &p->ctx->arena;
    char *all =
        gaz_arena_printf(arena, "%s|%s", m->entry, m->crs ? m->crs : "");
    for (int i = 0; i < m->key_count; i++)
        all = gaz_arena_printf(arena, "%s|%s", all, m->key_columns[i]);
    for (int i = 0; i < m->field_count; i++) {
        const struct imp_mapping_field *field = &m->fields[i];
        const char *from = field->column  ? field->column
                           : field->value ? field->value
                                          : "";
        all = gaz_arena_printf(
            arena, "%s|%s%s%s%s", all, field->target, field->column ? "<" : "=",
            from, m->profile ? describe_reading(arena, field) : "");
    }
    return gaz_text_hash(all, strlen(all));
}

static gaz_status parse_columns(struct imp_mapping_parse *p, json_t *root)
{
    return parse_fields(p, root, "columns", true);
}

static gaz_status parse_values(struct imp_mapping_parse *p, json_t *root)
{
    return parse_fields(p, root, "values", false);
}

static gaz_status parse_texts(struct imp_mapping_parse *p, json_t *root)
{
    gaz_status status = imp_mapping_text(p, root, "layer", &p->out->layer);
    if (status == GAZ_OK)
        status = imp_mapping_text(p, root, "crs", &p->out->crs);
    if (status == GAZ_OK)
        status = imp_mapping_text(p, root, "entry", &p->out->entry);
    if (status == GAZ_OK && !fields_of(p->out->entry))
        status = imp_mapping_refuse(
            p, "entry", "must be place, address, claim, change or line");
    return status;
}

static gaz_status check_whole(struct imp_mapping_parse *p, json_t *root)
{
    (void)root;
    if (!imp_mapping_field_of(p->out, "x") !=
        !imp_mapping_field_of(p->out, "y"))
        return imp_mapping_refuse(p, "x", "and \"y\" go together");
    p->out->digest = digest_of(p);
    return GAZ_OK;
}

/* The members in the order in which one needs another. */
static gaz_status parse_root(struct imp_mapping_parse *p, json_t *root)
{
    static const char *const MEMBERS[] = {
        "source",   "format",     "layer",       "crs",          "entry",
        "key",      "columns",    "values",      "comment",      "profile",
        "required", "key_fields", "when",        "dictionaries", "dates",
        "compose",  "angles",     "loose_dates", "unique",       "numbers",
        "lists",    "withhold"};
    static gaz_status (*const STEPS[])(struct imp_mapping_parse *, json_t *) = {
        parse_source, parse_format,        parse_texts, parse_columns,
        parse_values, imp_mapping_profile, parse_key,   check_whole};
    gaz_status status = refuse_others(p, root, MEMBERS, COUNT(MEMBERS));
    for (size_t i = 0; i < COUNT(STEPS) && status == GAZ_OK; i++)
        status = STEPS[i](p, root);
    return status;
}

static gaz_status parse_object(struct imp_mapping_parse *p, json_t *root,
                               const struct imp_mapping_given *given)
{
    if (!json_is_object(root))
        return gaz_fail(p->ctx, GAZ_INVALID, "mapping '%s' is no JSON object",
                        p->name);
    gaz_status status = imp_mapping_give(p, root, given);
    return status == GAZ_OK ? parse_root(p, root) : status;
}

gaz_status imp_mapping_parse_given(struct gaz_ctx *ctx, const char *name,
                                   const char *text, size_t size,
                                   const struct imp_mapping_given *given,
                                   struct imp_mapping *out)
{
    struct imp_mapping mapping = {0};
    struct imp_mapping_parse p = {.ctx = ctx, .name = name, .out = &mapping};
    if (size == 0)
        return gaz_fail(ctx, GAZ_INVALID, "mapping '%s' is empty", name);
    if (size > IMP_MAPPING_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT,
                        "mapping '%s' has %zu bytes, at most %d", name, size,
                        IMP_MAPPING_MAX_BYTES);
    if (!is_shallow(text, size))
        return gaz_fail(ctx, GAZ_INVALID, "mapping '%s' is nested too deep",
                        name);
    json_error_t error;
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        return gaz_fail(ctx, GAZ_INVALID, "mapping '%s':%d:%d: %s", name,
                        error.line, error.column, error.text);
    gaz_status status = parse_object(&p, root, given);
    json_decref(root);
    if (status == GAZ_OK)
        *out = mapping;
    return status;
}

gaz_status imp_mapping_parse(struct gaz_ctx *ctx, const char *name,
                             const char *text, size_t size,
                             struct imp_mapping *out)
{
    return imp_mapping_parse_given(ctx, name, text, size, NULL, out);
}
