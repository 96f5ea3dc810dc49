/* SPDX-License-Identifier: Apache-2.0 */
/* The keys by which a name is found: the name itself, its romanisation without
 * tones ("zhapuzhen"), the first letters of its syllables ("zpz"), the official
 * code, and for short Han names what is left when one character is dropped. */
#include <ctype.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/index/image.h"
#include "gazetteer/standardise/romanise.h"
#include "gazetteer/standardise/standardise.h"

/* One wrong character in two says nothing, and long names are found by their
 * parts; Latin names are found by their romanisation. */
enum { FUZZY_MIN_CHARS = 3, FUZZY_MAX_CHARS = 16 };

enum { ROMAN_MAX_BYTES = 512 };

static void add_key(struct gaz_image *image, gaz_key_kind kind, uint32_t text,
                    uint32_t name)
{
    if (text == 0)
        return;
    struct gaz_image_key *key = gaz_rows_add(&image->keys, 1);
    *key = (struct gaz_image_key){.kind = kind, .text = text, .name = name};
}

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiouv", c) != NULL;
}

/* True when a syllable begins at text[i]: after anything that is no letter, and
 * at a consonant before a vowel (zh, ch, sh count as one). The rules of
 * spelling make that enough: a syllable that begins with a, o or e inside a
 * word has an apostrophe before it. Digits stand for themselves. */
bool gaz_keys_begins_syllable(const char *text, size_t i)
{
    if (i == 0 || !isalpha((unsigned char)text[i]) ||
        !isalpha((unsigned char)text[i - 1]))
        return true;
    if (is_vowel(text[i]))
        return false;
    bool is_pair = text[i + 1] == 'h' && strchr("zcs", text[i]) != NULL;
    bool ends_pair = text[i] == 'h' && strchr("zcs", text[i - 1]) != NULL;
    return !ends_pair && is_vowel(text[i + (is_pair ? 2 : 1)]);
}

/* Makes both forms from the toneless spelling ("zhapu zhen"). */
static void spell(struct gaz_image *image, const char *ascii, uint32_t *plain,
                  uint32_t *initials)
{
    char joined[ROMAN_MAX_BYTES];
    char first[ROMAN_MAX_BYTES];
    size_t joined_size = 0;
    size_t first_size = 0;
    for (size_t i = 0; i < ROMAN_MAX_BYTES && ascii[i] != '\0'; i++) {
        if (!isalnum((unsigned char)ascii[i]))
            continue;
        if (gaz_keys_begins_syllable(ascii, i))
            first[first_size++] = ascii[i];
        joined[joined_size++] = ascii[i];
    }
    struct gaz_pool *pool = &image->builder->pool;
    *plain = gaz_pool_add_bytes(pool, joined, joined_size);
    *initials = gaz_pool_add_bytes(pool, first, first_size);
}

static bool has_han(const char *text)
{
    size_t len = strlen(text);
    for (size_t pos = 0; pos < len;)
        if (gaz_text_is_han(gaz_text_next(text, len, &pos)))
            return true;
    return false;
}

/* True when the printed spelling may be another than the spoken one: R7 prints
 * the ordinals of streets as digits. */
static bool has_digit(const char *ascii)
{
    return ascii[strcspn(ascii, "0123456789")] != '\0';
}

/* Adds what the name is spoken as when it is printed with digits by our rules:
 * 二马路 "2 Mǎlù" is found as ermalu too. A spelling that a source gave is not
 * second-guessed. */
static gaz_status derive_spoken(struct gaz_ctx *ctx, struct gaz_image *image,
                                struct gaz_unicode *unicode, uint32_t name)
{
    struct gaz_pool *pool = &image->builder->pool;
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    struct gaz_snap_name *row =
        (struct gaz_snap_name *)gaz_image_items(image, GAZ_SECTION_NAMES) +
        name;
    struct gaz_roman roman;
    gaz_status status =
        gaz_romanise(ctx, unicode, gaz_pool_text(pool, row->text),
                     (int)places[row->place].category, &roman);
    if (status != GAZ_OK ||
        strcmp(roman.text, gaz_pool_text(pool, row->roman)) != 0)
        return status;
    row->plain = gaz_pool_add(pool, roman.plain);
    add_key(image, GAZ_KEY_PLAIN, row->plain, name);
    add_key(image, GAZ_KEY_INITIALS, gaz_pool_add(pool, roman.initials), name);
    return GAZ_OK;
}

