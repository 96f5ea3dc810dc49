/* SPDX-License-Identifier: Apache-2.0 */
/* Folding of any bytes: the map stays inside the input and never goes back,
 * folding twice changes nothing, and so it is with keys. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/standardise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct gaz_ctx ctx;
static struct gaz_unicode *unicode;

static void try_fold(const char *text, size_t size)
{
    const char *once = NULL;
    const char *twice = NULL;
    size_t len = 0;
    size_t again = 0;
    const int *map = NULL;
    gaz_status status =
        gaz_unicode_fold(&ctx, unicode, text, size, &once, &len, &map);
    assert((status == GAZ_OK) == gaz_text_is_utf8(text, size, NULL));
    if (status != GAZ_OK)
        return;
    assert(map[len] == (int)size);
    for (size_t i = 0; i < len; i++)
        assert(map[i] >= 0 && map[i] <= map[i + 1]);
    status = gaz_unicode_fold(&ctx, unicode, once, len, &twice, &again, NULL);
    assert(status == GAZ_OK);
    assert(again == len && memcmp(once, twice, len) == 0);
}

static void try_key(const char *text)
{
    const char *key = NULL;
    const char *again = NULL;
    if (gaz_standardise_key(&ctx, unicode, text, &key) != GAZ_OK)
        return;
    gaz_status status = gaz_standardise_key(&ctx, unicode, key, &again);
    assert(status == GAZ_OK);
    assert(strcmp(key, again) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!unicode && gaz_unicode_open(&ctx, &unicode) != GAZ_OK)
        return 0;
    gaz_ctx_next(&ctx);
    try_fold((const char *)data, size);
    try_key(gaz_arena_strndup(&ctx.arena, (const char *)data, size));
    return 0;
}
