/* Test plan: who is a twin and who never is, by labelled pairs, asked both
 * ways; the code is a better reason than the name. Merging: rows of one code
 * make one place led by its standard name, a position does not revive what was
 * abolished, the better position and what is missing are taken; the limit.
 * Properties over random places: merging again changes nothing, the set of
 * names does not depend on the order, no name and no value is lost. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/quality/dedupe.h"

static struct gaz_ctx ctx;

static int teardown(void **state)
{
    (void)state;
    gaz_ctx_close(&ctx);
    return 0;
}

enum { CV = GAZ_CATEGORY_VILLAGE, CC = GAZ_CATEGORY_COMMUNITY };

struct side {
    const char *name;
    const char *code;
    const char *parent;
    int category;
    gaz_date from;
    gaz_date to;
};

static struct gaz_place place_of(const struct side *side, struct gaz_name *name)
{
    *name = (struct gaz_name){.text = side->name};
    return (struct gaz_place){
        .names = name,
        .name_count = 1,
        .code = side->code,
        .parent_code = side->parent,
        .category = side->category,
        .level = GAZ_LEVEL_VILLAGE,
        .valid_from = side->from,
        .valid_to = side->to,
    };
}

static void test_twins(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct side a;
        struct side b;
        bool twins;
    } CASES[] = {
        {"renamed under one code",
         {"建中村", "330482108217", "330482108", CV, 0, 0},
         {"衙前村", "330482108217", "330482108", CV, 0, 0},
         true},
        {"one code, written long",
         {"甲村", "330482108217", NULL, CV, 0, 0},
         {"甲村", "330482108217", NULL, CV, 0, 0},
         true},
        {"a code given anew",
         {"甲村", "330482108217", NULL, CV, 0, 19580000},
         {"乙村", "330482108217", NULL, CV, 20000000, 0},
         false},
        {"a code whose body came back",
         {"甲村", "330482108217", NULL, CV, 0, 19580000},
         {"甲村", "330482108217", NULL, CV, 20000000, 0},
         true},
        {"山塘 on both sides of the line",
         {"山塘村", "330482106209", NULL, CV, 0, 0},
         {"山塘村", "310116107211", NULL, CV, 0, 0},
         false},
        {"山塘, the one side by its parent only",
         {"山塘村", NULL, "330482106", CV, 0, 0},
         {"山塘村", "310116107211", "310116107", CV, 0, 0},
         false},
        {"村 and 社区",
         {"曹桥", NULL, "330482003", CV, 0, 0},
         {"曹桥", NULL, "330482003", CC, 0, 0},
         false},
        {"two codes at one time",
         {"甲村", "330482108217", "330482108", CV, 0, 0},
         {"甲村", "330482108218", "330482108", CV, 0, 0},
         false},
        {"name, parent, class",
         {"甲村", NULL, "330482108", CV, 0, 0},
         {"甲村", "330482108217", "330482108", CV, 0, 0},
         true},
        {"another parent",
         {"甲村", NULL, "330482107", CV, 0, 0},
         {"甲村", NULL, "330482108", CV, 0, 0},
         false},
        {"no parent at all",
         {"甲村", NULL, NULL, CV, 0, 0},
         {"甲村", NULL, NULL, CV, 0, 0},
         false},
        {"another name",
         {"甲村", NULL, "330482108", CV, 0, 0},
         {"乙村", NULL, "330482108", CV, 0, 0},
         false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_name names[2];
        struct gaz_place a = place_of(&CASES[i].a, &names[0]);
        struct gaz_place b = place_of(&CASES[i].b, &names[1]);
        assert_int_equal(gaz_dedupe_find_twin(&a, &b, 1) != NULL,
                         CASES[i].twins);
        assert_int_equal(gaz_dedupe_find_twin(&b, &a, 1) != NULL,
                         CASES[i].twins);
        a.is_synthetic = true; /* what is made up joins nothing real */
        assert_null(gaz_dedupe_find_twin(&a, &b, 1));
    }
    struct gaz_name name;
    struct gaz_place one = place_of(&CASES[0].a, &name);
    assert_null(gaz_dedupe_find_twin(&one, NULL, 0));
}

static void test_code_goes_before_name(void **state)
{
    (void)state;
    struct gaz_name names[3];
    const struct side asked = {"甲村", "330482108217", "330482108", CV, 0, 0};
    const struct side named = {"甲村", NULL, "330482108", CV, 0, 0};
    const struct side coded = {"乙村", "330482108217", NULL, CV, 0, 0};
    struct gaz_place place = place_of(&asked, &names[0]);
    struct gaz_place near[2] = {place_of(&named, &names[1]),
                                place_of(&coded, &names[2])};
    assert_ptr_equal(gaz_dedupe_find_twin(&place, near, 2), &near[1]);
    assert_ptr_equal(gaz_dedupe_find_twin(&place, near, 1), &near[0]);
}

