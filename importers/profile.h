/* profile.h - a row read by a profile: words of dictionaries, days, angles,
 * composed fields, what must be there and what may be there once. */
#ifndef IMP_PROFILE_H
#define IMP_PROFILE_H

#include "gazetteer/model/issue.h"
#include "importers/run.h"

/* imp_profile_read puts the values that the row means in place of those that
 * it writes, in `fields` (of run->mapping.fields, in their order), and adds
 * what is wrong: E1, I07, I13 to I16. Values live in run->row.arena. */
void imp_profile_read(struct imp_run *run, const struct imp_row *row,
                      struct gaz_field *fields, struct gaz_issues *issues);

void imp_profile_forget(struct imp_seen *seen); /* frees it */

#endif
