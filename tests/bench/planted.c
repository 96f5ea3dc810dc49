/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/planted.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/geo/gcj02.h"
#include "gazetteer/standardise/romanise.h"
#include "tests/bench/planted_city.h"

static const double STEP_DEG = 0.00015; /* 14 m along a road */
static const double SIDE_DEG = 0.00008; /* 9 m from it */

/* Syllables no two of which sound alike: a name is its number in base 40. */
static const char *const SYLLABLES[] = {
    "安", "白", "辰", "丹", "恩", "凡", "谷", "禾", "嘉", "康",
    "兰", "明", "宁", "鹏", "琴", "荣", "松", "桐", "文", "熙",
    "阳", "泽", "北", "楚", "德", "枫", "桂", "红", "锦", "奎",
    "柳", "梅", "南", "平", "青", "润", "书", "棠", "雪", "竹"};
enum { BASE = 40 };

void planted_label_pair(struct planted_city *c, const char *rule, gaz_id id,
                        gaz_id partner)
{
    struct planted *p = c->out;
    if (p->count == p->capacity) {
        p->capacity = p->capacity ? 2 * p->capacity : 4096;
        p->labels = gaz_realloc(p->labels, p->capacity * sizeof(*p->labels));
    }
    p->labels[p->count++] = (struct planted_label){rule, id, partner};
}

void planted_label(struct planted_city *c, const char *rule, gaz_id id)
{
    planted_label_pair(c, rule, id, 0);
}

const char *planted_syllables(struct planted_city *c, int number,
                              const char *generic)
{
    return gaz_arena_printf(
        &c->ctx->arena, "%s%s%s%s", SYLLABLES[number / BASE / BASE % BASE],
        SYLLABLES[number / BASE % BASE], SYLLABLES[number % BASE], generic);
}

/* ---- divisions ---- */

static struct gaz_coord corner(int town)
{
    return (struct gaz_coord){123 + town % 10 * 0.1, 30 + town / 10 % 10 * 0.1};
}

/* The town's square, as WKB. */
static void give_area(struct planted_city *c, struct gaz_place *place,
                      struct gaz_coord low, double size)
{
    const struct gaz_coord ring[5] = {low,
                                      {low.lon + size, low.lat},
                                      {low.lon + size, low.lat + size},
                                      {low.lon, low.lat + size},
                                      low};
    const uint32_t head[3] = {3, 1, 5};
    place->area_size = 1 + sizeof(head) + sizeof(ring);
    unsigned char *wkb = gaz_arena_alloc(&c->ctx->arena, place->area_size);
    wkb[0] = 1;
    memcpy(wkb + 1, head, sizeof(head));
    memcpy(wkb + 1 + sizeof(head), ring, sizeof(ring));
    place->area_wkb = wkb;
}

void planted_put_place(struct planted_city *c, struct gaz_place *place)
{
    struct gaz_name name = {.text = c->name};
    struct gaz_roman roman;
    if (place->name_count == 0) {
        if (gaz_romanise(c->ctx, c->corpus->unicode, c->name, place->category,
                         &roman) == GAZ_OK)
            name.roman = roman.text;
        place->names = &name;
        place->name_count = 1;
    }
    place->is_synthetic = true;
    gaz_corpus_place(c->corpus, place);
}

static void put_top(struct planted_city *c)
{
    c->name = "合成省";
    planted_put_place(c,
                      &(struct gaz_place){.id = 1,
                                          .code = "33",
                                          .level = GAZ_LEVEL_PROVINCE,
                                          .category = GAZ_CATEGORY_PROVINCE});
}

