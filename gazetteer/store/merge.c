/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/merge.h"

#include <string.h>

#include "gazetteer/store/decision.h"
#include "gazetteer/store/handle.h"

/* How all that hangs on the merged one goes over to the kept one. What is left
 * (names, the division, the area) goes with the merged place. */
static const char *const PLACE_MOVES[] = {
    "UPDATE place SET parent = :kept WHERE parent = :merged",
    "UPDATE OR IGNORE place_code SET place = :kept WHERE place = :merged",
    "UPDATE address SET parent = iif(parent = :merged, :kept, parent),"
    " place = iif(place = :merged, :kept, place)"
    " WHERE parent = :merged OR place = :merged",
    "UPDATE claim SET place = :kept WHERE place = :merged",
    "UPDATE OR IGNORE heritage SET place = :kept WHERE place = :merged",
    "UPDATE change SET"
    " from_place = iif(from_place = :merged, :kept, from_place),"
    " to_place = iif(to_place = :merged, :kept, to_place)"
    " WHERE from_place = :merged OR to_place = :merged",
    "UPDATE line SET"
    " left_place = iif(left_place = :merged, :kept, left_place),"
    " right_place = iif(right_place = :merged, :kept, right_place)"
    " WHERE left_place = :merged OR right_place = :merged",
    "UPDATE record SET about = :kept WHERE about = :merged",
    "UPDATE issue SET about = :kept WHERE about = :merged",
    "UPDATE redirect SET kept = :kept WHERE kept = :merged",
    "UPDATE address_redirect SET parent = :kept WHERE parent = :merged",
    NULL,
};

static const char *const ADDRESS_MOVES[] = {
    "UPDATE record SET about = :kept WHERE about = :merged",
    "UPDATE issue SET about = :kept WHERE about = :merged",
    "UPDATE address_redirect SET kept = :kept WHERE kept = :merged",
    NULL,
};

/* What sets a merge of addresses apart from one of places. */
struct subject {
    const char *const *moves;
    const char *self; /* "a place cannot join itself" */
    const char *gone;
    const char *count; /* how many of the two are there */
    const char *drop;
    const char *redirect;
    const char *before; /* both as they were, as a JSON array */
};

static const struct subject PLACES = {
    .moves = PLACE_MOVES,
    .self = "a place cannot join itself",
    .gone = "one of the two is no place (any more)",
    .count = "SELECT COUNT(*) FROM place WHERE id IN (:kept, :merged)",
    .drop = "DELETE FROM place WHERE id = :merged",
    .redirect = "INSERT INTO redirect (merged, kept, decision)"
                " VALUES (:merged, :kept, :decision)",
    .before =
        "(SELECT json_group_array(json_object('id', p.id, 'code', p.code,"
        "  'category', p.category, 'address', p.address, 'names',"
        "  (SELECT json_group_array(n.text) FROM name n WHERE n.place = p.id)))"
        " FROM place p WHERE p.id IN (:kept, :merged))",
};

static const struct subject ADDRESSES = {
    .moves = ADDRESS_MOVES,
    .self = "an address cannot join itself",
    .gone = "one of the two is no address (any more)",
    .count = "SELECT COUNT(*) FROM address WHERE id IN (:kept, :merged)",
    .drop = "DELETE FROM address WHERE id = :merged",
    /* with the words of the address that is gone by now */
    .redirect = "INSERT INTO address_redirect"
                " (merged, kept, decision, text, parent)"
                " SELECT :merged, :kept, :decision, was.value ->> 'text',"
                "  was.value ->> 'parent'"
                " FROM merge_decision m, json_each(m.before) AS was"
                " WHERE m.id = :decision AND was.value ->> 'id' = :merged",
    .before = "(SELECT json_group_array(json_object('id', d.id, 'text',"
              "  d.text, 'parent', d.parent, 'site', d.place))"
              " FROM address d WHERE d.id IN (:kept, :merged))",
};

/* ---- merging ---- */

static gaz_status refuse_bad(const struct gaz_decision *w,
                             const struct subject *subject)
{
    int64_t found = 0;
    int64_t nested = 0;
    if (w->kept == w->merged)
        return gaz_fail(w->ctx, GAZ_INVALID, "%s", subject->self);
    gaz_status status = gaz_decision_run(w, subject->count, &found);
    if (status == GAZ_OK)
        status = gaz_decision_run(w,
                                  "SELECT COUNT(*) FROM place"
                                  " WHERE (id = :kept AND parent = :merged)"
                                  "  OR (id = :merged AND parent = :kept)",
                                  &nested);
    if (status != GAZ_OK)
        return status;
    if (found != 2)
        return gaz_fail(w->ctx, GAZ_NOT_FOUND, "%s", subject->gone);
    if (nested)
        return gaz_fail(w->ctx, GAZ_INVALID, "one lies in the other");
    return GAZ_OK;
}

