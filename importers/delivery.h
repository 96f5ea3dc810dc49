/* delivery.h - what a side of a boundary delivers, whatever the format: lines,
 * areas, markers.
 *
 * First the file is read as it stands (imp_delivery_read, once for each file or
 * page), so that its numbers can be judged (boundary/systems.h); then it is
 * turned into EPSG:4490 (imp_delivery_turn). A table with a column of codes is
 * a register of markers, one with positions only is the line's points in their
 * order; lines and polygons are taken as they are; other points need a code.
 */
#ifndef IMP_DELIVERY_H
#define IMP_DELIVERY_H

#include "gazetteer/geo/geometry.h"
#include "importers/register.h"

enum { IMP_DELIVERY_VERTICES_MAX = 5000000 };

struct imp_delivery_options {
    const char *layer; /* of a format that has layers; NULL: the first */
    bool is_east_north;
    bool is_turned;             /* as struct imp_register_options */
    bool counts_only;           /* bad rows are counted and passed over */
    bool wants_shapes;          /* pass over what is no line and no area */
    struct imp_reject *rejects; /* NULL: the first bad row is a failure */
};

struct imp_delivery_shape {
    const void *wkb; /* as in the file, little-endian, x east */
    size_t size;
    uint32_t type; /* IMP_WKB_LINE ... */
    int64_t number;
    struct imp_edition edition;
};

struct imp_delivery {
    const char *crs; /* that the file itself names; NULL: none */
    struct imp_delivery_shape *shapes;
    size_t shape_count;
    struct imp_register_row *rows; /* of registers */
    size_t row_count;
    struct imp_register_xy *list; /* of a list of coordinates */
    size_t list_count;
    struct imp_register_xy *raw; /* all positions, measured ones of markers */
    size_t raw_count;
    size_t rejected;
    bool has_managers;
    size_t capacity[4]; /* of the four arrays */
};

/* imp_delivery_read adds what is in a file to *out ({0} at first). All in
 * ctx->arena.
 *
 * @param name  of the file in messages and rejects
 * @return GAZ_OK; GAZ_INVALID, GAZ_LIMIT, GAZ_NOT_FOUND, GAZ_IO */
gaz_status imp_delivery_read(struct gaz_ctx *ctx, const char *path,
                             const char *name,
                             const struct imp_delivery_options *options,
                             struct imp_delivery *out);

struct imp_delivered_line {
    const struct gaz_coord *points; /* EPSG:4490 */
    size_t count;
};

struct imp_delivered {
    struct imp_delivered_line *lines;
    size_t line_count;
    struct gaz_wkb *areas; /* EPSG:4490 */
    size_t area_count;
    struct gaz_boundary_marker *markers;
    size_t marker_count;
};

/* @param is_proved  that the positions are of this system, though they may lie
 *                   outside of its use (a line at the edge of a zone)
 * @return GAZ_OK; GAZ_INVALID: a system that is not known, or a position that
 *         it cannot hold */
gaz_status imp_delivery_turn(struct gaz_ctx *ctx,
                             const struct imp_delivery *delivery,
                             const char *crs, bool is_proved,
                             struct imp_delivered *out);

#endif
