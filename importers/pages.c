/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/pages.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/clock.h"
#include "gazetteer/base/file.h"
#include "importers/fetch.h"
#include "importers/fetch_url.h"

/* ---- one document ---- */

static gaz_status refuse_excess(struct imp_pages *p, size_t more)
{
    const int64_t took_ms = gaz_clock_ms() - p->began_ms;
    if (p->bytes + more > IMP_PAGES_MAX_BYTES || p->count >= IMP_PAGES_MAX) {
        p->zh = "对方数据量超过上限";
        return gaz_fail(p->ctx, GAZ_LIMIT,
                        "the host gives more than %d MB or %d pages",
                        IMP_PAGES_MAX_BYTES / 1024 / 1024, IMP_PAGES_MAX);
    }
    if (took_ms > IMP_PAGES_TOTAL_MS) {
        p->zh = "采集超时";
        return gaz_fail(p->ctx, GAZ_LIMIT, "it takes longer than %d minutes",
                        IMP_PAGES_TOTAL_MS / 60000);
    }
    return GAZ_OK;
}

static gaz_status take_bytes(struct gaz_ctx *ctx,
                             const struct imp_fetched *fetched,
                             struct imp_pages_item *out)
{
    struct gaz_map map = {0};
    gaz_status status = gaz_file_map(ctx, fetched->path, &map);
    if (status != GAZ_OK)
        return status;
    out->bytes = gaz_arena_grow(&ctx->arena, map.data, map.size, map.size);
    out->size = map.size;
    out->etag = fetched->etag;
    gaz_file_unmap(&map);
    return GAZ_OK;
}

/* `have` is what is on the shelf of this URL, or NULL. *crs is NULL when that
 * still holds. */
static gaz_status fetch(struct imp_pages *p, const char *url,
                        const struct imp_pages_item *have,
                        struct imp_pages_item *out, const char **crs)
{
    const char *etag = have ? have->etag : "";
    const struct imp_fetch_options options = {.max_bytes = IMP_PAGE_MAX_BYTES,
                                              .total_ms = IMP_PAGES_PAGE_MS,
                                              .pause_ms = p->pause_ms,
                                              .allow_http = p->allow_http,
                                              .headers = p->headers,
                                              .if_none_match =
                                                  etag[0] ? etag : NULL};
    struct imp_fetched fetched;
    gaz_status status = imp_fetch_url(p->ctx, url, &options, &fetched);
    if (status != GAZ_OK) {
        p->zh = "对方服务不可达，或应答不完整；已取得的页面留存，再次运行即"
                "续采";
        return status;
    }
    *crs = fetched.content_crs;
    if (have && fetched.is_unchanged) {
        p->unchanged++;
        *crs = NULL;
        *out = *have;
        return GAZ_OK;
    }
    p->fetched++;
    *out = (struct imp_pages_item){.url = url};
    status = take_bytes(p->ctx, &fetched, out);
    imp_fetch_remove(&fetched);
    return status;
}

gaz_status imp_pages_offer_crs(struct imp_pages *p, const char *url,
                               const char *uri, bool *out)
{
    struct imp_pages_item document;
    const char *crs;
    gaz_status status = fetch(p, url, NULL, &document, &crs);
    if (status != GAZ_OK)
        return status;
    p->fetched--; /* no page */
    status = imp_page_offers_crs(p->ctx, url, document.bytes, document.size,
                                 uri, out);
    if (status != GAZ_OK)
        p->zh = "对方的图层说明无法读取";
    return status;
}

/* ---- pages ---- */

/* Content-Crs says what came; numbers in another system than was asked for are
 * not taken for ours. CRS84 is what a host answers in without being asked. */
static gaz_status refuse_crs(struct imp_pages *p, const char *url,
                             const char *is, const char *want)
{
    const bool is_default = strcmp(want, IMP_PAGES_CRS84) == 0;
    const char *header = gaz_arena_printf(&p->ctx->arena, "<%s>", want);
    if (!is || strcmp(is, header) == 0 || (is_default && is[0] == '\0'))
        return GAZ_OK;
    p->zh = gaz_arena_printf(&p->ctx->arena,
                             "坐标系不符：对方以%s应答，所请求的是%s",
                             is[0] ? is : "（未注明的坐标系）", header);
    return gaz_fail(p->ctx, GAZ_INVALID,
                    "wrong_crs: the host answers in %s, %s was asked for "
                    "(%.150s)",
                    is[0] ? is : "a system that it does not name", header, url);
}

static gaz_status add_item(struct imp_pages *p,
                           const struct imp_pages_item *item)
{
    gaz_status status = refuse_excess(p, item->size);
    if (status != GAZ_OK)
        return status;
    if (p->count == p->capacity) {
        const size_t bigger = p->capacity ? 2 * p->capacity : 16;
        p->items = gaz_arena_grow(&p->ctx->arena, p->items,
                                  p->capacity * sizeof(*p->items),
                                  bigger * sizeof(*p->items));
        p->capacity = bigger;
    }
    p->bytes += item->size;
    p->items[p->count++] = *item;
    return GAZ_OK;
}