static gaz_status derive_roman(struct gaz_ctx *ctx, struct gaz_image *image,
                               struct gaz_unicode *unicode, uint32_t name)
{
    struct gaz_pool *pool = &image->builder->pool;
    struct gaz_snap_name *names = gaz_image_items(image, GAZ_SECTION_NAMES);
    const char *roman = gaz_pool_text(pool, names[name].roman);
    /* A Latin name ("Cha-p'u") is its own romanisation. */
    if (roman[0] == '\0')
        roman = gaz_pool_text(pool, names[name].text);
    if (has_han(roman))
        return GAZ_OK;
    const char *ascii;
    gaz_status status = gaz_unicode_ascii(ctx, unicode, roman, &ascii);
    if (status != GAZ_OK)
        return status;
    uint32_t initials;
    spell(image, ascii, &names[name].plain, &initials);
    gaz_sounds_note(image, gaz_pool_text(pool, names[name].text), ascii);
    add_key(image, GAZ_KEY_PLAIN, names[name].plain, name);
    add_key(image, GAZ_KEY_INITIALS, initials, name);
    return has_digit(ascii) ? derive_spoken(ctx, image, unicode, name) : GAZ_OK;
}

/* Adds the key with each character left out in turn, each form once. */
static void add_deletions(struct gaz_image *image, const char *key,
                          uint32_t name)
{
    size_t len = strlen(key);
    size_t starts[FUZZY_MAX_CHARS + 1] = {0};
    size_t count = 0;
    for (size_t pos = 0; pos < len;) {
        if (count == FUZZY_MAX_CHARS)
            return;
        starts[count++] = pos;
        if (!gaz_text_is_han(gaz_text_next(key, len, &pos)))
            return;
    }
    if (count < FUZZY_MIN_CHARS)
        return;
    starts[count] = len;
    char shorter[FUZZY_MAX_CHARS * 4];
    for (size_t i = 0; i < count; i++) {
        size_t size = starts[i + 1] - starts[i];
        /* of two equal characters side by side, dropping either is the same */
        if (i > 0 && size == starts[i] - starts[i - 1] &&
            memcmp(key + starts[i], key + starts[i - 1], size) == 0)
            continue;
        memcpy(shorter, key, starts[i]);
        memcpy(shorter + starts[i], key + starts[i + 1], len - starts[i + 1]);
        add_key(image, GAZ_KEY_FUZZY,
                gaz_pool_add_bytes(&image->builder->pool, shorter, len - size),
                name);
    }
}

static gaz_status derive_name(struct gaz_ctx *ctx, struct gaz_image *image,
                              struct gaz_unicode *unicode, uint32_t name)
{
    struct gaz_pool *pool = &image->builder->pool;
    const struct gaz_snap_name *row =
        (const struct gaz_snap_name *)gaz_image_items(image,
                                                      GAZ_SECTION_NAMES) +
        name;
    const char *key;
    gaz_status status =
        gaz_standardise_key(ctx, unicode, gaz_pool_text(pool, row->text), &key);
    if (status != GAZ_OK)
        return status;
    add_key(image, GAZ_KEY_NAME, gaz_pool_add(pool, key), name);
    if (row->kind != GAZ_NAME_OFFICIAL)
        add_deletions(image, key, name);
    return derive_roman(ctx, image, unicode, name);
}

gaz_status gaz_keys_derive(struct gaz_ctx *ctx, struct gaz_image *image,
                           struct gaz_unicode *unicode)
{
    /* Its own arena: the caller's would hold a few strings of every name. */
    struct gaz_ctx own = {0};
    gaz_status status = GAZ_OK;
    uint32_t count = gaz_image_count(image, GAZ_SECTION_NAMES);
    for (uint32_t i = 0; i < count && status == GAZ_OK; i++) {
        gaz_arena_reset(&own.arena);
        status = derive_name(&own, image, unicode, i);
    }
    if (status != GAZ_OK)
        status = gaz_fail(ctx, status, "%s", gaz_ctx_failure(&own));
    gaz_ctx_close(&own);
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    for (uint32_t i = 0; i < gaz_image_count(image, GAZ_SECTION_PLACES); i++)
        add_key(image, GAZ_KEY_CODE, places[i].code_text, places[i].name_first);
    return status;
}
