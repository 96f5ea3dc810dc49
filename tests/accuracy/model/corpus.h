/* corpus.h - the labelled and unlabelled texts the element model learns from.
 *
 * The formats are those of train/README.md (see README.md here): tokens with
 * BIO tags, JSON lines with BIES tags, and pairs of texts without tags.
 *
 * A text is held out when the hash of its characters, digits as '0', ends in
 * the digit 0: the same rule for all corpora, so that a text whose digits were
 * masked in one of them cannot come back through another.
 */
#ifndef TESTS_ACCURACY_MODEL_CORPUS_H
#define TESTS_ACCURACY_MODEL_CORPUS_H

#include "tests/accuracy/model/chain.h"

enum { CORPUS_FOLDS = 5, CORPUS_LABEL_BYTES = 24, CORPUS_SEED = 20261124 };

struct example {
    char *text;
    int size;
    uint64_t hash; /* of the text, digits as '0' */
    bool held_out;
    int fold;      /* 0 to CORPUS_FOLDS - 1 */
    uint8_t *tags; /* a token each: 2 * label, + 1 inside; NULL: unlabelled */
    int tokens;
};

struct corpus {
    struct example *items;
    int count;
    int room;
    char labels[CHAIN_TAGS / 2][CORPUS_LABEL_BYTES];
    int label_count;
};

/* corpus_read_bio adds the texts of parse21.bio. Labels get the numbers of
 * gaz_element_label. Stops the program when the file cannot be read. */
void corpus_read_bio(struct corpus *corpus, const char *path);

/* corpus_read_json adds the texts of parse17.jsonl; its labels are numbered in
 * the order they come. */
void corpus_read_json(struct corpus *corpus, const char *path);

/* corpus_read_pairs adds the texts of match3.tsv, without tags. */
void corpus_read_pairs(struct corpus *corpus, const char *path);

/* corpus_drop removes texts that come twice, and those of `known`. */
void corpus_drop(struct corpus *corpus, const struct corpus *known);

/* corpus_mask returns the text with each digit as '0'. */
char *corpus_mask(const struct example *example);

#endif
