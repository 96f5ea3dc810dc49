/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/search/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/index/builder.h"
#include "gazetteer/standardise/romanise.h"

struct row {
    const char *key; /* the code where it is all digits */
    const char *parent;
    const char *name;
    const char *brief; /* short name, NULL: none */
    gaz_level level;
    int category;
    double lon; /* 0: no position of its own */
    double lat;
    gaz_date to; /* historical when set */
};

static const struct row ROWS[] = {
    {"33", NULL, "浙江省", "浙江", 1, GAZ_CATEGORY_PROVINCE, 0, 0, 0},
    {"3304", "33", "嘉兴市", "嘉兴", 2, GAZ_CATEGORY_CITY, 0, 0, 0},
    {"330482", "3304", "平湖市", "平湖", 3, GAZ_CATEGORY_COUNTY, 121.02, 30.70,
     0},
    {"330402", "3304", "南湖区", "南湖", 3, GAZ_CATEGORY_COUNTY, 0, 0, 0},
    {"31", NULL, "上海市", "上海", 1, GAZ_CATEGORY_PROVINCE, 0, 0, 0},
    {"310116", "31", "金山区", "金山", 3, GAZ_CATEGORY_COUNTY, 121.30, 30.75,
     0},
    {"330482001", "330482", "当湖街道", "当湖", 4, GAZ_CATEGORY_TOWN, 121.01,
     30.69, 0},
    {"330482002", "330482", "钟埭街道", "钟埭", 4, GAZ_CATEGORY_TOWN, 121.02,
     30.75, 0},
    {"330482003", "330482", "曹桥街道", "曹桥", 4, GAZ_CATEGORY_TOWN, 120.97,
     30.68, 0},
    {"330482101", "330482", "乍浦镇", "乍浦", 4, GAZ_CATEGORY_TOWN, 121.08,
     30.60, 0},
    {"330482103", "330482", "新仓镇", "新仓", 4, GAZ_CATEGORY_TOWN, 121.12,
     30.70, 0},
    {"330482104", "330482", "黄姑镇", "黄姑", 4, GAZ_CATEGORY_TOWN, 0, 0,
     20090000},
    {"330482105", "330482", "全塘镇", "全塘", 4, GAZ_CATEGORY_TOWN, 0, 0,
     20090000},
    {"330482106", "330482", "广陈镇", "广陈", 4, GAZ_CATEGORY_TOWN, 121.13,
     30.75, 0},
    {"330482108", "330482", "独山港镇", "独山港", 4, GAZ_CATEGORY_TOWN, 121.14,
     30.65, 0},
    {"330402103", "330402", "大桥镇", "大桥", 4, GAZ_CATEGORY_TOWN, 0, 0, 0},
    {"310116101", "310116", "朱泾镇", "朱泾", 4, GAZ_CATEGORY_TOWN, 121.17,
     30.84, 0},
    {"310116102", "310116", "枫泾镇", "枫泾", 4, GAZ_CATEGORY_TOWN, 121.16,
     30.83, 0},
    {"310116105", "310116", "吕巷镇", "吕巷", 4, GAZ_CATEGORY_TOWN, 121.19,
     30.83, 0},
    {"310116107", "310116", "廊下镇", "廊下", 4, GAZ_CATEGORY_TOWN, 121.18,
     30.78, 0},
    {"310116109", "310116", "金山卫镇", "金山卫", 4, GAZ_CATEGORY_TOWN, 121.28,
     30.73, 0},
    {"310116001", "310116", "石化街道", "石化", 4, GAZ_CATEGORY_TOWN, 121.33,
     30.71, 0},
    {"310116001002", "310116001", "三村居委会", "三村", 5,
     GAZ_CATEGORY_COMMUNITY, 0, 0, 0},
    {"330482106209", "330482106", "山塘村", "山塘", 5, GAZ_CATEGORY_VILLAGE, 0,
     0, 0},
    {"310116107211", "310116107", "山塘村", "山塘", 5, GAZ_CATEGORY_VILLAGE, 0,
     0, 0},
    {"330482103223", "330482103", "中华村", "中华", 5, GAZ_CATEGORY_VILLAGE, 0,
     0, 0},
    {"310116107212", "310116107", "中华村", "中华", 5, GAZ_CATEGORY_VILLAGE, 0,
     0, 0},
    {"330482002021", "330482002", "钟埭社区", "钟埭", 5, GAZ_CATEGORY_COMMUNITY,
     121.021, 30.751, 0},
    {"330482002221", "330482002", "钟埭村", "钟埭", 5, GAZ_CATEGORY_VILLAGE, 0,
     0, 0},
    {"330482002222", "330482002", "沈家弄村", "沈家弄", 5, GAZ_CATEGORY_VILLAGE,
     0, 0, 0},
    {"330482003204", "330482003", "章桥村", "章桥", 5, GAZ_CATEGORY_VILLAGE, 0,
     0, 0},
    {"310116109223", "310116109", "张桥村", "张桥", 5, GAZ_CATEGORY_VILLAGE, 0,
     0, 0},
    {"330482108217", "330482108", "衙前村", "衙前", 5, GAZ_CATEGORY_VILLAGE,
     121.145, 30.66, 0},
    {"330482108206", "330482108", "渡船桥村", "渡船桥", 5, GAZ_CATEGORY_VILLAGE,
     0, 0, 0},
    {"bali-village", "330402103", "八里村", "八里", 5, GAZ_CATEGORY_VILLAGE, 0,
     0, 0},
    {"bali-hamlet", "bali-village", "八里村", NULL, 0, GAZ_CATEGORY_HAMLET, 0,
     0, 0},
    {"zhaoyang", "330482103", "朝阳路", NULL, 0, GAZ_CATEGORY_ROAD, 0, 0, 0},
    {"xiatang", "330482002", "下塘街", NULL, 0, GAZ_CATEGORY_ROAD, 0, 0, 0},
    {"hall", "330482103", "毛泽东同志新仓经验批示展示馆", NULL, 0,
     GAZ_CATEGORY_MEMORIAL, 0, 0, 0},
    {"headquarters", "330482002021", "新四军北撤司令部旧址", NULL, 0,
     GAZ_CATEGORY_MEMORIAL, 0, 0, 0},
    {"310116104", "310116", "张堰镇", "张堰", 4, GAZ_CATEGORY_TOWN, 121.28,
     30.80, 0},
    {"yaoguang", "310116104", "姚光故居", NULL, 0, GAZ_CATEGORY_MEMORIAL, 0, 0,
     0},
    {"demo", "330482001", "演示路", NULL, 0, GAZ_CATEGORY_ROAD, 121.011, 30.691,
     0},
    {"demo-lane", "330482001", "演示路12弄", NULL, 0, GAZ_CATEGORY_ROAD,
     121.0112, 30.6912, 0},
};

