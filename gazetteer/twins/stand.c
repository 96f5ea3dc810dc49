/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/stand.h"

enum { DEPTH_MAX = 16, PLACES_MAX = 6 * DEPTH_MAX };

/* A corpus of the two and what is above them. */
struct stand {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    struct gaz_corpus *corpus;
    gaz_id places[PLACES_MAX]; /* that are in it */
    int count;
};

static bool add(struct stand *stand, gaz_id id)
{
    for (int i = 0; i < stand->count; i++)
        if (stand->places[i] == id)
            return false;
    if (stand->count == PLACES_MAX)
        return false;
    stand->places[stand->count++] = id;
    return true;
}

/* A place and all above it. */
static gaz_status load_up(struct stand *stand, gaz_id id)
{
    for (int depth = 0; id && depth < DEPTH_MAX; depth++) {
        struct gaz_place place;
        if (!add(stand, id))
            return GAZ_OK;
        gaz_status status =
            gaz_store_place(stand->ctx, stand->store, id, &place);
        if (status != GAZ_OK)
            return status;
        gaz_corpus_place(stand->corpus, &place);
        id = place.parent;
    }
    return GAZ_OK;
}

static gaz_status load_address(struct stand *stand, gaz_id id)
{
    struct gaz_address address;
    gaz_status status =
        gaz_store_address(stand->ctx, stand->store, id, &address);
    if (status == GAZ_OK)
        status = load_up(stand, address.parent);
    if (status == GAZ_OK)
        status = load_up(stand, address.place);
    if (status == GAZ_OK)
        gaz_corpus_address(stand->corpus, &address);
    return status;
}

/* Does a change lead from one to the other? There are a few thousand. */
static gaz_status load_changes(const struct stand *stand)
{
    struct gaz_ctx ctx = {.failure = ""}; /* reset after each row */
    struct gaz_scan *scan = NULL;
    struct gaz_change change;
    gaz_status status =
        gaz_store_scan(&ctx, stand->store, GAZ_SCAN_CHANGES, &scan);
    while (status == GAZ_OK) {
        gaz_arena_reset(&ctx.arena);
        status = gaz_scan_next_change(&ctx, scan, &change);
        if (status == GAZ_OK)
            gaz_corpus_change(stand->corpus, &change);
    }
    gaz_scan_close(scan);
    if (status != GAZ_END)
        status = gaz_fail(stand->ctx, status, "%s", gaz_ctx_failure(&ctx));
    gaz_ctx_close(&ctx);
    return status == GAZ_END ? GAZ_OK : status;
}

static int index_of(const struct stand *stand, gaz_twins_kind kind, gaz_id id)
{
    const struct gaz_corpus_entry *first;
    if (kind == GAZ_TWINS_PLACES)
        return gaz_corpus_find_id(stand->corpus, id);
    return gaz_corpus_find(stand->corpus, GAZ_BY_ADDRESS_ID, id, &first) > 0
               ? first->index
               : -1;
}

static gaz_status load(struct stand *stand, gaz_twins_kind kind,
                       const gaz_id ids[2])
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < 2; i++)
        status = kind == GAZ_TWINS_PLACES ? load_up(stand, ids[i])
                                          : load_address(stand, ids[i]);
    if (status == GAZ_OK && kind == GAZ_TWINS_PLACES)
        status = load_changes(stand);
    return status == GAZ_OK ? gaz_corpus_finish(stand->ctx, stand->corpus)
                            : status;
}

static gaz_status judge(const struct stand *stand, gaz_twins_kind kind,
                        const gaz_id ids[2], struct gaz_twin *out)
{
    struct gaz_scale scale;
    struct gaz_twin_finder *finder = NULL;
    const int a = index_of(stand, kind, ids[0]);
    const int b = index_of(stand, kind, ids[1]);
    if (a < 0 || b < 0)
        return gaz_fail(stand->ctx, GAZ_NOT_FOUND, "one of the two is no more");
    gaz_status status = gaz_scale_default(stand->ctx, &scale);
    if (status == GAZ_OK)
        status =
            gaz_twins_open(stand->ctx, stand->corpus, &scale, kind, &finder);
    if (status == GAZ_OK)
        *out = gaz_twins_judge(finder, &stand->ctx->arena, a, b);
    gaz_twins_close(finder);
    return status;
}

gaz_status gaz_twins_stand(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_twins_kind kind, gaz_id a, gaz_id b,
                           struct gaz_twin *out)
{
    struct stand stand = {.ctx = ctx, .store = store};
    const gaz_id ids[2] = {a, b};
    gaz_status status =
        gaz_corpus_open(ctx, gaz_rules_default(), &stand.corpus);
    if (status == GAZ_OK)
        status = load(&stand, kind, ids);
    if (status == GAZ_OK)
        status = judge(&stand, kind, ids, out);
    gaz_corpus_close(stand.corpus);
    return status;
}
