/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: a map after edits of named points (tile_maker_edit) equals, byte
 * by byte, one made anew from the snapshot after those edits: pictures and
 * vector tiles, of scenes that were there and of scenes made later, served
 * through the cache and through a file. Random chains of edits: moved, renamed,
 * of another kind, taken away, brought back, new. What an edit does not change
 * stays in the cache. Edits that need a new snapshot are refused and change
 * nothing. After edits the next snapshot is followed as after any other.
 * GAZ_TEST_EDITS sets the edits (24). */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/tiles/random.h"
#include "tests/unit/tiles/sample.h"
#include "tiles/feature.h"
#include "tiles/grid.h"
#include "tiles/tile.h"

static int edits_wanted(void)
{
    int64_t count = 24;
    const char *text = getenv("GAZ_TEST_EDITS");
    if (text)
        (void)gaz_text_parse_int(text, &count);
    return (int)count;
}

struct world {
    struct gaz_ctx ctx;
    struct sample old; /* what the first maker was made of */
    struct sample now;
    struct random random;
    char path[64];
};

static int set_up(void **state)
{
    struct world *w = gaz_malloc(sizeof *w);
    sample_open(&w->old);
    sample_open(&w->now);
    sample_counties(&w->old);
    sample_counties(&w->now);
    w->random = random_open(20261124);
    w->old.snap.checksum = 1;
    w->now.snap.checksum = 2;
    (void)snprintf(w->path, sizeof w->path, "/tmp/diming-edit-%d.mbtiles",
                   (int)getpid());
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const TAILS[] = {"", "-wal", "-shm"};
    struct world *w = *state;
    for (int i = 0; i < 3; i++) {
        char name[96];
        (void)snprintf(name, sizeof name, "%s%s", w->path, TAILS[i]);
        (void)unlink(name);
    }
    sample_close(&w->old);
    sample_close(&w->now);
    gaz_ctx_close(&w->ctx);
    gaz_free(w);
    return 0;
}

static struct tile_maker *open_maker(struct world *w, struct sample *sample)
{
    struct tile_maker *maker;
    assert_status(tile_maker_open(&w->ctx, sample_ready(sample), &maker),
                  GAZ_OK);
    return maker;
}

/* A village, or a place without a level, that is no heritage site. */
static uint32_t choose(struct world *w)
{
    for (;;) {
        uint32_t i = (uint32_t)random_between(&w->random, 2,
                                              w->now.snap.place_count - 1);
        const struct gaz_snap_place *place = &w->now.places[i];
        if (!(place->flags & GAZ_SNAP_HERITAGE) &&
            (place->level == GAZ_LEVEL_VILLAGE ||
             place->level == GAZ_LEVEL_NONE))
            return i;
    }
}

static uint32_t add_new(struct world *w)
{
    uint32_t i = w->now.snap.place_count;
    struct gaz_snap_place *place =
        sample_place(&w->now, "新设村", GAZ_LEVEL_VILLAGE, GAZ_NONE);
    sample_position(place,
                    121.0 + (double)random_between(&w->random, 0, 300) / 1000,
                    30.65 + (double)random_between(&w->random, 0, 150) / 1000,
                    GAZ_METHOD_SURVEYED);
    return i;
}

/* Changes one place of `now`; returns which. */
static uint32_t change(struct world *w)
{
    uint32_t i = choose(w);
    struct gaz_snap_place *place = &w->now.places[i];
    switch (random_between(&w->random, 0, 5)) {
    case 0:
        place->lon_e7 += (int32_t)random_between(&w->random, -80000, 80000);
        break;
    case 1:
        w->now.names[place->name_first].text =
            w->now.names[random_between(&w->random, 2, 30)].text;
        break;
    case 2:
        place->status = place->status == GAZ_STATUS_CURRENT
                            ? GAZ_STATUS_HISTORICAL
                            : GAZ_STATUS_CURRENT;
        break;
    case 3:
        place->level ^= GAZ_LEVEL_VILLAGE;
        break;
    case 4:
        i = add_new(w);
        break;
    default:
        place->lat_e7 += (int32_t)random_between(&w->random, -900, 900);
        break;
    }
    return i;
}

