/* record.h - what a source said, word for word, and what it means.
 *
 * A reader (importers/) yields records. Each is kept verbatim by the store with
 * source, key, edition and hash; standardise turns it into an entry: a place,
 * an address, a claim or a change. One record gives one entry.
 */
#ifndef GAZ_MODEL_RECORD_H
#define GAZ_MODEL_RECORD_H

#include "gazetteer/model/address.h"
#include "gazetteer/model/attribute.h"
#include "gazetteer/model/place.h"

struct gaz_source {
    int64_t id;          /* 0: not stored yet */
    const char *key;     /* short, stable: "geonames", "nbs-divisions" */
    const char *title;   /* Chinese or English, for the credit line */
    const char *origin;  /* where it is from: package, page, agency */
    const char *edition; /* "2023-06-30", "1.0.1" */
    const char *licence; /* SPDX id or words: "CC-BY-4.0", "facts restated" */
    const char *credit;  /* the line to show */
    const char *url;     /* NULL: none */
    const char *grade;   /* trust, "A" official, "B" secondary; NULL: n/a */
};

/* A fact about a place that a source states; disputed facts stand side by side.
 */
struct gaz_claim {
    gaz_id place;             /* 0 in a record: then subject names it */
    const char *subject;      /* record key or code of the place */
    const char *property;     /* "built", "designation", "event", "area_m2" */
    const char *value;        /* restated in our words */
    const char *value_date;   /* "1717", "1937-11-05", NULL */
    const char *source_title; /* who says so */
    const char *source_url;   /* NULL: none */
    const char *grade;        /* "A" or "B" */
    bool is_preferred;        /* the one shown first, of several */
    int64_t source;
};

/* How one division became another. */
typedef enum {
    GAZ_CHANGE_RENAME = 0,    /* 更名 */
    GAZ_CHANGE_MERGE = 1,     /* 合并: from ceased, its land is in to */
    GAZ_CHANGE_SPLIT = 2,     /* 析置: to was cut out of from */
    GAZ_CHANGE_TRANSFER = 3,  /* 划归: from moved under another parent */
    GAZ_CHANGE_UPGRADE = 4,   /* 撤县设市 and alike */
    GAZ_CHANGE_ABOLISH = 5,   /* 撤销, without a known successor */
    GAZ_CHANGE_ESTABLISH = 6, /* 设立 */
    GAZ_CHANGE_RECODE = 7,    /* same body, new code */
    GAZ_CHANGE_KINDS = 8,
} gaz_change_kind;

struct gaz_change {
    gaz_change_kind kind;
    gaz_date date;
    gaz_basis basis;
    gaz_id from;           /* 0: none (ESTABLISH) */
    gaz_id to;             /* 0: none (ABOLISH) */
    const char *from_code; /* in a record, before the store knows the ids */
    const char *to_code;
    const char *note; /* NULL: none */
    int64_t source;
};

typedef enum {
    GAZ_ENTRY_PLACE,
    GAZ_ENTRY_ADDRESS,
    GAZ_ENTRY_CLAIM,
    GAZ_ENTRY_CHANGE,
} gaz_entry_kind;

struct gaz_field {
    const char *name;   /* the target field that the mapping named, or "" */
    const char *column; /* the source's own column name */
    const char *value;  /* as the source wrote it; never NULL */
};

enum { GAZ_RECORD_MAX_FIELDS = 256, GAZ_FIELD_MAX_BYTES = 64 * 1024 };

struct gaz_record {
    gaz_entry_kind kind; /* what the mapping says a row is */
    const char *key;     /* the row's own key in its source; never NULL */
    const char *file;
    int64_t line; /* 1 is the first line of the file; 0: not a line format */
    const struct gaz_field *fields;
    int field_count;
    const char *verbatim; /* JSON of columns and values, and the geometry */
    bool has_point;
    struct gaz_coord point;   /* CGCS2000, after the door's CRS transform */
    const void *geometry_wkb; /* a line or polygon, EPSG:4490; NULL: none */
    size_t geometry_size;
};

struct gaz_entry {
    gaz_entry_kind kind;
    struct gaz_place place;     /* PLACE, and the subject's stub of others */
    struct gaz_address address; /* ADDRESS */
    const char *components[6];  /* ADDRESS: names of province, city, county,
                                 * town, community, and the numbered parent
                                 * (road, lane, hamlet, estate); NULL: none */
    int parent_category;        /* ADDRESS: GB/T 18521 of components[5] */
    struct gaz_claim claim;     /* CLAIM */
    struct gaz_change change;   /* CHANGE */
    const struct gaz_attribute *attributes; /* PLACE, ADDRESS */
    int attribute_count;
};

/* gaz_record_field returns the value mapped to target field `name`, or NULL
 * when it is absent or empty. */
const char *gaz_record_field(const struct gaz_record *record, const char *name);

#endif
