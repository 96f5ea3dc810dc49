/* SPDX-License-Identifier: Apache-2.0 */
/* review_decide.c - what may be decided, and what becomes of it. */
#include <string.h>

#include "gazetteer/store/handle.h"
#include "gazetteer/store/review.h"

static const struct action {
    const char *name;
    const char *after;    /* the state */
    const char *from;     /* the states it is taken in */
    const char *of_merge; /* the same, of a merge; NULL: not for merges */
    bool needs_why;
    bool is_of_check; /* not for clerks */
} ACTIONS[] = {
    {"accept", "accepted", "open", "open", false, false},
    {"reject", "rejected", "open", "open", true, false},
    {"waive", "waived", "open accepted", "open", true, false},
    {"edit", "fixed", "open accepted", NULL, false, false},
    {"undo", "open", "accepted rejected waived fixed",
     "accepted rejected waived", false, false},
    {"reopen", "open", "gone fixed", NULL, false, true},
};

static const struct action *action_of(const struct gaz_review_step *step)
{
    for (size_t i = 0; i < sizeof(ACTIONS) / sizeof(ACTIONS[0]); i++)
        if (step->action && strcmp(ACTIONS[i].name, step->action) == 0)
            return &ACTIONS[i];
    return NULL;
}

static bool is_given(const char *text)
{
    return text && *text;
}

static bool is_among(const char *words, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = strstr(words, word); at; at = strstr(at + 1, word))
        if ((at == words || at[-1] == ' ') &&
            (at[len] == ' ' || at[len] == '\0'))
            return true;
    return false;
}

static gaz_review_verdict
refuse(struct gaz_ctx *ctx, gaz_review_verdict verdict, const char *sentence)
{
    gaz_status status = gaz_fail(ctx, GAZ_INVALID, "%s", sentence);
    (void)status; /* the verdict says it */
    return verdict;
}

static gaz_review_verdict check_words(struct gaz_ctx *ctx,
                                      const struct action *action,
                                      const struct gaz_review_step *step)
{
    if (!is_given(step->who))
        return refuse(ctx, GAZ_REVIEW_INCOMPLETE,
                      "a decision needs who "
                      "decides");
    if (action->needs_why && !is_given(step->why))
        return refuse(ctx, GAZ_REVIEW_INCOMPLETE,
                      strcmp(action->name, "waive") == 0
                          ? "a waiver needs a reason"
                          : "a rejection needs a reason");
    if (step->insists && !is_given(step->why))
        return refuse(ctx, GAZ_REVIEW_INCOMPLETE, "who insists must say why");
    if (strcmp(action->name, "edit") == 0 && (!step->field || !step->value))
        return refuse(ctx, GAZ_REVIEW_INCOMPLETE,
                      "an edit needs a field and its value");
    return GAZ_REVIEW_ALLOWED;
}

static gaz_review_verdict check_state(struct gaz_ctx *ctx,
                                      const struct gaz_review *review,
                                      const struct action *action)
{
    const bool is_merge = strcmp(review->kind, "merge") == 0;
    if (is_merge && !action->of_merge)
        return refuse(ctx, GAZ_REVIEW_UNFIT,
                      "a merge is accepted, rejected or waived, not edited");
    if (is_among(is_merge ? action->of_merge : action->from, review->state))
        return GAZ_REVIEW_ALLOWED;
    const char *id =
        gaz_arena_printf(&ctx->arena, "review %lld", (long long)review->id);
    if (strcmp(review->state, "gone") == 0)
        return refuse(ctx, GAZ_REVIEW_SETTLED,
                      gaz_arena_printf(&ctx->arena,
                                       "%s is gone: no check finds it any more",
                                       id));
    if (strcmp(action->name, "undo") == 0)
        return refuse(
            ctx, GAZ_REVIEW_SETTLED,
            gaz_arena_printf(&ctx->arena, "%s is open: nothing to undo", id));
    return refuse(
        ctx, GAZ_REVIEW_SETTLED,
        gaz_arena_printf(&ctx->arena, "%s is %s already", id, review->state));
}

