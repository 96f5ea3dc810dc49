/* Test plan: what is one place or address and what is two, pair by pair, with
 * the reason; a slip of a road is told by whether a third is as like; judging
 * is symmetric; what blocking brings together it brings
 * together for one record too, and it is all that has a name, a sound or a
 * neighbour in common; a cluster has a middle and holds no two that contradict
 * each other, a chain is cut and said; the weights' file: what is missing,
 * twice, unknown. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/twins/twins.h"
#include "tests/unit/audit/world.h"

static struct gaz_ctx ctx;
static struct gaz_scale scale;

static int setup(void **state)
{
    (void)state;
    assert_status_of(&ctx, gaz_scale_default(&ctx, &scale), GAZ_OK);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    gaz_ctx_close(&ctx);
    ctx.failure[0] = '\0';
    return 0;
}

static struct gaz_twin_finder *open_finder(const struct gaz_corpus *corpus,
                                           gaz_twins_kind kind)
{
    struct gaz_twin_finder *finder;
    assert_status_of(&ctx, gaz_twins_open(&ctx, corpus, &scale, kind, &finder),
                     GAZ_OK);
    return finder;
}

/* The world with these records, the first at index *first. */
static struct gaz_corpus *world_of(const char *const *lines, int count,
                                   int *first)
{
    struct gaz_corpus *corpus;
    struct world world;
    assert_status_of(&ctx, gaz_corpus_open(&ctx, gaz_rules_default(), &corpus),
                     GAZ_OK);
    world_begin(&world, &ctx, corpus);
    *first = corpus->place_count;
    for (int i = 0; i < count; i++)
        assert_true(world_line(&world, lines[i]));
    assert_status_of(&ctx, gaz_corpus_finish(&ctx, corpus), GAZ_OK);
    return corpus;
}

static const struct {
    const char *label;
    const char *lines[3];
    gaz_band band;
    const char *why;
} PAIRS[] = {
    {"a road twice in one town",
     {"place id=20 name=新华路 category=23510 parent=4 at=121.05,30.70",
      "place id=21 name=新华路 category=23510 parent=4 at=121.0501,30.70"},
     GAZ_BAND_DUPLICATE,
     "the same standard name"},
    {"without positions, name, category and division speak",
     {"place id=20 name=新华路 category=23510 parent=4",
      "place id=21 name=新华路 category=23510 parent=4"},
     GAZ_BAND_DUPLICATE,
     "in the same division"},
    {"the same name in another town",
     {"place id=20 name=新华路 category=23510 parent=4 at=121.05,30.70",
      "place id=21 name=新华路 category=23510 parent=3 at=121.05,30.70"},
     GAZ_BAND_DIFFERENT,
     "homonyms"},
    {"山塘 on both sides of the line",
     {"place id=20 name=山塘村 level=5 category=21610 parent=4 "
      "code=330482106209 at=121.05,30.70",
      "place id=21 name=山塘村 level=5 category=21610 parent=7 "
      "code=310116107211 at=121.05,30.70"},
     GAZ_BAND_DIFFERENT,
     "provincial line"},
    {"a site without a code, across the line",
     {"place id=20 name=山塘老街 category=22200 parent=4 at=121.05,30.70",
      "place id=21 name=山塘老街 category=22200 parent=7 at=121.05,30.70"},
     GAZ_BAND_DIFFERENT,
     "provincial line"},
    {"村 and 社区 of one name",
     {"place id=20 name=钟埭 level=5 category=21610 parent=4",
      "place id=21 name=钟埭 level=5 category=21620 parent=4"},
     GAZ_BAND_DIFFERENT,
     "one is a village, the other a community"},
    {"two codes are two bodies",
     {"place id=20 name=甲村 level=5 category=21610 parent=4 "
      "code=330482101201",
      "place id=21 name=甲村 level=5 category=21610 parent=4 "
      "code=330482101202"},
     GAZ_BAND_DIFFERENT,
     "two official codes"},
    {"one code, written with and without zeros",
     {"place id=20 name=甲镇 level=4 category=21500 parent=2 code=330482109",
      "place id=21 name=甲镇 level=4 category=21500 parent=2 "
      "code=330482109000"},
     GAZ_BAND_DUPLICATE,
     "the same code"},
    {"made up against real",
     {"place id=20 name=新华路 category=23510 parent=4 at=121.05,30.70",
      "place id=21 name=新华路 category=23510 parent=4 at=121.05,30.70 "
      "synthetic=1"},
     GAZ_BAND_DIFFERENT,
     "synthetic"},
    {"a change leads from one to the other",
     {"place id=20 name=新华路 category=23510 parent=4 at=121.05,30.70",
      "place id=21 name=新华路 category=23510 parent=4 at=121.05,30.70",
      "change kind=0 from=20 to=21"},
     GAZ_BAND_DIFFERENT,
     "history"},
    {"one ended before the other began",
     {"place id=20 name=新华路 category=23510 parent=4 at=121.05,30.70 "
      "to=1990-01-01",
      "place id=21 name=新华路 category=23510 parent=4 at=121.05,30.70 "
      "from=2000-01-01"},
     GAZ_BAND_REVIEW,
     "ended before"},
    {"an alias in common, near",
     {"place id=20 name=新华路 category=23510 parent=4 at=121.05,30.70 "
      "more=1:红旗路",
      "place id=21 name=红旗路 category=23510 parent=4 at=121.0501,30.70"},
     GAZ_BAND_DUPLICATE,
     "a name in common"},
    {"one name, far apart in one town",
     {"place id=20 name=小桥 category=23510 parent=4 at=121.00,30.70",
      "place id=21 name=小桥 category=23510 parent=4 at=121.08,30.70"},
     GAZ_BAND_REVIEW,
     "m apart"},
    {"a note that names the town says nothing",
     {"place id=20 name=中心小学 category=27310 parent=4 at=121.05,30.70",
      "place id=21 name=中心小学（新埭镇） category=27310 parent=4 "
      "at=121.0501,30.70"},
     GAZ_BAND_DUPLICATE,
     "the same standard name"},
    {"other names, near",
     {"place id=20 name=新华路 category=23510 parent=4 at=121.05,30.70",
      "place id=21 name=人民路 category=23510 parent=4 at=121.0501,30.70"},
     GAZ_BAND_DIFFERENT,
     "other names"},
};

