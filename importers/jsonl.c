/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/jsonl.h"

#include <jansson.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/model/record.h"

struct jsonl {
    struct imp_reader base; /* first: the reader is the jsonl */
    struct gaz_arena arena; /* column names */
    const char *name;
    const char *data;
    size_t size;
    size_t pos;
    int64_t line; /* of pos */
    int64_t number;
    const char **columns;
};

/* A line of the bytes. */
struct line {
    const char *text;
    size_t len;
    int64_t number;
};

/* The next line that is not blank; false at the end. */
static bool next_line(struct jsonl *in, struct line *out)
{
    while (in->pos < in->size) {
        const char *from = in->data + in->pos;
        const char *end = memchr(from, '\n', in->size - in->pos);
        size_t len = end ? (size_t)(end - from) : in->size - in->pos;
        in->pos += len + (end ? 1 : 0);
        in->line++;
        size_t used = len;
        while (used > 0 && strchr(" \t\r", from[used - 1]) != NULL)
            used--;
        if (used > 0) {
            *out = (struct line){from, used, in->line};
            return true;
        }
    }
    return false;
}

/* jansson recurses once a level: deep text is refused before. */
static bool is_shallow(const struct line *line)
{
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < line->len && depth <= IMP_JSONL_MAX_DEPTH; i++) {
        char c = line->text[i];
        if (in_string) {
            i += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            depth++;
        } else if (c == ']' || c == '}') {
            depth--;
        }
    }
    return depth <= IMP_JSONL_MAX_DEPTH;
}

static void fail_row(struct imp_row *row, const char *rule, const char *en,
                     const char *zh)
{
    row->error_rule = rule;
    row->error = en;
    row->error_zh = zh;
    row->count = 0;
}

/* The object of a line, or NULL with the row's error set. */
static json_t *read_object(struct gaz_ctx *ctx, const struct line *line,
                           struct imp_row *row)
{
    if (line->len > IMP_JSONL_LINE_MAX_BYTES || !is_shallow(line)) {
        fail_row(row, "I03", "a line longer than 1 MiB or nested too deep",
                 "一行超过1MiB或嵌套过深");
        return NULL;
    }
    json_error_t error;
    json_t *root = json_loadb(line->text, line->len,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!root) {
        fail_row(row, "I02",
                 gaz_arena_printf(&ctx->arena, "not JSON: %s", error.text),
                 "不是有效的JSON");
        row->error_column = error.column > 0 ? error.column : 0;
    } else if (!json_is_object(root)) {
        json_decref(root);
        root = NULL;
        fail_row(row, "I01", "not an object", "不是JSON对象");
    }
    return root;
}

/* 15 digits are what a decimal number keeps through a double. */
static const char *value_json(struct gaz_ctx *ctx, const json_t *value)
{
    if (!value)
        return NULL;
    const size_t flags =
        JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15);
    const size_t size = json_dumpb(value, NULL, 0, flags);
    char *copy = gaz_arena_alloc(&ctx->arena, size + 1);
    (void)json_dumpb(value, copy, size, flags);
    return copy;
}

static const char *value_text(struct gaz_ctx *ctx, const json_t *value,
                              const char *json)
{
    if (!value || json_is_null(value))
        return "";
    if (json_is_string(value))
        return gaz_arena_strndup(&ctx->arena, json_string_value(value),
                                 json_string_length(value));
    return json;
}

static gaz_status jsonl_next(struct gaz_ctx *ctx, struct imp_reader *reader,
                             struct imp_row *out)
{
    struct jsonl *in = (struct jsonl *)reader;
    struct line line;
    if (!next_line(in, &line))
        return GAZ_END;
    const int count = in->base.column_count;
    const char **values =
        gaz_arena_array(&ctx->arena, (size_t)count, sizeof(char *));
    const char **members =
        gaz_arena_array(&ctx->arena, (size_t)count, sizeof(char *));
    struct imp_row row = {
        .line = line.number,
        .number = ++in->number,
        .columns = in->base.columns,
        .values = values,
        .members = members,
        .count = count,
        .raw = gaz_arena_strndup(
            &ctx->arena, line.text,
            line.len < GAZ_FIELD_MAX_BYTES ? line.len : GAZ_FIELD_MAX_BYTES),
    };
    json_t *root = read_object(ctx, &line, &row);
    for (int i = 0; root && i < count; i++) {
        const json_t *value = json_object_get(root, in->columns[i]);
        members[i] = value_json(ctx, value);
        values[i] = value_text(ctx, value, members[i]);
    }
    json_decref(root);
    *out = row;
    return GAZ_OK;
}

static void jsonl_close(struct imp_reader *reader)
{
    struct jsonl *in = (struct jsonl *)reader;
    gaz_arena_close(&in->arena);
    gaz_free(in);
}

static bool has_column(const struct jsonl *in, const char *name)
{
    for (int i = 0; i < in->base.column_count; i++)
        if (strcmp(in->columns[i], name) == 0)
            return true;
    return false;
}

static gaz_status add_columns(struct gaz_ctx *ctx, struct jsonl *in,
                              const json_t *root)
{
    for (void *at = json_object_iter((json_t *)(uintptr_t)root); at;
         at = json_object_iter_next((json_t *)(uintptr_t)root, at)) {
        const char *name = json_object_iter_key(at);
        if (has_column(in, name))
            continue;
        if (in->base.column_count == GAZ_RECORD_MAX_FIELDS)
            return gaz_fail(ctx, GAZ_LIMIT, "'%s' has more than %d members",
                            in->name, GAZ_RECORD_MAX_FIELDS);
        in->columns[in->base.column_count++] =
            gaz_arena_strdup(&in->arena, name);
    }
    return GAZ_OK;
}

/* The first pass: the members of all lines. */
static gaz_status find_columns(struct gaz_ctx *ctx, struct jsonl *in)
{
    if (in->size >= 3 && memcmp(in->data, "\xEF\xBB\xBF", 3) == 0)
        in->pos = 3;
    const size_t start = in->pos;
    in->columns =
        gaz_arena_array(&in->arena, GAZ_RECORD_MAX_FIELDS, sizeof(char *));
    struct gaz_ctx scratch = {.failure = ""};
    struct line line;
    gaz_status status = GAZ_OK;
    while (status == GAZ_OK && next_line(in, &line)) {
        struct imp_row row = {.count = 0};
        json_t *root = read_object(&scratch, &line, &row);
        if (root)
            status = add_columns(ctx, in, root);
        json_decref(root);
        gaz_ctx_next(&scratch);
    }
    gaz_ctx_close(&scratch);
    in->base.columns = in->columns;
    if (status == GAZ_OK && in->base.column_count == 0)
        status = gaz_fail(ctx, GAZ_INVALID, "'%s' has no line with an object",
                          in->name);
    in->pos = start;
    in->line = 0;
    return status;
}

gaz_status imp_jsonl_open_bytes(struct gaz_ctx *ctx, const char *name,
                                const void *data, size_t size,
                                struct imp_reader **out)
{
    struct jsonl *in = gaz_malloc(sizeof(*in));
    in->base.next = jsonl_next;
    in->base.close = jsonl_close;
    in->data = data;
    in->size = size;
    in->name = gaz_arena_strdup(&in->arena, name);
    gaz_status status = find_columns(ctx, in);
    if (status != GAZ_OK) {
        jsonl_close(&in->base);
        return status;
    }
    *out = &in->base;
    return GAZ_OK;
}
