/* SPDX-License-Identifier: Apache-2.0 */
#include "api/ogc/feature.h"

/* How positions are written. */
struct writing {
    struct gaz_json *json;
    struct api_worker *worker;
    const struct ogc_crs *crs;
    int decimals;
};

static gaz_status write_position(const struct writing *w, const char *key,
                                 struct gaz_coord coord)
{
    double numbers[2];
    gaz_status status = ogc_crs_from(w->worker, w->crs, coord, numbers);
    if (status != GAZ_OK)
        return status;
    gaz_json_array(w->json, key);
    gaz_json_number(w->json, NULL, numbers[0], w->decimals);
    gaz_json_number(w->json, NULL, numbers[1], w->decimals);
    gaz_json_end(w->json);
    return GAZ_OK;
}

static gaz_status write_ring(const struct writing *w, const char *key,
                             const struct ogc_ring *ring)
{
    gaz_json_array(w->json, key);
    for (size_t i = 0; i < ring->count; i++) {
        gaz_status status = write_position(w, NULL, ring->points[i]);
        if (status != GAZ_OK)
            return status;
    }
    gaz_json_end(w->json);
    return GAZ_OK;
}

static gaz_status write_area(const struct writing *w,
                             const struct ogc_shape *shape)
{
    gaz_json_array(w->json, "coordinates");
    for (size_t i = 0; i < shape->ring_count; i++) {
        bool begins = i == 0 || shape->rings[i].begins_polygon;
        if (begins && i > 0)
            gaz_json_end(w->json);
        if (begins)
            gaz_json_array(w->json, NULL);
        gaz_status status = write_ring(w, NULL, &shape->rings[i]);
        if (status != GAZ_OK)
            return status;
    }
    gaz_json_end(w->json);
    gaz_json_end(w->json);
    return GAZ_OK;
}

static gaz_status write_geometry(const struct writing *w,
                                 const struct ogc_shape *shape)
{
    static const char *const TYPES[] = {"", "Point", "LineString",
                                        "MultiPolygon"};
    gaz_status status;
    if (shape->kind == OGC_SHAPE_NONE) {
        gaz_json_null(w->json, "geometry");
        return GAZ_OK;
    }
    gaz_json_object(w->json, "geometry");
    gaz_json_string(w->json, "type", TYPES[shape->kind]);
    if (shape->kind == OGC_SHAPE_POINT)
        status = write_position(w, "coordinates", shape->rings[0].points[0]);
    else if (shape->kind == OGC_SHAPE_LINE)
        status = write_ring(w, "coordinates", &shape->rings[0]);
    else
        status = write_area(w, shape);
    gaz_json_end(w->json);
    return status;
}

/* Surveys are written to 0.1 mm, the rest to the centimetre. */
static int decimals_of(const struct ogc_collection *collection,
                       const struct ogc_crs *crs)
{
    enum { METRES = 4 };
    if (collection->decimals == 0)
        return crs->decimals;
    return crs->is_projected ? METRES : collection->decimals;
}

const char *ogc_feature_text(struct api_worker *worker,
                             const struct ogc_value *value)
{
    char date[GAZ_DATE_MAX_BYTES];
    if (value->is_null)
        return "";
    switch (value->type) {
    case OGC_TEXT:
        return value->text;
    case OGC_DATE:
        return gaz_arena_strdup(&worker->ctx.arena,
                                gaz_date_write(value->date, date));
    case OGC_BOOLEAN:
        return value->number > 0 ? "是" : "否";
    case OGC_INTEGER:
        return gaz_arena_printf(&worker->ctx.arena, "%.0f", value->number);
    case OGC_NUMBER:
        break;
    }
    return gaz_arena_printf(&worker->ctx.arena, "%.6g", value->number);
}

static void write_value(struct gaz_json *json, struct api_worker *worker,
                        const char *name, const struct ogc_value *value)
{
    if (value->is_null)
        gaz_json_null(json, name);
    else if (value->type == OGC_BOOLEAN)
        gaz_json_bool(json, name, value->number > 0);
    else if (value->type == OGC_INTEGER)
        gaz_json_int(json, name, (int64_t)value->number);
    else if (value->type == OGC_NUMBER)
        gaz_json_number(json, name, value->number, 3);
    else
        gaz_json_string(json, name, ogc_feature_text(worker, value));
}

gaz_status ogc_feature_open(struct gaz_json *json, struct api_worker *worker,
                            const struct ogc_collection *collection,
                            const struct ogc_crs *crs, uint32_t index)
{
    struct ogc_row row = {.worker = worker, .index = index};
    struct ogc_shape shape;
    char id[OGC_FEATURE_ID_BYTES];
    collection->id(worker, index, id);
    collection->shape(&row, &shape);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    gaz_json_string(json, "id", id);
    gaz_status status = write_geometry(
        &(struct writing){json, worker, crs, decimals_of(collection, crs)},
        &shape);
    if (status != GAZ_OK)
        return status;
    gaz_json_object(json, "properties");
    const struct ogc_property *property = collection->properties;
    for (; property->name; property++) {
        struct ogc_value value;
        property->get(&row, &value);
        write_value(json, worker, property->name, &value);
    }
    gaz_json_end(json);
    return GAZ_OK;
}
