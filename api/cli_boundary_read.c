/* SPDX-License-Identifier: Apache-2.0 */
/* cli_boundary_read.c - registers of markers and lines, from files. */
#include <string.h>

#include "api/cli_boundary.h"
#include "gazetteer/base/text.h"
#include "gazetteer/geo/crs.h"
#include "importers/open.h"
#include "importers/wkb.h"

enum { NAMES_MAX = 6, ROWS_MAX = 100000 };

typedef enum {
    CODE,
    NORTH,
    EAST,
    HEIGHT,
    AGREED_NORTH,
    AGREED_EAST,
    AGREED_HEIGHT,
    NEXT_DISTANCE,
    NEXT_AZIMUTH,
    MANAGER,
    INSPECTED,
    CONDITION,
    NOTE,
    COURSE,
    FIELDS
} field;

/* What registers call their columns. North comes as X or latitude. */
static const char *const NAMES[FIELDS][NAMES_MAX] = {
    [CODE] = {"code", "界桩号", "编号", "界桩编号"},
    [NORTH] = {"x", "north", "lat", "纬度", "实测X"},
    [EAST] = {"y", "east", "lon", "经度", "实测Y"},
    [HEIGHT] = {"height", "h", "高程", "实测高程"},
    [AGREED_NORTH] = {"agreed_x", "agreed_north", "agreed_lat", "协议X",
                      "协议纬度"},
    [AGREED_EAST] = {"agreed_y", "agreed_east", "agreed_lon", "协议Y",
                     "协议经度"},
    [AGREED_HEIGHT] = {"agreed_height", "协议高程"},
    [NEXT_DISTANCE] = {"next_distance", "至下一界桩距离"},
    [NEXT_AZIMUTH] = {"next_azimuth", "至下一界桩坐标方位角"},
    [MANAGER] = {"manager", "管理方", "维护责任方"},
    [INSPECTED] = {"inspected_on", "检查日期"},
    [CONDITION] = {"condition", "状况", "界桩状况"},
    [NOTE] = {"note", "备注"},
    [COURSE] = {"course", "走向说明", "走向"},
};

struct source {
    const char *path;
    struct gaz_crs *crs;   /* of the file */
    struct gaz_crs *plane; /* where it goes */
    bool is_plane;         /* both are the same */
    int columns[FIELDS];   /* -1: not there */
};

static bool is_named(const char *column, const char *name)
{
    size_t i = 0;
    for (; column[i] && name[i]; i++) {
        const char c = column[i] >= 'A' && column[i] <= 'Z'
                           ? (char)(column[i] - 'A' + 'a')
                           : column[i];
        if (c != name[i] && column[i] != name[i])
            return false;
    }
    return column[i] == name[i];
}

static void find_columns(struct source *source, const struct imp_row *row)
{
    for (int i = 0; i < FIELDS; i++) {
        source->columns[i] = -1;
        for (int j = 0; j < row->count && source->columns[i] < 0; j++)
            for (int k = 0; k < NAMES_MAX && NAMES[i][k]; k++)
                if (is_named(row->columns[j], NAMES[i][k]))
                    source->columns[i] = j;
    }
}

static const char *cell(const struct source *source, const struct imp_row *row,
                        field which)
{
    const int column = source->columns[which];
    return column < 0 ? NULL : row->values[column];
}

static gaz_status refuse(struct gaz_ctx *ctx, const struct source *source,
                         const struct imp_row *row, const char *why)
{
    return row->line > 0 ? gaz_fail(ctx, GAZ_INVALID, "%s:%lld: %s",
                                    source->path, (long long)row->line, why)
                         : gaz_fail(ctx, GAZ_INVALID, "%s: row %lld: %s",
                                    source->path, (long long)row->number, why);
}

/* An empty cell is no number and no failure. */
static gaz_status take_number(struct gaz_ctx *ctx, const struct source *source,
                              const struct imp_row *row, field which,
                              double *out, bool *has)
{
    const char *text = cell(source, row, which);
    *has = text && *text;
    if (*has && !gaz_text_parse_double(text, out))
        return refuse(ctx, source, row,
                      gaz_arena_printf(&ctx->arena,
                                       "column %d: '%s' is not a "
                                       "number",
                                       source->columns[which] + 1, text));
    return GAZ_OK;
}

/* Brings a position to the plane. A measured one that its system refuses stays
 * as it is: the checks then name the slip. */
