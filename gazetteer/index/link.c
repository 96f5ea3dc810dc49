/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/index/image.h"

static int by_place_id(const void *a, const void *b)
{
    uint64_t x = (*(const struct gaz_given_place *const *)a)->row.id;
    uint64_t y = (*(const struct gaz_given_place *const *)b)->row.id;
    return (x > y) - (x < y);
}

static int by_merged(const void *a, const void *b)
{
    const struct gaz_format_redirect *x = a;
    const struct gaz_format_redirect *y = b;
    if (x->merged != y->merged)
        return x->merged < y->merged ? -1 : 1;
    return (x->kept > y->kept) - (x->kept < y->kept);
}

/* Names in the file: the standard one as given, the others in a total order,
 * so that their order in the database does not matter. */
struct linked_name {
    const struct gaz_given_name *name;
    const char *text;
    const char *roman;
};

static int by_name(const void *a, const void *b)
{
    const struct linked_name *x = a;
    const struct linked_name *y = b;
    const struct gaz_snap_name *m = &x->name->row;
    const struct gaz_snap_name *n = &y->name->row;
    if (m->kind != n->kind)
        return m->kind < n->kind ? -1 : 1;
    if (m->valid_from != n->valid_from)
        return m->valid_from < n->valid_from ? -1 : 1;
    if (m->valid_to != n->valid_to)
        return m->valid_to < n->valid_to ? -1 : 1;
    int order = strcmp(x->text, y->text);
    if (order == 0)
        order = strcmp(x->roman, y->roman);
    if (order == 0)
        order = (int)m->basis - (int)n->basis;
    return order;
}

static const struct gaz_format_redirect *
redirect_of(const struct gaz_image *image, gaz_id id)
{
    const struct gaz_format_redirect key = {.merged = id};
    const struct gaz_format_redirect *items =
        gaz_image_items(image, GAZ_SECTION_REDIRECTS);
    uint32_t low = 0;
    uint32_t high = gaz_image_count(image, GAZ_SECTION_REDIRECTS);
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (items[mid].merged < key.merged)
            low = mid + 1;
        else
            high = mid;
    }
    return low < gaz_image_count(image, GAZ_SECTION_REDIRECTS) &&
                   items[low].merged == id
               ? &items[low]
               : NULL;
}

