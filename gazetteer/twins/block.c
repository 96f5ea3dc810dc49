/* SPDX-License-Identifier: Apache-2.0 */
/* block.c - the pairs that are worth judging: by name, sound, code, place. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/twins/twins.h"

struct keyed {
    uint64_t key;
    int index;
};

struct blocking {
    struct gaz_ctx *ctx;
    const struct gaz_corpus *corpus;
    const struct gaz_scale *scale;
    struct keyed *keys;
    int key_count;
    int key_capacity;
    struct gaz_twin_pairs pairs;
    int pair_capacity;
};

static void add_key(struct blocking *b, uint64_t key, int index)
{
    if (b->key_count == b->key_capacity) {
        b->key_capacity = b->key_capacity ? 2 * b->key_capacity : 256;
        b->keys =
            gaz_realloc(b->keys, (size_t)b->key_capacity * sizeof(*b->keys));
    }
    b->keys[b->key_count++] = (struct keyed){key, index};
}

static void add_pair(struct blocking *b, int x, int y)
{
    struct gaz_twin_pairs *pairs = &b->pairs;
    if (x == y)
        return;
    if (pairs->count == b->pair_capacity) {
        b->pair_capacity = b->pair_capacity ? 2 * b->pair_capacity : 256;
        pairs->items = gaz_realloc(pairs->items, (size_t)b->pair_capacity *
                                                     sizeof(*pairs->items));
    }
    pairs->items[pairs->count++] =
        (struct gaz_twin_pair){x < y ? x : y, x < y ? y : x};
}

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a;
    const struct keyed *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void sort_keys(struct blocking *b)
{
    if (b->key_count > 0)
        qsort(b->keys, (size_t)b->key_count, sizeof(*b->keys), by_key);
}

/* All pairs of records that have a key in common; forgets the keys. */
static void pair_keys(struct blocking *b)
{
    sort_keys(b);
    for (int from = 0, to; from < b->key_count; from = to) {
        for (to = from + 1;
             to < b->key_count && b->keys[to].key == b->keys[from].key;)
            to++;
        if (to - from > b->scale->of[GAZ_SCALE_BLOCK_MOST]) {
            b->pairs.skipped += to - from;
            continue;
        }
        for (int i = from; i < to; i++)
            for (int k = i + 1; k < to; k++)
                add_pair(b, b->keys[i].index, b->keys[k].index);
    }
    b->key_count = 0;
}

static void key_text(struct blocking *b, uint64_t salt, const char *text,
                     int index)
{
    if (text && *text)
        add_key(b, gaz_text_hash(text, strlen(text)) ^ salt, index);
}

static void block_names(struct blocking *b)
{
    for (int i = 0; i < b->corpus->place_count; i++) {
        const struct gaz_place *place = &b->corpus->places[i].place;
        for (int k = 0; k < place->name_count; k++)
            key_text(b, place->parent * 0x9E3779B97F4A7C15ULL,
                     place->names[k].text, i);
    }
    pair_keys(b);
}

static void block_sounds(struct blocking *b)
{
    for (int i = 0; i < b->corpus->place_count; i++)
        key_text(b, 0, b->corpus->places[i].sound, i);
    pair_keys(b);
}

/* With and without the zeros of the levels below. */
static void block_codes(struct blocking *b)
{
    for (int i = 0; i < b->corpus->place_count; i++) {
        const char *code = b->corpus->places[i].place.code;
        size_t len = code ? strlen(code) : 0;
        while (len > 0 && code[len - 1] == '0')
            len--;
        if (len > 0)
            add_key(b, gaz_text_hash(code, len), i);
    }
    pair_keys(b);
}

/* ---- neighbours ---- */

struct cell {
    int32_t x;
    int32_t y;
};

static uint64_t cell_key(struct cell cell)
{
    return (uint64_t)(uint32_t)cell.x << 32 | (uint32_t)cell.y;
}

