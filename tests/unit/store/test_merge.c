/* Test plan: a merge keeps names, records, addresses, claims, places below and
 * redirects under one id; its undo restores every row of every table (dumps
 * are compared), for random places and chains of merges; what cannot be merged
 * or undone is refused with its reason and changes nothing. The same of
 * addresses; one that comes again in the words of a merged one is the kept one,
 * also when its road was merged meanwhile. */
#include "tests/unit/store/places.h"

#include "gazetteer/store/merge.h"

static const char *const BELIEFS[] = {
    "record",
    "issue",
    "place",
    "division",
    "name",
    "place_code",
    "place_area",
    "address",
    "claim",
    "heritage",
    "change",
    "line",
    "redirect",
    "merge_cell",
    "idx_place_geom_rowid",
    "address_redirect",
    "idx_address_geom_rowid",
};

/* All rows of what is believed, as text. */
static const char *dump(struct fixture *f)
{
    const char *text = "";
    for (size_t i = 0; i < COUNT(BELIEFS); i++) {
        struct gaz_stmt *stmt;
        gaz_status status;
        OK(f, gaz_sqlite_prepare(&f->ctx, f->store->db,
                                 gaz_arena_printf(&f->ctx.arena,
                                                  "SELECT * FROM %s ORDER BY 1",
                                                  BELIEFS[i]),
                                 &stmt));
        text = gaz_arena_printf(&f->ctx.arena, "%s\n[%s]", text, BELIEFS[i]);
        while ((status = gaz_sqlite_step(&f->ctx, stmt)) == GAZ_OK)
            for (int c = 0; c < gaz_sqlite_columns(stmt); c++) {
                size_t size;
                const unsigned char *bytes =
                    gaz_sqlite_blob(&f->ctx, stmt, c, &size);
                text = gaz_arena_printf(&f->ctx.arena, "%s|", text);
                for (size_t k = 0; k < size; k++)
                    text = gaz_arena_printf(&f->ctx.arena, "%s%02x", text,
                                            bytes[k]);
            }
        gaz_sqlite_drop(stmt);
        assert_status_of(&f->ctx, status, GAZ_END);
    }
    return text;
}

static gaz_id put(struct fixture *f, const struct gaz_place *place,
                  const char *key)
{
    const int64_t source = fixture_source(f, "t");
    const struct gaz_record record = a_record(key, key);
    int64_t row;
    bool is_new;
    gaz_id id;
    OK(f,
       gaz_store_put_record(&f->ctx, f->store, source, &record, &row, &is_new));
    OK(f, gaz_store_put_place(&f->ctx, f->store, place, "t", key, row, &id));
    return id;
}

/* Two sites of one place with all that can hang on them. */
struct pair {
    gaz_id kept;
    gaz_id merged;
    gaz_id below;
    struct gaz_place made;
};

static const struct gaz_name KEPT[] = {{.text = "新华路"}};
static const struct gaz_name MERGED[] = {
    {.text = "红旗路"}, {.text = "老街", .kind = GAZ_NAME_FORMER}};
static const struct gaz_name MADE[] = {
    {.text = "新华路"},
    {.text = "红旗路", .kind = GAZ_NAME_ALIAS},
    {.text = "老街", .kind = GAZ_NAME_FORMER}};
static const struct gaz_name BELOW[] = {{.text = "弄堂"}};

static struct gaz_place road(const struct gaz_name *names, int count)
{
    return (struct gaz_place){.category = GAZ_CATEGORY_ROAD,
                              .names = names,
                              .name_count = count,
                              .is_synthetic = true,
                              .position = {.coord = {121.0 / 7, 30.7123456789},
                                           .method = GAZ_METHOD_SYNTHETIC,
                                           .accuracy_m = 1 / 3.0}};
}

