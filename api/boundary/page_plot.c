/* SPDX-License-Identifier: Apache-2.0 */
/* page_plot.c - the page's plots along the line: of the lines, of the markers.
 */
#include <math.h>

#include "api/boundary/page.h"

enum { WIDE = 1000, TALL = 280, EDGE = 70 };

/* ---- B's line on A's ---- */

void api_page_profile(struct api_page *p)
{
    const struct gaz_profile *s = &p->view->sides->profile;
    double most_m = p->view->sides_options->warn_m * 1.2;
    if (!p->view->sides->has_profile)
        return;
    for (size_t i = 0; i < s->count; i++)
        most_m = fmax(most_m, fabs(s->points[i].off_m));
    const double half = (TALL - 2 * EDGE) / 2.0;
    const double zero = TALL / 2.0;
    gaz_buffer_printf(
        &p->out,
        "<section><h2>双方界线之差</h2><svg viewBox='0 0 %d %d' role=img "
        "aria-label='差值剖面'><path d='M%d %dV%dM%d %.1fH%d' "
        "stroke='#5b6b7f' fill=none /><text x=6 y=%d font-size=14>%+.4g米"
        "</text><text x=6 y=%d font-size=14>%+.4g米</text><text x=%d y=%.1f "
        "font-size=14>%.1f公里</text><polyline fill='#c9dcf2' "
        "stroke='#1f5fa8' points='%d,%.1f ",
        WIDE, TALL, EDGE, EDGE, TALL - EDGE, EDGE, zero, WIDE - EDGE, EDGE + 4,
        most_m, TALL - EDGE, -most_m, WIDE - EDGE - 40, zero + 16,
        s->length_m[0] / 1000, EDGE, zero);
    for (size_t i = 0; i < s->count; i++)
        gaz_buffer_printf(&p->out, "%.1f,%.1f ",
                          EDGE + s->points[i].along_m / s->length_m[0] *
                                     (WIDE - 2 * EDGE),
                          zero - s->points[i].off_m / most_m * half);
    gaz_buffer_printf(&p->out, "%d,%.1f'/>", WIDE - EDGE, zero);
    const double limit = p->view->sides_options->warn_m / most_m * half;
    gaz_buffer_printf(&p->out,
                      "<path d='M%d %.1fH%dM%d %.1fH%d' stroke='#c8232c' "
                      "stroke-dasharray='6 4'/></svg><p class=info>横轴为沿甲方"
                      "界线的里程；正值为乙方界线在甲方左侧；虚线为限差%.4g米。"
                      "</p></section>",
                      EDGE, zero - limit, WIDE - EDGE, EDGE, zero + limit,
                      WIDE - EDGE, p->view->sides_options->warn_m);
}

/* ---- a marker's two positions ---- */

static struct gaz_grid place_of(const struct gaz_survey_marker *marker)
{
    return marker->has_agreed ? marker->agreed : marker->measured;
}

static bool has_place(const struct gaz_survey_marker *marker)
{
    return marker->has_agreed || marker->has_measured;
}

static bool is_pair(const struct gaz_survey_marker *marker)
{
    return marker->has_agreed && marker->has_measured;
}

static double off_of(const struct gaz_survey_marker *marker)
{
    return hypot(marker->measured.north_m - marker->agreed.north_m,
                 marker->measured.east_m - marker->agreed.east_m);
}

/* Along from one marker to the next; returns the distance to the last. */
static double walk(const struct api_page *p, size_t to)
{
    double along_m = 0;
    const struct gaz_survey_marker *before = NULL;
    for (size_t i = 0; i <= to && i < p->view->survey->marker_count; i++) {
        const struct gaz_survey_marker *marker = &p->view->survey->markers[i];
        if (!has_place(marker))
            continue;
        if (before)
            along_m +=
                hypot(place_of(marker).north_m - place_of(before).north_m,
                      place_of(marker).east_m - place_of(before).east_m);
        before = marker;
    }
    return along_m;
}

static void put_limit(struct api_page *p, double limit_m, double most_m)
{
    const double y = TALL - EDGE - limit_m / most_m * (TALL - 2 * EDGE);
    gaz_buffer_printf(&p->out,
                      "<path d='M%d %.1fH%d' stroke='#c8232c' "
                      "stroke-dasharray='6 4'/><text x=%d y=%.1f "
                      "font-size=14 fill='#c8232c'>%.1f</text>",
                      EDGE, y, WIDE - EDGE, WIDE - EDGE + 2, y + 4, limit_m);
}

void api_page_differences(struct api_page *p)
{
    const size_t count = p->view->survey->marker_count;
    const double limit_m = 2 * p->view->survey_options->map_error_mm / 1000 *
                           p->view->survey_options->scale;
    const double whole_m = fmax(walk(p, count), 1);
    double most_m = limit_m * 1.2;
    if (p->view->survey_report->compared == 0)
        return;
    for (size_t i = 0; i < count; i++)
        if (is_pair(&p->view->survey->markers[i]))
            most_m = fmax(most_m, off_of(&p->view->survey->markers[i]) * 1.05);
    gaz_buffer_printf(
        &p->out,
        "<section><h2>界桩%s与%s坐标之差</h2><svg viewBox='0 0 %d %d' "
        "role=img aria-label='坐标差剖面'>"
        "<path d='M%d %dV%dH%d' fill=none stroke='#5b6b7f'/>"
        "<text x=8 y=%d font-size=14>%.4g米</text>"
        "<text x=28 y=%d font-size=14>0</text>"
        "<text x=%d y=%d font-size=14>%.1f公里</text>",
        api_boundary_position(p->view, true),
        api_boundary_position(p->view, false), WIDE, TALL, EDGE, EDGE,
        TALL - EDGE, WIDE - EDGE, EDGE + 4, most_m, TALL - EDGE + 4,
        WIDE - EDGE - 40, TALL - EDGE + 18, whole_m / 1000);
    put_limit(p, limit_m, most_m);
    for (size_t i = 0; i < count; i++) {
        const struct gaz_survey_marker *marker = &p->view->survey->markers[i];
        if (!is_pair(marker))
            continue;
        const double x = EDGE + walk(p, i) / whole_m * (WIDE - 2 * EDGE);
        const double tall = off_of(marker) / most_m * (TALL - 2 * EDGE);
        gaz_buffer_printf(
            &p->out, "<path d='M%.1f %dv%.1f' stroke='%s' stroke-width=4 />", x,
            TALL - EDGE, -tall,
            api_page_colour(off_of(marker) > limit_m ? GAZ_SEVERITY_ERROR
                                                     : -1));
    }
    gaz_buffer_text(&p->out, "</svg><p class=info>横轴为沿界桩累计距离，纵轴为"
                             "平面坐标差，虚线为限差。</p></section>");
}