static void judge_both_ways(const struct gaz_twin_finder *finder, int first,
                            gaz_band band, const char *why)
{
    struct gaz_twin twin =
        gaz_twins_judge(finder, &ctx.arena, first, first + 1);
    struct gaz_twin turned =
        gaz_twins_judge(finder, &ctx.arena, first + 1, first);
    print_message("           %.3f %s\n", twin.score, twin.en);
    assert_int_equal(twin.band, band);
    assert_non_null(strstr(twin.en, why));
    assert_true(*twin.zh);
    assert_string_equal(twin.en, turned.en);
    assert_true(twin.score == turned.score && twin.a == turned.a);
}

static void test_pairs(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(PAIRS); i++) {
        int first;
        CASE(PAIRS[i].label);
        struct gaz_corpus *corpus =
            world_of(PAIRS[i].lines, PAIRS[i].lines[2] ? 3 : 2, &first);
        struct gaz_twin_finder *finder = open_finder(corpus, GAZ_TWINS_PLACES);
        judge_both_ways(finder, first, PAIRS[i].band, PAIRS[i].why);
        gaz_twins_close(finder);
        gaz_corpus_close(corpus);
    }
}

/* A slip of a road with addresses, with and without another that is as like. */
static void test_rivals(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *third;
        gaz_band band;
        const char *why;
    } CASES[] = {
        {"the only road like it",
         "place id=22 name=人民路 category=23510 parent=4", GAZ_BAND_DUPLICATE,
         "no third record"},
        {"another sounds the same",
         "place id=22 name=云服路 category=23510 parent=4", GAZ_BAND_REVIEW,
         "no position tells"},
        {"another, less like",
         "place id=22 name=云和路 category=23510 parent=4", GAZ_BAND_DUPLICATE,
         "no third record"},
        {"another, in another town",
         "place id=22 name=云服路 category=23510 parent=3", GAZ_BAND_DUPLICATE,
         "no third record"},
        {"another, that lacks the number",
         "place id=22 name=云服路 category=23510 parent=4", GAZ_BAND_DUPLICATE,
         "no third record"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *lines[16] = {
            "place id=20 name=云福路 category=23510 parent=4",
            "place id=21 name=云富路 category=23510 parent=4", CASES[i].third,
            "address id=80 parent=21 number=3号 value=3 text=新埭镇云富路3号"};
        const int first_number = i == 4 ? 4 : 1;
        int count = 4;
        int first;
        CASE(CASES[i].label);
        for (int n = 1; n <= 4; n++)
            lines[count++] = gaz_arena_printf(
                &ctx.arena,
                "address id=%d parent=20 number=%d号 value=%d text=云福路%d号",
                30 + n, n, n, n);
        for (int n = first_number; n < first_number + 4; n++)
            lines[count++] = gaz_arena_printf(
                &ctx.arena,
                "address id=%d parent=22 number=%d号 value=%d text=路%d号",
                40 + n, n, n, n);
        struct gaz_corpus *corpus = world_of(lines, count, &first);
        struct gaz_twin_finder *finder = open_finder(corpus, GAZ_TWINS_PLACES);
        judge_both_ways(finder, first, CASES[i].band, CASES[i].why);
        gaz_twins_close(finder);
        gaz_corpus_close(corpus);
    }
}

