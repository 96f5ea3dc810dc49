/* collect.h - what a builder holds before it is written. Private to the room.
 *
 * Rows are kept in the shape that the file has, with ids of the text pool in
 * place of offsets; what must be resolved later stands beside them.
 */
#ifndef GAZ_INDEX_COLLECT_H
#define GAZ_INDEX_COLLECT_H

#include "gazetteer/geo/geometry.h"
#include "gazetteer/index/builder.h"
#include "gazetteer/index/format.h"
#include "gazetteer/index/pool.h"

struct gaz_given_place {
    struct gaz_snap_place row;
    gaz_id parent;
    int64_t source;
    size_t name_first; /* into names */
    size_t area_at;    /* into areas */
    size_t area_size;  /* 0: none */
};

struct gaz_given_name {
    struct gaz_snap_name row;
    int64_t source;
};

struct gaz_given_address {
    struct gaz_snap_address row;
    gaz_id parent;
    gaz_id place;
    int64_t source;
};

struct gaz_given_claim {
    struct gaz_snap_claim row;
    gaz_id place;
};

struct gaz_given_change {
    struct gaz_snap_change row;
    gaz_id from;
    gaz_id to;
    int64_t source;
};

struct gaz_given_source {
    struct gaz_snap_source row;
    int64_t id;
};

struct gaz_given_line {
    struct gaz_snap_line row; /* point_first: into points */
    gaz_id left;
    gaz_id right;
    int64_t source;
};

struct gaz_builder {
    struct gaz_pool pool;
    struct gaz_rows places;    /* struct gaz_given_place */
    struct gaz_rows names;     /* struct gaz_given_name, by place */
    struct gaz_rows addresses; /* struct gaz_given_address */
    struct gaz_rows claims;    /* struct gaz_given_claim */
    struct gaz_rows changes;   /* struct gaz_given_change */
    struct gaz_rows sources;   /* struct gaz_given_source */
    struct gaz_rows lines;     /* struct gaz_given_line */
    struct gaz_rows points;    /* struct gaz_snap_point, of the lines */
    struct gaz_rows redirects; /* struct gaz_format_redirect */
    struct gaz_buffer areas;   /* WKB */
    uint64_t journal_seq;
    struct gaz_ctx refused; /* the first row that cannot be kept, as a failure
                             */
};

/* gaz_collect_area gives the place's area as it was given; size 0: none. */
static inline struct gaz_wkb
gaz_collect_area(const struct gaz_builder *builder,
                 const struct gaz_given_place *place)
{
    if (place->area_size == 0)
        return (struct gaz_wkb){NULL, 0};
    return (struct gaz_wkb){builder->areas.data + place->area_at,
                            place->area_size};
}

#endif
