/* collection.h - the collections of OGC API - Features, as tables.
 *
 * A collection is a walk over rows of the snapshot, or of what `load` read from
 * the database, and a list of properties;
 * each property knows how to read its value from a row. GeoJSON, the pages for
 * people, queryables, property filters and CQL2 all work from these tables, so
 * that a new property is one line.
 */
#ifndef API_OGC_COLLECTION_H
#define API_OGC_COLLECTION_H

#include "api/ogc/shape.h"
#include "api/part.h"

typedef enum {
    OGC_TEXT,
    OGC_INTEGER,
    OGC_NUMBER,
    OGC_BOOLEAN,
    OGC_DATE, /* known to the year, the month or the day */
} ogc_type;

struct ogc_value {
    ogc_type type;
    bool is_null;
    const char *text; /* OGC_TEXT */
    double number;    /* OGC_INTEGER, OGC_NUMBER, OGC_BOOLEAN (0, 1) */
    gaz_date date;
};

/* One feature. */
struct ogc_row {
    struct api_worker *worker; /* its snapshot; texts go to its arena */
    uint32_t index;            /* see ogc_collection.count */
};

struct ogc_property {
    const char *name;
    ogc_type type;
    void (*get)(const struct ogc_row *row, struct ogc_value *out);
    const char *zh;
    const char *en;
};

enum { OGC_FEATURE_ID_BYTES = 24 };

struct ogc_collection {
    const char *name;
    const char *zh;
    const char *en;
    const char *about_zh;
    const char *about_en;
    const char *geometry;                  /* "point": after "geometry-" */
    const struct ogc_property *properties; /* ends with NULL name */
    uint32_t (*count)(const struct api_worker *worker); /* rows to walk */
    bool (*has)(const struct api_worker *worker, uint32_t index);
    /* Written into `out` of OGC_FEATURE_ID_BYTES; stable over builds. */
    void (*id)(const struct api_worker *worker, uint32_t index, char *out);
    /* GAZ_NONE when there is none. */
    uint32_t (*find)(const struct api_worker *worker, const char *id);
    void (*shape)(const struct ogc_row *row, struct ogc_shape *out);
    /* A box that holds the shape, without making it; false: none. */
    bool (*box)(const struct api_worker *worker, uint32_t index,
                struct gaz_box *out);
    /* When it was so: [*from, *to), 0: open. */
    void (*span)(const struct api_worker *worker, uint32_t index,
                 gaz_date *from, gaz_date *to);
    void (*credit)(const struct api_worker *worker, uint32_t index,
                   struct api_credits *credits);
    /* Of collections that are read from the database (border.c): reads what
     * this caller may see into the worker. NULL: there is nothing to do. */
    gaz_status (*load)(struct api_worker *worker);
    unsigned roles; /* gaz_role bits, one of which is needed; 0: public */
    int decimals;   /* of degrees; 0: those of the system */
};

extern const struct ogc_collection *const OGC_COLLECTIONS[]; /* NULL ends */

/* The collections, by subject. */
extern const struct ogc_collection OGC_PLACES, OGC_DIVISIONS, OGC_ROADS,
    OGC_HERITAGE;                                             /* place.c */
extern const struct ogc_collection OGC_ADDRESSES;             /* address.c */
extern const struct ogc_collection OGC_BOUNDARIES, OGC_AREAS; /* boundary.c */
extern const struct ogc_collection OGC_CHANGES;               /* change.c */
extern const struct ogc_collection OGC_BOUNDARY_LINES, OGC_BOUNDARY_MARKERS,
    OGC_BOUNDARY_POINTS; /* border.c */

/* ogc_collection_find returns the collection of that name, or NULL. */
const struct ogc_collection *ogc_collection_find(const char *name);
const struct ogc_property *
ogc_collection_property(const struct ogc_collection *collection,
                        const char *name);

/* ogc_collection_open makes a collection ready for this request. A problem of
 * 401 or 403 when the caller has not its role. */
gaz_status ogc_collection_open(struct api_worker *worker,
                               const struct ogc_collection *collection);
/* False: it is not even listed for this caller. */
bool ogc_collection_is_shown(const struct api_worker *worker,
                             const struct ogc_collection *collection);

/* ogc_collection_asked finds the one that the path names, {collectionId}, and
 * opens it. A problem of 404 when there is none. */
gaz_status ogc_collection_asked(struct api_worker *worker,
                                const struct api_request *request,
                                const struct ogc_collection **out);

/* ---- for the tables: values ---- */

void ogc_value_text(struct ogc_value *out, const char *text); /* "": null */
void ogc_value_integer(struct ogc_value *out, int64_t number);
void ogc_value_number(struct ogc_value *out, double number);
void ogc_value_bool(struct ogc_value *out, bool value);
void ogc_value_date(struct ogc_value *out, gaz_date date); /* 0: null */
void ogc_value_null(struct ogc_value *out);

/* The name of the division of `level` that holds `place`, "" when none. */
const char *ogc_division_name(const struct gaz_snapshot *snap, uint32_t place,
                              gaz_level level);
/* The key of a source, NULL for none. */
const char *ogc_source_key(const struct gaz_snapshot *snap, uint32_t source);
/* A shape from rows; the rings live in the worker's arena. */
void ogc_points_of(const struct ogc_row *row, uint32_t first, uint32_t count,
                   struct ogc_ring *out);
/* The box of a point; false for INT32_MIN. */
bool ogc_point_box(int32_t lon_e7, int32_t lat_e7, struct gaz_box *out);

#endif
