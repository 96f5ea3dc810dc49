/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: corrections. Random changes of random fields of a full place, a
 * road with an orphan that waits for its code, and an address: each is one
 * decision, and undone backwards every dump is met again; out of order it is
 * refused and changes nothing. A corrected code is forgotten, an orphan adopted
 * and let go; nothing changed, no such record, outside of a transaction are
 * refused. */
#include "tests/unit/store/places.h"

#include "gazetteer/base/buffer.h"
#include "gazetteer/store/correct.h"
#include "gazetteer/store/merge.h"

static const char *const BELIEFS[] = {
    "place",
    "division",
    "name",
    "place_code",
    "place_area",
    "numbering",
    "address",
    "merge_change",
    "redirect",
    "idx_place_geom_rowid",
    "idx_address_geom_rowid",
};

static const char *dump(struct fixture *f)
{
    struct gaz_buffer text;
    gaz_buffer_open(&text, (size_t)1 << 26);
    for (size_t i = 0; i < COUNT(BELIEFS); i++) {
        struct gaz_stmt *stmt;
        gaz_status status;
        OK(f, gaz_sqlite_prepare(&f->ctx, f->store->db,
                                 gaz_arena_printf(&f->ctx.arena,
                                                  "SELECT * FROM %s ORDER BY 1",
                                                  BELIEFS[i]),
                                 &stmt));
        gaz_buffer_printf(&text, "\n[%s]", BELIEFS[i]);
        while ((status = gaz_sqlite_step(&f->ctx, stmt)) == GAZ_OK)
            for (int c = 0; c < gaz_sqlite_columns(stmt); c++) {
                size_t size;
                const unsigned char *bytes =
                    gaz_sqlite_blob(&f->ctx, stmt, c, &size);
                gaz_buffer_text(&text, "|");
                for (size_t k = 0; k < size; k++)
                    gaz_buffer_printf(&text, "%02x", bytes[k]);
            }
        gaz_sqlite_drop(stmt);
        assert_status_of(&f->ctx, status, GAZ_END);
    }
    const char *copy = gaz_arena_strndup(&f->ctx.arena, text.data, text.size);
    gaz_buffer_close(&text);
    return copy;
}

static gaz_id full;
static gaz_id road;
static gaz_id orphan;
static gaz_id address;

static void put_world(struct fixture *f)
{
    static const struct gaz_name ROAD[] = {{.text = "新华路"}};
    static const struct gaz_name ORPHAN[] = {{.text = "弄堂"}};
    struct gaz_name names[3];
    const int64_t source = fixture_source(f, "t");
    const struct gaz_place one = full_place(source, names);
    const struct gaz_place two = {.category = GAZ_CATEGORY_ROAD,
                                  .names = ROAD,
                                  .name_count = 1,
                                  .is_synthetic = true};
    const struct gaz_place three = {.category = GAZ_CATEGORY_ROAD,
                                    .names = ORPHAN,
                                    .name_count = 1,
                                    .parent_code = "990101999",
                                    .is_synthetic = true};
    OK(f, gaz_store_put_place(&f->ctx, f->store, &one, "t", "a", 0, &full));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &two, "t", "b", 0, &road));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &three, "t", "c", 0, &orphan));
    const struct gaz_address door = {.text = "新华路1号",
                                     .parent = road,
                                     .number = "1号",
                                     .number_value = 1,
                                     .tail = "",
                                     .is_synthetic = true};
    OK(f,
       gaz_store_put_address(&f->ctx, f->store, &door, "t", "d", 0, &address));
}

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15U;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    return z ^ z >> 31;
}

static gaz_status correct_address(struct fixture *f, uint64_t *random,
                                  int64_t *decision)
{
    struct gaz_address door;
    OK(f, gaz_store_address(&f->ctx, f->store, address, &door));
    const int number = 2 + (int)(next_random(random) % 1000);
    door.number = gaz_arena_printf(&f->ctx.arena, "%d号", number);
    door.number_value = number;
    door.text = gaz_arena_printf(&f->ctx.arena, "新华路%d号", number);
    door.position = (struct gaz_position){
        .coord = {121 + (double)(next_random(random) % 1000) / 7000, 30.1},
        .method = GAZ_METHOD_SURVEYED,
        .accuracy_m = 1 / 3.0};
    const struct gaz_correction edit = {.address = &door, .by = "王"};
    return gaz_store_correct(&f->ctx, f->store, &edit, decision);
}

