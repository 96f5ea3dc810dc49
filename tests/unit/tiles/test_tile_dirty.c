/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: what an edit changes (dirty.h), and what the cache keeps of it.
 * For random edits (a place moved, renamed, taken away, brought back; its level
 * changed) at each zoom: labels that go on from the ones before equal labels
 * placed anew; the dirty tiles are exactly those whose list of labels differs;
 * now and then all tiles are painted before and after, and exactly the
 * confirmed ones differ. Moved borders and recoloured areas dirty all that they
 * change. GAZ_TEST_EDITS sets the edits a zoom (30; the record was made with
 * 2000). The cache: hits, order of forgetting, one maker at a time, what a new
 * snapshot hands on. */
#include "tests/unit/test.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/unit/tiles/random.h"
#include "tests/unit/tiles/sample.h"
#include "tiles/cache.h"
#include "tiles/dirty.h"
#include "tiles/tile.h"

/* What all scenes share. */
struct tools {
    struct gaz_ctx ctx;
    struct tile_font *font;
    struct tile_setter *setter;
    struct tile_icons *icons;
    struct tile_style style;
};

struct picture {
    struct gaz_arena arena;
    struct tile_features features;
    struct tile_scene scene;
};

static int set_up(void **state)
{
    struct tools *t = gaz_malloc(sizeof *t);
    size_t size;
    const char *sheet = tile_icon_file(&size);
    *state = t;
    if (tile_glyph_open(&t->ctx, &t->font) != GAZ_OK)
        return 1;
    t->setter = tile_text_open(t->font);
    return tile_icon_open(&t->ctx, t->font, sheet, size, &t->icons) != GAZ_OK ||
           tile_style_shipped(&t->ctx, "heritage", 0, &t->style) != GAZ_OK;
}

static int tear_down(void **state)
{
    struct tools *t = *state;
    tile_text_close(t->setter);
    tile_icon_close(t->icons);
    tile_glyph_close(t->font);
    gaz_ctx_close(&t->ctx);
    gaz_free(t);
    return 0;
}

static struct picture *draw(const struct tools *t,
                            const struct gaz_snapshot *snap, int z,
                            struct tile_standing **standing)
{
    struct picture *p = gaz_malloc(sizeof *p);
    tile_feature_gather(snap, &p->features);
    p->scene.features = &p->features;
    p->scene.font = t->font;
    tile_shape_make(&p->arena, &p->features, z, &p->scene.shapes);
    tile_ops_make(&p->arena, &p->features, &t->style, z, &p->scene.ops);
    struct tile_placing placing = {
        .font = t->font,
        .setter = t->setter,
        .icons = t->icons,
        .features = &p->features,
        .shapes = &p->scene.shapes,
        .style = &t->style,
        .z = z,
    };
    tile_place_labels(&p->arena, &placing, standing, &p->scene.labels);
    return p;
}

static void close_picture(struct picture *p)
{
    if (!p)
        return;
    tile_feature_close(&p->features);
    gaz_arena_close(&p->arena);
    gaz_free(p);
}

/* ---- edits ---- */

static void edit(struct sample *s, struct random *random)
{
    uint32_t count = s->snap.place_count;
    struct gaz_snap_place *place =
        &s->places[random_between(random, 2, (int64_t)count - 1)];
    struct gaz_snap_name *name = &s->names[place->name_first];
    switch (random_between(random, 0, 4)) {
    case 0:
        if (place->lon_e7 != INT32_MIN)
            place->lon_e7 += (int32_t)random_between(random, -80000, 80000);
        break;
    case 1:
        name->text =
            s->names[random_between(random, 2, s->snap.name_count - 1)].text;
        break;
    case 2:
        place->status = place->status == GAZ_STATUS_CURRENT
                            ? GAZ_STATUS_PLANNED
                            : GAZ_STATUS_CURRENT;
        break;
    case 3:
        if (place->level == GAZ_LEVEL_VILLAGE || place->level == GAZ_LEVEL_NONE)
            place->level ^= GAZ_LEVEL_VILLAGE;
        break;
    default:
        if (place->lat_e7 != INT32_MIN)
            place->lat_e7 += (int32_t)random_between(random, -800, 800);
        break;
    }
}

