/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/register.h"

#include <math.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "importers/written.h"

enum { NAMES_MAX = 7, PHOTOS_MAX = 50, NAME_MAX_BYTES = 64 };

typedef enum {
    CODE,
    TYPE,
    MATERIAL,
    PLACE_A,
    PLACE_B,
    NORTH,
    EAST,
    HEIGHT,
    ACCURACY,
    HEIGHT_ACCURACY,
    MEASURED_ON,
    METHOD,
    MEASURED_BY,
    AGREED_NORTH,
    AGREED_EAST,
    AGREED_HEIGHT,
    AGREED_ON,
    NEXT_DISTANCE,
    NEXT_AZIMUTH,
    COURSE,
    MANAGER,
    INSPECTED,
    CONDITION,
    SET_ON,
    PHOTOS,
    OBJECTS,
    NOTE,
    FIELDS
} field;

/* What registers call their columns. North comes as X or latitude. */
static const char *const NAMES[FIELDS][NAMES_MAX] = {
    [CODE] = {"code", "界桩号", "编号", "界桩编号", "marker"},
    [TYPE] = {"type", "界桩类型"},
    [MATERIAL] = {"material", "材质"},
    [PLACE_A] = {"place_a", "甲方所在地"},
    [PLACE_B] = {"place_b", "乙方所在地"},
    [NORTH] = {"x", "north", "lat", "纬度", "实测X", "X坐标", "latitude"},
    [EAST] = {"y", "east", "lon", "经度", "实测Y", "Y坐标", "longitude"},
    [HEIGHT] = {"height", "h", "高程", "实测高程", "z"},
    [ACCURACY] = {"accuracy", "accuracy_m", "点位中误差"},
    [HEIGHT_ACCURACY] = {"height_accuracy", "height_accuracy_m", "高程中误差"},
    [MEASURED_ON] = {"measured_on", "测量日期", "施测日期"},
    [METHOD] = {"method", "测量方法"},
    [MEASURED_BY] = {"measured_by", "测量单位"},
    [AGREED_NORTH] = {"agreed_x", "agreed_north", "agreed_lat", "协议X",
                      "协议纬度"},
    [AGREED_EAST] = {"agreed_y", "agreed_east", "agreed_lon", "协议Y",
                     "协议经度"},
    [AGREED_HEIGHT] = {"agreed_height", "协议高程"},
    [AGREED_ON] = {"agreed_on", "协议日期"},
    [NEXT_DISTANCE] = {"next_distance", "至下一界桩距离"},
    [NEXT_AZIMUTH] = {"next_azimuth", "至下一界桩坐标方位角"},
    [COURSE] = {"course", "走向说明", "走向", "边界线走向说明"},
    [MANAGER] = {"manager", "管理方", "维护责任方"},
    [INSPECTED] = {"inspected_on", "检查日期"},
    [CONDITION] = {"condition", "状况", "界桩状况"},
    [SET_ON] = {"set_on", "埋设日期"},
    [PHOTOS] = {"photos", "照片"},
    [OBJECTS] = {"objects", "方位物"},
    [NOTE] = {"note", "备注"},
};

/* Of the object with number i, from 1. */
enum { NAME, AZIMUTH, DISTANCE, OBJECT_NORTH, OBJECT_EAST, OBJECT_COLUMNS };
static const char *const OBJECT_NAMES[OBJECT_COLUMNS][2] = {
    {"object%d", "方位物%d"},
    {"object%d_azimuth", "方位物%d方位角"},
    {"object%d_distance", "方位物%d距离"},
    {"object%d_x", "方位物%dX"},
    {"object%d_y", "方位物%dY"},
};

struct imp_register_table {
    struct imp_register_options options;
    int columns[FIELDS]; /* -1: not there */
    int objects[GAZ_BOUNDARY_OBJECTS_MAX][OBJECT_COLUMNS];
    bool has_geometry;
};

/* What a row is read with. */
struct taking {
    struct gaz_ctx *ctx;
    const struct imp_register_table *table;
    const struct imp_row *row;
    struct gaz_issue *issue; /* NULL: the row is good so far */
};

/* ---- columns ---- */

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

static int find_column(const struct imp_reader *reader, const char *name)
{
    for (int i = 0; i < reader->column_count; i++)
        if (is_named(reader->columns[i], name))
            return i;
    return -1;
}

