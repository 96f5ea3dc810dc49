/* SPDX-License-Identifier: Apache-2.0 */
/* stored.c - the markers of a line that the database keeps, for those who may
 * see them. */

#include "api/access/ledger.h"
#include "api/boundary/snapshot.h"
#include "gazetteer/base/text.h"
#include "gazetteer/geo/crs.h"
#include "gazetteer/index/snapshot.h"

static gaz_status to_grid(struct gaz_ctx *ctx, struct gaz_crs *plane,
                          struct gaz_coord at, struct gaz_grid *out)
{
    return gaz_crs_from_cgcs2000(ctx, plane, at, &out->east_m, &out->north_m);
}

static const struct gaz_survey_object *
take_objects(struct gaz_arena *arena, const struct gaz_boundary_marker *from)
{
    struct gaz_survey_object *objects =
        gaz_arena_array(arena, from->object_count + 1, sizeof(*objects));
    for (size_t i = 0; i < from->object_count; i++)
        objects[i] = (struct gaz_survey_object){
            .name = from->objects[i].name,
            .azimuth_deg = from->objects[i].azimuth_deg,
            .distance_m = from->objects[i].distance_m};
    return objects;
}

/* The newest survey of a marker is what is measured. */
static gaz_status take_marker(struct gaz_ctx *ctx, struct gaz_crs *plane,
                              const struct gaz_boundary_marker *from,
                              struct gaz_survey_marker *out)
{
    const struct gaz_boundary_fix *fix =
        from->fix_count > 0 ? &from->fixes[from->fix_count - 1] : NULL;
    char *day = gaz_arena_alloc(&ctx->arena, GAZ_DATE_MAX_BYTES);
    *out = (struct gaz_survey_marker){
        .code = from->code,
        .has_measured = fix != NULL,
        .has_agreed = from->has_agreed,
        .has_heights = fix && fix->has_height && from->agreed.has_height,
        .measured_height_m = fix ? fix->height_m : 0,
        .agreed_height_m = from->agreed.height_m,
        .next_distance_m = from->next_distance_m,
        .next_azimuth_deg = from->next_azimuth_deg,
        .manager = from->manager,
        .inspected_on =
            from->inspected_on ? gaz_date_write(from->inspected_on, day) : "",
        .condition = from->condition,
        .note = from->note,
        .objects = take_objects(&ctx->arena, from),
        .object_count = from->object_count,
        .course = from->course};
    gaz_status status = GAZ_OK;
    if (out->has_agreed)
        status = to_grid(ctx, plane, from->agreed.at, &out->agreed);
    if (status == GAZ_OK && fix)
        status = to_grid(ctx, plane, fix->at, &out->measured);
    return status;
}

static gaz_status take_line(struct gaz_ctx *ctx, struct gaz_crs *plane,
                            const struct gaz_boundary_line *line,
                            struct gaz_survey *out)
{
    struct gaz_grid *grid =
        gaz_arena_array(&ctx->arena, line->point_count, sizeof(*grid));
    gaz_status status = GAZ_OK;
    int64_t left = 0;
    for (size_t i = 0; i < line->point_count && status == GAZ_OK; i++)
        status = to_grid(ctx, plane, line->points[i], &grid[i]);
    /* of a province's line, the first two digits tell the side */
    if (line->level == GAZ_LEVEL_PROVINCE && line->left[0] &&
        gaz_text_parse_int(gaz_arena_strndup(&ctx->arena, line->left, 2),
                           &left))
        out->left_province = (int)left;
    out->line = grid;
    out->line_count = line->point_count;
    return status;
}

static gaz_status take_survey(struct gaz_ctx *ctx, const char *plane_crs,
                              const struct gaz_boundary_line *line,
                              const struct gaz_boundary_markers *markers,
                              struct gaz_survey *out)
{
    struct gaz_crs *plane = NULL;
    struct gaz_survey_marker *items =
        gaz_arena_array(&ctx->arena, markers->count, sizeof(*items));
    gaz_status status = gaz_crs_open(ctx, plane_crs, &plane);
    for (size_t i = 0; i < markers->count && status == GAZ_OK; i++)
        status = take_marker(ctx, plane, &markers->items[i], &items[i]);
    *out = (struct gaz_survey){
        .markers = items, .marker_count = markers->count, .has_managers = true};
    if (status == GAZ_OK)
        status = take_line(ctx, plane, line, out);
    gaz_crs_close(plane);
    return status;
}

gaz_status api_boundary_stored_add(struct gaz_ctx *ctx,
                                   struct api_ledger *ledger,
                                   const struct gaz_snapshot *snap,
                                   struct api_boundary_pair *pair,
                                   struct api_boundary_stored *out)
{
    const char *sides[2];
    struct gaz_boundary_line line;
    struct gaz_boundary_markers markers = {.count = 0};
    char *today = gaz_arena_alloc(&ctx->arena, GAZ_DATE_MAX_BYTES);
    for (int i = 0; i < 2; i++)
        sides[i] =
            gaz_snapshot_text(snap, snap->places[pair->places[i]].code_text);
    gaz_status status =
        api_ledger_boundary(ctx, ledger, sides, &line, &markers);
    if (status == GAZ_NOT_FOUND || (status == GAZ_OK && markers.count == 0))
        return GAZ_OK;
    if (status != GAZ_OK)
        return status;
    out->options = gaz_limits_survey(&pair->limits);
    out->options.today = gaz_date_write(gaz_date_today(), today);
    if (line.map_scale > 0)
        out->options.scale = line.map_scale;
    status =
        take_survey(ctx, out->options.plane_crs, &line, &markers, &out->survey);
    if (status == GAZ_OK)
        status =
            gaz_survey_check(ctx, &out->survey, &out->options, &out->report);
    if (status != GAZ_OK)
        return status;
    pair->view.survey = &out->survey;
    pair->view.survey_options = &out->options;
    pair->view.survey_report = &out->report;
    pair->view.is_synthetic |= line.is_synthetic;
    api_boundary_view_gather(&ctx->arena, &pair->view);
    return GAZ_OK;
}
