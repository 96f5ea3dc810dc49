/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/boundary_work.h"

gaz_status gaz_boundary_write(struct gaz_ctx *ctx, struct gaz_store *store,
                              const char *sql, struct gaz_stmt **out)
{
    gaz_status status = gaz_store_writing(ctx, store);
    return status == GAZ_OK ? gaz_sqlite_prepare(ctx, store->db, sql, out)
                            : status;
}

gaz_status gaz_boundary_read(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *sql, struct gaz_stmt **out)
{
    return gaz_sqlite_prepare(ctx, store->db, sql, out);
}

gaz_status gaz_boundary_run(struct gaz_ctx *ctx, struct gaz_stmt *stmt)
{
    gaz_status status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

gaz_status gaz_boundary_number(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                               int64_t *out)
{
    gaz_status status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out = gaz_sqlite_int(stmt, 0);
    gaz_sqlite_drop(stmt);
    return status;
}

void gaz_boundary_bind(struct gaz_stmt *stmt, const char *name,
                       const char *value)
{
    gaz_sqlite_bind_text(stmt, name, value ? value : "");
}

const char *gaz_boundary_text(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                              int column)
{
    const char *text = gaz_sqlite_text(ctx, stmt, column);
    return text ? text : "";
}

gaz_status gaz_boundary_bind_fix(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                                 const struct gaz_boundary_fix *fix)
{
    if (!gaz_coord_is_valid(fix->at))
        return gaz_fail(ctx, GAZ_INVALID, "a position of a line is none");
    gaz_sqlite_bind_int(stmt, ":on", fix->on);
    if (fix->has_height) /* else NULL: unbound */
        gaz_sqlite_bind_real(stmt, ":height", fix->height_m);
    gaz_sqlite_bind_real(stmt, ":accuracy", fix->accuracy_m);
    gaz_sqlite_bind_real(stmt, ":height_accuracy", fix->height_accuracy_m);
    gaz_boundary_bind(stmt, ":method", fix->method);
    gaz_boundary_bind(stmt, ":by", fix->by);
    gaz_sqlite_bind_point(stmt, ":geom", fix->at);
    return GAZ_OK;
}

bool gaz_boundary_read_fix(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                           int first, struct gaz_boundary_fix *out)
{
    struct gaz_coord at = {0, 0};
    const bool is_there = gaz_sqlite_point(stmt, first + 6, &at);
    *out = (struct gaz_boundary_fix){
        .at = at,
        .on = (gaz_date)gaz_sqlite_int(stmt, first),
        .has_height = !gaz_sqlite_is_null(stmt, first + 1),
        .height_m = gaz_sqlite_real(stmt, first + 1),
        .accuracy_m = gaz_sqlite_real(stmt, first + 2),
        .height_accuracy_m = gaz_sqlite_real(stmt, first + 3),
        .method = gaz_boundary_text(ctx, stmt, first + 4),
        .by = gaz_boundary_text(ctx, stmt, first + 5)};
    return is_there;
}

void *gaz_boundary_add(struct gaz_ctx *ctx, struct gaz_boundary_list *list,
                       size_t item_size)
{
    if (list->count == list->capacity) {
        const size_t bigger = list->capacity ? 2 * list->capacity : 16;
        list->items =
            gaz_arena_grow(&ctx->arena, list->items, list->capacity * item_size,
                           bigger * item_size);
        list->capacity = bigger;
    }
    return (char *)list->items + item_size * list->count++;
}
