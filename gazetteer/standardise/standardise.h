/* standardise.h - from what a source said to the best entry it can mean.
 *
 * Cannot fail on content: what is wrong is found by gaz_check (quality/), which
 * sees the entry and the record. Standard names lose the body's suffix
 * (衙前村村民委员会 gives 衙前村, with the full form as GAZ_NAME_OFFICIAL); a
 * short form without the generic is added (乍浦镇 gives 乍浦); every name gets
 * its romanisation.
 */
#ifndef GAZ_STANDARDISE_STANDARDISE_H
#define GAZ_STANDARDISE_STANDARDISE_H

#include "gazetteer/model/record.h"
#include "gazetteer/standardise/lexicon.h"
#include "gazetteer/standardise/unicode.h"

/* What one thread needs to standardise; made by gaz_standardiser_open. */
struct gaz_standardiser;

/* @param lexicon  names to cut addresses with, kept by reference; NULL: the
 *                 word lists of the binary alone */
gaz_status gaz_standardiser_open(struct gaz_ctx *ctx,
                                 const struct gaz_lexicon *lexicon,
                                 struct gaz_standardiser **out);
void gaz_standardiser_close(struct gaz_standardiser *standardiser);
struct gaz_unicode *gaz_standardiser_unicode(struct gaz_standardiser *s);

/* gaz_standardise makes the entry of a record; it lives in ctx->arena. Returns
 * GAZ_INVALID only when a field is not UTF-8. */
gaz_status gaz_standardise(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                           const struct gaz_record *record,
                           struct gaz_entry *out);

/* gaz_standardise_key gives the form in which names are compared and indexed:
 * folded, no blanks or punctuation, numerals as written, Latin lower case.
 * Lives in ctx->arena. */
gaz_status gaz_standardise_key(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                               const char *text, const char **out);

#endif
