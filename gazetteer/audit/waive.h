/* waive.h - findings and the review queue.
 *
 * A finding is known by the hash of its evidence: the rule, the record, what
 * was found, the other record, the distance to the metre, the fix. What a clerk
 * waived (or called wrong) stays so at every later check until one of these is
 * another.
 */
#ifndef GAZ_AUDIT_WAIVE_H
#define GAZ_AUDIT_WAIVE_H

#include "gazetteer/audit/audit.h"
#include "gazetteer/store/review.h"

/* Never 0. */
gaz_id gaz_audit_hash(const struct gaz_finding *finding);

/* gaz_audit_waive marks what is waived in the store and moves it behind the
 * findings that stand: it is counted in waived_count and in the rules' waived
 * only. Indicators keep their value: a waiver does not mend the data. */
gaz_status gaz_audit_waive(struct gaz_ctx *ctx, struct gaz_store *store,
                           struct gaz_audit *audit);

struct gaz_audit_queued {
    int64_t fresh;    /* not in the queue before */
    int64_t standing; /* there already */
    int64_t gone;     /* found before, and no more */
};

/* gaz_audit_queue puts the findings from severity `least` up into the queue,
 * inside begin and commit; what rules that were evaluated here found before and
 * do not find now is gone (not after a check of one source, which sees a part
 * of the records). Indicators are not queued. */
gaz_status gaz_audit_queue(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_audit *audit, gaz_severity least,
                           struct gaz_audit_queued *out);

#endif
