/* SPDX-License-Identifier: Apache-2.0 */
#include "api/batch/row.h"

#include <string.h>
#include <strings.h>

#include "api/represent.h"
#include "gazetteer/base/text.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const char *const RESULT_COLUMNS[] = {
    "status", "match",      "confidence", "label",   "lon",
    "lat",    "accuracy_m", "place_id",   "reasons", "candidates"};

/* ---- columns ---- */

static int find_column(const struct api_batch_plan *plan, const char *name,
                       size_t len)
{
    for (int i = 0; i < plan->column_count; i++)
        if (strlen(plan->columns[i]) == len &&
            strncasecmp(plan->columns[i], name, len) == 0)
            return i;
    return -1;
}

static gaz_status refuse_column(struct gaz_ctx *ctx, const char *name,
                                size_t len)
{
    return gaz_fail(ctx, GAZ_INVALID,
                    "the table has no column '%.*s'; name the column that "
                    "holds the addresses",
                    (int)(len < 60 ? len : 60), name);
}

static gaz_status take_named(struct gaz_ctx *ctx, const char *names,
                             struct api_batch_plan *plan)
{
    for (const char *at = names;; at++) {
        size_t len = strcspn(at, ",");
        int column = find_column(plan, at, len);
        if (column < 0)
            return refuse_column(ctx, at, len);
        if (plan->address_count == API_BATCH_ADDRESS_COLUMNS_MAX)
            return gaz_fail(ctx, GAZ_LIMIT, "more than %d address columns",
                            API_BATCH_ADDRESS_COLUMNS_MAX);
        plan->address[plan->address_count++] = column;
        at += len;
        if (!*at)
            return GAZ_OK;
    }
}

static gaz_status take_usual(struct gaz_ctx *ctx, struct api_batch_plan *plan)
{
    static const char *const USUAL[] = {"地址",     "address", "详细地址",
                                        "标准地址", "addr",    "text"};
    for (int i = 0; i < COUNT(USUAL); i++) {
        int column = find_column(plan, USUAL[i], strlen(USUAL[i]));
        if (column >= 0) {
            plan->address[plan->address_count++] = column;
            return GAZ_OK;
        }
    }
    static const char NAMES[] = "地址 or address";
    return refuse_column(ctx, NAMES, sizeof(NAMES) - 1);
}

gaz_status api_batch_row_plan(struct gaz_ctx *ctx,
                              const struct imp_reader *reader,
                              const char *addresses, const char *id,
                              struct api_batch_plan *plan)
{
    plan->columns = reader->columns;
    plan->column_count = reader->column_count;
    plan->address_count = 0;
    plan->id = id ? find_column(plan, id, strlen(id)) : -1;
    if (id && plan->id < 0)
        return gaz_fail(ctx, GAZ_INVALID, "the table has no column '%.60s'",
                        id);
    return addresses ? take_named(ctx, addresses, plan) : take_usual(ctx, plan);
}

void api_batch_row_head(const struct api_batch_plan *plan,
                        struct gaz_buffer *out)
{
    if (plan->format == API_BATCH_JSONL)
        return;
    const char separator = plan->format == API_BATCH_TSV ? '\t' : ',';
    for (int i = 0; i < plan->column_count; i++) {
        api_represent_csv_cell(out, plan->columns[i], false);
        gaz_buffer_char(out, separator);
    }
    for (int i = 0; i < COUNT(RESULT_COLUMNS); i++) {
        const char *name = RESULT_COLUMNS[i];
        if (i > 0)
            gaz_buffer_char(out, separator);
        if (find_column(plan, name, strlen(name)) >= 0)
            gaz_buffer_text(out, "diming_");
        gaz_buffer_text(out, name);
    }
    gaz_buffer_text(out, "\r\n");
}

const char *api_batch_row_types(struct gaz_arena *arena,
                                const struct api_batch_plan *plan)
{
    static const char *const NUMBERS[] = {"confidence", "lon", "lat",
                                          "accuracy_m"};
    const size_t count = (size_t)plan->column_count + COUNT(RESULT_COLUMNS);
    char *types = gaz_arena_alloc(arena, count + 1);
    memset(types, 't', count);
    for (int i = 0; i < COUNT(RESULT_COLUMNS); i++)
        for (int k = 0; k < COUNT(NUMBERS); k++)
            if (strcmp(RESULT_COLUMNS[i], NUMBERS[k]) == 0)
                types[plan->column_count + i] = 'n';
    return types;
}

/* ---- the answer ---- */