/* The tiles of a zoom in which anything of the sample may be. */
static struct tile_rect all_tiles(int z)
{
    struct tile_point a = tile_grid_project((struct gaz_coord){120.8, 30.95});
    struct tile_point b = tile_grid_project((struct gaz_coord){121.5, 30.5});
    int shift = 32 - z;
    return (struct tile_rect){a.x >> shift, a.y >> shift, (b.x >> shift) + 1,
                              (b.y >> shift) + 1};
}

static bool is_list_same(struct gaz_arena *arena, const struct picture *a,
                         const struct picture *b, const struct tile_view *view)
{
    uint32_t *in_a;
    uint32_t *in_b;
    gaz_arena_reset(arena);
    uint32_t count = tile_place_in(arena, &a->scene.labels, view, &in_a);
    if (tile_place_in(arena, &b->scene.labels, view, &in_b) != count)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (a->scene.labels.items[in_a[i]].hash !=
            b->scene.labels.items[in_b[i]].hash)
            return false;
    return true;
}

static bool is_picture_same(struct gaz_arena *arena, const struct picture *a,
                            const struct picture *b, struct tile_view view)
{
    for (view.scale = 1; view.scale <= 2; view.scale++) {
        struct tile_canvas canvas[2];
        struct tile_view one = tile_grid_view(
            view.z, (int)(view.left / 256), (int)(view.top / 256), view.scale);
        gaz_arena_reset(arena);
        tile_paint(arena, &a->scene, &one, &canvas[0]);
        tile_paint(arena, &b->scene, &one, &canvas[1]);
        if (memcmp(canvas[0].pixels, canvas[1].pixels,
                   (size_t)one.width * (size_t)one.height * 4) != 0)
            return false;
    }
    return true;
}

static void check_all_tiles(const struct picture *before,
                            const struct picture *after, int z,
                            const struct tile_dirty *dirty, bool pixels)
{
    struct gaz_arena arena = {0};
    struct tile_rect all = all_tiles(z);
    for (int64_t y = all.min_y; y < all.max_y; y++)
        for (int64_t x = all.min_x; x < all.max_x; x++) {
            struct tile_view view = tile_grid_view(z, (int)x, (int)y, 1);
            bool is_same = pixels ? is_picture_same(&arena, before, after, view)
                                  : is_list_same(&arena, before, after, &view);
            if (tile_dirty_has(dirty, x, y) == is_same)
                fail_msg("tile %d/%d/%d: %s, dirty: %d", z, (int)x, (int)y,
                         is_same ? "same" : "other", !is_same);
        }
    gaz_arena_close(&arena);
}

static int edits_per_zoom(void)
{
    int64_t count = 30;
    const char *text = getenv("GAZ_TEST_EDITS");
    if (text)
        (void)gaz_text_parse_int(text, &count);
    return (int)count;
}

static void edit_at_zoom(const struct tools *t, int z)
{
    enum { PIXELS_EACH = 20, PIXELS_TO = 13 };
    struct sample sample;
    struct random random = random_open((uint64_t)z);
    struct tile_standing *standing = NULL;
    sample_open(&sample);
    sample_counties(&sample);
    struct picture *before = draw(t, &sample.snap, z, &standing);
    int edits = edits_per_zoom();
    double tiles = 0;
    for (int i = 0; i < edits; i++) {
        struct tile_standing *fresh_standing = NULL;
        edit(&sample, &random);
        struct picture *after = draw(t, &sample.snap, z, &standing);
        struct picture *fresh = draw(t, &sample.snap, z, &fresh_standing);
        assert_int_equal(after->scene.labels.count, fresh->scene.labels.count);
        for (uint32_t k = 0; k < fresh->scene.labels.count; k++)
            assert_true(after->scene.labels.items[k].hash ==
                        fresh->scene.labels.items[k].hash);
        struct tile_dirty dirty;
        tile_dirty_find(&after->arena, &before->scene, &after->scene, z,
                        &dirty);
        tiles += dirty.count;
        check_all_tiles(before, after, z, &dirty, false);
        if (i % PIXELS_EACH == 0 && z <= PIXELS_TO) {
            tile_dirty_confirm(&before->scene, &after->scene, z, &dirty);
            check_all_tiles(before, after, z, &dirty, true);
        }
        close_picture(before);
        close_picture(fresh);
        tile_place_close(fresh_standing);
        before = after;
    }
    print_message("           zoom %d: %d edits, %.2f dirty tiles each\n", z,
                  edits, tiles / edits);
    close_picture(before);
    tile_place_close(standing);
    sample_close(&sample);
}

