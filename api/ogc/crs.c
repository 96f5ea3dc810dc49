/* SPDX-License-Identifier: Apache-2.0 */
#include "api/ogc/crs.h"

#include <string.h>

#include "api/problem.h"
#include "gazetteer/geo/crs.h"

#define EPSG "http://www.opengis.net/def/crs/EPSG/0/"
#define CRS84 "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

const struct ogc_crs OGC_CRSS[OGC_CRS_COUNT] = {
    {CRS84, "<" CRS84 ">", "OGC:CRS84", false, false, 7},
    {EPSG "4490", "<" EPSG "4490>", "EPSG:4490", false, true, 7},
    {EPSG "4326", "<" EPSG "4326>", "EPSG:4326", false, true, 7},
    {EPSG "4549", "<" EPSG "4549>", "EPSG:4549", true, true, 3},
    {EPSG "3857", "<" EPSG "3857>", "EPSG:3857", true, false, 3},
};

/* One handle a system: opening one costs up to 70 ms. */
struct ogc_projections {
    struct gaz_crs *handles[OGC_CRS_COUNT];
};

void ogc_crs_close(struct ogc_projections *projections)
{
    if (!projections)
        return;
    for (int i = 0; i < OGC_CRS_COUNT; i++)
        gaz_crs_close(projections->handles[i]);
    gaz_free(projections);
}

static gaz_status get_handle(struct api_worker *worker,
                             const struct ogc_crs *crs, struct gaz_crs **out)
{
    if (!worker->projections)
        worker->projections = gaz_malloc(sizeof(*worker->projections));
    struct gaz_crs **handle = &worker->projections->handles[crs - OGC_CRSS];
    if (!*handle) {
        gaz_status status = gaz_crs_open(&worker->ctx, crs->name, handle);
        if (status != GAZ_OK)
            return status;
    }
    *out = *handle;
    return GAZ_OK;
}

static bool is_named(const struct ogc_crs *crs, const char *text)
{
    size_t len = strlen(text);
    if (strcmp(text, crs->uri) == 0 || strcmp(text, crs->name) == 0)
        return true;
    return len > 2 && text[0] == '[' && text[len - 1] == ']' &&
           strlen(crs->name) == len - 2 &&
           memcmp(text + 1, crs->name, len - 2) == 0;
}

gaz_status ogc_crs_parse(struct api_worker *worker,
                         const struct api_request *request, const char *name,
                         const struct ogc_crs **out)
{
    const char *text = api_param(request, name);
    if (!text) {
        *out = &OGC_CRSS[0];
        return GAZ_OK;
    }
    for (int i = 0; i < OGC_CRS_COUNT; i++) {
        if (is_named(&OGC_CRSS[i], text)) {
            *out = &OGC_CRSS[i];
            return GAZ_OK;
        }
    }
    return api_problem_parameter(
        worker, name, "不支持这个坐标系",
        "%s is '%.120s'; it must be one of the 'crs' of the collection", name,
        text);
}

gaz_status ogc_crs_from(struct api_worker *worker, const struct ogc_crs *crs,
                        struct gaz_coord coord, double out[2])
{
    double x = coord.lon;
    double y = coord.lat;
    if (crs->is_projected) {
        struct gaz_crs *handle;
        gaz_status status = get_handle(worker, crs, &handle);
        if (status == GAZ_OK)
            status = gaz_crs_from_cgcs2000(&worker->ctx, handle, coord, &x, &y);
        if (status != GAZ_OK)
            return status;
    }
    out[0] = crs->is_northing_first ? y : x;
    out[1] = crs->is_northing_first ? x : y;
    return GAZ_OK;
}

gaz_status ogc_crs_to(struct api_worker *worker, const struct ogc_crs *crs,
                      const double numbers[2], struct gaz_coord *out)
{
    double x = numbers[crs->is_northing_first ? 1 : 0];
    double y = numbers[crs->is_northing_first ? 0 : 1];
    if (crs->is_projected) {
        struct gaz_crs *handle;
        gaz_status status = get_handle(worker, crs, &handle);
        return status == GAZ_OK
                   ? gaz_crs_to_cgcs2000(&worker->ctx, handle, x, y, out)
                   : status;
    }
    struct gaz_coord coord = {.lon = x, .lat = y};
    if (!gaz_coord_is_valid(coord))
        return gaz_fail(&worker->ctx, GAZ_INVALID,
                        "%g, %g is no position in %s; note its order of axes",
                        numbers[0], numbers[1], crs->name);
    *out = coord;
    return GAZ_OK;
}
