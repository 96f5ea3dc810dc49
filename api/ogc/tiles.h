/* tiles.h - OGC API - Tiles, part 1 (OGC 20-057) and WMTS 1.0.0 (OGC 07-057r7):
 * the tiles of api/tiles.c under the addresses of these standards.
 *
 *     /tileMatrixSets                       WebMercatorQuad, the only one
 *     /tiles                                vector tiles
 *     /map/tiles, /styles/{styleId}/map/tiles   pictures
 *     /wmts                                 KVP; REST below it
 *
 * Each of the lists of tile sets has {tileMatrixSetId} below it, and tiles as
 * {tileMatrix}/{tileRow}/{tileCol}: the row comes first, unlike in /tiles of
 * api/tiles.c.
 */
#ifndef API_OGC_TILES_H
#define API_OGC_TILES_H

#include "api/ogc/answer.h"
#include "api/route.h"
#include "tiles/tile.h"

extern const struct api_route OGC_TILE_ROUTES[];
extern const struct api_param_doc OGC_TILE_PARAM_DOCS[];
extern const struct api_example OGC_TILE_EXAMPLES[];

/* tiles.c */
api_handler ogc_tiles_vector_list;
api_handler ogc_tiles_vector_set;
api_handler ogc_tiles_vector_tile;
api_handler ogc_tiles_map_list; /* with {styleId}, or of the first style */
api_handler ogc_tiles_map_set;
api_handler ogc_tiles_map_tile;
/* tile_matrix.c */
api_handler ogc_tile_matrix_list;
api_handler ogc_tile_matrix_one;
/* wmts.c */
api_handler ogc_wmts_kvp;
api_handler ogc_wmts_rest_capabilities;
api_handler ogc_wmts_rest_png;
api_handler ogc_wmts_rest_webp;

/* Links of the landing page. */
void ogc_tiles_links(struct gaz_json *json, struct api_worker *worker,
                     const struct api_request *request);

/* ---- WebMercatorQuad (OGC 17-083r4, annex D.1) ---- */

#define OGC_TILE_MATRIX_SET "WebMercatorQuad"
#define OGC_TILE_MATRIX_URI                                                    \
    "http://www.opengis.net/def/tilematrixset/OGC/1.0/" OGC_TILE_MATRIX_SET
#define OGC_TILE_MATRIX_CRS "http://www.opengis.net/def/crs/EPSG/0/3857"
#define OGC_TILE_MATRIX_ORIGIN 20037508.342789244 /* metres, half a side */

/* One tile matrix; `cell` in metres, `scale` for pixels of 0.28 mm. */
struct ogc_tile_matrix {
    double scale;
    double cell;
    int64_t side; /* tiles */
};
struct ogc_tile_matrix ogc_tile_matrix_at(int z);

/* GAZ_NOT_FOUND unless `name` is WebMercatorQuad. */
gaz_status ogc_tile_matrix_check(struct api_worker *worker, const char *name);

/* Which part of an address is wrong. */
typedef enum {
    OGC_TILE_GOOD,
    OGC_TILE_BAD_MATRIX,
    OGC_TILE_BAD_ROW,
    OGC_TILE_BAD_COLUMN,
} ogc_tile_fault;

/* ogc_tile_address reads matrix, row and column (NULL: missing) into `out`.
 * `*is_outside`: they are numbers, but there is no such tile. */
ogc_tile_fault ogc_tile_address(const char *matrix, const char *row,
                                const char *column, struct tile_request *out,
                                bool *is_outside);

/* wmts_capabilities.c: the description, as XML. GAZ_OK. */
gaz_status ogc_wmts_capabilities(struct api_worker *worker,
                                 const struct api_request *request,
                                 struct api_response *out);

#endif
