/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - the routes of OGC API - Features. */
#include "api/ogc/table.h"

#include "api/ogc/handlers.h"
#include "api/ogc/query.h"

#define JSON "application/json; charset=utf-8"
#define GEOJSON "application/geo+json; charset=utf-8"
#define SCHEMA "application/schema+json; charset=utf-8"
#define OPENAPI "application/vnd.oai.openapi+json;version=3.0"
#define WITH_SNAPSHOT (API_NEEDS_SNAPSHOT | API_NEGOTIATES | API_READS_LEDGER)

const char OGC_ITEM_PARAMS[] = "bbox bbox-crs datetime limit offset crs filter "
                               "filter-lang filter-crs f";

const struct api_route OGC_ROUTES[] = {
    {"GET", "/", ogc_landing_get, "f q place border", JSON, NULL,
     API_NEGOTIATES, "landing", "入口：浏览器得到地图，程序得到链接",
     "the landing page: links for a program, the map for a person"},
    {"GET", "/conformance", ogc_landing_conformance, "f", JSON, NULL,
     API_NEGOTIATES, "conformance", "遵循的标准", "the standards followed"},
    {"GET", "/api", ogc_landing_api, "f q limit lat lon", OPENAPI, NULL,
     API_HEAVY | API_TAKES_ANY, "api",
     "接口说明，OpenAPI 3.0；带 q 时即 Photon 的查询",
     "this description, as OpenAPI 3.0; with q, the search of Photon"},
    {"GET", "/collections", ogc_describe_collections, "f", JSON, NULL,
     WITH_SNAPSHOT, "collections", "图层列表", "the collections of features"},
    {"GET", "/collections/{collectionId}", ogc_describe_collection, "f", JSON,
     NULL, WITH_SNAPSHOT, "collection", "一个图层", "one collection"},
    {"GET", "/collections/{collectionId}/queryables", ogc_describe_queryables,
     "f", SCHEMA, NULL, WITH_SNAPSHOT, "queryables", "可用于查询的属性",
     "what may be asked of a collection, as JSON Schema"},
    {"GET", "/collections/{collectionId}/items", ogc_items_get, OGC_ITEM_PARAMS,
     GEOJSON, NULL, WITH_SNAPSHOT | API_HEAVY | API_TAKES_ANY, "items",
     "图层中的要素；属性名也可作参数",
     "features of a collection; its properties are parameters, too"},
    {"GET", "/collections/{collectionId}/items/{featureId}", ogc_items_one,
     "crs f", GEOJSON, NULL, WITH_SNAPSHOT, "item", "一个要素", "one feature"},
    {.method = NULL},
};

const struct api_example OGC_EXAMPLES[] = {
    {"landing", "f=json"},
    {"items", "limit=1"},
    {.name = NULL},
};

const struct api_param_doc OGC_PARAM_DOCS[] = {
    {"f", "string", "json", 0, 0, "格式，json 或 html",
     "the format, json or html; by Accept when absent"},
    {"q", "string", "乍浦镇", 0, 0, "地图页打开时查询的内容",
     "what the map page asks when it opens"},
    {"border", "string", "330482-310116", 0, 0, "地图页打开时比较的界线",
     "the line that the map page compares at once"},
    {"place", "string", "0HQ4T0Q2C9V1K", 0, 0, "地图页打开时显示的地名",
     "the place that the map page shows when it opens"},
    {"collectionId", "string", "places", 0, 0, "图层名称",
     "name of a collection"},
    {"q", "string", "乍浦", 0, 0, "Photon：地址、地名或拼音",
     "Photon: an address, name or romanisation"},
    {"lat", "number", "30.6", -90, 90, "Photon：附近优先，纬度",
     "Photon: prefer answers near this latitude"},
    {"lon", "number", "121.0869", -180, 180, "Photon：附近优先，经度",
     "Photon: prefer answers near this longitude"},
    {"featureId", "string", "0HQ4T0Q2C9V1K", 0, 0, "要素编号",
     "id of a feature"},
    {"bbox", "string", "120.9,30.5,121.2,30.9", 0, 0,
     "范围：四个数，轴序依 bbox-crs",
     "a box of four numbers, axes as bbox-crs"},
    {"bbox-crs", "string", "http://www.opengis.net/def/crs/OGC/1.3/CRS84", 0, 0,
     "bbox 的坐标系", "reference system of bbox; CRS84 by default"},
    {"datetime", "string", "2000-01-01/..", 0, 0, "日期或区间",
     "a day, a moment or an interval; '..' for an open end"},
    {"limit", "integer", "10", 1, OGC_LIMIT_MAX, "一页几个要素，默认 100",
     "features of a page; 100 by default"},
    {"offset", "integer", "0", 0, OGC_OFFSET_MAX, "跳过几个要素",
     "how many features to leave out; the links next and prev have it"},
    {"crs", "string", "http://www.opengis.net/def/crs/EPSG/0/4490", 0, 0,
     "结果的坐标系", "reference system of the answer; CRS84 by default"},
    {"filter", "string", "level = 4", 0, 0, "CQL2 筛选条件",
     "a filter in CQL2 text over the queryables"},
    {"filter-lang", "string", "cql2-text", 0, 0, "筛选条件的语言",
     "language of filter; cql2-text only"},
    {"filter-crs", "string", "http://www.opengis.net/def/crs/OGC/1.3/CRS84", 0,
     0, "筛选条件中坐标的坐标系",
     "reference system of geometries in filter; CRS84 by default"},
    {.name = NULL},
};
