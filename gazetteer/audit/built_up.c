/* SPDX-License-Identifier: Apache-2.0 */
/* built_up.c - which built-up area (建成区) each road and estate lies in, as
 * far as the operator has told: the law asks for unique names within one. */
#include <string.h>

#include "gazetteer/audit/area.h"
#include "gazetteer/audit/corpus.h"
#include "gazetteer/base/text.h"

static uint64_t key_of(const char *name)
{
    uint64_t hash = gaz_text_hash(name, strlen(name));
    return hash > GAZ_BUILT_UP_OUTSIDE ? hash : hash + 2;
}

static bool is_built_up_area(const struct gaz_corpus_place *place)
{
    return place->area >= 0 && gaz_corpus_is_live(&place->place) &&
           gaz_text_ends_with(gaz_corpus_name(place), "建成区");
}

/* Where a place is: its position, else the middle of its axis. */
static bool where_of(const struct gaz_corpus *corpus,
                     const struct gaz_corpus_place *place,
                     struct gaz_coord *out)
{
    const struct gaz_position *position = &place->place.position;
    if (position->method != GAZ_METHOD_NONE &&
        position->method != GAZ_METHOD_INHERITED) {
        *out = position->coord;
        return true;
    }
    if (place->axis < 0)
        return false;
    const struct gaz_corpus_axis *axis = &corpus->axes[place->axis];
    *out = axis->points[axis->count / 2];
    return true;
}

/* The built-up areas among the places. */
struct areas {
    const int *items; /* indexes of places */
    int count;
};

static struct areas find_areas(struct gaz_corpus *corpus)
{
    int count = 0;
    for (int i = 0; i < corpus->place_count; i++)
        count += is_built_up_area(&corpus->places[i]);
    int *items =
        gaz_arena_array(&corpus->ctx.arena, (size_t)count + 1, sizeof(*items));
    count = 0;
    for (int i = 0; i < corpus->place_count; i++)
        if (is_built_up_area(&corpus->places[i]))
            items[count++] = i;
    return (struct areas){items, count};
}

static uint64_t find_polygon(const struct gaz_corpus *corpus,
                             const struct areas *areas,
                             const struct gaz_corpus_place *place)
{
    struct gaz_coord where;
    if (areas->count == 0 || !where_of(corpus, place, &where))
        return GAZ_BUILT_UP_UNKNOWN;
    for (int i = 0; i < areas->count; i++) {
        const struct gaz_corpus_place *area = &corpus->places[areas->items[i]];
        if (gaz_area_contains(&corpus->areas[area->area], where))
            return key_of(gaz_corpus_name(area));
    }
    return GAZ_BUILT_UP_OUTSIDE;
}

static bool is_named(const struct gaz_corpus_place *place)
{
    const int category = place->place.category;
    return category / 10 == 2351 || category / 100 == 221 ||
           category / 100 == 261;
}

void gaz_corpus_find_built_up(struct gaz_corpus *corpus)
{
    const struct areas areas = find_areas(corpus);
    for (int i = 0; i < corpus->place_count; i++) {
        struct gaz_corpus_place *place = &corpus->places[i];
        if (!is_named(place))
            continue;
        const char *told = gaz_corpus_attribute_of(corpus, place->place.id,
                                                   GAZ_ATTRIBUTE_BUILT_UP);
        place->built_up =
            told ? key_of(told) : find_polygon(corpus, &areas, place);
    }
}
