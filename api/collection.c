/* SPDX-License-Identifier: Apache-2.0 */
/* collection.c - whole layers for the page: heritage sites, boundaries. */
#include "api/detail.h"
#include "api/handlers.h"
#include "api/part.h"

static void open_collection(struct gaz_json *json, struct api_worker *worker,
                            const struct api_credits *credits,
                            struct gaz_buffer *out)
{
    gaz_json_open(json, out);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "FeatureCollection");
    api_part_geocoding(json, &worker->ctx.arena, credits, NULL);
    gaz_json_array(json, "features");
}

static void close_collection(struct gaz_json *json)
{
    gaz_json_end(json);
    gaz_json_end(json);
}

static void write_site(struct gaz_json *json, struct api_worker *worker,
                       uint32_t place)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_place *row = &snap->places[place];
    struct gaz_position position = api_part_place_position(snap, place);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    api_part_id(json, "id", row->id);
    api_part_point(json, &position);
    gaz_json_object(json, "properties");
    api_part_id(json, "id", row->id);
    gaz_json_string(json, "name", api_part_name(snap, place));
    gaz_json_string(json, "roman", api_part_roman(snap, place));
    gaz_json_string(json, "label", gaz_snapshot_text(snap, row->label));
    api_part_category(json, row->category);
    gaz_json_string(json, "status", api_part_status(row->status));
    gaz_json_optional(json, "address",
                      gaz_snapshot_text(snap, row->address_text));
    gaz_json_optional(json, "meaning", gaz_snapshot_text(snap, row->meaning));
    gaz_json_optional(json, "origin", gaz_snapshot_text(snap, row->origin));
    gaz_json_optional(json, "history", gaz_snapshot_text(snap, row->history));
    gaz_json_bool(json, "heritage", true);
    api_part_division(json, snap, place);
    api_part_position(json, snap, &position);
    api_detail_claims(json, snap, place);
    gaz_json_end(json);
    gaz_json_end(json);
}

gaz_status api_collection_heritage(struct api_worker *worker,
                                   const struct api_request *request,
                                   struct api_response *out)
{
    (void)request;
    const struct gaz_snapshot *snap = worker->snap;
    struct api_credits credits = {.licence_count = 0};
    for (uint32_t i = 0; i < snap->place_count; i++)
        if (snap->places[i].flags & GAZ_SNAP_HERITAGE)
            api_part_credit_place(&credits, snap, i);
    struct gaz_json json;
    open_collection(&json, worker, &credits, out->body);
    for (uint32_t i = 0; i < snap->place_count; i++)
        if (snap->places[i].flags & GAZ_SNAP_HERITAGE)
            write_site(&json, worker, i);
    close_collection(&json);
    return GAZ_OK;
}

static void write_points(struct gaz_json *json, const char *key,
                         const struct gaz_snapshot *snap, uint32_t first,
                         uint32_t count)
{
    gaz_json_array(json, key);
    for (uint32_t i = first; i < first + count; i++)
        gaz_json_coord(
            json, NULL,
            (struct gaz_coord){gaz_coord_from_e7(snap->points[i].lon_e7),
                               gaz_coord_from_e7(snap->points[i].lat_e7)});
    gaz_json_end(json);
}

static void write_note(struct gaz_json *json, bool is_schematic)
{
    gaz_json_bool(json, "schematic", is_schematic);
    if (!is_schematic)
        return;
    gaz_json_object(json, "note");
    gaz_json_string(json, "zh", "示意范围，不作为划界依据");
    gaz_json_string(json, "en", "schematic; not the legal boundary");
    gaz_json_end(json);
}

/* Rings of one polygon stand together, the outer first. */
static void write_area(struct gaz_json *json, const struct gaz_snapshot *snap,
                       uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    const struct gaz_snap_ring *rings = snap->rings + row->area_first;
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    api_part_id(json, "id", row->id);
    gaz_json_object(json, "geometry");
    gaz_json_string(json, "type", "MultiPolygon");
    gaz_json_array(json, "coordinates");
    for (uint32_t i = 0; i < row->area_count; i++) {
        bool is_outer = i == 0 || rings[i].polygon != rings[i - 1].polygon;
        if (is_outer && i > 0)
            gaz_json_end(json);
        if (is_outer)
            gaz_json_array(json, NULL);
        write_points(json, NULL, snap, rings[i].point_first,
                     rings[i].point_count);
    }
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_object(json, "properties");
    gaz_json_string(json, "kind", "area");
    api_part_id(json, "id", row->id);
    gaz_json_string(json, "name", api_part_name(snap, place));
    gaz_json_string(json, "roman", api_part_roman(snap, place));
    gaz_json_string(json, "code", gaz_snapshot_text(snap, row->code_text));
    gaz_json_int(json, "level", row->level);
    write_note(json, (row->flags & GAZ_SNAP_SCHEMATIC_AREA) != 0);
    gaz_json_end(json);
    gaz_json_end(json);
}

static void write_line(struct gaz_json *json, const struct gaz_snapshot *snap,
                       const struct gaz_snap_line *line)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    gaz_json_object(json, "geometry");
    gaz_json_string(json, "type", "LineString");
    write_points(json, "coordinates", snap, line->point_first,
                 line->point_count);
    gaz_json_end(json);
    gaz_json_object(json, "properties");
    gaz_json_string(json, "kind",
                    line->kind == GAZ_LINE_COAST ? "coastline" : "boundary");
    gaz_json_string(json, "name", gaz_snapshot_text(snap, line->name));
    gaz_json_optional(json, "code", gaz_snapshot_text(snap, line->code));
    if (line->kind == GAZ_LINE_BOUNDARY) {
        gaz_json_int(json, "level", line->level);
        api_part_reference(json, "left", snap, line->left);
        api_part_reference(json, "right", snap, line->right);
    }
    write_note(json, (line->flags & GAZ_SNAP_SCHEMATIC_AREA) != 0);
    if (line->flags & GAZ_SNAP_SYNTHETIC)
        gaz_json_bool(json, "synthetic", true);
    if (line->source < snap->source_count)
        gaz_json_optional(
            json, "credit",
            gaz_snapshot_text(snap, snap->sources[line->source].credit));
    gaz_json_end(json);
    gaz_json_end(json);
}

static bool is_shown(const struct gaz_snap_line *line)
{
    return line->point_count >= 2 &&
           (line->kind == GAZ_LINE_COAST || line->kind == GAZ_LINE_BOUNDARY);
}

static bool has_area(const struct gaz_snap_place *place)
{
    return place->area_count > 0 && place->level == GAZ_LEVEL_COUNTY;
}

gaz_status api_collection_boundaries(struct api_worker *worker,
                                     const struct api_request *request,
                                     struct api_response *out)
{
    (void)request;
    const struct gaz_snapshot *snap = worker->snap;
    struct api_credits credits = {.licence_count = 0};
    for (uint32_t i = 0; i < snap->place_count; i++)
        if (has_area(&snap->places[i]))
            api_part_credit_place(&credits, snap, i);
    for (uint32_t i = 0; i < snap->line_count; i++)
        if (is_shown(&snap->lines[i]))
            api_part_credit(&credits, snap, snap->lines[i].source);
    struct gaz_json json;
    open_collection(&json, worker, &credits, out->body);
    for (uint32_t i = 0; i < snap->place_count; i++)
        if (has_area(&snap->places[i]))
            write_area(&json, snap, i);
    for (uint32_t i = 0; i < snap->line_count; i++)
        if (is_shown(&snap->lines[i]))
            write_line(&json, snap, &snap->lines[i]);
    close_collection(&json);
    return GAZ_OK;
}
