/* SPDX-License-Identifier: Apache-2.0 */
#include "api/ogc/collection.h"

#include <string.h>

#include "api/problem.h"

const struct ogc_collection *const OGC_COLLECTIONS[] = {
    &OGC_PLACES,          &OGC_ADDRESSES,
    &OGC_DIVISIONS,       &OGC_ROADS,
    &OGC_HERITAGE,        &OGC_BOUNDARIES,
    &OGC_AREAS,           &OGC_CHANGES,
    &OGC_BOUNDARY_LINES,  &OGC_BOUNDARY_MARKERS,
    &OGC_BOUNDARY_POINTS, NULL,
};

const struct ogc_collection *ogc_collection_find(const char *name)
{
    for (int i = 0; OGC_COLLECTIONS[i]; i++)
        if (strcmp(OGC_COLLECTIONS[i]->name, name) == 0)
            return OGC_COLLECTIONS[i];
    return NULL;
}

const struct ogc_property *
ogc_collection_property(const struct ogc_collection *collection,
                        const char *name)
{
    const struct ogc_property *property = collection->properties;
    for (; property->name; property++)
        if (strcmp(property->name, name) == 0)
            return property;
    return NULL;
}

bool ogc_collection_is_shown(const struct api_worker *worker,
                             const struct ogc_collection *collection)
{
    return collection->roles == 0 ||
           (worker->caller.roles & (collection->roles | GAZ_ROLE_ADMIN));
}

gaz_status ogc_collection_open(struct api_worker *worker,
                               const struct ogc_collection *collection)
{
    if (!ogc_collection_is_shown(worker, collection)) {
        const bool has_key = worker->caller.id[0] != '\0';
        return api_problem_fail(
            worker, GAZ_INVALID, has_key ? 403 : 401,
            has_key ? "此密钥没有该图层所需的权限" : "该图层不公开，须有密钥",
            "collection '%s' is not public: it needs a key with the role %s",
            collection->name,
            gaz_role_names(&worker->ctx.arena, collection->roles));
    }
    return collection->load ? collection->load(worker) : GAZ_OK;
}

gaz_status ogc_collection_asked(struct api_worker *worker,
                                const struct api_request *request,
                                const struct ogc_collection **out)
{
    const char *name = api_capture(request, "collectionId");
    const struct ogc_collection *found =
        name ? ogc_collection_find(name) : NULL;
    if (!found)
        return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有这个图层",
                                "no collection '%.40s'; /collections lists "
                                "them",
                                name ? name : "");
    gaz_status status = ogc_collection_open(worker, found);
    if (status == GAZ_OK)
        *out = found;
    return status;
}

void ogc_value_text(struct ogc_value *out, const char *text)
{
    *out = (struct ogc_value){
        .type = OGC_TEXT, .is_null = !text || !text[0], .text = text};
}

void ogc_value_integer(struct ogc_value *out, int64_t number)
{
    *out = (struct ogc_value){.type = OGC_INTEGER, .number = (double)number};
}

void ogc_value_number(struct ogc_value *out, double number)
{
    *out = (struct ogc_value){.type = OGC_NUMBER, .number = number};
}

void ogc_value_bool(struct ogc_value *out, bool value)
{
    *out = (struct ogc_value){.type = OGC_BOOLEAN, .number = value ? 1 : 0};
}

void ogc_value_date(struct ogc_value *out, gaz_date date)
{
    *out = (struct ogc_value){
        .type = OGC_DATE, .is_null = date == GAZ_DATE_OPEN, .date = date};
}

void ogc_value_null(struct ogc_value *out)
{
    *out = (struct ogc_value){.is_null = true};
}

const char *ogc_division_name(const struct gaz_snapshot *snap, uint32_t place,
                              gaz_level level)
{
    uint32_t at = place;
    for (int depth = 0; at != GAZ_NONE && depth < 16; depth++) {
        if (snap->places[at].level == level)
            return api_part_name(snap, at);
        at = snap->places[at].parent;
    }
    return "";
}

const char *ogc_source_key(const struct gaz_snapshot *snap, uint32_t source)
{
    if (source == 0 || source >= snap->source_count)
        return NULL;
    return gaz_snapshot_text(snap, snap->sources[source].key);
}

void ogc_points_of(const struct ogc_row *row, uint32_t first, uint32_t count,
                   struct ogc_ring *out)
{
    const struct gaz_snap_point *points = row->worker->snap->points + first;
    struct gaz_coord *copy =
        gaz_arena_array(&row->worker->ctx.arena, count, sizeof(*copy));
    for (uint32_t i = 0; i < count; i++)
        copy[i] = (struct gaz_coord){gaz_coord_from_e7(points[i].lon_e7),
                                     gaz_coord_from_e7(points[i].lat_e7)};
    out->points = copy;
    out->count = count;
}

bool ogc_point_box(int32_t lon_e7, int32_t lat_e7, struct gaz_box *out)
{
    if (lon_e7 == INT32_MIN)
        return false;
    struct gaz_coord at = {gaz_coord_from_e7(lon_e7),
                           gaz_coord_from_e7(lat_e7)};
    *out = (struct gaz_box){at, at};
    return true;
}
