/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/lexicon.h"

#include <stdlib.h>
#include <string.h>

/* The table is a header, slots, and the text of the words:
 *
 *     magic[8] | slots: u32 | text size: u32 | slot[slots] | text
 *
 * Every word puts each of its beginnings, character by character, into an open
 * hash table, so a search walks the text once and stops at the first beginning
 * that no word has: its time is the length of the match. A beginning that is a
 * word has kinds; one that is not has none. All numbers are little-endian. */
enum {
    HEADER_BYTES = 16,
    SLOT_BYTES = 16,
    WORD_MAX_BYTES = 255,
    SLOTS_MAX = 1 << 28,
};

static const char MAGIC[8] = {'G', 'A', 'Z', 'L', 'E', 'X', '1', 0};

struct slot {
    uint32_t hash; /* high half of the hash, to compare before the text */
    uint32_t text; /* offset of the bytes in the text */
    uint32_t size; /* bytes; 0: the slot is free */
    uint32_t kinds;
};

static const uint64_t HASH_START = 0xCBF29CE484222325U;

static uint64_t hash_more(uint64_t hash, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001B3U;
    return hash;
}

/* FNV's high bits are weak on short keys. */
static uint64_t hash_end(uint64_t hash)
{
    hash ^= hash >> 33;
    hash *= 0xFF51AFD7ED558CCDU;
    return hash ^ hash >> 33;
}

/* Bytes of the character at text[0], by its first byte alone, so that any bytes
 * can be walked. */
static size_t step(const char *text, size_t size)
{
    unsigned char c = (unsigned char)text[0];
    size_t want = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return want < size ? want : size;
}

static int compare_entries(const void *a, const void *b)
{
    const struct gaz_lexicon_entry *x = a;
    const struct gaz_lexicon_entry *y = b;
    int order = strcmp(x->text, y->text);
    return order ? order : (x->kinds > y->kinds) - (x->kinds < y->kinds);
}

/* Puts a beginning into the table or adds kinds to it. */
static void insert(struct slot *slots, uint32_t count, const char *text,
                   struct slot word, uint64_t hash)
{
    for (uint32_t at = (uint32_t)hash & (count - 1);;
         at = (at + 1) & (count - 1)) {
        struct slot *slot = &slots[at];
        if (slot->size == 0) {
            *slot = word;
            return;
        }
        if (slot->hash == word.hash && slot->size == word.size &&
            memcmp(text + slot->text, text + word.text, word.size) == 0) {
            slot->kinds |= word.kinds;
            return;
        }
    }
}

static void insert_word(struct slot *slots, uint32_t count, const char *text,
                        uint32_t at, uint32_t size, uint32_t kinds)
{
    uint64_t hash = HASH_START;
    for (uint32_t end = 0; end < size;) {
        uint32_t more = (uint32_t)step(text + at + end, size - end);
        hash = hash_more(hash, text + at + end, more);
        end += more;
        uint64_t mixed = hash_end(hash);
        insert(slots, count, text,
               (struct slot){.hash = (uint32_t)(mixed >> 32),
                             .text = at,
                             .size = end,
                             .kinds = end == size ? kinds : 0},
               mixed);
    }
}

static bool is_usable(const char *text)
{
    size_t size = strlen(text);
    return size > 0 && size <= WORD_MAX_BYTES;
}

static void put_u32(struct gaz_buffer *out, uint32_t value)
{
    unsigned char bytes[4] = {(unsigned char)value, (unsigned char)(value >> 8),
                              (unsigned char)(value >> 16),
                              (unsigned char)(value >> 24)};
    gaz_buffer_bytes(out, bytes, sizeof(bytes));
}

/* The words that are kept, joined, and how many beginnings they can have. */
static char *join_text(const struct gaz_lexicon_entry *sorted, size_t count,
                       uint32_t *size, uint64_t *beginnings)
{
    size_t total = 0;
    *beginnings = 0;
    for (size_t i = 0; i < count; i++) {
        size_t bytes = strlen(sorted[i].text);
        total += bytes;
        /* A character has a byte at least, three in Han text. */
        for (size_t at = 0; at < bytes;
             at += step(sorted[i].text + at, bytes - at))
            (*beginnings)++;
    }
    char *text = gaz_malloc(total);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t bytes = strlen(sorted[i].text);
        memcpy(text + at, sorted[i].text, bytes);
        at += bytes;
    }
    *size = (uint32_t)total;
    return text;
}

static uint32_t slots_for(uint64_t beginnings)
{
    uint32_t slots = 16;
    while (slots < SLOTS_MAX && (uint64_t)slots * 2 < beginnings * 3)
        slots *= 2;
    return slots;
}

