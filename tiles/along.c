/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/along.h"

#include <math.h>
#include <stdlib.h>

static const double PI = 3.14159265358979323846;

/* A spot on the path, in 1/64 pixel of scale 1 from the corner of the world. */
struct spot {
    double x;
    double y;
};

struct walk {
    const struct tile_course *course;
    double unit; /* world units in 1/64 pixel */
    bool is_backwards;
    double start; /* 1/64 pixels from the path's start to the text's middle */
};

static struct spot spot_at(const struct walk *walk, double along)
{
    const struct tile_course *c = walk->course;
    double length =
        (walk->start + (walk->is_backwards ? -along : along)) * walk->unit;
    uint32_t low = 0;
    uint32_t high = c->count - 1;
    while (low + 1 < high) {
        uint32_t middle = (low + high) / 2;
        if ((double)c->lengths[middle] <= length)
            low = middle;
        else
            high = middle;
    }
    struct tile_point a = c->points[low];
    struct tile_point b = c->points[low + 1];
    double whole = (double)(c->lengths[low + 1] - c->lengths[low]);
    double part = whole > 0 ? (length - (double)c->lengths[low]) / whole : 0;
    return (struct spot){
        (a.x + ((double)b.x - a.x) * part) / walk->unit,
        (a.y + ((double)b.y - a.y) * part) / walk->unit,
    };
}

static struct tile_rect box_around(struct spot at, int size)
{
    int64_t half = size / 2 + 2;
    int64_t x = (int64_t)floor(at.x / 64);
    int64_t y = (int64_t)floor(at.y / 64);
    return (struct tile_rect){x - half, y - half, x + half, y + half};
}

/* Where the characters stand from the text's middle, in 1/64 pixel. */
static double offset_of(const struct tile_text *text, uint32_t i,
                        bool is_column, int size, double width)
{
    if (is_column)
        return (i + 0.5) * (size * 64 * 1.08) - width / 2;
    return text->marks[i].dx + text->marks[i].middle - width / 2;
}

static double turn_between(double a, double b)
{
    double d = fabs(a - b);
    return d > PI ? 2 * PI - d : d;
}

static bool put_all(const struct walk *walk, const struct tile_text *text,
                    const struct tile_text_look *look, bool is_column,
                    double width, double max_turn, struct tile_along *out)
{
    double before = 0;
    struct spot last = {0, 0};
    for (uint32_t i = 0; i < text->count; i++) {
        double along = offset_of(text, i, is_column, look->size, width);
        struct spot at = spot_at(walk, along);
        struct spot back = spot_at(walk, along - look->size * 32);
        struct spot ahead = spot_at(walk, along + look->size * 32);
        double angle = atan2(ahead.y - back.y, ahead.x - back.x);
        double apart = hypot(at.x - last.x, at.y - last.y);
        double wanted =
            along - offset_of(text, i - (i > 0), is_column, look->size, width);
        /* Where the path doubles back characters would stand on each other. */
        bool is_bent = !is_column && turn_between(angle, before) > max_turn;
        if (i > 0 && (is_bent || apart < 0.8 * wanted))
            return false;
        before = angle;
        last = at;
        int turn = (int)lround(angle * TILE_GLYPH_TURNS / (2 * PI));
        turn = (turn + TILE_GLYPH_TURNS) % TILE_GLYPH_TURNS;
        struct tile_mark *mark = &out->marks[i];
        *mark = text->marks[i];
        mark->turn = (uint8_t)(is_column ? 1 : 1 + turn);
        if (i == 0) {
            out->x = (int64_t)floor(at.x / 64);
            out->y = (int64_t)floor(at.y / 64);
        }
        mark->dx = (int32_t)lround(at.x - (double)out->x * 64);
        mark->dy = (int32_t)lround(at.y - (double)out->y * 64);
        out->boxes[i] = box_around(at, look->size);
    }
    return true;
}

bool tile_along_lay(struct gaz_arena *arena, const struct tile_course *course,
                    int z, int64_t length, const struct tile_text *text,
                    const struct tile_text_look *look, double max_angle,
                    struct tile_along *out)
{
    if (course->count < 2 || text->count == 0)
        return false;
    struct walk walk = {.course = course};
    walk.unit = (double)(INT64_C(1) << (24 - z)) / 64;
    walk.start = (double)length / walk.unit;
    double total = (double)course->lengths[course->count - 1] / walk.unit;
    double width = text->width * 64.0;
    double column = text->count * (look->size * 64 * 1.08);
    double half = width / 2;
    struct spot first = spot_at(&walk, -half);
    struct spot last = spot_at(&walk, half);
    double dx = last.x - first.x;
    double dy = last.y - first.y;
    bool is_column = text->is_han && fabs(dy) > 2.2 * fabs(dx);
    if (is_column)
        width = column;
    if (walk.start < width / 2 || walk.start + width / 2 > total)
        return false;
    walk.is_backwards = is_column ? dy < 0 : dx < 0;
    out->count = text->count;
    out->marks = gaz_arena_array(arena, text->count, sizeof *out->marks);
    out->boxes = gaz_arena_array(arena, text->count, sizeof *out->boxes);
    return put_all(&walk, text, look, is_column, width, max_angle * PI / 180,
                   out);
}
