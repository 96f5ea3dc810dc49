/* SPDX-License-Identifier: Apache-2.0 */
/* The places in a box: a kd-tree over the places alone, so that a million
 * addresses do not stand in the way.
 *
 * A walk meets the places in no useful order. The answer is kept as a heap with
 * the greatest index on top, in the caller's own array, so that the smallest
 * `max` indexes remain; they are sorted at the end.
 */
#include "gazetteer/index/image.h"
#include "gazetteer/index/kdtree.h"

/* ---- building ---- */

void gaz_box_build(struct gaz_image *image)
{
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    uint32_t count = gaz_image_count(image, GAZ_SECTION_PLACES);
    struct gaz_rows rows = {.item_size = sizeof(struct gaz_kd_point)};
    for (uint32_t i = 0; i < count; i++) {
        if (places[i].lon_e7 == INT32_MIN)
            continue;
        struct gaz_kd_point *point = gaz_rows_add(&rows, 1);
        *point = (struct gaz_kd_point){{places[i].lon_e7, places[i].lat_e7}, i};
    }
    struct gaz_kd_point *points = rows.items;
    gaz_kd_arrange(points, rows.count);
    uint32_t *refs = gaz_image_add(image, GAZ_SECTION_BOX_REFS, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        refs[i] = points[i].ref;
    gaz_rows_close(&rows);
}

/* ---- searching ---- */

struct walk {
    const struct gaz_format_index *index;
    int32_t low[2]; /* of the box: longitude, latitude */
    int32_t high[2];
    uint32_t first; /* smaller indexes are counted, not listed */
    uint32_t *out;
    uint32_t max;
    uint32_t listed;
    uint32_t count;
};

/* A range of the tree. */
struct range {
    uint32_t begin;
    uint32_t end;
    int axis;
};

/* Moves the item at `at` down to where no child is greater. */
static void sift(uint32_t *heap, uint32_t count, uint32_t at)
{
    for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && heap[child + 1] > heap[child])
            child++;
        if (heap[at] >= heap[child])
            return;
        uint32_t keep = heap[at];
        heap[at] = heap[child];
        heap[child] = keep;
    }
}

static void list(struct walk *walk, uint32_t place)
{
    if (place < walk->first || walk->max == 0)
        return;
    if (walk->listed < walk->max) {
        walk->out[walk->listed++] = place;
        if (walk->listed == walk->max)
            for (uint32_t i = walk->max / 2; i-- > 0;)
                sift(walk->out, walk->max, i);
    } else if (place < walk->out[0]) {
        walk->out[0] = place;
        sift(walk->out, walk->max, 0);
    }
}

static void sort(struct walk *walk)
{
    for (uint32_t i = walk->listed / 2; i-- > 0;)
        sift(walk->out, walk->listed, i);
    for (uint32_t end = walk->listed; end > 1; end--) {
        uint32_t keep = walk->out[0];
        walk->out[0] = walk->out[end - 1];
        walk->out[end - 1] = keep;
        sift(walk->out, end - 1, 0);
    }
}

static void consider(struct walk *walk, uint32_t position)
{
    uint32_t place = walk->index->box_refs[position];
    struct gaz_snap_point at = walk->index->place_points[place];
    if (at.lon_e7 < walk->low[0] || at.lon_e7 > walk->high[0] ||
        at.lat_e7 < walk->low[1] || at.lat_e7 > walk->high[1])
        return;
    walk->count++;
    list(walk, place);
}

static void run(struct walk *walk)
{
    struct range stack[GAZ_KD_STACK_MAX];
    int depth = 1;
    stack[0] = (struct range){.end = walk->index->box_count};
    while (depth > 0) {
        struct range range = stack[--depth];
        if (range.end - range.begin <= GAZ_KD_LEAF) {
            for (uint32_t i = range.begin; i < range.end; i++)
                consider(walk, i);
            continue;
        }
        uint32_t middle = range.begin + (range.end - range.begin) / 2;
        struct gaz_snap_point point =
            walk->index->place_points[walk->index->box_refs[middle]];
        int32_t value = range.axis == 0 ? point.lon_e7 : point.lat_e7;
        int next = 1 - range.axis;
        if (value >= walk->low[range.axis])
            stack[depth++] = (struct range){range.begin, middle, next};
        if (value <= walk->high[range.axis])
            stack[depth++] = (struct range){middle + 1, range.end, next};
        consider(walk, middle);
    }
}

uint32_t gaz_snapshot_in_box_from(
    const struct gaz_snapshot *snap, struct gaz_box box, uint32_t first,
    uint32_t *out, /* NOLINT(readability-non-const-parameter): list() writes */
    uint32_t max)
{
    if (!gaz_coord_is_valid(box.min) || !gaz_coord_is_valid(box.max))
        return 0;
    struct walk walk = {
        .index = gaz_format_index_of(snap),
        .low = {gaz_coord_to_e7(box.min.lon), gaz_coord_to_e7(box.min.lat)},
        .high = {gaz_coord_to_e7(box.max.lon), gaz_coord_to_e7(box.max.lat)},
        .first = first,
        .max = max,
    };
    walk.out = out;
    run(&walk);
    sort(&walk);
    return walk.count;
}

uint32_t gaz_snapshot_in_box(const struct gaz_snapshot *snap,
                             struct gaz_box box, uint32_t *out, uint32_t max)
{
    return gaz_snapshot_in_box_from(snap, box, 0, out, max);
}