static void find_objects(struct gaz_ctx *ctx, const struct imp_reader *reader,
                         struct imp_register_table *table)
{
    for (int i = 0; i < GAZ_BOUNDARY_OBJECTS_MAX; i++)
        for (int j = 0; j < OBJECT_COLUMNS; j++) {
            int *column = &table->objects[i][j];
            *column = -1;
            for (int k = 0; k < 2 && *column < 0; k++) {
                const char *pattern = OBJECT_NAMES[j][k];
                const char *at = strchr(pattern, '%');
                *column = find_column(reader,
                                      gaz_arena_printf(&ctx->arena, "%.*s%d%s",
                                                       (int)(at - pattern),
                                                       pattern, i + 1, at + 2));
            }
        }
}

struct imp_register_table *
imp_register_open(struct gaz_ctx *ctx, const struct imp_reader *reader,
                  const struct imp_register_options *options)
{
    struct imp_register_table *table =
        gaz_arena_alloc(&ctx->arena, sizeof(*table));
    table->options = *options;
    table->has_geometry = reader->has_geometry;
    for (int i = 0; i < FIELDS; i++) {
        table->columns[i] = -1;
        for (int k = 0; k < NAMES_MAX && NAMES[i][k]; k++)
            if (table->columns[i] < 0)
                table->columns[i] = find_column(reader, NAMES[i][k]);
    }
    find_objects(ctx, reader, table);
    return table;
}

imp_register_kind imp_register_is(const struct imp_register_table *table)
{
    if (table->columns[CODE] >= 0)
        return IMP_REGISTER_MARKERS;
    return table->columns[NORTH] >= 0 && table->columns[EAST] >= 0
               ? IMP_REGISTER_LIST
               : IMP_REGISTER_NOTHING;
}

bool imp_register_has_managers(const struct imp_register_table *table)
{
    return table->columns[MANAGER] >= 0;
}

/* ---- cells ---- */

static void refuse(struct taking *t, int column, const char *rule,
                   const char *zh, const char *en)
{
    if (t->issue)
        return;
    t->issue = gaz_arena_alloc(&t->ctx->arena, sizeof(*t->issue));
    *t->issue = (struct gaz_issue){
        .rule = rule,
        .severity = GAZ_SEVERITY_ERROR,
        .message = zh,
        .message_en = en,
        .column =
            column >= 0 && column < t->row->count
                ? gaz_arena_strdup(&t->ctx->arena, t->row->columns[column])
                : NULL};
}

static const char *trim(struct gaz_ctx *ctx, const char *text)
{
    size_t len;
    while (*text == ' ' || *text == '\t')
        text++;
    len = strlen(text);
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
        len--;
    return gaz_arena_strndup(&ctx->arena, text, len);
}

/* "" for a column that is not there. */
static const char *cell(const struct taking *t, int column)
{
    return column < 0 || column >= t->row->count
               ? ""
               : trim(t->ctx, t->row->values[column]);
}

static const char *text_of(const struct taking *t, field which)
{
    return cell(t, t->table->columns[which]);
}

/* An empty cell is no number and no failure. */
static bool number_at(struct taking *t, int column, double *out)
{
    const char *text = cell(t, column);
    double value = 0;
    if (!*text)
        return false;
    if (!gaz_text_parse_double(text, &value) || !isfinite(value)) {
        refuse(
            t, column, "I06",
            gaz_arena_printf(&t->ctx->arena, "“%.40s”不是数字", text),
            gaz_arena_printf(&t->ctx->arena, "'%.40s' is not a number", text));
        return false;
    }
    *out = value;
    return true;
}

static bool angle_at(struct taking *t, int column, double *out)
{
    const char *text = cell(t, column);
    if (!*text)
        return false;
    if (imp_written_angle(text, out))
        return true;
    refuse(t, column, "I06",
           gaz_arena_printf(&t->ctx->arena, "“%.40s”不是坐标或角度", text),
           gaz_arena_printf(&t->ctx->arena,
                            "'%.40s' is not a coordinate or an angle", text));
    return false;
}

static gaz_date day_of(struct taking *t, field which)
{
    const char *text = text_of(t, which);
    gaz_date day = GAZ_DATE_OPEN;
    if (*text && !imp_written_date(text, &day))
        refuse(t, t->table->columns[which], "I06",
               gaz_arena_printf(&t->ctx->arena, "“%.40s”不是日期", text),
               gaz_arena_printf(&t->ctx->arena, "'%.40s' is not a date", text));
    return day;
}

/* ---- a row ---- */