static void test_sites_without_a_division(void **state)
{
    (void)state;
    const struct gaz_name name = {.text = "关帝庙"};
    struct gaz_place a = {.names = &name, .name_count = 1, .category = 25100};
    struct gaz_place b = a;
    assert_null(gaz_dedupe_find_twin(&a, &b, 1));
    a.address = "甲街1号";
    b.address = "甲街1号";
    assert_non_null(gaz_dedupe_find_twin(&a, &b, 1));
    b.address = "乙街1号";
    assert_null(gaz_dedupe_find_twin(&a, &b, 1));
    b.address = NULL;
    a.position = (struct gaz_position){{121, 30}, 1, 5, 0};
    b.position = (struct gaz_position){{121.001, 30}, 1, 5, 0};
    assert_non_null(gaz_dedupe_find_twin(&a, &b, 1));
    b.position.coord.lon = 121.1;
    assert_null(gaz_dedupe_find_twin(&a, &b, 1));
}

/* divisions.csv has one row for each (code, span of a name). */
static void test_rows_of_one_code(void **state)
{
    (void)state;
    const struct gaz_name former = {.text = "建中村",
                                    .kind = GAZ_NAME_FORMER,
                                    .valid_to = 20170000,
                                    .basis = GAZ_BASIS_EDITION};
    const struct gaz_name standard = {.text = "衙前村",
                                      .roman = "Yáqiáncūn",
                                      .valid_from = 20170000,
                                      .basis = GAZ_BASIS_EDITION};
    const struct gaz_place old = {
        .id = 7, .code = "330482108217", .names = &former, .name_count = 1};
    const struct gaz_place now = {
        .code = "330482108217", .names = &standard, .name_count = 1};
    for (int turn = 0; turn < 2; turn++) {
        CASE(turn ? "standard first" : "former first");
        struct gaz_place got;
        bool changed;
        assert_status(gaz_dedupe_merge(&ctx, turn ? &now : &old,
                                       turn ? &old : &now, &got, &changed),
                      GAZ_OK);
        assert_true(changed);
        assert_true(got.id == (turn ? 0 : 7));
        assert_int_equal(got.name_count, 2);
        assert_string_equal(got.names[0].text, "衙前村");
        assert_int_equal(got.names[0].valid_from, 20170000);
        assert_string_equal(got.names[1].text, "建中村");
        assert_int_equal(got.names[1].valid_to, 20170000);
        assert_int_equal(got.status, GAZ_STATUS_CURRENT);
    }
}

static void test_position_does_not_revive(void **state)
{
    (void)state;
    const struct gaz_name name = {.text = "黄姑镇"};
    const struct gaz_place twin = {.code = "330482104",
                                   .names = &name,
                                   .name_count = 1,
                                   .status = GAZ_STATUS_HISTORICAL,
                                   .valid_to = 20090000,
                                   .basis = GAZ_BASIS_DOCUMENT};
    const struct gaz_place point = {
        .code = "330482104",
        .position = {{121.1, 30.7}, GAZ_METHOD_GAZETTEER, 3000, 4}};
    struct gaz_place got;
    bool changed;
    assert_status(gaz_dedupe_merge(&ctx, &twin, &point, &got, &changed),
                  GAZ_OK);
    assert_true(changed);
    assert_int_equal(got.status, GAZ_STATUS_HISTORICAL);
    assert_int_equal(got.valid_to, 20090000);
    assert_int_equal(got.position.method, GAZ_METHOD_GAZETTEER);
    /* a worse one is not taken, a better one is */
    struct gaz_place other = point;
    other.position.accuracy_m = 5000;
    assert_status(gaz_dedupe_merge(&ctx, &got, &other, &got, &changed), GAZ_OK);
    assert_false(changed);
    other.position.accuracy_m = 0; /* not known */
    assert_status(gaz_dedupe_merge(&ctx, &got, &other, &got, &changed), GAZ_OK);
    assert_false(changed);
    other.position.accuracy_m = 10;
    assert_status(gaz_dedupe_merge(&ctx, &got, &other, &got, &changed), GAZ_OK);
    assert_true(changed);
}

static void test_too_many_names(void **state)
{
    (void)state;
    struct gaz_name names[2][40];
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < 40; i++)
            names[side][i] = (struct gaz_name){
                .text = gaz_arena_printf(&ctx.arena, "%d-%d", side, i)};
    const struct gaz_place a = {.names = names[0], .name_count = 40};
    const struct gaz_place b = {.names = names[1], .name_count = 40};
    struct gaz_place got = {.id = 3};
    bool changed = true;
    assert_status(gaz_dedupe_merge(&ctx, &a, &b, &got, &changed), GAZ_LIMIT);
    assert_true(got.id == 3);
}

/* ---- properties ---- */

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static int below(uint64_t *seed, int limit)
{
    return (int)(next_random(seed) % (uint64_t)limit);
}

static const char *pick(uint64_t *seed, const char *const *from, int count)
{
    return from[below(seed, count)];
}

static gaz_date random_date(uint64_t *seed)
{
    return below(seed, 3) ? 20000000 + 10000 * below(seed, 20) : 0;
}

