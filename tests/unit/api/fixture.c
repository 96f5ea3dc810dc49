/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/api/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/ogc/crs.h"
#include "api/params.h"
#include "api/problem.h"
#include "api/route.h"
#include "gazetteer/index/builder.h"
#include "tiles/tile.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { SOURCE = 7 };

#define STANDARD(text, roman)                                                  \
    {                                                                          \
        text, roman, GAZ_NAME_STANDARD, 0, 0, GAZ_BASIS_NONE, SOURCE           \
    }

static const struct gaz_name ZHEJIANG[] = {
    STANDARD("浙江省", "Zhèjiāng Shěng")};
static const struct gaz_name JIAXING[] = {STANDARD("嘉兴市", "Jiāxīng Shì")};
static const struct gaz_name PINGHU[] = {
    STANDARD("平湖市", "Pínghú Shì"),
    {"平湖", "Pínghú", GAZ_NAME_SHORT, 0, 0, GAZ_BASIS_NONE, SOURCE}};
static const struct gaz_name ZHAPU[] = {
    STANDARD("乍浦镇", "Zhàpǔ Zhèn"),
    {"乍浦", "Zhàpǔ", GAZ_NAME_SHORT, 0, 0, GAZ_BASIS_NONE, SOURCE}};
static const struct gaz_name YAQIAN[] = {
    {"衙前村", "Yáqiáncūn", GAZ_NAME_STANDARD, 20170000, 0, GAZ_BASIS_EDITION,
     SOURCE},
    {"建中村", "Jiànzhōngcūn", GAZ_NAME_FORMER, 0, 20170000, GAZ_BASIS_EDITION,
     SOURCE}};
static const struct gaz_name ROAD[] = {STANDARD("演示路", "Yǎnshì Lù")};
static const struct gaz_name FORT[] = {
    STANDARD("天妃宫炮台", "Tiānfēigōng Pàotái")};
static const struct gaz_name HUANGGU[] = {{"黄姑镇", "Huánggū Zhèn",
                                           GAZ_NAME_STANDARD, 0, 20090000,
                                           GAZ_BASIS_DOCUMENT, SOURCE}};
static const struct gaz_name DUSHANGANG[] = {{"独山港镇", "Dúshāngǎng Zhèn",
                                              GAZ_NAME_STANDARD, 20090000, 0,
                                              GAZ_BASIS_DOCUMENT, SOURCE}};
static const struct gaz_name SHANGHAI[] = {STANDARD("上海市", "Shànghǎi Shì")};
static const struct gaz_name JINSHAN[] = {STANDARD("金山区", "Jīnshān Qū")};

static const struct spec {
    gaz_id id;
    gaz_id parent;
    gaz_level level;
    int category;
    const char *code;
    const struct gaz_name *names;
    int name_count;
    double lon; /* 0: no position */
    double lat;
    double side; /* of the square area from lon, lat; 0: none */
} SPECS[] = {
    {101, 0, GAZ_LEVEL_PROVINCE, GAZ_CATEGORY_PROVINCE, "33", ZHEJIANG, 1, 0, 0,
     0},
    {102, 101, GAZ_LEVEL_CITY, GAZ_CATEGORY_CITY, "3304", JIAXING, 1, 0, 0, 0},
    {FIXTURE_COUNTY, 102, GAZ_LEVEL_COUNTY, GAZ_CATEGORY_COUNTY, "330482",
     PINGHU, 2, 121.0, 30.6, 0.2},
    {FIXTURE_TOWN, FIXTURE_COUNTY, GAZ_LEVEL_TOWN, GAZ_CATEGORY_TOWN,
     "330482101", ZHAPU, 2, 121.08, 30.61, 0},
    {FIXTURE_VILLAGE, FIXTURE_TOWN, GAZ_LEVEL_VILLAGE, GAZ_CATEGORY_VILLAGE,
     "330482101203", YAQIAN, 2, 0, 0, 0},
    {FIXTURE_ROAD, FIXTURE_TOWN, GAZ_LEVEL_NONE, GAZ_CATEGORY_ROAD, NULL, ROAD,
     1, 0, 0, 0},
    {FIXTURE_SITE, FIXTURE_TOWN, GAZ_LEVEL_NONE, GAZ_CATEGORY_MEMORIAL, NULL,
     FORT, 1, 121.09, 30.62, 0},
    {108, 0, GAZ_LEVEL_PROVINCE, GAZ_CATEGORY_PROVINCE, "31", SHANGHAI, 1, 0, 0,
     0},
    {109, 108, GAZ_LEVEL_COUNTY, GAZ_CATEGORY_COUNTY, "310116", JINSHAN, 1,
     121.2, 30.6, 0.2},
    {FIXTURE_GONE, FIXTURE_COUNTY, GAZ_LEVEL_TOWN, GAZ_CATEGORY_TOWN,
     "330482105", HUANGGU, 1, 121.15, 30.65, 0},
    {FIXTURE_HEIR, FIXTURE_COUNTY, GAZ_LEVEL_TOWN, GAZ_CATEGORY_TOWN,
     "330482106", DUSHANGANG, 1, 121.16, 30.66, 0},
};

