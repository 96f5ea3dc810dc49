/* SPDX-License-Identifier: Apache-2.0 */
/* mapping_profile.c - the members that make a mapping a profile. */
#include <string.h>

#include "importers/mapping_parse.h"

static const char *dup(struct imp_mapping_parse *p, const char *text)
{
    return gaz_arena_strdup(&p->ctx->arena, text);
}

/* The target that an element of a list names. */
static gaz_status find_target(struct imp_mapping_parse *p, const char *member,
                              json_t *value, struct imp_mapping_field **out)
{
    const char *target = json_string_value(value);
    if (!target)
        return imp_mapping_refuse(p, member, "must list target fields");
    *out = imp_mapping_field_of(p->out, target);
    if (*out)
        return GAZ_OK;
    return imp_mapping_refuse(
        p, member,
        gaz_arena_printf(&p->ctx->arena,
                         "names '%.40s', which is neither column nor value",
                         target));
}

static void mark_required(struct imp_mapping_field *field)
{
    field->is_required = true;
}

static void mark_unique(struct imp_mapping_field *field)
{
    field->is_unique = true;
}

static void mark_date(struct imp_mapping_field *field)
{
    field->reading = IMP_READ_DATE;
}

static void mark_loose_date(struct imp_mapping_field *field)
{
    field->reading = IMP_READ_LOOSE_DATE;
}

static void mark_number(struct imp_mapping_field *field)
{
    field->reading = IMP_READ_NUMBER;
}

static void mark_list(struct imp_mapping_field *field)
{
    field->reading = IMP_READ_LIST;
}

static void mark_angle(struct imp_mapping_field *field)
{
    field->reading = IMP_READ_ANGLE;
}

/* Lists of target fields, and what stands in one is. */
static const struct {
    const char *member;
    void (*mark)(struct imp_mapping_field *field);
} LISTS[] = {
    {"required", mark_required}, {"unique", mark_unique},
    {"dates", mark_date},        {"loose_dates", mark_loose_date},
    {"angles", mark_angle},      {"numbers", mark_number},
    {"lists", mark_list},
};

enum { LIST_COUNT = sizeof(LISTS) / sizeof(LISTS[0]) };

static gaz_status parse_list(struct imp_mapping_parse *p, json_t *root, int at)
{
    json_t *array = json_object_get(root, LISTS[at].member);
    if (array && !json_is_array(array))
        return imp_mapping_refuse(p, LISTS[at].member,
                                  "must be a list of target fields");
    for (size_t i = 0; i < json_array_size(array); i++) {
        struct imp_mapping_field *field = NULL;
        json_t *item = json_array_get(array, i);
        if (LISTS[at].mark == mark_unique && json_is_string(item) &&
            strcmp(json_string_value(item), "*") == 0) {
            p->out->key_is_unique = true;
            continue;
        }
        gaz_status status = find_target(p, LISTS[at].member, item, &field);
        if (status != GAZ_OK)
            return status;
        LISTS[at].mark(field);
    }
    return GAZ_OK;
}

/* ---- dictionaries ---- */

static gaz_status parse_words(struct imp_mapping_parse *p, json_t *object,
                              struct imp_mapping_field *field)
{
    const size_t count = json_object_size(object);
    if (!json_is_object(object) || count == 0)
        return imp_mapping_refuse(p, field->target,
                                  "must have a dictionary of word to value");
    struct imp_mapping_word *words =
        gaz_arena_array(&p->ctx->arena, count, sizeof(*words));
    const char *word;
    json_t *value;
    json_object_foreach(object, word, value)
    {
        if (!json_is_string(value) && !json_is_null(value))
            return imp_mapping_refuse(p, word,
                                      "of a dictionary must be a text or null");
        words[field->word_count++] = (struct imp_mapping_word){
            .word = dup(p, word),
            .value =
                json_is_null(value) ? NULL : dup(p, json_string_value(value))};
    }
    field->words = words;
    return GAZ_OK;
}

