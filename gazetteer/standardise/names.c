/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/names.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/words.h"

enum { SHORT_MIN_CHARS = 2 };

/* The generic of each level, longer ones first; NULL ends. */
static const char *const GENERICS[][12] = {
    [GAZ_LEVEL_PROVINCE] = {"维吾尔自治区", "壮族自治区", "回族自治区",
                            "特别行政区", "自治区", "省", "市", NULL},
    [GAZ_LEVEL_CITY] = {"地区", "盟", "市", NULL},
    [GAZ_LEVEL_COUNTY] = {"市", "区", "县", "旗", NULL},
    [GAZ_LEVEL_TOWN] = {"街道办事处", "街道", "镇", "乡", NULL},
    [GAZ_LEVEL_VILLAGE] = {"社区", "居民委员会", "居委会", "村", NULL},
};

static bool ends_with_ordinal(const char *text, size_t size)
{
    static const char *const DIGITS[] = {"一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十"};
    size_t end = size;
    for (size_t i = 0; i < sizeof(DIGITS) / sizeof(DIGITS[0]) && end >= 3;) {
        if (memcmp(text + end - 3, DIGITS[i], 3) == 0) {
            end -= 3;
            i = 0;
        } else {
            i++;
        }
    }
    return end < size && end >= 3 && memcmp(text + end - 3, "第", 3) == 0;
}

/* Bytes of `text` before `suffix`, or 0. */
static size_t before(const char *text, size_t size, const char *suffix)
{
    size_t len = strlen(suffix);
    return size > len && memcmp(text + size - len, suffix, len) == 0
               ? size - len
               : 0;
}

static bool ends(const char *text, size_t size, const char *suffix)
{
    size_t len = strlen(suffix);
    return size >= len && memcmp(text + size - len, suffix, len) == 0;
}

/* "海盐县秦山街道长丰社区居民委员会": the path before the name is none of it.
 */
static size_t path_size(const char *text, size_t size)
{
    struct gaz_word word;
    if (!gaz_lexicon_longest(gaz_words_lexicon(), text, size, &word) ||
        !(word.kinds & GAZ_WORD_COUNTY) ||
        (word.kinds & (GAZ_WORD_SHORT | GAZ_WORD_GENERIC)))
        return 0;
    static const char *const TOWNS[] = {"街道", "镇", "乡"};
    for (size_t i = 0; i < sizeof(TOWNS) / sizeof(TOWNS[0]); i++) {
        size_t len = strlen(TOWNS[i]);
        /* Two characters of a town's name at least, and of the village's. */
        for (size_t at = word.size + 6; at + len + 6 <= size; at += 3)
            if (memcmp(text + at, TOWNS[i], len) == 0)
                return at + len;
    }
    return 0;
}

/* "(筹)" of a committee that is being set up. */
static size_t without_note(const char *text, size_t size)
{
    const char *open =
        size > 1 && text[size - 1] == ')' ? memchr(text, '(', size) : NULL;
    return open && open > text ? (size_t)(open - text) : size;
}

/* The standard name of a village in text[0..size). */
static const char *village_standard(struct gaz_arena *arena, const char *text,
                                    size_t size)
{
    static const char *const VILLAGE[] = {"村民委员会", "村委会"};
    static const char *const COMMUNITY[] = {"居民委员会", "居委会"};
    for (size_t i = 0; i < 2; i++) {
        size_t rest = before(text, size, VILLAGE[i]);
        if (rest == 0)
            continue;
        bool whole = ends(text, rest, "村") || ends(text, rest, "社区");
        return gaz_arena_printf(arena, "%.*s%s", (int)rest, text,
                                whole ? "" : "村");
    }
    for (size_t i = 0; i < 2; i++) {
        size_t rest = before(text, size, COMMUNITY[i]);
        if (rest > 0 && ends(text, rest, "社区"))
            return gaz_arena_strndup(arena, text, rest);
    }
    return gaz_arena_strndup(arena, text, size);
}

static const char *short_of(struct gaz_arena *arena, const char *standard,
                            gaz_level level)
{
    size_t size = strlen(standard);
    for (const char *const *generic = GENERICS[level]; *generic; generic++) {
        size_t rest = before(standard, size, *generic);
        if (rest == 0)
            continue;
        /* 奉城社区第六: an ordinal alone is no name. */
        if (gaz_text_count(standard, rest) < SHORT_MIN_CHARS ||
            ends_with_ordinal(standard, rest))
            return NULL;
        return gaz_arena_strndup(arena, standard, rest);
    }
    return NULL;
}

void gaz_names_forms(struct gaz_arena *arena, const char *text, gaz_level level,
                     struct gaz_name_forms *out)
{
    *out = (struct gaz_name_forms){.standard = text};
    if (level == GAZ_LEVEL_NONE)
        return;
    if (level == GAZ_LEVEL_VILLAGE) {
        size_t size = without_note(text, strlen(text));
        size_t path = path_size(text, size);
        out->standard = village_standard(arena, text + path, size - path);
        if (strcmp(out->standard, text) != 0)
            out->official = text;
    }
    out->short_form = short_of(arena, out->standard, level);
}

gaz_level gaz_names_level(const char *text)
{
    static const struct {
        const char *suffix;
        gaz_level level;
    } SUFFIXES[] = {
        {"省", GAZ_LEVEL_PROVINCE},
        {"自治区", GAZ_LEVEL_PROVINCE},
        {"街道", GAZ_LEVEL_TOWN},
        {"镇", GAZ_LEVEL_TOWN},
        {"乡", GAZ_LEVEL_TOWN},
        {"县", GAZ_LEVEL_COUNTY},
        {"社区", GAZ_LEVEL_VILLAGE},
        {"村民委员会", GAZ_LEVEL_VILLAGE},
        {"居民委员会", GAZ_LEVEL_VILLAGE},
        {"村委会", GAZ_LEVEL_VILLAGE},
        {"居委会", GAZ_LEVEL_VILLAGE},
    };
    for (size_t i = 0; i < sizeof(SUFFIXES) / sizeof(SUFFIXES[0]); i++)
        if (ends(text, strlen(text), SUFFIXES[i].suffix))
            return SUFFIXES[i].level;
    return GAZ_LEVEL_NONE;
}

bool gaz_names_is_village(const char *text)
{
    size_t size = without_note(text, strlen(text));
    return ends(text, size, "村") || ends(text, size, "村委会") ||
           ends(text, size, "村民委员会");
}

bool gaz_names_is_zone(const char *text)
{
    static const char *const SUFFIXES[] = {"开发区", "园区", "新区",   "工业区",
                                           "度假区", "农场", "保税区", "港区"};
    for (size_t i = 0; i < sizeof(SUFFIXES) / sizeof(SUFFIXES[0]); i++)
        if (gaz_text_ends_with(text, SUFFIXES[i]))
            return true;
    return false;
}