static struct tile_edit edit_of(struct world *w, uint32_t i)
{
    const struct gaz_snapshot *snap = sample_ready(&w->now);
    const struct gaz_snap_name *name = &snap->names[snap->places[i].name_first];
    return (struct tile_edit){
        .row = snap->places[i],
        .name = gaz_snapshot_text(snap, name->text),
        .name_roman = gaz_snapshot_text(snap, name->roman),
        .code = gaz_snapshot_text(snap, snap->places[i].code_text),
    };
}

static struct tile_maker *edit(struct world *w, struct tile_maker *maker,
                               uint32_t place, struct tile_follow_stats *stats)
{
    struct tile_maker *next;
    struct tile_edit one = edit_of(w, place);
    gaz_ctx_next(&w->ctx);
    assert_true(tile_maker_edit(&w->ctx, maker, &one, 1, &next, stats));
    tile_maker_close(maker);
    return next;
}

/* Compares what `edited` serves with what `fresh` makes, over a whole zoom. */
static uint32_t compare(struct world *w, struct tile_maker *edited,
                        struct tile_maker *fresh, struct tile_request r)
{
    struct gaz_buffer a;
    struct gaz_buffer b;
    uint32_t count = 0;
    struct tile_point from =
        tile_grid_project((struct gaz_coord){120.88, 30.88});
    struct tile_point to = tile_grid_project((struct gaz_coord){121.42, 30.56});
    int shift = 32 - r.z;
    gaz_buffer_open(&a, TILE_MAX_BYTES);
    gaz_buffer_open(&b, TILE_MAX_BYTES);
    for (r.y = (int)(from.y >> shift); r.y <= (int)(to.y >> shift); r.y++)
        for (r.x = (int)(from.x >> shift); r.x <= (int)(to.x >> shift); r.x++) {
            uint64_t hash;
            gaz_ctx_next(&w->ctx);
            gaz_buffer_clear(&a);
            gaz_buffer_clear(&b);
            assert_status(tile_serve(&w->ctx, edited, &r, &a, &hash), GAZ_OK);
            assert_status(tile_make(&w->ctx, fresh, &r, &b), GAZ_OK);
            if (a.size != b.size || memcmp(a.data, b.data, a.size) != 0)
                fail_msg("tile %s %d/%d/%d of format %d differs", r.style, r.z,
                         r.x, r.y, (int)r.format);
            count++;
        }
    gaz_buffer_close(&a);
    gaz_buffer_close(&b);
    return count;
}

static const struct tile_request FORMS[] = {
    {"base", 0, 10, 0, 0, 1, TILE_PNG},
    {"base", 0, 12, 0, 0, 1, TILE_PNG},
    {"heritage", TILE_LANGUAGE_BOTH, 11, 0, 0, 1, TILE_TRUECOLOUR},
    {"base", 0, 11, 0, 0, 1, TILE_MVT},
    {"base", 0, 12, 0, 0, 1, TILE_MVT},
};
enum { FORM_COUNT = sizeof FORMS / sizeof FORMS[0] };

static uint32_t compare_all(struct world *w, struct tile_maker *edited)
{
    uint32_t count = 0;
    struct tile_maker *fresh = open_maker(w, &w->now);
    for (int i = 0; i < FORM_COUNT; i++)
        count += compare(w, edited, fresh, FORMS[i]);
    tile_maker_close(fresh);
    return count;
}

static void run_chain(struct world *w, struct tile_maker *maker, int edits)
{
    uint32_t tiles = compare_all(w, maker);
    size_t kept = 0;
    for (int i = 0; i < edits; i++) {
        struct tile_follow_stats stats;
        maker = edit(w, maker, change(w), &stats);
        kept += stats.kept;
        assert_int_equal(compare_all(w, maker), tiles);
    }
    /* most of the tiles are not touched by most of the edits */
    assert_true(kept > (size_t)edits * tiles * 8 / 10);
    tile_maker_close(maker);
}

static void equals_a_map_made_anew(void **state)
{
    struct world *w = *state;
    run_chain(w, open_maker(w, &w->old), edits_wanted());
}

