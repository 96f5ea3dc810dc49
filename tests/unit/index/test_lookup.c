/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: over random worlds, every look-up equals brute force over the
 * rows: find, prefix (k best by rank, few and many, more names of a place than
 * the heap holds), nearest (ties, filters, radius), containing, in_box,
 * numbers. Seeds are fixed and printed; GAZ_TEST_SEED tries another. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/index/world.h"

enum { PLACES = 2000, ADDRESSES = 3000, QUERIES = 200 };

/* Runs `check` on a world of each seed. */
static void each_world(void (*check)(const struct gaz_snapshot *,
                                     struct world_random *))
{
    uint64_t seeds[8];
    int count = world_seeds(seeds, COUNT(seeds));
    for (int i = 0; i < count; i++) {
        struct gaz_builder *builder = gaz_builder_new();
        world_fill(builder, seeds[i], PLACES, ADDRESSES, 0);
        struct gaz_snapshot *snap = world_open(builder);
        gaz_builder_free(builder);
        struct world_random random = {seeds[i]};
        check(snap, &random);
        gaz_snapshot_close(snap);
    }
}

/* The key of a name, as the worlds make them: Han text is its own key; each
 * syllable of the romanisation is a word. */
static void key_of(const struct gaz_snapshot *snap, uint32_t name,
                   gaz_key_kind kind, char *out, size_t max)
{
    const struct gaz_snap_name *row = &snap->names[name];
    const char *text =
        gaz_snapshot_text(snap, kind == GAZ_KEY_NAME ? row->text : row->plain);
    (void)snprintf(out, max, "%s", text);
    if (kind != GAZ_KEY_INITIALS)
        return;
    const char *roman = gaz_snapshot_text(snap, row->roman);
    size_t size = 0;
    for (size_t i = 0; roman[i] != '\0'; i++)
        if (i == 0 || roman[i - 1] == ' ')
            out[size++] = (char)(roman[i] | 0x20);
    out[size] = '\0';
}

static int by_rank(const void *a, const void *b)
{
    const struct gaz_snap_hit *x = a;
    const struct gaz_snap_hit *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->name > y->name) - (x->name < y->name);
}

/* All names whose key is, or begins with, `key`; by rank, then name. */
static size_t brute_names(const struct gaz_snapshot *snap, gaz_key_kind kind,
                          const char *key, bool is_prefix,
                          struct gaz_snap_hit *out)
{
    size_t count = 0;
    for (uint32_t i = 0; i < snap->name_count; i++) {
        char own[128];
        key_of(snap, i, kind, own, sizeof(own));
        if (own[0] == '\0' || strncmp(own, key, strlen(key)) != 0 ||
            (!is_prefix && strlen(own) != strlen(key)))
            continue;
        uint32_t place = snap->names[i].place;
        out[count++] =
            (struct gaz_snap_hit){i, place, snap->places[place].rank};
    }
    qsort(out, count, sizeof(*out), by_rank);
    return count;
}

static size_t one_a_place(struct gaz_snap_hit *hits, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || hits[kept - 1].place != hits[i].place)
            hits[kept++] = hits[i];
    return kept;
}

static void check_find(const struct gaz_snapshot *snap,
                       struct world_random *random)
{
    struct gaz_snap_hit *want = gaz_malloc(snap->name_count * sizeof(*want));
    for (int q = 0; q < QUERIES; q++) {
        gaz_key_kind kind = (gaz_key_kind)world_below(random, 3);
        char key[128];
        key_of(snap, world_below(random, snap->name_count), kind, key,
               sizeof(key));
        size_t count = brute_names(snap, kind, key, false, want);
        struct gaz_snap_span got;
        gaz_snapshot_find(snap, kind, key, strlen(key), &got);
        assert_int_equal(got.count, count);
        for (uint32_t i = 0; i < got.count; i++) {
            assert_int_equal(got.items[i].name, want[i].name);
            assert_int_equal(got.items[i].place, want[i].place);
        }
    }
    gaz_free(want);
}

static void check_prefix(const struct gaz_snapshot *snap,
                         struct world_random *random)
{
    enum { MAX = 100 };
    struct gaz_snap_hit *want = gaz_malloc(snap->name_count * sizeof(*want));
    for (int q = 0; q < QUERIES; q++) {
        gaz_key_kind kind = (gaz_key_kind)world_below(random, 3);
        char key[128];
        key_of(snap, world_below(random, snap->name_count), kind, key,
               sizeof(key));
        size_t size = 1 + world_below(random, (uint32_t)strlen(key));
        if (kind == GAZ_KEY_NAME)
            size = (size + 2) / 3 * 3;
        key[size] = '\0';
        int max = 1 + (int)world_below(random, MAX);
        size_t count =
            one_a_place(want, brute_names(snap, kind, key, true, want));
        if (count > (size_t)max)
            count = (size_t)max;
        struct gaz_snap_hit got[MAX];
        assert_int_equal(gaz_snapshot_prefix(snap, kind, key, size, got, max),
                         count);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(got[i].place, want[i].place);
            assert_int_equal(got[i].name, want[i].name);
            assert_int_equal(got[i].rank, want[i].rank);
        }
    }
    gaz_free(want);
}

