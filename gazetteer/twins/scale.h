/* scale.h - the numbers of data/dedupe/weights.txt: log odds, metres, bands.
 *
 * A record linkage score after Fellegi and Sunter (A theory for record linkage,
 * 1969): independent pieces of evidence, each worth a logarithm of odds.
 */
#ifndef GAZ_TWINS_SCALE_H
#define GAZ_TWINS_SCALE_H

#include "gazetteer/base/context.h"

typedef enum {
    GAZ_SCALE_START,
    GAZ_SCALE_NAME_SAME,
    GAZ_SCALE_NAME_SHARED,
    GAZ_SCALE_NAME_SOUND,
    GAZ_SCALE_NAME_LIKE,
    GAZ_SCALE_NAME_LIKE_LEAST, /* 0 to 1 */
    GAZ_SCALE_NAME_OTHER,
    GAZ_SCALE_CATEGORY_SAME,
    GAZ_SCALE_CATEGORY_CLASS,
    GAZ_SCALE_CATEGORY_OTHER,
    GAZ_SCALE_CODE_SAME,
    GAZ_SCALE_PARENT_SAME,
    GAZ_SCALE_PARENT_OTHER,
    GAZ_SCALE_NEAR,
    GAZ_SCALE_NEAR_M,
    GAZ_SCALE_FAR,
    GAZ_SCALE_FAR_M,
    GAZ_SCALE_ADDRESS_SAME,
    GAZ_SCALE_ADDRESS_OTHER,
    GAZ_SCALE_LIVES_MEET,
    GAZ_SCALE_LIVES_APART,
    GAZ_SCALE_DUPLICATE, /* chances, 0 to 1 */
    GAZ_SCALE_REVIEW,
    GAZ_SCALE_BLOCK_M,
    GAZ_SCALE_BLOCK_MOST,
    GAZ_SCALE_COUNT,
} gaz_scale_word;

struct gaz_scale {
    double of[GAZ_SCALE_COUNT];
};

/* gaz_scale_read reads a text of "word number" lines; # begins a comment. Every
 * word must be there once: GAZ_INVALID names the line or what is missing. */
gaz_status gaz_scale_read(struct gaz_ctx *ctx, const char *text,
                          struct gaz_scale *out);

/* gaz_scale_default reads the one in the binary. */
gaz_status gaz_scale_default(struct gaz_ctx *ctx, struct gaz_scale *out);

#endif
