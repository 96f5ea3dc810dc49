/* SPDX-License-Identifier: Apache-2.0 */
/* report_plot.c - the report's map, and what lies along the line. */
#include "api/boundary/sheet.h"

#include <math.h>
#include <string.h>

#include "gazetteer/geo/crs.h"

static const double MAP_HEIGHT_MM = 92;
static const double PLOT_HEIGHT_MM = 52;
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

static void put_box(struct api_sheet *sheet, double height_mm)
{
    const struct api_paper_pen edge = {
        .colour = API_SHEET_GREY, .width_mm = 0.2, .is_closed = true};
    const struct api_paper_point box[] = {
        {SHEET_LEFT_MM, sheet->y},
        {SHEET_LEFT_MM + SHEET_WIDTH_MM, sheet->y},
        {SHEET_LEFT_MM + SHEET_WIDTH_MM, sheet->y + height_mm},
        {SHEET_LEFT_MM, sheet->y + height_mm}};
    api_paper_path(sheet->paper, box, 4, &edge);
}

/* 1, 2 or 5 times a power of ten, at most `most`. */
static double round_length(double most)
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
    const double bar_m = round_length(40 * f->metres);
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
    struct gaz_crs *plane = NULL;
    if (!(e.high.east_m > e.low.east_m) && !(e.high.north_m > e.low.north_m))
        return;
    api_sheet_heading(sheet, "界线图");
    api_sheet_need(sheet, MAP_HEIGHT_MM + 8);
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
    put_box(sheet, MAP_HEIGHT_MM);
    api_paper_clip(sheet->paper, f.x, f.y, f.width_mm, f.height_mm);
    if (gaz_crs_open(sheet->ctx, sheet->view->plane_crs, &plane) == GAZ_OK)
        put_areas(&f, plane);
    gaz_crs_close(plane);
    const struct api_paper_pen pens[] = {
        {.colour = API_SHEET_BLUE, .width_mm = 0.35},
        {.colour = API_SHEET_GREEN, .width_mm = 0.35, .dash_mm = 1.6}};
    const struct api_paper_pen grey = {.colour = API_SHEET_GREY,
                                       .width_mm = 0.3};
    if (sheet->view->survey && !sheet->view->sides)
        put_line(&f, sheet->view->survey->line, sheet->view->survey->line_count,
                 &grey);
    for (int i = 0; i < 2 && sheet->view->sides; i++)
        put_line(&f, sheet->view->sides->lines[i].grid,
                 sheet->view->sides->lines[i].count, &pens[i]);
    if (sheet->view->survey)
        put_markers(&f);
    put_scale(&f);
    api_paper_unclip(sheet->paper);
    sheet->y += MAP_HEIGHT_MM + 1;
    api_sheet_text(sheet, &API_SHEET_SMALL, legend_of(sheet->view));
}

/* ---- along the line ---- */

struct plot {
    struct api_sheet *sheet;
    double x;
    double y;
    double width_mm;
    double height_mm;
    double along_m; /* the whole */
    double most_m;  /* up; the same down when it is signed */
    bool is_signed;
};

static double plot_x(const struct plot *p, double along_m)
{
    return p->x + along_m / p->along_m * p->width_mm;
}

static double plot_y(const struct plot *p, double off_m)
{
    const double zero =
        p->is_signed ? p->y + p->height_mm / 2 : p->y + p->height_mm;
    const double up = p->is_signed ? p->height_mm / 2 : p->height_mm;
    return zero - off_m / p->most_m * up;
}

static void put_level(const struct plot *p, double off_m, uint32_t colour,
                      double dash_mm)
{
    const struct api_paper_pen pen = {
        .colour = colour, .width_mm = 0.15, .dash_mm = dash_mm};
    const struct api_paper_style label = {2.3, false, colour, API_PAPER_RIGHT};
    const double y = plot_y(p, off_m);
    api_paper_rule(p->sheet->paper, p->x, y, p->x + p->width_mm, y, &pen);
    (void)api_paper_text(p->sheet->paper, p->x - 15, y - 1.6, 14, &label,
                         gaz_arena_printf(&p->sheet->ctx->arena, "%g", off_m));
}