enum { ROW_COUNT = sizeof(ROWS) / sizeof(ROWS[0]) };

static const struct {
    const char *parent;
    const char *number;
    int32_t value;
    const char *tail;
    const char *site;
    double lon;
    double lat;
} ADDRESSES[] = {
    {"zhaoyang", "158号", 158, "", "hall", 0, 0},
    {"xiatang", "4号", 4, "", "headquarters", 0, 0},
    {"bali-hamlet", "159号", 159, "", NULL, 0, 0},
    {"demo", "30号", 30, "", NULL, 121.0110, 30.691},
    {"demo", "31号", 31, "", NULL, 121.0111, 30.692},
    {"demo", "34号", 34, "", NULL, 121.0120, 30.691},
    {"demo", "34号", 34, "2幢501室", NULL, 121.0121, 30.691},
    {"demo", "38号", 38, "", NULL, 121.0140, 30.691},
    {"demo", "60号", 60, "", NULL, 121.0200, 30.691},
    {"demo-lane", "4号", 4, "501室", NULL, 121.0113, 30.6913},
};

static gaz_id id_of(const char *key)
{
    return key ? gaz_id_make("sample", key, 0) : 0;
}

static void stop(struct gaz_ctx *ctx, const char *what)
{
    (void)fprintf(stderr, "sample: %s: %s\n", what, gaz_ctx_failure(ctx));
    abort();
}

static struct gaz_name name_of(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                               const char *text, int category)
{
    struct gaz_roman roman;
    if (gaz_romanise(ctx, unicode, text, category, &roman) != GAZ_OK)
        stop(ctx, text);
    return (struct gaz_name){.text = text, .roman = roman.text, .source = 1};
}

/* Names beyond standard and short: former, and one in letters. */
static int more_names(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                      const struct row *row, struct gaz_name *names, int count)
{
    if (strcmp(row->name, "衙前村") == 0) {
        names[0].valid_from = 20171031;
        names[count] = name_of(ctx, unicode, "建中村", row->category);
        names[count].kind = GAZ_NAME_FORMER;
        names[count].basis = GAZ_BASIS_EDITION;
        names[count++].valid_to = 20171031;
    }
    if (strcmp(row->name, "乍浦镇") == 0) {
        names[count] = (struct gaz_name){.text = "Cha-p'u",
                                         .roman = "Cha-p'u",
                                         .kind = GAZ_NAME_VARIANT,
                                         .source = 1};
        count++;
    }
    return count;
}

/* A rectangle as WKB: little-endian polygon of one ring. */
static size_t rectangle(double west, double south, double east, double north,
                        unsigned char *out)
{
    const double points[] = {west,  south, east,  south, east,
                             north, west,  north, west,  south};
    const uint32_t head[] = {3, 1, 5}; /* polygon, rings, points */
    out[0] = 1;
    memcpy(out + 1, head, sizeof(head));
    memcpy(out + 1 + sizeof(head), points, sizeof(points));
    return 1 + sizeof(head) + sizeof(points);
}

