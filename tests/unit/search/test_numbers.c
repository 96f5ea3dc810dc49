/* Test plan:
 *  - numbers read and compared: annexes, ranges, numerals, what is none
 *  - tails compared part by part: units written otherwise, another room
 *  - on a road with a line: between numbers along the bend, on the right side;
 *    without a line straight; the nearest with its distance; a range's member
 *    with the right parity; an annex to its number; a room's entrance
 *  - by the road's record: the other side of the known numbers, from the end
 *    where counting begins, known numbers that contradict it
 *  - interpolated positions lie beside the line for all values (property)
 *  - texts: a crossing, a corner, a distance in a direction, what is not known
 *  - crossings: crossing lines, a gap, lines that do not meet, no lines
 */
#include "tests/unit/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/index/builder.h"
#include "gazetteer/search/along.h"
#include "gazetteer/search/number.h"
#include "gazetteer/search/plates.h"
#include "gazetteer/search/search.h"

enum { BENT = 1, CROSSING, FAR, PLAIN, ESTATE, RULED, AGAINST };

static struct gaz_ctx ctx;
static struct gaz_snapshot *snap;

/* A road that turns: east for 0.01 degrees, then north. */
static const struct gaz_coord BEND[] = {
    {121.00, 30.70}, {121.01, 30.70}, {121.01, 30.71}};
static const struct gaz_coord NORTH[] = {{121.005, 30.69}, {121.005, 30.72}};
static const struct gaz_coord WEST[] = {{121.40, 30.70}, {121.41, 30.70}};
static const struct gaz_coord AWAY[] = {{121.20, 30.69}, {121.20, 30.72}};

static const struct {
    gaz_id parent;
    const char *number;
    int32_t value;
    const char *tail;
    struct gaz_coord at;
} ADDRESSES[] = {
    /* even numbers on the left, 20 m off the axis; odd ones on the right */
    {BENT, "2号", 2, "", {121.000, 30.70018}},
    {BENT, "42号", 42, "", {121.00981, 30.7098}},
    {BENT, "1号", 1, "", {121.000, 30.69982}},
    {BENT, "101-109号", 101, "", {121.0102, 30.708}},
    {PLAIN, "10号", 10, "", {121.1, 30.7}},
    {PLAIN, "20号", 20, "", {121.1, 30.701}},
    {PLAIN, "3号", 3, "", {121.1001, 30.7}},
    {RULED, "10号", 10, "", {121.408, 30.69982}},
    {RULED, "30号", 30, "", {121.404, 30.69982}},
    {AGAINST, "10号", 10, "", {121.2002, 30.70}},
    {AGAINST, "30号", 30, "", {121.2002, 30.71}},
    {ESTATE, "", 0, "3幢1单元101室", {121.3, 30.7}},
    {ESTATE, "", 0, "3幢2单元501室", {121.3001, 30.7}},
    {ESTATE, "", 0, "4幢2单元501室", {121.3002, 30.7}},
};

static void add_place(struct gaz_builder *builder, gaz_id id, const char *text,
                      const char *rule)
{
    struct gaz_name name = {.text = text, .roman = "x", .source = 1};
    struct gaz_place place = {.id = id,
                              .category = GAZ_CATEGORY_ROAD,
                              .names = &name,
                              .name_count = 1};
    gaz_numbering_rule(rule, &place.numbering);
    gaz_builder_place(builder, &place);
}

static void add_line(struct gaz_builder *builder, const char *name,
                     const struct gaz_coord *points, size_t count)
{
    struct gaz_line line = {.name = name,
                            .code = "",
                            .kind = GAZ_LINE_ROAD,
                            .points = points,
                            .point_count = count,
                            .source = 1};
    gaz_builder_line(builder, &line);
}

static void fill(struct gaz_builder *builder)
{
    struct gaz_source source = {.id = 1, .key = "made-up"};
    gaz_builder_source(builder, &source);
    add_place(builder, BENT, "弯路", "");
    add_place(builder, CROSSING, "横路", "");
    add_place(builder, FAR, "远路", "");
    add_place(builder, PLAIN, "无线路", "");
    add_place(builder, ESTATE, "某苑", "");
    add_place(builder, RULED, "直路", "自东向西，北单南双");
    add_place(builder, AGAINST, "远路", "自南向北，左双右单");
    add_line(builder, "直路", WEST, COUNT(WEST));
    add_line(builder, "弯路", BEND, COUNT(BEND));
    add_line(builder, "横路", NORTH, COUNT(NORTH));
    add_line(builder, "远路", AWAY, COUNT(AWAY));
    for (size_t i = 0; i < COUNT(ADDRESSES); i++) {
        struct gaz_address address = {
            .id = 100 + i,
            .text = ADDRESSES[i].number,
            .parent = ADDRESSES[i].parent,
            .number = ADDRESSES[i].number,
            .number_value = ADDRESSES[i].value,
            .tail = ADDRESSES[i].tail,
            .position = {ADDRESSES[i].at, GAZ_METHOD_GAZETTEER, 5, 1},
            .source = 1};
        gaz_builder_address(builder, &address);
    }
}