static gaz_status put_decision(struct gaz_decision *w,
                               const struct subject *subject,
                               const struct gaz_merge *merge)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        w->ctx, w->store->db,
        gaz_arena_printf(&w->ctx->arena,
                         "INSERT INTO merge_decision"
                         " (kept, merged, score, decided_by, why, before)"
                         " VALUES (:kept, :merged, :score, :by, :why, %s)",
                         subject->before),
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":kept", merge->kept);
    gaz_sqlite_bind_id(stmt, ":merged", merge->merged);
    gaz_sqlite_bind_real(stmt, ":score", merge->score);
    gaz_sqlite_bind_text(stmt, ":by", merge->by);
    gaz_sqlite_bind_text(stmt, ":why", merge->why);
    status = gaz_sqlite_run(w->ctx, stmt);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_OK)
        w->id = gaz_sqlite_last_row(w->store->db);
    return status;
}

static gaz_status put_made(const struct gaz_decision *w,
                           const struct gaz_merge *merge)
{
    gaz_id id;
    if (merge->address) {
        struct gaz_address address = *merge->address;
        address.id = w->kept;
        return gaz_store_put_address(w->ctx, w->store, &address, "", "", 0,
                                     &id);
    }
    struct gaz_place place = *merge->made;
    place.id = w->kept;
    return gaz_store_put_place(w->ctx, w->store, &place, "", "", 0, &id);
}

static gaz_status join(const struct gaz_decision *w,
                       const struct subject *subject,
                       const struct gaz_merge *merge)
{
    gaz_status status = GAZ_OK;
    for (const char *const *move = subject->moves; status == GAZ_OK && *move;
         move++)
        status = gaz_decision_run(w, *move, NULL);
    if (status == GAZ_OK)
        status = gaz_decision_run(w, subject->drop, NULL);
    if (status == GAZ_OK)
        status = put_made(w, merge);
    return status == GAZ_OK ? gaz_decision_run(w, subject->redirect, NULL)
                            : status;
}

gaz_status gaz_store_merge(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_merge *merge, int64_t *out)
{
    const struct subject *subject = merge->address ? &ADDRESSES : &PLACES;
    struct gaz_decision w = {.ctx = ctx,
                             .store = store,
                             .kept = merge->kept,
                             .merged = merge->merged};
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = refuse_bad(&w, subject);
    if (status == GAZ_OK)
        status = put_decision(&w, subject, merge);
    if (status == GAZ_OK)
        status = gaz_decision_begin(&w);
    if (status != GAZ_OK)
        return status;
    status = gaz_decision_end(&w, join(&w, subject, merge));
    if (status == GAZ_OK)
        *out = w.id;
    return status;
}

/* ---- undoing ---- */

static gaz_status close_decision(const struct gaz_decision *w, const char *by,
                                 const char *why)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        w->ctx, w->store->db,
        "UPDATE merge_decision SET undone_by = :by, undone_why = :why,"
        " undone_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
        " WHERE id = :decision",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":by", by);
    gaz_sqlite_bind_text(stmt, ":why", why);
    gaz_sqlite_bind_int(stmt, ":decision", w->id);
    status = gaz_sqlite_run(w->ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

static gaz_status refuse_undone(const struct gaz_decision *w)
{
    int64_t there = 0;
    int64_t standing = 0;
    gaz_status status = gaz_decision_run(
        w, "SELECT COUNT(*) FROM merge_decision WHERE id = :decision", &there);
    if (status == GAZ_OK)
        status = gaz_decision_run(w,
                                  "SELECT COUNT(*) FROM merge_decision"
                                  " WHERE id = :decision AND undone_at IS NULL",
                                  &standing);
    if (status != GAZ_OK)
        return status;
    if (!there)
        return gaz_fail(w->ctx, GAZ_NOT_FOUND, "no merge %lld",
                        (long long)w->id);
    if (!standing)
        return gaz_fail(w->ctx, GAZ_INVALID, "merge %lld is undone already",
                        (long long)w->id);
    return GAZ_OK;
}

gaz_status gaz_store_unmerge(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t decision, const char *by, const char *why)
{
    const struct gaz_decision w = {.ctx = ctx, .store = store, .id = decision};
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = refuse_undone(&w);
    if (status == GAZ_OK)
        status = gaz_decision_undo(&w);
    return status == GAZ_OK ? close_decision(&w, by, why) : status;
}

gaz_status gaz_store_origin(struct gaz_ctx *ctx, struct gaz_store *store,
                            gaz_id id, struct gaz_origin *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db,
        "SELECT COALESCE(p.record, 0), s.grade,"
        " (SELECT COUNT(*) FROM record WHERE about = p.id)"
        " FROM (SELECT id, record, NULL AS source FROM place WHERE id = :id"
        "  UNION ALL SELECT id, record, source FROM address WHERE id = :id) p"
        " LEFT JOIN record r ON r.id = p.record"
        " LEFT JOIN source s ON s.id = COALESCE(r.source, p.source)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", id);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out = (struct gaz_origin){.record = gaz_sqlite_int(stmt, 0),
                                   .grade = gaz_sqlite_text(ctx, stmt, 1),
                                   .records = gaz_sqlite_int(stmt, 2)};
    gaz_sqlite_drop(stmt);
    return status == GAZ_END
               ? gaz_fail(ctx, GAZ_NOT_FOUND, "no such place or address")
               : status;
}
