/* SPDX-License-Identifier: Apache-2.0 */
/* review.c - filling the queue; review_find.c reads it, review_decide.c
 * decides.
 */
#include "gazetteer/store/review.h"

#include <string.h>

#include "gazetteer/store/handle.h"
#include "gazetteer/store/sql.h"

/* Errors, then merges by their chance, then warnings and hints. */
#define RANK_OF_SEVERITY "CASE severity WHEN 2 THEN 3.5 ELSE severity END"

static double rank_of(const struct gaz_review *review)
{
    if (strcmp(review->kind, "merge") == 0)
        return 2 + review->score;
    return review->severity == GAZ_SEVERITY_ERROR ? 3.5
                                                  : (double)review->severity;
}

/* The one that is queued already; *id 0: none. */
static gaz_status find_holder(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_review *review, int64_t *id,
                              const char **state)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_REVIEW_HOLDER, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":kind", review->kind);
    gaz_sqlite_bind_int(stmt, ":a", (int64_t)review->a);
    gaz_sqlite_bind_int(stmt, ":b", (int64_t)review->b);
    *id = 0;
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK) {
        *id = gaz_sqlite_int(stmt, 0);
        *state = gaz_sqlite_text(ctx, stmt, 1);
    }
    gaz_sqlite_reset(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

static void bind_found(struct gaz_stmt *stmt, const struct gaz_review *review,
                       int64_t run)
{
    gaz_sqlite_bind_real(stmt, ":score", review->score);
    gaz_sqlite_bind_int(stmt, ":severity", review->severity);
    gaz_sqlite_bind_text(stmt, ":band", review->band);
    gaz_sqlite_bind_text(stmt, ":zh", review->zh);
    gaz_sqlite_bind_text(stmt, ":en", review->en);
    gaz_sqlite_bind_text(stmt, ":fix_field", review->fix_field);
    gaz_sqlite_bind_text(stmt, ":fix", review->fix);
    gaz_sqlite_bind_int(stmt, ":is_automatic", review->fix_is_automatic);
    gaz_sqlite_bind_text(stmt, ":evidence", review->evidence);
    gaz_sqlite_bind_real(stmt, ":rank", rank_of(review));
    gaz_sqlite_bind_int(stmt, ":seen", run);
}

static gaz_status insert(struct gaz_ctx *ctx, struct gaz_store *store,
                         const struct gaz_review *review, int64_t run)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_PUT_REVIEW, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":kind", review->kind);
    gaz_sqlite_bind_int(stmt, ":a", (int64_t)review->a);
    gaz_sqlite_bind_int(stmt, ":b", (int64_t)review->b);
    gaz_sqlite_bind_text(stmt, ":rule", review->rule);
    gaz_sqlite_bind_id(stmt, ":about", review->about);
    gaz_sqlite_bind_id(stmt, ":other", review->other);
    gaz_sqlite_bind_text(stmt, ":subject", review->subject);
    bind_found(stmt, review, run);
    return gaz_sqlite_run(ctx, stmt);
}

static gaz_status renew(struct gaz_ctx *ctx, struct gaz_store *store,
                        const struct gaz_review *review, int64_t run,
                        int64_t id)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_RENEW_REVIEW, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", id);
    bind_found(stmt, review, run);
    return gaz_sqlite_run(ctx, stmt);
}

static gaz_status see(struct gaz_ctx *ctx, struct gaz_store *store, int64_t id,
                      int64_t run)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_SEE_REVIEW, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", id);
    gaz_sqlite_bind_int(stmt, ":seen", run);
    return gaz_sqlite_run(ctx, stmt);
}

static gaz_status meet_again(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review *review, int64_t run,
                             int64_t id, const char *state)
{
    const struct gaz_review_step again = {.id = id,
                                          .action = "reopen",
                                          .who = "check",
                                          .why = "又查出 found again"};
    const bool is_back =
        strcmp(state, "gone") == 0 || strcmp(state, "fixed") == 0;
    gaz_status status = GAZ_OK;
    if (strcmp(state, "open") == 0 || is_back)
        status = renew(ctx, store, review, run, id);
    else
        status = see(ctx, store, id, run);
    if (status == GAZ_OK && is_back)
        status = gaz_review_decide(ctx, store, &again, NULL);
    return status;
}