/* A county of one town: names need to be alone within it only. */
static void put_town(struct planted_city *c)
{
    struct gaz_place county = {
        .id = 100 + (gaz_id)c->town,
        .code = gaz_arena_printf(&c->ctx->arena, "33%04d", 1000 + c->town),
        .level = GAZ_LEVEL_COUNTY,
        .category = GAZ_CATEGORY_COUNTY,
        .parent = 1};
    c->name = planted_syllables(c, 20000 + c->town, "县");
    planted_put_place(c, &county);
    struct gaz_place town = {
        .id = TOWN_IDS + (gaz_id)c->town,
        .code = gaz_arena_printf(&c->ctx->arena, "33%04d101", 1000 + c->town),
        .level = GAZ_LEVEL_TOWN,
        .category = GAZ_CATEGORY_TOWN,
        .parent = county.id};
    give_area(c, &town, corner(c->town), 0.1);
    c->name = planted_syllables(c, 30000 + c->town, "镇");
    planted_put_place(c, &town);
    struct gaz_place gone = {.id = GONE_IDS + (gaz_id)c->town,
                             .category = GAZ_CATEGORY_ROAD,
                             .status = GAZ_STATUS_HISTORICAL,
                             .parent = town.id};
    c->name = planted_syllables(c, 40000 + c->town, "路");
    planted_put_place(c, &gone);
}

/* ---- addresses ---- */

static struct gaz_coord plate_at(const struct planted_city *c, int n)
{
    struct gaz_coord low = corner(c->town);
    return (struct gaz_coord){low.lon + c->road % 10 * 0.01 + 0.002 +
                                  n * STEP_DEG,
                              low.lat + c->road / 10 * 0.0048 + 0.003 +
                                  (n % 2 ? SIDE_DEG : -SIDE_DEG)};
}

static struct gaz_address plate(struct planted_city *c, int n)
{
    const char *number = gaz_arena_printf(&c->ctx->arena, "%d号", n);
    return (struct gaz_address){
        .id = ADDRESS_IDS + (c->id - ROAD_IDS) * 100 + (gaz_id)n,
        .text = gaz_arena_printf(&c->ctx->arena, "合成省%d区%s%s", c->town,
                                 c->name, number),
        .parent = c->id,
        .number = number,
        .number_value = n,
        .tail = "",
        .is_synthetic = true,
        .position = {plate_at(c, n), GAZ_METHOD_SYNTHETIC, 1, 0}};
}

static void copy_plate(struct planted_city *c, const struct gaz_address *first,
                       double east_deg, const char *tail)
{
    struct gaz_address copy = *first;
    copy.id = first->id + COPY_IDS;
    copy.position.coord.lon += east_deg;
    if (*tail) {
        copy.tail = tail;
        copy.text =
            gaz_arena_printf(&c->ctx->arena, "%.*s%s",
                             (int)(strlen(first->text) - strlen(first->tail)),
                             first->text, tail);
    }
    gaz_corpus_address(c->corpus, &copy);
}

static void move_plate(struct planted_city *c, struct gaz_address *a)
{
    struct gaz_coord *at = &a->position.coord;
    if (c->kind == 1) {
        *at = gaz_gcj02_from_wgs84(*at);
        planted_label(c, "E9G", a->id);
    } else if (c->kind == 2) {
        *at = gaz_gcj02_to_bd09(gaz_gcj02_from_wgs84(*at));
        planted_label(c, "E9B", a->id);
    } else if (c->kind == 3) {
        at->lon += 3;
        planted_label(c, "E9Z", a->id);
    } else if (c->kind == 4) {
        at->lat += 0.0012;
        planted_label(c, "E7R", a->id);
    } else if (c->kind == 5) {
        at->lon -= 0.7;
        at->lat += 1.3;
        planted_label(c, "E9P", a->id);
        planted_label(c, "E7R", a->id);
    } else if (c->kind == 6) {
        at->lat -= (a->number_value % 2 ? 2 : -2) * SIDE_DEG;
        planted_label(c, "E7P", a->id);
    } else if (c->kind == 7) {
        at->lon += 15 * STEP_DEG;
        planted_label(c, "E7O", a->id);
    } else if (c->kind == 8) {
        *at = (struct gaz_coord){at->lat, at->lon};
        planted_label(c, "E9", a->id);
        planted_label(c, "E9P", a->id);
        planted_label(c, "E7R", a->id);
    }
}

