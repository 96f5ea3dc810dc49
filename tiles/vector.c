/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/vector.h"

#include "tiles/mvt.h"

struct writing {
    struct gaz_arena *arena;
    const struct tile_features *f;
    const struct tile_shapes *shapes;
    struct tile_box world;  /* of the tile and its buffer */
    struct tile_box limits; /* the same in tile units */
    struct tile_mvt mvt;
    int64_t left; /* tile units of the zoom, from the world's corner */
    int64_t top;
    int z;
};

static struct tile_vertex to_unit(const struct writing *w,
                                  struct tile_point point)
{
    /* 4096 units a tile is 2^12, of 2^(32-z) world units */
    int shift = 20 - w->z;
    return (struct tile_vertex){(int64_t)(point.x >> shift) - w->left,
                                (int64_t)(point.y >> shift) - w->top};
}

static struct tile_path to_path(const struct writing *w, struct tile_span span)
{
    struct tile_path path = {
        gaz_arena_array(w->arena, span.count, sizeof(struct tile_vertex)),
        span.count,
    };
    for (uint32_t i = 0; i < span.count; i++)
        path.items[i] = to_unit(w, w->shapes->points[span.first + i]);
    return path;
}

static uint64_t feature_id(uint64_t id)
{
    return id & ((UINT64_C(1) << 53) - 1);
}

static const struct gaz_snap_name *name_of(const struct gaz_snapshot *snap,
                                           uint32_t place)
{
    static const struct gaz_snap_name NAMELESS = {0};
    const struct gaz_snap_place *row = &snap->places[place];
    return row->name_count ? &snap->names[row->name_first] : &NAMELESS;
}

/* What every place has. */
static void put_place(struct writing *w, uint32_t place)
{
    const struct gaz_snapshot *snap = w->f->snap;
    const struct gaz_snap_place *row = &snap->places[place];
    const struct gaz_snap_name *name = name_of(snap, place);
    char id[GAZ_ID_TEXT_BYTES];
    tile_mvt_string(&w->mvt, "id", gaz_id_write(row->id, id));
    tile_mvt_string(&w->mvt, "name", gaz_snapshot_text(snap, name->text));
    tile_mvt_string(&w->mvt, "name_roman",
                    gaz_snapshot_text(snap, name->roman));
    tile_mvt_string(&w->mvt, "code", gaz_snapshot_text(snap, row->code_text));
    if (row->level != GAZ_LEVEL_NONE)
        tile_mvt_int(&w->mvt, "level", row->level);
    if (row->flags & GAZ_SNAP_SYNTHETIC)
        tile_mvt_bool(&w->mvt, "synthetic", true);
}

/* ---- divisions ---- */

static void turn(struct tile_path *ring)
{
    for (size_t i = 0; i < ring->count / 2; i++) {
        struct tile_vertex swap = ring->items[i];
        ring->items[i] = ring->items[ring->count - 1 - i];
        ring->items[ring->count - 1 - i] = swap;
    }
}

/* A ring as the tile shows it: clipped, running the way that its part wants;
 * empty when nothing is left. */
static struct tile_path clip_ring(const struct writing *w, uint32_t ring,
                                  bool is_outer)
{
    struct tile_path made = {0};
    struct tile_span span = w->shapes->rings[ring];
    if (span.count < 4)
        return made;
    struct tile_path whole = to_path(w, span);
    whole.count--; /* the first point is not repeated here */
    tile_clip_ring(w->arena, whole, &w->limits, &made);
    int64_t area = tile_clip_area2(made);
    if (area == 0)
        made.count = 0;
    else if ((area > 0) != is_outer)
        turn(&made);
    return made;
}