gaz_status gaz_review_put(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_review *review, int64_t run,
                          bool *is_new)
{
    struct gaz_review sorted = *review;
    const char *state = NULL;
    int64_t id = 0;
    if (strcmp(review->kind, "merge") == 0) {
        sorted.a = review->a < review->b ? review->a : review->b;
        sorted.b = review->a < review->b ? review->b : review->a;
        sorted.about = sorted.a;
        sorted.other = sorted.b;
        if (!sorted.subject)
            sorted.subject = "place";
    }
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = find_holder(ctx, store, &sorted, &id, &state);
    if (status == GAZ_OK && id)
        status = meet_again(ctx, store, &sorted, run, id, state);
    else if (status == GAZ_OK && is_new)
        status = insert(ctx, store, &sorted, run);
    if (status == GAZ_OK && is_new)
        *is_new = id == 0;
    return status;
}

gaz_status gaz_review_issues(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t *out)
{
    static const char SQL[] =
        "INSERT INTO review (kind, a, b, rule, score, severity, message,"
        "  message_en, about, subject, evidence, rank, code)"
        " SELECT 'issue', id, 0, rule, 0, severity, message, message_en, about,"
        "  CASE WHEN about IN (SELECT id FROM address) THEN 'address'"
        "   WHEN about IS NOT NULL THEN 'place' END,"
        "  evidence, " RANK_OF_SEVERITY ", COALESCE((WITH RECURSIVE"
        "   up (code, parent, depth) AS (SELECT code, parent, 0 FROM place"
        "     WHERE id = issue.about OR id = (SELECT parent FROM address"
        "      WHERE id = issue.about)"
        "    UNION ALL SELECT p.code, p.parent, depth + 1"
        "     FROM up JOIN place p ON p.id = up.parent WHERE depth < 8)"
        "   SELECT code FROM up WHERE code <> '' ORDER BY depth LIMIT 1), '')"
        " FROM issue WHERE state = 'open' AND NOT EXISTS (SELECT 1 FROM review "
        "f"
        "   WHERE f.kind = 'finding' AND f.about = issue.about"
        "   AND f.rule = issue.rule AND f.state <> 'gone')"
        " ON CONFLICT (kind, a, b) DO NOTHING";
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_sqlite_exec(ctx, store->db, SQL);
    if (status == GAZ_OK)
        *out = gaz_sqlite_changes(store->db);
    return status;
}

gaz_status gaz_review_next_run(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t *out)
{
    return gaz_sqlite_number(
        ctx, store->db, "SELECT COALESCE(MAX(seen), 0) + 1 FROM review", out);
}

/* ---- what is found no more ---- */

/* :rule, :in, :run; the issues of :rule that a finding of this run is like. */
#define STALE                                                                  \
    "r.rule = :rule AND r.state IN ('open', 'accepted')"                       \
    " AND (:in IS NULL OR substr(r.code, 1, length(:in)) = :in)"               \
    " AND iif(r.kind = 'finding', r.seen < :run, r.kind = 'issue' AND EXISTS"  \
    "  (SELECT 1 FROM review f WHERE f.about = r.about AND f.rule = r.rule"    \
    "   AND f.kind = 'finding' AND f.seen = :run))"

static gaz_status run_sweep(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *sql, const char *rule, const char *in,
                            int64_t run)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(ctx, store->db, sql, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":rule", rule);
    gaz_sqlite_bind_text(stmt, ":in", in);
    gaz_sqlite_bind_int(stmt, ":run", run);
    status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

gaz_status gaz_review_sweep(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *rule, const char *in, int64_t run,
                            int64_t *out)
{
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = run_sweep(
            ctx, store,
            "INSERT INTO review_event (review, version, action, who, why)"
            " SELECT r.id, r.version + 1, 'gone', 'check',"
            "  iif(r.kind = 'issue', '由核查结果代替 a finding stands for it',"
            "   '不再查出 found no more')"
            " FROM review r WHERE " STALE,
            rule, in, run);
    if (status == GAZ_OK)
        status = run_sweep(ctx, store,
                           "UPDATE review AS r SET state = 'gone',"
                           " version = version + 1 WHERE " STALE,
                           rule, in, run);
    if (status == GAZ_OK)
        *out += gaz_sqlite_changes(store->db);
    return status;
}
