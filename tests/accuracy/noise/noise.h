/* noise.h - addresses as people mistype them, made from addresses that are
 * known, so that every question has an answer that can be checked.
 *
 * Two sources, never mixed: the places of the shipped data (villages, towns and
 * sites of the area; real names), and the synthetic city of tests/bench (house
 * numbers; nothing in it is real, its kinds are named "city ..."). The same
 * seed, part and snapshot give the same questions on every machine.
 *
 * The base places are split in two by a hash of their label: the confidence is
 * fitted on the questions of one part and judged on those of the other.
 */
#ifndef TESTS_ACCURACY_NOISE_NOISE_H
#define TESTS_ACCURACY_NOISE_NOISE_H

#include "gazetteer/index/snapshot.h"
#include "gazetteer/standardise/unicode.h"
#include "tests/bench/city.h"

enum {
    NOISE_PARTS = 16,
    NOISE_DEPTH_MAX = 7, /* names written: signs between and numbers fit */
    NOISE_PART_BYTES = 160,
    NOISE_TEXT_BYTES = 1000,
    NOISE_TRUTHS = 4,
};

typedef enum { NOISE_FIT = 0, NOISE_JUDGE = 1 } noise_part;

/* A name or a number of the address that is being written, coarse to fine. */
struct noise_text {
    char parts[NOISE_PARTS][NOISE_PART_BYTES];
    uint32_t places[NOISE_PARTS]; /* GAZ_NONE for numbers and noise */
    int count;
    int finest; /* the part that names what is meant */
};

struct noise_question {
    char text[NOISE_TEXT_BYTES];
    /* Any of these is right; none: there is no such address. */
    uint32_t truths[NOISE_TRUTHS];
    int truth_count;
    uint32_t address; /* must be this one as well, or GAZ_NONE */
};

/* What the makers draw from; noise_letters_open fills similar and sounds. */
struct noise_maker {
    struct gaz_ctx *ctx;
    const struct gaz_snapshot *snap;
    struct noise_letters *letters;
    const uint32_t *bases; /* places to ask for */
    uint32_t base_count;
    struct city_random random;
    noise_part part;
};

struct noise_kind {
    const char *name;
    bool is_city;
    bool is_negative;
    /* Writes one question; false when the base that was drawn has nothing to
     * alter in this way (the caller draws again). */
    bool (*make)(struct noise_maker *maker, struct noise_question *out);
};

/* The kinds, ending with one whose name is NULL. */
extern const struct noise_kind NOISE_KINDS[];

/* noise_bases_open lists the base places of a part: what stands today and is a
 * town, a village or a site (a place with addresses, in the city). */
void noise_bases_open(struct noise_maker *maker, bool is_city);

/* noise_write writes a base down as people do: from the province, the county
 * or the town. */
void noise_write(struct noise_maker *maker, uint32_t place,
                 struct noise_text *out);
void noise_join(const struct noise_text *text, char out[NOISE_TEXT_BYTES]);
const char *noise_name(const struct gaz_snapshot *snap, uint32_t place);
/* noise_above is the ancestor of a level, or GAZ_NONE. */
uint32_t noise_above(const struct gaz_snapshot *snap, uint32_t place,
                     int level);
/* noise_is_name is true when some place has this name. */
bool noise_is_name(const struct gaz_snapshot *snap, const char *name);
uint32_t noise_draw_base(struct noise_maker *maker);

/* ---- letters.c: characters that are mistaken for others ---- */

typedef enum {
    NOISE_LETTER_ANY,         /* another character of the area's names */
    NOISE_LETTER_SHAPE,       /* looks alike: a table */
    NOISE_LETTER_SOUND,       /* the same toneless pinyin */
    NOISE_LETTER_ACCENT,      /* n/ng, l/n, z/zh, c/ch, s/sh not told apart */
    NOISE_LETTER_TRADITIONAL, /* the Traditional form */
} noise_letter_kind;

gaz_status noise_letters_open(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                              const struct gaz_snapshot *snap,
                              struct noise_letters **out);

/* noise_letters_other draws a character to stand for `c`; 0 when none. */
uint32_t noise_letters_other(const struct noise_letters *letters,
                             struct city_random *random, noise_letter_kind kind,
                             uint32_t c);

/* ---- negative.c, numbers.c: makers of the table in kinds.c ---- */

bool noise_make_foreign(struct noise_maker *maker, struct noise_question *out);
bool noise_make_invented(struct noise_maker *maker, struct noise_question *out);
bool noise_make_nowhere(struct noise_maker *maker, struct noise_question *out);
bool noise_make_number(struct noise_maker *maker, struct noise_question *out);
bool noise_make_number_typo(struct noise_maker *maker,
                            struct noise_question *out);
bool noise_make_number_short(struct noise_maker *maker,
                             struct noise_question *out);
bool noise_make_number_spelt(struct noise_maker *maker,
                             struct noise_question *out);
bool noise_make_number_words(struct noise_maker *maker,
                             struct noise_question *out);
bool noise_make_number_absent(struct noise_maker *maker,
                              struct noise_question *out);

/* noise_words puts phones, receivers and brackets around a text. */
void noise_words(struct noise_maker *maker, char text[NOISE_TEXT_BYTES]);

#endif
