/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/pairs.h"

#include <string.h>

#include "gazetteer/base/text.h"

gaz_status gaz_pairs_read(struct gaz_ctx *ctx, const char *line, size_t size,
                          const char **a, const char **b)
{
    size_t bad = 0;
    if (size > 0 && line[size - 1] == '\r')
        size--;
    if (!gaz_text_is_utf8(line, size, &bad))
        return gaz_fail(ctx, GAZ_INVALID, "byte %zu is not UTF-8", bad + 1);
    if (memchr(line, '\0', size))
        return gaz_fail(ctx, GAZ_INVALID, "there is a NUL byte");
    const char *tab = size > 0 ? memchr(line, '\t', size) : NULL;
    if (!tab)
        return gaz_fail(ctx, GAZ_INVALID,
                        size > 0 ? "no TAB between two addresses"
                                 : "the line is empty");
    const char *second = tab + 1;
    size_t left = size - (size_t)(second - line);
    const char *end = left > 0 ? memchr(second, '\t', left) : NULL;
    size_t len = end ? (size_t)(end - second) : left;
    if (tab == line || len == 0)
        return gaz_fail(ctx, GAZ_INVALID, "the %s address is empty",
                        tab == line ? "first" : "second");
    *a = gaz_arena_strndup(&ctx->arena, line, (size_t)(tab - line));
    *b = gaz_arena_strndup(&ctx->arena, second, len);
    return GAZ_OK;
}
