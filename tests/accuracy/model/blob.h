/* blob.h - writes weights as the bytes of elements.bin.
 *
 * Weights are rounded to 1 / BLOB_UNIT; those nearer to 0 than a threshold are
 * left out, and a feature without weights has no row. The threshold is the
 * smallest that fits the size asked for.
 */
#ifndef TESTS_ACCURACY_MODEL_BLOB_H
#define TESTS_ACCURACY_MODEL_BLOB_H

#include "tests/accuracy/model/sequences.h"

enum { BLOB_UNIT = 24 };

struct blob_report {
    double threshold; /* weights nearer to 0 are left out */
    size_t size;      /* bytes */
    uint32_t rows;
};

/* blob_write replaces `path` by a model of at most `limit` bytes. */
void blob_write(const char *path, const struct crf *crf,
                const struct intern *intern, const struct names *names,
                size_t limit, struct blob_report *report);

#endif
