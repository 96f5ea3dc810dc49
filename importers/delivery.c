/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/delivery.h"

#include <string.h>

#include "gazetteer/geo/crs.h"
#include "importers/edition.h"
#include "importers/open.h"
#include "importers/wkb.h"

enum { SHAPES, ROWS, LIST, RAW }; /* of struct imp_delivery.capacity */

static void *add(struct gaz_ctx *ctx, void **items, size_t *count,
                 size_t *capacity, size_t size)
{
    if (*count == *capacity) {
        const size_t bigger = *capacity ? 2 * *capacity : 64;
        *items = gaz_arena_grow(&ctx->arena, *items, *capacity * size,
                                bigger * size);
        *capacity = bigger;
    }
    return (char *)*items + size * (*count)++;
}

struct reading {
    struct gaz_ctx *ctx;
    const char *name;
    const struct imp_delivery_options *options;
    const struct imp_register_table *table;
    imp_register_kind kind;
    int editions[IMP_EDITION_COLUMNS]; /* columns */
    struct imp_delivery *out;
};

static void add_raw(struct reading *r, struct imp_register_xy at)
{
    struct imp_delivery *out = r->out;
    *(struct imp_register_xy *)add(r->ctx, (void **)&out->raw, &out->raw_count,
                                   &out->capacity[RAW], sizeof(at)) = at;
}

/* ---- reading as it stands ---- */

static gaz_status reject(struct reading *r, const struct imp_row *row,
                         const struct gaz_issue *issue)
{
    r->out->rejected++;
    if (r->options->counts_only)
        return GAZ_OK;
    if (r->options->rejects)
        return imp_reject_put(r->ctx, r->options->rejects, row, row->raw,
                              issue);
    return gaz_fail(r->ctx, GAZ_INVALID, "%s%s%lld: %s%s%s", r->name,
                    row->line ? ":" : ": row ",
                    (long long)(row->line ? row->line : row->number),
                    issue->column ? issue->column : "",
                    issue->column ? ": " : "", issue->message_en);
}

static gaz_status reject_as(struct reading *r, const struct imp_row *row,
                            const char *zh, const char *en)
{
    const struct gaz_issue issue = {.rule = "I08",
                                    .severity = GAZ_SEVERITY_ERROR,
                                    .message = zh,
                                    .message_en = en};
    return reject(r, row, &issue);
}

/* Keeps the numbers, in the order that was stated. */
static gaz_status note_vertex(struct gaz_ctx *ctx, void *user, double x,
                              double y, struct gaz_coord *out)
{
    struct reading *r = user;
    const bool is_turned = r->options->is_turned;
    if (r->out->raw_count >= IMP_DELIVERY_VERTICES_MAX)
        return gaz_fail(ctx, GAZ_LIMIT, "%s: more than %d vertices", r->name,
                        IMP_DELIVERY_VERTICES_MAX);
    add_raw(r, (struct imp_register_xy){.is_there = true,
                                        .north = is_turned ? x : y,
                                        .east = is_turned ? y : x});
    *out = is_turned ? (struct gaz_coord){y, x} : (struct gaz_coord){x, y};
    return GAZ_OK;
}

/* The row's text goes with the row. */
static struct imp_edition edition_of(const struct reading *r,
                                     const struct imp_row *row)
{
    struct imp_edition edition = imp_edition_of(row, r->editions);
    edition.name = gaz_arena_strdup(&r->ctx->arena, edition.name);
    return edition;
}

static bool is_wanted(uint32_t type)
{
    return type == IMP_WKB_LINE || type == IMP_WKB_MULTILINE ||
           type == IMP_WKB_POLYGON || type == IMP_WKB_MULTIPOLYGON;
}

static gaz_status take_shape(struct reading *r, const struct imp_row *row)
{
    const struct imp_wkb_transform transform = {note_vertex, r};
    struct imp_delivery *out = r->out;
    const size_t before = out->raw_count;
    struct imp_shape shape;
    gaz_status status =
        imp_wkb_transform(r->ctx, row->wkb, row->wkb_size, &transform, &shape);
    if (status == GAZ_INVALID) {
        out->raw_count = before;
        r->ctx->failure[0] = '\0';
        return reject_as(r, row, "几何图形无法读取",
                         "a geometry that cannot be read");
    }
    if (status != GAZ_OK)
        return status;
    if (!is_wanted(shape.type)) {
        out->raw_count = before;
        return reject_as(r, row, "既不是线也不是面",
                         "neither a line nor an area");
    }
    *(struct imp_delivery_shape *)add(r->ctx, (void **)&out->shapes,
                                      &out->shape_count, &out->capacity[SHAPES],
                                      sizeof(*out->shapes)) =
        (struct imp_delivery_shape){.wkb = shape.wkb,
                                    .size = shape.size,
                                    .type = shape.type,
                                    .number = row->number,
                                    .edition = edition_of(r, row)};
    return GAZ_OK;
}

