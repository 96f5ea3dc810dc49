/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/index/image.h"

static int order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int order_signed(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_number(const void *a, const void *b)
{
    const struct gaz_snap_address *x = a;
    const struct gaz_snap_address *y = b;
    int result = order(x->parent, y->parent);
    if (result == 0)
        result = order_signed(x->number_value, y->number_value);
    if (result == 0)
        result = order(x->number, y->number);
    if (result == 0)
        result = order(x->tail, y->tail);
    return result != 0 ? result : order(x->id, y->id);
}

static int by_claim(const void *a, const void *b)
{
    const struct gaz_snap_claim *x = a;
    const struct gaz_snap_claim *y = b;
    int result = order(x->place, y->place);
    if (result == 0)
        result = order(y->is_preferred, x->is_preferred);
    if (result == 0)
        result = order(x->property, y->property);
    if (result == 0)
        result = order(x->value_date, y->value_date);
    if (result == 0)
        result = order(x->value, y->value);
    if (result == 0)
        result = order(x->source_title, y->source_title);
    if (result == 0)
        result = order(x->source_url, y->source_url);
    return result != 0 ? result : order(x->grade, y->grade);
}

static int by_change(const void *a, const void *b)
{
    const struct gaz_snap_change *x = a;
    const struct gaz_snap_change *y = b;
    int result = order(x->owner, y->owner);
    if (result == 0)
        result = order_signed(x->date, y->date);
    if (result == 0)
        result = order(x->from, y->from);
    if (result == 0)
        result = order(x->to, y->to);
    if (result == 0)
        result = order(x->kind, y->kind);
    if (result == 0)
        result = order(x->note, y->note);
    if (result == 0)
        result = order(x->source, y->source);
    return result != 0 ? result : order(x->basis, y->basis);
}

/* Resolves a place that a row names; 0 gives GAZ_NONE. */
static gaz_status resolve(struct gaz_ctx *ctx, const struct gaz_image *image,
                          const char *what, gaz_id id, uint32_t *out)
{
    *out = id == 0 ? GAZ_NONE : gaz_image_place_of(image, id);
    if (id == 0 || *out != GAZ_NONE)
        return GAZ_OK;
    char text[GAZ_ID_TEXT_BYTES];
    return gaz_fail(ctx, GAZ_INVALID, "%s names place %s, which does not exist",
                    what, gaz_id_write(id, text));
}

static gaz_status copy_address(struct gaz_ctx *ctx, struct gaz_image *image,
                               const struct gaz_given_address *given,
                               struct gaz_snap_address *row)
{
    memcpy(row, &given->row, sizeof(*row));
    row->number = image->offsets[row->number];
    row->tail = image->offsets[row->tail];
    gaz_status status =
        resolve(ctx, image, "an address", given->parent, &row->parent);
    if (status == GAZ_OK)
        status = resolve(ctx, image, "an address", given->place, &row->place);
    if (status == GAZ_OK)
        status = gaz_source_index(ctx, image, given->source, &row->source);
    return status;
}

struct address_id {
    uint64_t id;
    uint32_t index;
};

static int by_address_id(const void *a, const void *b)
{
    return order(((const struct address_id *)a)->id,
                 ((const struct address_id *)b)->id);
}

static gaz_status index_addresses(struct gaz_ctx *ctx, struct gaz_image *image)
{
    const struct gaz_snap_address *rows =
        gaz_image_items(image, GAZ_SECTION_ADDRESSES);
    uint32_t count = gaz_image_count(image, GAZ_SECTION_ADDRESSES);
    struct address_id *ids = gaz_malloc((count + 1U) * sizeof(*ids));
    for (uint32_t i = 0; i < count; i++)
        ids[i] = (struct address_id){rows[i].id, i};
    qsort(ids, count, sizeof(*ids), by_address_id);
    uint32_t *out = gaz_image_add(image, GAZ_SECTION_ADDRESS_IDS, count);
    gaz_status status = GAZ_OK;
    for (uint32_t i = 0; i < count && status == GAZ_OK; i++) {
        out[i] = ids[i].index;
        char text[GAZ_ID_TEXT_BYTES];
        if (i > 0 && ids[i].id == ids[i - 1].id)
            status = gaz_fail(ctx, GAZ_INVALID, "address %s is given twice",
                              gaz_id_write(ids[i].id, text));
    }
    gaz_free(ids);
    return status;
}

static gaz_status attach_addresses(struct gaz_ctx *ctx, struct gaz_image *image)
{
    const struct gaz_given_address *given = image->builder->addresses.items;
    size_t count = image->builder->addresses.count;
    struct gaz_snap_address *rows =
        gaz_image_add(image, GAZ_SECTION_ADDRESSES, count);
    for (size_t i = 0; i < count; i++) {
        gaz_status status = copy_address(ctx, image, &given[i], &rows[i]);
        if (status != GAZ_OK)
            return status;
    }
    qsort(rows, count, sizeof(*rows), by_number);
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    for (size_t i = count; i-- > 0;) {
        if (rows[i].parent == GAZ_NONE)
            continue;
        places[rows[i].parent].address_first = (uint32_t)i;
        places[rows[i].parent].address_count++;
    }
    return index_addresses(ctx, image);
}

static gaz_status attach_claims(struct gaz_ctx *ctx, struct gaz_image *image)
{
    const struct gaz_given_claim *given = image->builder->claims.items;
    size_t count = image->builder->claims.count;
    const uint32_t *offsets = image->offsets;
    struct gaz_snap_claim *rows =
        gaz_image_add(image, GAZ_SECTION_CLAIMS, count);
    for (size_t i = 0; i < count; i++) {
        const struct gaz_snap_claim *from = &given[i].row;
        rows[i] = (struct gaz_snap_claim){
            .property = offsets[from->property],
            .value = offsets[from->value],
            .value_date = offsets[from->value_date],
            .source_title = offsets[from->source_title],
            .source_url = offsets[from->source_url],
            .grade = offsets[from->grade],
            .is_preferred = from->is_preferred,
        };
        gaz_status status =
            given[i].place == 0
                ? gaz_fail(ctx, GAZ_INVALID, "a claim names no place")
                : resolve(ctx, image, "a claim", given[i].place,
                          &rows[i].place);
        if (status != GAZ_OK)
            return status;
    }
    qsort(rows, count, sizeof(*rows), by_claim);
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    for (size_t i = count; i-- > 0;) {
        places[rows[i].place].claim_first = (uint32_t)i;
        places[rows[i].place].claim_count++;
    }
    return GAZ_OK;
}

/* A change stands at both its places, and once when they are the same. */
static void add_change(struct gaz_image *image,
                       const struct gaz_snap_change *row)
{
    const uint32_t owners[2] = {row->from, row->to};
    for (int i = 0; i < 2; i++) {
        if (owners[i] == GAZ_NONE || (i == 1 && row->from == row->to))
            continue;
        struct gaz_snap_change *added =
            gaz_image_add(image, GAZ_SECTION_CHANGES, 1);
        *added = *row;
        added->owner = owners[i];
    }
}

static gaz_status attach_changes(struct gaz_ctx *ctx, struct gaz_image *image)
{
    const struct gaz_given_change *given = image->builder->changes.items;
    for (size_t i = 0; i < image->builder->changes.count; i++) {
        struct gaz_snap_change row = given[i].row;
        row.note = image->offsets[row.note];
        gaz_status status =
            resolve(ctx, image, "a change", given[i].from, &row.from);
        if (status == GAZ_OK)
            status = resolve(ctx, image, "a change", given[i].to, &row.to);
        if (status == GAZ_OK)
            status = gaz_source_index(ctx, image, given[i].source, &row.source);
        if (status != GAZ_OK)
            return status;
        add_change(image, &row);
    }
    struct gaz_snap_change *rows = gaz_image_items(image, GAZ_SECTION_CHANGES);
    uint32_t count = gaz_image_count(image, GAZ_SECTION_CHANGES);
    if (count > 0)
        qsort(rows, count, sizeof(*rows), by_change);
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    for (uint32_t i = count; i-- > 0;) {
        places[rows[i].owner].change_first = i;
        places[rows[i].owner].change_count++;
    }
    return GAZ_OK;
}

struct child {
    uint32_t parent;
    uint32_t place; /* indexes grow with the ids */
    uint64_t code;
};

static int by_parent(const void *a, const void *b)
{
    const struct child *x = a;
    const struct child *y = b;
    int result = order(x->parent, y->parent);
    if (result == 0)
        result = order(x->code, y->code);
    return result != 0 ? result : order(x->place, y->place);
}

static void attach_children(struct gaz_image *image)
{
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    uint32_t count = gaz_image_count(image, GAZ_SECTION_PLACES);
    struct child *sorted = gaz_malloc((count + 1U) * sizeof(*sorted));
    uint32_t children = 0;
    for (uint32_t i = 0; i < count; i++)
        if (places[i].parent != GAZ_NONE)
            sorted[children++] =
                (struct child){places[i].parent, i, places[i].code};
    qsort(sorted, children, sizeof(*sorted), by_parent);
    uint32_t *out = gaz_image_add(image, GAZ_SECTION_CHILDREN, children);
    for (uint32_t i = children; i-- > 0;) {
        out[i] = sorted[i].place;
        places[sorted[i].parent].child_first = i;
        places[sorted[i].parent].child_count++;
    }
    gaz_free(sorted);
}

gaz_status gaz_attach_rows(struct gaz_ctx *ctx, struct gaz_image *image)
{
    attach_children(image);
    gaz_status status = attach_addresses(ctx, image);
    if (status == GAZ_OK)
        status = attach_claims(ctx, image);
    if (status == GAZ_OK)
        status = attach_changes(ctx, image);
    return status;
}
