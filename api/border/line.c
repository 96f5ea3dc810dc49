/* SPDX-License-Identifier: Apache-2.0 */
/* line.c - boundary line: what lines there are; a table of them put. */
#include <string.h>

#include "api/border/border.h"
#include "gazetteer/base/json.h"

enum { OUTPUT_MAX_BYTES = 16 * 1024 * 1024 };

static const char *const COLUMNS[] = {
    "code",      "section",   "edition",    "name",   "level",
    "side_a",    "side_b",    "own",        "left",   "marker_grammar",
    "agreement", "agreed_on", "legal_text", "status", "map_scale",
    "schematic", "synthetic", NULL,
};

static const char *const STATUSES[] = {"agreed", "draft", "disputed", "ended"};

static gaz_status take_status(struct gaz_ctx *ctx,
                              const struct api_border_table *table,
                              gaz_boundary_status *out)
{
    const char *text = api_border_table_text(table, "status");
    for (int i = 0; i < 4; i++)
        if (strcmp(text, STATUSES[i]) == 0) {
            *out = (gaz_boundary_status)i;
            return GAZ_OK;
        }
    return api_border_table_refuse(ctx, table, "status",
                                   "agreed, draft, disputed or ended");
}

static gaz_status take_row(struct gaz_ctx *ctx,
                           const struct api_border_table *table,
                           struct gaz_boundary_line *out)
{
    const char *own = api_border_table_text(table, "own");
    int64_t level = 0;
    int64_t scale = 0;
    if (*own && strcmp(own, "A") != 0 && strcmp(own, "B") != 0)
        return api_border_table_refuse(ctx, table, "own", "A, B or nothing");
    *out = (struct gaz_boundary_line){
        .code = api_border_table_text(table, "code"),
        .section = api_border_table_text(table, "section"),
        .edition = api_border_table_text(table, "edition"),
        .name = api_border_table_text(table, "name"),
        .sides = {api_border_table_text(table, "side_a"),
                  api_border_table_text(table, "side_b")},
        .own = own[0],
        .left = api_border_table_text(table, "left"),
        .marker_grammar = api_border_table_text(table, "marker_grammar"),
        .agreement = api_border_table_text(table, "agreement"),
        .legal_text = api_border_table_text(table, "legal_text"),
        .is_schematic =
            strcmp(api_border_table_text(table, "schematic"), "1") == 0,
        .is_synthetic =
            strcmp(api_border_table_text(table, "synthetic"), "1") == 0};
    gaz_status status =
        api_border_table_day(ctx, table, "agreed_on", &out->agreed_on);
    if (status == GAZ_OK)
        status = api_border_table_int(ctx, table, "level", &level);
    if (status == GAZ_OK)
        status = api_border_table_int(ctx, table, "map_scale", &scale);
    if (status == GAZ_OK && (scale < 0 || scale > 10000000))
        status = api_border_table_refuse(ctx, table, "map_scale",
                                         "from 0 to 10000000");
    if (status == GAZ_OK)
        status = take_status(ctx, table, &out->status);
    out->level = level < 0 || level > 9 ? 9 : (int)level;
    out->map_scale = (int)scale;
    return status;
}

/* NULL is as good as "". */
static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* A table of lines has no coordinates: those of an edition that is there
 * stay. */
static gaz_status keep_points(struct gaz_ctx *ctx, struct gaz_store *store,
                              struct gaz_boundary_line *line)
{
    struct gaz_boundary_lines lines;
    gaz_status status = gaz_boundary_lines(ctx, store, &lines);
    for (size_t i = 0; status == GAZ_OK && i < lines.count; i++) {
        const struct gaz_boundary_line *old = &lines.items[i];
        if (same(old->code, line->code) && same(old->section, line->section) &&
            same(old->edition, line->edition)) {
            line->points = old->points;
            line->point_count = old->point_count;
        }
    }
    return status;
}

