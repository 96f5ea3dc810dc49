/* simplify.h - fewer vertices for lower zooms, without slivers.
 *
 * Neighbours share borders. If each ring were simplified alone, a shared border
 * would get two versions, and slivers of background would show between them. So
 * rings are cut into arcs at the vertices where borders meet (junctions), and
 * each arc is simplified in one canonical direction: both neighbours, and the
 * boundary line between them, keep the same vertices.
 */
#ifndef TILES_SIMPLIFY_H
#define TILES_SIMPLIFY_H

#include <stddef.h>

#include "gazetteer/base/arena.h"
#include "tiles/grid.h"

/* The vertices of all rings, with their neighbours; lives in its arena. */
struct tile_meetings;

struct tile_meetings *tile_simplify_meetings(struct gaz_arena *arena,
                                             size_t point_count);

/* tile_simplify_note adds a closed ring (the last point repeats the first); at
 * most the `point_count` points promised above, over all calls. */
void tile_simplify_note(struct tile_meetings *meetings,
                        const struct tile_point *points, size_t count);

/* tile_simplify_is_junction is true where more than two border vertices are
 * next to this one. */
bool tile_simplify_is_junction(const struct tile_meetings *meetings,
                               struct tile_point point);

/* tile_simplify_distance2 returns the squared distance of `p` from the segment
 * a-b, in world units. */
double tile_simplify_distance2(struct tile_point p, struct tile_point a,
                               struct tile_point b);

/* tile_simplify_line copies the points that matter at `tolerance` world units
 * (Douglas-Peucker, distance to the chord as a segment) into `out`, which has
 * room for `count`. Returns how many; both ends always stay. */
size_t tile_simplify_line(struct gaz_arena *scratch,
                          const struct tile_meetings *meetings,
                          const struct tile_point *points, size_t count,
                          double tolerance, struct tile_point *out);

/* tile_simplify_ring does the same for a closed ring; the result may begin at
 * another vertex, is closed, and is 0 points when fewer than three different
 * ones are left. */
size_t tile_simplify_ring(struct gaz_arena *scratch,
                          const struct tile_meetings *meetings,
                          const struct tile_point *points, size_t count,
                          double tolerance, struct tile_point *out);

#endif
