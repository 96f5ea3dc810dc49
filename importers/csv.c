/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/csv.h"

#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "gazetteer/model/record.h"

struct csv {
    struct imp_reader base; /* first: the reader is the csv */
    struct gaz_arena arena; /* column names */
    struct gaz_map map;     /* {0} when the bytes are another's */
    const char *name;
    const char *data;
    size_t size;
    size_t pos;
    int64_t line; /* of pos */
    int64_t number;
    char separator;
};

/* A row while it is read. */
struct csv_row {
    const char **values; /* the first `max` fields */
    int max;
    int64_t found; /* fields there were */
    size_t start;
    size_t end; /* without the newline */
    int64_t line;
    const char *error; /* the first one */
    const char *error_zh;
    const char *rule;
    int error_column;
};

enum field_end { END_FIELD, END_ROW };

static void note_error(struct csv_row *row, const char *rule, const char *en,
                       const char *zh)
{
    if (row->error)
        return;
    row->rule = rule;
    row->error = en;
    row->error_zh = zh;
    row->error_column = (int)(row->found < INT32_MAX ? row->found + 1 : 0);
}

static bool is_newline(char c)
{
    return c == '\n' || c == '\r';
}

/* Moves past one CR, LF or CRLF. */
static void take_newline(struct csv *csv)
{
    if (csv->data[csv->pos] == '\r' && csv->pos + 1 < csv->size &&
        csv->data[csv->pos + 1] == '\n')
        csv->pos++;
    csv->pos++;
    csv->line++;
}

/* Counts the newlines of what a quoted field holds. */
static void count_lines(struct csv *csv, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (csv->data[i] == '\n' ||
            (csv->data[i] == '\r' &&
             (i + 1 >= csv->size || csv->data[i + 1] != '\n')))
            csv->line++;
}

static void skip_to_newline(struct csv *csv)
{
    while (csv->pos < csv->size && !is_newline(csv->data[csv->pos]))
        csv->pos++;
}

/* What follows a field: a separator, or the end of the row. */
static enum field_end take_field_end(struct csv *csv, struct csv_row *row)
{
    row->end = csv->pos;
    if (csv->pos >= csv->size)
        return END_ROW;
    if (csv->data[csv->pos] == csv->separator) {
        csv->pos++;
        return END_FIELD;
    }
    take_newline(csv);
    return END_ROW;
}

/* Where the quote that opens before `at` is closed: the offset of the closing
 * quote, or `limit`. Quotes written twice are text. */
static size_t find_closing(const struct csv *csv, size_t at, size_t limit)
{
    while (at < limit) {
        const char *quote = memchr(csv->data + at, '"', limit - at);
        if (!quote)
            return limit;
        at = (size_t)(quote - csv->data);
        if (at + 1 >= csv->size || csv->data[at + 1] != '"')
            return at;
        at += 2;
    }
    return limit;
}

static size_t min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* A field is too long: goes on behind its row, unless that is too far. */
static gaz_status skip_long_field(struct gaz_ctx *ctx, struct csv *csv,
                                  struct csv_row *row, size_t start,
                                  bool quoted)
{
    const size_t limit = min_size(csv->size, start + IMP_CSV_SKIP_MAX_BYTES);
    const int64_t line = csv->line;
    size_t at = quoted ? find_closing(csv, start, limit) : start;
    while (at < limit && !is_newline(csv->data[at]))
        at++;
    if (at >= limit)
        return gaz_fail(ctx, GAZ_LIMIT,
                        "%s:%lld:%lld: a field is longer than %d bytes and its "
                        "row has no end%s",
                        csv->name, (long long)line, (long long)row->found + 1,
                        GAZ_FIELD_MAX_BYTES,
                        quoted ? "; is a quote not closed?" : "");
    note_error(row, "I03", "a field is longer than 65536 bytes",
               "字段超过65536字节");
    count_lines(csv, start, at);
    csv->pos = at;
    return GAZ_OK;
}

/* Bytes of the field, still escaped. */
struct csv_field {
    size_t start;
    size_t end;
    bool quoted;
};

static gaz_status scan_plain(struct gaz_ctx *ctx, struct csv *csv,
                             struct csv_row *row, struct csv_field *field)
{
    size_t at = csv->pos;
    bool has_quote = false;
    while (at < csv->size && csv->data[at] != csv->separator &&
           !is_newline(csv->data[at])) {
        if (at - csv->pos >= GAZ_FIELD_MAX_BYTES)
            return skip_long_field(ctx, csv, row, csv->pos, false);
        has_quote = has_quote || csv->data[at] == '"';
        at++;
    }
    *field = (struct csv_field){.start = csv->pos, .end = at};
    csv->pos = at;
    if (has_quote) {
        note_error(row, "I04", "a quote inside a field that is not quoted",
                   "未加引号的字段中有引号");
        skip_to_newline(csv);
    }
    return GAZ_OK;
}