const char *api_batch_row_clean(struct gaz_arena *arena, const char *text)
{
    size_t len = strlen(text);
    if (gaz_text_is_utf8(text, len, NULL))
        return text;
    char *out = gaz_arena_alloc(arena, len * 3 + 1);
    size_t size = 0;
    for (size_t pos = 0; pos < len;)
        size += gaz_text_encode(gaz_text_next(text, len, &pos), out + size);
    return out;
}

static const char *join_address(struct gaz_arena *arena,
                                const struct api_batch_plan *plan,
                                const struct imp_row *row)
{
    const char *text = row->values[plan->address[0]];
    for (int i = 1; i < plan->address_count; i++)
        text = gaz_arena_printf(arena, "%s%s", text,
                                row->values[plan->address[i]]);
    return text;
}

static gaz_status resolve(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                          const struct api_batch_plan *plan,
                          const struct imp_row *row,
                          struct gaz_batch_answer *out)
{
    if (row->error) {
        out->status = GAZ_BATCH_INVALID;
        out->failure = row->error_zh ? row->error_zh : row->error;
        return GAZ_OK;
    }
    const struct gaz_query query = {.text =
                                        join_address(&ctx->arena, plan, row),
                                    .limit = API_LIMIT_DEFAULT,
                                    .at = plan->at,
                                    .in_code = plan->in_code};
    return gaz_batch_row(ctx, searcher, plan->snap, &query, out);
}

static void count_row(const struct gaz_batch_answer *result,
                      struct api_batch_counts *counts)
{
    counts->rows++;
    switch (result->status) {
    case GAZ_BATCH_MATCHED:
        counts->matched++;
        break;
    case GAZ_BATCH_REVIEW:
        counts->review++;
        break;
    case GAZ_BATCH_NONE:
        counts->none++;
        break;
    case GAZ_BATCH_INVALID:
        counts->invalid++;
        break;
    }
}

static int candidate_count(const struct gaz_batch_answer *result)
{
    if (result->status != GAZ_BATCH_REVIEW)
        return 0;
    int count = result->answers.count;
    return count < API_BATCH_CANDIDATES_MAX ? count : API_BATCH_CANDIDATES_MAX;
}

/* ---- as cells ---- */

struct cells {
    struct gaz_buffer *out;
    struct gaz_arena *arena;
    const struct gaz_snapshot *snap;
    char separator;
};

static void write_reasons(const struct cells *cells,
                          const struct gaz_answer *answer)
{
    const char *text = "";
    for (int i = 0; i < answer->reason_count; i++)
        text = gaz_arena_printf(cells->arena, "%s%s%s", text, i > 0 ? "；" : "",
                                answer->reasons[i].zh);
    api_represent_csv_cell(cells->out, text, true);
}

static void write_candidates(const struct cells *cells,
                             const struct gaz_batch_answer *result)
{
    const char *text = "";
    for (int i = 0; i < candidate_count(result); i++) {
        const struct gaz_answer *answer = &result->answers.items[i];
        text = gaz_arena_printf(cells->arena, "%s%s%s (%.2f)", text,
                                i > 0 ? " | " : "", answer->label,
                                answer->confidence);
    }
    api_represent_csv_cell(cells->out, text, true);
}

/* label, lon, lat, accuracy_m, place_id: of a sure answer only. */
static void write_position(const struct cells *cells,
                           const struct gaz_batch_answer *result)
{
    const struct gaz_answer *best = &result->answers.items[0];
    const struct gaz_position *position = &result->position;
    const char s = cells->separator;
    if (result->status != GAZ_BATCH_MATCHED) {
        gaz_buffer_printf(cells->out, "%c%c%c%c", s, s, s, s);
        return;
    }
    api_represent_csv_cell(cells->out, best->label, true);
    if (position->method == GAZ_METHOD_NONE)
        gaz_buffer_printf(cells->out, "%c%c%c%c", s, s, s, s);
    else
        gaz_buffer_printf(cells->out, "%c%.7f%c%.7f%c%.1f%c", s,
                          position->coord.lon, s, position->coord.lat, s,
                          position->accuracy_m, s);
    char id[GAZ_ID_TEXT_BYTES];
    gaz_buffer_text(cells->out,
                    gaz_id_write(cells->snap->places[best->place].id, id));
}

static void write_result_cells(const struct cells *cells,
                               const struct gaz_batch_answer *result)
{
    struct gaz_buffer *out = cells->out;
    const char s = cells->separator;
    gaz_buffer_text(out, gaz_batch_name(result->status));
    if (result->answers.count == 0) {
        gaz_buffer_printf(out, "%cnone%c0%c%c%c%c%c%c", s, s, s, s, s, s, s, s);
        api_represent_csv_cell(out, result->failure ? result->failure : "",
                               true);
        gaz_buffer_printf(out, "%c\r\n", s);
        return;
    }
    const struct gaz_answer *best = &result->answers.items[0];
    gaz_buffer_printf(out, "%c%s%c%.3f%c", s, gaz_match_name(best->match), s,
                      best->confidence, s);
    write_position(cells, result);
    gaz_buffer_char(out, s);
    write_reasons(cells, best);
    gaz_buffer_char(out, s);
    write_candidates(cells, result);
    gaz_buffer_text(out, "\r\n");
}

