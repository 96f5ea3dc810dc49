/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/label.h"

#include <string.h>

enum { LABEL_LEVELS_MAX = 16, LABEL_PIECES_MAX = LABEL_LEVELS_MAX + 6 };

/* Text to be joined: one allocation, no formatting, since every answer has one.
 */
struct pieces {
    const char *items[LABEL_PIECES_MAX];
    size_t sizes[LABEL_PIECES_MAX];
    int count;
    size_t size;
};

static void add(struct pieces *pieces, const char *text)
{
    size_t size = strlen(text);
    if (size == 0 || pieces->count == LABEL_PIECES_MAX)
        return;
    pieces->items[pieces->count] = text;
    pieces->sizes[pieces->count++] = size;
    pieces->size += size;
}

static const char *join(struct gaz_ctx *ctx, const struct pieces *pieces)
{
    char *out = gaz_arena_alloc(&ctx->arena, pieces->size + 1);
    size_t at = 0;
    for (int i = 0; i < pieces->count; i++) {
        memcpy(out + at, pieces->items[i], pieces->sizes[i]);
        at += pieces->sizes[i];
    }
    return out;
}

const char *gaz_label_name(const struct gaz_snapshot *snap, uint32_t place,
                           gaz_date day)
{
    uint32_t name = gaz_snapshot_name_at(snap, place, day);
    if (name == GAZ_NONE)
        name = snap->places[place].name_first;
    return name < snap->name_count
               ? gaz_snapshot_text(snap, snap->names[name].text)
               : "";
}

static void add_chain(struct pieces *pieces, const struct gaz_snapshot *snap,
                      uint32_t place, gaz_date day)
{
    uint32_t chain[LABEL_LEVELS_MAX];
    int depth = 0;
    for (; place != GAZ_NONE && depth < LABEL_LEVELS_MAX;
         place = snap->places[place].parent)
        chain[depth++] = place;
    const char *last = "";
    while (depth > 0) {
        /* As the builder does: what stands already is not said again. */
        const char *name = gaz_label_name(snap, chain[--depth], day);
        size_t said = strlen(last);
        add(pieces, name + (strncmp(name, last, said) == 0 ? said : 0));
        last = name;
    }
}

static void add_place(struct pieces *pieces, const struct gaz_snapshot *snap,
                      uint32_t place, gaz_date day)
{
    const char *ready = gaz_snapshot_text(snap, snap->places[place].label);
    if (day == GAZ_DATE_OPEN && *ready)
        add(pieces, ready);
    else
        add_chain(pieces, snap, place, day);
}

const char *gaz_search_label(struct gaz_ctx *ctx,
                             const struct gaz_snapshot *snap, uint32_t place,
                             gaz_date at)
{
    if (place >= snap->place_count)
        return "";
    if (at == GAZ_DATE_OPEN && snap->places[place].label)
        return gaz_snapshot_text(snap, snap->places[place].label);
    struct pieces pieces = {.count = 0};
    add_place(&pieces, snap, place, at);
    return join(ctx, &pieces);
}

const char *gaz_label_address(struct gaz_ctx *ctx,
                              const struct gaz_snapshot *snap, uint32_t address,
                              gaz_date day)
{
    return gaz_label_address_to(ctx, snap, address, day, SIZE_MAX);
}

const char *gaz_label_address_to(struct gaz_ctx *ctx,
                                 const struct gaz_snapshot *snap,
                                 uint32_t address, gaz_date day,
                                 size_t tail_size)
{
    const struct gaz_snap_address *row = &snap->addresses[address];
    struct pieces pieces = {.count = 0};
    const char *tail = gaz_snapshot_text(snap, row->tail);
    bool is_whole = tail_size >= strlen(tail);
    if (!is_whole)
        tail = gaz_arena_strndup(&ctx->arena, tail, tail_size);
    if (row->parent != GAZ_NONE)
        add_place(&pieces, snap, row->parent, day);
    add(&pieces, gaz_snapshot_text(snap, row->number));
    add(&pieces, tail);
    if (row->place != GAZ_NONE && is_whole) {
        add(&pieces, "（");
        add(&pieces, gaz_label_name(snap, row->place, day));
        add(&pieces, "）");
    }
    return join(ctx, &pieces);
}

static struct gaz_position position_of(int32_t lon_e7, int32_t lat_e7,
                                       uint8_t method, float accuracy_m,
                                       uint32_t source)
{
    if (lon_e7 == INT32_MIN || method == GAZ_METHOD_NONE)
        return (struct gaz_position){.method = GAZ_METHOD_NONE};
    return (struct gaz_position){
        .coord = {gaz_coord_from_e7(lon_e7), gaz_coord_from_e7(lat_e7)},
        .method = (gaz_method)method,
        .accuracy_m = (double)accuracy_m,
        .source = source,
    };
}

struct gaz_position gaz_label_position(const struct gaz_snapshot *snap,
                                       uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    return position_of(row->lon_e7, row->lat_e7, row->method, row->accuracy_m,
                       row->source);
}

struct gaz_position gaz_label_address_position(const struct gaz_snapshot *snap,
                                               uint32_t address)
{
    const struct gaz_snap_address *row = &snap->addresses[address];
    struct gaz_position position = position_of(
        row->lon_e7, row->lat_e7, row->method, row->accuracy_m, row->source);
    if (position.method == GAZ_METHOD_NONE && row->place != GAZ_NONE)
        position = gaz_label_position(snap, row->place);
    return position;
}

gaz_match gaz_label_match(const struct gaz_snapshot *snap, uint32_t place)
{
    static const gaz_match LEVELS[] = {
        [GAZ_LEVEL_NONE] = GAZ_MATCH_SITE,
        [GAZ_LEVEL_PROVINCE] = GAZ_MATCH_PROVINCE,
        [GAZ_LEVEL_CITY] = GAZ_MATCH_CITY,
        [GAZ_LEVEL_COUNTY] = GAZ_MATCH_COUNTY,
        [GAZ_LEVEL_TOWN] = GAZ_MATCH_TOWN,
        [GAZ_LEVEL_VILLAGE] = GAZ_MATCH_VILLAGE,
    };
    const struct gaz_snap_place *row = &snap->places[place];
    if (row->level > GAZ_LEVEL_NONE && row->level <= GAZ_LEVEL_VILLAGE)
        return LEVELS[row->level];
    uint32_t category = row->category;
    if (category / 100 == 235)
        return GAZ_MATCH_ROAD;
    if (category / 1000 == 22 || category == GAZ_CATEGORY_ZONE)
        return GAZ_MATCH_ESTATE;
    return GAZ_MATCH_SITE;
}

const char *gaz_match_name(gaz_match match)
{
    static const char *const NAMES[] = {
        [GAZ_MATCH_NONE] = "none",
        [GAZ_MATCH_PROVINCE] = "province",
        [GAZ_MATCH_CITY] = "city",
        [GAZ_MATCH_COUNTY] = "county",
        [GAZ_MATCH_TOWN] = "town",
        [GAZ_MATCH_VILLAGE] = "village",
        [GAZ_MATCH_ESTATE] = "estate",
        [GAZ_MATCH_ROAD] = "road",
        [GAZ_MATCH_INTERPOLATED] = "interpolated",
        [GAZ_MATCH_SITE] = "site",
        [GAZ_MATCH_EXACT] = "exact",
    };
    return (unsigned)match <= GAZ_MATCH_EXACT ? NAMES[match] : "none";
}
