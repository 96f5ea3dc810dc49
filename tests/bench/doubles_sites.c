/* SPDX-License-Identifier: Apache-2.0 */
/* Sites of a town, what is only like them, and the duplicates of places. */
#include <stdio.h>
#include <string.h>

#include "tests/bench/doubles_city.h"

enum {
    DOUBLED = 12, /* one in so many places has a duplicate */
    TRIES = 8,
};

/* A place as it is. */
struct original {
    struct gaz_place place;
    const char *name;
    const char *alias;
    struct doubles_address address; /* name NULL: none */
    struct gaz_coord at;
    int record;
};

/* Kinds of sites; the codes are of the scheme, what they stand for is not. */
static const struct {
    const char *generic;
    int category;
    int other; /* what another source calls it */
} SITES_KINDS[] = {{"超市", 27610, 27620},   {"药店", 27620, 27610},
                   {"小学", 27310, 27300},   {"银行", 27500, 27610},
                   {"卫生院", 27400, 27300}, {"饭店", 27620, 26100}};
enum { KINDS = 6 };

static void write_address(struct doubles_city *c, const struct original *o,
                          doubles_class which, char out[DOUBLES_TEXT_BYTES])
{
    out[0] = '\0';
    if (o->address.name)
        doubles_write(&c->random, &o->address, which, out);
}

static void put_original(struct doubles_city *c, struct original *o)
{
    char text[DOUBLES_TEXT_BYTES];
    write_address(c, o, DOUBLES_JITTER, text);
    struct gaz_place place = o->place;
    place.address = *text ? text : NULL;
    o->record = doubles_put_place(c, &place, o->name, o->alias);
}

/* ---- duplicates ---- */

/* "平湖大厦（东门）", "中心小学" of "乍浦镇中心小学" */
static bool respell(struct doubles_city *c, const struct original *o,
                    doubles_class which, char out[DOUBLES_NAME_BYTES])
{
    if (which == DOUBLES_SOUND || which == DOUBLES_LETTER ||
        which == DOUBLES_LACKING)
        return doubles_spoil(&c->random, o->name, which, out);
    if (which == DOUBLES_ALIAS && !o->alias)
        return false;
    if (which == DOUBLES_WRITING && o->place.level == GAZ_LEVEL_NONE &&
        o->address.name && city_below(&c->random, 2))
        (void)snprintf(out, DOUBLES_NAME_BYTES, "%s（%s）", o->name,
                       c->town.name);
    else
        (void)snprintf(out, DOUBLES_NAME_BYTES, "%s",
                       which == DOUBLES_ALIAS ? o->alias : o->name);
    return true;
}

/* A spoilt name that is another place's: nobody could know. */
static bool is_other_name(const struct doubles_city *c, const char *name)
{
    for (int i = 0; i < c->town.street_count; i++)
        if (strcmp(c->town.streets[i].name, name) == 0)
            return true;
    return false;
}

static int other_category(struct doubles_city *c, int category)
{
    enum { CLASS = 1000 };
    for (int i = 0; i < KINDS; i++)
        if (SITES_KINDS[i].category == category)
            return SITES_KINDS[i].other;
    return category / CLASS * CLASS + (city_below(&c->random, 2) ? 500 : 0);
}

static bool suits(const struct original *o, doubles_class which)
{
    if (which == DOUBLES_CATEGORY && o->place.level != GAZ_LEVEL_NONE)
        return false;
    return which == DOUBLES_WRITING || which == DOUBLES_SOUND ||
           which == DOUBLES_LETTER || which == DOUBLES_LACKING ||
           which == DOUBLES_ALIAS || which == DOUBLES_JITTER ||
           which == DOUBLES_STALE || which == DOUBLES_CATEGORY;
}

static bool put_double(struct doubles_city *c, const struct original *o,
                       doubles_class which)
{
    char name[DOUBLES_NAME_BYTES];
    char text[DOUBLES_TEXT_BYTES];
    const bool is_named = respell(c, o, which, name);
    const bool is_new = strcmp(name, o->name) != 0;
    if (!is_named || (is_new && is_other_name(c, name)))
        return false;
    struct gaz_place place = o->place;
    write_address(c, o, which == DOUBLES_WRITING ? which : DOUBLES_JITTER,
                  text);
    place.address = *text && city_below(&c->random, 4) ? text : NULL;
    place.position = o->place.level == GAZ_LEVEL_NONE ? doubles_seen(c, o->at)
                                                      : o->place.position;
    if (place.code && city_below(&c->random, 2))
        place.code = NULL;
    if (which == DOUBLES_CATEGORY)
        place.category = other_category(c, place.category);
    if (which == DOUBLES_STALE) {
        place.status = GAZ_STATUS_HISTORICAL;
        place.valid_to = 20150000;
    }
    int record = doubles_put_place(
        c, &place, name,
        which == DOUBLES_ALIAS && city_below(&c->random, 2) ? o->name : NULL);
    doubles_label_add(&c->out->places, record, o->record, which);
    return true;
}

static void put_doubles(struct doubles_city *c, const struct original *o)
{
    int wanted = city_below(&c->random, DOUBLED) == 0;
    wanted += wanted && city_below(&c->random, 6) == 0;
    for (int i = 0; wanted > 0 && i < TRIES; i++) {
        doubles_class which =
            (doubles_class)city_below(&c->random, DOUBLES_CLASSES);
        if (suits(o, which) && put_double(c, o, which))
            wanted--;
    }
}

