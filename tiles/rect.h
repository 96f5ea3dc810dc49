/* rect.h - boxes in pixels of one zoom at scale 1; max is outside. */
#ifndef TILES_RECT_H
#define TILES_RECT_H

#include <stdbool.h>
#include <stdint.h>

struct tile_rect {
    int64_t min_x;
    int64_t min_y;
    int64_t max_x;
    int64_t max_y;
};

static inline bool tile_rect_overlaps(const struct tile_rect *a,
                                      const struct tile_rect *b)
{
    return a->min_x < b->max_x && b->min_x < a->max_x && a->min_y < b->max_y &&
           b->min_y < a->max_y;
}

static inline struct tile_rect tile_rect_join(struct tile_rect a,
                                              struct tile_rect b)
{
    return (struct tile_rect){
        a.min_x < b.min_x ? a.min_x : b.min_x,
        a.min_y < b.min_y ? a.min_y : b.min_y,
        a.max_x > b.max_x ? a.max_x : b.max_x,
        a.max_y > b.max_y ? a.max_y : b.max_y,
    };
}

#endif
