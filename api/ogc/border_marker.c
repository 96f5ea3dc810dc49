/* SPDX-License-Identifier: Apache-2.0 */
/* border_marker.c - boundary markers: not public. Properties are named as the
 * columns of a register. */
#include "api/ogc/border_work.h"

static const char *number_text(const struct ogc_row *row, double value,
                               int decimals)
{
    return gaz_arena_printf(&row->worker->ctx.arena, "%.*f", decimals, value);
}

static const struct gaz_boundary_marker *marker_at(const struct api_worker *w,
                                                   uint32_t index)
{
    return w->border->markers[index].marker;
}

static const struct gaz_boundary_marker *marker_of(const struct ogc_row *row)
{
    return marker_at(row->worker, row->index);
}

/* The last measured position, or the agreed one; NULL: neither. */
static const struct gaz_boundary_fix *
fix_of(const struct gaz_boundary_marker *marker)
{
    if (marker->fix_count > 0)
        return &marker->fixes[marker->fix_count - 1];
    return marker->has_agreed ? &marker->agreed : NULL;
}

static uint32_t count_markers(const struct api_worker *worker)
{
    return worker->border ? worker->border->marker_count : 0;
}

static void write_marker_id(const struct api_worker *worker, uint32_t index,
                            char *out)
{
    ogc_border_write_id('M', marker_at(worker, index)->id, out);
}

static uint32_t find_marker(const struct api_worker *worker, const char *id)
{
    const int64_t number = ogc_border_read_id('M', id);
    for (uint32_t i = 0; i < count_markers(worker); i++)
        if (marker_at(worker, i)->id == number)
            return i;
    return GAZ_NONE;
}

static void get_marker_shape(const struct ogc_row *row, struct ogc_shape *out)
{
    ogc_border_point(row, fix_of(marker_of(row)), out);
}

static bool get_marker_box(const struct api_worker *worker, uint32_t index,
                           struct gaz_box *out)
{
    const struct gaz_boundary_fix *fix = fix_of(marker_at(worker, index));
    return fix && ogc_border_box(&fix->at, 1, out);
}

static void get_marker_span(const struct api_worker *worker, uint32_t index,
                            gaz_date *from, gaz_date *to)
{
    *from = marker_at(worker, index)->set_on;
    *to = GAZ_DATE_OPEN;
}

static void get_marker_line(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, row->worker->border->markers[row->index].line->code);
}

static void get_marker_section(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, row->worker->border->markers[row->index].line->section);
}

static void get_marker_edition(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, row->worker->border->markers[row->index].line->edition);
}

#define TEXT_OF(function, member)                                              \
    static void function(const struct ogc_row *row, struct ogc_value *out)     \
    {                                                                          \
        ogc_value_text(out, marker_of(row)->member);                           \
    }

TEXT_OF(get_code, code)
TEXT_OF(get_type, type)
TEXT_OF(get_material, material)
TEXT_OF(get_place_a, place[0])
TEXT_OF(get_place_b, place[1])
TEXT_OF(get_course, course)
TEXT_OF(get_manager, manager)
TEXT_OF(get_condition, condition)
TEXT_OF(get_note, note)

static void get_height(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_border_height(fix_of(marker_of(row)), out);
}

static void get_accuracy(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_boundary_fix *fix = fix_of(marker_of(row));
    ogc_value_number(out, fix ? fix->accuracy_m : 0);
    if (!fix || fix->accuracy_m <= 0)
        ogc_value_null(out);
}

static void get_measured_on(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_boundary_fix *fix = fix_of(marker_of(row));
    ogc_value_date(out, fix ? fix->on : GAZ_DATE_OPEN);
}

static void get_method(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_boundary_fix *fix = fix_of(marker_of(row));
    ogc_value_text(out, fix ? fix->method : NULL);
}

static void get_agreed_lat(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_boundary_marker *marker = marker_of(row);
    ogc_value_text(
        out, marker->has_agreed
                 ? number_text(row, marker->agreed.at.lat, OGC_BORDER_DECIMALS)
                 : NULL);
}

static void get_agreed_lon(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_boundary_marker *marker = marker_of(row);
    ogc_value_text(
        out, marker->has_agreed
                 ? number_text(row, marker->agreed.at.lon, OGC_BORDER_DECIMALS)
                 : NULL);
}

static void get_agreed_height(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_boundary_marker *marker = marker_of(row);
    ogc_border_height(marker->has_agreed ? &marker->agreed : NULL, out);
}

static void get_next_distance(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_number(out, marker_of(row)->next_distance_m);
    if (marker_of(row)->next_distance_m <= 0)
        ogc_value_null(out);
}

static void get_next_azimuth(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_boundary_marker *marker = marker_of(row);
    ogc_value_text(out, marker->next_distance_m > 0
                            ? number_text(row, marker->next_azimuth_deg, 6)
                            : NULL);
}

