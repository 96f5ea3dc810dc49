/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/model/numbering.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* Longer words first: 东北 before 东. */
static const struct {
    const char *word;
    gaz_bearing bearing;
} DIRECTIONS[] = {
    {"东北", GAZ_BEARING_NORTHEAST}, {"北东", GAZ_BEARING_NORTHEAST},
    {"东南", GAZ_BEARING_SOUTHEAST}, {"南东", GAZ_BEARING_SOUTHEAST},
    {"西南", GAZ_BEARING_SOUTHWEST}, {"南西", GAZ_BEARING_SOUTHWEST},
    {"西北", GAZ_BEARING_NORTHWEST}, {"北西", GAZ_BEARING_NORTHWEST},
    {"北", GAZ_BEARING_NORTH},       {"东", GAZ_BEARING_EAST},
    {"南", GAZ_BEARING_SOUTH},       {"西", GAZ_BEARING_WEST},
    {"左", GAZ_BEARING_LEFT},        {"右", GAZ_BEARING_RIGHT},
};

static const struct {
    const char *word;
    gaz_bearing bearing;
} ENGLISH[] = {
    {"north", GAZ_BEARING_NORTH}, {"northeast", GAZ_BEARING_NORTHEAST},
    {"east", GAZ_BEARING_EAST},   {"southeast", GAZ_BEARING_SOUTHEAST},
    {"south", GAZ_BEARING_SOUTH}, {"southwest", GAZ_BEARING_SOUTHWEST},
    {"west", GAZ_BEARING_WEST},   {"northwest", GAZ_BEARING_NORTHWEST},
    {"left", GAZ_BEARING_LEFT},   {"right", GAZ_BEARING_RIGHT},
    {"n", GAZ_BEARING_NORTH},     {"ne", GAZ_BEARING_NORTHEAST},
    {"e", GAZ_BEARING_EAST},      {"se", GAZ_BEARING_SOUTHEAST},
    {"s", GAZ_BEARING_SOUTH},     {"sw", GAZ_BEARING_SOUTHWEST},
    {"w", GAZ_BEARING_WEST},      {"nw", GAZ_BEARING_NORTHWEST},
};

/* What a word of a rule is. */
enum sign {
    SIGN_DIRECTION,
    SIGN_ODD,
    SIGN_EVEN,
    SIGN_FROM, /* 自东, 起点为东端: the direction behind it is the start */
    SIGN_TO,   /* 向西: the direction behind it is the other end */
    SIGN_STOP, /* a new clause */
};

static const struct {
    const char *word;
    enum sign sign;
} WORDS[] = {
    {"单", SIGN_ODD},  {"奇", SIGN_ODD},    {"双", SIGN_EVEN},
    {"偶", SIGN_EVEN}, {"起点", SIGN_FROM}, {"自", SIGN_FROM},
    {"由", SIGN_FROM}, {"从", SIGN_FROM},   {"起", SIGN_FROM},
    {"向", SIGN_TO},   {"往", SIGN_TO},     {"至", SIGN_TO},
    {"到", SIGN_TO},   {"讫点", SIGN_TO},   {"止", SIGN_TO},
    {"，", SIGN_STOP}, {",", SIGN_STOP},    {"；", SIGN_STOP},
    {";", SIGN_STOP},  {"。", SIGN_STOP},   {"、", SIGN_STOP},
};

