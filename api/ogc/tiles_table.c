/* SPDX-License-Identifier: Apache-2.0 */
/* tiles_table.c - the routes of OGC API - Tiles and of WMTS. */
#include "api/ogc/tiles.h"

#define JSON "application/json; charset=utf-8"
#define XML "application/xml; charset=utf-8"
#define SET "/{tileMatrixSetId}"
#define TILE SET "/{tileMatrix}/{tileRow}/{tileCol}"
#define HEAVY (API_NEEDS_SNAPSHOT | API_HEAVY)
#define MADE (HEAVY | API_MADE)

const struct api_route OGC_TILE_ROUTES[] = {
    {"GET", "/tileMatrixSets", ogc_tile_matrix_list, "f", JSON, NULL, 0,
     "tile_matrix_sets", "瓦片矩阵集列表", "the tile matrix sets"},
    {"GET", "/tileMatrixSets" SET, ogc_tile_matrix_one, "f", JSON, NULL, 0,
     "tile_matrix_set", "一个瓦片矩阵集", "one tile matrix set"},
    {"GET", "/tiles", ogc_tiles_vector_list, "f", JSON, NULL,
     API_NEEDS_SNAPSHOT, "vector_tilesets", "矢量瓦片集列表",
     "the sets of vector tiles"},
    {"GET", "/tiles" SET, ogc_tiles_vector_set, "f", JSON, NULL,
     API_NEEDS_SNAPSHOT, "vector_tileset", "一个矢量瓦片集",
     "one set of vector tiles"},
    {"GET", "/tiles" TILE, ogc_tiles_vector_tile, "f",
     "application/vnd.mapbox-vector-tile", NULL, MADE, "vector_tileset_tile",
     "矢量瓦片，行在列前", "a vector tile; the row before the column"},
    {"GET", "/map/tiles", ogc_tiles_map_list, "f", JSON, NULL,
     API_NEEDS_SNAPSHOT, "map_tilesets", "地图瓦片集列表",
     "the sets of map tiles"},
    {"GET", "/map/tiles" SET, ogc_tiles_map_set, "f", JSON, NULL,
     API_NEEDS_SNAPSHOT, "map_tileset", "一个地图瓦片集",
     "one set of map tiles"},
    {"GET", "/map/tiles" TILE, ogc_tiles_map_tile, "f", "image/png", NULL, MADE,
     "map_tileset_tile", "地图瓦片，行在列前",
     "a map tile; the row before the column"},
    {"GET", "/styles/{styleId}/map/tiles", ogc_tiles_map_list, "f", JSON, NULL,
     API_NEEDS_SNAPSHOT, "style_tilesets", "某一样式的瓦片集列表",
     "the sets of map tiles of a style"},
    {"GET", "/styles/{styleId}/map/tiles" SET, ogc_tiles_map_set, "f", JSON,
     NULL, API_NEEDS_SNAPSHOT, "style_tileset", "某一样式的瓦片集",
     "one set of map tiles of a style"},
    {"GET", "/styles/{styleId}/map/tiles" TILE, ogc_tiles_map_tile, "f",
     "image/png", NULL, MADE, "style_tileset_tile", "某一样式的瓦片，行在列前",
     "a map tile of a style; the row before the column"},
    {"GET", "/wmts", ogc_wmts_kvp, "", XML, NULL, HEAVY | API_TAKES_ANY, "wmts",
     "WMTS 1.0.0，键值请求：GetCapabilities、GetTile",
     "WMTS 1.0.0 by key and value: GetCapabilities, GetTile"},
    {"GET", "/wmts/1.0.0/WMTSCapabilities.xml", ogc_wmts_rest_capabilities, "",
     XML, NULL, HEAVY, "wmts_capabilities", "WMTS 的能力文档",
     "the capabilities of WMTS"},
    {"GET", "/wmts/{layer}/default" TILE ".png", ogc_wmts_rest_png, "",
     "image/png", NULL, MADE, "wmts_png", "WMTS 瓦片，REST 地址",
     "a tile of WMTS by its REST address"},
    {"GET", "/wmts/{layer}/default" TILE ".webp", ogc_wmts_rest_webp, "",
     "image/webp", NULL, MADE, "wmts_webp", "同上，WebP", "the same as WebP"},
    {.method = NULL},
};

const struct api_example OGC_TILE_EXAMPLES[] = {
    {"wmts", "service=WMTS&request=GetCapabilities"},
    {.name = NULL},
};

const struct api_param_doc OGC_TILE_PARAM_DOCS[] = {
    {"f", "string", "png", 0, 0,
     "格式：地图瓦片 png 或 webp，矢量瓦片 mvt，其余 json",
     "the format: png or webp of a map tile, mvt of a vector tile, else json"},
    {"tileMatrixSetId", "string", OGC_TILE_MATRIX_SET, 0, 0, "瓦片矩阵集",
     "the tile matrix set"},
    {"tileMatrix", "string", "10", 0, 0, "瓦片矩阵，即级别",
     "the tile matrix, which is the zoom"},
    {"tileRow", "string", "419", 0, 0, "行，自北起", "row, from the north"},
    {"tileCol", "string", "856", 0, 0, "列，自西起", "column, from the west"},
    {"styleId", "string", "base", 0, 0, "地图样式", "a style of the map"},
    {"layer", "string", "base", 0, 0, "WMTS 图层，即地图样式",
     "layer of WMTS, which is a style of the map"},
    {.name = NULL},
};
