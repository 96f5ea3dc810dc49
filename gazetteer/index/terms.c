/* SPDX-License-Identifier: Apache-2.0 */
/* The lexicon of the snapshot: every name with what it may be, and the word
 * lists of the binary. */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/index/image.h"
#include "gazetteer/standardise/lexicon.h"
#include "gazetteer/standardise/words.h"

static uint32_t kinds_of_place(const struct gaz_snap_place *place)
{
    static const uint32_t BY_LEVEL[] = {
        [GAZ_LEVEL_NONE] = 0,
        [GAZ_LEVEL_PROVINCE] = GAZ_WORD_PROVINCE,
        [GAZ_LEVEL_CITY] = GAZ_WORD_CITY,
        [GAZ_LEVEL_COUNTY] = GAZ_WORD_COUNTY,
        [GAZ_LEVEL_TOWN] = GAZ_WORD_TOWN,
        [GAZ_LEVEL_VILLAGE] = GAZ_WORD_VILLAGE,
    };
    if (place->level != GAZ_LEVEL_NONE)
        return BY_LEVEL[place->level];
    switch (place->category) {
    case GAZ_CATEGORY_VILLAGE:
    case GAZ_CATEGORY_COMMUNITY:
        return GAZ_WORD_VILLAGE;
    case GAZ_CATEGORY_ZONE:
        return GAZ_WORD_ZONE;
    case GAZ_CATEGORY_ESTATE:
        return GAZ_WORD_ESTATE;
    case GAZ_CATEGORY_HAMLET:
        return GAZ_WORD_HAMLET;
    case GAZ_CATEGORY_ROAD:
        return GAZ_WORD_ROAD;
    default:
        return GAZ_WORD_SITE;
    }
}

static uint32_t kinds_of_name(const struct gaz_snap_place *place,
                              const struct gaz_snap_name *name)
{
    uint32_t kinds = kinds_of_place(place);
    if (name->kind == GAZ_NAME_SHORT)
        kinds |= GAZ_WORD_SHORT;
    if (name->kind == GAZ_NAME_FORMER || place->status == GAZ_STATUS_HISTORICAL)
        kinds |= GAZ_WORD_FORMER;
    return kinds;
}

/* A word of one character would cut every address it stands in. */
static bool is_word(const char *text)
{
    size_t len = strlen(text);
    size_t pos = 0;
    return gaz_text_count(text, len) > 1 &&
           gaz_text_is_han(gaz_text_next(text, len, &pos));
}

/* Names in the form of their keys, as the parser sees a folded address. */
static size_t list_names(const struct gaz_image *image,
                         struct gaz_lexicon_entry *entries)
{
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    const struct gaz_snap_name *names =
        gaz_image_items(image, GAZ_SECTION_NAMES);
    const char *strings = gaz_image_items(image, GAZ_SECTION_STRINGS);
    const struct gaz_image_key *keys = image->keys.items;
    size_t count = 0;
    for (size_t i = 0; i < image->keys.count; i++) {
        const char *text = strings + keys[i].text;
        if (keys[i].kind != GAZ_KEY_NAME || !is_word(text))
            continue;
        const struct gaz_snap_name *name = &names[keys[i].name];
        entries[count++] = (struct gaz_lexicon_entry){
            text, kinds_of_name(&places[name->place], name)};
    }
    return count;
}

gaz_status gaz_terms_build(struct gaz_ctx *ctx, struct gaz_image *image)
{
    const struct gaz_lexicon_entry *words;
    size_t word_count;
    gaz_words_load(ctx, &words, &word_count);
    struct gaz_lexicon_entry *entries =
        gaz_malloc((image->keys.count + word_count + 1) * sizeof(*entries));
    size_t count = list_names(image, entries);
    for (size_t i = 0; i < word_count; i++)
        entries[count++] = words[i];
    struct gaz_buffer table;
    gaz_buffer_open(&table, UINT32_MAX);
    gaz_lexicon_build(entries, count, &table);
    gaz_status status = GAZ_OK;
    if (table.full)
        status = gaz_fail(ctx, GAZ_LIMIT, "the lexicon is larger than 4 GB");
    else
        memcpy(gaz_image_add(image, GAZ_SECTION_LEXICON, table.size),
               table.data, table.size);
    gaz_buffer_close(&table);
    gaz_free(entries);
    return status;
}