static gaz_status turn(struct gaz_ctx *ctx, const struct source *source,
                       const struct imp_row *row, bool is_agreed,
                       struct gaz_grid *at)
{
    struct gaz_coord coord;
    struct gaz_ctx try = {0};
    gaz_status status =
        gaz_crs_to_cgcs2000(&try, source->crs, at->east_m, at->north_m, &coord);
    if (status == GAZ_OK && !source->is_plane)
        status = gaz_crs_from_cgcs2000(&try, source->plane, coord, &at->east_m,
                                       &at->north_m);
    if (status != GAZ_OK && is_agreed)
        status = refuse(ctx, source, row,
                        gaz_arena_printf(&ctx->arena, "agreed position: %s",
                                         gaz_ctx_failure(&try)));
    else
        status = GAZ_OK;
    gaz_ctx_close(&try);
    return status;
}

static gaz_status take_position(struct gaz_ctx *ctx,
                                const struct source *source,
                                const struct imp_row *row, bool is_agreed,
                                struct gaz_grid *out, bool *has)
{
    bool has_north;
    bool has_east;
    gaz_status status =
        take_number(ctx, source, row, is_agreed ? AGREED_NORTH : NORTH,
                    &out->north_m, &has_north);
    if (status == GAZ_OK)
        status = take_number(ctx, source, row, is_agreed ? AGREED_EAST : EAST,
                             &out->east_m, &has_east);
    if (status != GAZ_OK)
        return status;
    if (has_north != has_east)
        return refuse(ctx, source, row, "half a position");
    *has = has_north;
    return *has ? turn(ctx, source, row, is_agreed, out) : GAZ_OK;
}

static const char *copy(struct gaz_ctx *ctx, const struct source *source,
                        const struct imp_row *row, field which)
{
    return gaz_arena_strdup(&ctx->arena, cell(source, row, which));
}

/* ---- objects ---- */

/* A part of the n-th object, by the name of its column: "object1_azimuth",
 * "方位物1方位角". NULL: no such column. */
static const char *object_cell(struct gaz_ctx *ctx, const struct imp_row *row,
                               int n, const char *en, const char *zh)
{
    const char *names[] = {gaz_arena_printf(&ctx->arena, "object%d%s", n, en),
                           gaz_arena_printf(&ctx->arena, "方位物%d%s", n, zh)};
    for (int i = 0; i < row->count; i++)
        for (int j = 0; j < 2; j++)
            if (is_named(row->columns[i], names[j]))
                return row->values[i];
    return NULL;
}

static gaz_status object_number(struct gaz_ctx *ctx,
                                const struct source *source,
                                const struct imp_row *row, const char *text,
                                double *out)
{
    if (text && *text && !gaz_text_parse_double(text, out))
        return refuse(ctx, source, row,
                      gaz_arena_printf(&ctx->arena,
                                       "object: '%s' is not a number", text));
    return GAZ_OK;
}

static gaz_status take_object(struct gaz_ctx *ctx, const struct source *source,
                              const struct imp_row *row, int n,
                              struct gaz_survey_object *out)
{
    const char *azimuth = object_cell(ctx, row, n, "_azimuth", "方位角");
    const char *distance = object_cell(ctx, row, n, "_distance", "距离");
    const char *north = object_cell(ctx, row, n, "_x", "X");
    const char *east = object_cell(ctx, row, n, "_y", "Y");
    gaz_status status =
        object_number(ctx, source, row, azimuth, &out->azimuth_deg);
    if (status == GAZ_OK)
        status = object_number(ctx, source, row, distance, &out->distance_m);
    if (status == GAZ_OK)
        status = object_number(ctx, source, row, north, &out->at.north_m);
    if (status == GAZ_OK)
        status = object_number(ctx, source, row, east, &out->at.east_m);
    out->has_position = north && *north && east && *east;
    return status == GAZ_OK && out->has_position
               ? turn(ctx, source, row, false, &out->at)
               : status;
}

