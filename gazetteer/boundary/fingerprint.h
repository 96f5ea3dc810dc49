/* fingerprint.h - are these numbers what they are said to be?
 *
 * A delivery comes with a stated system and order of axes. Its positions are
 * held against what is known of the line: the same markers, the line itself, or
 * at least the sides' areas. When they do not lie there, each known slip is
 * tried (another zone, a zone prefix, exchanged axes, degrees for metres,
 * GCJ-02, BD-09, the web map) and the one that brings them there is named.
 * Nothing is corrected: the operator states the right system and delivers
 * again.
 *
 *     status = gaz_fingerprint_test(ctx, &asked, &verdict);
 *     if (verdict.kind != GAZ_FINGERPRINT_FITS) ... verdict.zh, verdict.en
 */
#ifndef GAZ_BOUNDARY_FINGERPRINT_H
#define GAZ_BOUNDARY_FINGERPRINT_H

#include "gazetteer/base/coord.h"
#include "gazetteer/boundary/fit.h"

/* One position as it was delivered, and where its mark is known to be. */
struct gaz_fingerprint_pair {
    struct gaz_grid given; /* north, east; or latitude, longitude */
    struct gaz_coord known;
};

struct gaz_fingerprint_asked {
    const char *crs;              /* as stated */
    const struct gaz_grid *given; /* all positions */
    size_t count;
    const struct gaz_fingerprint_pair *pairs; /* the same marks; may be none */
    size_t pair_count;
    const struct gaz_coord *line; /* EPSG:4490; may be none */
    size_t line_count;
    double reach_m; /* the positions lie within this of the line */
    /* Closer than this, two readings are the same; with pairs it is what a
     * survey may differ by, with a line of this accuracy how far off it is. */
    double accuracy_m;
};

typedef enum {
    GAZ_FINGERPRINT_FITS,
    GAZ_FINGERPRINT_SWAPPED,   /* the axes, perhaps of another system too */
    GAZ_FINGERPRINT_ZONE,      /* another meridian, or a zone prefix */
    GAZ_FINGERPRINT_DEGREES,   /* degrees for metres, or metres for degrees */
    GAZ_FINGERPRINT_DATUM,     /* GCJ-02, BD-09 */
    GAZ_FINGERPRINT_ELSEWHERE, /* no known slip explains it */
    GAZ_FINGERPRINT_UNKNOWN,   /* there is nothing to hold it against */
} gaz_fingerprint_kind;

struct gaz_fingerprint {
    gaz_fingerprint_kind kind;
    double off_m;    /* as stated: the median distance; HUGE_VAL: no place */
    double better_m; /* read as `crs` and `is_swapped` */
    const char *crs; /* that fits; NULL: none does, or a plane of GCJ-02, which
                      * has no name */
    bool is_swapped; /* and the axes the other way round */
    bool can_tell_datum; /* what is known is near enough for GCJ-02 */
    const char *zh;      /* sentences; "" when it fits */
    const char *en;
};

/* @return GAZ_OK; GAZ_INVALID: a system that is not known, or no position */
gaz_status gaz_fingerprint_test(struct gaz_ctx *ctx,
                                const struct gaz_fingerprint_asked *asked,
                                struct gaz_fingerprint *out);

const char *gaz_fingerprint_name(gaz_fingerprint_kind kind); /* "wrong_zone" */

#endif
