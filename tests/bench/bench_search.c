/* SPDX-License-Identifier: Apache-2.0 */
/* bench_search - speed of the answers on a synthetic city.
 *
 *     bench_search [ADDRESSES [SEED [QUERIES]]]
 *
 * Each call is timed alone, on one thread, arena reset included; the clock
 * costs about 0.03 us. The floor of each row is one bare gaz_snapshot_find in
 * the same run. Answers are checked: the last column says how many were the
 * row that the query was made from.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/text.h"
#include "gazetteer/search/search.h"
#include "tests/bench/city.h"
#include "tests/bench/measure.h"

enum { QUERIES = 20000, TEXT_BYTES = 512 };

struct bench {
    struct gaz_ctx ctx;
    struct gaz_searcher *searcher;
    const struct gaz_snapshot *snap;
    struct city_random random;
    size_t queries;
};

/* One query: what is asked, and whether the answer is right. */
struct task {
    const char *name;
    void (*make)(struct bench *bench, struct task *task);
    bool (*ask)(struct bench *bench, struct task *task);
    char text[TEXT_BYTES];
    uint32_t place;
    uint32_t address;
    struct gaz_coord coord;
    size_t typed; /* bytes of the spelling that were typed */
};

static const char *place_name(const struct bench *bench, uint32_t place)
{
    const struct gaz_snapshot *snap = bench->snap;
    return gaz_snapshot_text(snap,
                             snap->names[snap->places[place].name_first].text);
}

static void make_address(struct bench *bench, struct task *task)
{
    task->address = city_below(&bench->random, bench->snap->address_count);
    (void)city_address_text(bench->snap, task->address, task->text,
                            sizeof(task->text));
}

/* From the town downwards, as people write. */
static void make_partial(struct bench *bench, struct task *task)
{
    make_address(bench, task);
    const struct gaz_snap_address *row = &bench->snap->addresses[task->address];
    uint32_t town = row->parent;
    while (town != GAZ_NONE &&
           bench->snap->places[town].level != GAZ_LEVEL_TOWN)
        town = bench->snap->places[town].parent;
    char *at =
        town != GAZ_NONE ? strstr(task->text, place_name(bench, town)) : NULL;
    if (at)
        memmove(task->text, at, strlen(at) + 1);
}

/* One character of the place that has the numbers is another. */
static void make_typo(struct bench *bench, struct task *task)
{
    static const char WRONG[] = "龘";
    make_address(bench, task);
    const char *road =
        place_name(bench, bench->snap->addresses[task->address].parent);
    char *at = strstr(task->text, road);
    if (at && strlen(road) >= 9)
        memcpy(at, WRONG, sizeof(WRONG) - 1);
}

static void make_name(struct bench *bench, struct task *task)
{
    task->place = city_below(&bench->random, bench->snap->place_count);
    task->address = GAZ_NONE;
    (void)snprintf(task->text, sizeof(task->text), "%s",
                   place_name(bench, task->place));
}

static void make_spelling(struct bench *bench, struct task *task)
{
    make_name(bench, task);
    const struct gaz_snapshot *snap = bench->snap;
    const char *plain = gaz_snapshot_text(
        snap, snap->names[snap->places[task->place].name_first].plain);
    task->typed = 1 + city_below(&bench->random, (uint32_t)strlen(plain));
    (void)snprintf(task->text, sizeof(task->text), "%.*s", (int)task->typed,
                   plain);
}

static void make_beginning(struct bench *bench, struct task *task)
{
    make_name(bench, task);
    size_t count = gaz_text_count(task->text, strlen(task->text));
    task->typed = 3 * (1 + city_below(&bench->random, (uint32_t)count));
    if (task->typed < sizeof(task->text))
        task->text[task->typed] = '\0';
}

static void make_mixture(struct bench *bench, struct task *task)
{
    make_name(bench, task);
    task->text[3] = city_below(&bench->random, 2) ? 's' : 'l';
    task->text[4] = '\0';
}

static void make_position(struct bench *bench, struct task *task)
{
    task->address = city_below(&bench->random, bench->snap->address_count);
    const struct gaz_snap_address *row = &bench->snap->addresses[task->address];
    task->coord =
        (struct gaz_coord){gaz_coord_from_e7(row->lon_e7) +
                               city_between(&bench->random, -1e-3, 1e-3),
                           gaz_coord_from_e7(row->lat_e7) +
                               city_between(&bench->random, -1e-3, 1e-3)};
}

static bool ask_geocode(struct bench *bench, struct task *task)
{
    struct gaz_query query = {.text = task->text, .limit = 5};
    struct gaz_answers answers;
    if (gaz_geocode(&bench->ctx, bench->searcher, bench->snap, &query,
                    &answers) != GAZ_OK ||
        answers.count == 0)
        return false;
    if (task->address != GAZ_NONE)
        return answers.items[0].address == task->address;
    for (int i = 0; i < answers.count; i++)
        if (answers.items[i].place == task->place)
            return true;
    return false;
}

static bool ask_suggest(struct bench *bench, struct task *task)
{
    struct gaz_query query = {.text = task->text, .limit = 10};
    struct gaz_answers answers;
    return gaz_suggest(&bench->ctx, bench->searcher, bench->snap, &query,
                       &answers) == GAZ_OK &&
           answers.count > 0;
}

static bool ask_search(struct bench *bench, struct task *task)
{
    struct gaz_query query = {.text = task->text, .limit = 10};
    struct gaz_answers answers;
    return gaz_search(&bench->ctx, bench->searcher, bench->snap, &query,
                      &answers) == GAZ_OK &&
           answers.count > 0;
}

