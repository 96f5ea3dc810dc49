/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/offset.h"

#include <math.h>
#include <string.h>

#include "gazetteer/search/along.h"
#include "gazetteer/search/label.h"
#include "gazetteer/search/reasons.h"

static const double METRES_PER_DEGREE = 6371008.8 * 0.017453292519943295;
static const double RADIANS_PER_DEGREE = 0.017453292519943295;
static const double CROSSING_M = 25;     /* the size of a crossing */
static const double CORNER_M = 15;       /* from its middle to a corner */
static const double OFFSET_MAX_M = 5000; /* further is another place */
/* 东 is anything within an eighth of a turn: half a chord of the distance. */
static const double DIRECTION_SHARE = 0.4;

/* The text while it gets shorter. */
struct rest {
    const char *text;
    size_t size;
};

static bool drop(struct rest *r, const char *word)
{
    size_t size = strlen(word);
    if (r->size < size || memcmp(r->text + r->size - size, word, size) != 0)
        return false;
    r->size -= size;
    return true;
}

static bool drop_any(struct rest *r, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (drop(r, words[i]))
            return true;
    return false;
}

#define DROP_ANY(rest, words)                                                  \
    drop_any((rest), (words), sizeof(words) / sizeof((words)[0]))

static bool drop_direction(struct rest *r, double *bearing)
{
    static const struct {
        const char *word;
        double bearing;
    } DIRECTIONS[] = {{"东北", 45}, {"东南", 135}, {"西南", 225}, {"西北", 315},
                      {"东", 90},   {"南", 180},   {"西", 270},   {"北", 0}};
    for (size_t i = 0; i < sizeof(DIRECTIONS) / sizeof(DIRECTIONS[0]); i++)
        if (drop(r, DIRECTIONS[i].word)) {
            *bearing = DIRECTIONS[i].bearing;
            return true;
        }
    return false;
}

/* 东侧约50米 */
static bool read_distance(struct rest *r, struct gaz_offset *out)
{
    static const char *const BEFORE[] = {"往", "向", "以"};
    static const char *const ABOUT[] = {"约", "大约", "近"};
    static const char *const SIDES[] = {"方向", "侧", "面", "边", "首", "方"};
    struct rest left = *r;
    (void)drop(&left, "处");
    double unit = drop(&left, "公里") ? 1000 : 1;
    if (unit == 1 && !drop(&left, "米") && !drop(&left, "m"))
        return false;
    double value = 0;
    double ten = 1;
    size_t end = left.size;
    while (left.size > 0 && left.text[left.size - 1] >= '0' &&
           left.text[left.size - 1] <= '9') {
        value += ten * (left.text[--left.size] - '0');
        ten *= 10;
    }
    if (left.size == end || value * unit > OFFSET_MAX_M)
        return false;
    (void)DROP_ANY(&left, ABOUT);
    (void)DROP_ANY(&left, SIDES);
    if (!drop_direction(&left, &out->bearing))
        return false;
    (void)DROP_ANY(&left, BEFORE);
    out->has_direction = true;
    out->metres = value * unit;
    *r = left;
    return true;
}

/* 东北角 */
static bool read_corner(struct rest *r, struct gaz_offset *out)
{
    struct rest left = *r;
    if (!drop(&left, "角") || !drop_direction(&left, &out->bearing))
        return false;
    out->has_direction = true;
    out->metres = CORNER_M;
    *r = left;
    return true;
}

static bool ends_road(const struct rest *r)
{
    static const char *const ROADS[] = {"路", "街", "道", "弄", "巷", "线"};
    struct rest left = *r;
    return DROP_ANY(&left, ROADS);
}

/* 人民路口 is 口 of 人民路, 人民路路口 is 路口 of it. */
static bool drop_crossing(struct rest *r)
{
    static const char *const WORDS[] = {"交叉路口", "十字路口", "交叉口",
                                        "交汇处",   "交界处",   "交接处",
                                        "交叉处",   "交口"};
    static const char *const ROADS[] = {"路口", "街口", "道口", "弄口"};
    if (DROP_ANY(r, WORDS))
        return true;
    struct rest left = *r;
    if (!DROP_ANY(&left, ROADS))
        return false;
    if (!ends_road(&left))
        left.size += strlen("路");
    *r = left;
    return true;
}

/* Splits A路与B路; the rest becomes A路. */
static bool split_roads(struct rest *r, struct rest *other)
{
    static const char *const JOINTS[] = {"与", "和", "、", "/", "-", "及"};
    for (size_t at = r->size; at > 0; at--) {
        struct rest left = {r->text, at};
        if (!DROP_ANY(&left, JOINTS) || !ends_road(&left))
            continue;
        *other = (struct rest){r->text + at, r->size - at};
        *r = left;
        return other->size > 0;
    }
    return false;
}

