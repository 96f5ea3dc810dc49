/* rewrite.h - an address written the standard way, and every change made.
 *
 *     struct gaz_rewrites done;
 *     gaz_rewrite_address(ctx, unicode, &snap->lexicon, text, size, &done);
 *     // "平湖市平湖市第三幢2栋 电联" -> "平湖市3幢2幢"
 *
 * What is changed: width, compatibility and Traditional forms (ICU); blanks and
 * commas; words that are no part of an address (电联, telephone numbers); notes
 * in brackets; a division said twice; number words in front of a unit word and
 * nowhere else (十二村, 八字村 and names of the lexicon stay); unit words (3#
 * is 3号, 栋 is 幢, the word of Zhejiang); annexes (3之2号, 3号附2 are 3号-2);
 * ranges (101号至103号 is 101-103号); 3-2-501 is 3幢2单元501室, on a road
 * 3号2幢501室.
 *
 * Writing what came out again changes nothing. The input is never lost: it is
 * the caller's, and every change says what stood there.
 */
#ifndef GAZ_STANDARDISE_REWRITE_H
#define GAZ_STANDARDISE_REWRITE_H

#include "gazetteer/standardise/lexicon.h"
#include "gazetteer/standardise/unicode.h"

typedef enum {
    GAZ_REWRITE_WIDTH,         /* Ａ１ */
    GAZ_REWRITE_COMPATIBILITY, /* ㎡, ligatures: the rest of NFKC */
    GAZ_REWRITE_TRADITIONAL,   /* 倉 */
    GAZ_REWRITE_BLANK,
    GAZ_REWRITE_SIGN,     /* commas, quotes, brackets around a name */
    GAZ_REWRITE_NOTE,     /* in brackets */
    GAZ_REWRITE_NOISE,    /* 电联, telephone numbers */
    GAZ_REWRITE_REPEATED, /* 平湖市平湖市 */
    GAZ_REWRITE_NUMERAL,  /* 三号, 第3幢 */
    GAZ_REWRITE_UNIT,     /* 3# */
    GAZ_REWRITE_ANNEX,
    GAZ_REWRITE_RANGE,
    GAZ_REWRITE_CHAIN, /* 3-2-501 */
    GAZ_REWRITE_KINDS,
} gaz_rewrite_kind;

/* "width", "compatibility", "traditional", "blank", "sign", "note", "noise",
 * "repeated", "numeral", "unit", "annex", "range", "chain" */
const char *gaz_rewrite_name(gaz_rewrite_kind kind);

struct gaz_rewrite {
    gaz_rewrite_kind kind;
    const char *from; /* what stood there, after the changes before this */
    const char *to;   /* what stands there now; "" when it was left out */
    int offset;       /* of the input, code points */
    int byte_offset;  /* of the input */
};

enum { GAZ_REWRITES_MAX = 64 };

struct gaz_rewrites {
    const char
        *text; /* the standard writing; never empty unless all is noise */
    size_t size;
    struct gaz_rewrite items[GAZ_REWRITES_MAX]; /* in the order of the making */
    int count;
    int dropped; /* changes that there was no room to list */
};

/* gaz_rewrite_address writes `text` (UTF-8, not ended by NUL) the standard way.
 * `names` are names that no rule goes into; NULL: the word lists of the binary
 * alone. Texts live in ctx->arena.
 *
 * @return GAZ_OK; GAZ_INVALID: not UTF-8; GAZ_LIMIT: longer than
 *         GAZ_ADDRESS_MAX_BYTES */
gaz_status gaz_rewrite_address(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                               const struct gaz_lexicon *names,
                               const char *text, size_t size,
                               struct gaz_rewrites *out);

#endif
