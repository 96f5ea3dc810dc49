/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: what is not public leaves nowhere without the role.
 *
 * A database (canary.h) holds, beside what is public, words that stand nowhere
 * else: a marker of a survey with its position, what an applicant handed in, a
 * source's row with a telephone, who has edited and why, whose keys and
 * webhooks there are, the secret of a signature, addresses of the audit log.
 * Every route of the table is asked over HTTP, by the public and by a key of
 * each role, with several readings of its path, and every byte of the answer is
 * searched for these words. A new route is asked as well, since it is in the
 * table. Each word that somebody may see must be seen by him, so that the walk
 * would notice a route that it does not reach.
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/route.h"
#include "api/server.h"
#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "tests/unit/api/canary.h"
#include "tests/unit/api/client.h"

enum { ASKERS = CANARY_ROLES + 1, ANSWER_MAX = 1 << 26 };

static struct gaz_ctx ctx;
static struct api_server *server;
static int port;
static struct canary_world world;
static bool was_seen[64]; /* by the index of CANARIES */

/* What is asked for by name may stand in the answer as the question. */
static const char SECRET_ROAD[] = "密测巷";

static int open_all(void **state)
{
    (void)state;
    canary_open(&ctx, &world);
    const struct api_server_options options = {.snapshot = world.snapshot,
                                               .host = "127.0.0.1",
                                               .idle_ms = 20000,
                                               .gives_gcj02 = true,
                                               .gate = {.db = world.db}};
    assert_status_of(&ctx, api_server_open(&ctx, &options, &server), GAZ_OK);
    port = client_port(api_server_url(server));
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    api_server_close(server);
    gaz_ctx_close(&ctx);
    return canary_close(&world) ? 0 : -1;
}

/* ---- one request ---- */

/* The readings of a capture or parameter: the first is tried with all routes,
 * further ones one after the other. */
static const char *value_of(const struct api_route *route, const char *name,
                            int reading)
{
    static const char *const COLLECTIONS[] = {
        "places",   "addresses",  "divisions", "roads",
        "heritage", "boundaries", "changes"};
    static const char *const questions[] = {"乍浦镇", "演示路1号", SECRET_ROAD};
    const gaz_id ids[] = {world.town, world.door, world.lane};
    char id[GAZ_ID_TEXT_BYTES];
    if (gaz_text_starts_with(route->pattern, "/v1/review/{id}"))
        return "1";
    if (strcmp(name, "collectionId") == 0)
        return COLLECTIONS[(size_t)reading % COUNT(COLLECTIONS)];
    if (strcmp(name, "id") == 0 || strcmp(name, "featureId") == 0 ||
        strcmp(name, "ids") == 0)
        return gaz_arena_strdup(&ctx.arena, gaz_id_write(ids[reading % 3], id));
    if (strcmp(name, "code") == 0)
        return "330482101";
    if (strcmp(name, "seq") == 0)
        return gaz_arena_printf(&ctx.arena, "%lld", (long long)world.group);
    if (strcmp(name, "hook") == 0)
        return world.hook;
    if (strcmp(name, "q") == 0)
        return questions[reading % 3];
    if (strcmp(name, "lon") == 0 && reading == 2)
        return "121.0777"; /* of the secret road */
    if (strcmp(name, "lat") == 0 && reading == 2)
        return "30.64";
    if (strcmp(name, "limit") == 0)
        return NULL;
    const struct api_param_doc *doc = api_route_doc(route, name);
    return doc ? doc->example : "1";
}

static const char *encode(const char *text)
{
    const char *out = "";
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;
        const bool is_plain = (c >= '0' && c <= '9') ||
                              (c >= 'A' && c <= 'Z') ||
                              (c >= 'a' && c <= 'z') || strchr("-._~:@", c);
        out = gaz_arena_printf(&ctx.arena, is_plain ? "%s%c" : "%s%%%02X", out,
                               c);
    }
    return out;
}

static const char *target_of(const struct api_route *route, int reading)
{
    const char *path = "";
    const char *at = route->pattern;
    while (*at) {
        const size_t literal = strcspn(at, "{");
        path = gaz_arena_printf(&ctx.arena, "%s%.*s", path, (int)literal, at);
        at += literal;
        if (!*at)
            break;
        const size_t len = strcspn(at + 1, "}");
        const char *value = value_of(
            route, gaz_arena_strndup(&ctx.arena, at + 1, len), reading);
        path = gaz_arena_printf(&ctx.arena, "%s%s", path,
                                encode(value ? value : "1"));
        at += len + 2;
    }
    const char *mark = "?";
    const char *example = api_route_example(route);
    if (example && strcmp(route->method, "GET") == 0 && reading == 0) {
        path = gaz_arena_printf(&ctx.arena, "%s?%s", path, example);
        mark = "&";
    }
    char name[32];
    bool is_required;
    const char *rest = route->params;
    while ((rest = api_route_params(rest, name, &is_required)) != NULL) {
        const char *value = is_required ? value_of(route, name, reading) : NULL;
        if (!value || (example && strstr(example, name)))
            continue;
        path = gaz_arena_printf(&ctx.arena, "%s%s%s=%s", path, mark, name,
                                encode(value));
        mark = "&";
    }
    return path;
}

