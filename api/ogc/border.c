/* SPDX-License-Identifier: Apache-2.0 */
/* border.c - boundary lines, markers and points, from the database.
 *
 * What is public: that a line is there, its name, and the schematic line.
 * Agreed coordinates and markers need the role of a surveyor. `load` reads only
 * what the caller may see, so that no filter, box or count of any query can
 * tell more. Properties are named as the columns of a register
 * (docs/guide/boundary.md), so that the neighbour reads ours as a register.
 */
#include <stdio.h>
#include <string.h>

#include "api/ogc/border_work.h"
#include "gazetteer/base/text.h"

static bool is_surveyor(const struct api_worker *worker)
{
    return (worker->caller.roles & (GAZ_ROLE_SURVEYOR | GAZ_ROLE_ADMIN)) != 0;
}

/* What the public may know of a line. */
static void make_public(struct api_ledger_line *line)
{
    const struct gaz_boundary_line *all = &line->line;
    line->line = (struct gaz_boundary_line){
        .id = all->id,
        .code = all->code,
        .section = all->section,
        .edition = all->edition,
        .name = all->name,
        .level = all->level,
        .sides = {all->sides[0], all->sides[1]},
        .left = all->left,
        .agreement = "",
        .legal_text = "",
        .status = all->status,
        .is_schematic = all->is_schematic,
        .is_synthetic = all->is_synthetic,
        .points = all->is_schematic ? all->points : NULL,
        .point_count = all->is_schematic ? all->point_count : 0};
}

static void list_marks(struct gaz_arena *arena, struct ogc_border *border)
{
    uint32_t markers = 0;
    uint32_t points = 0;
    for (size_t i = 0; i < border->lines.count; i++) {
        markers += (uint32_t)border->lines.items[i].markers.count;
        points += (uint32_t)border->lines.items[i].points.count;
    }
    struct ogc_border_mark *m = gaz_arena_array(arena, markers, sizeof(*m));
    struct ogc_border_mark *p = gaz_arena_array(arena, points, sizeof(*p));
    border->markers = m;
    border->points = p;
    for (size_t i = 0; i < border->lines.count; i++) {
        const struct api_ledger_line *line = &border->lines.items[i];
        for (size_t j = 0; j < line->markers.count; j++)
            m[border->marker_count++] = (struct ogc_border_mark){
                .line = &line->line, .marker = &line->markers.items[j]};
        for (size_t j = 0; j < line->points.count; j++)
            p[border->point_count++] = (struct ogc_border_mark){
                .line = &line->line, .point = &line->points.items[j]};
    }
}

gaz_status ogc_border_load(struct api_worker *worker)
{
    struct api_ledger_lines lines = {.count = 0};
    struct ogc_border *border =
        gaz_arena_alloc(&worker->ctx.arena, sizeof(*border));
    border->with_marks = is_surveyor(worker);
    gaz_status status = worker->ledger
                            ? api_ledger_border(&worker->ctx, worker->ledger,
                                                border->with_marks, &lines)
                            : GAZ_OK;
    if (status != GAZ_OK)
        return status;
    struct api_ledger_line *own =
        gaz_arena_grow(&worker->ctx.arena, lines.items,
                       lines.count * sizeof(*own), lines.count * sizeof(*own));
    for (size_t i = 0; i < lines.count && !border->with_marks; i++)
        make_public(&own[i]);
    border->lines = (struct api_ledger_lines){own, lines.count};
    list_marks(&worker->ctx.arena, border);
    worker->border = border;
    return GAZ_OK;
}

/* ---- what all three share ---- */

bool ogc_border_has(const struct api_worker *worker, uint32_t index)
{
    (void)worker;
    (void)index;
    return true;
}

void ogc_border_credit(const struct api_worker *worker, uint32_t index,
                       struct api_credits *credits)
{
    (void)worker;
    (void)index;
    (void)credits;
}

void ogc_border_write_id(char letter, int64_t id, char *out)
{
    (void)snprintf(out, OGC_FEATURE_ID_BYTES, "%c%lld", letter, (long long)id);
}

