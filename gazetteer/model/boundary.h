/* boundary.h - a boundary line as its two sides keep it: agreed coordinates,
 * markers, inspections, and what each side delivered.
 *
 * GB/T 17796-2009 (markers, registers, description) and the decree on boundary
 * lines of 2002 (articles 6 and 12: repair with the other side present, joint
 * inspection every five years). Positions are EPSG:4490 in degrees that hold
 * 0.1 mm, heights EPSG:5737 in metres, azimuths and distances are those of the
 * grid in which the register was made. Strings are never NULL in what the store
 * gives back: "" is not told.
 *
 * Side A is the one with the smaller code, as on double markers.
 */
#ifndef GAZ_MODEL_BOUNDARY_H
#define GAZ_MODEL_BOUNDARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/coord.h"
#include "gazetteer/base/date.h"

enum {
    GAZ_BOUNDARY_SIDES = 2,
    GAZ_BOUNDARY_DIGEST_BYTES = 32, /* SHA-256 */
    GAZ_BOUNDARY_OBJECTS_MAX = 9,
    GAZ_BOUNDARY_GRAMMAR_MAX_BYTES = 200,
};

typedef enum {
    GAZ_BOUNDARY_AGREED,
    GAZ_BOUNDARY_DRAFT,
    GAZ_BOUNDARY_DISPUTED,
    GAZ_BOUNDARY_ENDED,
} gaz_boundary_status;

struct gaz_boundary_line {
    int64_t id;                 /* of the row; 0: not stored */
    const char *code;           /* "3133"; inside a province as it rules */
    const char *section;        /* "310116-330482"; "": the whole line */
    const char *edition;        /* of the agreement or the inspection */
    const char *name;           /* "沪浙线金山—平湖段" */
    int level;                  /* what it divides: 1 province, 3 county ... */
    const char *sides[2];       /* codes of A and B: "310116", "330482" */
    char own;                   /* 'A' or 'B': the side that runs this
                                 * database; 0: neither */
    const char *left;           /* code of the side on the left */
    const char *marker_grammar; /* ERE that a marker's code must match; "": that
                                 * of GB/T 17796 (boundary/marker.h) */
    const char *agreement;      /* number of the agreement */
    gaz_date agreed_on;
    const char *legal_text; /* 边界线位置和走向说明 */
    gaz_boundary_status status;
    int map_scale;     /* denominator, of the agreement's map; 0: not told */
    bool is_schematic; /* for showing; proves nothing */
    bool is_synthetic;
    const struct gaz_coord *points; /* agreed; W to E or N to S; may be none */
    size_t point_count;
};

/* A position as one survey found it. */
struct gaz_boundary_fix {
    struct gaz_coord at;
    bool has_height;
    double height_m;          /* EPSG:5737 */
    double accuracy_m;        /* mean square error in the plane; 0: not told */
    double height_accuracy_m; /* 0: not told */
    gaz_date on;              /* epoch; 0: not told */
    const char *method;       /* "GNSS RTK" */
    const char *by;           /* who measured */
};

/* 方位物: an object by which a marker is found again. */
struct gaz_boundary_object {
    const char *name;
    double azimuth_deg; /* of the grid, from the marker, 0 to 360 */
    double distance_m;
};

struct gaz_boundary_photo {
    const char *ref;    /* file name or URI in the archive; not the picture */
    const char *sha256; /* hexadecimal; "": not told */
    gaz_date on;
};

struct gaz_boundary_marker {
    int64_t id;
    const char *code;     /* "3133012Q" */
    const char *type;     /* "Q", "A" ... the last character of the code */
    const char *material; /* 石, 混凝土 ... */
    const char *place[2]; /* where it stands, as sides A and B say it */
    bool has_agreed;
    struct gaz_boundary_fix agreed;
    const struct gaz_boundary_fix *fixes; /* measured, oldest first */
    size_t fix_count;
    const struct gaz_boundary_object *objects; /* 3 or more are due */
    size_t object_count;
    const struct gaz_boundary_photo *photos;
    size_t photo_count;
    const char *manager;   /* the side that keeps it */
    const char *condition; /* 完好, 倾斜, 丢失 ... at the last inspection */
    gaz_date inspected_on;
    gaz_date set_on; /* 埋设日期 */
    const char *note;
    /* Registered to the next row's marker, of the grid; 0: not told. */
    double next_distance_m;
    double next_azimuth_deg; /* used with the distance only */
    const char *course;      /* 走向说明 from here to the next marker */
};

