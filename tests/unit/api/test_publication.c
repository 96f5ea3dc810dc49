/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: what is not public leaves nowhere without the role.
 *
 * A database holds, beside what is public, words that stand nowhere else: a
 * marker of a survey with its position, what an applicant handed in, a source's
 * row with a telephone, who has edited and why, whose keys and webhooks there
 * are, the secret of a signature, addresses of the audit log. Every route of
 * the table is asked over HTTP, by the public and by a key of each role, with
 * several readings of its path, and every byte of the answer is searched for
 * these words. A new route is asked as well, since it is in the table. Each
 * word that somebody may see must be seen by him, so that the walk would notice
 * a route that it does not reach.
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/access/keyring.h"
#include "api/hooks/subscribe.h"
#include "api/route.h"
#include "api/server.h"
#include "gazetteer/base/text.h"
#include "gazetteer/edit/editor.h"
#include "gazetteer/index/build.h"
#include "gazetteer/store/handle.h"
#include "gazetteer/store/trail.h"
#include "tests/unit/api/client.h"

enum { ROLES = 5, ASKERS = ROLES + 1, ANSWER_MAX = 1 << 26 };

static char folder[] = "/tmp/diming-public-XXXXXX";
static char db[64];
static char snapshot[64];
static struct gaz_ctx ctx;
static struct api_server *server;
static int port;
static char keys[ROLES][API_KEY_CHARS + 1];
static char secret[API_SUBSCRIBE_SECRET_BYTES];
static gaz_id town;
static gaz_id door;
static int64_t group; /* first entry of a change group */
static char hook_id[GAZ_HOOK_ID_CHARS + 1];

#define EDITORS (GAZ_ROLE_EDITOR | GAZ_ROLE_ADMIN)
#define SURVEYORS (GAZ_ROLE_SURVEYOR | GAZ_ROLE_ADMIN)

static struct canary {
    const char *label;
    const char *word;
    unsigned roles; /* who may see it; 0: nobody, over HTTP */
    bool must_be_seen;
    bool was_seen;
} canaries[] = {
    {"a marker's code", "3133099Q", SURVEYORS, true, false},
    {"a marker's longitude", "121.2345671", SURVEYORS, true, false},
    {"a marker's latitude", "30.7654329", SURVEYORS, true, false},
    {"a manager of a marker", "界桩管护人戊", SURVEYORS, false, false},
    {"what an applicant handed in", "申请材料己", 0, false, false},
    {"a telephone of a source's row", "13900000042", 0, false, false},
    {"who has edited", "编辑员庚", EDITORS, true, false},
    {"the reason of a change", "来文辛字第九号", EDITORS, true, false},
    {"whose key it is", "密钥持有人壬", 0, false, false},
    {"whose webhook it is", "订阅部门癸", GAZ_ROLE_ADMIN, true, false},
    {"where it goes", "hooks.canary.example", GAZ_ROLE_ADMIN, true, false},
    {"an address of the audit log", "198.51.100.77", 0, false, false},
    {"the secret of a signature", secret, 0, false, false},
};

/* ---- the database ---- */

static void run_sql(struct gaz_store *store, const char *sql)
{
    assert_status_of(&ctx, gaz_sqlite_exec(&ctx, store->db, sql), GAZ_OK);
}

