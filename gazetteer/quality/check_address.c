/* SPDX-License-Identifier: Apache-2.0 */
/* check_address.c - an address by itself: parts, characters, unit words. */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/quality/note.h"

enum { COMMUNITY = 4, NUMBERED = 5 }; /* places in gaz_entry.components */

static bool is_given(const char *text)
{
    return text && *text;
}

bool gaz_row_address_parent(const struct gaz_note *note)
{
    const struct gaz_address *address = &note->entry->address;
    const char *const *parts = note->entry->components;
    if (address->parent == 0 && !is_given(parts[NUMBERED]) &&
        !is_given(parts[COMMUNITY]))
        gaz_note_add(note, "text", address->text, "没有街路巷、小区或村",
                     "no road, estate or village");
    return true;
}

bool gaz_row_address_number(const struct gaz_note *note)
{
    const struct gaz_address *address = &note->entry->address;
    if (!is_given(address->number))
        gaz_note_add(note, "number", address->text, "没有门牌号", "no number");
    return true;
}

/* Han, ASCII letters and digits, '-' between numbers; brackets hold a note. */
static bool fits(uint32_t c)
{
    return gaz_text_is_han(c) || (c >= '0' && c <= '9') ||
           (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '(' || c == ')';
}

bool gaz_row_address_characters(const struct gaz_note *note)
{
    const char *text = note->entry->address.text;
    if (!is_given(text))
        return false;
    size_t len = strlen(text);
    for (size_t pos = 0; pos < len;)
        if (!fits(gaz_text_next(text, len, &pos))) {
            gaz_note_add(note, "text", text, "地址中有非法字符",
                         "a character that no address has");
            break;
        }
    return true;
}

/* The part with the standard word in place of each that is not, behind a
 * digit. */
static const char *mended(struct gaz_arena *arena,
                          const struct gaz_rule_list *list, const char *part)
{
    for (int i = 0; i < list->count; i++) {
        size_t len = strcspn(list->words[i], " ");
        const char *wrong = gaz_arena_strndup(arena, list->words[i], len);
        const char *right = list->words[i][len] ? list->words[i] + len + 1 : "";
        const char *at = *right ? strstr(part, wrong) : NULL;
        while (at) {
            size_t before = (size_t)(at - part);
            bool is_unit = at > part && at[-1] >= '0' && at[-1] <= '9';
            const char *rest = at + len;
            if (is_unit) {
                part = gaz_arena_printf(arena, "%.*s%s%s", (int)before, part,
                                        right, rest);
                rest = part + before + strlen(right);
            }
            at = strstr(rest, wrong);
        }
    }
    return part;
}

/* One field mends it, unless both parts are wrong. */
static void fix_units(const struct gaz_note *note,
                      const struct gaz_rule_list *list)
{
    const struct gaz_address *address = &note->entry->address;
    struct gaz_arena *arena = &note->ctx->arena;
    const char *number = mended(arena, list, address->number);
    const char *tail = mended(arena, list, address->tail);
    bool number_is_wrong = strcmp(number, address->number) != 0;
    bool tail_is_wrong = strcmp(tail, address->tail) != 0;
    if (number_is_wrong && !tail_is_wrong)
        gaz_note_fix(note, "number", number);
    if (tail_is_wrong && !number_is_wrong)
        gaz_note_fix(note, "tail", tail);
}

/* A unit word that is not the standard's, behind a number: the list says
 * "wrong right" a line (栋 幢). */
bool gaz_row_address_units(const struct gaz_note *note)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "list");
    const struct gaz_address *address = &note->entry->address;
    if (!address->number || !address->tail || list->count == 0)
        return false;
    const char *text = gaz_arena_printf(&note->ctx->arena, "%s%s",
                                        address->number, address->tail);
    for (int i = 0; i < list->count; i++) {
        size_t len = strcspn(list->words[i], " ");
        const char *wrong =
            gaz_arena_strndup(&note->ctx->arena, list->words[i], len);
        const char *at = strstr(text, wrong);
        if (at && at > text && at[-1] >= '0' && at[-1] <= '9') {
            gaz_note_add(note, "number", text, "单位字不是标准用字",
                         "a unit word that is not the standard's");
            fix_units(note, list);
            break;
        }
    }
    return true;
}

/* The bytes of the part that ends at text[end] and stands there once more; 0:
 * none. Equal first bytes of characters begin characters. */
static size_t twice_at(const char *text, size_t end, size_t least)
{
    size_t rest = strlen(text + end);
    for (size_t part = least; part <= end && part <= rest; part++)
        if (text[end - part] == text[end] &&
            memcmp(text + end - part, text + end, part) == 0)
            return part;
    return 0;
}

/* 凤桥社区凤桥社区黄家浜1号: a part that stands twice, one behind the other,
 * and ends with a unit (八里村八里村: a village and its hamlet are two). */
bool gaz_row_address_doubled(const struct gaz_note *note)
{
    static const char *const UNITS[] = {"社区", "路",   "街", "镇",
                                        "街道", "小区", "号"};
    const char *text = note->entry->address.text;
    size_t least = (size_t)gaz_rule_number(note->rule, "min_chars") * 3;
    if (!is_given(text))
        return false;
    for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++) {
        size_t len = strlen(UNITS[i]);
        for (const char *at = strstr(text, UNITS[i]); at;
             at = strstr(at + len, UNITS[i])) {
            size_t end = (size_t)(at - text) + len;
            size_t part = twice_at(text, end, least > len ? least : len);
            if (part == 0)
                continue;
            gaz_note_add(note, "text",
                         gaz_arena_strndup(&note->ctx->arena, text + end - part,
                                           2 * part),
                         "同一要素重复出现", "a part that stands twice");
            return true;
        }
    }
    return true;
}

/* The standard text ends with the number and what follows. */
bool gaz_row_address_canonical(const struct gaz_note *note)
{
    const struct gaz_address *address = &note->entry->address;
    if (!is_given(address->text) || !is_given(address->number))
        return false;
    const char *end =
        gaz_arena_printf(&note->ctx->arena, "%s%s", address->number,
                         address->tail ? address->tail : "");
    if (!gaz_text_ends_with(address->text, end))
        gaz_note_add(note, "text", address->text,
                     "地址与门牌号、楼室号拼写不一致",
                     "the text does not end with its own number");
    return true;
}
