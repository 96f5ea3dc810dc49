/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: who may come in, and what is counted.
 *
 * - the limiter against a model that keeps every bucket, over random calls; a
 *   flood of addresses does not lift the limit of a steady one that keeps
 * asking
 * - keys: taken, unknown, malformed, expired, revoked, rotated, quota; seen by
 * a ring that was open before
 * - roles: names there and back
 * - every route as every role: exactly those with the role come in
 * - metrics: what was counted, in Prometheus' format
 * - the audit log: what was noted is there after a moment, alike lines as one;
 *   it cannot be changed or deleted; the day's count of a key survives a
 * restart and is that of all servers
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/access/changes.h"
#include "api/access/digest.h"
#include "api/access/gate.h"
#include "api/access/limiter.h"
#include "api/access/recorder.h"
#include "gazetteer/base/text.h"
#include "gazetteer/store/handle.h"
#include "gazetteer/store/trail.h"
#include "tests/unit/api/fixture.h"

static char db[] = "/tmp/diming-access-XXXXXX";

/* ---- limiter ---- */

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15U;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    return z ^ z >> 31;
}

static void test_limiter_model(void **state)
{
    (void)state;
    enum { WHO = 5, RATE = 3, BURST = 4, CALLS = 4000 };
    struct api_limiter *limiter = api_limiter_open(RATE, BURST);
    double tokens[WHO];
    int64_t seen[WHO];
    for (int i = 0; i < WHO; i++) {
        tokens[i] = BURST;
        seen[i] = 0;
    }
    uint64_t random = 7;
    int64_t now = 0;
    for (int i = 0; i < CALLS; i++) {
        now += (int64_t)(next_random(&random) % 200);
        const int who = (int)(next_random(&random) % WHO);
        char name[32];
        (void)snprintf(name, sizeof(name), "192.0.2.%d", who);
        tokens[who] += (double)(now - seen[who]) * RATE / 1000.0;
        tokens[who] = tokens[who] > BURST ? BURST : tokens[who];
        seen[who] = now;
        const int wait = api_limiter_take(limiter, name, now);
        assert_int_equal(wait == 0, tokens[who] >= 1 - 1e-9);
        if (wait == 0)
            tokens[who] -= 1;
        else
            assert_true(wait >= 1);
    }
    api_limiter_close(limiter);
}

static void test_limiter_flood(void **state)
{
    (void)state;
    enum { RATE = 10, BURST = 10, ADDRESSES = 100000 };
    struct api_limiter *limiter = api_limiter_open(RATE, BURST);
    int taken = 0;
    for (int i = 0; i < ADDRESSES; i++) {
        char name[32];
        (void)snprintf(name, sizeof(name), "10.%d.%d.%d", i >> 16, i >> 8 & 255,
                       i & 255);
        assert_int_equal(api_limiter_take(limiter, name, 1), 0);
        if (i % 100 == 0)
            taken += api_limiter_take(limiter, "192.0.2.1", 1) == 0 ? 1 : 0;
    }
    assert_int_equal(taken, BURST);
    api_limiter_close(limiter);
}

/* ---- keys ---- */

static void add_key(struct gaz_key *key, char text[API_KEY_CHARS + 1])
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_store *store;
    assert_status_of(&ctx, api_keyring_make(&ctx, text, key), GAZ_OK);
    assert_status_of(&ctx, gaz_store_open(&ctx, db, GAZ_STORE_WRITE, &store),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(&ctx, gaz_store_put_key(&ctx, store, key), GAZ_OK);
    assert_status_of(&ctx, gaz_store_commit(&ctx, store), GAZ_OK);
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
}

static void revoke_key(const char *text)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_store *store;
    char id[GAZ_KEY_ID_CHARS + 1] = "";
    memcpy(id, text + 3, GAZ_KEY_ID_CHARS);
    assert_status_of(&ctx, gaz_store_open(&ctx, db, GAZ_STORE_WRITE, &store),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(&ctx, gaz_store_revoke_key(&ctx, store, id), GAZ_OK);
    assert_status(gaz_store_revoke_key(&ctx, store, "ZZZZZZZZ"), GAZ_NOT_FOUND);
    ctx.failure[0] = '\0';
    assert_status_of(&ctx, gaz_store_commit(&ctx, store), GAZ_OK);
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
}

