/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/scale.h"

#include <string.h>

#include "gazetteer/base/asset.h"
#include "gazetteer/base/text.h"

extern const struct gaz_asset GAZ_TWIN_ASSETS[];

static const char *const WORDS[GAZ_SCALE_COUNT] = {
    [GAZ_SCALE_START] = "start",
    [GAZ_SCALE_NAME_SAME] = "name-same",
    [GAZ_SCALE_NAME_SHARED] = "name-shared",
    [GAZ_SCALE_NAME_SOUND] = "name-sound",
    [GAZ_SCALE_NAME_LIKE] = "name-like",
    [GAZ_SCALE_NAME_LIKE_LEAST] = "name-like-least",
    [GAZ_SCALE_NAME_OTHER] = "name-other",
    [GAZ_SCALE_CATEGORY_SAME] = "category-same",
    [GAZ_SCALE_CATEGORY_CLASS] = "category-class",
    [GAZ_SCALE_CATEGORY_OTHER] = "category-other",
    [GAZ_SCALE_CODE_SAME] = "code-same",
    [GAZ_SCALE_PARENT_SAME] = "parent-same",
    [GAZ_SCALE_PARENT_OTHER] = "parent-other",
    [GAZ_SCALE_NEAR] = "near",
    [GAZ_SCALE_NEAR_M] = "near-m",
    [GAZ_SCALE_FAR] = "far",
    [GAZ_SCALE_FAR_M] = "far-m",
    [GAZ_SCALE_ADDRESS_SAME] = "address-same",
    [GAZ_SCALE_ADDRESS_OTHER] = "address-other",
    [GAZ_SCALE_LIVES_MEET] = "lives-meet",
    [GAZ_SCALE_LIVES_APART] = "lives-apart",
    [GAZ_SCALE_DUPLICATE] = "duplicate",
    [GAZ_SCALE_REVIEW] = "review",
    [GAZ_SCALE_BLOCK_M] = "block-m",
    [GAZ_SCALE_BLOCK_MOST] = "block-most",
};

static int word_of(const char *text, size_t len)
{
    for (int i = 0; i < GAZ_SCALE_COUNT; i++)
        if (strlen(WORDS[i]) == len && strncmp(WORDS[i], text, len) == 0)
            return i;
    return -1;
}

/* One line without its comment; false: it is not understood. */
static bool read_line(struct gaz_ctx *ctx, const char *line, size_t len,
                      struct gaz_scale *out, bool *given)
{
    static const char BLANK[] = " \t\r";
    const char *text = gaz_arena_strndup(&ctx->arena, line, len);
    text += strspn(text, BLANK);
    size_t word = strcspn(text, " \t\r#");
    if (word == 0)
        return true;
    const char *number = text + word + strspn(text + word, BLANK);
    int index = word_of(text, word);
    number = gaz_arena_strndup(&ctx->arena, number, strcspn(number, " \t\r#"));
    if (index < 0 || given[index])
        return false;
    given[index] = true;
    return gaz_text_parse_double(number, &out->of[index]);
}

gaz_status gaz_scale_read(struct gaz_ctx *ctx, const char *text,
                          struct gaz_scale *out)
{
    struct gaz_scale made = {.of = {0}};
    bool given[GAZ_SCALE_COUNT] = {false};
    int line = 0;
    while (*text) {
        size_t len = strcspn(text, "\n");
        line++;
        if (!read_line(ctx, text, len, &made, given))
            return gaz_fail(ctx, GAZ_INVALID,
                            "weights:%d: not understood: %.*s", line,
                            (int)(len < 60 ? len : 60), text);
        text += len + (text[len] == '\n');
    }
    for (int i = 0; i < GAZ_SCALE_COUNT; i++)
        if (!given[i])
            return gaz_fail(ctx, GAZ_INVALID, "weights: no '%s'", WORDS[i]);
    *out = made;
    return GAZ_OK;
}

gaz_status gaz_scale_default(struct gaz_ctx *ctx, struct gaz_scale *out)
{
    const struct gaz_asset *asset =
        gaz_asset_find(GAZ_TWIN_ASSETS, "weights.txt");
    return gaz_scale_read(ctx, asset ? (const char *)asset->data : "", out);
}
