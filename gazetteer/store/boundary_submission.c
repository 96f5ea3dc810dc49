/* SPDX-License-Identifier: Apache-2.0 */
/* boundary_submission.c - what each side delivered, byte for byte; the history
 * of agreement; pages of a harvest on its way. */
#include <string.h>

#include "gazetteer/store/boundary_work.h"

static gaz_status copy_digest(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                              int column, unsigned char *out)
{
    size_t size = 0;
    const void *bytes = gaz_sqlite_blob(ctx, stmt, column, &size);
    if (!bytes || size != GAZ_BOUNDARY_DIGEST_BYTES)
        return gaz_fail(ctx, GAZ_DB, "a digest of a submission is damaged");
    memcpy(out, bytes, size);
    return GAZ_OK;
}

/* ---- submissions ---- */

/* The side's latest, if it is the same as what is put. */
static gaz_status find_same(struct gaz_ctx *ctx, struct gaz_store *store,
                            int64_t line,
                            const struct gaz_boundary_submission *submission,
                            int64_t *out)
{
    const char side[2] = {submission->side, '\0'};
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_read(
        ctx, store,
        "SELECT id FROM (SELECT id, sha256, crs, axes, layer"
        "  FROM boundary_submission WHERE line = :line AND side = :side"
        "  ORDER BY id DESC LIMIT 1)"
        " WHERE sha256 = :sha256 AND crs = :crs AND axes = :axes"
        " AND layer = :layer",
        &stmt);
    *out = 0;
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_boundary_bind(stmt, ":side", side);
    gaz_sqlite_bind_blob(stmt, ":sha256", submission->sha256,
                         sizeof(submission->sha256));
    gaz_boundary_bind(stmt, ":crs", submission->crs);
    gaz_boundary_bind(stmt, ":axes", submission->axes);
    gaz_boundary_bind(stmt, ":layer", submission->layer);
    status = gaz_boundary_number(ctx, stmt, out);
    return status == GAZ_END ? GAZ_OK : status;
}

static gaz_status put_row(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t line,
                          const struct gaz_boundary_submission *submission,
                          int64_t *out)
{
    const char side[2] = {submission->side, '\0'};
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "INSERT INTO boundary_submission (line, side, name, layer, crs,"
        "  axes, is_harvest, lines, areas, markers, rejected, who,"
        "  note, sha256)"
        " VALUES (:line, :side, :name, :layer, :crs, :axes, :is_harvest, "
        ":lines,"
        "  :areas, :markers, :rejected, :who, :note, :sha256)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_boundary_bind(stmt, ":side", side);
    gaz_boundary_bind(stmt, ":name", submission->name);
    gaz_boundary_bind(stmt, ":crs", submission->crs);
    gaz_boundary_bind(stmt, ":axes", submission->axes);
    gaz_boundary_bind(stmt, ":layer", submission->layer);
    gaz_sqlite_bind_int(stmt, ":is_harvest", submission->is_harvest);
    gaz_sqlite_bind_int(stmt, ":lines", submission->lines);
    gaz_sqlite_bind_int(stmt, ":areas", submission->areas);
    gaz_sqlite_bind_int(stmt, ":markers", submission->markers);
    gaz_sqlite_bind_int(stmt, ":rejected", submission->rejected);
    gaz_boundary_bind(stmt, ":who", submission->who);
    gaz_boundary_bind(stmt, ":note", submission->note);
    gaz_sqlite_bind_blob(stmt, ":sha256", submission->sha256,
                         sizeof(submission->sha256));
    status = gaz_boundary_run(ctx, stmt);
    if (status == GAZ_OK)
        *out = gaz_sqlite_last_row(store->db);
    return status;
}

