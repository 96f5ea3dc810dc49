/* sequences.h - examples as lists of feature numbers, for training. */
#ifndef TESTS_ACCURACY_MODEL_SEQUENCES_H
#define TESTS_ACCURACY_MODEL_SEQUENCES_H

#include "tests/accuracy/model/corpus.h"
#include "tests/accuracy/model/cut.h"

/* Numbers the keys of features from 0 in the order they come. */
struct intern {
    uint64_t *keys;  /* by number */
    uint32_t *slots; /* 1 + number, 0: free */
    uint32_t count;
    uint32_t room; /* slots, a power of two */
};

void intern_open(struct intern *intern);
void intern_close(struct intern *intern);

/* Which labellings of earlier passes a sequence has features of. */
enum { EARLIER_PASSES = 2 };
struct earlier {
    const uint8_t *tags[EARLIER_PASSES]; /* NULL: not used */
};

/* sequence_make cuts a text and numbers its features. `tags` is kept, not
 * copied; it may be NULL until training. */
struct sequence *sequence_make(struct intern *intern, const struct names *names,
                               const char *text, int size, uint8_t *tags,
                               const struct earlier *earlier);

void sequence_free(struct sequence *sequence);

#endif