/* ---- nearest ---- */

static bool takes_addresses(const struct gaz_snapshot *snap, uint32_t place,
                            uint32_t address, void *user)
{
    (void)snap;
    (void)place;
    (void)user;
    return address != GAZ_NONE;
}

static bool takes_some(const struct gaz_snapshot *snap, uint32_t place,
                       uint32_t address, void *user)
{
    (void)snap;
    const uint32_t *modulus = user;
    return (place != GAZ_NONE ? place : address + 1) % *modulus == 0;
}

static int by_distance(const void *a, const void *b)
{
    const struct gaz_snap_near *x = a;
    const struct gaz_snap_near *y = b;
    if (x->distance_m != y->distance_m)
        return x->distance_m < y->distance_m ? -1 : 1;
    if (x->place != y->place) /* GAZ_NONE: addresses come after places */
        return x->place < y->place ? -1 : 1;
    return (x->address > y->address) - (x->address < y->address);
}

static double brute_distance_m(struct gaz_coord from, int32_t lon_e7,
                               int32_t lat_e7)
{
    const double radians = 0.017453292519943295;
    double metres = 6371008.8 * radians / 1e7;
    double x = (lon_e7 - from.lon * 1e7) * (metres * cos(from.lat * radians));
    double y = (lat_e7 - from.lat * 1e7) * metres;
    return sqrt(x * x + y * y);
}

static size_t brute_nearest(const struct gaz_snapshot *snap,
                            struct gaz_coord coord, double radius_m,
                            gaz_near_filter *filter, void *user,
                            struct gaz_snap_near *out)
{
    size_t count = 0;
    for (uint32_t i = 0; i < snap->place_count + snap->address_count; i++) {
        bool is_place = i < snap->place_count;
        uint32_t place = is_place ? i : GAZ_NONE;
        uint32_t address = is_place ? GAZ_NONE : i - snap->place_count;
        int32_t lon = is_place ? snap->places[place].lon_e7
                               : snap->addresses[address].lon_e7;
        int32_t lat = is_place ? snap->places[place].lat_e7
                               : snap->addresses[address].lat_e7;
        double distance_m = brute_distance_m(coord, lon, lat);
        if (lon == INT32_MIN || distance_m > radius_m ||
            (filter && !filter(snap, place, address, user)))
            continue;
        out[count++] = (struct gaz_snap_near){place, address, distance_m};
    }
    qsort(out, count, sizeof(*out), by_distance);
    return count;
}

static void check_nearest(const struct gaz_snapshot *snap,
                          struct world_random *random)
{
    struct gaz_snap_near *want =
        gaz_malloc((snap->place_count + snap->address_count) * sizeof(*want));
    for (int q = 0; q < QUERIES; q++) {
        uint32_t modulus = 1 + world_below(random, 300);
        gaz_near_filter *const filters[] = {NULL, takes_addresses, takes_some};
        gaz_near_filter *filter = filters[world_below(random, 3)];
        struct gaz_coord coord = {world_between(random, 120.9, 121.5),
                                  world_between(random, 30.4, 31)};
        if (q % 3 == 0) /* on the grid: distances tie */
            coord =
                (struct gaz_coord){121 + world_below(random, 400) / 1000.0,
                                   30.5 + world_below(random, 400) / 1000.0};
        double radius_m = world_between(random, 0, 30000);
        int max = 1 + (int)world_below(random, GAZ_NEAR_MAX + 10);
        size_t count =
            brute_nearest(snap, coord, radius_m, filter, &modulus, want);
        size_t most = max < GAZ_NEAR_MAX ? (size_t)max : GAZ_NEAR_MAX;
        if (count > most)
            count = most;
        struct gaz_snap_near got[GAZ_NEAR_MAX + 10];
        assert_int_equal(gaz_snapshot_nearest(snap, coord, radius_m, filter,
                                              &modulus, got, max),
                         count);
        for (size_t i = 0; i < count; i++) {
            assert_near(got[i].distance_m, want[i].distance_m, 0);
            assert_int_equal(got[i].place, want[i].place);
            assert_int_equal(got[i].address, want[i].address);
        }
    }
    gaz_free(want);
}

