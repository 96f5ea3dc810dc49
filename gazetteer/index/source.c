/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdlib.h>

#include "gazetteer/index/image.h"

static int by_key(const void *a, const void *b)
{
    const struct gaz_snap_source *x =
        &((const struct gaz_given_source *)a)->row;
    const struct gaz_snap_source *y =
        &((const struct gaz_given_source *)b)->row;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->edition != y->edition)
        return x->edition < y->edition ? -1 : 1;
    return (x->title > y->title) - (x->title < y->title);
}

static int by_source_id(const void *a, const void *b)
{
    int64_t x = ((const struct gaz_image_source *)a)->id;
    int64_t y = ((const struct gaz_image_source *)b)->id;
    return (x > y) - (x < y);
}

gaz_status gaz_source_index(struct gaz_ctx *ctx, const struct gaz_image *image,
                            int64_t id, uint32_t *out)
{
    if (id == 0) {
        *out = 0;
        return GAZ_OK;
    }
    const struct gaz_image_source key = {.id = id};
    const struct gaz_image_source *found =
        image->source_ids.count == 0
            ? NULL
            : bsearch(&key, image->source_ids.items, image->source_ids.count,
                      sizeof(key), by_source_id);
    if (!found)
        return gaz_fail(ctx, GAZ_INVALID,
                        "a row names source %" PRId64 ", which does not exist",
                        id);
    *out = found->index;
    return GAZ_OK;
}

static void settle(struct gaz_snap_source *row, const uint32_t *offsets)
{
    row->key = offsets[row->key];
    row->title = offsets[row->title];
    row->origin = offsets[row->origin];
    row->edition = offsets[row->edition];
    row->licence = offsets[row->licence];
    row->credit = offsets[row->credit];
    row->url = offsets[row->url];
    row->grade = offsets[row->grade];
}

/* Row 0 stands for "no source"; the others follow by key. */
static void copy_sources(struct gaz_image *image)
{
    const struct gaz_rows *rows = &image->builder->sources;
    const struct gaz_given_source *given = rows->items;
    struct gaz_given_source *sorted =
        gaz_malloc((rows->count + 1) * sizeof(*sorted));
    for (size_t i = 0; i < rows->count; i++) {
        sorted[i] = given[i];
        settle(&sorted[i].row, image->offsets);
    }
    qsort(sorted, rows->count, sizeof(*sorted), by_key);
    struct gaz_snap_source *out =
        gaz_image_add(image, GAZ_SECTION_SOURCES, rows->count + 1);
    struct gaz_image_source *ids =
        gaz_rows_add(&image->source_ids, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        out[i + 1] = sorted[i].row;
        ids[i] = (struct gaz_image_source){sorted[i].id, (uint32_t)i + 1};
    }
    qsort(ids, rows->count, sizeof(*ids), by_source_id);
    gaz_free(sorted);
}

gaz_status gaz_source_link(struct gaz_ctx *ctx, struct gaz_image *image)
{
    copy_sources(image);
    const struct gaz_given_name *given = image->builder->names.items;
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    struct gaz_snap_name *names = gaz_image_items(image, GAZ_SECTION_NAMES);
    gaz_status status = GAZ_OK;
    uint32_t count = gaz_image_count(image, GAZ_SECTION_PLACES);
    for (uint32_t i = 0; i < count && status == GAZ_OK; i++)
        status = gaz_source_index(ctx, image, image->given[i]->source,
                                  &places[i].source);
    count = gaz_image_count(image, GAZ_SECTION_NAMES);
    for (uint32_t i = 0; i < count && status == GAZ_OK; i++)
        status = gaz_source_index(ctx, image, given[names[i].source].source,
                                  &names[i].source);
    return status;
}
