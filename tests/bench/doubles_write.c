/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/doubles_write.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Characters of names; those of a row sound alike. */
static const char *const SOUNDS[] = {
    "新心辛", "兴星", "华花化", "红虹洪", "平萍坪", "青清轻", "建健", "江姜",
    "东冬",   "福富", "和河荷", "林琳临", "龙隆",   "山杉",   "石时", "塘堂唐",
    "文闻",   "西溪", "阳杨洋", "永泳",   "玉育",   "云芸",   "中忠", "竹竺",
    "金锦",   "景井", "兰蓝",   "南楠",   "浦普",   "前钱",   "仁人", "荣容",
    "桃陶",   "丰枫", "光广",   "高",     "古",     "海",     "黄",   "康",
    "乐",     "梅",   "宁",     "泉",     "胜",     "顺",     "天",   "秀",
    "泽",     "安",   "白",     "长",     "春",     "大",     "民",   "明"};

/* Look alike in print or handwriting. */
static const char *const SHAPES[] = {"浦埔", "龙尤", "清青", "林材", "桃挑",
                                     "塘糖", "石右", "东车", "西酉", "阳阴",
                                     "天夫", "玉王", "永水", "民良", "光先",
                                     "高亭", "古右", "白自", "竹什", "和利"};

static int count_of(const char *text)
{
    return (int)gaz_text_count(text, strlen(text));
}

/* Character `index` of a text, as a string. */
static void nth(const char *text, int index, char out[8])
{
    size_t at = 0;
    size_t from = 0;
    for (int i = 0; i <= index; i++) {
        from = at;
        (void)gaz_text_next(text, strlen(text), &at);
    }
    (void)snprintf(out, 8, "%.*s", (int)(at - from), text + from);
}

static void draw_of(struct city_random *random, const char *row, char out[8])
{
    nth(row, (int)city_below(random, (uint32_t)count_of(row)), out);
}

void doubles_draw_name(struct city_random *random, int chars,
                       char out[DOUBLES_NAME_BYTES])
{
    size_t size = 0;
    out[0] = '\0';
    for (int i = 0; i < chars; i++) {
        char c[8];
        draw_of(random, SOUNDS[city_below(random, COUNT(SOUNDS))], c);
        size +=
            (size_t)snprintf(out + size, DOUBLES_NAME_BYTES - size, "%s", c);
    }
}

static const char *row_of(const char *const *rows, size_t count, const char *c)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(rows[i], c))
            return rows[i];
    return NULL;
}

/* Another character for `c`; false: none. */
static bool draw_other(struct city_random *random, const char *c,
                       doubles_class which, char out[8])
{
    const char *row = which == DOUBLES_SOUND ? row_of(SOUNDS, COUNT(SOUNDS), c)
                                             : row_of(SHAPES, COUNT(SHAPES), c);
    if (which == DOUBLES_LETTER && (!row || city_below(random, 2)))
        row = SOUNDS[city_below(random, COUNT(SOUNDS))];
    for (int i = 0; row && i < 8; i++) {
        draw_of(random, row, out);
        if (strcmp(out, c) != 0)
            return true;
    }
    return false;
}

bool doubles_spoil(struct city_random *random, const char *name,
                   doubles_class which, char out[DOUBLES_NAME_BYTES])
{
    const int count = count_of(name);
    const int specific = count > 3 ? count - 1 : 2;
    const int at = (int)city_below(random, (uint32_t)specific);
    size_t size = 0;
    bool changed = false;
    out[0] = '\0';
    for (int i = 0; i < count; i++) {
        char c[8];
        char other[8];
        nth(name, i, c);
        if (i == at && which == DOUBLES_LACKING && count > 3) {
            changed = true;
            continue;
        }
        if (i == at && which != DOUBLES_LACKING &&
            draw_other(random, c, which, other)) {
            memcpy(c, other, sizeof(c));
            changed = true;
        }
        size +=
            (size_t)snprintf(out + size, DOUBLES_NAME_BYTES - size, "%s", c);
    }
    return changed;
}

/* ---- numbers ---- */

