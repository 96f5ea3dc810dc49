/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/tiles/sample.h"

#include <assert.h>
#include <math.h>
#include <string.h>

void sample_open(struct sample *s)
{
    *s = (struct sample){0};
    gaz_buffer_open(&s->strings, 1 << 24);
    gaz_buffer_char(&s->strings, '\0');
    s->places =
        gaz_arena_array(&s->arena, SAMPLE_PLACES_MAX, sizeof *s->places);
    s->names = gaz_arena_array(&s->arena, SAMPLE_PLACES_MAX, sizeof *s->names);
    s->rings = gaz_arena_array(&s->arena, SAMPLE_RINGS_MAX, sizeof *s->rings);
    s->points =
        gaz_arena_array(&s->arena, SAMPLE_POINTS_MAX, sizeof *s->points);
    s->lines = gaz_arena_array(&s->arena, SAMPLE_LINES_MAX, sizeof *s->lines);
}

void sample_close(struct sample *s)
{
    gaz_buffer_close(&s->strings);
    gaz_arena_close(&s->arena);
}

static uint32_t add_text(struct sample *s, const char *text)
{
    uint32_t at = (uint32_t)s->strings.size;
    gaz_buffer_bytes(&s->strings, text, strlen(text) + 1);
    return at;
}

struct gaz_snap_place *sample_place(struct sample *s, const char *name,
                                    gaz_level level, uint32_t parent)
{
    uint32_t index = s->snap.place_count++;
    assert(index < SAMPLE_PLACES_MAX);
    s->names[index] = (struct gaz_snap_name){
        .place = index, .text = add_text(s, name), .roman = add_text(s, "")};
    s->snap.name_count = s->snap.place_count;
    s->places[index] = (struct gaz_snap_place){
        .id = 1000 + index,
        .parent = parent,
        .name_first = index,
        .name_count = 1,
        .level = (uint8_t)level,
        .lon_e7 = INT32_MIN,
        .lat_e7 = INT32_MIN,
        .rank = index,
    };
    return &s->places[index];
}

void sample_position(struct gaz_snap_place *place, double lon, double lat,
                     gaz_method method)
{
    place->lon_e7 = gaz_coord_to_e7(lon);
    place->lat_e7 = gaz_coord_to_e7(lat);
    place->method = (uint8_t)method;
}

static uint32_t add_points(struct sample *s, const double *lon_lat,
                           size_t count)
{
    uint32_t first = s->snap.point_count;
    assert(first + count < SAMPLE_POINTS_MAX);
    for (size_t i = 0; i < count; i++)
        s->points[s->snap.point_count++] =
            (struct gaz_snap_point){gaz_coord_to_e7(lon_lat[2 * i]),
                                    gaz_coord_to_e7(lon_lat[2 * i + 1])};
    return first;
}

void sample_ring(struct sample *s, uint32_t place, uint32_t polygon,
                 const double *lon_lat, size_t count)
{
    assert(s->snap.ring_count < SAMPLE_RINGS_MAX);
    s->rings[s->snap.ring_count++] = (struct gaz_snap_ring){
        .place = place,
        .polygon = polygon,
        .point_first = add_points(s, lon_lat, count),
        .point_count = (uint32_t)count,
    };
}

struct gaz_snap_line *sample_line(struct sample *s, uint32_t kind,
                                  gaz_level level, bool is_schematic,
                                  const double *lon_lat, size_t count)
{
    assert(s->snap.line_count < SAMPLE_LINES_MAX);
    s->lines[s->snap.line_count] = (struct gaz_snap_line){
        .kind = kind,
        .level = level,
        .flags = is_schematic ? GAZ_SNAP_SCHEMATIC_AREA : 0,
        .point_first = add_points(s, lon_lat, count),
        .point_count = (uint32_t)count,
        .left = GAZ_NONE,
        .right = GAZ_NONE,
    };
    return &s->lines[s->snap.line_count++];
}

const struct gaz_snapshot *sample_ready(struct sample *s)
{
    s->snap.places = s->places;
    s->snap.names = s->names;
    s->snap.rings = s->rings;
    s->snap.points = s->points;
    s->snap.lines = s->lines;
    s->snap.strings = s->strings.data;
    return &s->snap;
}

/* ---- the two counties ---- */

enum { JAGS = 120 }; /* points of the shared line */

/* A jagged line from north to south; the same numbers for both sides. */
static void shared_line(double *out)
{
    for (int i = 0; i < JAGS; i++) {
        double part = (double)i / (JAGS - 1);
        out[2 * i] = 121.15 + 0.02 * sin(9 * part) + 0.002 * (i % 3);
        out[2 * i + 1] = 30.85 - 0.2 * part;
    }
}

