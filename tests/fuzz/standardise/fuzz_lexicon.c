/* SPDX-License-Identifier: Apache-2.0 */
/* A table of any bytes is refused, or searched without harm. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/standardise/lexicon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct gaz_ctx ctx;
    static const char TEXT[] = "乍浦镇平湖ab";
    struct gaz_lexicon lexicon;
    gaz_ctx_next(&ctx);
    if (gaz_lexicon_open(&ctx, data, size, &lexicon) != GAZ_OK)
        return 0;
    for (size_t at = 0; at < strlen(TEXT); at++) {
        struct gaz_word words[4];
        int count = gaz_lexicon_matches(&lexicon, TEXT + at, strlen(TEXT) - at,
                                        words, 4);
        for (int i = 0; i < count; i++)
            assert(words[i].size <= strlen(TEXT) - at);
        struct gaz_word longest;
        (void)gaz_lexicon_longest(&lexicon, TEXT + at, strlen(TEXT) - at,
                                  &longest);
    }
    return 0;
}