static gaz_status correct_place(struct fixture *f, gaz_id id, uint64_t *random,
                                int64_t *decision)
{
    static const char *const CODES[] = {"990101999", "990101888", NULL,
                                        "99010199900000000001"};
    struct gaz_place place;
    OK(f, gaz_store_place(&f->ctx, f->store, id, &place));
    struct gaz_name *names =
        gaz_arena_array(&f->ctx.arena, GAZ_NAMES_MAX, sizeof(*names));
    memcpy(names, place.names, (size_t)place.name_count * sizeof(*place.names));
    place.names = names;
    names[0].roman =
        gaz_arena_printf(&f->ctx.arena, "R%u", (unsigned)next_random(random));
    switch (next_random(random) % 5) {
    case 0:
        names[0].text = gaz_arena_printf(&f->ctx.arena, "路%u",
                                         (unsigned)next_random(random));
        break;
    case 1:
        place.code = CODES[next_random(random) % COUNT(CODES)];
        break;
    case 2:
        place.position.method = GAZ_METHOD_NONE;
        place.position.accuracy_m = 0;
        break;
    case 3:
        place.valid_to = 20300000 + (gaz_date)(next_random(random) % 3);
        place.history = NULL;
        break;
    default:
        place.parent = id == road ? full : 0;
        place.parent_code = NULL;
    }
    const struct gaz_correction edit = {
        .place = &place, .by = "王", .why = "批文"};
    return gaz_store_correct(&f->ctx, f->store, &edit, decision);
}

static void test_random(void **state)
{
    struct fixture *f = *state;
    enum { STEPS = 25 };
    const char *dumps[STEPS + 1];
    int64_t decisions[STEPS];
    uint64_t random = 7;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    put_world(f);
    OK(f, gaz_store_commit(&f->ctx, f->store));
    for (int i = 0; i < STEPS; i++) {
        const gaz_id which[] = {full, road};
        const uint64_t choice = next_random(&random) % 3;
        dumps[i] = dump(f);
        OK(f, gaz_store_begin(&f->ctx, f->store));
        gaz_status status =
            choice == 2
                ? correct_address(f, &random, &decisions[i])
                : correct_place(f, which[choice], &random, &decisions[i]);
        assert_status_of(&f->ctx, status, GAZ_OK);
        OK(f, gaz_store_commit(&f->ctx, f->store));
        assert_string_not_equal(dump(f), dumps[i]);
    }
    for (int i = STEPS - 1; i >= 0; i--) {
        OK(f, gaz_store_begin(&f->ctx, f->store));
        OK(f, gaz_store_unmerge(&f->ctx, f->store, decisions[i], "李", NULL));
        OK(f, gaz_store_commit(&f->ctx, f->store));
        assert_string_equal(dump(f), dumps[i]);
    }
    assert_int_equal(fixture_number(f, "SELECT COUNT(*) FROM merge_decision"
                                       " WHERE kind = 'edit'"
                                       " AND undone_by = '李'"),
                     STEPS);
}

static void test_code(void **state)
{
    struct fixture *f = *state;
    struct gaz_place place;
    int64_t decision = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    put_world(f);
    const char *before = dump(f);
    OK(f, gaz_store_place(&f->ctx, f->store, full, &place));
    place.code = "990101999";
    const struct gaz_correction edit = {.place = &place, .by = "王"};
    OK(f, gaz_store_correct(&f->ctx, f->store, &edit, &decision));
    assert_int_equal(fixture_number(f, "SELECT COUNT(*) FROM place_code"), 1);
    OK(f, gaz_store_place(&f->ctx, f->store, orphan, &place));
    assert_true(place.parent == full);
    OK(f, gaz_store_unmerge(&f->ctx, f->store, decision, "李", NULL));
    assert_string_equal(dump(f), before);
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

static void test_refused(void **state)
{
    struct fixture *f = *state;
    struct gaz_place place;
    int64_t first = 0;
    int64_t second = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    put_world(f);
    OK(f, gaz_store_commit(&f->ctx, f->store));
    OK(f, gaz_store_place(&f->ctx, f->store, full, &place));
    struct gaz_correction edit = {.place = &place, .by = "王"};
    assert_status(gaz_store_correct(&f->ctx, f->store, &edit, &first),
                  GAZ_INVALID);
    f->ctx.failure[0] = '\0';
    OK(f, gaz_store_begin(&f->ctx, f->store));
    assert_status(gaz_store_correct(&f->ctx, f->store, &edit, &first),
                  GAZ_INVALID);
    assert_non_null(strstr(f->ctx.failure, "nothing would change"));
    f->ctx.failure[0] = '\0';
    OK(f, gaz_store_rollback(&f->ctx, f->store));
    OK(f, gaz_store_begin(&f->ctx, f->store));
    place.id = 12345;
    assert_status(gaz_store_correct(&f->ctx, f->store, &edit, &first),
                  GAZ_NOT_FOUND);
    f->ctx.failure[0] = '\0';
    OK(f, gaz_store_rollback(&f->ctx, f->store));
    place.id = full;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    place.origin = "甲";
    OK(f, gaz_store_correct(&f->ctx, f->store, &edit, &first));
    place.origin = "乙";
    OK(f, gaz_store_correct(&f->ctx, f->store, &edit, &second));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    const char *before = dump(f);
    OK(f, gaz_store_begin(&f->ctx, f->store));
    assert_status(gaz_store_unmerge(&f->ctx, f->store, first, "李", NULL),
                  GAZ_INVALID);
    assert_non_null(strstr(f->ctx.failure, "undo the later change first"));
    f->ctx.failure[0] = '\0';
    OK(f, gaz_store_rollback(&f->ctx, f->store));
    assert_string_equal(dump(f), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_random, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_code, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_refused, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
