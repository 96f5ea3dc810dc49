/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/wkb.h"

#include <string.h>

enum { VERTEX_BYTES = 16, COUNT_BYTES = 4, HEAD_BYTES = 5 };

/* Bytes are read at `at` and written, turned, at the same place of `out`: a 2D
 * geometry keeps its size. */
struct walk {
    struct gaz_ctx *ctx;
    const unsigned char *in;
    unsigned char *out;
    size_t size;
    size_t at;
    bool big; /* the part that is read is big-endian */
    const struct imp_wkb_transform *transform;
};

static gaz_status refuse(struct walk *w, const char *why)
{
    return gaz_fail(w->ctx, GAZ_INVALID, "geometry: %s at byte %zu", why,
                    w->at);
}

static uint64_t load(const struct walk *w, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++) {
        const size_t from = w->big ? bytes - 1 - i : i;
        value |= (uint64_t)w->in[w->at + from] << (8 * i);
    }
    return value;
}

static void keep(struct walk *w, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        w->out[w->at + i] = (unsigned char)(value >> (8 * i));
    w->at += bytes;
}

static double load_double(const struct walk *w)
{
    const uint64_t bits = load(w, sizeof(double));
    double value = 0;
    (void)memcpy(&value, &bits, sizeof(value));
    return value;
}

static void keep_double(struct walk *w, double value)
{
    uint64_t bits = 0;
    (void)memcpy(&bits, &value, sizeof(bits));
    keep(w, bits, sizeof(bits));
}

/* Reads how many items of at least `item_bytes` follow. */
static gaz_status walk_count(struct walk *w, size_t item_bytes, uint32_t *out)
{
    if (w->size - w->at < COUNT_BYTES)
        return refuse(w, "cut short");
    const uint32_t count = (uint32_t)load(w, COUNT_BYTES);
    if (count > (w->size - w->at - COUNT_BYTES) / item_bytes)
        return refuse(w, "more items than bytes");
    keep(w, count, COUNT_BYTES);
    *out = count;
    return GAZ_OK;
}

static gaz_status walk_vertex(struct walk *w)
{
    if (w->size - w->at < VERTEX_BYTES)
        return refuse(w, "cut short");
    const double x = load_double(w);
    w->at += sizeof(double);
    const double y = load_double(w);
    w->at -= sizeof(double);
    struct gaz_coord c;
    gaz_status status =
        w->transform->vertex(w->ctx, w->transform->user, x, y, &c);
    if (status != GAZ_OK)
        return status;
    keep_double(w, c.lon);
    keep_double(w, c.lat);
    return GAZ_OK;
}

static gaz_status walk_vertices(struct walk *w)
{
    uint32_t count = 0;
    gaz_status status = walk_count(w, VERTEX_BYTES, &count);
    for (uint32_t i = 0; status == GAZ_OK && i < count; i++)
        status = walk_vertex(w);
    return status;
}

static gaz_status walk_rings(struct walk *w)
{
    uint32_t count = 0;
    gaz_status status = walk_count(w, COUNT_BYTES, &count);
    for (uint32_t i = 0; status == GAZ_OK && i < count; i++)
        status = walk_vertices(w);
    return status;
}

static gaz_status walk_head(struct walk *w, uint32_t *type)
{
    if (w->size - w->at < HEAD_BYTES)
        return refuse(w, "cut short");
    if (w->in[w->at] > 1)
        return refuse(w, "no byte order");
    w->big = w->in[w->at] == 0;
    keep(w, 1, 1);
    *type = (uint32_t)load(w, COUNT_BYTES);
    if (*type < IMP_WKB_POINT || *type > IMP_WKB_COLLECTION)
        return refuse(w, "a type that is not 2D point, line or polygon");
    keep(w, *type, COUNT_BYTES);
    return GAZ_OK;
}

static gaz_status walk_geometry(struct walk *w, int depth, uint32_t *type);

