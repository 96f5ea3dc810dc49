/* report.h - what was read, stored, merged, rejected, and by which rule; and
 * the issues that this room itself finds.
 *
 * Rules of the import (those of the content are gazetteer/quality's):
 *
 *   I01 another number of columns      I07 a position that cannot be
 *   I02 not UTF-8                      I08 a geometry that cannot be
 *   I03 larger than a limit            I09 a place named that is not known
 *   I04 quotes                         I10 an address below no known division
 *   I05 a row without a key            I11 a site's address without a number
 *   I06 a value that cannot be         I12 a geometry was repaired
 *   I13 a word of no dictionary        I15 a value that is refused
 *   I14 no day that can be read        I16 twice in one file
 */
#ifndef IMP_REPORT_H
#define IMP_REPORT_H

#include "gazetteer/model/issue.h"
#include "importers/pipeline.h"

/* imp_report_count counts one issue by its rule; past IMP_REPORT_RULES_MAX
 * rules, new ones are not counted. */
void imp_report_count(struct imp_report *report, const struct gaz_issue *issue);

/* imp_report_note adds an issue to the row's. */
void imp_report_note(struct gaz_issues *issues, const struct gaz_issue *issue);

#endif
