/* phrases.h - the words of a long name of a building, memorial or body.
 *
 * Private to parts.c. R14 of the rules of 1984 writes such names word by word;
 * which words there are, ICU's dictionary says.
 */
#ifndef GAZ_STANDARDISE_PHRASES_H
#define GAZ_STANDARDISE_PHRASES_H

#include "gazetteer/standardise/parts.h"

/* gaz_phrases_mark sets is_first in units [begin, end), what is left of a name
 * without its divisions and without a generic that stands apart. A word with an
 * approved reading is never cut. The dictionary leaves what it does not know as
 * single characters, and these are joined, in this order:
 *
 *   several side by side are one word: 新|仓 Xīncāng, 程|十|发 Chéngshífā (R5);
 *     a division's generic behind two stands apart: 新仓|镇; at the end of the
 *     name any generic does: 报本|塔; a village (R3) joins all: 泖河村;
 *   one alone joins the word behind it when it is a modifier (南 新 大) or the
 *     first: 侵|华, 新|医院 Xīnyīyuàn;
 *   otherwise the word before it: 指挥|所 Zhǐhuīsuǒ; at the end of the name
 * only one of two syllables, its modifier: 展示|馆 Zhǎnshìguǎn, but 青少年|宫.
 */
void gaz_phrases_mark(struct gaz_units *units, struct gaz_unicode *unicode,
                      int begin, int end);

#endif