/* A square as WKB. */
static size_t write_square(double west, double south, double side, char out[93])
{
    const double points[5][2] = {{west, south},
                                 {west + side, south},
                                 {west + side, south + side},
                                 {west, south + side},
                                 {west, south}};
    const uint32_t head[3] = {3, 1, 5};
    out[0] = 1;
    memcpy(out + 1, head, sizeof(head));
    memcpy(out + 1 + sizeof(head), points, sizeof(points));
    return 93;
}

static void add_place(struct gaz_builder *builder, const struct spec *spec)
{
    char wkb[93];
    struct gaz_place place = {
        .id = spec->id,
        .code = spec->code,
        .level = spec->level,
        .category = spec->category,
        .is_synthetic = true,
        .names = spec->names,
        .name_count = spec->name_count,
        .parent = spec->parent,
    };
    if (spec->id == FIXTURE_GONE) {
        place.status = GAZ_STATUS_HISTORICAL;
        place.valid_to = 20090000;
        place.basis = GAZ_BASIS_DOCUMENT;
    }
    if (spec->id == FIXTURE_SITE) {
        place.address = "演示路158号";
        place.history = "沿革";
    }
    if (spec->side > 0) {
        place.area_size = write_square(spec->lon, spec->lat, spec->side, wkb);
        place.area_wkb = wkb;
        place.area_is_schematic = true;
    } else if (spec->lon > 0) {
        place.position = (struct gaz_position){.coord = {spec->lon, spec->lat},
                                               .method = GAZ_METHOD_SYNTHETIC,
                                               .accuracy_m = 25,
                                               .source = SOURCE};
    }
    gaz_builder_place(builder, &place);
}

static void add_addresses(struct gaz_builder *builder)
{
    const struct gaz_address addresses[] = {
        {.id = FIXTURE_ADDRESS,
         .parent = FIXTURE_ROAD,
         .number = "158号",
         .number_value = 158,
         .tail = "",
         .place = FIXTURE_SITE,
         .position = {{121.09, 30.62}, GAZ_METHOD_SYNTHETIC, 3, SOURCE},
         .source = SOURCE,
         .is_synthetic = true},
        {.id = 202,
         .parent = FIXTURE_ROAD,
         .number = "160号",
         .number_value = 160,
         .tail = "",
         .position = {{121.091, 30.62}, GAZ_METHOD_SYNTHETIC, 3, SOURCE},
         .source = SOURCE,
         .is_synthetic = true},
    };
    for (size_t i = 0; i < COUNT(addresses); i++)
        gaz_builder_address(builder, &addresses[i]);
}

static void add_facts(struct gaz_builder *builder)
{
    const struct gaz_claim claims[] = {
        {.place = FIXTURE_SITE,
         .property = "built",
         .value = "1729",
         .value_date = "1729",
         .source_title = "甲书",
         .source_url = "https://example.org/a",
         .grade = "B"},
        {.place = FIXTURE_SITE,
         .property = "built",
         .value = "1717",
         .value_date = "1717",
         .source_title = "乙书",
         .grade = "A",
         .is_preferred = true},
    };
    for (size_t i = 0; i < COUNT(claims); i++)
        gaz_builder_claim(builder, &claims[i]);
    gaz_builder_change(builder, &(struct gaz_change){
                                    .kind = GAZ_CHANGE_MERGE,
                                    .date = 20090000,
                                    .basis = GAZ_BASIS_DOCUMENT,
                                    .from = FIXTURE_GONE,
                                    .to = FIXTURE_HEIR,
                                    .note = "并入独山港镇",
                                    .source = SOURCE,
                                });
    const struct gaz_coord border[] = {{121.2, 30.6}, {121.2, 30.8}};
    const struct gaz_coord coast[] = {{121.0, 30.58}, {121.4, 30.59}};
    gaz_builder_line(builder, &(struct gaz_line){.name = "沪浙线",
                                                 .code = "310116-330482",
                                                 .kind = GAZ_LINE_BOUNDARY,
                                                 .level = GAZ_LEVEL_PROVINCE,
                                                 .is_schematic = true,
                                                 .points = border,
                                                 .point_count = COUNT(border),
                                                 .left = FIXTURE_COUNTY,
                                                 .right = 109,
                                                 .source = SOURCE});
    gaz_builder_line(builder, &(struct gaz_line){.name = "",
                                                 .code = "",
                                                 .kind = GAZ_LINE_COAST,
                                                 .points = coast,
                                                 .point_count = COUNT(coast),
                                                 .source = SOURCE});
}

