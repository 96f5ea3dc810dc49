/* SPDX-License-Identifier: Apache-2.0 */
/* bench_batch - rows a second of `diming batch` on the synthetic city.
 *
 *     bench_batch [ADDRESSES [SEED [ROWS]]]
 *
 * Three tables of ROWS rows: clean addresses, each a row of the city; the same
 * with the noise that departments send (a part left out, a wrong, missing or
 * swapped character, spaces, a telephone number) in half of them; and JSON
 * lines. Each is answered with one thread and with one a core. The floor is the
 * reading and writing alone: the same table copied, row by row, by the same
 * reader.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "api/batch/run.h"
#include "gazetteer/base/text.h"
#include "importers/csv.h"
#include "tests/bench/city.h"
#include "tests/bench/measure.h"

enum { ROWS = 300000, TEXT_BYTES = 512 };

enum noise { NOISE_NONE, NOISE_MIX };

struct bench {
    struct gaz_ctx ctx;
    struct gaz_snapshot *snap;
    struct city_random random;
    int64_t rows;
    int cores;
};

/* ---- tables ---- */

/* Where the Han character number `index` begins; all are 3 bytes here. */
static size_t character_at(const char *text, uint32_t index)
{
    size_t pos = 0;
    const size_t len = strlen(text);
    for (uint32_t i = 0; i < index; i++)
        (void)gaz_text_next(text, len, &pos);
    return pos;
}

static void drop_bytes(char *text, size_t at, size_t count)
{
    memmove(text + at, text + at + count, strlen(text + at + count) + 1);
}

/* Spoils a text as people do. A province's and a city's name stand first. */
static void spoil(struct bench *bench, char *text)
{
    const size_t len = strlen(text);
    const uint32_t count = (uint32_t)gaz_text_count(text, len);
    const size_t at =
        character_at(text, 4 + city_below(&bench->random, count - 8));
    size_t next = at;
    (void)gaz_text_next(text, len, &next);
    size_t after = next;
    (void)gaz_text_next(text, len, &after);
    char swapped[8];
    switch (city_below(&bench->random, 6)) {
    case 0: /* a wrong character */
        if (next - at == 3)
            memcpy(text + at, "错", 3);
        break;
    case 1: /* a missing one */
        drop_bytes(text, at, next - at);
        break;
    case 2: /* two swapped */
        memcpy(swapped, text + at, next - at);
        memmove(text + at, text + next, after - next);
        memcpy(text + at + (after - next), swapped, next - at);
        break;
    case 3: /* without province and city */
        drop_bytes(text, 0, character_at(text, 6));
        break;
    case 4:
        (void)snprintf(text + len, TEXT_BYTES - len, " 电话：13800000000");
        break;
    default:
        memmove(text + at + 1, text + at, strlen(text + at) + 1);
        text[at] = ' ';
        break;
    }
}

static gaz_status write_table(struct bench *bench, enum noise noise,
                              bool is_json, const char *path)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return gaz_fail(&bench->ctx, GAZ_IO, "cannot write '%s'", path);
    if (!is_json)
        (void)fputs("编号,地址,备注\n", file);
    for (int64_t i = 0; i < bench->rows; i++) {
        char text[TEXT_BYTES];
        (void)city_address_text(
            bench->snap, city_below(&bench->random, bench->snap->address_count),
            text, sizeof(text) - 64);
        if (noise == NOISE_MIX && city_below(&bench->random, 2))
            spoil(bench, text);
        (void)fprintf(file,
                      is_json ? "{\"id\":%lld,\"address\":\"%s\"}\n"
                              : "%lld,%s,备注\n",
                      (long long)i, text);
    }
    return fclose(file) == 0
               ? GAZ_OK
               : gaz_fail(&bench->ctx, GAZ_IO, "cannot write '%s'", path);
}

/* ---- runs ---- */

static gaz_status copy_rows(struct bench *bench, const char *path,
                            double *seconds)
{
    struct imp_reader *reader;
    gaz_status status = imp_csv_open(&bench->ctx, path, ',', &reader);
    if (status != GAZ_OK)
        return status;
    FILE *null = fopen("/dev/null", "wb");
    struct gaz_ctx rows = {.failure = ""};
    struct imp_row row;
    const uint64_t begun = measure_now_ns();
    while (null && imp_reader_next(&rows, reader, &row) == GAZ_OK) {
        (void)fputs(row.raw ? row.raw : "", null);
        gaz_ctx_next(&rows);
    }
    *seconds = (double)(measure_now_ns() - begun) / 1e9;
    gaz_ctx_close(&rows);
    if (null)
        (void)fclose(null);
    imp_reader_close(reader);
    return GAZ_OK;
}