gaz_review_verdict gaz_review_allow(struct gaz_ctx *ctx,
                                    const struct gaz_review *review,
                                    const struct gaz_review_step *step)
{
    const struct action *action = action_of(step);
    if (!action || (action->is_of_check && strcmp(step->who, "check") != 0))
        return refuse(
            ctx, GAZ_REVIEW_INCOMPLETE,
            gaz_arena_printf(&ctx->arena,
                             "'%.20s' is no decision: accept, reject, waive, "
                             "edit or undo",
                             step->action ? step->action : ""));
    if (step->version && step->version != review->version)
        return refuse(ctx, GAZ_REVIEW_STALE,
                      gaz_arena_printf(&ctx->arena,
                                       "review %lld is at version %d by now, "
                                       "not %d",
                                       (long long)step->id, review->version,
                                       step->version));
    gaz_review_verdict verdict = check_words(ctx, action, step);
    return verdict == GAZ_REVIEW_ALLOWED ? check_state(ctx, review, action)
                                         : verdict;
}

/* An accepted finding that was mended is fixed; a merge has a decision too. */
static const char *state_after(const struct gaz_review *review,
                               const struct gaz_review_step *step)
{
    bool is_merge = strcmp(review->kind, "merge") == 0;
    if (strcmp(step->action, "accept") == 0 && step->decision && !is_merge)
        return "fixed";
    return action_of(step)->after;
}

static gaz_status run_step(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *sql, const char *after,
                           const struct gaz_review_step *step)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(ctx, store->db, sql, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", step->id);
    if (strstr(sql, ":state"))
        gaz_sqlite_bind_text(stmt, ":state", after);
    if (strstr(sql, ":decision"))
        gaz_sqlite_bind_id(stmt, ":decision", (gaz_id)step->decision);
    if (strstr(sql, ":who")) {
        gaz_sqlite_bind_text(stmt, ":action", step->action);
        gaz_sqlite_bind_text(stmt, ":who", step->who);
        gaz_sqlite_bind_text(stmt, ":key", step->key);
        gaz_sqlite_bind_text(stmt, ":why", step->why);
        gaz_sqlite_bind_text(stmt, ":field", step->field);
        gaz_sqlite_bind_text(stmt, ":value", step->value);
        gaz_sqlite_bind_id(stmt, ":batch",
                           (gaz_id)(step->batch > 0 ? step->batch : 0));
    }
    status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

static gaz_status write_step(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *after,
                             const struct gaz_review_step *step, int64_t *event)
{
    static const char *const SQL[] = {
        /* before the review: what an import has mended stays fixed */
        "UPDATE issue SET state = CASE WHEN :state IN ('rejected', 'waived')"
        "  THEN 'waived' WHEN :state = 'fixed' THEN 'fixed' ELSE 'open' END"
        " WHERE id = (SELECT a FROM review WHERE id = :id AND kind = 'issue')"
        "  AND (state <> 'fixed'"
        "   OR (SELECT state FROM review WHERE id = :id) = 'fixed')",
        "UPDATE review SET state = :state, version = version + 1,"
        " decision = :decision WHERE id = :id",
        "INSERT INTO review_event (review, version, action, who, key, why,"
        "  field, value, batch)"
        " SELECT id, version, :action, :who, :key, :why, :field, :value, :batch"
        " FROM review WHERE id = :id",
    };
    gaz_status status = GAZ_OK;
    for (size_t i = 0; status == GAZ_OK && i < sizeof(SQL) / sizeof(SQL[0]);
         i++)
        status = run_step(ctx, store, SQL[i], after, step);
    if (status == GAZ_OK)
        *event = gaz_sqlite_last_row(store->db);
    if (status == GAZ_OK && step->batch == GAZ_REVIEW_ANY)
        status = gaz_sqlite_exec(
            ctx, store->db,
            gaz_arena_printf(&ctx->arena,
                             "UPDATE review_event SET batch = id"
                             " WHERE id = %lld",
                             (long long)*event));
    return status;
}

gaz_status gaz_review_decide(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_step *step, int64_t *event)
{
    struct gaz_review review = {.state = "open", .kind = "merge"};
    int64_t made = 0;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_review_get(ctx, store, step->id, &review);
    if (status != GAZ_OK)
        return status;
    if (gaz_review_allow(ctx, &review, step) != GAZ_REVIEW_ALLOWED)
        return GAZ_INVALID;
    status = write_step(ctx, store, state_after(&review, step), step, &made);
    if (status == GAZ_OK && event)
        *event = made;
    return status;
}
