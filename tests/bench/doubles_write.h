/* doubles_write.h - how people write one address in many ways. */
#ifndef TESTS_BENCH_DOUBLES_WRITE_H
#define TESTS_BENCH_DOUBLES_WRITE_H

#include "tests/bench/city.h"
#include "tests/bench/doubles.h"

enum { DOUBLES_NAME_BYTES = 96, DOUBLES_TEXT_BYTES = 400 };

/* An address before it is written: names NULL when there is none. */
struct doubles_address {
    const char *province;
    const char *county;
    const char *town;
    const char *village;
    const char *name; /* road, hamlet, estate */
    int plate;        /* 0: none */
    int annex;
    int building;
    int cell;
    int room;
    const char *site;
};

/* doubles_write writes it in the way of a class; DOUBLES_JITTER: as it is. */
void doubles_write(struct city_random *random, const struct doubles_address *a,
                   doubles_class which, char out[DOUBLES_TEXT_BYTES]);

/* doubles_spoil makes another name of a name: a character that sounds alike
 * (DOUBLES_SOUND), another one (DOUBLES_LETTER), one less (DOUBLES_LACKING).
 * False: this name has none to spoil. */
bool doubles_spoil(struct city_random *random, const char *name,
                   doubles_class which, char out[DOUBLES_NAME_BYTES]);

/* doubles_draw_name draws a specific of `chars` characters. */
void doubles_draw_name(struct city_random *random, int chars,
                       char out[DOUBLES_NAME_BYTES]);

#endif
