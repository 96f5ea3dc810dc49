/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/audit/waive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"

enum { EVIDENCE_MAX_BYTES = 8192 };

static const char *const SUBJECTS[] = {
    [GAZ_SUBJECT_PLACE] = "place",
    [GAZ_SUBJECT_ADDRESS] = "address",
    [GAZ_SUBJECT_CLAIM] = "claim",
    [GAZ_SUBJECT_CHANGE] = "change",
};

gaz_id gaz_audit_hash(const struct gaz_finding *f)
{
    struct gaz_buffer text;
    gaz_buffer_open(&text, EVIDENCE_MAX_BYTES);
    gaz_buffer_printf(&text, "%s %d %llx %llx %.0f %s", f->rule->id,
                      (int)f->subject, (unsigned long long)f->id,
                      (unsigned long long)f->other, round(f->distance_m),
                      f->fix ? f->fix : "");
    gaz_buffer_char(&text, '\n');
    gaz_buffer_text(&text, f->zh);
    gaz_id hash = gaz_text_hash(text.data, text.size);
    gaz_buffer_close(&text);
    return hash ? hash : 1;
}

/* ---- waivers ---- */

static int by_hash(const void *a, const void *b)
{
    const struct gaz_review_waiver *x = a;
    const struct gaz_review_waiver *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static struct gaz_rule_result *result_of(const struct gaz_audit *audit,
                                         const struct gaz_rule *rule)
{
    for (int i = 0; i < audit->result_count; i++)
        if (audit->results[i].rule == rule)
            return &audit->results[i];
    return NULL;
}

static void mark(struct gaz_audit *audit, struct gaz_finding *f,
                 const struct gaz_review_waiver *waiver)
{
    struct gaz_rule_result *result = result_of(audit, f->rule);
    f->waived = gaz_arena_strdup(&audit->ctx.arena, waiver->state);
    f->waived_by = gaz_arena_strdup(&audit->ctx.arena, waiver->who);
    f->waived_why = gaz_arena_strdup(&audit->ctx.arena, waiver->why);
    audit->by_severity[f->severity]--;
    if (result) {
        result->found--;
        result->waived++;
    }
}

/* Those that stand first, both in their order. */
static void part(struct gaz_audit *audit)
{
    struct gaz_finding *behind = gaz_arena_array(
        &audit->ctx.arena, (size_t)audit->finding_count + 1, sizeof(*behind));
    int standing = 0;
    int waived = 0;
    for (int i = 0; i < audit->finding_count; i++)
        if (audit->findings[i].waived)
            behind[waived++] = audit->findings[i];
        else
            audit->findings[standing++] = audit->findings[i];
    if (waived > 0)
        memcpy(audit->findings + standing, behind,
               (size_t)waived * sizeof(*behind));
    audit->finding_count = standing;
    audit->waived_count = waived;
}

gaz_status gaz_audit_waive(struct gaz_ctx *ctx, struct gaz_store *store,
                           struct gaz_audit *audit)
{
    const struct gaz_review_waiver *read;
    int count = 0;
    gaz_status status = gaz_review_waivers(ctx, store, &read, &count);
    if (status != GAZ_OK || count == 0)
        return status;
    size_t size = (size_t)count * sizeof(*read);
    struct gaz_review_waiver *waivers =
        gaz_arena_grow(&ctx->arena, read, size, size);
    qsort(waivers, (size_t)count, sizeof(*waivers), by_hash);
    for (int i = 0; i < audit->finding_count; i++) {
        struct gaz_finding *f = &audit->findings[i];
        const struct gaz_review_waiver key = {.hash = gaz_audit_hash(f)};
        const struct gaz_review_waiver *found =
            bsearch(&key, waivers, (size_t)count, sizeof(*waivers), by_hash);
        if (found)
            mark(audit, f, found);
    }
    part(audit);
    return GAZ_OK;
}

/* ---- the queue ---- */

static const char *evidence_of(struct gaz_arena *arena,
                               const struct gaz_finding *f)
{
    struct gaz_buffer buffer;
    struct gaz_json json;
    gaz_buffer_open(&buffer, EVIDENCE_MAX_BYTES);
    gaz_json_open(&json, &buffer);
    gaz_json_object(&json, NULL);
    gaz_json_optional(&json, "name", f->name);
    gaz_json_optional(&json, "code", f->code);
    gaz_json_optional(&json, "town", f->town);
    gaz_json_optional(&json, "other_name", f->other_name);
    gaz_json_optional(&json, "other_code", f->other_code);
    if (f->distance_m >= 0)
        gaz_json_number(&json, "distance_m", f->distance_m, 1);
    if (f->east_m != 0 || f->north_m != 0) {
        gaz_json_number(&json, "east_m", f->east_m, 1);
        gaz_json_number(&json, "north_m", f->north_m, 1);
    }
    if (f->has_where)
        gaz_json_coord(&json, "where", f->where);
    gaz_json_end(&json);
    const char *text =
        buffer.full ? NULL : gaz_arena_strdup(arena, buffer.data);
    gaz_buffer_close(&buffer);
    return text;
}

static gaz_status put_one(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_finding *f, gaz_severity least,
                          int64_t run, struct gaz_audit_queued *out)
{
    bool is_new = false;
    bool is_wanted = f->severity >= least;
    bool has_fix = f->fix && f->fix_field && *f->fix;
    const struct gaz_review review = {
        .kind = "finding",
        .a = gaz_audit_hash(f),
        .rule = f->rule->id,
        .severity = f->severity,
        .zh = f->zh,
        .en = f->en,
        .about = f->id,
        .other = f->other,
        .subject = SUBJECTS[f->subject],
        .fix_field = has_fix ? f->fix_field : NULL,
        .fix = has_fix ? f->fix : NULL,
        .fix_is_automatic = has_fix && f->rule->fix == GAZ_FIX_AUTOMATIC,
        .evidence = evidence_of(&ctx->arena, f)};
    gaz_status status =
        gaz_review_put(ctx, store, &review, run, is_wanted ? &is_new : NULL);
    out->fresh += is_new;
    out->standing += is_wanted && !is_new;
    return status;
}

static gaz_status sweep(struct gaz_ctx *ctx, struct gaz_store *store,
                        const struct gaz_audit *audit, int64_t run,
                        struct gaz_audit_queued *out)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < audit->result_count; i++)
        if (!audit->results[i].why)
            status = gaz_review_sweep(ctx, store, audit->results[i].rule->id,
                                      audit->options.in, run, &out->gone);
    return status;
}

gaz_status gaz_audit_queue(struct gaz_ctx *outer, struct gaz_store *store,
                           const struct gaz_audit *audit, gaz_severity least,
                           struct gaz_audit_queued *out)
{
    struct gaz_ctx ctx = {.failure = ""}; /* reset after each */
    struct gaz_audit_queued made = {0};
    int64_t run = 0;
    const int count = audit->finding_count + audit->waived_count;
    gaz_status status = gaz_review_next_run(&ctx, store, &run);
    for (int i = 0; status == GAZ_OK && i < count; i++) {
        const struct gaz_finding *f = &audit->findings[i];
        gaz_arena_reset(&ctx.arena);
        if (f->subject != GAZ_SUBJECT_CITY)
            status = put_one(&ctx, store, f, least, run, &made);
    }
    if (status == GAZ_OK && audit->options.source == 0)
        status = sweep(&ctx, store, audit, run, &made);
    if (status == GAZ_OK)
        *out = made;
    else
        status = gaz_fail(outer, status, "%s", gaz_ctx_failure(&ctx));
    gaz_ctx_close(&ctx);
    return status;
}
