/* SPDX-License-Identifier: Apache-2.0 */
/* border_point.c - turning points, tripoints, control points: not public. */
#include "api/ogc/border_work.h"

static const struct gaz_boundary_point *point_at(const struct api_worker *w,
                                                 uint32_t index)
{
    return w->border->points[index].point;
}

static const struct gaz_boundary_point *point_of(const struct ogc_row *row)
{
    return point_at(row->worker, row->index);
}

static uint32_t count_points(const struct api_worker *worker)
{
    return worker->border ? worker->border->point_count : 0;
}

static void write_point_id(const struct api_worker *worker, uint32_t index,
                           char *out)
{
    ogc_border_write_id('P', point_at(worker, index)->id, out);
}

static uint32_t find_point(const struct api_worker *worker, const char *id)
{
    const int64_t number = ogc_border_read_id('P', id);
    for (uint32_t i = 0; i < count_points(worker); i++)
        if (point_at(worker, i)->id == number)
            return i;
    return GAZ_NONE;
}

static void get_point_shape(const struct ogc_row *row, struct ogc_shape *out)
{
    ogc_border_point(row, &point_of(row)->fix, out);
}

static bool get_point_box(const struct api_worker *worker, uint32_t index,
                          struct gaz_box *out)
{
    return ogc_border_box(&point_at(worker, index)->fix.at, 1, out);
}

static void get_point_span(const struct api_worker *worker, uint32_t index,
                           gaz_date *from, gaz_date *to)
{
    (void)worker;
    (void)index;
    *from = *to = GAZ_DATE_OPEN;
}

static void get_point_kind(const struct ogc_row *row, struct ogc_value *out)
{
    static const char *const NAMES[] = {"turn", "tripoint", "reference"};
    ogc_value_text(out, NAMES[point_of(row)->kind]);
}

static void get_point_code(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, point_of(row)->code);
}

static void get_point_name(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, point_of(row)->name);
}

static void get_point_line(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, row->worker->border->points[row->index].line->code);
}

static void get_point_lines(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, point_of(row)->lines);
}

static void get_point_height(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_border_height(&point_of(row)->fix, out);
}

static const struct ogc_property POINT_PROPERTIES[] = {
    {"code", OGC_TEXT, get_point_code, "编号", "code of the point"},
    {"kind", OGC_TEXT, get_point_kind, "种类",
     "turn, tripoint or reference (control point)"},
    {"name", OGC_TEXT, get_point_name, "名称", "name"},
    {"line", OGC_TEXT, get_point_line, "界线代码", "code of the line"},
    {"lines", OGC_TEXT, get_point_lines, "交会的界线",
     "lines that meet in a tripoint"},
    {"height", OGC_NUMBER, get_point_height, "高程", "metres, EPSG:5737"},
    {.name = NULL},
};

const struct ogc_collection OGC_BOUNDARY_POINTS = {
    .name = "boundary-points",
    .zh = "边界点、交会点与控制点",
    .en = "Turning points, tripoints and control points",
    .about_zh = "本方登记的边界点、多边交会点和测量控制点。不公开。",
    .about_en = "Turning points, tripoints and control points as this side "
                "registers them. Not public.",
    .geometry = "point",
    .properties = POINT_PROPERTIES,
    .count = count_points,
    .has = ogc_border_has,
    .id = write_point_id,
    .find = find_point,
    .shape = get_point_shape,
    .box = get_point_box,
    .span = get_point_span,
    .credit = ogc_border_credit,
    .load = ogc_border_load,
    .roles = GAZ_ROLE_SURVEYOR,
    .decimals = OGC_BORDER_DECIMALS,
};
