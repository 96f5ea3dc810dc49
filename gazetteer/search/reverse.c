/* SPDX-License-Identifier: Apache-2.0 */
/* A position to places: the area that holds it, then what is near inside the
 * same county. An area drawn coarsely is said to be so, and near its edge the
 * answer is unsure. */
#include <math.h>
#include <string.h>

#include "gazetteer/search/answer.h"
#include "gazetteer/search/reasons.h"

enum {
    AREAS_MAX = 16,
    RADIUS_DEFAULT_M = 2000,
    NEAR_LINE_M = 300, /* a schematic line is off by about that much */
};

static const double SURE = 0.99;

/* What a neighbour must be. */
struct inside {
    gaz_date day;
    uint32_t county; /* or the deepest area; GAZ_NONE: anywhere */
};

/* A position taken over from the division is no position of the thing. */
static bool has_own_position(uint8_t method)
{
    return method != GAZ_METHOD_NONE && method != GAZ_METHOD_INHERITED;
}

static bool is_neighbour(const struct gaz_snapshot *snap, uint32_t place,
                         uint32_t address, void *user)
{
    const struct inside *inside = user;
    if (address != GAZ_NONE) {
        const struct gaz_snap_address *row = &snap->addresses[address];
        return has_own_position(row->method) && row->parent != GAZ_NONE &&
               row->status != GAZ_STATUS_HISTORICAL &&
               (inside->county == GAZ_NONE ||
                gaz_snapshot_lies_in(snap, row->parent, inside->county));
    }
    const struct gaz_snap_place *row = &snap->places[place];
    bool is_wide =
        row->level != GAZ_LEVEL_NONE && row->level <= GAZ_LEVEL_COUNTY;
    return has_own_position(row->method) && !is_wide &&
           gaz_history_stands(snap, place, inside->day) &&
           (inside->county == GAZ_NONE ||
            gaz_snapshot_lies_in(snap, place, inside->county));
}

/* Distance from the origin to the segment a-b, in metres of a local plane. */
static double to_segment(double ax, double ay, double bx, double by)
{
    double dx = bx - ax;
    double dy = by - ay;
    double length = dx * dx + dy * dy;
    double t = length > 0 ? -(ax * dx + ay * dy) / length : 0;
    t = fmin(1, fmax(0, t));
    return hypot(ax + t * dx, ay + t * dy);
}

static double edge_distance_m(const struct gaz_snapshot *snap, uint32_t place,
                              struct gaz_coord at)
{
    static const double M_PER_DEG = 111195.08;
    double x_scale = M_PER_DEG * cos(at.lat * 0.017453292519943295) / 1e7;
    double y_scale = M_PER_DEG / 1e7;
    double lon = at.lon * 1e7;
    double lat = at.lat * 1e7;
    double best = INFINITY;
    const struct gaz_snap_place *row = &snap->places[place];
    for (uint32_t r = 0; r < row->area_count; r++) {
        const struct gaz_snap_ring *ring = &snap->rings[row->area_first + r];
        const struct gaz_snap_point *p = &snap->points[ring->point_first];
        for (uint32_t i = 0; i + 1 < ring->point_count; i++)
            best = fmin(best, to_segment((p[i].lon_e7 - lon) * x_scale,
                                         (p[i].lat_e7 - lat) * y_scale,
                                         (p[i + 1].lon_e7 - lon) * x_scale,
                                         (p[i + 1].lat_e7 - lat) * y_scale));
    }
    return best;
}

/* "about 839 m away": whole metres between two texts. Every neighbour has such
 * a sentence in two languages, and printf takes longer than finding it. */
