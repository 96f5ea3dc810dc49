/* row_to_record.h - a row and its mapping to the record that is kept.
 *
 * Names the fields, builds the key, turns the position into EPSG:4490 and
 * writes the row down verbatim as JSON.
 */
#ifndef IMP_ROW_TO_RECORD_H
#define IMP_ROW_TO_RECORD_H

#include "gazetteer/model/issue.h"
#include "importers/run.h"
#include "importers/wkb.h"

/* imp_row_bind finds the mapped columns among the reader's.
 * @return GAZ_OK; GAZ_INVALID names the column that is missing */
gaz_status imp_row_bind(struct imp_run *run);

/* imp_row_to_record makes the record, in run->row.arena. What is wrong with the
 * row is added to `issues`; with errors there the record is not complete.
 * @param shape  set when the geometry is no point */
void imp_row_to_record(struct imp_run *run, const struct imp_row *row,
                       struct gaz_record *out, struct imp_shape *shape,
                       struct gaz_issues *issues);

#endif
