/* SPDX-License-Identifier: Apache-2.0 */
/* tile_peers - the made-up town for other tile servers, and our own figures on
 * it (tests/bench/peers/).
 *
 *     tile_peers FOLDER [PLACES [SEED [TILES]]]
 *
 * FOLDER gets the layers as GeoJSON, one feature a line (places, buildings,
 * roads, divisions), the tiles to be made (tiles.csv: z,x,y), our vector tiles
 * of them (mvt/z-x-y.mvt), and our times (ours.csv: what,z,ms,kb). Times are by
 * the clock, best of five a tile, one thread, nothing cached but the scene.
 */
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"
#include "tests/bench/city.h"
#include "tests/bench/map_town.h"
#include "tests/bench/measure.h"
#include "tiles/grid.h"
#include "tiles/tile.h"

enum { FIRST_ZOOM = 12, LAST_ZOOM = 16, ZOOMS = 5, ROUNDS = 5 };

struct peers {
    struct gaz_ctx ctx;
    struct map_town town;
    struct tile_maker *maker;
    struct city_random random;
    const char *folder;
    uint32_t tiles;
    struct tile_request *requests; /* `tiles` of each zoom */
};

static void stop(const char *what, const char *name)
{
    (void)fprintf(stderr, "tile_peers: %s '%s': %s\n", what, name,
                  strerror(errno));
    exit(EXIT_FAILURE);
}

static FILE *create(struct peers *p, const char *name)
{
    const char *path =
        gaz_arena_printf(&p->ctx.arena, "%s/%s", p->folder, name);
    FILE *file = fopen(path, "we");
    if (!file)
        stop("cannot create", path);
    return file;
}

static void finish(FILE *file, const char *name)
{
    if (fclose(file) != 0)
        stop("cannot write", name);
}

/* ---- the layers ---- */

static void put_point(struct gaz_json *json, const char *key,
                      struct gaz_snap_point at)
{
    gaz_json_array(json, key);
    gaz_json_number(json, NULL, gaz_coord_from_e7(at.lon_e7), 7);
    gaz_json_number(json, NULL, gaz_coord_from_e7(at.lat_e7), 7);
    gaz_json_end(json);
}

static void put_points(struct gaz_json *json, const char *key,
                       const struct gaz_snapshot *snap, uint32_t first,
                       uint32_t count)
{
    gaz_json_array(json, key);
    for (uint32_t i = 0; i < count; i++)
        put_point(json, NULL, snap->points[first + i]);
    gaz_json_end(json);
}

static void begin_feature(struct gaz_json *json, struct gaz_buffer *line)
{
    gaz_buffer_clear(line);
    gaz_json_open(json, line);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    gaz_json_object(json, "properties");
}

static void begin_geometry(struct gaz_json *json, const char *type)
{
    gaz_json_end(json);
    gaz_json_object(json, "geometry");
    gaz_json_string(json, "type", type);
}

static void end_feature(struct gaz_json *json, struct gaz_buffer *line,
                        FILE *file)
{
    gaz_json_end(json);
    gaz_json_end(json);
    (void)fprintf(file, "%.*s\n", (int)line->size, line->data);
}

static const char *name_of(const struct gaz_snapshot *snap, uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    return row->name_count
               ? gaz_snapshot_text(snap, snap->names[row->name_first].text)
               : "";
}

static void write_places(struct peers *p, struct gaz_buffer *line)
{
    const struct gaz_snapshot *snap = &p->town.snap;
    FILE *file = create(p, "places.geojsonl");
    for (uint32_t i = 0; i < snap->place_count; i++) {
        const struct gaz_snap_place *row = &snap->places[i];
        struct gaz_json json;
        if (row->lon_e7 == INT32_MIN || row->level == GAZ_LEVEL_COUNTY)
            continue;
        begin_feature(&json, line);
        gaz_json_int(&json, "id", (int64_t)row->id);
        gaz_json_string(&json, "name", name_of(snap, i));
        gaz_json_string(&json, "kind",
                        row->level == GAZ_LEVEL_TOWN      ? "town"
                        : row->level == GAZ_LEVEL_VILLAGE ? "village"
                                                          : "place");
        gaz_json_int(&json, "rank", row->rank);
        begin_geometry(&json, "Point");
        put_point(&json, "coordinates",
                  (struct gaz_snap_point){row->lon_e7, row->lat_e7});
        end_feature(&json, line, file);
    }
    finish(file, "places.geojsonl");
}