static void put_secrets(struct gaz_store *store, int64_t source)
{
    struct gaz_hook hook = {.name = "订阅部门癸",
                            .url = "https://hooks.canary.example/in",
                            .roles = GAZ_ROLE_READER,
                            .since = -1};
    const struct gaz_trail_entry trail = {.what = "denied",
                                          .who = "密钥持有人壬",
                                          .address = "198.51.100.77",
                                          .path = "/"};
    const struct gaz_record record = {.kind = GAZ_ENTRY_PLACE,
                                      .key = "canary",
                                      .verbatim =
                                          "{\"联系电话\": \"13900000042\"}"};
    int64_t row;
    bool is_new;
    assert_status_of(&ctx, api_subscribe_make(&ctx, &hook, secret), GAZ_OK);
    (void)snprintf(hook_id, sizeof(hook_id), "%s", hook.id);
    assert_status_of(&ctx, gaz_hook_put(&ctx, store, &hook), GAZ_OK);
    run_sql(store, "UPDATE webhook SET paused = 1");
    assert_status_of(&ctx, gaz_trail_put(&ctx, store, &trail), GAZ_OK);
    assert_status_of(
        &ctx, gaz_store_put_record(&ctx, store, source, &record, &row, &is_new),
        GAZ_OK);
    run_sql(store,
            gaz_arena_printf(
                &ctx.arena,
                "INSERT INTO attribute (about, name, source, value, record)"
                " VALUES (%lld, 'applicant', %lld, '申请材料己', %lld);"
                "UPDATE record SET about = %lld WHERE id = %lld",
                (long long)town, (long long)source, (long long)row,
                (long long)town, (long long)row));
    run_sql(store,
            "INSERT INTO boundary_line (code, section, level, name, edition,"
            "  status) VALUES ('3133', '310116-330482', 1, '沪浙线', '1',"
            "  'agreed');"
            "INSERT INTO boundary_marker (line, code, type, manager, geom)"
            " SELECT id, '3133099Q', 'Q', '界桩管护人戊',"
            "  MakePoint(121.2345671, 30.7654329, 4490) FROM boundary_line");
}

static gaz_id put_place(struct gaz_store *store, struct gaz_place place,
                        const char *name, int64_t source)
{
    const struct gaz_name names[] = {{.text = name, .source = source}};
    gaz_id id;
    place.names = names;
    place.name_count = 1;
    place.is_synthetic = true;
    place.position = (struct gaz_position){.coord = {121.05, 30.62},
                                           .method = GAZ_METHOD_SYNTHETIC,
                                           .accuracy_m = 100,
                                           .source = source};
    assert_status_of(
        &ctx, gaz_store_put_place(&ctx, store, &place, "t", name, 0, &id),
        GAZ_OK);
    return id;
}

static const struct gaz_source SOURCE = {.key = "t",
                                         .title = "test",
                                         .origin = "test",
                                         .edition = "1",
                                         .licence = "CC0-1.0"};

static void put_places(struct gaz_store *store, int64_t source)
{
    const gaz_id province =
        put_place(store,
                  (struct gaz_place){.level = GAZ_LEVEL_PROVINCE,
                                     .category = GAZ_CATEGORY_PROVINCE,
                                     .code = "33"},
                  "浙江省", source);
    const gaz_id county =
        put_place(store,
                  (struct gaz_place){.level = GAZ_LEVEL_COUNTY,
                                     .category = GAZ_CATEGORY_COUNTY,
                                     .code = "330482",
                                     .parent = province},
                  "平湖市", source);
    town = put_place(store,
                     (struct gaz_place){.level = GAZ_LEVEL_TOWN,
                                        .category = GAZ_CATEGORY_TOWN,
                                        .code = "330482101",
                                        .parent = county},
                     "乍浦镇", source);
    const gaz_id road = put_place(
        store,
        (struct gaz_place){.category = GAZ_CATEGORY_ROAD, .parent = town},
        "演示路", source);
    const struct gaz_address address = {
        .text = "浙江省平湖市乍浦镇演示路1号",
        .parent = road,
        .number = "1号",
        .number_value = 1,
        .is_synthetic = true,
        .source = source,
        .position = {.coord = {121.06, 30.63},
                     .method = GAZ_METHOD_SYNTHETIC,
                     .accuracy_m = 5,
                     .source = source}};
    assert_status_of(
        &ctx, gaz_store_put_address(&ctx, store, &address, "t", "a", 0, &door),
        GAZ_OK);
}

static void put_edit(void)
{
    struct gaz_editor *editor;
    struct gaz_editor_answer answer;
    const struct gaz_editor_by by = {.who = "编辑员庚",
                                     .key = "",
                                     .why = "来文辛字第九号",
                                     .source = &SOURCE,
                                     .verbatim = "{}",
                                     .seen = -1};
    const struct gaz_name name = {.text = "乍浦", .kind = GAZ_NAME_SHORT};
    assert_status_of(&ctx, gaz_editor_open(&ctx, db, &editor), GAZ_OK);
    assert_status_of(
        &ctx, gaz_editor_add_name(&ctx, editor, &by, town, &name, &answer),
        GAZ_OK);
    assert_int_equal(answer.verdict, GAZ_EDITOR_DONE);
    group = answer.first;
    gaz_editor_close(editor);
}

