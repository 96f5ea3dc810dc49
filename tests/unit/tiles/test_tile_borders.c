/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: neighbours in vector tiles, on a made-up town of 20 divisions
 * whose jagged borders are shared (map_town.h), all tiles of zooms 8 to 13 and
 * a part of 14. An edge of a division is an edge of its neighbour too, turned
 * round, vertex by vertex; it is alone only on the town's outline or where the
 * tile is cut. Where a tile lies inside the town, the areas of its divisions
 * add up to the tile to the last unit: no gaps, no overlaps. Every polygon of
 * the pyramid is valid for GEOS. A crowded town: whatever is left out of a full
 * tile comes after all that is in it. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/geo/geometry.h"
#include "tests/bench/map_town.h"
#include "tests/unit/tiles/decode.h"
#include "tiles/grid.h"
#include "tiles/mvt.h"
#include "tiles/tile.h"
#include "tiles/vector.h"

enum { SEED = 330482, LOW = -TILE_MVT_BUFFER };
enum { HIGH = TILE_MVT_EXTENT + TILE_MVT_BUFFER };

struct edge {
    int64_t a[2];
    int64_t b[2];
};

struct edges {
    struct edge *items;
    size_t count;
    size_t room;
};

struct fixture {
    struct map_town town;
    struct gaz_ctx ctx;
    struct tile_maker *maker;
    struct gaz_geometry *geometry;
    struct gaz_buffer tile;
    struct edges outline; /* edges of divisions that no neighbour has; world */
};

static void push(struct edges *edges, struct edge edge)
{
    if (edges->count == edges->room) {
        edges->room = edges->room ? 2 * edges->room : 1024;
        edges->items =
            gaz_realloc(edges->items, edges->room * sizeof(struct edge));
    }
    edges->items[edges->count++] = edge;
}

static int compare(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(struct edge));
}

static bool has(const struct edges *edges, struct edge edge)
{
    return bsearch(&edge, edges->items, edges->count, sizeof edge, compare);
}

static struct edge turned(struct edge e)
{
    return (struct edge){{e.b[0], e.b[1]}, {e.a[0], e.a[1]}};
}

static void sort(struct edges *edges)
{
    qsort(edges->items, edges->count, sizeof(struct edge), compare);
}

static struct tile_point world_of(const struct map_town *town, uint32_t at)
{
    struct gaz_snap_point p = town->snap.points[at];
    return tile_grid_project((struct gaz_coord){gaz_coord_from_e7(p.lon_e7),
                                                gaz_coord_from_e7(p.lat_e7)});
}

static void find_outline(struct fixture *f)
{
    const struct gaz_snapshot *snap = &f->town.snap;
    struct edges all = {0};
    for (uint32_t i = 0; i < snap->ring_count; i++) {
        const struct gaz_snap_ring *ring = &snap->rings[i];
        if (snap->places[ring->place].level == GAZ_LEVEL_NONE)
            continue;
        for (uint32_t k = 0; k + 1 < ring->point_count; k++) {
            struct tile_point a = world_of(&f->town, ring->point_first + k);
            struct tile_point b = world_of(&f->town, ring->point_first + k + 1);
            push(&all, (struct edge){{a.x, a.y}, {b.x, b.y}});
        }
    }
    sort(&all);
    for (size_t i = 0; i < all.count; i++)
        if (!has(&all, turned(all.items[i])))
            push(&f->outline, all.items[i]);
    gaz_free(all.items);
}

static int set_up(void **state)
{
    static const struct map_town_size SIZE = {2000, 1000, 160, 512, 5, 4};
    struct fixture *f = gaz_malloc(sizeof *f);
    map_town_open(&f->town, &SIZE, SEED);
    gaz_buffer_open(&f->tile, TILE_MAX_BYTES);
    find_outline(f);
    *state = f;
    return tile_maker_open(&f->ctx, &f->town.snap, &f->maker) != GAZ_OK ||
           gaz_geometry_open(&f->ctx, &f->geometry) != GAZ_OK;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    tile_maker_close(f->maker);
    gaz_geometry_close(f->geometry);
    gaz_buffer_close(&f->tile);
    gaz_ctx_close(&f->ctx);
    map_town_close(&f->town);
    gaz_free(f->outline.items);
    gaz_free(f);
    return 0;
}

