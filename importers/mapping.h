/* mapping.h - which column is what: a small JSON file beside the data.
 *
 *     {
 *       "source": {"key": "geonames", "title": "GeoNames",
 *                  "origin": "...", "edition": "2023-06-30",
 *                  "licence": "CC-BY-4.0", "credit": "...",
 *                  "url": "...", "grade": "B"},
 *       "format": "csv",
 *       "crs": "EPSG:4490",
 *       "entry": "place",
 *       "key": ["code", "valid_from"],
 *       "columns": {"code": "code", "name": "名称", "x": "lon"},
 *       "values": {"category": "21500", "method": "gazetteer"}
 *     }
 *
 * format   csv, tsv, geojson or ogr; absent: by the file's ending
 * layer    of a format that has layers; absent: the first
 * crs      required when rows have positions; "file": as the file says
 * entry    place, address, claim, change or line
 * key      the columns that name a row
 * columns  target fields from source columns
 * values   target fields that are the same in each row
 *
 * Target fields of a place, all text:
 *   code name kind category level parent_code valid_from valid_to basis
 *   status statistical x y method accuracy_m roman meaning origin
 *   history address schematic subject aliases former variants
 *   numbering_start odd_side numbering_rule
 *   (subject: the place to join, by code or record key; ";" between the
 *   names of aliases, former and variants; of a road, the end where its
 *   numbers begin, the side of the odd ones, and the rule in words)
 * of an address:
 *   text province city county town community road hamlet estate number
 *   tail x y method accuracy_m
 * of a claim:
 *   subject property value value_date source_title source_url grade
 *   preferred
 * of a change:
 *   kind date basis from_code to_code note
 * of a line:
 *   name code kind level schematic left_code right_code
 *
 * Any entry may have `synthetic` ("1"). Unknown target fields and unknown
 * members are refused; so is a source without key, title, origin, edition
 * and licence: every fact has a source.
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

enum {
    IMP_MAPPING_MAX_FIELDS = 64,
    IMP_MAPPING_MAX_BYTES = 64 * 1024,
    IMP_MAPPING_MAX_DEPTH = 8,
    IMP_MAPPING_MAX_KEYS = 8
};

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
    uint64_t digest;   /* of all that gives a row its meaning: a record that was
                        * read by another mapping is another record */
    const char *key_columns[IMP_MAPPING_MAX_KEYS];
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