static const char *write_metres(struct gaz_ctx *ctx, const char *before,
                                double metres, const char *after)
{
    enum { DIGITS_MAX = 20 };
    char digits[DIGITS_MAX];
    char *const end = digits + sizeof(digits);
    char *at = end;
    uint64_t whole = (uint64_t)nearbyint(metres);
    do {
        *--at = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    const size_t count = (size_t)(end - at);
    const size_t before_len = strlen(before);
    char *out =
        gaz_arena_alloc(&ctx->arena, before_len + count + strlen(after) + 1);
    memcpy(out, before, before_len);
    memcpy(out + before_len, at, count);
    memcpy(out + before_len + count, after, strlen(after));
    return out;
}

static void write_area(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                       const struct gaz_asked *asked, struct gaz_coord at,
                       uint32_t place, struct gaz_answer *out)
{
    gaz_answer_place(ctx, snap, asked, place,
                     gaz_snapshot_name_at(snap, place, asked->query->at), out);
    out->distance_m = 0;
    out->confidence = SURE;
    gaz_reasons_add(out, "contains", "位于该区划范围内", "lies in this area");
    if (!(snap->places[place].flags & GAZ_SNAP_SCHEMATIC_AREA))
        return;
    double edge = edge_distance_m(snap, place, at);
    gaz_reasons_add(out, "area_schematic", "该范围为示意，非法定界线",
                    "the area is schematic, not the legal line");
    if (edge >= NEAR_LINE_M)
        return;
    out->confidence = 0.5 + (SURE - 0.5) * edge / NEAR_LINE_M;
    gaz_reasons_add(out, "near_line",
                    write_metres(ctx, "距示意界线约", edge, "米，归属不确定"),
                    write_metres(ctx, "about ", edge,
                                 " m from the schematic line: unsure"));
}

static void write_near(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                       const struct gaz_asked *asked,
                       const struct gaz_snap_near *near, struct gaz_answer *out)
{
    if (near->address != GAZ_NONE) {
        uint32_t parent = snap->addresses[near->address].parent;
        gaz_answer_place(ctx, snap, asked, parent, GAZ_NONE, out);
        out->address = near->address;
        out->match = GAZ_MATCH_EXACT;
        out->label =
            gaz_label_address(ctx, snap, near->address, asked->query->at);
        out->position = gaz_label_address_position(snap, near->address);
    } else {
        uint32_t name =
            gaz_snapshot_name_at(snap, near->place, asked->query->at);
        gaz_answer_place(ctx, snap, asked, near->place, name, out);
    }
    out->distance_m = near->distance_m;
    /* Being near is a statement about the neighbour's position: as sure as that
     * is sharp against the distance. */
    double blur = near->distance_m + fmax(out->position.accuracy_m, 10);
    out->confidence = SURE / (1 + blur / 500);
    gaz_reasons_add(out, "nearest",
                    write_metres(ctx, "相距约", near->distance_m, "米"),
                    write_metres(ctx, "about ", near->distance_m, " m away"));
    gaz_reasons_position(snap, out);
}

static gaz_status check(struct gaz_ctx *ctx,
                        const struct gaz_reverse_query *query)
{
    if (!gaz_coord_is_valid(query->coord))
        return gaz_fail(ctx, GAZ_INVALID,
                        "not a longitude and a latitude in degrees");
    if (query->limit < 1 || query->limit > GAZ_ANSWERS_MAX)
        return gaz_fail(ctx, GAZ_INVALID, "limit %d is not 1 to %d",
                        query->limit, GAZ_ANSWERS_MAX);
    if (!(query->radius_m >= 0 && query->radius_m <= GAZ_REVERSE_RADIUS_MAX_M))
        return gaz_fail(ctx, GAZ_INVALID, "radius is not 0 to %d metres",
                        GAZ_REVERSE_RADIUS_MAX_M);
    return GAZ_OK;
}

/* The areas that stand on the day, the deepest first. Of each level the first
 * is kept, and a second one where areas overlap. */
static int areas_of(const struct gaz_snapshot *snap,
                    const struct gaz_reverse_query *query, gaz_date day,
                    uint32_t out[AREAS_MAX])
{
    uint32_t all[AREAS_MAX];
    int found = gaz_snapshot_containing(snap, query->coord, all, AREAS_MAX);
    int count = 0;
    for (int i = 0; i < found; i++)
        if (gaz_history_stands(snap, all[i], day))
            out[count++] = all[i];
    return count;
}

static uint32_t county_of(const struct gaz_snapshot *snap,
                          const uint32_t *areas, int count)
{
    for (int i = 0; i < count; i++)
        if (snap->places[areas[i]].level == GAZ_LEVEL_COUNTY)
            return areas[i];
    return count > 0 ? areas[0] : GAZ_NONE;
}

/* Areas of the deepest level are answers; those above stand in their labels. */
static int write_areas(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                       const struct gaz_asked *asked,
                       const struct gaz_reverse_query *query,
                       const uint32_t *areas, int count,
                       struct gaz_answer *items)
{
    int deepest = 0;
    while (deepest < count &&
           snap->places[areas[deepest]].level == snap->places[areas[0]].level)
        deepest++;
    int written = deepest < query->limit ? deepest : query->limit;
    for (int i = 0; i < written; i++) {
        write_area(ctx, snap, asked, query->coord, areas[i], &items[i]);
        if (deepest == 1)
            continue;
        items[i].confidence /= deepest;
        gaz_reasons_add(&items[i], "areas_overlap", "此处区划范围重叠",
                        "areas overlap here");
    }
    return written;
}

gaz_status gaz_reverse(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                       const struct gaz_reverse_query *query,
                       struct gaz_answers *out)
{
    gaz_status status = check(ctx, query);
    if (status != GAZ_OK)
        return status;
    struct gaz_query plain = {.at = query->at};
    struct gaz_asked asked = {.query = &plain, .below = GAZ_NONE};
    asked.day = query->at ? query->at : gaz_date_today();
    uint32_t areas[AREAS_MAX];
    int area_count = areas_of(snap, query, asked.day, areas);
    struct gaz_answer *items =
        gaz_arena_array(&ctx->arena, (size_t)query->limit, sizeof(*items));
    int count = write_areas(ctx, snap, &asked, query, areas, area_count, items);
    struct inside inside = {.day = asked.day,
                            .county = county_of(snap, areas, area_count)};
    struct gaz_snap_near near[GAZ_NEAR_MAX];
    double radius = query->radius_m > 0 ? query->radius_m : RADIUS_DEFAULT_M;
    int found = gaz_snapshot_nearest(snap, query->coord, radius, is_neighbour,
                                     &inside, near, query->limit - count);
    for (int i = 0; i < found; i++) {
        write_near(ctx, snap, &asked, &near[i], &items[count + i]);
        if (area_count == 0)
            gaz_reasons_add(&items[count + i], "no_area",
                            "此处没有已知的区划范围", "no area is known here");
    }
    *out = (struct gaz_answers){
        .items = items, .count = count + found, .standardised = ""};
    return GAZ_OK;
}