static int open_all(void **state)
{
    (void)state;
    char path[] = "/tmp/diming-numbers-XXXXXX";
    int file = mkstemp(path);
    struct gaz_builder *builder = gaz_builder_new();
    struct gaz_build_stats stats;
    fill(builder);
    gaz_status status = gaz_builder_write(&ctx, builder, path, &stats);
    gaz_builder_free(builder);
    if (status == GAZ_OK)
        status = gaz_snapshot_open(&ctx, path, &snap);
    (void)close(file);
    (void)unlink(path);
    if (status != GAZ_OK)
        print_error("%s\n", gaz_ctx_failure(&ctx));
    return status == GAZ_OK ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    gaz_snapshot_close(snap);
    gaz_ctx_close(&ctx);
    return 0;
}

static void reads(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_one;
        struct gaz_plate_number want;
    } CASES[] = {
        {"158号", true, {158, 0, 0}},
        {"158", true, {158, 0, 0}},
        {"第158号", true, {158, 0, 0}},
        {"十二号", true, {12, 0, 0}},
        {"3号-2", true, {3, 0, 2}},
        {"3号附2", true, {3, 0, 2}},
        {"3号附2号", true, {3, 0, 2}},
        {"3之二号", true, {3, 0, 2}},
        {"3-2号", true, {3, 0, 2}},
        {"101-103号", true, {101, 103, 0}},
        {"101号至103号", true, {101, 103, 0}},
        {"B5号", false, {0, 0, 0}},
        {"", false, {0, 0, 0}},
        {"5支弄", false, {0, 0, 0}},
        {"0号", false, {0, 0, 0}},
        {"9999999号", false, {0, 0, 0}},
        {"3-", false, {0, 0, 0}},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        struct gaz_plate_number got;
        assert_int_equal(
            gaz_plates_read(CASES[i].text, strlen(CASES[i].text), &got),
            CASES[i].is_one);
        if (!CASES[i].is_one)
            continue;
        assert_int_equal(got.value, CASES[i].want.value);
        assert_int_equal(got.upper, CASES[i].want.upper);
        assert_int_equal(got.annex, CASES[i].want.annex);
    }
}

static void compares(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        const char *asked;
        gaz_plates_relation want;
    } CASES[] = {
        {"3号", "3号", GAZ_PLATES_SAME},
        {"3号", "三号", GAZ_PLATES_SAME},
        {"3号-2", "3号附2", GAZ_PLATES_SAME},
        {"3-2号", "3之2号", GAZ_PLATES_SAME},
        {"3号", "3号-2", GAZ_PLATES_PARENT},
        {"3号-1", "3号-2", GAZ_PLATES_OTHER},
        {"3号-2", "3号", GAZ_PLATES_OTHER},
        {"101-103号", "103号", GAZ_PLATES_MEMBER},
        {"101-103号", "102号", GAZ_PLATES_OTHER},
        {"101-104号", "102号", GAZ_PLATES_MEMBER},
        {"101号", "101-103号", GAZ_PLATES_MEMBER},
        {"101-103号", "105号", GAZ_PLATES_OTHER},
        {"B5号", "B5号", GAZ_PLATES_SAME},
        {"B5号", "B6号", GAZ_PLATES_OTHER},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].asked);
        assert_int_equal(gaz_plates_compare(CASES[i].row, CASES[i].asked,
                                            strlen(CASES[i].asked)),
                         CASES[i].want);
    }
}

