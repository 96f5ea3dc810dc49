/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/doubles.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/bench/doubles_city.h"

static const double TOWN_DEG = 0.06;
static const double METRE_DEG = 1e-5; /* about 1 m */

enum { COLUMNS = 16, SPREAD_M = 4500 };

const char *doubles_class_name(doubles_class which)
{
    static const char *const NAMES[DOUBLES_CLASSES] = {
        "writing", "annex",   "levels", "no town",  "sound",
        "letter",  "lacking", "alias",  "words",    "site",
        "unit",    "jitter",  "stale",  "category", "made"};
    return NAMES[which];
}

void doubles_label_add(struct doubles_labels *labels, int record, int root,
                       doubles_class which)
{
    if (labels->count == labels->capacity) {
        labels->capacity = labels->capacity ? 2 * labels->capacity : 1024;
        labels->items = gaz_realloc(labels->items, (size_t)labels->capacity *
                                                       sizeof(*labels->items));
    }
    labels->items[labels->count++] =
        (struct doubles_label){record, root, which};
}

gaz_id doubles_id_of(const struct doubles_city *c, int place)
{
    return place >= 0 ? c->corpus->places[place].place.id : 0;
}

struct gaz_coord doubles_by(struct doubles_city *c, struct gaz_coord at,
                            double within_m)
{
    return (struct gaz_coord){
        at.lon + city_between(&c->random, -within_m, within_m) * METRE_DEG,
        at.lat + city_between(&c->random, -within_m, within_m) * METRE_DEG};
}

struct gaz_position doubles_seen(struct doubles_city *c, struct gaz_coord at)
{
    static const double ACCURACIES_M[] = {2, 2, 10, 10, 10, 50, 50, 200, 0, 0};
    static const double HALF = 0.5; /* the true place is within at 95 % */
    const double m = ACCURACIES_M[city_below(&c->random, 10)];
    if (m == 0)
        return (struct gaz_position){.method = GAZ_METHOD_NONE};
    /* now and then a source is worse than it says */
    double wrong = city_below(&c->random, 20) == 0 ? 2 : 1;
    return (struct gaz_position){doubles_by(c, at, m * HALF * wrong * 1.4),
                                 GAZ_METHOD_SYNTHETIC, m, 0};
}

int doubles_put_place(struct doubles_city *c, const struct gaz_place *place,
                      const char *name, const char *alias)
{
    const struct gaz_name names[2] = {{.text = name},
                                      {.text = alias, .kind = GAZ_NAME_ALIAS}};
    struct gaz_place named = *place;
    named.id = c->next_id++;
    named.names = names;
    named.name_count = alias ? 2 : 1;
    named.is_synthetic = true;
    gaz_corpus_place(c->corpus, &named);
    return c->corpus->place_count - 1;
}

static const char *draw(struct doubles_city *c, int chars, const char *generic)
{
    char name[DOUBLES_NAME_BYTES];
    doubles_draw_name(&c->random, chars, name);
    return gaz_arena_printf(&c->ctx->arena, "%s%s", name, generic);
}

/* 新华小区 and 新华小学 are called after 新华路. */
const char *doubles_name_after(struct doubles_city *c, const char *generic)
{
    enum { SPECIFIC_BYTES = 6 };
    const char *road = c->town.streets[city_below(&c->random, ROADS)].name;
    if (road && city_below(&c->random, 3) == 0)
        return gaz_arena_printf(&c->ctx->arena, "%.*s%s", SPECIFIC_BYTES, road,
                                generic);
    return draw(c, 2 + (int)city_below(&c->random, 2), generic);
}

/* ---- streets ---- */

static bool is_taken(const struct town *town, const char *name)
{
    for (int i = 0; i < town->street_count; i++)
        if (strcmp(town->streets[i].name, name) == 0)
            return true;
    return false;
}

/* A source that has the whole road under a wrong name. */
static void draw_wrong(struct doubles_city *c, struct street *street)
{
    enum { WRONG = 30 }; /* one in so many */
    char name[DOUBLES_NAME_BYTES];
    street->wrong_class =
        city_below(&c->random, 2) ? DOUBLES_SOUND : DOUBLES_LETTER;
    if (city_below(&c->random, WRONG) == 0 &&
        doubles_spoil(&c->random, street->name, street->wrong_class, name))
        street->wrong = gaz_arena_strdup(&c->ctx->arena, name);
}

