/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - the routes and the parameters, in the order of docs/api.md. */
#include "api/ogc/table.h"
#include "api/handlers.h"
#include "api/route.h"
#include "gazetteer/search/search.h"
#include "tiles/tile.h"

static const struct api_example EXAMPLES[] = {
    {"search", "q=乍浦"},
    {"batch", "地址\n平湖市乍浦镇\n"},
    {.name = NULL},
};

/* In the order in which they are asked. */
const struct api_route_set API_ROUTE_SETS[] = {
    {API_ROUTES, API_PARAM_DOCS, EXAMPLES, "diming", "查询、编码与瓦片"},
    {OGC_ROUTES, OGC_PARAM_DOCS, OGC_EXAMPLES, "features",
     "图层（OGC API - Features）"},
    {.routes = NULL},
};

#define GEOJSON "application/geo+json; charset=utf-8"
#define JSON "application/json; charset=utf-8"

const struct api_route API_ROUTES[] = {
    {"GET", "/v1/geocode", api_find_geocode,
     "q! limit at focus in category lang", GEOJSON, NULL, API_NEEDS_SNAPSHOT,
     "geocode", "地址或地名转为标准地名与位置",
     "find what an address or a name means, best first"},
    {"GET", "/v1/reverse", api_find_reverse, "lon! lat! radius limit at lang",
     GEOJSON, NULL, API_NEEDS_SNAPSHOT, "reverse", "由坐标查所在区划与附近地名",
     "tell where a position is"},
    {"GET", "/v1/suggest", api_find_suggest,
     "q! limit at focus in category lang", GEOJSON, NULL, API_NEEDS_SNAPSHOT,
     "suggest", "输入提示：汉字、拼音、首字母",
     "complete what is being typed: characters, pinyin, initials"},
    {"GET", "/v1/search", api_find_search, "q limit at focus in category lang",
     GEOJSON, NULL, API_NEEDS_SNAPSHOT, "search",
     "按名称、拼音、曾用名、代码或类别查询地名",
     "find places by name, romanisation, former name, code or category"},
    {"GET", "/v1/parse", api_find_parse, "q!", JSON, NULL, API_HEAVY, "parse",
     "切分地址要素", "cut an address into labelled elements"},
    {"POST", "/v1/batch", api_batch_post, "column", JSON,
     "text/csv application/json", API_NEEDS_SNAPSHOT | API_HEAVY, "batch",
     "批量标准化与定位，CSV 或 JSON",
     "geocode a table of addresses, CSV or JSON"},
    {"GET", "/v1/places/{id}", api_place_by_id, "at", GEOJSON, NULL,
     API_NEEDS_SNAPSHOT, "place", "一个地名的全部信息",
     "everything that is known of a place"},
    {"GET", "/v1/divisions/{code}", api_place_by_code, "at", GEOJSON, NULL,
     API_NEEDS_SNAPSHOT, "division", "按区划代码查行政区划",
     "a division by its official code"},
    {"GET", "/v1/heritage", api_collection_heritage, "", GEOJSON, NULL,
     API_NEEDS_SNAPSHOT, "heritage", "红色遗址与文化地名",
     "all heritage sites with their claims"},
    {"GET", "/v1/boundaries", api_collection_boundaries, "", GEOJSON, NULL,
     API_NEEDS_SNAPSHOT, "boundaries", "县级范围（示意）、界线与海岸线",
     "county areas (schematic), boundary lines and the coastline"},
    {"GET", "/tiles/{layer}.json", api_tiles_json, "", JSON, NULL,
     API_NEEDS_SNAPSHOT, "tilejson", "瓦片说明 TileJSON 3.0",
     "TileJSON 3.0 of a layer"},
    {"GET", "/tiles/{layer}/{z}/{x}/{y}@2x.png", api_tiles_png_2x, "",
     "image/png", NULL, API_NEEDS_SNAPSHOT | API_HEAVY, "tile_png_2x",
     "栅格瓦片，512 像素", "a raster tile of 512 pixels"},
    {"GET", "/tiles/{layer}/{z}/{x}/{y}.png", api_tiles_png, "", "image/png",
     NULL, API_NEEDS_SNAPSHOT | API_HEAVY, "tile_png", "栅格瓦片，256 像素",
     "a raster tile of 256 pixels"},
    {"GET", "/tiles/{layer}/{z}/{x}/{y}.mvt", api_tiles_mvt, "",
     "application/vnd.mapbox-vector-tile", NULL, API_NEEDS_SNAPSHOT | API_HEAVY,
     "tile_mvt", "矢量瓦片", "a vector tile"},
    {"GET", "/healthz", api_health, "", JSON, NULL, 0, "health", "服务是否可用",
     "whether this process can answer"},
    {"GET", "/openapi.json", api_openapi, "", JSON, NULL, API_HEAVY, "openapi",
     "接口说明", "this description"},
    {"GET", "/docs", api_openapi_page, "", "text/html; charset=utf-8", NULL, 0,
     "docs", "接口说明，可以试用", "this description, for people"},
    {.method = NULL},
};

const struct api_param_doc API_PARAM_DOCS[] = {
    {"q", "string", "乍浦", 0, 0, "地址、地名、拼音或代码，至多 1024 字节",
     "an address, name, romanisation or code; at most 1024 bytes"},
    {"limit", "integer", "10", 1, GAZ_ANSWERS_MAX, "至多返回几条，默认 10",
     "most answers wanted; 10 by default"},
    {"at", "string", "2008-05-01", 0, 0, "按哪一天的情况回答，YYYY-MM-DD",
     "ask as of this day, YYYY-MM-DD; today by default"},
    {"focus", "string", "121.02,30.7", 0, 0, "优先此处附近，经度,纬度",
     "prefer answers near lon,lat"},
    {"in", "string", "330482", 0, 0, "只在此区划代码之内",
     "only below this division code"},
    {"category", "integer", "25000", 10000, 29999,
     "GB/T 18521 类别，末位零表示大类",
     "GB/T 18521 category; trailing zeros mean the class"},
    {"lang", "string", "zh", 0, 0, "geocoding 部分的语言，zh 或 en",
     "language of the geocoding block, zh or en"},
    {"lon", "number", "121.0869", -180, 180, "经度，CGCS2000，度",
     "longitude, CGCS2000, degrees"},
    {"lat", "number", "30.6", -90, 90, "纬度，CGCS2000，度",
     "latitude, CGCS2000, degrees"},
    {"radius", "number", "2000", 1, GAZ_REVERSE_RADIUS_MAX_M,
     "搜索半径，米，默认 2000", "radius in metres; 2000 by default"},
    {"column", "string", "地址", 0, 0, "CSV 中地址所在列的名称",
     "the CSV column that holds the addresses"},
    {"id", "string", "0HQ4T0Q2C9V1K", 0, 0, "地名或地址的编号，13 位",
     "the id of a place or address, 13 characters"},
    {"code", "string", "330482101", 0, 0, "区划代码，2、4、6、9 或 12 位",
     "official code of 2, 4, 6, 9 or 12 digits"},
    {"layer", "string", "base", 0, 0, "图层", "a layer of the map"},
    {"z", "integer", "12", 0, TILE_ZOOM_MAX, "级别", "zoom"},
    {"x", "integer", "3425", 0, 0, "列", "column"},
    {"y", "integer", "1678", 0, 0, "行", "row"},
    {.name = NULL},
};
