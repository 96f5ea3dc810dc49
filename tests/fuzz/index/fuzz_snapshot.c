/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_snapshot - a damaged snapshot is refused, or every look-up on it stays
 * inside it.
 *
 * The input is a list of patches of 7 bytes to a small good file: offset (4,
 * little-endian, taken modulo the file's size), how (1), value (2). The size
 * and checksum are put right afterwards, as an attacker would. Patches rather
 * than whole files, so that the corpus outlives changes of the format.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/index/format.h"
#include "gazetteer/index/write.h"

enum { PATCH_BYTES = 7, PATCHES_MAX = 64, HITS = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t sink; /* what was read, so that reading is not left out */

static void read_text(const struct gaz_snapshot *snap, uint32_t offset)
{
    sink += strlen(gaz_snapshot_text(snap, offset));
}

/* ---- the good file ---- */

static void put_places(struct gaz_builder *builder)
{
    static const char *const NAMES[] = {"甲乙丙", "乙丙丁", "丙丁甲"};
    const double ring[5][2] = {
        {121, 30}, {122, 30}, {122, 31}, {121, 31}, {121, 30}};
    const uint32_t head[3] = {3, 1, 5};
    char wkb[1 + sizeof(head) + sizeof(ring)] = {1};
    memcpy(wkb + 1, head, sizeof(head));
    memcpy(wkb + 1 + sizeof(head), ring, sizeof(ring));
    for (gaz_id id = 1; id <= 40; id++) {
        const struct gaz_name names[] = {
            {.text = NAMES[id % 3], .roman = "Jiǎyǐbǐng"},
            {.text = "丁丁丁",
             .roman = "Dīngdīngdīng",
             .kind = GAZ_NAME_FORMER,
             .valid_to = 20170000}};
        const struct gaz_place place = {
            .id = id,
            .code = id % 2 ? "330482" : NULL,
            .level = (gaz_level)(id % 6),
            .category = GAZ_CATEGORY_ROAD,
            .is_synthetic = true,
            .names = names,
            .name_count = 2,
            .parent = id / 2,
            .position = {{121 + 0.01 * (double)id, 30.5},
                         GAZ_METHOD_SYNTHETIC,
                         1,
                         0},
            .area_wkb = id % 8 == 0 ? wkb : NULL,
            .area_size = id % 8 == 0 ? sizeof(wkb) : 0,
        };
        gaz_builder_place(builder, &place);
    }
}

static void put_rest(struct gaz_builder *builder)
{
    for (gaz_id id = 1; id <= 40; id++) {
        const struct gaz_address address = {
            .id = 1000 + id,
            .parent = id,
            .number = "1号",
            .number_value = 1,
            .position = {{121.5, 30 + 0.02 * (double)id},
                         GAZ_METHOD_SYNTHETIC,
                         1,
                         0},
            .is_synthetic = true};
        gaz_builder_address(builder, &address);
    }
    const struct gaz_source source = {.id = 1, .key = "made-up"};
    gaz_builder_source(builder, &source);
    const struct gaz_claim claim = {.place = 1, .property = "built"};
    gaz_builder_claim(builder, &claim);
    const struct gaz_change change = {.from = 1, .to = 2};
    gaz_builder_change(builder, &change);
    const struct gaz_coord points[] = {{121, 30}, {122, 31}};
    const struct gaz_line line = {.name = "线",
                                  .kind = GAZ_LINE_COAST,
                                  .points = points,
                                  .point_count = 2,
                                  .left = 1};
    gaz_builder_line(builder, &line);
    gaz_builder_redirect(builder, 500, 3);
}

static struct gaz_rows good_file(void)
{
    struct gaz_ctx ctx = {0};
    struct gaz_rows file = {.item_size = 1};
    struct gaz_builder *builder = gaz_builder_new();
    put_places(builder);
    put_rest(builder);
    struct gaz_build_stats stats;
    if (gaz_write_bytes(&ctx, builder, &file, &stats) != GAZ_OK)
        abort();
    gaz_builder_free(builder);
    gaz_ctx_close(&ctx);
    return file;
}

/* ---- every look-up, and every row that another room would follow ---- */

static void look_up_names(const struct gaz_snapshot *snap)
{
    static const struct {
        gaz_key_kind kind;
        const char *key;
    } KEYS[] = {{GAZ_KEY_NAME, "甲乙丙"},  {GAZ_KEY_PLAIN, "jiayibing"},
                {GAZ_KEY_INITIALS, "jyb"}, {GAZ_KEY_CODE, "330482"},
                {GAZ_KEY_FUZZY, "甲乙"},   {GAZ_KEY_NAME, "没有"}};
    for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++) {
        struct gaz_snap_span span;
        gaz_snapshot_find(snap, KEYS[i].kind, KEYS[i].key, strlen(KEYS[i].key),
                          &span);
        for (uint32_t k = 0; k < span.count; k++)
            read_text(snap, snap->names[span.items[k].name].text);
        struct gaz_snap_hit hits[HITS];
        int count = gaz_snapshot_prefix(snap, KEYS[i].kind, KEYS[i].key,
                                        i % 2 ? 1 : 3, hits, HITS);
        for (int k = 0; k < count; k++)
            read_text(snap, snap->places[hits[k].place].label);
        struct gaz_word words[HITS];
        sink += (uint64_t)gaz_lexicon_matches(&snap->lexicon, KEYS[i].key,
                                              strlen(KEYS[i].key), words, HITS);
    }
}

static bool takes_all(const struct gaz_snapshot *snap, uint32_t place,
                      uint32_t address, void *user)
{
    (void)user;
    sink += place != GAZ_NONE ? snap->places[place].id
                              : snap->addresses[address].id;
    return true;
}

static void look_up_positions(const struct gaz_snapshot *snap)
{
    const struct gaz_coord coord = {121.4, 30.5};
    struct gaz_snap_near near[GAZ_NEAR_MAX];
    int count = gaz_snapshot_nearest(snap, coord, 1e7, takes_all, NULL, near,
                                     GAZ_NEAR_MAX);
    for (int i = 0; i < count; i++)
        if (near[i].place != GAZ_NONE)
            read_text(snap, snap->places[near[i].place].label);
        else
            read_text(snap, snap->addresses[near[i].address].number);
    uint32_t places[HITS];
    count = gaz_snapshot_containing(snap, coord, places, HITS);
    for (int i = 0; i < count; i++)
        read_text(snap, snap->places[places[i]].label);
    const struct gaz_box box = {{121, 30}, {122, 31}};
    uint32_t in_box = gaz_snapshot_in_box(snap, box, places, HITS);
    for (uint32_t i = 0; i < in_box && i < HITS; i++)
        read_text(snap, snap->places[places[i]].label);
}

static void read_place(const struct gaz_snapshot *snap, uint32_t i)
{
    const struct gaz_snap_place *row = &snap->places[i];
    read_text(snap, row->label);
    read_text(snap, row->history);
    read_text(snap, snap->sources[row->source].title);
    for (uint32_t k = 0; k < row->child_count; k++)
        sink += snap->places[snap->children[row->child_first + k]].id;
    for (uint32_t k = 0; k < row->claim_count; k++)
        read_text(snap, snap->claims[row->claim_first + k].value);
    for (uint32_t k = 0; k < row->change_count; k++)
        read_text(snap, snap->changes[row->change_first + k].note);
    for (uint32_t k = 0; k < row->area_count; k++) {
        const struct gaz_snap_ring *ring = &snap->rings[row->area_first + k];
        for (uint32_t p = 0; p < ring->point_count; p++)
            sink += (uint32_t)snap->points[ring->point_first + p].lon_e7;
    }
    sink += gaz_snapshot_place(snap, row->id);
    sink += gaz_snapshot_name_at(snap, i, 20160101);
    sink += gaz_snapshot_lies_in(snap, i, 0);
    uint32_t first;
    uint32_t count = gaz_snapshot_numbers(snap, i, 1, &first);
    for (uint32_t k = 0; k < count; k++)
        read_text(snap, snap->addresses[first + k].tail);
}

static void read_all(const struct gaz_snapshot *snap)
{
    for (uint32_t i = 0; i < snap->place_count; i++)
        read_place(snap, i);
    for (uint32_t i = 0; i < snap->address_count; i++)
        sink += gaz_snapshot_address(snap, snap->addresses[i].id);
    for (uint32_t i = 0; i < snap->line_count; i++) {
        read_text(snap, snap->lines[i].name);
        for (uint32_t k = 0; k < snap->lines[i].point_count; k++)
            sink +=
                (uint32_t)snap->points[snap->lines[i].point_first + k].lat_e7;
    }
    look_up_names(snap);
    look_up_positions(snap);
}

/* ---- the patches ---- */

static void patch(char *bytes, size_t file_size, const uint8_t *patches,
                  size_t size)
{
    enum { HOW_BYTE, HOW_XOR, HOW_SHORT, HOW_WORD, HOWS };
    for (size_t i = 0; i + PATCH_BYTES <= size && i < PATCHES_MAX * PATCH_BYTES;
         i += PATCH_BYTES) {
        uint32_t offset;
        uint16_t value;
        memcpy(&offset, patches + i, sizeof(offset));
        memcpy(&value, patches + i + 5, sizeof(value));
        const uint32_t word = (uint32_t)(int32_t)(int16_t)value;
        size_t at = offset % (file_size - sizeof(word));
        switch (patches[i + 4] % HOWS) {
        case HOW_BYTE:
            bytes[at] = (char)value;
            break;
        case HOW_XOR:
            bytes[at] = (char)(bytes[at] ^ (char)value);
            break;
        case HOW_SHORT:
            memcpy(bytes + at, &value, sizeof(value));
            break;
        default:
            memcpy(bytes + at, &word, sizeof(word));
            break;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct gaz_rows good;
    if (!good.items)
        good = good_file();
    /* A copy of exactly this size: a byte past the end is an error. */
    char *bytes = gaz_malloc(good.count);
    memcpy(bytes, good.items, good.count);
    patch(bytes, good.count, data, size);
    struct gaz_format_header *header = (void *)bytes;
    header->size = good.count;
    header->checksum = gaz_format_checksum(bytes, good.count);
    struct gaz_ctx ctx = {0};
    struct gaz_snapshot *snap;
    struct gaz_map map = {bytes, good.count};
    if (gaz_format_view(&ctx, map, "fuzz", &snap) == GAZ_OK) {
        read_all(snap);
        gaz_free(snap); /* not closed: the bytes are not mapped */
    }
    gaz_ctx_close(&ctx);
    gaz_free(bytes);
    return 0;
}