static void test_edits(void **state)
{
    for (int z = 9; z <= 16; z++)
        edit_at_zoom(*state, z);
}

static void test_borders(void **state)
{
    const struct tools *t = *state;
    struct sample sample;
    sample_open(&sample);
    sample_counties(&sample);
    for (int z = 9; z <= 12; z++) {
        struct tile_standing *standing = NULL;
        struct picture *before = draw(t, &sample.snap, z, &standing);
        /* a dent in the first county, which its neighbour does not fill */
        sample.points[20].lon_e7 -= 300000;
        struct picture *after = draw(t, &sample.snap, z, &standing);
        struct tile_dirty dirty;
        tile_dirty_find(&after->arena, &before->scene, &after->scene, z,
                        &dirty);
        assert_true(dirty.count > 0);
        tile_dirty_confirm(&before->scene, &after->scene, z, &dirty);
        assert_true(dirty.count > 0);
        check_all_tiles(before, after, z, &dirty, true);
        close_picture(before);
        close_picture(after);
        tile_place_close(standing);
    }
    sample_close(&sample);
}

/* ---- the cache ---- */

struct job {
    int made; /* under `lock` */
    pthread_mutex_t lock;
    bool fails;
    size_t size;
};

static gaz_status make(struct gaz_ctx *ctx, void *user, struct gaz_buffer *out)
{
    struct job *job = user;
    struct timespec nap = {0, 20000000};
    (void)pthread_mutex_lock(&job->lock);
    job->made++;
    (void)pthread_mutex_unlock(&job->lock);
    if (job->fails)
        return gaz_fail(ctx, GAZ_IO, "no tile");
    (void)nanosleep(&nap, NULL);
    for (size_t i = 0; i < job->size; i++)
        gaz_buffer_char(out, 'x');
    return GAZ_OK;
}

static gaz_status get(struct tile_cache *cache, uint32_t generation,
                      uint64_t key, struct job *job)
{
    struct gaz_ctx ctx = {0};
    struct gaz_buffer out;
    uint64_t hash;
    gaz_buffer_open(&out, 1 << 20);
    gaz_status status =
        tile_cache_get(&ctx, cache, generation, key, make, job, &out, &hash);
    if (status == GAZ_OK) {
        assert_int_equal(out.size, job->size);
        assert_true(hash == gaz_text_hash(out.data, out.size));
    }
    gaz_buffer_close(&out);
    gaz_ctx_close(&ctx);
    return status;
}

static void test_cache_order(void **state)
{
    (void)state;
    struct job job = {.size = 1000, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct tile_cache *cache = tile_cache_open(3500); /* three tiles */
    struct gaz_buffer out;
    uint64_t hash;
    gaz_buffer_open(&out, 1 << 20);
    static const struct {
        uint64_t key;
        int made; /* after it */
    } STEPS[] = {{1, 1}, {2, 2}, {1, 2}, {3, 3},
                 {1, 3}, {4, 4}, /* 2 goes */
                 {1, 4}, {3, 4}, {2, 5}, /* 4 goes */ {4, 6}};
    for (size_t i = 0; i < COUNT(STEPS); i++) {
        assert_status(get(cache, 0, STEPS[i].key, &job), GAZ_OK);
        assert_int_equal(job.made, STEPS[i].made);
        gaz_buffer_clear(&out);
        assert_true(tile_cache_find(cache, 0, STEPS[i].key, &out, &hash));
        assert_int_equal(out.size, job.size);
        assert_true(hash == gaz_text_hash(out.data, out.size));
        assert_false(tile_cache_find(cache, 1, STEPS[i].key, &out, &hash));
    }
    assert_false(tile_cache_find(cache, 0, 1, &out, &hash)); /* it went */
    gaz_buffer_close(&out);
    job.fails = true;
    assert_status(get(cache, 0, 99, &job), GAZ_IO);
    assert_status(get(cache, 0, 99, &job), GAZ_IO);
    assert_int_equal(job.made, 8); /* a failure is not remembered */
    struct tile_cache_stats stats;
    tile_cache_count(cache, &stats);
    assert_int_equal(stats.entries, 3);
    assert_true(stats.bytes <= 3500);
    tile_cache_close(cache);
}

struct visitor {
    struct tile_cache *cache;
    struct job *job;
};

static void *visit(void *argument)
{
    struct visitor *v = argument;
    (void)get(v->cache, 0, 7, v->job);
    return NULL;
}

static void test_single_flight(void **state)
{
    (void)state;
    struct job job = {.size = 500, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct visitor v = {tile_cache_open(1 << 20), &job};
    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, visit, &v), 0);
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(job.made, 1);
    tile_cache_close(v.cache);
}

