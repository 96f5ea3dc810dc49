/* SPDX-License-Identifier: Apache-2.0 */
/* The addresses of a town, and the duplicates that other sources have. */
#include <math.h>
#include <string.h>

#include "tests/bench/doubles_city.h"

static const double METRE_DEG = 1e-5;

enum {
    COUNTY = 2, /* components of an entry */
    TOWN = 3,
    COMMUNITY = 4,
    NUMBERED = 5,
    DOUBLED = 20, /* one in so many addresses has a duplicate, */
    TRIPLED = 6,  /* and one in so many of those another */
    TRIES = 8,
    SEEN = 6, /* one in so many is placed no better than a duplicate */
};

/* An address as it is: of which street, and where. */
struct lot {
    const struct street *street;
    struct doubles_address address;
    struct gaz_coord at;
    int record;
};

/* Number and tail as the importer has them: of an estate, the building is what
 * is counted. */
static void put_original(struct doubles_city *c, struct lot *lot)
{
    const struct doubles_address *a = &lot->address;
    struct gaz_arena *arena = &c->scratch.arena;
    char text[DOUBLES_TEXT_BYTES];
    doubles_write(&c->random, a, DOUBLES_JITTER, text);
    const int value = a->plate ? a->plate : a->building;
    const char *number =
        gaz_arena_printf(arena, "%d%s", value, a->plate ? "号" : "幢");
    if (a->annex)
        number = gaz_arena_printf(arena, "%s-%d", number, a->annex);
    const char *rest = strstr(text, a->name) + strlen(a->name);
    struct gaz_address address = {
        .id = c->next_id++,
        .text = text,
        .parent = doubles_id_of(c, lot->street->place),
        .number = number,
        .number_value = value,
        .tail = rest + strlen(number),
        .position = {doubles_by(c, lot->at, 2), GAZ_METHOD_SYNTHETIC, 5, 0},
        .is_synthetic = true};
    if (city_below(&c->random, SEEN) == 0)
        address.position = doubles_seen(c, lot->at);
    gaz_corpus_address(c->corpus, &address);
    lot->record = c->corpus->address_count - 1;
    c->left -= c->left > 0;
}

/* ---- duplicates ---- */

/* The record of another source, on its way through the importer. */
static bool standardise(struct doubles_city *c, const char *text,
                        struct gaz_entry *out)
{
    const struct gaz_field field = {"text", "", text};
    const struct gaz_record record = {.kind = GAZ_ENTRY_ADDRESS,
                                      .key = "1",
                                      .fields = &field,
                                      .field_count = 1,
                                      .verbatim = "{}"};
    c->status = gaz_standardise(&c->scratch, c->standardiser, &record, out);
    return c->status == GAZ_OK;
}

