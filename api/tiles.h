/* tiles.h - a tile as an answer, for all the addresses that it has. */
#ifndef API_TILES_H
#define API_TILES_H

#include "api/http.h"
#include "tiles/tile.h"

/* api_tiles_give answers with a tile, its ETag and how long it keeps; 204 when
 * it is an empty vector tile. The caller has checked the style and the zoom. */
gaz_status api_tiles_give(struct api_worker *worker,
                          const struct tile_request *tile,
                          struct api_response *out);

/* GAZ_IO, and 503, when there is no tile maker. */
gaz_status api_tiles_ready(struct api_worker *worker);

#endif
