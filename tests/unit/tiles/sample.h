/* sample.h - small snapshots made by hand, for the tests of tiles/.
 *
 * Only the arrays that tiles read are filled; the look-ups of snapshot.h do not
 * work on it. The shapes around Pinghu are rectangles and zigzags typed in for
 * the tests: none of it is real.
 */
#ifndef TESTS_UNIT_TILES_SAMPLE_H
#define TESTS_UNIT_TILES_SAMPLE_H

#include "gazetteer/base/buffer.h"
#include "gazetteer/index/snapshot.h"

struct sample {
    struct gaz_snapshot snap;
    struct gaz_arena arena;
    struct gaz_buffer strings;
    struct gaz_snap_place *places;
    struct gaz_snap_name *names;
    struct gaz_snap_ring *rings;
    struct gaz_snap_point *points;
    struct gaz_snap_line *lines;
};

enum {
    SAMPLE_PLACES_MAX = 20000,
    SAMPLE_RINGS_MAX = 1000,
    SAMPLE_POINTS_MAX = 400000,
    SAMPLE_LINES_MAX = 1000,
};

void sample_open(struct sample *sample);
void sample_close(struct sample *sample);

/* sample_place adds a place without a position and returns its row. */
struct gaz_snap_place *sample_place(struct sample *sample, const char *name,
                                    gaz_level level, uint32_t parent);
void sample_position(struct gaz_snap_place *place, double lon, double lat,
                     gaz_method method);

/* Rings and lines take lon, lat pairs; a ring is closed by the caller. */
void sample_ring(struct sample *sample, uint32_t place, uint32_t polygon,
                 const double *lon_lat, size_t count);
struct gaz_snap_line *sample_line(struct sample *sample, uint32_t kind,
                                  gaz_level level, bool is_schematic,
                                  const double *lon_lat, size_t count);

/* sample_ready lets `snap` point at everything added so far. */
const struct gaz_snapshot *sample_ready(struct sample *sample);

/* sample_counties fills it with two counties that share a jagged provincial
 * line, a coast, a road, towns, villages and heritage sites, located, shared
 * and inherited. */
void sample_counties(struct sample *sample);

#endif
