/* SPDX-License-Identifier: Apache-2.0 */
/* The order of importance, 0 first, a number for each place: current before
 * planned before historical; then by class as below; then by official code
 * (those without last) and id, so that the order is total. */
#include <stdlib.h>

#include "gazetteer/index/image.h"

/* Divisions by level come first, then what people name when they ask: sites,
 * zones and estates before roads before hamlets. */
enum {
    CLASS_SITE = GAZ_LEVEL_VILLAGE + 1,
    CLASS_ZONE,
    CLASS_ESTATE,
    CLASS_ROAD,
    CLASS_HAMLET,
};

struct ranked {
    uint32_t status;
    uint32_t class;
    uint64_t code;
    uint32_t place; /* indexes grow with the ids */
};

static uint32_t class_of(const struct gaz_snap_place *place)
{
    if (place->level != GAZ_LEVEL_NONE)
        return place->level;
    switch (place->category) {
    case GAZ_CATEGORY_ZONE:
        return CLASS_ZONE;
    case GAZ_CATEGORY_ESTATE:
        return CLASS_ESTATE;
    case GAZ_CATEGORY_ROAD:
        return CLASS_ROAD;
    case GAZ_CATEGORY_HAMLET:
        return CLASS_HAMLET;
    default:
        return CLASS_SITE;
    }
}

static int by_importance(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->status != y->status)
        return x->status < y->status ? -1 : 1;
    if (x->class != y->class)
        return x->class < y->class ? -1 : 1;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

void gaz_rank_places(struct gaz_image *image)
{
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    uint32_t count = gaz_image_count(image, GAZ_SECTION_PLACES);
    struct ranked *sorted = gaz_malloc((count + 1U) * sizeof(*sorted));
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = (struct ranked){
            .status = places[i].status,
            .class = class_of(&places[i]),
            .code = places[i].code ? places[i].code : UINT64_MAX,
            .place = i,
        };
    qsort(sorted, count, sizeof(*sorted), by_importance);
    for (uint32_t i = 0; i < count; i++)
        places[sorted[i].place].rank = i;
    gaz_free(sorted);
}