/* What may stand behind a direction; 西环路 and 东湖 say none. */
static const char *const BEHIND[] = {
    "端", "侧", "边", "面", "头", "首", "方", "单", "双", "奇", "偶", "起",
    "开", "向", "往", "至", "到", "为", "是", "，", ",",  "；", ";",  "。",
    "、", " ",  ")",  "）", "排", "止", "编", "递", "依", "顺",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct token {
    enum sign sign;
    gaz_bearing bearing; /* of SIGN_DIRECTION */
};

static size_t begins(const char *text, const char *word)
{
    size_t size = strlen(word);
    return strncmp(text, word, size) == 0 ? size : 0;
}

static bool ends_well(const char *behind)
{
    bool found = *behind == '\0';
    for (size_t i = 0; !found && i < COUNT(BEHIND); i++)
        found = begins(behind, BEHIND[i]) != 0;
    return found;
}

static size_t direction_at(const char *text, gaz_bearing *out)
{
    for (size_t i = 0; i < COUNT(DIRECTIONS); i++) {
        size_t size = begins(text, DIRECTIONS[i].word);
        if (size != 0 && ends_well(text + size)) {
            *out = DIRECTIONS[i].bearing;
            return size;
        }
    }
    return 0;
}

/* The bytes of the sign that the text begins with; 0: none. */
static size_t sign_at(const char *text, struct token *out)
{
    *out = (struct token){SIGN_DIRECTION, GAZ_BEARING_NONE};
    size_t size = direction_at(text, &out->bearing);
    if (size != 0)
        return size;
    for (size_t i = 0; i < COUNT(WORDS); i++)
        if ((size = begins(text, WORDS[i].word)) != 0) {
            out->sign = WORDS[i].sign;
            return size;
        }
    return 0;
}

gaz_bearing gaz_numbering_bearing(const char *text)
{
    gaz_bearing bearing = GAZ_BEARING_NONE;
    for (size_t i = 0; i < COUNT(ENGLISH); i++)
        if (strcasecmp(text, ENGLISH[i].word) == 0)
            return ENGLISH[i].bearing;
    (void)direction_at(text, &bearing);
    return bearing;
}

const char *gaz_numbering_word(gaz_bearing bearing)
{
    for (size_t i = 0; i < COUNT(ENGLISH); i++)
        if (ENGLISH[i].bearing == bearing)
            return ENGLISH[i].word; /* whole words stand first */
    return "";
}

/* What a text says of one thing; a second, other answer spoils it. */
struct answer {
    gaz_bearing bearing;
    bool is_spoilt;
};

static void answer(struct answer *to, gaz_bearing bearing)
{
    to->is_spoilt = to->is_spoilt ||
                    (to->bearing != GAZ_BEARING_NONE && to->bearing != bearing);
    to->bearing = bearing;
}

static bool is_compass(gaz_bearing bearing)
{
    return bearing != GAZ_BEARING_LEFT && bearing != GAZ_BEARING_RIGHT;
}

struct reading {
    struct answer start;
    struct answer odd;
    gaz_bearing waiting; /* a direction that no word has claimed yet */
    enum sign before;    /* the sign before it; SIGN_STOP: none */
};

/* 北单 and 单北: a parity takes the direction beside it, once. */
static void take_parity(struct reading *r, enum sign parity, gaz_bearing where)
{
    answer(&r->odd, parity == SIGN_ODD ? where : gaz_numbering_opposite(where));
    r->waiting = GAZ_BEARING_NONE;
    r->before = SIGN_STOP;
}

static void take(struct reading *r, struct token token)
{
    if (token.sign == SIGN_DIRECTION) {
        if (r->before == SIGN_ODD || r->before == SIGN_EVEN)
            take_parity(r, r->before, token.bearing);
        else if (r->before == SIGN_FROM && is_compass(token.bearing))
            answer(&r->start, token.bearing);
        else if (r->before == SIGN_TO && is_compass(token.bearing))
            answer(&r->start, gaz_numbering_opposite(token.bearing));
        else
            r->waiting = token.bearing;
        if (r->waiting == GAZ_BEARING_NONE)
            r->before = SIGN_STOP;
        return;
    }
    bool is_parity = token.sign == SIGN_ODD || token.sign == SIGN_EVEN;
    if (is_parity && r->waiting != GAZ_BEARING_NONE) {
        take_parity(r, token.sign, r->waiting);
        return;
    }
    /* 东起: the word stands behind its direction */
    if (token.sign == SIGN_FROM && r->waiting != GAZ_BEARING_NONE &&
        is_compass(r->waiting)) {
        answer(&r->start, r->waiting);
        token.sign = SIGN_STOP;
    }
    r->waiting = GAZ_BEARING_NONE;
    r->before = token.sign;
}

static gaz_bearing settled(const struct answer *answer)
{
    return answer->is_spoilt ? GAZ_BEARING_NONE : answer->bearing;
}

void gaz_numbering_rule(const char *text, struct gaz_numbering *out)
{
    struct reading r = {.before = SIGN_STOP};
    for (const char *at = text; *at;) {
        struct token token;
        size_t size = sign_at(at, &token);
        if (size != 0)
            take(&r, token);
        at += size != 0 ? size : 1;
    }
    *out = (struct gaz_numbering){
        .start = settled(&r.start), .odd_side = settled(&r.odd), .rule = text};
}
