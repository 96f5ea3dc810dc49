/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/raster.h"

#include <stdlib.h>
#include <string.h>

#include "tiles/grid.h"

/* Coverage of a whole pixel, in the sums: height 256 times twice width 256. */
enum { FULL = 2 * TILE_GRID_SUB * TILE_GRID_SUB };
enum { BLOCK = 4 }; /* pixels that are looked at together */

static const struct tile_region NOTHING = {INT32_MAX, INT32_MAX, -1, -1};

static uint32_t divide_255(uint32_t value)
{
    return (value + 127) / 255;
}

static uint32_t premultiply(uint32_t colour)
{
    uint32_t alpha = colour >> 24;
    uint32_t red = divide_255((colour >> 16 & 255) * alpha);
    uint32_t green = divide_255((colour >> 8 & 255) * alpha);
    uint32_t blue = divide_255((colour & 255) * alpha);
    return alpha << 24 | red << 16 | green << 8 | blue;
}

void tile_raster_open(struct gaz_arena *arena, int width, int height,
                      uint32_t background, struct tile_canvas *out)
{
    size_t pixels = (size_t)width * (size_t)height;
    size_t sums = (size_t)(width + 1) * (size_t)height;
    *out = (struct tile_canvas){
        .width = width,
        .height = height,
        .pixels = gaz_arena_array(arena, pixels, sizeof(uint32_t)),
        .mask = gaz_arena_array(arena, pixels, sizeof(uint8_t)),
        .sums = gaz_arena_array(arena, sums, sizeof(int32_t)),
        .touched = NOTHING,
        .pending = NOTHING,
    };
    uint32_t value = premultiply(background);
    if (value != 0)
        for (size_t i = 0; i < pixels; i++)
            out->pixels[i] = value;
}

/* Rounds down, also below zero; b > 0. */
static int64_t floor_div(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
}

static int64_t min_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t max_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

void tile_raster_include(struct tile_region *region,
                         const struct tile_region *more)
{
    region->min_x = more->min_x < region->min_x ? more->min_x : region->min_x;
    region->min_y = more->min_y < region->min_y ? more->min_y : region->min_y;
    region->max_x = more->max_x > region->max_x ? more->max_x : region->max_x;
    region->max_y = more->max_y > region->max_y ? more->max_y : region->max_y;
}

void tile_raster_touch(struct tile_canvas *canvas,
                       const struct tile_region *region)
{
    tile_raster_include(&canvas->touched, region);
}

/* The part of an edge inside one pixel row, running to the right. */
struct run {
    int64_t left;
    int64_t right;
    int64_t height; /* sub-pixels of the row that it passes */
    int sign;       /* +1: down, -1: up */
};

/* How much of the run's height is passed where it reaches column edge x. */
static int64_t height_at(const struct run *run, int64_t x)
{
    if (x <= run->left)
        return 0;
    if (x >= run->right)
        return run->height;
    return (x - run->left) * run->height / (run->right - run->left);
}

static void add_run(int32_t *row, int width, const struct run *run)
{
    int64_t first = floor_div(run->left, TILE_GRID_SUB);
    int64_t last = floor_div(run->right, TILE_GRID_SUB);
    if (first < 0) { /* what lies left of the window covers its whole width */
        int64_t before = last < 0 ? run->height : height_at(run, 0);
        row[0] += (int32_t)(run->sign * before * 2 * TILE_GRID_SUB);
        first = 0;
    }
    last = min_of(last, width - 1);
    for (int64_t column = first; column <= last; column++) {
        int64_t edge = column * TILE_GRID_SUB;
        int64_t height = height_at(run, edge + TILE_GRID_SUB);
        height -= height_at(run, edge);
        int64_t enter = max_of(run->left - edge, 0);
        int64_t leave = min_of(run->right - edge, TILE_GRID_SUB);
        int64_t right_part = run->sign * height * (enter + leave);
        int64_t whole = run->sign * height * 2 * TILE_GRID_SUB;
        row[column] += (int32_t)(whole - right_part);
        row[column + 1] += (int32_t)right_part;
    }
}

