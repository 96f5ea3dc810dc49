/* SPDX-License-Identifier: Apache-2.0 */
/* report_map.c - the report's map, and the worst places enlarged. */
#include "api/boundary/sheet.h"

#include <math.h>
#include <string.h>

#include "gazetteer/geo/crs.h"

static const double MAP_HEIGHT_MM = 92;
static const double EDGE_MM = 9;

/* A frame of the page and what of the plane it shows. */
struct frame {
    struct api_sheet *sheet;
    double x;
    double y;
    double width_mm;
    double height_mm;
    struct gaz_grid low;
    double metres; /* a millimetre */
};

struct extent {
    struct gaz_grid low;
    struct gaz_grid high;
};

static void widen(struct extent *e, struct gaz_grid at)
{
    e->low.north_m = fmin(e->low.north_m, at.north_m);
    e->low.east_m = fmin(e->low.east_m, at.east_m);
    e->high.north_m = fmax(e->high.north_m, at.north_m);
    e->high.east_m = fmax(e->high.east_m, at.east_m);
}

static bool place_of(const struct gaz_survey_marker *marker,
                     struct gaz_grid *out)
{
    *out = marker->has_agreed ? marker->agreed : marker->measured;
    return marker->has_agreed || marker->has_measured;
}

static struct extent extent_of(const struct api_boundary_view *view)
{
    struct extent e = {{HUGE_VAL, HUGE_VAL}, {-HUGE_VAL, -HUGE_VAL}};
    for (int i = 0; i < 2 && view->sides; i++)
        for (size_t j = 0; j < view->sides->lines[i].count; j++)
            widen(&e, view->sides->lines[i].grid[j]);
    if (!view->survey)
        return e;
    for (size_t i = 0; i < view->survey->line_count; i++)
        widen(&e, view->survey->line[i]);
    for (size_t i = 0; i < view->survey->marker_count; i++) {
        struct gaz_grid at;
        if (place_of(&view->survey->markers[i], &at))
            widen(&e, at);
    }
    return e;
}

static struct api_paper_point on_page(const struct frame *f, struct gaz_grid at)
{
    return (struct api_paper_point){
        f->x + EDGE_MM + (at.east_m - f->low.east_m) / f->metres,
        f->y + f->height_mm - EDGE_MM -
            (at.north_m - f->low.north_m) / f->metres};
}

/* Vertices nearer than a tenth of a millimetre to the last are left out. */
static void put_line(const struct frame *f, const struct gaz_grid *line,
                     size_t count, const struct api_paper_pen *pen)
{
    struct api_paper_point *points =
        gaz_arena_array(&f->sheet->ctx->arena, count, sizeof(*points));
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct api_paper_point at = on_page(f, line[i]);
        if (kept == 0 || i + 1 == count ||
            hypot(at.x - points[kept - 1].x, at.y - points[kept - 1].y) > 0.1)
            points[kept++] = at;
    }
    if (kept > 1)
        api_paper_path(f->sheet->paper, points, kept, pen);
}

static void put_box(const struct frame *f)
{
    const struct api_paper_pen edge = {
        .colour = API_SHEET_GREY, .width_mm = 0.2, .is_closed = true};
    const struct api_paper_point box[] = {
        {f->x, f->y},
        {f->x + f->width_mm, f->y},
        {f->x + f->width_mm, f->y + f->height_mm},
        {f->x, f->y + f->height_mm}};
    api_paper_path(f->sheet->paper, box, 4, &edge);
}

double api_sheet_round(double most)
{
    const double ten = pow(10, floor(log10(most)));
    if (most >= 5 * ten)
        return 5 * ten;
    return most >= 2 * ten ? 2 * ten : ten;
}

static void put_areas(const struct frame *f, struct gaz_crs *plane)
{
    const struct api_boundary_view *view = f->sheet->view;
    struct gaz_arena *arena = &f->sheet->ctx->arena;
    for (size_t i = 0; i < view->finding_count; i++) {
        const struct api_boundary_finding *finding = &view->findings[i];
        struct api_boundary_ring *rings = NULL;
        if (api_boundary_rings(arena, finding->area, &rings) == 0)
            continue;
        const struct api_paper_pen pen = {
            .colour = finding->kind[0] == 'g' ? API_SHEET_AMBER : API_SHEET_RED,
            .width_mm = 0.2,
            .is_hatched = true,
            .is_closed = true};
        struct gaz_grid *grid =
            gaz_arena_array(arena, rings[0].count, sizeof(*grid));
        bool is_good = true;
        for (size_t j = 0; j < rings[0].count && is_good; j++)
            is_good = gaz_crs_from_cgcs2000(f->sheet->ctx, plane,
                                            rings[0].points[j], &grid[j].east_m,
                                            &grid[j].north_m) == GAZ_OK;
        if (is_good)
            put_line(f, grid, rings[0].count, &pen);
    }
}

