/* judge.h - what the rules say of a few records, before an edit and after. */
#ifndef API_REVIEW_JUDGE_H
#define API_REVIEW_JUDGE_H

#include "gazetteer/audit/audit.h"
#include "gazetteer/store/store.h"

struct api_judged {
    gaz_id about;
    const char *rule;
    gaz_severity severity;
    const char *zh;
    const char *en;
};

struct api_judgement {
    const struct api_judged *items; /* in ctx->arena */
    int count;
};

/* api_judge_records judges places and addresses as they stand in the store
 * (also inside a transaction) by the rules in force today; ids of neither are
 * passed over. */
gaz_status api_judge_records(struct gaz_ctx *ctx, struct gaz_store *store,
                             const gaz_id *ids, int count,
                             struct api_judgement *out);

/* api_judge_count: how many findings of a rule concern the record. */
int api_judge_count(const struct api_judgement *judgement, gaz_id about,
                    const char *rule);

/* api_judge_compare asks whether an edit may stand: it must leave no finding of
 * the rule that it was to mend (NULL: of none) and bring no new one to its
 * record from severity `least` up. GAZ_OK, or GAZ_INVALID with the rule and its
 * sentence. */
gaz_status api_judge_compare(struct gaz_ctx *ctx,
                             const struct api_judgement *before,
                             const struct api_judgement *after, gaz_id about,
                             const char *rule, gaz_severity least);

#endif