static gaz_status scan_quoted(struct gaz_ctx *ctx, struct csv *csv,
                              struct csv_row *row, struct csv_field *field)
{
    const size_t start = csv->pos + 1;
    const size_t limit = min_size(csv->size, start + GAZ_FIELD_MAX_BYTES + 1);
    const size_t end = find_closing(csv, start, limit);
    if (end == limit && limit < csv->size)
        return skip_long_field(ctx, csv, row, start, true);
    if (end >= csv->size) {
        /* Everything behind it would be lost: go on with the next line. */
        note_error(row, "I04", "the quote that opens here is never closed",
                   "引号没有闭合");
        skip_to_newline(csv);
        return GAZ_OK;
    }
    *field = (struct csv_field){.start = start, .end = end, .quoted = true};
    count_lines(csv, start, end);
    csv->pos = end + 1;
    if (csv->pos < csv->size && csv->data[csv->pos] != csv->separator &&
        !is_newline(csv->data[csv->pos])) {
        note_error(row, "I04", "text after the closing quote",
                   "引号闭合之后还有文字");
        skip_to_newline(csv);
    }
    return GAZ_OK;
}

static const char *copy_field(struct csv *csv, struct gaz_arena *arena,
                              const struct csv_field *field)
{
    const char *from = csv->data + field->start;
    const size_t len = field->end - field->start;
    char *copy = gaz_arena_strndup(arena, from, len);
    if (!field->quoted)
        return copy;
    size_t to = 0;
    for (size_t i = 0; i < len; i++) {
        copy[to++] = from[i];
        if (from[i] == '"')
            i++; /* its twin */
    }
    copy[to] = '\0';
    return copy;
}

/* Text that the rest of the program can take: UTF-8 without NUL. */
static void check_text(struct csv *csv, struct csv_row *row,
                       const struct csv_field *field)
{
    const char *text = csv->data + field->start;
    const size_t len = field->end - field->start;
    if (!gaz_text_is_utf8(text, len, NULL))
        note_error(row, "I02",
                   "not UTF-8 (GBK perhaps: save the file as UTF-8)",
                   "不是UTF-8编码(可能是GBK, 请另存为UTF-8)");
    else if (len > 0 && memchr(text, '\0', len))
        note_error(row, "I02", "a NUL byte in the text", "文字中有空字节");
}

/* Reads one row from csv->pos, which is not at the end. */
static gaz_status read_row(struct gaz_ctx *ctx, struct csv *csv,
                           struct gaz_arena *arena, struct csv_row *row)
{
    row->start = csv->pos;
    row->line = csv->line;
    for (enum field_end end = END_FIELD; end == END_FIELD; row->found++) {
        struct csv_field field = {0};
        const bool quoted = csv->pos < csv->size && csv->data[csv->pos] == '"';
        gaz_status status = quoted ? scan_quoted(ctx, csv, row, &field)
                                   : scan_plain(ctx, csv, row, &field);
        if (status != GAZ_OK)
            return status;
        check_text(csv, row, &field);
        if (row->found < row->max && !row->error)
            row->values[row->found] = copy_field(csv, arena, &field);
        end = take_field_end(csv, row);
    }
    return GAZ_OK;
}

static const char *copy_raw(struct gaz_ctx *ctx, const struct csv *csv,
                            const struct csv_row *row)
{
    size_t len = min_size(row->end - row->start, GAZ_FIELD_MAX_BYTES);
    /* a row that was given up holds the newline it ends with */
    while (len > 0 && is_newline(csv->data[row->start + len - 1]))
        len--;
    return gaz_arena_strndup(&ctx->arena, csv->data + row->start, len);
}

static gaz_status csv_next(struct gaz_ctx *ctx, struct imp_reader *reader,
                           struct imp_row *out)
{
    struct csv *csv = (struct csv *)reader;
    while (csv->pos < csv->size && is_newline(csv->data[csv->pos]))
        take_newline(csv);
    if (csv->pos >= csv->size)
        return GAZ_END;
    const int count = csv->base.column_count;
    struct csv_row row = {
        .values = gaz_arena_array(&ctx->arena, (size_t)count, sizeof(char *)),
        .max = count,
    };
    gaz_status status = read_row(ctx, csv, &ctx->arena, &row);
    if (status != GAZ_OK)
        return status;
    if (!row.error && row.found != count) {
        note_error(&row, "I01",
                   gaz_arena_printf(&ctx->arena, "%lld columns, expected %d",
                                    (long long)row.found, count),
                   gaz_arena_printf(&ctx->arena, "有%lld列, 应为%d列",
                                    (long long)row.found, count));
        row.error_column = 0;
    }
    *out = (struct imp_row){
        .line = row.line,
        .number = ++csv->number,
        .columns = csv->base.columns,
        .values = row.values,
        .count = row.error ? 0 : count,
        .raw = copy_raw(ctx, csv, &row),
        .error = row.error,
        .error_zh = row.error_zh,
        .error_rule = row.rule,
        .error_column = row.error_column,
    };
    return GAZ_OK;
}

