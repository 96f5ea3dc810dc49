/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/cluster.h"

#include <stdlib.h>

#include "gazetteer/base/id.h"

static bool is_same_point(struct tile_point a, struct tile_point b)
{
    return a.x == b.x && a.y == b.y;
}

/* Heritage last, and then by point, so that those to merge are neighbours. */
static int compare(const void *left, const void *right)
{
    const struct tile_site *a = left;
    const struct tile_site *b = right;
    bool a_last = a->class == TILE_CLASS_HERITAGE;
    bool b_last = b->class == TILE_CLASS_HERITAGE;
    if (a_last != b_last)
        return a_last ? 1 : -1;
    if (a_last && a->at.x != b->at.x)
        return a->at.x < b->at.x ? -1 : 1;
    if (a_last && a->at.y != b->at.y)
        return a->at.y < b->at.y ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static const char *standard_name(const struct gaz_snapshot *snap,
                                 uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    if (row->name_count == 0)
        return "";
    return gaz_snapshot_text(snap, snap->names[row->name_first].text);
}

/* The division whose own point the site took; "" when that cannot be told. */
static const char *lender(const struct gaz_snapshot *snap, uint32_t place)
{
    const struct gaz_snap_place *site = &snap->places[place];
    uint32_t up = site->parent;
    for (int depth = 0; up != GAZ_NONE && depth < 16; depth++) {
        const struct gaz_snap_place *row = &snap->places[up];
        if (row->lon_e7 == site->lon_e7 && row->lat_e7 == site->lat_e7 &&
            row->method != GAZ_METHOD_INHERITED)
            return standard_name(snap, up);
        up = row->parent;
    }
    return "";
}

static const char *cluster_text(struct tile_features *f,
                                const struct tile_site *first, uint32_t count)
{
    if (!first->is_approximate)
        return gaz_arena_printf(&f->arena, "%s等 %u 处", first->text, count);
    return gaz_arena_printf(&f->arena, "%s %u 处",
                            lender(f->snap, first->place), count);
}

static const char *join_ids(struct tile_features *f,
                            const struct tile_site *sites, uint32_t count)
{
    char *text = gaz_arena_alloc(&f->arena, (size_t)count * GAZ_ID_TEXT_BYTES);
    for (uint32_t i = 0; i < count; i++) {
        char *at = text + (size_t)i * GAZ_ID_TEXT_BYTES;
        (void)gaz_id_write(sites[i].id, at);
        if (i + 1 < count)
            at[GAZ_ID_TEXT_BYTES - 1] = ',';
    }
    return text;
}

/* Makes one site of `count` neighbours at one point. */
static struct tile_site merge(struct tile_features *f,
                              const struct tile_site *sites, uint32_t count)
{
    struct tile_site made = sites[0];
    made.count = count;
    for (uint32_t i = 0; i < count; i++)
        made.is_approximate = made.is_approximate || sites[i].is_approximate;
    if (count > 1) {
        made.class = TILE_CLASS_CLUSTER;
        made.text = cluster_text(f, &made, count);
        made.roman = gaz_arena_printf(&f->arena, "%u sites", count);
        made.ids = join_ids(f, sites, count);
    } else if (made.is_approximate) {
        made.text = gaz_arena_printf(&f->arena, "%s（概位）", made.text);
    }
    return made;
}

void tile_cluster_merge(struct tile_features *features)
{
    struct tile_site *sites = features->sites;
    uint32_t count = features->site_count;
    qsort(sites, count, sizeof *sites, compare);
    uint32_t made = 0;
    while (made < count && sites[made].class != TILE_CLASS_HERITAGE)
        made++;
    for (uint32_t i = made; i < count;) {
        uint32_t same = 1;
        while (i + same < count &&
               is_same_point(sites[i].at, sites[i + same].at))
            same++;
        sites[made++] = merge(features, &sites[i], same);
        i += same;
    }
    features->site_count = made;
}
