/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/review.h"

#include <string.h>

#include "gazetteer/store/handle.h"

#define REVIEW                                                                 \
    "SELECT r.id, r.kind, r.a, r.b, r.rule, r.score, r.message,"               \
    " r.message_en, r.state, r.version, COALESCE(r.decision, 0),"              \
    " (SELECT about FROM issue i WHERE r.kind = 'issue' AND i.id = r.a),"      \
    " e.who, e.why, e.at FROM review r LEFT JOIN review_event e"               \
    " ON e.review = r.id AND e.version = r.version "

static gaz_status prepare(struct gaz_ctx *ctx, struct gaz_store *store,
                          const char *sql, struct gaz_stmt **out)
{
    return gaz_sqlite_prepare(ctx, store->db, sql, out);
}

static struct gaz_review read_row(struct gaz_ctx *ctx,
                                  const struct gaz_stmt *stmt)
{
    return (struct gaz_review){.id = gaz_sqlite_int(stmt, 0),
                               .kind = gaz_sqlite_text(ctx, stmt, 1),
                               .a = gaz_sqlite_id(stmt, 2),
                               .b = gaz_sqlite_id(stmt, 3),
                               .rule = gaz_sqlite_text(ctx, stmt, 4),
                               .score = gaz_sqlite_real(stmt, 5),
                               .zh = gaz_sqlite_text(ctx, stmt, 6),
                               .en = gaz_sqlite_text(ctx, stmt, 7),
                               .state = gaz_sqlite_text(ctx, stmt, 8),
                               .version = (int)gaz_sqlite_int(stmt, 9),
                               .decision = gaz_sqlite_int(stmt, 10),
                               .about = gaz_sqlite_id(stmt, 11),
                               .who = gaz_sqlite_text(ctx, stmt, 12),
                               .why = gaz_sqlite_text(ctx, stmt, 13),
                               .at = gaz_sqlite_text(ctx, stmt, 14)};
}

gaz_status gaz_review_put(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_review *review, bool *is_new)
{
    struct gaz_stmt *stmt;
    int64_t before = 0;
    int64_t after = 0;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_sqlite_number(ctx, store->db,
                                   "SELECT COUNT(*) FROM review", &before);
    if (status == GAZ_OK)
        status = prepare(
            ctx, store,
            "INSERT INTO review (kind, a, b, rule, score, message, message_en)"
            " VALUES ('merge', :a, :b, :rule, :score, :zh, :en)"
            " ON CONFLICT (kind, a, b) DO UPDATE SET score = excluded.score,"
            " message = excluded.message, message_en = excluded.message_en"
            " WHERE state = 'open'",
            &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":a",
                       review->a < review->b ? review->a : review->b);
    gaz_sqlite_bind_id(stmt, ":b",
                       review->a < review->b ? review->b : review->a);
    gaz_sqlite_bind_text(stmt, ":rule", review->rule);
    gaz_sqlite_bind_real(stmt, ":score", review->score);
    gaz_sqlite_bind_text(stmt, ":zh", review->zh);
    gaz_sqlite_bind_text(stmt, ":en", review->en);
    status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_OK)
        status = gaz_sqlite_number(ctx, store->db,
                                   "SELECT COUNT(*) FROM review", &after);
    if (status == GAZ_OK)
        *is_new = after > before;
    return status;
}

gaz_status gaz_review_issues(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t *out)
{
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_sqlite_exec(
            ctx, store->db,
            "INSERT INTO review (kind, a, b, rule, score, message, message_en)"
            " SELECT 'issue', id, 0, rule, 0, message, message_en FROM issue"
            " WHERE state = 'open' ON CONFLICT (kind, a, b) DO NOTHING");
    if (status == GAZ_OK)
        *out = gaz_sqlite_changes(store->db);
    return status;
}

