/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a name, of each kind of category. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/romanise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct gaz_ctx ctx;
    static struct gaz_unicode *unicode;
    static const int CATEGORIES[] = {0,     12100, 21400, 21610, 21620,
                                     22100, 22200, 23510, 25100};
    if (!unicode && gaz_unicode_open(&ctx, &unicode) != GAZ_OK)
        return 0;
    gaz_ctx_next(&ctx);
    const char *name = gaz_arena_strndup(&ctx.arena, (const char *)data, size);
    bool good = gaz_text_is_utf8(name, strlen(name), NULL);
    for (size_t i = 0; i < sizeof(CATEGORIES) / sizeof(CATEGORIES[0]); i++) {
        struct gaz_roman roman;
        gaz_status status =
            gaz_romanise(&ctx, unicode, name, CATEGORIES[i], &roman);
        assert(good == (status == GAZ_OK));
        if (status == GAZ_OK)
            assert(gaz_text_is_utf8(roman.text, strlen(roman.text), NULL) &&
                   gaz_text_is_utf8(roman.plain, strlen(roman.plain), NULL));
    }
    return 0;
}