static struct pair put_pair(struct fixture *f)
{
    struct pair p;
    struct gaz_place a = road(KEPT, 1);
    struct gaz_place b = road(MERGED, 2);
    struct gaz_place below = road(BELOW, 1);
    a.position.method = GAZ_METHOD_NONE;
    a.position.accuracy_m = 0;
    b.area_wkb = TRIANGLE;
    b.area_size = sizeof(TRIANGLE);
    b.code = "99010110120100000001";
    p.kept = put(f, &a, "a");
    p.merged = put(f, &b, "b");
    below.parent = p.merged;
    p.below = put(f, &below, "c");
    const struct gaz_address address = {.text = "红旗路1号",
                                        .parent = p.merged,
                                        .number = "1号",
                                        .number_value = 1,
                                        .tail = "",
                                        .place = p.below,
                                        .is_synthetic = true};
    gaz_id id;
    OK(f, gaz_store_put_address(&f->ctx, f->store, &address, "t", "d", 0, &id));
    const struct gaz_claim claim = {.place = p.merged,
                                    .property = "built",
                                    .value = "1900",
                                    .source_title = "t",
                                    .grade = "A"};
    OK(f, gaz_store_put_claim(&f->ctx, f->store, &claim, 0));
    const struct gaz_change change = {
        .kind = GAZ_CHANGE_RENAME, .from = p.merged, .to = p.below};
    OK(f, gaz_store_put_change(&f->ctx, f->store, &change, 0));
    p.made = road(MADE, 3);
    p.made.id = p.kept;
    p.made.code = b.code;
    p.made.area_wkb = TRIANGLE;
    p.made.area_size = sizeof(TRIANGLE);
    return p;
}

static struct gaz_merge merge_of(const struct pair *p)
{
    return (struct gaz_merge){.kept = p->kept,
                              .merged = p->merged,
                              .made = &p->made,
                              .score = 0.97,
                              .by = "clerk",
                              .why = "一条路"};
}

static int64_t count(struct fixture *f, const char *from)
{
    return fixture_number(
        f, gaz_arena_printf(&f->ctx.arena, "SELECT COUNT(*) FROM %s", from));
}

static void test_merge_keeps_all(void **state)
{
    struct fixture *f = *state;
    int64_t decision;
    struct gaz_place got;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    const struct pair p = put_pair(f);
    const int64_t records = count(f, "record");
    const int64_t from = last_seq(f);
    const struct gaz_merge merge = merge_of(&p);
    OK(f, gaz_store_merge(&f->ctx, f->store, &merge, &decision));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    OK(f, gaz_store_place(&f->ctx, f->store, p.merged, &got));
    assert_true(got.id == p.kept);
    assert_int_equal(got.name_count, 3);
    assert_non_null(got.area_wkb);
    OK(f, gaz_store_place(&f->ctx, f->store, p.below, &got));
    assert_true(got.parent == p.kept);
    assert_int_equal(count(f, "record"), records);
    assert_int_equal(count(f, "claim JOIN place ON place.id = claim.place"), 1);
    assert_int_equal(count(f, "address JOIN redirect r ON parent = r.kept"), 1);
    assert_int_equal(count(f, "record JOIN redirect r ON about = r.kept"), 2);
    assert_int_equal(count(f, "merge_decision WHERE decided_by = 'clerk'"
                              " AND why = '一条路' AND undone_at IS NULL"),
                     1);
    assert_int_equal(
        fixture_number(
            f, gaz_arena_printf(&f->ctx.arena,
                                "SELECT tab = 'merge_decision' FROM journal"
                                " WHERE seq = %lld",
                                (long long)from + 1)),
        1);
    assert_int_equal(fixture_number(f, "SELECT tab = 'redirect' FROM journal"
                                       " ORDER BY seq DESC LIMIT 1"),
                     1);
}

static void test_undo_restores(void **state)
{
    struct fixture *f = *state;
    int64_t decision;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    const struct pair p = put_pair(f);
    const char *before = dump(f);
    const struct gaz_merge merge = merge_of(&p);
    OK(f, gaz_store_merge(&f->ctx, f->store, &merge, &decision));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    assert_string_not_equal(dump(f), before);
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_store_unmerge(&f->ctx, f->store, decision, "clerk", "错了"));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    assert_string_equal(dump(f), before);
    assert_int_equal(count(f, "merge_decision WHERE undone_by = 'clerk'"
                              " AND undone_why = '错了'"),
                     1);
    assert_int_equal(count(f, "pragma_foreign_key_check"), 0);

    CASE("twice");
    OK(f, gaz_store_begin(&f->ctx, f->store));
    assert_status(gaz_store_unmerge(&f->ctx, f->store, decision, "x", NULL),
                  GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&f->ctx), "undone already"));
    f->ctx.failure[0] = '\0';
    assert_status(gaz_store_unmerge(&f->ctx, f->store, 99, "x", NULL),
                  GAZ_NOT_FOUND);
}

