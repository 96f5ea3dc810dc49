/* romanise.h - spelling of place names by the rules of 1984.
 *
 * 中国地名汉语拼音字母拼写规则(汉语地名部分), [84]中地字第17号: specific and
 * generic part apart, village names joined (R3), capitals, apostrophes (R11),
 * Arabic digits for ordinals in street names (R7). Readings: ICU's, overridden
 * by data/romanisation/readings.csv (local characters and whole names, each
 * with its authority).
 *
 *     gaz_romanise(ctx, unicode, "乍浦镇", GAZ_CATEGORY_TOWN, &roman);
 *     // roman.text "Zhàpǔ Zhèn", roman.plain "zhapuzhen", roman.initials "zpz"
 */
#ifndef GAZ_STANDARDISE_ROMANISE_H
#define GAZ_STANDARDISE_ROMANISE_H

#include "gazetteer/standardise/unicode.h"

struct gaz_roman {
    const char *text;  /* "Zhàpǔ Zhèn" */
    const char *plain; /* toneless, joined, lower case; ü is v: "lvxiangzhen"
                        */
    const char *initials; /* "zpz" */
};

/* gaz_romanise spells `name`; `category` (GB/T 18521) decides between joined
 * (R3: 216xx, 222xx) and apart (R1). Text that has no Han characters is taken
 * as it is. Results live in ctx->arena. */
gaz_status gaz_romanise(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                        const char *name, int category, struct gaz_roman *out);

#endif