static void add_place(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                      struct gaz_builder *builder, const struct row *row)
{
    struct gaz_name names[6];
    unsigned char area[128];
    int count = 0;
    names[count++] = name_of(ctx, unicode, row->name, row->category);
    if (row->brief) {
        names[count] = name_of(ctx, unicode, row->brief, row->category);
        names[count++].kind = GAZ_NAME_SHORT;
    }
    count = more_names(ctx, unicode, row, names, count);
    struct gaz_place place = {
        .id = id_of(row->key),
        .code = row->key[0] >= '0' && row->key[0] <= '9' ? row->key : NULL,
        .level = row->level,
        .category = row->category,
        .status = row->to ? GAZ_STATUS_HISTORICAL : GAZ_STATUS_CURRENT,
        .valid_to = row->to,
        .names = names,
        .name_count = count,
        .parent = id_of(row->parent),
        .is_synthetic = strncmp(row->key, "demo", 4) == 0,
    };
    if (strcmp(row->key, "yaoguang") == 0)
        place.address = "上海市金山区张堰镇新华路139号";
    if (strcmp(row->key, "330482108") == 0)
        place.valid_from = 20090000;
    if (row->lon > 0)
        place.position = (struct gaz_position){
            {row->lon, row->lat}, GAZ_METHOD_GAZETTEER, 1000, 1};
    if (strcmp(row->key, "330482") == 0)
        place.area_size =
            rectangle(120.95, 30.55, SAMPLE_LINE_LON, 30.85, area);
    if (strcmp(row->key, "310116") == 0)
        place.area_size = rectangle(SAMPLE_LINE_LON, 30.55, 121.45, 30.9, area);
    place.area_wkb = place.area_size ? area : NULL;
    place.area_is_schematic = place.area_size > 0;
    gaz_builder_place(builder, &place);
}

static void add_rest(struct gaz_builder *builder)
{
    for (size_t i = 0; i < sizeof(ADDRESSES) / sizeof(ADDRESSES[0]); i++) {
        struct gaz_address address = {
            .id = gaz_id_make("sample-address", ADDRESSES[i].number, (int)i),
            .text = ADDRESSES[i].number,
            .parent = id_of(ADDRESSES[i].parent),
            .number = ADDRESSES[i].number,
            .number_value = ADDRESSES[i].value,
            .tail = ADDRESSES[i].tail,
            .place = id_of(ADDRESSES[i].site),
            .source = 1,
            .is_synthetic = strncmp(ADDRESSES[i].parent, "demo", 4) == 0,
        };
        if (ADDRESSES[i].lon > 0)
            address.position =
                (struct gaz_position){{ADDRESSES[i].lon, ADDRESSES[i].lat},
                                      GAZ_METHOD_SYNTHETIC,
                                      5,
                                      1};
        gaz_builder_address(builder, &address);
    }
    static const char *const MERGED[] = {"330482104", "330482105"};
    for (size_t i = 0; i < 2; i++) {
        struct gaz_change change = {.kind = GAZ_CHANGE_MERGE,
                                    .date = 20090000,
                                    .basis = GAZ_BASIS_DOCUMENT,
                                    .from = id_of(MERGED[i]),
                                    .to = id_of("330482108"),
                                    .source = 1};
        gaz_builder_change(builder, &change);
    }
}

void sample_open(struct sample *sample)
{
    *sample = (struct sample){.snap = NULL};
    struct gaz_ctx *ctx = &sample->ctx;
    struct gaz_unicode *unicode = NULL;
    if (gaz_unicode_open(ctx, &unicode) != GAZ_OK)
        stop(ctx, "unicode");
    struct gaz_builder *builder = gaz_builder_new();
    struct gaz_source source = {.id = 1,
                                .key = "sample",
                                .title = "test rows",
                                .origin = "tests/unit/search",
                                .edition = "1",
                                .licence = "Apache-2.0",
                                .credit = ""};
    gaz_builder_source(builder, &source);
    for (size_t i = 0; i < ROW_COUNT; i++)
        add_place(ctx, unicode, builder, &ROWS[i]);
    add_rest(builder);
    char path[] = "/tmp/diming-sample-XXXXXX";
    int file = mkstemp(path);
    struct gaz_build_stats stats;
    if (file < 0 || gaz_builder_write(ctx, builder, path, &stats) != GAZ_OK ||
        gaz_snapshot_open(ctx, path, &sample->snap) != GAZ_OK ||
        gaz_searcher_open(ctx, &sample->searcher) != GAZ_OK)
        stop(ctx, path);
    (void)close(file);
    (void)unlink(path);
    gaz_builder_free(builder);
    gaz_unicode_close(unicode);
    gaz_ctx_next(ctx);
}

void sample_close(struct sample *sample)
{
    gaz_searcher_close(sample->searcher);
    gaz_snapshot_close(sample->snap);
    gaz_ctx_close(&sample->ctx);
}

uint32_t sample_place(const struct sample *sample, const char *text)
{
    static const gaz_key_kind KINDS[] = {GAZ_KEY_CODE, GAZ_KEY_NAME};
    for (size_t i = 0; i < 2; i++) {
        struct gaz_snap_span span;
        gaz_snapshot_find(sample->snap, KINDS[i], text, strlen(text), &span);
        if (span.count > 0)
            return span.items[0].place;
    }
    return GAZ_NONE;
}
