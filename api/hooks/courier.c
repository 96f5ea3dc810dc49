/* SPDX-License-Identifier: Apache-2.0 */
#include "api/hooks/courier.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "api/access/changes.h"
#include "api/access/digest.h"
#include "api/hooks/post.h"
#include "gazetteer/base/buffer.h"

enum {
    WAIT_MS = 100,
    IDLE_MS = 2000, /* without the lock, or a database */
    PATIENCE_MS = 2000,
    BODY_MAX_BYTES = 32 * 1024 * 1024,
    GONE = 410,
};

/* A delivery under way, or one whose result is not yet in the database. */
struct parcel {
    struct parcel *next;
    char hook[GAZ_HOOK_ID_CHARS + 1];
    int64_t since;
    int64_t last;
    int64_t letter; /* a dead one that is sent again; 0: none */
    int attempts;   /* before this one */
    bool is_done;
    struct api_post_result result;
};

struct api_courier {
    struct api_courier_options options;
    char *db;
    struct api_poster *poster;
    pthread_t thread;
    bool is_running;
    atomic_bool is_closing;
    atomic_ullong delivered;
    atomic_ullong failed;
    atomic_ullong buried;
    /* of the thread alone */
    struct gaz_store *store; /* NULL: not open */
    int lock;                /* of the database's courier; -1: another's */
    int64_t version;
    int64_t due_ms; /* when to look although nobody wrote */
    struct parcel *parcels;
    struct gaz_buffer body;
};

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void say(const struct api_courier *courier, const char *line)
{
    if (courier->options.log)
        courier->options.log(line, courier->options.user);
}

/* ---- what came of a delivery ---- */

static int64_t backoff_ms(const struct api_courier *courier, int attempts)
{
    int64_t wait = courier->options.backoff_ms;
    for (int i = 1; i < attempts && wait < API_COURIER_BACKOFF_MAX_MS; i++)
        wait *= 2;
    return wait < API_COURIER_BACKOFF_MAX_MS ? wait
                                             : API_COURIER_BACKOFF_MAX_MS;
}

static gaz_status bury(struct gaz_ctx *ctx, struct api_courier *courier,
                       const struct parcel *parcel, struct gaz_hook *hook)
{
    const struct gaz_hook_dead dead = {.hook = parcel->hook,
                                       .since = parcel->since,
                                       .last = parcel->last,
                                       .attempts = parcel->attempts + 1,
                                       .failure = parcel->result.failure};
    hook->since = parcel->last;
    hook->attempts = 0;
    atomic_fetch_add(&courier->buried, 1);
    say(courier,
        gaz_arena_printf(&ctx->arena,
                         "webhook %s: entries %lld to %lld given up "
                         "after %d attempts: %s",
                         parcel->hook, (long long)parcel->since + 1,
                         (long long)parcel->last, dead.attempts, dead.failure));
    return gaz_hook_bury(ctx, courier->store, &dead);
}

static gaz_status note_hook(struct gaz_ctx *ctx, struct api_courier *courier,
                            const struct parcel *parcel)
{
    const bool is_good = parcel->result.failure[0] == '\0';
    struct gaz_hook hook = {.id = parcel->hook,
                            .since = is_good ? parcel->last : parcel->since,
                            .attempts = is_good ? 0 : parcel->attempts + 1,
                            .failure = is_good ? NULL : parcel->result.failure,
                            .delivered = is_good ? "now" : NULL,
                            .is_paused = parcel->result.status == GONE};
    gaz_status status = GAZ_OK;
    if (!is_good && hook.attempts >= courier->options.attempts)
        status = bury(ctx, courier, parcel, &hook);
    else if (!is_good)
        hook.next_at = now_ms() + backoff_ms(courier, hook.attempts);
    if (status == GAZ_OK && hook.next_at &&
        (!courier->due_ms || hook.next_at < courier->due_ms))
        courier->due_ms = hook.next_at;
    return status == GAZ_OK ? gaz_hook_settle(ctx, courier->store, &hook)
                            : status;
}

