/* feature.h - what a snapshot has to show, in world units; made once.
 *
 *   areas   divisions and buildings (no level) with a polygon; divisions with
 *           a tint that differs from neighbours
 *   lines   coastline, boundary lines, road axes
 *   sites   points with a name: divisions, heritage, other places
 *
 * What is left out, and why: places without a position; places whose position
 * is only their parent's (GAZ_METHOD_INHERITED), because a name at that point
 * would lie; places that are not current. Heritage sites with an inherited
 * position are the exception: they are worth showing, so those that share one
 * point become one cluster, "新仓镇 2 处", or, when alone, the site's name with
 * "（概位）" (position approximate); both get a hollow icon. Located sites that
 * share a point become a cluster too, since only one could be seen.
 *
 * Immutable after tile_feature_gather; any number of threads may read it.
 *
 * An edit of a few named points makes a copy that shares everything with the
 * one before (tile_feature_edit): sites that went are listed, new ones stand
 * behind the old, and numbers stay what they were.
 */
#ifndef TILES_FEATURE_H
#define TILES_FEATURE_H

#include "gazetteer/index/snapshot.h"
#include "tiles/boxes.h"
#include "tiles/grid.h"
#include "tiles/simplify.h"

enum { TILE_FEATURE_TINTS = 6 };

/* What a site is. */
typedef enum {
    TILE_CLASS_PROVINCE,
    TILE_CLASS_CITY,
    TILE_CLASS_COUNTY,
    TILE_CLASS_TOWN,
    TILE_CLASS_CLUSTER, /* heritage: several sites at one point */
    TILE_CLASS_HERITAGE,
    TILE_CLASS_VILLAGE,
    TILE_CLASS_NAME, /* any other place */
    TILE_CLASSES,
} tile_class;

struct tile_span {
    uint32_t first;
    uint32_t count;
};

struct tile_ring {
    uint32_t polygon; /* rings of one polygon stand together, outer first */
    struct tile_span points; /* closed */
};

struct tile_area {
    uint32_t place;
    struct tile_span rings;
    struct tile_box box;
    uint8_t level;
    uint8_t tint; /* 0 to TILE_FEATURE_TINTS - 1; neighbours differ */
    bool is_schematic;
    struct tile_point centre; /* the point deepest inside, for its name */
};

struct tile_line {
    uint32_t row; /* index into snapshot->lines */
    struct tile_span points;
    struct tile_box box;
    uint8_t kind;
    uint8_t level;
    int8_t sea; /* of a coastline: +1 right, -1 left of its direction (y down);
                 * 0: not known, or no coastline */
    bool is_schematic;
};

struct tile_site {
    uint64_t id; /* of the place, or of a cluster's first */
    const struct gaz_snap_place *row;
    const char *name;       /* standard name, or "" */
    const char *name_roman; /* or "" */
    const char *code;       /* official, or "" */
    uint32_t place;         /* index; GAZ_NONE: of an edit */
    uint32_t rank;          /* tile_feature_rank */
    uint32_t count;         /* places it stands for */
    const char *text;       /* the label */
    const char *roman;      /* the same romanised, or "" */
    const char *ids; /* of a cluster, written and joined by ","; else NULL */
    struct tile_point at;
    tile_class class;
    bool is_approximate; /* the true place is elsewhere near: hollow icon */
    bool is_synthetic;
};

struct tile_features {
    const struct gaz_snapshot *snap;
    struct gaz_arena arena;
    struct tile_area *areas; /* by level, then place */
    struct tile_ring *rings;
    struct tile_line *lines; /* by kind, level, then row */
    struct tile_site *sites; /* by class, rank, id: the order of placement */
    struct tile_point *points;
    struct tile_meetings *meetings;
    const struct tile_boxes *area_boxes;
    const struct tile_boxes *line_boxes;
    const struct tile_boxes *site_boxes; /* numbers of sites */
    uint32_t *site_of;                   /* by place: its site, or GAZ_NONE */
    uint32_t area_count;
    uint32_t ring_count;
    uint32_t line_count;
    uint32_t site_count;
    uint32_t point_count;
    const struct tile_site *extra; /* of edits: numbers site_count and on */
    uint32_t extra_count;
    const uint32_t *gone; /* numbers of sites that are no more; ascending */
    uint32_t gone_count;
};

/* tile_feature_rank is the importance of a place, 0 first. Unlike the rank in
 * the snapshot, which counts all places, it depends on this one alone: else one
 * new place would change every later one's. Divisions by level, then sites,
 * zones, estates, roads, hamlets (the classes of index/rank.c). */
uint32_t tile_feature_rank(const struct gaz_snap_place *place);

/* The site of a number, of the snapshot or of an edit. */
static inline const struct tile_site *
tile_feature_site(const struct tile_features *features, uint32_t number)
{
    return number < features->site_count
               ? &features->sites[number]
               : &features->extra[number - features->site_count];
}

bool tile_feature_is_gone(const struct tile_features *features,
                          uint32_t number);

/* A place as it is after an edit: what its row in the snapshot would say. */
struct tile_edit {
    struct gaz_snap_place row; /* id, position, level, status, method, category,
                                * accuracy, flags; offsets of texts are not read
                                */
    const char *name;
    const char *name_roman;
    const char *code;
    bool is_gone;  /* there is no such place any more */
    bool has_area; /* a polygon of its own */
};

/* The sites that an edit took and brought, by number. */
struct tile_edit_change {
    uint32_t *gone;
    uint32_t gone_count;
    uint32_t *come;
    uint32_t come_count;
};

/* tile_feature_edit makes `out` of `before` and edits. Both share all but
 * sites; what is new lives in `arena`. False when that does not do: heritage
 * (its clusters depend on neighbours), places with an area, and towns that move
 * (the side of the sea depends on them). `out` is not to be closed. */
bool tile_feature_edit(struct gaz_arena *arena,
                       const struct tile_features *before,
                       const struct tile_edit *edits, uint32_t count,
                       struct tile_features *out,
                       struct tile_edit_change *change);

/* The order of sites: class, rank, id. */
int tile_feature_compare(const struct tile_site *a, const struct tile_site *b);

/* tile_feature_gather reads the snapshot, which must outlive `out`; end with
 * tile_feature_close. */
void tile_feature_gather(const struct gaz_snapshot *snap,
                         struct tile_features *out);
void tile_feature_close(struct tile_features *features);

#endif
