/* doubles_city.h - what the makers of doubles.h share. */
#ifndef TESTS_BENCH_DOUBLES_CITY_H
#define TESTS_BENCH_DOUBLES_CITY_H

#include "gazetteer/standardise/standardise.h"
#include "tests/bench/doubles_write.h"

enum {
    TOWNS_IN_COUNTY = 6,
    VILLAGES = 10,
    HAMLETS = 9, /* of a village */
    ROADS = 44,
    ESTATES = 12,
    SITES = 60,
    STREETS = ROADS + ESTATES + VILLAGES * HAMLETS,
    MADE_MAX = 64, /* names that the importer made in a town */
};

/* A road, hamlet or estate. */
struct street {
    const char *name;
    const char *alias; /* NULL: none */
    const char *wrong; /* as one source has it throughout; NULL: none has */
    doubles_class wrong_class;
    int category;
    int village; /* of the town; -1: none */
    int place;   /* of the corpus */
    struct gaz_coord from;
    double turn;
};

struct made {
    const char *name;
    gaz_id parent;
    int place;
    const struct street *street; /* that it is */
};

struct town {
    int index; /* of all towns */
    int province;
    struct gaz_coord corner;
    const char *name;
    int place;
    int county_place;
    const char *villages[VILLAGES];
    int village_places[VILLAGES];
    struct street streets[STREETS];
    int street_count;
    struct made made[MADE_MAX];
    int made_count;
};

struct doubles_city {
    struct gaz_ctx *ctx;    /* texts of the town */
    struct gaz_ctx scratch; /* of a record */
    struct gaz_standardiser *standardiser;
    struct gaz_corpus *corpus;
    struct doubles *out;
    struct city_random random;
    gaz_id next_id;
    const char *province;
    const char *county;
    int province_place;
    struct town town;
    struct town before; /* the town before: namesakes */
    bool has_before;
    uint32_t left; /* addresses to make */
    gaz_status status;
};

int doubles_put_place(struct doubles_city *c, const struct gaz_place *place,
                      const char *name, const char *alias);
void doubles_label_add(struct doubles_labels *labels, int record, int root,
                       doubles_class which);
struct gaz_coord doubles_by(struct doubles_city *c, struct gaz_coord at,
                            double within_m);
/* The middle of a road's addresses; of the others, where they begin. */
struct gaz_coord doubles_middle(const struct street *street);
gaz_id doubles_id_of(const struct doubles_city *c, int place);

/* A name, perhaps that of a road of the town with another generic. */
const char *doubles_name_after(struct doubles_city *c, const char *generic);

/* The position that another source has of `at`: 2 m to 200 m off, or none. */
struct gaz_position doubles_seen(struct doubles_city *c, struct gaz_coord at);

/* doubles_streets makes the roads, hamlets and estates of the town;
 * doubles_addresses their addresses with duplicates; doubles_sites its sites,
 * and the duplicates of places. */
void doubles_streets(struct doubles_city *c);
void doubles_addresses(struct doubles_city *c);
void doubles_sites(struct doubles_city *c);

#endif