static void take_xy(struct taking *t, int first, int second,
                    struct imp_register_xy *out)
{
    double x = 0;
    double y = 0;
    const bool has_x = angle_at(t, first, &x);
    const bool has_y = angle_at(t, second, &y);
    *out = (struct imp_register_xy){
        .is_there = has_x && has_y, .north = x, .east = y};
    if (has_x != has_y) {
        const int missing = has_x ? second : first;
        const int given = has_x ? first : second;
        refuse(t, missing >= 0 ? missing : given, "I07", "坐标缺一半",
               "half a position");
    }
    if (t->table->options.is_east_north) {
        out->north = y;
        out->east = x;
    }
}

static void take_geometry(struct taking *t, struct imp_register_row *out)
{
    const struct imp_row *row = t->row;
    const bool is_turned = t->table->options.is_turned;
    if (out->measured.is_there || !row->has_xy)
        return;
    out->measured = (struct imp_register_xy){
        .is_there = isfinite(row->x) && isfinite(row->y),
        .north = is_turned ? row->x : row->y,
        .east = is_turned ? row->y : row->x};
    if (!out->measured.is_there)
        refuse(t, -1, "I07", "坐标不是数字", "the position is no number");
    if (row->has_z && !out->fix.has_height) {
        out->fix.has_height = true;
        out->fix.height_m = row->z;
    }
}

static void take_positions(struct taking *t, struct imp_register_row *out)
{
    const int *columns = t->table->columns;
    struct gaz_boundary_fix *agreed = &out->marker.agreed;
    take_xy(t, columns[NORTH], columns[EAST], &out->measured);
    take_xy(t, columns[AGREED_NORTH], columns[AGREED_EAST], &out->agreed);
    out->fix.has_height = number_at(t, columns[HEIGHT], &out->fix.height_m);
    take_geometry(t, out);
    (void)number_at(t, columns[ACCURACY], &out->fix.accuracy_m);
    (void)number_at(t, columns[HEIGHT_ACCURACY], &out->fix.height_accuracy_m);
    out->fix.on = day_of(t, MEASURED_ON);
    out->fix.method = text_of(t, METHOD);
    out->fix.by = text_of(t, MEASURED_BY);
    agreed->has_height =
        number_at(t, columns[AGREED_HEIGHT], &agreed->height_m);
    agreed->on = day_of(t, AGREED_ON);
    agreed->method = agreed->by = "";
    if (out->fix.accuracy_m < 0 || out->fix.height_accuracy_m < 0)
        refuse(t, columns[ACCURACY], "I06", "中误差小于零",
               "an accuracy below 0");
}

static bool is_object(const struct gaz_boundary_object *object)
{
    return object->azimuth_deg >= 0 && object->azimuth_deg <= 360 &&
           object->distance_m >= 0;
}

static struct gaz_boundary_object *add_object(struct taking *t,
                                              struct gaz_boundary_object object,
                                              struct gaz_boundary_marker *out)
{
    struct gaz_boundary_object *objects =
        (struct gaz_boundary_object *)out->objects;
    if (!objects)
        objects = gaz_arena_array(&t->ctx->arena, GAZ_BOUNDARY_OBJECTS_MAX,
                                  sizeof(*objects));
    out->objects = objects;
    if (out->object_count == GAZ_BOUNDARY_OBJECTS_MAX) {
        refuse(t, t->table->columns[OBJECTS], "I03", "方位物多于9个",
               "more than 9 reference objects");
        return NULL;
    }
    if (object.azimuth_deg >= 360)
        object.azimuth_deg = 0;
    objects[out->object_count] = object;
    return &objects[out->object_count++];
}

static void refuse_object(struct taking *t, int column)
{
    refuse(t, column, "I06", "方位物的方位角应为0至360度，距离不小于零",
           "a reference object has an azimuth of 0 to 360 degrees and a "
           "distance of 0 or more");
}

/* Columns of its own for each. */
static void take_columns(struct taking *t, struct imp_register_row *out)
{
    for (int i = 0; i < GAZ_BOUNDARY_OBJECTS_MAX; i++) {
        const int *columns = t->table->objects[i];
        struct gaz_boundary_object object = {.name = cell(t, columns[NAME])};
        struct imp_register_xy at;
        out->has_objects = out->has_objects || columns[NAME] >= 0;
        const bool has_azimuth =
            angle_at(t, columns[AZIMUTH], &object.azimuth_deg);
        const bool has_distance =
            number_at(t, columns[DISTANCE], &object.distance_m);
        take_xy(t, columns[OBJECT_NORTH], columns[OBJECT_EAST], &at);
        if (!is_object(&object))
            refuse_object(t, columns[NAME]);
        else if (has_azimuth && has_distance &&
                 add_object(t, object, &out->marker))
            out->object_at[out->marker.object_count - 1] = at;
    }
}