/* A register without the columns says nothing about objects. */
static gaz_status take_objects(struct gaz_ctx *ctx, const struct source *source,
                               const struct imp_row *row,
                               struct gaz_survey_marker *out)
{
    enum { OBJECTS_MAX = 9 };
    gaz_status status = GAZ_OK;
    if (!object_cell(ctx, row, 1, "", ""))
        return GAZ_OK;
    struct gaz_survey_object *objects =
        gaz_arena_array(&ctx->arena, OBJECTS_MAX, sizeof(*objects));
    for (int n = 1; n <= OBJECTS_MAX && status == GAZ_OK; n++) {
        const char *name = object_cell(ctx, row, n, "", "");
        if (!name || !*name)
            continue;
        struct gaz_survey_object *object = &objects[out->object_count++];
        object->name = gaz_arena_strdup(&ctx->arena, name);
        status = take_object(ctx, source, row, n, object);
    }
    out->objects = objects;
    return status;
}

static gaz_status take_marker(struct gaz_ctx *ctx, const struct source *source,
                              const struct imp_row *row,
                              struct gaz_survey_marker *out)
{
    bool has_height = false;
    bool has_agreed_height = false;
    bool has_distance = false;
    bool has_azimuth = false;
    if (row->error)
        return refuse(ctx, source, row, row->error);
    *out = (struct gaz_survey_marker){
        .code = copy(ctx, source, row, CODE),
        .manager = copy(ctx, source, row, MANAGER),
        .inspected_on = copy(ctx, source, row, INSPECTED),
        .condition = copy(ctx, source, row, CONDITION),
        .note = copy(ctx, source, row, NOTE),
        .course = copy(ctx, source, row, COURSE)};
    gaz_status status = take_position(ctx, source, row, false, &out->measured,
                                      &out->has_measured);
    if (status == GAZ_OK)
        status = take_position(ctx, source, row, true, &out->agreed,
                               &out->has_agreed);
    if (status == GAZ_OK)
        status = take_number(ctx, source, row, HEIGHT, &out->measured_height_m,
                             &has_height);
    if (status == GAZ_OK)
        status = take_number(ctx, source, row, AGREED_HEIGHT,
                             &out->agreed_height_m, &has_agreed_height);
    if (status == GAZ_OK)
        status = take_number(ctx, source, row, NEXT_DISTANCE,
                             &out->next_distance_m, &has_distance);
    if (status == GAZ_OK)
        status = take_number(ctx, source, row, NEXT_AZIMUTH,
                             &out->next_azimuth_deg, &has_azimuth);
    if (status == GAZ_OK)
        status = take_objects(ctx, source, row, out);
    out->has_heights = has_height && has_agreed_height;
    if (!has_distance || !has_azimuth)
        out->next_distance_m = 0;
    return status;
}

/* ---- files ---- */

static gaz_status open_source(struct gaz_ctx *ctx, const char *path,
                              const char *crs_name,
                              const struct gaz_survey_options *options,
                              struct source *source, struct imp_reader **reader)
{
    const struct imp_mapping mapping = {.format = IMP_FORMAT_AUTO};
    *source = (struct source){
        .path = path, .is_plane = strcmp(crs_name, options->plane_crs) == 0};
    gaz_status status = gaz_crs_open(ctx, crs_name, &source->crs);
    if (status == GAZ_OK)
        status = gaz_crs_open(ctx, options->plane_crs, &source->plane);
    if (status == GAZ_OK)
        status = imp_open_reader(ctx, path, &mapping, reader);
    if (status == GAZ_NOT_FOUND && !ctx->failure[0])
        (void)gaz_fail(ctx, status, "no file '%s'", path);
    return status;
}

static void close_source(struct source *source, struct imp_reader *reader)
{
    imp_reader_close(reader);
    gaz_crs_close(source->plane);
    gaz_crs_close(source->crs);
}

struct register_rows {
    struct gaz_survey_marker *items;
    size_t count;
    size_t capacity;
};

static struct gaz_survey_marker *add_row(struct gaz_ctx *ctx,
                                         struct register_rows *rows)
{
    if (rows->count == rows->capacity) {
        const size_t bigger = rows->capacity ? 2 * rows->capacity : 64;
        const size_t bytes = sizeof(*rows->items);
        rows->items = gaz_arena_grow(&ctx->arena, rows->items,
                                     rows->capacity * bytes, bigger * bytes);
        rows->capacity = bigger;
    }
    return &rows->items[rows->count++];
}

