/* SPDX-License-Identifier: Apache-2.0 */
#include "api/access/meter.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gazetteer/base/text.h"

/* Upper ends of the classes of durations, in microseconds. */
static const int64_t BOUNDS_US[] = {250,    500,     1000,    2500,    5000,
                                    10000,  25000,   50000,   100000,  250000,
                                    500000, 1000000, 2500000, 10000000};
enum {
    BOUND_COUNT = sizeof(BOUNDS_US) / sizeof(BOUNDS_US[0]),
    CLASSES = 6, /* of statuses: 0xx to 5xx; the first is never used */
    METER_ROUTES_MAX = 256,
};

/* Of one route; the last of a meter is for answers without one. */
struct counters {
    atomic_ullong statuses[CLASSES];
    atomic_ullong durations[BOUND_COUNT + 1]; /* the last: longer than all */
    atomic_ullong total_us;
};

struct api_meter {
    const struct api_route *routes[METER_ROUTES_MAX];
    size_t route_count;
    struct counters counters[METER_ROUTES_MAX + 1];
    atomic_llong in_flight;
    atomic_ullong refused[API_REFUSALS];
    time_t started;
};

struct api_meter *api_meter_open(void)
{
    struct api_meter *meter = gaz_malloc(sizeof(*meter));
    const struct api_route *route;
    while (meter->route_count < METER_ROUTES_MAX &&
           (route = api_route_at(meter->route_count)) != NULL)
        meter->routes[meter->route_count++] = route;
    meter->started = time(NULL);
    return meter;
}

void api_meter_close(struct api_meter *meter)
{
    gaz_free(meter);
}

static void add(atomic_ullong *counter, unsigned long long value)
{
    (void)atomic_fetch_add_explicit(counter, value, memory_order_relaxed);
}

void api_meter_begin(struct api_meter *meter)
{
    (void)atomic_fetch_add(&meter->in_flight, 1);
}

static size_t find_route(const struct api_meter *meter,
                         const struct api_route *route)
{
    for (size_t i = 0; i < meter->route_count; i++)
        if (meter->routes[i] == route)
            return i;
    return meter->route_count;
}

void api_meter_end(struct api_meter *meter, const struct api_route *route,
                   int status, int64_t took_us)
{
    struct counters *counters = &meter->counters[find_route(meter, route)];
    (void)atomic_fetch_sub(&meter->in_flight, 1);
    const int class = status / 100;
    add(&counters->statuses[class >= 0 && class < CLASSES ? class : 5], 1);
    int bound = 0;
    while (bound < BOUND_COUNT && took_us > BOUNDS_US[bound])
        bound++;
    add(&counters->durations[bound], 1);
    add(&counters->total_us, (unsigned long long)took_us);
}

void api_meter_refuse(struct api_meter *meter, api_refusal why)
{
    add(&meter->refused[why], 1);
}

/* ---- writing ---- */

static unsigned long long read_counter(const atomic_ullong *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

static void head(struct gaz_buffer *out, const char *name, const char *type,
                 const char *help)
{
    gaz_buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name,
                      type);
}

static const char *name_of(const struct api_meter *meter, size_t index)
{
    return index < meter->route_count ? meter->routes[index]->name : "none";
}

static bool is_used(const struct counters *counters)
{
    for (int i = 0; i < CLASSES; i++)
        if (read_counter(&counters->statuses[i]) > 0)
            return true;
    return false;
}

static void write_requests(const struct api_meter *meter,
                           struct gaz_buffer *out)
{
    static const char NAME[] = "diming_http_requests_total";
    head(out, NAME, "counter", "Answers by route and class of status.");
    for (size_t i = 0; i <= meter->route_count; i++)
        for (int k = 1; k < CLASSES; k++) {
            const unsigned long long count =
                read_counter(&meter->counters[i].statuses[k]);
            if (count > 0)
                gaz_buffer_printf(out, "%s{route=\"%s\",code=\"%dxx\"} %llu\n",
                                  NAME, name_of(meter, i), k, count);
        }
}

