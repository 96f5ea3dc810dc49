/* SPDX-License-Identifier: Apache-2.0 */
/* page_map.c - the page's map: both lines, what differs, the markers. */
#include "api/boundary/page.h"

#include <math.h>
#include <string.h>

enum {
    WIDE = 1000,
    TALL = 440,
    EDGE = 50,
    LABELS_MAX = 40, /* markers that are named on the map */
};

static struct gaz_grid place_of(const struct gaz_survey_marker *marker)
{
    return marker->has_agreed ? marker->agreed : marker->measured;
}

static bool has_place(const struct gaz_survey_marker *marker)
{
    return marker->has_agreed || marker->has_measured;
}

/* ---- the frame ---- */

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

static void widen_survey(struct extent *e, const struct gaz_survey *survey)
{
    for (size_t i = 0; i < survey->line_count; i++)
        widen(e, survey->line[i]);
    for (size_t i = 0; i < survey->marker_count; i++)
        if (has_place(&survey->markers[i]))
            widen(e, place_of(&survey->markers[i]));
}

static void frame(struct api_page *p)
{
    const struct api_boundary_view *view = p->view;
    struct extent e = {{HUGE_VAL, HUGE_VAL}, {-HUGE_VAL, -HUGE_VAL}};
    for (int i = 0; view->sides && i < 2; i++)
        for (size_t j = 0; j < view->sides->lines[i].count; j++)
            widen(&e, view->sides->lines[i].grid[j]);
    if (view->survey)
        widen_survey(&e, view->survey);
    const double east_m = e.high.east_m - e.low.east_m;
    const double north_m = e.high.north_m - e.low.north_m;
    p->low = e.low;
    p->metres = fmax(
        fmax(east_m / (WIDE - 2 * EDGE), north_m / (TALL - 2 * EDGE)), 1e-3);
    /* in the middle of what is left over */
    p->low.east_m -= ((WIDE - 2 * EDGE) * p->metres - east_m) / 2;
    p->low.north_m -= ((TALL - 2 * EDGE) * p->metres - north_m) / 2;
}

static double map_x(const struct api_page *p, struct gaz_grid at)
{
    return EDGE + (at.east_m - p->low.east_m) / p->metres;
}

static double map_y(const struct api_page *p, struct gaz_grid at)
{
    return TALL - EDGE - (at.north_m - p->low.north_m) / p->metres;
}

static void put_place(struct api_page *p, struct gaz_grid at)
{
    gaz_buffer_printf(&p->out, "%.1f,%.1f ", map_x(p, at), map_y(p, at));
}

/* ---- what stands on it ---- */

static void put_area(struct api_page *p, const struct api_boundary_finding *f)
{
    struct api_boundary_ring *rings = NULL;
    if (api_boundary_rings(&p->ctx->arena, f->area, &rings) == 0)
        return;
    const bool is_gap = f->kind[0] == 'g';
    gaz_buffer_printf(&p->out,
                      "<polygon fill='url(#%s)' stroke='%s' stroke-width=.7 "
                      "points='",
                      is_gap ? "g" : "o", is_gap ? "#b36b00" : "#b3202a");
    for (size_t i = 0; i < rings[0].count; i++) {
        struct gaz_grid at;
        if (gaz_crs_from_cgcs2000(p->ctx, p->plane, rings[0].points[i],
                                  &at.east_m, &at.north_m) == GAZ_OK)
            put_place(p, at);
    }
    gaz_buffer_text(&p->out, "'><title>");
    gaz_buffer_html(&p->out, f->zh);
    gaz_buffer_text(&p->out, "</title></polygon>");
}

static void put_line(struct api_page *p, const char *stroke,
                     const struct gaz_grid *grid, size_t count)
{
    if (count == 0)
        return;
    gaz_buffer_printf(&p->out,
                      "<polyline fill=none stroke-width=1.5 stroke=%s "
                      "points='",
                      stroke);
    for (size_t i = 0; i < count; i++)
        put_place(p, grid[i]);
    gaz_buffer_text(&p->out, "'/>");
}

