/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/index/image.h"

struct linked_line {
    struct gaz_snap_line row;
    const struct gaz_snap_point *points;
};

static int order(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_line(const void *a, const void *b)
{
    const struct linked_line *x = a;
    const struct linked_line *y = b;
    int result = order(x->row.kind, y->row.kind);
    if (result == 0)
        result = order(x->row.level, y->row.level);
    if (result == 0)
        result = order(x->row.code, y->row.code);
    if (result == 0)
        result = order(x->row.name, y->row.name);
    if (result == 0)
        result = order(x->row.point_count, y->row.point_count);
    if (result == 0 && x->row.point_count > 0)
        result = memcmp(x->points, y->points,
                        x->row.point_count * sizeof(*x->points));
    if (result == 0)
        result = order(x->row.left, y->row.left);
    return result != 0 ? result : order(x->row.right, y->row.right);
}

static gaz_status side(struct gaz_ctx *ctx, const struct gaz_image *image,
                       gaz_id id, uint32_t *out)
{
    *out = id == 0 ? GAZ_NONE : gaz_image_place_of(image, id);
    if (id == 0 || *out != GAZ_NONE)
        return GAZ_OK;
    char text[GAZ_ID_TEXT_BYTES];
    return gaz_fail(ctx, GAZ_INVALID,
                    "a line runs beside place %s, which does not exist",
                    gaz_id_write(id, text));
}

static gaz_status link_lines(struct gaz_ctx *ctx, const struct gaz_image *image,
                             struct linked_line *out)
{
    const struct gaz_given_line *given = image->builder->lines.items;
    const struct gaz_snap_point *points = image->builder->points.items;
    for (size_t i = 0; i < image->builder->lines.count; i++) {
        struct gaz_snap_line *row = &out[i].row;
        *row = given[i].row;
        out[i].points = points ? points + row->point_first : NULL;
        row->name = image->offsets[row->name];
        row->code = image->offsets[row->code];
        gaz_status status = side(ctx, image, given[i].left, &row->left);
        if (status == GAZ_OK)
            status = side(ctx, image, given[i].right, &row->right);
        if (status == GAZ_OK)
            status =
                gaz_source_index(ctx, image, given[i].source, &row->source);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

gaz_status gaz_lines_build(struct gaz_ctx *ctx, struct gaz_image *image)
{
    size_t count = image->builder->lines.count;
    struct linked_line *sorted = gaz_malloc((count + 1) * sizeof(*sorted));
    gaz_status status = link_lines(ctx, image, sorted);
    if (status == GAZ_OK)
        qsort(sorted, count, sizeof(*sorted), by_line);
    struct gaz_snap_line *lines =
        gaz_image_add(image, GAZ_SECTION_LINES, status == GAZ_OK ? count : 0);
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        lines[i] = sorted[i].row;
        lines[i].point_first = gaz_image_count(image, GAZ_SECTION_POINTS);
        struct gaz_snap_point *points =
            gaz_image_add(image, GAZ_SECTION_POINTS, lines[i].point_count);
        if (lines[i].point_count > 0)
            memcpy(points, sorted[i].points,
                   lines[i].point_count * sizeof(*points));
    }
    gaz_free(sorted);
    return status;
}
