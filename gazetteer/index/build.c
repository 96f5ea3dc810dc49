/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/index/build.h"

#include "gazetteer/index/borders.h"
#include "gazetteer/store/secrecy.h"

struct target {
    struct gaz_builder *builder;
    struct gaz_closed closed;
};

static bool is_closed(const struct target *target, gaz_id id)
{
    return gaz_secrecy_has(&target->closed, id);
}

/* Each moves one row of a scan into the builder; what is closed stays out
 * (store/secrecy.h). */

static gaz_status feed_source(struct gaz_ctx *ctx, struct gaz_scan *scan,
                              const struct target *target)
{
    struct gaz_source source;
    gaz_status status = gaz_scan_next_source(ctx, scan, &source);
    if (status == GAZ_OK)
        gaz_builder_source(target->builder, &source);
    return status;
}

static gaz_status feed_place(struct gaz_ctx *ctx, struct gaz_scan *scan,
                             const struct target *target)
{
    struct gaz_place place;
    gaz_status status = gaz_scan_next_place(ctx, scan, &place);
    if (status == GAZ_OK && !is_closed(target, place.id))
        gaz_builder_place(target->builder, &place);
    return status;
}

static gaz_status feed_address(struct gaz_ctx *ctx, struct gaz_scan *scan,
                               const struct target *target)
{
    struct gaz_address address;
    gaz_status status = gaz_scan_next_address(ctx, scan, &address);
    if (status == GAZ_OK && !is_closed(target, address.id))
        gaz_builder_address(target->builder, &address);
    return status;
}

static gaz_status feed_claim(struct gaz_ctx *ctx, struct gaz_scan *scan,
                             const struct target *target)
{
    struct gaz_claim claim;
    gaz_status status = gaz_scan_next_claim(ctx, scan, &claim);
    if (status == GAZ_OK && !is_closed(target, claim.place))
        gaz_builder_claim(target->builder, &claim);
    return status;
}

static gaz_status feed_change(struct gaz_ctx *ctx, struct gaz_scan *scan,
                              const struct target *target)
{
    struct gaz_change change;
    gaz_status status = gaz_scan_next_change(ctx, scan, &change);
    if (status == GAZ_OK && !is_closed(target, change.from) &&
        !is_closed(target, change.to))
        gaz_builder_change(target->builder, &change);
    return status;
}

static gaz_status feed_line(struct gaz_ctx *ctx, struct gaz_scan *scan,
                            const struct target *target)
{
    struct gaz_line line;
    gaz_status status = gaz_scan_next_line(ctx, scan, &line);
    if (status == GAZ_OK && !is_closed(target, line.left) &&
        !is_closed(target, line.right))
        gaz_builder_line(target->builder, &line);
    return status;
}

static gaz_status feed_redirect(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                const struct target *target)
{
    struct gaz_redirect redirect;
    gaz_status status = gaz_scan_next_redirect(ctx, scan, &redirect);
    if (status == GAZ_OK && !is_closed(target, redirect.kept))
        gaz_builder_redirect(target->builder, redirect.merged, redirect.kept);
    return status;
}

typedef gaz_status feed_row(struct gaz_ctx *ctx, struct gaz_scan *scan,
                            const struct target *target);

static const struct {
    gaz_scan_kind kind;
    feed_row *feed;
} SCANS[] = {
    {GAZ_SCAN_SOURCES, feed_source},     {GAZ_SCAN_PLACES, feed_place},
    {GAZ_SCAN_ADDRESSES, feed_address},  {GAZ_SCAN_CLAIMS, feed_claim},
    {GAZ_SCAN_CHANGES, feed_change},     {GAZ_SCAN_LINES, feed_line},
    {GAZ_SCAN_REDIRECTS, feed_redirect},
};

static gaz_status feed_all(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_scan_kind kind, feed_row *feed,
                           const struct target *target)
{
    struct gaz_scan *scan;
    gaz_status status = gaz_store_scan(ctx, store, kind, &scan);
    if (status != GAZ_OK)
        return status;
    do {
        gaz_arena_reset(&ctx->arena);
        status = feed(ctx, scan, target);
    } while (status == GAZ_OK);
    gaz_scan_close(scan);
    return status == GAZ_END ? GAZ_OK : status;
}

/* All scans in one transaction see one state of the database. */
static gaz_status read_store(struct gaz_ctx *ctx, struct gaz_store *store,
                             struct gaz_builder *builder)
{
    gaz_status status = gaz_store_begin(ctx, store);
    if (status != GAZ_OK)
        return status;
    uint64_t seq = 0;
    struct gaz_ctx own = {0}; /* the other one is reset for every row */
    struct target target = {.builder = builder};
    status = gaz_store_journal_seq(ctx, store, &seq);
    gaz_builder_journal_seq(builder, seq);
    if (status == GAZ_OK)
        status = gaz_secrecy_closed(&own, store, &target.closed);
    if (status != GAZ_OK && own.failure[0])
        status = gaz_fail(ctx, status, "%s", gaz_ctx_failure(&own));
    for (size_t i = 0; i < sizeof(SCANS) / sizeof(SCANS[0]); i++)
        if (status == GAZ_OK)
            status =
                feed_all(ctx, store, SCANS[i].kind, SCANS[i].feed, &target);
    gaz_status ended = gaz_store_rollback(ctx, store);
    gaz_ctx_close(&own);
    return status == GAZ_OK ? ended : status;
}

gaz_status gaz_build_snapshot(struct gaz_ctx *ctx, struct gaz_store *store,
                              const char *path, struct gaz_build_stats *out)
{
    return gaz_build_snapshot_again(ctx, store, path, NULL, out);
}

gaz_status gaz_build_snapshot_again(struct gaz_ctx *ctx,
                                    struct gaz_store *store, const char *path,
                                    struct gaz_borders_memo *memo,
                                    struct gaz_build_stats *out)
{
    struct gaz_ctx own = {0}; /* reset for every row */
    struct gaz_builder *builder = gaz_builder_new();
    gaz_status status = read_store(&own, store, builder);
    if (status == GAZ_OK)
        status = gaz_borders_add(&own, builder, memo);
    if (status == GAZ_OK)
        status = gaz_builder_write(&own, builder, path, out);
    if (status != GAZ_OK)
        status = gaz_fail(ctx, status, "%s", gaz_ctx_failure(&own));
    gaz_builder_free(builder);
    gaz_ctx_close(&own);
    return status;
}
