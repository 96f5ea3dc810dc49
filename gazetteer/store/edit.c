/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/edit.h"

#include "gazetteer/store/handle.h"
#include "gazetteer/store/session.h"

/* Those that refer to others before them. Records, issues and sources are what
 * was said: an undo leaves them. */
static const char *const TABLES[] = {
    "heritage", "numbering", "claim",    "change", "place_code", "place_area",
    "name",     "address",   "division", "place",  NULL};

struct gaz_edit_work {
    struct gaz_session *session;
    int64_t first;
};

static gaz_status prepare(struct gaz_ctx *ctx, struct gaz_store *store,
                          const char *sql, struct gaz_stmt **out)
{
    return gaz_sqlite_prepare(ctx, store->db, sql, out);
}

gaz_status gaz_edit_begin(struct gaz_ctx *ctx, struct gaz_store *store,
                          struct gaz_edit_work **out)
{
    uint64_t seq = 0;
    gaz_status status = gaz_store_begin(ctx, store);
    if (status != GAZ_OK)
        return status;
    struct gaz_edit_work *work = gaz_malloc(sizeof(*work));
    status = gaz_store_journal_seq(ctx, store, &seq);
    work->first = (int64_t)seq + 1;
    if (status == GAZ_OK)
        status = gaz_session_open(ctx, store->db, TABLES, &work->session);
    if (status != GAZ_OK) {
        gaz_edit_drop(ctx, store, work);
        return status;
    }
    *out = work;
    return GAZ_OK;
}

const char *const *gaz_edit_tables(void)
{
    return TABLES;
}

int64_t gaz_edit_first(const struct gaz_edit_work *work)
{
    return work->first;
}

static void close_work(struct gaz_edit_work *work)
{
    gaz_session_close(work->session);
    gaz_free(work);
}

void gaz_edit_drop(struct gaz_ctx *ctx, struct gaz_store *store,
                   struct gaz_edit_work *work)
{
    if (!work)
        return;
    close_work(work);
    gaz_status ignored = gaz_store_rollback(ctx, store);
    (void)ignored; /* the first failure stands; closing rolls back as well */
}

static gaz_status put_row(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_edit_work *work, int64_t last,
                          const struct gaz_edit_note *note)
{
    const void *changes = NULL;
    size_t size = 0;
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_session_changes(ctx, work->session, &changes, &size);
    if (status == GAZ_OK)
        status = prepare(
            ctx, store,
            "INSERT INTO edit (action, about, first, last, who, key, why,"
            "  request, source, edition, record, undoes, changeset)"
            " VALUES (:action, :about, :first, :last, :who, :key, :why,"
            "  :request, :source, :edition, :record, :undoes, :changeset)",
            &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":action", note->action);
    gaz_sqlite_bind_int(stmt, ":about", (int64_t)note->about);
    gaz_sqlite_bind_int(stmt, ":first", work->first);
    gaz_sqlite_bind_int(stmt, ":last", last);
    gaz_sqlite_bind_text(stmt, ":who", note->who);
    gaz_sqlite_bind_text(stmt, ":key", note->key ? note->key : "");
    gaz_sqlite_bind_text(stmt, ":why", note->why);
    gaz_sqlite_bind_text(stmt, ":request", note->request);
    gaz_sqlite_bind_id(stmt, ":source", (gaz_id)note->source);
    gaz_sqlite_bind_text(stmt, ":edition", note->edition);
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)note->record);
    gaz_sqlite_bind_id(stmt, ":undoes", (gaz_id)note->undoes);
    gaz_sqlite_bind_blob(stmt, ":changeset", changes, size);
    status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

