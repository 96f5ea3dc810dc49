/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: what is graded, what follows from it, and who is told.
 *
 * - closed: the graded place, what lies in it at any depth, addresses counted
 *   in it or standing for it, what it was merged into; nothing else
 * - an import raises a grade and never lowers it; an officer lowers it
 * - what leaves a closed place, or is deleted in it, stays closed
 * - the feed: entries about what is closed are withheld; that something which
 *   was seen has been closed is told without values; nothing of what never was
 *   seen; after it was opened its entries are there, but for what is withheld
 *   of its past
 * - a grade cannot be deleted
 */
#include "tests/unit/store/fixture.h"

#include "gazetteer/store/feed.h"
#include "gazetteer/store/secrecy.h"

static gaz_id put_place(struct fixture *f, const char *name, gaz_id parent,
                        gaz_grade grade)
{
    const struct gaz_name names[] = {{.text = name}};
    const struct gaz_place place = {.category = GAZ_CATEGORY_ROAD,
                                    .parent = parent,
                                    .names = names,
                                    .name_count = 1,
                                    .is_synthetic = true,
                                    .grade = grade};
    gaz_id id;
    assert_status_of(
        &f->ctx,
        gaz_store_put_place(&f->ctx, f->store, &place, "t", name, 0, &id),
        GAZ_OK);
    return id;
}

static gaz_id put_address(struct fixture *f, const char *text, gaz_id parent,
                          gaz_id place, gaz_id id)
{
    const struct gaz_address address = {.id = id,
                                        .text = text,
                                        .parent = parent,
                                        .place = place,
                                        .number = text,
                                        .is_synthetic = true};
    assert_status_of(
        &f->ctx,
        gaz_store_put_address(&f->ctx, f->store, &address, "t", text, 0, &id),
        GAZ_OK);
    return id;
}

static void run(struct fixture *f, const char *sql)
{
    assert_status_of(&f->ctx, gaz_sqlite_exec(&f->ctx, f->store->db, sql),
                     GAZ_OK);
}

#define SQL(f, ...) gaz_arena_printf(&(f)->ctx.arena, __VA_ARGS__)

static bool is_closed(struct fixture *f, gaz_id id)
{
    struct gaz_closed all;
    bool one = false;
    assert_status_of(
        &f->ctx, gaz_secrecy_is_closed(&f->ctx, f->store, id, &one), GAZ_OK);
    assert_status_of(&f->ctx, gaz_secrecy_closed(&f->ctx, f->store, &all),
                     GAZ_OK);
    assert_int_equal(gaz_secrecy_has(&all, id), one);
    return one;
}

static void set(struct fixture *f, gaz_id id, gaz_grade grade)
{
    assert_status_of(
        &f->ctx, gaz_secrecy_set(&f->ctx, f->store, id, grade, "why"), GAZ_OK);
}

static void begin(struct fixture *f)
{
    assert_status_of(&f->ctx, gaz_store_begin(&f->ctx, f->store), GAZ_OK);
}

/* How many entries about `id` there are of a kind. */
static int count_of(struct fixture *f, gaz_id id, gaz_feed_secrecy secrecy)
{
    struct gaz_feed feed;
    int count = 0;
    assert_status_of(&f->ctx,
                     gaz_store_feed(&f->ctx, f->store, 0, GAZ_FEED_MAX, &feed),
                     GAZ_OK);
    for (int i = 0; i < feed.count; i++)
        count += feed.items[i].about == id && feed.items[i].secrecy == secrecy;
    return count;
}

