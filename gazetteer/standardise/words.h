/* words.h - the word lists of data/words/, which are part of the binary.
 *
 * Who builds a lexicon of names (the snapshot's builder) adds these words to
 * its own; who has no snapshot uses gaz_words_lexicon().
 */
#ifndef GAZ_STANDARDISE_WORDS_H
#define GAZ_STANDARDISE_WORDS_H

#include "gazetteer/base/asset.h"
#include "gazetteer/standardise/lexicon.h"

/* The files of data/words/ and data/romanisation/ under the paths
 * "words/..." and "romanisation/...". */
extern const struct gaz_asset gaz_words_assets[];

/* gaz_words_load lists every word of the lists with its kinds; the array and
 * the text live in ctx->arena. */
void gaz_words_load(struct gaz_ctx *ctx, const struct gaz_lexicon_entry **out,
                    size_t *count);

/* gaz_words_lexicon returns the lexicon of the word lists alone. Made by the
 * first call in the process, shared by all threads, never changed after. */
const struct gaz_lexicon *gaz_words_lexicon(void);

#endif