static void put_area(struct writing *w, const struct tile_area *area)
{
    const struct gaz_snapshot *snap = w->f->snap;
    bool is_begun = false;
    bool has_outer = false;
    for (uint32_t i = 0; i < area->rings.count; i++) {
        uint32_t ring = area->rings.first + i;
        bool is_outer = i == 0 || w->f->rings[ring].polygon !=
                                      w->f->rings[ring - 1].polygon;
        struct tile_path path = clip_ring(w, ring, is_outer);
        has_outer = is_outer ? path.count > 0 : has_outer;
        if (path.count == 0 || !has_outer)
            continue;
        if (!is_begun)
            tile_mvt_feature(&w->mvt, feature_id(snap->places[area->place].id),
                             TILE_MVT_POLYGON);
        is_begun = true;
        tile_mvt_path(&w->mvt, path.items, path.count);
    }
    if (!is_begun)
        return;
    put_place(w, area->place);
    if (area->is_schematic)
        tile_mvt_bool(&w->mvt, "schematic", true);
    tile_mvt_feature_end(&w->mvt);
}

static void put_divisions(struct writing *w)
{
    tile_mvt_layer(&w->mvt, "divisions");
    for (uint32_t i = 0; i < w->f->area_count; i++)
        if (tile_grid_meets(&w->f->areas[i].box, &w->world))
            put_area(w, &w->f->areas[i]);
    tile_mvt_layer_end(&w->mvt);
}

/* ---- boundaries ---- */

static void put_line(struct writing *w, uint32_t number)
{
    static const char *const KINDS[] = {
        [GAZ_LINE_COAST] = "coast",
        [GAZ_LINE_BOUNDARY] = "boundary",
        [GAZ_LINE_ROAD] = "road",
    };
    const struct gaz_snapshot *snap = w->f->snap;
    const struct tile_line *line = &w->f->lines[number];
    const struct gaz_snap_line *row = &snap->lines[line->row];
    struct tile_path *parts;
    size_t count = tile_clip_line(
        w->arena, to_path(w, w->shapes->lines[number]), &w->limits, &parts);
    if (count == 0)
        return;
    tile_mvt_feature(&w->mvt, line->row + 1, TILE_MVT_LINE);
    for (size_t i = 0; i < count; i++)
        tile_mvt_path(&w->mvt, parts[i].items, parts[i].count);
    if (line->kind < sizeof KINDS / sizeof KINDS[0] && KINDS[line->kind])
        tile_mvt_string(&w->mvt, "kind", KINDS[line->kind]);
    tile_mvt_string(&w->mvt, "name", gaz_snapshot_text(snap, row->name));
    tile_mvt_string(&w->mvt, "code", gaz_snapshot_text(snap, row->code));
    if (line->level != GAZ_LEVEL_NONE)
        tile_mvt_int(&w->mvt, "level", line->level);
    if (line->is_schematic)
        tile_mvt_bool(&w->mvt, "schematic", true);
    tile_mvt_feature_end(&w->mvt);
}

static void put_boundaries(struct writing *w)
{
    enum { ROADS_FROM = 11 };
    tile_mvt_layer(&w->mvt, "boundaries");
    for (uint32_t i = 0; i < w->f->line_count; i++) {
        const struct tile_line *line = &w->f->lines[i];
        bool is_early = line->kind == GAZ_LINE_ROAD && w->z < ROADS_FROM;
        if (!is_early && tile_grid_meets(&line->box, &w->world))
            put_line(w, i);
    }
    tile_mvt_layer_end(&w->mvt);
}

/* ---- points ---- */

static bool is_heritage(const struct tile_site *site)
{
    return site->class == TILE_CLASS_HERITAGE ||
           site->class == TILE_CLASS_CLUSTER;
}

static bool is_in(const struct writing *w, const struct tile_site *site)
{
    const struct tile_text_style *style = &TILE_STYLE_TEXT[site->class];
    int from = style->icon != TILE_ICON_NONE ? style->icon_from : style->from;
    struct tile_vertex at = to_unit(w, site->at);
    return w->z >= from - TILE_STYLE_VECTOR_EARLIER &&
           at.x >= w->limits.min_x && at.x < w->limits.max_x &&
           at.y >= w->limits.min_y && at.y < w->limits.max_y;
}

