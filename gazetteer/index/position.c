/* SPDX-License-Identifier: Apache-2.0 */
/* Places without a position: the inside of their own area, the middle of their
 * addresses, else the position of what they lie in, with the accuracy that this
 * is worth. A place whose ancestors have none either stays without. */
#include <math.h>

#include "gazetteer/index/image.h"

/* How far a place may be from the point of the division it lies in: about the
 * radius of a disc of the division's usual size. */
static const float INHERITED_ACCURACY_M[] = {
    [GAZ_LEVEL_NONE] = 500.0F,        /* a road or estate of 1 km */
    [GAZ_LEVEL_PROVINCE] = 250000.0F, /* Zhejiang: 105,500 km2, 183 km */
    [GAZ_LEVEL_CITY] = 50000.0F,      /* Jiaxing: 4,237 km2, 37 km */
    [GAZ_LEVEL_COUNTY] = 15000.0F,    /* Pinghu: 537 km2, 13 km */
    [GAZ_LEVEL_TOWN] = 5000.0F,       /* 537 km2 over 9 towns: 4.4 km */
    [GAZ_LEVEL_VILLAGE] = 1500.0F,    /* 537 km2 over 150: 1.1 km */
};

/* The middle of a road's addresses may be off by the road's length and by the
 * errors of the addresses; below this it would promise too much. */
static const double DERIVED_ACCURACY_MIN_M = 50;

static bool has_position(const struct gaz_snap_place *place)
{
    return place->lon_e7 != INT32_MIN;
}

static struct gaz_coord coord_of(int32_t lon_e7, int32_t lat_e7)
{
    return (struct gaz_coord){gaz_coord_from_e7(lon_e7),
                              gaz_coord_from_e7(lat_e7)};
}

/* Half the diagonal of the area's box: the point may be a whole area away from
 * what the user means by the name. */
static float area_accuracy_m(const struct gaz_image *image,
                             const struct gaz_snap_place *place)
{
    const struct gaz_snap_ring *rings =
        gaz_image_items(image, GAZ_SECTION_RINGS);
    struct gaz_box box = {{180, 90}, {-180, -90}};
    for (uint32_t i = 0; i < place->area_count; i++) {
        const struct gaz_snap_ring *ring = &rings[place->area_first + i];
        struct gaz_coord low = coord_of(ring->min_lon_e7, ring->min_lat_e7);
        struct gaz_coord high = coord_of(ring->max_lon_e7, ring->max_lat_e7);
        box.min.lon = fmin(box.min.lon, low.lon);
        box.min.lat = fmin(box.min.lat, low.lat);
        box.max.lon = fmax(box.max.lon, high.lon);
        box.max.lat = fmax(box.max.lat, high.lat);
    }
    return (float)(gaz_coord_distance_m(box.min, box.max) / 2);
}

static gaz_status fill_from_area(struct gaz_ctx *ctx, struct gaz_image *image,
                                 struct gaz_geometry *geometry, uint32_t i)
{
    struct gaz_snap_place *place =
        (struct gaz_snap_place *)gaz_image_items(image, GAZ_SECTION_PLACES) + i;
    struct gaz_coord inside;
    gaz_status status = gaz_geometry_inside_point(
        ctx, geometry, gaz_collect_area(image->builder, image->given[i]),
        &inside);
    if (status != GAZ_OK)
        return status;
    place->lon_e7 = gaz_coord_to_e7(inside.lon);
    place->lat_e7 = gaz_coord_to_e7(inside.lat);
    place->method = GAZ_METHOD_CENTROID;
    place->accuracy_m = area_accuracy_m(image, place);
    return GAZ_OK;
}

static void fill_from_addresses(const struct gaz_image *image,
                                struct gaz_snap_place *place)
{
    const struct gaz_snap_address *addresses =
        gaz_image_items(image, GAZ_SECTION_ADDRESSES);
    addresses += place->address_first;
    int64_t lon = 0;
    int64_t lat = 0;
    int64_t count = 0;
    for (uint32_t i = 0; i < place->address_count; i++) {
        if (addresses[i].lon_e7 == INT32_MIN)
            continue;
        lon += addresses[i].lon_e7;
        lat += addresses[i].lat_e7;
        count++;
        place->source = addresses[i].source;
    }
    if (count == 0)
        return;
    place->lon_e7 = (int32_t)(lon / count);
    place->lat_e7 = (int32_t)(lat / count);
    place->method = GAZ_METHOD_DERIVED;
    struct gaz_coord middle = coord_of(place->lon_e7, place->lat_e7);
    double accuracy_m = DERIVED_ACCURACY_MIN_M;
    for (uint32_t i = 0; i < place->address_count; i++) {
        if (addresses[i].lon_e7 == INT32_MIN)
            continue;
        struct gaz_coord at =
            coord_of(addresses[i].lon_e7, addresses[i].lat_e7);
        accuracy_m = fmax(accuracy_m, gaz_coord_distance_m(middle, at) +
                                          (double)addresses[i].accuracy_m);
    }
    place->accuracy_m = (float)accuracy_m;
}

static void inherit(struct gaz_snap_place *places, const bool *is_own,
                    uint32_t i)
{
    uint32_t from = places[i].parent;
    while (from != GAZ_NONE && !is_own[from])
        from = places[from].parent;
    if (from == GAZ_NONE)
        return;
    float accuracy_m = INHERITED_ACCURACY_M[places[from].level];
    if (accuracy_m < places[from].accuracy_m)
        accuracy_m = places[from].accuracy_m;
    places[i].lon_e7 = places[from].lon_e7;
    places[i].lat_e7 = places[from].lat_e7;
    places[i].method = GAZ_METHOD_INHERITED;
    places[i].accuracy_m = accuracy_m;
    places[i].source = places[from].source;
}

static void inherit_all(struct gaz_image *image)
{
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    uint32_t count = gaz_image_count(image, GAZ_SECTION_PLACES);
    bool *is_own = gaz_malloc(count + 1U);
    for (uint32_t i = 0; i < count; i++)
        is_own[i] = has_position(&places[i]);
    for (uint32_t i = 0; i < count; i++)
        if (!is_own[i])
            inherit(places, is_own, i);
    gaz_free(is_own);
}

gaz_status gaz_position_fill(struct gaz_ctx *ctx, struct gaz_image *image)
{
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    uint32_t count = gaz_image_count(image, GAZ_SECTION_PLACES);
    struct gaz_geometry *geometry = NULL;
    gaz_status status = gaz_geometry_open(ctx, &geometry);
    for (uint32_t i = 0; i < count && status == GAZ_OK; i++) {
        if (has_position(&places[i]))
            continue;
        if (places[i].area_count > 0)
            status = fill_from_area(ctx, image, geometry, i);
        else
            fill_from_addresses(image, &places[i]);
    }
    gaz_geometry_close(geometry);
    if (status != GAZ_OK)
        return status;
    inherit_all(image);
    struct gaz_snap_point *points =
        gaz_image_add(image, GAZ_SECTION_PLACE_POINTS, count);
    for (uint32_t i = 0; i < count; i++)
        points[i] = (struct gaz_snap_point){places[i].lon_e7, places[i].lat_e7};
    return GAZ_OK;
}