/* In one transaction. On failure the parcel stays, and is noted later. */
static gaz_status settle(struct gaz_ctx *ctx, struct api_courier *courier,
                         const struct parcel *parcel)
{
    const char *failure =
        parcel->result.failure[0] ? parcel->result.failure : NULL;
    gaz_status status = gaz_store_begin(ctx, courier->store);
    if (status == GAZ_OK && parcel->letter)
        status =
            gaz_hook_settle_dead(ctx, courier->store, parcel->letter, failure);
    else if (status == GAZ_OK)
        status = note_hook(ctx, courier, parcel);
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, courier->store);
    if (status != GAZ_OK) {
        gaz_status ignored = gaz_store_rollback(ctx, courier->store);
        (void)ignored; /* the first failure stands */
    }
    return status;
}

/* Those that are done leave the list. */
static void settle_all(struct gaz_ctx *ctx, struct api_courier *courier)
{
    struct parcel **at = &courier->parcels;
    while (*at) {
        struct parcel *parcel = *at;
        gaz_ctx_next(ctx);
        if (!parcel->is_done || !courier->store ||
            settle(ctx, courier, parcel) != GAZ_OK) {
            at = &parcel->next;
            continue;
        }
        atomic_fetch_add(parcel->result.failure[0] ? &courier->failed
                                                   : &courier->delivered,
                         1);
        *at = parcel->next;
        gaz_free(parcel);
        courier->version = 0; /* there may be more for it */
    }
}

/* ---- a delivery ---- */

/* Writes the entries after `since`, to `until` at most (0: any), that these
 * roles may see; *last is how far that goes, *count how many. */
static gaz_status write_body(struct gaz_ctx *ctx, struct api_courier *courier,
                             const struct gaz_hook *hook, struct parcel *parcel,
                             int *count)
{
    struct gaz_feed feed;
    struct gaz_json json;
    const int64_t until = parcel->last;
    gaz_status status = gaz_store_feed(ctx, courier->store, parcel->since,
                                       API_COURIER_BATCH, &feed);
    if (status != GAZ_OK)
        return status;
    *count = 0;
    gaz_buffer_clear(&courier->body);
    gaz_json_open(&json, &courier->body);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "webhook", hook->id);
    gaz_json_int(&json, "since", parcel->since);
    gaz_json_array(&json, "changes");
    parcel->last = parcel->since;
    for (int i = 0; i < feed.count; i++) {
        const struct gaz_journal_entry *entry = &feed.items[i];
        if ((until && entry->seq > until) ||
            courier->body.size > API_COURIER_BODY_BYTES)
            break;
        parcel->last = entry->seq;
        if (!api_access_changes_shows(hook->roles, entry))
            continue;
        api_access_changes_write(&json, hook->roles, entry);
        (*count)++;
    }
    gaz_json_end(&json);
    gaz_json_int(&json, "last", parcel->last);
    gaz_json_end(&json);
    return GAZ_OK;
}

static gaz_status post(struct gaz_ctx *ctx, struct api_courier *courier,
                       const struct gaz_hook *hook, struct parcel *parcel)
{
    struct gaz_arena *arena = &ctx->arena;
    const struct gaz_buffer *body = &courier->body;
    const char *id =
        gaz_arena_printf(arena, "%s-%lld-%lld", hook->id,
                         (long long)parcel->since, (long long)parcel->last);
    const char *at =
        gaz_arena_printf(arena, "%lld", (long long)(now_ms() / 1000));
    const char *signed_text = gaz_arena_printf(arena, "%s.%s.%.*s", id, at,
                                               (int)body->size, body->data);
    unsigned char digest[API_DIGEST_BYTES];
    char signature[(API_DIGEST_BYTES / 3 + 1) * 4 + 1];
    api_digest_hmac(hook->secret, sizeof(hook->secret), signed_text,
                    strlen(signed_text), digest);
    api_digest_base64(digest, sizeof(digest), signature);
    const char *const headers[] = {
        "Content-Type: application/json",
        "Expect:",
        gaz_arena_printf(arena, "webhook-id: %s", id),
        gaz_arena_printf(arena, "webhook-timestamp: %s", at),
        gaz_arena_printf(arena, "webhook-signature: v1,%s", signature),
        NULL};
    return api_post_start(ctx, courier->poster, hook->url, headers, body->data,
                          body->size, parcel);
}

