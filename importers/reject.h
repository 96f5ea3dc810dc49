/* reject.h - the rows that were not taken, and why: a CSV for the clerk.
 *
 *     file,line,column,rule,severity,reason_zh,reason_en,raw
 *
 * One row per reason. `line` is the row's number in formats without lines.
 * The file is made at the first reject and stands complete under its name when
 * the import ends; a failed import leaves none.
 */
#ifndef IMP_REJECT_H
#define IMP_REJECT_H

#include "gazetteer/model/issue.h"
#include "importers/reader.h"

struct imp_reject;

/* `path` and `file` (the file that is imported, as named in the rows) must
 * outlive the handle. */
struct imp_reject *imp_reject_open(const char *path, const char *file);
/* imp_reject_close gives up what was not kept; accepts NULL. */
void imp_reject_close(struct imp_reject *reject);

/* imp_reject_put writes one reason. `raw` is the row's text, perhaps not UTF-8.
 * GAZ_IO. */
gaz_status imp_reject_put(struct gaz_ctx *ctx, struct imp_reject *reject,
                          const struct imp_row *row, const char *raw,
                          const struct gaz_issue *issue);

/* imp_reject_keep moves the file to its name; *written is false when there was
 * no reject. GAZ_IO. */
gaz_status imp_reject_keep(struct gaz_ctx *ctx, struct imp_reject *reject,
                           bool *written);

#endif