static gaz_status mark_undone(struct gaz_ctx *ctx, struct gaz_store *store,
                              int64_t undone, int64_t by)
{
    struct gaz_stmt *stmt;
    gaz_status status = prepare(
        ctx, store, "UPDATE edit SET undone = :by WHERE id = :id", &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":by", by);
    gaz_sqlite_bind_int(stmt, ":id", undone);
    status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

gaz_status gaz_edit_end(struct gaz_ctx *ctx, struct gaz_store *store,
                        struct gaz_edit_work *work,
                        const struct gaz_edit_note *note, int64_t *out)
{
    uint64_t last = 0;
    int64_t id = 0;
    gaz_status status = gaz_store_journal_seq(ctx, store, &last);
    const bool has_changed = (int64_t)last >= work->first;
    if (status == GAZ_OK && has_changed) {
        status = put_row(ctx, store, work, (int64_t)last, note);
        id = gaz_sqlite_last_row(store->db);
        if (status == GAZ_OK && note->undoes)
            status = mark_undone(ctx, store, note->undoes, id);
    }
    close_work(work);
    if (status == GAZ_OK)
        *out = id;
    return status;
}

gaz_status gaz_edit_next_id(struct gaz_ctx *ctx, struct gaz_store *store,
                            int64_t *out)
{
    return gaz_sqlite_number(ctx, store->db,
                             "SELECT COALESCE((SELECT seq FROM sqlite_sequence"
                             " WHERE name = 'edit'), 0) + 1",
                             out);
}

/* ---- reading ---- */

static void read_row(struct gaz_ctx *ctx, const struct gaz_stmt *row,
                     struct gaz_edit *out)
{
    *out = (struct gaz_edit){
        .id = gaz_sqlite_int(row, 0),
        .at = gaz_sqlite_text(ctx, row, 1),
        .note = {.action = gaz_sqlite_text(ctx, row, 2),
                 .about = gaz_sqlite_id(row, 3),
                 .who = gaz_sqlite_text(ctx, row, 6),
                 .key = gaz_sqlite_text(ctx, row, 7),
                 .why = gaz_sqlite_text(ctx, row, 8),
                 .request = gaz_sqlite_text(ctx, row, 9),
                 .source = gaz_sqlite_int(row, 10),
                 .edition = gaz_sqlite_text(ctx, row, 11),
                 .record = gaz_sqlite_int(row, 12),
                 .undoes = gaz_sqlite_int(row, 13)},
        .first = gaz_sqlite_int(row, 4),
        .last = gaz_sqlite_int(row, 5),
        .undone = gaz_sqlite_int(row, 14),
        .source_key = gaz_sqlite_text(ctx, row, 15),
    };
}

gaz_status gaz_edit_at(struct gaz_ctx *ctx, struct gaz_store *store,
                       int64_t seq, struct gaz_edit *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = prepare(
        ctx, store,
        "SELECT e.id, e.at, e.action, e.about, e.first, e.last, e.who, e.key,"
        "  e.why, e.request, e.source, e.edition, e.record, e.undoes,"
        "  e.undone, s.key FROM edit e LEFT JOIN source s ON s.id = e.source"
        " WHERE e.first <= :seq ORDER BY e.first DESC LIMIT 1",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":seq", seq);
    status = gaz_sqlite_step(ctx, stmt);
    struct gaz_edit found = {.last = 0};
    if (status == GAZ_OK)
        read_row(ctx, stmt, &found);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_END || (status == GAZ_OK && found.last < seq))
        return gaz_fail(ctx, GAZ_NOT_FOUND,
                        "entry %lld of the journal belongs to no change group",
                        (long long)seq);
    if (status == GAZ_OK)
        *out = found;
    return status;
}