/* Sends `parcel`, which becomes the courier's; what nobody may see is passed
 * over at once. */
static gaz_status send_parcel(struct gaz_ctx *ctx, struct api_courier *courier,
                              const struct gaz_hook *hook,
                              const struct parcel *wanted)
{
    struct parcel *parcel = gaz_malloc(sizeof(*parcel));
    int count = 0;
    *parcel = *wanted;
    (void)snprintf(parcel->hook, sizeof(parcel->hook), "%s", hook->id);
    gaz_status status = write_body(ctx, courier, hook, parcel, &count);
    const char *why_not = NULL;
    if (status != GAZ_OK || parcel->last == parcel->since) {
        gaz_free(parcel);
        return status;
    }
    parcel->next = courier->parcels;
    courier->parcels = parcel;
    if (count == 0) {
        parcel->is_done = true;
    } else if (courier->body.full || !api_post_check_url(hook->url, &why_not)) {
        parcel->is_done = true;
        (void)snprintf(parcel->result.failure, sizeof(parcel->result.failure),
                       "%s", why_not ? why_not : "the entry is too large");
    } else if (post(ctx, courier, hook, parcel) != GAZ_OK) {
        parcel->is_done = true;
        (void)snprintf(parcel->result.failure, sizeof(parcel->result.failure),
                       "not sent");
    }
    return GAZ_OK;
}

static bool is_under_way(const struct api_courier *courier, const char *hook)
{
    for (const struct parcel *p = courier->parcels; p; p = p->next)
        if (strcmp(p->hook, hook) == 0)
            return true;
    return false;
}

static gaz_status serve_hook(struct gaz_ctx *ctx, struct api_courier *courier,
                             const struct gaz_hook *hook,
                             const struct gaz_hook_deads *dead)
{
    const int64_t wait_ms = hook->next_at - now_ms();
    if (hook->is_paused || is_under_way(courier, hook->id))
        return GAZ_OK;
    for (int i = 0; i < dead->count; i++)
        if (dead->items[i].is_due && strcmp(dead->items[i].hook, hook->id) == 0)
            return send_parcel(ctx, courier, hook,
                               &(struct parcel){.since = dead->items[i].since,
                                                .last = dead->items[i].last,
                                                .letter = dead->items[i].id});
    /* a clock that was set back must not put it off for ever */
    if (wait_ms > 0 && wait_ms <= API_COURIER_BACKOFF_MAX_MS) {
        if (!courier->due_ms || hook->next_at < courier->due_ms)
            courier->due_ms = hook->next_at;
        return GAZ_OK;
    }
    return send_parcel(
        ctx, courier, hook,
        &(struct parcel){.since = hook->since, .attempts = hook->attempts});
}

/* ---- the thread ---- */

static bool take_lock(struct gaz_ctx *ctx, struct api_courier *courier)
{
    if (courier->lock >= 0)
        return true;
    const char *path = gaz_arena_printf(&ctx->arena, "%s.hooks", courier->db);
    if (access(courier->db, F_OK) != 0)
        return false;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        (void)close(fd);
        fd = -1;
    }
    courier->lock = fd;
    return fd >= 0;
}

static gaz_status open_store(struct gaz_ctx *ctx, struct api_courier *courier)
{
    if (courier->store)
        return GAZ_OK;
    gaz_status status =
        gaz_store_open(ctx, courier->db, GAZ_STORE_UPDATE, &courier->store);
    if (status == GAZ_OK)
        gaz_store_patience(courier->store, PATIENCE_MS);
    return status;
}