static void test_keys(void **state)
{
    (void)state;
    char good[API_KEY_CHARS + 1];
    char old[API_KEY_CHARS + 1];
    char few[API_KEY_CHARS + 1];
    add_key(
        &(struct gaz_key){.name = "不动产登记中心", .roles = GAZ_ROLE_EDITOR},
        good);
    add_key(&(struct gaz_key){.name = "past",
                              .roles = GAZ_ROLE_READER,
                              .expires = 20200101},
            old);
    add_key(&(struct gaz_key){.name = "few",
                              .roles = GAZ_ROLE_READER,
                              .per_day = 2},
            few);
    struct api_keyring *ring = api_keyring_open(db);
    struct api_caller caller = {.roles = 0};
    assert_int_equal(api_keyring_check(ring, good, &caller), API_KEY_GOOD);
    assert_int_equal(caller.roles, GAZ_ROLE_EDITOR);
    assert_memory_equal(caller.id, good + 3, GAZ_KEY_ID_CHARS);
    assert_int_equal(api_keyring_check(ring, old, &caller), API_KEY_UNKNOWN);
    assert_int_equal(api_keyring_check(ring, few, &caller), API_KEY_GOOD);
    assert_int_equal(api_keyring_check(ring, few, &caller), API_KEY_GOOD);
    assert_int_equal(api_keyring_check(ring, few, &caller), API_KEY_SPENT);
    const char last = good[API_KEY_CHARS - 1];
    good[API_KEY_CHARS - 1] = last == '0' ? '1' : '0';
    assert_int_equal(api_keyring_check(ring, good, &caller), API_KEY_UNKNOWN);
    good[API_KEY_CHARS - 1] = last;
    static const char *const BAD[] = {"", "dm-", "x", "dm-AAAAAAAA-short"};
    for (size_t i = 0; i < COUNT(BAD); i++)
        assert_int_equal(api_keyring_check(ring, BAD[i], &caller),
                         API_KEY_UNKNOWN);
    revoke_key(good);
    (void)usleep(1100 * 1000); /* the ring is read again after a second */
    assert_int_equal(api_keyring_check(ring, good, &caller), API_KEY_UNKNOWN);
    assert_int_equal(api_keyring_check(ring, few, &caller), API_KEY_SPENT);
    api_keyring_close(ring);
}

static void test_digest(void **state)
{
    (void)state;
    /* FIPS 180-2, appendix B.1 */
    static const unsigned char WANT[] = {0xBA, 0x78, 0x16, 0xBF};
    unsigned char got[API_DIGEST_BYTES];
    api_digest_sha256("abc", 3, got);
    assert_memory_equal(got, WANT, sizeof(WANT));
    assert_true(api_digest_same(got, got));
    unsigned char other[API_DIGEST_BYTES];
    memcpy(other, got, sizeof(other));
    other[31] ^= 1;
    assert_false(api_digest_same(got, other));
}

static void test_role_names(void **state)
{
    (void)state;
    struct gaz_arena arena = {0};
    for (unsigned roles = 1; roles <= GAZ_ROLES_ALL; roles++) {
        unsigned back = 0;
        assert_true(gaz_role_parse(gaz_role_names(&arena, roles), &back));
        assert_int_equal(back, roles);
    }
    static const char *const BAD[] = {"", "king", "reader,", "reader,,admin",
                                      "Reader"};
    for (size_t i = 0; i < COUNT(BAD); i++) {
        unsigned roles = 99;
        CASE(BAD[i]);
        assert_false(gaz_role_parse(BAD[i], &roles));
        assert_int_equal(roles, 99);
    }
    gaz_arena_close(&arena);
}

/* ---- the walk: every route as every role ---- */

/* What the walk expects, said apart from the code of the gate. */
static bool may_come(unsigned wanted, unsigned has)
{
    return wanted == 0 || (has & wanted) != 0 || (has & GAZ_ROLE_ADMIN) != 0;
}

static void test_walk(void **state)
{
    (void)state;
    char keys[5][API_KEY_CHARS + 1];
    for (int i = 0; i < 5; i++)
        add_key(&(struct gaz_key){.name = "walk", .roles = 1U << i}, keys[i]);
    struct api_meter *meter = api_meter_open();
    const struct api_gate_options options = {.db = db, .rate = 100000};
    struct api_gate *gate = api_gate_open(&options, meter);
    struct api_worker worker = {.ctx = {.failure = ""}};
    const struct api_route *route;
    int closed = 0;
    for (size_t r = 0; (route = api_route_at(r)) != NULL; r++)
        for (int i = -1; i < 5; i++) {
            gaz_ctx_next(&worker.ctx);
            worker.problem = 0;
            const struct api_visitor visitor = {.address = "192.0.2.9",
                                                .api_key =
                                                    i < 0 ? NULL : keys[i],
                                                .route = route};
            const unsigned has = i < 0 ? 0 : 1U << i;
            const bool comes =
                api_gate_admit(gate, &worker, &visitor) == GAZ_OK;
            if (comes != may_come(api_route_roles(route), has))
                fail_msg("%s as role %d", route->pattern, i);
            if (!comes) {
                closed++;
                assert_int_equal(worker.problem, i < 0 ? 401 : 403);
            }
        }
    assert_true(closed > 0);
    gaz_ctx_close(&worker.ctx);
    api_gate_close(gate);
    api_meter_close(meter);
}

