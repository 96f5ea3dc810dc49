/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/answer.h"

#include <stdlib.h>

#include "gazetteer/search/reasons.h"

void gaz_answer_place(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_asked *asked, uint32_t place,
                      uint32_t name, struct gaz_answer *out)
{
    *out = (struct gaz_answer){
        .place = place,
        .address = GAZ_NONE,
        .name = name,
        .label = gaz_search_label(ctx, snap, place, asked->query->at),
        .match = gaz_label_match(snap, place),
        .position = gaz_label_position(snap, place),
        .distance_m = -1,
    };
}

void gaz_answer_distance(const struct gaz_asked *asked, struct gaz_answer *out)
{
    out->distance_m =
        asked->query->focus && out->position.method != GAZ_METHOD_NONE
            ? gaz_coord_distance_m(*asked->query->focus, out->position.coord)
            : -1;
}

static void keep(const struct gaz_snapshot *snap, const struct gaz_asked *asked,
                 const struct gaz_found *found, struct gaz_found_list *list)
{
    if (asked->below != GAZ_NONE &&
        !gaz_history_within(snap, found->place, asked->below))
        return;
    if (!gaz_rank_fits(snap, found->place, asked->query->category))
        return;
    for (int i = 0; i < list->count; i++) {
        if (list->items[i].place != found->place)
            continue;
        if (found->worth > list->items[i].worth)
            list->items[i] = *found;
        return;
    }
    if (list->count < GAZ_FOUND_MAX)
        list->items[list->count++] = *found;
}

/* A name that is given whole comes before all that only begin with it. */
static double worth_of(const struct gaz_snapshot *snap,
                       const struct gaz_asked *asked,
                       const struct gaz_found *found)
{
    double worth = gaz_rank_prior(snap, found->place) *
                   (0.5 + 0.5 * found->closeness) *
                   (double)gaz_rank_how((gaz_how)found->link.how);
    if (asked->query->focus) {
        struct gaz_position position = gaz_label_position(snap, found->place);
        worth *= gaz_rank_nearness(
            position.method == GAZ_METHOD_NONE
                ? 1e9
                : gaz_coord_distance_m(*asked->query->focus, position.coord));
    }
    return found->closeness >= 1 ? worth + 100 : worth;
}

static gaz_how how_of(const struct gaz_snap_name *name, gaz_date day)
{
    if ((name->kind == GAZ_NAME_FORMER && name->valid_to == GAZ_DATE_OPEN) ||
        !gaz_date_in(day, name->valid_from, name->valid_to))
        return GAZ_HOW_FORMER;
    bool is_other =
        name->kind == GAZ_NAME_ALIAS || name->kind == GAZ_NAME_VARIANT;
    return is_other ? GAZ_HOW_ALIAS : GAZ_HOW_EXACT;
}

void gaz_answer_take(const struct gaz_snapshot *snap,
                     const struct gaz_asked *asked, uint32_t place,
                     uint32_t name, double closeness, gaz_how how,
                     struct gaz_found_list *list)
{
    struct gaz_found found = {
        .place = place, .name = name, .closeness = closeness};
    found.link = (struct gaz_link){
        .place = place, .name = name, .via = GAZ_NONE, .how = (uint8_t)how};
    struct gaz_heir heirs[GAZ_HEIRS_MAX];
    bool stands = gaz_history_stands(snap, place, asked->day);
    int count = stands ? 0 : gaz_history_heirs(snap, place, asked->day, heirs);
    if (count == 0) {
        if (!stands)
            found.link.how = GAZ_HOW_GONE;
        else if (how == GAZ_HOW_EXACT)
            found.link.how = (uint8_t)how_of(&snap->names[name], asked->day);
        found.worth = worth_of(snap, asked, &found);
        keep(snap, asked, &found, list);
        return;
    }
    for (int i = 0; i < count; i++) {
        found.place = heirs[i].place;
        found.link = (struct gaz_link){.place = heirs[i].place,
                                       .name = name,
                                       .via = place,
                                       .date = heirs[i].date,
                                       .how = GAZ_HOW_HEIR,
                                       .change = (uint8_t)heirs[i].kind,
                                       .is_later = heirs[i].is_later};
        found.worth = worth_of(snap, asked, &found);
        keep(snap, asked, &found, list);
    }
}

/* An index beside what it is sorted by, so that no rows need be moved. */
struct order {
    double worth;
    uint32_t rank;
    uint32_t place;
    int index;
};

static int compare(const void *left, const void *right)
{
    const struct order *a = left;
    const struct order *b = right;
    if (a->worth != b->worth)
        return a->worth > b->worth ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

void gaz_answer_write(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_asked *asked,
                      struct gaz_found_list *list, struct gaz_answers *out)
{
    struct order order[GAZ_FOUND_MAX];
    for (int i = 0; i < list->count; i++)
        order[i] =
            (struct order){.worth = list->items[i].worth,
                           .rank = snap->places[list->items[i].place].rank,
                           .place = list->items[i].place,
                           .index = i};
    qsort(order, (size_t)list->count, sizeof(order[0]), compare);
    int wanted =
        list->count < asked->query->limit ? list->count : asked->query->limit;
    struct gaz_answer *items =
        gaz_arena_array(&ctx->arena, (size_t)wanted + 1, sizeof(*items));
    for (int i = 0; i < wanted; i++) {
        const struct gaz_found *found = &list->items[order[i].index];
        struct gaz_answer *answer = &items[i];
        gaz_answer_place(ctx, snap, asked, found->place, found->name, answer);
        gaz_answer_distance(asked, answer);
        double closeness = found->closeness < 1 ? found->closeness : 1;
        answer->confidence =
            0.99 * closeness * (double)gaz_rank_how((gaz_how)found->link.how);
        if (found->name != GAZ_NONE)
            gaz_reasons_link(ctx, snap, &found->link, asked->text,
                             (int)asked->size, asked->day, answer);
        gaz_reasons_position(snap, answer);
    }
    *out = (struct gaz_answers){.items = items,
                                .count = wanted,
                                .standardised = gaz_arena_strndup(
                                    &ctx->arena, asked->text, asked->size)};
}
