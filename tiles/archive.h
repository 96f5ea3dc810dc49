/* archive.h - what the two kinds of tile archive need to be told. */
#ifndef TILES_ARCHIVE_H
#define TILES_ARCHIVE_H

#include "gazetteer/base/coord.h"
#include "tiles/spool.h"
#include "tiles/tile.h"

/* What is written about the tiles, beside them. */
struct tile_archive {
    const char *name;
    const char *description;
    const char *attribution;
    const char *version;       /* "1.2.3" */
    const char *vector_layers; /* JSON, an array; NULL: pictures */
    bool is_overlay;           /* transparent, to lay over another map */
    tile_format format;
    int scale;          /* 1: 256 px, 2: 512 px */
    struct gaz_box box; /* degrees */
    int min_zoom;
    int max_zoom;
};

#endif
