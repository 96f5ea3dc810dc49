/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: a hand-made region goes through builder and reader, and every
 * field comes back; derived fields (labels, positions, ranks, romanised forms)
 * by table; look-ups by id, redirects, numbers, dates; what the builder
 * refuses; the bytes do not depend on the order of the rows. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/index/collect.h"
#include "gazetteer/index/write.h"
#include "tests/unit/index/world.h"

static int open_region(void **state)
{
    struct gaz_builder *builder = gaz_builder_new();
    world_region(builder, false);
    *state = world_open(builder);
    gaz_builder_free(builder);
    return 0;
}

static int close_region(void **state)
{
    gaz_snapshot_close(*state);
    return 0;
}

static const struct gaz_snap_place *place_of(const struct gaz_snapshot *snap,
                                             gaz_id id)
{
    uint32_t index = gaz_snapshot_place(snap, id);
    assert_true(index < snap->place_count);
    return &snap->places[index];
}

#define assert_text(snap, offset, want)                                        \
    assert_string_equal(gaz_snapshot_text((snap), (offset)), (want))

static void test_labels(void **state)
{
    const struct gaz_snapshot *snap = *state;
    static const struct {
        gaz_id id;
        const char *label;
    } CASES[] = {
        {REGION_PROVINCE, "浙江省"},
        {REGION_COUNTY, "浙江省嘉兴市平湖市"},
        {REGION_VILLAGE, "浙江省嘉兴市平湖市新仓镇衙前村"},
        {REGION_ROAD, "浙江省嘉兴市平湖市新仓镇朝阳路"},
        {REGION_LANE, "浙江省嘉兴市平湖市新仓镇朝阳路100弄"},
        {REGION_SITE, "浙江省嘉兴市平湖市纪念馆"},
        {REGION_JINSHAN, "上海市金山区"},
        {REGION_GONE, "浙江省嘉兴市平湖市黄姑镇"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_text(snap, place_of(snap, CASES[i].id)->label, CASES[i].label);
    }
}

static void test_positions(void **state)
{
    const struct gaz_snapshot *snap = *state;
    static const struct {
        const char *label;
        gaz_id id;
        gaz_method method;
        double lon;
        double lat;
        double accuracy_m;
    } CASES[] = {
        {"own", REGION_TOWN, GAZ_METHOD_SYNTHETIC, 121.25, 30.75, 25},
        {"of its town", REGION_VILLAGE, GAZ_METHOD_INHERITED, 121.25, 30.75,
         5000},
        {"middle of addresses", REGION_ROAD, GAZ_METHOD_DERIVED, 121.255, 30.76,
         481},
        {"of its road", REGION_LANE, GAZ_METHOD_INHERITED, 121.255, 30.76, 500},
        {"inside its area", REGION_COUNTY, GAZ_METHOD_CENTROID, 121.1, 30.7,
         14660},
        {"no ancestor has one", REGION_NOWHERE, GAZ_METHOD_NONE, 0, 0, 0},
        {"nor a province", REGION_PROVINCE, GAZ_METHOD_NONE, 0, 0, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        const struct gaz_snap_place *place = place_of(snap, CASES[i].id);
        assert_int_equal(place->method, CASES[i].method);
        if (CASES[i].method == GAZ_METHOD_NONE) {
            assert_int_equal(place->lon_e7, INT32_MIN);
            assert_int_equal(place->lat_e7, INT32_MIN);
            continue;
        }
        assert_near(gaz_coord_from_e7(place->lon_e7), CASES[i].lon, 1e-7);
        assert_near(gaz_coord_from_e7(place->lat_e7), CASES[i].lat, 1e-7);
        assert_near(place->accuracy_m, CASES[i].accuracy_m,
                    CASES[i].accuracy_m * 0.01);
    }
    assert_text(snap, snap->sources[place_of(snap, REGION_VILLAGE)->source].key,
                "made-up");
}

static void test_ranks(void **state)
{
    const struct gaz_snapshot *snap = *state;
    static const gaz_id ORDER[] = {
        REGION_SHANGHAI, REGION_PROVINCE, REGION_CITY,    REGION_JINSHAN,
        REGION_COUNTY,   REGION_TOWN,     REGION_VILLAGE, REGION_SITE,
        REGION_NOWHERE,  REGION_ROAD,     REGION_LANE,    REGION_GONE,
    };
    for (uint32_t i = 0; i < COUNT(ORDER); i++)
        assert_int_equal(place_of(snap, ORDER[i])->rank, i);
}

static void test_place_fields(void **state)
{
    const struct gaz_snapshot *snap = *state;
    const struct gaz_snap_place *site = place_of(snap, REGION_SITE);
    assert_int_equal(site->id, REGION_SITE);
    assert_int_equal(site->code, 0);
    assert_text(snap, site->code_text, "");
    assert_text(snap, site->address_text, "朝阳路158号");
    assert_text(snap, site->meaning, "含义");
    assert_text(snap, site->origin, "来历");
    assert_text(snap, site->history, "沿革");
    assert_int_equal(site->valid_from, 19490507);
    assert_int_equal(site->valid_to, 20200101);
    assert_int_equal(site->basis, GAZ_BASIS_DOCUMENT);
    assert_int_equal(site->category, GAZ_CATEGORY_MEMORIAL);
    assert_int_equal(site->level, GAZ_LEVEL_NONE);
    assert_int_equal(site->status, GAZ_STATUS_CURRENT);
    assert_int_equal(site->flags, GAZ_SNAP_STATISTICAL | GAZ_SNAP_SYNTHETIC |
                                      GAZ_SNAP_HERITAGE);
    assert_int_equal(site->parent, gaz_snapshot_place(snap, REGION_COUNTY));
    const struct gaz_snap_place *town = place_of(snap, REGION_TOWN);
    assert_true(town->code == 330482104000);
    assert_text(snap, town->code_text, "330482104");
    const struct gaz_snap_place *county = place_of(snap, REGION_COUNTY);
    assert_true(county->flags & GAZ_SNAP_SCHEMATIC_AREA);
    assert_int_equal(county->area_count, 1);
    assert_int_equal(snap->rings[county->area_first].point_count, 5);
    assert_int_equal(county->child_count, 3);
    assert_true(snap->children[county->child_first] ==
                gaz_snapshot_place(snap, REGION_SITE)); /* no code: first */
    assert_true(snap->children[county->child_first + 2] ==
                gaz_snapshot_place(snap, REGION_GONE));
    assert_true(snap->journal_seq == REGION_SEQ);
}

static void test_name_fields(void **state)
{
    const struct gaz_snapshot *snap = *state;
    const struct gaz_snap_place *village = place_of(snap, REGION_VILLAGE);
    const struct gaz_snap_name *names = snap->names + village->name_first;
    assert_int_equal(village->name_count, 3);
    assert_text(snap, names[0].text, "衙前村");
    assert_text(snap, names[0].roman, "Yáqiáncūn");
    assert_text(snap, names[0].plain, "yaqiancun");
    assert_int_equal(names[0].kind, GAZ_NAME_STANDARD);
    assert_int_equal(names[0].valid_from, 20170000);
    assert_int_equal(names[0].basis, GAZ_BASIS_EDITION);
    assert_text(snap, names[1].text, "建中村");
    assert_int_equal(names[1].kind, GAZ_NAME_FORMER);
    assert_int_equal(names[1].valid_to, 20170000);
    assert_text(snap, names[2].text, "衙前村村民委员会");
    assert_text(snap, names[2].plain, "");
    for (uint32_t i = 0; i < village->name_count; i++)
        assert_true(&snap->places[names[i].place] == village);
    const struct gaz_snap_place *county = place_of(snap, REGION_COUNTY);
    assert_text(snap,
                snap->sources[snap->names[county->name_first].source].credit,
                "none");
}

static void test_facts(void **state)
{
    const struct gaz_snapshot *snap = *state;
    const struct gaz_snap_place *site = place_of(snap, REGION_SITE);
    assert_int_equal(site->claim_count, 2);
    const struct gaz_snap_claim *claims = snap->claims + site->claim_first;
    assert_int_equal(claims[0].is_preferred, 1);
    assert_text(snap, claims[0].value, "1717");
    assert_text(snap, claims[0].property, "built");
    assert_text(snap, claims[0].value_date, "1717");
    assert_text(snap, claims[0].source_title, "乙");
    assert_text(snap, claims[0].source_url, "");
    assert_text(snap, claims[0].grade, "A");
    assert_int_equal(claims[1].is_preferred, 0);
    const gaz_id sides[] = {REGION_GONE, REGION_TOWN};
    for (size_t i = 0; i < COUNT(sides); i++) {
        const struct gaz_snap_place *place = place_of(snap, sides[i]);
        assert_int_equal(place->change_count, 1);
        const struct gaz_snap_change *change =
            snap->changes + place->change_first;
        assert_true(&snap->places[change->owner] == place);
        assert_int_equal(change->from, gaz_snapshot_place(snap, REGION_GONE));
        assert_int_equal(change->to, gaz_snapshot_place(snap, REGION_TOWN));
        assert_int_equal(change->kind, GAZ_CHANGE_MERGE);
        assert_int_equal(change->date, 20090000);
        assert_int_equal(change->basis, GAZ_BASIS_DOCUMENT);
        assert_text(snap, change->note, "并入");
        assert_int_equal(change->source, 1);
    }
    assert_int_equal(snap->source_count, 2);
    assert_text(snap, snap->sources[0].key, "");
    assert_text(snap, snap->sources[1].licence, "CC0-1.0");
    assert_int_equal(snap->line_count, 1);
    const struct gaz_snap_line *line = &snap->lines[0];
    assert_text(snap, line->code, "310116-330482");
    assert_text(snap, line->name, "线");
    assert_int_equal(line->kind, GAZ_LINE_BOUNDARY);
    assert_int_equal(line->level, GAZ_LEVEL_PROVINCE);
    assert_int_equal(line->flags, GAZ_SNAP_SCHEMATIC_AREA);
    assert_int_equal(line->left, gaz_snapshot_place(snap, REGION_COUNTY));
    assert_int_equal(line->right, gaz_snapshot_place(snap, REGION_JINSHAN));
    assert_int_equal(line->point_count, 2);
    assert_int_equal(snap->points[line->point_first].lat_e7, 306000000);
}

static void test_addresses(void **state)
{
    const struct gaz_snapshot *snap = *state;
    uint32_t road = gaz_snapshot_place(snap, REGION_ROAD);
    assert_int_equal(snap->places[road].address_count, 3);
    uint32_t first;
    assert_int_equal(gaz_snapshot_numbers(snap, road, 158, &first), 2);
    const struct gaz_snap_address *address = &snap->addresses[first];
    assert_int_equal(address->id, REGION_ADDRESS_158);
    assert_int_equal(address->parent, road);
    assert_int_equal(address->place, gaz_snapshot_place(snap, REGION_SITE));
    assert_text(snap, address->number, "158号");
    assert_text(snap, address->tail, "");
    assert_int_equal(address->lon_e7, 1212500000);
    assert_near(address->accuracy_m, 3, 0);
    assert_int_equal(address->method, GAZ_METHOD_SURVEYED);
    assert_int_equal(address->flags, 0);
    assert_int_equal(address->source, 1);
    assert_text(snap, address[1].tail, "2幢");
    assert_int_equal(address[1].status, GAZ_STATUS_PLANNED);
    assert_int_equal(address[1].place, GAZ_NONE);
    assert_int_equal(address[1].lon_e7, INT32_MIN);
    assert_int_equal(gaz_snapshot_numbers(snap, road, 159, &first), 0);
    assert_int_equal(first, snap->places[road].address_first + 2);
    assert_int_equal(gaz_snapshot_numbers(snap, GAZ_NONE, 1, &first), 0);
    uint32_t index = gaz_snapshot_address(snap, REGION_ADDRESS_160);
    assert_int_equal(snap->addresses[index].id, REGION_ADDRESS_160);
    assert_int_equal(snap->addresses[index].flags, GAZ_SNAP_SYNTHETIC);
    assert_int_equal(gaz_snapshot_address(snap, 1), GAZ_NONE);
}

static void test_ids(void **state)
{
    const struct gaz_snapshot *snap = *state;
    uint32_t village = gaz_snapshot_place(snap, REGION_VILLAGE);
    assert_int_equal(gaz_snapshot_place(snap, REGION_MERGED), village);
    assert_int_equal(gaz_snapshot_place(snap, REGION_MERGED_TWICE), village);
    assert_int_equal(gaz_snapshot_place(snap, 1), GAZ_NONE);
    assert_int_equal(gaz_snapshot_place(snap, UINT64_MAX), GAZ_NONE);
    uint32_t county = gaz_snapshot_place(snap, REGION_COUNTY);
    assert_true(gaz_snapshot_lies_in(snap, village, county));
    assert_true(gaz_snapshot_lies_in(snap, county, county));
    assert_false(gaz_snapshot_lies_in(snap, county, village));
    assert_false(gaz_snapshot_lies_in(snap, GAZ_NONE, county));
}

static void test_name_at(void **state)
{
    const struct gaz_snapshot *snap = *state;
    static const struct {
        const char *label;
        gaz_id id;
        gaz_date day;
        const char *name;
    } CASES[] = {
        {"today", REGION_VILLAGE, 0, "衙前村"},
        {"before the change", REGION_VILLAGE, 20161231, "建中村"},
        {"long before", REGION_VILLAGE, 19800101, "建中村"},
        {"on the day", REGION_VILLAGE, 20170101, "衙前村"},
        {"no dates known", REGION_COUNTY, 19000101, "平湖市"},
        {"abolished", REGION_GONE, 0, "黄姑镇"},
        {"abolished, later", REGION_GONE, 20200101, "黄姑镇"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        uint32_t name = gaz_snapshot_name_at(
            snap, gaz_snapshot_place(snap, CASES[i].id), CASES[i].day);
        assert_text(snap, snap->names[name].text, CASES[i].name);
    }
}

static void test_find(void **state)
{
    const struct gaz_snapshot *snap = *state;
    static const struct {
        gaz_key_kind kind;
        const char *key;
        gaz_id id; /* 0: nothing */
    } CASES[] = {
        {GAZ_KEY_NAME, "平湖市", REGION_COUNTY},
        {GAZ_KEY_NAME, "平湖", REGION_COUNTY},
        {GAZ_KEY_NAME, "建中村", REGION_VILLAGE},
        {GAZ_KEY_NAME, "黄姑镇", REGION_GONE},
        {GAZ_KEY_NAME, "平", 0},
        {GAZ_KEY_NAME, "平湖市市", 0},
        {GAZ_KEY_NAME, "330482104", 0},
        {GAZ_KEY_PLAIN, "xincangzhen", REGION_TOWN},
        {GAZ_KEY_PLAIN, "xincang", REGION_TOWN},
        {GAZ_KEY_PLAIN, "xianbei", REGION_NOWHERE},
        {GAZ_KEY_INITIALS, "xcz", REGION_TOWN},
        {GAZ_KEY_INITIALS, "yqc", REGION_VILLAGE},
        {GAZ_KEY_INITIALS, "xab", REGION_NOWHERE},
        {GAZ_KEY_INITIALS, "shs", REGION_SHANGHAI},
        {GAZ_KEY_INITIALS, "zjs", REGION_PROVINCE},
        {GAZ_KEY_INITIALS, "100l", REGION_LANE},
        {GAZ_KEY_CODE, "330482104", REGION_TOWN},
        {GAZ_KEY_CODE, "33", REGION_PROVINCE},
        {GAZ_KEY_CODE, "3304821", 0},
        {GAZ_KEY_FUZZY, "衙村", REGION_VILLAGE},
        {GAZ_KEY_FUZZY, "建村", REGION_VILLAGE},
        {GAZ_KEY_FUZZY, "平", 0}, /* 平湖 is too short */
        {GAZ_KEY_NAME, "", 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].key);
        struct gaz_snap_span span;
        gaz_snapshot_find(snap, CASES[i].kind, CASES[i].key,
                          strlen(CASES[i].key), &span);
        assert_int_equal(span.count > 0, CASES[i].id != 0);
        if (CASES[i].id != 0)
            assert_true(snap->places[span.items[0].place].id == CASES[i].id);
    }
    struct gaz_snap_span span;
    gaz_snapshot_find(snap, GAZ_KEY_NAME, "平湖\0", 7, &span);
    assert_int_equal(span.count, 0);
    gaz_snapshot_find(snap, (gaz_key_kind)9, "平湖", 6, &span);
    assert_int_equal(span.count, 0);
    gaz_snapshot_find(snap, GAZ_KEY_NAME, "平湖市场", 9, &span);
    assert_int_equal(span.count, 1); /* the size counts, not the NUL */
}

static void test_lexicon(void **state)
{
    const struct gaz_snapshot *snap = *state;
    static const struct {
        const char *text;
        const char *word;
        uint32_t kinds; /* among others */
    } CASES[] = {
        {"平湖市新仓镇", "平湖市", GAZ_WORD_COUNTY},
        {"平湖新仓", "平湖", GAZ_WORD_COUNTY | GAZ_WORD_SHORT},
        {"建中村1号", "建中村", GAZ_WORD_VILLAGE | GAZ_WORD_FORMER},
        {"黄姑镇", "黄姑镇", GAZ_WORD_TOWN | GAZ_WORD_FORMER},
        {"朝阳路158号", "朝阳路", GAZ_WORD_ROAD},
        {"西安碑旁", "西安碑", GAZ_WORD_SITE},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        struct gaz_word word;
        assert_true(gaz_lexicon_longest(&snap->lexicon, CASES[i].text,
                                        strlen(CASES[i].text), &word));
        assert_int_equal(word.size, strlen(CASES[i].word));
        assert_int_equal(word.kinds & CASES[i].kinds, CASES[i].kinds);
    }
}

/* ---- what the builder refuses, and how it says so ---- */

static const struct gaz_name NAME = {.text = "甲", .roman = "Jiǎ"};

static void put_place(struct gaz_builder *builder, gaz_id id, gaz_id parent)
{
    const struct gaz_place place = {
        .id = id, .names = &NAME, .name_count = 1, .parent = parent};
    gaz_builder_place(builder, &place);
}

static void make_self_parent(struct gaz_builder *builder)
{
    put_place(builder, 1, 1);
}

static void make_circle(struct gaz_builder *builder)
{
    put_place(builder, 1, 2);
    put_place(builder, 2, 3);
    put_place(builder, 3, 1);
}

static void make_below_circle(struct gaz_builder *builder)
{
    make_circle(builder);
    put_place(builder, 4, 3);
}

static void make_deep(struct gaz_builder *builder)
{
    for (gaz_id id = 1; id <= GAZ_FORMAT_DEPTH_MAX + 2; id++)
        put_place(builder, id, id - 1);
}

static void make_orphan(struct gaz_builder *builder)
{
    put_place(builder, 1, 5);
}

static void make_twin(struct gaz_builder *builder)
{
    put_place(builder, 1, 0);
    put_place(builder, 1, 0);
}

static void make_nameless(struct gaz_builder *builder)
{
    const struct gaz_place place = {.id = 1};
    gaz_builder_place(builder, &place);
}

static void make_off_earth(struct gaz_builder *builder)
{
    const struct gaz_place place = {
        .id = 1,
        .names = &NAME,
        .name_count = 1,
        .position = {{30.7, 121.0}, GAZ_METHOD_SURVEYED, 1, 0}};
    gaz_builder_place(builder, &place);
}

static void make_lost_address(struct gaz_builder *builder)
{
    const struct gaz_address address = {.id = 1, .parent = 5};
    gaz_builder_address(builder, &address);
}

static void make_lost_claim(struct gaz_builder *builder)
{
    const struct gaz_claim claim = {.place = 0};
    gaz_builder_claim(builder, &claim);
}

static void make_lost_change(struct gaz_builder *builder)
{
    const struct gaz_change change = {.from = 5};
    gaz_builder_change(builder, &change);
}

static void make_lost_line(struct gaz_builder *builder)
{
    const struct gaz_line line = {.kind = GAZ_LINE_COAST, .left = 5};
    gaz_builder_line(builder, &line);
}

static void make_lost_source(struct gaz_builder *builder)
{
    const struct gaz_name name = {.text = "甲", .source = 12};
    const struct gaz_place place = {.id = 1, .names = &name, .name_count = 1};
    gaz_builder_place(builder, &place);
}

static void make_redirect_circle(struct gaz_builder *builder)
{
    put_place(builder, 1, 0);
    gaz_builder_redirect(builder, 8, 9);
    gaz_builder_redirect(builder, 9, 8);
}

static void test_refusals(void **state)
{
    (void)state;
    static const struct {
        const char *sentence; /* a part of it */
        void (*make)(struct gaz_builder *);
    } CASES[] = {
        {"place 0000000000001 lies in itself", make_self_parent},
        {"lies in itself, by way of its parents", make_circle},
        {"lies in itself, by way of its parents", make_below_circle},
        {"more than 32 parents", make_deep},
        {"0000000000001 lies in 0000000000005, which does not", make_orphan},
        {"place 0000000000001 is given twice", make_twin},
        {"must have 1 to 64 names", make_nameless},
        {"has a position off the earth", make_off_earth},
        {"an address names place 0000000000005", make_lost_address},
        {"a claim names no place", make_lost_claim},
        {"a change names place 0000000000005", make_lost_change},
        {"a line runs beside place 0000000000005", make_lost_line},
        {"names source 12, which does not exist", make_lost_source},
        {"redirects to itself in a circle", make_redirect_circle},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].sentence);
        struct gaz_ctx ctx = {0};
        struct gaz_builder *builder = gaz_builder_new();
        CASES[i].make(builder);
        struct gaz_build_stats stats = {.places = 77};
        assert_status_of(
            &ctx, gaz_builder_write(&ctx, builder, "/tmp/diming-never", &stats),
            GAZ_INVALID);
        assert_non_null(strstr(gaz_ctx_failure(&ctx), CASES[i].sentence));
        assert_int_equal(stats.places, 77);
        assert_int_not_equal(access("/tmp/diming-never", F_OK), 0);
        gaz_builder_free(builder);
        gaz_ctx_close(&ctx);
    }
}

