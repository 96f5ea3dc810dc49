/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/correct.h"

#include "gazetteer/store/decision.h"
#include "gazetteer/store/handle.h"

#define AS_IT_WAS                                                              \
    "COALESCE((SELECT json_array(json_object('id', p.id, 'code', p.code,"      \
    "  'category', p.category, 'address', p.address, 'names',"                 \
    "  (SELECT json_group_array(n.text) FROM name n WHERE n.place = p.id)))"   \
    " FROM place p WHERE p.id = :kept),"                                       \
    " (SELECT json_array(json_object('id', d.id, 'text', d.text))"             \
    " FROM address d WHERE d.id = :kept))"

static gaz_status put_decision(struct gaz_decision *w,
                               const struct gaz_correction *edit)
{
    struct gaz_stmt *stmt;
    int64_t found = 0;
    gaz_status status =
        gaz_decision_run(w,
                         "SELECT (SELECT COUNT(*) FROM place WHERE id = :kept)"
                         " + (SELECT COUNT(*) FROM address WHERE id = :kept)",
                         &found);
    if (status == GAZ_OK && found == 0)
        return gaz_fail(w->ctx, GAZ_NOT_FOUND, "no such record (any more)");
    if (status == GAZ_OK)
        status = gaz_sqlite_prepare(
            w->ctx, w->store->db,
            "INSERT INTO merge_decision"
            " (kind, kept, merged, score, decided_by, why, before)"
            " VALUES ('edit', :kept, :kept, 1, :by, :why, " AS_IT_WAS ")",
            &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":kept", w->kept);
    gaz_sqlite_bind_text(stmt, ":by", edit->by);
    gaz_sqlite_bind_text(stmt, ":why", edit->why);
    status = gaz_sqlite_run(w->ctx, stmt);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_OK)
        w->id = gaz_sqlite_last_row(w->store->db);
    return status;
}

static gaz_status forget_code(const struct gaz_decision *w, const char *code)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        w->ctx, w->store->db,
        "DELETE FROM place_code WHERE place = :kept AND value IS NOT :code"
        " AND value = (SELECT code FROM place WHERE id = :kept)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":kept", w->kept);
    gaz_sqlite_bind_text(stmt, ":code", code);
    status = gaz_sqlite_run(w->ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

static gaz_status put(const struct gaz_decision *w,
                      const struct gaz_correction *edit)
{
    gaz_id id;
    if (edit->address)
        return gaz_store_put_address(w->ctx, w->store, edit->address, "", "", 0,
                                     &id);
    gaz_status status = forget_code(w, edit->place->code);
    return status == GAZ_OK ? gaz_store_put_place(w->ctx, w->store, edit->place,
                                                  "", "", 0, &id)
                            : status;
}

gaz_status gaz_store_correct(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_correction *edit, int64_t *out)
{
    struct gaz_decision w = {.ctx = ctx,
                             .store = store,
                             .kept = edit->place ? edit->place->id
                                                 : edit->address->id};
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = put_decision(&w, edit);
    if (status == GAZ_OK)
        status = gaz_decision_begin(&w);
    if (status != GAZ_OK)
        return status;
    status = gaz_decision_end(&w, put(&w, edit));
    if (status == GAZ_OK)
        *out = w.id;
    return status;
}
