/* SPDX-License-Identifier: Apache-2.0 */
/* check.c - boundary check --line, boundary history. */
#include <string.h>

#include "api/border/border.h"
#include "api/border/compare.h"
#include "api/cli_boundary.h"
#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"

enum { OUTPUT_MAX_BYTES = 64 * 1024 * 1024, HISTORY_MAX = 10000 };

/* null for what is not known. */
static void put_known(struct gaz_json *json, const char *name, double value,
                      int decimals)
{
    if (value >= 0)
        gaz_json_number(json, name, value, decimals);
    else
        gaz_json_null(json, name);
}

static void put_summary(struct gaz_json *json,
                        const struct gaz_boundary_check *check)
{
    put_known(json, "shared_length_m", check->shared_m, 2);
    put_known(json, "overlap_area_m2", check->overlap_m2, 2);
    put_known(json, "gap_area_m2", check->gap_m2, 2);
    put_known(json, "largest_difference_m", check->largest_m, 3);
    put_known(json, "markers_compared", (double)check->markers, 0);
    gaz_json_int(json, "errors", check->errors);
    gaz_json_int(json, "warnings", check->warnings);
}

static void put_side(struct gaz_json *json, const char *name,
                     struct gaz_arena *arena,
                     const struct gaz_boundary_submission *s)
{
    gaz_json_object(json, name);
    gaz_json_int(json, "submission", s->id);
    gaz_json_string(json, "name", s->name);
    gaz_json_string(json, "crs", s->crs);
    gaz_json_string(json, "at", s->at);
    gaz_json_string(json, "who", s->who);
    gaz_json_string(json, "sha256", api_border_hex(arena, s->sha256));
    gaz_json_end(json);
}

static void put_finding(struct gaz_json *json,
                        const struct api_boundary_finding *f)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "rule", f->rule);
    gaz_json_string(json, "kind", f->kind);
    gaz_json_string(json, "severity", api_boundary_severity(f->severity));
    if (f->marker)
        gaz_json_string(json, "marker", f->marker);
    if (f->has_where)
        gaz_json_coord(json, "where", f->where);
    gaz_json_number(json, "how_much_m", f->how_much_m, 3);
    if (f->uncertainty_m > 0)
        gaz_json_number(json, "uncertainty_m", f->uncertainty_m, 3);
    gaz_json_string(json, "message", f->zh);
    gaz_json_string(json, "message_en", f->en);
    gaz_json_string(json, "clause", f->clause);
    if (f->advice)
        gaz_json_string(json, "advice", f->advice);
    gaz_json_end(json);
}

static void write_json(struct gaz_arena *arena,
                       const struct gaz_boundary_line *line,
                       const struct api_border_compared *c,
                       struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "line", line->code);
    gaz_json_string(&json, "section", line->section);
    put_side(&json, "a", arena, &c->a);
    put_side(&json, "b", arena, &c->b);
    gaz_json_string(&json, "outcome", c->check.outcome);
    gaz_json_string(&json, "message", c->check.message);
    gaz_json_string(&json, "message_en", c->check.message_en);
    gaz_json_object(&json, "summary");
    put_summary(&json, &c->check);
    gaz_json_int(&json, "markers_only_a", (int64_t)c->only_a);
    gaz_json_int(&json, "markers_only_b", (int64_t)c->only_b);
    gaz_json_end(&json);
    gaz_json_array(&json, "findings");
    for (size_t i = 0; i < c->finding_count; i++)
        put_finding(&json, &c->findings[i]);
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

static void write_known(struct gaz_buffer *out, const char *name, double value,
                        const char *unit)
{
    if (value >= 0)
        gaz_buffer_printf(out, "%-20s %14.2f %s\n", name, value, unit);
}

static void write_table(const struct gaz_boundary_line *line,
                        const struct api_border_compared *c,
                        struct gaz_buffer *out)
{
    gaz_buffer_printf(out,
                      "%s %s: A %s (submission %lld, %s) and B %s (%lld, "
                      "%s): %s\n",
                      line->code, line->name, line->sides[0],
                      (long long)c->a.id, c->a.at, line->sides[1],
                      (long long)c->b.id, c->b.at, c->check.outcome);
    write_known(out, "shared line", c->check.shared_m, "m");
    write_known(out, "overlap", c->check.overlap_m2, "m2");
    write_known(out, "gap", c->check.gap_m2, "m2");
    write_known(out, "largest difference", c->check.largest_m, "m");
    if (c->has_markers)
        gaz_buffer_printf(out,
                          "markers of both %lld, only A %zu, only B "
                          "%zu\n",
                          (long long)c->check.markers, c->only_a, c->only_b);
    for (size_t i = 0; i < c->finding_count; i++) {
        const struct api_boundary_finding *f = &c->findings[i];
        gaz_buffer_printf(out, "%-7s %s ", api_boundary_severity(f->severity),
                          f->rule);
        if (f->has_where)
            gaz_buffer_printf(out, " %.7f,%.7f ", f->where.lon, f->where.lat);
        gaz_buffer_printf(out, " %s\n", f->zh);
    }
}

void api_border_write(struct gaz_arena *arena,
                      const struct gaz_boundary_line *line,
                      const struct api_border_compared *compared, bool is_json,
                      struct gaz_buffer *out)
{
    if (is_json)
        write_json(arena, line, compared, out);
    else
        write_table(line, compared, out);
}