/* Points of a line that are no markers. */
typedef enum {
    GAZ_BOUNDARY_TURN,      /* 边界点: a vertex of the agreement's table */
    GAZ_BOUNDARY_TRIPOINT,  /* where three lines meet */
    GAZ_BOUNDARY_REFERENCE, /* a control point that the survey began from */
} gaz_boundary_point_kind;

struct gaz_boundary_point {
    int64_t id;
    gaz_boundary_point_kind kind;
    const char *code;  /* unique in the line and kind */
    const char *name;  /* "苏浙沪三省交会点" */
    const char *lines; /* of a tripoint: codes with spaces, "3132 3133 3233" */
    struct gaz_boundary_fix fix;
};

/* What an inspection found at one marker or on the way. */
struct gaz_boundary_visit {
    const char *marker; /* its code; "": the line between */
    const char
        *condition; /* 完好, 倾斜, 字迹模糊, 破损, 丢失, 移位, 无法到达 */
    const char *finding;
    const char *repair; /* 描红, 扶正, 更换, 重新埋设, 修测; "": none */
    const char *repaired; /* side that did it, "A" or "B"; "": none */
    const char *witness;  /* who of the other side was present (article 16) */
    gaz_date repaired_on; /* 0: not yet */
    gaz_date due;         /* until when; 0: nothing is due */
};

struct gaz_boundary_inspection {
    int64_t id;
    const char *round; /* "5": the joint round; "": a special inspection */
    gaz_date from;
    gaz_date to;
    const char *parties; /* who walked */
    const char *summary;
    const struct gaz_boundary_visit *visits;
    size_t visit_count;
};

/* ---- what a side delivered, word for word ---- */

struct gaz_boundary_part {
    const char *name; /* file name, "line.shp", or the URL of a page */
    const void *bytes;
    size_t size;
    unsigned char sha256[GAZ_BOUNDARY_DIGEST_BYTES];
    const char *etag; /* that a host gave; "": none */
};

struct gaz_boundary_submission {
    int64_t id;
    char side;         /* 'A' or 'B' */
    const char *name;  /* of the file, or the URL */
    const char *layer; /* of a format that has layers; "": the first */
    const char *crs;   /* as the operator or the host stated it */
    const char *axes;  /* "north-east", "east-north"; "": not stated, so tables
                        * have X north, Y east, and shapes x east */
    bool is_harvest;   /* fetched from the neighbour's service */
    int64_t lines;     /* what was read from it */
    int64_t areas;
    int64_t markers;
    int64_t rejected;
    const char *who;
    const char *note;
    const char *at; /* UTC, "2026-11-24T12:00:00.000Z" */
    unsigned char
        sha256[GAZ_BOUNDARY_DIGEST_BYTES]; /* of the one part, or of
                                            * the list "hexadecimal, two spaces,
                                            * name, newline" of all parts */
    const struct gaz_boundary_part *parts;
    size_t part_count;
};

/* One comparison of the two sides' latest submissions, kept. */
struct gaz_boundary_check {
    int64_t id;
    int64_t a; /* submissions */
    int64_t b;
    const char *at;
    const char *outcome; /* "agree", "differ", "failed" */
    const char *message; /* Chinese */
    const char *message_en;
    int64_t errors;
    int64_t warnings;
    double shared_m; /* -1: not known; so below */
    double overlap_m2;
    double gap_m2;
    double largest_m; /* the largest difference of line or marker */
    int64_t markers;  /* that both have; -1 */
};

#endif
