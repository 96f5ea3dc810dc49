/* SPDX-License-Identifier: Apache-2.0 */
/* cli_boundary_read.c - registers of markers and lines, from files to what the
 * checks of a survey take: metres of the plane. */
#include <string.h>

#include "api/cli_boundary.h"
#include "gazetteer/geo/crs.h"

struct turning {
    struct gaz_crs *crs;   /* of the file */
    struct gaz_crs *plane; /* where it goes */
    bool is_plane;         /* both are the same */
};

static gaz_status open_systems(struct gaz_ctx *ctx, const char *crs,
                               const struct gaz_survey_options *options,
                               struct turning *out)
{
    *out = (struct turning){.is_plane = strcmp(crs, options->plane_crs) == 0};
    gaz_status status = gaz_crs_open(ctx, crs, &out->crs);
    if (status == GAZ_OK)
        status = gaz_crs_open(ctx, options->plane_crs, &out->plane);
    return status;
}

static void close_systems(struct turning *t)
{
    gaz_crs_close(t->plane);
    gaz_crs_close(t->crs);
}

/* Brings a position to the plane. A measured one that its system refuses stays
 * as it is: the checks then name the slip. */
static gaz_status turn(struct gaz_ctx *ctx, const struct turning *t,
                       const struct imp_register_row *row,
                       const struct imp_register_xy *from, bool is_agreed,
                       struct gaz_grid *at)
{
    struct gaz_coord coord;
    struct gaz_ctx try = {0};
    *at = (struct gaz_grid){.north_m = from->north, .east_m = from->east};
    if (!from->is_there)
        return GAZ_OK;
    gaz_status status =
        gaz_crs_to_cgcs2000(&try, t->crs, at->east_m, at->north_m, &coord);
    if (status == GAZ_OK && !t->is_plane)
        status = gaz_crs_from_cgcs2000(&try, t->plane, coord, &at->east_m,
                                       &at->north_m);
    if (status != GAZ_OK && is_agreed)
        status = gaz_fail(ctx, GAZ_INVALID, "row %lld: agreed position: %s",
                          (long long)row->number, gaz_ctx_failure(&try));
    else
        status = GAZ_OK;
    gaz_ctx_close(&try);
    return status;
}

/* A register without such columns says nothing about objects. */
static gaz_status take_objects(struct gaz_ctx *ctx, const struct turning *t,
                               const struct imp_register_row *row,
                               struct gaz_survey_marker *out)
{
    const struct gaz_boundary_marker *marker = &row->marker;
    struct gaz_survey_object *objects = gaz_arena_array(
        &ctx->arena, GAZ_BOUNDARY_OBJECTS_MAX, sizeof(*objects));
    gaz_status status = GAZ_OK;
    for (size_t i = 0; i < marker->object_count && status == GAZ_OK; i++) {
        objects[i] = (struct gaz_survey_object){
            .name = marker->objects[i].name,
            .azimuth_deg = marker->objects[i].azimuth_deg,
            .distance_m = marker->objects[i].distance_m,
            .has_position = row->object_at[i].is_there};
        status = turn(ctx, t, row, &row->object_at[i], false, &objects[i].at);
    }
    out->objects = row->has_objects ? objects : NULL;
    out->object_count = marker->object_count;
    return status;
}

static gaz_status take_row(struct gaz_ctx *ctx, const struct turning *t,
                           const struct imp_register_row *row,
                           struct gaz_survey_marker *out)
{
    const struct gaz_boundary_marker *marker = &row->marker;
    char day[GAZ_DATE_MAX_BYTES];
    *out = (struct gaz_survey_marker){
        .code = marker->code,
        .has_measured = row->measured.is_there,
        .has_agreed = row->agreed.is_there,
        .has_heights = row->fix.has_height && marker->agreed.has_height,
        .measured_height_m = row->fix.height_m,
        .agreed_height_m = marker->agreed.height_m,
        .next_distance_m = marker->next_distance_m,
        .next_azimuth_deg = marker->next_azimuth_deg,
        .manager = marker->manager,
        .inspected_on =
            row->has_inspected
                ? gaz_arena_strdup(&ctx->arena,
                                   gaz_date_write(marker->inspected_on, day))
                : NULL,
        .condition = row->has_condition ? marker->condition : NULL,
        .note = marker->note,
        .course = marker->course};
    gaz_status status =
        turn(ctx, t, row, &row->measured, false, &out->measured);
    if (status == GAZ_OK)
        status = turn(ctx, t, row, &row->agreed, true, &out->agreed);
    return status == GAZ_OK ? take_objects(ctx, t, row, out) : status;
}

