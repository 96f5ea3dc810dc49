/* wkb.h - walks the vertices of a WKB geometry.
 *
 * Readers give geometries in their source's system; the gazetteer wants
 * EPSG:4490. The walker checks every count against the bytes that are there, so
 * it is safe on any bytes. Points, lines, polygons and their collections, 2D,
 * either byte order in, little-endian out.
 */
#ifndef IMP_WKB_H
#define IMP_WKB_H

#include "gazetteer/base/context.h"
#include "gazetteer/base/coord.h"

enum {
    IMP_WKB_POINT = 1,
    IMP_WKB_LINE = 2,
    IMP_WKB_POLYGON = 3,
    IMP_WKB_MULTIPOINT = 4,
    IMP_WKB_MULTILINE = 5,
    IMP_WKB_MULTIPOLYGON = 6,
    IMP_WKB_COLLECTION = 7,

    IMP_WKB_DEPTH_MAX = 4,
    IMP_WKB_MAX_BYTES = 64 * 1024 * 1024,
};

/* Turns one vertex into another system. */
struct imp_wkb_transform {
    gaz_status (*vertex)(struct gaz_ctx *ctx, void *user, double x, double y,
                         struct gaz_coord *out);
    void *user;
};

struct imp_shape {
    const void *wkb; /* little-endian */
    size_t size;
    uint32_t type; /* IMP_WKB_* */
};

/* imp_wkb_transform copies the geometry with each vertex turned; in ctx->arena.
 * @return GAZ_OK; GAZ_INVALID: not WKB, or the transform's; GAZ_LIMIT */
gaz_status imp_wkb_transform(struct gaz_ctx *ctx, const void *wkb, size_t size,
                             const struct imp_wkb_transform *transform,
                             struct imp_shape *out);

struct imp_line_part {
    const struct gaz_coord *points;
    size_t count;
};

/* imp_wkb_lines lists the parts of a line or multiline that imp_wkb_transform
 * made; in ctx->arena. GAZ_INVALID for any other type. */
gaz_status imp_wkb_lines(struct gaz_ctx *ctx, const struct imp_shape *shape,
                         struct imp_line_part **out, size_t *count);

#endif
