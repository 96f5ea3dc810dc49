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
 *   code name kind category level parent_code within valid_from valid_to
 *   basis status statistical x y method accuracy_m roman meaning origin
 *   history address schematic subject aliases short former variants
 *   (subject: the place to join, by code or record key; within: the division
 *   it lies in, by code or in words; ";" between the names of aliases, short,
 *   former and variants), and description sources registered_on registrar
 *   registry, which are asked for and stay in the record only; secrecy (公开,
 *   内部, 秘密; model/grade.h);
 *   of a road numbering_start odd_side numbering_rule: the end where its
 *   numbers begin, the side of the odd ones, and the rule in words
 * of an address:
 *   text province city county town community road hamlet estate number
 *   tail standard status valid_from valid_to x y method accuracy_m
 *   secrecy citizen_id (standard: the text as the source composes it;
 *   citizen_id is checked and not kept)
 * of both, the attributes of gazetteer/model/attribute.h, and
 *   datum (the row's own system, which must be the one the file is read in)
 * of a claim:
 *   subject property value value_date source_title source_url grade
 *   preferred
 * of a change:
 *   kind date basis from_code to_code note
 * of a line:
 *   name code kind level schematic left_code right_code
 *
 * A mapping with the member "profile" is one for many files: a column that the
 * file lacks is left out unless it is required, and rows are read more closely.
 *
 *     "profile": "第二次全国地名普查登记表",
 *     "key_fields": ["toponym_code", "name"],
 *     "columns": {"name": ["标准名称", "地名"], ...},
 *     "required": ["name", "category"],
 *     "when": [{"field": "plate_type", "is": "road", "required": ["road"]}],
 *     "dictionaries": {"status": {"现今地名": "current", "秘密": null}},
 *     "dates": ["compiled_on"], "loose_dates": ["valid_from"],
 *     "angles": ["x", "y"], "numbers": ["floors"], "lists": ["aliases"],
 *     "compose": {"tail": [{"column": "幢号", "unit": "幢"}]},
 *     "unique": ["address_code"],
 *     "withhold": ["产权人"]
 *
 * key_fields    the target fields that name a row, in place of key
 * required      fields that each row must fill
 * when          the same for rows whose field has a value ("*": any)
 * dictionaries  word to value; the value itself is a word too; null: refused.
 *               A word that is not there is an error in a column, and stays
 *               in a constant
 * dates         read in the ways that they are written (written.h)
 * loose_dates   the same, but what is no date is left out with a warning
 * angles        degrees, minutes and seconds, or plain degrees
 * numbers       with a unit behind (35%, 12层, 1,200平方米)
 * lists         names apart by 、 and the like
 * compose       a field out of several columns, each with its unit word (or
 *               "behind", which is put behind in any case)
 * unique        fields of which a value stands in one row of the file only;
 *               "*": the key
 * withhold      columns that are not kept (owners, numbers of papers)
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
    IMP_MAPPING_MAX_KEYS = 8,
    IMP_MAPPING_MAX_NAMES = 8,     /* of one column */
    IMP_MAPPING_MAX_PARTS = 8,     /* of a composed field */
    IMP_MAPPING_MAX_WHEN = 16,     /* conditions */
    IMP_MAPPING_MAX_WITHHELD = 32, /* columns */
};

struct imp_mapping_word {
    const char *word;
    const char *value; /* NULL: refused */
};

struct imp_mapping_part {
    const char *column;
    const char *unit;   /* put behind what ends in a digit or letter; "" */
    const char *behind; /* put behind what is not empty; "" */
};

/* How the value of a field is read. */
typedef enum {
    IMP_READ_AS_IS,
    IMP_READ_DATE,
    IMP_READ_LOOSE_DATE,
    IMP_READ_ANGLE,
    IMP_READ_NUMBER,
    IMP_READ_LIST,
} imp_mapping_reading;

struct imp_mapping_field {
    const char *target;
    const char *column; /* NULL: a constant, or composed */
    const char *value;  /* the constant */
    const char *others[IMP_MAPPING_MAX_NAMES - 1]; /* names of the column, if
                                                    * the first is not there */
    int other_count;
    const struct imp_mapping_part *parts; /* of a composed field */
    int part_count;
    imp_mapping_reading reading;
    bool is_required;
    bool is_unique;
    const struct imp_mapping_word *words; /* the dictionary; NULL: none */
    int word_count;
};

/* Rows whose field `target` is `value` must fill the others too. */
struct imp_mapping_when {
    const char *target;
    const char *value;
    const char *required[IMP_MAPPING_MAX_KEYS];
    int required_count;
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
    bool key_is_fields;  /* key_columns are target fields */
    bool key_is_unique;  /* a key stands in one row of the file only */
    const char *profile; /* its title; NULL: an ordinary mapping */
    struct imp_mapping_when when[IMP_MAPPING_MAX_WHEN];
    int when_count;
    const char *withheld[IMP_MAPPING_MAX_WITHHELD];
    int withheld_count;
    struct imp_mapping_field fields[IMP_MAPPING_MAX_FIELDS];
    int field_count;
};

/* imp_mapping_parse reads the JSON text; `name` is for messages. Lives in
 * ctx->arena. GAZ_INVALID names the member that is wrong. */
gaz_status imp_mapping_parse(struct gaz_ctx *ctx, const char *name,
                             const char *text, size_t size,
                             struct imp_mapping *out);

/* What the command line says in place of the file: "key=a;edition=b" for the
 * source, "plate_type=road" for constants. NULL: nothing. */
struct imp_mapping_given {
    const char *source;
    const char *values;
};

/* imp_mapping_parse_given is the same with something given. */
gaz_status imp_mapping_parse_given(struct gaz_ctx *ctx, const char *name,
                                   const char *text, size_t size,
                                   const struct imp_mapping_given *given,
                                   struct imp_mapping *out);

#endif