enum { CHAIN = 8 };

/* Places join one another in a random order; undone in reverse, step by step,
 * each dump is met again. */
static void test_chains(void **state)
{
    struct fixture *f = *state;
    uint32_t seed = 7;
    gaz_id ids[CHAIN];
    const char *dumps[CHAIN];
    int64_t decisions[CHAIN];
    OK(f, gaz_store_begin(&f->ctx, f->store));
    for (int i = 0; i < CHAIN; i++) {
        struct gaz_place place = road(KEPT, 1);
        place.parent = i > 4 ? ids[0] : 0;
        ids[i] = put(f, &place, gaz_arena_printf(&f->ctx.arena, "p%d", i));
    }
    int done = 0;
    for (int left = 5; left > 1; left--) { /* of the five that are no child */
        seed = seed * 1664525u + 1013904223u;
        int a = (int)((seed >> 8) % (uint32_t)left);
        int b = (a + 1) % left;
        struct gaz_place made = road(MADE, 3);
        const struct gaz_merge merge = {
            .kept = ids[a], .merged = ids[b], .made = &made, .by = "auto"};
        dumps[done] = dump(f);
        OK(f, gaz_store_merge(&f->ctx, f->store, &merge, &decisions[done++]));
        ids[b] = ids[left - 1];
        if (a == left - 1)
            ids[b] = merge.kept;
    }
    assert_int_equal(count(f, "redirect"), done);
    assert_int_equal(count(f, "redirect JOIN place ON place.id = kept"), done);
    for (int i = done - 1; i >= 0; i--) {
        OK(f, gaz_store_unmerge(&f->ctx, f->store, decisions[i], "auto", NULL));
        assert_string_equal(dump(f), dumps[i]);
    }
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

static void test_undo_out_of_order(void **state)
{
    struct fixture *f = *state;
    int64_t decision;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    const struct pair p = put_pair(f);
    const struct gaz_merge merge = merge_of(&p);
    OK(f, gaz_store_merge(&f->ctx, f->store, &merge, &decision));
    struct gaz_place later = p.made;
    later.names = KEPT;
    later.name_count = 1;
    gaz_id id;
    OK(f, gaz_store_put_place(&f->ctx, f->store, &later, "", "", 0, &id));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    const char *before = dump(f);
    OK(f, gaz_store_begin(&f->ctx, f->store));
    assert_status(gaz_store_unmerge(&f->ctx, f->store, decision, "x", NULL),
                  GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&f->ctx), "changed since"));
    OK(f, gaz_store_rollback(&f->ctx, f->store));
    assert_string_equal(dump(f), before);
}

static void test_refused(void **state)
{
    struct fixture *f = *state;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    const struct pair p = put_pair(f);
    const struct {
        const char *label;
        gaz_id kept;
        gaz_id merged;
        gaz_status want;
    } CASES[] = {
        {"with itself", p.kept, p.kept, GAZ_INVALID},
        {"one in the other", p.below, p.merged, GAZ_INVALID},
        {"no such place", p.kept, 12345, GAZ_NOT_FOUND},
    };
    const char *before = dump(f);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t decision;
        struct gaz_merge merge = merge_of(&p);
        CASE(CASES[i].label);
        merge.kept = CASES[i].kept;
        merge.merged = CASES[i].merged;
        assert_status(gaz_store_merge(&f->ctx, f->store, &merge, &decision),
                      CASES[i].want);
        f->ctx.failure[0] = '\0';
        assert_string_equal(dump(f), before);
    }
}

/* ---- addresses ---- */

enum { DOORS = 6 };

