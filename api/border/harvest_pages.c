/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "api/access/digest.h"
#include "api/border/harvest.h"
#include "gazetteer/base/clock.h"
#include "gazetteer/base/file.h"
#include "importers/fetch.h"
#include "importers/fetch_url.h"

#define CRS_4490 "http://www.opengis.net/def/crs/EPSG/0/4490"
#define CRS84 "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

const char *api_harvest_escape(struct gaz_arena *arena, const char *text)
{
    static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    char *out = gaz_arena_alloc(arena, 3 * strlen(text) + 1);
    size_t size = 0;
    for (; *text; text++)
        if (strchr(PLAIN, *text))
            out[size++] = *text;
        else
            size += (size_t)snprintf(out + size, 4, "%%%02X",
                                     (unsigned)(unsigned char)*text);
    return out;
}

/* ---- one document ---- */

static gaz_status refuse_excess(struct api_harvest *h, size_t more)
{
    const int64_t took_ms = gaz_clock_ms() - h->began_ms;
    if (h->bytes + more > API_HARVEST_MAX_BYTES ||
        h->count >= API_HARVEST_PAGES_MAX) {
        h->zh = "对方数据量超过上限";
        return gaz_fail(h->ctx, GAZ_LIMIT,
                        "the neighbour gives more than %d MB or %d pages",
                        API_HARVEST_MAX_BYTES / 1024 / 1024,
                        API_HARVEST_PAGES_MAX);
    }
    if (took_ms > API_HARVEST_TOTAL_MS) {
        h->zh = "采集超时";
        return gaz_fail(h->ctx, GAZ_LIMIT, "it takes longer than %d minutes",
                        API_HARVEST_TOTAL_MS / 60000);
    }
    return GAZ_OK;
}

static gaz_status take_bytes(struct gaz_ctx *ctx,
                             const struct imp_fetched *fetched,
                             struct gaz_boundary_part *out)
{
    struct gaz_map map = {0};
    gaz_status status = gaz_file_map(ctx, fetched->path, &map);
    if (status != GAZ_OK)
        return status;
    out->bytes = gaz_arena_grow(&ctx->arena, map.data, map.size, map.size);
    out->size = map.size;
    out->etag = fetched->etag;
    api_digest_sha256(out->bytes, out->size, out->sha256);
    gaz_file_unmap(&map);
    return GAZ_OK;
}

/* `have` is what is kept of this URL, or NULL. */
static gaz_status fetch(struct api_harvest *h, const char *url,
                        const struct gaz_boundary_part *have,
                        struct gaz_boundary_part *out, const char **crs)
{
    const char *etag = have ? have->etag : "";
    const struct imp_fetch_options options = {.max_bytes = IMP_PAGE_MAX_BYTES,
                                              .total_ms = API_HARVEST_PAGE_MS,
                                              .headers = h->headers,
                                              .if_none_match =
                                                  etag[0] ? etag : NULL};
    struct imp_fetched fetched;
    gaz_status status = imp_fetch_url(h->ctx, url, &options, &fetched);
    if (status != GAZ_OK) {
        h->zh = "对方服务不可达，或应答不完整；已取得的页面留存，再次运行即"
                "续采";
        return status;
    }
    *crs = fetched.content_crs;
    if (have && fetched.is_unchanged) {
        h->unchanged++;
        *crs = NULL;
        *out = *have;
        return GAZ_OK;
    }
    h->fetched++;
    *out = (struct gaz_boundary_part){.name = url};
    status = take_bytes(h->ctx, &fetched, out);
    imp_fetch_remove(&fetched);
    return status;
}

gaz_status api_harvest_describe(struct api_harvest *h,
                                struct api_harvest_layer *layer)
{
    struct gaz_boundary_part document;
    const char *crs;
    const char *url = gaz_arena_printf(&h->ctx->arena, "%s?f=json", layer->url);
    gaz_status status = fetch(h, url, NULL, &document, &crs);
    if (status != GAZ_OK)
        return status;
    h->fetched--; /* no page */
    status = imp_page_offers_crs(h->ctx, url, document.bytes, document.size,
                                 CRS_4490, &layer->offers_4490);
    if (status != GAZ_OK)
        h->zh = "对方的图层说明无法读取";
    return status;
}

/* ---- pages ---- */

/* Content-Crs says what came; numbers in another system than was asked for are
 * not taken for ours. */
static gaz_status refuse_crs(struct api_harvest *h, const char *url,
                             const char *crs, bool in_4490)
{
    const char *want = in_4490 ? "<" CRS_4490 ">" : "<" CRS84 ">";
    if (!crs || strcmp(crs, want) == 0 || (!in_4490 && crs[0] == '\0'))
        return GAZ_OK;
    h->zh = gaz_arena_printf(&h->ctx->arena,
                             "坐标系不符：对方以%s应答，所请求的是%s",
                             crs[0] ? crs : "（未注明的坐标系）", want);
    return gaz_fail(h->ctx, GAZ_INVALID,
                    "wrong_crs: the neighbour answers in %s, %s was asked for "
                    "(%.150s)",
                    crs[0] ? crs : "a system that it does not name", want, url);
}