static bool reverse(struct bench *bench, struct task *task, int limit)
{
    struct gaz_reverse_query query = {.coord = task->coord, .limit = limit};
    struct gaz_answers answers;
    return gaz_reverse(&bench->ctx, bench->snap, &query, &answers) == GAZ_OK &&
           answers.count == limit;
}

static bool ask_reverse(struct bench *bench, struct task *task)
{
    return reverse(bench, task, 2); /* the area, and what is nearest */
}

static bool ask_reverse_ten(struct bench *bench, struct task *task)
{
    return reverse(bench, task, 10);
}

static struct task TASKS[] = {
    {.name = "geocode, clean address",
     .make = make_address,
     .ask = ask_geocode},
    {.name = "geocode, from the town",
     .make = make_partial,
     .ask = ask_geocode},
    {.name = "geocode, wrong character", .make = make_typo, .ask = ask_geocode},
    {.name = "geocode, a name", .make = make_name, .ask = ask_geocode},
    {.name = "suggest, spelling", .make = make_spelling, .ask = ask_suggest},
    {.name = "suggest, characters", .make = make_beginning, .ask = ask_suggest},
    {.name = "suggest, mixture", .make = make_mixture, .ask = ask_suggest},
    {.name = "search, a name", .make = make_name, .ask = ask_search},
    {.name = "reverse, area and nearest",
     .make = make_position,
     .ask = ask_reverse},
    {.name = "reverse, ten answers",
     .make = make_position,
     .ask = ask_reverse_ten},
};

static void run(struct bench *bench, struct task *task)
{
    struct measure_series series;
    struct measure_series floor;
    struct measure_series cpu;
    measure_open(&cpu, bench->queries);
    measure_open(&series, bench->queries);
    measure_open(&floor, bench->queries);
    size_t right = 0;
    uint64_t total_ns = 0;
    for (size_t i = 0; i < bench->queries; i++) {
        task->make(bench, task);
        uint64_t cpu_ns = measure_cpu_ns();
        measure_begin(&series);
        gaz_ctx_next(&bench->ctx);
        bool is_right = task->ask(bench, task);
        measure_end(&series);
        measure_add(&cpu, measure_cpu_ns() - cpu_ns);
        total_ns += series.ns[series.count - 1];
        right += is_right ? 1 : 0;
        uint32_t place = city_below(&bench->random, bench->snap->place_count);
        const char *key = place_name(bench, place);
        size_t size = strlen(key);
        struct gaz_snap_span span;
        measure_begin(&floor);
        gaz_snapshot_find(bench->snap, GAZ_KEY_NAME, key, size, &span);
        measure_end(&floor);
        measure_keep(span.count);
    }
    measure_row(&series, task->name, &floor, "one gaz_snapshot_find");
    (void)printf("    thread time p50 %.2f p99 %.2f us\n",
                 measure_percentile(&cpu, 50), measure_percentile(&cpu, 99));
    (void)printf("    %.0f a second on one core, %.1f %% right\n",
                 (double)bench->queries * 1e9 / (double)total_ns,
                 100.0 * (double)right / (double)bench->queries);
    measure_close(&series);
    measure_close(&floor);
    measure_close(&cpu);
}

static int64_t argument(int argc, char **argv, int index, int64_t otherwise)
{
    int64_t value = otherwise;
    if (argc > index && (!gaz_text_parse_int(argv[index], &value) || value < 1))
        return -1;
    return value;
}

static gaz_status build(struct gaz_ctx *ctx, int64_t addresses, int64_t seed,
                        struct gaz_snapshot **out)
{
    char path[] = "/tmp/diming-bench-XXXXXX";
    int file = mkstemp(path);
    if (file < 0)
        return gaz_fail(ctx, GAZ_IO, "cannot make '%s'", path);
    struct gaz_builder *builder = gaz_builder_new();
    struct gaz_build_stats stats;
    city_fill(builder, (uint64_t)seed, (uint32_t)addresses);
    gaz_status status = gaz_builder_write(ctx, builder, path, &stats);
    gaz_builder_free(builder);
    if (status == GAZ_OK)
        status = gaz_snapshot_open(ctx, path, out);
    (void)close(file);
    (void)unlink(path);
    return status;
}

int main(int argc, char **argv)
{
    int64_t addresses = argument(argc, argv, 1, CITY_ADDRESSES);
    int64_t seed = argument(argc, argv, 2, CITY_SEED);
    int64_t queries = argument(argc, argv, 3, QUERIES);
    if (addresses < 1000 || seed < 0 || queries < 1 || argc > 4) {
        (void)fprintf(stderr, "usage: bench_search [ADDRESSES [SEED "
                              "[QUERIES]]], 1,000 addresses or more\n");
        return 2;
    }
    struct bench bench = {.queries = (size_t)queries,
                          .random = {(uint64_t)seed + 1}};
    struct gaz_snapshot *snap = NULL;
    int result = 1;
    if (build(&bench.ctx, addresses, seed, &snap) != GAZ_OK ||
        gaz_searcher_open(&bench.ctx, &bench.searcher) != GAZ_OK) {
        (void)fprintf(stderr, "bench_search: %s\n",
                      gaz_ctx_failure(&bench.ctx));
        goto out;
    }
    bench.snap = snap;
    (void)printf("synthetic city, seed %lld: %u addresses, %u places\n",
                 (long long)seed, snap->address_count, snap->place_count);
    measure_machine();
    measure_head();
    for (size_t i = 0; i < sizeof(TASKS) / sizeof(TASKS[0]); i++)
        run(&bench, &TASKS[i]);
    result = 0;
out:
    gaz_searcher_close(bench.searcher);
    gaz_snapshot_close(snap);
    gaz_ctx_close(&bench.ctx);
    return result;
}