static void compares_tails(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        const char *asked;
        int alike;
        int row_parts;
        int asked_parts;
    } CASES[] = {
        {"3幢2单元501室", "3幢2单元501室", 3, 3, 3},
        {"3幢2单元501室", "3栋二单元501房", 3, 3, 3},
        {"3幢2单元501室", "3-2-501", 3, 3, 3},
        {"3幢2单元501室", "3幢2单元502室", 2, 3, 3},
        {"3幢2单元501室", "4幢2单元501室", 0, 3, 3},
        {"3幢2单元501室", "3幢", 1, 3, 1},
        {"A座12楼", "A座", 1, 2, 1},
        {"", "501室", 0, 0, 1},
        {"501室", "", 0, 1, 0},
        {"东厢", "西厢", 0, 1, 1},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].asked);
        struct gaz_tails got = gaz_plates_tails(CASES[i].row, CASES[i].asked,
                                                strlen(CASES[i].asked));
        assert_int_equal(got.alike, CASES[i].alike);
        assert_int_equal(got.row_parts, CASES[i].row_parts);
        assert_int_equal(got.asked_parts, CASES[i].asked_parts);
    }
}

static struct gaz_number_match find(gaz_id road, const char *number,
                                    const char *tail)
{
    struct gaz_plate plate = {.number = number,
                              .number_size = (int)strlen(number),
                              .value = gaz_number_value(number, strlen(number)),
                              .tail = tail,
                              .tail_size = tail ? (int)strlen(tail) : 0};
    struct gaz_number_match match;
    gaz_number_find(snap, gaz_snapshot_place(snap, road), &plate, &match);
    return match;
}

static void finds_in_ranges(void **state)
{
    (void)state;
    struct gaz_number_match got = find(BENT, "105号", NULL);
    assert_int_equal(got.found, GAZ_NUMBER_MEMBER);
    assert_int_not_equal(got.address, GAZ_NONE);
    assert_int_not_equal(find(BENT, "104号", NULL).found, GAZ_NUMBER_MEMBER);
    got = find(BENT, "2号附1", NULL);
    assert_int_equal(got.found, GAZ_NUMBER_ANNEX);
}

static void finds_nearest(void **state)
{
    (void)state;
    struct gaz_number_match got = find(PLAIN, "22号", NULL);
    assert_int_equal(got.found, GAZ_NUMBER_NONE);
    assert_near(got.nearest_m, 22.2, 0.5); /* 111 m for ten numbers */
    assert_near(got.position.accuracy_m, got.nearest_m + 5, 1e-6);
    assert_near(find(PLAIN, "2号", NULL).nearest_m, 89, 1);
    assert_true(find(PLAIN, "8号", NULL).any_side); /* between 3 and 10 */
    assert_near(find(PLAIN, "900号", NULL).nearest_m, -1, 0);
    /* one number of its parity says nothing of distances */
    assert_near(find(PLAIN, "1号", NULL).nearest_m, -1, 0);
}

static void finds_rooms(void **state)
{
    (void)state;
    struct gaz_number_match got = find(ESTATE, "3幢", "2单元501室");
    assert_int_equal(got.found, GAZ_NUMBER_EXACT);
    got = find(ESTATE, "3幢", "2单元601室");
    assert_int_equal(got.found, GAZ_NUMBER_ENTRANCE);
    assert_int_equal(got.tail_alike, 2);
    assert_string_equal(
        gaz_snapshot_text(snap, snap->addresses[got.address].tail),
        "3幢2单元501室");
    assert_int_equal(got.tail_size, strlen("3幢2单元"));
    assert_int_equal(find(ESTATE, "9幢", "101室").found, GAZ_NUMBER_NONE);
}

/* Every even number between both lies beside the bend, on its left. */
static void goes_along(void **state)
{
    (void)state;
    double last = -1;
    for (int value = 4; value < 42; value += 2) {
        char number[16];
        (void)snprintf(number, sizeof(number), "%d号", value);
        struct gaz_number_match got = find(BENT, number, NULL);
        assert_int_equal(got.found, GAZ_NUMBER_INTERPOLATED);
        assert_true(got.along);
        assert_false(got.any_side);
        struct gaz_coord at = got.position.coord;
        bool is_east = at.lat < 30.7003; /* before the bend */
        if (is_east)
            assert_near(at.lat, 30.70018, 2e-5);
        else
            assert_near(at.lon, 121.00980, 3e-5);
        double done = at.lon + at.lat;
        assert_true(done > last);
        last = done;
        assert_true(got.position.accuracy_m > 900); /* half of 2 km */
    }
    struct gaz_number_match straight = find(PLAIN, "14号", NULL);
    assert_false(straight.along);
    assert_near(straight.position.coord.lat, 30.7004, 1e-7);
}

