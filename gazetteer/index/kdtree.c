/* SPDX-License-Identifier: Apache-2.0 */
/* The nearest places and addresses: an implicit kd-tree.
 *
 * The points are permuted so that the middle of a range splits it, by longitude
 * on even depths and by latitude on odd ones; ranges of LEAF points or fewer
 * are read. Nothing but the points and what they stand for is stored.
 *
 * Distances are equirectangular at the query's latitude: one factor a axis for
 * the whole query. The bound of a cell is computed from the same differences
 * times the same factors as the distances of its points, and rounding keeps
 * order, so no bound exceeds a distance behind it: the answer is the one of
 * brute force, to the last bit.
 */
#include <math.h>

#include "gazetteer/index/image.h"
#include "gazetteer/index/kdtree.h"

static const double EARTH_RADIUS_M = 6371008.8; /* as coord.h */
static const double RADIANS_PER_DEGREE = 0.017453292519943295;

/* ---- building ---- */

/* A total order along an axis, so that equal points have one arrangement. */
static bool is_before(const struct gaz_kd_point *a,
                      const struct gaz_kd_point *b, int axis)
{
    if (a->axis[axis] != b->axis[axis])
        return a->axis[axis] < b->axis[axis];
    if (a->axis[1 - axis] != b->axis[1 - axis])
        return a->axis[1 - axis] < b->axis[1 - axis];
    return a->ref < b->ref;
}

static void swap_points(struct gaz_kd_point *a, struct gaz_kd_point *b)
{
    struct gaz_kd_point keep = *a;
    *a = *b;
    *b = keep;
}

/* Puts the median of first, middle and last in the middle: sorted input, the
 * usual one here, is then split in halves. */
static struct gaz_kd_point pivot_of(struct gaz_kd_point *points, size_t low,
                                    size_t high, int axis)
{
    struct gaz_kd_point *a = &points[low];
    struct gaz_kd_point *b = &points[low + (high - low) / 2];
    struct gaz_kd_point *c = &points[high];
    if (is_before(b, a, axis))
        swap_points(a, b);
    if (is_before(c, b, axis))
        swap_points(b, c);
    if (is_before(b, a, axis))
        swap_points(a, b);
    return *b;
}

/* Hoare's selection: points[nth] is where sorting would put it, those before
 * are before it. */
static void select_nth(struct gaz_kd_point *points, size_t count, size_t nth,
                       int axis)
{
    size_t low = 0;
    size_t high = count - 1;
    while (low < high) {
        struct gaz_kd_point pivot = pivot_of(points, low, high, axis);
        size_t i = low;
        size_t j = high;
        while (i <= j) {
            while (is_before(&points[i], &pivot, axis))
                i++;
            while (is_before(&pivot, &points[j], axis))
                j--;
            if (i > j)
                break;
            swap_points(&points[i++], &points[j]);
            if (j == 0)
                break;
            j--;
        }
        if (nth <= j)
            high = j;
        else if (nth >= i)
            low = i;
        else
            return;
    }
}

/* Recursion is as deep as the tree: 29 for all points a file can have. */
static void arrange(struct gaz_kd_point *points, size_t count, int axis)
{
    if (count <= GAZ_KD_LEAF)
        return;
    size_t middle = count / 2;
    select_nth(points, count, middle, axis);
    arrange(points, middle, 1 - axis);
    arrange(points + middle + 1, count - middle - 1, 1 - axis);
}

void gaz_kd_arrange(struct gaz_kd_point *points, size_t count)
{
    arrange(points, count, 0);
}

static void add_point(struct gaz_rows *rows, int32_t lon_e7, int32_t lat_e7,
                      uint32_t ref)
{
    if (lon_e7 == INT32_MIN)
        return;
    struct gaz_kd_point *point = gaz_rows_add(rows, 1);
    *point = (struct gaz_kd_point){{lon_e7, lat_e7}, ref};
}

void gaz_kdtree_build(struct gaz_image *image)
{
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    const struct gaz_snap_address *addresses =
        gaz_image_items(image, GAZ_SECTION_ADDRESSES);
    uint32_t place_count = gaz_image_count(image, GAZ_SECTION_PLACES);
    struct gaz_rows rows = {.item_size = sizeof(struct gaz_kd_point)};
    for (uint32_t i = 0; i < place_count; i++)
        add_point(&rows, places[i].lon_e7, places[i].lat_e7, i);
    for (uint32_t i = 0; i < gaz_image_count(image, GAZ_SECTION_ADDRESSES); i++)
        add_point(&rows, addresses[i].lon_e7, addresses[i].lat_e7,
                  place_count + i);
    struct gaz_kd_point *points = rows.items;
    gaz_kd_arrange(points, rows.count);
    struct gaz_snap_point *coords =
        gaz_image_add(image, GAZ_SECTION_NEAR_POINTS, rows.count);
    uint32_t *refs = gaz_image_add(image, GAZ_SECTION_NEAR_REFS, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        coords[i] =
            (struct gaz_snap_point){points[i].axis[0], points[i].axis[1]};
        refs[i] = points[i].ref;
    }
    gaz_rows_close(&rows);
}