/* ---- addresses ---- */

static const struct {
    const char *label;
    const char *lines[4];
    gaz_band band;
    const char *why;
} ADDRESSES[] = {
    {"written in two ways",
     {"place id=20 name=新华路 category=23510 parent=4",
      "address id=30 parent=20 number=3号-1 text=浙江省平湖市新埭镇新华路3号-1 "
      "at=121.05,30.70",
      "address id=31 parent=20 number=3号附1 text=新埭镇新华路3号附1 "
      "at=121.05,30.70"},
     GAZ_BAND_DUPLICATE,
     "all numbers the same"},
    {"neighbours",
     {"place id=20 name=新华路 category=23510 parent=4",
      "address id=30 parent=20 number=3号 text=新埭镇新华路3号 at=121.05,30.70",
      "address id=31 parent=20 number=5号 text=新埭镇新华路5号 "
      "at=121.05,30.70"},
     GAZ_BAND_DIFFERENT,
     "other numbers"},
    {"a house and a room in it",
     {"place id=20 name=新华路 category=23510 parent=4",
      "address id=30 parent=20 number=3号 text=新埭镇新华路3号 at=121.05,30.70",
      "address id=31 parent=20 number=3号 tail=501室 "
      "text=新埭镇新华路3号501室 at=121.05,30.70"},
     GAZ_BAND_DIFFERENT,
     "a part of the other"},
    {"rooms of two buildings",
     {"place id=20 name=新华小区 category=22100 parent=4",
      "address id=30 parent=20 number=2幢 tail=501室 "
      "text=新埭镇新华小区2幢501室 at=121.05,30.70",
      "address id=31 parent=20 number=3栋 tail=501 text=新埭镇新华小区3栋501 "
      "at=121.05,30.70"},
     GAZ_BAND_DIFFERENT,
     "other numbers"},
    {"one road, its name in another township",
     {"place id=20 name=新华路 category=23510 parent=4",
      "place id=21 name=新华路 category=23510 parent=3",
      "address id=30 parent=20 number=3号 text=新埭镇新华路3号 at=121.05,30.70",
      "address id=31 parent=21 number=3号 text=乍浦镇新华路3号 "
      "at=121.05,30.70"},
     GAZ_BAND_DIFFERENT,
     "homonyms"},
    {"across the line",
     {"place id=20 name=山塘老街 category=22200 parent=4",
      "place id=21 name=山塘老街 category=22200 parent=7",
      "address id=30 parent=20 number=3号 text=山塘老街3号 at=121.05,30.70",
      "address id=31 parent=21 number=3号 text=山塘老街3号 at=121.05,30.70"},
     GAZ_BAND_DIFFERENT,
     "provincial line"},
    {"a text without its road's record",
     {"place id=20 name=新华路 category=23510 parent=4",
      "address id=30 parent=20 number=3号 text=新埭镇新华路3号 at=121.05,30.70",
      "address id=31 number=3号 text=平湖市新埭镇新华路三号 at=121.05,30.70"},
     GAZ_BAND_DUPLICATE,
     "counted in the same place"},
};

static void test_addresses(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ADDRESSES); i++) {
        int first;
        int count = 0;
        CASE(ADDRESSES[i].label);
        while (count < 4 && ADDRESSES[i].lines[count])
            count++;
        struct gaz_corpus *corpus = world_of(ADDRESSES[i].lines, count, &first);
        struct gaz_twin_finder *finder =
            open_finder(corpus, GAZ_TWINS_ADDRESSES);
        judge_both_ways(finder, 0, ADDRESSES[i].band, ADDRESSES[i].why);
        gaz_twins_close(finder);
        gaz_corpus_close(corpus);
    }
}

