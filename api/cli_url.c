/* SPDX-License-Identifier: Apache-2.0 */
#include "api/cli_url.h"

#include <errno.h>
#include <string.h>

#include "gazetteer/base/clock.h"
#include "gazetteer/base/file.h"
#include "gazetteer/store/fetched.h"
#include "importers/fetch.h"
#include "importers/fetch_url.h"
#include "importers/pages.h"

enum { KEY_MAX_BYTES = 200, HEADERS = 3 };

struct fetching {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    const char *door; /* the URL of the command */
    bool keeps;
    bool allow_http;
    int pause_ms;
    const char *headers[HEADERS];
};

gaz_status api_cli_url_key(struct api_cli *cli, const char **out)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *path = api_cli_option(cli, "--key");
    struct gaz_map map = {0};
    *out = NULL;
    if (!path)
        return GAZ_OK;
    gaz_status status = gaz_file_map(ctx, path, &map);
    if (status == GAZ_NOT_FOUND && !ctx->failure[0])
        return gaz_fail(ctx, status, "no file '%s'", path);
    if (status != GAZ_OK)
        return status;
    const char *text = map.size > 0 ? map.data : "";
    size_t len = 0;
    while (len < map.size && text[len] > ' ' && text[len] < 127)
        len++;
    if (len == 0 || len > KEY_MAX_BYTES)
        status = gaz_fail(ctx, GAZ_INVALID, "'%s' holds no key", path);
    else
        *out = gaz_arena_printf(&ctx->arena, "X-Api-Key: %.*s", (int)len, text);
    gaz_file_unmap(&map);
    return status;
}

/* ---- the shelf: table `fetched` ---- */

static gaz_status find_kept(struct gaz_ctx *ctx, void *user, const char *url,
                            struct imp_pages_item *out)
{
    const struct fetching *f = user;
    struct gaz_fetched found;
    gaz_status status = gaz_fetched_find(ctx, f->store, f->door, url, &found);
    if (status == GAZ_OK)
        *out = (struct imp_pages_item){.url = found.url,
                                       .etag = found.etag,
                                       .bytes = found.bytes,
                                       .size = found.size};
    return status;
}

/* What has no ETag cannot be asked for again: keeping it is of no use. */
static gaz_status keep(struct gaz_ctx *ctx, void *user,
                       const struct imp_pages_item *item)
{
    const struct fetching *f = user;
    if (!f->keeps || item->etag[0] == '\0')
        return GAZ_OK;
    const struct gaz_fetched document = {.url = item->url,
                                         .etag = item->etag,
                                         .bytes = item->bytes,
                                         .size = item->size};
    gaz_status status = gaz_store_begin(ctx, f->store);
    if (status == GAZ_OK)
        status = gaz_fetched_put(ctx, f->store, f->door, &document);
    return status == GAZ_OK ? gaz_store_commit(ctx, f->store) : status;
}

/* ---- a collection ---- */

static gaz_status fetch_collection(struct fetching *f, const char *items,
                                   struct api_cli_url *out)
{
    struct gaz_arena *arena = &f->ctx->arena;
    struct imp_pages_tally tally = {0};
    struct imp_pages pages = {
        .ctx = f->ctx,
        .shelf = {.find = find_kept, .keep = keep, .user = f},
        .headers = f->headers,
        .allow_http = f->allow_http,
        .pause_ms = f->pause_ms,
        .began_ms = gaz_clock_ms()};
    gaz_status status = imp_pages_read(&pages, items, IMP_PAGES_CRS84, &tally);
    if (status == GAZ_OK)
        status = imp_pages_join(&pages, &out->path);
    if (status != GAZ_OK)
        return status;
    const char **urls = gaz_arena_alloc(arena, pages.count * sizeof(*urls));
    for (size_t i = 0; i < pages.count; i++)
        urls[i] = pages.items[i].url;
    out->urls = urls;
    out->count = pages.count;
    out->name = imp_fetch_url_collection(arena, f->door);
    out->told = gaz_arena_printf(
        arena, "%d pages fetched, %d unchanged, %lld features", pages.fetched,
        pages.unchanged, (long long)tally.features);
    return GAZ_OK;
}

/* ---- a file ---- */

