/* lesson.h - a text as the network sees it, and what it should say of it. */
#ifndef TESTS_ACCURACY_MODEL_LESSON_H
#define TESTS_ACCURACY_MODEL_LESSON_H

#include "gazetteer/standardise/model_blob.h"
#include "tests/accuracy/model/cut.h"
#include "tests/accuracy/model/intern.h"

/* Keys, and how many of them (the first ones) the network has a row for. */
struct vocabulary {
    struct intern tables[GAZ_MODEL_TABLES];
    int rows[GAZ_MODEL_TABLES];
};

struct lesson {
    int tokens;
    uint32_t *ids[GAZ_MODEL_TABLES]; /* rows */
    int *begin[GAZ_MODEL_TABLES];    /* tokens + 1: first id of a token */
    const uint8_t *tags;             /* NULL: none known */
    int scheme;                      /* of the tags: 0 parse21, 1 parse17 */
    float weight;
};

void vocabulary_open(struct vocabulary *vocabulary);

/* vocabulary_settle gives a row to all keys so far, and to no later one. */
void vocabulary_settle(struct vocabulary *vocabulary);

/* lesson_make cuts a text and numbers what holds at its tokens. `tags` is kept,
 * not copied. */
struct lesson *lesson_make(struct vocabulary *vocabulary,
                           const struct names *names, const char *text,
                           int size, const uint8_t *tags);

#endif