gaz_status gaz_review_get(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t id, struct gaz_review *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = prepare(ctx, store, REVIEW "WHERE r.id = :id", &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", id);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out = read_row(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status == GAZ_END
               ? gaz_fail(ctx, GAZ_NOT_FOUND, "no review %lld", (long long)id)
               : status;
}

gaz_status gaz_review_list(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *state, struct gaz_reviews *out)
{
    struct gaz_stmt *stmt;
    int64_t count = 0;
    gaz_status status = gaz_sqlite_number(
        ctx, store->db, "SELECT COUNT(*) FROM review", &count);
    if (status == GAZ_OK && count > GAZ_REVIEW_LIST_MAX)
        count = GAZ_REVIEW_LIST_MAX;
    if (status == GAZ_OK)
        status = prepare(ctx, store,
                         REVIEW "WHERE :state IS NULL OR r.state = :state"
                                " ORDER BY r.kind DESC, r.score DESC, r.id",
                         &stmt);
    if (status != GAZ_OK)
        return status;
    struct gaz_reviews made = {.items = gaz_arena_array(&ctx->arena,
                                                        (size_t)count + 1,
                                                        sizeof(*made.items))};
    gaz_sqlite_bind_text(stmt, ":state", state);
    while (made.count < count &&
           (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        made.items[made.count++] = read_row(ctx, stmt);
    gaz_sqlite_drop(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = made;
    return GAZ_OK;
}

/* ---- deciding ---- */

static const char *state_after(const struct gaz_review_step *step)
{
    static const char *const STATES[][2] = {
        {"accept", "accepted"}, {"reject", "rejected"}, {"undo", "open"}};
    for (size_t i = 0; i < sizeof(STATES) / sizeof(STATES[0]); i++)
        if (strcmp(STATES[i][0], step->action) == 0)
            return STATES[i][1];
    return NULL;
}

gaz_status gaz_review_allow(struct gaz_ctx *ctx,
                            const struct gaz_review *review,
                            const struct gaz_review_step *step)
{
    const char *after = state_after(step);
    bool is_open = review->state && strcmp(review->state, "open") == 0;
    if (!after)
        return gaz_fail(ctx, GAZ_INVALID,
                        "'%.20s' is no decision: accept, reject or undo",
                        step->action);
    if (step->version && step->version != review->version)
        return gaz_fail(ctx, GAZ_INVALID,
                        "review %lld is at version %d by now, not %d",
                        (long long)step->id, review->version, step->version);
    if (!step->who || !*step->who)
        return gaz_fail(ctx, GAZ_INVALID, "a decision needs who decides");
    if (strcmp(step->action, "reject") == 0 && (!step->why || !*step->why))
        return gaz_fail(ctx, GAZ_INVALID, "a rejection needs a reason");
    if (is_open && strcmp(after, "open") == 0)
        return gaz_fail(ctx, GAZ_INVALID,
                        "review %lld is open: nothing to undo",
                        (long long)step->id);
    if (!is_open && strcmp(after, "open") != 0)
        return gaz_fail(ctx, GAZ_INVALID, "review %lld is %s already",
                        (long long)step->id, review->state);
    return GAZ_OK;
}

static gaz_status run_step(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *sql, const struct gaz_review_step *step)
{
    struct gaz_stmt *stmt;
    gaz_status status = prepare(ctx, store, sql, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", step->id);
    if (strstr(sql, ":state"))
        gaz_sqlite_bind_text(stmt, ":state", state_after(step));
    if (strstr(sql, ":decision"))
        gaz_sqlite_bind_id(stmt, ":decision", (gaz_id)step->decision);
    if (strstr(sql, ":who")) {
        gaz_sqlite_bind_text(stmt, ":action", step->action);
        gaz_sqlite_bind_text(stmt, ":who", step->who);
        gaz_sqlite_bind_text(stmt, ":why", step->why);
    }
    status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

gaz_status gaz_review_decide(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_step *step)
{
    static const char *const SQL[] = {
        "UPDATE review SET state = :state, version = version + 1,"
        " decision = :decision WHERE id = :id",
        "INSERT INTO review_event (review, version, action, who, why)"
        " SELECT id, version, :action, :who, :why FROM review WHERE id = :id",
        "UPDATE issue SET state = iif(:state = 'rejected', 'waived', 'open')"
        " WHERE state <> 'fixed' AND id ="
        " (SELECT a FROM review WHERE id = :id AND kind = 'issue')",
    };
    struct gaz_review review = {.state = "open"};
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_review_get(ctx, store, step->id, &review);
    if (status == GAZ_OK)
        status = gaz_review_allow(ctx, &review, step);
    for (size_t i = 0; status == GAZ_OK && i < sizeof(SQL) / sizeof(SQL[0]);
         i++)
        status = run_step(ctx, store, SQL[i], step);
    return status;
}
