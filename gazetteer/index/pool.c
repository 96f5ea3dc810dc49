/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/index/pool.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/base/text.h"

enum { SLOTS_FIRST = 1024 };

struct sorted_text {
    const char *text;
    uint32_t len;
    uint32_t id;
};

static struct gaz_pool_text *texts_of(const struct gaz_pool *pool)
{
    return pool->texts.items;
}

void gaz_pool_open(struct gaz_pool *pool)
{
    *pool = (struct gaz_pool){
        .texts.item_size = sizeof(struct gaz_pool_text),
        .slots = gaz_malloc(SLOTS_FIRST * sizeof(uint32_t)),
        .slot_count = SLOTS_FIRST,
    };
    gaz_buffer_open(&pool->bytes, SIZE_MAX / 2);
    (void)gaz_pool_add(pool, "");
}

void gaz_pool_close(struct gaz_pool *pool)
{
    gaz_buffer_close(&pool->bytes);
    gaz_rows_close(&pool->texts);
    gaz_free(pool->slots);
    *pool = (struct gaz_pool){0};
}

static void place_id(struct gaz_pool *pool, uint32_t id)
{
    size_t at = texts_of(pool)[id].hash & (pool->slot_count - 1);
    while (pool->slots[at] != 0)
        at = (at + 1) & (pool->slot_count - 1);
    pool->slots[at] = id + 1;
}

static void grow_slots(struct gaz_pool *pool)
{
    gaz_free(pool->slots);
    pool->slot_count *= 2;
    pool->slots = gaz_malloc(pool->slot_count * sizeof(uint32_t));
    for (uint32_t id = 0; id < pool->texts.count; id++)
        place_id(pool, id);
}

uint32_t gaz_pool_add_bytes(struct gaz_pool *pool, const char *text, size_t len)
{
    uint32_t hash = (uint32_t)gaz_text_hash(text, len);
    size_t at = hash & (pool->slot_count - 1);
    for (; pool->slots[at] != 0; at = (at + 1) & (pool->slot_count - 1)) {
        uint32_t id = pool->slots[at] - 1;
        const struct gaz_pool_text *found = &texts_of(pool)[id];
        if (found->hash == hash && found->len == len &&
            memcmp(pool->bytes.data + found->start, text, len) == 0)
            return id;
    }
    uint32_t id = (uint32_t)pool->texts.count;
    struct gaz_pool_text *added = gaz_rows_add(&pool->texts, 1);
    *added = (struct gaz_pool_text){
        .start = pool->bytes.size, .len = (uint32_t)len, .hash = hash};
    gaz_buffer_bytes(&pool->bytes, text, len);
    gaz_buffer_char(&pool->bytes, '\0');
    if (pool->texts.count * 2 > pool->slot_count)
        grow_slots(pool);
    else
        pool->slots[at] = id + 1;
    return id;
}

uint32_t gaz_pool_add(struct gaz_pool *pool, const char *text)
{
    return text ? gaz_pool_add_bytes(pool, text, strlen(text)) : 0;
}

const char *gaz_pool_text(const struct gaz_pool *pool, uint32_t id)
{
    return pool->bytes.data + texts_of(pool)[id].start;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct sorted_text *)a)->text,
                  ((const struct sorted_text *)b)->text);
}

uint32_t *gaz_pool_layout(const struct gaz_pool *pool, struct gaz_rows *out)
{
    size_t count = pool->texts.count;
    struct sorted_text *sorted = gaz_malloc(count * sizeof(*sorted));
    for (uint32_t id = 0; id < count; id++)
        sorted[id] = (struct sorted_text){.text = gaz_pool_text(pool, id),
                                          .len = texts_of(pool)[id].len,
                                          .id = id};
    qsort(sorted, count, sizeof(*sorted), by_text);
    uint32_t *offsets = gaz_malloc(count * sizeof(*offsets));
    for (size_t i = 0; i < count; i++) {
        offsets[sorted[i].id] = (uint32_t)out->count;
        char *to = gaz_rows_add(out, (size_t)sorted[i].len + 1);
        memcpy(to, sorted[i].text, sorted[i].len);
    }
    gaz_free(sorted);
    return offsets;
}