/* ---- areas and boxes ---- */

static int by_depth(const struct gaz_snapshot *snap, uint32_t a, uint32_t b)
{
    if (snap->places[a].level != snap->places[b].level)
        return snap->places[a].level > snap->places[b].level ? -1 : 1;
    return (a > b) - (a < b);
}

static void check_containing(const struct gaz_snapshot *snap,
                             struct world_random *random)
{
    for (int q = 0; q < QUERIES; q++) {
        struct gaz_coord coord = {world_between(random, 120.9, 121.5),
                                  world_between(random, 30.4, 31)};
        int32_t lon = gaz_coord_to_e7(coord.lon);
        int32_t lat = gaz_coord_to_e7(coord.lat);
        uint32_t got[PLACES];
        int count = gaz_snapshot_containing(snap, coord, got, PLACES);
        for (int i = 1; i < count; i++)
            assert_true(by_depth(snap, got[i - 1], got[i]) < 0);
        int want = 0;
        for (uint32_t i = 0; i < snap->ring_count; i++) {
            const struct gaz_snap_ring *ring = &snap->rings[i];
            /* the areas are squares: half open, as even-odd casting has it */
            bool is_in = lon >= ring->min_lon_e7 && lon < ring->max_lon_e7 &&
                         lat >= ring->min_lat_e7 && lat < ring->max_lat_e7;
            want += is_in;
            bool is_got = false;
            for (int j = 0; j < count; j++)
                is_got |= got[j] == ring->place;
            assert_int_equal(is_got, is_in);
        }
        assert_int_equal(count, want);
        if (count > 1) {
            uint32_t first;
            assert_int_equal(gaz_snapshot_containing(snap, coord, &first, 1),
                             1);
            assert_int_equal(first, got[0]);
        }
    }
}

/* Pages of any size put together are the whole, and each says the total. */
static void check_pages(const struct gaz_snapshot *snap, struct gaz_box box,
                        uint32_t count)
{
    uint32_t all[PLACES];
    assert_int_equal(gaz_snapshot_in_box(snap, box, all, PLACES), count);
    uint32_t page[PLACES];
    uint32_t size = count / 3 + 1;
    uint32_t first = 0;
    for (uint32_t at = 0; at < count; at += size) {
        assert_int_equal(gaz_snapshot_in_box_from(snap, box, first, page, size),
                         count);
        uint32_t listed = count - at < size ? count - at : size;
        assert_memory_equal(page, all + at, listed * sizeof(*page));
        first = page[listed - 1] + 1;
    }
    assert_int_equal(gaz_snapshot_in_box(snap, box, NULL, 0), count);
}

static void check_in_box(const struct gaz_snapshot *snap,
                         struct world_random *random)
{
    for (int q = 0; q < QUERIES; q++) {
        struct gaz_box box;
        box.min.lon = world_between(random, 120.9, 121.5);
        box.min.lat = world_between(random, 30.4, 31);
        box.max.lon = box.min.lon + world_between(random, 0, 0.2);
        box.max.lat = box.min.lat + world_between(random, 0, 0.2);
        uint32_t got[PLACES];
        uint32_t max = world_below(random, PLACES);
        uint32_t count = gaz_snapshot_in_box(snap, box, got, max);
        uint32_t want = 0;
        for (uint32_t i = 0; i < snap->place_count; i++) {
            double lon = gaz_coord_from_e7(snap->places[i].lon_e7);
            double lat = gaz_coord_from_e7(snap->places[i].lat_e7);
            if (lon < box.min.lon || lon > box.max.lon || lat < box.min.lat ||
                lat > box.max.lat)
                continue;
            if (want < max)
                assert_int_equal(got[want], i);
            want++;
        }
        assert_int_equal(count, want);
        check_pages(snap, box, count);
    }
}

static void check_numbers(const struct gaz_snapshot *snap,
                          struct world_random *random)
{
    for (int q = 0; q < QUERIES; q++) {
        uint32_t parent = world_below(random, snap->place_count);
        int32_t value = (int32_t)world_below(random, 45) - 2;
        uint32_t first;
        uint32_t count = gaz_snapshot_numbers(snap, parent, value, &first);
        uint32_t want = 0;
        uint32_t below = 0;
        for (uint32_t i = 0; i < snap->address_count; i++) {
            if (snap->addresses[i].parent != parent)
                continue;
            want += snap->addresses[i].number_value == value;
            below += snap->addresses[i].number_value < value;
        }
        assert_int_equal(count, want);
        assert_int_equal(first, snap->places[parent].address_first + below);
    }
    for (uint32_t i = 0; i < snap->address_count; i++)
        assert_int_equal(gaz_snapshot_address(snap, snap->addresses[i].id), i);
    for (uint32_t i = 0; i < snap->place_count; i++)
        assert_int_equal(gaz_snapshot_place(snap, snap->places[i].id), i);
}

