/* SPDX-License-Identifier: Apache-2.0 */
/* report_map.c - where the findings are: county areas, schematic and said so;
 * a circle at each township, as large as its findings; a dot at each finding
 * that has a position of its own. */
#include <math.h>
#include <string.h>

#include "gazetteer/audit/report.h"

enum { WIDTH = 1000, HEIGHT_MAX = 900, DOTS_MAX = 5000, LABELS_MAX = 60 };

/* From degrees to the view box. */
struct view {
    struct gaz_box box;
    double per_lon;
    double per_lat;
    int height;
};

static void widen(struct gaz_box *box, struct gaz_coord c)
{
    box->min.lon = fmin(box->min.lon, c.lon);
    box->min.lat = fmin(box->min.lat, c.lat);
    box->max.lon = fmax(box->max.lon, c.lon);
    box->max.lat = fmax(box->max.lat, c.lat);
}

static const struct gaz_position *town_position(const struct gaz_audit *audit,
                                                int town)
{
    const struct gaz_position *p = &audit->corpus->places[town].place.position;
    return p->method == GAZ_METHOD_NONE ? NULL : p;
}

static struct view look(const struct gaz_audit *audit,
                        const struct gaz_report_town *towns, int count)
{
    struct view view = {.box = {{180, 90}, {-180, -90}}};
    for (int i = 0; i < count; i++) {
        const struct gaz_position *p = town_position(audit, towns[i].place);
        if (p)
            widen(&view.box, p->coord);
    }
    for (int i = 0; i < audit->finding_count; i++)
        if (audit->findings[i].has_where &&
            audit->findings[i].subject == GAZ_SUBJECT_ADDRESS)
            widen(&view.box, audit->findings[i].where);
    if (view.box.min.lon > view.box.max.lon)
        return view;
    static const double MARGIN_DEG = 0.04;
    view.box.min.lon -= MARGIN_DEG;
    view.box.min.lat -= MARGIN_DEG;
    view.box.max.lon += MARGIN_DEG;
    view.box.max.lat += MARGIN_DEG;
    double squeeze = cos((view.box.min.lat + view.box.max.lat) / 2 *
                         3.14159265358979323846 / 180);
    double wide = view.box.max.lon - view.box.min.lon;
    double high = view.box.max.lat - view.box.min.lat;
    view.per_lon = WIDTH / wide;
    view.per_lat = view.per_lon / squeeze;
    if (view.per_lat * high > HEIGHT_MAX) {
        view.per_lat = HEIGHT_MAX / high;
        view.per_lon = view.per_lat * squeeze;
        /* the narrow map stands in the middle */
        view.box.min.lon -= (WIDTH / view.per_lon - wide) / 2;
    }
    view.height = (int)(view.per_lat * high);
    return view;
}

static double x_of(const struct view *view, struct gaz_coord c)
{
    return (c.lon - view->box.min.lon) * view->per_lon;
}

static double y_of(const struct view *view, struct gaz_coord c)
{
    return (view->box.max.lat - c.lat) * view->per_lat;
}

static void draw_area(const struct view *view,
                      const struct gaz_corpus_area *area,
                      struct gaz_buffer *out)
{
    gaz_buffer_text(out, "<path fill=\"#fff\" stroke=\"#8d9aa8\" "
                         "stroke-dasharray=\"5 3\" fill-rule=\"evenodd\" d=\"");
    for (int r = 0; r < area->count; r++) {
        for (int i = 0; i < area->rings[r].count; i++) {
            struct gaz_coord c = area->rings[r].points[i];
            gaz_buffer_printf(out, "%c%.1f %.1f", i ? 'L' : 'M', x_of(view, c),
                              y_of(view, c));
        }
        gaz_buffer_char(out, 'Z');
    }
    gaz_buffer_text(out, "\"/>");
}

static void draw_areas(const struct gaz_audit *audit, const struct view *view,
                       struct gaz_buffer *out)
{
    const struct gaz_corpus *corpus = audit->corpus;
    for (int i = 0; i < corpus->place_count; i++)
        if (corpus->places[i].area >= 0 &&
            corpus->places[i].place.level == GAZ_LEVEL_COUNTY)
            draw_area(view, &corpus->areas[corpus->places[i].area], out);
}