/* ---- searching ---- */

struct found {
    double square; /* of the distance, m2 */
    uint32_t ref;
};

struct search {
    const struct gaz_snapshot *snap;
    const struct gaz_format_index *index;
    double at[2];    /* the query, 1e-7 degrees */
    double scale[2]; /* metres per 1e-7 degree */
    double limit;    /* squares above this are of no interest */
    gaz_near_filter *filter;
    void *user;
    struct found items[GAZ_NEAR_MAX]; /* nearest first */
    int count;
    int max;
};

/* A range of the tree, and how far its cell is from the query on each axis. */
struct cell {
    uint32_t begin;
    uint32_t end;
    int axis;
    double offset_m[2];
};

static bool is_wanted(const struct search *search, uint32_t ref)
{
    if (!search->filter)
        return true;
    uint32_t places = search->snap->place_count;
    return search->filter(search->snap, ref < places ? ref : GAZ_NONE,
                          ref < places ? GAZ_NONE : ref - places, search->user);
}

static void consider(struct search *search, uint32_t position)
{
    const struct gaz_snap_point *point = &search->index->near_points[position];
    double x = ((double)point->lon_e7 - search->at[0]) * search->scale[0];
    double y = ((double)point->lat_e7 - search->at[1]) * search->scale[1];
    double square = x * x + y * y;
    if (!(square <= search->limit))
        return;
    uint32_t ref = search->index->near_refs[position];
    int at = search->count;
    while (at > 0 && (square < search->items[at - 1].square ||
                      (square == search->items[at - 1].square &&
                       ref < search->items[at - 1].ref)))
        at--;
    if (at == search->max || !is_wanted(search, ref))
        return;
    if (search->count < search->max)
        search->count++;
    for (int i = search->count - 1; i > at; i--)
        search->items[i] = search->items[i - 1];
    search->items[at] = (struct found){square, ref};
    if (search->count == search->max)
        search->limit = search->items[search->max - 1].square;
}

/* Splits a cell: considers the point in its middle, and pushes the far and then
 * the near half, so that the near one is looked at first. */
static int split(struct search *search, struct cell *stack, int depth)
{
    struct cell cell = stack[--depth];
    uint32_t middle = cell.begin + (cell.end - cell.begin) / 2;
    const struct gaz_snap_point *point = &search->index->near_points[middle];
    int axis = cell.axis;
    double value = axis == 0 ? point->lon_e7 : point->lat_e7;
    double offset = (value - search->at[axis]) * search->scale[axis];
    struct cell low = cell;
    struct cell high = cell;
    low.end = middle;
    high.begin = middle + 1;
    low.axis = high.axis = 1 - axis;
    if (offset >= 0) {
        high.offset_m[axis] = offset;
        stack[depth++] = high;
        stack[depth++] = low;
    } else {
        low.offset_m[axis] = offset;
        stack[depth++] = low;
        stack[depth++] = high;
    }
    consider(search, middle);
    return depth;
}

static void run(struct search *search)
{
    struct cell stack[GAZ_KD_STACK_MAX];
    int depth = 1;
    stack[0] = (struct cell){.end = search->index->near_count};
    while (depth > 0) {
        const struct cell *top = &stack[depth - 1];
        double x = top->offset_m[0];
        double y = top->offset_m[1];
        if (x * x + y * y > search->limit) {
            depth--;
        } else if (top->end - top->begin <= GAZ_KD_LEAF) {
            uint32_t begin = top->begin;
            uint32_t end = top->end;
            depth--;
            for (uint32_t i = begin; i < end; i++)
                consider(search, i);
        } else {
            depth = split(search, stack, depth);
        }
    }
}

int gaz_snapshot_nearest(const struct gaz_snapshot *snap,
                         struct gaz_coord coord, double radius_m,
                         gaz_near_filter *filter, void *user,
                         struct gaz_snap_near *out, int max)
{
    if (!gaz_coord_is_valid(coord) || !(radius_m >= 0) || max <= 0)
        return 0;
    static const double E7 = 1e7;
    double metres = EARTH_RADIUS_M * RADIANS_PER_DEGREE / E7;
    struct search search;
    search.snap = snap;
    search.index = gaz_format_index_of(snap);
    search.at[0] = coord.lon * E7;
    search.at[1] = coord.lat * E7;
    search.scale[0] = metres * cos(coord.lat * RADIANS_PER_DEGREE);
    search.scale[1] = metres;
    search.limit = radius_m * radius_m;
    search.filter = filter;
    search.user = user;
    search.count = 0;
    search.max = max < GAZ_NEAR_MAX ? max : GAZ_NEAR_MAX;
    run(&search);
    for (int i = 0; i < search.count; i++) {
        uint32_t ref = search.items[i].ref;
        bool is_place = ref < snap->place_count;
        out[i] = (struct gaz_snap_near){
            .place = is_place ? ref : GAZ_NONE,
            .address = is_place ? GAZ_NONE : ref - snap->place_count,
            .distance_m = sqrt(search.items[i].square),
        };
    }
    return search.count;
}
