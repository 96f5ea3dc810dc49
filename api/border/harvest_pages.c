/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "api/access/digest.h"
#include "api/border/harvest.h"

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

/* ---- the shelf: the line's pages ---- */

static gaz_status find_kept(struct gaz_ctx *ctx, void *user, const char *url,
                            struct imp_pages_item *out)
{
    const struct api_harvest *h = user;
    struct gaz_boundary_part part;
    gaz_status status =
        gaz_boundary_page(ctx, h->store, h->line->id, h->side, url, &part);
    if (status == GAZ_OK)
        *out = (struct imp_pages_item){.url = part.name,
                                       .etag = part.etag,
                                       .bytes = part.bytes,
                                       .size = part.size};
    return status;
}

static struct gaz_boundary_part part_of(const struct imp_pages_item *item)
{
    struct gaz_boundary_part part = {.name = item->url,
                                     .etag = item->etag,
                                     .bytes = item->bytes,
                                     .size = item->size};
    api_digest_sha256(part.bytes, part.size, part.sha256);
    return part;
}

static gaz_status keep(struct gaz_ctx *ctx, void *user,
                       const struct imp_pages_item *item)
{
    const struct api_harvest *h = user;
    const struct gaz_boundary_part part = part_of(item);
    gaz_status status = gaz_store_begin(ctx, h->store);
    if (status == GAZ_OK)
        status =
            gaz_boundary_put_page(ctx, h->store, h->line->id, h->side, &part);
    return status == GAZ_OK ? gaz_store_commit(ctx, h->store) : status;
}

/* ---- reading ---- */

gaz_status api_harvest_describe(struct api_harvest *h,
                                struct api_harvest_layer *layer)
{
    const char *url =
        gaz_arena_printf(&h->pages.ctx->arena, "%s?f=json", layer->url);
    return imp_pages_offer_crs(&h->pages, url, IMP_PAGES_4490,
                               &layer->offers_4490);
}

gaz_status api_harvest_read(struct api_harvest *h,
                            struct api_harvest_layer *layer, bool in_4490)
{
    struct gaz_arena *arena = &h->pages.ctx->arena;
    const char *crs = in_4490 ? IMP_PAGES_4490 : IMP_PAGES_CRS84;
    const char *url = gaz_arena_printf(
        arena, "%s/items?f=json&limit=%d%s%s%s%s", layer->url, h->page_size,
        layer->filter[0] ? "&" : "", layer->filter, in_4490 ? "&crs=" : "",
        in_4490 ? api_harvest_escape(arena, crs) : "");
    h->pages.shelf =
        (struct imp_pages_shelf){.find = find_kept, .keep = keep, .user = h};
    return imp_pages_read(&h->pages, url, crs, &layer->tally);
}

void api_harvest_parts(const struct api_harvest *h, size_t from,
                       struct gaz_boundary_submission *out)
{
    const size_t count = h->pages.count - from;
    struct gaz_boundary_part *parts =
        gaz_arena_alloc(&h->pages.ctx->arena, count * sizeof(*parts));
    for (size_t i = 0; i < count; i++)
        parts[i] = part_of(&h->pages.items[from + i]);
    out->parts = parts;
    out->part_count = count;
}