static gaz_status put_part(struct gaz_ctx *ctx, struct gaz_store *store,
                           int64_t submission, int64_t ordinal,
                           const struct gaz_boundary_part *part)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "INSERT INTO boundary_part (submission, ordinal, name, bytes, sha256,"
        "  etag) VALUES (:submission, :ordinal, :name, :bytes, :sha256, :etag)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":submission", submission);
    gaz_sqlite_bind_int(stmt, ":ordinal", ordinal);
    gaz_boundary_bind(stmt, ":name", part->name);
    gaz_sqlite_bind_blob(stmt, ":bytes", part->bytes, part->size);
    gaz_sqlite_bind_blob(stmt, ":sha256", part->sha256, sizeof(part->sha256));
    gaz_boundary_bind(stmt, ":etag", part->etag);
    return gaz_boundary_run(ctx, stmt);
}

gaz_status
gaz_boundary_put_submission(struct gaz_ctx *ctx, struct gaz_store *store,
                            int64_t line,
                            const struct gaz_boundary_submission *submission,
                            int64_t *out, bool *is_new)
{
    int64_t id = 0;
    gaz_status status = find_same(ctx, store, line, submission, &id);
    if (status != GAZ_OK)
        return status;
    *is_new = id == 0;
    if (id == 0)
        status = put_row(ctx, store, line, submission, &id);
    for (size_t i = 0;
         *is_new && i < submission->part_count && status == GAZ_OK; i++)
        status =
            put_part(ctx, store, id, (int64_t)i + 1, &submission->parts[i]);
    if (status == GAZ_OK)
        *out = id;
    return status;
}

#define SUBMISSIONS                                                            \
    "SELECT id, side, name, crs, axes, is_harvest, lines, areas,"              \
    " markers, rejected, who, note, at, sha256, layer FROM "                   \
    "boundary_submission"

static gaz_status read_row(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                           struct gaz_boundary_submission *out)
{
    *out = (struct gaz_boundary_submission){
        .id = gaz_sqlite_int(stmt, 0),
        .side = gaz_sqlite_text(ctx, stmt, 1)[0],
        .name = gaz_sqlite_text(ctx, stmt, 2),
        .crs = gaz_sqlite_text(ctx, stmt, 3),
        .axes = gaz_sqlite_text(ctx, stmt, 4),
        .is_harvest = gaz_sqlite_int(stmt, 5) != 0,
        .lines = gaz_sqlite_int(stmt, 6),
        .areas = gaz_sqlite_int(stmt, 7),
        .markers = gaz_sqlite_int(stmt, 8),
        .rejected = gaz_sqlite_int(stmt, 9),
        .who = gaz_sqlite_text(ctx, stmt, 10),
        .note = gaz_sqlite_text(ctx, stmt, 11),
        .at = gaz_sqlite_text(ctx, stmt, 12),
        .layer = gaz_sqlite_text(ctx, stmt, 14)};
    return copy_digest(ctx, stmt, 13, out->sha256);
}

gaz_status gaz_boundary_submissions(struct gaz_ctx *ctx,
                                    struct gaz_store *store, int64_t line,
                                    char side,
                                    struct gaz_boundary_submissions *out)
{
    const char name[2] = {side, '\0'};
    struct gaz_stmt *stmt;
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status = gaz_boundary_read(
        ctx, store,
        SUBMISSIONS " WHERE line = :line AND (:side = '' OR side = :side)"
                    " ORDER BY id DESC",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_boundary_bind(stmt, ":side", name);
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        status =
            read_row(ctx, stmt,
                     gaz_boundary_add(ctx, &list,
                                      sizeof(struct gaz_boundary_submission)));
        if (status != GAZ_OK)
            break;
    }
    gaz_sqlite_drop(stmt);
    if (status != GAZ_END)
        return status;
    *out = (struct gaz_boundary_submissions){list.items, list.count};
    return GAZ_OK;
}

/* Reads columns name, bytes, sha256, etag. */
static gaz_status read_part(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                            struct gaz_boundary_part *out)
{
    *out = (struct gaz_boundary_part){.name = gaz_sqlite_text(ctx, stmt, 0),
                                      .etag = gaz_sqlite_text(ctx, stmt, 3)};
    out->bytes = gaz_sqlite_blob(ctx, stmt, 1, &out->size);
    return copy_digest(ctx, stmt, 2, out->sha256);
}