static gaz_status take_marker(struct reading *r, const struct imp_row *row)
{
    struct imp_delivery *out = r->out;
    struct imp_register_row taken;
    const struct gaz_issue *issue =
        imp_register_take(r->ctx, r->table, row, &taken);
    if (issue)
        return reject(r, row, issue);
    if (r->kind == IMP_REGISTER_LIST) {
        *(struct imp_register_xy *)add(r->ctx, (void **)&out->list,
                                       &out->list_count, &out->capacity[LIST],
                                       sizeof(*out->list)) = taken.measured;
        add_raw(r, taken.measured);
        return GAZ_OK;
    }
    taken.edition = edition_of(r, row);
    if (out->row_count >= IMP_REGISTER_ROWS_MAX)
        return gaz_fail(r->ctx, GAZ_LIMIT, "%s: more than %d markers", r->name,
                        IMP_REGISTER_ROWS_MAX);
    *(struct imp_register_row *)add(r->ctx, (void **)&out->rows,
                                    &out->row_count, &out->capacity[ROWS],
                                    sizeof(*out->rows)) = taken;
    if (taken.measured.is_there)
        add_raw(r, taken.measured);
    return GAZ_OK;
}

static gaz_status take_row(struct reading *r, const struct imp_row *row)
{
    if (row->wkb && !row->error)
        return take_shape(r, row);
    if (r->options->wants_shapes && !row->error && r->kind != IMP_REGISTER_LIST)
        return GAZ_OK;
    if (row->error || r->kind != IMP_REGISTER_NOTHING)
        return take_marker(r, row);
    if (row->has_xy)
        return reject_as(r, row, "点没有界桩号",
                         "a point without a code (column code or 界桩号)");
    return reject_as(r, row, "既没有坐标也没有界桩号",
                     "neither a position nor a code of a marker");
}