/* The rows that an edge touches; an edge right of the window covers nothing. */
static void note_edge(struct tile_canvas *canvas, int64_t left, int64_t right,
                      int64_t first, int64_t last)
{
    int64_t edge = canvas->width - 1;
    int64_t min_x = floor_div(left, TILE_GRID_SUB);
    int64_t max_x = floor_div(right, TILE_GRID_SUB) + 1;
    struct tile_region part = {
        .min_x = (int)max_of(min_of(min_x, edge), 0),
        .min_y = (int)first,
        .max_x = (int)max_of(min_of(max_x, edge), 0),
        .max_y = (int)last,
    };
    tile_raster_include(&canvas->pending, &part);
}

void tile_raster_edge(struct tile_canvas *canvas, int64_t ax, int64_t ay,
                      int64_t bx, int64_t by)
{
    if (ay == by)
        return;
    int sign = 1;
    if (ay > by) {
        int64_t swap = ax;
        ax = bx;
        bx = swap;
        swap = ay;
        ay = by;
        by = swap;
        sign = -1;
    }
    int64_t first = max_of(floor_div(ay, TILE_GRID_SUB), 0);
    int64_t last = min_of(floor_div(by - 1, TILE_GRID_SUB), canvas->height - 1);
    if (first > last)
        return;
    note_edge(canvas, min_of(ax, bx), max_of(ax, bx), first, last);
    for (int64_t row = first; row <= last; row++) {
        int64_t top = max_of(ay, row * TILE_GRID_SUB);
        int64_t bottom = min_of(by, (row + 1) * TILE_GRID_SUB);
        int64_t x0 = ax + floor_div((top - ay) * (bx - ax), by - ay);
        int64_t x1 = ax + floor_div((bottom - ay) * (bx - ax), by - ay);
        struct run run = {min_of(x0, x1), max_of(x0, x1), bottom - top, sign};
        add_run(canvas->sums + row * (canvas->width + 1), canvas->width, &run);
    }
}

/* Even-odd: 0, 1, 0, 1 ... with every whole crossing. */
static uint32_t coverage_of(int32_t sum)
{
    if (sum == 0)
        return 0;
    uint32_t value = (uint32_t)abs(sum) % (2 * FULL);
    if (value == FULL)
        return 255;
    if (value > FULL)
        value = 2 * FULL - value;
    return (value * 255 + FULL / 2) / FULL;
}

/* The next column where coverage changes; `end`: none. */
static int next_change(const int32_t *sums, int x, int end)
{
    while (x + BLOCK <= end) {
        uint64_t halves[BLOCK / 2];
        memcpy(halves, sums + x, sizeof halves);
        if ((halves[0] | halves[1]) != 0)
            break;
        x += BLOCK;
    }
    while (x < end && sums[x] == 0)
        x++;
    return x;
}

static void cover(uint8_t *mask, int count, uint32_t covered)
{
    if (covered == 255) {
        memset(mask, 255, (size_t)count);
        return;
    }
    for (int i = 0; i < count && covered != 0; i++) {
        uint32_t value = mask[i] + covered;
        mask[i] = (uint8_t)(value < 255 ? value : 255);
    }
}

void tile_raster_fill(struct tile_canvas *canvas)
{
    struct tile_region part = canvas->pending;
    canvas->pending = NOTHING;
    if (part.min_x > part.max_x)
        return;
    for (int y = part.min_y; y <= part.max_y; y++) {
        int32_t *sums = canvas->sums + (size_t)y * (size_t)(canvas->width + 1);
        uint8_t *mask = canvas->mask + (size_t)y * (size_t)canvas->width;
        int32_t sum = 0;
        int end = part.max_x + 1;
        for (int x = next_change(sums, part.min_x, end); x < end;) {
            sum += sums[x];
            int next = next_change(sums, x + 1, end);
            cover(mask + x, next - x, coverage_of(sum));
            x = next;
        }
        size_t used = (size_t)(part.max_x - part.min_x) + 2;
        memset(sums + part.min_x, 0, used * sizeof *sums);
    }
    tile_raster_touch(canvas, &part);
}

void tile_raster_paint(struct tile_canvas *canvas, uint32_t colour)
{
    struct tile_region part = canvas->touched;
    canvas->touched = NOTHING;
    if (part.min_x > part.max_x)
        return;
    int width = part.max_x - part.min_x + 1;
    for (int y = part.min_y; y <= part.max_y; y++) {
        size_t at = (size_t)y * (size_t)canvas->width + (size_t)part.min_x;
        struct tile_bitmap row = {0, 0, width, 1, canvas->mask + at};
        tile_raster_stamp(canvas, &row, part.min_x, y, colour);
        memset(canvas->mask + at, 0, (size_t)width);
    }
}

