/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/pmtiles.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/json.h"
#include "tiles/deflate.h"
#include "tiles/pmtiles_directory.h"

enum { HEADER_BYTES = 127, GZIP = 2, NO_COMPRESSION = 1 };

/* What stands before the tiles. */
struct parts {
    struct gaz_buffer root;
    struct gaz_buffer leaves;
    struct gaz_buffer metadata;
};

static void put_le(struct gaz_buffer *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        gaz_buffer_char(out, (char)(value >> (8 * i)));
}

static void put_degrees(struct gaz_buffer *out, struct gaz_coord coord)
{
    put_le(out, (uint32_t)gaz_coord_to_e7(coord.lon), 4);
    put_le(out, (uint32_t)gaz_coord_to_e7(coord.lat), 4);
}

static int type_of(tile_format format)
{
    enum { MVT = 1, PNG = 2, WEBP = 4 };
    return format == TILE_MVT ? MVT : format == TILE_WEBP ? WEBP : PNG;
}

static void write_header(const struct tile_archive *a,
                         const struct tile_entries *entries,
                         const struct parts *parts, struct gaz_buffer *out)
{
    uint64_t at = HEADER_BYTES;
    const uint64_t sizes[] = {parts->root.size, parts->metadata.size,
                              parts->leaves.size, entries->bytes};
    gaz_buffer_text(out, "PMTiles\x03");
    for (int i = 0; i < 4; i++) {
        put_le(out, at, 8);
        put_le(out, sizes[i], 8);
        at += sizes[i];
    }
    put_le(out, entries->addressed, 8);
    put_le(out, entries->count, 8);
    put_le(out, entries->contents, 8);
    put_le(out, 1, 1); /* clustered */
    put_le(out, GZIP, 1);
    put_le(out, a->format == TILE_MVT ? GZIP : NO_COMPRESSION, 1);
    put_le(out, (uint64_t)type_of(a->format), 1);
    put_le(out, (uint64_t)a->min_zoom, 1);
    put_le(out, (uint64_t)a->max_zoom, 1);
    put_degrees(out, a->box.min);
    put_degrees(out, a->box.max);
    put_le(out, (uint64_t)a->min_zoom, 1);
    put_degrees(out, (struct gaz_coord){(a->box.min.lon + a->box.max.lon) / 2,
                                        (a->box.min.lat + a->box.max.lat) / 2});
}

static void write_metadata(struct gaz_arena *arena,
                           const struct tile_archive *a, struct gaz_buffer *out)
{
    struct gaz_buffer plain;
    struct gaz_json json;
    unsigned char *packed;
    gaz_buffer_open(&plain, TILE_MAX_BYTES);
    gaz_json_open(&json, &plain);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "name", a->name);
    gaz_json_string(&json, "description", a->description);
    gaz_json_string(&json, "attribution", a->attribution);
    gaz_json_string(&json, "type", a->is_overlay ? "overlay" : "baselayer");
    gaz_json_string(&json, "version", a->version);
    gaz_json_int(&json, "scale", a->scale);
    if (a->vector_layers)
        gaz_json_raw(&json, "vector_layers", a->vector_layers);
    gaz_json_end(&json);
    size_t size = tile_deflate_gzip(arena, plain.data, plain.size, &packed);
    gaz_buffer_bytes(out, packed, size);
    gaz_buffer_close(&plain);
}

/* ---- the file ---- */

struct writer {
    struct gaz_ctx *ctx;
    const char *path;
    FILE *file;
};

static gaz_status fail(const struct writer *w)
{
    return gaz_fail(w->ctx, GAZ_IO, "cannot write '%s': %s", w->path,
                    strerror(errno));
}

static gaz_status put(struct writer *w, const struct gaz_buffer *data)
{
    return data->size == 0 || fwrite(data->data, data->size, 1, w->file) == 1
               ? GAZ_OK
               : fail(w);
}

/* A tile is written where the entries have its offset first: contents were
 * given their offsets in this same order. */
static gaz_status put_tiles(struct writer *w, struct tile_spool *spool,
                            const struct tile_entries *entries)
{
    uint64_t written = 0;
    uint64_t entry = 0;
    struct tile_record record;
    struct gaz_buffer data;
    gaz_buffer_open(&data, TILE_MAX_BYTES);
    gaz_status status = tile_spool_rewind(w->ctx, spool);
    while (status == GAZ_OK && entry < entries->count &&
           (status = tile_spool_next(w->ctx, spool, &record, &data)) ==
               GAZ_OK) {
        if (record.id != entries->items[entry].id)
            continue; /* further on in a run, or not there */
        if (entries->items[entry].offset == written) {
            status = put(w, &data);
            written += record.size;
        }
        entry++;
    }
    gaz_buffer_close(&data);
    return status;
}

static gaz_status write_file(struct writer *w, const struct tile_archive *a,
                             struct tile_spool *spool,
                             const struct tile_entries *entries,
                             const struct parts *parts)
{
    struct gaz_buffer header;
    gaz_buffer_open(&header, HEADER_BYTES);
    write_header(a, entries, parts, &header);
    w->file = fopen(w->path, "wbe");
    gaz_status status = w->file ? put(w, &header) : fail(w);
    gaz_buffer_close(&header);
    if (status == GAZ_OK)
        status = put(w, &parts->root);
    if (status == GAZ_OK)
        status = put(w, &parts->metadata);
    if (status == GAZ_OK)
        status = put(w, &parts->leaves);
    if (status == GAZ_OK)
        status = put_tiles(w, spool, entries);
    if (w->file && fclose(w->file) != 0 && status == GAZ_OK)
        status = fail(w);
    return status;
}

gaz_status tile_pmtiles_write(struct gaz_ctx *ctx, const char *path,
                              const struct tile_archive *archive,
                              struct tile_spool *spool)
{
    struct writer w = {.ctx = ctx};
    struct tile_entries entries;
    struct parts parts;
    gaz_buffer_open(&parts.root, SIZE_MAX / 2);
    gaz_buffer_open(&parts.leaves, SIZE_MAX / 2);
    gaz_buffer_open(&parts.metadata, TILE_MAX_BYTES);
    w.path = gaz_arena_printf(&ctx->arena, "%s.new", path);
    gaz_status status = tile_entries_read(ctx, spool, &entries);
    if (status == GAZ_OK) {
        write_metadata(&ctx->arena, archive, &parts.metadata);
        tile_directory_write(&ctx->arena, &entries,
                             TILE_PMTILES_ROOT_MAX - HEADER_BYTES, &parts.root,
                             &parts.leaves);
        status = write_file(&w, archive, spool, &entries, &parts);
    }
    if (status == GAZ_OK && rename(w.path, path) != 0)
        status = gaz_fail(ctx, GAZ_IO, "cannot rename '%s' to '%s': %s", w.path,
                          path, strerror(errno));
    if (status != GAZ_OK)
        (void)unlink(w.path);
    tile_entries_close(&entries);
    gaz_buffer_close(&parts.root);
    gaz_buffer_close(&parts.leaves);
    gaz_buffer_close(&parts.metadata);
    return status;
}