void gaz_lexicon_build(const struct gaz_lexicon_entry *entries, size_t count,
                       struct gaz_buffer *out)
{
    struct gaz_lexicon_entry *sorted =
        gaz_malloc(count * sizeof(struct gaz_lexicon_entry));
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (is_usable(entries[i].text))
            sorted[kept++] = entries[i];
    qsort(sorted, kept, sizeof(*sorted), compare_entries);
    uint32_t text_size = 0;
    uint64_t beginnings = 0;
    char *text = join_text(sorted, kept, &text_size, &beginnings);
    uint32_t slot_count = slots_for(beginnings);
    struct slot *slots = gaz_malloc(slot_count * sizeof(struct slot));
    uint32_t at = 0;
    for (size_t i = 0; i < kept; i++) {
        uint32_t size = (uint32_t)strlen(sorted[i].text);
        insert_word(slots, slot_count, text, at, size, sorted[i].kinds);
        at += size;
    }
    gaz_buffer_bytes(out, MAGIC, sizeof(MAGIC));
    put_u32(out, slot_count);
    put_u32(out, text_size);
    for (uint32_t i = 0; i < slot_count; i++) {
        put_u32(out, slots[i].hash);
        put_u32(out, slots[i].text);
        put_u32(out, slots[i].size);
        put_u32(out, slots[i].kinds);
    }
    gaz_buffer_bytes(out, text, text_size);
    gaz_free(slots);
    gaz_free(text);
    gaz_free(sorted);
}

static uint32_t get_u32(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
           (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static struct slot get_slot(const struct gaz_lexicon *lexicon, uint32_t at)
{
    const unsigned char *bytes =
        lexicon->data + HEADER_BYTES + (size_t)at * SLOT_BYTES;
    return (struct slot){.hash = get_u32(bytes),
                         .text = get_u32(bytes + 4),
                         .size = get_u32(bytes + 8),
                         .kinds = get_u32(bytes + 12)};
}

gaz_status gaz_lexicon_open(struct gaz_ctx *ctx, const void *data, size_t size,
                            struct gaz_lexicon *out)
{
    const unsigned char *bytes = data;
    if (size < HEADER_BYTES || memcmp(bytes, MAGIC, sizeof(MAGIC)) != 0)
        return gaz_fail(ctx, GAZ_INVALID, "not a lexicon");
    uint32_t slots = get_u32(bytes + 8);
    uint32_t text_size = get_u32(bytes + 12);
    bool power = slots > 0 && slots <= SLOTS_MAX && (slots & (slots - 1)) == 0;
    if (!power || size != HEADER_BYTES + (size_t)slots * SLOT_BYTES + text_size)
        return gaz_fail(ctx, GAZ_INVALID, "lexicon of a wrong size");
    struct gaz_lexicon lexicon = {.data = bytes, .size = size};
    uint32_t unused = 0;
    for (uint32_t i = 0; i < slots; i++) {
        struct slot slot = get_slot(&lexicon, i);
        unused += slot.size == 0;
        if (slot.text > text_size || slot.size > text_size - slot.text)
            return gaz_fail(ctx, GAZ_INVALID, "lexicon slot %u is damaged", i);
    }
    /* A search ends at a free slot. */
    if (unused == 0)
        return gaz_fail(ctx, GAZ_INVALID, "lexicon without a free slot");
    *out = lexicon;
    return GAZ_OK;
}

static bool find(const struct gaz_lexicon *lexicon, const char *text,
                 size_t size, uint64_t hash, uint32_t *kinds)
{
    uint32_t count = get_u32(lexicon->data + 8);
    const unsigned char *words =
        lexicon->data + HEADER_BYTES + (size_t)count * SLOT_BYTES;
    for (uint32_t at = (uint32_t)hash & (count - 1);;
         at = (at + 1) & (count - 1)) {
        struct slot slot = get_slot(lexicon, at);
        if (slot.size == 0)
            return false;
        if (slot.hash == (uint32_t)(hash >> 32) && slot.size == size &&
            memcmp(words + slot.text, text, size) == 0) {
            *kinds = slot.kinds;
            return true;
        }
    }
}

int gaz_lexicon_matches(const struct gaz_lexicon *lexicon, const char *text,
                        size_t size, struct gaz_word *out, int max)
{
    int count = 0;
    uint64_t hash = HASH_START;
    if (!lexicon->data)
        return 0;
    for (size_t end = 0; end < size && end < WORD_MAX_BYTES && count < max;) {
        size_t more = step(text + end, size - end);
        hash = hash_more(hash, text + end, more);
        end += more;
        uint32_t kinds = 0;
        if (!find(lexicon, text, end, hash_end(hash), &kinds))
            break;
        if (kinds)
            out[count++] = (struct gaz_word){.size = end, .kinds = kinds};
    }
    return count;
}

bool gaz_lexicon_longest(const struct gaz_lexicon *lexicon, const char *text,
                         size_t size, struct gaz_word *out)
{
    bool found = false;
    uint64_t hash = HASH_START;
    if (!lexicon->data)
        return false;
    for (size_t end = 0; end < size && end < WORD_MAX_BYTES;) {
        size_t more = step(text + end, size - end);
        hash = hash_more(hash, text + end, more);
        end += more;
        uint32_t kinds = 0;
        if (!find(lexicon, text, end, hash_end(hash), &kinds))
            break;
        if (kinds) {
            *out = (struct gaz_word){.size = end, .kinds = kinds};
            found = true;
        }
    }
    return found;
}
