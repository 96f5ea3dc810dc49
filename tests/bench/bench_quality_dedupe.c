/* SPDX-License-Identifier: Apache-2.0 */
/* bench_quality_dedupe.c - duplicates of a made-up city: time, memory, how many
 * are found, and how many that are none; one changed record. */
#include <stdio.h>

#include "gazetteer/base/text.h"
#include "tests/bench/city.h"
#include "tests/bench/doubles_score.h"
#include "tests/bench/measure.h"

struct bench {
    struct gaz_ctx *ctx;
    struct gaz_corpus *corpus;
    struct doubles doubles;
    struct gaz_scale scale;
    int64_t queries;
    bool is_held_to; /* a city large enough for its shares to mean something */
    bool good;
};

static void run_single(struct bench *b, struct gaz_twin_finder *finder,
                       int records)
{
    struct measure_series series;
    struct city_random random = {7};
    struct gaz_ctx ctx = {.failure = ""};
    measure_open(&series, (size_t)b->queries);
    for (int64_t i = 0; i < b->queries; i++) {
        struct gaz_twins twins;
        int index = (int)city_below(&random, (uint32_t)records);
        const uint64_t begun = measure_cpu_ns();
        gaz_status status =
            gaz_twins_one(&ctx, finder, index, GAZ_BAND_REVIEW, &twins);
        measure_add(&series, measure_cpu_ns() - begun);
        b->good = b->good && status == GAZ_OK;
        gaz_arena_reset(&ctx.arena);
    }
    (void)printf("  one changed record: p50 %.3f ms, p99 %.3f ms of one core "
                 "(limit 5)\n",
                 measure_percentile(&series, 50) / 1000,
                 measure_percentile(&series, 99) / 1000);
    measure_close(&series);
    gaz_ctx_close(&ctx);
}

static bool is_good(const struct doubles_score *score)
{
    return doubles_precision(score) >= 0.995 && doubles_recall(score) >= 0.97 &&
           doubles_blocking(score) >= 0.99;
}

static void run_kind(struct bench *b, gaz_twins_kind kind)
{
    const bool places = kind == GAZ_TWINS_PLACES;
    const struct doubles_labels *labels =
        places ? &b->doubles.places : &b->doubles.addresses;
    const int records =
        places ? b->corpus->place_count : b->corpus->address_count;
    struct gaz_twin_finder *finder = NULL;
    struct gaz_twins twins;
    struct doubles_score score;
    uint64_t begun = measure_now_ns();
    const double cpu = measure_cpu_seconds();
    gaz_status status =
        gaz_twins_open(b->ctx, b->corpus, &b->scale, kind, &finder);
    const double ready = measure_seconds(begun);
    if (status == GAZ_OK)
        status = gaz_twins_find(b->ctx, finder, GAZ_BAND_REVIEW, &twins);
    const double done = measure_seconds(begun);
    const double worked = measure_cpu_seconds() - cpu;
    if (status == GAZ_OK)
        status = doubles_score_pairs(b->ctx, finder, labels, records, &score);
    if (status == GAZ_OK) {
        doubles_print(places ? "places" : "addresses", &score);
        (void)printf("  %d records in %.2f s (%.2f s to lay out; limit 120), "
                     "%.2f s of one core, peak memory %ld MB (limit 2048), "
                     "%d records under keys too common to compare\n",
                     records, done, ready, worked, measure_peak_mb(),
                     twins.skipped);
        run_single(b, finder, records);
        if (b->is_held_to)
            b->good = b->good && is_good(&score);
    }
    b->good = b->good && status == GAZ_OK;
    gaz_twins_close(finder);
}

static int64_t argument(int argc, char **argv, int index, int64_t fallback)
{
    int64_t value = fallback;
    if (argc > index && !gaz_text_parse_int(argv[index], &value))
        return -1;
    return value;
}

/* Where the shares begin to mean something. */
enum { HELD_TO = 20000 };

int main(int argc, char **argv)
{
    int64_t addresses = argument(argc, argv, 1, CITY_ADDRESSES);
    int64_t seed = argument(argc, argv, 2, CITY_SEED);
    int64_t queries = argument(argc, argv, 3, 2000);
    if (addresses < 2000 || addresses > 5000000 || seed < 0 || queries < 1 ||
        argc > 4) {
        (void)fprintf(stderr, "usage: bench_quality_dedupe [ADDRESSES [SEED "
                              "[QUERIES]]], 2,000 addresses or more\n");
        return 2;
    }
    struct gaz_ctx ctx = {.failure = ""};
    struct bench b = {.ctx = &ctx,
                      .queries = queries,
                      .is_held_to = addresses >= HELD_TO,
                      .good = true};
    measure_machine();
    if (gaz_scale_default(&ctx, &b.scale) != GAZ_OK ||
        gaz_corpus_open(&ctx, gaz_rules_default(), &b.corpus) != GAZ_OK ||
        doubles_fill(&ctx, b.corpus, (uint64_t)seed, (uint32_t)addresses,
                     &b.doubles) != GAZ_OK ||
        gaz_corpus_finish(&ctx, b.corpus) != GAZ_OK)
        b.good = false;
    if (b.good)
        run_kind(&b, GAZ_TWINS_PLACES);
    if (b.good || b.is_held_to)
        run_kind(&b, GAZ_TWINS_ADDRESSES);
    if (!b.good)
        (void)fprintf(stderr, "bench_quality_dedupe: %s\n",
                      ctx.failure[0] ? ctx.failure : "below a limit");
    doubles_close(&b.doubles);
    gaz_corpus_close(b.corpus);
    gaz_ctx_close(&ctx);
    return b.good ? 0 : 1;
}