static gaz_status walk_parts(struct walk *w, int depth, uint32_t whole)
{
    uint32_t count = 0;
    gaz_status status = walk_count(w, HEAD_BYTES, &count);
    for (uint32_t i = 0; status == GAZ_OK && i < count; i++) {
        uint32_t type = 0;
        status = walk_geometry(w, depth + 1, &type);
        if (status == GAZ_OK && whole != IMP_WKB_COLLECTION &&
            type != whole - IMP_WKB_MULTIPOINT + IMP_WKB_POINT)
            return refuse(w, "a part of another type");
    }
    return status;
}

static gaz_status walk_geometry(struct walk *w, int depth, uint32_t *type)
{
    if (depth > IMP_WKB_DEPTH_MAX)
        return refuse(w, "nested too deep");
    gaz_status status = walk_head(w, type);
    if (status != GAZ_OK)
        return status;
    switch (*type) {
    case IMP_WKB_POINT:
        return walk_vertex(w);
    case IMP_WKB_LINE:
        return walk_vertices(w);
    case IMP_WKB_POLYGON:
        return walk_rings(w);
    default:
        return walk_parts(w, depth, *type);
    }
}

gaz_status imp_wkb_transform(struct gaz_ctx *ctx, const void *wkb, size_t size,
                             const struct imp_wkb_transform *transform,
                             struct imp_shape *out)
{
    if (size > IMP_WKB_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "geometry of %zu bytes, at most %d",
                        size, IMP_WKB_MAX_BYTES);
    struct walk w = {
        .ctx = ctx,
        .in = wkb,
        .out = gaz_arena_alloc(&ctx->arena, size),
        .size = size,
        .transform = transform,
    };
    uint32_t type = 0;
    gaz_status status = walk_geometry(&w, 1, &type);
    if (status != GAZ_OK)
        return status;
    if (w.at != size)
        return refuse(&w, "bytes are left over");
    *out = (struct imp_shape){.wkb = w.out, .size = size, .type = type};
    return GAZ_OK;
}

static uint32_t u32_at(const unsigned char *wkb, size_t at)
{
    uint32_t value = 0;
    for (size_t i = 0; i < COUNT_BYTES; i++)
        value |= (uint32_t)wkb[at + i] << (8 * i);
    return value;
}

static struct imp_line_part copy_line(struct gaz_ctx *ctx,
                                      const unsigned char *wkb, size_t *at)
{
    const size_t count = u32_at(wkb, *at + HEAD_BYTES);
    struct gaz_coord *points =
        gaz_arena_array(&ctx->arena, count, sizeof(*points));
    *at += HEAD_BYTES + COUNT_BYTES;
    for (size_t i = 0; i < count; i++, *at += VERTEX_BYTES) {
        struct walk w = {.in = wkb, .at = *at};
        points[i].lon = load_double(&w);
        w.at += sizeof(double);
        points[i].lat = load_double(&w);
    }
    return (struct imp_line_part){points, count};
}

gaz_status imp_wkb_lines(struct gaz_ctx *ctx, const struct imp_shape *shape,
                         struct imp_line_part **out, size_t *count)
{
    if (shape->type != IMP_WKB_LINE && shape->type != IMP_WKB_MULTILINE)
        return gaz_fail(ctx, GAZ_INVALID, "geometry: not a line");
    const bool multi = shape->type == IMP_WKB_MULTILINE;
    const size_t parts = multi ? u32_at(shape->wkb, HEAD_BYTES) : 1;
    struct imp_line_part *lines =
        gaz_arena_array(&ctx->arena, parts, sizeof(*lines));
    size_t at = multi ? HEAD_BYTES + COUNT_BYTES : 0;
    for (size_t i = 0; i < parts; i++)
        lines[i] = copy_line(ctx, shape->wkb, &at);
    *out = lines;
    *count = parts;
    return GAZ_OK;
}