gaz_status gaz_offset_read(struct gaz_ctx *ctx, struct gaz_asked *asked,
                           struct gaz_offset *out)
{
    struct rest r = {asked->text, asked->size};
    *out = (struct gaz_offset){.rest = ""};
    if (!read_distance(&r, out))
        (void)read_corner(&r, out);
    struct rest base = r;
    struct rest other;
    gaz_status status = GAZ_OK;
    if (drop_crossing(&base) && split_roads(&base, &other)) {
        status = gaz_query_key(ctx, asked->unicode, other.text, other.size,
                               &out->other, &out->other_size);
        r = base;
    }
    if (r.size == asked->size)
        return status;
    if (r.size == 0) { /* nothing to be beside of */
        *out = (struct gaz_offset){.rest = ""};
        return status;
    }
    out->rest = asked->text + r.size;
    out->rest_size = (int)(asked->size - r.size);
    asked->size = r.size;
    return status;
}

/* The road of that name which the answer's road meets. */
static uint32_t find_crossed(const struct gaz_snapshot *snap,
                             const struct gaz_offset *offset, uint32_t road,
                             struct gaz_coord *at)
{
    struct gaz_snap_span span;
    gaz_snapshot_find(snap, GAZ_KEY_NAME, offset->other,
                      (size_t)offset->other_size, &span);
    for (uint32_t i = 0; i < span.count; i++) {
        double gap_m;
        if (span.items[i].place != road &&
            gaz_along_crossing(snap, road, span.items[i].place, at, &gap_m))
            return span.items[i].place;
    }
    return GAZ_NONE;
}

static void apply_crossing(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           const struct gaz_offset *offset,
                           struct gaz_answer *answer)
{
    struct gaz_coord at;
    uint32_t other = find_crossed(snap, offset, answer->place, &at);
    if (other == GAZ_NONE) {
        gaz_reasons_add(answer, "crossing_unknown",
                        gaz_arena_printf(&ctx->arena,
                                         "没有两路交叉处的几何数据，未用“%.*s”",
                                         offset->other_size, offset->other),
                        gaz_arena_printf(&ctx->arena,
                                         "where it crosses %.*s is not known",
                                         offset->other_size, offset->other));
        return;
    }
    answer->position.coord = at;
    answer->position.method = (snap->places[other].flags & GAZ_SNAP_SYNTHETIC)
                                  ? GAZ_METHOD_SYNTHETIC
                                  : GAZ_METHOD_DERIVED;
    answer->position.accuracy_m = CROSSING_M;
    const char *name = gaz_label_name(snap, other, 0);
    gaz_reasons_add(answer, "crossing",
                    gaz_arena_printf(&ctx->arena, "位置为与%s的交叉处", name),
                    gaz_arena_printf(&ctx->arena,
                                     "position of the crossing with %s", name));
}

/* An offset says something only where the base is known as well as that. */
static bool is_known(const struct gaz_offset *offset,
                     const struct gaz_answer *answer)
{
    static const double ROOM_M = 100;
    return answer->position.method != GAZ_METHOD_NONE &&
           answer->position.method != GAZ_METHOD_INHERITED &&
           answer->position.accuracy_m > 0 &&
           answer->position.accuracy_m <= offset->metres + ROOM_M;
}

void gaz_offset_apply(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_offset *offset,
                      struct gaz_answer *answer)
{
    size_t reasons = (size_t)answer->reason_count;
    if (offset->other)
        apply_crossing(ctx, snap, offset, answer);
    bool crossed = !offset->other ||
                   ((size_t)answer->reason_count > reasons &&
                    strcmp(answer->reasons[reasons].code, "crossing") == 0);
    if (!offset->has_direction)
        return;
    if (!crossed || !is_known(offset, answer)) {
        gaz_reasons_add(answer, "offset_unknown", "起点位置不够准确，未加偏移",
                        "the base is not known well enough for the offset");
        return;
    }
    struct gaz_position *position = &answer->position;
    double angle = offset->bearing * RADIANS_PER_DEGREE;
    double x_m =
        METRES_PER_DEGREE * cos(position->coord.lat * RADIANS_PER_DEGREE);
    position->coord.lon += offset->metres * sin(angle) / x_m;
    position->coord.lat += offset->metres * cos(angle) / METRES_PER_DEGREE;
    position->accuracy_m += DIRECTION_SHARE * offset->metres;
    if (position->method != GAZ_METHOD_SYNTHETIC)
        position->method = GAZ_METHOD_DERIVED;
    gaz_reasons_add(
        answer, "offset",
        gaz_arena_printf(&ctx->arena, "已按文字偏移%.0f米", offset->metres),
        gaz_arena_printf(&ctx->arena, "moved %.0f m as the text says",
                         offset->metres));
}
