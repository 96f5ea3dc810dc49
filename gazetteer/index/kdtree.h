/* kdtree.h - arranging points as an implicit kd-tree. Private to the room.
 *
 * The middle of a range splits it, by longitude on even depths and by latitude
 * on odd ones; ranges of GAZ_KD_LEAF points or fewer are read.
 */
#ifndef GAZ_INDEX_KDTREE_H
#define GAZ_INDEX_KDTREE_H

#include <stddef.h>
#include <stdint.h>

enum { GAZ_KD_LEAF = 8, GAZ_KD_STACK_MAX = 64 };

struct gaz_kd_point {
    int32_t axis[2]; /* longitude, latitude; 1e-7 degree */
    uint32_t ref;
};

/* gaz_kd_arrange permutes the points into a tree; equal points have one
 * arrangement, whatever their order was. */
void gaz_kd_arrange(struct gaz_kd_point *points, size_t count);

#endif