static void write_areas(struct peers *p, struct gaz_buffer *line,
                        const char *name, bool divisions)
{
    const struct gaz_snapshot *snap = &p->town.snap;
    FILE *file = create(p, name);
    for (uint32_t i = 0; i < snap->ring_count; i++) {
        const struct gaz_snap_ring *ring = &snap->rings[i];
        const struct gaz_snap_place *row = &snap->places[ring->place];
        struct gaz_json json;
        if ((row->level == GAZ_LEVEL_COUNTY) != divisions)
            continue;
        begin_feature(&json, line);
        gaz_json_int(&json, "id", (int64_t)row->id);
        gaz_json_string(&json, "name", name_of(snap, ring->place));
        gaz_json_int(&json, "tint", i % 5);
        begin_geometry(&json, "Polygon");
        gaz_json_array(&json, "coordinates");
        put_points(&json, NULL, snap, ring->point_first, ring->point_count);
        gaz_json_end(&json);
        end_feature(&json, line, file);
    }
    finish(file, name);
}

static void write_roads(struct peers *p, struct gaz_buffer *line)
{
    const struct gaz_snapshot *snap = &p->town.snap;
    FILE *file = create(p, "roads.geojsonl");
    for (uint32_t i = 0; i < snap->line_count; i++) {
        const struct gaz_snap_line *row = &snap->lines[i];
        struct gaz_json json;
        begin_feature(&json, line);
        gaz_json_int(&json, "id", (int64_t)i + 1);
        gaz_json_string(&json, "name", gaz_snapshot_text(snap, row->name));
        begin_geometry(&json, "LineString");
        put_points(&json, "coordinates", snap, row->point_first,
                   row->point_count);
        end_feature(&json, line, file);
    }
    finish(file, "roads.geojsonl");
}

static void write_layers(struct peers *p)
{
    struct gaz_buffer line;
    gaz_buffer_open(&line, TILE_MAX_BYTES);
    write_places(p, &line);
    write_areas(p, &line, "divisions.geojsonl", true);
    write_areas(p, &line, "buildings.geojsonl", false);
    write_roads(p, &line);
    gaz_buffer_close(&line);
}

/* ---- the tiles ---- */

/* Somewhere in the town, not in its outermost part. */
static struct tile_request choose(struct peers *p, int z)
{
    struct gaz_box box = p->town.box;
    double wide = box.max.lon - box.min.lon;
    double high = box.max.lat - box.min.lat;
    struct gaz_coord at = {
        box.min.lon + wide * city_between(&p->random, 0.1, 0.9),
        box.min.lat + high * city_between(&p->random, 0.1, 0.9)};
    struct tile_point point = tile_grid_project(at);
    return (struct tile_request){.style = "base",
                                 .z = z,
                                 .x = (int)(point.x >> (32 - z)),
                                 .y = (int)(point.y >> (32 - z)),
                                 .scale = 1};
}

static void choose_all(struct peers *p)
{
    FILE *file = create(p, "tiles.csv");
    p->requests = gaz_arena_array(&p->ctx.arena, (size_t)ZOOMS * p->tiles,
                                  sizeof *p->requests);
    for (uint32_t i = 0; i < ZOOMS * p->tiles; i++) {
        struct tile_request *r = &p->requests[i];
        *r = choose(p, FIRST_ZOOM + (int)(i / p->tiles));
        (void)fprintf(file, "%d,%d,%d\n", r->z, r->x, r->y);
    }
    finish(file, "tiles.csv");
}

static void keep_vector(struct peers *p, const struct tile_request *r,
                        const struct gaz_buffer *tile)
{
    char name[64];
    (void)snprintf(name, sizeof name, "mvt/%d-%d-%d.mvt", r->z, r->x, r->y);
    FILE *file = create(p, name);
    if (fwrite(tile->data, 1, tile->size, file) != tile->size)
        stop("cannot write", name);
    finish(file, name);
}

