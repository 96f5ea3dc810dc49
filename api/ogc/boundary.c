/* SPDX-License-Identifier: Apache-2.0 */
/* boundary.c - areas of divisions, boundary lines, the coastline.
 *
 * Rows: the places first, then the lines.
 */
#include <stdio.h>
#include <string.h>

#include "api/ogc/collection.h"
#include "gazetteer/base/text.h"

static bool is_area(const struct gaz_snapshot *snap, uint32_t index)
{
    return index < snap->place_count;
}

static const struct gaz_snap_place *area_of(const struct ogc_row *row)
{
    return &row->worker->snap->places[row->index];
}

static const struct gaz_snap_line *line_at(const struct gaz_snapshot *snap,
                                           uint32_t index)
{
    return &snap->lines[index - snap->place_count];
}

static bool row_is_area(const struct ogc_row *row)
{
    return is_area(row->worker->snap, row->index);
}

static const struct gaz_snap_line *line_of(const struct ogc_row *row)
{
    return line_at(row->worker->snap, row->index);
}

static void get_kind(const struct ogc_row *row, struct ogc_value *out)
{
    const char *kind = "area";
    if (!row_is_area(row))
        kind = line_of(row)->kind == GAZ_LINE_COAST ? "coastline" : "boundary";
    ogc_value_text(out, kind);
}

static void get_name(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_snapshot *snap = row->worker->snap;
    ogc_value_text(out, row_is_area(row)
                            ? api_part_name(snap, row->index)
                            : gaz_snapshot_text(snap, line_of(row)->name));
}

static void get_roman(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, row_is_area(row)
                            ? api_part_roman(row->worker->snap, row->index)
                            : NULL);
}

static void get_code(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out,
                   gaz_snapshot_text(row->worker->snap,
                                     row_is_area(row) ? area_of(row)->code_text
                                                      : line_of(row)->code));
}

static void get_level(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_integer(out, row_is_area(row) ? area_of(row)->level
                                            : (int64_t)line_of(row)->level);
    if (!row_is_area(row) && line_of(row)->kind == GAZ_LINE_COAST)
        ogc_value_null(out);
}

static void get_side(const struct ogc_row *row, uint32_t place,
                     struct ogc_value *out)
{
    ogc_value_text(out, place == GAZ_NONE
                            ? NULL
                            : api_part_name(row->worker->snap, place));
}

static void get_left(const struct ogc_row *row, struct ogc_value *out)
{
    get_side(row, row_is_area(row) ? GAZ_NONE : line_of(row)->left, out);
}

static void get_right(const struct ogc_row *row, struct ogc_value *out)
{
    get_side(row, row_is_area(row) ? GAZ_NONE : line_of(row)->right, out);
}

static uint32_t flags_of(const struct ogc_row *row)
{
    return row_is_area(row) ? area_of(row)->flags : line_of(row)->flags;
}

static void get_schematic(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_bool(out, (flags_of(row) & GAZ_SNAP_SCHEMATIC_AREA) != 0);
}

static void get_note_zh(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, flags_of(row) & GAZ_SNAP_SCHEMATIC_AREA
                            ? "示意范围，不作为划界依据"
                            : NULL);
}

static void get_note_en(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, flags_of(row) & GAZ_SNAP_SCHEMATIC_AREA
                            ? "schematic; not the legal boundary"
                            : NULL);
}

static void get_synthetic(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_bool(out, (flags_of(row) & GAZ_SNAP_SYNTHETIC) != 0);
}

static uint32_t source_at(const struct gaz_snapshot *snap, uint32_t index)
{
    return is_area(snap, index) ? snap->places[index].source
                                : line_at(snap, index)->source;
}

static void get_source(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_snapshot *snap = row->worker->snap;
    ogc_value_text(out, ogc_source_key(snap, source_at(snap, row->index)));
}

