/* drawing.h - writes a drawing (DXF) by GDAL.
 *
 * For those who draw by CAD: lines, rings and labelled points on named layers.
 * Coordinates are a plane's metres, x east and y north, as drawings have them;
 * surveys' tables have X north. The drawing names no system: say it beside.
 */
#ifndef IMP_DRAWING_H
#define IMP_DRAWING_H

#include "gazetteer/base/context.h"

typedef enum {
    IMP_DRAWING_POINT,
    IMP_DRAWING_LINE,
    IMP_DRAWING_RING, /* closed */
} imp_drawing_shape;

struct imp_drawing_item {
    imp_drawing_shape shape;
    const char *layer; /* "LINE_A"; letters, digits and _ */
    const char *label; /* beside a point; NULL: none */
    const double *xy;  /* pairs */
    size_t count;      /* of pairs */
};

/* imp_drawing_write replaces `path` in one step. GAZ_IO with GDAL's sentence */
gaz_status imp_drawing_write(struct gaz_ctx *ctx,
                             const struct imp_drawing_item *items, size_t count,
                             const char *path);

#endif