static bool is(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static int village_named(const struct town *town, const char *name)
{
    for (int i = 0; i < VILLAGES; i++)
        if (is(town->villages[i], name))
            return i;
    return -1;
}

/* The division that the importer hangs a road or hamlet under. */
static gaz_id division_of(const struct doubles_city *c,
                          const struct gaz_entry *entry)
{
    const struct town *town = &c->town;
    int village = village_named(town, entry->components[COMMUNITY]);
    if (!is(entry->components[TOWN], town->name))
        return is(entry->components[COUNTY], c->county)
                   ? doubles_id_of(c, town->county_place)
                   : 0;
    if (village >= 0 && entry->parent_category != GAZ_CATEGORY_ROAD)
        return doubles_id_of(c, town->village_places[village]);
    return doubles_id_of(c, town->place);
}

/* The place that was made for this name before, or a new one; -1: no room, or
 * it was made for another street: nobody could know. */
static int make_place(struct doubles_city *c, const struct lot *lot,
                      const char *name, gaz_id parent, int category)
{
    struct town *town = &c->town;
    for (int i = 0; i < town->made_count; i++)
        if (town->made[i].parent == parent && is(town->made[i].name, name))
            return town->made[i].street == lot->street ? town->made[i].place
                                                       : -1;
    if (town->made_count == MADE_MAX)
        return -1;
    struct gaz_place place = {.category = category, .parent = parent};
    int index = doubles_put_place(c, &place, name, NULL);
    town->made[town->made_count++] = (struct made){
        gaz_arena_strdup(&c->ctx->arena, name), parent, index, lot->street};
    doubles_label_add(&c->out->places, index, lot->street->place, DOUBLES_MADE);
    return index;
}

/* The numbered place by the name that was written; -1: try again. */
static int find_parent(struct doubles_city *c, const struct lot *lot,
                       const struct gaz_entry *entry)
{
    const struct town *town = &c->town;
    const char *name = entry->components[NUMBERED];
    const gaz_id division = division_of(c, entry);
    if (!name || division == 0)
        return -1;
    for (int i = 0;
         is(entry->components[TOWN], town->name) && i < town->street_count;
         i++) {
        const struct street *s = &town->streets[i];
        if (!is(s->name, name) && !is(s->alias, name))
            continue;
        if (s == lot->street)
            return s->place;
        /* of the same name elsewhere in the town: nobody could know; a hamlet
         * is told by its village */
        if (!is(lot->street->name, name) || s->village < 0)
            return -1;
    }
    return make_place(c, lot, name, division, entry->parent_category);
}

static void put_double(struct doubles_city *c, const struct lot *lot,
                       const struct gaz_entry *entry, int parent,
                       doubles_class which)
{
    struct gaz_address address = entry->address;
    address.id = c->next_id++;
    address.parent = doubles_id_of(c, parent);
    address.position = doubles_seen(c, lot->at);
    address.is_synthetic = true;
    if (which == DOUBLES_STALE) {
        address.status = GAZ_STATUS_HISTORICAL;
        address.valid_to = 20150000;
    }
    gaz_corpus_address(c->corpus, &address);
    doubles_label_add(&c->out->addresses, c->corpus->address_count - 1,
                      lot->record, which);
    c->left -= c->left > 0;
}

/* Whether an address can be spoilt in this way. */
static bool suits(const struct lot *lot, doubles_class which)
{
    const struct doubles_address *a = &lot->address;
    if (which == DOUBLES_ANNEX)
        return a->annex > 0;
    if (which == DOUBLES_ALIAS)
        return lot->street->alias != NULL;
    if (which == DOUBLES_UNIT)
        return a->cell > 0 && a->room > 0;
    /* a namesake within the town: nobody could know which was meant */
    if (which == DOUBLES_NO_TOWN)
        return lot->street->village < 0;
    return which != DOUBLES_CATEGORY && which != DOUBLES_MADE;
}

/* `wrong`: the street's name in that source; NULL: as the class says. */
static bool try_double(struct doubles_city *c, const struct lot *lot,
                       doubles_class which, const char *wrong)
{
    char text[DOUBLES_TEXT_BYTES];
    char name[DOUBLES_NAME_BYTES];
    struct doubles_address spoilt = lot->address;
    struct gaz_entry entry;
    gaz_arena_reset(&c->scratch.arena);
    if (wrong) {
        spoilt.name = wrong;
    } else if (which == DOUBLES_SOUND || which == DOUBLES_LETTER ||
               which == DOUBLES_LACKING) {
        if (!doubles_spoil(&c->random, spoilt.name, which, name))
            return false;
        spoilt.name = name;
    }
    if (which == DOUBLES_ALIAS)
        spoilt.name = lot->street->alias;
    if (which == DOUBLES_HIERARCHY && lot->street->village < 0 &&
        city_below(&c->random, 3) == 0)
        spoilt.village = c->town.villages[city_below(&c->random, VILLAGES - 2)];
    doubles_write(&c->random, &spoilt, which, text);
    if (!standardise(c, text, &entry))
        return false;
    int parent = find_parent(c, lot, &entry);
    if (parent < 0)
        return false;
    put_double(c, lot, &entry, parent, which);
    return true;
}

static void put_doubles(struct doubles_city *c, const struct lot *lot)
{
    int wanted = city_below(&c->random, DOUBLED) == 0;
    wanted += wanted && city_below(&c->random, TRIPLED) == 0;
    if (lot->street->wrong && city_below(&c->random, 2))
        (void)try_double(c, lot, lot->street->wrong_class, lot->street->wrong);
    for (int i = 0; wanted > 0 && i < TRIES; i++) {
        doubles_class which =
            (doubles_class)city_below(&c->random, DOUBLES_CLASSES);
        if (suits(lot, which) && try_double(c, lot, which, NULL))
            wanted--;
    }
}

/* ---- originals ---- */

static struct lot lot_of(const struct doubles_city *c,
                         const struct street *street)
{
    const struct town *town = &c->town;
    return (struct lot){
        .street = street,
        .address = {.province = c->province,
                    .county = c->county,
                    .town = town->name,
                    .village = street->village >= 0
                                   ? town->villages[street->village]
                                   : NULL,
                    .name = street->name,
                    .site = "便民超市"}};
}

static void put_lot(struct doubles_city *c, struct lot *lot)
{
    if (c->left == 0)
        return;
    put_original(c, lot);
    put_doubles(c, lot);
}

struct gaz_coord doubles_middle(const struct street *street)
{
    enum { HALF_M = 630 };
    if (street->category != GAZ_CATEGORY_ROAD)
        return street->from;
    return (struct gaz_coord){
        street->from.lon + HALF_M * METRE_DEG * cos(street->turn),
        street->from.lat + HALF_M * METRE_DEG * sin(street->turn)};
}

static void fill_road(struct doubles_city *c, const struct street *road)
{
    enum { PLATES = 70, LOT_M = 9, ASIDE_M = 12 };
    int number = 0;
    for (int i = 0; i < PLATES; i++) {
        struct lot lot = lot_of(c, road);
        number += 1 + (int)city_below(&c->random, 3);
        lot.address.plate = number;
        if (city_below(&c->random, 10) == 0)
            lot.address.annex = 1 + (int)city_below(&c->random, 4);
        else if (city_below(&c->random, 4) == 0) {
            lot.address.building = 1 + (int)city_below(&c->random, 9);
            lot.address.room = 101 + (int)city_below(&c->random, 6) * 100;
        }
        double along = number * LOT_M * METRE_DEG;
        double aside = (number % 2 ? ASIDE_M : -ASIDE_M) * METRE_DEG;
        lot.at = (struct gaz_coord){
            road->from.lon + along * cos(road->turn) - aside * sin(road->turn),
            road->from.lat + along * sin(road->turn) + aside * cos(road->turn)};
        put_lot(c, &lot);
    }
}

static void fill_hamlet(struct doubles_city *c, const struct street *hamlet)
{
    enum { HOUSES = 20, WITHIN_M = 150 };
    for (int i = 1; i <= HOUSES; i++) {
        struct lot lot = lot_of(c, hamlet);
        lot.address.plate = i;
        lot.at = doubles_by(c, hamlet->from, WITHIN_M);
        put_lot(c, &lot);
    }
}

static void fill_estate(struct doubles_city *c, const struct street *estate)
{
    enum { BUILDINGS = 9, CELLS = 2, FLOORS = 5, SPACE_M = 30 };
    for (int i = 0; i < BUILDINGS * CELLS * FLOORS; i++) {
        struct lot lot = lot_of(c, estate);
        const int building = i / (CELLS * FLOORS);
        const int row = building / 3;
        lot.address.building = 1 + building;
        lot.address.cell = 1 + i / FLOORS % CELLS;
        /* two flats a floor: each entrance has one of them */
        lot.address.room = (1 + i % FLOORS) * 100 + lot.address.cell;
        lot.at = (struct gaz_coord){
            estate->from.lon + building % 3 * SPACE_M * METRE_DEG,
            estate->from.lat + row * SPACE_M * METRE_DEG};
        put_lot(c, &lot);
    }
}

void doubles_addresses(struct doubles_city *c)
{
    for (int i = 0; i < c->town.street_count && c->status == GAZ_OK; i++) {
        const struct street *street = &c->town.streets[i];
        if (street->category == GAZ_CATEGORY_ROAD)
            fill_road(c, street);
        else if (street->category == GAZ_CATEGORY_HAMLET)
            fill_hamlet(c, street);
        else
            fill_estate(c, street);
    }
}