static const struct ogc_property PROPERTIES[] = {
    {"kind", OGC_TEXT, get_kind, "种类", "area, boundary or coastline"},
    {"name", OGC_TEXT, get_name, "名称", "name"},
    {"roman", OGC_TEXT, get_roman, "罗马字母拼写", "romanised name"},
    {"code", OGC_TEXT, get_code, "代码", "code of the division or the line"},
    {"level", OGC_INTEGER, get_level, "层级",
     "1 province, 2 city, 3 county, 4 town, 5 village"},
    {"left", OGC_TEXT, get_left, "左侧", "division on the left of the line"},
    {"right", OGC_TEXT, get_right, "右侧", "division on the right"},
    {"schematic", OGC_BOOLEAN, get_schematic, "示意",
     "drawn for orientation; not the legal boundary"},
    {"note_zh", OGC_TEXT, get_note_zh, "说明", "note in Chinese"},
    {"note_en", OGC_TEXT, get_note_en, "说明（英文）", "note in English"},
    {"source", OGC_TEXT, get_source, "来源", "source"},
    {"synthetic", OGC_BOOLEAN, get_synthetic, "程序生成",
     "made by a generator; never real"},
    {.name = NULL},
};

static uint32_t count(const struct api_worker *worker)
{
    const struct gaz_snapshot *snap = worker->snap;
    return snap->place_count + snap->line_count;
}

static bool has_area(const struct api_worker *worker, uint32_t index)
{
    const struct gaz_snapshot *snap = worker->snap;
    return is_area(snap, index) && snap->places[index].area_count > 0;
}

static bool has_line(const struct api_worker *worker, uint32_t index)
{
    const struct gaz_snapshot *snap = worker->snap;
    if (is_area(snap, index))
        return false;
    const struct gaz_snap_line *line = line_at(snap, index);
    return line->point_count >= 2 &&
           (line->kind == GAZ_LINE_COAST || line->kind == GAZ_LINE_BOUNDARY);
}

/* Lines have no id of their own: what they are makes one. */
static void write_id(const struct api_worker *worker, uint32_t index, char *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    if (is_area(snap, index)) {
        (void)gaz_id_write(snap->places[index].id, out);
        return;
    }
    const struct gaz_snap_line *line = line_at(snap, index);
    const char *name = gaz_snapshot_text(snap, line->name);
    const char *code = gaz_snapshot_text(snap, line->code);
    uint64_t hash =
        gaz_text_hash((const char *)(snap->points + line->point_first),
                      line->point_count * sizeof(*snap->points));
    hash ^= gaz_text_hash(name, strlen(name)) * 3 +
            gaz_text_hash(code, strlen(code)) * 5 + line->kind;
    (void)snprintf(out, OGC_FEATURE_ID_BYTES, "L%016llx",
                   (unsigned long long)hash);
}

static uint32_t find(const struct api_worker *worker, const char *id)
{
    const struct gaz_snapshot *snap = worker->snap;
    char own[OGC_FEATURE_ID_BYTES];
    gaz_id number;
    if (gaz_id_parse(id, &number))
        return gaz_snapshot_place(snap, number);
    for (uint32_t i = snap->place_count; i < count(worker); i++) {
        write_id(worker, i, own);
        if (strcmp(id, own) == 0)
            return i;
    }
    return GAZ_NONE;
}

static void get_area(const struct ogc_row *row, struct ogc_shape *out)
{
    const struct gaz_snapshot *snap = row->worker->snap;
    const struct gaz_snap_ring *rings = snap->rings + area_of(row)->area_first;
    size_t ring_count = area_of(row)->area_count;
    struct ogc_ring *own =
        gaz_arena_array(&row->worker->ctx.arena, ring_count, sizeof(*own));
    for (size_t i = 0; i < ring_count; i++) {
        ogc_points_of(row, rings[i].point_first, rings[i].point_count, &own[i]);
        own[i].begins_polygon =
            i == 0 || rings[i].polygon != rings[i - 1].polygon;
    }
    *out = (struct ogc_shape){
        .kind = OGC_SHAPE_AREA, .rings = own, .ring_count = ring_count};
    ogc_shape_measure(out);
}