static void twin_plate(struct planted_city *c, struct gaz_address *a)
{
    if (c->kind == 9) {
        copy_plate(c, a, 0, "");
        planted_label_pair(c, "E5", a->id, a->id + COPY_IDS);
    } else if (c->kind == 10) {
        a->tail = "2幢";
        a->text = gaz_arena_printf(&c->ctx->arena, "%s2幢", a->text);
        copy_plate(c, a, 0, "2栋");
        planted_label_pair(c, "E5A", a->id, a->id + COPY_IDS);
        planted_label(c, "E4", a->id + COPY_IDS);
    } else if (c->kind == 11) {
        copy_plate(c, a, 9 * STEP_DEG, "");
        planted_label_pair(c, "E7D", a->id, a->id + COPY_IDS);
        planted_label_pair(c, "E7O", a->id, a->id + COPY_IDS);
    }
}

static void spoil_plate(struct planted_city *c, struct gaz_address *a)
{
    struct gaz_arena *arena = &c->ctx->arena;
    if (c->kind == 12) {
        a->position = (struct gaz_position){.method = GAZ_METHOD_NONE};
        planted_label(c, "E8", a->id);
    } else if (c->kind == 13) {
        a->text = gaz_arena_printf(arena, "合成省%d区 %s%s", c->town, c->name,
                                   a->number);
        planted_label(c, "E2", a->id);
    } else if (c->kind == 14) {
        a->text = gaz_arena_printf(arena, "%s1室", a->text);
        planted_label(c, "E13", a->id);
    } else if (c->kind == 15) {
        a->number = "";
        a->number_value = 0;
        a->text = gaz_arena_printf(arena, "合成省%d区%s", c->town, c->name);
        planted_label(c, "A02", a->id);
    } else if (c->kind == 16) {
        a->parent = GONE_IDS + (gaz_id)c->town;
        a->number_value = 1000 + c->road; /* alone on that road */
        a->number = gaz_arena_printf(arena, "%d号", a->number_value);
        a->text = gaz_arena_printf(arena, "合成省%d区%s%s", c->town, c->name,
                                   a->number);
        planted_label(c, "E10", a->id);
    } else if (c->kind == 17) {
        a->text = gaz_arena_printf(arena, "合成省%s%s%s", c->name, c->name,
                                   a->number);
        planted_label(c, "E3", a->id);
    } else if (c->kind == 18) {
        a->position.accuracy_m = 0;
        planted_label(c, "P01", a->id);
    } else if (c->kind == 19) {
        a->parent = 0;
        planted_label(c, "A01", a->id);
    } else if (c->kind == 20) {
        a->valid_from = 20200000;
        a->valid_to = 20190000;
        planted_label(c, "D01", a->id);
    }
}

/* ---- what business records say ---- */

void planted_say(struct planted_city *c, gaz_id about, gaz_attribute_kind kind,
                 const char *value)
{
    gaz_corpus_attribute(
        c->corpus, &(struct gaz_corpus_attribute){.about = about,
                                                  .source = 1,
                                                  .attribute = {kind, value}});
}

/* 区2 镇3 year class serial, for the kinds of roads that have papers. */
enum {
    PAPERS = 32,
    EXPIRED = 34,
    DEED = 35,
    AUDIT = 36,
    SHARED = 37,
    LATE = 38
};

static void spoil_code(struct planted_city *c, const struct gaz_address *a,
                       bool is_bad)
{
    const int town = (1000 + c->town) % 100;
    const int serial = (int)(a->id % 90000) + 1;
    const char *code =
        gaz_arena_printf(&c->ctx->arena, "%02d101%d%d%05d", town,
                         is_bad && c->kind == PAPERS ? 2023 : 2024, 2, serial);
    if (is_bad && c->kind == PAPERS)
        planted_label(c, "C04", a->id);
    if (is_bad && c->kind == PAPERS + 1) {
        code =
            gaz_arena_printf(&c->ctx->arena, "%02d10220242%05d", town, serial);
        planted_label(c, "C04P", a->id);
    }
    planted_say(c, a->id, GAZ_ATTRIBUTE_ADDRESS_CODE, code);
    planted_say(c, a->id, GAZ_ATTRIBUTE_COMPILED_ON, "2024-05-01");
    planted_say(c, a->id, GAZ_ATTRIBUTE_PLATE_TYPE, "road");
    if (c->kind != SHARED)
        return;
    const char *other = is_bad ? "990002024299999" : code;
    gaz_corpus_attribute(c->corpus,
                         &(struct gaz_corpus_attribute){
                             .about = a->id,
                             .source = 2,
                             .attribute = {GAZ_ATTRIBUTE_ADDRESS_CODE, other}});
    if (is_bad)
        planted_label(c, "V02", a->id);
}