static struct gaz_address door(gaz_id street, const char *text)
{
    return (struct gaz_address){.text = text,
                                .parent = street,
                                .number = "1号",
                                .number_value = 1,
                                .tail = "",
                                .is_synthetic = true,
                                .position = {.coord = {121.0 / 7, 30.7},
                                             .method = GAZ_METHOD_SYNTHETIC,
                                             .accuracy_m = 1 / 3.0}};
}

static gaz_id put_door(struct fixture *f, const struct gaz_address *address,
                       const char *key)
{
    const int64_t source = fixture_source(f, "t");
    struct gaz_record record = a_record(key, key);
    int64_t row;
    bool is_new;
    gaz_id id;
    record.kind = GAZ_ENTRY_ADDRESS;
    OK(f,
       gaz_store_put_record(&f->ctx, f->store, source, &record, &row, &is_new));
    OK(f,
       gaz_store_put_address(&f->ctx, f->store, address, "t", key, row, &id));
    return id;
}

/* One door in so many words, under one road. */
static void put_doors(struct fixture *f, gaz_id *street, gaz_id ids[DOORS])
{
    const struct gaz_place place = road(KEPT, 1);
    *street = put(f, &place, "road");
    for (int i = 0; i < DOORS; i++) {
        const char *text = gaz_arena_printf(&f->ctx.arena, "%d镇新华路1号", i);
        const struct gaz_address address = door(*street, text);
        ids[i] =
            put_door(f, &address, gaz_arena_printf(&f->ctx.arena, "door%d", i));
    }
    OK(f,
       gaz_store_put_issue(&f->ctx, f->store, 0, ids[1],
                           &(struct gaz_issue){.rule = "A01", .message = "x"}));
}

static int64_t join_doors(struct fixture *f, gaz_id kept, gaz_id merged)
{
    struct gaz_address made;
    int64_t decision;
    OK(f, gaz_store_address(&f->ctx, f->store, kept, &made));
    made.position.accuracy_m = 0.25;
    const struct gaz_merge merge = {.kept = kept,
                                    .merged = merged,
                                    .address = &made,
                                    .score = 0.9,
                                    .by = "clerk"};
    OK(f, gaz_store_merge(&f->ctx, f->store, &merge, &decision));
    return decision;
}