/* Looks when somebody wrote, or when something is due. */
static gaz_status look(struct gaz_ctx *ctx, struct api_courier *courier)
{
    int64_t version = 0;
    struct gaz_hooks hooks = {.count = 0};
    struct gaz_hook_deads dead = {.count = 0};
    gaz_status status = gaz_store_data_version(ctx, courier->store, &version);
    if (status != GAZ_OK || (version == courier->version &&
                             (!courier->due_ms || now_ms() < courier->due_ms)))
        return status;
    courier->version = version;
    courier->due_ms = 0;
    status = gaz_hook_list(ctx, courier->store, &hooks);
    if (status == GAZ_OK && hooks.count > 0)
        status = gaz_hook_list_dead(ctx, courier->store, NULL, &dead);
    for (int i = 0; status == GAZ_OK && i < hooks.count; i++)
        status = serve_hook(ctx, courier, &hooks.items[i], &dead);
    return status;
}

static int go_round(struct gaz_ctx *ctx, struct api_courier *courier)
{
    gaz_ctx_next(ctx);
    if (!take_lock(ctx, courier))
        return IDLE_MS;
    gaz_status status = open_store(ctx, courier);
    settle_all(ctx, courier);
    gaz_ctx_next(ctx);
    if (status == GAZ_OK)
        status = look(ctx, courier);
    if (status == GAZ_OK)
        return WAIT_MS;
    gaz_store_close(courier->store);
    courier->store = NULL;
    courier->version = 0;
    return IDLE_MS;
}

static void *run(void *argument)
{
    struct api_courier *courier = argument;
    struct gaz_ctx ctx = {.failure = ""};
    while (!atomic_load(&courier->is_closing)) {
        int wait_ms = go_round(&ctx, courier);
        struct api_post_result result;
        while (api_post_wait(courier->poster, wait_ms, &result)) {
            struct parcel *parcel = result.user;
            parcel->result = result;
            parcel->is_done = true;
            wait_ms = 0;
        }
    }
    settle_all(&ctx, courier);
    gaz_store_close(courier->store);
    gaz_ctx_close(&ctx);
    return NULL;
}

static int or_default(int value, int otherwise)
{
    return value > 0 ? value : otherwise;
}

gaz_status api_courier_open(struct gaz_ctx *ctx,
                            const struct api_courier_options *options,
                            struct api_courier **out)
{
    struct api_courier *courier = gaz_malloc(sizeof(*courier));
    courier->options = *options;
    courier->options.attempts =
        or_default(options->attempts, API_COURIER_ATTEMPTS);
    courier->options.backoff_ms =
        or_default(options->backoff_ms, API_COURIER_BACKOFF_MS);
    courier->db = gaz_malloc(strlen(options->db) + 1);
    memcpy(courier->db, options->db, strlen(options->db) + 1);
    courier->lock = -1;
    gaz_buffer_open(&courier->body, BODY_MAX_BYTES);
    const struct api_post_options posting = {
        .allows_private = options->allows_private,
        .timeout_ms = or_default(options->timeout_ms, API_COURIER_TIMEOUT_MS)};
    gaz_status status = api_post_open(ctx, &posting, &courier->poster);
    if (status == GAZ_OK) {
        int failed = pthread_create(&courier->thread, NULL, run, courier);
        courier->is_running = failed == 0;
        if (failed)
            status = gaz_fail(ctx, GAZ_IO, "cannot start a thread: %s",
                              strerror(failed));
    }
    if (status != GAZ_OK) {
        api_courier_close(courier);
        return status;
    }
    *out = courier;
    return GAZ_OK;
}

void api_courier_close(struct api_courier *courier)
{
    if (!courier)
        return;
    atomic_store(&courier->is_closing, true);
    if (courier->is_running) {
        api_post_wake(courier->poster);
        (void)pthread_join(courier->thread, NULL);
    }
    api_post_close(courier->poster);
    while (courier->parcels) {
        struct parcel *parcel = courier->parcels;
        courier->parcels = parcel->next;
        gaz_free(parcel);
    }
    if (courier->lock >= 0)
        (void)close(courier->lock);
    gaz_buffer_close(&courier->body);
    gaz_free(courier->db);
    gaz_free(courier);
}

void api_courier_counts_read(struct api_courier *courier,
                             struct api_courier_counts *out)
{
    *out = (struct api_courier_counts){.delivered =
                                           atomic_load(&courier->delivered),
                                       .failed = atomic_load(&courier->failed),
                                       .buried = atomic_load(&courier->buried)};
}
