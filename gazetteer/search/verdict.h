/* verdict.h - what became of each element that was asked for.
 *
 * Every name, the number and what follows it: does the data agree with it, was
 * it another or a former name, was it corrected, does it contradict the answer,
 * or was there nothing to check it against.
 */
#ifndef GAZ_SEARCH_VERDICT_H
#define GAZ_SEARCH_VERDICT_H

#include "gazetteer/search/rank.h"

/* "agrees", "alias", "former_name", "corrected", "contradicted",
 * "not_checked" */
const char *gaz_verdict_name(gaz_verdict verdict);

/* gaz_verdict_words is one short phrase, in Chinese and in English. */
const char *gaz_verdict_words(gaz_verdict verdict, bool in_english);

/* gaz_verdict_fill lists the elements of the text in the order in which they
 * were written; the texts are as folded, in the arena. */
void gaz_verdict_fill(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_asked *asked, const struct gaz_cut *cut,
                      const struct gaz_scored *item, struct gaz_answer *out);

#endif
