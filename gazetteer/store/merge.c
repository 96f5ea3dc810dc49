/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/merge.h"

#include <string.h>

#include "gazetteer/store/cells.h"
#include "gazetteer/store/handle.h"

/* Every table that a merge of places may touch, its key, which rows of it, and
 * how they go over to the kept place. In the order of the foreign keys. No
 * other decision touches any table besides. */
static const struct gaz_cell_table PLACE_TABLES[] = {
    {"place", "id", "id IN (:kept, :merged) OR parent IN (:kept, :merged)",
     "UPDATE place SET parent = :kept WHERE parent = :merged"},
    {"division", "place", "place IN (:kept, :merged)", NULL},
    {"name", "id", "place IN (:kept, :merged)", NULL},
    {"place_code", "id", "place IN (:kept, :merged)",
     "UPDATE OR IGNORE place_code SET place = :kept WHERE place = :merged"},
    {"place_area", "place", "place IN (:kept, :merged)", NULL},
    {"numbering", "place", "place IN (:kept, :merged)", NULL},
    {"address", "id", "parent IN (:kept, :merged) OR place IN (:kept, :merged)",
     "UPDATE address SET parent = iif(parent = :merged, :kept, parent),"
     " place = iif(place = :merged, :kept, place)"
     " WHERE parent = :merged OR place = :merged"},
    {"claim", "id", "place IN (:kept, :merged)",
     "UPDATE claim SET place = :kept WHERE place = :merged"},
    {"heritage", "place", "place IN (:kept, :merged)",
     "UPDATE OR IGNORE heritage SET place = :kept WHERE place = :merged"},
    {"change", "id",
     "from_place IN (:kept, :merged) OR to_place IN (:kept, :merged)",
     "UPDATE change SET"
     " from_place = iif(from_place = :merged, :kept, from_place),"
     " to_place = iif(to_place = :merged, :kept, to_place)"
     " WHERE from_place = :merged OR to_place = :merged"},
    {"line", "id",
     "left_place IN (:kept, :merged) OR right_place IN (:kept, :merged)",
     "UPDATE line SET"
     " left_place = iif(left_place = :merged, :kept, left_place),"
     " right_place = iif(right_place = :merged, :kept, right_place)"
     " WHERE left_place = :merged OR right_place = :merged"},
    {"record", "id", "about IN (:kept, :merged)",
     "UPDATE record SET about = :kept WHERE about = :merged"},
    {"issue", "id", "about IN (:kept, :merged)",
     "UPDATE issue SET about = :kept WHERE about = :merged"},
    {"redirect", "merged", "kept IN (:kept, :merged)",
     "UPDATE redirect SET kept = :kept WHERE kept = :merged"},
    {"address_redirect", "merged", "parent IN (:kept, :merged)",
     "UPDATE address_redirect SET parent = :kept WHERE parent = :merged"},
    {.name = NULL},
};

static const struct gaz_cell_table ADDRESS_TABLES[] = {
    {"address", "id", "id IN (:kept, :merged)", NULL},
    {"record", "id", "about IN (:kept, :merged)",
     "UPDATE record SET about = :kept WHERE about = :merged"},
    {"issue", "id", "about IN (:kept, :merged)",
     "UPDATE issue SET about = :kept WHERE about = :merged"},
    {"address_redirect", "merged", "kept IN (:kept, :merged)",
     "UPDATE address_redirect SET kept = :kept WHERE kept = :merged"},
    {.name = NULL},
};

#define WAS(column)                                                            \
    "(SELECT old FROM merge_cell WHERE decision = :decision"                   \
    " AND tab = 'address' AND row = :merged AND col = '" column "')"

/* What sets a merge of addresses apart from one of places. */
struct subject {
    const struct gaz_cell_table *tables;
    const char *self; /* "a place cannot join itself" */
    const char *gone;
    const char *count; /* how many of the two are there */
    const char *drop;
    const char *redirect;
    const char *before; /* both as they were, as a JSON array */
};