static void equals_it_through_a_file(void **state)
{
    struct world *w = *state;
    uint64_t emptied;
    struct tile_maker *maker = open_maker(w, &w->old);
    assert_status(tile_maker_keep(&w->ctx, maker, w->path, &emptied), GAZ_OK);
    (void)compare_all(w, maker);
    tile_maker_close(maker);
    /* nothing in memory: all comes from the file, whose scenes are not made */
    maker = open_maker(w, &w->old);
    assert_status(tile_maker_keep(&w->ctx, maker, w->path, &emptied), GAZ_OK);
    assert_int_equal(emptied, 0);
    run_chain(w, maker, edits_wanted() / 4);
}

static void makes_scenes_after_an_edit(void **state)
{
    struct world *w = *state;
    struct tile_follow_stats stats;
    struct tile_maker *maker = open_maker(w, &w->old);
    for (int i = 0; i < 6; i++)
        maker = edit(w, maker, change(w), &stats);
    assert_int_equal(stats.scenes, 0);
    (void)compare_all(w, maker);
    tile_maker_close(maker);
}

static void older_maker_answers_on(void **state)
{
    struct world *w = *state;
    struct tile_maker *maker = open_maker(w, &w->old);
    struct tile_maker *same = open_maker(w, &w->old);
    struct tile_follow_stats stats;
    struct tile_maker *next;
    (void)compare(w, maker, same, FORMS[0]);
    struct tile_edit one = edit_of(w, change(w));
    assert_true(tile_maker_edit(&w->ctx, maker, &one, 1, &next, &stats));
    for (int i = 0; i < FORM_COUNT; i++)
        (void)compare(w, maker, same, FORMS[i]);
    (void)compare_all(w, next);
    tile_maker_close(next);
    tile_maker_close(maker);
    tile_maker_close(same);
}

static void refuses_what_needs_a_snapshot(void **state)
{
    struct world *w = *state;
    struct tile_maker *maker = open_maker(w, &w->old);
    struct tile_maker *next = NULL;
    struct tile_follow_stats stats;
    (void)compare_all(w, maker);
    uint32_t town = 0;
    uint32_t heritage = 0;
    for (uint32_t i = 0; i < w->now.snap.place_count; i++) {
        if (w->now.places[i].level == GAZ_LEVEL_TOWN)
            town = i;
        if (w->now.places[i].flags & GAZ_SNAP_HERITAGE)
            heritage = i;
    }
    struct tile_edit moved = edit_of(w, town);
    moved.row.lon_e7 += 500;
    struct tile_edit area = edit_of(w, choose(w));
    area.has_area = true;
    struct tile_edit site = edit_of(w, heritage);
    const struct {
        const char *label;
        const struct tile_edit *edit;
    } cases[] = {
        {"a town that moves", &moved},
        {"a place with an area", &area},
        {"a heritage site", &site},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (tile_maker_edit(&w->ctx, maker, cases[i].edit, 1, &next, &stats))
            fail_msg("%s: taken", cases[i].label);
    struct tile_edit renamed = edit_of(w, town);
    renamed.name = "改名镇";
    assert_true(tile_maker_edit(&w->ctx, maker, &renamed, 1, &next, &stats));
    tile_maker_close(next);
    (void)compare_all(w, maker); /* nothing has changed */
    tile_maker_close(maker);
}

static void next_snapshot_keeps_what_edits_foresaw(void **state)
{
    struct world *w = *state;
    struct tile_follow_stats stats;
    struct tile_maker *maker = open_maker(w, &w->old);
    uint32_t tiles = compare_all(w, maker);
    for (int i = 0; i < 5; i++)
        maker = edit(w, maker, change(w), &stats);
    (void)compare_all(w, maker);
    struct tile_maker *built = open_maker(w, &w->now);
    assert_status(tile_maker_follow(&w->ctx, built, maker, &stats), GAZ_OK);
    assert_int_equal(stats.dirty, 0);
    assert_int_equal(stats.kept, tiles); /* not one is made again */
    tile_maker_close(maker);
    (void)compare_all(w, built);
    tile_maker_close(built);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(equals_a_map_made_anew),
        TEST(equals_it_through_a_file),
        TEST(makes_scenes_after_an_edit),
        TEST(older_maker_answers_on),
        TEST(refuses_what_needs_a_snapshot),
        TEST(next_snapshot_keeps_what_edits_foresaw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
