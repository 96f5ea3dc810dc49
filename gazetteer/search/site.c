/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/site.h"

#include <string.h>

#include "gazetteer/search/label.h"
#include "gazetteer/search/reasons.h"

enum {
    SITES_SCANNED = 20000, /* some 0.3 ms; a county has far fewer */
    ROAD_MIN_BYTES = 6,    /* two characters in front of the number */
};

/* The text from the last name in front of the number to the number's end. */
struct needle {
    char text[GAZ_PART_KEY_MAX_BYTES + 1];
    size_t size;
    int part; /* which name it begins with */
};

static bool make_needle(const struct gaz_asked *asked,
                        const struct gaz_cut *cut, struct needle *out)
{
    int part = -1;
    for (int i = 0; i < cut->count; i++)
        if (!cut->parts[i].after_number)
            part = i;
    if (part < 0 || !cut->plate.number)
        return false;
    int start = cut->parts[part].start;
    int end = cut->number_at + cut->plate.number_size;
    if (cut->parts[part].end - start < ROAD_MIN_BYTES || end - start <= 0 ||
        end - start > GAZ_PART_KEY_MAX_BYTES)
        return false;
    out->size = (size_t)(end - start);
    memcpy(out->text, asked->text + start, out->size);
    out->text[out->size] = '\0';
    out->part = part;
    return true;
}

static bool lies_under(const struct gaz_snapshot *snap,
                       const struct gaz_beam *beam, uint32_t site)
{
    for (int i = 0; i < beam->count; i++)
        if (beam->items[i].place != GAZ_NONE &&
            gaz_history_within(snap, site, beam->items[i].place))
            return true;
    return false;
}

static bool has_places(const struct gaz_beam *beam)
{
    for (int i = 0; i < beam->count; i++)
        if (beam->items[i].place != GAZ_NONE)
            return true;
    return false;
}

/* Every name in front of the number must be that of a division over the site or
 * stand in its address, for nothing may be passed over. */
static bool explains(const struct gaz_snapshot *snap, const struct gaz_cut *cut,
                     const char *address, struct gaz_chain *out)
{
    for (int i = 0; i < cut->count; i++) {
        const struct gaz_part *part = &cut->parts[i];
        char text[GAZ_PART_KEY_MAX_BYTES + 1];
        memcpy(text, part->text, (size_t)part->size);
        text[part->size] = '\0';
        struct gaz_snap_span span;
        gaz_snapshot_find(snap, GAZ_KEY_NAME, text, (size_t)part->size, &span);
        bool is_over = false;
        for (uint32_t k = 0; k < span.count && !is_over; k++)
            is_over = gaz_history_within(snap, out->place, span.items[k].place);
        if (!is_over && !part->after_number && !strstr(address, text))
            return false;
        out->links[i] = (struct gaz_link){.place = out->place,
                                          .name = out->name,
                                          .via = GAZ_NONE,
                                          .how = GAZ_HOW_EXACT};
    }
    return true;
}

uint32_t gaz_site_find(const struct gaz_snapshot *snap,
                       const struct gaz_asked *asked, const struct gaz_cut *cut,
                       struct gaz_beam *beam, struct gaz_cut *read)
{
    struct needle needle;
    if (!make_needle(asked, cut, &needle))
        return GAZ_NONE;
    bool anywhere = !has_places(beam);
    const uint32_t *sites;
    uint32_t count = gaz_snapshot_sites(snap, &sites);
    for (uint32_t n = 0; n < count && n < SITES_SCANNED; n++) {
        uint32_t i = sites[n];
        const struct gaz_snap_place *row = &snap->places[i];
        const char *address = gaz_snapshot_text(snap, row->address_text);
        if (!strstr(address, needle.text) ||
            !gaz_history_stands(snap, i, asked->day) ||
            (asked->below != GAZ_NONE &&
             !gaz_snapshot_lies_in(snap, i, asked->below)))
            continue;
        struct gaz_chain found = {.place = i,
                                  .name = row->name_first,
                                  .agreement = 1.0F,
                                  .visited = (1U << cut->count) - 1};
        if ((!anywhere && !lies_under(snap, beam, i)) ||
            !explains(snap, cut, address, &found))
            continue;
        beam->items[0] = found;
        beam->count = 1;
        beam->dropped = 0;
        *read = *cut;
        return i;
    }
    return GAZ_NONE;
}

const char *gaz_site_label(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           const struct gaz_asked *asked,
                           const struct gaz_cut *cut, uint32_t site)
{
    struct needle needle;
    uint32_t over = snap->places[site].parent;
    gaz_date at = asked->query->at;
    if (over == GAZ_NONE || !make_needle(asked, cut, &needle))
        return gaz_search_label(ctx, snap, site, at);
    return gaz_arena_printf(&ctx->arena, "%s%s（%s）",
                            gaz_search_label(ctx, snap, over, at), needle.text,
                            gaz_label_name(snap, site, asked->day));
}

void gaz_site_reason(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                     const struct gaz_asked *asked, uint32_t site,
                     struct gaz_answer *answer)
{
    const char *name = gaz_label_name(snap, site, asked->day);
    gaz_reasons_add(
        answer, "site_here", gaz_arena_printf(&ctx->arena, "此门牌为%s", name),
        gaz_arena_printf(&ctx->arena, "%s is at this number", name));
}