static gaz_status take_page(struct imp_pages *p, const char *url,
                            const char *crs, struct imp_page *out)
{
    const struct imp_pages_shelf *shelf = &p->shelf;
    struct imp_pages_item have;
    struct imp_pages_item item;
    const char *told = NULL;
    gaz_status known = shelf->find(p->ctx, shelf->user, url, &have);
    if (known != GAZ_OK && known != GAZ_NOT_FOUND)
        return known;
    const int before = p->fetched;
    gaz_status status =
        fetch(p, url, known == GAZ_OK ? &have : NULL, &item, &told);
    if (status == GAZ_OK)
        status = refuse_crs(p, url, told, crs);
    if (status != GAZ_OK)
        return status;
    status = imp_page_parse(p->ctx, url, item.bytes, item.size, out);
    if (status != GAZ_OK) {
        p->zh = "应答不完整或无法读取";
        return status;
    }
    item.features = out->text;
    item.features_size = out->text_size;
    if (p->fetched > before)
        status = shelf->keep(p->ctx, shelf->user, &item);
    return status == GAZ_OK ? add_item(p, &item) : status;
}

static gaz_status refuse_loop(struct imp_pages *p, const char *url)
{
    for (size_t i = 0; i < p->count; i++)
        if (strcmp(p->items[i].url, url) == 0) {
            p->zh = "对方的分页链接成环";
            return gaz_fail(p->ctx, GAZ_INVALID,
                            "the host's pages lead in a circle: '%.200s'", url);
        }
    return GAZ_OK;
}

/* The next page must be of the same host, whatever the link says. */
static gaz_status follow(struct imp_pages *p, const char *from,
                         const char *link, const char **url)
{
    *url = link ? imp_fetch_url_join(&p->ctx->arena, from, link) : NULL;
    if (!link || (*url && imp_fetch_same_host(from, *url)))
        return GAZ_OK;
    p->zh = "对方的分页链接指向别处";
    return gaz_fail(p->ctx, GAZ_INVALID,
                    "the host's next page is elsewhere: '%.200s'", link);
}

static gaz_status refuse_change(struct imp_pages *p, const char *url,
                                int64_t matched, int64_t now)
{
    if (matched < 0 || now < 0 || matched == now)
        return GAZ_OK;
    p->zh = "采集期间对方数据有变化，请再次运行";
    return gaz_fail(p->ctx, GAZ_IO,
                    "'%.200s' changed while it was read: %lld features, then "
                    "%lld; run it again",
                    url, (long long)matched, (long long)now);
}

gaz_status imp_pages_read(struct imp_pages *p, const char *url, const char *crs,
                          struct imp_pages_tally *out)
{
    const char *first = url;
    int64_t matched = -1;
    int64_t features = 0;
    while (url) {
        struct imp_page page;
        gaz_status status = refuse_loop(p, url);
        if (status == GAZ_OK)
            status = take_page(p, url, crs, &page);
        if (status == GAZ_OK)
            status = refuse_change(p, first, matched, page.matched);
        if (status == GAZ_OK)
            status = follow(p, url, page.next, &url);
        if (status != GAZ_OK)
            return status;
        matched = page.matched;
        features += page.features;
        out->schematic += page.schematic;
        out->placeless += page.placeless;
    }
    out->features += features;
    if (matched < 0 || matched == features)
        return GAZ_OK;
    p->zh = "对方数据不完整";
    return gaz_fail(p->ctx, GAZ_IO,
                    "'%.200s' is not whole: %lld of %lld features came", first,
                    (long long)features, (long long)matched);
}

/* ---- one file of them all ---- */

static void write_features(const struct imp_pages *p, FILE *file)
{
    const char *between = "";
    (void)fputs("{\"type\":\"FeatureCollection\",\"features\":[", file);
    for (size_t i = 0; i < p->count; i++) {
        const struct imp_pages_item *item = &p->items[i];
        if (item->features_size == 0)
            continue;
        (void)fputs(between, file);
        (void)fwrite(item->features, 1, item->features_size, file);
        between = ",\n";
    }
    (void)fputs("]}\n", file);
}

gaz_status imp_pages_join(const struct imp_pages *p, const char **path)
{
    FILE *file = NULL;
    const char *name = NULL;
    gaz_status status =
        imp_fetch_temporary(p->ctx, "pages.geojson", &name, &file);
    if (status != GAZ_OK)
        return status;
    write_features(p, file);
    const bool is_written = ferror(file) == 0;
    if (fclose(file) != 0 || !is_written) {
        status = gaz_fail(p->ctx, GAZ_IO, "cannot write '%s': %s", name,
                          strerror(errno));
        imp_fetch_discard(name);
        return status;
    }
    *path = name;
    return GAZ_OK;
}