static void put_axis(const struct plot *p)
{
    const struct api_paper_style label = {2.3, false, API_SHEET_GREY,
                                          API_PAPER_CENTRE};
    const struct api_paper_pen tick = {.colour = API_SHEET_GREY,
                                       .width_mm = 0.15};
    const double step_m = round_length(p->along_m / 4);
    const double bottom = p->y + p->height_mm;
    for (double at_m = 0; at_m <= p->along_m; at_m += step_m) {
        const double x = plot_x(p, at_m);
        api_paper_rule(p->sheet->paper, x, bottom, x, bottom + 1.2, &tick);
        (void)api_paper_text(
            p->sheet->paper, x - 10, bottom + 1.5, 20, &label,
            gaz_arena_printf(&p->sheet->ctx->arena, "%g km", at_m / 1000));
    }
    api_paper_rule(p->sheet->paper, p->x, p->y, p->x, bottom, &tick);
    put_level(p, 0, API_SHEET_GREY, 0);
    const double level_m = round_length(p->most_m);
    put_level(p, level_m, API_SHEET_GREY, 0.6);
    if (p->is_signed)
        put_level(p, -level_m, API_SHEET_GREY, 0.6);
}

static struct plot open_plot(struct api_sheet *sheet, double along_m,
                             double most_m, bool is_signed)
{
    api_sheet_need(sheet, PLOT_HEIGHT_MM + 12);
    struct plot p = {.sheet = sheet,
                     .x = SHEET_LEFT_MM + 16,
                     .y = sheet->y + 2,
                     .width_mm = SHEET_WIDTH_MM - 20,
                     .height_mm = PLOT_HEIGHT_MM - 8,
                     .along_m = along_m,
                     .most_m = most_m * 1.1,
                     .is_signed = is_signed};
    sheet->y += PLOT_HEIGHT_MM + 2;
    return p;
}

static void put_statistics(struct api_sheet *sheet,
                           const struct gaz_profile *profile)
{
    static const struct api_sheet_column COLUMNS[] = {
        {"甲长/米", 22, API_PAPER_RIGHT},  {"乙长/米", 22, API_PAPER_RIGHT},
        {"平均差", 17, API_PAPER_RIGHT},   {"平均绝对差", 20, API_PAPER_RIGHT},
        {"均方根", 17, API_PAPER_RIGHT},   {"标准差", 17, API_PAPER_RIGHT},
        {"95%以内", 17, API_PAPER_RIGHT},  {"甲→乙最远", 17, API_PAPER_RIGHT},
        {"乙→甲最远", 17, API_PAPER_RIGHT}};
    static const struct api_sheet_table TABLE = {COLUMNS, 9, 2.7};
    const double values[] = {profile->length_m[0],
                             profile->length_m[1],
                             profile->mean_m,
                             profile->mean_size_m,
                             profile->rms_m,
                             profile->spread_m,
                             profile->p95_m,
                             profile->a_to_b.distance_m,
                             profile->b_to_a.distance_m};
    const char *cells[9];
    for (int i = 0; i < 9; i++)
        cells[i] = gaz_arena_printf(&sheet->ctx->arena, "%.*f", i < 2 ? 2 : 3,
                                    values[i]);
    api_sheet_head(sheet, &TABLE);
    api_sheet_row(sheet, &TABLE, cells, NULL);
    api_sheet_text(
        sheet, &API_SHEET_SMALL,
        gaz_arena_printf(&sheet->ctx->arena,
                         "单位：米。差值为正表示乙方界线在甲方界线左侧（沿编号"
                         "方向）；限差以内的长度占 %.1f%%；最远为豪斯多夫距离"
                         "（有向）。",
                         100 * profile->share_within));
}

