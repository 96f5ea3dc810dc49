/* SPDX-License-Identifier: Apache-2.0 */
/* corpus_finish.c - parents, ancestors, spellings and the sorted keys. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/audit/area.h"
#include "gazetteer/audit/corpus.h"
#include "gazetteer/base/text.h"
#include "gazetteer/quality/note.h"
#include "gazetteer/standardise/romanise.h"

enum { DEPTH_MAX = 16 };

/* ---- keys ---- */

static uint64_t hash_of(const char *text)
{
    return gaz_text_hash(text, strlen(text));
}

static void add_key(struct gaz_corpus *corpus, gaz_corpus_key key,
                    uint64_t hash, int index)
{
    struct gaz_corpus_index *keys = &corpus->keys[key];
    if (keys->count == keys->capacity) {
        keys->capacity = keys->capacity ? 2 * keys->capacity : 1024;
        keys->items = gaz_realloc(keys->items, (size_t)keys->capacity *
                                                   sizeof(*keys->items));
    }
    keys->items[keys->count++] = (struct gaz_corpus_entry){hash, index};
}

static void add_text(struct gaz_corpus *corpus, gaz_corpus_key key,
                     const char *text, int index)
{
    if (text && *text)
        add_key(corpus, key, hash_of(text), index);
}

static int by_key(const void *a, const void *b)
{
    const struct gaz_corpus_entry *x = a;
    const struct gaz_corpus_entry *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void sort_key(struct gaz_corpus *corpus, gaz_corpus_key key)
{
    struct gaz_corpus_index *keys = &corpus->keys[key];
    if (keys->count > 0)
        qsort(keys->items, (size_t)keys->count, sizeof(*keys->items), by_key);
}

int gaz_corpus_find(const struct gaz_corpus *corpus, gaz_corpus_key key,
                    uint64_t hash, const struct gaz_corpus_entry **first)
{
    const struct gaz_corpus_index *keys = &corpus->keys[key];
    int low = 0;
    int high = keys->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (keys->items[middle].key < hash)
            low = middle + 1;
        else
            high = middle;
    }
    int end = low;
    while (end < keys->count && keys->items[end].key == hash)
        end++;
    *first = keys->items ? keys->items + low : NULL;
    return end - low;
}

int gaz_corpus_find_text(const struct gaz_corpus *corpus, gaz_corpus_key key,
                         const char *text,
                         const struct gaz_corpus_entry **first)
{
    *first = NULL;
    return text && *text ? gaz_corpus_find(corpus, key, hash_of(text), first)
                         : 0;
}

int gaz_corpus_find_id(const struct gaz_corpus *corpus, gaz_id id)
{
    const struct gaz_corpus_entry *first;
    return id && gaz_corpus_find(corpus, GAZ_BY_ID, id, &first) > 0
               ? first->index
               : -1;
}

/* ---- places ---- */

static void find_ancestors(struct gaz_corpus *corpus,
                           struct gaz_corpus_place *place, int index)
{
    place->parent = gaz_corpus_find_id(corpus, place->place.parent);
    for (int depth = 0; index >= 0 && depth < DEPTH_MAX; depth++) {
        const struct gaz_place *at =
            depth == 0 ? &place->place : &corpus->places[index].place;
        if (at->level == GAZ_LEVEL_TOWN)
            place->town = index;
        else if (at->level == GAZ_LEVEL_COUNTY)
            place->county = index;
        else if (at->level == GAZ_LEVEL_PROVINCE)
            place->province = index;
        index = gaz_corpus_find_id(corpus, at->parent);
    }
}

static gaz_status spell(struct gaz_ctx *ctx, struct gaz_corpus *corpus,
                        struct gaz_corpus_place *place)
{
    struct gaz_arena *arena = &corpus->ctx.arena;
    const char *name = gaz_corpus_name(place);
    struct gaz_roman whole;
    struct gaz_roman specific;
    place->specific =
        gaz_generic_strip(arena, corpus->generics, place->place.category, name);
    place->spelling = "";
    place->sound = "";
    place->specific_sound = "";
    if (!*name)
        return GAZ_OK;
    gaz_status status =
        gaz_romanise(ctx, corpus->unicode, name, place->place.category, &whole);
    if (status == GAZ_OK && *place->specific)
        status =
            gaz_romanise(ctx, corpus->unicode, place->specific, 0, &specific);
    if (status != GAZ_OK)
        return status;
    place->spelling = gaz_arena_strdup(arena, whole.text);
    place->sound = gaz_arena_strdup(arena, whole.plain);
    if (*place->specific)
        place->specific_sound = gaz_arena_strdup(arena, specific.plain);
    return GAZ_OK;
}

static void key_place(struct gaz_corpus *corpus, int index)
{
    const struct gaz_corpus_place *place = &corpus->places[index];
    const char *name = gaz_corpus_name(place);
    add_text(corpus, GAZ_BY_CODE, place->place.code, index);
    if (!gaz_corpus_is_live(&place->place)) {
        add_text(corpus, GAZ_BY_GONE, name, index);
        return;
    }
    add_text(corpus, GAZ_BY_NAME, name, index);
    add_text(corpus, GAZ_BY_SPECIFIC, place->specific, index);
    add_text(corpus, GAZ_BY_SOUND, place->sound, index);
    add_text(corpus, GAZ_BY_SPECIFIC_SOUND, place->specific_sound, index);
}

/* ---- addresses ---- */

/* qsort has no user argument */
static _Thread_local const struct gaz_corpus *sorting;