static gaz_status read_parts(struct gaz_ctx *ctx, struct gaz_store *store,
                             struct gaz_boundary_submission *submission)
{
    struct gaz_stmt *stmt;
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status =
        gaz_boundary_read(ctx, store,
                          "SELECT name, bytes, sha256, etag FROM boundary_part"
                          " WHERE submission = :submission ORDER BY ordinal",
                          &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":submission", submission->id);
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        status = read_part(
            ctx, stmt,
            gaz_boundary_add(ctx, &list, sizeof(struct gaz_boundary_part)));
        if (status != GAZ_OK)
            break;
    }
    gaz_sqlite_drop(stmt);
    submission->parts = list.items;
    submission->part_count = list.count;
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_boundary_submission(struct gaz_ctx *ctx, struct gaz_store *store,
                                   int64_t id,
                                   struct gaz_boundary_submission *out)
{
    struct gaz_boundary_submission found;
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_boundary_read(ctx, store, SUBMISSIONS " WHERE id = :id", &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", id);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        status = read_row(ctx, stmt, &found);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_END)
        return gaz_fail(ctx, GAZ_NOT_FOUND, "no submission %lld",
                        (long long)id);
    if (status == GAZ_OK)
        status = read_parts(ctx, store, &found);
    if (status == GAZ_OK)
        *out = found;
    return status;
}

/* ---- history of agreement ---- */

/* Below 0 is not known: NULL. */
static void bind_known(struct gaz_stmt *stmt, const char *name, double value)
{
    if (value >= 0)
        gaz_sqlite_bind_real(stmt, name, value);
}

gaz_status gaz_boundary_put_check(struct gaz_ctx *ctx, struct gaz_store *store,
                                  int64_t line,
                                  const struct gaz_boundary_check *check,
                                  int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "INSERT INTO boundary_check (line, a, b, outcome, message, message_en,"
        "  errors, warnings, shared_m, overlap_m2, gap_m2, largest_m, markers)"
        " VALUES (:line, :a, :b, :outcome, :zh, :en, :errors, :warnings,"
        "  :shared, :overlap, :gap, :largest, :markers)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_sqlite_bind_id(stmt, ":a", (gaz_id)check->a);
    gaz_sqlite_bind_id(stmt, ":b", (gaz_id)check->b);
    gaz_boundary_bind(stmt, ":outcome", check->outcome);
    gaz_boundary_bind(stmt, ":zh", check->message);
    gaz_boundary_bind(stmt, ":en", check->message_en);
    gaz_sqlite_bind_int(stmt, ":errors", check->errors);
    gaz_sqlite_bind_int(stmt, ":warnings", check->warnings);
    bind_known(stmt, ":shared", check->shared_m);
    bind_known(stmt, ":overlap", check->overlap_m2);
    bind_known(stmt, ":gap", check->gap_m2);
    bind_known(stmt, ":largest", check->largest_m);
    if (check->markers >= 0)
        gaz_sqlite_bind_int(stmt, ":markers", check->markers);
    status = gaz_boundary_run(ctx, stmt);
    if (status == GAZ_OK)
        *out = gaz_sqlite_last_row(store->db);
    return status;
}

static double known(const struct gaz_stmt *stmt, int column)
{
    return gaz_sqlite_is_null(stmt, column) ? -1
                                            : gaz_sqlite_real(stmt, column);
}

gaz_status gaz_boundary_checks(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t line, int limit,
                               struct gaz_boundary_checks *out)
{
    struct gaz_stmt *stmt;
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status = gaz_boundary_read(
        ctx, store,
        "SELECT id, a, b, at, outcome, message, message_en, errors, warnings,"
        " shared_m, overlap_m2, gap_m2, largest_m, COALESCE(markers, -1)"
        " FROM boundary_check WHERE line = :line ORDER BY id DESC"
        " LIMIT :limit",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_sqlite_bind_int(stmt, ":limit", limit);
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        struct gaz_boundary_check *check =
            gaz_boundary_add(ctx, &list, sizeof(*check));
        *check = (struct gaz_boundary_check){
            .id = gaz_sqlite_int(stmt, 0),
            .a = (int64_t)gaz_sqlite_id(stmt, 1),
            .b = (int64_t)gaz_sqlite_id(stmt, 2),
            .at = gaz_sqlite_text(ctx, stmt, 3),
            .outcome = gaz_sqlite_text(ctx, stmt, 4),
            .message = gaz_sqlite_text(ctx, stmt, 5),
            .message_en = gaz_sqlite_text(ctx, stmt, 6),
            .errors = gaz_sqlite_int(stmt, 7),
            .warnings = gaz_sqlite_int(stmt, 8),
            .shared_m = known(stmt, 9),
            .overlap_m2 = known(stmt, 10),
            .gap_m2 = known(stmt, 11),
            .largest_m = known(stmt, 12),
            .markers = gaz_sqlite_int(stmt, 13)};
    }
    gaz_sqlite_drop(stmt);
    if (status != GAZ_END)
        return status;
    *out = (struct gaz_boundary_checks){list.items, list.count};
    return GAZ_OK;
}

/* ---- a harvest on its way ---- */

gaz_status gaz_boundary_put_page(struct gaz_ctx *ctx, struct gaz_store *store,
                                 int64_t line, char side,
                                 const struct gaz_boundary_part *page)
{
    const char name[2] = {side, '\0'};
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "INSERT INTO boundary_page (line, side, url, bytes, sha256, etag)"
        " VALUES (:line, :side, :url, :bytes, :sha256, :etag)"
        " ON CONFLICT (line, side, url) DO UPDATE SET bytes = excluded.bytes,"
        "  sha256 = excluded.sha256, etag = excluded.etag",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_boundary_bind(stmt, ":side", name);
    gaz_boundary_bind(stmt, ":url", page->name);
    gaz_sqlite_bind_blob(stmt, ":bytes", page->bytes, page->size);
    gaz_sqlite_bind_blob(stmt, ":sha256", page->sha256, sizeof(page->sha256));
    gaz_boundary_bind(stmt, ":etag", page->etag);
    return gaz_boundary_run(ctx, stmt);
}

gaz_status gaz_boundary_page(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t line, char side, const char *url,
                             struct gaz_boundary_part *out)
{
    const char name[2] = {side, '\0'};
    struct gaz_boundary_part found;
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_read(
        ctx, store,
        "SELECT url, bytes, sha256, etag FROM ("
        " SELECT url, bytes, sha256, etag, 0 AS age FROM boundary_page"
        "  WHERE line = :line AND side = :side AND url = :url"
        " UNION ALL SELECT p.name, p.bytes, p.sha256, p.etag, 1"
        "  FROM boundary_part p WHERE p.name = :url AND p.submission ="
        "   (SELECT id FROM boundary_submission WHERE line = :line"
        "    AND side = :side AND is_harvest = 1 ORDER BY id DESC LIMIT 1))"
        " ORDER BY age LIMIT 1",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_boundary_bind(stmt, ":side", name);
    gaz_boundary_bind(stmt, ":url", url);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        status = read_part(ctx, stmt, &found);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_OK)
        *out = found;
    return status == GAZ_END ? GAZ_NOT_FOUND : status;
}

gaz_status gaz_boundary_drop_pages(struct gaz_ctx *ctx, struct gaz_store *store,
                                   int64_t line, char side)
{
    const char name[2] = {side, '\0'};
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "DELETE FROM boundary_page WHERE line = :line AND side = :side", &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_boundary_bind(stmt, ":side", name);
    return gaz_boundary_run(ctx, stmt);
}
