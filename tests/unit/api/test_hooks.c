/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: webhooks, what needs no receiver (tests/e2e/webhooks.test.mjs has
 * those).
 *
 * - HMAC-SHA-256 and base 64 by the vectors of RFC 4231 and RFC 4648
 * - which URLs may be subscribed, and which addresses may be connected to
 * - subscriptions and dead letters in the store
 */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/access/digest.h"
#include "api/hooks/post.h"
#include "api/hooks/subscribe.h"
#include "gazetteer/store/key.h"

static char db[] = "/tmp/diming-hooks-XXXXXX";

static void test_digest(void **state)
{
    (void)state;
    /* RFC 4231, test case 2 */
    static const unsigned char WANT[API_DIGEST_BYTES] = {
        0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24,
        0x26, 0x08, 0x95, 0x75, 0xc7, 0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27,
        0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43};
    static const struct {
        const char *label;
        const char *text;
        const char *want;
    } CASES[] = {{"none", "", ""},
                 {"one", "f", "Zg=="},
                 {"two", "fo", "Zm8="},
                 {"six", "foobar", "Zm9vYmFy"}};
    unsigned char got[API_DIGEST_BYTES];
    char text[16];
    api_digest_hmac("Jefe", 4, "what do ya want for nothing?", 28, got);
    assert_memory_equal(got, WANT, sizeof(WANT));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        api_digest_base64((const unsigned char *)CASES[i].text,
                          strlen(CASES[i].text), text);
        assert_string_equal(text, CASES[i].want);
    }
}

static void test_urls(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        bool may;
    } CASES[] = {
        {"https://hooks.example.org/in?a=b", true},
        {"https://192.0.2.1:8443/", true},
        {"http://127.0.0.1:8080/", true},
        {"http://localhost/", true},
        {"http://[::1]/", true},
        {"http://example.org/", false},
        {"http://127.0.0.1.example.org/", false},
        {"http://127.1/", true}, /* libcurl writes it as 127.0.0.1 */
        {"http://2130706433/", true},
        {"https://a:b@example.org/", false},
        {"https://a@example.org/", false},
        {"ftp://127.0.0.1/", false},
        {"file:///etc/passwd", false},
        {"gopher://127.0.0.1/", false},
        {"https://exa mple.org/", false},
        {"https://例子.example.org/", false},
        {"https://", false},
        {"", false},
        {"/in", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *why;
        CASE(CASES[i].url);
        assert_int_equal(api_post_check_url(CASES[i].url, &why), CASES[i].may);
        assert_int_equal(why == NULL, CASES[i].may);
    }
}

static void test_addresses(void **state)
{
    (void)state;
    enum { NOBODY, OPERATOR, OWN, ANYONE };
    static const struct {
        const char *address;
        int who; /* may connect */
    } CASES[] = {
        {"203.0.112.9", ANYONE},
        {"8.8.8.8", ANYONE},
        {"172.32.0.1", ANYONE},
        {"100.128.0.1", ANYONE},
        {"2400:3200::1", ANYONE},
        {"127.0.0.1", OWN},
        {"127.255.0.9", OWN},
        {"::1", OWN},
        {"::ffff:127.0.0.1", OWN},
        {"10.0.0.1", OPERATOR},
        {"172.16.0.1", OPERATOR},
        {"172.31.255.255", OPERATOR},
        {"192.168.1.1", OPERATOR},
        {"169.254.169.254", OPERATOR}, /* where clouds keep their secrets */
        {"100.64.0.1", OPERATOR},
        {"0.0.0.0", OPERATOR},
        {"224.0.0.1", OPERATOR},
        {"255.255.255.255", OPERATOR},
        {"::ffff:10.0.0.1", OPERATOR},
        {"::", OPERATOR},
        {"fe80::1", OPERATOR},
        {"fd00::1", OPERATOR},
        {"64:ff9b::7f00:1", OPERATOR}, /* another address inside */
        {"2002:7f00:1::", OPERATOR},
        {"2001:0:7f00::1", OPERATOR},
        {"nonsense", NOBODY},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].address);
        const char *address = CASES[i].address;
        const int who = CASES[i].who;
        assert_int_equal(api_post_may_connect(address, false, false),
                         who == ANYONE);
        assert_int_equal(api_post_may_connect(address, false, true),
                         who == ANYONE || who == OPERATOR);
        assert_int_equal(api_post_may_connect(address, true, false),
                         who == ANYONE || who == OWN);
    }
}