/* Head and body have come: to wait until the server closes costs 20 ms. */
static bool is_whole(const struct gaz_buffer *text)
{
    const char *head = text->size > 0 ? text->data : "";
    const char *end = strstr(head, "\r\n\r\n");
    const char *length = strstr(head, "Content-Length: ");
    int64_t size = 0;
    if (!end || !length || length > end)
        return false;
    length += strlen("Content-Length: ");
    const char *digits =
        gaz_arena_strndup(&ctx.arena, length, strspn(length, "0123456789"));
    return gaz_text_parse_int(digits, &size) &&
           text->size >= (size_t)(end + 4 - head) + (size_t)size;
}

/* Raw bytes above 127 in an example are what people type; the server reads
 * those of a GET itself. */
static void ask(const struct api_route *route, int reading, int asker,
                struct gaz_buffer *out)
{
    const char *body = "";
    const char *type = "";
    const bool has_body = route->consumes != NULL;
    if (has_body) {
        body = api_route_example(route) ? api_route_example(route) : "{}";
        type = gaz_arena_printf(&ctx.arena, "Content-Type: %.*s\r\n",
                                (int)strcspn(route->consumes, " "),
                                route->consumes);
    }
    const char *key = asker == 0
                          ? ""
                          : gaz_arena_printf(&ctx.arena, "X-Api-Key: %s\r\n",
                                             world.keys[asker - 1]);
    const char *length =
        has_body ? gaz_arena_printf(&ctx.arena, "Content-Length: %zu\r\n",
                                    strlen(body))
                 : "";
    const char *request = gaz_arena_printf(
        &ctx.arena,
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        "If-Match: *\r\n%s%s%s\r\n%s",
        route->method, target_of(route, reading), key, type, length, body);
    char chunk[8192];
    ssize_t got;
    int fd = client_connect(port);
    assert_true(fd >= 0);
    gaz_buffer_clear(out);
    assert_true(client_send(fd, request, strlen(request)));
    while (!is_whole(out) && (got = recv(fd, chunk, sizeof(chunk), 0)) > 0)
        gaz_buffer_bytes(out, chunk, (size_t)got);
    (void)close(fd);
    assert_false(out->full);
}

static void search(const struct api_route *route, int reading, int asker,
                   const struct gaz_buffer *text)
{
    const unsigned role = asker == 0 ? 0 : 1U << (asker - 1);
    const struct canary *seen = NULL;
    while ((seen = canary_next(text->data, text->size, seen)) != NULL) {
        was_seen[seen - CANARIES] = true;
        if (reading % 3 == 2 && strcmp(seen->word, SECRET_ROAD) == 0 &&
            strstr(target_of(route, reading), encode(SECRET_ROAD)))
            continue;
        if (!(seen->roles & role))
            fail_msg("%s %s (reading %d) shows %s to %s", route->method,
                     route->pattern, reading, seen->label,
                     role ? gaz_role_names(&ctx.arena, role) : "the public");
    }
}

/* Another reading may be the same question. */
static bool is_repeated(const struct api_route *route, int reading)
{
    for (int i = 0; i < reading; i++)
        if (strcmp(target_of(route, reading), target_of(route, i)) == 0)
            return true;
    return false;
}

/* Writes make the examples' places; they come last, and destroy the least. */
static bool is_reading(const struct api_route *route)
{
    return strcmp(route->method, "GET") == 0;
}

static int walk(bool reads, int readings)
{
    struct gaz_buffer text;
    const struct api_route *route;
    int good = 0;
    gaz_buffer_open(&text, ANSWER_MAX);
    for (size_t r = 0; (route = api_route_at(r)) != NULL; r++)
        for (int asker = 0; asker < ASKERS; asker++)
            for (int reading = 0;
                 is_reading(route) == reads && reading < readings; reading++) {
                gaz_ctx_next(&ctx);
                if (is_repeated(route, reading))
                    continue;
                ask(route, reading, asker, &text);
                assert_true(text.size > 12);
                good += text.data[9] == '2' ? 1 : 0;
                search(route, reading, asker, &text);
            }
    gaz_buffer_close(&text);
    return good;
}

static void test_walk(void **state)
{
    (void)state;
    size_t routes = 0;
    while (api_route_at(routes))
        routes++;
    const int read = walk(true, 7);
    const int written = walk(false, 1);
    print_message("           %zu routes, %d good answers to questions, %d to "
                  "bodies\n",
                  routes, read, written);
    assert_true(read > (int)routes * ASKERS / 2);
    assert_true(written > 10);
    for (size_t i = 0; CANARIES[i].label; i++)
        if (CANARIES[i].must_be_seen && !was_seen[i])
            fail_msg("nobody was shown %s", CANARIES[i].label);
}

/* Tiles, exports and dialects are made of nothing but the snapshot. */
static void test_snapshot(void **state)
{
    (void)state;
    struct gaz_map map;
    assert_status_of(&ctx, gaz_file_map(&ctx, world.snapshot, &map), GAZ_OK);
    const struct canary *seen = canary_next(map.data, map.size, NULL);
    if (seen)
        fail_msg("the snapshot holds %s", seen->label);
    gaz_file_unmap(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_snapshot),
                                       cmocka_unit_test(test_walk)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
