/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/decision.h"

#include <string.h>

#include "gazetteer/store/handle.h"

/* Every table that a decision may touch; those that refer to others first. */
static const char *const TABLES[] = {
    "redirect", "address_redirect", "issue",      "record",
    "heritage", "numbering",        "claim",      "change",
    "line",     "place_code",       "place_area", "name",
    "address",  "division",         "place",      NULL};

gaz_status gaz_decision_run(const struct gaz_decision *d, const char *sql,
                            int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(d->ctx, d->store->db, sql, &stmt);
    if (status != GAZ_OK)
        return status;
    if (strstr(sql, ":decision"))
        gaz_sqlite_bind_int(stmt, ":decision", d->id);
    if (strstr(sql, ":kept"))
        gaz_sqlite_bind_id(stmt, ":kept", d->kept);
    if (strstr(sql, ":merged"))
        gaz_sqlite_bind_id(stmt, ":merged", d->merged);
    status = gaz_sqlite_step(d->ctx, stmt);
    if (status == GAZ_OK && out)
        *out = gaz_sqlite_int(stmt, 0);
    gaz_sqlite_drop(stmt);
    return status == GAZ_END && !out ? GAZ_OK : status;
}

gaz_status gaz_decision_begin(struct gaz_decision *d)
{
    return gaz_session_open(d->ctx, d->store->db, TABLES, &d->session);
}

static gaz_status keep(const struct gaz_decision *d)
{
    const void *changes;
    size_t size;
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_session_changes(d->ctx, d->session, &changes, &size);
    if (status == GAZ_OK && size == 0)
        return gaz_fail(d->ctx, GAZ_INVALID, "nothing would change");
    if (status == GAZ_OK)
        status = gaz_sqlite_prepare(d->ctx, d->store->db,
                                    "INSERT INTO merge_change"
                                    " (decision, changeset)"
                                    " VALUES (:decision, :changeset)",
                                    &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":decision", d->id);
    gaz_sqlite_bind_blob(stmt, ":changeset", changes, size);
    status = gaz_sqlite_run(d->ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

gaz_status gaz_decision_end(struct gaz_decision *d, gaz_status status)
{
    if (status == GAZ_OK)
        status = keep(d);
    gaz_session_close(d->session);
    d->session = NULL;
    return status;
}

gaz_status gaz_decision_undo(const struct gaz_decision *d)
{
    struct gaz_stmt *stmt;
    const void *changes = NULL;
    size_t size = 0;
    gaz_status status = gaz_sqlite_prepare(d->ctx, d->store->db,
                                           "SELECT changeset FROM merge_change"
                                           " WHERE decision = :decision",
                                           &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":decision", d->id);
    status = gaz_sqlite_step(d->ctx, stmt);
    if (status == GAZ_OK)
        changes = gaz_sqlite_blob(d->ctx, stmt, 0, &size);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_END)
        return gaz_fail(d->ctx, GAZ_INVALID,
                        "merge %lld was made by an older Diming, which kept "
                        "its changes otherwise: it cannot be undone",
                        (long long)d->id);
    if (status == GAZ_OK)
        status = gaz_session_undo(d->ctx, d->store->db, changes, size);
    if (status == GAZ_OK)
        status = gaz_decision_run(
            d, "DELETE FROM merge_change WHERE decision = :decision", NULL);
    return status;
}