static void test_store(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_store *store;
    struct gaz_hooks hooks;
    struct gaz_hook_deads dead;
    char secret[API_SUBSCRIBE_SECRET_BYTES];
    struct gaz_hook hook = {.name = "测试",
                            .url = "https://example.org/",
                            .roles = GAZ_ROLE_READER,
                            .since = -1};
    assert_status_of(&ctx, gaz_store_open(&ctx, db, GAZ_STORE_WRITE, &store),
                     GAZ_OK);
    assert_status_of(&ctx, api_subscribe_make(&ctx, &hook, secret), GAZ_OK);
    assert_memory_equal(secret, "whsec_", 6);
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(&ctx, gaz_hook_put(&ctx, store, &hook), GAZ_OK);
    assert_status_of(&ctx, gaz_hook_list(&ctx, store, &hooks), GAZ_OK);
    assert_int_equal(hooks.count, 1);
    assert_memory_equal(hooks.items[0].secret, hook.secret,
                        GAZ_HOOK_SECRET_BYTES);
    struct gaz_hook after = hooks.items[0];
    after.since = 7;
    after.attempts = 2;
    after.next_at = 99;
    after.failure = "answer 500";
    assert_status_of(&ctx, gaz_hook_settle(&ctx, store, &after), GAZ_OK);
    assert_status_of(&ctx, gaz_hook_pause(&ctx, store, hook.id, true), GAZ_OK);
    assert_status_of(&ctx, gaz_hook_settle(&ctx, store, &after), GAZ_OK);
    assert_status_of(&ctx, gaz_hook_list(&ctx, store, &hooks), GAZ_OK);
    assert_int_equal(hooks.items[0].since, 7);
    assert_int_equal(hooks.items[0].attempts, 2);
    assert_string_equal(hooks.items[0].failure, "answer 500");
    assert_true(hooks.items[0].is_paused); /* a result does not end a pause */
    const struct gaz_hook_dead letter = {.hook = hook.id,
                                         .since = 3,
                                         .last = 7,
                                         .attempts = 14,
                                         .failure = "answer 500"};
    assert_status_of(&ctx, gaz_hook_bury(&ctx, store, &letter), GAZ_OK);
    assert_status_of(&ctx, gaz_hook_list_dead(&ctx, store, hook.id, &dead),
                     GAZ_OK);
    assert_int_equal(dead.count, 1);
    assert_false(dead.items[0].is_due);
    assert_status_of(
        &ctx, gaz_hook_replay(&ctx, store, hook.id, dead.items[0].id), GAZ_OK);
    assert_status_of(&ctx,
                     gaz_hook_settle_dead(&ctx, store, dead.items[0].id, NULL),
                     GAZ_OK);
    assert_status(gaz_hook_replay(&ctx, store, hook.id, dead.items[0].id),
                  GAZ_NOT_FOUND);
    ctx.failure[0] = '\0';
    assert_status_of(&ctx, gaz_hook_bury(&ctx, store, &letter), GAZ_OK);
    assert_status_of(&ctx, gaz_hook_remove(&ctx, store, hook.id), GAZ_OK);
    assert_status_of(&ctx, gaz_hook_list_dead(&ctx, store, NULL, &dead),
                     GAZ_OK);
    assert_int_equal(dead.count, 0); /* gone with the subscription */
    assert_status(gaz_hook_remove(&ctx, store, hook.id), GAZ_NOT_FOUND);
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_urls),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_store),
    };
    int fd = mkstemp(db);
    if (fd < 0 || close(fd) != 0)
        return EXIT_FAILURE;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)unlink(db);
    return failed;
}