/* "桥头|227.17|15.3;水闸|0|40" */
static void take_list(struct taking *t, struct imp_register_row *out)
{
    const int column = t->table->columns[OBJECTS];
    const char *text = cell(t, column);
    struct gaz_arena *arena = &t->ctx->arena;
    out->has_objects = out->has_objects || column >= 0;
    while (*text) {
        const size_t len = strcspn(text, ";");
        const char *one = gaz_arena_strndup(arena, text, len);
        const size_t name = strcspn(one, "|");
        const char *rest = one[name] ? one + name + 1 : "";
        const size_t angle = strcspn(rest, "|");
        struct gaz_boundary_object object = {
            .name = gaz_arena_strndup(arena, one, name)};
        text += len + (text[len] == ';');
        if (len == 0)
            continue;
        if (!rest[angle] ||
            !imp_written_angle(gaz_arena_strndup(arena, rest, angle),
                               &object.azimuth_deg) ||
            !gaz_text_parse_double(rest + angle + 1, &object.distance_m) ||
            !is_object(&object))
            refuse_object(t, column);
        else
            (void)add_object(t, object, &out->marker);
    }
}

/* "a.jpg;b.jpg": references, never pictures. */
static void take_photos(struct taking *t, struct gaz_boundary_marker *out)
{
    const char *text = text_of(t, PHOTOS);
    if (!*text)
        return;
    struct gaz_boundary_photo *photos =
        gaz_arena_array(&t->ctx->arena, PHOTOS_MAX, sizeof(*photos));
    while (*text && out->photo_count < PHOTOS_MAX) {
        const size_t len = strcspn(text, ";");
        if (len > 0)
            photos[out->photo_count++] = (struct gaz_boundary_photo){
                .ref = gaz_arena_strndup(&t->ctx->arena, text, len),
                .sha256 = ""};
        text += len + (text[len] == ';');
    }
    if (*text)
        refuse(t, t->table->columns[PHOTOS], "I03", "照片多于50张",
               "more than 50 photos");
    out->photos = photos;
}

static void take_next(struct taking *t, struct gaz_boundary_marker *out)
{
    const int *columns = t->table->columns;
    const bool has_distance =
        number_at(t, columns[NEXT_DISTANCE], &out->next_distance_m);
    const bool has_azimuth =
        angle_at(t, columns[NEXT_AZIMUTH], &out->next_azimuth_deg);
    if (!has_distance || !has_azimuth)
        out->next_distance_m = 0;
}

static void take_marker(struct taking *t, struct imp_register_row *out)
{
    struct gaz_boundary_marker *marker = &out->marker;
    marker->code = text_of(t, CODE);
    marker->type = text_of(t, TYPE);
    marker->material = text_of(t, MATERIAL);
    marker->place[0] = text_of(t, PLACE_A);
    marker->place[1] = text_of(t, PLACE_B);
    marker->course = text_of(t, COURSE);
    marker->manager = text_of(t, MANAGER);
    marker->condition = text_of(t, CONDITION);
    marker->note = text_of(t, NOTE);
    marker->inspected_on = day_of(t, INSPECTED);
    marker->set_on = day_of(t, SET_ON);
    out->has_inspected = t->table->columns[INSPECTED] >= 0;
    out->has_condition = t->table->columns[CONDITION] >= 0;
    take_positions(t, out);
    take_columns(t, out);
    take_list(t, out);
    take_photos(t, marker);
    take_next(t, marker);
    if (imp_register_is(t->table) == IMP_REGISTER_MARKERS && !marker->code[0])
        refuse(t, t->table->columns[CODE], "I05", "没有界桩号",
               "no code of the marker");
    if (imp_register_is(t->table) == IMP_REGISTER_LIST &&
        !out->measured.is_there)
        refuse(t, t->table->columns[NORTH], "I07", "没有坐标", "no position");
}

const struct gaz_issue *
imp_register_take(struct gaz_ctx *ctx, const struct imp_register_table *table,
                  const struct imp_row *row, struct imp_register_row *out)
{
    struct taking t = {.ctx = ctx, .table = table, .row = row};
    *out = (struct imp_register_row){.line = row->line, .number = row->number};
    if (!row->error) {
        take_marker(&t, out);
        return t.issue;
    }
    refuse(&t, -1, row->error_rule ? row->error_rule : "I08",
           row->error_zh ? row->error_zh : row->error, row->error);
    return t.issue;
}
