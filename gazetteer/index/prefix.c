/* SPDX-License-Identifier: Apache-2.0 */
/* The best names that begin with a prefix, whatever their number.
 *
 * The postings of a kind lie in the order of their keys, so a prefix is a range
 * of postings. A segment tree over blocks of ranks gives the best posting of
 * any range; taking it splits the range in two, whose best ones wait in a heap:
 * k answers of a range of n cost O(k log n). A short range is simply read.
 */
#include <string.h>

#include "gazetteer/index/image.h"

enum {
    BLOCK = 16,       /* ranks under one leaf of the tree: one cache line */
    SCAN_MAX = 128,   /* a range that is quicker to read than to split */
    RANGES_MAX = 256, /* 4 KB of stack; more are read instead */
};

struct range {
    uint32_t begin;
    uint32_t end;
    uint64_t best; /* rank << 32 | position */
};

static uint64_t entry(uint32_t rank, uint32_t position)
{
    return (uint64_t)rank << 32 | position;
}

void gaz_prefix_build(struct gaz_image *image)
{
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    const struct gaz_snap_posting *postings =
        gaz_image_items(image, GAZ_SECTION_POSTINGS);
    const struct gaz_format_key *keys =
        gaz_image_items(image, GAZ_SECTION_KEYS);
    const uint32_t *starts = gaz_image_items(image, GAZ_SECTION_KEY_STARTS);
    uint32_t count = starts[GAZ_FORMAT_PREFIX_KINDS] <
                             gaz_image_count(image, GAZ_SECTION_KEYS)
                         ? keys[starts[GAZ_FORMAT_PREFIX_KINDS]].posting_first
                         : gaz_image_count(image, GAZ_SECTION_POSTINGS);
    uint32_t *ranks = gaz_image_add(image, GAZ_SECTION_RANKS, count);
    size_t blocks = (count + BLOCK - 1) / BLOCK;
    uint64_t *tree = gaz_image_add(image, GAZ_SECTION_MINIMA, 2 * blocks);
    for (size_t i = 0; i < 2 * blocks; i++)
        tree[i] = UINT64_MAX;
    for (uint32_t i = 0; i < count; i++) {
        ranks[i] = places[postings[i].place].rank;
        uint64_t *leaf = &tree[blocks + i / BLOCK];
        if (entry(ranks[i], i) < *leaf)
            *leaf = entry(ranks[i], i);
    }
    for (size_t i = blocks; i-- > 1;)
        tree[i] = tree[2 * i] < tree[2 * i + 1] ? tree[2 * i] : tree[2 * i + 1];
}

static uint64_t lesser(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t best_read(const struct gaz_format_index *index, uint32_t begin,
                          uint32_t end)
{
    uint64_t best = UINT64_MAX;
    for (uint32_t i = begin; i < end; i++)
        best = lesser(best, entry(index->ranks[i], i));
    return best;
}

/* The best posting of [begin, end), which is not empty. */
static uint64_t best_of(const struct gaz_format_index *index, uint32_t begin,
                        uint32_t end)
{
    uint32_t first = (begin + BLOCK - 1) / BLOCK;
    uint32_t last = end / BLOCK;
    if (first >= last)
        return best_read(index, begin, end);
    uint64_t best = lesser(best_read(index, begin, first * BLOCK),
                           best_read(index, last * BLOCK, end));
    uint32_t blocks = index->minima_count / 2;
    uint32_t low = first + blocks;
    uint32_t high = last + blocks;
    for (; low < high; low /= 2, high /= 2) {
        if (low & 1)
            best = lesser(best, index->minima[low++]);
        if (high & 1)
            best = lesser(best, index->minima[--high]);
    }
    return best;
}

/* First key of [begin, end) whose first `size` bytes are not less than the
 * prefix, or, with `is_past`, are more. */
static uint32_t bound(const struct gaz_snapshot *snap, uint32_t begin,
                      uint32_t end, const char *prefix, size_t size,
                      bool is_past)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    while (begin < end) {
        uint32_t mid = begin + (end - begin) / 2;
        const char *text = snap->strings + index->keys[mid].text;
        int order = strncmp(text, prefix, size);
        if (order < 0 || (is_past && order == 0))
            begin = mid + 1;
        else
            end = mid;
    }
    return begin;
}

