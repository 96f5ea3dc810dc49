/* measure.h - times of single calls, their median, and the machine.
 *
 *     struct measure_series series;
 *     measure_open(&series, count);
 *     for (...) { measure_begin(&series); work(); measure_end(&series); }
 *     measure_row(&series, "exact find", "hash probe", floor_us);
 *     measure_close(&series);
 */
#ifndef TESTS_BENCH_MEASURE_H
#define TESTS_BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct measure_series {
    uint32_t *ns;
    size_t count;
    size_t capacity;
    uint64_t begun_ns;
};

static inline uint64_t measure_now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static inline void measure_begin(struct measure_series *series)
{
    series->begun_ns = measure_now_ns();
}

/* The time of the thread alone: what other programs of the machine take is not
 * in it. A pair costs about 0.5 us. */
static inline uint64_t measure_cpu_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static inline void measure_add(struct measure_series *series, uint64_t ns)
{
    if (series->count < series->capacity)
        series->ns[series->count++] = (uint32_t)(ns < UINT32_MAX ? ns : ~0U);
}

static inline void measure_end(struct measure_series *series)
{
    measure_add(series, measure_now_ns() - series->begun_ns);
}

void measure_open(struct measure_series *series, size_t capacity);
void measure_close(struct measure_series *series);

/* measure_percentile gives microseconds; sorts the series. */
double measure_percentile(struct measure_series *series, int percent);

/* measure_seconds gives the seconds by the clock since measure_now_ns gave
 * `since`; measure_cpu_seconds those that the process has worked, which a busy
 * machine does not lengthen; measure_peak_mb the most memory that it has held.
 */
double measure_seconds(uint64_t since);
double measure_cpu_seconds(void);
long measure_peak_mb(void);

/* measure_machine prints cores, processor and compiler. */
void measure_machine(void);

/* A table of name, p50, p99, number of queries, floor and what it is. */
void measure_head(void);
void measure_row(struct measure_series *series, const char *name,
                 struct measure_series *floor, const char *floor_name);

/* measure_keep makes the compiler believe that a value is used. */
void measure_keep(uint64_t value);

#endif
