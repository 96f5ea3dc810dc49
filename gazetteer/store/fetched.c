/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/fetched.h"

#include <string.h>

#include "gazetteer/store/handle.h"

gaz_status gaz_fetched_find(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *door, const char *url,
                            struct gaz_fetched *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db,
        "SELECT etag, bytes FROM fetched WHERE door = :door AND url = :url",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":door", door);
    gaz_sqlite_bind_text(stmt, ":url", url);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK) {
        struct gaz_fetched found = {.url = gaz_arena_strdup(&ctx->arena, url),
                                    .etag = gaz_sqlite_text(ctx, stmt, 0)};
        found.bytes = gaz_sqlite_blob(ctx, stmt, 1, &found.size);
        *out = found;
    }
    gaz_sqlite_drop(stmt);
    return status == GAZ_END ? GAZ_NOT_FOUND : status;
}

static gaz_status run(struct gaz_ctx *ctx, struct gaz_stmt *stmt)
{
    gaz_status status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

gaz_status gaz_fetched_put(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *door, const struct gaz_fetched *document)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_sqlite_prepare(
            ctx, store->db,
            "INSERT OR REPLACE INTO fetched (door, url, etag, bytes)"
            " VALUES (:door, :url, :etag, :bytes)",
            &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":door", door);
    gaz_sqlite_bind_text(stmt, ":url", document->url);
    gaz_sqlite_bind_text(stmt, ":etag", document->etag);
    gaz_sqlite_bind_blob(stmt, ":bytes", document->bytes, document->size);
    return run(ctx, stmt);
}

static gaz_status drop_page(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *door, const char *url)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db, "DELETE FROM fetched WHERE door = :door AND url = :url",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":door", door);
    gaz_sqlite_bind_text(stmt, ":url", url);
    return run(ctx, stmt);
}

static bool is_among(const char *url, const char *const *urls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(url, urls[i]) == 0)
            return true;
    return false;
}

/* A URL of the door that is not among them; NULL: none. */
static gaz_status next_stale(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *door, const char *const *urls,
                             size_t count, const char **out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db, "SELECT url FROM fetched WHERE door = :door", &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":door", door);
    *out = NULL;
    while (!*out && (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        const char *url = gaz_sqlite_text(ctx, stmt, 0);
        *out = is_among(url, urls, count) ? NULL : url;
    }
    gaz_sqlite_drop(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_fetched_prune(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *door, const char *const *urls,
                             size_t count)
{
    const char *stale = NULL;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = next_stale(ctx, store, door, urls, count, &stale);
    while (status == GAZ_OK && stale) {
        status = drop_page(ctx, store, door, stale);
        if (status == GAZ_OK)
            status = next_stale(ctx, store, door, urls, count, &stale);
    }
    return status;
}
