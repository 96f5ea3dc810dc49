/* SPDX-License-Identifier: Apache-2.0 */
/* bench_index - size and speed of the snapshot on a synthetic city.
 *
 *     bench_index [ADDRESSES [SEED [QUERIES]]]
 *
 * Every look-up is timed alone; the clock costs about 0.03 us, which is in all
 * numbers, the floors too. A floor is the least work that could answer: what
 * the row costs above it is the price of the data structure.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "tests/bench/city.h"
#include "tests/bench/measure.h"

enum { QUERIES = 100000, OPENS = 9, HITS = 10 };

struct bench {
    const struct gaz_snapshot *snap;
    struct city_random random;
    size_t queries;
    uint32_t *scratch; /* as many random numbers as there are addresses */
    uint32_t scratch_mask;
};

static double ms_since(uint64_t begun_ns)
{
    return (double)(measure_now_ns() - begun_ns) / 1e6;
}

/* ---- floors ---- */

/* Hash the key and look at one place of a large table. */
static void floor_probe(struct bench *bench, const char *key, size_t size,
                        struct measure_series *floor)
{
    measure_begin(floor);
    uint64_t hash = gaz_text_hash(key, size);
    measure_keep(bench->scratch[hash & bench->scratch_mask]);
    measure_end(floor);
}

/* Walk down a tree of the points: each step must wait for the one before. */
static void floor_walk(struct bench *bench, struct measure_series *floor)
{
    uint32_t at = (uint32_t)city_next(&bench->random);
    measure_begin(floor);
    for (uint32_t left = bench->scratch_mask; left > 8; left /= 2)
        at = bench->scratch[(at ^ left) & bench->scratch_mask];
    measure_end(floor);
    measure_keep(at);
}

/* Read every point of one area once. */
static void floor_ring(struct bench *bench, uint32_t place,
                       struct measure_series *floor)
{
    const struct gaz_snap_place *row = &bench->snap->places[place];
    const struct gaz_snap_ring *ring = &bench->snap->rings[row->area_first];
    uint64_t sum = 0;
    measure_begin(floor);
    for (uint32_t i = 0; i < ring->point_count; i++)
        sum += (uint32_t)bench->snap->points[ring->point_first + i].lon_e7;
    measure_end(floor);
    measure_keep(sum);
}

/* ---- look-ups ---- */

static const char *random_key(struct bench *bench, gaz_key_kind kind)
{
    const struct gaz_snapshot *snap = bench->snap;
    uint32_t name = city_below(&bench->random, snap->name_count);
    const struct gaz_snap_name *row = &snap->names[name];
    return gaz_snapshot_text(snap,
                             kind == GAZ_KEY_PLAIN ? row->plain : row->text);
}

static void bench_find(struct bench *bench, gaz_key_kind kind,
                       const char *label)
{
    struct measure_series series;
    struct measure_series floor;
    measure_open(&series, bench->queries);
    measure_open(&floor, bench->queries);
    for (size_t i = 0; i < bench->queries; i++) {
        const char *key = random_key(bench, kind);
        size_t size = strlen(key);
        struct gaz_snap_span span;
        measure_begin(&series);
        gaz_snapshot_find(bench->snap, kind, key, size, &span);
        measure_end(&series);
        measure_keep(span.count);
        floor_probe(bench, key, size, &floor);
    }
    measure_row(&series, label, &floor, "hash of the key, one random read");
    measure_close(&series);
    measure_close(&floor);
}

static void bench_number(struct bench *bench)
{
    struct measure_series series;
    struct measure_series floor;
    measure_open(&series, bench->queries);
    measure_open(&floor, bench->queries);
    const struct gaz_snapshot *snap = bench->snap;
    for (size_t i = 0; i < bench->queries; i++) {
        const struct gaz_snap_address *row =
            &snap->addresses[city_below(&bench->random, snap->address_count)];
        const struct gaz_snap_place *road = &snap->places[row->parent];
        const char *key =
            gaz_snapshot_text(snap, snap->names[road->name_first].text);
        size_t size = strlen(key);
        int32_t number = row->number_value;
        struct gaz_snap_span span;
        uint32_t first;
        uint32_t count = 0;
        measure_begin(&series);
        gaz_snapshot_find(snap, GAZ_KEY_NAME, key, size, &span);
        for (uint32_t k = 0; k < span.count && count == 0; k++)
            count =
                gaz_snapshot_numbers(snap, span.items[k].place, number, &first);
        measure_end(&series);
        measure_keep(count);
        floor_probe(bench, key, size, &floor);
    }
    measure_row(&series, "find road, then number", &floor,
                "hash of the key, one random read");
    measure_close(&series);
    measure_close(&floor);
}