/* Two channels at a time: x / 255, rounded, for each 16-bit half. */
static uint32_t divide_255_twice(uint32_t value)
{
    value += UINT32_C(0x00800080);
    return (value + (value >> 8 & UINT32_C(0x00FF00FF))) >> 8 &
           UINT32_C(0x00FF00FF);
}

/* `colour` is opaque here; its share is `alpha`. */
static uint32_t blend(uint32_t below, uint32_t colour, uint32_t alpha)
{
    const uint32_t half = UINT32_C(0x00FF00FF);
    uint32_t rest = 255 - alpha;
    colour |= UINT32_C(0xFF000000);
    uint32_t low = (colour & half) * alpha + (below & half) * rest;
    uint32_t high = (colour >> 8 & half) * alpha + (below >> 8 & half) * rest;
    return divide_255_twice(low) | divide_255_twice(high) << 8;
}

void tile_raster_over(uint32_t *pixel, uint32_t colour)
{
    uint32_t rest = 255 - (colour >> 24);
    uint32_t made = 0;
    for (int shift = 0; shift < 32; shift += 8)
        made |= ((colour >> shift & 255) +
                 divide_255((*pixel >> shift & 255) * rest))
                << shift;
    *pixel = made;
}

/* Two pixels, a number of 16 bits for each channel. */
typedef uint8_t pair_bytes __attribute__((vector_size(8)));
typedef uint16_t pair __attribute__((vector_size(16)));
typedef uint64_t pair_halves __attribute__((vector_size(16)));

static pair spread(uint32_t left, uint32_t right)
{
    const uint64_t each = UINT64_C(0x0001000100010001);
    pair_halves made = {left * each, right * each};
    return (pair)made;
}

static pair divide_255_pair(pair value)
{
    value += 128;
    return (value + (value >> 8)) >> 8;
}

/* blend for two pixels, to the bit; what has no coverage stays as it is. */
static void blend_pair(uint32_t *pixels, pair colour, pair alpha)
{
    pair_bytes bytes;
    memcpy(&bytes, pixels, sizeof bytes);
    pair below = __builtin_convertvector(bytes, pair);
    pair made = divide_255_pair(colour * alpha + below * (255 - alpha));
    bytes = __builtin_convertvector(made, pair_bytes);
    memcpy(pixels, &bytes, sizeof bytes);
}

static void stamp_row(uint32_t *pixels, const uint8_t *alpha, int64_t count,
                      uint32_t colour)
{
    const uint32_t whole = colour | UINT32_C(0xFF000000);
    const uint32_t both[2] = {whole, whole};
    const uint32_t opacity = colour >> 24;
    const pair opacities = spread(opacity, opacity);
    pair_bytes bytes;
    memcpy(&bytes, both, sizeof bytes);
    const pair wide = __builtin_convertvector(bytes, pair);
    int64_t i = 0;
    for (; i + BLOCK <= count; i += BLOCK) {
        uint32_t four;
        memcpy(&four, alpha + i, sizeof four);
        for (int64_t k = i; four != 0 && k < i + BLOCK; k += 2) {
            pair a = spread(alpha[k], alpha[k + 1]);
            if (opacity != 255)
                a = divide_255_pair(a * opacities);
            blend_pair(pixels + k, wide, a);
        }
    }
    for (; i < count; i++)
        pixels[i] = blend(pixels[i], colour, divide_255(alpha[i] * opacity));
}

void tile_raster_stamp(struct tile_canvas *canvas,
                       const struct tile_bitmap *bitmap, int64_t x, int64_t y,
                       uint32_t colour)
{
    int64_t left = x + bitmap->left;
    int64_t top = y - bitmap->top;
    int64_t first_x = max_of(-left, 0);
    int64_t last_x = min_of(canvas->width - left, bitmap->width);
    int64_t first_y = max_of(-top, 0);
    int64_t last_y = min_of(canvas->height - top, bitmap->height);
    for (int64_t row = first_y; row < last_y; row++)
        stamp_row(canvas->pixels + (top + row) * canvas->width + left + first_x,
                  bitmap->alpha + row * bitmap->width + first_x,
                  last_x - first_x, colour);
}
