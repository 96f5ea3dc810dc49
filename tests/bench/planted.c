/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/planted.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/geo/gcj02.h"
#include "gazetteer/standardise/romanise.h"
#include "tests/bench/planted_city.h"

enum {
    PLATES = 50,        /* of a road */
    ROADS = 200,        /* of a town, in 10 columns */
    VILLAGES = 120,     /* of a town */
    TOWN_IDS = 1000000, /* ids of towns, roads, villages, addresses begin */
    ROAD_IDS = 2000000,
    VILLAGE_IDS = 8000000,
    GONE_IDS = 9000000,
    BUILDING_IDS = 9500000,
    ADDRESS_IDS = 10000000,
    COPY_IDS = 500000000,
};

static const double STEP_DEG = 0.00015; /* 14 m along a road */
static const double SIDE_DEG = 0.00008; /* 9 m from it */

/* Syllables no two of which sound alike: a name is its number in base 40. */
static const char *const SYLLABLES[] = {
    "安", "白", "辰", "丹", "恩", "凡", "谷", "禾", "嘉", "康",
    "兰", "明", "宁", "鹏", "琴", "荣", "松", "桐", "文", "熙",
    "阳", "泽", "北", "楚", "德", "枫", "桂", "红", "锦", "奎",
    "柳", "梅", "南", "平", "青", "润", "书", "棠", "雪", "竹"};
enum { BASE = 40 };

