/* SPDX-License-Identifier: Apache-2.0 */
/* decide.c - decisions carried out, in the order of the functions. */
#include <string.h>

#include "api/review/fields.h"
#include "api/review/join.h"
#include "api/review/judge.h"
#include "api/review/review.h"
#include "gazetteer/store/correct.h"
#include "gazetteer/store/merge.h"

/* What is to be done of one step. */
struct plan {
    struct gaz_review review;
    gaz_id edits;      /* the record that is mended; 0: none */
    const char *field; /* of the edit */
    const char *value;
    const char *skipped; /* NULL: it is carried out */
};

struct work {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    struct api_review_batch *batch;
    struct plan *plans;
    gaz_id *edited; /* records that are mended */
    int edited_count;
    struct api_review_outcome *out;
};

static bool is_action(const struct gaz_review_step *step, const char *action)
{
    return strcmp(step->action, action) == 0;
}

static bool is_merge(const struct plan *plan)
{
    return strcmp(plan->review.kind, "merge") == 0;
}

static gaz_status refuse(const struct work *w, gaz_review_verdict verdict,
                         int64_t id, gaz_status status)
{
    w->out->verdict = verdict;
    w->out->refused = id;
    return status;
}

/* ---- planning ---- */

/* The record as it shall be. */
static gaz_status make_record(struct work *w, const struct plan *plan,
                              const struct gaz_review_step *step,
                              struct api_record *out)
{
    gaz_status status = api_fields_load(w->ctx, w->store, plan->edits, out);
    if (status == GAZ_NOT_FOUND)
        return refuse(w, GAZ_REVIEW_UNSOUND, step->id, GAZ_INVALID);
    if (status == GAZ_OK)
        status =
            api_fields_set(w->ctx, w->store, out, plan->field, plan->value);
    if (status == GAZ_NOT_FOUND || status == GAZ_INVALID)
        return refuse(w, GAZ_REVIEW_INCOMPLETE, step->id, GAZ_INVALID);
    return status;
}

static gaz_status plan_edit(struct work *w, struct plan *plan,
                            const struct gaz_review_step *step)
{
    const struct gaz_review *review = &plan->review;
    bool is_record = review->subject && review->about &&
                     (strcmp(review->subject, "place") == 0 ||
                      strcmp(review->subject, "address") == 0);
    bool is_edit = is_action(step, "edit");
    bool is_fix = is_action(step, "accept") && review->fix_field;
    if (!is_edit && !(is_fix && is_record))
        return GAZ_OK;
    if (!is_record)
        return refuse(
            w, GAZ_REVIEW_UNFIT, step->id,
            gaz_fail(w->ctx, GAZ_INVALID,
                     "what is stored of %s cannot be edited here: "
                     "put the source right and import it again",
                     review->subject ? review->subject : "a rejected row"));
    plan->field = is_edit ? step->field : review->fix_field;
    plan->value = is_edit ? step->value : review->fix;
    plan->edits = review->about;
    struct api_record record;
    gaz_status status = make_record(w, plan, step, &record);
    if (status != GAZ_OK)
        return status;
    plan->edits = api_fields_id(&record); /* a merged id: the kept one */
    w->edited[w->edited_count++] = plan->edits;
    return GAZ_OK;
}

static gaz_status plan_all(struct work *w)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < w->batch->count; i++) {
        const struct gaz_review_step *step = &w->batch->steps[i];
        struct plan *plan = &w->plans[i];
        status = gaz_review_see(w->ctx, w->store, step->id, step->hides_closed,
                                &plan->review);
        if (status != GAZ_OK)
            return status;
        gaz_review_verdict verdict =
            gaz_review_allow(w->ctx, &plan->review, step);
        if (verdict != GAZ_REVIEW_ALLOWED)
            return refuse(w, verdict, step->id, GAZ_INVALID);
        status = plan_edit(w, plan, step);
    }
    return status;
}

/* ---- merging ---- */

static gaz_status merge(struct work *w, struct plan *plan,
                        const struct gaz_review_step *step, int64_t *decision)
{
    static const char MERGED[] =
        "两者之一已另行合并 one of the two was merged since";
    bool is_other = false;
    gaz_status status = api_join_pair(w->ctx, w->store, &plan->review, step,
                                      &is_other, decision);
    if (status == GAZ_INVALID)
        return refuse(w, GAZ_REVIEW_UNSOUND, step->id, status);
    if (status != GAZ_OK || !is_other)
        return status;
    if (w->batch->skips) {
        plan->skipped = MERGED;
        return GAZ_OK;
    }
    return refuse(w, GAZ_REVIEW_UNSOUND, step->id,
                  gaz_fail(w->ctx, GAZ_INVALID,
                           "one of the two was merged since: queue again "
                           "(dedupe --queue), and decide on the new pair"));
}

/* ---- editing ---- */