static void bench_prefix(struct bench *bench, gaz_key_kind kind, size_t bytes,
                         const char *label)
{
    struct measure_series series;
    struct measure_series floor;
    measure_open(&series, bench->queries);
    measure_open(&floor, bench->queries);
    for (size_t i = 0; i < bench->queries; i++) {
        const char *key = random_key(bench, kind);
        size_t size = strlen(key) < bytes ? strlen(key) : bytes;
        struct gaz_snap_hit hits[HITS];
        measure_begin(&series);
        int count =
            gaz_snapshot_prefix(bench->snap, kind, key, size, hits, HITS);
        measure_end(&series);
        measure_keep((uint64_t)count);
        floor_probe(bench, key, size, &floor);
    }
    measure_row(&series, label, &floor, "hash of the key, one random read");
    measure_close(&series);
    measure_close(&floor);
}

/* In a town, where people ask; 1 % anywhere. */
static struct gaz_coord random_coord(struct bench *bench)
{
    const struct gaz_snapshot *snap = bench->snap;
    struct gaz_box box = city_bounds();
    const struct gaz_snap_address *row =
        &snap->addresses[city_below(&bench->random, snap->address_count)];
    if (city_below(&bench->random, 100) == 0)
        return (struct gaz_coord){
            city_between(&bench->random, box.min.lon, box.max.lon),
            city_between(&bench->random, box.min.lat, box.max.lat)};
    return (struct gaz_coord){gaz_coord_from_e7(row->lon_e7) +
                                  city_between(&bench->random, -1e-3, 1e-3),
                              gaz_coord_from_e7(row->lat_e7) +
                                  city_between(&bench->random, -1e-3, 1e-3)};
}

static void bench_nearest(struct bench *bench, int max, const char *label)
{
    static const double RADIUS_M = 2000;
    struct measure_series series;
    struct measure_series floor;
    measure_open(&series, bench->queries);
    measure_open(&floor, bench->queries);
    for (size_t i = 0; i < bench->queries; i++) {
        struct gaz_coord coord = random_coord(bench);
        struct gaz_snap_near near[GAZ_NEAR_MAX];
        measure_begin(&series);
        int count = gaz_snapshot_nearest(bench->snap, coord, RADIUS_M, NULL,
                                         NULL, near, max);
        measure_end(&series);
        measure_keep((uint64_t)count);
        floor_walk(bench, &floor);
    }
    measure_row(&series, label, &floor, "as many dependent reads as levels");
    measure_close(&series);
    measure_close(&floor);
}

static void bench_containing(struct bench *bench)
{
    enum { AREAS = 8 };
    struct measure_series series;
    struct measure_series floor;
    measure_open(&series, bench->queries);
    measure_open(&floor, bench->queries);
    for (size_t i = 0; i < bench->queries; i++) {
        struct gaz_coord coord = random_coord(bench);
        uint32_t places[AREAS];
        measure_begin(&series);
        int count = gaz_snapshot_containing(bench->snap, coord, places, AREAS);
        measure_end(&series);
        if (count > 0)
            floor_ring(bench, places[count - 1], &floor);
    }
    measure_row(&series, "containing (town, county)", &floor,
                "read the county's points once");
    measure_close(&series);
    measure_close(&floor);
}

/* ---- the file ---- */

/* Asks the system to forget the file; a hint, hence "cold-ish". */
static void forget(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fdatasync(fd);
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    (void)close(fd);
}

static bool open_once(const char *path, struct measure_series *series)
{
    struct gaz_ctx ctx = {0};
    struct gaz_snapshot *snap;
    measure_begin(series);
    gaz_status status = gaz_snapshot_open(&ctx, path, &snap);
    measure_end(series);
    if (status == GAZ_OK)
        gaz_snapshot_close(snap);
    else
        (void)fprintf(stderr, "bench_index: %s\n", gaz_ctx_failure(&ctx));
    gaz_ctx_close(&ctx);
    return status == GAZ_OK;
}

/* The floor of opening: read every byte of the file once. */
static void read_once(const char *path, struct measure_series *series)
{
    struct gaz_ctx ctx = {0};
    struct gaz_map map;
    measure_begin(series);
    if (gaz_file_map(&ctx, path, &map) == GAZ_OK) {
        const uint64_t *words = map.data;
        uint64_t sum = 0;
        for (size_t i = 0; i < map.size / sizeof(*words); i++)
            sum ^= words[i];
        measure_keep(sum);
        gaz_file_unmap(&map);
    }
    measure_end(series);
    gaz_ctx_close(&ctx);
}