static gaz_status run_once(struct bench *bench, const char *name,
                           const char *path, bool is_json, int threads)
{
    FILE *null = fopen("/dev/null", "wb");
    if (!null)
        return gaz_fail(&bench->ctx, GAZ_IO, "cannot open /dev/null");
    struct api_batch_run run = {.snap = bench->snap,
                                .input = path,
                                .stream = null,
                                .input_table = is_json ? API_BATCH_TABLE_JSONL
                                                       : API_BATCH_TABLE_CSV,
                                .threads = threads};
    const uint64_t begun = measure_now_ns();
    gaz_status status = api_batch_run(&bench->ctx, &run);
    const double seconds = (double)(measure_now_ns() - begun) / 1e9;
    (void)fclose(null);
    if (status != GAZ_OK)
        return status;
    (void)printf("%-22s %7d %12.0f %9.1f %9.1f\n", name, threads,
                 (double)run.counts.rows / seconds,
                 100.0 * (double)run.counts.matched / (double)run.counts.rows,
                 100.0 * (double)run.counts.review / (double)run.counts.rows);
    return GAZ_OK;
}

static gaz_status measure(struct bench *bench, const char *name,
                          enum noise noise, bool is_json, const char *path)
{
    gaz_status status = write_table(bench, noise, is_json, path);
    double seconds = 0;
    if (status == GAZ_OK && !is_json)
        status = copy_rows(bench, path, &seconds);
    if (status == GAZ_OK && seconds > 0)
        (void)printf("%-22s %7d %12.0f\n", "  floor: copied", 1,
                     (double)bench->rows / seconds);
    if (status == GAZ_OK)
        status = run_once(bench, name, path, is_json, 1);
    if (status == GAZ_OK && bench->cores > 1)
        status = run_once(bench, name, path, is_json, bench->cores);
    return status;
}

static gaz_status build(struct bench *bench, int64_t addresses, int64_t seed,
                        const char *path)
{
    struct gaz_builder *builder = gaz_builder_new();
    struct gaz_build_stats stats;
    city_fill(builder, (uint64_t)seed, (uint32_t)addresses);
    gaz_status status = gaz_builder_write(&bench->ctx, builder, path, &stats);
    gaz_builder_free(builder);
    if (status == GAZ_OK)
        status = gaz_snapshot_open(&bench->ctx, path, &bench->snap);
    (void)unlink(path); /* the mapping keeps it; tables take the name */
    return status;
}

static int64_t argument(int argc, char **argv, int index, int64_t otherwise)
{
    int64_t value = otherwise;
    if (argc > index && (!gaz_text_parse_int(argv[index], &value) || value < 1))
        return -1;
    return value;
}

static int64_t memory_mb(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

static gaz_status run_all(struct bench *bench, int64_t addresses, int64_t seed,
                          const char *path)
{
    gaz_status status = build(bench, addresses, seed, path);
    if (status != GAZ_OK)
        return status;
    (void)printf("synthetic city, seed %lld: %u addresses; tables of %lld "
                 "rows\n",
                 (long long)seed, bench->snap->address_count,
                 (long long)bench->rows);
    measure_machine();
    (void)printf("%-22s %7s %12s %9s %9s\n", "table", "threads", "rows/s",
                 "matched%", "review%");
    status = measure(bench, "CSV, clean", NOISE_NONE, false, path);
    if (status == GAZ_OK)
        status = measure(bench, "CSV, noisy mix", NOISE_MIX, false, path);
    if (status == GAZ_OK)
        status = measure(bench, "JSON lines, clean", NOISE_NONE, true, path);
    (void)printf("largest memory, city and its making included: %lld MB\n",
                 (long long)memory_mb());
    return status;
}

int main(int argc, char **argv)
{
    const int64_t addresses = argument(argc, argv, 1, CITY_ADDRESSES);
    const int64_t seed = argument(argc, argv, 2, CITY_SEED);
    const int64_t rows = argument(argc, argv, 3, ROWS);
    if (addresses < 1000 || seed < 0 || rows < 1 || argc > 4) {
        (void)fprintf(stderr, "usage: bench_batch [ADDRESSES [SEED [ROWS]]], "
                              "1,000 addresses or more\n");
        return 2;
    }
    struct bench bench = {.random = {(uint64_t)seed + 3},
                          .rows = rows,
                          .cores = (int)sysconf(_SC_NPROCESSORS_ONLN)};
    char path[] = "/tmp/diming-bench-XXXXXX";
    const int file = mkstemp(path);
    gaz_status status =
        file < 0 ? gaz_fail(&bench.ctx, GAZ_IO, "cannot make '%s'", path)
                 : run_all(&bench, addresses, seed, path);
    if (status != GAZ_OK)
        (void)fprintf(stderr, "bench_batch: %s\n", gaz_ctx_failure(&bench.ctx));
    if (file >= 0) {
        (void)close(file);
        (void)unlink(path);
    }
    gaz_snapshot_close(bench.snap);
    gaz_ctx_close(&bench.ctx);
    return status == GAZ_OK ? 0 : 1;
}
