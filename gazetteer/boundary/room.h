/* room.h - findings are added one by one: room for one more. */
#ifndef GAZ_BOUNDARY_ROOM_H
#define GAZ_BOUNDARY_ROOM_H

#include "gazetteer/base/arena.h"

/* gaz_boundary_room returns `items` with room behind `count`, perhaps moved;
 * *capacity is how many of `size` bytes there is room for. */
static inline void *gaz_boundary_room(struct gaz_arena *arena, void *items,
                                      size_t count, size_t *capacity,
                                      size_t size)
{
    enum { FIRST = 64 };
    if (count < *capacity)
        return items;
    const size_t bigger = *capacity ? 2 * *capacity : FIRST;
    void *moved = gaz_arena_grow(arena, items, *capacity * size, bigger * size);
    *capacity = bigger;
    return moved;
}

#endif
