/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/hook.h"

#include <string.h>

#include "gazetteer/store/handle.h"

/* A statement that changes rows; `out`: how many (NULL: not asked). */
static gaz_status prepare(struct gaz_ctx *ctx, struct gaz_store *store,
                          const char *sql, struct gaz_stmt **out)
{
    gaz_status status = gaz_store_writing(ctx, store);
    return status == GAZ_OK ? gaz_sqlite_prepare(ctx, store->db, sql, out)
                            : status;
}

/* Runs and drops; GAZ_NOT_FOUND when no row was changed and one is wanted. */
static gaz_status finish(struct gaz_ctx *ctx, struct gaz_store *store,
                         struct gaz_stmt *stmt, const char *missing)
{
    gaz_status status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_OK && missing && gaz_sqlite_changes(store->db) == 0)
        status = gaz_fail(ctx, GAZ_NOT_FOUND, "%s", missing);
    return status;
}

gaz_status gaz_hook_put(struct gaz_ctx *ctx, struct gaz_store *store,
                        const struct gaz_hook *hook)
{
    struct gaz_stmt *stmt;
    int64_t count = 0;
    gaz_status status = gaz_sqlite_number(
        ctx, store->db, "SELECT COUNT(*) FROM webhook", &count);
    if (status == GAZ_OK && count >= GAZ_HOOKS_MAX)
        status =
            gaz_fail(ctx, GAZ_LIMIT, "%d webhooks are enough", GAZ_HOOKS_MAX);
    if (status == GAZ_OK)
        status = prepare(
            ctx, store,
            "INSERT INTO webhook (id, name, url, secret, roles, since)"
            " VALUES (:id, :name, :url, :secret, :roles, iif(:since < 0,"
            "  (SELECT COALESCE(MAX(seq), 0) FROM journal), :since))",
            &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":id", hook->id);
    gaz_sqlite_bind_text(stmt, ":name", hook->name);
    gaz_sqlite_bind_text(stmt, ":url", hook->url);
    gaz_sqlite_bind_blob(stmt, ":secret", hook->secret, sizeof(hook->secret));
    gaz_sqlite_bind_int(stmt, ":roles", hook->roles);
    gaz_sqlite_bind_int(stmt, ":since", hook->since);
    return finish(ctx, store, stmt, NULL);
}

static gaz_status read_hook(struct gaz_ctx *ctx, const struct gaz_stmt *row,
                            struct gaz_hook *out)
{
    size_t size;
    const void *secret = gaz_sqlite_blob(ctx, row, 3, &size);
    *out = (struct gaz_hook){
        .id = gaz_sqlite_text(ctx, row, 0),
        .name = gaz_sqlite_text(ctx, row, 1),
        .url = gaz_sqlite_text(ctx, row, 2),
        .roles = (unsigned)gaz_sqlite_int(row, 4),
        .since = gaz_sqlite_int(row, 5),
        .attempts = (int)gaz_sqlite_int(row, 6),
        .next_at = gaz_sqlite_int(row, 7),
        .failure = gaz_sqlite_text(ctx, row, 8),
        .delivered = gaz_sqlite_text(ctx, row, 9),
        .is_paused = gaz_sqlite_int(row, 10) != 0,
        .created = gaz_sqlite_text(ctx, row, 11),
    };
    if (!secret || size != sizeof(out->secret))
        return gaz_fail(ctx, GAZ_DB, "the webhook '%s' is damaged", out->id);
    memcpy(out->secret, secret, size);
    return GAZ_OK;
}

gaz_status gaz_hook_list(struct gaz_ctx *ctx, struct gaz_store *store,
                         struct gaz_hooks *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db,
        "SELECT id, name, url, secret, roles, since, attempts, next_at,"
        "  failure, delivered, paused, created FROM webhook"
        " ORDER BY created, id",
        &stmt);
    if (status != GAZ_OK)
        return status;
    struct gaz_hook *items =
        gaz_arena_array(&ctx->arena, GAZ_HOOKS_MAX, sizeof(*items));
    int count = 0;
    while (count < GAZ_HOOKS_MAX &&
           (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        status = read_hook(ctx, stmt, &items[count]);
        if (status != GAZ_OK)
            break;
        count++;
    }
    gaz_sqlite_drop(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = (struct gaz_hooks){.items = items, .count = count};
    return GAZ_OK;
}

gaz_status gaz_hook_remove(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *id)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        prepare(ctx, store, "DELETE FROM webhook WHERE id = :id", &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":id", id);
    return finish(ctx, store, stmt, "no such webhook");
}