static void test_addresses_join(void **state)
{
    struct fixture *f = *state;
    gaz_id street;
    gaz_id ids[DOORS];
    struct gaz_address got;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    put_doors(f, &street, ids);
    const char *before = dump(f);
    const int64_t records = count(f, "record");
    const int64_t from = last_seq(f);
    const int64_t decision = join_doors(f, ids[0], ids[1]);
    OK(f, gaz_store_address(&f->ctx, f->store, ids[1], &got));
    assert_true(got.id == ids[0]);
    assert_near(got.position.accuracy_m, 0.25, 0);
    assert_int_equal(count(f, "record"), records);
    assert_int_equal(
        count(f, "record JOIN address_redirect r ON about = r.kept"), 2);
    assert_int_equal(
        count(f, "issue JOIN address_redirect r ON about = r.kept"), 1);
    assert_int_equal(count(f, "address"), DOORS - 1);
    assert_int_equal(
        fixture_number(
            f, gaz_arena_printf(&f->ctx.arena,
                                "SELECT tab = 'merge_decision' FROM journal"
                                " WHERE seq = %lld",
                                (long long)from + 1)),
        1);
    assert_int_equal(fixture_number(f, "SELECT tab = 'address_redirect' FROM"
                                       " journal ORDER BY seq DESC LIMIT 1"),
                     1);
    OK(f, gaz_store_unmerge(&f->ctx, f->store, decision, "clerk", "错了"));
    assert_string_equal(dump(f), before);
    assert_int_equal(count(f, "pragma_foreign_key_check"), 0);
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

/* Each joins the next; undone in reverse, each dump is met again. */
static void test_address_chains(void **state)
{
    struct fixture *f = *state;
    gaz_id street;
    gaz_id ids[DOORS];
    const char *dumps[DOORS];
    int64_t decisions[DOORS];
    struct gaz_address got;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    put_doors(f, &street, ids);
    for (int i = 0; i + 1 < DOORS; i++) {
        dumps[i] = dump(f);
        decisions[i] = join_doors(f, ids[i + 1], ids[i]);
        OK(f, gaz_store_address(&f->ctx, f->store, ids[0], &got));
        assert_true(got.id == ids[i + 1]);
    }
    for (int i = DOORS - 2; i >= 0; i--) {
        OK(f, gaz_store_unmerge(&f->ctx, f->store, decisions[i], "a", NULL));
        assert_string_equal(dump(f), dumps[i]);
    }
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

/* A later edition writes the door as the merged record did. */
static void test_merged_words_come_again(void **state)
{
    struct fixture *f = *state;
    gaz_id street;
    gaz_id ids[DOORS];
    struct gaz_address kept;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    put_doors(f, &street, ids);
    (void)join_doors(f, ids[0], ids[1]);
    OK(f, gaz_store_address(&f->ctx, f->store, ids[0], &kept));
    const struct gaz_address again = door(street, "1镇新华路1号");
    assert_true(put_door(f, &again, "door1") == ids[0]);
    struct gaz_address got;
    OK(f, gaz_store_address(&f->ctx, f->store, ids[0], &got));
    assert_string_equal(got.text, kept.text);
    assert_near(got.position.accuracy_m, 0.25, 0);

    CASE("its road was merged meanwhile");
    struct gaz_place made = road(KEPT, 1);
    const gaz_id other = put(f, &made, "other road");
    const struct gaz_merge merge = {
        .kept = other, .merged = street, .made = &made, .by = "clerk"};
    const char *before = dump(f);
    int64_t decision;
    OK(f, gaz_store_merge(&f->ctx, f->store, &merge, &decision));
    const struct gaz_address there = door(other, "1镇新华路1号");
    OK(f, gaz_store_commit(&f->ctx, f->store));
    OK(f, gaz_store_begin(&f->ctx, f->store));
    assert_true(put_door(f, &there, "door1b") == ids[0]);
    OK(f, gaz_store_rollback(&f->ctx, f->store));
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_store_unmerge(&f->ctx, f->store, decision, "clerk", NULL));
    assert_string_equal(dump(f), before);

    CASE("under another road it is another");
    const struct gaz_address elsewhere = door(other, "1镇新华路1号");
    assert_false(put_door(f, &elsewhere, "door1") == ids[0]);

    CASE("other words are another");
    const struct gaz_address words = door(street, "1镇新华路2号");
    assert_false(put_door(f, &words, "door1") == ids[0]);
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

static void test_addresses_refused(void **state)
{
    struct fixture *f = *state;
    gaz_id street;
    gaz_id ids[DOORS];
    OK(f, gaz_store_begin(&f->ctx, f->store));
    put_doors(f, &street, ids);
    const struct {
        const char *label;
        gaz_id merged;
        gaz_status want;
        const char *says;
    } CASES[] = {
        {"with itself", ids[0], GAZ_INVALID, "cannot join itself"},
        {"with a place", street, GAZ_NOT_FOUND, "no address"},
        {"with nothing", 12345, GAZ_NOT_FOUND, "no address"},
    };
    const char *before = dump(f);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct gaz_address made = door(street, "x");
        const struct gaz_merge merge = {.kept = ids[0],
                                        .merged = CASES[i].merged,
                                        .address = &made,
                                        .by = "clerk"};
        int64_t decision;
        CASE(CASES[i].label);
        assert_status(gaz_store_merge(&f->ctx, f->store, &merge, &decision),
                      CASES[i].want);
        assert_non_null(strstr(gaz_ctx_failure(&f->ctx), CASES[i].says));
        f->ctx.failure[0] = '\0';
        assert_string_equal(dump(f), before);
    }
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_merge_keeps_all),
        TEST(test_undo_restores),
        TEST(test_chains),
        TEST(test_undo_out_of_order),
        TEST(test_refused),
        TEST(test_addresses_join),
        TEST(test_address_chains),
        TEST(test_merged_words_come_again),
        TEST(test_addresses_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