static void spoil_papers(struct planted_city *c, const struct gaz_address *a,
                         bool is_bad)
{
    static const char *const RULES[] = {
        [EXPIRED] = "E14", [DEED] = "E15", [AUDIT] = "V01", [LATE] = "T01"};
    if (c->kind < PAPERS)
        return;
    spoil_code(c, a, is_bad);
    if (c->kind == EXPIRED)
        planted_say(c, a->id, GAZ_ATTRIBUTE_EXPIRES_ON,
                    is_bad ? "2020-01-01" : "2120-01-01");
    if (c->kind == DEED)
        planted_say(c, a->id, GAZ_ATTRIBUTE_DEED_ADDRESS,
                    gaz_arena_printf(&c->ctx->arena, "%s%s", c->name,
                                     is_bad ? "999号" : a->number));
    if (c->kind == AUDIT)
        planted_say(c, a->id, GAZ_ATTRIBUTE_FIELD_AUDIT,
                    is_bad ? "differs" : "same");
    if (c->kind == LATE) {
        planted_say(c, a->id, GAZ_ATTRIBUTE_APPROVED_ON, "2024-01-02");
        planted_say(c, a->id, GAZ_ATTRIBUTE_PUBLISHED_ON,
                    is_bad ? "2024-03-01" : "2024-01-08");
    }
    if (is_bad && c->kind < CLASSES - 1 && c->kind != SHARED &&
        c->kind >= EXPIRED)
        planted_label(c, RULES[c->kind], a->id);
}

/* ---- roads ---- */

static void put_road(struct planted_city *c, const char *name,
                     const char *roman)
{
    struct gaz_name spelt = {.text = name, .roman = roman};
    struct gaz_place road = {.id = c->id,
                             .category = GAZ_CATEGORY_ROAD,
                             .parent = TOWN_IDS + (gaz_id)c->town,
                             .names = &spelt,
                             .name_count = roman ? 1 : 0};
    c->name = name;
    planted_put_place(c, &road);
    const struct gaz_coord a = plate_at(c, 0);
    const struct gaz_coord points[2] = {
        {a.lon, a.lat + SIDE_DEG},
        {a.lon + (PLATES + 2) * STEP_DEG, a.lat + SIDE_DEG}};
    gaz_corpus_line(c->corpus, &(struct gaz_line){.kind = GAZ_LINE_ROAD,
                                                  .left = c->id,
                                                  .points = points,
                                                  .point_count = 2});
}

/* "Ānbáichén Lù" spelt wrongly in one way. */
static const char *misspell(struct planted_city *c, const char *right)
{
    char *text = gaz_arena_strdup(&c->ctx->arena, right);
    char *blank = strchr(text, ' ');
    const char *rule = "R1";
    if (c->kind == 25) {
        memmove(blank, blank + 1, strlen(blank));
    } else if (c->kind == 26) {
        blank[1] = 'l';
        rule = "R10";
    } else if (c->kind == 27) {
        blank[1] = 'M';
        rule = "N29";
    } else if (c->kind == 28) {
        *blank = '/';
        rule = "R16";
    } else {
        text = gaz_arena_printf(&c->ctx->arena, "%.*s Lu", (int)(blank - text),
                                text);
        rule = "R9";
    }
    planted_label(c, rule, c->id);
    return text;
}

