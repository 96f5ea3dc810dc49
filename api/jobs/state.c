/* SPDX-License-Identifier: Apache-2.0 */
#include "api/jobs/state.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"

static const char HEAD[] = "diming job 1";
static const char SEAL[] = "seal ";

static const char *const STATUSES[] = {"queued", "running", "done", "failed",
                                       "cancelled"};
static const char *const TABLES[] = {"auto", "csv", "tsv", "jsonl", "xlsx"};
static const char *const ENCODINGS[] = {"auto", "utf-8", "gb18030", "utf-16"};

/* Enumerations are stored as their names, and are of the size of an int. */
static_assert(sizeof(api_job_status) == sizeof(int) &&
                  sizeof(api_batch_table) == sizeof(int) &&
                  sizeof(imp_encoding) == sizeof(int),
              "an enumeration is an int");

enum kind {
    TEXT,   /* char[size] */
    NUMBER, /* int64_t, `least` or more */
    SMALL,  /* int, `least` or more */
    NAME,   /* an enumeration: names[least] to names[size - 1] */
};

#define PLACE(member) offsetof(struct api_job, member)
#define TEXT_FIELD(member)                                                     \
    {                                                                          \
#member, TEXT, PLACE(member), sizeof(((struct api_job *)0)->member),   \
            NULL, 0                                                            \
    }
#define NUMBER_FIELD(name, member, least)                                      \
    {                                                                          \
        name, NUMBER, PLACE(member), 0, NULL, least                            \
    }
#define SMALL_FIELD(member)                                                    \
    {                                                                          \
#member, SMALL, PLACE(member), 0, NULL, 0                              \
    }
#define NAME_FIELD(member, names, least)                                       \
    {                                                                          \
#member, NAME, PLACE(member), sizeof(names) / sizeof((names)[0]),      \
            names, least                                                       \
    }

static const struct field {
    const char *name;
    enum kind kind;
    size_t offset;
    size_t size;
    const char *const *names;
    int64_t least;
} FIELDS[] = {
    TEXT_FIELD(id),
    TEXT_FIELD(owner),
    NAME_FIELD(status, STATUSES, 0),
    NUMBER_FIELD("created", created_ms, 0),
    NUMBER_FIELD("started", started_ms, 0),
    NUMBER_FIELD("finished", finished_ms, 0),
    NAME_FIELD(input_table, TABLES, 1),
    NAME_FIELD(output_table, TABLES, 1),
    NAME_FIELD(encoding, ENCODINGS, 0),
    NAME_FIELD(output_encoding, ENCODINGS, 1),
    SMALL_FIELD(at),
    TEXT_FIELD(columns),
    TEXT_FIELD(id_column),
    TEXT_FIELD(in_code),
    NUMBER_FIELD("input_bytes", input_bytes, 0),
    NUMBER_FIELD("rows_total", rows_total, -1),
    NUMBER_FIELD("rows", counts.rows, 0),
    NUMBER_FIELD("matched", counts.matched, 0),
    NUMBER_FIELD("review", counts.review, 0),
    NUMBER_FIELD("none", counts.none, 0),
    NUMBER_FIELD("invalid", counts.invalid, 0),
    NUMBER_FIELD("result_bytes", result_bytes, 0),
    NUMBER_FIELD("reject_bytes", reject_bytes, 0),
    SMALL_FIELD(attempts),
    NUMBER_FIELD("attempt_rows", attempt_rows, 0),
    TEXT_FIELD(failure),
};

enum { FIELD_COUNT = sizeof(FIELDS) / sizeof(FIELDS[0]) };

const char *api_jobs_state_name(api_job_status status)
{
    return STATUSES[status];
}

bool api_jobs_state_is_id(const char *text)
{
    static const char DIGITS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    return strlen(text) == API_JOBS_ID_CHARS &&
           strspn(text, DIGITS) == API_JOBS_ID_CHARS;
}

/* ---- writing ---- */

/* A text stays on its line: a name of a column may hold anything. */
static void write_text(struct gaz_buffer *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n')
            gaz_buffer_text(out, "\\n");
        else if (*text == '\\')
            gaz_buffer_text(out, "\\\\");
        else
            gaz_buffer_char(out, *text);
    }
}

static void write_field(const struct field *field, const struct api_job *job,
                        struct gaz_buffer *out)
{
    const char *at = (const char *)job + field->offset;
    int64_t number = 0;
    int small = 0;
    gaz_buffer_printf(out, "%s ", field->name);
    switch (field->kind) {
    case TEXT:
        write_text(out, at);
        break;
    case NUMBER:
        memcpy(&number, at, sizeof(number));
        gaz_buffer_printf(out, "%" PRId64, number);
        break;
    case SMALL:
        memcpy(&small, at, sizeof(small));
        gaz_buffer_printf(out, "%d", small);
        break;
    case NAME:
        memcpy(&small, at, sizeof(small));
        gaz_buffer_text(out, field->names[small]);
        break;
    }
    gaz_buffer_char(out, '\n');
}

static void write_seal(char out[17], const char *text, size_t size)
{
    (void)snprintf(out, 17, "%016" PRIx64, gaz_text_hash(text, size));
}