static gaz_status read_rows(struct gaz_ctx *ctx, struct source *source,
                            struct imp_reader *reader,
                            struct register_rows *rows)
{
    struct imp_row row;
    gaz_status status;
    while ((status = imp_reader_next(ctx, reader, &row)) == GAZ_OK) {
        if (rows->count == 0)
            find_columns(source, &row);
        if (source->columns[CODE] < 0)
            return gaz_fail(ctx, GAZ_INVALID,
                            "%s: no column 'code' or '界桩号'", source->path);
        if (rows->count == ROWS_MAX)
            return gaz_fail(ctx, GAZ_LIMIT, "%s: more than %d markers",
                            source->path, ROWS_MAX);
        status = take_marker(ctx, source, &row, add_row(ctx, rows));
        if (status != GAZ_OK)
            return status;
    }
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status api_cli_boundary_read_markers(
    struct gaz_ctx *ctx, const char *path, const char *crs_name,
    const struct gaz_survey_options *options, struct gaz_survey *out)
{
    struct source source;
    struct imp_reader *reader = NULL;
    struct register_rows rows = {.count = 0};
    gaz_status status =
        open_source(ctx, path, crs_name, options, &source, &reader);
    if (status == GAZ_OK)
        status = read_rows(ctx, &source, reader, &rows);
    if (status == GAZ_OK && rows.count == 0)
        status = gaz_fail(ctx, GAZ_INVALID, "%s: no marker", path);
    out->markers = rows.items;
    out->marker_count = rows.count;
    out->has_managers = rows.count > 0 && source.columns[MANAGER] >= 0;
    close_source(&source, reader);
    return status;
}

struct line_points {
    struct gaz_grid *items;
    size_t count;
    size_t capacity;
};

static gaz_status turn_vertex(struct gaz_ctx *ctx, void *user, double x,
                              double y, struct gaz_coord *out)
{
    return gaz_crs_to_cgcs2000(ctx, user, x, y, out);
}

static gaz_status add_part(struct gaz_ctx *ctx, const struct source *source,
                           const struct imp_line_part *part,
                           struct line_points *line)
{
    const size_t need = line->count + part->count;
    if (need > line->capacity) {
        const size_t bigger = 2 * need;
        const size_t bytes = sizeof(*line->items);
        line->items = gaz_arena_grow(&ctx->arena, line->items,
                                     line->count * bytes, bigger * bytes);
        line->capacity = bigger;
    }
    for (size_t i = 0; i < part->count; i++) {
        struct gaz_grid *at = &line->items[line->count++];
        gaz_status status = gaz_crs_from_cgcs2000(
            ctx, source->plane, part->points[i], &at->east_m, &at->north_m);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

static gaz_status take_line(struct gaz_ctx *ctx, struct source *source,
                            const struct imp_row *row, struct line_points *line)
{
    const struct imp_wkb_transform transform = {turn_vertex, source->crs};
    struct imp_shape shape;
    struct imp_line_part *parts;
    size_t count;
    if (row->error)
        return refuse(ctx, source, row, row->error);
    if (!row->wkb)
        return GAZ_OK;
    gaz_status status =
        imp_wkb_transform(ctx, row->wkb, row->wkb_size, &transform, &shape);
    if (status != GAZ_OK ||
        (shape.type != IMP_WKB_LINE && shape.type != IMP_WKB_MULTILINE))
        return status;
    status = imp_wkb_lines(ctx, &shape, &parts, &count);
    for (size_t i = 0; i < count && status == GAZ_OK; i++)
        status = add_part(ctx, source, &parts[i], line);
    return status;
}

static gaz_status read_lines(struct gaz_ctx *ctx, struct source *source,
                             struct imp_reader *reader,
                             struct line_points *line)
{
    struct imp_row row;
    gaz_status status;
    while ((status = imp_reader_next(ctx, reader, &row)) == GAZ_OK) {
        status = take_line(ctx, source, &row, line);
        if (status != GAZ_OK)
            return status;
    }
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status api_cli_boundary_read_line(struct gaz_ctx *ctx, const char *path,
                                      const char *crs_name,
                                      const struct gaz_survey_options *options,
                                      struct gaz_survey *out)
{
    struct source source;
    struct imp_reader *reader = NULL;
    struct line_points line = {.count = 0};
    gaz_status status =
        open_source(ctx, path, crs_name, options, &source, &reader);
    if (status == GAZ_OK)
        status = read_lines(ctx, &source, reader, &line);
    if (status == GAZ_OK && line.count < 2)
        status = gaz_fail(ctx, GAZ_INVALID, "%s: no line", path);
    close_source(&source, reader);
    out->line = line.items;
    out->line_count = line.count;
    return status;
}
