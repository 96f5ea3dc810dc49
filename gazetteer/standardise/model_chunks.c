/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/model_features.h"

void gaz_model_chunks_read(const uint8_t *tags, int tokens,
                           struct gaz_model_chunks *out)
{
    int n = 0;
    for (int i = 0; i < tokens; i++) {
        bool starts =
            i == 0 || !(tags[i] & 1) || tags[i] / 2 != tags[i - 1] / 2;
        if (starts) {
            out->first[n] = (uint8_t)i;
            out->label[n++] = tags[i] / 2;
        }
        out->tags[i] = tags[i];
        out->chunk[i] = (uint8_t)(n - 1);
        out->last[n - 1] = (uint8_t)i;
    }
    out->tokens = tokens;
    out->chunks = n;
}
