/* export.h - the tiles of a box and some zooms as one file, MBTiles or PMTiles.
 *
 * Tiles are made by several threads and written in Hilbert order by one, so the
 * same request on the same snapshot gives the same bytes, however many threads
 * there were and however often it was stopped. Until the end they stand in
 * PATH.part (spool.h); PATH appears when it is whole.
 */
#ifndef TILES_EXPORT_H
#define TILES_EXPORT_H

#include <signal.h>

#include "tiles/archive.h"

enum { TILE_EXPORT_MAX = 1 << 24, TILE_EXPORT_THREADS_MAX = 64 };

struct tile_export {
    const char *path; /* ends in .mbtiles or .pmtiles */
    const char *style;
    tile_language language;
    struct tile_archive archive; /* `version` counts as part of the job */
    uint64_t snapshot;           /* its checksum */
    int threads;
    bool goes_on;                        /* with what PATH.part has */
    const volatile sig_atomic_t *cancel; /* NULL: never */
    void (*progress)(void *user, uint64_t done, uint64_t total); /* or NULL */
    void *user;

    /* what came of it */
    uint64_t total;
    uint64_t kept; /* of an earlier run */
    bool is_cancelled;
};

/* tile_export_run makes the file. Cancelled, PATH.part stays.
 * @return GAZ_OK; GAZ_INVALID: path, zooms, box, or a part of another job;
 * GAZ_NOT_FOUND: no such style; GAZ_LIMIT: over TILE_EXPORT_MAX tiles; GAZ_IO
 */
gaz_status tile_export_run(struct gaz_ctx *ctx, struct tile_maker *maker,
                           struct tile_export *job);

#endif