static void add_areas(struct sample *s, const double *line)
{
    double west[2 * (JAGS + 3)] = {120.9, 30.65, 120.9, 30.85};
    memcpy(west + 4, line, 2 * JAGS * sizeof *line);
    memcpy(west + 4 + 2 * JAGS, west, 2 * sizeof *west);
    sample_ring(s, 0, 0, west, JAGS + 3);
    static const double HOLE[] = {121.0,  30.78, 121.02, 30.78,
                                  121.02, 30.80, 121.0,  30.78};
    sample_ring(s, 0, 0, HOLE, 4);
    double east[2 * (JAGS + 3)] = {121.4, 30.85, 121.4, 30.7};
    for (int i = 0; i < JAGS; i++)
        memcpy(east + 4 + 2 * i, line + 2 * (JAGS - 1 - i), 2 * sizeof *line);
    memcpy(east + 4 + 2 * JAGS, east, 2 * sizeof *east);
    sample_ring(s, 1, 0, east, JAGS + 3);
}

static void add_towns(struct sample *s)
{
    static const struct {
        const char *name;
        double lon;
        double lat;
        uint32_t county;
    } TOWNS[] = {
        {"甲桥镇", 121.02, 30.70, 0},  {"乙浦镇", 121.09, 30.68, 0},
        {"丙埭镇", 121.05, 30.75, 0},  {"丁仓街道", 121.01, 30.69, 0},
        {"戊山镇", 121.20, 30.75, 1},  {"己卫镇", 121.22, 30.74, 1},
        {"庚泾镇", 121.145, 30.77, 1}, {"辛陈镇", 121.148, 30.775, 0},
    };
    for (size_t i = 0; i < sizeof TOWNS / sizeof TOWNS[0]; i++)
        sample_position(
            sample_place(s, TOWNS[i].name, GAZ_LEVEL_TOWN, TOWNS[i].county),
            TOWNS[i].lon, TOWNS[i].lat, GAZ_METHOD_GAZETTEER);
}

static void add_villages(struct sample *s)
{
    for (int i = 0; i < 400; i++) {
        char name[32] = "样村甲";
        name[8] = (char)(0x80 + i % 60);
        struct gaz_snap_place *place =
            sample_place(s, name, GAZ_LEVEL_VILLAGE, 2 + (uint32_t)(i % 8));
        sample_position(place, 120.92 + 0.023 * (i % 20),
                        30.66 + 0.0091 * (double)(i / 20),
                        i % 7 ? GAZ_METHOD_GAZETTEER : GAZ_METHOD_INHERITED);
    }
}

static struct gaz_snap_place *heritage(struct sample *s, const char *name,
                                       uint32_t parent)
{
    struct gaz_snap_place *place =
        sample_place(s, name, GAZ_LEVEL_NONE, parent);
    place->flags = GAZ_SNAP_HERITAGE;
    return place;
}

static void add_heritage(struct sample *s)
{
    sample_position(heritage(s, "样例纪念馆", 2), 121.03, 30.71,
                    GAZ_METHOD_SURVEYED);
    sample_position(heritage(s, "中共样例县委诞生地旧址（复原）", 3), 121.10,
                    30.69, GAZ_METHOD_SURVEYED);
    /* two at their town's point, one alone at its town's point */
    sample_position(heritage(s, "样例故居", 4), 121.05, 30.75,
                    GAZ_METHOD_INHERITED);
    sample_position(heritage(s, "样例祠堂", 4), 121.05, 30.75,
                    GAZ_METHOD_INHERITED);
    sample_position(heritage(s, "样例炮台", 6), 121.20, 30.75,
                    GAZ_METHOD_INHERITED);
    heritage(s, "无处可寻", 6);
}

void sample_counties(struct sample *s)
{
    double line[2 * JAGS];
    static const double COAST[] = {120.9, 30.64,  121.05, 30.60, 121.2,
                                   30.66, 121.31, 30.70,  121.4, 30.69};
    static const double ROAD[] = {120.95, 30.70, 121.05, 30.72, 121.3, 30.76};
    shared_line(line);
    sample_position(sample_place(s, "甲湖市", GAZ_LEVEL_COUNTY, GAZ_NONE),
                    121.03, 30.74, GAZ_METHOD_CENTROID);
    sample_position(sample_place(s, "乙山区", GAZ_LEVEL_COUNTY, GAZ_NONE),
                    121.27, 30.78, GAZ_METHOD_CENTROID);
    s->places[0].flags = GAZ_SNAP_SCHEMATIC_AREA;
    s->places[1].flags = GAZ_SNAP_SCHEMATIC_AREA;
    add_areas(s, line);
    add_towns(s);
    add_villages(s);
    add_heritage(s);
    sample_line(s, GAZ_LINE_BOUNDARY, GAZ_LEVEL_PROVINCE, true, line, JAGS);
    sample_line(s, GAZ_LINE_COAST, GAZ_LEVEL_NONE, false, COAST, 5);
    struct gaz_snap_line *road =
        sample_line(s, GAZ_LINE_ROAD, GAZ_LEVEL_NONE, false, ROAD, 3);
    road->name = add_text(s, "样例公路");
    (void)sample_ready(s);
}
