/* SPDX-License-Identifier: Apache-2.0 */
/* bench_door - what a request costs between the socket and the search.
 *
 *     bench_door [ADDRESSES [SEED [QUESTIONS [ROUTE]]]]
 *
 * Parameters, route, search, answer and head of a request, without civetweb and
 * the kernel: processor time of the thread, so that a busy machine counts
 * little. The questions are those of http_town (city_questions.h). The second
 * row of a route is the search alone: the difference is what the door adds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/find.h"
#include "api/handlers.h"
#include "api/params.h"
#include "api/reply.h"
#include "api/route.h"
#include "gazetteer/base/text.h"
#include "tests/bench/city.h"
#include "tests/bench/city_questions.h"
#include "tests/bench/measure.h"

enum { QUESTIONS = 20000, PATH_BYTES = 2048 };

struct door {
    struct api_worker worker;
    struct gaz_snapshot *snap;
    struct city_random random;
    struct gaz_buffer body;
    struct gaz_buffer wire;
    size_t questions;
};

struct totals {
    uint64_t ns;
    uint64_t bytes;
    size_t wrong;
};

static void stop(const char *what)
{
    (void)fprintf(stderr, "bench_door: %s\n", what);
    exit(EXIT_FAILURE);
}

/* As server.c does it, from the path to the bytes on the wire. */
static int pass_door(struct door *door, const char *uri)
{
    struct api_worker *worker = &door->worker;
    struct api_request request = {.method = "GET",
                                  .base_url = "http://127.0.0.1:8080"};
    struct api_response response = {.body = &door->body};
    gaz_ctx_next(&worker->ctx);
    gaz_buffer_clear(&door->body);
    gaz_buffer_clear(&door->wire);
    const size_t path = strcspn(uri, "?");
    request.path = api_params_decode(&worker->ctx.arena, uri, path, false);
    if (!request.path ||
        api_params_parse(worker, uri[path] ? uri + path + 1 : "", &request) !=
            GAZ_OK)
        return 400;
    const struct api_route *route = api_route_find(worker, &request);
    api_route_run(worker, route, &request, &response);
    struct api_reply reply = {.response = &response, .id = "0123456789abcdef"};
    api_reply_write_head(&reply, &door->wire);
    gaz_buffer_bytes(&door->wire, door->body.data, door->body.size);
    return response.status;
}

/* The search alone; its parameters are read outside of what is measured. */
static bool search(struct door *door, const char *uri, api_find_kind kind,
                   uint64_t *ns)
{
    struct api_worker *worker = &door->worker;
    struct api_request request = {.method = "GET"};
    struct gaz_answers answers;
    gaz_ctx_next(&worker->ctx);
    if (api_params_parse(worker, strchr(uri, '?') + 1, &request) != GAZ_OK)
        return false;
    uint64_t begun = measure_cpu_ns();
    gaz_status status = api_find_answers(worker, &request, kind, &answers);
    *ns = measure_cpu_ns() - begun;
    return status == GAZ_OK;
}

static void print(const struct door *door, const char *name,
                  const struct totals *totals)
{
    const double count = (double)door->questions;
    (void)printf("%-28s %8.2f us %8.0f bytes %6zu wrong\n", name,
                 (double)totals->ns / 1000 / count,
                 (double)totals->bytes / count, totals->wrong);
}

/* Made beforehand, so that a profile shows the door and not the making. */
static const char **make_questions(struct door *door, struct gaz_arena *arena,
                                   city_question *make)
{
    char path[PATH_BYTES];
    const char **out =
        gaz_arena_alloc(arena, door->questions * sizeof(const char *));
    for (size_t i = 0; i < door->questions; i++) {
        make(door->snap, &door->random, path, sizeof(path));
        out[i] = gaz_arena_strdup(arena, path);
    }
    return out;
}

