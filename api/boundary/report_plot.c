/* SPDX-License-Identifier: Apache-2.0 */
/* report_plot.c - what lies along the line. */
#include "api/boundary/sheet.h"

#include <math.h>

static const double PLOT_HEIGHT_MM = 52;

static bool place_of(const struct gaz_survey_marker *marker,
                     struct gaz_grid *out)
{
    *out = marker->has_agreed ? marker->agreed : marker->measured;
    return marker->has_agreed || marker->has_measured;
}

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
    const double step_m = api_sheet_round(p->along_m / 4);
    const double bottom = p->y + p->height_mm;
    const int steps = (int)(p->along_m / step_m);
    for (int i = 0; i <= steps; i++) {
        const double at_m = i * step_m;
        const double x = plot_x(p, at_m);
        api_paper_rule(p->sheet->paper, x, bottom, x, bottom + 1.2, &tick);
        (void)api_paper_text(
            p->sheet->paper, x - 10, bottom + 1.5, 20, &label,
            gaz_arena_printf(&p->sheet->ctx->arena, "%g km", at_m / 1000));
    }
    api_paper_rule(p->sheet->paper, p->x, p->y, p->x, bottom, &tick);
    put_level(p, 0, API_SHEET_GREY, 0);
    const double level_m = api_sheet_round(p->most_m);
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
    api_sheet_heading(sheet, PLOT_HEIGHT_MM + 14,
                      "双方界线之差（沿甲方界线里程）");
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
    api_sheet_heading(sheet, PLOT_HEIGHT_MM + 14,
                      gaz_arena_printf(&sheet->ctx->arena, "界桩%s与%s坐标之差",
                                       api_boundary_position(view, true),
                                       api_boundary_position(view, false)));
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