static gaz_status read_rows(struct reading *r, struct imp_reader *reader)
{
    struct imp_row row;
    gaz_status status;
    while ((status = imp_reader_next(r->ctx, reader, &row)) == GAZ_OK) {
        status = take_row(r, &row);
        if (status != GAZ_OK)
            return status;
    }
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status imp_delivery_read(struct gaz_ctx *ctx, const char *path,
                             const char *name,
                             const struct imp_delivery_options *options,
                             struct imp_delivery *out)
{
    const struct imp_mapping mapping = {.format = IMP_FORMAT_AUTO,
                                        .layer = options->layer};
    const struct imp_register_options columns = {
        .path = name,
        .is_east_north = options->is_east_north,
        .is_turned = options->is_turned};
    struct reading r = {
        .ctx = ctx, .name = name, .options = options, .out = out};
    struct imp_reader *reader = NULL;
    gaz_status status = imp_open_reader(ctx, path, &mapping, &reader);
    if (status == GAZ_NOT_FOUND && !ctx->failure[0])
        return gaz_fail(ctx, status, "no file '%s'", name);
    if (status != GAZ_OK)
        return status;
    r.table = imp_register_open(ctx, reader, &columns);
    r.kind = imp_register_is(r.table);
    imp_edition_columns(reader, r.editions);
    out->has_managers = imp_register_has_managers(r.table);
    out->crs = gaz_arena_strdup(&ctx->arena, reader->crs);
    status = r.kind == IMP_REGISTER_NOTHING && !reader->has_geometry
                 ? gaz_fail(ctx, GAZ_INVALID,
                            "%s: no column 'code' or '界桩号', and no "
                            "positions (x and y)",
                            name)
                 : read_rows(&r, reader);
    imp_reader_close(reader);
    return status;
}

/* ---- turning into EPSG:4490 ---- */

struct turning {
    struct gaz_ctx *ctx;
    struct gaz_crs *crs;
    struct imp_delivered *out;
};

static gaz_status turn_vertex(struct gaz_ctx *ctx, void *user, double x,
                              double y, struct gaz_coord *out)
{
    return gaz_crs_to_cgcs2000(ctx, user, x, y, out);
}

static gaz_status turn_shape(struct turning *t,
                             const struct imp_delivery_shape *from)
{
    const struct imp_wkb_transform transform = {turn_vertex, t->crs};
    struct imp_delivered *out = t->out;
    struct imp_shape shape;
    struct imp_line_part *parts;
    size_t count = 0;
    gaz_status status =
        imp_wkb_transform(t->ctx, from->wkb, from->size, &transform, &shape);
    if (status != GAZ_OK)
        return status;
    if (shape.type == IMP_WKB_POLYGON || shape.type == IMP_WKB_MULTIPOLYGON) {
        out->areas[out->area_count++] = (struct gaz_wkb){shape.wkb, shape.size};
        return GAZ_OK;
    }
    status = imp_wkb_lines(t->ctx, &shape, &parts, &count);
    for (size_t i = 0; i < count && status == GAZ_OK; i++)
        out->lines[out->line_count++] =
            (struct imp_delivered_line){parts[i].points, parts[i].count};
    return status;
}

/* How many lines the shapes hold: a multiline has several. */
static size_t count_lines(const struct imp_delivery *delivery)
{
    size_t lines = delivery->list_count > 0;
    for (size_t i = 0; i < delivery->shape_count; i++) {
        const struct imp_delivery_shape *shape = &delivery->shapes[i];
        uint32_t parts = 1;
        if (shape->type == IMP_WKB_MULTILINE)
            memcpy(&parts, (const unsigned char *)shape->wkb + 5,
                   sizeof(parts));
        lines += parts;
    }
    return lines;
}

static gaz_status turn_list(struct turning *t,
                            const struct imp_delivery *delivery)
{
    struct gaz_coord *points =
        gaz_arena_array(&t->ctx->arena, delivery->list_count, sizeof(*points));
    for (size_t i = 0; i < delivery->list_count; i++) {
        gaz_status status =
            gaz_crs_to_cgcs2000(t->ctx, t->crs, delivery->list[i].east,
                                delivery->list[i].north, &points[i]);
        if (status != GAZ_OK)
            return status;
    }
    if (delivery->list_count > 0)
        t->out->lines[t->out->line_count++] =
            (struct imp_delivered_line){points, delivery->list_count};
    return GAZ_OK;
}

static gaz_status turn_marker(struct turning *t,
                              const struct imp_register_row *row)
{
    struct gaz_boundary_marker marker = row->marker;
    gaz_status status = GAZ_OK;
    if (row->measured.is_there) {
        struct gaz_boundary_fix *fix =
            gaz_arena_alloc(&t->ctx->arena, sizeof(*fix));
        *fix = row->fix;
        status = gaz_crs_to_cgcs2000(t->ctx, t->crs, row->measured.east,
                                     row->measured.north, &fix->at);
        marker.fixes = fix;
        marker.fix_count = 1;
    }
    marker.has_agreed = row->agreed.is_there;
    if (status == GAZ_OK && marker.has_agreed)
        status = gaz_crs_to_cgcs2000(t->ctx, t->crs, row->agreed.east,
                                     row->agreed.north, &marker.agreed.at);
    t->out->markers[t->out->marker_count++] = marker;
    return status;
}

static gaz_status turn_all(struct turning *t,
                           const struct imp_delivery *delivery)
{
    gaz_status status = turn_list(t, delivery);
    for (size_t i = 0; i < delivery->shape_count && status == GAZ_OK; i++)
        status = turn_shape(t, &delivery->shapes[i]);
    for (size_t i = 0; i < delivery->row_count && status == GAZ_OK; i++)
        status = turn_marker(t, &delivery->rows[i]);
    return status;
}

gaz_status imp_delivery_turn(struct gaz_ctx *ctx,
                             const struct imp_delivery *delivery,
                             const char *crs, bool is_proved,
                             struct imp_delivered *out)
{
    struct imp_delivered turned = {
        .lines = gaz_arena_array(&ctx->arena, count_lines(delivery),
                                 sizeof(*turned.lines)),
        .areas = gaz_arena_array(&ctx->arena, delivery->shape_count,
                                 sizeof(*turned.areas)),
        .markers = gaz_arena_array(&ctx->arena, delivery->row_count,
                                   sizeof(*turned.markers))};
    struct turning t = {.ctx = ctx, .out = &turned};
    gaz_status status = gaz_crs_open(ctx, crs, &t.crs);
    if (status == GAZ_OK && is_proved)
        gaz_crs_lift(t.crs);
    if (status == GAZ_OK)
        status = turn_all(&t, delivery);
    gaz_crs_close(t.crs);
    if (status == GAZ_OK)
        *out = turned;
    return status;
}
