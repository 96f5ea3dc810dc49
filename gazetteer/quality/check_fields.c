/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/base/date.h"
#include "gazetteer/base/text.h"
#include "gazetteer/model/numbering.h"
#include "gazetteer/quality/note.h"

/* What a field holds. Standardise makes the best of a value that it cannot
 * read; here it is said that it could not. */

enum { ANY_KIND = -1, WORDS_MAX = 20 };

struct word_rule {
    int kind; /* gaz_entry_kind, or ANY_KIND */
    const char *field;
    const char *words[WORDS_MAX]; /* what may stand there; NULL ends */
};

/* The words of gazetteer/standardise, which reads them. */
static const struct word_rule WORD_RULES[] = {
    {GAZ_ENTRY_PLACE,
     "kind",
     {"standard", "标准名称", "alias", "别名", "short", "简称", "former",
      "曾用名", "variant", "异写", "official", "全称"}},
    {GAZ_ENTRY_CHANGE,
     "kind",
     {"rename", "更名", "merge", "合并", "split", "析置", "transfer", "划归",
      "upgrade", "升级", "abolish", "撤销", "establish", "设立", "recode",
      "代码变更"}},
    {GAZ_ENTRY_PLACE,
     "level",
     {"0", "none", "1", "province", "2", "city", "3", "county", "4", "town",
      "5", "village"}},
    {ANY_KIND, "basis", {"none", "document", "edition"}},
    {ANY_KIND,
     "status",
     {"current", "现行", "planned", "规划", "historical", "废弃"}},
    {ANY_KIND,
     "method",
     {"none", "surveyed", "gazetteer", "centroid", "inherited", "derived",
      "synthetic"}},
};

/* Yes or no, in the words of gazetteer/standardise and their opposites. */
static const char *const FLAGS[] = {"statistical", "schematic", "synthetic",
                                    "preferred"};
static const char *const FLAG_WORDS[] = {"1",     "true", "yes", "是", "0",
                                         "false", "no",   "否",  NULL};

static const char *const DATES[] = {"valid_from", "valid_to", "date"};
static const char *const NUMBERS[] = {"x", "y", "accuracy_m"};

static bool is_word(const char *const *words, size_t max, const char *value)
{
    for (size_t i = 0; i < max && words[i]; i++)
        if (strcmp(words[i], value) == 0)
            return true;
    return false;
}

/* GB/T 18521: five digits, the first 1 or 2. */
static void check_category(const struct gaz_note *note)
{
    const char *value = gaz_note_field(note, "category");
    if (note->entry->kind != GAZ_ENTRY_PLACE || !value)
        return;
    if (strlen(value) != 5 || strspn(value, "0123456789") != 5 ||
        (value[0] != '1' && value[0] != '2'))
        gaz_note_add(note, "category", value,
                     "地名类别代码应为 GB/T 18521 的五位数字",
                     "a category is five digits of GB/T 18521");
}

/* Where the numbers of a road begin, and the side of the odd ones. */
static void check_bearings(const struct gaz_note *note)
{
    const char *start = gaz_note_field(note, "numbering_start");
    const char *odd_side = gaz_note_field(note, "odd_side");
    gaz_bearing from = start ? gaz_numbering_bearing(start) : GAZ_BEARING_EAST;
    if (from == GAZ_BEARING_NONE || from > GAZ_BEARING_NORTHWEST)
        gaz_note_add(note, "numbering_start", start,
                     "起点应为方位：东、西北、east、NW",
                     "where numbers begin is a compass point: 东, NW, east");
    if (odd_side && gaz_numbering_bearing(odd_side) == GAZ_BEARING_NONE)
        gaz_note_add(note, "odd_side", odd_side, "单号侧应为方位或左、右",
                     "the side of odd numbers is a compass point, left, right");
}

