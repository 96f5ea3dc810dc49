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

static void check_grammar(const struct gaz_note *note, const char *field,
                          const char *code)
{
    if (!is_digits(code))
        gaz_note_add(note, field, code, "区划代码只能是数字",
                     "a code has digits only");
    else if (!is_known_length(strlen(code)))
        gaz_note_add(note, field, code, "区划代码应为2、4、6、9或12位",
                     "a code has 2, 4, 6, 9 or 12 digits");
    else if (!is_province(code))
        gaz_note_add(note, field, code, "代码前两位不是省级代码",
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

/* The row's own words first: the standard name has lost the suffix; of a stored
 * place the official name still has it. */
static const char *fullest_name(const struct gaz_note *note,
                                const struct gaz_place *place)
{
    const char *name = gaz_note_field(note, "name");
    for (int i = 0; !name && i < place->name_count; i++)
        if (place->names[i].kind == GAZ_NAME_OFFICIAL &&
            place->names[i].valid_to == GAZ_DATE_OPEN)
            name = place->names[i].text;
    if (!name && place->name_count > 0)
        name = place->names[0].text;
    return name;
}

static void check_suffix(const struct gaz_note *note,
                         const struct gaz_place *place)
{
    const char *code = place->code;
    const char *name = fullest_name(note, place);
    if (!name)
        return;
    body named = body_of_name(name);
    body coded = body_of_code(code);
    if (strcmp(code + VILLAGE_CLASS, "000") == 0 || coded == NEITHER)
        gaz_note_add(note, "code", code, "村级代码段未定义",
                     "the village segment is not defined");
    else if (named != NEITHER && named != coded)
        gaz_note_add(note, "code", code, "村级代码段与名称后缀不符",
                     "the village segment does not fit the name's suffix");
    else if (named != NEITHER && code[VILLAGE_CLASS] >= '4')
        gaz_note_add(note, "code", code,
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
        gaz_note_add(note, "parent_code", parent, "上级代码不是本代码的前缀",
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
        gaz_note_add(note, "code", place->code,
                     "乡级代码第一位为4或5，是统计单位，不是法定政区",
                     "a reporting unit by its code, not a legal division");
    else if (!is_coded && place->is_statistical &&
             place->level == GAZ_LEVEL_TOWN)
        gaz_note_add(note, "code", place->code,
                     "标为统计单位，代码却是法定政区的",
                     "marked as a reporting unit, coded as a division");
}

static bool is_sound(const char *code)
{
    return is_digits(code) && is_known_length(strlen(code)) &&
           is_province(code);
}

/* The place's code when the row speaks of one: `subject` may be a record key,
 * and says nothing about a code. */
static const char *code_of(const struct gaz_note *note)
{
    if (note->entry->kind != GAZ_ENTRY_PLACE)
        return NULL;
    const char *code = note->entry->place.code;
    bool joins =
        gaz_note_field(note, "subject") && !gaz_note_field(note, "code");
    return code && *code && !joins ? code : NULL;
}

/* A sound code of the length of its level. */
static bool fits_level(const struct gaz_place *place, const char *code)
{
    return code && is_sound(code) &&
           (place->level == GAZ_LEVEL_NONE ||
            DIGITS[place->level] == strlen(code));
}

/* An end may be named by the key of its record (quantang-zhen, whose code no
 * source tells); whether there is such a record is the importer's to find. */
static void check_end(const struct gaz_note *note, const char *field,
                      const char *code)
{
    if (code && *code >= '0' && *code <= '9')
        check_grammar(note, field, code);
}

bool gaz_row_code_grammar(const struct gaz_note *note)
{
    if (note->entry->kind == GAZ_ENTRY_CHANGE) {
        check_end(note, "from_code", note->entry->change.from_code);
        check_end(note, "to_code", note->entry->change.to_code);
        return true;
    }
    const char *code = code_of(note);
    if (!code)
        return false;
    check_grammar(note, "code", code);
    if (is_sound(code) && !fits_level(&note->entry->place, code))
        gaz_note_add(note, "code", code, "代码位数与级别不符",
                     "the code's length does not fit the level");
    return true;
}

bool gaz_row_code_prefix(const struct gaz_note *note)
{
    const struct gaz_place *place = &note->entry->place;
    if (!fits_level(place, code_of(note)))
        return false;
    check_parent(note, place);
    return true;
}

bool gaz_row_code_statistical(const struct gaz_note *note)
{
    const struct gaz_place *place = &note->entry->place;
    if (place->level != GAZ_LEVEL_TOWN || !fits_level(place, code_of(note)))
        return false;
    check_statistical(note, place);
    return true;
}

bool gaz_row_code_suffix(const struct gaz_note *note)
{
    const struct gaz_place *place = &note->entry->place;
    if (place->level != GAZ_LEVEL_VILLAGE || !fits_level(place, code_of(note)))
        return false;
    check_suffix(note, place);
    return true;
}
