/* SPDX-License-Identifier: Apache-2.0 */
/* names.c - the names of both sides, as the snapshot has them. */
#include "api/boundary/names.h"

#include <string.h>

#include "api/part.h"
#include "gazetteer/geo/crs.h"
#include "gazetteer/index/snapshot.h"

struct gather {
    struct gaz_ctx *ctx;
    const struct gaz_snapshot *snap;
    const struct api_boundary_pair *pair;
    struct gaz_crs *plane;
    struct gaz_border_name *names;
    size_t count;
};

static int side_of(const struct gather *g, uint32_t place)
{
    for (int i = 0; i < 2; i++)
        if (place != g->pair->places[i] &&
            gaz_snapshot_lies_in(g->snap, place, g->pair->places[i]))
            return i;
    return -1;
}

/* In whose area a good position is. */
static int inside_of(const struct gather *g, struct gaz_coord at)
{
    enum { HITS = 16 };
    uint32_t hits[HITS];
    const int count = gaz_snapshot_containing(g->snap, at, hits, HITS);
    for (int i = 0; i < count; i++)
        for (int j = 0; j < 2; j++)
            if (hits[i] == g->pair->places[j])
                return j;
    return -1;
}

/* Names in use beside the standard one. */
static void take_aliases(const struct gather *g, uint32_t place,
                         struct gaz_border_name *out)
{
    const struct gaz_snap_place *row = &g->snap->places[place];
    const char **aliases = gaz_arena_array(&g->ctx->arena, row->name_count + 1U,
                                           sizeof(const char *));
    for (uint32_t i = 0; i < row->name_count; i++) {
        const struct gaz_snap_name *name = &g->snap->names[row->name_first + i];
        const char *text = gaz_snapshot_text(g->snap, name->text);
        if (strcmp(text, out->text) != 0 && name->kind != GAZ_NAME_SHORT)
            aliases[out->alias_count++] = text;
    }
    out->aliases = aliases;
}

static const char *plain_of(const struct gather *g, uint32_t place)
{
    const struct gaz_snap_place *row = &g->snap->places[place];
    const char *own = api_part_name(g->snap, place);
    for (uint32_t i = 0; i < row->name_count; i++) {
        const struct gaz_snap_name *name = &g->snap->names[row->name_first + i];
        if (strcmp(gaz_snapshot_text(g->snap, name->text), own) == 0)
            return gaz_snapshot_text(g->snap, name->plain);
    }
    return "";
}

/* A place without any position says nothing about the line. */
static gaz_status take_place(struct gather *g, uint32_t place, int side)
{
    const struct gaz_snap_place *row = &g->snap->places[place];
    const struct gaz_position position =
        api_part_place_position(g->snap, place);
    if (position.method == GAZ_METHOD_NONE)
        return GAZ_OK;
    struct gaz_border_name name = {
        .id = row->id,
        .text = api_part_name(g->snap, place),
        .plain = plain_of(g, place),
        .label = gaz_snapshot_text(g->snap, row->label),
        .category = row->category,
        .side = side,
        .inside = position.method == GAZ_METHOD_INHERITED
                      ? -1
                      : inside_of(g, position.coord),
        .where = position.coord,
        .accuracy_m = position.accuracy_m};
    take_aliases(g, place, &name);
    gaz_status status = gaz_crs_from_cgcs2000(
        g->ctx, g->plane, position.coord, &name.at.east_m, &name.at.north_m);
    if (status == GAZ_OK)
        g->names[g->count++] = name;
    return status;
}

/* A road's axis lies beside its place: the place gets it. */
static gaz_status take_line(struct gather *g, const struct gaz_snap_line *line)
{
    struct gaz_border_name *own = NULL;
    if (line->kind != GAZ_LINE_ROAD || line->left == GAZ_NONE)
        return GAZ_OK;
    for (size_t i = 0; i < g->count && !own; i++)
        if (g->names[i].id == g->snap->places[line->left].id)
            own = &g->names[i];
    if (!own)
        return GAZ_OK;
    struct gaz_track_point *points =
        gaz_arena_array(&g->ctx->arena, line->point_count, sizeof(*points));
    for (uint32_t i = 0; i < line->point_count; i++) {
        const struct gaz_snap_point *p =
            &g->snap->points[line->point_first + i];
        const struct gaz_coord at = {gaz_coord_from_e7(p->lon_e7),
                                     gaz_coord_from_e7(p->lat_e7)};
        gaz_status status = gaz_crs_from_cgcs2000(g->ctx, g->plane, at,
                                                  &points[i].x, &points[i].y);
        if (status != GAZ_OK)
            return status;
    }
    own->line = points;
    own->line_count = line->point_count;
    return GAZ_OK;
}

static gaz_status gather_all(struct gather *g)
{
    const struct gaz_snapshot *snap = g->snap;
    gaz_status status = GAZ_OK;
    g->names =
        gaz_arena_array(&g->ctx->arena, snap->place_count, sizeof(*g->names));
    for (uint32_t i = 0; i < snap->place_count && status == GAZ_OK; i++) {
        const int side =
            snap->places[i].status == GAZ_STATUS_CURRENT ? side_of(g, i) : -1;
        if (side >= 0)
            status = take_place(g, i, side);
    }
    for (uint32_t i = 0; i < snap->line_count && status == GAZ_OK; i++)
        status = take_line(g, &snap->lines[i]);
    return status;
}

gaz_status api_boundary_names_find(struct gaz_ctx *ctx,
                                   const struct gaz_snapshot *snap,
                                   const char *code, double within_m,
                                   struct api_boundary_names *out)
{
    gaz_status status = api_boundary_pair_find(ctx, snap, code, &out->pair);
    if (status == GAZ_OK)
        status = api_boundary_pair_compare(ctx, snap, &out->pair);
    if (status != GAZ_OK)
        return status;
    const struct gaz_sides_line *line = &out->pair.report.lines[0];
    if (line->count < 2)
        return gaz_fail(ctx, GAZ_NOT_FOUND,
                        "the two sides of %.40s have no line in common", code);
    struct gather g = {.ctx = ctx, .snap = snap, .pair = &out->pair};
    out->options = (struct gaz_border_options){
        .within_m = within_m > 0
                        ? within_m
                        : gaz_limits_get(&out->pair.limits, "names_within_m"),
        .joint_m = gaz_limits_get(&out->pair.limits, "joint_m"),
        .line_accuracy_m = out->pair.options.accuracy_m};
    status = gaz_crs_open(ctx, out->pair.options.plane_crs, &g.plane);
    if (status == GAZ_OK)
        status = gather_all(&g);
    gaz_crs_close(g.plane);
    return status == GAZ_OK
               ? gaz_border_names_find(ctx, g.names, g.count, line->grid,
                                       line->count, &out->options, &out->report)
               : status;
}
