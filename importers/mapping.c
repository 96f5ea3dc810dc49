/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/mapping.h"

#include <jansson.h>
#include <string.h>

#include "gazetteer/base/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    const char *entry;
    const char *fields; /* a blank before and behind each */
} ENTRIES[] = {
    {"place",
     " code name kind category level parent_code valid_from valid_to basis "
     "status statistical x y method accuracy_m roman meaning origin history "
     "address schematic subject aliases former variants synthetic "
     "numbering_start odd_side numbering_rule "},
    {"address", " text province city county town community road hamlet estate "
                "number tail x y method accuracy_m synthetic "},
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

/* What the functions below pass around. */
struct parse {
    struct gaz_ctx *ctx;
    const char *name;
    struct imp_mapping *out;
};

static gaz_status refuse(struct parse *p, const char *member, const char *why)
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

static const char *dup(struct parse *p, const char *text)
{
    return gaz_arena_strdup(&p->ctx->arena, text);
}

/* A string member; absent is NULL. */
static gaz_status take_text(struct parse *p, json_t *object, const char *member,
                            const char **out)
{
    json_t *value = json_object_get(object, member);
    if (!value)
        return GAZ_OK;
    if (!json_is_string(value) || json_string_value(value)[0] == '\0')
        return refuse(p, member, "must be a text that is not empty");
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
static gaz_status refuse_others(struct parse *p, json_t *object,
                                const char *const *known, size_t count)
{
    const char *member;
    json_t *value;
    json_object_foreach(object, member, value) if (
        !is_one_of(member, known,
                   count)) return refuse(p, member,
                                         "is no member of a mapping");
    return GAZ_OK;
}

static gaz_status parse_source(struct parse *p, json_t *root)
{
    json_t *object = json_object_get(root, "source");
    if (!json_is_object(object))
        return refuse(p, "source", "is missing: every fact has a source");
    struct gaz_source *source = &p->out->source;
    const char *members[] = {"key",     "title",  "origin", "edition",
                             "licence", "credit", "url",    "grade"};
    const char **values[] = {
        &source->key,     &source->title,  &source->origin, &source->edition,
        &source->licence, &source->credit, &source->url,    &source->grade};
    enum { REQUIRED = 5 };
    gaz_status status = refuse_others(p, object, members, COUNT(members));
    for (size_t i = 0; i < COUNT(members) && status == GAZ_OK; i++) {
        status = take_text(p, object, members[i], values[i]);
        if (status == GAZ_OK && i < REQUIRED && !*values[i])
            status = refuse(p, members[i], "of the source is missing");
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

static bool is_target(const char *fields, const char *name)
{
    const size_t len = strlen(name);
    if (len == 0 || strchr(name, ' '))
        return false;
    for (const char *at = strstr(fields, name); at; at = strstr(at + 1, name))
        if (at[-1] == ' ' && at[len] == ' ') /* fields begin with a blank */
            return true;
    return false;
}

/* A constant: text, a whole number or true and false. */
static const char *constant_text(struct parse *p, json_t *value)
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

static gaz_status add_field(struct parse *p, const char *target, json_t *value,
                            bool is_column)
{
    struct imp_mapping *m = p->out;
    if (!is_target(fields_of(m->entry), target))
        return refuse(p, target,
                      gaz_arena_printf(&p->ctx->arena,
                                       "is no field of entry \"%s\"; known "
                                       "are%s",
                                       m->entry, fields_of(m->entry)));
    for (int i = 0; i < m->field_count; i++)
        if (strcmp(m->fields[i].target, target) == 0)
            return refuse(p, target, "is in both columns and values");
    if (m->field_count == IMP_MAPPING_MAX_FIELDS)
        return refuse(p, target, "is one field too many");
    const char *text = constant_text(p, value);
    if (is_column && !json_is_string(value))
        text = NULL;
    if (!text)
        return refuse(p, target,
                      is_column ? "must name a column"
                                : "must be a text, a whole number or true");
    m->fields[m->field_count++] = (struct imp_mapping_field){
        .target = dup(p, target),
        .column = is_column ? text : NULL,
        .value = is_column ? NULL : text,
    };
    return GAZ_OK;
}

static gaz_status parse_fields(struct parse *p, json_t *root,
                               const char *member, bool is_column)
{
    json_t *object = json_object_get(root, member);
    if (!object && !is_column)
        return GAZ_OK;
    if (!json_is_object(object))
        return refuse(p, member, "must be an object of target fields");
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

static gaz_status parse_key(struct parse *p, json_t *root)
{
    json_t *array = json_object_get(root, "key");
    const size_t count = json_array_size(array); /* 0 for no array */
    if (count == 0 || count > IMP_MAPPING_MAX_KEYS)
        return refuse(p, "key", "must list the 1 to 8 columns that name a row");
    for (size_t i = 0; i < count; i++) {
        const char *column = json_string_value(json_array_get(array, i));
        if (!column)
            return refuse(p, "key", "must list names of columns");
        p->out->key_columns[i] = dup(p, column);
    }
    p->out->key_count = (int)count;
    return GAZ_OK;
}

static gaz_status parse_format(struct parse *p, json_t *root)
{
    const char *format = NULL;
    gaz_status status = take_text(p, root, "format", &format);
    if (status != GAZ_OK || !format)
        return status;
    for (size_t i = 0; i < COUNT(FORMATS); i++)
        if (strcmp(format, FORMATS[i].name) == 0) {
            p->out->format = FORMATS[i].format;
            return GAZ_OK;
        }
    return refuse(p, "format", "must be csv, tsv, geojson or ogr");
}

static bool has_target(const struct imp_mapping *m, const char *target)
{
    for (int i = 0; i < m->field_count; i++)
        if (strcmp(m->fields[i].target, target) == 0)
            return true;
    return false;
}

static uint64_t digest_of(struct parse *p)
{
    const struct imp_mapping *m = p->out;
    struct gaz_arena *arena = &p->ctx->arena;
    char *all =
        gaz_arena_printf(arena, "%s|%s", m->entry, m->crs ? m->crs : "");
    for (int i = 0; i < m->key_count; i++)
        all = gaz_arena_printf(arena, "%s|%s", all, m->key_columns[i]);
    for (int i = 0; i < m->field_count; i++)
        all = gaz_arena_printf(arena, "%s|%s%s%s", all, m->fields[i].target,
                               m->fields[i].column ? "<" : "=",
                               m->fields[i].column ? m->fields[i].column
                                                   : m->fields[i].value);
    return gaz_text_hash(all, strlen(all));
}

static gaz_status parse_root(struct parse *p, json_t *root)
{
    static const char *const MEMBERS[] = {"source",  "format", "layer",
                                          "crs",     "entry",  "key",
                                          "columns", "values", "comment"};
    if (!json_is_object(root))
        return gaz_fail(p->ctx, GAZ_INVALID, "mapping '%s' is no JSON object",
                        p->name);
    gaz_status status = refuse_others(p, root, MEMBERS, COUNT(MEMBERS));
    if (status == GAZ_OK)
        status = parse_source(p, root);
    if (status == GAZ_OK)
        status = parse_format(p, root);
    if (status == GAZ_OK)
        status = take_text(p, root, "layer", &p->out->layer);
    if (status == GAZ_OK)
        status = take_text(p, root, "crs", &p->out->crs);
    if (status == GAZ_OK)
        status = take_text(p, root, "entry", &p->out->entry);
    if (status == GAZ_OK && !fields_of(p->out->entry))
        status =
            refuse(p, "entry", "must be place, address, claim, change or line");
    if (status == GAZ_OK)
        status = parse_key(p, root);
    if (status == GAZ_OK)
        status = parse_fields(p, root, "columns", true);
    if (status == GAZ_OK)
        status = parse_fields(p, root, "values", false);
    if (status == GAZ_OK && has_target(p->out, "x") != has_target(p->out, "y"))
        status = refuse(p, "x", "and \"y\" go together");
    if (status == GAZ_OK)
        p->out->digest = digest_of(p);
    return status;
}

gaz_status imp_mapping_parse(struct gaz_ctx *ctx, const char *name,
                             const char *text, size_t size,
                             struct imp_mapping *out)
{
    struct imp_mapping mapping = {0};
    struct parse p = {.ctx = ctx, .name = name, .out = &mapping};
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
    gaz_status status = parse_root(&p, root);
    json_decref(root);
    if (status == GAZ_OK)
        *out = mapping;
    return status;
}