static void put_street(struct doubles_city *c, struct street street)
{
    struct town *town = &c->town;
    draw_wrong(c, &street);
    const bool is_road = street.category == GAZ_CATEGORY_ROAD;
    struct gaz_place place = {
        .category = street.category,
        .parent = doubles_id_of(c, street.village >= 0
                                       ? town->village_places[street.village]
                                       : town->place)};
    if (!is_road)
        place.position =
            (struct gaz_position){street.from, GAZ_METHOD_SYNTHETIC, 50, 0};
    street.place = doubles_put_place(c, &place, street.name, street.alias);
    town->streets[town->street_count++] = street;
}

static struct street new_street(struct doubles_city *c, int category)
{
    const struct gaz_coord middle = {c->town.corner.lon + TOWN_DEG / 2,
                                     c->town.corner.lat + TOWN_DEG / 2};
    return (struct street){.category = category,
                           .village = -1,
                           .from = doubles_by(c, middle, SPREAD_M / 2.0),
                           .turn = city_between(&c->random, 0, 2 * M_PI)};
}

/* A sibling of the road before: another direction, a name that sounds alike,
 * or the same name elsewhere in the town. False: an ordinary road. */
static bool make_sibling(struct doubles_city *c, struct street *road)
{
    struct town *town = &c->town;
    char name[DOUBLES_NAME_BYTES];
    const uint32_t way = city_below(&c->random, 100);
    if (town->street_count == 0 || way > 22)
        return false;
    struct street *last = &town->streets[town->street_count - 1];
    if (last->category != GAZ_CATEGORY_ROAD || strlen(last->name) != 9)
        return false;
    if (way < 10) { /* 新华东路 goes on where 新华路 begins */
        road->name = gaz_arena_printf(&c->ctx->arena, "%.6s%s路", last->name,
                                      way % 2 ? "东" : "西");
        road->from = last->from;
        road->turn = last->turn + M_PI;
    } else if (way < 20) {
        if (!doubles_spoil(&c->random, last->name, DOUBLES_SOUND, name))
            return false;
        road->name = gaz_arena_strdup(&c->ctx->arena, name);
    } else {
        road->name = last->name;
        return true;
    }
    return !is_taken(town, road->name);
}

static void put_road(struct doubles_city *c, int n)
{
    static const char *const GENERICS[] = {"路", "路", "路",
                                           "街", "巷", "大道"};
    struct street road = new_street(c, GAZ_CATEGORY_ROAD);
    if (!make_sibling(c, &road)) {
        road = new_street(c, GAZ_CATEGORY_ROAD);
        if (c->has_before && city_below(&c->random, 3) == 0)
            road.name = c->before.streets[n].name;
        while (!road.name || is_taken(&c->town, road.name))
            road.name = draw(c, 2 + (city_below(&c->random, 8) == 0),
                             GENERICS[city_below(&c->random, 6)]);
        if (city_below(&c->random, 8) == 0)
            road.alias = draw(c, 2, "路");
    }
    put_street(c, road);
}

/* The hamlet of a village; some have the name of one in the village before, and
 * those on the other side of the line lie beside their namesakes. */
static void put_hamlet(struct doubles_city *c, int village, int n)
{
    static const char *const GENERICS[] = {"浜", "埭", "桥", "宅"};
    const int place = ROADS + ESTATES + village * HAMLETS + n;
    struct street hamlet = new_street(c, GAZ_CATEGORY_HAMLET);
    hamlet.village = village;
    if (village > 0 && (village == VILLAGES - 1 || n == 0) && n < 3)
        hamlet.name = c->town.streets[place - HAMLETS].name;
    else if (c->has_before && c->before.province != c->town.province && n < 4) {
        hamlet.name = c->before.streets[place].name;
        hamlet.from = doubles_by(c, c->before.streets[place].from, 100);
    } else {
        hamlet.name = draw(c, 2, GENERICS[city_below(&c->random, 4)]);
    }
    put_street(c, hamlet);
}

static void put_estate(struct doubles_city *c)
{
    static const char *const GENERICS[] = {"小区", "花园", "新村", "公寓"};
    struct street estate = new_street(c, GAZ_CATEGORY_ESTATE);
    do
        estate.name =
            doubles_name_after(c, GENERICS[city_below(&c->random, 4)]);
    while (is_taken(&c->town, estate.name));
    put_street(c, estate);
}

void doubles_streets(struct doubles_city *c)
{
    for (int i = 0; i < ROADS; i++)
        put_road(c, i);
    for (int i = 0; i < ESTATES; i++)
        put_estate(c);
    for (int village = 0; village < VILLAGES; village++)
        for (int i = 0; i < HAMLETS; i++)
            put_hamlet(c, village, i);
}

/* ---- divisions ---- */

