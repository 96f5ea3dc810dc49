/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/audit/load.h"

#include <string.h>

#include "gazetteer/store/attribute.h"

/* What one scan reads, and where it goes. */
static gaz_status take_place(struct gaz_ctx *ctx, struct gaz_scan *scan,
                             struct gaz_corpus *corpus)
{
    struct gaz_place place;
    gaz_status status = gaz_scan_next_place(ctx, scan, &place);
    if (status == GAZ_OK)
        gaz_corpus_place(corpus, &place);
    return status;
}

static gaz_status take_address(struct gaz_ctx *ctx, struct gaz_scan *scan,
                               struct gaz_corpus *corpus)
{
    struct gaz_address address;
    gaz_status status = gaz_scan_next_address(ctx, scan, &address);
    if (status == GAZ_OK)
        gaz_corpus_address(corpus, &address);
    return status;
}

static gaz_status take_claim(struct gaz_ctx *ctx, struct gaz_scan *scan,
                             struct gaz_corpus *corpus)
{
    struct gaz_claim claim;
    gaz_status status = gaz_scan_next_claim(ctx, scan, &claim);
    if (status == GAZ_OK)
        gaz_corpus_claim(corpus, &claim);
    return status;
}

static gaz_status take_change(struct gaz_ctx *ctx, struct gaz_scan *scan,
                              struct gaz_corpus *corpus)
{
    struct gaz_change change;
    gaz_status status = gaz_scan_next_change(ctx, scan, &change);
    if (status == GAZ_OK)
        gaz_corpus_change(corpus, &change);
    return status;
}

static gaz_status take_line(struct gaz_ctx *ctx, struct gaz_scan *scan,
                            struct gaz_corpus *corpus)
{
    struct gaz_line line;
    gaz_status status = gaz_scan_next_line(ctx, scan, &line);
    if (status == GAZ_OK)
        gaz_corpus_line(corpus, &line);
    return status;
}

static gaz_status take_attribute(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                 struct gaz_corpus *corpus)
{
    struct gaz_attribute_row row;
    gaz_status status = gaz_scan_next_attribute(ctx, scan, &row);
    if (status == GAZ_OK)
        gaz_corpus_attribute(
            corpus, &(struct gaz_corpus_attribute){.about = row.about,
                                                   .source = row.source,
                                                   .attribute = row.attribute});
    return status;
}

static const struct scan {
    gaz_scan_kind kind;
    gaz_status (*take)(struct gaz_ctx *, struct gaz_scan *,
                       struct gaz_corpus *);
} SCANS[] = {
    {GAZ_SCAN_PLACES, take_place}, {GAZ_SCAN_ADDRESSES, take_address},
    {GAZ_SCAN_CLAIMS, take_claim}, {GAZ_SCAN_CHANGES, take_change},
    {GAZ_SCAN_LINES, take_line},   {GAZ_SCAN_ATTRIBUTES, take_attribute},
};

/* One kind of records; `beside` 0: all of them. */
static gaz_status load_kind(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct scan *kind, gaz_id beside,
                            struct gaz_corpus *corpus)
{
    struct gaz_scan *scan = NULL;
    gaz_status status = beside && kind->kind == GAZ_SCAN_ADDRESSES
                            ? gaz_store_scan_beside(ctx, store, beside, &scan)
                            : gaz_store_scan(ctx, store, kind->kind, &scan);
    while (status == GAZ_OK) {
        gaz_arena_reset(&ctx->arena);
        status = kind->take(ctx, scan, corpus);
    }
    gaz_scan_close(scan);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_load_beside(struct gaz_ctx *outer, struct gaz_store *store,
                           gaz_id about, struct gaz_corpus *corpus)
{
    struct gaz_ctx ctx = {.failure = ""}; /* reset after each row */
    gaz_status status = GAZ_OK;
    for (size_t i = 0; status == GAZ_OK && i < sizeof(SCANS) / sizeof(SCANS[0]);
         i++)
        status = load_kind(&ctx, store, &SCANS[i], about, corpus);
    if (status != GAZ_OK)
        status = gaz_fail(outer, status, "%s", gaz_ctx_failure(&ctx));
    gaz_ctx_close(&ctx);
    return status == GAZ_OK ? gaz_corpus_finish(outer, corpus) : status;
}

gaz_status gaz_load_corpus(struct gaz_ctx *ctx, struct gaz_store *store,
                           struct gaz_corpus *corpus)
{
    return gaz_load_beside(ctx, store, 0, corpus);
}

gaz_status gaz_load_source(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *key, int64_t *out)
{
    struct gaz_scan *scan = NULL;
    struct gaz_source source;
    const char *known = "";
    int64_t found = 0;
    gaz_status status = gaz_store_scan(ctx, store, GAZ_SCAN_SOURCES, &scan);
    while (status == GAZ_OK &&
           (status = gaz_scan_next_source(ctx, scan, &source)) == GAZ_OK) {
        if (strcmp(source.key, key) == 0)
            found = source.id;
        known = gaz_arena_printf(&ctx->arena, "%s%s%s", known,
                                 *known ? ", " : "", source.key);
    }
    gaz_scan_close(scan);
    if (status != GAZ_END)
        return status;
    if (!found)
        return gaz_fail(ctx, GAZ_NOT_FOUND, "no source '%.60s'; there are %s",
                        key, known);
    *out = found;
    return GAZ_OK;
}
