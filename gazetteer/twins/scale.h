/* scale.h - the numbers of data/dedupe/weights.txt: log odds, metres, bands.
 *
 * A record linkage score after Fellegi and Sunter (A theory for record linkage,
 * 1969): pieces of evidence, each worth a logarithm of odds; here learned
 * together, by logistic regression, so that evidence that comes together is not
 * counted twice (tests/accuracy/twins).
 */
#ifndef GAZ_TWINS_SCALE_H
#define GAZ_TWINS_SCALE_H

#include "gazetteer/twins/cues.h"

enum { GAZ_SCALE_VERSION = 2 };

/* Of one kind of record. */
struct gaz_scale_part {
    double start; /* log odds of any two records that are compared */
    double of[GAZ_CUE_COUNT];
    double duplicate; /* chances, 0 to 1: where the bands begin */
    double review;
    double block_m;    /* neighbours of similar name are compared within this */
    double block_most; /* records of one key; more is no evidence */
};

struct gaz_scale {
    struct gaz_scale_part parts[GAZ_TWINS_KINDS];
};

/* gaz_scale_read reads a text of "version 2" and "kind word number" lines;
 * # begins a comment. Every word of both kinds must be there once: GAZ_INVALID
 * names the line or what is missing. */
gaz_status gaz_scale_read(struct gaz_ctx *ctx, const char *text,
                          struct gaz_scale *out);

/* gaz_scale_default reads the one in the binary. */
gaz_status gaz_scale_default(struct gaz_ctx *ctx, struct gaz_scale *out);

/* gaz_scale_chance is the chance that two sides with these cues are one; 0 when
 * something forbids it. */
double gaz_scale_chance(const struct gaz_scale_part *part,
                        const struct gaz_cues *cues);

/* The words of a kind's numbers: gaz_scale_word writes that of number `index`,
 * 0 to GAZ_SCALE_WORDS - 1, and gaz_scale_number points at it. */
enum { GAZ_SCALE_WORDS = GAZ_CUE_COUNT + 5 };
const char *gaz_scale_word(int index, char out[GAZ_CUE_WORD_BYTES]);
double *gaz_scale_number(struct gaz_scale_part *part, int index);
const char *gaz_twins_kind_name(gaz_twins_kind kind); /* "place", "address" */

#endif
