/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "gazetteer/base/arena.h"

static volatile uint64_t kept;

void measure_keep(uint64_t value)
{
    kept = kept + value;
}

void measure_open(struct measure_series *series, size_t capacity)
{
    *series = (struct measure_series){
        .ns = gaz_malloc(capacity * sizeof(uint32_t)), .capacity = capacity};
}

void measure_close(struct measure_series *series)
{
    gaz_free(series->ns);
    *series = (struct measure_series){0};
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

double measure_percentile(struct measure_series *series, int percent)
{
    if (series->count == 0)
        return 0;
    qsort(series->ns, series->count, sizeof(uint32_t), by_value);
    size_t at = (series->count - 1) * (size_t)percent / 100;
    return series->ns[at] / 1000.0;
}

double measure_seconds(uint64_t since)
{
    return (double)(measure_now_ns() - since) / 1e9;
}

double measure_cpu_seconds(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

long measure_peak_mb(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

void measure_machine(void)
{
    char model[128] = "unknown processor";
    char line[256];
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file && fgets(line, sizeof(line), file)) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) != 0 || !colon)
            continue;
        (void)snprintf(model, sizeof(model), "%.*s",
                       (int)strcspn(colon + 2, "\n"), colon + 2);
        break;
    }
    if (file)
        (void)fclose(file);
    (void)printf("machine: %ld cores, %s; compiler: %s\n",
                 sysconf(_SC_NPROCESSORS_ONLN), model, __VERSION__);
}

void measure_head(void)
{
    (void)printf("%-28s %9s %9s %9s %9s  %s\n", "what", "p50 us", "p99 us",
                 "queries", "floor us", "floor (same run, p50)");
}

void measure_row(struct measure_series *series, const char *name,
                 struct measure_series *floor, const char *floor_name)
{
    double p50 = measure_percentile(series, 50);
    double p99 = measure_percentile(series, 99);
    double base = floor ? measure_percentile(floor, 50) : 0;
    (void)printf("%-28s %9.2f %9.2f %9zu %9.2f  %s\n", name, p50, p99,
                 series->count, base, floor_name);
}
