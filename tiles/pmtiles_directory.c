/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/pmtiles_directory.h"

#include <string.h>

#include "tiles/deflate.h"

/* ---- the same bytes once ---- */

/* Contents by their hash, CRC and size: 128 bits of agreement and more. */
struct content {
    uint64_t hash;
    uint64_t offset;
    uint32_t crc;
    uint32_t size; /* 0: a free slot */
};

struct contents {
    struct content *slots;
    uint64_t mask;
};

static struct contents open_contents(uint64_t tiles)
{
    uint64_t slots = 16;
    while (slots < 2 * tiles)
        slots *= 2;
    struct contents table = {gaz_malloc(slots * sizeof *table.slots),
                             slots - 1};
    memset(table.slots, 0, slots * sizeof *table.slots);
    return table;
}

static struct content *find_content(const struct contents *table,
                                    const struct tile_record *record)
{
    uint64_t i = record->hash & table->mask;
    struct content *slot = &table->slots[i];
    while (slot->size != 0 &&
           (slot->hash != record->hash || slot->crc != record->crc ||
            slot->size != record->size)) {
        i = (i + 1) & table->mask;
        slot = &table->slots[i];
    }
    return slot;
}

static void add_record(struct tile_entries *entries, struct contents *table,
                       const struct tile_record *record)
{
    struct content *content = find_content(table, record);
    if (content->size == 0) {
        *content = (struct content){record->hash, entries->bytes, record->crc,
                                    record->size};
        entries->bytes += record->size;
        entries->contents++;
    }
    entries->addressed++;
    struct tile_entry *last =
        entries->count ? &entries->items[entries->count - 1] : NULL;
    if (last && last->id + last->run == record->id &&
        last->offset == content->offset) {
        last->run++;
        return;
    }
    entries->items[entries->count++] =
        (struct tile_entry){record->id, content->offset, record->size, 1};
}

gaz_status tile_entries_read(struct gaz_ctx *ctx, struct tile_spool *spool,
                             struct tile_entries *out)
{
    uint64_t count = tile_spool_count(spool);
    struct contents table = open_contents(count);
    struct tile_record record;
    *out = (struct tile_entries){
        .items = gaz_malloc((count + 1) * sizeof *out->items)};
    gaz_status status = tile_spool_rewind(ctx, spool);
    while (status == GAZ_OK &&
           (status = tile_spool_next(ctx, spool, &record, NULL)) == GAZ_OK)
        if (record.size > 0)
            add_record(out, &table, &record);
    gaz_free(table.slots);
    return status == GAZ_END ? GAZ_OK : status;
}

void tile_entries_close(struct tile_entries *entries)
{
    gaz_free(entries->items);
    *entries = (struct tile_entries){.items = NULL};
}

/* ---- directories ---- */

static void put_number(struct gaz_buffer *out, uint64_t value)
{
    while (value >= 0x80) {
        gaz_buffer_char(out, (char)(value | 0x80));
        value >>= 7;
    }
    gaz_buffer_char(out, (char)value);
}

/* Column by column, as the specification has it, then pressed. */
static void pack(struct gaz_arena *arena, const struct tile_entry *items,
                 uint64_t count, struct gaz_buffer *out)
{
    struct gaz_buffer plain;
    unsigned char *packed;
    gaz_buffer_open(&plain, SIZE_MAX / 2);
    put_number(&plain, count);
    for (uint64_t i = 0; i < count; i++)
        put_number(&plain, items[i].id - (i ? items[i - 1].id : 0));
    for (uint64_t i = 0; i < count; i++)
        put_number(&plain, items[i].run);
    for (uint64_t i = 0; i < count; i++)
        put_number(&plain, items[i].length);
    for (uint64_t i = 0; i < count; i++) {
        bool follows =
            i && items[i].offset == items[i - 1].offset + items[i - 1].length;
        put_number(&plain, follows ? 0 : items[i].offset + 1);
    }
    size_t size = tile_deflate_gzip(arena, plain.data, plain.size, &packed);
    gaz_buffer_bytes(out, packed, size);
    gaz_buffer_close(&plain);
}

static void pack_leaves(struct gaz_arena *arena,
                        const struct tile_entries *entries, uint64_t each,
                        struct gaz_buffer *root, struct gaz_buffer *leaves)
{
    uint64_t parts = (entries->count + each - 1) / each;
    struct tile_entry *items = gaz_arena_array(arena, parts, sizeof *items);
    for (uint64_t i = 0; i < parts; i++) {
        uint64_t first = i * each;
        uint64_t left = entries->count - first;
        size_t begin = leaves->size;
        pack(arena, &entries->items[first], left < each ? left : each, leaves);
        items[i] = (struct tile_entry){entries->items[first].id, begin,
                                       (uint32_t)(leaves->size - begin), 0};
    }
    pack(arena, items, parts, root);
}

void tile_directory_write(struct gaz_arena *arena,
                          const struct tile_entries *entries, size_t room,
                          struct gaz_buffer *root, struct gaz_buffer *leaves)
{
    enum { ROOT_ENTRIES_MAX = 16384, LEAF_ENTRIES = 4096 };
    if (entries->count <= ROOT_ENTRIES_MAX)
        pack(arena, entries->items, entries->count, root);
    else
        root->full = true;
    for (uint64_t each = LEAF_ENTRIES; root->full || root->size > room;
         each *= 2) {
        gaz_buffer_clear(root);
        gaz_buffer_clear(leaves);
        pack_leaves(arena, entries, each, root, leaves);
    }
}
