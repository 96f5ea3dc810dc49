/* SPDX-License-Identifier: Apache-2.0 */
/* check_generic.c - specific and generic part (专名, 通名) of a name.
 *
 * The generics of a category are a line of a list: "21500 镇 乡 街道". */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/quality/note.h"

/* Of the words behind the category, the longest that ends `text`; its bytes. */
static size_t longest_end(const char *words, const char *text)
{
    size_t best = 0;
    size_t text_len = strlen(text);
    for (const char *at = strchr(words, ' '); at && *at;) {
        at += strspn(at, " ");
        size_t len = strcspn(at, " ");
        if (len > best && len <= text_len &&
            memcmp(text + text_len - len, at, len) == 0)
            best = len;
        at += len;
    }
    return best;
}

/* The number that a line begins with. */
static int category_of(const char *line)
{
    int category = 0;
    for (; *line >= '0' && *line <= '9' && category < 100000; line++)
        category = category * 10 + (*line - '0');
    return category;
}

/* 居委会 without 社区 keeps its suffix in the standard name (三村居委会). */
static int line_of(const struct gaz_rule_list *generics, int category)
{
    for (int i = 0; i < generics->count; i++)
        if (category_of(generics->words[i]) == category)
            return i;
    return -1;
}

/* The bytes of the generic of any category (or of all but one) at the end. */
static size_t any_end(const struct gaz_rule_list *generics, int but,
                      const char *text)
{
    size_t best = 0;
    for (int i = 0; i < generics->count; i++) {
        size_t len = longest_end(generics->words[i], text);
        if (len > best && category_of(generics->words[i]) != but)
            best = len;
    }
    return best;
}

const char *gaz_generic_strip(struct gaz_arena *arena,
                              const struct gaz_rule_list *generics,
                              int category, const char *name)
{
    int line = line_of(generics, category);
    size_t end = line >= 0 ? longest_end(generics->words[line], name)
                           : any_end(generics, 0, name);
    return gaz_arena_strndup(arena, name, strlen(name) - end);
}

/* Names that the rules of generics speak of. */
static bool is_full_name(const struct gaz_name *name)
{
    return name->kind == GAZ_NAME_STANDARD || name->kind == GAZ_NAME_FORMER;
}

static bool is_alone(const struct gaz_rule_list *generics, const char *text)
{
    return any_end(generics, 0, text) == strlen(text);
}

bool gaz_row_generic_alone(const struct gaz_note *note)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "generics");
    const struct gaz_place *place = &note->entry->place;
    for (int i = 0; i < place->name_count; i++)
        if (is_full_name(&place->names[i]) &&
            is_alone(list, place->names[i].text))
            gaz_note_add(note, "name", place->names[i].text,
                         "只有通名，没有专名", "a generic term alone");
    return place->name_count > 0;
}

/* A name without its category's generic; *other: it has another's. */
static bool lacks_generic(const struct gaz_rule_list *list, int category,
                          const char *text, bool *other)
{
    int line = line_of(list, category);
    if (line < 0 || is_alone(list, text) ||
        longest_end(list->words[line], text) > 0)
        return false;
    *other = any_end(list, category, text) > 0;
    return true;
}

static bool check_generic(const struct gaz_note *note, bool wants_other,
                          const char *zh, const char *en)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "generics");
    const struct gaz_place *place = &note->entry->place;
    for (int i = 0; i < place->name_count; i++) {
        const struct gaz_name *name = &place->names[i];
        bool other;
        if (is_full_name(name) &&
            lacks_generic(list, place->category, name->text, &other) &&
            other == wants_other)
            gaz_note_add(note, "name", name->text, zh, en);
    }
    return place->name_count > 0 && line_of(list, place->category) >= 0;
}

bool gaz_row_generic_missing(const struct gaz_note *note)
{
    return check_generic(note, false, "没有该类别的通名",
                         "no generic term of the category");
}

bool gaz_row_generic_category(const struct gaz_note *note)
{
    return check_generic(note, true, "通名与地名类别不符",
                         "the generic term does not fit the category");
}

/* …大厦广场, …苑公寓: two generics of buildings, one behind the other. */
bool gaz_row_generic_stacked(const struct gaz_note *note)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "list");
    const struct gaz_place *place = &note->entry->place;
    if (place->name_count == 0 || list->count == 0)
        return false;
    const char *text = place->names[0].text;
    size_t len = strlen(text);
    for (int i = 0; i < list->count; i++) {
        size_t tail = strlen(list->words[i]);
        if (tail >= len || strcmp(text + len - tail, list->words[i]) != 0)
            continue;
        const char *rest =
            gaz_arena_strndup(&note->ctx->arena, text, len - tail);
        for (int k = 0; k < list->count; k++)
            if (gaz_text_ends_with(rest, list->words[k])) {
                gaz_note_add(note, "name", text, "通名叠用",
                             "two generic terms, one behind the other");
                return true;
            }
    }
    return true;
}

/* 第三路, 十二村: a number is no specific part. */
bool gaz_row_pure_ordinal(const struct gaz_note *note)
{
    static const char DIGITS[] = "〇零一二三四五六七八九十百千第两廿卅"
                                 "0123456789";
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "generics");
    const struct gaz_place *place = &note->entry->place;
    if (place->name_count == 0 || place->status == GAZ_STATUS_HISTORICAL)
        return false;
    const char *rest = gaz_generic_strip(&note->ctx->arena, list,
                                         place->category, place->names[0].text);
    size_t len = strlen(rest);
    if (len == 0)
        return true;
    for (size_t pos = 0; pos < len;) {
        size_t from = pos;
        (void)gaz_text_next(rest, len, &pos);
        const char *one =
            gaz_arena_strndup(&note->ctx->arena, rest + from, pos - from);
        if (!strstr(DIGITS, one))
            return true;
    }
    gaz_note_add(note, "name", place->names[0].text, "专名只是序数",
                 "nothing but a number for a specific part");
    return true;
}