static void get_inspected_on(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_date(out, marker_of(row)->inspected_on);
}

static void get_set_on(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_date(out, marker_of(row)->set_on);
}

/* "桥头|227.166667|15.30;水闸|0.000000|40.00" */
static void get_objects(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_boundary_marker *marker = marker_of(row);
    const char *text = "";
    for (size_t i = 0; i < marker->object_count; i++)
        text = gaz_arena_printf(&row->worker->ctx.arena, "%s%s%s|%.6f|%.2f",
                                text, i ? ";" : "", marker->objects[i].name,
                                marker->objects[i].azimuth_deg,
                                marker->objects[i].distance_m);
    ogc_value_text(out, text);
}

/* "3133001Q-1.jpg;3133001Q-2.jpg", as registers have them */
static void get_photos(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_boundary_marker *marker = marker_of(row);
    const char *text = "";
    for (size_t i = 0; i < marker->photo_count; i++)
        text = gaz_arena_printf(&row->worker->ctx.arena, "%s%s%s", text,
                                i ? ";" : "", marker->photos[i].ref);
    ogc_value_text(out, text);
}

static void get_measured_by(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_boundary_fix *fix = fix_of(marker_of(row));
    ogc_value_text(out, fix ? fix->by : NULL);
}

static const struct ogc_property MARKER_PROPERTIES[] = {
    {"code", OGC_TEXT, get_code, "界桩号", "code of the marker"},
    {"line", OGC_TEXT, get_marker_line, "界线代码", "code of the line"},
    {"section", OGC_TEXT, get_marker_section, "段", "section of the line"},
    {"edition", OGC_TEXT, get_marker_edition, "版本", "edition of the line"},
    {"type", OGC_TEXT, get_type, "类型",
     "Q single, A and B double, C to E triple"},
    {"condition", OGC_TEXT, get_condition, "状况",
     "condition at the last inspection"},
    {"inspected_on", OGC_DATE, get_inspected_on, "检查日期",
     "day of the last inspection"},
    {"manager", OGC_TEXT, get_manager, "维护责任方", "the side that keeps it"},
    {"material", OGC_TEXT, get_material, "材质", "material"},
    {"place_a", OGC_TEXT, get_place_a, "甲方所在地", "where, as A says"},
    {"place_b", OGC_TEXT, get_place_b, "乙方所在地", "where, as B says"},
    {"height", OGC_NUMBER, get_height, "高程", "metres, EPSG:5737"},
    {"accuracy", OGC_NUMBER, get_accuracy, "点位中误差",
     "mean square error in the plane, metres"},
    {"measured_on", OGC_DATE, get_measured_on, "测量日期",
     "day of the position"},
    {"method", OGC_TEXT, get_method, "测量方法", "how it was measured"},
    {"measured_by", OGC_TEXT, get_measured_by, "测量单位", "who measured it"},
    {"agreed_lat", OGC_TEXT, get_agreed_lat, "协议纬度",
     "agreed position, degrees, EPSG:4490"},
    {"agreed_lon", OGC_TEXT, get_agreed_lon, "协议经度",
     "agreed position, degrees, EPSG:4490"},
    {"agreed_height", OGC_NUMBER, get_agreed_height, "协议高程",
     "metres, EPSG:5737"},
    {"next_distance", OGC_NUMBER, get_next_distance, "至下一界桩距离",
     "metres of the grid"},
    {"next_azimuth", OGC_TEXT, get_next_azimuth, "至下一界桩坐标方位角",
     "degrees of the grid"},
    {"course", OGC_TEXT, get_course, "走向说明",
     "course of the line to the next marker"},
    {"objects", OGC_TEXT, get_objects, "方位物",
     "reference objects: name|azimuth|distance;..."},
    {"photos", OGC_TEXT, get_photos, "照片",
     "photos by reference: file names or URIs, a semicolon between"},
    {"set_on", OGC_DATE, get_set_on, "埋设日期", "day it was set"},
    {"note", OGC_TEXT, get_note, "备注", "note"},
    {.name = NULL},
};

const struct ogc_collection OGC_BOUNDARY_MARKERS = {
    .name = "boundary-markers",
    .zh = "界桩",
    .en = "Boundary markers",
    .about_zh = "本方登记的界桩。不公开。",
    .about_en = "Boundary markers as this side registers them. Not public.",
    .geometry = "point",
    .properties = MARKER_PROPERTIES,
    .count = count_markers,
    .has = ogc_border_has,
    .id = write_marker_id,
    .find = find_marker,
    .shape = get_marker_shape,
    .box = get_marker_box,
    .span = get_marker_span,
    .credit = ogc_border_credit,
    .load = ogc_border_load,
    .roles = GAZ_ROLE_SURVEYOR,
    .decimals = OGC_BORDER_DECIMALS,
};