static void make(struct fixture *f, const char *style, int z, int x, int y,
                 struct decoded *out)
{
    struct tile_request request = {
        .style = style, .z = z, .x = x, .y = y, .scale = 1, .format = TILE_MVT};
    gaz_ctx_next(&f->ctx);
    gaz_buffer_clear(&f->tile);
    assert_status_of(&f->ctx, tile_make(&f->ctx, f->maker, &request, &f->tile),
                     GAZ_OK);
    if (!decode_tile(f->tile.data, f->tile.size, out))
        fail_msg("%d/%d/%d: %s", z, x, y, out->why);
}

/* ---- edges ---- */

static bool is_cut(const int64_t v[2])
{
    return v[0] == LOW || v[0] == HIGH || v[1] == LOW || v[1] == HIGH;
}

static int64_t side(const struct edge *e, const int64_t p[2])
{
    return (e->b[0] - e->a[0]) * (p[1] - e->a[1]) -
           (e->b[1] - e->a[1]) * (p[0] - e->a[0]);
}

static int64_t within(const struct edge *e, const int64_t p[2])
{
    return (p[0] - e->a[0]) * (p[0] - e->b[0]) +
           (p[1] - e->a[1]) * (p[1] - e->b[1]);
}

/* The far end of the part of `e` that ends at the first vertex on it: a vertex
 * between two straight edges is left out where nobody else has it. */
static void first_stop(const struct edges *edges, const struct edge *e,
                       int64_t out[2])
{
    memcpy(out, e->b, sizeof e->b);
    for (size_t i = 0; i < edges->count; i++) {
        const int64_t *p = edges->items[i].a;
        struct edge part = {{e->a[0], e->a[1]}, {out[0], out[1]}};
        if (side(e, p) == 0 && within(&part, p) < 0)
            memcpy(out, p, sizeof e->b);
    }
}

/* The edges that are not turned round in `edges`, cut at the vertices of all
 * others that lie on them. */
static struct edges lonely_edges(const struct edges *edges)
{
    struct edges lonely = {0};
    struct edges made = {0};
    for (size_t i = 0; i < edges->count; i++)
        if (!has(edges, turned(edges->items[i])))
            push(&lonely, edges->items[i]);
    for (size_t i = 0; i < lonely.count; i++) {
        struct edge e = lonely.items[i];
        while (memcmp(e.a, e.b, sizeof e.a) != 0) {
            struct edge part = e;
            first_stop(&lonely, &e, part.b);
            push(&made, part);
            memcpy(e.a, part.b, sizeof e.a);
        }
    }
    sort(&made);
    gaz_free(lonely.items);
    return made;
}

static int64_t add_edges(const struct decoded_layer *layer, struct edges *out)
{
    int64_t area2 = 0;
    for (int i = 0; i < layer->feature_count; i++) {
        const struct decoded_feature *d = &layer->features[i];
        for (int p = 0; p < d->path_count; p++)
            for (int v = d->paths[p]; v < d->paths[p + 1]; v++) {
                int next = v + 1 < d->paths[p + 1] ? v + 1 : d->paths[p];
                struct edge e;
                memcpy(e.a, d->vertices[v], sizeof e.a);
                memcpy(e.b, d->vertices[next], sizeof e.b);
                area2 += e.a[0] * e.b[1] - e.b[0] * e.a[1];
                push(out, e);
            }
    }
    return area2;
}

/* The vertices of the outline in units of a zoom, as edges that go nowhere. */
static struct edges outline_at(const struct fixture *f, int z)
{
    struct edges made = {0};
    for (size_t i = 0; i < f->outline.count; i++) {
        const struct edge *e = &f->outline.items[i];
        int64_t a[2] = {e->a[0] >> (20 - z), e->a[1] >> (20 - z)};
        int64_t b[2] = {e->b[0] >> (20 - z), e->b[1] >> (20 - z)};
        push(&made, (struct edge){{a[0], a[1]}, {a[0], a[1]}});
        push(&made, (struct edge){{b[0], b[1]}, {b[0], b[1]}});
    }
    sort(&made);
    return made;
}