static void get_shape(const struct ogc_row *row, struct ogc_shape *out)
{
    if (row_is_area(row)) {
        get_area(row, out);
        return;
    }
    struct ogc_ring *ring =
        gaz_arena_alloc(&row->worker->ctx.arena, sizeof(*ring));
    ogc_points_of(row, line_of(row)->point_first, line_of(row)->point_count,
                  ring);
    *out = (struct ogc_shape){
        .kind = OGC_SHAPE_LINE, .rings = ring, .ring_count = 1};
    ogc_shape_measure(out);
}

static void widen(struct gaz_box *box, struct gaz_coord min,
                  struct gaz_coord max)
{
    if (min.lon < box->min.lon)
        box->min.lon = min.lon;
    if (min.lat < box->min.lat)
        box->min.lat = min.lat;
    if (max.lon > box->max.lon)
        box->max.lon = max.lon;
    if (max.lat > box->max.lat)
        box->max.lat = max.lat;
}

static bool get_box(const struct api_worker *worker, uint32_t index,
                    struct gaz_box *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    struct gaz_box box = {{180, 90}, {-180, -90}};
    if (is_area(snap, index)) {
        const struct gaz_snap_place *place = &snap->places[index];
        for (uint32_t i = 0; i < place->area_count; i++) {
            const struct gaz_snap_ring *ring =
                &snap->rings[place->area_first + i];
            widen(&box,
                  (struct gaz_coord){gaz_coord_from_e7(ring->min_lon_e7),
                                     gaz_coord_from_e7(ring->min_lat_e7)},
                  (struct gaz_coord){gaz_coord_from_e7(ring->max_lon_e7),
                                     gaz_coord_from_e7(ring->max_lat_e7)});
        }
        *out = box;
        return place->area_count > 0;
    }
    const struct gaz_snap_line *line = line_at(snap, index);
    for (uint32_t i = 0; i < line->point_count; i++) {
        const struct gaz_snap_point *point =
            &snap->points[line->point_first + i];
        struct gaz_coord at = {gaz_coord_from_e7(point->lon_e7),
                               gaz_coord_from_e7(point->lat_e7)};
        widen(&box, at, at);
    }
    *out = box;
    return line->point_count > 0;
}

static void get_span(const struct api_worker *worker, uint32_t index,
                     gaz_date *from, gaz_date *to)
{
    const struct gaz_snapshot *snap = worker->snap;
    *from =
        is_area(snap, index) ? snap->places[index].valid_from : GAZ_DATE_OPEN;
    *to = is_area(snap, index) ? snap->places[index].valid_to : GAZ_DATE_OPEN;
}

static void credit(const struct api_worker *worker, uint32_t index,
                   struct api_credits *credits)
{
    const struct gaz_snapshot *snap = worker->snap;
    if (is_area(snap, index))
        api_part_credit_place(credits, snap, index);
    else
        api_part_credit(credits, snap, line_at(snap, index)->source);
}

#define BOUNDARY_WALK                                                          \
    .properties = PROPERTIES, .count = count, .id = write_id, .find = find,    \
    .shape = get_shape, .box = get_box, .span = get_span, .credit = credit

/* Two collections, for a GIS wants one kind of geometry in a layer. */
const struct ogc_collection OGC_BOUNDARIES = {
    .name = "boundaries",
    .zh = "界线与海岸线（示意）",
    .en = "Boundary lines (schematic)",
    .about_zh = "行政区域界线与海岸线。示意，不作为划界依据。",
    .about_en = "Boundary lines between divisions, and the coastline. "
                "Schematic; not the legal boundary.",
    .geometry = "linestring",
    .has = has_line,
    BOUNDARY_WALK,
};

const struct ogc_collection OGC_AREAS = {
    .name = "areas",
    .zh = "区划范围（示意）",
    .en = "Areas of divisions (schematic)",
    .about_zh = "区划的范围。示意，不作为划界依据。",
    .about_en = "Areas of divisions. Schematic; not the legal boundary.",
    .geometry = "multipolygon",
    .has = has_area,
    BOUNDARY_WALK,
};
