/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as an address: what is written again stays, changes are inside. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/standardise/rewrite.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct gaz_ctx ctx;
    static struct gaz_unicode *unicode;
    if (!unicode && gaz_unicode_open(&ctx, &unicode) != GAZ_OK)
        return 0;
    gaz_ctx_next(&ctx);
    struct gaz_rewrites first;
    struct gaz_rewrites second;
    if (gaz_rewrite_address(&ctx, unicode, NULL, (const char *)data, size,
                            &first) != GAZ_OK)
        return 0;
    for (int i = 0; i < first.count; i++)
        assert(first.items[i].byte_offset >= 0 &&
               (size_t)first.items[i].byte_offset <= size);
    if (gaz_rewrite_address(&ctx, unicode, NULL, first.text, first.size,
                            &second) != GAZ_OK)
        return 0;
    assert(first.size == second.size &&
           memcmp(first.text, second.text, first.size) == 0);
    return 0;
}