static const struct subject PLACES = {
    .tables = PLACE_TABLES,
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
    .tables = ADDRESS_TABLES,
    .self = "an address cannot join itself",
    .gone = "one of the two is no address (any more)",
    .count = "SELECT COUNT(*) FROM address WHERE id IN (:kept, :merged)",
    .drop = "DELETE FROM address WHERE id = :merged",
    /* with the words of the address that is gone by now */
    .redirect = "INSERT INTO address_redirect"
                " (merged, kept, decision, text, parent)"
                " VALUES (:merged, :kept, :decision, " WAS("text") ", " WAS(
                    "parent") ")",
    .before = "(SELECT json_group_array(json_object('id', d.id, 'text',"
              "  d.text, 'parent', d.parent, 'site', d.place))"
              " FROM address d WHERE d.id IN (:kept, :merged))",
};

/* ---- merging ---- */

static gaz_status refuse_bad(const struct gaz_cells *w,
                             const struct subject *subject)
{
    int64_t found = 0;
    int64_t nested = 0;
    if (w->kept == w->merged)
        return gaz_fail(w->ctx, GAZ_INVALID, "%s", subject->self);
    gaz_status status = gaz_cells_run(w, subject->count, &found);
    if (status == GAZ_OK)
        status = gaz_cells_run(w,
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

static gaz_status put_decision(struct gaz_cells *w,
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
        w->decision = gaz_sqlite_last_row(w->store->db);
    return status;
}

static gaz_status move_rows(const struct gaz_cells *w)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && w->tables[i].name; i++)
        if (w->tables[i].move)
            status = gaz_cells_run(w, w->tables[i].move, NULL);
    return status;
}

static gaz_status put_made(const struct gaz_cells *w,
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

static gaz_status join(const struct gaz_cells *w, const struct subject *subject,
                       const struct gaz_merge *merge)
{
    gaz_status status = move_rows(w);
    if (status == GAZ_OK)
        status = gaz_cells_run(w, subject->drop, NULL);
    if (status == GAZ_OK)
        status = put_made(w, merge);
    return status == GAZ_OK ? gaz_cells_run(w, subject->redirect, NULL)
                            : status;
}

gaz_status gaz_store_merge(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_merge *merge, int64_t *out)
{
    const struct subject *subject = merge->address ? &ADDRESSES : &PLACES;
    struct gaz_cells w = {.ctx = ctx,
                          .store = store,
                          .tables = subject->tables,
                          .kept = merge->kept,
                          .merged = merge->merged};
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = refuse_bad(&w, subject);
    if (status == GAZ_OK)
        status = put_decision(&w, subject, merge);
    if (status == GAZ_OK)
        status = gaz_cells_before(&w);
    if (status == GAZ_OK)
        status = join(&w, subject, merge);
    if (status == GAZ_OK)
        status = gaz_cells_after(&w);
    if (status == GAZ_OK)
        *out = w.decision;
    return status;
}

/* ---- undoing ---- */

static gaz_status close_decision(const struct gaz_cells *w, const char *by,
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
    gaz_sqlite_bind_int(stmt, ":decision", w->decision);
    status = gaz_sqlite_run(w->ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

static gaz_status refuse_undone(const struct gaz_cells *w)
{
    int64_t there = 0;
    int64_t standing = 0;
    gaz_status status = gaz_cells_run(
        w, "SELECT COUNT(*) FROM merge_decision WHERE id = :decision", &there);
    if (status == GAZ_OK)
        status = gaz_cells_run(w,
                               "SELECT COUNT(*) FROM merge_decision"
                               " WHERE id = :decision AND undone_at IS NULL",
                               &standing);
    if (status != GAZ_OK)
        return status;
    if (!there)
        return gaz_fail(w->ctx, GAZ_NOT_FOUND, "no merge %lld",
                        (long long)w->decision);
    if (!standing)
        return gaz_fail(w->ctx, GAZ_INVALID, "merge %lld is undone already",
                        (long long)w->decision);
    return GAZ_OK;
}

gaz_status gaz_store_unmerge(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t decision, const char *by, const char *why)
{
    const struct gaz_cells w = {.ctx = ctx,
                                .store = store,
                                .tables = PLACE_TABLES,
                                .decision = decision};
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = refuse_undone(&w);
    if (status == GAZ_OK)
        status = gaz_cells_restore(&w);
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
