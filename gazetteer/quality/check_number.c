/* SPDX-License-Identifier: Apache-2.0 */
/* check_number.c - codes of business records, and numbers with a check digit.
 */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/quality/note.h"

/* Where the parts of the codes begin, in digits. */
enum {
    TOPONYM_DIGITS = 20,
    TOPONYM_CATEGORY = 9,
    TOPONYM_SERIAL = 14,
    ADDRESS_DIGITS = 15,
    ADDRESS_YEAR = 5,
    ADDRESS_CLASS = 9,
    ADDRESS_SERIAL = 10,
    SIGN_DIGITS = 12,
    SIGN_YEAR = 5,
    SIGN_SERIAL = 9,
    YEAR_MIN = 1900,
    YEAR_MAX = 2100,
};

static bool is_digits(const char *text, size_t len)
{
    return strlen(text) == len && strspn(text, "0123456789") == len;
}

static int year_at(const char *code, int at)
{
    int year = 0;
    for (int i = 0; i < 4; i++)
        year = year * 10 + (code[at + i] - '0');
    return year;
}

static bool is_year(int year)
{
    return year >= YEAR_MIN && year <= YEAR_MAX;
}

static bool is_zeros(const char *text)
{
    return strspn(text, "0") == strlen(text);
}

/* ---- C20 ---- */

bool gaz_row_toponym_code(const struct gaz_note *note)
{
    const char *code = gaz_note_attribute(note, GAZ_ATTRIBUTE_TOPONYM_CODE);
    char category[8];
    if (!code)
        return false;
    (void)snprintf(category, sizeof(category), "%05d",
                   note->entry->place.category);
    if (!is_digits(code, TOPONYM_DIGITS))
        gaz_note_add(note, "toponym_code", code, "地名代码应为20位数字",
                     "a place-name code has 20 digits");
    else if (strncmp(code + TOPONYM_CATEGORY, category, 5) != 0)
        gaz_note_add(note, "toponym_code", code,
                     "地名代码的类别段与地名类别不符",
                     "the code's class is not the place's category");
    else if (is_zeros(code + TOPONYM_SERIAL))
        gaz_note_add(note, "toponym_code", code, "地名代码的附加码不应全为零",
                     "the code's serial is zero");
    return true;
}

/* ---- C04 ---- */

/* The class digit of a plate type: "estate=1 road=2 rural=3"; 0: not told. */
static char class_of(const struct gaz_rule *rule, const char *type)
{
    const char *classes = gaz_rule_word(rule, "classes");
    const size_t len = strlen(type);
    for (const char *at = classes; *at;) {
        if (strncmp(at, type, len) == 0 && at[len] == '=')
            return at[len + 1];
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return '\0';
}

static void check_class(const struct gaz_note *note, const char *code)
{
    const char *type = gaz_note_attribute(note, GAZ_ATTRIBUTE_PLATE_TYPE);
    const char wanted = type ? class_of(note->rule, type) : '\0';
    if (wanted && code[ADDRESS_CLASS] != wanted)
        gaz_note_add(note, "address_code", code,
                     "地址编码的类别位与门牌类型不符",
                     "the code's class is not the plate's type");
}

static void check_year(const struct gaz_note *note, const char *code)
{
    const char *day = gaz_note_attribute(note, GAZ_ATTRIBUTE_COMPILED_ON);
    gaz_date date = GAZ_DATE_OPEN;
    const int year = year_at(code, ADDRESS_YEAR);
    if (!is_year(year))
        gaz_note_add(note, "address_code", code, "地址编码的年份段不是年份",
                     "the code's year is none");
    else if (day && gaz_date_parse(day, &date) && date / 10000 != year)
        gaz_note_add(note, "address_code", code, "地址编码的年份与编制日期不符",
                     "the code's year is not that of the day it was compiled");
}

bool gaz_row_address_code(const struct gaz_note *note)
{
    const char *code = gaz_note_attribute(note, GAZ_ATTRIBUTE_ADDRESS_CODE);
    if (!code)
        return false;
    if (!is_digits(code, ADDRESS_DIGITS)) {
        gaz_note_add(note, "address_code", code, "地址编码应为15位数字",
                     "an address code has 15 digits");
        return true;
    }
    if (is_zeros(code + ADDRESS_SERIAL))
        gaz_note_add(note, "address_code", code, "地址编码的流水号不应全为零",
                     "the code's serial is zero");
    check_year(note, code);
    check_class(note, code);
    return true;
}

/* ---- C05 ---- */

bool gaz_row_sign_codes(const struct gaz_note *note)
{
    const char *codes = gaz_note_attribute(note, GAZ_ATTRIBUTE_SIGN_CODES);
    if (!codes)
        return false;
    for (const char *at = codes; *at;) {
        const size_t len = strcspn(at, ";");
        const char *code = gaz_arena_strndup(&note->ctx->arena, at, len);
        if (len > 0 &&
            (!is_digits(code, SIGN_DIGITS) || is_zeros(code + SIGN_SERIAL) ||
             !is_year(year_at(code, SIGN_YEAR))))
            gaz_note_add(note, "sign_codes", code,
                         "路牌编码应为区2位、镇3位、年份4位、流水3位",
                         "a road-sign code is district, town, year and serial");
        at += len + (at[len] ? 1 : 0);
    }
    return true;
}

/* ---- C07 ---- */

/* GB 32100-2015: 18 of 31 signs, the last by weights of 3^i modulo 31. */
static bool is_credit_code(const char *text)
{
    static const char SIGNS[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int sum = 0;
    int weight = 1;
    if (strlen(text) != 18)
        return false;
    for (int i = 0; i < 17; i++) {
        const char *at = strchr(SIGNS, text[i]);
        if (!at)
            return false;
        sum += (int)(at - SIGNS) * weight;
        weight = weight * 3 % 31;
    }
    return text[17] == SIGNS[(31 - sum % 31) % 31];
}

/* GB 11643-1999: 17 digits with a day of birth, the last modulo 11. */
static bool is_citizen_id(const char *text)
{
    static const int WEIGHTS[17] = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                    3, 7, 9,  10, 5, 8, 4, 2};
    static const char SIGNS[] = "10X98765432";
    char day[16];
    gaz_date date;
    int sum = 0;
    if (strlen(text) != 18 || strspn(text, "0123456789") < 17)
        return false;
    for (int i = 0; i < 17; i++)
        sum += (text[i] - '0') * WEIGHTS[i];
    (void)snprintf(day, sizeof(day), "%.4s-%.2s-%.2s", text + 6, text + 10,
                   text + 12);
    return gaz_date_parse(day, &date) && text[17] == SIGNS[sum % 11];
}

/* The numbers of persons are looked at when they come in, never kept and never
 * told: the finding says the column. */
bool gaz_row_check_digits(const struct gaz_note *note)
{
    const char *credit = gaz_note_attribute(note, GAZ_ATTRIBUTE_APPLICANT_CODE);
    const char *citizen = gaz_note_field(note, "citizen_id");
    if (credit && !is_credit_code(credit))
        gaz_note_add(note, "applicant_code", credit, "统一社会信用代码校验不符",
                     "no credit code: its check digit is another");
    if (citizen && !is_citizen_id(citizen))
        gaz_note_doubt(note, "citizen_id", NULL, "证件号码校验不符",
                       "no citizen's number: its check digit is another");
    return credit || citizen;
}