static void spell(int value, char *out, size_t size)
{
    static const char *const DIGITS[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    const int hundreds = value / 100;
    const int tens = value / 10 % 10;
    const int ones = value % 10;
    (void)snprintf(out, size, "%s%s%s%s%s", hundreds ? DIGITS[hundreds] : "",
                   hundreds ? "百" : "",
                   tens > 1 || (tens == 1 && hundreds) ? DIGITS[tens]
                   : hundreds && !tens && ones         ? "零"
                                                       : "",
                   tens ? "十" : "", ones ? DIGITS[ones] : "");
}

static void widen(int value, char *out, size_t size)
{
    static const char *const WIDE[] = {"０", "１", "２", "３", "４",
                                       "５", "６", "７", "８", "９"};
    char digits[16];
    size_t used = 0;
    (void)snprintf(digits, sizeof(digits), "%d", value);
    for (const char *at = digits; *at; at++)
        used +=
            (size_t)snprintf(out + used, size - used, "%s", WIDE[*at - '0']);
}

static void put(char *out, const char *text)
{
    size_t size = strlen(out);
    (void)snprintf(out + size, DOUBLES_TEXT_BYTES - size, "%s", text);
}

static void put_number(char *out, const char *format, int value)
{
    size_t size = strlen(out);
    (void)snprintf(out + size, DOUBLES_TEXT_BYTES - size, "%d%s", value,
                   format);
}

static void put_annex(struct city_random *random, int plate, int annex,
                      bool is_standard, char *out)
{
    char text[64];
    switch (is_standard ? 0 : 1 + city_below(random, 5)) {
    case 0:
        (void)snprintf(text, sizeof(text), "%d号-%d", plate, annex);
        break;
    case 1:
        (void)snprintf(text, sizeof(text), "%d号之%d", plate, annex);
        break;
    case 2:
        (void)snprintf(text, sizeof(text), "%d号附%d", plate, annex);
        break;
    case 3:
        (void)snprintf(text, sizeof(text), "%d之%d号", plate, annex);
        break;
    case 4:
        (void)snprintf(text, sizeof(text), "%d附%d号", plate, annex);
        break;
    default:
        (void)snprintf(text, sizeof(text), "%d-%d号", plate, annex);
    }
    put(out, text);
}

static void put_plate(struct city_random *random,
                      const struct doubles_address *a, doubles_class which,
                      char *out)
{
    char text[64];
    if (a->plate == 0)
        return;
    if (a->annex) {
        put_annex(random, a->plate, a->annex, which != DOUBLES_ANNEX, out);
        return;
    }
    uint32_t way = which == DOUBLES_WRITING ? city_below(random, 5) : 4;
    if (way == 0 && a->plate < 1000) {
        spell(a->plate, text, sizeof(text));
        put(out, text);
        put(out, "号");
    } else if (way == 1) {
        put_number(out, a->building ? "号" : "#", a->plate);
    } else if (way == 2) {
        widen(a->plate, text, sizeof(text));
        put(out, text);
        put(out, "号");
    } else {
        put(out, way == 3 ? " " : "");
        put_number(out, "号", a->plate);
    }
}

static void put_units(struct city_random *random,
                      const struct doubles_address *a, doubles_class which,
                      char *out)
{
    static const char *const BUILDINGS[] = {"幢", "栋", "号楼", "幢"};
    const bool varies = which == DOUBLES_WRITING;
    char text[64];
    if (a->building && a->cell && a->room && varies &&
        city_below(random, 4) == 0) {
        (void)snprintf(text, sizeof(text), "%d-%d-%d", a->building, a->cell,
                       a->room);
        put(out, text);
        return;
    }
    if (a->building && varies && city_below(random, 4) == 0) {
        put(out, "第");
        spell(a->building, text, sizeof(text));
        put(out, text);
        put(out, "幢");
    } else if (a->building) {
        put_number(out, BUILDINGS[varies ? city_below(random, 3) : 0],
                   a->building);
    }
    if (a->cell && which != DOUBLES_UNIT)
        put_number(out, "单元", a->cell);
    if (a->room)
        put_number(out, varies && city_below(random, 2) ? "" : "室", a->room);
}

/* ---- the whole ---- */

static void put_divisions(struct city_random *random,
                          const struct doubles_address *a, doubles_class which,
                          char *out)
{
    /* how many of province and county are left out */
    uint32_t from = which == DOUBLES_HIERARCHY ? 1 + city_below(random, 2) : 0;
    if (from < 1)
        put(out, a->province);
    if (from < 2)
        put(out, a->county);
    if (which != DOUBLES_NO_TOWN)
        put(out, a->town);
    if (a->village)
        put(out, a->village);
}

void doubles_write(struct city_random *random, const struct doubles_address *a,
                   doubles_class which, char out[DOUBLES_TEXT_BYTES])
{
    static const char *const WORDS[] = {" 收货人王先生 13800000000",
                                        "（请电联）", " 电话13900000000",
                                        "，送货上门"};
    out[0] = '\0';
    put_divisions(random, a, which, out);
    put(out, a->name);
    put_plate(random, a, which, out);
    put_units(random, a, which, out);
    if (a->site && which == DOUBLES_SITE)
        put(out, a->site);
    if (which == DOUBLES_WORDS)
        put(out, WORDS[city_below(random, COUNT(WORDS))]);
}
