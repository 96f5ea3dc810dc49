/* planted.h - a made-up city of known errors, as a corpus; the labels apart.
 *
 * Nothing in it is real: it lies in the open sea (123 E to 124 E, 30 N to
 * 31 N), names are put together so that no two sound alike unless it is meant,
 * and every record is synthetic. The same seed and size give the same city.
 *
 * Alone, each planted error is on a road or village of its own. Crowded, every
 * road has five addresses with errors drawn by chance, next to each other's
 * evidence, and some addresses have two. */
#ifndef TESTS_BENCH_PLANTED_H
#define TESTS_BENCH_PLANTED_H

#include "gazetteer/audit/corpus.h"

/* An error that was made: the rule that must find it, and of which record. */
struct planted_label {
    const char *rule;
    gaz_id id;
    gaz_id partner; /* the other of a pair; 0: none */
};

struct planted {
    struct planted_label *labels;
    size_t count;
    size_t capacity;
};

typedef enum { PLANTED_ALONE, PLANTED_CROWDED } planted_way;

/* planted_fill adds about `addresses` addresses, 2,000 or more. */
void planted_fill(struct gaz_ctx *ctx, struct gaz_corpus *corpus,
                  uint32_t addresses, planted_way way, struct planted *out);
void planted_close(struct planted *planted);

#endif
