/* SPDX-License-Identifier: Apache-2.0 */
/* inspection.c - boundary inspection: joint inspections from a table, and a
 * list of them. */
#include <string.h>

#include "api/border/border.h"
#include "gazetteer/base/json.h"

enum { OUTPUT_MAX_BYTES = 64 * 1024 * 1024, VISITS_MAX = 20000 };

static const char *const COLUMNS[] = {
    "from",    "to",          "round",   "parties", "summary",
    "marker",  "condition",   "finding", "repair",  "repaired",
    "witness", "repaired_on", "due",     NULL,
};

struct adding {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    struct gaz_boundary_line line;
    struct api_border_table table;
    struct gaz_boundary_inspection inspection; /* the one under way */
    struct gaz_boundary_visit *visits;
    size_t count;
    int put;
};

static gaz_status put_inspection(struct adding *a)
{
    int64_t id = 0;
    if (!a->inspection.from)
        return GAZ_OK;
    a->inspection.visits = a->visits;
    a->inspection.visit_count = a->count;
    a->put++;
    a->count = 0;
    return gaz_boundary_put_inspection(a->ctx, a->store, a->line.id,
                                       &a->inspection, &id);
}

static gaz_status take_visit(struct adding *a, struct gaz_boundary_visit *out)
{
    const struct api_border_table *t = &a->table;
    *out = (struct gaz_boundary_visit){
        .marker = api_border_table_text(t, "marker"),
        .condition = api_border_table_text(t, "condition"),
        .finding = api_border_table_text(t, "finding"),
        .repair = api_border_table_text(t, "repair"),
        .repaired = api_border_table_text(t, "repaired"),
        .witness = api_border_table_text(t, "witness")};
    gaz_status status =
        api_border_table_day(a->ctx, t, "repaired_on", &out->repaired_on);
    return status == GAZ_OK ? api_border_table_day(a->ctx, t, "due", &out->due)
                            : status;
}

/* Rows of one inspection follow each other. */
static gaz_status take_row(struct adding *a)
{
    const struct api_border_table *t = &a->table;
    struct gaz_boundary_inspection next = {
        .round = api_border_table_text(t, "round"),
        .parties = api_border_table_text(t, "parties"),
        .summary = api_border_table_text(t, "summary")};
    gaz_status status = api_border_table_day(a->ctx, t, "from", &next.from);
    if (status == GAZ_OK)
        status = api_border_table_day(a->ctx, t, "to", &next.to);
    if (status == GAZ_OK && !next.from)
        status = api_border_table_refuse(a->ctx, t, "from", "no date");
    if (status == GAZ_OK && !next.parties[0])
        status = api_border_table_refuse(a->ctx, t, "parties",
                                         "who inspected? both sides are named");
    if (status != GAZ_OK)
        return status;
    if (!a->inspection.from || a->inspection.from != next.from ||
        strcmp(a->inspection.round, next.round) != 0) {
        status = put_inspection(a);
        a->inspection = next;
    }
    if (status == GAZ_OK && a->count == VISITS_MAX)
        status = gaz_fail(a->ctx, GAZ_LIMIT, "%s: more than %d visits", t->path,
                          VISITS_MAX);
    return status == GAZ_OK ? take_visit(a, &a->visits[a->count++]) : status;
}

static gaz_status add_rows(struct adding *a)
{
    gaz_status status = gaz_store_begin(a->ctx, a->store);
    if (status != GAZ_OK)
        return status;
    while ((status = api_border_table_next(a->ctx, &a->table)) == GAZ_OK) {
        status = take_row(a);
        if (status != GAZ_OK)
            return status;
    }
    if (status == GAZ_END)
        status = put_inspection(a);
    return status == GAZ_OK ? gaz_store_commit(a->ctx, a->store) : status;
}

static gaz_status add_file(struct api_cli *cli, struct gaz_store *store,
                           const char *path, int *put)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct adding a = {.ctx = ctx, .store = store};
    gaz_status status = api_border_find(cli, store, &a.line);
    if (status == GAZ_OK)
        status = api_border_table_open(ctx, path, COLUMNS, &a.table);
    if (status != GAZ_OK)
        return status;
    a.visits = gaz_arena_array(&ctx->arena, VISITS_MAX, sizeof(*a.visits));
    status = add_rows(&a);
    api_border_table_close(&a.table);
    *put = a.put;
    return status;
}

