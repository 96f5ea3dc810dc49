/* Test plan: which edition of a delivery is taken: the newest, the one that has
 * not ended, the one in force on the day, of markers the one of the lines; what
 * says none stays; what was left aside is told; how the columns are found and
 * read. */
#include "tests/unit/test.h"

#include <string.h>

#include "importers/edition.h"

enum { ITEMS_MAX = 4 };
static const gaz_date DAY = 20260601;

struct items {
    struct imp_edition items[ITEMS_MAX];
    size_t count;
};

static void test_choice(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct items lines;
        struct items markers;
        const char *taken; /* what remains of the lines, then of the markers */
        const char *told;  /* in the English words; NULL: nothing */
    } CASES[] = {
        {"one", {{{.name = "1"}}, 1}, {{{.name = "1"}}, 1}, "1 1", NULL},
        {"none told",
         {{{.name = ""}, {.name = NULL}}, 2},
         {{{0}}, 0},
         "- - ",
         NULL},
        {"the newest",
         {{{.name = "1"}, {.name = "2"}}, 2},
         {{{.name = "2"}, {.name = "1"}}, 2},
         "2 2",
         "taken is edition 2; left aside are editions 1 (1 lines or areas, 1 "
         "markers)"},
        {"ended",
         {{{.name = "1"}, {.name = "2", .has_ended = true}}, 2},
         {{{.name = "2"}, {.name = "1"}}, 2},
         "1 1",
         "taken is edition 1"},
        {"not yet in force",
         {{{.name = "2", .from = 20270101}, {.name = "1", .from = 20000101}},
          2},
         {{{0}}, 0},
         "1 ",
         "left aside are editions 2 ("},
        {"out of force",
         {{{.name = "2", .to = 20260601}, {.name = "1"}}, 2},
         {{{0}}, 0},
         "1 ",
         "left aside are editions 2 ("},
        {"all ended: the newest of them",
         {{{.name = "1", .has_ended = true}, {.name = "2", .has_ended = true}},
          2},
         {{{0}}, 0},
         "2 ",
         "left aside are editions 1 ("},
        {"markers alone",
         {{{0}}, 0},
         {{{.name = "1"}, {.name = "11"}, {.name = "2"}, {.name = ""}}, 4},
         "2-",
         "left aside are editions 1, 11 (0 lines or areas, 2 markers)"},
        {"markers of no edition of the lines",
         {{{.name = "3"}}, 1},
         {{{.name = "1"}, {.name = "2"}}, 2},
         "3 2",
         "(0 lines or areas, 1 markers)"},
    };
    struct gaz_ctx ctx = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct imp_delivery_shape shapes[ITEMS_MAX] = {{0}};
        struct imp_register_row rows[ITEMS_MAX];
        memset(rows, 0, sizeof(rows));
        struct imp_delivery delivery = {.shapes = shapes,
                                        .shape_count = CASES[i].lines.count,
                                        .rows = rows,
                                        .row_count = CASES[i].markers.count};
        for (size_t k = 0; k < ITEMS_MAX; k++) {
            shapes[k].edition = CASES[i].lines.items[k];
            rows[k].edition = CASES[i].markers.items[k];
        }
        const struct imp_edition_left left =
            imp_edition_choose(&ctx, DAY, &delivery);
        struct gaz_arena *arena = &ctx.arena;
        const char *taken = "";
        for (size_t k = 0; k < delivery.shape_count; k++) {
            const char *name = shapes[k].edition.name;
            taken = gaz_arena_printf(arena, "%s%s ", taken,
                                     name && name[0] ? name : "-");
        }
        for (size_t k = 0; k < delivery.row_count; k++) {
            const char *name = rows[k].edition.name;
            taken = gaz_arena_printf(arena, "%s%s", taken,
                                     name && name[0] ? name : "-");
        }
        assert_string_equal(taken, CASES[i].taken);
        assert_int_equal(left.en != NULL, CASES[i].told != NULL);
        assert_int_equal(left.zh != NULL, CASES[i].told != NULL);
        if (CASES[i].told)
            assert_non_null(strstr(left.en, CASES[i].told));
    }
    gaz_ctx_close(&ctx);
}

static void test_columns(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"协议日期", "code", "Edition",
                                        "valid_from", "状态"};
    static const char *const VALUES[] = {"2000-01-01", "x", "合成2",
                                         "2003/05/01", "废止"};
    const struct imp_reader reader = {.columns = NAMES,
                                      .column_count = COUNT(NAMES)};
    const struct imp_row row = {.values = VALUES, .count = COUNT(VALUES)};
    int columns[IMP_EDITION_COLUMNS];
    imp_edition_columns(&reader, columns);
    const struct imp_edition got = imp_edition_of(&row, columns);
    assert_string_equal(got.name, "合成2");
    assert_true(got.has_ended);
    assert_int_equal(got.from, 20030501); /* before the day of the agreement */
    assert_int_equal(got.to, GAZ_DATE_OPEN);
    const struct imp_reader bare = {.columns = NAMES + 1, .column_count = 1};
    imp_edition_columns(&bare, columns);
    assert_string_equal(imp_edition_of(&row, columns).name, "");
    assert_false(imp_edition_of(&row, columns).has_ended);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_columns),
    };
    return cmocka_run_group_tests_name("edition", tests, NULL, NULL);
}