/* Answers so far: best first, each place once, by its first name. */
struct taken {
    struct gaz_snap_hit *items;
    int count;
    int max;
};

/* Puts a posting where it belongs; false when it came too late. */
static bool take(const struct gaz_snapshot *snap, struct taken *taken,
                 uint64_t best)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    const struct gaz_snap_posting *posting = &index->postings[(uint32_t)best];
    struct gaz_snap_hit hit = {posting->name, posting->place,
                               (uint32_t)(best >> 32)};
    int at = taken->count;
    while (at > 0 && taken->items[at - 1].rank > hit.rank)
        at--;
    if (at > 0 && taken->items[at - 1].rank == hit.rank) {
        if (hit.name < taken->items[at - 1].name)
            taken->items[at - 1].name = hit.name;
        return true;
    }
    if (at == taken->max)
        return false;
    if (taken->count < taken->max)
        taken->count++;
    memmove(&taken->items[at + 1], &taken->items[at],
            sizeof(hit) * (size_t)(taken->count - 1 - at));
    taken->items[at] = hit;
    return true;
}

static void read_range(const struct gaz_snapshot *snap, uint32_t begin,
                       uint32_t end, struct taken *taken)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    for (uint32_t i = begin; i < end; i++) {
        uint32_t rank = index->ranks[i];
        if (taken->count < taken->max ||
            rank <= taken->items[taken->count - 1].rank)
            (void)take(snap, taken, entry(rank, i));
    }
}

static void sift_up(struct range *heap, int at)
{
    for (; at > 0 && heap[at].best < heap[(at - 1) / 2].best;
         at = (at - 1) / 2) {
        struct range swap = heap[at];
        heap[at] = heap[(at - 1) / 2];
        heap[(at - 1) / 2] = swap;
    }
}

static void sift_down(struct range *heap, int count)
{
    for (int at = 0; 2 * at + 1 < count;) {
        int child = 2 * at + 1;
        if (child + 1 < count && heap[child + 1].best < heap[child].best)
            child++;
        if (heap[at].best <= heap[child].best)
            return;
        struct range swap = heap[at];
        heap[at] = heap[child];
        heap[child] = swap;
        at = child;
    }
}

/* Splits the best range at its best posting until enough places are taken;
 * false when the ranges in waiting are too many. */
static bool split_range(const struct gaz_snapshot *snap, uint32_t begin,
                        uint32_t end, struct taken *taken)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    struct range heap[RANGES_MAX];
    int count = 1;
    heap[0] = (struct range){begin, end, best_of(index, begin, end)};
    while (count > 0) {
        struct range top = heap[0];
        uint32_t at = (uint32_t)top.best;
        if (at < top.begin || at >= top.end) /* a tree that lies */
            return false;
        if (!take(snap, taken, top.best))
            return true;
        if (count + 1 > RANGES_MAX)
            return false;
        heap[0] = heap[--count];
        sift_down(heap, count);
        const uint32_t parts[2][2] = {{top.begin, at}, {at + 1, top.end}};
        for (int i = 0; i < 2; i++) {
            if (parts[i][0] >= parts[i][1])
                continue;
            heap[count] =
                (struct range){parts[i][0], parts[i][1],
                               best_of(index, parts[i][0], parts[i][1])};
            sift_up(heap, count++);
        }
    }
    return true;
}

int gaz_snapshot_prefix(const struct gaz_snapshot *snap, gaz_key_kind kind,
                        const char *prefix, size_t size,
                        struct gaz_snap_hit *out, int max)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    if (size == 0 || max <= 0 || (unsigned)kind >= GAZ_FORMAT_PREFIX_KINDS ||
        memchr(prefix, '\0', size))
        return 0;
    uint32_t first = index->key_starts[kind];
    uint32_t last = index->key_starts[kind + 1];
    first = bound(snap, first, last, prefix, size, false);
    last = bound(snap, first, last, prefix, size, true);
    if (first == last)
        return 0;
    uint32_t begin = index->keys[first].posting_first;
    uint32_t end = index->keys[last - 1].posting_first +
                   index->keys[last - 1].posting_count;
    if (begin >= end || end > index->rank_count)
        return 0;
    struct taken taken = {out, 0, max};
    if (end - begin > SCAN_MAX && split_range(snap, begin, end, &taken))
        return taken.count;
    taken.count = 0;
    read_range(snap, begin, end, &taken);
    return taken.count;
}