/* ---- the same bytes ---- */

static struct gaz_rows bytes_of(struct gaz_builder *builder)
{
    struct gaz_ctx ctx = {0};
    struct gaz_rows file = {.item_size = 1};
    struct gaz_build_stats stats;
    assert_status_of(&ctx, gaz_write_bytes(&ctx, builder, &file, &stats),
                     GAZ_OK);
    assert_int_equal(stats.bytes, file.count);
    gaz_ctx_close(&ctx);
    return file;
}

static void assert_same_bytes(struct gaz_builder *a, struct gaz_builder *b)
{
    struct gaz_rows one = bytes_of(a);
    struct gaz_rows two = bytes_of(b);
    struct gaz_rows again = bytes_of(a); /* writing changes no answer */
    assert_int_equal(one.count, two.count);
    assert_memory_equal(one.items, two.items, one.count);
    assert_int_equal(one.count, again.count);
    assert_memory_equal(one.items, again.items, one.count);
    gaz_rows_close(&one);
    gaz_rows_close(&two);
    gaz_rows_close(&again);
    gaz_builder_free(a);
    gaz_builder_free(b);
}

static void test_order_of_rows(void **state)
{
    (void)state;
    struct gaz_builder *a = gaz_builder_new();
    struct gaz_builder *b = gaz_builder_new();
    world_region(a, false);
    world_region(b, true);
    assert_same_bytes(a, b);
    uint64_t seeds[8];
    int count = world_seeds(seeds, COUNT(seeds));
    for (int i = 0; i < count; i++) {
        a = gaz_builder_new();
        b = gaz_builder_new();
        world_fill(a, seeds[i], 200, 300, 0);
        world_fill(b, seeds[i], 200, 300, WORLD_ANY_ORDER);
        assert_same_bytes(a, b);
    }
}

static void test_empty(void **state)
{
    (void)state;
    struct gaz_builder *builder = gaz_builder_new();
    struct gaz_snapshot *snap = world_open(builder);
    gaz_builder_free(builder);
    struct gaz_snap_span span;
    gaz_snapshot_find(snap, GAZ_KEY_NAME, "平湖", 6, &span);
    assert_int_equal(span.count, 0);
    struct gaz_snap_hit hit;
    assert_int_equal(gaz_snapshot_prefix(snap, GAZ_KEY_NAME, "平", 3, &hit, 1),
                     0);
    struct gaz_snap_near near;
    const struct gaz_coord coord = {121, 30.7};
    assert_int_equal(
        gaz_snapshot_nearest(snap, coord, 1e6, NULL, NULL, &near, 1), 0);
    uint32_t place;
    assert_int_equal(gaz_snapshot_containing(snap, coord, &place, 1), 0);
    assert_int_equal(gaz_snapshot_place(snap, 1), GAZ_NONE);
    gaz_snapshot_close(snap);
    gaz_snapshot_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_place_fields),
        cmocka_unit_test(test_name_fields),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_name_at),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_lexicon),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_order_of_rows),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, open_region, close_region);
}
