/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/vector.h"

#include "tiles/mvt.h"
#include "tiles/ring.h"
#include "tiles/subject.h"

struct writing {
    struct gaz_arena *arena;
    const struct tile_features *f;
    const struct tile_shapes *shapes;
    struct tile_box limits; /* of the tile and its buffer, in tile units */
    uint32_t *areas;        /* that meet it; ascending, as all of these */
    uint32_t *lines;
    uint32_t *sites;
    uint32_t area_count;
    uint32_t line_count;
    uint32_t site_count;
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

static bool is_inside(const struct writing *w, struct tile_vertex at)
{
    return at.x >= w->limits.min_x && at.x < w->limits.max_x &&
           at.y >= w->limits.min_y && at.y < w->limits.max_y;
}

static bool is_over(const struct writing *w)
{
    return tile_mvt_size(&w->mvt) > TILE_VECTOR_BUDGET;
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
static void put_row(struct writing *w, const struct gaz_snap_place *row,
                    const char *name, const char *roman, const char *code)
{
    char id[GAZ_ID_TEXT_BYTES];
    tile_mvt_string(&w->mvt, "id", gaz_id_write(row->id, id));
    tile_mvt_string(&w->mvt, "name", name);
    tile_mvt_string(&w->mvt, "name_roman", roman);
    tile_mvt_string(&w->mvt, "code", code);
    if (row->level != GAZ_LEVEL_NONE)
        tile_mvt_int(&w->mvt, "level", row->level);
    if (row->flags & GAZ_SNAP_SYNTHETIC)
        tile_mvt_bool(&w->mvt, "synthetic", true);
}

static void put_place(struct writing *w, uint32_t place)
{
    const struct gaz_snapshot *snap = w->f->snap;
    const struct gaz_snap_place *row = &snap->places[place];
    const struct gaz_snap_name *name = name_of(snap, place);
    put_row(w, row, gaz_snapshot_text(snap, name->text),
            gaz_snapshot_text(snap, name->roman),
            gaz_snapshot_text(snap, row->code_text));
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

/* A ring as the tile shows it: clipped, and in simple parts. */
static size_t clip_ring(const struct writing *w, uint32_t ring,
                        struct tile_path **out, int64_t *area)
{
    struct tile_path made = {0};
    struct tile_span span = w->shapes->rings[ring];
    if (span.count < 4)
        return 0;
    struct tile_path whole = to_path(w, span);
    whole.count--; /* the first point is not repeated here */
    tile_clip_ring(w->arena, whole, &w->limits, &made);
    *area = tile_clip_area2(made);
    return made.count > 0 ? tile_ring_mend(w->arena, made, out) : 0;
}

/* Writes the parts that run as `positive` says, as outer rings or as holes. A
 * part that is written is emptied: turned round, it would be taken again. */
static void put_parts(struct writing *w, struct tile_path *parts, size_t count,
                      bool positive, bool is_outer)
{
    for (size_t i = 0; i < count; i++) {
        int64_t area = tile_clip_area2(parts[i]);
        if (parts[i].count == 0 || (area > 0) != positive)
            continue;
        if ((area > 0) != is_outer)
            turn(&parts[i]);
        tile_mvt_path(&w->mvt, parts[i].items, parts[i].count);
        parts[i].count = 0;
    }
}

static void put_rings(struct writing *w, const struct tile_area *area,
                      bool *is_begun)
{
    bool has_outer = false;
    for (uint32_t i = 0; i < area->rings.count; i++) {
        uint32_t ring = area->rings.first + i;
        bool is_outer = i == 0 || w->f->rings[ring].polygon !=
                                      w->f->rings[ring - 1].polygon;
        struct tile_path *parts;
        int64_t sum = 0;
        size_t count = clip_ring(w, ring, &parts, &sum);
        has_outer = is_outer ? count > 0 : has_outer;
        if (count == 0 || !has_outer)
            continue;
        if (!*is_begun)
            tile_mvt_feature(&w->mvt,
                             feature_id(w->f->snap->places[area->place].id),
                             TILE_MVT_POLYGON);
        *is_begun = true;
        /* What runs the other way is a hole of the outer part before it. */
        put_parts(w, parts, count, sum > 0, is_outer);
        if (is_outer)
            put_parts(w, parts, count, sum <= 0, false);
    }
}

static void put_area(struct writing *w, const struct tile_area *area)
{
    bool is_begun = false;
    put_rings(w, area, &is_begun);
    if (!is_begun)
        return;
    put_place(w, area->place);
    if (area->level != GAZ_LEVEL_NONE)
        tile_mvt_int(&w->mvt, "tint", area->tint);
    if (area->is_schematic)
        tile_mvt_bool(&w->mvt, "schematic", true);
    tile_mvt_feature_end(&w->mvt);
}

/* Areas with a level are divisions, those without one are buildings. */
static void put_areas(struct writing *w, const char *layer, bool has_level)
{
    enum { BUILDINGS_FROM = 13 };
    if (!has_level && w->z < BUILDINGS_FROM)
        return;
    tile_mvt_layer(&w->mvt, layer);
    for (uint32_t i = 0; i < w->area_count; i++) {
        const struct tile_area *area = &w->f->areas[w->areas[i]];
        if ((area->level != GAZ_LEVEL_NONE) == has_level &&
            (has_level || !is_over(w)))
            put_area(w, area);
    }
    tile_mvt_layer_end(&w->mvt);
}

static void put_centre(struct writing *w, const struct tile_area *area)
{
    struct tile_vertex at = to_unit(w, area->centre);
    if (!is_inside(w, at))
        return;
    const struct gaz_snap_place *row = &w->f->snap->places[area->place];
    tile_mvt_feature(&w->mvt, feature_id(row->id), TILE_MVT_POINT);
    tile_mvt_path(&w->mvt, &at, 1);
    put_place(w, area->place);
    tile_mvt_int(&w->mvt, "rank", tile_feature_rank(row));
    if (area->is_schematic)
        tile_mvt_bool(&w->mvt, "schematic", true);
    tile_mvt_feature_end(&w->mvt);
}

static bool has_centre(const struct writing *w, const struct tile_area *area)
{
    enum { DIVISIONS_FROM = 4, BUILDINGS_FROM = 14 };
    if (area->level != GAZ_LEVEL_NONE)
        return w->z >= DIVISIONS_FROM;
    return w->z >= BUILDINGS_FROM && !is_over(w) &&
           w->f->snap->places[area->place].name_count > 0;
}

static void put_centres(struct writing *w)
{
    tile_mvt_layer(&w->mvt, TILE_SOURCE_LAYERS[TILE_SOURCE_CENTRES]);
    for (uint32_t i = 0; i < w->area_count; i++) {
        const struct tile_area *area = &w->f->areas[w->areas[i]];
        if (has_centre(w, area))
            put_centre(w, area);
    }
    tile_mvt_layer_end(&w->mvt);
}

/* ---- boundaries ---- */

static void put_line(struct writing *w, uint32_t number)
{
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
    tile_mvt_string(&w->mvt, "kind", tile_subject_line_kind(line));
    tile_mvt_string(&w->mvt, "name", gaz_snapshot_text(snap, row->name));
    tile_mvt_string(&w->mvt, "code", gaz_snapshot_text(snap, row->code));
    if (line->level != GAZ_LEVEL_NONE)
        tile_mvt_int(&w->mvt, "level", line->level);
    if (line->sea != 0)
        tile_mvt_int(&w->mvt, "sea", line->sea);
    if (line->is_schematic)
        tile_mvt_bool(&w->mvt, "schematic", true);
    tile_mvt_feature_end(&w->mvt);
}

static void put_boundaries(struct writing *w)
{
    enum { ROADS_FROM = 11 };
    tile_mvt_layer(&w->mvt, "boundaries");
    for (uint32_t i = 0; i < w->line_count; i++) {
        const struct tile_line *line = &w->f->lines[w->lines[i]];
        if (line->kind != GAZ_LINE_ROAD || w->z >= ROADS_FROM)
            put_line(w, w->lines[i]);
    }
    tile_mvt_layer_end(&w->mvt);
}

/* ---- points ---- */

static bool is_heritage(const struct tile_site *site)
{
    return site->class == TILE_CLASS_HERITAGE ||
           site->class == TILE_CLASS_CLUSTER;
}

/* The zoom from which a class of sites is in the tiles: some zooms before the
 * shipped styles write it, because a reader places labels by its own rules. */
bool tile_vector_shows(const struct tile_site *site, int z)
{
    static const uint8_t FROM[TILE_CLASSES] = {
        [TILE_CLASS_PROVINCE] = 2, [TILE_CLASS_CITY] = 5,
        [TILE_CLASS_COUNTY] = 6,   [TILE_CLASS_TOWN] = 8,
        [TILE_CLASS_CLUSTER] = 8,  [TILE_CLASS_HERITAGE] = 8,
        [TILE_CLASS_VILLAGE] = 11, [TILE_CLASS_NAME] = 12,
    };
    return z >= FROM[site->class];
}

void tile_vector_reach(uint32_t position, int z, int64_t out[2])
{
    int64_t unit = position >> (20 - z);
    out[0] = (unit - TILE_MVT_BUFFER) / TILE_MVT_EXTENT;
    out[1] = (unit + TILE_MVT_BUFFER) / TILE_MVT_EXTENT;
}

static bool is_in(const struct writing *w, const struct tile_site *site)
{
    return tile_vector_shows(site, w->z) && is_inside(w, to_unit(w, site->at));
}

static void put_site(struct writing *w, const struct tile_site *site)
{
    const struct gaz_snap_place *row = site->row;
    struct tile_vertex at = to_unit(w, site->at);
    tile_mvt_feature(&w->mvt, feature_id(site->id), TILE_MVT_POINT);
    tile_mvt_path(&w->mvt, &at, 1);
    put_row(w, row, site->name, site->name_roman, site->code);
    tile_mvt_string(&w->mvt, "kind", tile_subject_site_kind(site));
    if (row->category != 0)
        tile_mvt_int(&w->mvt, "category", row->category);
    tile_mvt_int(&w->mvt, "rank", site->rank);
    if (row->accuracy_m > 0)
        tile_mvt_double(&w->mvt, "accuracy_m", (double)row->accuracy_m);
    if (site->is_approximate)
        tile_mvt_bool(&w->mvt, "approximate", true);
    if (is_heritage(site)) {
        tile_mvt_string(&w->mvt, "label", site->text);
        tile_mvt_string(&w->mvt, "label_roman", site->roman);
        tile_mvt_int(&w->mvt, "count", site->count);
        if (site->ids)
            tile_mvt_string(&w->mvt, "ids", site->ids);
    }
    tile_mvt_feature_end(&w->mvt);
}

static void put_points(struct writing *w, const char *layer, bool heritage)
{
    tile_mvt_layer(&w->mvt, layer);
    for (uint32_t i = 0; i < w->site_count; i++) {
        const struct tile_site *site = tile_feature_site(w->f, w->sites[i]);
        if (is_heritage(site) == heritage && is_in(w, site) && !is_over(w))
            put_site(w, site);
    }
    tile_mvt_layer_end(&w->mvt);
}

/* Sites of edits go to their place in the order. */
static void apply_edits(struct writing *w, const struct tile_box *window)
{
    const struct tile_features *f = w->f;
    uint32_t *all = gaz_arena_array(
        w->arena, (size_t)w->site_count + f->extra_count, sizeof *all);
    uint32_t count = 0;
    for (uint32_t i = 0; i < w->site_count; i++)
        if (!tile_feature_is_gone(f, w->sites[i]))
            all[count++] = w->sites[i];
    for (uint32_t i = 0; i < f->extra_count; i++) {
        const struct tile_site *site = &f->extra[i];
        struct tile_box box = tile_grid_box(&site->at, 1);
        if (tile_feature_is_gone(f, f->site_count + i) ||
            !tile_grid_meets(&box, window))
            continue;
        uint32_t at = count++;
        for (; at > 0 && tile_feature_compare(tile_feature_site(f, all[at - 1]),
                                              site) > 0;
             at--)
            all[at] = all[at - 1];
        all[at] = f->site_count + i;
    }
    w->sites = all;
    w->site_count = count;
}

static bool has(uint32_t sources, tile_source source)
{
    return (sources & UINT32_C(1) << source) != 0;
}

void tile_vector_write(struct gaz_arena *arena,
                       const struct tile_features *features,
                       const struct tile_shapes *shapes, uint32_t sources,
                       const struct tile_view *view, struct gaz_buffer *out)
{
    struct writing w = {
        .arena = arena,
        .f = features,
        .shapes = shapes,
        .limits = {-TILE_MVT_BUFFER, -TILE_MVT_BUFFER,
                   TILE_MVT_EXTENT + TILE_MVT_BUFFER,
                   TILE_MVT_EXTENT + TILE_MVT_BUFFER},
        .left = view->left / view->width * TILE_MVT_EXTENT,
        .top = view->top / view->height * TILE_MVT_EXTENT,
        .z = view->z,
    };
    struct tile_box window =
        tile_grid_reach(view, 256 * TILE_MVT_BUFFER / TILE_MVT_EXTENT);
    w.area_count =
        tile_boxes_find(arena, features->area_boxes, &window, &w.areas);
    w.line_count =
        tile_boxes_find(arena, features->line_boxes, &window, &w.lines);
    w.site_count =
        tile_boxes_find(arena, features->site_boxes, &window, &w.sites);
    if (features->extra_count + features->gone_count > 0)
        apply_edits(&w, &window);
    tile_mvt_open(&w.mvt, out);
    /* the most important first: what comes when the tile is full is left out */
    if (has(sources, TILE_SOURCE_DIVISIONS))
        put_areas(&w, TILE_SOURCE_LAYERS[TILE_SOURCE_DIVISIONS], true);
    if (has(sources, TILE_SOURCE_BOUNDARIES))
        put_boundaries(&w);
    if (has(sources, TILE_SOURCE_HERITAGE))
        put_points(&w, TILE_SOURCE_LAYERS[TILE_SOURCE_HERITAGE], true);
    if (has(sources, TILE_SOURCE_NAMES))
        put_points(&w, TILE_SOURCE_LAYERS[TILE_SOURCE_NAMES], false);
    if (has(sources, TILE_SOURCE_CENTRES))
        put_centres(&w);
    if (has(sources, TILE_SOURCE_BUILDINGS))
        put_areas(&w, TILE_SOURCE_LAYERS[TILE_SOURCE_BUILDINGS], false);
    tile_mvt_close(&w.mvt);
}