/* What the road's record says counts more than what can be inferred. */
static void keeps_the_rule(void **state)
{
    (void)state;
    /* odd numbers on the north: no odd number is known there */
    struct gaz_number_match got = find(RULED, "21号", NULL);
    assert_int_equal(got.found, GAZ_NUMBER_INTERPOLATED);
    assert_true(got.any_side && got.by_rule && !got.at_odds);
    assert_near(got.position.coord.lon, 121.4058, 1e-6);
    assert_near(got.position.coord.lat, 30.70018, 1e-6);
    got = find(RULED, "20号", NULL);
    assert_true(got.by_rule && !got.at_odds);
    assert_near(got.position.coord.lat, 30.69982, 1e-6);
    /* counting begins at the eastern end, where no number is known */
    got = find(RULED, "4号", NULL);
    assert_true(got.from_start && got.by_rule);
    assert_near(got.position.coord.lon, 121.41 - 0.4 * 0.002, 1e-6);
    assert_near(got.position.coord.lat, 30.69982, 1e-6);
    /* but the last is not known */
    assert_int_equal(find(RULED, "40号", NULL).found, GAZ_NUMBER_NONE);
    /* even numbers are said to be on the left, and stand on the right */
    got = find(AGAINST, "20号", NULL);
    assert_true(got.at_odds && !got.by_rule);
    assert_near(got.position.coord.lon, 121.2002, 1e-6);
}

static void crosses(void **state)
{
    (void)state;
    struct gaz_coord at;
    double gap_m;
    uint32_t bent = gaz_snapshot_place(snap, BENT);
    assert_true(gaz_along_crossing(
        snap, bent, gaz_snapshot_place(snap, CROSSING), &at, &gap_m));
    assert_near(at.lon, 121.005, 1e-7);
    assert_near(at.lat, 30.70, 1e-7);
    assert_near(gap_m, 0, 0);
    assert_false(gaz_along_crossing(snap, bent, gaz_snapshot_place(snap, FAR),
                                    &at, &gap_m));
    assert_false(gaz_along_crossing(snap, bent, gaz_snapshot_place(snap, PLAIN),
                                    &at, &gap_m));
}

/* Told by other places: the text is the base and what is applied to it. */
static void tells_by_others(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *reason; /* the last; NULL: no offset in the text */
        double lon;
        double lat;
    } CASES[] = {
        {"弯路与横路交叉口", "crossing", 121.005, 30.70},
        {"弯路、横路路口", "crossing", 121.005, 30.70},
        {"弯路与横路交叉口北111米", "offset", 121.005, 30.701},
        {"弯路与横路交叉口往北约111米处", "offset", 121.005, 30.701},
        {"弯路与横路交汇处东南角", "offset", 121.0051, 30.6999},
        {"弯路与远路交叉口", "crossing_unknown", 0, 0},
        {"弯路与远路交叉口东50米", "offset_unknown", 0, 0},
        {"弯路2号北111米", "offset", 121.0, 30.70118},
        {"弯路2号", NULL, 121.0, 30.70018},
    };
    struct gaz_searcher *searcher = NULL;
    assert_status(gaz_searcher_open(&ctx, &searcher), GAZ_OK);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        struct gaz_query query = {.text = CASES[i].text, .limit = 3};
        struct gaz_answers answers;
        assert_status_of(
            &ctx, gaz_geocode(&ctx, searcher, snap, &query, &answers), GAZ_OK);
        assert_true(answers.count > 0);
        const struct gaz_answer *first = &answers.items[0];
        assert_int_equal(snap->places[first->place].id, BENT);
        if (CASES[i].reason)
            assert_string_equal(first->reasons[first->reason_count - 1].code,
                                CASES[i].reason);
        if (CASES[i].lon > 0) {
            assert_near(first->position.coord.lon, CASES[i].lon, 2e-5);
            assert_near(first->position.coord.lat, CASES[i].lat, 2e-5);
            assert_true(first->position.accuracy_m > 0);
        }
        assert_string_equal(answers.standardised, CASES[i].text);
    }
    gaz_searcher_close(searcher);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),          cmocka_unit_test(compares),
        cmocka_unit_test(compares_tails), cmocka_unit_test(finds_in_ranges),
        cmocka_unit_test(finds_nearest),  cmocka_unit_test(finds_rooms),
        cmocka_unit_test(goes_along),     cmocka_unit_test(keeps_the_rule),
        cmocka_unit_test(crosses),        cmocka_unit_test(tells_by_others),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
