/* planted_city.h - what the makers of planted.h share. */
#ifndef TESTS_BENCH_PLANTED_CITY_H
#define TESTS_BENCH_PLANTED_CITY_H

#include "tests/bench/planted.h"

enum {
    PLATES = 50,        /* of a road */
    ROADS = 200,        /* of a town, in 10 columns */
    VILLAGES = 120,     /* of a town */
    CLASSES = 40,       /* of errors, and roads without one */
    TOWN_IDS = 1000000, /* ids of towns, roads, villages, addresses begin */
    ROAD_IDS = 2000000,
    VILLAGE_IDS = 8000000,
    GONE_IDS = 9000000,
    BUILDING_IDS = 9500000,
    ADDRESS_IDS = 10000000,
    COPY_IDS = 500000000,
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

/* A record and the rule that must find it; a pair of records. */
void planted_label(struct planted_city *c, const char *rule, gaz_id id);
void planted_label_pair(struct planted_city *c, const char *rule, gaz_id id,
                        gaz_id partner);

/* planted_syllables is the name of a number, with a generic. */
const char *planted_syllables(struct planted_city *c, int number,
                              const char *generic);

/* planted_put_place adds a place of c->name, unless it has names of its own. */
void planted_put_place(struct planted_city *c, struct gaz_place *place);

/* planted_say adds what a business record says of a place or address. */
void planted_say(struct planted_city *c, gaz_id about, gaz_attribute_kind kind,
                 const char *value);

/* The buildings of a town, and one of its villages (c->road counts them). */
void planted_put_buildings(struct planted_city *c);
void planted_put_village(struct planted_city *c);

#endif