void api_jobs_state_write(const struct api_job *job, struct gaz_buffer *out)
{
    const size_t from = out->size;
    gaz_buffer_printf(out, "%s\n", HEAD);
    for (int i = 0; i < FIELD_COUNT; i++)
        write_field(&FIELDS[i], job, out);
    if (out->full)
        return;
    char seal[17];
    write_seal(seal, out->data + from, out->size - from);
    gaz_buffer_printf(out, "%s%s\n", SEAL, seal);
}

/* ---- reading ---- */

/* The escapes of write_text undone; false: a broken one, or too long. */
static bool parse_text(const char *text, char *out, size_t size)
{
    size_t used = 0;
    for (; *text; text++) {
        char c = *text;
        if (c == '\\') {
            c = *++text;
            if (c != 'n' && c != '\\')
                return false;
            c = c == 'n' ? '\n' : '\\';
        }
        if (used + 1 >= size)
            return false;
        out[used++] = c;
    }
    out[used] = '\0';
    return true;
}

static bool parse_name(const struct field *field, const char *text, int *out)
{
    for (size_t i = (size_t)field->least; i < field->size; i++)
        if (strcmp(field->names[i], text) == 0) {
            *out = (int)i;
            return true;
        }
    return false;
}

static bool parse_value(const struct field *field, const char *text,
                        struct api_job *job)
{
    char *at = (char *)job + field->offset;
    int64_t number = 0;
    int small = 0;
    bool is_good = true;
    switch (field->kind) {
    case TEXT:
        return parse_text(text, at, field->size);
    case NAME:
        is_good = parse_name(field, text, &small);
        memcpy(at, &small, sizeof(small));
        return is_good;
    case NUMBER:
    case SMALL:
        break;
    }
    if (!gaz_text_parse_int(text, &number) || number < field->least)
        return false;
    if (field->kind == NUMBER) {
        memcpy(at, &number, sizeof(number));
        return true;
    }
    small = (int)number;
    memcpy(at, &small, sizeof(small));
    return number <= INT32_MAX;
}

/* The line at *at without its end; moves *at behind it. NULL: none is whole. */
static const char *take_line(struct gaz_arena *arena, const char *text,
                             size_t size, size_t *at)
{
    const char *from = text + *at;
    const char *end = memchr(from, '\n', size - *at);
    if (!end)
        return NULL;
    *at += (size_t)(end - from) + 1;
    return gaz_arena_strndup(arena, from, (size_t)(end - from));
}

static gaz_status parse_line(struct gaz_ctx *ctx, const struct field *field,
                             int number, const char *line, struct api_job *job)
{
    const size_t len = strlen(field->name);
    if (!line || strncmp(line, field->name, len) != 0 || line[len] != ' ')
        return gaz_fail(ctx, GAZ_INVALID, "line %d: '%s' is missing", number,
                        field->name);
    if (!parse_value(field, line + len + 1, job))
        return gaz_fail(ctx, GAZ_INVALID, "line %d: '%s' cannot be '%.40s'",
                        number, field->name, line + len + 1);
    return GAZ_OK;
}

static gaz_status check_whole(struct gaz_ctx *ctx, const char *text,
                              size_t size)
{
    if (size > API_JOBS_STATE_MAX_BYTES)
        return gaz_fail(ctx, GAZ_INVALID, "longer than %d bytes",
                        (int)API_JOBS_STATE_MAX_BYTES);
    if (size > 0 && memchr(text, '\0', size))
        return gaz_fail(ctx, GAZ_INVALID, "a zero byte stands in it");
    if (!gaz_text_is_utf8(text, size, NULL))
        return gaz_fail(ctx, GAZ_INVALID, "not UTF-8");
    return GAZ_OK;
}

static gaz_status check_seal(struct gaz_ctx *ctx, const char *text, size_t size,
                             size_t at)
{
    char seal[17];
    write_seal(seal, text, at);
    const char *line = take_line(&ctx->arena, text, size, &at);
    if (!line || strncmp(line, SEAL, sizeof(SEAL) - 1) != 0 ||
        strcmp(line + sizeof(SEAL) - 1, seal) != 0 || at != size)
        return gaz_fail(ctx, GAZ_INVALID, "the seal at its end is broken");
    return GAZ_OK;
}

gaz_status api_jobs_state_parse(struct gaz_ctx *ctx, const char *text,
                                size_t size, struct api_job *out)
{
    struct api_job job = {.id = ""};
    size_t at = 0;
    gaz_status status = check_whole(ctx, text, size);
    if (status != GAZ_OK)
        return status;
    const char *head = take_line(&ctx->arena, text, size, &at);
    if (!head || strcmp(head, HEAD) != 0)
        return gaz_fail(ctx, GAZ_INVALID, "it does not begin with '%s'", HEAD);
    for (int i = 0; i < FIELD_COUNT && status == GAZ_OK; i++)
        status = parse_line(ctx, &FIELDS[i], i + 2,
                            take_line(&ctx->arena, text, size, &at), &job);
    if (status == GAZ_OK)
        status = check_seal(ctx, text, size, at);
    if (status == GAZ_OK && !api_jobs_state_is_id(job.id))
        status = gaz_fail(ctx, GAZ_INVALID, "'%.40s' is no id", job.id);
    if (status == GAZ_OK)
        *out = job;
    return status;
}
