/* SPDX-License-Identifier: Apache-2.0 */
/* check_name.c - the characters and the length of names. */
#include <string.h>
#include <strings.h>

#include "gazetteer/base/text.h"
#include "gazetteer/quality/note.h"

/* Latin in either case. */
static bool is_placeholder(const struct gaz_rule_list *words, const char *text)
{
    for (int i = 0; i < words->count; i++)
        if (strcasecmp(text, words->words[i]) == 0)
            return true;
    return gaz_text_starts_with(text, "测试");
}

/* ---- N05: characters ---- */

typedef enum { FITS, DOUBTFUL, STRANGE } char_class;

/* Han fits. 、 (东礁一、三居委会), brackets ((筹), （南）) and the dot stand in
 * names that the bureaus publish: an officer should look. */
static char_class class_of(const struct gaz_rule_list *marks, uint32_t c)
{
    char text[5] = "";
    if (gaz_text_is_han(c))
        return FITS;
    text[gaz_text_encode(c, text)] = '\0';
    return gaz_rule_list_has(marks, text) ? DOUBTFUL : STRANGE;
}

static char_class worst_class(const struct gaz_rule_list *marks,
                              const char *text)
{
    char_class worst = FITS;
    size_t len = strlen(text);
    for (size_t pos = 0; pos < len;) {
        char_class found = class_of(marks, gaz_text_next(text, len, &pos));
        if (found > worst)
            worst = found;
    }
    return worst;
}

/* Blocks what would become a division's standard name; a name that was, an
 * alias or a site's is as its source writes it. */
static bool is_to_be_used(const struct gaz_place *place,
                          const struct gaz_name *name)
{
    return name->kind == GAZ_NAME_STANDARD && name->valid_to == GAZ_DATE_OPEN &&
           place->level != GAZ_LEVEL_NONE &&
           place->status != GAZ_STATUS_HISTORICAL;
}

/* A short form or a spelling has no generic and is not written in Han. */
static bool is_full_name(const struct gaz_name *name)
{
    return name->kind == GAZ_NAME_STANDARD || name->kind == GAZ_NAME_FORMER;
}

bool gaz_row_placeholder(const struct gaz_note *note)
{
    const struct gaz_place *place = &note->entry->place;
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "list");
    for (int i = 0; i < place->name_count; i++)
        if (is_placeholder(list, place->names[i].text))
            gaz_note_add(note, "name", place->names[i].text,
                         "占位文字，不是地名", "a placeholder, not a name");
    return list->count > 0 && place->name_count > 0;
}

static void check_characters(const struct gaz_note *note,
                             const struct gaz_name *name)
{
    char_class worst =
        worst_class(gaz_rule_list(note->rule, "marks"), name->text);
    static const char ZH[] = "地名用字不应有字母、数字或标点";
    static const char EN[] = "a name has no letters, digits or punctuation";
    if (worst == STRANGE && is_to_be_used(&note->entry->place, name))
        gaz_note_add(note, "name", name->text, ZH, EN);
    else if (worst == STRANGE)
        gaz_note_doubt(note, "name", name->text, ZH, EN);
    else if (worst == DOUBTFUL)
        gaz_note_doubt(note, "name", name->text,
                       "地名中有顿号、括号或间隔号，请核实",
                       "a name with 、 brackets or a dot: please verify");
}

bool gaz_row_characters(const struct gaz_note *note)
{
    const struct gaz_place *place = &note->entry->place;
    for (int i = 0; i < place->name_count; i++)
        if (is_full_name(&place->names[i]))
            check_characters(note, &place->names[i]);
    return place->name_count > 0;
}

/* The standard name of today; NULL: none. */
static const char *current_name(const struct gaz_note *note)
{
    const struct gaz_place *place = &note->entry->place;
    if (place->name_count == 0 || place->status == GAZ_STATUS_HISTORICAL ||
        place->names[0].kind != GAZ_NAME_STANDARD)
        return NULL;
    return place->names[0].text;
}

static bool has_character(const struct gaz_rule_list *list, const char *one)
{
    for (int i = 0; i < list->count; i++)
        if (strstr(list->words[i], one))
            return true;
    return false;
}

bool gaz_row_rare_characters(const struct gaz_note *note)
{
    const struct gaz_rule_list *common = gaz_rule_list(note->rule, "common");
    const struct gaz_rule_list *exempt = gaz_rule_list(note->rule, "exempt");
    const char *name = current_name(note);
    if (!name || common->count == 0)
        return false;
    size_t len = strlen(name);
    for (size_t pos = 0; pos < len;) {
        size_t from = pos;
        uint32_t c = gaz_text_next(name, len, &pos);
        const char *one =
            gaz_arena_strndup(&note->ctx->arena, name + from, pos - from);
        if (gaz_text_is_han(c) && !has_character(exempt, one) &&
            !has_character(common, one))
            gaz_note_add(note, "name", one, "不在规范汉字常用级内的用字",
                         "a character that is not in common use");
    }
    return true;
}

bool gaz_row_word_within(const struct gaz_note *note)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "list");
    const char *name = current_name(note);
    if (!name || list->count == 0)
        return false;
    const char *word = gaz_rule_list_within(list, name);
    if (word && strcmp(word, name) != 0)
        gaz_note_doubt(note, "name", word, note->rule->title,
                       note->rule->title_en);
    else if (word)
        gaz_note_add(note, "name", word, note->rule->title,
                     note->rule->title_en);
    return true;
}

bool gaz_row_name_length(const struct gaz_note *note)
{
    const char *name = current_name(note);
    if (!name)
        return false;
    if ((double)gaz_text_count(name, strlen(name)) >
        gaz_rule_number(note->rule, "max"))
        gaz_note_add(note, "name", name, "名称过长",
                     "a name that is longer than the limit");
    return true;
}

/* 沈家弄村, 四牌楼社区, 八字村: what cuts addresses would cut here. */
bool gaz_row_unit_in_name(const struct gaz_note *note)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "list");
    const struct gaz_place *place = &note->entry->place;
    const char *name = current_name(note);
    if (!name || list->count == 0 || place->level != GAZ_LEVEL_VILLAGE)
        return false;
    for (int i = 0; i < list->count; i++) {
        const char *at = strstr(name, list->words[i]);
        if (at && at[strlen(list->words[i])]) {
            gaz_note_add(note, "name", name, "名称中有像地址单位或数字的字",
                         "a name with what looks like a unit of an address");
            break;
        }
    }
    return true;
}