static void label_pair(struct planted_city *c, const char *rule, gaz_id id,
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
    label_pair(c, rule, id, 0);
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

static void put_place(struct planted_city *c, struct gaz_place *place)
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
    put_place(c, &(struct gaz_place){.id = 1,
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
    put_place(c, &county);
    struct gaz_place town = {
        .id = TOWN_IDS + (gaz_id)c->town,
        .code = gaz_arena_printf(&c->ctx->arena, "33%04d101", 1000 + c->town),
        .level = GAZ_LEVEL_TOWN,
        .category = GAZ_CATEGORY_TOWN,
        .parent = county.id};
    give_area(c, &town, corner(c->town), 0.1);
    c->name = planted_syllables(c, 30000 + c->town, "镇");
    put_place(c, &town);
    struct gaz_place gone = {.id = GONE_IDS + (gaz_id)c->town,
                             .category = GAZ_CATEGORY_ROAD,
                             .status = GAZ_STATUS_HISTORICAL,
                             .parent = town.id};
    c->name = planted_syllables(c, 40000 + c->town, "路");
    put_place(c, &gone);
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
        label_pair(c, "E5", a->id, a->id + COPY_IDS);
    } else if (c->kind == 10) {
        a->tail = "2幢";
        a->text = gaz_arena_printf(&c->ctx->arena, "%s2幢", a->text);
        copy_plate(c, a, 0, "2栋");
        label_pair(c, "E5A", a->id, a->id + COPY_IDS);
        planted_label(c, "E4", a->id + COPY_IDS);
    } else if (c->kind == 11) {
        copy_plate(c, a, 9 * STEP_DEG, "");
        label_pair(c, "E7D", a->id, a->id + COPY_IDS);
        label_pair(c, "E7O", a->id, a->id + COPY_IDS);
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
    put_place(c, &road);
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
        label_pair(c, "N11", c->id, c->id - 1);
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
 * perhaps another one of the text. Where business records tell of the texts,
 * those stay as they are. */
static void spoil_crowded(struct planted_city *c, int n, struct gaz_address *a)
{
    enum { EVERY = 8, FIRST = 5, LAST = 37, POSITIONS = 8, KINDS = 20 };
    static const int TEXTS[] = {13, 14, 17, 20};
    /* a road of its own, which would be crowded too; and without a position an
     * address of two roads of one name is there twice */
    enum { GONE = 16, NOWHERE = 12, NAMESAKE = 21 };
    const int kind = c->kind;
    const bool has_papers = kind >= PLANTED_PAPERS;
    const bool is_namesake = kind == NAMESAKE || kind == NAMESAKE - 1;
    if (n % EVERY != FIRST || n > LAST)
        return;
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
    c->kind = c->road % PLANTED_CLASSES;
    name_road(c);
    for (int n = 1; n <= PLATES; n++) {
        struct gaz_address a = plate(c, n);
        if (c->way == PLANTED_CROWDED)
            spoil_crowded(c, n, &a);
        else if (n == 21)
            spoil_by_kind(c, &a);
        planted_spoil_papers(c, &a, n == 21);
        gaz_corpus_address(c->corpus, &a);
    }
}

/* ---- villages ---- */

/* A building too small for its generic, and one that is not. */
static void put_buildings(struct planted_city *c)
{
    for (int i = 0; i < 2; i++) {
        struct gaz_place building = {.id = BUILDING_IDS + (gaz_id)c->town * 2 +
                                           (gaz_id)i,
                                     .category = 26100,
                                     .parent = TOWN_IDS + (gaz_id)c->town};
        c->name = planted_syllables(c, 55000 + i * 40, "大厦");
        put_place(c, &building);
        planted_say(c, building.id, GAZ_ATTRIBUTE_FLOORS, i == 0 ? "6" : "20");
        planted_say(c, building.id, GAZ_ATTRIBUTE_SITE_AREA_M2, "300");
        if (i == 0)
            planted_label(c, "N21", building.id);
    }
}

static void spoil_village(struct planted_city *c, struct gaz_place *v)
{
    static struct gaz_name names[3];
    if (c->kind == 1) {
        v->code = gaz_arena_printf(&c->ctx->arena, "33%04d101%03d",
                                   1000 + c->town, c->road);
        planted_label(c, "C02", v->id);
    } else if (c->kind == 2) {
        v->code =
            gaz_arena_printf(&c->ctx->arena, "33A%d-%d", c->town, c->road);
        planted_label(c, "C01", v->id);
    } else if (c->kind == 3) {
        c->name = planted_syllables(c, 50000 + c->road - 1, "社区");
        v->category = GAZ_CATEGORY_COMMUNITY;
        v->code = NULL;
        label_pair(c, "N10", v->id, v->id - 1);
    } else if (c->kind == 4) {
        c->name = planted_syllables(c, 50000 + c->road, "");
        c->name = gaz_arena_printf(&c->ctx->arena, "测试%s", c->name);
        planted_label(c, "G01", v->id);
        planted_label(c, "N01", v->id);
    } else if (c->kind == 5 && c->road < PLANTED_CLASSES) {
        c->name = "村";
        planted_label(c, "N04", v->id);
    } else if (c->kind == 6) {
        c->name = planted_syllables(c, 50000 + c->road, "A村");
        planted_label(c, "N05", v->id);
    } else if (c->kind == 7) {
        v->valid_from = 20180000;
        v->valid_to = 20170000;
        planted_label(c, "D01", v->id);
    } else if (c->kind >= 8 && c->kind <= 10) {
        names[0] = (struct gaz_name){.text = c->name};
        names[1] = (struct gaz_name){
            .text = planted_syllables(c, 52000 + c->road, "村"),
            .valid_from = 20100000,
            .kind = c->kind == 10 ? GAZ_NAME_FORMER : GAZ_NAME_STANDARD,
            .valid_to = c->kind == 8 ? 0 : 20170000};
        names[0].valid_from = c->kind == 9 ? 20150000 : 20190000;
        v->names = names;
        v->name_count = 2;
        planted_label(c,
                      c->kind == 8   ? "N23"
                      : c->kind == 9 ? "H01"
                                     : "H02",
                      v->id);
    }
}

static void put_village(struct planted_city *c)
{
    c->kind = c->road % PLANTED_CLASSES;
    struct gaz_place v = {
        .id = VILLAGE_IDS + (gaz_id)(c->town * VILLAGES + c->road),
        .code = gaz_arena_printf(&c->ctx->arena, "33%04d101%03d",
                                 1000 + c->town, 200 + c->road),
        .level = GAZ_LEVEL_VILLAGE,
        .category = GAZ_CATEGORY_VILLAGE,
        .parent = TOWN_IDS + (gaz_id)c->town};
    c->name = planted_syllables(c, 50000 + c->road, "村");
    spoil_village(c, &v);
    planted_spoil_toponym(c, &v);
    put_place(c, &v);
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
        put_buildings(&city);
        for (city.road = 0; city.road < VILLAGES; city.road++)
            put_village(&city);
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