/* Compares, and keeps what came of it. */
static gaz_status compare(struct api_cli *cli, struct gaz_store *store,
                          const struct gaz_boundary_line *line,
                          struct api_border_compared *out)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    int64_t id = 0;
    gaz_status status = api_border_compare(ctx, store, line, out);
    if (status == GAZ_OK)
        status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = gaz_boundary_put_check(ctx, store, line->id, &out->check, &id);
    return status == GAZ_OK ? gaz_store_commit(ctx, store) : status;
}

/* What was compared, as all who write it want it. */
static struct api_boundary_view view_of(struct api_cli *cli,
                                        const struct gaz_boundary_line *line,
                                        const struct api_border_compared *c)
{
    char *today = gaz_arena_alloc(&cli->worker.ctx.arena, GAZ_DATE_MAX_BYTES);
    const char *a = api_cli_option(cli, "--a-name");
    const char *b = api_cli_option(cli, "--b-name");
    return (struct api_boundary_view){
        .names = {a ? a : line->sides[0], b ? b : line->sides[1]},
        .day = gaz_date_write(gaz_date_today(), today),
        .plane_crs = c->sides_options.plane_crs,
        .is_schematic = line->is_schematic,
        .is_synthetic = line->is_synthetic,
        .limits = &c->limits,
        .sides_options = &c->sides_options,
        .sides = c->sides,
        .survey_options = c->pairs_report ? &c->survey_options : NULL,
        .survey = c->pairs_report ? &c->pairs : NULL,
        .survey_report = c->pairs_report,
        .is_pairs = true,
        .findings = c->findings,
        .finding_count = c->finding_count};
}

static gaz_status answer(struct api_cli *cli, api_boundary_format format,
                         const struct gaz_boundary_line *line,
                         const struct api_border_compared *compared)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const struct api_boundary_view view = view_of(cli, line, compared);
    const char *report = api_cli_option(cli, "--report");
    struct gaz_buffer text;
    gaz_status status = GAZ_OK;
    if (report)
        status = gaz_text_ends_with(report, ".pdf")
                     ? api_boundary_report(ctx, report, &view)
                     : api_boundary_page(ctx, report, &view);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_open(&text, OUTPUT_MAX_BYTES);
    api_border_write(&ctx->arena, line, compared, format == API_BOUNDARY_JSON,
                     &text);
    status = api_boundary_emit(ctx, &view, format,
                               api_cli_option(cli, "--output"), &text);
    gaz_buffer_close(&text);
    return status;
}

api_exit api_border_check(struct api_cli *cli)
{
    struct gaz_store *store = NULL;
    struct gaz_boundary_line line;
    struct api_border_compared compared;
    api_boundary_format format;
    if (cli->argument_count != 1)
        return api_cli_misuse(cli, "--line compares submissions; it takes no "
                                   "files");
    if (!api_boundary_take_format(cli, &format))
        return API_EXIT_USAGE;
    gaz_status status = api_cli_open_store(cli, GAZ_STORE_WRITE, &store);
    if (status == GAZ_OK)
        status = api_border_find(cli, store, &line);
    if (status == GAZ_OK)
        status = compare(cli, store, &line, &compared);
    gaz_store_close(store);
    if (status == GAZ_OK)
        status = answer(cli, format, &line, &compared);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

/* ---- history ---- */

static void write_past(struct gaz_json *json,
                       const struct gaz_boundary_check *check)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "at", check->at);
    gaz_json_string(json, "outcome", check->outcome);
    gaz_json_string(json, "message", check->message);
    gaz_json_string(json, "message_en", check->message_en);
    gaz_json_int(json, "a", check->a);
    gaz_json_int(json, "b", check->b);
    put_summary(json, check);
    gaz_json_end(json);
}

static void write_history(const struct gaz_boundary_checks *checks,
                          bool is_json, struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    if (is_json)
        gaz_json_array(&json, NULL);
    for (size_t i = 0; i < checks->count; i++) {
        const struct gaz_boundary_check *check = &checks->items[i];
        if (is_json) {
            write_past(&json, check);
            continue;
        }
        gaz_buffer_printf(out, "%.19sZ %-6s A %lld B %lld", check->at,
                          check->outcome, (long long)check->a,
                          (long long)check->b);
        if (check->largest_m >= 0)
            gaz_buffer_printf(out, "  largest %.2f m", check->largest_m);
        gaz_buffer_printf(out, "  %s\n", check->message);
    }
    if (is_json) {
        gaz_json_end(&json);
        gaz_buffer_char(out, '\n');
    }
}

api_exit api_border_history(struct api_cli *cli)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_store *store = NULL;
    struct gaz_boundary_line line;
    struct gaz_boundary_checks checks;
    struct gaz_buffer out;
    bool is_json;
    if (cli->argument_count != 1)
        return api_cli_misuse(cli, "history takes no file");
    if (!api_border_format(cli, &is_json))
        return API_EXIT_USAGE;
    gaz_status status = api_cli_open_store(cli, GAZ_STORE_READ, &store);
    if (status == GAZ_OK)
        status = api_border_find(cli, store, &line);
    if (status == GAZ_OK)
        status = gaz_boundary_checks(ctx, store, line.id, HISTORY_MAX, &checks);
    gaz_store_close(store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    gaz_buffer_open(&out, OUTPUT_MAX_BYTES);
    write_history(&checks, is_json, &out);
    return api_border_print(cli, &out);
}