static void make_keys(struct gaz_store *store)
{
    for (int i = 0; i < ROLES; i++) {
        struct gaz_key key = {.name = "密钥持有人壬", .roles = 1U << i};
        assert_status_of(&ctx, api_keyring_make(&ctx, keys[i], &key), GAZ_OK);
        assert_status_of(&ctx, gaz_store_put_key(&ctx, store, &key), GAZ_OK);
    }
}

static int open_all(void **state)
{
    (void)state;
    struct gaz_store *store;
    struct gaz_build_stats stats;
    int64_t source;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(db, sizeof(db), "%s/a.db", folder);
    (void)snprintf(snapshot, sizeof(snapshot), "%s/a.snap", folder);
    assert_status_of(&ctx, gaz_store_open(&ctx, db, GAZ_STORE_WRITE, &store),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(&ctx, gaz_store_put_source(&ctx, store, &SOURCE, &source),
                     GAZ_OK);
    put_places(store, source);
    put_secrets(store, source);
    make_keys(store);
    assert_status_of(&ctx, gaz_store_commit(&ctx, store), GAZ_OK);
    put_edit();
    assert_status_of(&ctx, gaz_build_snapshot(&ctx, store, snapshot, &stats),
                     GAZ_OK);
    gaz_store_close(store);
    const struct api_server_options options = {.snapshot = snapshot,
                                               .host = "127.0.0.1",
                                               .idle_ms = 20000,
                                               .gives_gcj02 = true,
                                               .gate = {.db = db}};
    assert_status_of(&ctx, api_server_open(&ctx, &options, &server), GAZ_OK);
    port = client_port(api_server_url(server));
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    api_server_close(server);
    gaz_ctx_close(&ctx);
    char command[128];
    (void)snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command) == 0 ? 0 : -1;
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
    char id[GAZ_ID_TEXT_BYTES];
    if (strcmp(name, "collectionId") == 0)
        return COLLECTIONS[(size_t)reading % COUNT(COLLECTIONS)];
    if (strcmp(name, "id") == 0 || strcmp(name, "featureId") == 0 ||
        strcmp(name, "ids") == 0)
        return gaz_arena_strdup(&ctx.arena,
                                gaz_id_write(reading % 2 ? door : town, id));
    if (strcmp(name, "code") == 0)
        return "330482101";
    if (strcmp(name, "seq") == 0)
        return gaz_arena_printf(&ctx.arena, "%lld", (long long)group);
    if (strcmp(name, "hook") == 0)
        return hook_id;
    if (strcmp(name, "q") == 0)
        return reading % 2 ? "演示路1号" : "乍浦镇";
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
                                             keys[asker - 1]);
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

static bool holds(const struct gaz_buffer *text, const char *word)
{
    const size_t len = strlen(word);
    const char *end = text->data + text->size;
    const char *at = text->data;
    while (at && (size_t)(end - at) >= len &&
           (at = memchr(at, word[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) >= len && memcmp(at, word, len) == 0)
            return true;
        at++;
    }
    return false;
}

static void search(const struct api_route *route, int reading, int asker,
                   const struct gaz_buffer *text)
{
    const unsigned role = asker == 0 ? 0 : 1U << (asker - 1);
    for (size_t i = 0; i < COUNT(canaries); i++) {
        if (!holds(text, canaries[i].word))
            continue;
        canaries[i].was_seen = true;
        if (!(canaries[i].roles & role))
            fail_msg("%s %s (reading %d) shows %s to %s", route->method,
                     route->pattern, reading, canaries[i].label,
                     role ? gaz_role_names(&ctx.arena, role) : "the public");
    }
}

/* Another reading may be the same question. */
static bool is_repeated(const struct api_route *route, int reading)
{
    return reading > 1 && strcmp(target_of(route, reading),
                                 target_of(route, reading - 2)) == 0;
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
    assert_true(read > (int)routes * ASKERS);
    assert_true(written > 10);
    for (size_t i = 0; i < COUNT(canaries); i++)
        if (canaries[i].must_be_seen && !canaries[i].was_seen)
            fail_msg("nobody was shown %s", canaries[i].label);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_walk)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