static void put_lines(struct api_page *p)
{
    static const char *const STROKES[] = {"'#1f5fa8'",
                                          "'#1f6f4a' stroke-dasharray='6 4'"};
    const struct api_boundary_view *view = p->view;
    for (int i = 0; view->sides && i < 2; i++)
        put_line(p, STROKES[i], view->sides->lines[i].grid,
                 view->sides->lines[i].count);
    if (!view->sides && view->survey)
        put_line(p, "'#5b6b7f'", view->survey->line, view->survey->line_count);
}

static void put_marker(struct api_page *p, size_t i, size_t step)
{
    const struct gaz_survey_marker *marker = &p->view->survey->markers[i];
    const int severity = api_page_severity(p, marker);
    const double x = map_x(p, place_of(marker));
    const double y = map_y(p, place_of(marker));
    gaz_buffer_printf(&p->out,
                      "<circle cx=%.1f cy=%.1f r=%d fill='%s' stroke='#fff'/>",
                      x, y, severity >= 0 ? 6 : 4, api_page_colour(severity));
    if (severity < 0 && i % step != 0)
        return;
    gaz_buffer_printf(&p->out,
                      "<text x=%.1f y=%.1f font-size=12 text-anchor=middle>", x,
                      i % 2 ? y + 18 : y - 9);
    gaz_buffer_html(&p->out,
                    strlen(marker->code) > 4 ? marker->code + 4 : marker->code);
    gaz_buffer_text(&p->out, "</text>");
}

/* 1, 2 or 5 times a power of ten, at most `most`. */
static double round_length(double most)
{
    const double ten = pow(10, floor(log10(most)));
    if (most >= 5 * ten)
        return 5 * ten;
    return most >= 2 * ten ? 2 * ten : ten;
}

static void put_scale(struct api_page *p)
{
    const double bar_m = round_length(200 * p->metres);
    gaz_buffer_printf(&p->out,
                      "<path d='M%d %dh%.1f' stroke='#1c2430' stroke-width=3 "
                      "/><text x=%d y=%d font-size=14>%g %s</text><text x=%d "
                      "y=30 font-size=14>北 ↑</text>",
                      EDGE, TALL - 12, bar_m / p->metres, EDGE, TALL - 18,
                      bar_m >= 1000 ? bar_m / 1000 : bar_m,
                      bar_m >= 1000 ? "公里" : "米", WIDE - EDGE);
}

static void put_legend(struct api_page *p)
{
    gaz_buffer_text(&p->out, "<p class=info>");
    if (p->view->sides)
        gaz_buffer_text(&p->out, "蓝线为甲方，绿色虚线为乙方；红色斜线为重叠，"
                                 "黄色斜线为空隙。");
    if (p->view->survey)
        gaz_buffer_text(&p->out,
                        "圆点为界桩（绿：无意见，黄：警告，红：错误），注记为序"
                        "号和类型。");
    gaz_buffer_text(&p->out, "</p></section>");
}

void api_page_map(struct api_page *p)
{
    frame(p);
    if (!isfinite(p->metres) || !isfinite(p->low.east_m))
        return;
    gaz_buffer_printf(
        &p->out,
        "<section><h2>界线图</h2><svg viewBox='0 0 %d %d' role=img "
        "aria-label='界线图'>"
        "<defs><pattern id=o width=5 height=5 patternUnits=userSpaceOnUse "
        "patternTransform='rotate(45)'><path d='M0 0V5' stroke='#b3202a' "
        "stroke-width=2 /></pattern><pattern id=g width=5 height=5 "
        "patternUnits=userSpaceOnUse patternTransform='rotate(-45)'><path "
        "d='M0 0V5' stroke='#b36b00' stroke-width=2 /></pattern></defs>",
        WIDE, TALL);
    for (size_t i = 0; i < p->view->finding_count; i++)
        put_area(p, &p->view->findings[i]);
    put_lines(p);
    const size_t count = p->view->survey ? p->view->survey->marker_count : 0;
    for (size_t i = 0; i < count; i++)
        if (has_place(&p->view->survey->markers[i]))
            put_marker(p, i, 1 + count / LABELS_MAX);
    put_scale(p);
    gaz_buffer_text(&p->out, "</svg>");
    put_legend(p);
}
