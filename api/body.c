/* SPDX-License-Identifier: Apache-2.0 */
#include "api/body.h"

#include <jansson.h>
#include <string.h>

#include "api/problem.h"
#include "gazetteer/base/json.h"

int api_body_depth(const char *data, size_t size, int max)
{
    int depth = 0;
    int deepest = 0;
    bool is_string = false;
    for (size_t i = 0; i < size && deepest <= max; i++) {
        char c = data[i];
        if (is_string && c == '\\')
            i++; /* whatever is escaped does not end the string */
        else if (c == '"')
            is_string = !is_string;
        else if (!is_string && (c == '[' || c == '{'))
            depth++;
        else if (!is_string && (c == ']' || c == '}'))
            depth--;
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest;
}

/* The id as JSON text; NULL when it is of another kind. */
static const char *id_text(struct gaz_arena *arena, const json_t *id)
{
    if (!id || json_is_null(id))
        return "null";
    if (json_is_integer(id))
        return gaz_arena_printf(arena, "%lld",
                                (long long)json_integer_value(id));
    if (!json_is_string(id))
        return NULL;
    struct gaz_buffer buffer;
    gaz_buffer_open(&buffer, (size_t)6 * API_BODY_JSON_MAX_BYTES);
    struct gaz_json json;
    gaz_json_open(&json, &buffer);
    gaz_json_string(&json, NULL, json_string_value(id));
    const char *text = gaz_arena_strdup(arena, buffer.data);
    gaz_buffer_close(&buffer);
    return text;
}

static gaz_status read_row(struct api_worker *worker, const json_t *row,
                           size_t number, struct api_body_row *out)
{
    const json_t *text = json_object_get(row, "text");
    const char *id = id_text(&worker->ctx.arena, json_object_get(row, "id"));
    if (!json_is_object(row) || !json_is_string(text))
        return api_problem_parameter(
            worker, "rows", "每一行应为含 text 的对象",
            "rows[%zu] must be an object with a string 'text'", number);
    if (!id)
        return api_problem_parameter(
            worker, "rows", "id 应为字符串或整数",
            "rows[%zu].id must be a string or a whole number", number);
    out->id = id;
    out->text = gaz_arena_strdup(&worker->ctx.arena, json_string_value(text));
    return GAZ_OK;
}

static gaz_status read_rows(struct api_worker *worker, const json_t *root,
                            int max_rows, struct api_body_row **rows,
                            int *count)
{
    const json_t *list = json_object_get(root, "rows");
    if (!json_is_array(list))
        return api_problem_parameter(worker, "rows", "缺少 rows 数组",
                                     "the body must be an object with an "
                                     "array 'rows'");
    size_t size = json_array_size(list);
    if (size > (size_t)max_rows)
        return api_problem_fail(worker, GAZ_LIMIT, 413, "行数过多",
                                "%zu rows, at most %d", size, max_rows);
    struct api_body_row *items =
        gaz_arena_array(&worker->ctx.arena, size + 1, sizeof(*items));
    for (size_t i = 0; i < size; i++) {
        gaz_status status =
            read_row(worker, json_array_get(list, i), i, &items[i]);
        if (status != GAZ_OK)
            return status;
    }
    *rows = items;
    *count = (int)size;
    return GAZ_OK;
}

/* Checks size and depth, then reads; NULL: why is in the worker. */
static json_t *load(struct api_worker *worker, const char *parameter,
                    const char *data, size_t size, gaz_status *status)
{
    if (size > API_BODY_JSON_MAX_BYTES) {
        *status = api_problem_fail(worker, GAZ_LIMIT, 413, "JSON 过大",
                                   "JSON of %zu bytes, at most %d; CSV may be "
                                   "larger",
                                   size, (int)API_BODY_JSON_MAX_BYTES);
        return NULL;
    }
    *status = GAZ_INVALID;
    if (api_body_depth(data, size, API_BODY_MAX_DEPTH) > API_BODY_MAX_DEPTH) {
        (void)api_problem_parameter(worker, parameter, "JSON 嵌套过深",
                                    "JSON is nested deeper than %d levels",
                                    (int)API_BODY_MAX_DEPTH);
        return NULL;
    }
    json_error_t error;
    json_t *root = json_loadb(data, size, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        (void)api_problem_parameter(worker, parameter, "JSON 有误",
                                    "JSON, line %d, column %d: %s", error.line,
                                    error.column, error.text);
    return root;
}

gaz_status api_body_rows(struct api_worker *worker, const char *data,
                         size_t size, int max_rows, struct api_body_row **rows,
                         int *count)
{
    gaz_status status;
    json_t *root = load(worker, NULL, data, size, &status);
    if (!root)
        return status;
    status = read_rows(worker, root, max_rows, rows, count);
    json_decref(root);
    return status;
}

static gaz_status read_pairs(struct api_worker *worker, const json_t *root,
                             int max_pairs, struct api_body_pair **pairs,
                             int *count)
{
    const json_t *list = json_object_get(root, "pairs");
    if (!json_is_array(list))
        return api_problem_parameter(worker, "pairs", "缺少 pairs 数组",
                                     "the body must be an object with an "
                                     "array 'pairs'");
    size_t size = json_array_size(list);
    if (size > (size_t)max_pairs)
        return api_problem_fail(worker, GAZ_LIMIT, 413, "地址对过多",
                                "%zu pairs, at most %d", size, max_pairs);
    struct gaz_arena *arena = &worker->ctx.arena;
    struct api_body_pair *items =
        gaz_arena_array(arena, size + 1, sizeof(*items));
    for (size_t i = 0; i < size; i++) {
        const json_t *pair = json_array_get(list, i);
        const char *a = json_string_value(json_object_get(pair, "a"));
        const char *b = json_string_value(json_object_get(pair, "b"));
        if (!a || !b)
            return api_problem_parameter(
                worker, "pairs", "每一对应为含 a 与 b 的对象",
                "pairs[%zu] must be an object with strings 'a' and 'b'", i);
        items[i].a = gaz_arena_strdup(arena, a);
        items[i].b = gaz_arena_strdup(arena, b);
    }
    *pairs = items;
    *count = (int)size;
    return GAZ_OK;
}

static gaz_status read_candidates(struct api_worker *worker, const json_t *root,
                                  int max_pairs, struct api_body_pair **pairs,
                                  int *count)
{
    const json_t *list = json_object_get(root, "candidates");
    const char *a = json_string_value(json_object_get(root, "a"));
    if (!a || !json_is_array(list))
        return api_problem_parameter(
            worker, "candidates", "应有地址 a 与数组 candidates",
            "a list needs a string 'a' and an array 'candidates'");
    size_t size = json_array_size(list);
    if (size > (size_t)max_pairs)
        return api_problem_fail(worker, GAZ_LIMIT, 413, "候选地址过多",
                                "%zu candidates, at most %d", size, max_pairs);
    struct gaz_arena *arena = &worker->ctx.arena;
    struct api_body_pair *items =
        gaz_arena_array(arena, size + 1, sizeof(*items));
    a = gaz_arena_strdup(arena, a);
    for (size_t i = 0; i < size; i++) {
        const char *b = json_string_value(json_array_get(list, i));
        if (!b)
            return api_problem_parameter(worker, "candidates",
                                         "候选地址应为字符串",
                                         "candidates[%zu] must be a string", i);
        items[i] = (struct api_body_pair){a, gaz_arena_strdup(arena, b)};
    }
    *pairs = items;
    *count = (int)size;
    return GAZ_OK;
}

gaz_status api_body_pairs(struct api_worker *worker, const char *data,
                          size_t size, const int limits[2],
                          struct api_body_pair **pairs, int *count,
                          bool *is_list)
{
    gaz_status status;
    json_t *root = load(worker, NULL, data, size, &status);
    if (!root)
        return status;
    bool has_pairs = json_object_get(root, "pairs") != NULL;
    *is_list = json_object_get(root, "candidates") != NULL;
    if (has_pairs && *is_list)
        status = api_problem_parameter(worker, "pairs",
                                       "pairs 与 candidates 只能有一个",
                                       "there are both 'pairs' and "
                                       "'candidates'");
    else if (*is_list)
        status = read_candidates(worker, root, limits[1], pairs, count);
    else
        status = read_pairs(worker, root, limits[0], pairs, count);
    json_decref(root);
    return status;
}

static void copy_value(struct gaz_arena *arena, const json_t *from,
                       struct api_value *out);

static void copy_list( // NOLINT(misc-no-recursion): the depth was checked
    struct gaz_arena *arena, const json_t *from, struct api_value *out)
{
    size_t count = json_array_size(from);
    struct api_value *items = gaz_arena_array(arena, count + 1, sizeof(*items));
    for (size_t i = 0; i < count; i++)
        copy_value(arena, json_array_get(from, i), &items[i]);
    *out = (struct api_value){
        .kind = API_VALUE_LIST, .items = items, .count = (int)count};
}

static void copy_object( // NOLINT(misc-no-recursion): the depth was checked
    struct gaz_arena *arena, const json_t *from, struct api_value *out)
{
    size_t count = json_object_size(from);
    struct api_value *items = gaz_arena_array(arena, count + 1, sizeof(*items));
    const char *name;
    json_t *member;
    size_t i = 0;
    json_object_foreach((json_t *)from, name, member)
    {
        copy_value(arena, member, &items[i]);
        items[i++].name = gaz_arena_strdup(arena, name);
    }
    *out = (struct api_value){
        .kind = API_VALUE_OBJECT, .items = items, .count = (int)count};
}

static void copy_value( // NOLINT(misc-no-recursion): the depth was checked
    struct gaz_arena *arena, const json_t *from, struct api_value *out)
{
    *out = (struct api_value){.kind = API_VALUE_NULL};
    if (json_is_array(from)) {
        copy_list(arena, from, out);
    } else if (json_is_object(from)) {
        copy_object(arena, from, out);
    } else if (json_is_string(from)) {
        out->kind = API_VALUE_TEXT;
        out->text = gaz_arena_strdup(arena, json_string_value(from));
    } else if (json_is_number(from)) {
        out->kind = API_VALUE_NUMBER;
        out->number = json_number_value(from);
        out->text = gaz_arena_printf(arena, "%.15g", out->number);
    } else if (json_is_boolean(from)) {
        out->kind = API_VALUE_BOOLEAN;
        out->number = json_is_true(from) ? 1 : 0;
    }
}

gaz_status api_body_value(struct api_worker *worker, const char *parameter,
                          const char *data, size_t size,
                          const struct api_value **out)
{
    gaz_status status;
    json_t *root = load(worker, parameter, data, size, &status);
    if (!root)
        return status;
    struct api_value *value =
        gaz_arena_alloc(&worker->ctx.arena, sizeof(*value));
    copy_value(&worker->ctx.arena, root, value);
    json_decref(root);
    *out = value;
    return GAZ_OK;
}

const struct api_value *api_body_member(const struct api_value *object,
                                        const char *name)
{
    if (!object || object->kind != API_VALUE_OBJECT)
        return NULL;
    for (int i = 0; i < object->count; i++)
        if (strcmp(object->items[i].name, name) == 0)
            return &object->items[i];
    return NULL;
}

const char *api_body_text(const struct api_value *object, const char *name)
{
    const struct api_value *member = api_body_member(object, name);
    return member ? member->text : NULL;
}
