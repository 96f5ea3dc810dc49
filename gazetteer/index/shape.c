/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/index/shape.h"

#include <string.h>

enum {
    WKB_LINESTRING = 2,
    WKB_POLYGON = 3,
    WKB_MULTILINESTRING = 5,
    WKB_MULTIPOLYGON = 6,
    WKB_POINT_BYTES = 16,
    RING_MIN_POINTS = 4,
    LINE_MIN_POINTS = 2,
};

struct wkb_reader {
    const unsigned char *at;
    size_t left;
    bool is_big_endian;
    bool is_bad; /* cut off, off the earth, or of another type */
    struct gaz_rows *items;
    struct gaz_rows *points;
    uint32_t place;
};

static uint64_t read_bytes(struct wkb_reader *reader, size_t size)
{
    uint64_t value = 0;
    if (reader->left < size) {
        reader->is_bad = true;
        return 0;
    }
    for (size_t i = 0; i < size; i++) {
        size_t from = reader->is_big_endian ? i : size - 1 - i;
        value = value << 8 | reader->at[from];
    }
    reader->at += size;
    reader->left -= size;
    return value;
}

static uint32_t read_count(struct wkb_reader *reader)
{
    return (uint32_t)read_bytes(reader, sizeof(uint32_t));
}

static double read_double(struct wkb_reader *reader)
{
    uint64_t bits = read_bytes(reader, sizeof(bits));
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

/* Reads byte order and type of a geometry; returns the type. */
static uint32_t read_type(struct wkb_reader *reader)
{
    reader->is_big_endian = read_bytes(reader, 1) == 0;
    return read_count(reader);
}

/* Reads a list of `min` points or more; returns the first, or NULL. */
static struct gaz_snap_point *read_points(struct wkb_reader *reader,
                                          uint32_t min, uint32_t *count)
{
    *count = read_count(reader);
    if (reader->is_bad || *count < min ||
        *count > reader->left / WKB_POINT_BYTES) {
        reader->is_bad = true;
        return NULL;
    }
    struct gaz_snap_point *points = gaz_rows_add(reader->points, *count);
    for (uint32_t i = 0; i < *count; i++) {
        struct gaz_coord coord;
        coord.lon = read_double(reader);
        coord.lat = read_double(reader);
        if (!gaz_coord_is_valid(coord)) {
            reader->is_bad = true;
            return NULL;
        }
        points[i] = (struct gaz_snap_point){gaz_coord_to_e7(coord.lon),
                                            gaz_coord_to_e7(coord.lat)};
    }
    return points;
}

static void read_ring(struct wkb_reader *reader, uint32_t polygon)
{
    uint32_t first = (uint32_t)reader->points->count;
    uint32_t count;
    struct gaz_snap_point *points =
        read_points(reader, RING_MIN_POINTS, &count);
    if (!points)
        return;
    points[count - 1] = points[0];
    struct gaz_snap_ring *ring = gaz_rows_add(reader->items, 1);
    *ring = (struct gaz_snap_ring){
        .place = reader->place,
        .polygon = polygon,
        .point_first = first,
        .point_count = count,
        .min_lon_e7 = INT32_MAX,
        .min_lat_e7 = INT32_MAX,
        .max_lon_e7 = INT32_MIN,
        .max_lat_e7 = INT32_MIN,
    };
    for (uint32_t i = 0; i < count; i++) {
        if (points[i].lon_e7 < ring->min_lon_e7)
            ring->min_lon_e7 = points[i].lon_e7;
        if (points[i].lat_e7 < ring->min_lat_e7)
            ring->min_lat_e7 = points[i].lat_e7;
        if (points[i].lon_e7 > ring->max_lon_e7)
            ring->max_lon_e7 = points[i].lon_e7;
        if (points[i].lat_e7 > ring->max_lat_e7)
            ring->max_lat_e7 = points[i].lat_e7;
    }
}

static void read_polygon(struct wkb_reader *reader, uint32_t number)
{
    uint32_t rings = read_count(reader);
    for (uint32_t i = 0; i < rings && !reader->is_bad; i++)
        read_ring(reader, number);
}

static void read_line(struct wkb_reader *reader, uint32_t number)
{
    (void)number;
    size_t first = reader->points->count;
    uint32_t count;
    if (!read_points(reader, LINE_MIN_POINTS, &count))
        return;
    struct gaz_shape_part *part = gaz_rows_add(reader->items, 1);
    *part = (struct gaz_shape_part){first, count};
}

/* Reads one geometry of type `one`, or a collection `many` of them. */
static bool read_shape(struct wkb_reader *reader, uint32_t one, uint32_t many,
                       void (*read_one)(struct wkb_reader *, uint32_t))
{
    size_t items_before = reader->items->count;
    size_t points_before = reader->points->count;
    uint32_t type = read_type(reader);
    if (type == one) {
        read_one(reader, 0);
    } else {
        uint32_t count = read_count(reader);
        reader->is_bad |= type != many;
        for (uint32_t i = 0; i < count && !reader->is_bad; i++) {
            if (read_type(reader) == one)
                read_one(reader, i);
            else
                reader->is_bad = true;
        }
    }
    reader->is_bad |= reader->items->count - items_before > UINT16_MAX;
    if (reader->is_bad) {
        reader->items->count = items_before;
        reader->points->count = points_before;
    }
    return !reader->is_bad;
}

bool gaz_shape_area(struct gaz_wkb wkb, uint32_t place, struct gaz_rows *rings,
                    struct gaz_rows *points)
{
    struct wkb_reader reader = {.at = wkb.data,
                                .left = wkb.size,
                                .items = rings,
                                .points = points,
                                .place = place};
    return read_shape(&reader, WKB_POLYGON, WKB_MULTIPOLYGON, read_polygon);
}

bool gaz_shape_lines(struct gaz_wkb wkb, struct gaz_rows *parts,
                     struct gaz_rows *points)
{
    struct wkb_reader reader = {
        .at = wkb.data, .left = wkb.size, .items = parts, .points = points};
    return read_shape(&reader, WKB_LINESTRING, WKB_MULTILINESTRING, read_line);
}

/* True when the edge a-b crosses the ray that runs east from `p`. Differences
 * are below 2^32 and 2^31, so the products fit 64 bits. */
static bool crosses(struct gaz_snap_point p, struct gaz_snap_point a,
                    struct gaz_snap_point b)
{
    if ((a.lat_e7 > p.lat_e7) == (b.lat_e7 > p.lat_e7))
        return false;
    int64_t rise = (int64_t)b.lat_e7 - a.lat_e7;
    int64_t left = ((int64_t)p.lon_e7 - a.lon_e7) * rise;
    int64_t right = ((int64_t)b.lon_e7 - a.lon_e7) *
                    ((int64_t)p.lat_e7 - (int64_t)a.lat_e7);
    return rise > 0 ? left < right : left > right;
}

static bool is_odd(const struct gaz_snap_ring *ring,
                   const struct gaz_snap_point *points, struct gaz_snap_point p)
{
    if (p.lat_e7 < ring->min_lat_e7 || p.lat_e7 > ring->max_lat_e7 ||
        p.lon_e7 > ring->max_lon_e7)
        return false;
    points += ring->point_first;
    bool odd = false;
    for (uint32_t i = 1; i < ring->point_count; i++)
        odd ^= crosses(p, points[i - 1], points[i]);
    return odd;
}

bool gaz_shape_holds(const struct gaz_snap_ring *rings, size_t ring_count,
                     const struct gaz_snap_point *points,
                     struct gaz_snap_point p)
{
    bool is_inside = false;
    for (size_t i = 0; i < ring_count; i++)
        is_inside ^= is_odd(&rings[i], points, p);
    return is_inside;
}
