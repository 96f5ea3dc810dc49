/* seed.h - the tiles of a box and some zooms made beforehand, into the file
 * that the service keeps its tiles in (disk.h). Tiles that are there already
 * are passed over, so a seed that was stopped or killed goes on where it was.
 */
#ifndef TILES_SEED_H
#define TILES_SEED_H

#include <signal.h>

#include "gazetteer/base/coord.h"
#include "tiles/tile.h"

struct tile_seed {
    struct tile_request form; /* style, language, scale, format */
    struct gaz_box box;       /* degrees */
    int min_zoom;
    int max_zoom;
    int threads;                         /* 1 to TILE_EXPORT_THREADS_MAX */
    const volatile sig_atomic_t *cancel; /* NULL: never */
    void (*progress)(void *user, uint64_t done, uint64_t total); /* or NULL */
    void *user;

    /* what came of it */
    uint64_t total;
    uint64_t kept; /* were there before */
    bool is_cancelled;
};

/* tile_seed_run fills the file of `maker` (tile_maker_keep).
 * @return GAZ_OK; as tile_store; GAZ_LIMIT: over TILE_EXPORT_MAX tiles */
gaz_status tile_seed_run(struct gaz_ctx *ctx, struct tile_maker *maker,
                         struct tile_seed *job);

#endif