static int worst_of(const struct api_boundary_view *view, const char *code)
{
    int worst = -1;
    for (size_t i = 0; i < view->finding_count; i++)
        if (view->findings[i].marker &&
            strcmp(view->findings[i].marker, code) == 0 &&
            (int)view->findings[i].severity > worst)
            worst = (int)view->findings[i].severity;
    return worst;
}

static void put_markers(const struct frame *f)
{
    enum { LABELS = 26 };
    const struct api_boundary_view *view = f->sheet->view;
    const size_t count = view->survey->marker_count;
    for (size_t i = 0; i < count; i++) {
        const struct gaz_survey_marker *m = &view->survey->markers[i];
        struct gaz_grid place;
        if (!place_of(m, &place))
            continue;
        const struct api_paper_point at = on_page(f, place);
        const int worst = worst_of(view, m->code);
        const uint32_t colour = worst < 0
                                    ? (uint32_t)API_SHEET_GREEN
                                    : api_sheet_colour((gaz_severity)worst);
        const struct api_paper_pen pen = {.colour = 0xffffff,
                                          .width_mm = 0.15,
                                          .is_filled = true,
                                          .fill = colour};
        api_paper_disc(f->sheet->paper, at.x, at.y, worst < 0 ? 0.8 : 1.2,
                       &pen);
        if (worst < 1 && i % (1 + count / LABELS) != 0)
            continue;
        const struct api_paper_style label = {2.2, false, colour,
                                              API_PAPER_CENTRE};
        (void)api_paper_text(f->sheet->paper, at.x - 8,
                             i % 2 ? at.y + 1.4 : at.y - 4.6, 16, &label,
                             strlen(m->code) > 4 ? m->code + 4 : m->code);
    }
}

static void put_scale(const struct frame *f)
{
    const struct api_paper_pen bar = {.colour = API_SHEET_INK, .width_mm = 0.6};
    const struct api_paper_style text = {2.6, false, API_SHEET_INK,
                                         API_PAPER_LEFT};
    const double bar_m = api_sheet_round(40 * f->metres);
    const double y = f->y + f->height_mm - 3.5;
    api_paper_rule(f->sheet->paper, f->x + 4, y, f->x + 4 + bar_m / f->metres,
                   y, &bar);
    (void)api_paper_text(
        f->sheet->paper, f->x + 6 + bar_m / f->metres, y - 2, 40, &text,
        bar_m >= 1000
            ? gaz_arena_printf(&f->sheet->ctx->arena, "%g 公里", bar_m / 1000)
            : gaz_arena_printf(&f->sheet->ctx->arena, "%g 米", bar_m));
    (void)api_paper_text(f->sheet->paper, f->x + f->width_mm - 10, f->y + 2, 10,
                         &text, "北 ↑");
}

/* All that lies in a frame. */
static void put_frame(const struct frame *f)
{
    static const struct api_paper_pen PENS[] = {
        {.colour = API_SHEET_BLUE, .width_mm = 0.35},
        {.colour = API_SHEET_GREEN, .width_mm = 0.35, .dash_mm = 1.6}};
    static const struct api_paper_pen GREY = {.colour = API_SHEET_GREY,
                                              .width_mm = 0.3};
    const struct api_boundary_view *view = f->sheet->view;
    struct gaz_crs *plane = NULL;
    put_box(f);
    api_paper_clip(f->sheet->paper, f->x, f->y, f->width_mm, f->height_mm);
    if (gaz_crs_open(f->sheet->ctx, view->plane_crs, &plane) == GAZ_OK)
        put_areas(f, plane);
    gaz_crs_close(plane);
    if (view->survey && !view->sides)
        put_line(f, view->survey->line, view->survey->line_count, &GREY);
    for (int i = 0; i < 2 && view->sides; i++)
        put_line(f, view->sides->lines[i].grid, view->sides->lines[i].count,
                 &PENS[i]);
    if (view->survey)
        put_markers(f);
    put_scale(f);
    api_paper_unclip(f->sheet->paper);
}

static const char *legend_of(const struct api_boundary_view *view)
{
    if (view->sides && view->survey)
        return "蓝线为甲方界线，绿色虚线为乙方界线；圆点为界桩（绿：无意见，黄"
               "："
               "警告，红：错误）。";
    if (view->sides)
        return "蓝线为甲方界线，绿色虚线为乙方界线；红色斜线为重叠，黄色斜线为"
               "空"
               "隙（宽度小于图面可辨时只见其线）。";
    return "灰线为界线；圆点为界桩（绿：无意见，黄：警告，红：错误），注记为序"
           "号"
           "和类型。";
}

