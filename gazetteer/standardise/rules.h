/* rules.h - what the rules of a rewriting pass share. Private to the room. */
#ifndef GAZ_STANDARDISE_RULES_H
#define GAZ_STANDARDISE_RULES_H

#include "gazetteer/standardise/rewriter.h"

/* gaz_rules_keep takes the characters up to `end` as they are. */
void gaz_rules_keep(struct gaz_ruling *out, int end);

/* gaz_rules_write writes `to` for them; false when it is too long. */
bool gaz_rules_write(struct gaz_ruling *out, int end, gaz_rewrite_kind kind,
                     const char *to);

/* gaz_rules_number looks for a number at p->at; true when it took one. */
bool gaz_rules_number(const struct gaz_rewriter *p, struct gaz_ruling *out);

#endif
