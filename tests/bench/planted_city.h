/* planted_city.h - the city while it is filled; for planted.c and
 * planted_papers.c only.
 */
#ifndef TESTS_BENCH_PLANTED_CITY_H
#define TESTS_BENCH_PLANTED_CITY_H

#include "tests/bench/planted.h"

enum {
    PLANTED_CLASSES = 40, /* of errors, and roads without one */
    PLANTED_PAPERS = 32,  /* the first class of roads with business records */
};

struct planted_city {
    struct gaz_ctx *ctx;
    struct gaz_corpus *corpus;
    struct planted *out;
    planted_way way;
    uint64_t random;
    int town;
    int road; /* in the town */
    int kind; /* which error the road or village has */
    gaz_id id;
    const char *name;
};

/* planted_label notes that a rule must find this record. */
void planted_label(struct planted_city *c, const char *rule, gaz_id id);

/* planted_syllables makes a name of a number; no two sound alike. */
const char *planted_syllables(struct planted_city *c, int number,
                              const char *generic);

/* ---- what business records say: planted_papers.c ---- */

void planted_say(struct planted_city *c, gaz_id about, gaz_attribute_kind kind,
                 const char *value);
/* Code, terms, deed, audit and publication of a plate. */
void planted_spoil_papers(struct planted_city *c, const struct gaz_address *a,
                          bool is_bad);
/* The code of a village, whom its name derives from, who applied. */
void planted_spoil_toponym(struct planted_city *c, const struct gaz_place *v);

#endif