static void write_cells(struct gaz_ctx *ctx, const struct api_batch_plan *plan,
                        const struct imp_row *row,
                        const struct gaz_batch_answer *result,
                        struct gaz_buffer *out)
{
    const struct cells cells = {.out = out,
                                .arena = &ctx->arena,
                                .snap = plan->snap,
                                .separator =
                                    plan->format == API_BATCH_TSV ? '\t' : ','};
    const char *raw = row->error && row->raw
                          ? api_batch_row_clean(&ctx->arena, row->raw)
                          : "";
    for (int i = 0; i < plan->column_count; i++) {
        const char *value = row->error ? (i == 0 ? raw : "") : row->values[i];
        api_represent_csv_cell(out, value, false);
        gaz_buffer_char(out, cells.separator);
    }
    write_result_cells(&cells, result);
}

/* ---- as a line of JSON ---- */

static void write_json_answer(struct gaz_json *json,
                              const struct gaz_snapshot *snap,
                              const struct gaz_batch_answer *result)
{
    const struct gaz_answer *best = &result->answers.items[0];
    gaz_json_string(json, "match", gaz_match_name(best->match));
    gaz_json_number(json, "confidence", best->confidence, 3);
    if (result->status == GAZ_BATCH_MATCHED) {
        gaz_json_string(json, "label", best->label);
        api_part_id(json, "place_id", snap->places[best->place].id);
        if (result->position.method != GAZ_METHOD_NONE) {
            gaz_json_number(json, "lon", result->position.coord.lon, 7);
            gaz_json_number(json, "lat", result->position.coord.lat, 7);
            gaz_json_number(json, "accuracy_m", result->position.accuracy_m, 1);
        }
    }
    gaz_json_array(json, "reasons");
    for (int i = 0; i < best->reason_count; i++)
        gaz_json_string(json, NULL, best->reasons[i].zh);
    gaz_json_end(json);
    if (result->status != GAZ_BATCH_REVIEW)
        return;
    gaz_json_array(json, "candidates");
    for (int i = 0; i < candidate_count(result); i++) {
        const struct gaz_answer *answer = &result->answers.items[i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "label", answer->label);
        api_part_id(json, "place_id", snap->places[answer->place].id);
        gaz_json_number(json, "confidence", answer->confidence, 3);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void write_json_result(struct gaz_json *json,
                              const struct api_batch_plan *plan,
                              const struct gaz_batch_answer *result)
{
    bool is_taken = find_column(plan, "diming", strlen("diming")) >= 0;
    gaz_json_object(json, is_taken ? "diming_result" : "diming");
    gaz_json_string(json, "status", gaz_batch_name(result->status));
    gaz_json_optional(json, "error", result->failure);
    if (result->answers.count > 0)
        write_json_answer(json, plan->snap, result);
    gaz_json_end(json);
}

static void write_line(struct gaz_ctx *ctx, const struct api_batch_plan *plan,
                       const struct imp_row *row,
                       const struct gaz_batch_answer *result,
                       struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    for (int i = 0; i < plan->column_count && !row->error; i++)
        if (!row->members)
            gaz_json_string(&json, plan->columns[i], row->values[i]);
        else if (row->members[i])
            gaz_json_raw(&json, plan->columns[i], row->members[i]);
    if (row->error && row->raw)
        gaz_json_string(&json, "raw",
                        api_batch_row_clean(&ctx->arena, row->raw));
    write_json_result(&json, plan, result);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

gaz_status
api_batch_row_write(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                    const struct api_batch_plan *plan,
                    const struct imp_row *row, struct gaz_buffer *out,
                    struct api_batch_counts *counts, const char **failure)
{
    gaz_ctx_next(ctx);
    struct gaz_batch_answer result = {.status = GAZ_BATCH_NONE};
    gaz_status status = resolve(ctx, searcher, plan, row, &result);
    if (status != GAZ_OK)
        return status;
    if (plan->format == API_BATCH_JSONL)
        write_line(ctx, plan, row, &result, out);
    else
        write_cells(ctx, plan, row, &result, out);
    count_row(&result, counts);
    *failure = result.status == GAZ_BATCH_INVALID ? result.failure : NULL;
    return GAZ_OK;
}
