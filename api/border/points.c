/* SPDX-License-Identifier: Apache-2.0 */
/* points.c - boundary points: turning points, tripoints and control points of a
 * line, from a table. */
#include <string.h>

#include "api/border/border.h"
#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"
#include "gazetteer/geo/crs.h"
#include "importers/written.h"

enum { OUTPUT_MAX_BYTES = 64 * 1024 * 1024, KINDS = 3 };

static const char *const COLUMNS[] = {
    "code",   "kind",     "name",        "lines",  "x",  "y",
    "height", "accuracy", "measured_on", "method", NULL,
};

static const char *const KIND_NAMES[KINDS] = {"turn", "tripoint", "reference"};

struct putting {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    struct gaz_boundary_line line;
    struct gaz_crs *crs;
    struct api_border_table table;
    int count;
};

static gaz_status take_number(struct putting *p, const char *column,
                              bool is_angle, double *out, bool *has)
{
    const char *text = api_border_table_text(&p->table, column);
    *has = text[0] != '\0';
    if (!*has || (is_angle ? imp_written_angle(text, out)
                           : gaz_text_parse_double(text, out)))
        return GAZ_OK;
    return api_border_table_refuse(
        p->ctx, &p->table, column,
        gaz_arena_printf(&p->ctx->arena, "'%.40s' is not a number", text));
}

/* Column X is north. */
static gaz_status take_place(struct putting *p, struct gaz_boundary_fix *out)
{
    double north = 0;
    double east = 0;
    bool has_north;
    bool has_east;
    gaz_status status = take_number(p, "x", true, &north, &has_north);
    if (status == GAZ_OK)
        status = take_number(p, "y", true, &east, &has_east);
    if (status != GAZ_OK)
        return status;
    if (!has_north || !has_east)
        return api_border_table_refuse(p->ctx, &p->table, "x", "no position");
    status = gaz_crs_to_cgcs2000(p->ctx, p->crs, east, north, &out->at);
    if (status == GAZ_OK)
        return GAZ_OK;
    const char *why = gaz_arena_strdup(&p->ctx->arena, gaz_ctx_failure(p->ctx));
    p->ctx->failure[0] = '\0';
    return api_border_table_refuse(p->ctx, &p->table, "x", why);
}

static gaz_status take_fix(struct putting *p, struct gaz_boundary_fix *out)
{
    bool has_accuracy;
    gaz_status status = take_place(p, out);
    if (status == GAZ_OK)
        status =
            take_number(p, "height", false, &out->height_m, &out->has_height);
    if (status == GAZ_OK)
        status =
            take_number(p, "accuracy", false, &out->accuracy_m, &has_accuracy);
    if (status == GAZ_OK && out->accuracy_m < 0)
        status =
            api_border_table_refuse(p->ctx, &p->table, "accuracy", "below 0");
    if (status == GAZ_OK)
        status =
            api_border_table_day(p->ctx, &p->table, "measured_on", &out->on);
    out->method = api_border_table_text(&p->table, "method");
    return status;
}

static gaz_status put_row(struct putting *p)
{
    const char *kind = api_border_table_text(&p->table, "kind");
    struct gaz_boundary_point point = {
        .code = api_border_table_text(&p->table, "code"),
        .name = api_border_table_text(&p->table, "name"),
        .lines = api_border_table_text(&p->table, "lines")};
    int64_t id = 0;
    int i = 0;
    while (i < KINDS && strcmp(kind, KIND_NAMES[i]) != 0)
        i++;
    if (i == KINDS)
        return api_border_table_refuse(p->ctx, &p->table, "kind",
                                       "turn, tripoint or reference");
    if (!point.code[0])
        return api_border_table_refuse(p->ctx, &p->table, "code", "no code");
    point.kind = (gaz_boundary_point_kind)i;
    gaz_status status = take_fix(p, &point.fix);
    if (status == GAZ_OK)
        status =
            gaz_boundary_put_point(p->ctx, p->store, p->line.id, &point, &id);
    p->count += status == GAZ_OK;
    return status;
}

static gaz_status put_rows(struct putting *p)
{
    gaz_status status = gaz_store_begin(p->ctx, p->store);
    if (status != GAZ_OK)
        return status;
    while ((status = api_border_table_next(p->ctx, &p->table)) == GAZ_OK) {
        status = put_row(p);
        if (status != GAZ_OK)
            return status;
    }
    return status == GAZ_END ? gaz_store_commit(p->ctx, p->store) : status;
}

static gaz_status put_file(struct api_cli *cli, struct putting *p)
{
    gaz_status status =
        gaz_crs_open(p->ctx, api_cli_option(cli, "--crs"), &p->crs);
    if (status == GAZ_OK)
        status = api_border_table_open(p->ctx, cli->arguments[1], COLUMNS,
                                       &p->table);
    if (status == GAZ_OK)
        status = put_rows(p);
    api_border_table_close(&p->table);
    gaz_crs_close(p->crs);
    return status;
}

static void write_points(const struct gaz_boundary_points *points, bool is_json,
                         struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    if (is_json)
        gaz_json_array(&json, NULL);
    for (size_t i = 0; i < points->count; i++) {
        const struct gaz_boundary_point *point = &points->items[i];
        if (!is_json) {
            gaz_buffer_printf(out, "%-9s %-12s %.10f,%.10f %s %s\n",
                              KIND_NAMES[point->kind], point->code,
                              point->fix.at.lon, point->fix.at.lat, point->name,
                              point->lines);
            continue;
        }
        gaz_json_object(&json, NULL);
        gaz_json_string(&json, "code", point->code);
        gaz_json_string(&json, "kind", KIND_NAMES[point->kind]);
        gaz_json_string(&json, "name", point->name);
        gaz_json_string(&json, "lines", point->lines);
        gaz_json_number(&json, "lon", point->fix.at.lon, 10);
        gaz_json_number(&json, "lat", point->fix.at.lat, 10);
        if (point->fix.has_height)
            gaz_json_number(&json, "height", point->fix.height_m, 3);
        gaz_json_end(&json);
    }
    if (is_json) {
        gaz_json_end(&json);
        gaz_buffer_char(out, '\n');
    }
}

api_exit api_border_points(struct api_cli *cli)
{
    struct putting p = {.ctx = &cli->worker.ctx};
    struct gaz_boundary_points points = {.count = 0};
    struct gaz_buffer out;
    bool is_json;
    const bool puts = cli->argument_count == 2;
    if (cli->argument_count > 2)
        return api_cli_misuse(cli, "one table of points, or none to list them");
    if (puts && !api_cli_option(cli, "--crs"))
        return api_cli_misuse(cli, "--crs is needed: EPSG:4490, EPSG:4549 ...");
    if (!api_border_format(cli, &is_json))
        return API_EXIT_USAGE;
    gaz_status status = api_cli_open_store(
        cli, puts ? GAZ_STORE_WRITE : GAZ_STORE_READ, &p.store);
    if (status == GAZ_OK)
        status = api_border_find(cli, p.store, &p.line);
    if (status == GAZ_OK && puts)
        status = put_file(cli, &p);
    if (status == GAZ_OK && !puts)
        status = gaz_boundary_points(p.ctx, p.store, p.line.id, &points);
    gaz_store_close(p.store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    gaz_buffer_open(&out, OUTPUT_MAX_BYTES);
    if (puts)
        gaz_buffer_printf(&out, "%d points put\n", p.count);
    else
        write_points(&points, is_json, &out);
    return api_border_print(cli, &out);
}