static gaz_status edit(struct work *w, const struct plan *plan,
                       const struct gaz_review_step *step, int64_t *decision)
{
    struct api_record record; /* anew: an earlier step may have changed it */
    gaz_status status = make_record(w, plan, step, &record);
    if (status != GAZ_OK)
        return status;
    const struct gaz_correction asked = {
        .place = record.is_address ? NULL : &record.place,
        .address = record.is_address ? &record.address : NULL,
        .by = step->who,
        .why = step->why ? step->why : plan->review.zh};
    status = gaz_store_correct(w->ctx, w->store, &asked, decision);
    return status == GAZ_INVALID
               ? refuse(w, GAZ_REVIEW_UNSOUND, step->id, status)
               : status;
}

/* ---- all of it ---- */

static gaz_status carry_out(struct work *w, int index)
{
    struct gaz_review_step step = w->batch->steps[index];
    struct plan *plan = &w->plans[index];
    int64_t event = 0;
    gaz_status status = GAZ_OK;
    step.decision = 0;
    if (is_merge(plan) && is_action(&step, "accept"))
        status = merge(w, plan, &step, &step.decision);
    else if (plan->edits)
        status = edit(w, plan, &step, &step.decision);
    if (status != GAZ_OK || plan->skipped)
        return status;
    if (plan->edits) {
        step.field = plan->field;
        step.value = plan->value;
    }
    if (w->batch->count > 1)
        step.batch = w->out->event ? w->out->event : GAZ_REVIEW_ANY;
    status = gaz_review_decide(w->ctx, w->store, &step, &event);
    if (status == GAZ_OK && !w->out->event)
        w->out->event = event;
    if (status == GAZ_OK && plan->review.decision)
        status = gaz_store_unmerge(w->ctx, w->store, plan->review.decision,
                                   step.who, step.why);
    return status == GAZ_INVALID
               ? refuse(w, GAZ_REVIEW_UNSOUND, step.id, status)
               : status;
}

static gaz_status compare(struct work *w, const struct api_judgement *before)
{
    struct api_judgement after;
    gaz_status status =
        api_judge_records(w->ctx, w->store, w->edited, w->edited_count, &after);
    for (int i = 0; status == GAZ_OK && i < w->batch->count; i++) {
        const struct plan *plan = &w->plans[i];
        if (!plan->edits)
            continue;
        status = api_judge_compare(
            w->ctx, before, &after, plan->edits, plan->review.rule,
            w->batch->steps[i].insists ? GAZ_SEVERITY_ERROR
                                       : GAZ_SEVERITY_WARNING);
        if (status != GAZ_OK)
            return refuse(w, GAZ_REVIEW_UNSOUND, plan->review.id, status);
    }
    return status;
}

static void list_skipped(const struct work *w)
{
    struct api_review_batch *batch = w->batch;
    batch->skipped = gaz_arena_array(&w->ctx->arena, (size_t)batch->count + 1,
                                     sizeof(*batch->skipped));
    batch->skipped_count = 0;
    for (int i = 0; i < batch->count; i++)
        if (w->plans[i].skipped)
            batch->skipped[batch->skipped_count++] = (struct api_review_skip){
                batch->steps[i].id, w->plans[i].skipped};
}

gaz_status api_review_carry_out(struct gaz_ctx *ctx, struct gaz_store *store,
                                struct api_review_batch *batch,
                                struct api_review_outcome *out)
{
    struct api_judgement before = {.count = 0};
    const size_t room = (size_t)batch->count + 1;
    struct work w = {
        .ctx = ctx,
        .store = store,
        .batch = batch,
        .plans = gaz_arena_array(&ctx->arena, room, sizeof(struct plan)),
        .edited = gaz_arena_array(&ctx->arena, room, sizeof(gaz_id)),
        .out = out};
    *out = (struct api_review_outcome){.verdict = GAZ_REVIEW_ALLOWED};
    gaz_status status = plan_all(&w);
    if (status == GAZ_OK && w.edited_count > 0)
        status =
            api_judge_records(ctx, store, w.edited, w.edited_count, &before);
    for (int i = 0; status == GAZ_OK && i < batch->count; i++)
        status = carry_out(&w, i);
    if (status == GAZ_OK && w.edited_count > 0)
        status = compare(&w, &before);
    if (status == GAZ_OK)
        list_skipped(&w);
    return status;
}

gaz_status api_review_decide(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_step *step,
                             struct api_review_outcome *out)
{
    struct gaz_review_step own = *step;
    struct api_review_batch batch = {.steps = &own, .count = 1};
    *out = (struct api_review_outcome){.verdict = GAZ_REVIEW_ALLOWED};
    gaz_status status = gaz_store_begin(ctx, store);
    if (status != GAZ_OK)
        return status;
    status = api_review_carry_out(ctx, store, &batch, out);
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, store);
    if (status != GAZ_OK) {
        gaz_status ignored = gaz_store_rollback(ctx, store);
        (void)ignored; /* the first failure stands */
    }
    return status;
}