/* Best of some rounds, in milliseconds. */
static double time_tile(struct gaz_ctx *ctx, struct tile_maker *maker,
                        const struct tile_request *request,
                        struct gaz_buffer *out)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        gaz_ctx_next(ctx);
        gaz_buffer_clear(out);
        uint64_t begun = measure_now_ns();
        if (tile_make(ctx, maker, request, out) != GAZ_OK)
            stop("no tile", gaz_ctx_failure(ctx));
        double spent = (double)(measure_now_ns() - begun) / 1e6;
        best = spent < best ? spent : best;
    }
    return best;
}

static void time_format(struct peers *p, tile_format format, const char *name,
                        FILE *file)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_buffer out;
    gaz_buffer_open(&out, TILE_MAX_BYTES);
    for (int zoom = 0; zoom < ZOOMS; zoom++) {
        double ms = 0;
        double bytes = 0;
        for (uint32_t i = 0; i < p->tiles; i++) {
            struct tile_request r = p->requests[(uint32_t)zoom * p->tiles + i];
            r.format = format;
            ms += time_tile(&ctx, p->maker, &r, &out);
            bytes += (double)out.size;
            if (format == TILE_MVT)
                keep_vector(p, &r, &out);
        }
        (void)fprintf(file, "%s,%d,%.3f,%.1f\n", name, FIRST_ZOOM + zoom,
                      ms / p->tiles, bytes / p->tiles / 1024);
    }
    gaz_buffer_close(&out);
    gaz_ctx_close(&ctx);
}

/* Memory of what is prepared: features, scenes, atlas. */
static double heap_mb(void)
{
    struct mallinfo2 info = mallinfo2();
    return (double)(info.uordblks + info.hblkhd) / 1e6;
}

static void measure(struct peers *p)
{
    double before = heap_mb();
    if (tile_maker_open(&p->ctx, &p->town.snap, &p->maker) != GAZ_OK)
        stop("no map", gaz_ctx_failure(&p->ctx));
    FILE *file = create(p, "ours.csv");
    (void)fprintf(file, "features,0,0,%.0f\n", (heap_mb() - before) * 1000);
    time_format(p, TILE_PNG, "png", file);
    time_format(p, TILE_MVT, "mvt", file);
    (void)fprintf(file, "memory,0,0,%.0f\n", (heap_mb() - before) * 1000);
    finish(file, "ours.csv");
    tile_maker_close(p->maker);
}

static int64_t argument(int argc, char **argv, int at, int64_t otherwise)
{
    int64_t value;
    return argc > at && gaz_text_parse_int(argv[at], &value) ? value
                                                             : otherwise;
}

int main(int argc, char **argv)
{
    struct peers p = {.folder = argc > 1 ? argv[1] : ""};
    int64_t places = argument(argc, argv, 2, 100000);
    int64_t seed = argument(argc, argv, 3, CITY_SEED);
    int64_t tiles = argument(argc, argv, 4, 30);
    if (!p.folder[0] || places < 2000 || places > 1000000 || tiles < 1 ||
        tiles > 1000) {
        (void)fprintf(stderr,
                      "usage: tile_peers FOLDER [PLACES [SEED [TILES]]]\n");
        return EXIT_FAILURE;
    }
    p.tiles = (uint32_t)tiles;
    p.random.state = (uint64_t)seed;
    uint32_t n = (uint32_t)places;
    struct map_town_size size = {n, n * 3 / 10, n * 8 / 100, 512, 5, 4};
    map_town_open(&p.town, &size, (uint64_t)seed);
    const char *mvt = gaz_arena_printf(&p.ctx.arena, "%s/mvt", p.folder);
    if (mkdir(mvt, 0777) != 0 && errno != EEXIST)
        stop("cannot create", mvt);
    write_layers(&p);
    choose_all(&p);
    measure(&p);
    map_town_close(&p.town);
    gaz_ctx_close(&p.ctx);
    return EXIT_SUCCESS;
}
