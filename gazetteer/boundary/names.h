/* names.h - names along a line: what both sides call the same, or what is the
 * same and is called differently (check B14, the list 地名+毗邻).
 *
 * Pure. Given are the names of both sides with their positions, and the line.
 * A position that is known to some kilometres only, because it is that of the
 * town above, can still lie within the distance: such names are listed as
 * possible and never as certain.
 *
 * What is found:
 * - the same name on both sides, the same but for its generic (村 or 社区), one
 *   that sounds the same, one that differs in a character of three or more;
 * - villages of one name that lie side by side: cross-border villages;
 * - a road, bridge, river or canal that both sides have at one place, under one
 *   name or under two; for two, what may be proposed as a joint name;
 * - a place that stands in the other side's area.
 *
 * 《地名管理条例》(2022) article 9: no same or similar sounding names in one
 * area; article 12: names of what crosses divisions are agreed by both. Nothing
 * is decided here: proposals are for both sides to talk about.
 */
#ifndef GAZ_BOUNDARY_NAMES_H
#define GAZ_BOUNDARY_NAMES_H

#include "gazetteer/base/coord.h"
#include "gazetteer/boundary/fit.h"
#include "gazetteer/geo/track.h"
#include "gazetteer/model/issue.h"
#include "gazetteer/model/place.h"

enum { GAZ_BORDER_NAMES_MAX = 20000 };

struct gaz_border_name {
    gaz_id id;
    const char *text;  /* "山塘村" */
    const char *plain; /* "shantangcun": no tones, blanks or capitals */
    const char *label; /* with its divisions, for reading */
    const char *const *aliases; /* in use beside it; may be NULL */
    size_t alias_count;
    uint32_t category; /* GB/T 18521 */
    int side;          /* 0 A, 1 B: which it belongs to */
    int inside;        /* in whose area it stands; -1: not known */
    struct gaz_grid at;
    struct gaz_coord where;
    double accuracy_m;
    /* A road or river as drawn, in the plane; none: the point stands for it. */
    const struct gaz_track_point *line;
    size_t line_count;
    double distance_m; /* of the line; set by gaz_border_names_find */
};

typedef enum {
    GAZ_BORDER_SAME,        /* same name on both sides */
    GAZ_BORDER_SAME_CORE,   /* same but for the generic */
    GAZ_BORDER_SOUND,       /* sounds the same */
    GAZ_BORDER_SIMILAR,     /* one character differs */
    GAZ_BORDER_VILLAGES,    /* villages of one name side by side */
    GAZ_BORDER_SHARED,      /* one thing, one name */
    GAZ_BORDER_DIFFERENTLY, /* one thing, two names */
    GAZ_BORDER_MISPLACED,   /* stands in the other side's area */
} gaz_border_kind;

struct gaz_border_item {
    gaz_border_kind kind;
    gaz_severity severity;
    const struct gaz_border_name *a;
    const struct gaz_border_name *b; /* NULL of GAZ_BORDER_MISPLACED */
    double apart_m;                  /* between both */
    double distance_m;               /* the farther one's from the line */
    double uncertainty_m;            /* of the greater of both positions */
    bool is_certain;                 /* positions are good enough to say so */
    const char *zh;
    const char *en;
    const char *clause;
    const char *advice;
    const char *advice_en;
    const char *proposal; /* a joint name; NULL: none */
};

struct gaz_border_options {
    double within_m; /* of the line */
    double joint_m;  /* two things this near are one */
    double line_accuracy_m;
};

struct gaz_border_report {
    const struct gaz_border_name *const *names; /* within, nearest first */
    size_t name_count;
    size_t possible_count; /* of them, by their position not certainly within */
    const struct gaz_border_item *items;
    size_t item_count;
};

/* gaz_border_names_find judges `names`, whose distances it sets. The result is
 * in ctx->arena and points to them. GAZ_INVALID: the line has no length;
 * GAZ_LIMIT: more than GAZ_BORDER_NAMES_MAX names within the distance */
gaz_status gaz_border_names_find(struct gaz_ctx *ctx,
                                 struct gaz_border_name *names, size_t count,
                                 const struct gaz_grid *line, size_t line_count,
                                 const struct gaz_border_options *options,
                                 struct gaz_border_report *out);

const char *gaz_border_kind_name(gaz_border_kind kind); /* "same_name" */
const char *gaz_border_kind_zh(gaz_border_kind kind);   /* "同名" */

/* The name without the generic that its category has: 山塘 of 山塘村. Copied to
 * the arena. */
const char *gaz_border_core(struct gaz_arena *arena, const char *text,
                            uint32_t category);

#endif