/* ---- many records ---- */

static uint32_t random_state;

static int chance(int below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (int)((random_state >> 8) % (uint32_t)below);
}

/* Few names, few towns, near one another: many pairs of every band. */
static const char *random_line(int id)
{
    static const char *const NAMES[] = {"新华路",   "新华西路", "人民路",
                                        "人民东路", "城北路",   "成北路"};
    return gaz_arena_printf(
        &ctx.arena, "place id=%d name=%s category=%d parent=%d at=%.4f,%.4f",
        id, NAMES[chance(6)], chance(5) ? 23510 : 22200, 3 + chance(2),
        121.05 + chance(200) / 10000.0, 30.70 + chance(200) / 10000.0);
}

enum { RANDOM = 120 };

static struct gaz_corpus *random_world(uint32_t seed, int *first)
{
    const char *lines[RANDOM];
    random_state = seed;
    for (int i = 0; i < RANDOM; i++)
        lines[i] = random_line(100 + i);
    return world_of(lines, RANDOM, first);
}

static bool has_pair(const struct gaz_twins *twins, int a, int b)
{
    for (int i = 0; i < twins->count; i++)
        if (twins->items[i].a == a && twins->items[i].b == b)
            return true;
    return false;
}

static bool shares_key(const struct gaz_corpus *corpus, int a, int b)
{
    const struct gaz_corpus_place *x = &corpus->places[a];
    const struct gaz_corpus_place *y = &corpus->places[b];
    if (strcmp(x->sound, y->sound) == 0)
        return true;
    return x->place.position.method != GAZ_METHOD_NONE &&
           y->place.position.method != GAZ_METHOD_NONE &&
           gaz_coord_distance_m(x->place.position.coord,
                                y->place.position.coord) <= 1000 &&
           gaz_twins_similarity(gaz_corpus_name(x), gaz_corpus_name(y)) >= 0.6;
}

static void test_blocking_misses_nothing(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 5; seed++) {
        int first;
        int found = 0;
        struct gaz_twins twins;
        struct gaz_corpus *corpus = random_world(seed, &first);
        struct gaz_twin_finder *finder = open_finder(corpus, GAZ_TWINS_PLACES);
        assert_status_of(
            &ctx, gaz_twins_find(&ctx, finder, GAZ_BAND_DIFFERENT, &twins),
            GAZ_OK);
        for (int a = first; a < corpus->place_count; a++)
            for (int b = a + 1; b < corpus->place_count; b++)
                if (shares_key(corpus, a, b)) {
                    assert_true(has_pair(&twins, a, b));
                    found++;
                }
        assert_true(found > 20);
        assert_int_equal(twins.skipped, 0);
        gaz_twins_close(finder);
        gaz_corpus_close(corpus);
    }
}

static int count_with(const struct gaz_twins *twins, int index)
{
    int count = 0;
    for (int i = 0; i < twins->count; i++)
        count += twins->items[i].a == index || twins->items[i].b == index;
    return count;
}

static void test_one_record(void **state)
{
    (void)state;
    int first;
    struct gaz_twins all;
    struct gaz_twins one;
    struct gaz_corpus *corpus = random_world(3, &first);
    struct gaz_twin_finder *finder = open_finder(corpus, GAZ_TWINS_PLACES);
    assert_status_of(
        &ctx, gaz_twins_find(&ctx, finder, GAZ_BAND_DIFFERENT, &all), GAZ_OK);
    for (int i = first; i < corpus->place_count; i++) {
        assert_status_of(
            &ctx, gaz_twins_one(&ctx, finder, i, GAZ_BAND_DIFFERENT, &one),
            GAZ_OK);
        assert_int_equal(one.count, count_with(&all, i));
        for (int k = 0; k < one.count; k++)
            assert_true(has_pair(&all, one.items[k].a, one.items[k].b));
    }
    gaz_twins_close(finder);
    gaz_corpus_close(corpus);
}

