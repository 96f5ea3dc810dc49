/* check.h - what is wrong with an entry, as graded issues.
 *
 * Pure: sees the record and its entry, not the database. An error rejects the
 * record (it is written to the reject file with the reason); a warning is
 * stored with the place. The rule ids are those of docs/guide/rules.md.
 */
#ifndef GAZ_QUALITY_CHECK_H
#define GAZ_QUALITY_CHECK_H

#include "gazetteer/base/context.h"
#include "gazetteer/model/issue.h"
#include "gazetteer/model/record.h"

/* gaz_check lists the issues of an entry; messages live in ctx->arena. */
void gaz_check(struct gaz_ctx *ctx, const struct gaz_record *record,
               const struct gaz_entry *entry, struct gaz_issues *out);

#endif
