/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/quality/note.h"

enum {
    TOWN_CLASS = 6,
    VILLAGE_CLASS = 9,
    TOWN_DIGITS = 9,
    VILLAGE_DIGITS = 12
};

/* Digits of the code of each level (GB/T 2260, GB/T 10114, statistics). */
static const size_t DIGITS[] = {[GAZ_LEVEL_PROVINCE] = 2,
                                [GAZ_LEVEL_CITY] = 4,
                                [GAZ_LEVEL_COUNTY] = 6,
                                [GAZ_LEVEL_TOWN] = TOWN_DIGITS,
                                [GAZ_LEVEL_VILLAGE] = VILLAGE_DIGITS};

static bool is_digits(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

static bool is_known_length(size_t len)
{
    for (size_t i = GAZ_LEVEL_PROVINCE; i <= GAZ_LEVEL_VILLAGE; i++)
        if (DIGITS[i] == len)
            return true;
    return false;
}

/* The provinces of GB/T 2260, by their first two digits. */
static bool is_province(const char *code)
{
    static const char *const FIRST[] = {"12345", "123",   "1234567", "123456",
                                        "01234", "12345", "1",       "12"};
    if (code[0] < '1' || code[0] > '8')
        return false;
    return strchr(FIRST[code[0] - '1'], code[1]) != NULL && code[1] != '\0';
}

void gaz_check_code(const struct gaz_note *note, const char *field,
                    const char *code)
{
    if (!is_digits(code))
        gaz_note_add(note, "C01", GAZ_SEVERITY_ERROR, field, code,
                     "区划代码只能是数字", "a code has digits only");
    else if (!is_known_length(strlen(code)))
        gaz_note_add(note, "C01", GAZ_SEVERITY_ERROR, field, code,
                     "区划代码应为2、4、6、9或12位",
                     "a code has 2, 4, 6, 9 or 12 digits");
    else if (!is_province(code))
        gaz_note_add(note, "C01", GAZ_SEVERITY_ERROR, field, code,
                     "代码前两位不是省级代码",
                     "the first two digits are no province");
}

/* C02: 001 to 199 and 400 to 499 are 居委会 and alike, 200 to 399 and 500 to
 * 599 村委会 and alike. */
typedef enum { NEITHER, COMMUNITY, VILLAGE } body;

static body body_of_code(const char *code)
{
    char digit = code[VILLAGE_CLASS];
    if (digit == '0' || digit == '1' || digit == '4')
        return COMMUNITY;
    return digit == '2' || digit == '3' || digit == '5' ? VILLAGE : NEITHER;
}

static body body_of_name(const char *name)
{
    if (strstr(name, "居委会") || strstr(name, "居民委员会") ||
        gaz_text_ends_with(name, "社区"))
        return COMMUNITY;
    if (strstr(name, "村委会") || strstr(name, "村民委员会") ||
        gaz_text_ends_with(name, "村"))
        return VILLAGE;
    return NEITHER;
}

static void check_village_class(const struct gaz_note *note,
                                const struct gaz_place *place)
{
    const char *code = place->code;
    /* The row's own words first: the standard name has lost the suffix. */
    const char *name = gaz_note_field(note, "name");
    if (!name && place->name_count > 0)
        name = place->names[0].text;
    if (!name)
        return;
    body named = body_of_name(name);
    body coded = body_of_code(code);
    if (strcmp(code + VILLAGE_CLASS, "000") == 0 || coded == NEITHER)
        gaz_note_add(note, "C02", GAZ_SEVERITY_WARNING, "code", code,
                     "村级代码段未定义", "the village segment is not defined");
    else if (named != NEITHER && named != coded)
        gaz_note_add(note, "C02", GAZ_SEVERITY_WARNING, "code", code,
                     "村级代码段与名称后缀不符",
                     "the village segment does not fit the name's suffix");
    else if (named != NEITHER && code[VILLAGE_CLASS] >= '4')
        gaz_note_add(note, "C02", GAZ_SEVERITY_WARNING, "code", code,
                     "代码在类似村、居委会段（4xx、5xx），名称却是村、居委会",
                     "a code for bodies alike (4xx, 5xx) on a village or "
                     "neighbourhood committee");
}

/* C03, the part that needs no database: the parent's code begins the code. */
static void check_parent(const struct gaz_note *note,
                         const struct gaz_place *place)
{
    const char *parent = place->parent_code;
    if (!parent || !*parent)
        return;
    size_t len = strlen(parent);
    /* xx90xx: under the province by its code, led by a city (339012 平湖市). */
    if (strlen(place->code) == DIGITS[GAZ_LEVEL_COUNTY] &&
        strncmp(place->code + 2, "90", 2) == 0)
        len = 2;
    if (len >= strlen(place->code) || strncmp(parent, place->code, len) != 0)
        gaz_note_add(note, "C03", GAZ_SEVERITY_ERROR, "parent_code", parent,
                     "上级代码不是本代码的前缀",
                     "the parent's code does not begin the code");
}

/* C06: a township with 4 or 5 after the county is a reporting unit of the
 * statistics bureau, not a division that law knows. */
static void check_statistical(const struct gaz_note *note,
                              const struct gaz_place *place)
{
    bool is_coded =
        place->code[TOWN_CLASS] == '4' || place->code[TOWN_CLASS] == '5';
    if (is_coded && !place->is_statistical)
        gaz_note_add(note, "C06", GAZ_SEVERITY_WARNING, "code", place->code,
                     "乡级代码第一位为4或5，是统计单位，不是法定政区",
                     "a reporting unit by its code, not a legal division");
    else if (!is_coded && place->is_statistical &&
             place->level == GAZ_LEVEL_TOWN)
        gaz_note_add(note, "C06", GAZ_SEVERITY_WARNING, "code", place->code,
                     "标为统计单位，代码却是法定政区的",
                     "marked as a reporting unit, coded as a division");
}

static bool is_sound(const char *code)
{
    return is_digits(code) && is_known_length(strlen(code)) &&
           is_province(code);
}

void gaz_check_codes(const struct gaz_note *note)
{
    const struct gaz_place *place = &note->entry->place;
    /* `subject` may be a record key, and says nothing about a code. */
    bool joins =
        gaz_note_field(note, "subject") && !gaz_note_field(note, "code");
    if (!place->code || !*place->code || joins)
        return;
    gaz_check_code(note, "code", place->code);
    if (!is_sound(place->code))
        return;
    size_t len = strlen(place->code);
    if (place->level != GAZ_LEVEL_NONE && DIGITS[place->level] != len) {
        gaz_note_add(note, "C01", GAZ_SEVERITY_ERROR, "code", place->code,
                     "代码位数与级别不符",
                     "the code's length does not fit the level");
        return;
    }
    check_parent(note, place);
    if (place->level == GAZ_LEVEL_TOWN && len == TOWN_DIGITS)
        check_statistical(note, place);
    if (place->level == GAZ_LEVEL_VILLAGE && len == VILLAGE_DIGITS)
        check_village_class(note, place);
}
