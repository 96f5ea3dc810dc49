/* SPDX-License-Identifier: Apache-2.0 */
/* Names by key. Keys are sorted by kind and bytes (prefix.c walks them), a hash
 * table over them answers gaz_snapshot_find in one probe, and the postings lie
 * in the order of the keys, those of one key by rank. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/index/image.h"

enum { SLOTS_MIN = 8 };

static int by_key(const void *a, const void *b)
{
    const struct gaz_image_key *x = a;
    const struct gaz_image_key *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->text != y->text) /* offsets are in the order of the bytes */
        return x->text < y->text ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->name > y->name) - (x->name < y->name);
}

/* The same text as a name and as a code are two keys. */
static uint64_t hash_of(uint32_t kind, const char *key, size_t size)
{
    return gaz_text_hash(key, size) ^ kind * 0x9E3779B97F4A7C15U;
}

static void sort_keys(struct gaz_image *image)
{
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    const struct gaz_snap_name *names =
        gaz_image_items(image, GAZ_SECTION_NAMES);
    struct gaz_image_key *keys = image->keys.items;
    for (size_t i = 0; i < image->keys.count; i++)
        keys[i].rank = places[names[keys[i].name].place].rank;
    if (image->keys.count > 0)
        qsort(keys, image->keys.count, sizeof(*keys), by_key);
}

static void build_keys(struct gaz_image *image)
{
    const struct gaz_snap_name *names =
        gaz_image_items(image, GAZ_SECTION_NAMES);
    const struct gaz_image_key *given = image->keys.items;
    uint32_t *starts =
        gaz_image_add(image, GAZ_SECTION_KEY_STARTS, GAZ_FORMAT_KINDS + 1);
    for (size_t i = 0; i < image->keys.count; i++) {
        bool is_same = i > 0 && given[i].kind == given[i - 1].kind &&
                       given[i].text == given[i - 1].text;
        if (is_same && given[i].name == given[i - 1].name)
            continue;
        uint32_t postings = gaz_image_count(image, GAZ_SECTION_POSTINGS);
        if (!is_same) {
            struct gaz_format_key *added =
                gaz_image_add(image, GAZ_SECTION_KEYS, 1);
            *added = (struct gaz_format_key){given[i].text, postings, 0};
            for (uint32_t k = given[i].kind + 1; k <= GAZ_FORMAT_KINDS; k++)
                starts[k]++;
        }
        struct gaz_format_key *keys = gaz_image_items(image, GAZ_SECTION_KEYS);
        keys[gaz_image_count(image, GAZ_SECTION_KEYS) - 1].posting_count++;
        struct gaz_snap_posting *posting =
            gaz_image_add(image, GAZ_SECTION_POSTINGS, 1);
        *posting = (struct gaz_snap_posting){given[i].name,
                                             names[given[i].name].place};
    }
}

static void build_slots(struct gaz_image *image)
{
    const struct gaz_format_key *keys =
        gaz_image_items(image, GAZ_SECTION_KEYS);
    const char *strings = gaz_image_items(image, GAZ_SECTION_STRINGS);
    const uint32_t *starts = gaz_image_items(image, GAZ_SECTION_KEY_STARTS);
    uint32_t count = gaz_image_count(image, GAZ_SECTION_KEYS);
    uint32_t slot_count = SLOTS_MIN;
    while (slot_count < 2 * count)
        slot_count *= 2;
    struct gaz_format_slot *slots =
        gaz_image_add(image, GAZ_SECTION_SLOTS, slot_count);
    for (uint32_t i = 0; i < slot_count; i++)
        slots[i].key = GAZ_NONE;
    uint32_t kind = 0;
    for (uint32_t i = 0; i < count; i++) {
        while (i >= starts[kind + 1])
            kind++;
        const char *key = strings + keys[i].text;
        uint64_t hash = hash_of(kind, key, strlen(key));
        uint32_t at = (uint32_t)hash & (slot_count - 1);
        while (slots[at].key != GAZ_NONE)
            at = (at + 1) & (slot_count - 1);
        slots[at] = (struct gaz_format_slot){(uint32_t)(hash >> 32), i};
    }
}

void gaz_names_build(struct gaz_image *image)
{
    sort_keys(image);
    build_keys(image);
    build_slots(image);
}

void gaz_snapshot_find(const struct gaz_snapshot *snap, gaz_key_kind kind,
                       const char *key, size_t size, struct gaz_snap_span *out)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    *out = (struct gaz_snap_span){NULL, 0};
    if (size == 0 || (unsigned)kind >= GAZ_FORMAT_KINDS ||
        memchr(key, '\0', size))
        return;
    uint64_t hash = hash_of(kind, key, size);
    uint32_t mask = index->slot_count - 1;
    uint32_t at = (uint32_t)hash & mask;
    for (uint32_t tried = 0; tried <= mask; tried++, at = (at + 1) & mask) {
        const struct gaz_format_slot *slot = &index->slots[at];
        if (slot->key == GAZ_NONE)
            return;
        if (slot->tag != (uint32_t)(hash >> 32))
            continue;
        const struct gaz_format_key *found = &index->keys[slot->key];
        const char *text = snap->strings + found->text;
        if (slot->key < index->key_starts[kind] ||
            slot->key >= index->key_starts[kind + 1] ||
            strncmp(text, key, size) != 0 || text[size] != '\0')
            continue;
        out->items = index->postings + found->posting_first;
        out->count = found->posting_count;
        return;
    }
}
