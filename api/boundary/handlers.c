/* SPDX-License-Identifier: Apache-2.0 */
/* handlers.c - /v1/boundaries/{line}/checks and /names: the two sides of a
 * line, and the names along it, for a map (GeoJSON) or a program (JSON).
 * Public: it is the snapshot's own areas, and says when they are schematic. No
 * marker is in it. */
#include <math.h>
#include <string.h>

#include "api/boundary/names.h"
#include "api/handlers.h"
#include "api/params.h"
#include "api/part.h"
#include "api/problem.h"
#include "gazetteer/geo/crs.h"
#include "gazetteer/index/snapshot.h"

/* A page's plot is not wider. */
enum { PROFILE_STEPS = 700 };

static gaz_status fail_line(struct api_worker *worker, gaz_status status)
{
    worker->parameter = "line";
    worker->failure_zh = status == GAZ_INVALID
                             ? "界线代码应为两个区划代码，如 330482-310116"
                             : "没有这一区划，或其没有范围";
    return status;
}

/* "json" or "geojson"; geojson by default. */
static gaz_status take_format(struct api_worker *worker,
                              const struct api_request *request, bool *is_json)
{
    const char *f = api_param(request, "f");
    *is_json = f && strcmp(f, "json") == 0;
    if (f && !*is_json && strcmp(f, "geojson") != 0)
        return api_problem_parameter(worker, "f", "应为 json 或 geojson",
                                     "f is '%.20s'; it is json or geojson", f);
    return GAZ_OK;
}

/* ---- the profile, for a plot ---- */

/* The point farthest off of each step: a plot must not lose a peak. */
static const struct gaz_profile_point *
peak_of(const struct gaz_profile *profile, size_t first, size_t end)
{
    const struct gaz_profile_point *peak = &profile->points[first];
    for (size_t i = first; i < end; i++)
        if (fabs(profile->points[i].off_m) > fabs(peak->off_m))
            peak = &profile->points[i];
    return peak;
}

static gaz_status write_plot(struct gaz_ctx *ctx, struct gaz_json *json,
                             const struct gaz_profile *profile,
                             const char *plane_crs)
{
    struct gaz_crs *plane = NULL;
    const size_t steps =
        profile->count < PROFILE_STEPS ? profile->count : PROFILE_STEPS;
    gaz_status status = gaz_crs_open(ctx, plane_crs, &plane);
    gaz_json_array(json, "profile");
    for (size_t i = 0; i < steps && status == GAZ_OK; i++) {
        const struct gaz_profile_point *p =
            peak_of(profile, i * profile->count / steps,
                    (i + 1) * profile->count / steps);
        struct gaz_coord at;
        status = gaz_crs_to_cgcs2000(ctx, plane, p->on_a.east_m,
                                     p->on_a.north_m, &at);
        gaz_json_array(json, NULL);
        gaz_json_number(json, NULL, p->along_m, 1);
        gaz_json_number(json, NULL, p->off_m, 2);
        gaz_json_number(json, NULL, at.lon, 7);
        gaz_json_number(json, NULL, at.lat, 7);
        gaz_json_end(json);
    }
    gaz_json_end(json);
    gaz_crs_close(plane);
    return status;
}

/* ---- the answer ---- */

static void write_note(struct gaz_json *json,
                       const struct api_boundary_view *view)
{
    gaz_json_bool(json, "schematic", view->is_schematic);
    if (!view->is_schematic)
        return;
    gaz_json_object(json, "note");
    gaz_json_string(json, "zh", "示意范围的比较，不作为划界依据");
    gaz_json_string(json, "en",
                    "a comparison of schematic areas; not the legal boundary");
    gaz_json_end(json);
}

static void write_head(struct gaz_json *json, struct gaz_arena *arena,
                       const struct gaz_snapshot *snap,
                       const struct api_boundary_pair *pair)
{
    struct api_credits credits = {.licence_count = 0};
    for (int i = 0; i < 2; i++)
        api_part_credit_place(&credits, snap, pair->places[i]);
    api_part_geocoding(json, arena, &credits, NULL);
    write_note(json, &pair->view);
    api_boundary_write_sides_members(json, &pair->view);
}

/* Markers and what is wrong with them are for surveyors. */
static bool sees_markers(const struct api_worker *worker)
{
    return worker->ledger &&
           (worker->caller.roles & (GAZ_ROLE_SURVEYOR | GAZ_ROLE_ADMIN));
}

gaz_status api_boundary_checks(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    struct gaz_ctx *ctx = &worker->ctx;
    struct api_boundary_pair pair;
    struct api_boundary_stored stored;
    struct gaz_json json;
    bool is_json;
    gaz_status status = take_format(worker, request, &is_json);
    if (status != GAZ_OK)
        return status;
    status = api_boundary_pair_find(ctx, worker->snap,
                                    api_capture(request, "line"), &pair);
    if (status != GAZ_OK)
        return fail_line(worker, status);
    status = api_boundary_pair_compare(ctx, worker->snap, &pair);
    if (status == GAZ_OK && sees_markers(worker)) {
        out->cache_control = "private, no-store";
        status = api_boundary_stored_add(ctx, worker->ledger, worker->snap,
                                         &pair, &stored);
    }
    if (status != GAZ_OK)
        return status;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    if (!is_json)
        gaz_json_string(&json, "type", "FeatureCollection");
    write_head(&json, &ctx->arena, worker->snap, &pair);
    if (pair.report.has_profile)
        status = write_plot(ctx, &json, &pair.report.profile,
                            pair.options.plane_crs);
    if (is_json)
        api_boundary_write_finding_list(&json, &pair.view);
    else
        api_boundary_write_features(&json, &pair.view, &ctx->arena);
    gaz_json_end(&json);
    if (is_json)
        out->content_type = "application/json; charset=utf-8";
    return status;
}

/* ---- names ---- */

gaz_status api_boundary_names(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_response *out)
{
    enum { WITHIN_MAX_M = 50000 };
    struct gaz_ctx *ctx = &worker->ctx;
    struct api_boundary_names *names =
        gaz_arena_alloc(&ctx->arena, sizeof(*names));
    struct gaz_json json;
    bool is_json;
    int within_m;
    gaz_status status = take_format(worker, request, &is_json);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "within", 1, WITHIN_MAX_M, 0,
                                &within_m);
    if (status != GAZ_OK)
        return status;
    status = api_boundary_names_find(
        ctx, worker->snap, api_capture(request, "line"), within_m, names);
    if (status == GAZ_INVALID || status == GAZ_NOT_FOUND)
        return fail_line(worker, status);
    if (status != GAZ_OK)
        return status;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    if (!is_json)
        gaz_json_string(&json, "type", "FeatureCollection");
    write_note(&json, &names->pair.view);
    api_boundary_names_summary(&json, names);
    if (is_json)
        api_boundary_names_list(&json, names);
    else
        api_boundary_names_features(&json, names);
    gaz_json_end(&json);
    if (is_json)
        out->content_type = "application/json; charset=utf-8";
    return GAZ_OK;
}