static void test_gate_limits(void **state)
{
    (void)state;
    struct api_meter *meter = api_meter_open();
    const struct api_gate_options options = {.rate = 1,
                                             .trusted_proxy = "198.51.100.1"};
    struct api_gate *gate = api_gate_open(&options, meter);
    struct api_worker worker = {.ctx = {.failure = ""}};
    static const struct {
        const char *label;
        const char *address;
        const char *forwarded;
        int comes; /* of ten at once */
    } CASES[] = {
        {"an address", "192.0.2.1", NULL, API_GATE_BURST_SECONDS},
        {"its own claim is not believed", "192.0.2.2", "203.0.113.1",
         API_GATE_BURST_SECONDS},
        {"this machine", "127.0.0.1", NULL, 10},
        {"behind the proxy", "198.51.100.1", "1.1.1.1, 203.0.113.5",
         API_GATE_BURST_SECONDS},
        {"another behind it", "198.51.100.1", "203.0.113.6",
         API_GATE_BURST_SECONDS},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        int comes = 0;
        for (int k = 0; k < 10; k++) {
            gaz_ctx_next(&worker.ctx);
            worker.problem = 0;
            worker.retry_after_s = 0;
            const struct api_visitor visitor = {
                .address = CASES[i].address, .forwarded = CASES[i].forwarded};
            if (api_gate_admit(gate, &worker, &visitor) == GAZ_OK) {
                comes++;
            } else {
                assert_int_equal(worker.problem, 429);
                assert_int_equal(worker.retry_after_s, 1);
            }
        }
        assert_int_equal(comes, CASES[i].comes);
    }
    gaz_ctx_close(&worker.ctx);
    api_gate_close(gate);
    api_meter_close(meter);
}

/* ---- what is kept ---- */

static struct api_recorder *open_recorder(struct gaz_ctx *ctx,
                                          struct api_keyring *ring)
{
    struct api_recorder *recorder;
    const struct api_recorder_options options = {.db = db, .ring = ring};
    assert_status_of(ctx, api_recorder_open(ctx, &options, &recorder), GAZ_OK);
    return recorder;
}

static void test_trail(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_store *store;
    struct gaz_trail trail;
    struct api_recorder *recorder = open_recorder(&ctx, NULL);
    const struct api_caller caller = {.id = "AAAAAAAA",
                                      .name = "测试科",
                                      .address = "192.0.2.1",
                                      .roles = GAZ_ROLE_EDITOR};
    const struct api_caller nobody = {.address = "192.0.2.2"};
    struct api_request request = {
        .method = "POST", .path = "/v1/places", .id = "r1"};
    api_recorder_note(recorder, "use", &caller, &request, 422);
    request.path = "/v1/\033[2Jplaces";
    for (int i = 0; i < 50; i++)
        api_recorder_note(recorder, "denied", &nobody, &request, 401);
    api_recorder_close(recorder); /* writes what waits */
    assert_status_of(&ctx, gaz_store_open(&ctx, db, GAZ_STORE_WRITE, &store),
                     GAZ_OK);
    const struct gaz_trail_query query = {.limit = 10};
    assert_status_of(&ctx, gaz_trail_list(&ctx, store, &query, &trail), GAZ_OK);
    assert_int_equal(trail.count, 2);
    assert_string_equal(trail.items[0].who, "测试科");
    assert_string_equal(trail.items[0].request, "r1");
    assert_int_equal(trail.items[0].status, 422);
    assert_string_equal(trail.items[1].path, "/v1/?[2Jplaces");
    assert_int_equal(trail.items[1].times, 50);
    const struct gaz_trail_query one = {.limit = 10, .who = "AAAAAAAA"};
    assert_status_of(&ctx, gaz_trail_list(&ctx, store, &one, &trail), GAZ_OK);
    assert_int_equal(trail.count, 1);
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
}

static void test_trail_stays(void **state)
{
    (void)state;
    static const char *const SQL[] = {"DELETE FROM audit",
                                      "UPDATE audit SET who = ''"};
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_store *store;
    assert_status_of(&ctx, gaz_store_open(&ctx, db, GAZ_STORE_WRITE, &store),
                     GAZ_OK);
    for (size_t i = 0; i < COUNT(SQL); i++) {
        assert_status(gaz_sqlite_exec(&ctx, store->db, SQL[i]), GAZ_INVALID);
        gaz_ctx_next(&ctx);
    }
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
}

