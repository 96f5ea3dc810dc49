/* Test plan: adding a correct part never makes a right answer wrong, over 600
 * seeded addresses and places of the synthetic city and, where the snapshot of
 * the shipped data is there, 400 of its places:
 *  - a higher level in front, a house number behind, a filter by the code of a
 *    division above, the right category, a focus at the place itself
 *  - with a wrong character in the name as well as without
 * GAZ_TEST_SEED draws other ones.
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/text.h"
#include "gazetteer/search/search.h"
#include "tests/bench/city.h"

enum { ADDRESSES = 20000, CITY_CASES = 600, REAL_CASES = 400, TEXT = 512 };

struct world {
    struct gaz_ctx ctx;
    struct gaz_searcher *searcher;
    struct gaz_snapshot *snap;
    struct city_random random;
    int right; /* before anything was added */
};

/* What is looked for: a place, or an address of it. */
struct goal {
    uint32_t place;
    uint32_t address;
};

static const char *name_of(const struct world *world, uint32_t place)
{
    const struct gaz_snapshot *snap = world->snap;
    return gaz_snapshot_text(snap,
                             snap->names[snap->places[place].name_first].text);
}

static bool is_right(struct world *world, const struct gaz_query *query,
                     struct goal goal)
{
    struct gaz_answers answers;
    gaz_ctx_next(&world->ctx);
    assert_status_of(
        &world->ctx,
        gaz_geocode(&world->ctx, world->searcher, world->snap, query, &answers),
        GAZ_OK);
    if (answers.count == 0)
        return false;
    if (goal.address != GAZ_NONE)
        return answers.items[0].address == goal.address;
    return answers.items[0].place == goal.place;
}

static void expect_right(struct world *world, const struct gaz_query *query,
                         struct goal goal, const char *what)
{
    if (!is_right(world, query, goal))
        fail_msg("%s makes it wrong: %s", what, query->text);
}

/* Filters and the focus. */
static void check_options(struct world *world, const char *text,
                          struct goal goal)
{
    const struct gaz_snapshot *snap = world->snap;
    const struct gaz_snap_place *row = &snap->places[goal.place];
    struct gaz_query query = {.text = text, .limit = 5};
    struct gaz_coord at = {gaz_coord_from_e7(row->lon_e7),
                           gaz_coord_from_e7(row->lat_e7)};
    if (row->lon_e7 != INT32_MIN) {
        query.focus = &at;
        expect_right(world, &query, goal, "a focus");
        query.focus = NULL;
    }
    if (row->category > 0) {
        query.category = (int)row->category;
        expect_right(world, &query, goal, "a category");
        query.category = 0;
    }
    for (uint32_t over = row->parent; over != GAZ_NONE;
         over = snap->places[over].parent) {
        query.in_code = gaz_snapshot_text(snap, snap->places[over].code_text);
        size_t size = strlen(query.in_code);
        if (size >= 2 && size <= 12)
            expect_right(world, &query, goal, "a division");
    }
}

/* Levels from the nearest upwards, each put in front. */
static void check_levels(struct world *world, const char *bare,
                         struct goal goal)
{
    const struct gaz_snapshot *snap = world->snap;
    char text[TEXT];
    char next[TEXT];
    (void)snprintf(text, sizeof(text), "%s", bare);
    bool was_right = false;
    for (uint32_t over = snap->places[goal.place].parent;;
         over = snap->places[over].parent) {
        struct gaz_query query = {.text = text, .limit = 5};
        if (was_right)
            expect_right(world, &query, goal, "a level");
        else
            was_right = is_right(world, &query, goal);
        world->right += was_right;
        if (was_right)
            check_options(world, text, goal);
        if (over == GAZ_NONE)
            return;
        (void)snprintf(next, sizeof(next), "%s%s", name_of(world, over), text);
        memcpy(text, next, sizeof(text));
    }
}

