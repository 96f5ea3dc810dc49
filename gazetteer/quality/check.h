/* check.h - what is wrong with an entry by itself, as graded issues.
 *
 * Pure: sees the record and its entry, not the database; the rules that need
 * other records are gazetteer/audit's. An error rejects the record (it is
 * written to the reject file with the reason); a warning is stored with the
 * place. Which rules there are is data: rule.h, data/rules/.
 */
#ifndef GAZ_QUALITY_CHECK_H
#define GAZ_QUALITY_CHECK_H

#include "gazetteer/base/context.h"
#include "gazetteer/model/issue.h"
#include "gazetteer/model/record.h"
#include "gazetteer/quality/rule.h"

/* gaz_check lists the issues of an entry that wants in, by the rules of the
 * binary that are in force today, hints (info) left out; messages live in
 * ctx->arena. */
void gaz_check(struct gaz_ctx *ctx, const struct gaz_record *record,
               const struct gaz_entry *entry, struct gaz_issues *out);

/* gaz_check_by is the same by other rules, as of a day. */
void gaz_check_by(struct gaz_ctx *ctx, const struct gaz_rules *rules,
                  gaz_date at, const struct gaz_record *record,
                  const struct gaz_entry *entry, struct gaz_issues *out);

/* gaz_check_concerns: does the rule's scope hold entries of this kind? */
bool gaz_check_concerns(const struct gaz_rule *rule,
                        const struct gaz_entry *entry);

/* gaz_check_is_existing: a name that is in use, not one that is planned. */
bool gaz_check_is_existing(const struct gaz_entry *entry);

#endif