void api_sheet_profile(struct api_sheet *sheet)
{
    const struct gaz_sides_report *r = sheet->view->sides;
    if (!r || !r->has_profile)
        return;
    const struct gaz_profile *profile = &r->profile;
    api_sheet_heading(sheet, "双方界线之差（沿甲方界线里程）");
    double most_m = sheet->view->sides_options->warn_m * 1.2;
    for (size_t i = 0; i < profile->count; i++)
        most_m = fmax(most_m, fabs(profile->points[i].off_m));
    const struct plot p = open_plot(sheet, profile->length_m[0], most_m, true);
    put_axis(&p);
    put_level(&p, sheet->view->sides_options->warn_m, API_SHEET_RED, 1);
    put_level(&p, -sheet->view->sides_options->warn_m, API_SHEET_RED, 1);
    struct api_paper_point *points = gaz_arena_array(
        &sheet->ctx->arena, profile->count + 2, sizeof(*points));
    points[0] = (struct api_paper_point){plot_x(&p, 0), plot_y(&p, 0)};
    for (size_t i = 0; i < profile->count; i++)
        points[i + 1] =
            (struct api_paper_point){plot_x(&p, profile->points[i].along_m),
                                     plot_y(&p, profile->points[i].off_m)};
    points[profile->count + 1] = (struct api_paper_point){
        plot_x(&p, profile->length_m[0]), plot_y(&p, 0)};
    const struct api_paper_pen pen = {.colour = API_SHEET_BLUE,
                                      .width_mm = 0.2,
                                      .is_filled = true,
                                      .fill = 0xc9dcf2,
                                      .is_closed = true};
    api_paper_path(sheet->paper, points, profile->count + 2, &pen);
    put_statistics(sheet, profile);
}

/* Measured less agreed, a stem a marker. */
void api_sheet_differences(struct api_sheet *sheet)
{
    const struct api_boundary_view *view = sheet->view;
    const struct gaz_survey_report *r = view->survey_report;
    if (!r || r->compared == 0)
        return;
    const double limit_m = 2 * view->survey_options->map_error_mm / 1000 *
                           view->survey_options->scale;
    double most_m = limit_m * 1.1;
    double along_m = 0;
    for (size_t i = 0; i < r->leg_count; i++)
        along_m += r->legs[i].grid_m;
    for (size_t i = 0; i < view->survey->marker_count; i++) {
        const struct gaz_survey_marker *m = &view->survey->markers[i];
        if (m->has_agreed && m->has_measured)
            most_m = fmax(most_m, hypot(m->measured.north_m - m->agreed.north_m,
                                        m->measured.east_m - m->agreed.east_m));
    }
    api_sheet_heading(sheet, "界桩实测与协议坐标之差");
    const struct plot p =
        open_plot(sheet, fmax(along_m, 1), fmin(most_m, 1e6), false);
    put_axis(&p);
    put_level(&p, limit_m, API_SHEET_RED, 1);
    double at_m = 0;
    struct gaz_grid before = {0, 0};
    bool has_before = false;
    for (size_t i = 0; i < view->survey->marker_count; i++) {
        const struct gaz_survey_marker *m = &view->survey->markers[i];
        struct gaz_grid at;
        if (!place_of(m, &at))
            continue;
        if (has_before)
            at_m +=
                hypot(at.north_m - before.north_m, at.east_m - before.east_m);
        before = at;
        has_before = true;
        if (!m->has_agreed || !m->has_measured)
            continue;
        const double off_m = hypot(m->measured.north_m - m->agreed.north_m,
                                   m->measured.east_m - m->agreed.east_m);
        const struct api_paper_pen stem = {
            .colour = off_m > limit_m ? API_SHEET_RED : API_SHEET_GREEN,
            .width_mm = 0.9};
        api_paper_rule(sheet->paper, plot_x(&p, fmin(at_m, p.along_m)),
                       plot_y(&p, 0), plot_x(&p, fmin(at_m, p.along_m)),
                       plot_y(&p, fmin(off_m, p.most_m)), &stem);
    }
    api_sheet_text(
        sheet, &API_SHEET_SMALL,
        "横轴为沿界桩累计距离，纵轴为平面坐标差（米），虚线为限差。");
}