static bool may_be_alone(const struct edges *outline, const int64_t v[2],
                         int64_t x, int64_t y)
{
    int64_t at[2] = {v[0] + x * TILE_MVT_EXTENT, v[1] + y * TILE_MVT_EXTENT};
    struct edge wanted = {{at[0], at[1]}, {at[0], at[1]}};
    return is_cut(v) || has(outline, wanted);
}

/* Returns how many pairs of edges fit each other. */
static size_t check_tile(struct fixture *f, const struct edges *outline, int z,
                         int x, int y, bool *is_full)
{
    struct decoded decoded;
    make(f, "divisions", z, x, y, &decoded);
    const struct decoded_layer *layer = decode_layer(&decoded, "divisions");
    struct edges edges = {0};
    int64_t area2 = layer ? add_edges(layer, &edges) : 0;
    sort(&edges);
    struct edges lonely = lonely_edges(&edges);
    bool has_outline = false;
    for (size_t i = 0; i < lonely.count; i++) {
        const struct edge *e = &lonely.items[i];
        if (has(&lonely, turned(*e)))
            continue;
        has_outline = has_outline || !is_cut(e->a) || !is_cut(e->b);
        if (!may_be_alone(outline, e->a, x, y) ||
            !may_be_alone(outline, e->b, x, y))
            fail_msg("%d/%d/%d: %lld,%lld to %lld,%lld has no neighbour", z, x,
                     y, (long long)e->a[0], (long long)e->a[1],
                     (long long)e->b[0], (long long)e->b[1]);
    }
    *is_full = layer && !has_outline;
    if (*is_full)
        assert_int_equal(area2, 2 * INT64_C(4224) * 4224);
    size_t fitting = edges.count - lonely.count;
    gaz_free(edges.items);
    gaz_free(lonely.items);
    decode_close(&decoded);
    return fitting / 2;
}

struct range {
    int x[2];
    int y[2];
};

static struct range range_of(const struct map_town *town, int z)
{
    struct tile_point a = tile_grid_project(town->box.min);
    struct tile_point c = tile_grid_project(town->box.max);
    int shift = 32 - z;
    return (struct range){{(int)(a.x >> shift), (int)(c.x >> shift)},
                          {(int)(c.y >> shift), (int)(a.y >> shift)}};
}

static void test_neighbours(void **state)
{
    struct fixture *f = *state;
    for (int z = 8; z <= 14; z++) {
        struct edges outline = outline_at(f, z);
        struct range r = range_of(&f->town, z);
        size_t fitting = 0;
        int full = 0;
        int step = z == 14 ? 3 : 1;
        for (int x = r.x[0]; x <= r.x[1]; x += step)
            for (int y = r.y[0]; y <= r.y[1]; y++) {
                bool is_full;
                fitting += check_tile(f, &outline, z, x, y, &is_full);
                full += is_full;
            }
        print_message("           z%d: %zu shared edges, %d tiles are full\n",
                      z, fitting, full);
        assert_true(fitting > 300);
        assert_true(z < 12 || full > 4);
        gaz_free(outline.items);
    }
}

/* ---- validity ---- */

static void put_u32(struct gaz_buffer *out, uint32_t value)
{
    gaz_buffer_bytes(out, &value, sizeof value);
}

static int64_t path_area2(const struct decoded_feature *d, int p)
{
    int64_t sum = 0;
    for (int v = d->paths[p]; v < d->paths[p + 1]; v++) {
        int next = v + 1 < d->paths[p + 1] ? v + 1 : d->paths[p];
        sum += d->vertices[v][0] * d->vertices[next][1] -
               d->vertices[next][0] * d->vertices[v][1];
    }
    return sum;
}

/* MULTIPOLYGON, little-endian as this machine; a path that runs the other way
 * is a hole of the one before it. */
