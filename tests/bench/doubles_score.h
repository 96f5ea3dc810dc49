/* doubles_score.h - how well duplicates were found, against the labels. */
#ifndef TESTS_BENCH_DOUBLES_SCORE_H
#define TESTS_BENCH_DOUBLES_SCORE_H

#include "gazetteer/twins/twins.h"
#include "tests/bench/doubles.h"

/* What is asked for is the planted pairs, a duplicate with its original; two
 * duplicates of one original that are told to be one are right, but not asked
 * for: of two names mistyped in two ways nothing is alike. */
struct doubles_score {
    int64_t planted;
    int64_t blocked; /* of the planted: brought together by blocking */
    int64_t found;   /* of the planted: in the band of duplicates */
    int64_t review;  /* ... of review */
    int64_t right;   /* pairs in the band of duplicates that are one */
    int64_t wrong;   /* ... that are two */
    int64_t review_wrong;
    int64_t groups;       /* of records that are one */
    int64_t groups_whole; /* that are one cluster, and nothing else is in it */
    int64_t group_pairs;
    int64_t clusters;
    int64_t clustered; /* pairs in one cluster */
    int64_t clustered_right;
    int64_t class_pairs[DOUBLES_CLASSES];
    int64_t class_found[DOUBLES_CLASSES];
};

/* doubles_roots gives of each record the record that it is one with (itself, if
 * no label says otherwise); for gaz_free. */
int *doubles_roots(const struct doubles_labels *labels, int records);

/* doubles_score_pairs judges all pairs of a finder; clusters are those of the
 * band of duplicates. */
gaz_status doubles_score_pairs(struct gaz_ctx *ctx,
                               struct gaz_twin_finder *finder,
                               const struct doubles_labels *labels, int records,
                               struct doubles_score *out);

/* doubles_has_pair looks for (a, b), a < b, among pairs in their order. */
bool doubles_has_pair(const struct gaz_twin_pairs *pairs, int a, int b);

double doubles_precision(const struct doubles_score *score);
/* Of the planted pairs those in the band of duplicates. */
double doubles_recall(const struct doubles_score *score);
/* Found, or put to review. */
double doubles_told(const struct doubles_score *score);
double doubles_blocking(const struct doubles_score *score);

void doubles_print(const char *name, const struct doubles_score *score);

#endif