/* A statement that gives one number, with :id and :seq bound where they are. */
static gaz_status number_of(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *sql, gaz_id id, int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = prepare(ctx, store, sql, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", (int64_t)id);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out = gaz_sqlite_int(stmt, 0);
    gaz_sqlite_drop(stmt);
    return status;
}

gaz_status gaz_edit_version(struct gaz_ctx *ctx, struct gaz_store *store,
                            gaz_id about, int64_t before, int64_t *out)
{
    return number_of(
        ctx, store,
        before ? gaz_arena_printf(&ctx->arena,
                                  "SELECT COALESCE(MAX(seq), 0) FROM journal"
                                  " WHERE about = :id AND seq < %lld",
                                  (long long)before)
               : "SELECT COALESCE(MAX(seq), 0) FROM journal WHERE about = :id",
        about, out);
}

gaz_status gaz_edit_living(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_id parent, int64_t *out)
{
    return number_of(ctx, store,
                     "SELECT COUNT(*) FROM place"
                     " WHERE parent = :id AND status <> 2",
                     parent, out);
}

gaz_status gaz_edit_source(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *key, struct gaz_source *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = prepare(
        ctx, store,
        "SELECT id, key, title, origin, edition, licence, credit, url, grade"
        " FROM source WHERE key = :key",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":key", key);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out = (struct gaz_source){.id = gaz_sqlite_int(stmt, 0),
                                   .key = gaz_sqlite_text(ctx, stmt, 1),
                                   .title = gaz_sqlite_text(ctx, stmt, 2),
                                   .origin = gaz_sqlite_text(ctx, stmt, 3),
                                   .edition = gaz_sqlite_text(ctx, stmt, 4),
                                   .licence = gaz_sqlite_text(ctx, stmt, 5),
                                   .credit = gaz_sqlite_text(ctx, stmt, 6),
                                   .url = gaz_sqlite_text(ctx, stmt, 7),
                                   .grade = gaz_sqlite_text(ctx, stmt, 8)};
    gaz_sqlite_drop(stmt);
    return status == GAZ_END ? GAZ_NOT_FOUND : status;
}

/* ---- undoing ---- */

/* A place that the group made, and that others have touched since: deleting it
 * would take their work along (names, codes) without a word. */
static gaz_status refuse_touched(struct gaz_ctx *ctx, struct gaz_store *store,
                                 const struct gaz_edit *edit)
{
    int64_t later = 0;
    gaz_status status = number_of(
        ctx, store,
        gaz_arena_printf(
            &ctx->arena,
            "SELECT COUNT(*) FROM journal j WHERE j.seq > %lld AND j.about IN"
            " (SELECT about FROM journal WHERE seq BETWEEN %lld AND :id"
            "  AND op = 'I' AND tab IN ('place', 'address'))",
            (long long)edit->last, (long long)edit->first),
        (gaz_id)edit->last, &later);
    if (status == GAZ_OK && later > 0)
        status = gaz_fail(ctx, GAZ_INVALID,
                          "what this change made has changed since: undo the "
                          "later change first");
    return status;
}

/* The request stays; it is about nothing any more, and so are its findings. */
static gaz_status release_record(struct gaz_ctx *ctx, struct gaz_store *store,
                                 int64_t record)
{
    static const char *const SQL[] = {
        "UPDATE record SET about = NULL WHERE id = :id",
        "UPDATE issue SET state = 'fixed' WHERE record = :id"
        " AND state = 'open'",
    };
    gaz_status status = GAZ_OK;
    for (size_t i = 0; status == GAZ_OK && i < sizeof(SQL) / sizeof(SQL[0]);
         i++) {
        struct gaz_stmt *stmt;
        status = prepare(ctx, store, SQL[i], &stmt);
        if (status != GAZ_OK)
            break;
        gaz_sqlite_bind_int(stmt, ":id", record);
        status = gaz_sqlite_run(ctx, stmt);
        gaz_sqlite_drop(stmt);
    }
    return status;
}

gaz_status gaz_edit_revert(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_edit *edit)
{
    if (edit->undone)
        return gaz_fail(ctx, GAZ_INVALID, "this change is undone already");
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = refuse_touched(ctx, store, edit);
    struct gaz_stmt *stmt;
    if (status == GAZ_OK)
        status = prepare(ctx, store,
                         "SELECT changeset FROM edit WHERE id = :id", &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", edit->id);
    const void *changes = NULL;
    size_t size = 0;
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        changes = gaz_sqlite_blob(ctx, stmt, 0, &size);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_OK)
        status = gaz_session_undo(ctx, store->db, changes, size);
    if (status == GAZ_OK && edit->note.record)
        status = release_record(ctx, store, edit->note.record);
    return status;
}

/* ---- answers ---- */

gaz_status gaz_edit_recall(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *key, const char *token,
                           struct gaz_edit_answer *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        prepare(ctx, store,
                "SELECT hash, status, etag, location, body FROM edit_answer"
                " WHERE key = :key AND token = :token",
                &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":key", key);
    gaz_sqlite_bind_text(stmt, ":token", token);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out =
            (struct gaz_edit_answer){.hash = (uint64_t)gaz_sqlite_int(stmt, 0),
                                     .status = (int)gaz_sqlite_int(stmt, 1),
                                     .etag = gaz_sqlite_text(ctx, stmt, 2),
                                     .location = gaz_sqlite_text(ctx, stmt, 3),
                                     .body = gaz_sqlite_text(ctx, stmt, 4)};
    gaz_sqlite_drop(stmt);
    return status == GAZ_END ? GAZ_NOT_FOUND : status;
}

gaz_status gaz_edit_remember(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *key, const char *token,
                             const struct gaz_edit_answer *answer)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_sqlite_exec(
            ctx, store->db,
            "DELETE FROM edit_answer WHERE at <"
            " strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-7 days')");
    if (status == GAZ_OK)
        status = prepare(ctx, store,
                         "INSERT INTO edit_answer (key, token, hash, status,"
                         "  etag, location, body) VALUES (:key, :token, :hash,"
                         "  :status, :etag, :location, :body)",
                         &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":key", key);
    gaz_sqlite_bind_text(stmt, ":token", token);
    gaz_sqlite_bind_int(stmt, ":hash", (int64_t)answer->hash);
    gaz_sqlite_bind_int(stmt, ":status", answer->status);
    gaz_sqlite_bind_text(stmt, ":etag", answer->etag);
    gaz_sqlite_bind_text(stmt, ":location", answer->location);
    gaz_sqlite_bind_text(stmt, ":body", answer->body);
    status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}