/* ---- sites and their siblings ---- */

/* A branch of the one before, the one before come again, or a gate of it. */
static bool make_sibling(struct doubles_city *c, const struct original *before,
                         int n, struct original *o)
{
    static const char *const BRANCHES[] = {"一", "二", "三", "东", "西"};
    switch (city_below(&c->random, 8)) {
    case 0:
        o->name = gaz_arena_printf(&c->ctx->arena, "%s%s分店", before->name,
                                   BRANCHES[n % 5]);
        return strlen(before->name) < 30;
    case 1: /* a chain: the same name, another house */
        o->name = before->name;
        o->place.category = before->place.category;
        return true;
    case 2: /* closed, and opened again elsewhere by another */
        o->name = before->name;
        o->place.category = before->place.category;
        o->place.status = GAZ_STATUS_HISTORICAL;
        o->place.valid_from = 19950000;
        o->place.valid_to = 20050000;
        return before->place.valid_from > 20050000;
    case 3: /* next door */
        o->at = doubles_by(c, before->at, 30);
        o->address.plate = before->address.plate + 2;
        o->address.name = before->address.name;
        return false;
    default:
        return false;
    }
}

static struct original draw_site(struct doubles_city *c)
{
    const struct street *road = &c->town.streets[city_below(&c->random, ROADS)];
    const int kind = (int)city_below(&c->random, KINDS);
    const int plate = 1 + (int)city_below(&c->random, 140);
    struct original o = {
        .place = {.category = SITES_KINDS[kind].category,
                  .parent = doubles_id_of(c, c->town.place),
                  .valid_from = city_below(&c->random, 2) ? 20100000 : 0},
        .name = doubles_name_after(c, SITES_KINDS[kind].generic),
        .address = {.province = c->province,
                    .county = c->county,
                    .town = c->town.name,
                    .name = road->name,
                    .plate = plate}};
    /* not on the road, but as far from all others as its houses are */
    o.at = doubles_by(c, road->from, 1200);
    if (city_below(&c->random, 8) == 0)
        o.alias =
            gaz_arena_printf(&c->ctx->arena, "老%s", SITES_KINDS[kind].generic);
    return o;
}

static void put_sites(struct doubles_city *c)
{
    struct original before = {.name = NULL};
    for (int i = 0; i < SITES; i++) {
        struct original o = draw_site(c);
        struct original sibling = o;
        if (before.name && make_sibling(c, &before, i, &sibling)) {
            o = sibling;
            o.alias = NULL;
        } else if (before.name) {
            o.at = sibling.at;
            o.address = sibling.address;
        }
        o.place.position =
            (struct gaz_position){o.at, GAZ_METHOD_SYNTHETIC, 10, 0};
        put_original(c, &o);
        put_doubles(c, &o);
        before = o;
    }
}

/* ---- what only one source has ---- */

/* A road, hamlet or site of its own that one source knows, by its name and
 * perhaps where; now and then named almost as another is. */
static void put_lone(struct doubles_city *c, const char *generic, int category,
                     gaz_id parent)
{
    enum { ALMOST = 8, WITHIN_M = 2250 };
    const struct street *other =
        &c->town.streets[city_below(&c->random, ROADS)];
    const struct gaz_coord at = doubles_by(c, other->from, WITHIN_M);
    char name[DOUBLES_NAME_BYTES];
    struct gaz_place place = {.category = category,
                              .parent = parent,
                              .position = doubles_seen(c, at)};
    const char *given = doubles_name_after(c, generic);
    if (category == other->category && city_below(&c->random, ALMOST) == 0 &&
        doubles_spoil(
            &c->random, other->name,
            city_below(&c->random, 2) ? DOUBLES_SOUND : DOUBLES_LETTER, name))
        given = name;
    if (!is_other_name(c, given))
        (void)doubles_put_place(c, &place, given, NULL);
}

static void put_lones(struct doubles_city *c)
{
    const int village = (int)city_below(&c->random, VILLAGES);
    const int kind = (int)city_below(&c->random, KINDS);
    put_lone(c, "路", GAZ_CATEGORY_ROAD, doubles_id_of(c, c->town.place));
    put_lone(c, "浜", GAZ_CATEGORY_HAMLET,
             doubles_id_of(c, c->town.village_places[village]));
    put_lone(c, SITES_KINDS[kind].generic, SITES_KINDS[kind].category,
             doubles_id_of(c, c->town.place));
}

/* ---- duplicates of what has addresses, and of villages ---- */

static void double_record(struct doubles_city *c, int record,
                          struct gaz_coord at)
{
    const struct gaz_place *kept = &c->corpus->places[record].place;
    struct original o = {.place = *kept,
                         .name = kept->names[0].text,
                         .alias =
                             kept->name_count > 1 ? kept->names[1].text : NULL,
                         .at = at,
                         .record = record};
    put_doubles(c, &o);
}

void doubles_sites(struct doubles_city *c)
{
    put_sites(c);
    put_lones(c);
    for (int i = 0; i < c->town.street_count; i++)
        double_record(c, c->town.streets[i].place,
                      doubles_middle(&c->town.streets[i]));
    for (int i = 0; i < VILLAGES; i++)
        double_record(c, c->town.village_places[i], c->town.corner);
}