static bool is_odd(uint64_t key, void *user)
{
    (void)user;
    return key % 2 != 0;
}

static void test_turn(void **state)
{
    (void)state;
    struct job job = {.size = 10, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct tile_cache *cache = tile_cache_open(1 << 20);
    for (uint64_t key = 1; key <= 6; key++)
        assert_status(get(cache, 0, key, &job), GAZ_OK);
    assert_int_equal(tile_cache_turn(cache, 0, 1, is_odd, NULL), 3);
    assert_status(get(cache, 1, 4, &job), GAZ_OK);
    assert_int_equal(job.made, 6);
    assert_status(get(cache, 1, 3, &job), GAZ_OK);
    assert_int_equal(job.made, 7);
    /* a request that began before gets its own, and leaves nothing behind */
    assert_status(get(cache, 0, 4, &job), GAZ_OK);
    assert_status(get(cache, 0, 4, &job), GAZ_OK);
    assert_int_equal(job.made, 9);
    tile_cache_close(cache);
}

/* Two snapshots, one after the other: what the second serves equals what a
 * maker that knows no other would serve, and most of it was kept. */
static void test_follow(void **state)
{
    struct tools *t = *state;
    struct sample sample;
    struct tile_maker *older;
    struct tile_maker *maker;
    struct tile_maker *fresh;
    sample_open(&sample);
    sample_counties(&sample);
    assert_status(tile_maker_open(&t->ctx, &sample.snap, &older), GAZ_OK);
    struct tile_rect all = all_tiles(13);
    struct gaz_buffer out;
    gaz_buffer_open(&out, TILE_MAX_BYTES);
    uint64_t hash;
    for (int pass = 0; pass < 2; pass++) {
        struct tile_maker *now = pass == 0 ? older : maker;
        for (int64_t i = 0; i < 40; i++) {
            struct tile_request r = {.style = "base",
                                     .z = 13,
                                     .x = (int)(all.min_x + 4 + i % 8),
                                     .y = (int)(all.min_y + 4 + i / 8),
                                     .scale = 1};
            gaz_buffer_clear(&out);
            assert_status(tile_serve(&t->ctx, now, &r, &out, &hash), GAZ_OK);
            if (pass == 0)
                continue;
            struct gaz_buffer want;
            gaz_buffer_open(&want, TILE_MAX_BYTES);
            assert_status(tile_make(&t->ctx, fresh, &r, &want), GAZ_OK);
            assert_int_equal(out.size, want.size);
            assert_memory_equal(out.data, want.data, want.size);
            gaz_buffer_close(&want);
        }
        if (pass == 1)
            break;
        /* The older maker must not see the edit: it has its own copy. */
        struct tile_follow_stats stats;
        sample.places[4].lon_e7 += 50000;
        assert_status(tile_maker_open(&t->ctx, &sample.snap, &maker), GAZ_OK);
        assert_status(tile_maker_open(&t->ctx, &sample.snap, &fresh), GAZ_OK);
        assert_status(tile_maker_follow(&t->ctx, maker, older, &stats), GAZ_OK);
        assert_int_equal(stats.scenes, 1);
        assert_in_range(stats.kept, 25, 39);
        tile_maker_close(older);
    }
    gaz_buffer_close(&out);
    tile_maker_close(maker);
    tile_maker_close(fresh);
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edits),
        cmocka_unit_test(test_borders),
        cmocka_unit_test(test_cache_order),
        cmocka_unit_test(test_single_flight),
        cmocka_unit_test(test_turn),
        cmocka_unit_test(test_follow),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
