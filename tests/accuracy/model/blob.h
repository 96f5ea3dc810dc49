/* blob.h - writes a network as the bytes of elements.bin.
 *
 * Values are rounded to the units of model_blob.h. Rows of pairs that count for
 * least (the sum of their absolute values) are left out until the file fits
 * the size asked for.
 */
#ifndef TESTS_ACCURACY_MODEL_BLOB_H
#define TESTS_ACCURACY_MODEL_BLOB_H

#include "tests/accuracy/model/net.h"

struct blob_report {
    size_t size; /* bytes */
    uint32_t rows[GAZ_MODEL_TABLES];
    int clipped; /* values that were too large for their bits */
};

/* blob_write replaces `path` by a model of at most `limit` bytes. */
void blob_write(const char *path, const struct net *net,
                const struct vocabulary *vocabulary, const struct names *names,
                size_t limit, struct blob_report *report);

#endif