/* A right place stays right when a number of it is added. */
static void check_number(struct world *world, struct goal goal)
{
    const struct gaz_snapshot *snap = world->snap;
    const struct gaz_snap_address *row = &snap->addresses[goal.address];
    struct goal place = {row->parent, GAZ_NONE};
    char text[TEXT];
    uint32_t over = snap->places[row->parent].parent;
    int size = snprintf(text, sizeof(text), "%s%s",
                        over == GAZ_NONE ? "" : name_of(world, over),
                        name_of(world, row->parent));
    struct gaz_query query = {.text = text, .limit = 5};
    if (!is_right(world, &query, place))
        return;
    (void)snprintf(text + size, sizeof(text) - (size_t)size, "%s%s",
                   gaz_snapshot_text(snap, row->number),
                   gaz_snapshot_text(snap, row->tail));
    expect_right(world, &query, goal, "a number");
}

/* One character of the name is another. */
static void check_typo(struct world *world, struct goal goal)
{
    char text[TEXT];
    (void)snprintf(text, sizeof(text), "%s", name_of(world, goal.place));
    size_t count = gaz_text_count(text, strlen(text));
    if (count < 3 || strlen(text) != 3 * count)
        return;
    size_t at = city_below(&world->random, (uint32_t)count - 1);
    memcpy(text + 3 * at, "龘", 3);
    check_levels(world, text, goal);
}

static void check_place(struct world *world, uint32_t place)
{
    const struct gaz_snap_place *row = &world->snap->places[place];
    struct goal goal = {place, GAZ_NONE};
    if (row->status != GAZ_STATUS_CURRENT)
        return;
    check_levels(world, name_of(world, place), goal);
    check_typo(world, goal);
}

static void begin(struct world *world)
{
    int64_t seed = 20240502;
    const char *given = getenv("GAZ_TEST_SEED");
    if (given)
        (void)gaz_text_parse_int(given, &seed);
    print_message("           seed: %lld\n", (long long)seed);
    world->random.state = (uint64_t)seed;
    assert_status(gaz_searcher_open(&world->ctx, &world->searcher), GAZ_OK);
}

static void end(struct world *world)
{
    gaz_searcher_close(world->searcher);
    gaz_snapshot_close(world->snap);
    gaz_ctx_close(&world->ctx);
}

static void city_stays_right(void **state)
{
    (void)state;
    struct world world = {.right = 0};
    char path[] = "/tmp/diming-right-XXXXXX";
    int file = mkstemp(path);
    struct gaz_builder *builder = gaz_builder_new();
    struct gaz_build_stats stats;
    city_fill(builder, CITY_SEED, ADDRESSES);
    gaz_status status = gaz_builder_write(&world.ctx, builder, path, &stats);
    gaz_builder_free(builder);
    if (status == GAZ_OK)
        status = gaz_snapshot_open(&world.ctx, path, &world.snap);
    (void)close(file);
    (void)unlink(path);
    assert_status_of(&world.ctx, status, GAZ_OK);
    begin(&world);
    for (int i = 0; i < CITY_CASES; i++) {
        uint32_t address = city_below(&world.random, world.snap->address_count);
        uint32_t parent = world.snap->addresses[address].parent;
        check_number(&world, (struct goal){parent, address});
        check_place(&world, city_below(&world.random, world.snap->place_count));
    }
    assert_true(world.right > CITY_CASES);
    end(&world);
}

static void shipped_data_stay_right(void **state)
{
    (void)state;
    struct world world = {.right = 0};
    const char *path = gaz_arena_printf(
        &world.ctx.arena, "%s/build/diming.snap", DIMING_SOURCE_DIR);
    if (gaz_snapshot_open(&world.ctx, path, &world.snap) != GAZ_OK) {
        print_message("           skipped: no build/diming.snap of this "
                      "version; './dev load' makes one\n");
        gaz_ctx_close(&world.ctx);
        skip();
    }
    begin(&world);
    for (int i = 0; i < REAL_CASES; i++)
        check_place(&world, city_below(&world.random, world.snap->place_count));
    assert_true(world.right > REAL_CASES);
    end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(city_stays_right),
        cmocka_unit_test(shipped_data_stay_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