uint32_t gaz_image_place_of(const struct gaz_image *image, gaz_id id)
{
    const struct gaz_format_redirect *redirect = redirect_of(image, id);
    if (redirect)
        id = redirect->kept;
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    uint32_t low = 0;
    uint32_t high = gaz_image_count(image, GAZ_SECTION_PLACES);
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (places[mid].id < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < gaz_image_count(image, GAZ_SECTION_PLACES) &&
                   places[low].id == id
               ? low
               : GAZ_NONE;
}

/* Copies the redirects, sorted, each straight to the last of its chain. */
static gaz_status link_redirects(struct gaz_ctx *ctx, struct gaz_image *image)
{
    const struct gaz_rows *given = &image->builder->redirects;
    struct gaz_format_redirect *items =
        gaz_image_add(image, GAZ_SECTION_REDIRECTS, given->count);
    if (given->count == 0)
        return GAZ_OK;
    memcpy(items, given->items, given->count * sizeof(*items));
    qsort(items, given->count, sizeof(*items), by_merged);
    for (size_t i = 0; i < given->count; i++) {
        const struct gaz_format_redirect *next = &items[i];
        size_t steps = 0;
        while (next && steps++ <= given->count) {
            items[i].kept = next->kept;
            next = redirect_of(image, next->kept);
        }
        if (next) {
            char text[GAZ_ID_TEXT_BYTES];
            return gaz_fail(ctx, GAZ_INVALID,
                            "merged %s redirects to itself in a circle",
                            gaz_id_write(items[i].merged, text));
        }
    }
    return GAZ_OK;
}

static void link_names(struct gaz_image *image, uint32_t place)
{
    const struct gaz_builder *builder = image->builder;
    const struct gaz_given_place *given = image->given[place];
    const struct gaz_given_name *names = builder->names.items;
    uint16_t count = given->row.name_count;
    struct linked_name sorted[GAZ_NAMES_MAX];
    for (uint16_t i = 0; i < count; i++) {
        const struct gaz_given_name *name = &names[given->name_first + i];
        sorted[i] = (struct linked_name){
            .name = name,
            .text = gaz_pool_text(&builder->pool, name->row.text),
            .roman = gaz_pool_text(&builder->pool, name->row.roman)};
    }
    qsort(sorted + 1, count - 1U, sizeof(sorted[0]), by_name);
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    places[place].name_first = gaz_image_count(image, GAZ_SECTION_NAMES);
    struct gaz_snap_name *rows = gaz_image_add(image, GAZ_SECTION_NAMES, count);
    for (uint16_t i = 0; i < count; i++) {
        rows[i] = sorted[i].name->row;
        rows[i].place = place;
        rows[i].source = (uint32_t)(sorted[i].name - names); /* source.c */
    }
}

static gaz_status link_parent(struct gaz_ctx *ctx, struct gaz_image *image,
                              uint32_t place)
{
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    gaz_id parent = image->given[place]->parent;
    places[place].parent =
        parent == 0 ? GAZ_NONE : gaz_image_place_of(image, parent);
    if (parent == 0 || places[place].parent != GAZ_NONE)
        return GAZ_OK;
    char id[GAZ_ID_TEXT_BYTES];
    char parent_id[GAZ_ID_TEXT_BYTES];
    return gaz_fail(
        ctx, GAZ_INVALID, "place %s lies in %s, which does not exist",
        gaz_id_write(places[place].id, id), gaz_id_write(parent, parent_id));
}

/* Look-ups and labels walk up to the top, so there must be one. */
static gaz_status check_depth(struct gaz_ctx *ctx,
                              const struct gaz_image *image, uint32_t place)
{
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    uint32_t at = places[place].parent;
    for (int depth = 0; at != GAZ_NONE; depth++, at = places[at].parent) {
        if (depth < GAZ_FORMAT_DEPTH_MAX && at != place)
            continue;
        char id[GAZ_ID_TEXT_BYTES];
        (void)gaz_id_write(places[place].id, id);
        if (at == place)
            return gaz_fail(ctx, GAZ_INVALID,
                            "place %s lies in itself, by way of its parents",
                            id);
        return gaz_fail(ctx, GAZ_INVALID,
                        "place %s has more than %d parents above it (or they "
                        "lie in each other)",
                        id, GAZ_FORMAT_DEPTH_MAX);
    }
    return GAZ_OK;
}

/* The rows of all places, by id. */
static gaz_status copy_places(struct gaz_ctx *ctx, struct gaz_image *image)
{
    const struct gaz_given_place *given = image->builder->places.items;
    size_t count = image->builder->places.count;
    image->given = gaz_malloc((count + 1) * sizeof(const void *));
    for (size_t i = 0; i < count; i++)
        image->given[i] = &given[i];
    qsort(image->given, count, sizeof(const void *), by_place_id);
    struct gaz_snap_place *places =
        gaz_image_add(image, GAZ_SECTION_PLACES, count);
    for (size_t i = 0; i < count; i++) {
        memcpy(&places[i], &image->given[i]->row, sizeof(places[i]));
        if (i > 0 && places[i].id == places[i - 1].id) {
            char id[GAZ_ID_TEXT_BYTES];
            return gaz_fail(ctx, GAZ_INVALID, "place %s is given twice",
                            gaz_id_write(places[i].id, id));
        }
    }
    return GAZ_OK;
}

gaz_status gaz_link_places(struct gaz_ctx *ctx, struct gaz_image *image)
{
    gaz_status status = copy_places(ctx, image);
    if (status == GAZ_OK)
        status = link_redirects(ctx, image);
    uint32_t count = gaz_image_count(image, GAZ_SECTION_PLACES);
    for (uint32_t i = 0; i < count && status == GAZ_OK; i++) {
        link_names(image, i);
        status = link_parent(ctx, image, i);
    }
    for (uint32_t i = 0; i < count && status == GAZ_OK; i++)
        status = check_depth(ctx, image, i);
    return status;
}