/* Squares of block-m at the latitude; a degree is 111.2 km. */
static struct cell cell_of(const struct blocking *b, struct gaz_coord at)
{
    const double degree_m = 111195.0;
    const double band = b->scale->of[GAZ_SCALE_BLOCK_M] / degree_m;
    int32_t y = (int32_t)floor(at.lat / band);
    /* never too wide for its neighbours in the next row */
    double narrow = cos(at.lat * 3.14159265358979323846 / 180) - 0.01;
    double wide = band / (narrow > 0.01 ? narrow : 0.01);
    return (struct cell){(int32_t)floor(at.lon / wide), y};
}

static bool is_placed(const struct gaz_place *place)
{
    return place->position.method != GAZ_METHOD_NONE &&
           place->position.method != GAZ_METHOD_INHERITED;
}

static bool is_similar(const struct blocking *b, int x, int y)
{
    const struct gaz_corpus_place *p = &b->corpus->places[x];
    const struct gaz_corpus_place *q = &b->corpus->places[y];
    return gaz_coord_distance_m(p->place.position.coord,
                                q->place.position.coord) <=
               b->scale->of[GAZ_SCALE_BLOCK_M] &&
           gaz_twins_similarity(gaz_corpus_name(p), gaz_corpus_name(q)) >=
               b->scale->of[GAZ_SCALE_NAME_LIKE_LEAST];
}

static int first_of(const struct blocking *b, uint64_t key)
{
    int low = 0;
    int high = b->key_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (b->keys[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The neighbours of one record that come after it in the corpus. */
static void pair_neighbours(struct blocking *b, int index)
{
    struct cell at = cell_of(b, b->corpus->places[index].place.position.coord);
    for (int32_t x = at.x - 1; x <= at.x + 1; x++)
        for (int32_t y = at.y - 1; y <= at.y + 1; y++) {
            uint64_t key = cell_key((struct cell){x, y});
            for (int i = first_of(b, key);
                 i < b->key_count && b->keys[i].key == key; i++)
                if (b->keys[i].index > index &&
                    is_similar(b, index, b->keys[i].index))
                    add_pair(b, index, b->keys[i].index);
        }
}

static void block_neighbours(struct blocking *b)
{
    for (int i = 0; i < b->corpus->place_count; i++) {
        const struct gaz_place *place = &b->corpus->places[i].place;
        if (is_placed(place))
            add_key(b, cell_key(cell_of(b, place->position.coord)), i);
    }
    sort_keys(b);
    for (int i = 0; i < b->corpus->place_count; i++)
        if (is_placed(&b->corpus->places[i].place))
            pair_neighbours(b, i);
    b->key_count = 0;
}

static int by_pair(const void *a, const void *b)
{
    const struct gaz_twin_pair *x = a;
    const struct gaz_twin_pair *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static int drop_doubles(struct gaz_twin_pair *items, int count)
{
    int kept = 0;
    if (count > 0)
        qsort(items, (size_t)count, sizeof(*items), by_pair);
    for (int i = 0; i < count; i++)
        if (i == 0 || by_pair(&items[i], &items[kept - 1]) != 0)
            items[kept++] = items[i];
    return kept;
}

void gaz_twins_block(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                     const struct gaz_scale *scale, struct gaz_twin_pairs *out)
{
    struct blocking b = {.ctx = ctx, .corpus = corpus, .scale = scale};
    block_names(&b);
    block_sounds(&b);
    block_codes(&b);
    block_neighbours(&b);
    int count = drop_doubles(b.pairs.items, b.pairs.count);
    size_t size = (size_t)count * sizeof(*out->items);
    *out = (struct gaz_twin_pairs){
        .items = gaz_arena_grow(&ctx->arena, b.pairs.items, size, size),
        .count = count,
        .skipped = b.pairs.skipped};
    gaz_free(b.keys);
    gaz_free(b.pairs.items);
}