static bool bench_open(const char *path)
{
    struct measure_series cold;
    struct measure_series warm;
    struct measure_series floor;
    struct measure_series cold_floor;
    measure_open(&cold, OPENS);
    measure_open(&warm, OPENS);
    measure_open(&floor, OPENS);
    measure_open(&cold_floor, OPENS);
    bool is_good = true;
    for (int i = 0; i < OPENS && is_good; i++) {
        forget(path);
        read_once(path, &cold_floor);
        forget(path);
        is_good = open_once(path, &cold) && open_once(path, &warm);
        read_once(path, &floor);
    }
    measure_row(&cold, "open, page cache dropped", &cold_floor,
                "read the mapped file once");
    measure_row(&warm, "open, page cache warm", &floor,
                "read the mapped file once");
    measure_close(&cold);
    measure_close(&warm);
    measure_close(&floor);
    measure_close(&cold_floor);
    return is_good;
}

static gaz_status build(struct gaz_ctx *ctx, uint32_t addresses, uint64_t seed,
                        const char *path)
{
    uint64_t begun_ns = measure_now_ns();
    struct gaz_builder *builder = gaz_builder_new();
    city_fill(builder, seed, addresses);
    double filled_ms = ms_since(begun_ns);
    struct gaz_build_stats stats;
    begun_ns = measure_now_ns();
    gaz_status status = gaz_builder_write(ctx, builder, path, &stats);
    if (status == GAZ_OK)
        (void)printf("city: synthetic, seed %llu: %u addresses, %u places, %u "
                     "names\nbuild: rows made in %.0f ms, snapshot written in "
                     "%.0f ms; size: %.1f MB\n\n",
                     (unsigned long long)seed, stats.addresses, stats.places,
                     stats.names, filled_ms, ms_since(begun_ns),
                     (double)stats.bytes / 1e6);
    gaz_builder_free(builder);
    return status;
}

static void bench_lookups(struct bench *bench)
{
    uint32_t size = 1;
    while (size < bench->snap->address_count)
        size *= 2;
    bench->scratch_mask = size - 1;
    bench->scratch = gaz_malloc(size * sizeof(uint32_t));
    for (uint32_t i = 0; i < size; i++)
        bench->scratch[i] = (uint32_t)city_next(&bench->random);
    bench_find(bench, GAZ_KEY_NAME, "find by name");
    bench_find(bench, GAZ_KEY_PLAIN, "find by pinyin");
    bench_number(bench);
    bench_prefix(bench, GAZ_KEY_NAME, 3, "prefix, 1 character, best 10");
    bench_prefix(bench, GAZ_KEY_NAME, 6, "prefix, 2 characters");
    bench_prefix(bench, GAZ_KEY_PLAIN, 1, "prefix, 1 letter");
    bench_prefix(bench, GAZ_KEY_PLAIN, 4, "prefix, 4 letters");
    bench_nearest(bench, 1, "nearest 1");
    bench_nearest(bench, HITS, "nearest 10");
    bench_containing(bench);
    gaz_free(bench->scratch);
}

static int64_t argument(int argc, char **argv, int at, int64_t otherwise)
{
    int64_t value;
    return argc > at && gaz_text_parse_int(argv[at], &value) ? value
                                                             : otherwise;
}

int main(int argc, char **argv)
{
    struct gaz_ctx ctx = {0};
    int64_t addresses = argument(argc, argv, 1, CITY_ADDRESSES);
    int64_t seed = argument(argc, argv, 2, CITY_SEED);
    int64_t queries = argument(argc, argv, 3, QUERIES);
    if (addresses < 1000 || addresses > 20000000 || queries < 1) {
        (void)fprintf(stderr,
                      "usage: bench_index [ADDRESSES [SEED [QUERIES]]], 1000 "
                      "addresses to 20 million\n");
        return EXIT_FAILURE;
    }
    const char *path =
        gaz_arena_printf(&ctx.arena, "bench_index-%ld.snap", (long)getpid());
    measure_machine();
    struct gaz_snapshot *snap = NULL;
    bool is_good =
        build(&ctx, (uint32_t)addresses, (uint64_t)seed, path) == GAZ_OK;
    if (is_good) {
        measure_head();
        is_good =
            bench_open(path) && gaz_snapshot_open(&ctx, path, &snap) == GAZ_OK;
    }
    if (is_good) {
        struct bench bench = {.snap = snap,
                              .random = {(uint64_t)seed + 1},
                              .queries = (size_t)queries};
        bench_lookups(&bench);
    } else {
        (void)fprintf(stderr, "bench_index: %s\n", gaz_ctx_failure(&ctx));
    }
    gaz_snapshot_close(snap);
    (void)unlink(path);
    gaz_ctx_close(&ctx);
    return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
