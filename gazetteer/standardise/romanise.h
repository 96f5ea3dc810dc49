/* romanise.h - spelling of place names by the rules of 1984.
 *
 * 中国地名汉语拼音字母拼写规则(汉语地名部分), [84]中地字第17号: specific and
 * generic part apart (R1, R2), village names joined (R3), capitals (R10),
 * apostrophes (R11), Arabic digits for ordinals in street names (R7), words of
 * long names of buildings, memorials and bodies by ICU's dictionary (R14).
 * Readings: ICU's, overridden by data/romanisation/readings.csv (characters,
 * words and whole names, each with its authority).
 *
 *     gaz_romanise(ctx, unicode, "乍浦镇", GAZ_CATEGORY_TOWN, &roman);
 *     // roman.text "Zhàpǔ Zhèn", roman.plain "zhapuzhen", roman.initials "zpz"
 *
 * tests/cases/romanise.case has the vectors of every rule.
 */
#ifndef GAZ_STANDARDISE_ROMANISE_H
#define GAZ_STANDARDISE_ROMANISE_H

#include "gazetteer/standardise/unicode.h"

/* More characters than any name has; longer text is taken as it is. */
enum { GAZ_ROMANISE_MAX_CHARS = 64 };

struct gaz_roman {
    const char *text;  /* "Zhàpǔ Zhèn" */
    const char *plain; /* toneless, joined, lower case; ü is v: "lvxiangzhen";
                        * as spoken: "ermalu" of 二马路 "2 Mǎlù" */
    const char *initials; /* "zpz" */
};

/* gaz_romanise spells `name`; `category` (GB/T 18521) decides what is joined:
 * 21610 and 222xx wholly (R3); 21620 but for 社区; a road, a division, a water,
 * a building each at its own generic terms; 0 at any. A body's suffix
 * (村民委员会) always stands apart. Text that has no Han characters is taken as
 * it is. Results live in ctx->arena. GAZ_INVALID: not UTF-8. */
gaz_status gaz_romanise(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                        const char *name, int category, struct gaz_roman *out);

/* gaz_romanise_spelling derives plain and initials from a spelling that a
 * source gave ("Zhàpǔ Zhèn", "Xī'ān Lù"). */
gaz_status gaz_romanise_spelling(struct gaz_ctx *ctx,
                                 struct gaz_unicode *unicode,
                                 const char *spelling, struct gaz_roman *out);

#endif