/* -1: none. */
int64_t ogc_border_read_id(char letter, const char *id)
{
    int64_t number = -1;
    if (id[0] != letter || !gaz_text_parse_int(id + 1, &number))
        return -1;
    return number;
}

bool ogc_border_box(const struct gaz_coord *points, size_t count,
                    struct gaz_box *out)
{
    if (count == 0)
        return false;
    *out = (struct gaz_box){points[0], points[0]};
    for (size_t i = 1; i < count; i++) {
        if (points[i].lon < out->min.lon)
            out->min.lon = points[i].lon;
        if (points[i].lat < out->min.lat)
            out->min.lat = points[i].lat;
        if (points[i].lon > out->max.lon)
            out->max.lon = points[i].lon;
        if (points[i].lat > out->max.lat)
            out->max.lat = points[i].lat;
    }
    return true;
}

void ogc_border_point(const struct ogc_row *row,
                      const struct gaz_boundary_fix *fix, struct ogc_shape *out)
{
    *out = (struct ogc_shape){.kind = OGC_SHAPE_NONE};
    if (fix)
        *out = ogc_shape_point(&row->worker->ctx.arena, fix->at);
}

void ogc_border_height(const struct gaz_boundary_fix *fix,
                       struct ogc_value *out)
{
    ogc_value_number(out, fix ? fix->height_m : 0);
    if (!fix || !fix->has_height)
        ogc_value_null(out);
}

/* ---- lines ---- */

/* A schematic line is of a source; what was surveyed is nobody's to credit. */
static void credit_line(const struct api_worker *worker, uint32_t index,
                        struct api_credits *credits)
{
    const struct api_ledger_line *line = &worker->border->lines.items[index];
    const struct gaz_snapshot *snap = worker->snap;
    if (line->line.point_count > 0)
        return;
    for (uint32_t i = 0; i < snap->line_count; i++)
        if (snap->lines[i].kind == GAZ_LINE_BOUNDARY &&
            strcmp(gaz_snapshot_text(snap, snap->lines[i].code),
                   line->line.section) == 0)
            api_part_credit(credits, snap, snap->lines[i].source);
}

static const struct api_ledger_line *ledger_line(const struct api_worker *w,
                                                 uint32_t index)
{
    return &w->border->lines.items[index];
}

static const struct gaz_boundary_line *line_of(const struct ogc_row *row)
{
    return &ledger_line(row->worker, row->index)->line;
}

/* The agreed line for who may see it, else the schematic one. */
static size_t line_points(const struct api_worker *worker, uint32_t index,
                          const struct gaz_coord **out)
{
    const struct api_ledger_line *line = ledger_line(worker, index);
    const bool is_known = line->line.point_count > 0;
    *out = is_known ? line->line.points : line->schematic;
    return is_known ? line->line.point_count : line->schematic_count;
}

static uint32_t count_lines(const struct api_worker *worker)
{
    return worker->border ? (uint32_t)worker->border->lines.count : 0;
}

static void write_line_id(const struct api_worker *worker, uint32_t index,
                          char *out)
{
    ogc_border_write_id('L', ledger_line(worker, index)->line.id, out);
}

static uint32_t find_line(const struct api_worker *worker, const char *id)
{
    const int64_t number = ogc_border_read_id('L', id);
    for (uint32_t i = 0; i < count_lines(worker); i++)
        if (ledger_line(worker, i)->line.id == number)
            return i;
    return GAZ_NONE;
}

static void get_line_shape(const struct ogc_row *row, struct ogc_shape *out)
{
    struct ogc_ring *ring =
        gaz_arena_alloc(&row->worker->ctx.arena, sizeof(*ring));
    ring->count = line_points(row->worker, row->index, &ring->points);
    *out = (struct ogc_shape){.kind = ring->count > 0 ? OGC_SHAPE_LINE
                                                      : OGC_SHAPE_NONE,
                              .rings = ring,
                              .ring_count = 1};
    if (ring->count > 0)
        ogc_shape_measure(out);
}

static bool get_line_box(const struct api_worker *worker, uint32_t index,
                         struct gaz_box *out)
{
    const struct gaz_coord *points;
    const size_t count = line_points(worker, index, &points);
    return ogc_border_box(points, count, out);
}

