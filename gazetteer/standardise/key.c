/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/standardise.h"

/* Keeps letters, digits and Han of folded text, small; returns the bytes
 * written. `out` has room for twice the text: a small letter may be longer. */
static size_t filter(const char *text, size_t size, char *out)
{
    size_t written = 0;
    for (size_t pos = 0; pos < size;) {
        unsigned char byte = (unsigned char)text[pos];
        if (byte < 0x80) {
            bool upper = byte >= 'A' && byte <= 'Z';
            bool kept = upper || (byte >= 'a' && byte <= 'z') ||
                        (byte >= '0' && byte <= '9');
            if (kept)
                out[written++] = (char)(upper ? byte + 'a' - 'A' : byte);
            pos++;
            continue;
        }
        uint32_t c = gaz_text_next(text, size, &pos);
        if (gaz_text_is_han(c) || gaz_unicode_is_word(c))
            written += gaz_text_encode(gaz_unicode_lower(c), out + written);
    }
    return written;
}

gaz_status gaz_standardise_key(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                               const char *text, const char **out)
{
    size_t size = strlen(text);
    const char *folded = text;
    bool quick = gaz_unicode_is_folded(unicode, text, size);
    if (!quick) {
        gaz_status status =
            gaz_unicode_fold(ctx, unicode, text, size, &folded, &size, NULL);
        if (status != GAZ_OK)
            return status;
    }
    char *key = gaz_arena_alloc(&ctx->arena, size * 2 + 1);
    size_t written = filter(folded, size, key);
    key[written] = '\0';
    *out = key;
    /* Without the signs between them, two characters may compose. */
    return quick
               ? GAZ_OK
               : gaz_unicode_fold(ctx, unicode, key, written, out, &size, NULL);
}
