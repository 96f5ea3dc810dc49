/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/map_town.h"

#include <math.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/bench/city.h"

static const double WEST = 123.2, SOUTH = 30.2, WIDE = 0.5, HIGH = 0.4;

enum { TOWNS = 40, VILLAGES = 1600, STRINGS_MAX = 1 << 23 };

struct making {
    struct map_town *town;
    struct city_random random;
    struct gaz_snap_place *places;
    struct gaz_snap_name *names;
    struct gaz_snap_ring *rings;
    struct gaz_snap_point *points;
    struct gaz_snap_line *lines;
    char *strings;
    uint32_t string_size;
    double towns[TOWNS][2];
};

static uint32_t add_text(struct making *m, const char *text)
{
    uint32_t at = m->string_size;
    size_t size = strlen(text) + 1;
    if (at + size > STRINGS_MAX)
        return 0;
    memcpy(m->strings + at, text, size);
    m->string_size += (uint32_t)size;
    return at;
}

static uint32_t add_name(struct making *m, const char *last)
{
    static const char *const PARTS[] = {
        "东", "南", "西", "北", "新", "大", "小", "金", "石", "林", "河",
        "桥", "浦", "港", "塘", "浜", "泾", "溪", "湾", "庙", "园", "仓"};
    char text[64] = "";
    for (uint32_t n = 1 + city_below(&m->random, 3); n > 0; n--)
        (void)strncat(text, PARTS[city_below(&m->random, 22)], 8);
    (void)strncat(text, last, 24);
    return add_text(m, text);
}

static struct gaz_snap_point to_e7(double lon, double lat)
{
    return (struct gaz_snap_point){(int32_t)lround(lon * 1e7),
                                   (int32_t)lround(lat * 1e7)};
}

static void add_point(struct making *m, double lon, double lat)
{
    m->points[m->town->snap.point_count++] = to_e7(lon, lat);
}

static struct gaz_snap_place *add_place(struct making *m, const char *last,
                                        gaz_level level)
{
    struct gaz_snapshot *snap = &m->town->snap;
    struct gaz_snap_place *place = &m->places[snap->place_count];
    *place = (struct gaz_snap_place){
        .id = UINT64_C(1000) + snap->place_count,
        .parent = GAZ_NONE,
        .lon_e7 = INT32_MIN,
        .rank = city_below(&m->random, 1000),
        .level = (uint8_t)level,
        .status = GAZ_STATUS_CURRENT,
        .method = GAZ_METHOD_GAZETTEER,
        .flags = GAZ_SNAP_SYNTHETIC,
        .name_first = snap->name_count,
    };
    if (last) {
        m->names[snap->name_count++] = (struct gaz_snap_name){
            .place = snap->place_count, .text = add_name(m, last)};
        place->name_count = 1;
    }
    snap->place_count++;
    return place;
}

static void put_at(struct gaz_snap_place *place, double lon, double lat)
{
    struct gaz_snap_point at = to_e7(lon, lat);
    place->lon_e7 = at.lon_e7;
    place->lat_e7 = at.lat_e7;
}

/* Most things stand around a town, some anywhere. */
static void choose_spot(struct making *m, double out[2])
{
    double u = city_between(&m->random, 0, 1);
    double angle = city_between(&m->random, 0, 6.28);
    const double *town = m->towns[city_below(&m->random, TOWNS)];
    out[0] = town[0] + 0.06 * u * u * cos(angle);
    out[1] = town[1] + 0.06 * u * u * sin(angle);
    if (city_below(&m->random, 4) == 0 || out[0] < WEST ||
        out[0] > WEST + WIDE || out[1] < SOUTH || out[1] > SOUTH + HIGH) {
        out[0] = city_between(&m->random, WEST, WEST + WIDE);
        out[1] = city_between(&m->random, SOUTH, SOUTH + HIGH);
    }
}

/* ---- divisions ---- */

/* A corner of the grid of divisions, and a jagged way between two. */
static double jag(uint32_t a, uint32_t b, double t)
{
    return t == 0 || t == 1 ? 0
                            : 0.004 * sin(t * 3.14159) *
                                  (sin(41 * t + a) + 0.4 * sin(173 * t + b));
}

static void add_side(struct making *m, const struct map_town_size *size,
                     uint32_t number, const double from[2], const double to[2],
                     bool is_reversed)
{
    for (uint32_t i = 0; i < size->side; i++) {
        uint32_t k = is_reversed ? size->side - i : i;
        double t = (double)k / size->side;
        double off = jag(number, number * 7, t);
        bool is_flat = fabs(to[0] - from[0]) > fabs(to[1] - from[1]);
        add_point(m, from[0] + (to[0] - from[0]) * t + (is_flat ? 0 : off),
                  from[1] + (to[1] - from[1]) * t + (is_flat ? off : 0));
    }
}