static int by_number(const void *a, const void *b)
{
    const struct gaz_corpus_address *x = &sorting->addresses[*(const int *)a];
    const struct gaz_corpus_address *y = &sorting->addresses[*(const int *)b];
    if (x->parent != y->parent)
        return x->parent < y->parent ? -1 : 1;
    if (x->address.number_value != y->address.number_value)
        return x->address.number_value < y->address.number_value ? -1 : 1;
    int order = strcmp(x->address.number ? x->address.number : "",
                       y->address.number ? y->address.number : "");
    if (order == 0)
        order = strcmp(x->address.tail ? x->address.tail : "",
                       y->address.tail ? y->address.tail : "");
    if (order != 0)
        return order;
    return (x->address.id > y->address.id) - (x->address.id < y->address.id);
}

static void group_addresses(struct gaz_corpus *corpus)
{
    size_t size = (size_t)corpus->address_count * sizeof(*corpus->order);
    corpus->order = gaz_malloc(size ? size : 1);
    for (int i = 0; i < corpus->address_count; i++)
        corpus->order[i] = i;
    sorting = corpus;
    if (corpus->address_count > 0)
        qsort(corpus->order, (size_t)corpus->address_count,
              sizeof(*corpus->order), by_number);
    sorting = NULL;
    for (int i = 0; i < corpus->address_count; i++) {
        int parent = corpus->addresses[corpus->order[i]].parent;
        if (parent < 0)
            continue;
        if (corpus->places[parent].address_count++ == 0)
            corpus->places[parent].first_address = i;
    }
}

static void key_addresses(struct gaz_ctx *ctx, struct gaz_corpus *corpus)
{
    for (int i = 0; i < corpus->address_count; i++) {
        struct gaz_corpus_address *item = &corpus->addresses[i];
        const struct gaz_address *address = &item->address;
        item->parent = gaz_corpus_find_id(corpus, address->parent);
        add_key(corpus, GAZ_BY_ADDRESS_ID, address->id, i);
        if (address->status == GAZ_STATUS_HISTORICAL)
            continue;
        add_text(corpus, GAZ_BY_TEXT, address->text, i);
        gaz_arena_reset(&ctx->arena);
        add_text(corpus, GAZ_BY_ALIKE,
                 gaz_corpus_alike(&ctx->arena, address->text), i);
        if (address->place)
            add_key(corpus, GAZ_BY_SITE, address->place, i);
    }
}

/* ---- attributes ---- */

static int by_about(const void *a, const void *b)
{
    const struct gaz_corpus_attribute *x = a;
    const struct gaz_corpus_attribute *y = b;
    if (x->about != y->about)
        return x->about < y->about ? -1 : 1;
    if (x->attribute.kind != y->attribute.kind)
        return x->attribute.kind < y->attribute.kind ? -1 : 1;
    return (x->source > y->source) - (x->source < y->source);
}

int gaz_corpus_attributes(const struct gaz_corpus *corpus, gaz_id about,
                          const struct gaz_corpus_attribute **first)
{
    int low = 0;
    int high = corpus->attribute_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (corpus->attributes[middle].about < about)
            low = middle + 1;
        else
            high = middle;
    }
    int end = low;
    while (end < corpus->attribute_count &&
           corpus->attributes[end].about == about)
        end++;
    *first = corpus->attributes ? corpus->attributes + low : NULL;
    return end - low;
}

const char *gaz_corpus_attribute_of(const struct gaz_corpus *corpus,
                                    gaz_id about, gaz_attribute_kind kind)
{
    const struct gaz_corpus_attribute *items;
    int count = gaz_corpus_attributes(corpus, about, &items);
    for (int i = 0; i < count; i++)
        if (items[i].attribute.kind == kind)
            return items[i].attribute.value;
    return NULL;
}

/* ---- the end ---- */

static gaz_status finish_places(struct gaz_ctx *ctx, struct gaz_corpus *corpus)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; i < corpus->place_count && status == GAZ_OK; i++) {
        struct gaz_corpus_place *place = &corpus->places[i];
        find_ancestors(corpus, place, i);
        status = spell(ctx, corpus, place);
        gaz_arena_reset(&ctx->arena);
        key_place(corpus, i);
    }
    return status;
}

gaz_status gaz_corpus_finish(struct gaz_ctx *outer, struct gaz_corpus *corpus)
{
    struct gaz_ctx ctx = {.failure = ""}; /* scratch: reset all the time */
    for (int i = 0; i < corpus->place_count; i++)
        add_key(corpus, GAZ_BY_ID, corpus->places[i].place.id, i);
    sort_key(corpus, GAZ_BY_ID);
    if (corpus->attribute_count > 0)
        qsort(corpus->attributes, (size_t)corpus->attribute_count,
              sizeof(*corpus->attributes), by_about);
    gaz_status status = finish_places(&ctx, corpus);
    if (status != GAZ_OK) {
        (void)gaz_fail(outer, status, "%s", gaz_ctx_failure(&ctx));
    } else {
        gaz_area_read_all(corpus);
        key_addresses(&ctx, corpus);
        group_addresses(corpus);
        gaz_corpus_find_built_up(corpus);
        for (int i = 0; i < GAZ_BYS; i++)
            sort_key(corpus, (gaz_corpus_key)i);
    }
    gaz_ctx_close(&ctx);
    return status;
}

gaz_status gaz_corpus_propose(struct gaz_ctx *ctx, struct gaz_corpus *corpus,
                              const struct gaz_place *place, int *out)
{
    int index = corpus->place_count;
    gaz_corpus_place(corpus, place);
    struct gaz_corpus_place *kept = &corpus->places[index];
    find_ancestors(corpus, kept, index);
    gaz_status status = spell(ctx, corpus, kept);
    if (status == GAZ_OK)
        *out = index;
    return status;
}
