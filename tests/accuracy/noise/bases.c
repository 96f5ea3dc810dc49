/* SPDX-License-Identifier: Apache-2.0 */
/* Which places are asked for, and how they are written down in full. */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/accuracy/noise/noise.h"

const char *noise_name(const struct gaz_snapshot *snap, uint32_t place)
{
    return gaz_snapshot_text(snap,
                             snap->names[snap->places[place].name_first].text);
}

uint32_t noise_above(const struct gaz_snapshot *snap, uint32_t place, int level)
{
    for (int depth = 0; place != GAZ_NONE && depth < 16; depth++) {
        if (snap->places[place].level == level)
            return place;
        place = snap->places[place].parent;
    }
    return GAZ_NONE;
}

bool noise_is_name(const struct gaz_snapshot *snap, const char *name)
{
    struct gaz_snap_span span;
    gaz_snapshot_find(snap, GAZ_KEY_NAME, name, strlen(name), &span);
    return span.count > 0;
}

static bool is_base(const struct noise_maker *maker, uint32_t place,
                    bool is_city)
{
    const struct gaz_snapshot *snap = maker->snap;
    const struct gaz_snap_place *row = &snap->places[place];
    const char *label = gaz_snapshot_text(snap, row->label);
    if ((gaz_text_hash(label, strlen(label)) >> 7 & 1U) != maker->part)
        return false;
    if (row->valid_to != GAZ_DATE_OPEN || row->status == GAZ_STATUS_HISTORICAL)
        return false;
    if (is_city)
        return row->address_count > 0;
    return row->level == GAZ_LEVEL_TOWN || row->level == GAZ_LEVEL_VILLAGE ||
           (row->flags & GAZ_SNAP_HERITAGE) != 0;
}

void noise_bases_open(struct noise_maker *maker, bool is_city)
{
    uint32_t *bases = gaz_arena_array(
        &maker->ctx->arena, maker->snap->place_count + 1, sizeof(*bases));
    maker->base_count = 0;
    for (uint32_t i = 0; i < maker->snap->place_count; i++)
        if (is_base(maker, i, is_city))
            bases[maker->base_count++] = i;
    maker->bases = bases;
}

/* Half of the questions are about the two counties that the product is for,
 * the other half about their neighbours. */
uint32_t noise_draw_base(struct noise_maker *maker)
{
    bool is_near = city_below(&maker->random, 2) == 0;
    uint32_t place = GAZ_NONE;
    for (int i = 0; i < 40; i++) {
        place = maker->bases[city_below(&maker->random, maker->base_count)];
        uint64_t county = maker->snap->places[place].code / 1000000;
        uint32_t over = noise_above(maker->snap, place, GAZ_LEVEL_COUNTY);
        if (over != GAZ_NONE)
            county = maker->snap->places[over].code / 1000000;
        if (!is_near || county == 330482 || county == 310116)
            break;
    }
    return place;
}

void noise_write(struct noise_maker *maker, uint32_t place,
                 struct noise_text *out)
{
    const struct gaz_snapshot *snap = maker->snap;
    uint32_t chain[NOISE_PARTS];
    int depth = 0;
    for (uint32_t at = place; at != GAZ_NONE && depth < NOISE_DEPTH_MAX;
         at = snap->places[at].parent)
        chain[depth++] = at;
    uint32_t dice = city_below(&maker->random, 10);
    int from = dice < 3   ? GAZ_LEVEL_PROVINCE
               : dice < 8 ? GAZ_LEVEL_COUNTY
                          : GAZ_LEVEL_TOWN;
    *out = (struct noise_text){.count = 0};
    for (int i = depth - 1; i >= 0; i--) {
        int level = snap->places[chain[i]].level;
        if (i > 0 && level != GAZ_LEVEL_NONE && level < from)
            continue;
        out->places[out->count] = chain[i];
        (void)snprintf(out->parts[out->count++], NOISE_PART_BYTES, "%s",
                       noise_name(snap, chain[i]));
    }
    out->finest = out->count - 1;
}

void noise_join(const struct noise_text *text, char out[NOISE_TEXT_BYTES])
{
    size_t size = 0;
    out[0] = '\0';
    for (int i = 0; i < text->count; i++) {
        size_t more = strlen(text->parts[i]);
        if (size + more >= NOISE_TEXT_BYTES)
            break;
        memcpy(out + size, text->parts[i], more + 1);
        size += more;
    }
}