/* ---- the list ---- */

static void write_visit(struct gaz_json *json,
                        const struct gaz_boundary_visit *visit)
{
    char day[GAZ_DATE_MAX_BYTES];
    gaz_json_object(json, NULL);
    gaz_json_string(json, "marker", visit->marker);
    gaz_json_string(json, "condition", visit->condition);
    gaz_json_string(json, "finding", visit->finding);
    gaz_json_string(json, "repair", visit->repair);
    gaz_json_string(json, "repaired", visit->repaired);
    gaz_json_string(json, "witness", visit->witness);
    gaz_json_string(json, "repaired_on",
                    gaz_date_write(visit->repaired_on, day));
    gaz_json_string(json, "due", gaz_date_write(visit->due, day));
    gaz_json_end(json);
}

static void write_json(const struct gaz_boundary_inspections *list,
                       struct gaz_buffer *out)
{
    struct gaz_json json;
    char day[GAZ_DATE_MAX_BYTES];
    gaz_json_open(&json, out);
    gaz_json_array(&json, NULL);
    for (size_t i = 0; i < list->count; i++) {
        const struct gaz_boundary_inspection *one = &list->items[i];
        gaz_json_object(&json, NULL);
        gaz_json_string(&json, "round", one->round);
        gaz_json_string(&json, "from", gaz_date_write(one->from, day));
        gaz_json_string(&json, "to", gaz_date_write(one->to, day));
        gaz_json_string(&json, "parties", one->parties);
        gaz_json_string(&json, "summary", one->summary);
        gaz_json_array(&json, "visits");
        for (size_t j = 0; j < one->visit_count; j++)
            write_visit(&json, &one->visits[j]);
        gaz_json_end(&json);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

static void write_table(const struct gaz_boundary_inspections *list,
                        struct gaz_buffer *out)
{
    char day[GAZ_DATE_MAX_BYTES];
    for (size_t i = 0; i < list->count; i++) {
        const struct gaz_boundary_inspection *one = &list->items[i];
        gaz_buffer_printf(out, "%s  %s%s  %s  %s\n",
                          gaz_date_write(one->from, day),
                          one->round[0] ? "round " : "special", one->round,
                          one->parties, one->summary);
        for (size_t j = 0; j < one->visit_count; j++) {
            const struct gaz_boundary_visit *visit = &one->visits[j];
            gaz_buffer_printf(out, "  %-10s %s %s", visit->marker,
                              visit->condition, visit->finding);
            if (visit->repaired_on)
                gaz_buffer_printf(out, "; %s by %s on %s, %s present",
                                  visit->repair, visit->repaired,
                                  gaz_date_write(visit->repaired_on, day),
                                  visit->witness);
            else if (visit->due)
                gaz_buffer_printf(out, "; due %s",
                                  gaz_date_write(visit->due, day));
            gaz_buffer_char(out, '\n');
        }
    }
}

api_exit api_border_inspection(struct api_cli *cli)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *what = cli->argument_count > 1 ? cli->arguments[1] : "";
    const bool adds = strcmp(what, "add") == 0;
    struct gaz_store *store = NULL;
    struct gaz_boundary_line line;
    struct gaz_boundary_inspections list;
    struct gaz_buffer out;
    bool is_json;
    int put = 0;
    if ((!adds || cli->argument_count != 3) &&
        (strcmp(what, "list") != 0 || cli->argument_count != 2))
        return api_cli_misuse(cli, "inspection add FILE, or inspection list");
    if (!api_border_format(cli, &is_json))
        return API_EXIT_USAGE;
    gaz_status status = api_cli_open_store(
        cli, adds ? GAZ_STORE_WRITE : GAZ_STORE_READ, &store);
    if (status == GAZ_OK && adds)
        status = add_file(cli, store, cli->arguments[2], &put);
    if (status == GAZ_OK && !adds)
        status = api_border_find(cli, store, &line);
    if (status == GAZ_OK && !adds)
        status = gaz_boundary_inspections(ctx, store, line.id, &list);
    gaz_store_close(store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    gaz_buffer_open(&out, OUTPUT_MAX_BYTES);
    if (adds)
        gaz_buffer_printf(&out, "%d inspections put\n", put);
    else if (is_json)
        write_json(&list, &out);
    else
        write_table(&list, &out);
    return api_border_print(cli, &out);
}
