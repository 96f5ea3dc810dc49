/* standardise.h - from what a source said to the best entry it can mean.
 *
 * Cannot fail on content: what is wrong is found by gaz_check (quality/), which
 * sees the entry and the record.
 *
 * Names. The standard name is folded text without the body's suffix where a
 * generic is left: 衙前村村民委员会 gives 衙前村, 中华村委会 gives 中华村,
 * 钟埭社区居民委员会 gives 钟埭社区; 三村居委会 stays, for 三村 would read as a
 * village. The full form is kept as GAZ_NAME_OFFICIAL, and what remains without
 * the generic (乍浦, 衙前, 三村), two characters at least, as GAZ_NAME_SHORT.
 * Every Chinese name gets its romanisation, unless the record has one.
 *
 * Validity. A row of a place says one name and the span of that name: (code,
 * name, kind, valid_from, valid_to). So the span goes to the row's names, never
 * by itself to the place: 衙前村 from 2017 does not say that the village began
 * in 2017, it was 建中村 before. Only a row of the standard name whose status
 * is historical ends the place, at the end of its name: a name that outlives
 * its place there is none. The place's beginning is left open; a change (set
 * up, split) states it. Rows of one code are joined by gaz_dedupe_merge: names
 * by text and kind with their spans widened. A row of kind "former" makes a
 * place that has that name only, as GAZ_NAME_FORMER; names[0] is then no
 * standard name until the merge puts one there.
 *
 * The fields are those of importers/mapping.h.
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

/* gaz_standardise_text folds a text that stands alone (a name) and trims it, as
 * the fields of a record are; *out is NULL when nothing is left. GAZ_INVALID:
 * not UTF-8. */
gaz_status gaz_standardise_text(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                                const char *text, const char **out);

/* gaz_standardise_key gives the form in which names are compared and indexed:
 * folded, no blanks or punctuation, numerals as written, Latin lower case.
 * Lives in ctx->arena. */
gaz_status gaz_standardise_key(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                               const char *text, const char **out);

#endif