static void csv_close(struct imp_reader *reader)
{
    struct csv *csv = (struct csv *)reader;
    gaz_file_unmap(&csv->map);
    gaz_arena_close(&csv->arena);
    gaz_free(csv);
}

/* Spreadsheets leave columns without a name behind: those are called by their
 * number. */
static gaz_status check_names(struct gaz_ctx *ctx, struct csv *csv,
                              const struct csv_row *row)
{
    for (int i = 0; i < row->found; i++)
        if (row->values[i][0] == '\0')
            row->values[i] = gaz_arena_printf(&csv->arena, "#%d", i + 1);
    for (int i = 0; i < row->found; i++)
        for (int j = 0; j < i; j++)
            if (strcmp(row->values[i], row->values[j]) == 0)
                return gaz_fail(ctx, GAZ_INVALID,
                                "%s:%lld:%d: column name '%s' again, first in "
                                "column %d",
                                csv->name, (long long)row->line, i + 1,
                                row->values[i], j + 1);
    return GAZ_OK;
}

static gaz_status skip_mark(struct gaz_ctx *ctx, struct csv *csv)
{
    const unsigned char *d = (const unsigned char *)csv->data;
    if (csv->size >= 3 && memcmp(d, "\xEF\xBB\xBF", 3) == 0)
        csv->pos = 3;
    if (csv->size >= 2 &&
        ((d[0] == 0xFF && d[1] == 0xFE) || (d[0] == 0xFE && d[1] == 0xFF)))
        return gaz_fail(ctx, GAZ_INVALID, "'%s' is UTF-16; save it as UTF-8",
                        csv->name);
    while (csv->pos < csv->size && is_newline(csv->data[csv->pos]))
        take_newline(csv);
    if (csv->pos >= csv->size)
        return gaz_fail(ctx, GAZ_INVALID, "'%s' is empty", csv->name);
    return GAZ_OK;
}

static gaz_status read_names(struct gaz_ctx *ctx, struct csv *csv)
{
    gaz_status status = skip_mark(ctx, csv);
    if (status != GAZ_OK)
        return status;
    struct csv_row row = {
        .values =
            gaz_arena_array(&csv->arena, GAZ_RECORD_MAX_FIELDS, sizeof(char *)),
        .max = GAZ_RECORD_MAX_FIELDS,
    };
    status = read_row(ctx, csv, &csv->arena, &row);
    if (status != GAZ_OK)
        return status;
    if (row.error)
        return gaz_fail(ctx, GAZ_INVALID, "%s:%lld:%d: %s", csv->name,
                        (long long)row.line, row.error_column, row.error);
    if (row.found > GAZ_RECORD_MAX_FIELDS)
        return gaz_fail(ctx, GAZ_LIMIT, "'%s' has %lld columns, at most %d",
                        csv->name, (long long)row.found, GAZ_RECORD_MAX_FIELDS);
    csv->base.columns = row.values;
    csv->base.column_count = (int)row.found;
    return check_names(ctx, csv, &row);
}

/* Takes over `map`. */
static gaz_status open_csv(struct gaz_ctx *ctx, const char *name,
                           struct gaz_map map, struct csv from,
                           struct imp_reader **out)
{
    struct csv *csv = gaz_malloc(sizeof(*csv));
    *csv = from;
    csv->base.next = csv_next;
    csv->base.close = csv_close;
    csv->map = map;
    csv->line = 1;
    csv->name = gaz_arena_strdup(&csv->arena, name);
    gaz_status status = read_names(ctx, csv);
    if (status != GAZ_OK) {
        csv_close(&csv->base);
        return status;
    }
    *out = &csv->base;
    return GAZ_OK;
}

gaz_status imp_csv_open(struct gaz_ctx *ctx, const char *path, char separator,
                        struct imp_reader **out)
{
    struct gaz_map map;
    gaz_status status = gaz_file_map(ctx, path, &map);
    if (status != GAZ_OK)
        return status;
    return open_csv(ctx, path, map,
                    (struct csv){.data = map.data,
                                 .size = map.size,
                                 .separator = separator},
                    out);
}

gaz_status imp_csv_open_bytes(struct gaz_ctx *ctx, const char *name,
                              const void *data, size_t size, char separator,
                              struct imp_reader **out)
{
    return open_csv(
        ctx, name, (struct gaz_map){0},
        (struct csv){.data = data, .size = size, .separator = separator}, out);
}