/* Keeps a page that is new, so that it need not come again. */
static gaz_status keep(struct api_harvest *h,
                       const struct gaz_boundary_part *page)
{
    gaz_status status = gaz_store_begin(h->ctx, h->store);
    if (status == GAZ_OK)
        status =
            gaz_boundary_put_page(h->ctx, h->store, h->line->id, h->side, page);
    return status == GAZ_OK ? gaz_store_commit(h->ctx, h->store) : status;
}

static gaz_status add_part(struct api_harvest *h,
                           const struct gaz_boundary_part *page)
{
    gaz_status status = refuse_excess(h, page->size);
    if (status != GAZ_OK)
        return status;
    if (h->count == h->capacity) {
        const size_t bigger = h->capacity ? 2 * h->capacity : 16;
        h->parts = gaz_arena_grow(&h->ctx->arena, h->parts,
                                  h->capacity * sizeof(*h->parts),
                                  bigger * sizeof(*h->parts));
        h->capacity = bigger;
    }
    h->bytes += page->size;
    h->parts[h->count++] = *page;
    return GAZ_OK;
}

static gaz_status take_page(struct api_harvest *h, const char *url,
                            bool in_4490, struct imp_page *out)
{
    struct gaz_boundary_part have;
    struct gaz_boundary_part page;
    const char *crs = NULL;
    gaz_status known =
        gaz_boundary_page(h->ctx, h->store, h->line->id, h->side, url, &have);
    if (known != GAZ_OK && known != GAZ_NOT_FOUND)
        return known;
    const int before = h->fetched;
    gaz_status status =
        fetch(h, url, known == GAZ_OK ? &have : NULL, &page, &crs);
    if (status == GAZ_OK)
        status = refuse_crs(h, url, crs, in_4490);
    if (status != GAZ_OK)
        return status;
    status = imp_page_parse(h->ctx, url, page.bytes, page.size, out);
    if (status != GAZ_OK) {
        h->zh = "应答不完整或无法读取";
        return status;
    }
    if (h->fetched > before)
        status = keep(h, &page);
    return status == GAZ_OK ? add_part(h, &page) : status;
}

static gaz_status refuse_loop(struct api_harvest *h, const char *url)
{
    for (size_t i = 0; i < h->count; i++)
        if (strcmp(h->parts[i].name, url) == 0) {
            h->zh = "对方的分页链接成环";
            return gaz_fail(h->ctx, GAZ_INVALID,
                            "the neighbour's pages lead in a circle: '%.200s'",
                            url);
        }
    return GAZ_OK;
}

/* The next page must be of the same host, whatever the link says. */
static gaz_status follow(struct api_harvest *h, const char *from,
                         const char *link, const char **url)
{
    *url = link ? imp_fetch_url_join(&h->ctx->arena, from, link) : NULL;
    if (!link || (*url && imp_fetch_same_host(from, *url)))
        return GAZ_OK;
    h->zh = "对方的分页链接指向别处";
    return gaz_fail(h->ctx, GAZ_INVALID,
                    "the neighbour's next page is elsewhere: '%.200s'", link);
}

static gaz_status refuse_difference(struct api_harvest *h,
                                    const struct api_harvest_layer *layer,
                                    int64_t matched, int64_t now)
{
    if (matched < 0 || now < 0 || matched == now)
        return GAZ_OK;
    h->zh = "采集期间对方数据有变化，请再次运行";
    return gaz_fail(h->ctx, GAZ_IO,
                    "'%.200s' changed while it was read: %lld features, then "
                    "%lld; run it again",
                    layer->url, (long long)matched, (long long)now);
}

gaz_status api_harvest_read(struct api_harvest *h,
                            struct api_harvest_layer *layer, bool in_4490)
{
    struct gaz_arena *arena = &h->ctx->arena;
    const char *url = gaz_arena_printf(
        arena, "%s/items?f=json&limit=%d%s%s%s", layer->url, h->page_size,
        layer->filter[0] ? "&" : "", layer->filter,
        in_4490 ? "&crs=http%3A%2F%2Fwww.opengis.net%2Fdef%2Fcrs%2FEPSG%2F0%2F"
                  "4490"
                : "");
    int64_t matched = -1;
    while (url) {
        struct imp_page page;
        gaz_status status = refuse_loop(h, url);
        if (status == GAZ_OK)
            status = take_page(h, url, in_4490, &page);
        if (status == GAZ_OK)
            status = refuse_difference(h, layer, matched, page.matched);
        if (status == GAZ_OK)
            status = follow(h, url, page.next, &url);
        if (status != GAZ_OK)
            return status;
        matched = page.matched;
        layer->features += page.features;
        layer->schematic += page.schematic;
        layer->placeless += page.placeless;
    }
    if (matched < 0 || matched == layer->features)
        return GAZ_OK;
    h->zh = "对方数据不完整";
    return gaz_fail(h->ctx, GAZ_IO,
                    "'%.200s' is not whole: %lld of %lld features came",
                    layer->url, (long long)layer->features, (long long)matched);
}