static void write_wkb(const struct decoded_feature *d, struct gaz_buffer *out)
{
    enum { POLYGON = 3, MULTIPOLYGON = 6 };
    uint32_t polygons = 0;
    for (int p = 0; p < d->path_count; p++)
        polygons += path_area2(d, p) > 0;
    gaz_buffer_char(out, 1);
    put_u32(out, MULTIPOLYGON);
    put_u32(out, polygons);
    for (int p = 0; p < d->path_count; p++) {
        if (path_area2(d, p) > 0) {
            uint32_t rings = 1;
            while (p + (int)rings < d->path_count &&
                   path_area2(d, p + (int)rings) < 0)
                rings++;
            gaz_buffer_char(out, 1);
            put_u32(out, POLYGON);
            put_u32(out, rings);
        }
        int count = d->paths[p + 1] - d->paths[p];
        put_u32(out, (uint32_t)count + 1);
        for (int v = 0; v <= count; v++) {
            const int64_t *at = d->vertices[d->paths[p] + v % count];
            const double xy[2] = {(double)at[0], (double)at[1]};
            gaz_buffer_bytes(out, xy, sizeof xy);
        }
    }
}

static int check_validity(struct fixture *f, int z, int x, int y)
{
    struct decoded decoded;
    struct gaz_buffer wkb;
    int polygons = 0;
    gaz_buffer_open(&wkb, 1 << 24);
    make(f, "base", z, x, y, &decoded);
    for (int i = 0; i < decoded.layer_count; i++)
        for (int k = 0; k < decoded.layers[i].feature_count; k++) {
            const struct decoded_feature *d = &decoded.layers[i].features[k];
            if (d->type != TILE_MVT_POLYGON)
                continue;
            gaz_buffer_clear(&wkb);
            write_wkb(d, &wkb);
            struct gaz_wkb text = {wkb.data, wkb.size};
            if (gaz_geometry_check(&f->ctx, f->geometry, text) != GAZ_OK)
                fail_msg("%d/%d/%d %s: %s", z, x, y, decoded.layers[i].name,
                         gaz_ctx_failure(&f->ctx));
            polygons++;
        }
    gaz_buffer_close(&wkb);
    decode_close(&decoded);
    return polygons;
}

static void test_validity(void **state)
{
    struct fixture *f = *state;
    int polygons = 0;
    for (int z = 6; z <= 16; z++) {
        struct range r = range_of(&f->town, z);
        int step = z <= 12 ? 1 : 1 << (z - 12);
        for (int x = r.x[0]; x <= r.x[1]; x += step)
            for (int y = r.y[0]; y <= r.y[1]; y += step)
                polygons += check_validity(f, z, x, y);
    }
    print_message("           %d polygons are valid\n", polygons);
    assert_true(polygons > 500);
}

/* ---- full tiles ---- */

/* The places of `layer` that the tile could have: the first `count` of them, in
 * the order of importance, must be those that it has. */
struct wanted {
    int order; /* class, then size of a building */
    uint64_t id;
};