bool gaz_row_field_word(const struct gaz_note *note)
{
    if (!note->record)
        return false;
    check_category(note);
    check_bearings(note);
    for (size_t i = 0; i < sizeof(WORD_RULES) / sizeof(WORD_RULES[0]); i++) {
        const struct word_rule *rule = &WORD_RULES[i];
        if (rule->kind != ANY_KIND && rule->kind != (int)note->entry->kind)
            continue;
        const char *value = gaz_note_field(note, rule->field);
        if (value && !is_word(rule->words, WORDS_MAX, value))
            gaz_note_add(note, rule->field, value, "取值不在字典内",
                         "not one of the known values");
    }
    for (size_t i = 0; i < sizeof(FLAGS) / sizeof(FLAGS[0]); i++) {
        const char *value = gaz_note_field(note, FLAGS[i]);
        if (value && !is_word(FLAG_WORDS, WORDS_MAX, value))
            gaz_note_add(note, FLAGS[i], value, "应为是或否（1 或 0）",
                         "neither yes nor no (1 or 0)");
    }
    return true;
}

static void check_claim_date(const struct gaz_note *note)
{
    const char *value = note->entry->claim.value_date;
    gaz_date date;
    if (value && *value && !gaz_date_parse(value, &date))
        gaz_note_doubt(note, "value_date", value, "日期不能按年月日解读",
                       "not a date that can be compared");
}

/* A business record's field of a type must be of it. */
static void check_attributes(const struct gaz_note *note,
                             gaz_attribute_type type)
{
    for (int i = 0; i < GAZ_ATTRIBUTES; i++) {
        const char *name = gaz_attribute_name((gaz_attribute_kind)i);
        const char *value = gaz_note_field(note, name);
        gaz_date date;
        double number;
        if (!value || gaz_attribute_type_of((gaz_attribute_kind)i) != type)
            continue;
        if (type == GAZ_ATTRIBUTE_IS_DATE && !gaz_date_parse(value, &date))
            gaz_note_add(note, name, value,
                         "日期应写作 YYYY、YYYY-MM 或 YYYY-MM-DD",
                         "a date is YYYY, YYYY-MM or YYYY-MM-DD");
        else if (type == GAZ_ATTRIBUTE_IS_NUMBER &&
                 !gaz_text_parse_double(value, &number))
            gaz_note_add(note, name, value, "不是数字", "not a number");
    }
}

bool gaz_row_field_date(const struct gaz_note *note)
{
    if (note->entry->kind == GAZ_ENTRY_CLAIM)
        check_claim_date(note);
    if (!note->record)
        return note->entry->kind == GAZ_ENTRY_CLAIM;
    for (size_t i = 0; i < sizeof(DATES) / sizeof(DATES[0]); i++) {
        const char *value = gaz_note_field(note, DATES[i]);
        gaz_date date;
        if (value && !gaz_date_parse(value, &date))
            gaz_note_add(note, DATES[i], value,
                         "日期应写作 YYYY、YYYY-MM 或 YYYY-MM-DD",
                         "a date is YYYY, YYYY-MM or YYYY-MM-DD");
    }
    check_attributes(note, GAZ_ATTRIBUTE_IS_DATE);
    return true;
}

bool gaz_row_field_number(const struct gaz_note *note)
{
    if (!note->record)
        return false;
    for (size_t i = 0; i < sizeof(NUMBERS) / sizeof(NUMBERS[0]); i++) {
        const char *value = gaz_note_field(note, NUMBERS[i]);
        double number;
        if (!value)
            continue;
        if (!gaz_text_parse_double(value, &number))
            gaz_note_add(note, NUMBERS[i], value, "不是数字", "not a number");
        else if (strcmp(NUMBERS[i], "accuracy_m") == 0 && number <= 0)
            gaz_note_add(note, NUMBERS[i], value, "精度应大于零",
                         "an accuracy is more than zero");
    }
    check_attributes(note, GAZ_ATTRIBUTE_IS_NUMBER);
    return true;
}