static const char *kind_of(const struct tile_site *site)
{
    static const char *const KINDS[TILE_CLASSES] = {
        [TILE_CLASS_PROVINCE] = "province",
        [TILE_CLASS_CITY] = "city",
        [TILE_CLASS_COUNTY] = "county",
        [TILE_CLASS_TOWN] = "town",
        [TILE_CLASS_CLUSTER] = "cluster",
        [TILE_CLASS_HERITAGE] = "site",
        [TILE_CLASS_NOTE] = "",
        [TILE_CLASS_ROAD] = "",
        [TILE_CLASS_VILLAGE] = "village",
        [TILE_CLASS_NAME] = "place",
    };
    return KINDS[site->class];
}

static void put_site(struct writing *w, const struct tile_site *site)
{
    const struct gaz_snap_place *row = &w->f->snap->places[site->place];
    struct tile_vertex at = to_unit(w, site->at);
    tile_mvt_feature(&w->mvt, feature_id(site->id), TILE_MVT_POINT);
    tile_mvt_path(&w->mvt, &at, 1);
    put_place(w, site->place);
    tile_mvt_string(&w->mvt, "kind", kind_of(site));
    if (row->category != 0)
        tile_mvt_int(&w->mvt, "category", row->category);
    tile_mvt_int(&w->mvt, "rank", site->rank);
    if (row->accuracy_m > 0)
        tile_mvt_double(&w->mvt, "accuracy_m", (double)row->accuracy_m);
    if (site->is_approximate)
        tile_mvt_bool(&w->mvt, "approximate", true);
    if (is_heritage(site)) {
        tile_mvt_string(&w->mvt, "label", site->text);
        tile_mvt_int(&w->mvt, "count", site->count);
        if (site->ids)
            tile_mvt_string(&w->mvt, "ids", site->ids);
    }
    tile_mvt_feature_end(&w->mvt);
}

static void put_points(struct writing *w, const char *layer, bool heritage)
{
    tile_mvt_layer(&w->mvt, layer);
    for (uint32_t i = 0; i < w->f->site_count; i++) {
        const struct tile_site *site = &w->f->sites[i];
        if (is_heritage(site) == heritage && is_in(w, site))
            put_site(w, site);
    }
    tile_mvt_layer_end(&w->mvt);
}

void tile_vector_write(struct gaz_arena *arena,
                       const struct tile_features *features,
                       const struct tile_shapes *shapes, enum tile_layer layer,
                       const struct tile_view *view, struct gaz_buffer *out)
{
    int64_t x = view->left / view->width;
    int64_t y = view->top / view->height;
    struct writing w = {
        .arena = arena,
        .f = features,
        .shapes = shapes,
        .world = tile_grid_reach(view, 256 * TILE_MVT_BUFFER / TILE_MVT_EXTENT),
        .limits = {-TILE_MVT_BUFFER, -TILE_MVT_BUFFER,
                   TILE_MVT_EXTENT + TILE_MVT_BUFFER,
                   TILE_MVT_EXTENT + TILE_MVT_BUFFER},
        .left = x * TILE_MVT_EXTENT,
        .top = y * TILE_MVT_EXTENT,
        .z = view->z,
    };
    tile_mvt_open(&w.mvt, out);
    if (layer & (TILE_LAYER_BASE | TILE_LAYER_DIVISIONS))
        put_divisions(&w);
    if (layer & (TILE_LAYER_BASE | TILE_LAYER_BOUNDARIES))
        put_boundaries(&w);
    if (layer & (TILE_LAYER_BASE | TILE_LAYER_NAMES))
        put_points(&w, "names", false);
    if (layer & (TILE_LAYER_BASE | TILE_LAYER_HERITAGE))
        put_points(&w, "heritage", true);
    tile_mvt_close(&w.mvt);
}
