/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/model_features.h"

void gaz_model_chunks_read(const uint8_t *tags, int tokens,
                           struct gaz_model_chunks *out)
{
    out->chunks = 0;
    for (int i = 0; i < tokens; i++) {
        bool starts =
            i == 0 || !(tags[i] & 1) || tags[i] / 2 != tags[i - 1] / 2;
        if (starts)
            out->label[out->chunks++] = tags[i] / 2;
        out->last[out->chunks - 1] = (uint8_t)i;
    }
}
