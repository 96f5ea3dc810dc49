/* along.h - a text that follows a line: characters along the path, upright,
 * never upside down.
 *
 * Each character stands with its middle on the path and is turned with it. A
 * text that would run to the left is laid from the other end. Where the path is
 * steep, a text of Han characters runs downwards with its characters upright,
 * as Chinese maps write it. Where the path bends too sharply there is no text.
 */
#ifndef TILES_ALONG_H
#define TILES_ALONG_H

#include "tiles/rect.h"
#include "tiles/shape.h"
#include "tiles/text.h"

/* A path of world units with the lengths from its start. */
struct tile_course {
    const struct tile_point *points;
    const int64_t *lengths;
    uint32_t count;
};

struct tile_along {
    struct tile_mark *marks;
    struct tile_rect *boxes; /* one a character */
    uint32_t count;
    int64_t x; /* pixels of the zoom: what the marks count from */
    int64_t y;
};

/* tile_along_lay sets `text` with its middle at `length` world units from the
 * start. False when it does not fit or bends by more than `max_angle` degrees
 * from one character to the next. `out` lives in `arena`. */
bool tile_along_lay(struct gaz_arena *arena, const struct tile_course *course,
                    int z, int64_t length, const struct tile_text *text,
                    const struct tile_text_look *look, double max_angle,
                    struct tile_along *out);

#endif
