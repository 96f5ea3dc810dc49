/* SPDX-License-Identifier: Apache-2.0 */
#include "api/review/judge.h"

#include <string.h>

#include "gazetteer/audit/load.h"

static int find_address(const struct gaz_corpus *corpus, gaz_id id)
{
    const struct gaz_corpus_entry *first;
    return gaz_corpus_find(corpus, GAZ_BY_ADDRESS_ID, id, &first) > 0
               ? first->index
               : -1;
}

static void judge_one(struct gaz_audit *audit, gaz_id id)
{
    int place = gaz_corpus_find_id(audit->corpus, id);
    int address = place < 0 ? find_address(audit->corpus, id) : -1;
    if (place >= 0)
        gaz_audit_place(audit, place);
    else if (address >= 0)
        gaz_audit_address(audit, address);
}

static struct api_judgement keep(struct gaz_ctx *ctx,
                                 const struct gaz_audit *audit)
{
    struct api_judged *items = gaz_arena_array(
        &ctx->arena, (size_t)audit->finding_count + 1, sizeof(*items));
    for (int i = 0; i < audit->finding_count; i++) {
        const struct gaz_finding *f = &audit->findings[i];
        items[i] =
            (struct api_judged){.about = f->id,
                                .rule = f->rule->id,
                                .severity = f->severity,
                                .zh = gaz_arena_strdup(&ctx->arena, f->zh),
                                .en = gaz_arena_strdup(&ctx->arena, f->en)};
    }
    return (struct api_judgement){items, audit->finding_count};
}

gaz_status api_judge_records(struct gaz_ctx *ctx, struct gaz_store *store,
                             const gaz_id *ids, int count,
                             struct api_judgement *out)
{
    const struct gaz_audit_options options = {.at = GAZ_DATE_OPEN};
    const struct gaz_rules *rules = gaz_rules_default();
    struct gaz_corpus *corpus = NULL;
    struct gaz_audit *audit = NULL;
    gaz_status status = gaz_corpus_open(ctx, rules, &corpus);
    if (status == GAZ_OK)
        status = count == 1 ? gaz_load_beside(ctx, store, ids[0], corpus)
                            : gaz_load_corpus(ctx, store, corpus);
    if (status == GAZ_OK)
        status = gaz_audit_open(ctx, rules, corpus, &options, &audit);
    for (int i = 0; status == GAZ_OK && i < count; i++)
        judge_one(audit, ids[i]);
    if (status == GAZ_OK)
        *out = keep(ctx, audit);
    gaz_audit_close(audit);
    gaz_corpus_close(corpus);
    return status;
}

static bool concerns(const struct api_judged *item, gaz_id about,
                     const char *rule)
{
    return item->about == about && strcmp(item->rule, rule) == 0;
}

int api_judge_count(const struct api_judgement *judgement, gaz_id about,
                    const char *rule)
{
    int count = 0;
    for (int i = 0; i < judgement->count; i++)
        count += concerns(&judgement->items[i], about, rule);
    return count;
}

static gaz_status refuse(struct gaz_ctx *ctx, const char *what,
                         const struct api_judged *item)
{
    return gaz_fail(ctx, GAZ_INVALID, "%s %s: %s (%s)", what, item->rule,
                    item->en, item->zh);
}

gaz_status api_judge_compare(struct gaz_ctx *ctx,
                             const struct api_judgement *before,
                             const struct api_judgement *after, gaz_id about,
                             const char *rule, gaz_severity least)
{
    int had = rule ? api_judge_count(before, about, rule) : 0;
    for (int i = 0; i < after->count; i++) {
        const struct api_judged *item = &after->items[i];
        if (item->about != about)
            continue;
        int now = api_judge_count(after, about, item->rule);
        if (had > 0 && strcmp(item->rule, rule) == 0 && now >= had)
            return refuse(ctx, "still found by rule", item);
        if (item->severity >= least &&
            now > api_judge_count(before, about, item->rule))
            return refuse(ctx,
                          item->severity == GAZ_SEVERITY_ERROR
                              ? "it would break rule"
                              : "unless you insist: it would break rule",
                          item);
    }
    return GAZ_OK;
}
