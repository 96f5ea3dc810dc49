/* SPDX-License-Identifier: Apache-2.0 */
/* romans.c - a stored spelling against the rules of 1984 (romanise.h). A
 * spelling that differs is told by the first of these that explains it: the
 * alphabet, the reading, blanks, apostrophes, capitals, tones. */
#include <string.h>

#include "gazetteer/audit/audit.h"
#include "gazetteer/base/text.h"
#include "gazetteer/standardise/romanise.h"

typedef enum {
    SAME,
    ALPHABET,
    READING,
    SPACING,
    APOSTROPHE,
    CAPITALS,
    TONES,
} difference;

/* Letters of the Latin alphabet with their tones, blank, ', -, digits. */
static bool is_alphabet(const char *text)
{
    static const char MARKED[] = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêĀÁǍÀĒÉĚÈŌÓǑÒÜńňǹḿ";
    size_t len = strlen(text);
    for (size_t pos = 0; pos < len;) {
        size_t from = pos;
        uint32_t c = gaz_text_next(text, len, &pos);
        char one[5] = "";
        memcpy(one, text + from, pos - from < 4 ? pos - from : 4);
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9') || c == ' ' || c == '\'' ||
                     c == '-';
        if (!plain && !strstr(MARKED, one))
            return false;
    }
    return true;
}

/* `text` without the characters of `drop`. */
static const char *without(struct gaz_arena *arena, const char *text,
                           const char *drop)
{
    char *out = gaz_arena_strdup(arena, text);
    size_t size = 0;
    for (; *text; text++)
        if (!strchr(drop, *text))
            out[size++] = *text;
    out[size] = '\0';
    return out;
}

static difference compare(struct gaz_audit *audit, const char *given,
                          const char *want)
{
    struct gaz_arena *arena = &audit->scratch.arena;
    struct gaz_unicode *unicode = audit->corpus->unicode;
    struct gaz_roman roman;
    const char *given_ascii;
    const char *want_ascii;
    if (strcmp(given, want) == 0)
        return SAME;
    if (!is_alphabet(given) ||
        gaz_romanise_spelling(&audit->scratch, unicode, given, &roman) !=
            GAZ_OK ||
        gaz_unicode_ascii(&audit->scratch, unicode, given, &given_ascii) !=
            GAZ_OK ||
        gaz_unicode_ascii(&audit->scratch, unicode, want, &want_ascii) !=
            GAZ_OK)
        return ALPHABET;
    const char *bare = without(arena, given_ascii, " '-");
    if (strcmp(bare, without(arena, want_ascii, " '-")) != 0)
        return READING;
    if (strcmp(without(arena, given_ascii, "'"),
               without(arena, want_ascii, "'")) != 0)
        return SPACING;
    if (strcmp(given_ascii, want_ascii) != 0)
        return APOSTROPHE;
    /* the same but for case and tones */
    size_t len = strlen(given);
    size_t pos = 0;
    for (size_t other = 0; pos < len;) {
        uint32_t a = gaz_text_next(given, len, &pos);
        uint32_t b = gaz_text_next(want, strlen(want), &other);
        if (a != b && a < 128 && b < 128)
            return CAPITALS;
    }
    return TONES;
}

static int judge(struct gaz_audit *audit, int index, difference kind,
                 const char *zh, const char *en)
{
    const struct gaz_corpus_place *place = &audit->corpus->places[index];
    const char *want = place->spelling;
    if (place->place.name_count == 0 || !gaz_corpus_is_live(&place->place))
        return 0;
    const char *given = place->place.names[0].roman;
    if (!given || !*given) {
        gaz_audit_lacks(audit, "没有罗马字母拼写", "no spelling is stored");
        return 0;
    }
    if (compare(audit, given, want) == kind) {
        struct gaz_finding *f = gaz_audit_add(
            audit, index, true,
            gaz_audit_printf(audit, "%s：%s 应为 %s", zh, given, want),
            gaz_audit_printf(audit, "%s: %s should be %s", en, given, want));
        f->fix = want;
        f->fix_field = "roman";
    }
    return 1;
}

int gaz_audit_roman_alphabet(struct gaz_audit *audit, int index)
{
    return judge(audit, index, ALPHABET, "有非拼音字符",
                 "not the letters of a spelling");
}

int gaz_audit_roman_reading(struct gaz_audit *audit, int index)
{
    return judge(audit, index, READING, "读音不符", "another reading");
}

int gaz_audit_roman_spacing(struct gaz_audit *audit, int index)
{
    return judge(audit, index, SPACING, "分写不符", "wrongly parted");
}

int gaz_audit_roman_apostrophe(struct gaz_audit *audit, int index)
{
    return judge(audit, index, APOSTROPHE, "隔音符号不符", "apostrophes");
}

int gaz_audit_roman_capitals(struct gaz_audit *audit, int index)
{
    return judge(audit, index, CAPITALS, "大小写不符", "capitals");
}

int gaz_audit_roman_tones(struct gaz_audit *audit, int index)
{
    return judge(audit, index, TONES, "声调不符", "tone marks");
}

/* 廣陳鎮: what folding would change is no standard character. */
int gaz_audit_traditional(struct gaz_audit *audit, int index)
{
    const struct gaz_place *place = &audit->corpus->places[index].place;
    if (place->name_count == 0 || !gaz_corpus_is_live(place))
        return 0;
    const char *name = place->names[0].text;
    const char *folded = NULL;
    size_t size = 0;
    if (gaz_unicode_fold(&audit->scratch, audit->corpus->unicode, name,
                         strlen(name), &folded, &size, NULL) != GAZ_OK)
        return 0;
    bool has_han = false;
    for (size_t pos = 0; pos < strlen(name);)
        has_han |= gaz_text_is_han(gaz_text_next(name, strlen(name), &pos));
    if (has_han && (size != strlen(name) || memcmp(folded, name, size) != 0)) {
        struct gaz_finding *f = gaz_audit_add(
            audit, index, true,
            gaz_audit_printf(audit, "用繁体、异体或全角字：%s", name),
            gaz_audit_printf(audit, "traditional or wide characters: %s",
                             name));
        f->fix = gaz_arena_strndup(&audit->ctx.arena, folded, size);
        f->fix_field = "name";
    }
    return 1;
}