/* The last is the community beside the village before it: 钟埭村, 钟埭社区. */
static void put_villages(struct doubles_city *c)
{
    struct town *town = &c->town;
    const bool beyond = c->has_before && c->before.province != town->province;
    for (int i = 0; i < VILLAGES; i++) {
        const bool is_community = i == VILLAGES - 1;
        struct gaz_place place = {
            .level = GAZ_LEVEL_VILLAGE,
            .category =
                is_community ? GAZ_CATEGORY_COMMUNITY : GAZ_CATEGORY_VILLAGE,
            .code = gaz_arena_printf(&c->ctx->arena, "%s%03d",
                                     c->corpus->places[town->place].place.code,
                                     is_community ? 1 : 200 + i),
            .parent = doubles_id_of(c, town->place)};
        if (is_community)
            town->villages[i] = gaz_arena_printf(&c->ctx->arena, "%.6s社区",
                                                 town->villages[i - 1]);
        else if (beyond && i < 3)
            town->villages[i] = c->before.villages[i];
        else
            town->villages[i] = draw(c, 2, "村");
        town->village_places[i] =
            doubles_put_place(c, &place, town->villages[i], NULL);
    }
}

static void put_province(struct doubles_city *c, int province)
{
    struct gaz_place place = {.level = GAZ_LEVEL_PROVINCE,
                              .category = GAZ_CATEGORY_PROVINCE,
                              .code = province ? "31" : "33"};
    c->province = province ? "上海市" : "浙江省";
    c->province_place = doubles_put_place(c, &place, c->province, NULL);
}

static void put_county(struct doubles_city *c, struct town *town, int number)
{
    struct gaz_place place = {
        .level = GAZ_LEVEL_COUNTY,
        .category = GAZ_CATEGORY_COUNTY,
        .code = gaz_arena_printf(&c->ctx->arena, "%s%04d",
                                 town->province ? "31" : "33", 1000 + number),
        .parent = doubles_id_of(c, c->province_place)};
    c->county = draw(c, 2, "县");
    town->county_place = doubles_put_place(c, &place, c->county, NULL);
}

static void put_town(struct doubles_city *c, int index, int province)
{
    const int county = c->has_before ? c->before.county_place : -1;
    const int row = index / COLUMNS;
    c->town = (struct town){
        .index = index,
        .province = province,
        .county_place = county,
        .corner = {123 + index % COLUMNS * TOWN_DEG, 30 + row * TOWN_DEG}};
    if (index % TOWNS_IN_COUNTY == 0)
        put_county(c, &c->town, index / TOWNS_IN_COUNTY);
    struct gaz_place place = {
        .level = GAZ_LEVEL_TOWN,
        .category = GAZ_CATEGORY_TOWN,
        .code =
            gaz_arena_printf(&c->ctx->arena, "%s%03d",
                             c->corpus->places[c->town.county_place].place.code,
                             100 + index % TOWNS_IN_COUNTY),
        .parent = doubles_id_of(c, c->town.county_place)};
    c->town.name = draw(c, 2, "镇");
    c->town.place = doubles_put_place(c, &place, c->town.name, NULL);
    put_villages(c);
}

/* Counties change sides: every town at a change of county lies at the line. */
gaz_status doubles_fill(struct gaz_ctx *ctx, struct gaz_corpus *corpus,
                        uint64_t seed, uint32_t addresses, struct doubles *out)
{
    struct doubles_city *c = gaz_malloc(sizeof(*c));
    struct gaz_ctx texts = {.failure = ""};
    *c = (struct doubles_city){.ctx = &texts,
                               .corpus = corpus,
                               .out = out,
                               .random = {seed},
                               .next_id = 1,
                               .left = addresses};
    *out = (struct doubles){.places = {.count = 0}};
    c->status = gaz_standardiser_open(ctx, NULL, &c->standardiser);
    int provinces[2] = {0, 0};
    for (int i = 0; c->status == GAZ_OK && i < 2; i++) {
        put_province(c, i);
        provinces[i] = c->province_place;
    }
    for (int i = 0; c->left > 0 && c->status == GAZ_OK; i++) {
        const int side = i / TOWNS_IN_COUNTY % 2;
        c->province_place = provinces[side];
        c->province = side ? "上海市" : "浙江省";
        put_town(c, i, side);
        doubles_streets(c);
        doubles_addresses(c);
        doubles_sites(c);
        c->before = c->town;
        c->has_before = true;
    }
    gaz_status status = c->status;
    if (status != GAZ_OK)
        status = gaz_fail(ctx, status, "%s", gaz_ctx_failure(&c->scratch));
    gaz_standardiser_close(c->standardiser);
    gaz_ctx_close(&c->scratch);
    gaz_ctx_close(&texts);
    gaz_free(c);
    return status;
}

void doubles_close(struct doubles *doubles)
{
    gaz_free(doubles->addresses.items);
    gaz_free(doubles->places.items);
}
