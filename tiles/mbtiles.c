/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/mbtiles.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "tiles/hilbert.h"

/* The file is made beside its place and renamed: a journal would guard nothing.
 * 0x4D504258 is "MPBX", which `file` knows MBTiles by. */
static const char SCHEMA[] =
    "PRAGMA application_id = 1297105496;"
    "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;"
    "PRAGMA synchronous = OFF; BEGIN;"
    "CREATE TABLE metadata (name TEXT NOT NULL, value TEXT NOT NULL);"
    "CREATE UNIQUE INDEX metadata_name ON metadata (name);"
    "CREATE TABLE tiles (zoom_level INTEGER NOT NULL,"
    " tile_column INTEGER NOT NULL, tile_row INTEGER NOT NULL,"
    " tile_data BLOB NOT NULL);"
    "CREATE UNIQUE INDEX tile_index ON tiles"
    " (zoom_level, tile_column, tile_row);";

struct writer {
    struct gaz_ctx *ctx;
    const char *path;
    sqlite3 *db;
    sqlite3_stmt *put;
};

static gaz_status fail(struct writer *w)
{
    return gaz_fail(w->ctx, GAZ_IO, "cannot write '%s': %s", w->path,
                    w->db ? sqlite3_errmsg(w->db) : "out of memory");
}

static gaz_status run(struct writer *w, const char *sql)
{
    return sqlite3_exec(w->db, sql, NULL, NULL, NULL) == SQLITE_OK ? GAZ_OK
                                                                   : fail(w);
}

static gaz_status prepare(struct writer *w, const char *sql)
{
    (void)sqlite3_finalize(w->put);
    w->put = NULL;
    return sqlite3_prepare_v2(w->db, sql, -1, &w->put, NULL) == SQLITE_OK
               ? GAZ_OK
               : fail(w);
}

static gaz_status step(struct writer *w)
{
    bool is_done = sqlite3_step(w->put) == SQLITE_DONE;
    return sqlite3_reset(w->put) == SQLITE_OK && is_done ? GAZ_OK : fail(w);
}

static gaz_status tell(struct writer *w, const char *name, const char *value)
{
    (void)sqlite3_bind_text(w->put, 1, name, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(w->put, 2, value, -1, SQLITE_STATIC);
    return step(w);
}

static const char *vector_json(struct gaz_arena *arena,
                               const struct tile_archive *archive)
{
    return gaz_arena_printf(arena, "{\"vector_layers\":%s}",
                            archive->vector_layers);
}

static gaz_status tell_all(struct writer *w, const struct tile_archive *a)
{
    struct gaz_arena *arena = &w->ctx->arena;
    const struct gaz_box *box = &a->box;
    const char *const rows[][2] = {
        {"name", a->name},
        {"format", a->format == TILE_MVT    ? "pbf"
                   : a->format == TILE_WEBP ? "webp"
                                            : "png"},
        {"bounds", gaz_arena_printf(arena, "%.7f,%.7f,%.7f,%.7f", box->min.lon,
                                    box->min.lat, box->max.lon, box->max.lat)},
        {"center", gaz_arena_printf(
                       arena, "%.7f,%.7f,%d", (box->min.lon + box->max.lon) / 2,
                       (box->min.lat + box->max.lat) / 2, a->min_zoom)},
        {"minzoom", gaz_arena_printf(arena, "%d", a->min_zoom)},
        {"maxzoom", gaz_arena_printf(arena, "%d", a->max_zoom)},
        {"attribution", a->attribution},
        {"description", a->description},
        {"type", a->is_overlay ? "overlay" : "baselayer"},
        {"version", a->version},
        {"scale", gaz_arena_printf(arena, "%d", a->scale)},
    };
    gaz_status status =
        prepare(w, "INSERT INTO metadata (name, value) VALUES (?, ?)");
    for (size_t i = 0; status == GAZ_OK && i < sizeof rows / sizeof rows[0];
         i++)
        status = tell(w, rows[i][0], rows[i][1]);
    if (status == GAZ_OK && a->vector_layers)
        status = tell(w, "json", vector_json(arena, a));
    return status;
}

static gaz_status put(struct writer *w, const struct tile_record *record,
                      const struct gaz_buffer *data)
{
    struct tile_address tile = tile_hilbert_address(record->id);
    (void)sqlite3_bind_int(w->put, 1, tile.z);
    (void)sqlite3_bind_int(w->put, 2, tile.x);
    (void)sqlite3_bind_int(w->put, 3, (1 << tile.z) - 1 - tile.y);
    (void)sqlite3_bind_blob64(w->put, 4, data->data, data->size, SQLITE_STATIC);
    return step(w);
}

static gaz_status put_all(struct writer *w, struct tile_spool *spool)
{
    struct tile_record record;
    struct gaz_buffer data;
    gaz_buffer_open(&data, TILE_MAX_BYTES);
    gaz_status status = prepare(w, "INSERT INTO tiles VALUES (?, ?, ?, ?)");
    if (status == GAZ_OK)
        status = tile_spool_rewind(w->ctx, spool);
    while (status == GAZ_OK &&
           (status = tile_spool_next(w->ctx, spool, &record, &data)) == GAZ_OK)
        if (record.size > 0)
            status = put(w, &record, &data);
    gaz_buffer_close(&data);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status tile_mbtiles_write(struct gaz_ctx *ctx, const char *path,
                              const struct tile_archive *archive,
                              struct tile_spool *spool)
{
    struct writer w = {.ctx = ctx};
    w.path = gaz_arena_printf(&ctx->arena, "%s.new", path);
    (void)unlink(w.path);
    gaz_status status =
        sqlite3_open(w.path, &w.db) == SQLITE_OK ? GAZ_OK : fail(&w);
    if (status == GAZ_OK)
        status = run(&w, SCHEMA);
    if (status == GAZ_OK)
        status = tell_all(&w, archive);
    if (status == GAZ_OK)
        status = put_all(&w, spool);
    (void)sqlite3_finalize(w.put);
    if (status == GAZ_OK)
        status = run(&w, "COMMIT");
    if (sqlite3_close(w.db) != SQLITE_OK && status == GAZ_OK)
        status = fail(&w);
    if (status == GAZ_OK && rename(w.path, path) != 0)
        status = gaz_fail(ctx, GAZ_IO, "cannot rename '%s' to '%s': %s", w.path,
                          path, strerror(errno));
    if (status != GAZ_OK)
        (void)unlink(w.path);
    return status;
}
