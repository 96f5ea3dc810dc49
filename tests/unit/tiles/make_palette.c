/* SPDX-License-Identifier: Apache-2.0 */
/* make_palette - chooses the colours that a style's PNG tiles are written with.
 *
 *     make_palette SNAPSHOT STYLE
 *
 * Draws the middle of the data at all zooms of a street map, counts colours,
 * cuts the colour cube at its medians and moves each colour to the middle of
 * what is nearest to it. Prints the JSON array for "diming:palette" of
 * data/styles/STYLE.json; runs again when a style's colours change. Colours
 * that cover much of the map are kept exactly.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/map_town.h"
#include "tiles/window.h"

enum { ZOOM_FROM = 8, ZOOM_TO = 17, SIDE = 1024, CUBE = 1 << 24, EXACT = 48 };

struct colour {
    uint32_t value; /* 0xRRGGBB */
    double weight;
};

struct bucket {
    struct colour *first;
    size_t count;
};

static void draw(struct gaz_ctx *ctx, struct tile_maker *maker,
                 const char *style, struct gaz_coord at, uint32_t *counts)
{
    struct tile_point spot = tile_grid_project(at);
    for (int z = ZOOM_FROM; z <= ZOOM_TO; z++) {
        struct tile_view view = {z,
                                 1,
                                 ((int64_t)spot.x >> (24 - z)) - SIDE / 2,
                                 ((int64_t)spot.y >> (24 - z)) - SIDE / 2,
                                 SIDE,
                                 SIDE};
        struct tile_canvas canvas;
        gaz_ctx_next(ctx);
        if (tile_window(ctx, maker, style, TILE_LANGUAGE_BOTH, &view,
                        &canvas) != GAZ_OK)
            return;
        for (int k = 0; k < SIDE * SIDE; k++)
            counts[canvas.pixels[k] & 0xFFFFFF]++;
    }
}

static gaz_status draw_data(struct gaz_ctx *ctx,
                            const struct gaz_snapshot *snap, const char *style,
                            const struct gaz_coord *spots, size_t count,
                            uint32_t *counts)
{
    struct tile_maker *maker;
    gaz_status status = tile_maker_open(ctx, snap, &maker);
    if (status != GAZ_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        draw(ctx, maker, style, spots[i], counts);
    tile_maker_close(maker);
    return GAZ_OK;
}

static int shift_by; /* qsort has no argument for it */

static int compare(const void *left, const void *right)
{
    const struct colour *a = left;
    const struct colour *b = right;
    uint32_t x = a->value >> shift_by & 255;
    uint32_t y = b->value >> shift_by & 255;
    return x != y ? (x > y) - (x < y)
                  : (a->value > b->value) - (a->value < b->value);
}

static int compare_weight(const void *left, const void *right)
{
    const struct colour *a = left;
    const struct colour *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->value > b->value) - (a->value < b->value);
}

/* How much a bucket would gain from a cut, and along which channel. */
static double spread_of(const struct bucket *bucket, int *shift)
{
    double most = -1;
    for (int s = 0; s < 24; s += 8) {
        double sum = 0;
        double squares = 0;
        double weight = 0;
        for (size_t i = 0; i < bucket->count; i++) {
            double x = bucket->first[i].value >> s & 255;
            double w = bucket->first[i].weight;
            sum += w * x;
            squares += w * x * x;
            weight += w;
        }
        double spread = weight > 0 ? squares - sum * sum / weight : 0;
        if (spread > most) {
            most = spread;
            *shift = s;
        }
    }
    return most;
}

