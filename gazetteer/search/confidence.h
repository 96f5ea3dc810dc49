/* confidence.h - how often an answer like this one is right.
 *
 * An answer has signs: how well its parts agree, how strong its rivals are, how
 * many parts were corrected, contradicted or not found, how much of the text
 * was not read. score = sum of weight x sign; a rising curve of the score is
 * the confidence. Each weight has the sign of its meaning (a doubt never
 * raises, a support never lowers), so the confidence falls with every doubt.
 *
 * Weights, curve and the threshold of batch are data:
 * data/model/confidence.txt, made by `./dev calibrate` from noisy addresses
 * with known answers (tests/accuracy/noise): logistic regression by projected
 * gradient, then isotonic regression (Barlow et al. 1972; pool adjacent
 * violators) of right or wrong on the score. docs/how/confidence.md has the
 * reliability table.
 */
#ifndef GAZ_SEARCH_CONFIDENCE_H
#define GAZ_SEARCH_CONFIDENCE_H

#include "gazetteer/search/rank.h"

/* The signs, in the order of gaz_answer.signs; names in confidence.c. */
enum gaz_sign {
    GAZ_SIGN_ONE = 0,   /* 1: carries the level of the curve */
    GAZ_SIGN_AGREEMENT, /* -ln of the agreement of rank.h */
    GAZ_SIGN_RIVALS,    /* -ln of the share among all readings */
    GAZ_SIGN_UNKNOWN,   /* names that were not found */
    GAZ_SIGN_FOREIGN,   /* of these, provinces, cities, counties */
    GAZ_SIGN_AGAINST,   /* names at odds with the answer */
    GAZ_SIGN_OLD,       /* former names, heirs, aliases */
    GAZ_SIGN_GONE,      /* names of what is gone without an heir */
    GAZ_SIGN_SOUND,     /* sound-alikes */
    GAZ_SIGN_FUZZY,     /* names one character away */
    GAZ_SIGN_WEAK,      /* for each corrected name, 1 / its characters */
    GAZ_SIGN_TWICE,     /* corrected names beyond the first */
    GAZ_SIGN_NUMBER,    /* 1: the number asked for is not known */
    GAZ_SIGN_NEAR,      /* 1: the number is interpolated or a neighbour */
    GAZ_SIGN_LAST,      /* 1: the finest name of the text led nowhere */
    GAZ_SIGN_UNREAD,    /* ln(1 + characters that no part explains) */
    GAZ_SIGN_SKIPPED,   /* stretches of these that name another place */
    GAZ_SIGN_TOWN,      /* 1: the answer's town is named in the text */
    GAZ_SIGN_COUNTY,    /* 1: its county is */
};
_Static_assert(GAZ_SIGN_COUNTY + 1 == GAZ_SIGNS, "search.h has the count");

struct gaz_confidence {
    double weights[GAZ_SIGNS];
    double scores[GAZ_CONFIDENCE_KNOTS]; /* rising */
    double values[GAZ_CONFIDENCE_KNOTS]; /* not falling, 0 to 1 */
    int knots;
    double threshold;
};

const char *gaz_confidence_sign_name(int sign);
/* +1 support, -1 doubt, 0 free: what a weight may be. */
int gaz_confidence_direction(int sign);

/* gaz_confidence_signs reads the signs of one scored reading; `share` is its
 * part of the weight of all readings. */
void gaz_confidence_signs(const struct gaz_snapshot *snap,
                          const struct gaz_asked *asked,
                          const struct gaz_cut *cut,
                          const struct gaz_scored *item, double share,
                          float out[GAZ_SIGNS]);

double gaz_confidence_score(const struct gaz_confidence *confidence,
                            const float signs[GAZ_SIGNS]);
double gaz_confidence_value(const struct gaz_confidence *confidence,
                            double score);

/* gaz_confidence_read reads the text of confidence.txt: "weight SIGN NUMBER",
 * "knot SCORE VALUE", "threshold VALUE", one a line; "#" begins a comment, and
 * "edition", "seed" and "answers" lines are for the reader.
 *
 * @return GAZ_INVALID: line and reason are in the failure */
gaz_status gaz_confidence_read(struct gaz_ctx *ctx, const char *text,
                               size_t size, struct gaz_confidence *out);

/* gaz_confidence_shipped is the file that is part of the binary. */
const struct gaz_confidence *gaz_confidence_shipped(void);

/* gaz_confidence_skips is how many names of places the cut left out that are
 * neither `place` nor above it: 天妃社区 of 天妃社区浙江省嘉兴市平湖市乍浦镇.
 */
int gaz_confidence_skips(const struct gaz_snapshot *snap,
                         const struct gaz_asked *asked,
                         const struct gaz_cut *cut, uint32_t place);

#endif