void api_sheet_map(struct api_sheet *sheet)
{
    const struct extent e = extent_of(sheet->view);
    if (!(e.high.east_m > e.low.east_m) && !(e.high.north_m > e.low.north_m))
        return;
    api_sheet_heading(sheet, MAP_HEIGHT_MM + 8, "界线图");
    struct frame f = {.sheet = sheet,
                      .x = SHEET_LEFT_MM,
                      .y = sheet->y,
                      .width_mm = SHEET_WIDTH_MM,
                      .height_mm = MAP_HEIGHT_MM,
                      .low = e.low};
    const double wide =
        (e.high.east_m - e.low.east_m) / (f.width_mm - 2 * EDGE_MM);
    const double tall =
        (e.high.north_m - e.low.north_m) / (f.height_mm - 2 * EDGE_MM);
    f.metres = fmax(wide, tall);
    /* in the middle of what is left over */
    f.low.east_m -= (f.metres - wide) * (f.width_mm - 2 * EDGE_MM) / 2;
    f.low.north_m -= (f.metres - tall) * (f.height_mm - 2 * EDGE_MM) / 2;
    put_frame(&f);
    sheet->y += MAP_HEIGHT_MM + 1;
    api_sheet_text(sheet, &API_SHEET_SMALL, legend_of(sheet->view));
}

/* ---- the worst places ---- */

/* What of the plane an enlargement shows: its area and a margin, not less than
 * a few widths around a point. */
static struct extent detail_of(struct api_sheet *sheet, struct gaz_crs *plane,
                               const struct api_boundary_finding *finding)
{
    struct extent e = {{HUGE_VAL, HUGE_VAL}, {-HUGE_VAL, -HUGE_VAL}};
    struct api_boundary_ring *rings = NULL;
    struct gaz_ctx *ctx = sheet->ctx;
    const size_t count = api_boundary_rings(&ctx->arena, finding->area, &rings);
    struct gaz_grid at = {0, 0};
    for (size_t i = 0; count > 0 && i < rings[0].count; i++)
        if (gaz_crs_from_cgcs2000(ctx, plane, rings[0].points[i], &at.east_m,
                                  &at.north_m) == GAZ_OK)
            widen(&e, at);
    if (gaz_crs_from_cgcs2000(ctx, plane, finding->where, &at.east_m,
                              &at.north_m) != GAZ_OK)
        return e;
    const double around_m = fmax(4 * finding->how_much_m, 20);
    widen(&e, (struct gaz_grid){at.north_m - around_m, at.east_m - around_m});
    widen(&e, (struct gaz_grid){at.north_m + around_m, at.east_m + around_m});
    return e;
}

static void put_detail(struct api_sheet *sheet, const struct extent *e,
                       size_t number, double x, double width_mm,
                       double height_mm)
{
    const struct api_boundary_finding *finding = &sheet->view->findings[number];
    struct frame f = {.sheet = sheet,
                      .x = x,
                      .y = sheet->y,
                      .width_mm = width_mm,
                      .height_mm = height_mm};
    const double wide = width_mm - 2 * EDGE_MM;
    const double tall = height_mm - 2 * EDGE_MM;
    f.metres = fmax((e->high.east_m - e->low.east_m) / wide,
                    (e->high.north_m - e->low.north_m) / tall);
    f.low = (struct gaz_grid){
        (e->low.north_m + e->high.north_m - f.metres * tall) / 2,
        (e->low.east_m + e->high.east_m - f.metres * wide) / 2};
    put_frame(&f);
    (void)api_paper_text(
        sheet->paper, x, sheet->y + height_mm + 1, width_mm, &API_SHEET_SMALL,
        gaz_arena_printf(&sheet->ctx->arena,
                         "意见%zu（%s）  %.2f 米\n%.6f°E %.6f°N", number + 1,
                         finding->rule, finding->how_much_m, finding->where.lon,
                         finding->where.lat));
}

/* The first findings that have a place and a size, as many as fill two rows. */
void api_sheet_details(struct api_sheet *sheet)
{
    enum { DETAILS = 6, A_ROW = 3 };
    static const double GAP_MM = 4;
    static const double HEIGHT_MM = 46;
    static const double CAPTION_MM = 11;
    const struct api_boundary_view *view = sheet->view;
    const double width_mm = (SHEET_WIDTH_MM - (A_ROW - 1) * GAP_MM) / A_ROW;
    struct gaz_crs *plane = NULL;
    int shown = 0;
    if (gaz_crs_open(sheet->ctx, view->plane_crs, &plane) != GAZ_OK)
        return;
    for (size_t i = 0; i < view->finding_count && shown < DETAILS; i++) {
        const struct api_boundary_finding *finding = &view->findings[i];
        if (!finding->has_where || finding->how_much_m <= 0)
            continue;
        const struct extent e = detail_of(sheet, plane, finding);
        if (!isfinite(e.low.east_m))
            continue;
        if (shown == 0)
            api_sheet_heading(sheet, HEIGHT_MM + CAPTION_MM, "主要差异放大图");
        if (shown % A_ROW == 0 && shown > 0)
            sheet->y += HEIGHT_MM + CAPTION_MM;
        if (shown % A_ROW == 0)
            api_sheet_need(sheet, HEIGHT_MM + CAPTION_MM);
        put_detail(sheet, &e, i,
                   SHEET_LEFT_MM + (shown % A_ROW) * (width_mm + GAP_MM),
                   width_mm, HEIGHT_MM);
        shown++;
    }
    gaz_crs_close(plane);
    if (shown > 0)
        sheet->y += HEIGHT_MM + CAPTION_MM;
}
