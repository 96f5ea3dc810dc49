/* mapping.h - which column is what: a small JSON file beside the data.
 *
 *     {
 *       "source":  {"key": "geonames", "title": "GeoNames", "origin": "...",
 *                   "edition": "...", "licence": "CC-BY-4.0", "credit": "...",
 *                   "url": "...", "grade": "B"},
 *       "format":  "csv",                  // csv | tsv | geojson | ogr;
 * absent:
 *                                          // by the file's ending
 *       "layer":   "towns",                // ogr only
 *       "crs":     "EPSG:4490",            // required when rows have positions
 *       "entry":   "place",                // place | address | claim | change
 * |
 *                                          // line
 *       "key":     ["code", "valid_from"], // columns that name a row
 *       "columns": {"code": "code", "name": "名称", "x": "lon", "y": "lat"},
 *       "values":  {"category": "21500", "method": "gazetteer"}
 *     }
 *
 * `columns` maps target fields to source columns, `values` gives constants.
 * Target fields, all text:
 *   place    code name kind category level parent_code valid_from valid_to
 * basis status statistical x y method accuracy_m roman meaning origin history
 * address schematic subject(code of the place to join) aliases former variants
 * (";" between) address  text province city county town community road hamlet
 * estate number tail x y method accuracy_m claim    subject(code or record key)
 * property value value_date source_title source_url grade preferred change kind
 * date basis from_code to_code note line     name code kind level schematic
 * left_code right_code Any entry may have `synthetic` ("1"). Unknown target
 * fields are refused.
 */
#ifndef IMP_MAPPING_H
#define IMP_MAPPING_H

#include "gazetteer/base/context.h"
#include "gazetteer/model/record.h"

enum imp_format {
    IMP_FORMAT_AUTO = 0,
    IMP_FORMAT_CSV,
    IMP_FORMAT_TSV,
    IMP_FORMAT_GEOJSON,
    IMP_FORMAT_OGR,
};

enum { IMP_MAPPING_MAX_FIELDS = 64, IMP_MAPPING_MAX_BYTES = 64 * 1024 };

struct imp_mapping_field {
    const char *target;
    const char *column; /* NULL: a constant */
    const char *value;  /* the constant */
};

struct imp_mapping {
    struct gaz_source source;
    enum imp_format format;
    const char *layer; /* NULL: the only or first layer */
    const char *crs;   /* NULL: not given */
    const char *entry; /* "place", "address", "claim", "change", "line" */
    const char *key_columns[8];
    int key_count;
    struct imp_mapping_field fields[IMP_MAPPING_MAX_FIELDS];
    int field_count;
};

/* imp_mapping_parse reads the JSON text; `name` is for messages. Lives in
 * ctx->arena. GAZ_INVALID names the member that is wrong. */
gaz_status imp_mapping_parse(struct gaz_ctx *ctx, const char *name,
                             const char *text, size_t size,
                             struct imp_mapping *out);

#endif