static void test_quota_kept(void **state)
{
    (void)state;
    char text[API_KEY_CHARS + 1];
    struct gaz_ctx ctx = {.failure = ""};
    struct api_caller caller;
    add_key(&(struct gaz_key){.name = "kept",
                              .roles = GAZ_ROLE_READER,
                              .per_day = 5},
            text);
    for (int server = 0; server < 2; server++) { /* two each, one after one */
        struct api_keyring *ring = api_keyring_open(db);
        struct api_recorder *recorder = open_recorder(&ctx, ring);
        for (int i = 0; i < 2; i++)
            assert_int_equal(api_keyring_check(ring, text, &caller),
                             API_KEY_GOOD);
        api_recorder_close(recorder);
        api_keyring_close(ring);
    }
    struct api_keyring *ring = api_keyring_open(db);
    assert_int_equal(api_keyring_check(ring, text, &caller), API_KEY_GOOD);
    assert_int_equal(api_keyring_check(ring, text, &caller), API_KEY_SPENT);
    api_keyring_close(ring);
    gaz_ctx_close(&ctx);
}

/* ---- metrics ---- */

static void assert_line(const struct gaz_buffer *text, const char *line)
{
    if (!strstr(text->data, line))
        fail_msg("'%s' is not in:\n%s", line, text->data);
}

static void test_metrics(void **state)
{
    (void)state;
    struct api_meter *meter = api_meter_open();
    const struct api_route *route = api_route_at(0);
    struct gaz_buffer text;
    gaz_buffer_open(&text, 1 << 20);
    api_meter_begin(meter);
    api_meter_begin(meter);
    api_meter_begin(meter);
    api_meter_end(meter, route, 200, 300);
    api_meter_end(meter, NULL, 404, 20000000);
    api_meter_refuse(meter, API_REFUSED_KEY);
    api_meter_write(meter, NULL, &text);
    char line[128];
    (void)snprintf(line, sizeof(line),
                   "diming_http_requests_total{route=\"%s\",code=\"2xx\"} 1\n",
                   route->name);
    assert_line(&text, line);
    assert_line(&text, "{route=\"none\",code=\"4xx\"} 1\n");
    assert_line(&text, "_bucket{route=\"none\",le=\"10\"} 0\n");
    assert_line(&text, "_bucket{route=\"none\",le=\"+Inf\"} 1\n");
    assert_line(&text, "diming_http_requests_in_flight 1\n");
    assert_line(&text, "diming_http_refused_total{reason=\"key\"} 1\n");
    assert_line(&text, "diming_snapshot_loaded 0\n");
    assert_line(&text, "process_resident_memory_bytes ");
    gaz_buffer_close(&text);
    api_meter_close(meter);
}

static int open_all(void **state)
{
    (void)state;
    const int file = mkstemp(db);
    return file < 0 ? -1 : close(file) + unlink(db);
}

static int close_all(void **state)
{
    (void)state;
    static const char *const ENDINGS[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < COUNT(ENDINGS); i++) {
        char path[64];
        (void)snprintf(path, sizeof(path), "%s%s", db, ENDINGS[i]);
        (void)unlink(path);
    }
    return 0;
}

/* Which entries of the journal a caller sees in the feed: by table, and by the
 * grade of what they are about. */
static void feed_is_closed(void **state)
{
    (void)state;
    static const struct {
        const char *table;
        unsigned roles;
        bool shown;
        gaz_feed_secrecy secrecy;
    } CASES[] = {
        {"place", 0, true, GAZ_FEED_OPEN},
        {"place", GAZ_ROLE_EDITOR, false, GAZ_FEED_WITHHELD},
        {"place", GAZ_ROLE_ADMIN, true, GAZ_FEED_WITHHELD},
        {"place", 0, true, GAZ_FEED_EMERGED},
        {"secrecy", 0, true, GAZ_FEED_GRADE},
        {"redirect", 0, true, GAZ_FEED_OPEN},
        {"merge_decision", 0, false, GAZ_FEED_OPEN},
        {"merge_decision", GAZ_ROLE_READER, false, GAZ_FEED_OPEN},
        {"merge_decision", GAZ_ROLE_CLERK, true, GAZ_FEED_OPEN},
        {"boundary_marker", 0, false, GAZ_FEED_OPEN},
        {"boundary_marker", GAZ_ROLE_CLERK, false, GAZ_FEED_OPEN},
        {"boundary_marker", GAZ_ROLE_SURVEYOR, true, GAZ_FEED_OPEN},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].table);
        const struct gaz_journal_entry entry = {.table = CASES[i].table,
                                                .secrecy = CASES[i].secrecy};
        assert_int_equal(api_access_changes_shows(CASES[i].roles, &entry),
                         CASES[i].shown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(feed_is_closed),
        cmocka_unit_test(test_limiter_model),
        cmocka_unit_test(test_limiter_flood),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_role_names),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_gate_limits),
        cmocka_unit_test(test_trail),
        cmocka_unit_test(test_trail_stays),
        cmocka_unit_test(test_quota_kept),
        cmocka_unit_test(test_metrics),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