static gaz_status parse_dictionaries(struct imp_mapping_parse *p, json_t *root)
{
    json_t *object = json_object_get(root, "dictionaries");
    if (object && !json_is_object(object))
        return imp_mapping_refuse(p, "dictionaries",
                                  "must be an object of target fields");
    const char *target;
    json_t *value;
    json_object_foreach(object, target, value)
    {
        struct imp_mapping_field *field = imp_mapping_field_of(p->out, target);
        if (!field)
            return imp_mapping_refuse(
                p, target, "has a dictionary and is neither column nor value");
        gaz_status status = parse_words(p, value, field);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

/* ---- composed fields ---- */

static gaz_status parse_parts(struct imp_mapping_parse *p, json_t *array,
                              struct imp_mapping_field *field)
{
    const size_t count = json_array_size(array); /* 0 for no array */
    if (count == 0 || count > IMP_MAPPING_MAX_PARTS)
        return imp_mapping_refuse(p, field->target,
                                  "must be composed of 1 to 8 columns");
    struct imp_mapping_part *parts =
        gaz_arena_array(&p->ctx->arena, count, sizeof(*parts));
    for (size_t i = 0; i < count; i++) {
        json_t *item = json_array_get(array, i);
        gaz_status status =
            imp_mapping_text(p, item, "column", &parts[i].column);
        if (status == GAZ_OK && !parts[i].column)
            status = imp_mapping_refuse(p, field->target,
                                        "must name the columns of its parts");
        if (status == GAZ_OK)
            status = imp_mapping_text(p, item, "unit", &parts[i].unit);
        if (status == GAZ_OK)
            status = imp_mapping_text(p, item, "behind", &parts[i].behind);
        if (status != GAZ_OK)
            return status;
        parts[i].unit = parts[i].unit ? parts[i].unit : "";
        parts[i].behind = parts[i].behind ? parts[i].behind : "";
    }
    field->parts = parts;
    field->part_count = (int)count;
    return GAZ_OK;
}

/* A composed field is named among the columns too, by a column that goes
 * before its parts when the file has it. */
static gaz_status parse_compose(struct imp_mapping_parse *p, json_t *root)
{
    json_t *object = json_object_get(root, "compose");
    if (object && !json_is_object(object))
        return imp_mapping_refuse(p, "compose",
                                  "must be an object of target fields");
    const char *target;
    json_t *value;
    json_object_foreach(object, target, value)
    {
        struct imp_mapping_field *field = imp_mapping_field_of(p->out, target);
        if (!field || !field->column)
            return imp_mapping_refuse(p, target,
                                      "is composed and has no column");
        gaz_status status = parse_parts(p, value, field);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

/* ---- conditions, columns that are not kept ---- */

static gaz_status parse_condition(struct imp_mapping_parse *p, json_t *item,
                                  struct imp_mapping_when *out)
{
    gaz_status status = imp_mapping_text(p, item, "field", &out->target);
    if (status == GAZ_OK)
        status = imp_mapping_text(p, item, "is", &out->value);
    json_t *array = json_object_get(item, "required");
    if (status == GAZ_OK &&
        (!out->target || !out->value || json_array_size(array) == 0 ||
         json_array_size(array) > IMP_MAPPING_MAX_KEYS ||
         !imp_mapping_field_of(p->out, out->target)))
        status = imp_mapping_refuse(p, "when",
                                    "must have field, is and 1 to 8 required");
    for (size_t i = 0; status == GAZ_OK && i < json_array_size(array); i++) {
        struct imp_mapping_field *field = NULL;
        status = find_target(p, "when", json_array_get(array, i), &field);
        if (status == GAZ_OK && field)
            out->required[out->required_count++] = field->target;
    }
    return status;
}

static gaz_status parse_when(struct imp_mapping_parse *p, json_t *root)
{
    json_t *array = json_object_get(root, "when");
    if (array && (!json_is_array(array) ||
                  json_array_size(array) > IMP_MAPPING_MAX_WHEN))
        return imp_mapping_refuse(p, "when", "must list at most 16 conditions");
    for (size_t i = 0; i < json_array_size(array); i++) {
        gaz_status status = parse_condition(
            p, json_array_get(array, i), &p->out->when[p->out->when_count++]);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

static gaz_status parse_withhold(struct imp_mapping_parse *p, json_t *root)
{
    json_t *array = json_object_get(root, "withhold");
    if (array && (!json_is_array(array) ||
                  json_array_size(array) > IMP_MAPPING_MAX_WITHHELD))
        return imp_mapping_refuse(p, "withhold",
                                  "must list at most 32 columns");
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *column = json_string_value(json_array_get(array, i));
        if (!column)
            return imp_mapping_refuse(p, "withhold",
                                      "must list names of columns");
        p->out->withheld[p->out->withheld_count++] = dup(p, column);
    }
    return GAZ_OK;
}

/* ---- all ---- */

static bool has_profile_members(json_t *root)
{
    static const char *const OTHERS[] = {"key_fields", "when", "dictionaries",
                                         "compose", "withhold"};
    for (size_t i = 0; i < sizeof(OTHERS) / sizeof(OTHERS[0]); i++)
        if (json_object_get(root, OTHERS[i]))
            return true;
    for (int i = 0; i < LIST_COUNT; i++)
        if (json_object_get(root, LISTS[i].member))
            return true;
    return false;
}

static bool has_other_names(const struct imp_mapping *mapping)
{
    for (int i = 0; i < mapping->field_count; i++)
        if (mapping->fields[i].other_count > 0)
            return true;
    return false;
}

gaz_status imp_mapping_profile(struct imp_mapping_parse *p, json_t *root)
{
    gaz_status status = imp_mapping_text(p, root, "profile", &p->out->profile);
    if (status != GAZ_OK)
        return status;
    if (!p->out->profile)
        return has_profile_members(root) || has_other_names(p->out)
                   ? imp_mapping_refuse(p, "profile",
                                        "is missing: other members need it")
                   : GAZ_OK;
    for (int i = 0; i < LIST_COUNT && status == GAZ_OK; i++)
        status = parse_list(p, root, i);
    if (status == GAZ_OK)
        status = parse_dictionaries(p, root);
    if (status == GAZ_OK)
        status = parse_compose(p, root);
    if (status == GAZ_OK)
        status = parse_when(p, root);
    return status == GAZ_OK ? parse_withhold(p, root) : status;
}

/* ---- what the command line gives ---- */

/* Puts "a=x;b=y" into a member of the mapping, and takes a, b out of another.
 */
static gaz_status give_all(struct imp_mapping_parse *p, json_t *root,
                           const char *text, const char *member,
                           const char *instead)
{
    json_t *object = json_object_get(root, member);
    if (!json_is_object(object)) {
        object = json_object();
        (void)json_object_set_new(root, member, object);
    }
    while (text && *text) {
        const size_t len = strcspn(text, ";");
        const char *pair = gaz_arena_strndup(&p->ctx->arena, text, len);
        const char *equals = strchr(pair, '=');
        if (!equals || equals == pair || !equals[1])
            return gaz_fail(p->ctx, GAZ_INVALID,
                            "'%.60s' is not NAME=VALUE, apart by ;", pair);
        const char *name =
            gaz_arena_strndup(&p->ctx->arena, pair, (size_t)(equals - pair));
        (void)json_object_set_new(object, name, json_string(equals + 1));
        if (instead)
            (void)json_object_del(json_object_get(root, instead), name);
        text += text[len] ? len + 1 : len;
    }
    return GAZ_OK;
}

gaz_status imp_mapping_give(struct imp_mapping_parse *p, json_t *root,
                            const struct imp_mapping_given *given)
{
    gaz_status status = GAZ_OK;
    if (given && given->source)
        status = give_all(p, root, given->source, "source", NULL);
    if (status == GAZ_OK && given && given->values)
        status = give_all(p, root, given->values, "values", "columns");
    return status;
}