static void add_division(struct making *m, const struct map_town_size *size,
                         uint32_t column, uint32_t row)
{
    struct gaz_snapshot *snap = &m->town->snap;
    struct gaz_snap_place *place = add_place(m, "区", GAZ_LEVEL_COUNTY);
    double x[2];
    double y[2];
    for (uint32_t i = 0; i < 2; i++) {
        x[i] = WEST + WIDE * (column + i) / size->columns;
        y[i] = SOUTH + HIGH * (row + i) / size->rows;
    }
    const double corners[4][2] = {
        {x[0], y[0]}, {x[1], y[0]}, {x[1], y[1]}, {x[0], y[1]}};
    put_at(place, (x[0] + x[1]) / 2, (y[0] + y[1]) / 2);
    uint32_t first = snap->point_count;
    uint32_t flat = 2 * (row * 100 + column);
    uint32_t steep = 2 * (row * 100 + column) + 1;
    add_side(m, size, flat, corners[0], corners[1], false);
    add_side(m, size, steep + 2, corners[1], corners[2], false);
    add_side(m, size, flat + 200, corners[3], corners[2], true);
    add_side(m, size, steep, corners[0], corners[3], true);
    m->points[snap->point_count] = m->points[first];
    snap->point_count++;
    m->rings[snap->ring_count++] = (struct gaz_snap_ring){
        .place = snap->place_count - 1,
        .point_first = first,
        .point_count = snap->point_count - first,
    };
}

/* ---- the rest ---- */

static void add_building(struct making *m)
{
    struct gaz_snapshot *snap = &m->town->snap;
    double at[2];
    choose_spot(m, at);
    (void)add_place(m, NULL, GAZ_LEVEL_NONE);
    double wide = city_between(&m->random, 0.00008, 0.0004);
    double high = city_between(&m->random, 0.00008, 0.0003);
    uint32_t first = snap->point_count;
    add_point(m, at[0], at[1]);
    add_point(m, at[0] + wide, at[1] + wide / 8);
    add_point(m, at[0] + wide, at[1] + high);
    add_point(m, at[0], at[1] + high);
    add_point(m, at[0], at[1]);
    m->rings[snap->ring_count++] = (struct gaz_snap_ring){
        .place = snap->place_count - 1, .point_first = first, .point_count = 5};
}

static void add_road(struct making *m)
{
    struct gaz_snapshot *snap = &m->town->snap;
    double at[2];
    choose_spot(m, at);
    double way = city_between(&m->random, 0, 6.28);
    uint32_t first = snap->point_count;
    uint32_t count = 6 + city_below(&m->random, 14);
    for (uint32_t i = 0; i < count; i++) {
        add_point(m, at[0], at[1]);
        way += city_between(&m->random, -0.3, 0.3);
        at[0] += 0.0012 * cos(way);
        at[1] += 0.0010 * sin(way);
    }
    m->lines[snap->line_count++] = (struct gaz_snap_line){
        .name = add_name(m, "路"),
        .kind = GAZ_LINE_ROAD,
        .flags = GAZ_SNAP_SYNTHETIC,
        .point_first = first,
        .point_count = count,
        .left = GAZ_NONE,
        .right = GAZ_NONE,
    };
}

static void add_sites(struct making *m, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        double at[2];
        choose_spot(m, at);
        bool is_town = i < TOWNS;
        bool is_village = !is_town && i < TOWNS + VILLAGES;
        if (is_town)
            memcpy(at, m->towns[i], sizeof at);
        put_at(add_place(m,
                         is_town      ? "镇"
                         : is_village ? "村"
                                      : "店",
                         is_town      ? GAZ_LEVEL_TOWN
                         : is_village ? GAZ_LEVEL_VILLAGE
                                      : GAZ_LEVEL_NONE),
               at[0], at[1]);
    }
}

void map_town_open(struct map_town *town, const struct map_town_size *size,
                   uint64_t seed)
{
    *town =
        (struct map_town){.box = {{WEST, SOUTH}, {WEST + WIDE, SOUTH + HIGH}}};
    struct making m = {.town = town, .random = {seed}, .string_size = 1};
    struct gaz_arena *arena = &town->arena;
    uint32_t areas = size->columns * size->rows;
    uint32_t places = size->places + size->buildings + areas;
    m.places = gaz_arena_array(arena, places, sizeof *m.places);
    m.names = gaz_arena_array(arena, places, sizeof *m.names);
    m.rings = gaz_arena_array(arena, size->buildings + areas, sizeof *m.rings);
    m.points = gaz_arena_array(arena,
                               (size_t)areas * (4 * size->side + 1) +
                                   (size_t)size->buildings * 5 +
                                   (size_t)size->roads * 20,
                               sizeof *m.points);
    m.lines = gaz_arena_array(arena, size->roads, sizeof *m.lines);
    m.strings = gaz_arena_alloc(arena, STRINGS_MAX);
    for (int i = 0; i < TOWNS; i++) {
        m.towns[i][0] = city_between(&m.random, WEST, WEST + WIDE);
        m.towns[i][1] = city_between(&m.random, SOUTH, SOUTH + HIGH);
    }
    for (uint32_t i = 0; i < areas; i++)
        add_division(&m, size, i % size->columns, i / size->columns);
    for (uint32_t i = 0; i < size->buildings; i++)
        add_building(&m);
    add_sites(&m, size->places);
    for (uint32_t i = 0; i < size->roads; i++)
        add_road(&m);
    town->snap.places = m.places;
    town->snap.names = m.names;
    town->snap.rings = m.rings;
    town->snap.points = m.points;
    town->snap.lines = m.lines;
    town->snap.strings = m.strings;
}

void map_town_close(struct map_town *town)
{
    gaz_arena_close(&town->arena);
}
