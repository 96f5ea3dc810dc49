/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/sample.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "gazetteer/boundary/course.h"
#include "gazetteer/boundary/marker.h"
#include "gazetteer/geo/crs.h"
#include "gazetteer/geo/gcj02.h"

static const double PI = 3.14159265358979323846;

enum { WAVES = 12, PAIR_EVERY = 6 };

static const struct {
    const char *name;
    gaz_survey_kind expected;
} PLANTS[] = {
    [GAZ_SAMPLE_CLEAN] = {"clean", GAZ_SURVEY_RANGE},
    [GAZ_SAMPLE_SHIFT] = {"shift", GAZ_SURVEY_SHIFT},
    [GAZ_SAMPLE_ROTATION] = {"rotation", GAZ_SURVEY_ROTATION},
    [GAZ_SAMPLE_OUTLIER] = {"single outlier", GAZ_SURVEY_OUTLIER},
    [GAZ_SAMPLE_SWAPPED] = {"swapped axes", GAZ_SURVEY_SWAPPED},
    [GAZ_SAMPLE_ZONE] = {"wrong zone", GAZ_SURVEY_ZONE},
    [GAZ_SAMPLE_DATUM] = {"datum offset", GAZ_SURVEY_DATUM},
    [GAZ_SAMPLE_ORDER] = {"order", GAZ_SURVEY_ORDER},
    [GAZ_SAMPLE_CODE] = {"code", GAZ_SURVEY_CODE},
    [GAZ_SAMPLE_OBJECT] = {"object", GAZ_SURVEY_OBJECT},
    [GAZ_SAMPLE_COURSE] = {"course", GAZ_SURVEY_COURSE},
    [GAZ_SAMPLE_DISTANCE] = {"distance", GAZ_SURVEY_DISTANCE},
    [GAZ_SAMPLE_TOPOLOGY] = {"topology", GAZ_SURVEY_TOPOLOGY},
};

const char *gaz_sample_plant_name(gaz_sample_plant plant)
{
    return PLANTS[plant].name;
}

gaz_survey_kind gaz_sample_expected(gaz_sample_plant plant)
{
    return PLANTS[plant].expected;
}