static void write_histogram(const struct counters *counters, const char *route,
                            struct gaz_buffer *out)
{
    static const char NAME[] = "diming_http_request_duration_seconds";
    unsigned long long sum = 0;
    for (int k = 0; k < BOUND_COUNT; k++) {
        sum += read_counter(&counters->durations[k]);
        gaz_buffer_printf(out, "%s_bucket{route=\"%s\",le=\"%g\"} %llu\n", NAME,
                          route, (double)BOUNDS_US[k] / 1e6, sum);
    }
    sum += read_counter(&counters->durations[BOUND_COUNT]);
    gaz_buffer_printf(out, "%s_bucket{route=\"%s\",le=\"+Inf\"} %llu\n", NAME,
                      route, sum);
    gaz_buffer_printf(out, "%s_sum{route=\"%s\"} %.6f\n", NAME, route,
                      (double)read_counter(&counters->total_us) / 1e6);
    gaz_buffer_printf(out, "%s_count{route=\"%s\"} %llu\n", NAME, route, sum);
}

static void write_durations(const struct api_meter *meter,
                            struct gaz_buffer *out)
{
    head(out, "diming_http_request_duration_seconds", "histogram",
         "From the head of a request to the last byte of its answer.");
    for (size_t i = 0; i <= meter->route_count; i++)
        if (is_used(&meter->counters[i]))
            write_histogram(&meter->counters[i], name_of(meter, i), out);
}

static void write_refusals(const struct api_meter *meter,
                           struct gaz_buffer *out)
{
    static const char *const REASONS[] = {"rate", "busy", "key", "role",
                                          "protocol"};
    static const char NAME[] = "diming_http_refused_total";
    head(out, NAME, "counter", "Requests turned away before their handler.");
    for (int i = 0; i < API_REFUSALS; i++)
        gaz_buffer_printf(out, "%s{reason=\"%s\"} %llu\n", NAME, REASONS[i],
                          read_counter(&meter->refused[i]));
}

static void gauge(struct gaz_buffer *out, const char *name, const char *help,
                  long long value)
{
    head(out, name, "gauge", help);
    gaz_buffer_printf(out, "%s %lld\n", name, value);
}

static void write_snapshot(const struct gaz_snapshot *snap,
                           struct gaz_buffer *out)
{
    gauge(out, "diming_snapshot_loaded", "1 when a snapshot answers.",
          snap != NULL);
    if (!snap)
        return;
    gauge(out, "diming_snapshot_places", "Places of the snapshot.",
          snap->place_count);
    gauge(out, "diming_snapshot_addresses", "Addresses of the snapshot.",
          snap->address_count);
    gauge(out, "diming_snapshot_journal_seq",
          "The last entry of the journal that the snapshot holds.",
          (long long)snap->journal_seq);
}

/* Pages of resident memory: the second number of statm. */
static long long resident_bytes(void)
{
    char text[128] = "";
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file)
        return 0;
    const bool is_read = fgets(text, sizeof(text), file) != NULL;
    (void)fclose(file);
    char *second = strchr(text, ' ');
    int64_t pages = 0;
    if (!is_read || !second)
        return 0;
    second++;
    second[strcspn(second, " ")] = '\0';
    if (!gaz_text_parse_int(second, &pages))
        return 0;
    return (long long)pages * sysconf(_SC_PAGESIZE);
}

void api_meter_write(const struct api_meter *meter,
                     const struct gaz_snapshot *snap, struct gaz_buffer *out)
{
    head(out, "diming_build_info", "gauge", "The version that runs.");
    gaz_buffer_printf(out, "diming_build_info{version=\"%s\"} 1\n",
                      DIMING_VERSION);
    write_requests(meter, out);
    write_durations(meter, out);
    gauge(out, "diming_http_requests_in_flight",
          "Requests that are being answered.",
          (long long)atomic_load(&meter->in_flight));
    write_refusals(meter, out);
    write_snapshot(snap, out);
    gauge(out, "process_resident_memory_bytes", "Resident memory.",
          resident_bytes());
    gauge(out, "process_start_time_seconds", "When the process began.",
          (long long)meter->started);
}