static const struct subject {
    const char *name;
    city_question *make;
    api_find_kind kind;
    const char *more; /* the limit that the route has by itself */
} ROUTES[] = {
    {"/v1/geocode", city_question_geocode, API_FIND_GEOCODE, ""},
    {"/v1/reverse", city_question_reverse, API_FIND_REVERSE, "&limit=5"},
    {"/v1/suggest", city_question_suggest, API_FIND_SUGGEST, "&limit=5"},
};

static void run(struct door *door, const struct subject *subject)
{
    char path[PATH_BYTES];
    struct gaz_arena arena = {0};
    struct totals whole = {.ns = 0};
    struct totals alone = {.ns = 0};
    const char **paths = make_questions(door, &arena, subject->make);
    uint64_t begun = measure_cpu_ns();
    for (size_t i = 0; i < door->questions; i++) {
        int status = pass_door(door, paths[i]);
        whole.bytes += door->wire.size;
        whole.wrong += status == 200 ? 0 : 1;
    }
    whole.ns = measure_cpu_ns() - begun;
    for (size_t i = 0; i < door->questions; i++) {
        uint64_t ns = 0;
        (void)snprintf(path, sizeof(path), "%s%s", paths[i], subject->more);
        alone.wrong += search(door, path, subject->kind, &ns) ? 0 : 1;
        alone.ns += ns;
    }
    print(door, subject->name, &whole);
    print(door, "  the search alone", &alone);
    gaz_arena_close(&arena);
}

static void build(struct door *door, int64_t addresses, int64_t seed)
{
    struct gaz_ctx *ctx = &door->worker.ctx;
    char path[] = "/tmp/diming-bench-XXXXXX";
    int file = mkstemp(path);
    if (file < 0)
        stop("cannot make a file in /tmp");
    struct gaz_builder *builder = gaz_builder_new();
    struct gaz_build_stats stats;
    city_fill(builder, (uint64_t)seed, (uint32_t)addresses);
    gaz_status status = gaz_builder_write(ctx, builder, path, &stats);
    gaz_builder_free(builder);
    if (status == GAZ_OK)
        status = gaz_snapshot_open(ctx, path, &door->snap);
    (void)close(file);
    (void)unlink(path);
    if (status == GAZ_OK)
        status = gaz_searcher_open(ctx, &door->worker.searcher);
    if (status != GAZ_OK)
        stop(gaz_ctx_failure(ctx));
    door->worker.snap = door->snap;
}

int main(int argc, char **argv)
{
    int64_t numbers[] = {CITY_ADDRESSES, CITY_SEED, QUESTIONS};
    for (int i = 1; i < argc && i < 4; i++)
        if (!gaz_text_parse_int(argv[i], &numbers[i - 1]) || numbers[i - 1] < 1)
            stop("[ADDRESSES [SEED [QUESTIONS [ROUTE]]]]");
    if (numbers[0] < 1000 || numbers[0] > UINT32_MAX)
        stop("1,000 addresses or more");
    struct door door = {.questions = (size_t)numbers[2],
                        .random = {(uint64_t)numbers[1]}};
    gaz_buffer_open(&door.body, API_RESPONSE_MAX_BYTES);
    gaz_buffer_open(&door.wire, API_RESPONSE_MAX_BYTES);
    build(&door, numbers[0], numbers[1]);
    (void)printf("synthetic city: %u addresses, %u places\n",
                 door.snap->address_count, door.snap->place_count);
    measure_machine();
    for (size_t i = 0; i < sizeof(ROUTES) / sizeof(ROUTES[0]); i++)
        if (argc < 5 || strcmp(argv[4], ROUTES[i].name) == 0)
            run(&door, &ROUTES[i]);
    gaz_searcher_close(door.worker.searcher);
    gaz_snapshot_close(door.snap);
    gaz_buffer_close(&door.body);
    gaz_buffer_close(&door.wire);
    gaz_ctx_close(&door.worker.ctx);
    return 0;
}