/* The second has no code and may be either of two that are different. */
static void test_chain_is_cut(void **state)
{
    (void)state;
    static const char *const LINES[] = {
        "place id=20 name=甲村 level=5 category=21610 parent=4 "
        "code=330482101201",
        "place id=21 name=甲村 level=5 category=21610 parent=4",
        "place id=22 name=甲村 level=5 category=21610 parent=4 "
        "code=330482101202"};
    int first;
    int cut = 0;
    struct gaz_twins twins;
    struct gaz_corpus *corpus = world_of(LINES, 3, &first);
    struct gaz_twin_finder *finder = open_finder(corpus, GAZ_TWINS_PLACES);
    assert_status_of(
        &ctx, gaz_twins_find(&ctx, finder, GAZ_BAND_REVIEW, &twins), GAZ_OK);
    assert_int_equal(twins.count, 2);
    assert_int_equal(twins.cluster_count, 1);
    for (int i = 0; i < twins.count; i++) {
        bool noted = strstr(twins.items[i].en, "another of its cluster");
        cut += noted;
        assert_true(!noted || twins.items[i].band == GAZ_BAND_REVIEW);
        assert_int_equal(twins.items[i].cluster, noted ? 0 : 1);
    }
    assert_int_equal(cut, 1);
    gaz_twins_close(finder);
    gaz_corpus_close(corpus);
}

/* One member may be one with all the others, and none is contradicted. */
static void check_cluster(const struct gaz_twin_finder *finder, const int *of,
                          int places, int cluster)
{
    bool has_middle = false;
    for (int a = 0; a < places; a++) {
        bool is_middle = of[a] == cluster;
        for (int b = 0; b < places; b++) {
            if (a == b || of[a] != cluster || of[b] != cluster)
                continue;
            struct gaz_cues cues;
            gaz_twins_cues(finder, a < b ? a : b, a < b ? b : a, &cues);
            assert_false(gaz_cues_contradict(&cues));
            if (gaz_twins_judge(finder, NULL, a, b).band == GAZ_BAND_DIFFERENT)
                is_middle = false;
        }
        has_middle = has_middle || is_middle;
    }
    assert_true(has_middle);
}

static void test_clusters_have_a_middle(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 5; seed++) {
        int first;
        struct gaz_twins twins;
        struct gaz_corpus *corpus = random_world(seed, &first);
        struct gaz_twin_finder *finder = open_finder(corpus, GAZ_TWINS_PLACES);
        int of[RANDOM + 64] = {0};
        assert_status_of(&ctx,
                         gaz_twins_find(&ctx, finder, GAZ_BAND_REVIEW, &twins),
                         GAZ_OK);
        assert_true(twins.cluster_count > 0);
        for (int i = 0; i < twins.count; i++) {
            const struct gaz_twin *twin = &twins.items[i];
            if (twin->cluster)
                of[twin->a] = of[twin->b] = twin->cluster;
        }
        for (int i = 1; i <= twins.cluster_count; i++)
            check_cluster(finder, of, corpus->place_count, i);
        gaz_twins_close(finder);
        gaz_corpus_close(corpus);
    }
}

/* ---- small things ---- */

static void test_similarity(void **state)
{
    (void)state;
    assert_near(gaz_twins_similarity("新华路", "新华路"), 1, 0);
    assert_near(gaz_twins_similarity("新华路", "新华西路"), 0.75, 1e-9);
    assert_near(gaz_twins_similarity("新华路", "人民路"), 1 / 3.0, 1e-9);
    assert_near(gaz_twins_similarity("", "人民路"), 0, 0);
}

static void test_weights_refused(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        const char *why;
    } CASES[] = {
        {"nothing", "", "no 'version'"},
        {"the version alone", "version 2\n", "no 'place block-most'"},
        {"another version", "version 1\n", "weights:1"},
        {"unknown", "place start 1\nplace beautiful 2\n", "weights:2"},
        {"unknown kind", "river start 1\n", "weights:1"},
        {"twice", "place start 1 # once\nplace start 2\n", "weights:2"},
        {"no number", "address start much\n", "weights:1"},
        {"a word too many", "address start 1 2\n", "weights:1"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct gaz_scale out;
        CASE(CASES[i].label);
        ctx.failure[0] = '\0';
        assert_status(gaz_scale_read(&ctx, CASES[i].text, &out), GAZ_INVALID);
        assert_non_null(strstr(gaz_ctx_failure(&ctx), CASES[i].why));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_rivals),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_blocking_misses_nothing),
        cmocka_unit_test(test_one_record),
        cmocka_unit_test(test_chain_is_cut),
        cmocka_unit_test(test_clusters_have_a_middle),
        cmocka_unit_test(test_similarity),
        cmocka_unit_test(test_weights_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