static size_t cut(struct bucket *buckets, size_t count, size_t wanted)
{
    while (count < wanted) {
        size_t at = 0;
        double most = 0;
        int shift = 0;
        for (size_t i = 0; i < count; i++) {
            int s = 0;
            double spread = spread_of(&buckets[i], &s);
            if (buckets[i].count > 1 && spread > most) {
                most = spread;
                at = i;
                shift = s;
            }
        }
        if (most <= 0)
            break;
        struct bucket *bucket = &buckets[at];
        shift_by = shift;
        qsort(bucket->first, bucket->count, sizeof *bucket->first, compare);
        double half = 0;
        for (size_t i = 0; i < bucket->count; i++)
            half += bucket->first[i].weight / 2;
        size_t n = 0;
        for (double sum = 0; n + 1 < bucket->count && sum < half; n++)
            sum += bucket->first[n].weight;
        n = n > 0 ? n : 1;
        buckets[count++] =
            (struct bucket){bucket->first + n, bucket->count - n};
        bucket->count = n;
    }
    return count;
}

static uint32_t middle_of(const struct bucket *bucket)
{
    uint32_t made = 0;
    double weight = 0;
    for (size_t i = 0; i < bucket->count; i++)
        weight += bucket->first[i].weight;
    for (int s = 0; s < 24; s += 8) {
        double sum = 0;
        for (size_t i = 0; i < bucket->count; i++)
            sum +=
                (bucket->first[i].value >> s & 255) * bucket->first[i].weight;
        made |= (uint32_t)(sum / weight + 0.5) << s;
    }
    return made;
}

static void print_palette(struct colour *colours, size_t count, size_t wanted)
{
    static struct bucket buckets[256];
    qsort(colours, count, sizeof *colours, compare_weight);
    size_t exact = count < EXACT ? count : EXACT;
    printf("[");
    for (size_t i = 0; i < exact; i++)
        printf("%s\"#%06x\"", i ? ", " : "", colours[i].value);
    buckets[0] = (struct bucket){colours + exact, count - exact};
    size_t made = count > exact ? cut(buckets, 1, wanted - exact) : 0;
    for (size_t i = 0; i < made; i++)
        printf(", \"#%06x\"", middle_of(&buckets[i]));
    printf("]\n");
}

/* The shipped data, and a made-up town with the roads and buildings that the
 * data does not have. */
static gaz_status count_colours(struct gaz_ctx *ctx, const char *path,
                                const char *style, uint32_t *counts)
{
    static const struct gaz_coord REAL[] = {
        {121.09, 30.61}, {121.02, 30.70}, {121.24, 30.75}, {120.95, 30.55}};
    static const struct gaz_coord MADE_UP[] = {{123.35, 30.35}, {123.5, 30.4}};
    struct map_town_size size = {30000, 9000, 2400, 256, 5, 4};
    struct map_town town;
    struct gaz_snapshot *snap;
    gaz_status status = gaz_snapshot_open(ctx, path, &snap);
    if (status != GAZ_OK)
        return status;
    status = draw_data(ctx, snap, style, REAL, 4, counts);
    gaz_snapshot_close(snap);
    map_town_open(&town, &size, 1);
    if (status == GAZ_OK)
        status = draw_data(ctx, &town.snap, style, MADE_UP, 2, counts);
    map_town_close(&town);
    return status;
}

int main(int argc, char **argv)
{
    struct gaz_ctx ctx = {0};
    if (argc != 3) {
        (void)fprintf(stderr, "usage: make_palette SNAPSHOT STYLE\n");
        return 2;
    }
    uint32_t *counts = gaz_malloc(CUBE * sizeof *counts);
    gaz_status status = count_colours(&ctx, argv[1], argv[2], counts);
    if (status != GAZ_OK)
        (void)fprintf(stderr, "make_palette: %s\n", gaz_ctx_failure(&ctx));
    size_t count = 0;
    for (uint32_t i = 0; i < CUBE; i++)
        count += counts[i] > 0;
    struct colour *colours = gaz_malloc(count * sizeof *colours);
    count = 0;
    for (uint32_t i = 0; i < CUBE; i++)
        if (counts[i] > 0)
            colours[count++] = (struct colour){i, counts[i]};
    if (count > 0)
        print_palette(colours, count, 256);
    gaz_free(colours);
    gaz_free(counts);
    gaz_ctx_close(&ctx);
    return status != GAZ_OK;
}