gaz_status gaz_hook_pause(struct gaz_ctx *ctx, struct gaz_store *store,
                          const char *id, bool is_paused)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        prepare(ctx, store,
                "UPDATE webhook SET paused = :paused, next_at = 0"
                " WHERE id = :id",
                &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":id", id);
    gaz_sqlite_bind_int(stmt, ":paused", is_paused);
    return finish(ctx, store, stmt, "no such webhook");
}

gaz_status gaz_hook_settle(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_hook *hook)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        prepare(ctx, store,
                "UPDATE webhook SET since = :since, attempts = :attempts,"
                "  next_at = :next_at, failure = :failure,"
                "  paused = MAX(paused, :paused), delivered = iif(:now,"
                "   strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), delivered)"
                " WHERE id = :id",
                &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":id", hook->id);
    gaz_sqlite_bind_int(stmt, ":since", hook->since);
    gaz_sqlite_bind_int(stmt, ":attempts", hook->attempts);
    gaz_sqlite_bind_int(stmt, ":next_at", hook->next_at);
    gaz_sqlite_bind_text(stmt, ":failure", hook->failure);
    gaz_sqlite_bind_int(stmt, ":paused", hook->is_paused);
    gaz_sqlite_bind_int(stmt, ":now", hook->delivered != NULL);
    return finish(ctx, store, stmt, NULL);
}

/* ---- dead letters ---- */

gaz_status gaz_hook_bury(struct gaz_ctx *ctx, struct gaz_store *store,
                         const struct gaz_hook_dead *dead)
{
    struct gaz_stmt *stmt;
    gaz_status status = prepare(
        ctx, store,
        "INSERT INTO webhook_dead (webhook, since, last, attempts, failure)"
        " SELECT id, :since, :last, :attempts, :failure FROM webhook"
        " WHERE id = :hook",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":hook", dead->hook);
    gaz_sqlite_bind_int(stmt, ":since", dead->since);
    gaz_sqlite_bind_int(stmt, ":last", dead->last);
    gaz_sqlite_bind_int(stmt, ":attempts", dead->attempts);
    gaz_sqlite_bind_text(stmt, ":failure", dead->failure);
    return finish(ctx, store, stmt, NULL);
}

gaz_status gaz_hook_list_dead(struct gaz_ctx *ctx, struct gaz_store *store,
                              const char *hook, struct gaz_hook_deads *out)
{
    enum { DEAD_MAX = 1000 };
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db,
        "SELECT id, webhook, since, last, attempts, failure, at, due"
        " FROM webhook_dead WHERE :hook IS NULL OR webhook = :hook"
        " ORDER BY id LIMIT 1000",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":hook", hook);
    struct gaz_hook_dead *items =
        gaz_arena_array(&ctx->arena, DEAD_MAX, sizeof(*items));
    int count = 0;
    while (count < DEAD_MAX && (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        items[count++] =
            (struct gaz_hook_dead){.id = gaz_sqlite_int(stmt, 0),
                                   .hook = gaz_sqlite_text(ctx, stmt, 1),
                                   .since = gaz_sqlite_int(stmt, 2),
                                   .last = gaz_sqlite_int(stmt, 3),
                                   .attempts = (int)gaz_sqlite_int(stmt, 4),
                                   .failure = gaz_sqlite_text(ctx, stmt, 5),
                                   .at = gaz_sqlite_text(ctx, stmt, 6),
                                   .is_due = gaz_sqlite_int(stmt, 7) != 0};
    gaz_sqlite_drop(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = (struct gaz_hook_deads){.items = items, .count = count};
    return GAZ_OK;
}

gaz_status gaz_hook_replay(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *hook, int64_t id)
{
    struct gaz_stmt *stmt;
    gaz_status status = prepare(ctx, store,
                                "UPDATE webhook_dead SET due = 1"
                                " WHERE id = :id AND webhook = :hook",
                                &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", id);
    gaz_sqlite_bind_text(stmt, ":hook", hook);
    return finish(ctx, store, stmt, "no such dead letter");
}

gaz_status gaz_hook_settle_dead(struct gaz_ctx *ctx, struct gaz_store *store,
                                int64_t id, const char *failure)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        prepare(ctx, store,
                failure ? "UPDATE webhook_dead SET due = 0, failure = :failure,"
                          " attempts = attempts + 1 WHERE id = :id"
                        : "DELETE FROM webhook_dead WHERE id = :id",
                &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", id);
    if (failure)
        gaz_sqlite_bind_text(stmt, ":failure", failure);
    return finish(ctx, store, stmt, NULL);
}