/* The road's name and spelling, perhaps with an error of naming. */
static void name_road(struct planted_city *c)
{
    const char *name = planted_syllables(c, c->road, "路");
    const char *roman = NULL;
    struct gaz_roman right;
    if (c->kind == 21) { /* as the road before */
        name = planted_syllables(c, c->road - 1, "路");
        planted_label_pair(c, "N11", c->id, c->id - 1);
    } else if (c->kind == 22) {
        name = gaz_arena_printf(&c->ctx->arena, "巴黎%s", name);
        planted_label(c, "N08", c->id);
    } else if (c->kind == 23) {
        name = gaz_arena_printf(&c->ctx->arena, "国际%s", name);
        planted_label(c, "N20", c->id);
    } else if (c->kind == 24) {
        name = gaz_arena_printf(&c->ctx->arena, "廣%s", name);
        planted_label(c, "N05T", c->id);
    } else if (c->kind >= 25 && c->kind <= 29 &&
               gaz_romanise(c->ctx, c->corpus->unicode, name, GAZ_CATEGORY_ROAD,
                            &right) == GAZ_OK) {
        roman = misspell(c, right.text);
    } else if (c->kind == 30) {
        planted_label(c, "N02", c->id);
        name = planted_syllables(c, c->road, "镇");
    } else if (c->kind == 31) {
        name = planted_syllables(c, c->road, "一二三四五六七八路");
        planted_label(c, "N28", c->id);
    }
    put_road(c, name, roman);
}

static void spoil_by_kind(struct planted_city *c, struct gaz_address *a)
{
    move_plate(c, a);
    twin_plate(c, a);
    spoil_plate(c, a);
}

static int draw(struct planted_city *c, int below)
{
    c->random = c->random * 6364136223846793005U + 1442695040888963407U;
    return (int)((c->random >> 33) % (uint64_t)below);
}

/* Five of a road's addresses have an error each; where it is one of position,
 * perhaps another one of the text. Where business
 * records tell of the texts, those stay as they are. */
static void spoil_crowded(struct planted_city *c, int n, struct gaz_address *a)
{
    enum { EVERY = 8, FIRST = 5, LAST = 37, POSITIONS = 8, KINDS = 20 };
    static const int TEXTS[] = {13, 14, 17, 20};
    /* a road of its own, which would be crowded too; and without a position an
     * address of two roads of one name is there twice */
    enum { GONE = 16, NOWHERE = 12, NAMESAKE = 21 };
    const int kind = c->kind;
    if (n % EVERY != FIRST || n > LAST)
        return;
    const bool has_papers = kind >= PAPERS;
    const bool is_namesake = kind == NAMESAKE || kind == NAMESAKE - 1;
    do
        c->kind = 1 + draw(c, has_papers ? POSITIONS : KINDS);
    while (c->kind == GONE || (c->kind == NOWHERE && is_namesake));
    const bool moved = c->kind <= POSITIONS && !has_papers;
    spoil_by_kind(c, a);
    if (moved && draw(c, 3) == 0) {
        c->kind = TEXTS[draw(c, 4)];
        spoil_plate(c, a);
    }
    c->kind = kind;
}

static void fill_road(struct planted_city *c)
{
    c->id = ROAD_IDS + (gaz_id)(c->town * ROADS + c->road);
    c->kind = c->road % CLASSES;
    name_road(c);
    for (int n = 1; n <= PLATES; n++) {
        struct gaz_address a = plate(c, n);
        if (c->way == PLANTED_CROWDED)
            spoil_crowded(c, n, &a);
        else if (n == 21)
            spoil_by_kind(c, &a);
        spoil_papers(c, &a, n == 21);
        gaz_corpus_address(c->corpus, &a);
    }
}

void planted_fill(struct gaz_ctx *ctx, struct gaz_corpus *corpus,
                  uint32_t addresses, planted_way way, struct planted *out)
{
    struct planted_city city = {
        .ctx = ctx, .corpus = corpus, .out = out, .way = way, .random = 330482};
    int left = (int)(addresses / PLATES); /* roads */
    *out = (struct planted){.count = 0};
    put_top(&city);
    for (city.town = 0; left > 0; city.town++) {
        put_town(&city);
        planted_put_buildings(&city);
        for (city.road = 0; city.road < VILLAGES; city.road++)
            planted_put_village(&city);
        for (city.road = 0; city.road < ROADS && left > 0; city.road++) {
            fill_road(&city);
            left--;
            gaz_arena_reset(&ctx->arena);
        }
    }
}

void planted_close(struct planted *planted)
{
    gaz_free(planted->labels);
}