static int compare_wanted(const void *left, const void *right)
{
    const struct wanted *a = left;
    const struct wanted *b = right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static int order_of(const struct gaz_snap_place *place)
{
    return place->level == GAZ_LEVEL_NONE ? GAZ_LEVEL_VILLAGE + 1
                                          : place->level;
}

static bool is_in_tile(const struct gaz_snap_place *p, int z, int x, int y)
{
    if (p->lon_e7 == INT32_MIN)
        return false;
    struct tile_point at = tile_grid_project((struct gaz_coord){
        gaz_coord_from_e7(p->lon_e7), gaz_coord_from_e7(p->lat_e7)});
    int64_t column = (int64_t)(at.x >> (20 - z)) - x * INT64_C(4096);
    int64_t row = (int64_t)(at.y >> (20 - z)) - y * INT64_C(4096);
    return column >= LOW && column < HIGH && row >= LOW && row < HIGH;
}

static int feature_count(const struct decoded *decoded, const char *name)
{
    const struct decoded_layer *layer = decode_layer(decoded, name);
    return layer ? layer->feature_count : 0;
}

/* Returns how many names are left out. */
static int check_names(const struct fixture *f, const struct decoded *decoded,
                       int z, int x, int y)
{
    const struct gaz_snapshot *snap = &f->town.snap;
    struct wanted *all = gaz_malloc(snap->place_count * sizeof *all);
    int count = 0;
    for (uint32_t i = 0; i < snap->place_count; i++)
        if (is_in_tile(&snap->places[i], z, x, y))
            all[count++] =
                (struct wanted){order_of(&snap->places[i]), snap->places[i].id};
    qsort(all, (size_t)count, sizeof *all, compare_wanted);
    const struct decoded_layer *names = decode_layer(decoded, "names");
    int kept = feature_count(decoded, "names");
    assert_in_range(kept, count > 0, count);
    for (int i = 0; i < kept; i++)
        assert_int_equal(names->features[i].id, all[i].id);
    gaz_free(all);
    return count - kept;
}

static int64_t box_size(const struct decoded_feature *d)
{
    int64_t low[2] = {INT32_MAX, INT32_MAX};
    int64_t high[2] = {INT32_MIN, INT32_MIN};
    for (int v = 0; v < d->paths[d->path_count]; v++)
        for (int k = 0; k < 2; k++) {
            int64_t c = d->vertices[v][k];
            low[k] = c < low[k] ? c : low[k];
            high[k] = c > high[k] ? c : high[k];
        }
    return (high[0] - low[0]) * (high[1] - low[1]);
}

/* Of buildings that the tile does not cut, the next is never larger than by
 * what snapping to units adds to the one before. */
static void check_buildings(const struct decoded *decoded)
{
    const struct decoded_layer *layer = decode_layer(decoded, "buildings");
    int64_t last = INT64_MAX;
    for (int i = 0; layer && i < layer->feature_count; i++) {
        const struct decoded_feature *d = &layer->features[i];
        bool is_whole = true;
        for (int v = 0; v < d->paths[d->path_count]; v++)
            is_whole = is_whole && !is_cut(d->vertices[v]);
        if (!is_whole)
            continue;
        int64_t size = box_size(d);
        assert_true(last == INT64_MAX || size <= last + last / 4 + 60);
        last = size < last ? size : last;
    }
}

static void test_full_tiles(void **state)
{
    (void)state;
    static const struct map_town_size SIZE = {40000, 40000, 100, 16, 5, 4};
    enum { SLACK = 2048 }; /* a feature, with the values that it brings */
    struct fixture f = {.maker = NULL};
    map_town_open(&f.town, &SIZE, SEED);
    gaz_buffer_open(&f.tile, TILE_MAX_BYTES);
    assert_status(tile_maker_open(&f.ctx, &f.town.snap, &f.maker), GAZ_OK);
    int full[3] = {0};
    for (int z = 12; z <= 14; z++) {
        struct range r = range_of(&f.town, z);
        for (int x = r.x[0]; x <= r.x[1]; x += 1 << (z - 12))
            for (int y = r.y[0]; y <= r.y[1]; y += 1 << (z - 12)) {
                struct decoded decoded;
                make(&f, "base", z, x, y, &decoded);
                int left_out = check_names(&f, &decoded, z, x, y);
                int buildings = feature_count(&decoded, "buildings");
                if (left_out > 0)
                    assert_int_equal(buildings, 0);
                full[0] += left_out > 0;
                full[1] += f.tile.size > TILE_VECTOR_BUDGET && buildings > 0;
                full[2] += f.tile.size <= TILE_VECTOR_BUDGET;
                check_buildings(&decoded);
                assert_in_range(f.tile.size, 1, TILE_VECTOR_BUDGET + SLACK);
                decode_close(&decoded);
            }
    }
    print_message(
        "           tiles full of names %d, of buildings %d, not full "
        "%d\n",
        full[0], full[1], full[2]);
    for (int i = 0; i < 3; i++)
        assert_true(full[i] > 0);
    tile_maker_close(f.maker);
    gaz_buffer_close(&f.tile);
    gaz_ctx_close(&f.ctx);
    map_town_close(&f.town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_neighbours),
        cmocka_unit_test(test_validity),
        cmocka_unit_test(test_full_tiles),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
