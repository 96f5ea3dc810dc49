/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/handle.h"

#include <string.h>

#include "gazetteer/store/sql.h"

/* A salt counts the things that collide on one id; 64-bit hashes of honest
 * keys never get near this. */
enum { SALT_MAX = 1000 };

struct holder {
    bool exists;
    bool is_same; /* the thing that is asked for */
};

static gaz_status holder_of(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_put_maker *asked,
                            const char *maker, gaz_id id, struct holder *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_ID_HOLDER, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", id);
    status = gaz_sqlite_step(ctx, stmt);
    *out = (struct holder){0};
    if (status == GAZ_OK) {
        const char *label = gaz_sqlite_text(ctx, stmt, 2);
        out->exists = true;
        out->is_same =
            strcmp(gaz_sqlite_text(ctx, stmt, 0), asked->table) == 0 &&
            strcmp(gaz_sqlite_text(ctx, stmt, 1), maker) == 0 && label &&
            strcmp(label, asked->label) == 0;
    }
    gaz_sqlite_reset(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_put_pick_id(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_put_maker *asked, gaz_id *out,
                           const char **maker)
{
    if (!asked->source_key || !asked->record_key)
        return gaz_fail(ctx, GAZ_INVALID,
                        "a new %s needs a source key and a record key",
                        asked->table);
    const char *text = gaz_arena_printf(&ctx->arena, "%s/%s", asked->source_key,
                                        asked->record_key);
    for (int salt = 0; salt < SALT_MAX; salt++) {
        gaz_id id = gaz_id_make(asked->source_key, asked->record_key, salt);
        struct holder holder;
        gaz_status status = holder_of(ctx, store, asked, text, id, &holder);
        if (status != GAZ_OK)
            return status;
        if (!holder.exists || holder.is_same) {
            *out = id;
            *maker = text;
            return GAZ_OK;
        }
    }
    return gaz_fail(ctx, GAZ_LIMIT, "record key '%.100s' made %d things",
                    asked->record_key, SALT_MAX);
}

gaz_status gaz_put_link_record(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t record_id, gaz_id about)
{
    if (record_id == 0)
        return GAZ_OK;
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_LINK_RECORD, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", record_id);
    gaz_sqlite_bind_id(stmt, ":about", about);
    return gaz_sqlite_run(ctx, stmt);
}

gaz_status gaz_put_bind_position(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                                 const struct gaz_position *position)
{
    bool known = position->method != GAZ_METHOD_NONE;
    if (known && !gaz_coord_is_valid(position->coord))
        return gaz_fail(ctx, GAZ_INVALID, "no position: %.7f, %.7f",
                        position->coord.lon, position->coord.lat);
    gaz_sqlite_bind_int(stmt, ":method", position->method);
    gaz_sqlite_bind_real(stmt, ":accuracy_m", known ? position->accuracy_m : 0);
    gaz_sqlite_bind_id(stmt, ":position_source",
                       known ? (gaz_id)position->source : 0);
    if (known)
        gaz_sqlite_bind_point(stmt, ":geom", position->coord);
    return GAZ_OK;
}

/* ---- the points of a line ---- */

enum { WKB_LINESTRING = 2, WKB_HEAD_BYTES = 9 }; /* byte order, type, count */

/* Little-endian, as all machines we run on are. */
gaz_status gaz_put_points(struct gaz_ctx *ctx, const struct gaz_coord *points,
                          size_t count, const void **wkb, size_t *size)
{
    const uint32_t type = WKB_LINESTRING;
    const uint32_t count32 = (uint32_t)count;
    if (count < 2)
        return gaz_fail(ctx, GAZ_INVALID, "a line of %zu points", count);
    for (size_t i = 0; i < count; i++)
        if (!gaz_coord_is_valid(points[i]))
            return gaz_fail(ctx, GAZ_INVALID, "point %zu of a line is none", i);
    *size = WKB_HEAD_BYTES + count * sizeof(*points);
    unsigned char *bytes = gaz_arena_alloc(&ctx->arena, *size);
    bytes[0] = 1;
    memcpy(bytes + 1, &type, sizeof(type));
    memcpy(bytes + 5, &count32, sizeof(count32));
    memcpy(bytes + WKB_HEAD_BYTES, points, count * sizeof(*points));
    *wkb = bytes;
    return GAZ_OK;
}

gaz_status gaz_get_points(struct gaz_ctx *ctx, const struct gaz_stmt *row,
                          int column, const struct gaz_coord **points,
                          size_t *count)
{
    size_t size;
    const unsigned char *wkb = gaz_sqlite_blob(ctx, row, column, &size);
    uint32_t held = 0;
    if (wkb && size >= WKB_HEAD_BYTES)
        memcpy(&held, wkb + 5, sizeof(held));
    if (held < 2 || size != WKB_HEAD_BYTES + held * sizeof(**points))
        return gaz_fail(ctx, GAZ_DB, "the geometry of a line is damaged");
    /* grow copies to an aligned place */
    *points = gaz_arena_grow(&ctx->arena, wkb + WKB_HEAD_BYTES,
                             size - WKB_HEAD_BYTES, size - WKB_HEAD_BYTES);
    *count = held;
    return GAZ_OK;
}