static const char *colour(const int64_t by_severity[3])
{
    return by_severity[GAZ_SEVERITY_ERROR]     ? "var(--error)"
           : by_severity[GAZ_SEVERITY_WARNING] ? "var(--warning)"
                                               : "var(--info)";
}

static void draw_town(const struct gaz_audit *audit, const struct view *view,
                      const struct gaz_report_town *town, bool is_named,
                      struct gaz_buffer *out)
{
    const struct gaz_position *p = town_position(audit, town->place);
    if (!p)
        return;
    int64_t total =
        town->by_severity[0] + town->by_severity[1] + town->by_severity[2];
    double radius = fmin(34, 3 + 1.6 * sqrt((double)total));
    gaz_buffer_printf(out,
                      "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" "
                      "fill-opacity=\".5\" stroke=\"%s\"><title>",
                      x_of(view, p->coord), y_of(view, p->coord), radius,
                      colour(town->by_severity), colour(town->by_severity));
    gaz_buffer_html(out, gaz_corpus_name(&audit->corpus->places[town->place]));
    gaz_buffer_printf(out, " %lld</title></circle>", (long long)total);
    if (!is_named)
        return;
    gaz_buffer_printf(out,
                      "<text class=\"s halo\" text-anchor=\"middle\" "
                      "x=\"%.1f\" y=\"%.1f\">",
                      x_of(view, p->coord), y_of(view, p->coord) - radius - 3);
    gaz_buffer_html(out, gaz_corpus_name(&audit->corpus->places[town->place]));
    gaz_buffer_text(out, "</text>");
}

static void draw_dots(const struct gaz_audit *audit, const struct view *view,
                      struct gaz_buffer *out)
{
    int drawn = 0;
    for (int i = 0; i < audit->finding_count && drawn < DOTS_MAX; i++) {
        const struct gaz_finding *f = &audit->findings[i];
        if (!f->has_where || f->subject != GAZ_SUBJECT_ADDRESS)
            continue;
        gaz_buffer_printf(out,
                          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\" "
                          "fill=\"var(--%s)\"/>",
                          x_of(view, f->where), y_of(view, f->where),
                          gaz_severity_name(f->severity));
        drawn++;
    }
}

/* Names of towns with errors or warnings, and not on top of each other. */
static bool has_room(const struct gaz_audit *audit, const struct view *view,
                     const struct gaz_report_town *towns, int index)
{
    const struct gaz_position *p = town_position(audit, towns[index].place);
    if (!p || index >= LABELS_MAX)
        return false;
    for (int i = 0; i < index; i++) {
        const struct gaz_position *other = town_position(audit, towns[i].place);
        if (other &&
            fabs(x_of(view, p->coord) - x_of(view, other->coord)) < 62 &&
            fabs(y_of(view, p->coord) - y_of(view, other->coord)) < 20)
            return false;
    }
    return true;
}

void gaz_report_map(struct gaz_ctx *ctx, const struct gaz_audit *audit,
                    struct gaz_buffer *out)
{
    const struct gaz_report_town *towns;
    int count = gaz_report_count(ctx, audit, &towns);
    const struct view view = look(audit, towns, count);
    gaz_buffer_text(out, "<section><h2>发现分布</h2><p class=\"soft\">"
                         "圆的大小为该乡镇街道的发现数，颜色为最高级别。</p>");
    if (view.height == 0) {
        gaz_buffer_text(out, "<p>没有可上图的位置。</p></section>");
        return;
    }
    gaz_buffer_printf(out,
                      "<svg viewBox=\"0 0 %d %d\" role=\"img\" "
                      "aria-label=\"发现分布图\"><rect width=\"%d\" "
                      "height=\"%d\" fill=\"#eaf0f5\"/>",
                      WIDTH, view.height, WIDTH, view.height);
    draw_areas(audit, &view, out);
    for (int i = count - 1; i >= 0; i--)
        draw_town(audit, &view, &towns[i], has_room(audit, &view, towns, i),
                  out);
    draw_dots(audit, &view, out);
    gaz_buffer_printf(out,
                      "<text class=\"s halo\" x=\"12\" y=\"%d\">"
                      "示意图：界线为示意，不作为划界依据　"
                      "schematic boundaries</text></svg></section>",
                      view.height - 12);
}
