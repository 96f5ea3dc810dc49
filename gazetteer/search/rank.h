/* rank.h - how good an answer is, and how sure we are: the numbers.
 *
 * agreement = product over the parts of the query of
 *
 *     exact, short name             1.00
 *     alias, other spelling         0.97
 *     former name, heir of a place  0.95
 *     gone without an heir          0.80
 *     sounds the same               1 - 0.5 / (characters + 1)
 *     one character away            1 - 1.2 / (characters + 1),
 *                                   x 0.7 when it is the last (the generic)
 *                                   and not merely cut off; 0.62 of a name of
 *                                   two, in its own town or county
 *     not found                     0.60
 *     at odds with the reading      0.50 (0.45 when it stands in front)
 *     beside (road and village)     0.98
 *     behind the number, not found  0.95
 *     a name twice for one place, where it can mean two: 0.70
 *
 * times, when a number was asked for:
 *
 *     number and tail found         1.00
 *     number found, not its tail    0.97
 *     range that holds it           0.97
 *     number that it is an annex of 0.95
 *     that value, another annex     0.85
 *     interpolated                  0.85
 *     no such number on the road    0.75
 *     no numbers known there        0.70 (0.60 where a road was needed: on a
 *                                   town or higher)
 *
 * weight = agreement^4 x prior(level) x nearness(focus)
 * share = weight / sum of the weights of all readings
 *
 * The prior says how often a bare name means that level: county and above 8,
 * town 4, village 2, other 1. Nearness is 1 to 1/2 over the distance from
 * focus. These numbers are rules: they order the readings. How often a reading
 * like this is right, the confidence, is fitted to data: see confidence.h.
 */
#ifndef GAZ_SEARCH_RANK_H
#define GAZ_SEARCH_RANK_H

#include "gazetteer/search/chain.h"
#include "gazetteer/search/number.h"

float gaz_rank_how(gaz_how how);
float gaz_rank_beside(void);
float gaz_rank_aside(void);
float gaz_rank_repeat(void);
float gaz_rank_restart(void);

/* A reading with its number resolved, on the way to an answer. */
struct gaz_scored {
    const struct gaz_chain *chain;
    struct gaz_plate plate;
    struct gaz_number_match number;
    uint32_t site; /* whose own address has the number, or GAZ_NONE */
    double agreement;
    double weight;
    double confidence;
    float signs[GAZ_SIGNS]; /* what the confidence was computed from */
    double distance_m;      /* from focus; -1: no focus or no position */
};

/* gaz_rank_score fills agreement, weight and distance from chain and number. */
void gaz_rank_score(const struct gaz_snapshot *snap,
                    const struct gaz_asked *asked,
                    const struct gaz_plate *plate, struct gaz_scored *item);

/* gaz_rank_sort orders best first (weight, then nearer, then index: a total
 * order) and sets signs and confidence, which does not rise from one to
 * the next; `dropped` rivals are counted as equals of the last. */
void gaz_rank_sort(const struct gaz_snapshot *snap,
                   const struct gaz_asked *asked, const struct gaz_cut *cut,
                   struct gaz_scored *items, int count, int dropped);

/* gaz_rank_prior is the prior of a place's level. */
double gaz_rank_prior(const struct gaz_snapshot *snap, uint32_t place);

/* gaz_rank_nearness is 1 at the focus and falls to 1/2 far from it. */
double gaz_rank_nearness(double distance_m);

/* gaz_rank_fits is true when a place has the category, or its class. */
bool gaz_rank_fits(const struct gaz_snapshot *snap, uint32_t place,
                   int category);

#endif