static struct gaz_place random_place(uint64_t *seed)
{
    static const char *const TEXTS[] = {"甲村", "乙村", "丙村", "丁村"};
    static const char *const MAYBE[] = {NULL, "", "一", "二"};
    int count = 1 + below(seed, 4);
    int first = below(seed, 4); /* no text twice: a row has each once */
    struct gaz_name *names =
        gaz_arena_array(&ctx.arena, (size_t)count, sizeof(*names));
    for (int i = 0; i < count; i++) {
        names[i] = (struct gaz_name){
            .text = TEXTS[(i + first) % 4],
            .roman = pick(seed, MAYBE, 4),
            .kind =
                (gaz_name_kind)(i == 0 ? below(seed, 2) * 3 : below(seed, 6)),
            .basis = (gaz_basis)below(seed, 3)};
        if (names[i].basis == GAZ_BASIS_NONE)
            continue;
        names[i].valid_from = random_date(seed);
        names[i].valid_to = random_date(seed);
    }
    return (struct gaz_place){
        .names = names,
        .name_count = count,
        .code = pick(seed, MAYBE, 4),
        .category = 21610 * below(seed, 2),
        .status = (gaz_place_status)below(seed, 3),
        .position = {{121, 30}, (gaz_method)below(seed, 3), below(seed, 3), 0},
        .address = pick(seed, MAYBE, 4),
        .meaning = pick(seed, MAYBE, 4),
        .history = pick(seed, MAYBE, 4)};
}

static const struct gaz_name *find_name(const struct gaz_place *place,
                                        const struct gaz_name *name)
{
    for (int i = 0; i < place->name_count; i++)
        if (place->names[i].kind == name->kind &&
            strcmp(place->names[i].text, name->text) == 0)
            return &place->names[i];
    return NULL;
}

/* Every name of `part` is in `whole`, and valid whenever it was. */
static void assert_keeps(const struct gaz_place *whole,
                         const struct gaz_place *part)
{
    for (int i = 0; i < part->name_count; i++) {
        const struct gaz_name *name = &part->names[i];
        const struct gaz_name *kept = find_name(whole, name);
        assert_non_null(kept);
        if (name->basis == GAZ_BASIS_NONE)
            continue;
        assert_true(kept->valid_from <= name->valid_from);
        assert_true(kept->valid_to == 0 ||
                    (name->valid_to != 0 && kept->valid_to >= name->valid_to));
    }
    assert_true(!part->address || !*part->address || *whole->address);
    assert_true(!part->meaning || !*part->meaning || *whole->meaning);
    assert_true(!part->history || !*part->history || *whole->history);
    assert_true(!part->code || !*part->code || *whole->code);
}

static void test_properties(void **state)
{
    (void)state;
    const char *given = getenv("GAZ_TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : 20240501;
    print_message("           seed: %llu\n", (unsigned long long)seed);
    for (int round = 0; round < 5000; round++) {
        gaz_arena_reset(&ctx.arena);
        struct gaz_place a = random_place(&seed);
        struct gaz_place b = random_place(&seed);
        struct gaz_place ab;
        struct gaz_place ba;
        struct gaz_place again;
        bool changed;
        assert_status(gaz_dedupe_merge(&ctx, &a, &b, &ab, &changed), GAZ_OK);
        assert_status(gaz_dedupe_merge(&ctx, &b, &a, &ba, &changed), GAZ_OK);
        assert_keeps(&ab, &a);
        assert_keeps(&ab, &b);
        assert_int_equal(ab.name_count, ba.name_count);
        for (int i = 0; i < ab.name_count; i++) {
            const struct gaz_name *other = find_name(&ba, &ab.names[i]);
            assert_non_null(other);
            assert_int_equal(other->valid_from, ab.names[i].valid_from);
            assert_int_equal(other->valid_to, ab.names[i].valid_to);
            assert_int_equal(other->basis, ab.names[i].basis);
        }
        assert_int_equal(ab.names[0].kind == GAZ_NAME_STANDARD,
                         ba.names[0].kind == GAZ_NAME_STANDARD);
        assert_int_equal(ab.status, ba.status);
        /* said again, by either side: nothing new */
        assert_status(gaz_dedupe_merge(&ctx, &ab, &b, &again, &changed),
                      GAZ_OK);
        assert_false(changed);
        assert_status(gaz_dedupe_merge(&ctx, &ab, &a, &again, &changed),
                      GAZ_OK);
        assert_false(changed);
        assert_status(gaz_dedupe_merge(&ctx, &ab, &ab, &again, &changed),
                      GAZ_OK);
        assert_false(changed);
    }
}

int main(void)
{
#define CASE_OF(test) cmocka_unit_test_teardown(test, teardown)
    const struct CMUnitTest tests[] = {
        CASE_OF(test_twins),
        CASE_OF(test_code_goes_before_name),
        CASE_OF(test_sites_without_a_division),
        CASE_OF(test_rows_of_one_code),
        CASE_OF(test_position_does_not_revive),
        CASE_OF(test_too_many_names),
        CASE_OF(test_properties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
