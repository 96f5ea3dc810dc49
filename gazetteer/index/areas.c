/* SPDX-License-Identifier: Apache-2.0 */
/* Which areas hold a point. A table of boxes in the order of the answer is
 * walked from its start: a few hundred areas are a few kilobytes, and most are
 * put aside by their box.
 */
#include "gazetteer/index/image.h"
#include "gazetteer/index/shape.h"

static void add_box(struct gaz_image *image, uint32_t place)
{
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    const struct gaz_snap_ring *rings =
        gaz_image_items(image, GAZ_SECTION_RINGS);
    rings += places[place].area_first;
    struct gaz_format_area box = {place, INT32_MAX, INT32_MAX, INT32_MIN,
                                  INT32_MIN};
    for (uint16_t i = 0; i < places[place].area_count; i++) {
        if (rings[i].min_lon_e7 < box.min_lon_e7)
            box.min_lon_e7 = rings[i].min_lon_e7;
        if (rings[i].min_lat_e7 < box.min_lat_e7)
            box.min_lat_e7 = rings[i].min_lat_e7;
        if (rings[i].max_lon_e7 > box.max_lon_e7)
            box.max_lon_e7 = rings[i].max_lon_e7;
        if (rings[i].max_lat_e7 > box.max_lat_e7)
            box.max_lat_e7 = rings[i].max_lat_e7;
    }
    struct gaz_format_area *added = gaz_image_add(image, GAZ_SECTION_AREAS, 1);
    *added = box;
}

/* Places come in order within a level, so one pass a level sorts the table. */
static void build_boxes(struct gaz_image *image)
{
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    uint32_t count = gaz_image_count(image, GAZ_SECTION_PLACES);
    for (int level = GAZ_LEVEL_VILLAGE; level >= GAZ_LEVEL_NONE; level--)
        for (uint32_t i = 0; i < count; i++)
            if (places[i].level == level && places[i].area_count > 0)
                add_box(image, i);
}

void gaz_areas_build(struct gaz_image *image)
{
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    struct gaz_rows *rings = &image->sections[GAZ_SECTION_RINGS];
    struct gaz_rows *points = &image->sections[GAZ_SECTION_POINTS];
    for (uint32_t i = 0; i < gaz_image_count(image, GAZ_SECTION_PLACES); i++) {
        struct gaz_wkb wkb = gaz_collect_area(image->builder, image->given[i]);
        places[i].area_first = (uint32_t)rings->count;
        if (wkb.size == 0)
            continue;
        if (gaz_shape_area(wkb, i, rings, points))
            places[i].area_count =
                (uint16_t)(rings->count - places[i].area_first);
        else
            places[i].flags &= ~(uint32_t)GAZ_SNAP_SCHEMATIC_AREA;
    }
    build_boxes(image);
}

static bool area_holds(const struct gaz_snapshot *snap, uint32_t place,
                       struct gaz_snap_point p)
{
    const struct gaz_snap_place *row = &snap->places[place];
    return gaz_shape_holds(snap->rings + row->area_first, row->area_count,
                           snap->points, p);
}

int gaz_snapshot_containing(const struct gaz_snapshot *snap,
                            struct gaz_coord coord, uint32_t *out, int max)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    if (!gaz_coord_is_valid(coord))
        return 0;
    const struct gaz_snap_point p = {gaz_coord_to_e7(coord.lon),
                                     gaz_coord_to_e7(coord.lat)};
    int count = 0;
    for (uint32_t i = 0; i < index->area_count && count < max; i++) {
        const struct gaz_format_area *box = &index->areas[i];
        if (p.lon_e7 < box->min_lon_e7 || p.lon_e7 > box->max_lon_e7 ||
            p.lat_e7 < box->min_lat_e7 || p.lat_e7 > box->max_lat_e7)
            continue;
        if (area_holds(snap, box->place, p))
            out[count++] = box->place;
    }
    return count;
}