static void get_line_span(const struct api_worker *worker, uint32_t index,
                          gaz_date *from, gaz_date *to)
{
    *from = ledger_line(worker, index)->line.agreed_on;
    *to = GAZ_DATE_OPEN;
}

static void get_line_code(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, line_of(row)->code);
}

static void get_section(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, line_of(row)->section);
}

static void get_name(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, line_of(row)->name);
}

static void get_edition(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, line_of(row)->edition);
}

static void get_level(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_integer(out, line_of(row)->level);
}

static void get_side_a(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, line_of(row)->sides[0]);
}

static void get_side_b(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, line_of(row)->sides[1]);
}

static void get_left(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, line_of(row)->left);
}

static void get_status(const struct ogc_row *row, struct ogc_value *out)
{
    static const char *const NAMES[] = {"agreed", "draft", "disputed", "ended"};
    ogc_value_text(out, NAMES[line_of(row)->status]);
}

static void get_agreement(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, line_of(row)->agreement);
}

static void get_agreed_on(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_date(out, line_of(row)->agreed_on);
}

static void get_legal_text(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, line_of(row)->legal_text);
}

static void get_map_scale(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_integer(out, line_of(row)->map_scale);
    if (line_of(row)->map_scale == 0)
        ogc_value_null(out);
}

static void get_schematic(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_bool(out, line_of(row)->point_count == 0 ||
                            line_of(row)->is_schematic);
}

static void get_synthetic(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_bool(out, line_of(row)->is_synthetic);
}

static const struct ogc_property LINE_PROPERTIES[] = {
    {"line", OGC_TEXT, get_line_code, "界线代码", "code of the line"},
    {"section", OGC_TEXT, get_section, "段", "section of the line"},
    {"name", OGC_TEXT, get_name, "名称", "name"},
    {"edition", OGC_TEXT, get_edition, "版本",
     "edition of the agreement or the inspection"},
    {"level", OGC_INTEGER, get_level, "层级",
     "what it divides: 1 province ..."},
    {"side_a", OGC_TEXT, get_side_a, "甲方", "code of side A, the smaller"},
    {"side_b", OGC_TEXT, get_side_b, "乙方", "code of side B"},
    {"left", OGC_TEXT, get_left, "左侧", "code of the side on its left"},
    {"status", OGC_TEXT, get_status, "状态",
     "agreed, draft, disputed or ended"},
    {"schematic", OGC_BOOLEAN, get_schematic, "示意",
     "drawn for orientation; not the legal boundary"},
    {"agreement", OGC_TEXT, get_agreement, "协议书",
     "number of the agreement; with the role surveyor"},
    {"agreed_on", OGC_DATE, get_agreed_on, "协议日期",
     "day of the agreement; with the role surveyor"},
    {"legal_text", OGC_TEXT, get_legal_text, "位置和走向说明",
     "description of the line; with the role surveyor"},
    {"map_scale", OGC_INTEGER, get_map_scale, "附图比例尺分母",
     "denominator of the map's scale; with the role surveyor"},
    {"synthetic", OGC_BOOLEAN, get_synthetic, "程序生成",
     "made by a generator; never real"},
    {.name = NULL},
};

const struct ogc_collection OGC_BOUNDARY_LINES = {
    .name = "boundary-lines",
    .zh = "界线登记",
    .en = "Registered boundary lines",
    .about_zh = "本方登记的行政区域界线。公开的只有名称和示意线，协议坐标须有"
                "测绘权限。",
    .about_en = "Boundary lines as this side registers them. Public are names "
                "and the schematic line; agreed coordinates need the role "
                "surveyor.",
    .geometry = "linestring",
    .properties = LINE_PROPERTIES,
    .count = count_lines,
    .has = ogc_border_has,
    .id = write_line_id,
    .find = find_line,
    .shape = get_line_shape,
    .box = get_line_box,
    .span = get_line_span,
    .credit = credit_line,
    .load = ogc_border_load,
    .decimals = OGC_BORDER_DECIMALS,
};