static gaz_status put_rows(struct gaz_ctx *ctx, struct gaz_store *store,
                           struct api_border_table *table, int *count)
{
    gaz_status status;
    while ((status = api_border_table_next(ctx, table)) == GAZ_OK) {
        struct gaz_boundary_line line = {.code = ""};
        int64_t id = 0;
        status = take_row(ctx, table, &line);
        if (status == GAZ_OK)
            status = keep_points(ctx, store, &line);
        if (status == GAZ_OK)
            status = gaz_boundary_put_line(ctx, store, &line, &id);
        if (status != GAZ_OK)
            return status;
        ++*count;
    }
    return status == GAZ_END ? GAZ_OK : status;
}

static gaz_status put_file(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *path, int *count)
{
    struct api_border_table table;
    gaz_status status = api_border_table_open(ctx, path, COLUMNS, &table);
    if (status != GAZ_OK)
        return status;
    status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = put_rows(ctx, store, &table, count);
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, store);
    api_border_table_close(&table);
    return status;
}

static void write_line(struct gaz_json *json,
                       const struct gaz_boundary_line *line)
{
    char day[GAZ_DATE_MAX_BYTES];
    const char own[2] = {line->own, '\0'};
    gaz_json_object(json, NULL);
    gaz_json_string(json, "code", line->code);
    gaz_json_string(json, "section", line->section);
    gaz_json_string(json, "edition", line->edition);
    gaz_json_string(json, "name", line->name);
    gaz_json_int(json, "level", line->level);
    gaz_json_string(json, "side_a", line->sides[0]);
    gaz_json_string(json, "side_b", line->sides[1]);
    gaz_json_string(json, "own", own);
    gaz_json_string(json, "agreement", line->agreement);
    gaz_json_string(json, "agreed_on", gaz_date_write(line->agreed_on, day));
    gaz_json_string(json, "status", STATUSES[line->status]);
    gaz_json_bool(json, "schematic", line->is_schematic);
    gaz_json_bool(json, "synthetic", line->is_synthetic);
    gaz_json_int(json, "vertices", (int64_t)line->point_count);
    gaz_json_end(json);
}

static void write_lines(const struct gaz_boundary_lines *lines, bool is_json,
                        struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    if (is_json)
        gaz_json_array(&json, NULL);
    for (size_t i = 0; i < lines->count; i++) {
        const struct gaz_boundary_line *line = &lines->items[i];
        if (is_json)
            write_line(&json, line);
        else
            gaz_buffer_printf(
                out, "%-6s %-16s %-8s %-9s %s | %s%s%s, %zu vertices %s%s%s\n",
                line->code, line->section, line->edition,
                STATUSES[line->status], line->sides[0], line->sides[1],
                line->own ? ", ours is " : "",
                line->own == 'A'   ? "A"
                : line->own == 'B' ? "B"
                                   : "",
                line->point_count, line->name,
                line->is_schematic ? " (示意)" : "",
                line->is_synthetic ? " (合成)" : "");
    }
    if (is_json) {
        gaz_json_end(&json);
        gaz_buffer_char(out, '\n');
    }
}

api_exit api_border_line(struct api_cli *cli)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_store *store = NULL;
    struct gaz_boundary_lines lines;
    struct gaz_buffer out;
    bool is_json;
    int count = 0;
    if (cli->argument_count > 2)
        return api_cli_misuse(cli, "one table of lines, or none to list them");
    if (!api_border_format(cli, &is_json))
        return API_EXIT_USAGE;
    const bool puts = cli->argument_count == 2;
    gaz_status status = api_cli_open_store(
        cli, puts ? GAZ_STORE_WRITE : GAZ_STORE_READ, &store);
    if (status == GAZ_OK && puts)
        status = put_file(ctx, store, cli->arguments[1], &count);
    if (status == GAZ_OK && !puts)
        status = gaz_boundary_lines(ctx, store, &lines);
    gaz_store_close(store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    gaz_buffer_open(&out, OUTPUT_MAX_BYTES);
    if (puts)
        gaz_buffer_printf(&out, "%d lines put\n", count);
    else
        write_lines(&lines, is_json, &out);
    return api_border_print(cli, &out);
}