/* The host has nothing new: the bytes that are kept become the file. */
static gaz_status write_kept(struct fetching *f,
                             const struct imp_pages_item *have,
                             struct api_cli_url *out)
{
    FILE *file = NULL;
    const char *path = NULL;
    gaz_status status = imp_fetch_temporary(f->ctx, out->name, &path, &file);
    if (status != GAZ_OK)
        return status;
    const bool is_written =
        fwrite(have->bytes, 1, have->size, file) == have->size;
    if (fclose(file) == 0 && is_written) {
        out->path = path;
        return GAZ_OK;
    }
    status = gaz_fail(f->ctx, GAZ_IO, "cannot write '%s': %s", path,
                      strerror(errno));
    imp_fetch_discard(path);
    return status;
}

static gaz_status keep_file(struct fetching *f,
                            const struct imp_fetched *fetched)
{
    struct gaz_map map = {0};
    if (fetched->etag[0] == '\0' || fetched->size > IMP_PAGE_MAX_BYTES)
        return GAZ_OK;
    gaz_status status = gaz_file_map(f->ctx, fetched->path, &map);
    if (status != GAZ_OK)
        return status;
    const struct imp_pages_item item = {.url = f->door,
                                        .etag = fetched->etag,
                                        .bytes = map.size > 0 ? map.data : "",
                                        .size = map.size};
    status = keep(f->ctx, f, &item);
    gaz_file_unmap(&map);
    return status;
}

static gaz_status fetch_file(struct fetching *f, struct api_cli_url *out)
{
    struct imp_pages_item have = {.etag = NULL};
    struct imp_fetched fetched;
    gaz_status known = find_kept(f->ctx, f, f->door, &have);
    if (known != GAZ_OK && known != GAZ_NOT_FOUND)
        return known;
    const struct imp_fetch_options options = {.allow_http = f->allow_http,
                                              .pause_ms = f->pause_ms,
                                              .headers = f->headers,
                                              .if_none_match = have.etag};
    gaz_status status = imp_fetch_url(f->ctx, f->door, &options, &fetched);
    if (status != GAZ_OK)
        return status;
    out->name = fetched.name;
    out->urls = &f->door;
    out->count = 1;
    if (fetched.is_unchanged) {
        out->told = "unchanged since it was last fetched";
        return write_kept(f, &have, out);
    }
    status = keep_file(f, &fetched);
    if (status == GAZ_OK)
        out->path = fetched.path;
    else
        imp_fetch_remove(&fetched);
    return status;
}

/* ---- the door ---- */

static gaz_status prepare(struct api_cli *cli, struct fetching *f,
                          const char *items)
{
    const char *key;
    int headers = 0;
    gaz_status status = api_cli_url_key(cli, &key);
    if (key)
        f->headers[headers++] = key;
    if (items)
        f->headers[headers++] =
            "Accept: application/geo+json, application/json;q=0.9";
    return status;
}

gaz_status api_cli_url_open(struct api_cli *cli, struct gaz_store *store,
                            const char *url, bool keeps, int pause_ms,
                            struct api_cli_url *out)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct fetching *f = gaz_arena_alloc(&ctx->arena, sizeof(*f));
    *f = (struct fetching){.ctx = ctx,
                           .store = store,
                           .door = url,
                           .keeps = keeps,
                           .pause_ms = pause_ms,
                           .allow_http =
                               api_cli_option(cli, "--allow-http") != NULL};
    struct api_cli_url opened = {.url = url, .told = ""};
    const char *items =
        imp_fetch_url_items(&ctx->arena, url, IMP_PAGES_LIMIT_DEFAULT);
    gaz_status status = prepare(cli, f, items);
    if (status == GAZ_OK)
        status = items ? fetch_collection(f, items, &opened)
                       : fetch_file(f, &opened);
    if (status == GAZ_OK)
        *out = opened;
    return status;
}

gaz_status api_cli_url_settle(struct api_cli *cli, struct gaz_store *store,
                              const struct api_cli_url *url)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = gaz_fetched_prune(ctx, store, url->url, url->urls, url->count);
    return status == GAZ_OK ? gaz_store_commit(ctx, store) : status;
}

void api_cli_url_close(const struct api_cli_url *url)
{
    if (url->path)
        imp_fetch_discard(url->path);
}
