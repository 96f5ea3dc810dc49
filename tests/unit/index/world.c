/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/index/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

uint64_t world_next(struct world_random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

uint32_t world_below(struct world_random *random, uint32_t limit)
{
    return (uint32_t)((world_next(random) >> 32) * limit >> 32);
}

double world_between(struct world_random *random, double low, double high)
{
    return low + (high - low) * (double)(world_next(random) >> 11) / 0x1p53;
}

int world_seeds(uint64_t *out, int max)
{
    static const uint64_t FIXED[] = {1, 2, 3, 20170101, 330482};
    const char *given = getenv("GAZ_TEST_SEED");
    int64_t seed;
    int count = 0;
    if (given && gaz_text_parse_int(given, &seed)) {
        out[count++] = (uint64_t)seed;
    } else {
        for (size_t i = 0; i < COUNT(FIXED) && count < max; i++)
            out[count++] = FIXED[i];
    }
    for (int i = 0; i < count; i++)
        (void)printf("           seed: %llu\n", (unsigned long long)out[i]);
    return count;
}

static char *put(char *at, const void *data, size_t size)
{
    memcpy(at, data, size);
    return at + size;
}

size_t world_square(double west, double south, double side, char out[93])
{
    const double points[5][2] = {{west, south},
                                 {west + side, south},
                                 {west + side, south + side},
                                 {west, south + side},
                                 {west, south}};
    const uint32_t head[3] = {3, 1, 5};
    out[0] = 1;
    char *end = put(put(out + 1, head, sizeof(head)), points, sizeof(points));
    return (size_t)(end - out);
}

struct gaz_snapshot *world_open(struct gaz_builder *builder)
{
    struct gaz_ctx ctx = {0};
    char path[] = "/tmp/diming-test-XXXXXX";
    int fd = mkstemp(path);
    struct gaz_build_stats stats;
    struct gaz_snapshot *snap = NULL;
    if (fd < 0 || close(fd) != 0 ||
        gaz_builder_write(&ctx, builder, path, &stats) != GAZ_OK ||
        gaz_snapshot_open(&ctx, path, &snap) != GAZ_OK) {
        (void)fprintf(stderr, "world_open: %s\n", gaz_ctx_failure(&ctx));
        abort();
    }
    (void)unlink(path);
    gaz_ctx_close(&ctx);
    return snap;
}

/* ---- random worlds ---- */

static const struct {
    const char *han;
    const char *roman;
} SYLLABLES[] = {
    {"平", "Píng"}, {"湖", "hú"},   {"乍", "Zhà"},  {"浦", "pǔ"},
    {"新", "xīn"},  {"仓", "cāng"}, {"山", "shān"}, {"塘", "táng"},
    {"廊", "láng"}, {"下", "xià"},
};

enum { NAME_BYTES = 64, NAMES_PER_PLACE = 3 };

static void random_name(struct world_random *random, char *han, char *roman)
{
    uint32_t chars = 1 + world_below(random, 5);
    han[0] = roman[0] = '\0';
    size_t han_size = 0;
    size_t roman_size = 0;
    for (uint32_t i = 0; i < chars; i++) {
        uint32_t pick = world_below(random, COUNT(SYLLABLES));
        han_size += (size_t)snprintf(han + han_size, NAME_BYTES - han_size,
                                     "%s", SYLLABLES[pick].han);
        roman_size +=
            (size_t)snprintf(roman + roman_size, NAME_BYTES - roman_size,
                             "%s%s", i > 0 ? " " : "", SYLLABLES[pick].roman);
    }
}

static struct gaz_position random_position(struct world_random *random)
{
    struct gaz_position position = {0};
    if (world_below(random, 5) == 0)
        return position;
    position.method = GAZ_METHOD_SYNTHETIC;
    position.accuracy_m = 10;
    /* A coarse grid, so that points fall together and ties are met. */
    position.coord.lon = 121 + world_below(random, 400) / 1000.0;
    position.coord.lat = 30.5 + world_below(random, 400) / 1000.0;
    return position;
}

static void random_place(struct gaz_builder *builder, uint64_t seed,
                         uint32_t number, unsigned options)
{
    struct world_random random = {seed * 1000003 + number};
    char han[NAMES_PER_PLACE][NAME_BYTES];
    char roman[NAMES_PER_PLACE][NAME_BYTES];
    struct gaz_name names[NAMES_PER_PLACE] = {0};
    int name_count = 1 + (int)world_below(&random, NAMES_PER_PLACE);
    for (int i = 0; i < name_count; i++) {
        random_name(&random, han[i], roman[i]);
        names[i].text = han[i];
        names[i].roman = roman[i];
        names[i].kind = i == 0 ? GAZ_NAME_STANDARD
                               : (gaz_name_kind)(1 + world_below(&random, 3));
    }
    char code[16];
    (void)snprintf(code, sizeof(code), "%06u",
                   330000 + world_below(&random, 5000));
    char wkb[93];
    struct gaz_place place = {
        .id = number + 1,
        .code = world_below(&random, 3) == 0 ? code : NULL,
        .level = (gaz_level)world_below(&random, 6),
        .category =
            world_below(&random, 2) ? GAZ_CATEGORY_ROAD : GAZ_CATEGORY_MEMORIAL,
        .status = world_below(&random, 4) == 0 ? GAZ_STATUS_HISTORICAL
                                               : GAZ_STATUS_CURRENT,
        .is_synthetic = true,
        .names = names,
        .name_count = name_count,
        /* parents have smaller numbers, and chains stay short */
        .parent = number > 0 ? 1 + world_below(&random, number / 16 + 1) : 0,
        .position = random_position(&random),
    };
    if (place.parent == place.id)
        place.parent = 0;
    if (world_below(&random, 8) == 0 && !(options & WORLD_NO_AREAS)) {
        place.area_size =
            world_square(121 + world_below(&random, 300) / 1000.0,
                         30.5 + world_below(&random, 300) / 1000.0,
                         (1 + world_below(&random, 100)) / 1000.0, wkb);
        place.area_wkb = wkb;
    }
    gaz_builder_place(builder, &place);
}

static void random_address(struct gaz_builder *builder, uint64_t seed,
                           uint32_t number, uint32_t places)
{
    struct world_random random = {seed * 7000003 + number};
    char text[NAME_BYTES];
    uint32_t value = world_below(&random, 40);
    (void)snprintf(text, sizeof(text), "%u号", value);
    const struct gaz_address address = {
        .id = 1000000 + number,
        .parent = 1 + world_below(&random, places),
        .number = text,
        .number_value = (int32_t)value,
        .tail = world_below(&random, 2) ? "1室" : "",
        .position = random_position(&random),
        .is_synthetic = true,
    };
    gaz_builder_address(builder, &address);
}

void world_fill(struct gaz_builder *builder, uint64_t seed, uint32_t places,
                uint32_t addresses, unsigned options)
{
    for (uint32_t i = 0; i < places; i++)
        random_place(builder, seed,
                     options & WORLD_ANY_ORDER ? places - 1 - i : i, options);
    for (uint32_t i = 0; i < addresses; i++)
        random_address(
            builder, seed,
            options & WORLD_ANY_ORDER ? (i + addresses / 3) % addresses : i,
            places);
}

/* ---- the hand-made region ---- */

struct region_place {
    gaz_id id;
    gaz_id parent;
    gaz_level level;
    int category;
    const char *code;
    struct gaz_name names[3];
    int name_count;
    double lon; /* 0: no position */
    double lat;
    gaz_place_status status;
    bool has_area;
};

static const struct region_place REGION[] = {
    {REGION_PROVINCE,
     0,
     GAZ_LEVEL_PROVINCE,
     GAZ_CATEGORY_PROVINCE,
     "33",
     {{"浙江省", "Zhèjiāng Shěng", GAZ_NAME_STANDARD, 0, 0, 0, 0}},
     1,
     0,
     0,
     GAZ_STATUS_CURRENT,
     false},
    {REGION_CITY,
     REGION_PROVINCE,
     GAZ_LEVEL_CITY,
     GAZ_CATEGORY_CITY,
     "3304",
     {{"嘉兴市", "Jiāxīng Shì", GAZ_NAME_STANDARD, 0, 0, 0, 0}},
     1,
     0,
     0,
     GAZ_STATUS_CURRENT,
     false},
    {REGION_COUNTY,
     REGION_CITY,
     GAZ_LEVEL_COUNTY,
     GAZ_CATEGORY_COUNTY,
     "330482",
     {{"平湖市", "Pínghú Shì", GAZ_NAME_STANDARD, 0, 0, 0, REGION_SOURCE},
      {"平湖", "Pínghú", GAZ_NAME_SHORT, 0, 0, 0, 0}},
     2,
     0,
     0,
     GAZ_STATUS_CURRENT,
     true},
    {REGION_TOWN,
     REGION_COUNTY,
     GAZ_LEVEL_TOWN,
     GAZ_CATEGORY_TOWN,
     "330482104",
     {{"新仓镇", "Xīncāng Zhèn", GAZ_NAME_STANDARD, 0, 0, 0, 0},
      {"新仓", "Xīncāng", GAZ_NAME_SHORT, 0, 0, 0, 0}},
     2,
     121.25,
     30.75,
     GAZ_STATUS_CURRENT,
     false},
    {REGION_VILLAGE,
     REGION_TOWN,
     GAZ_LEVEL_VILLAGE,
     GAZ_CATEGORY_VILLAGE,
     "330482104203",
     {{"衙前村", "Yáqiáncūn", GAZ_NAME_STANDARD, 20170000, 0, GAZ_BASIS_EDITION,
       0},
      {"建中村", "Jiànzhōngcūn", GAZ_NAME_FORMER, 0, 20170000,
       GAZ_BASIS_EDITION, 0},
      {"衙前村村民委员会", NULL, GAZ_NAME_OFFICIAL, 20170000, 0,
       GAZ_BASIS_EDITION, 0}},
     3,
     0,
     0,
     GAZ_STATUS_CURRENT,
     false},
    {REGION_ROAD,
     REGION_TOWN,
     GAZ_LEVEL_NONE,
     GAZ_CATEGORY_ROAD,
     NULL,
     {{"朝阳路", "Cháoyáng Lù", GAZ_NAME_STANDARD, 0, 0, 0, 0}},
     1,
     0,
     0,
     GAZ_STATUS_CURRENT,
     false},
    {REGION_SITE,
     REGION_COUNTY,
     GAZ_LEVEL_NONE,
     GAZ_CATEGORY_MEMORIAL,
     NULL,
     {{"平湖市纪念馆", "Pínghú Shì Jìniànguǎn", GAZ_NAME_STANDARD, 0, 0, 0, 0}},
     1,
     121.02,
     30.7,
     GAZ_STATUS_CURRENT,
     false},
    {REGION_SHANGHAI,
     0,
     GAZ_LEVEL_PROVINCE,
     GAZ_CATEGORY_PROVINCE,
     "31",
     {{"上海市", "Shànghǎi Shì", GAZ_NAME_STANDARD, 0, 0, 0, 0}},
     1,
     0,
     0,
     GAZ_STATUS_CURRENT,
     false},
    {REGION_JINSHAN,
     REGION_SHANGHAI,
     GAZ_LEVEL_COUNTY,
     GAZ_CATEGORY_COUNTY,
     "310116",
     {{"金山区", "Jīnshān Qū", GAZ_NAME_STANDARD, 0, 0, 0, 0}},
     1,
     121.34,
     30.74,
     GAZ_STATUS_CURRENT,
     false},
    {REGION_GONE,
     REGION_COUNTY,
     GAZ_LEVEL_TOWN,
     GAZ_CATEGORY_TOWN,
     "330482105",
     {{"黄姑镇", "Huánggū Zhèn", GAZ_NAME_STANDARD, 0, 20090000, 0, 0}},
     1,
     121.18,
     30.65,
     GAZ_STATUS_HISTORICAL,
     false},
    {REGION_LANE,
     REGION_ROAD,
     GAZ_LEVEL_NONE,
     GAZ_CATEGORY_ROAD,
     NULL,
     {{"100弄", "100 Lòng", GAZ_NAME_STANDARD, 0, 0, 0, 0}},
     1,
     0,
     0,
     GAZ_STATUS_CURRENT,
     false},
    {REGION_NOWHERE,
     REGION_SHANGHAI,
     GAZ_LEVEL_NONE,
     GAZ_CATEGORY_MEMORIAL,
     NULL,
     {{"西安碑", "Xī'ān Bēi", GAZ_NAME_STANDARD, 0, 0, 0, 0}},
     1,
     0,
     0,
     GAZ_STATUS_CURRENT,
     false},
};

static void region_place(struct gaz_builder *builder,
                         const struct region_place *given)
{
    char wkb[93];
    struct gaz_place place = {
        .id = given->id,
        .code = given->code,
        .level = given->level,
        .category = given->category,
        .status = given->status,
        .is_synthetic = true,
        .names = given->names,
        .name_count = given->name_count,
        .parent = given->parent,
        .area_is_schematic = given->has_area,
    };
    if (given->lon > 0)
        place.position = (struct gaz_position){
            {given->lon, given->lat}, GAZ_METHOD_SYNTHETIC, 25, 7};
    if (given->has_area) {
        place.area_size = world_square(121, 30.6, 0.2, wkb);
        place.area_wkb = wkb;
    }
    if (given->id == REGION_SITE) {
        place.address = "朝阳路158号";
        place.meaning = "含义";
        place.origin = "来历";
        place.history = "沿革";
        place.valid_from = 19490507;
        place.valid_to = 20200101;
        place.basis = GAZ_BASIS_DOCUMENT;
        place.is_statistical = true;
    }
    gaz_builder_place(builder, &place);
}

static void region_addresses(struct gaz_builder *builder)
{
    const struct gaz_address addresses[] = {
        {.id = REGION_ADDRESS_160,
         .parent = REGION_ROAD,
         .number = "160号",
         .number_value = 160,
         .tail = "",
         .position = {{121.26, 30.76}, GAZ_METHOD_SURVEYED, 3, 7},
         .source = REGION_SOURCE,
         .is_synthetic = true},
        {.id = REGION_ADDRESS_158_ROOM,
         .parent = REGION_ROAD,
         .number = "158号",
         .number_value = 158,
         .tail = "2幢",
         .status = GAZ_STATUS_PLANNED},
        {.id = REGION_ADDRESS_158,
         .parent = REGION_ROAD,
         .number = "158号",
         .number_value = 158,
         .tail = NULL,
         .place = REGION_SITE,
         .position = {{121.25, 30.76}, GAZ_METHOD_SURVEYED, 3, 7},
         .source = REGION_SOURCE},
    };
    for (size_t i = 0; i < COUNT(addresses); i++)
        gaz_builder_address(builder, &addresses[i]);
}

static void region_facts(struct gaz_builder *builder)
{
    const struct gaz_claim claims[] = {
        {.place = REGION_SITE,
         .property = "built",
         .value = "1729",
         .value_date = "1729",
         .source_title = "甲",
         .source_url = "u",
         .grade = "B"},
        {.place = REGION_SITE,
         .property = "built",
         .value = "1717",
         .value_date = "1717",
         .source_title = "乙",
         .grade = "A",
         .is_preferred = true},
    };
    for (size_t i = 0; i < COUNT(claims); i++)
        gaz_builder_claim(builder, &claims[i]);
    const struct gaz_change change = {.kind = GAZ_CHANGE_MERGE,
                                      .date = 20090000,
                                      .basis = GAZ_BASIS_DOCUMENT,
                                      .from = REGION_GONE,
                                      .to = REGION_TOWN,
                                      .note = "并入",
                                      .source = REGION_SOURCE};
    gaz_builder_change(builder, &change);
    const struct gaz_coord points[] = {{121.2, 30.6}, {121.2, 30.8}};
    const struct gaz_line line = {.name = "线",
                                  .code = "310116-330482",
                                  .kind = GAZ_LINE_BOUNDARY,
                                  .level = GAZ_LEVEL_PROVINCE,
                                  .is_schematic = true,
                                  .points = points,
                                  .point_count = COUNT(points),
                                  .left = REGION_COUNTY,
                                  .right = REGION_JINSHAN,
                                  .source = REGION_SOURCE};
    gaz_builder_line(builder, &line);
}

void world_region(struct gaz_builder *builder, bool reversed)
{
    const struct gaz_source source = {.id = REGION_SOURCE,
                                      .key = "made-up",
                                      .title = "试验",
                                      .origin = "tests",
                                      .edition = "1",
                                      .licence = "CC0-1.0",
                                      .credit = "none",
                                      .url = "none:",
                                      .grade = "B"};
    if (reversed)
        region_facts(builder);
    for (size_t i = 0; i < COUNT(REGION); i++)
        region_place(builder, &REGION[reversed ? COUNT(REGION) - 1 - i : i]);
    region_addresses(builder);
    if (!reversed)
        region_facts(builder);
    gaz_builder_source(builder, &source);
    gaz_builder_redirect(builder, REGION_MERGED_TWICE, REGION_MERGED);
    gaz_builder_redirect(builder, REGION_MERGED, REGION_VILLAGE);
    gaz_builder_journal_seq(builder, REGION_SEQ);
}