gaz_status api_cli_boundary_to_survey(struct gaz_ctx *ctx,
                                      const struct imp_delivery *delivery,
                                      const char *crs,
                                      const struct gaz_survey_options *options,
                                      struct gaz_survey *out)
{
    struct turning t;
    struct gaz_survey_marker *markers =
        gaz_arena_array(&ctx->arena, delivery->row_count, sizeof(*markers));
    gaz_status status = open_systems(ctx, crs, options, &t);
    for (size_t i = 0; i < delivery->row_count && status == GAZ_OK; i++)
        status = take_row(ctx, &t, &delivery->rows[i], &markers[i]);
    close_systems(&t);
    if (status != GAZ_OK)
        return status;
    out->markers = markers;
    out->marker_count = delivery->row_count;
    out->has_managers = delivery->has_managers;
    return GAZ_OK;
}

gaz_status api_cli_boundary_read_markers(
    struct gaz_ctx *ctx, const char *path, const char *crs,
    const struct gaz_survey_options *options, struct gaz_survey *out)
{
    const struct imp_delivery_options reading = {.layer = NULL};
    struct imp_delivery delivery = {.row_count = 0};
    gaz_status status = imp_delivery_read(ctx, path, path, &reading, &delivery);
    if (status == GAZ_OK && delivery.row_count == 0)
        status = gaz_fail(ctx, GAZ_INVALID,
                          "%s: no marker (column 'code' or '界桩号')", path);
    return status == GAZ_OK
               ? api_cli_boundary_to_survey(ctx, &delivery, crs, options, out)
               : status;
}

/* All lines, end to end in their order, in the plane. */
static gaz_status join_lines(struct gaz_ctx *ctx,
                             const struct imp_delivered *delivered,
                             struct gaz_crs *plane, struct gaz_survey *out)
{
    size_t count = 0;
    for (size_t i = 0; i < delivered->line_count; i++)
        count += delivered->lines[i].count;
    struct gaz_grid *line = gaz_arena_array(&ctx->arena, count, sizeof(*line));
    size_t at = 0;
    for (size_t i = 0; i < delivered->line_count; i++)
        for (size_t j = 0; j < delivered->lines[i].count; j++, at++) {
            gaz_status status =
                gaz_crs_from_cgcs2000(ctx, plane, delivered->lines[i].points[j],
                                      &line[at].east_m, &line[at].north_m);
            if (status != GAZ_OK)
                return status;
        }
    out->line = line;
    out->line_count = count;
    return GAZ_OK;
}

gaz_status api_cli_boundary_read_line(struct gaz_ctx *ctx, const char *path,
                                      const char *crs,
                                      const struct gaz_survey_options *options,
                                      struct gaz_survey *out)
{
    const struct imp_delivery_options reading = {.wants_shapes = true};
    struct imp_delivery delivery = {.row_count = 0};
    struct imp_delivered delivered;
    struct gaz_crs *plane = NULL;
    gaz_status status = imp_delivery_read(ctx, path, path, &reading, &delivery);
    if (status == GAZ_OK)
        status = imp_delivery_turn(ctx, &delivery, crs, false, &delivered);
    if (status == GAZ_OK && delivered.line_count == 0)
        status = gaz_fail(ctx, GAZ_INVALID, "%s: no line", path);
    if (status == GAZ_OK)
        status = gaz_crs_open(ctx, options->plane_crs, &plane);
    if (status == GAZ_OK)
        status = join_lines(ctx, &delivered, plane, out);
    gaz_crs_close(plane);
    return status;
}
