/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/quality.h"

#include "gazetteer/store/handle.h"
#include "gazetteer/store/sql.h"

static gaz_status use(struct gaz_ctx *ctx, struct gaz_store *store,
                      enum gaz_sql sql, struct gaz_stmt **out)
{
    gaz_status status = gaz_store_writing(ctx, store);
    return status == GAZ_OK ? gaz_sqlite_use(ctx, store->db, (int)sql, out)
                            : status;
}

gaz_status gaz_quality_put_run(struct gaz_ctx *ctx, struct gaz_store *store,
                               const struct gaz_quality_run *run, int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = use(ctx, store, GAZ_SQL_PUT_QUALITY_RUN, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":day", run->day);
    gaz_sqlite_bind_text(stmt, ":scope", run->scope);
    gaz_sqlite_bind_int(stmt, ":places", run->places);
    gaz_sqlite_bind_int(stmt, ":addresses", run->addresses);
    gaz_sqlite_bind_int(stmt, ":errors", run->errors);
    gaz_sqlite_bind_int(stmt, ":warnings", run->warnings);
    gaz_sqlite_bind_int(stmt, ":hints", run->hints);
    gaz_sqlite_bind_int(stmt, ":waived", run->waived);
    status = gaz_sqlite_run(ctx, stmt);
    if (status == GAZ_OK)
        *out = gaz_sqlite_last_row(store->db);
    return status;
}

gaz_status
gaz_quality_put_indicator(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t run,
                          const struct gaz_quality_indicator *indicator)
{
    struct gaz_stmt *stmt;
    gaz_status status = use(ctx, store, GAZ_SQL_PUT_QUALITY_INDICATOR, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":run", run);
    gaz_sqlite_bind_text(stmt, ":rule", indicator->rule);
    gaz_sqlite_bind_int(stmt, ":tested", indicator->tested);
    gaz_sqlite_bind_int(stmt, ":found", indicator->found);
    if (indicator->value >= 0) { /* else NULL: unbound */
        gaz_sqlite_bind_real(stmt, ":value", indicator->value);
        gaz_sqlite_bind_real(stmt, ":target", indicator->target);
    }
    return gaz_sqlite_run(ctx, stmt);
}

gaz_status gaz_quality_past(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *scope,
                            const struct gaz_quality_past **out, int *count)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_QUALITY_PAST, &stmt);
    if (status != GAZ_OK)
        return status;
    struct gaz_quality_past *items =
        gaz_arena_array(&ctx->arena, GAZ_QUALITY_PAST_MAX, sizeof(*items));
    int n = 0;
    gaz_sqlite_bind_text(stmt, ":scope", scope);
    gaz_sqlite_bind_int(stmt, ":most", GAZ_QUALITY_PAST_MAX);
    while (n < GAZ_QUALITY_PAST_MAX &&
           (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        items[n++] =
            (struct gaz_quality_past){.day = (gaz_date)gaz_sqlite_int(stmt, 0),
                                      .rule = gaz_sqlite_text(ctx, stmt, 1),
                                      .value = gaz_sqlite_real(stmt, 2),
                                      .run = gaz_sqlite_int(stmt, 3)};
    gaz_sqlite_reset(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = items;
    *count = n;
    return GAZ_OK;
}

gaz_status gaz_quality_runs(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *scope,
                            const struct gaz_quality_run **out, int *count)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_QUALITY_RUNS, &stmt);
    if (status != GAZ_OK)
        return status;
    struct gaz_quality_run *items =
        gaz_arena_array(&ctx->arena, GAZ_QUALITY_RUNS_MAX, sizeof(*items));
    int n = 0;
    gaz_sqlite_bind_text(stmt, ":scope", scope);
    gaz_sqlite_bind_int(stmt, ":most", GAZ_QUALITY_RUNS_MAX);
    while (n < GAZ_QUALITY_RUNS_MAX &&
           (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        items[n++] =
            (struct gaz_quality_run){.id = gaz_sqlite_int(stmt, 0),
                                     .at = gaz_sqlite_text(ctx, stmt, 1),
                                     .day = (gaz_date)gaz_sqlite_int(stmt, 2),
                                     .places = gaz_sqlite_int(stmt, 3),
                                     .addresses = gaz_sqlite_int(stmt, 4),
                                     .errors = gaz_sqlite_int(stmt, 5),
                                     .warnings = gaz_sqlite_int(stmt, 6),
                                     .hints = gaz_sqlite_int(stmt, 7)};
    gaz_sqlite_reset(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = items;
    *count = n;
    return GAZ_OK;
}