static void test_reach(void **state)
{
    struct fixture *f = *state;
    begin(f);
    const gaz_id town = put_place(f, "甲镇", 0, GAZ_GRADE_PUBLIC);
    const gaz_id yard = put_place(f, "乙院", town, GAZ_GRADE_SECRET);
    const gaz_id lane = put_place(f, "乙院丙巷", yard, GAZ_GRADE_PUBLIC);
    const gaz_id road = put_place(f, "丁路", town, GAZ_GRADE_PUBLIC);
    const gaz_id heir = put_place(f, "戊园", town, GAZ_GRADE_PUBLIC);
    const gaz_id below = put_place(f, "戊园己弄", heir, GAZ_GRADE_PUBLIC);
    const struct {
        const char *label;
        gaz_id id;
        bool closed;
    } CASES[] = {
        {"what it lies in", town, false},
        {"the place", yard, true},
        {"in it", lane, true},
        {"an address in what is in it", put_address(f, "1", lane, 0, 0), true},
        {"its own address", put_address(f, "2", road, yard, 0), true},
        {"another address of that road", put_address(f, "3", road, 0, 0),
         false},
        {"the road", road, false},
        {"no id", 0, false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(is_closed(f, CASES[i].id), CASES[i].closed);
    }
    assert_false(is_closed(f, below));
    run(f, SQL(f,
               "INSERT INTO merge_decision (kept, merged, score, decided_by,"
               "  before) VALUES (%lld, 5, 1, 't', '{}');"
               "INSERT INTO redirect (merged, kept, decision)"
               " SELECT %lld, kept, id FROM merge_decision",
               (long long)heir, (long long)yard));
    assert_true(is_closed(f, heir));
    assert_true(is_closed(f, below));
}

static void test_grades(void **state)
{
    struct fixture *f = *state;
    struct gaz_place read;
    struct gaz_secrecy_rows rows;
    begin(f);
    const gaz_id id = put_place(f, "甲", 0, GAZ_GRADE_INTERNAL);
    assert_int_equal(put_place(f, "甲", 0, GAZ_GRADE_SECRET), id);
    assert_int_equal(put_place(f, "甲", 0, GAZ_GRADE_PUBLIC), id);
    assert_status_of(&f->ctx, gaz_store_place(&f->ctx, f->store, id, &read),
                     GAZ_OK);
    assert_int_equal(read.grade, GAZ_GRADE_SECRET);
    set(f, id, GAZ_GRADE_PUBLIC);
    assert_false(is_closed(f, id));
    assert_int_equal(put_place(f, "甲", 0, GAZ_GRADE_INTERNAL), id);
    assert_true(is_closed(f, id));
    assert_status_of(&f->ctx, gaz_secrecy_list(&f->ctx, f->store, &rows),
                     GAZ_OK);
    assert_int_equal(rows.count, 1);
    assert_string_equal(rows.items[0].label, "甲");
    assert_null(rows.items[0].why);
    assert_status(
        gaz_secrecy_set(&f->ctx, f->store, 4711, GAZ_GRADE_SECRET, "why"),
        GAZ_NOT_FOUND);
    assert_status(gaz_sqlite_exec(&f->ctx, f->store->db, "DELETE FROM secrecy"),
                  GAZ_INVALID);
}

static void test_leaves(void **state)
{
    struct fixture *f = *state;
    begin(f);
    const gaz_id yard = put_place(f, "乙院", 0, GAZ_GRADE_SECRET);
    const gaz_id road = put_place(f, "丁路", 0, GAZ_GRADE_PUBLIC);
    const gaz_id lane = put_place(f, "丙巷", yard, GAZ_GRADE_PUBLIC);
    const gaz_id door = put_address(f, "1", yard, 0, 0);
    const gaz_id gone = put_address(f, "2", yard, 0, 0);
    run(f, SQL(f, "DELETE FROM address WHERE id = %lld", (long long)gone));
    (void)put_address(f, "1", road, 0, door);
    run(f, SQL(f, "UPDATE place SET parent = NULL WHERE id = %lld",
               (long long)lane));
    assert_true(is_closed(f, gone));
    assert_true(is_closed(f, door));
    assert_true(is_closed(f, lane));
    assert_int_equal(count_of(f, gone, GAZ_FEED_OPEN), 0);
    assert_int_equal(count_of(f, door, GAZ_FEED_OPEN), 0);
    set(f, door, GAZ_GRADE_PUBLIC);
    assert_int_equal(count_of(f, door, GAZ_FEED_WITHHELD), 1); /* its making */
    assert_int_equal(count_of(f, door, GAZ_FEED_EMERGED), 1);  /* its move */
}

static void test_feed(void **state)
{
    struct fixture *f = *state;
    begin(f);
    const gaz_id open = put_place(f, "甲", 0, GAZ_GRADE_PUBLIC);
    const gaz_id never = put_place(f, "乙", 0, GAZ_GRADE_SECRET);
    assert_int_equal(count_of(f, never, GAZ_FEED_OPEN), 0);
    assert_int_equal(count_of(f, never, GAZ_FEED_GRADE), 0);
    const int entries = count_of(f, open, GAZ_FEED_OPEN);
    assert_true(entries >= 2); /* the place and its name */
    set(f, open, GAZ_GRADE_SECRET);
    assert_int_equal(count_of(f, open, GAZ_FEED_OPEN), 0);
    assert_int_equal(count_of(f, open, GAZ_FEED_WITHHELD), entries);
    assert_int_equal(count_of(f, open, GAZ_FEED_GRADE), 1);
    set(f, open, GAZ_GRADE_PUBLIC);
    assert_int_equal(count_of(f, open, GAZ_FEED_OPEN), entries);
    assert_int_equal(count_of(f, open, GAZ_FEED_GRADE), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reach, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_grades, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_leaves, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_feed, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