void fixture_write(const char *path, uint64_t seq)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_builder *builder = gaz_builder_new();
    gaz_builder_source(builder, &(struct gaz_source){.id = SOURCE,
                                                     .key = "made-up",
                                                     .title = "试验数据",
                                                     .origin = "tests",
                                                     .edition = "1",
                                                     .licence = "CC0-1.0",
                                                     .credit = "Diming tests",
                                                     .grade = "B"});
    for (size_t i = 0; i < COUNT(SPECS); i++)
        add_place(builder, &SPECS[i]);
    add_addresses(builder);
    add_facts(builder);
    gaz_builder_redirect(builder, FIXTURE_MERGED, FIXTURE_VILLAGE);
    gaz_builder_journal_seq(builder, seq);
    struct gaz_build_stats stats;
    if (gaz_builder_write(&ctx, builder, path, &stats) != GAZ_OK) {
        (void)fprintf(stderr, "fixture: %s\n", gaz_ctx_failure(&ctx));
        abort();
    }
    gaz_builder_free(builder);
    gaz_ctx_close(&ctx);
}

void fixture_open(struct fixture *fixture)
{
    *fixture = (struct fixture){.snap = NULL};
    char path[] = "/tmp/diming-api-XXXXXX";
    int fd = mkstemp(path);
    struct gaz_ctx *ctx = &fixture->worker.ctx;
    if (fd < 0 || close(fd) != 0)
        abort();
    fixture_write(path, FIXTURE_SEQ);
    if (gaz_snapshot_open(ctx, path, &fixture->snap) != GAZ_OK ||
        gaz_searcher_open(ctx, &fixture->worker.searcher) != GAZ_OK ||
        tile_maker_open(ctx, fixture->snap, &fixture->worker.tiles) != GAZ_OK) {
        (void)fprintf(stderr, "fixture: %s\n", gaz_ctx_failure(ctx));
        abort();
    }
    (void)unlink(path);
    gaz_buffer_open(&fixture->body, API_RESPONSE_MAX_BYTES);
}

void fixture_close(struct fixture *fixture)
{
    tile_maker_close(fixture->worker.tiles);
    gaz_searcher_close(fixture->worker.searcher);
    ogc_crs_close(fixture->worker.projections);
    gaz_snapshot_close(fixture->snap);
    gaz_buffer_close(&fixture->body);
    gaz_ctx_close(&fixture->worker.ctx);
}

static int dispatch(struct fixture *fixture, struct api_request request,
                    const char *uri)
{
    struct api_worker *worker = &fixture->worker;
    gaz_ctx_next(&worker->ctx);
    worker->snap = fixture->snap;
    worker->problem = 0;
    worker->parameter = NULL;
    worker->failure_zh = NULL;
    worker->current = NULL;
    gaz_buffer_clear(&fixture->body);
    fixture->response = (struct api_response){.body = &fixture->body};
    size_t path_len = strcspn(uri, "?");
    request.path = api_params_decode(&worker->ctx.arena, uri, path_len, false);
    request.base_url = "http://example.org";
    if (!request.path)
        request.path = "";
    gaz_status status = api_params_parse(
        worker, uri[path_len] ? uri + path_len + 1 : NULL, &request);
    if (status == GAZ_OK)
        api_route_dispatch(worker, &request, &fixture->response);
    else
        api_problem_answer(worker, &request, status, &fixture->response);
    return fixture->response.status;
}

int fixture_ask(struct fixture *fixture, const char *method, const char *uri)
{
    return dispatch(fixture, (struct api_request){.method = method}, uri);
}

int fixture_ask_again(struct fixture *fixture, const char *uri,
                      const char *etag)
{
    return dispatch(
        fixture, (struct api_request){.method = "GET", .if_none_match = etag},
        uri);
}

int fixture_post(struct fixture *fixture, const char *uri, const char *type,
                 const char *body, size_t size)
{
    return dispatch(fixture,
                    (struct api_request){.method = "POST",
                                         .content_type = type,
                                         .body = body,
                                         .body_size = size},
                    uri);
}

int fixture_decide(struct fixture *fixture, const char *uri, const char *body,
                   const char *if_match, const char *token)
{
    return dispatch(fixture,
                    (struct api_request){.method = "POST",
                                         .content_type = "application/json",
                                         .if_match = if_match,
                                         .idempotency_key = token,
                                         .body = body,
                                         .body_size = strlen(body)},
                    uri);
}

const char *fixture_id(gaz_id id)
{
    static char texts[4][GAZ_ID_TEXT_BYTES];
    static unsigned next;
    return gaz_id_write(id, texts[next++ % 4]);
}