struct maker {
    struct gaz_ctx *ctx;
    const struct gaz_sample_options *options;
    uint64_t state;
    struct gaz_grid *line;
    size_t line_count;
    double *chainage_m;
    struct gaz_survey_marker *markers;
    size_t count;
};

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t draw(struct maker *m)
{
    uint64_t z = m->state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static double between(struct maker *m, double low, double high)
{
    return low + (high - low) * (double)(draw(m) >> 11) / 9007199254740992.0;
}

static size_t pick(struct maker *m, size_t count)
{
    assert(count > 0);
    return count > 0 ? (size_t)(draw(m) % count) : 0;
}

static double normal(struct maker *m)
{
    const double radius = sqrt(-2 * log(between(m, 1e-12, 1)));
    return radius * cos(between(m, 0, 2 * PI));
}

/* ---- the line ---- */

static void make_line(struct maker *m)
{
    const size_t count = m->options->vertices;
    const double length_m = between(m, 40000, 60000);
    const double slope = between(m, -0.2, 0.2);
    double height_m[WAVES];
    double phase[WAVES];
    for (int i = 0; i < WAVES; i++) {
        height_m[i] = between(m, 0.3, 1) * 400 / (i + 1);
        phase[i] = between(m, 0, 2 * PI);
    }
    m->line_count = count;
    m->line = gaz_arena_array(&m->ctx->arena, count, sizeof(*m->line));
    m->chainage_m =
        gaz_arena_array(&m->ctx->arena, count, sizeof(*m->chainage_m));
    for (size_t i = 0; i < count; i++) {
        const double part = (double)i / (double)(count - 1);
        double north = slope * length_m * part;
        for (int j = 0; j < WAVES; j++)
            north += height_m[j] * sin(2 * PI * (j + 1) * part + phase[j]);
        m->line[i] =
            (struct gaz_grid){3408000 + north, 570000 + length_m * part};
        if (i > 0)
            m->chainage_m[i] =
                m->chainage_m[i - 1] +
                hypot(m->line[i].north_m - m->line[i - 1].north_m,
                      m->line[i].east_m - m->line[i - 1].east_m);
    }
}

static struct gaz_grid on_line(const struct maker *m, double chainage_m,
                               double left_m)
{
    size_t i = 1;
    while (i + 1 < m->options->vertices && m->chainage_m[i] < chainage_m)
        i++;
    const double size = m->chainage_m[i] - m->chainage_m[i - 1];
    const double t = (chainage_m - m->chainage_m[i - 1]) / size;
    const double north = m->line[i].north_m - m->line[i - 1].north_m;
    const double east = m->line[i].east_m - m->line[i - 1].east_m;
    return (struct gaz_grid){
        m->line[i - 1].north_m + t * north + left_m * east / size,
        m->line[i - 1].east_m + t * east - left_m * north / size};
}

/* ---- its markers ---- */

static void add_marker(struct maker *m, size_t serial, char type,
                       double chainage_m, double left_m)
{
    struct gaz_survey_marker *marker = &m->markers[m->count++];
    const double noise_m = m->options->noise_m;
    *marker = (struct gaz_survey_marker){
        .code =
            gaz_arena_printf(&m->ctx->arena, "3133%03d%c", (int)serial, type),
        .has_measured = true,
        .has_agreed = true,
        .has_heights = true,
        .manager = serial % 2 ? "310116" : "330482",
        .note = "合成 synthetic",
        .condition = "完好",
        .next_distance_m = chainage_m}; /* for the courses; then its own */
    marker->agreed = on_line(m, chainage_m, left_m);
    marker->measured =
        (struct gaz_grid){marker->agreed.north_m + noise_m * normal(m),
                          marker->agreed.east_m + noise_m * normal(m)};
    marker->agreed_height_m = between(m, 2, 6);
    /* heights are a third as sharp limits as positions, and so is their noise
     */
    marker->measured_height_m =
        marker->agreed_height_m + fmin(noise_m, 0.05) * normal(m);
}

static void add_objects(struct maker *m, struct gaz_survey_marker *marker)
{
    static const char *const THINGS[] = {"合成桥中心", "合成房角", "合成水塔",
                                         "合成电杆"};
    enum { COUNT = 3 };
    struct gaz_survey_object *objects =
        gaz_arena_array(&m->ctx->arena, COUNT, sizeof(*objects));
    for (size_t i = 0; i < COUNT; i++) {
        const double distance_m = between(m, 8, 120);
        const double azimuth_deg = between(m, 0, 360);
        const double turn = azimuth_deg * PI / 180;
        objects[i] = (struct gaz_survey_object){
            .name = THINGS[(i + pick(m, 2)) % 4],
            /* as a register gives them */
            .azimuth_deg = floor(azimuth_deg * 60) / 60,
            .distance_m = floor(distance_m * 10 + 0.5) / 10,
            .has_position = true,
            .at = {marker->agreed.north_m + distance_m * cos(turn),
                   marker->agreed.east_m + distance_m * sin(turn)}};
    }
    marker->objects = objects;
    marker->object_count = COUNT;
}

static const char *course_text(struct maker *m, int sector, double length_m,
                               const char *to)
{
    return gaz_arena_printf(&m->ctx->arena, "界线向%s行%.0f米至%s界桩",
                            gaz_marker_sector_name(sector), length_m, to);
}

/* From true north: the plane is turned by the convergence, near the middle of
 * the line (lon - 120) sin(lat). */
static void add_courses(struct maker *m)
{
    static const double CONVERGENCE_DEG = 0.5;
    for (size_t i = 0; i + 1 < m->count; i++) {
        const struct gaz_grid a = on_line(m, m->markers[i].next_distance_m, 0);
        const struct gaz_grid b =
            on_line(m, m->markers[i + 1].next_distance_m, 0);
        const double length_m =
            m->markers[i + 1].next_distance_m - m->markers[i].next_distance_m;
        const double turn = atan2(b.east_m - a.east_m, b.north_m - a.north_m);
        if (length_m <= 0)
            continue; /* to the other of a pair */
        m->markers[i].course =
            course_text(m, gaz_marker_sector(turn * 180 / PI + CONVERGENCE_DEG),
                        length_m, m->markers[i + 1].code);
    }
}

static void make_markers(struct maker *m)
{
    const size_t serials = m->options->serials;
    const double whole_m = m->chainage_m[m->options->vertices - 1];
    m->markers =
        gaz_arena_array(&m->ctx->arena, 2 * serials, sizeof(*m->markers));
    for (size_t i = 0; i < serials; i++) {
        const double step_m = whole_m / (double)serials;
        const double at_m = step_m * ((double)i + 0.5 + between(m, -0.2, 0.2));
        if (i % PAIR_EVERY != PAIR_EVERY - 1) {
            add_marker(m, i + 1, 'Q', at_m, 0);
            continue;
        }
        const double half_m = between(m, 8, 30);
        add_marker(m, i + 1, 'A', at_m, half_m);
        add_marker(m, i + 1, 'B', at_m, -half_m);
    }
    add_courses(m);
    m->markers[m->count - 1].next_distance_m = 0;
    for (size_t i = 0; i < m->count; i++)
        add_objects(m, &m->markers[i]);
    for (size_t i = 0; i + 1 < m->count; i++) {
        const struct gaz_grid a = m->markers[i].agreed;
        const struct gaz_grid b = m->markers[i + 1].agreed;
        const double turn = atan2(b.east_m - a.east_m, b.north_m - a.north_m);
        m->markers[i].next_distance_m =
            hypot(b.north_m - a.north_m, b.east_m - a.east_m);
        m->markers[i].next_azimuth_deg =
            (turn < 0 ? turn + 2 * PI : turn) * 180 / PI;
    }
}

/* ---- what is planted ---- */

static void move_all(struct maker *m, double low_m, double high_m)
{
    const double size_m = between(m, low_m, high_m);
    const double turn = between(m, 0, 2 * PI);
    for (size_t i = 0; i < m->count; i++) {
        m->markers[i].measured.north_m += size_m * cos(turn);
        m->markers[i].measured.east_m += size_m * sin(turn);
    }
}

static void turn_all(struct maker *m)
{
    struct gaz_grid centre = {0, 0};
    const double sign = pick(m, 2) ? 1 : -1;
    const double angle = sign * between(m, 3, 10) / 25000;
    for (size_t i = 0; i < m->count; i++) {
        centre.north_m += m->markers[i].agreed.north_m / (double)m->count;
        centre.east_m += m->markers[i].agreed.east_m / (double)m->count;
    }
    for (size_t i = 0; i < m->count; i++) {
        struct gaz_grid *at = &m->markers[i].measured;
        const double north = at->north_m - centre.north_m;
        const double east = at->east_m - centre.east_m;
        at->north_m = centre.north_m + north * cos(angle) - east * sin(angle);
        at->east_m = centre.east_m + north * sin(angle) + east * cos(angle);
    }
}

/* Writes all measured positions in another system of metres. */
static gaz_status write_in(struct maker *m, const char *crs_name)
{
    struct gaz_crs *plane = NULL;
    struct gaz_crs *other = NULL;
    gaz_status status = gaz_crs_open(m->ctx, "EPSG:4549", &plane);
    if (status == GAZ_OK)
        status = gaz_crs_open(m->ctx, crs_name, &other);
    for (size_t i = 0; i < m->count && status == GAZ_OK; i++) {
        struct gaz_grid *at = &m->markers[i].measured;
        struct gaz_coord coord;
        status =
            gaz_crs_to_cgcs2000(m->ctx, plane, at->east_m, at->north_m, &coord);
        if (status == GAZ_OK)
            status = gaz_crs_from_cgcs2000(m->ctx, other, coord, &at->east_m,
                                           &at->north_m);
    }
    gaz_crs_close(other);
    gaz_crs_close(plane);
    return status;
}

/* Positions read off a web map and taken for CGCS2000. */
static gaz_status write_web_map(struct maker *m, bool is_bd09)
{
    struct gaz_crs *plane = NULL;
    gaz_status status = gaz_crs_open(m->ctx, "EPSG:4549", &plane);
    for (size_t i = 0; i < m->count && status == GAZ_OK; i++) {
        struct gaz_grid *at = &m->markers[i].measured;
        struct gaz_coord coord;
        status =
            gaz_crs_to_cgcs2000(m->ctx, plane, at->east_m, at->north_m, &coord);
        if (status != GAZ_OK)
            break;
        coord = gaz_gcj02_from_wgs84(coord);
        if (is_bd09)
            coord = gaz_gcj02_to_bd09(coord);
        status = gaz_crs_from_cgcs2000(m->ctx, plane, coord, &at->east_m,
                                       &at->north_m);
    }
    gaz_crs_close(plane);
    return status;
}

static void exchange_axes(struct maker *m)
{
    for (size_t i = 0; i < m->count; i++) {
        const struct gaz_grid at = m->markers[i].measured;
        m->markers[i].measured = (struct gaz_grid){at.east_m, at.north_m};
    }
}

static void move_one(struct maker *m)
{
    struct gaz_grid *at = &m->markers[pick(m, m->count)].measured;
    const double size_m = between(m, 5, 50);
    const double turn = between(m, 0, 2 * PI);
    at->north_m += size_m * cos(turn);
    at->east_m += size_m * sin(turn);
}

/* Singles only: the halves of a pair lie side by side. */
static void exchange_codes(struct maker *m)
{
    for (;;) {
        struct gaz_survey_marker *one = &m->markers[pick(m, m->count - 1)];
        const char *code = one->code;
        if (strchr(one[0].code, 'Q') && strchr(one[1].code, 'Q')) {
            one[0].code = one[1].code;
            one[1].code = code;
            return;
        }
    }
}

static void break_code(struct maker *m)
{
    static const char *const BROKEN[] = {"3331", "313", "3199", "3133X"};
    struct gaz_survey_marker *marker = &m->markers[pick(m, m->count)];
    marker->code = gaz_arena_printf(&m->ctx->arena, "%s%s", BROKEN[pick(m, 4)],
                                    marker->code + 4);
}

/* Objects of a marker are its own: they may be written to. */
static void break_object(struct maker *m)
{
    const struct gaz_survey_marker *marker = &m->markers[pick(m, m->count)];
    struct gaz_survey_object *objects =
        gaz_arena_array(&m->ctx->arena, marker->object_count, sizeof(*objects));
    for (size_t i = 0; i < marker->object_count; i++)
        objects[i] = marker->objects[i];
    struct gaz_survey_object *object = &objects[pick(m, marker->object_count)];
    if (pick(m, 2))
        object->distance_m += between(m, 3, 20);
    else
        object->azimuth_deg =
            fmod(object->azimuth_deg + between(m, 30, 330), 360);
    m->markers[marker - m->markers].objects = objects;
}

/* The middle of a pair has no course. */
static void turn_course(struct maker *m)
{
    for (;;) {
        struct gaz_survey_marker *marker = &m->markers[pick(m, m->count)];
        struct gaz_course course;
        if (!marker->course)
            continue;
        gaz_course_parse(marker->course, &course);
        const int back =
            (course.sectors[0] + GAZ_MARKER_SECTORS / 2) % GAZ_MARKER_SECTORS;
        marker->course =
            course_text(m, back, course.length_m, course.markers[0].code);
        return;
    }
}

static void break_distance(struct maker *m)
{
    struct gaz_survey_marker *marker = &m->markers[pick(m, m->count - 1)];
    marker->next_distance_m += between(m, 10, 100);
}

/* A loop in the middle of a segment, too small to be seen on the map: ahead,
 * left, and across. */
static void loop_line(struct maker *m)
{
    enum { LOOP = 4 };
    static const double AHEAD_M[LOOP] = {0, 1.2, 0.6, 0.6};
    static const double LEFT_M[LOOP] = {0, 0, 1, -1};
    const size_t count = m->line_count;
    const size_t at = pick(m, count - 1);
    const struct gaz_grid a = m->line[at];
    const struct gaz_grid b = m->line[at + 1];
    const double size_m = hypot(b.north_m - a.north_m, b.east_m - a.east_m);
    const struct gaz_grid unit = {(b.north_m - a.north_m) / size_m,
                                  (b.east_m - a.east_m) / size_m};
    struct gaz_grid *line =
        gaz_arena_array(&m->ctx->arena, count + LOOP, sizeof(*line));
    (void)memcpy(line, m->line, (at + 1) * sizeof(*line));
    for (size_t i = 0; i < LOOP; i++)
        line[at + 1 + i] = (struct gaz_grid){
            (a.north_m + b.north_m) / 2 + AHEAD_M[i] * unit.north_m +
                LEFT_M[i] * unit.east_m,
            (a.east_m + b.east_m) / 2 + AHEAD_M[i] * unit.east_m -
                LEFT_M[i] * unit.north_m};
    (void)memcpy(line + at + 1 + LOOP, m->line + at + 1,
                 (count - at - 1) * sizeof(*line));
    m->line = line;
    m->line_count = count + LOOP;
}

static gaz_status plant(struct maker *m)
{
    static const char *const ZONES[] = {"EPSG:4550", "EPSG:4548", "EPSG:4528"};
    size_t which;
    switch (m->options->plant) {
    case GAZ_SAMPLE_SHIFT:
        move_all(m, 1, 5);
        break;
    case GAZ_SAMPLE_ROTATION:
        turn_all(m);
        break;
    case GAZ_SAMPLE_OUTLIER:
        move_one(m);
        break;
    case GAZ_SAMPLE_SWAPPED:
        exchange_axes(m);
        break;
    case GAZ_SAMPLE_ZONE:
        return write_in(m, ZONES[pick(m, 3)]);
    case GAZ_SAMPLE_DATUM:
        which = pick(m, 3);
        if (which < 2)
            return write_web_map(m, which == 1);
        move_all(m, 60, 120);
        break;
    case GAZ_SAMPLE_ORDER:
        exchange_codes(m);
        break;
    case GAZ_SAMPLE_CODE:
        break_code(m);
        break;
    case GAZ_SAMPLE_OBJECT:
        break_object(m);
        break;
    case GAZ_SAMPLE_COURSE:
        turn_course(m);
        break;
    case GAZ_SAMPLE_DISTANCE:
        break_distance(m);
        break;
    case GAZ_SAMPLE_TOPOLOGY:
        loop_line(m);
        break;
    case GAZ_SAMPLE_CLEAN:
    case GAZ_SAMPLE_PLANTS:
        break;
    }
    return GAZ_OK;
}

gaz_status gaz_sample_make(struct gaz_ctx *ctx,
                           const struct gaz_sample_options *options,
                           struct gaz_survey *out)
{
    enum { SERIALS_MIN = 4, SERIALS_MAX = 999 };
    if (options->vertices < 2 || options->serials < SERIALS_MIN ||
        options->serials > SERIALS_MAX)
        return gaz_fail(ctx, GAZ_INVALID,
                        "a sample has at least 2 vertices and %d to %d serials",
                        SERIALS_MIN, SERIALS_MAX);
    struct maker maker = {
        .ctx = ctx, .options = options, .state = options->seed};
    make_line(&maker);
    make_markers(&maker);
    gaz_status status = plant(&maker);
    if (status != GAZ_OK)
        return status;
    *out = (struct gaz_survey){.markers = maker.markers,
                               .marker_count = maker.count,
                               .line = maker.line,
                               .line_count = maker.line_count,
                               .left_province = 31,
                               .has_managers = true};
    return GAZ_OK;
}