static void test_find(void **state)
{
    (void)state;
    each_world(check_find);
}

static void test_prefix(void **state)
{
    (void)state;
    each_world(check_prefix);
}

static void test_nearest(void **state)
{
    (void)state;
    each_world(check_nearest);
}

static void test_containing(void **state)
{
    (void)state;
    each_world(check_containing);
}

static void test_in_box(void **state)
{
    (void)state;
    each_world(check_in_box);
}

static void test_numbers(void **state)
{
    (void)state;
    each_world(check_numbers);
}

/* Places with all the names they may have, and all names alike: a prefix meets
 * each of them 64 times, more than the ranges that are kept in waiting. */
static void test_prefix_many_names(void **state)
{
    (void)state;
    enum { MANY = 40, MAX = 30, BYTES = 32 };
    struct gaz_builder *builder = gaz_builder_new();
    char texts[GAZ_NAMES_MAX][BYTES];
    for (gaz_id id = 1; id <= MANY; id++) {
        struct gaz_name names[GAZ_NAMES_MAX] = {0};
        for (int i = 0; i < GAZ_NAMES_MAX; i++) {
            (void)snprintf(texts[i], BYTES, "平湖%d甲%d", i, (int)id);
            names[i].text = texts[i];
            names[i].kind = i == 0 ? GAZ_NAME_STANDARD : GAZ_NAME_ALIAS;
        }
        const struct gaz_place place = {.id = id,
                                        .names = names,
                                        .name_count = GAZ_NAMES_MAX,
                                        .is_synthetic = true};
        gaz_builder_place(builder, &place);
    }
    struct gaz_snapshot *snap = world_open(builder);
    gaz_builder_free(builder);
    struct gaz_snap_hit got[MAX];
    assert_int_equal(gaz_snapshot_prefix(snap, GAZ_KEY_NAME, "平", 3, got, MAX),
                     MAX);
    for (uint32_t i = 0; i < MAX; i++) {
        assert_int_equal(got[i].rank, i);
        assert_int_equal(got[i].place, i);
        assert_int_equal(got[i].name, snap->places[i].name_first);
    }
    gaz_snapshot_close(snap);
}

/* Edges: the half-open rule gives each point of a shared edge to one area. */
static void test_containing_edges(void **state)
{
    (void)state;
    struct gaz_builder *builder = gaz_builder_new();
    const struct gaz_name name = {.text = "甲"};
    for (gaz_id id = 1; id <= 2; id++) {
        char wkb[93];
        struct gaz_place place = {
            .id = id,
            .names = &name,
            .name_count = 1,
            .is_synthetic = true,
            .area_size = world_square(id == 1 ? 121 : 121.5, 30, 0.5, wkb)};
        place.area_wkb = wkb;
        gaz_builder_place(builder, &place);
    }
    struct gaz_snapshot *snap = world_open(builder);
    gaz_builder_free(builder);
    static const struct {
        const char *label;
        struct gaz_coord coord;
        int count;
        uint32_t place;
    } CASES[] = {
        {"inside", {121.25, 30.25}, 1, 0},
        {"shared edge", {121.5, 30.25}, 1, 1},
        {"just west of it", {121.4999999, 30.25}, 1, 0},
        {"lower corner", {121, 30}, 1, 0},
        {"upper edge", {121.25, 30.5}, 0, 0},
        {"right edge", {122, 30.25}, 0, 0},
        {"outside", {120, 30.25}, 0, 0},
        {"not a number", {NAN, 30.25}, 0, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        uint32_t got[2];
        assert_int_equal(gaz_snapshot_containing(snap, CASES[i].coord, got, 2),
                         CASES[i].count);
        if (CASES[i].count > 0)
            assert_int_equal(got[0], CASES[i].place);
    }
    struct gaz_snap_near near;
    assert_int_equal(gaz_snapshot_nearest(snap, (struct gaz_coord){NAN, NAN},
                                          1e9, NULL, NULL, &near, 1),
                     0);
    assert_int_equal(
        gaz_snapshot_nearest(snap, CASES[0].coord, NAN, NULL, NULL, &near, 1),
        0);
    gaz_snapshot_close(snap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_prefix),
        cmocka_unit_test(test_prefix_many_names),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_containing),
        cmocka_unit_test(test_containing_edges),
        cmocka_unit_test(test_in_box),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
