/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/city.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
    PLACE_IDS = 1,         /* ids of places count up from here */
    ADDRESS_IDS = 1 << 24, /* and those of addresses from here */
    EDGE_POINTS = 32,      /* of one side of a town */
    NAME_BYTES = 64,
    ADDRESSES_PER_ROAD = 100,
    ADDRESSES_PER_HAMLET = 20,
    ADDRESSES_PER_ESTATE = 60,
    HAMLETS_PER_VILLAGE = 15,
    VILLAGES_PER_TOWN = 12,
    TOWNS_PER_COUNTY = 10,
};

static const double WEST = 123;
static const double SOUTH = 30;
static const double SIDE_DEG = 1;
static const double METRE_DEG = 1e-5; /* about 1 m */

static const struct {
    const char *han;
    const char *roman; /* as inside a word */
    const char *first; /* as its first letters */
} CHARS[] = {
    {"安", "ān", "Ān"},       {"白", "bái", "Bái"},
    {"长", "cháng", "Cháng"}, {"朝", "cháo", "Cháo"},
    {"春", "chūn", "Chūn"},   {"大", "dà", "Dà"},
    {"东", "dōng", "Dōng"},   {"丰", "fēng", "Fēng"},
    {"福", "fú", "Fú"},       {"港", "gǎng", "Gǎng"},
    {"高", "gāo", "Gāo"},     {"古", "gǔ", "Gǔ"},
    {"光", "guāng", "Guāng"}, {"海", "hǎi", "Hǎi"},
    {"和", "hé", "Hé"},       {"红", "hóng", "Hóng"},
    {"华", "huá", "Huá"},     {"黄", "huáng", "Huáng"},
    {"建", "jiàn", "Jiàn"},   {"江", "jiāng", "Jiāng"},
    {"金", "jīn", "Jīn"},     {"景", "jǐng", "Jǐng"},
    {"康", "kāng", "Kāng"},   {"兰", "lán", "Lán"},
    {"乐", "lè", "Lè"},       {"林", "lín", "Lín"},
    {"龙", "lóng", "Lóng"},   {"梅", "méi", "Méi"},
    {"民", "mín", "Mín"},     {"明", "míng", "Míng"},
    {"南", "nán", "Nán"},     {"宁", "níng", "Níng"},
    {"平", "píng", "Píng"},   {"浦", "pǔ", "Pǔ"},
    {"前", "qián", "Qián"},   {"青", "qīng", "Qīng"},
    {"泉", "quán", "Quán"},   {"仁", "rén", "Rén"},
    {"荣", "róng", "Róng"},   {"山", "shān", "Shān"},
    {"胜", "shèng", "Shèng"}, {"石", "shí", "Shí"},
    {"顺", "shùn", "Shùn"},   {"塘", "táng", "Táng"},
    {"天", "tiān", "Tiān"},   {"桃", "táo", "Táo"},
    {"文", "wén", "Wén"},     {"西", "xī", "Xī"},
    {"新", "xīn", "Xīn"},     {"兴", "xīng", "Xīng"},
    {"秀", "xiù", "Xiù"},     {"阳", "yáng", "Yáng"},
    {"永", "yǒng", "Yǒng"},   {"玉", "yù", "Yù"},
    {"云", "yún", "Yún"},     {"泽", "zé", "Zé"},
    {"中", "zhōng", "Zhōng"}, {"竹", "zhú", "Zhú"},
    {"乍", "zhà", "Zhà"},     {"庄", "zhuāng", "Zhuāng"},
};

struct generic {
    const char *han;
    const char *roman;
};

static const struct generic PROVINCES[] = {{"省", "Shěng"}};
static const struct generic CITIES[] = {{"市", "Shì"}};
static const struct generic COUNTIES[] = {{"县", "Xiàn"}};
static const struct generic TOWNS[] = {{"镇", "Zhèn"}, {"乡", "Xiāng"}};
static const struct generic VILLAGES[] = {{"村", "cūn"}};
static const struct generic HAMLETS[] = {
    {"浜", "bāng"}, {"埭", "dài"}, {"桥", "qiáo"}, {"宅", "zhái"}};
static const struct generic ROADS[] = {{"路", "Lù"},
                                       {"路", "Lù"},
                                       {"街", "Jiē"},
                                       {"大道", "Dàdào"},
                                       {"巷", "Xiàng"}};
static const struct generic ESTATES[] = {{"小区", "Xiǎoqū"},
                                         {"花园", "Huāyuán"},
                                         {"新村", "Xīncūn"},
                                         {"苑", "Yuàn"}};

/* What a level of the city is made of. */
struct kind {
    gaz_level level;
    int category;
    const struct generic *generics;
    uint32_t generic_count;
    uint32_t chars; /* of the specific part, and perhaps one more */
    bool is_joined; /* the generic is written in one word with the rest */
};

static const struct kind PROVINCE = {
    GAZ_LEVEL_PROVINCE, GAZ_CATEGORY_PROVINCE, PROVINCES, 1, 2, false};
static const struct kind CITY = {
    GAZ_LEVEL_CITY, GAZ_CATEGORY_CITY, CITIES, 1, 2, false};
static const struct kind COUNTY = {
    GAZ_LEVEL_COUNTY, GAZ_CATEGORY_COUNTY, COUNTIES, 1, 2, false};
static const struct kind TOWN = {
    GAZ_LEVEL_TOWN, GAZ_CATEGORY_TOWN, TOWNS, COUNT(TOWNS), 2, false};
static const struct kind VILLAGE = {
    GAZ_LEVEL_VILLAGE, GAZ_CATEGORY_VILLAGE, VILLAGES, 1, 2, true};
static const struct kind HAMLET = {
    GAZ_LEVEL_NONE, GAZ_CATEGORY_HAMLET, HAMLETS, COUNT(HAMLETS), 2, true};
static const struct kind ROAD = {
    GAZ_LEVEL_NONE, GAZ_CATEGORY_ROAD, ROADS, COUNT(ROADS), 2, false};
static const struct kind ESTATE = {
    GAZ_LEVEL_NONE, GAZ_CATEGORY_ESTATE, ESTATES, COUNT(ESTATES), 2, false};

struct city {
    struct gaz_builder *builder;
    struct city_random random;
    gaz_id next_place;
    gaz_id next_address;
    uint32_t columns; /* of towns */
    uint32_t rows;
    uint32_t rows_per_county;
    uint64_t seed;
};

uint64_t city_next(struct city_random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

uint32_t city_below(struct city_random *random, uint32_t limit)
{
    return (uint32_t)((city_next(random) >> 32) * limit >> 32);
}

double city_between(struct city_random *random, double low, double high)
{
    return low + (high - low) * (double)(city_next(random) >> 11) / 0x1p53;
}

struct gaz_box city_bounds(void)
{
    return (struct gaz_box){{WEST, SOUTH}, {WEST + SIDE_DEG, SOUTH + SIDE_DEG}};
}

/* ---- places ---- */

static void make_name(struct city *city, const struct kind *kind, char *han,
                      char *roman)
{
    const struct generic *generic =
        &kind->generics[city_below(&city->random, kind->generic_count)];
    uint32_t chars = kind->chars + (city_below(&city->random, 8) == 0 ? 1 : 0);
    size_t han_size = 0;
    size_t roman_size = 0;
    for (uint32_t i = 0; i < chars; i++) {
        uint32_t pick = city_below(&city->random, COUNT(CHARS));
        /* 安: a syllable that begins with a vowel needs an apostrophe */
        bool is_vowel = i > 0 && pick == 0;
        han_size += (size_t)snprintf(han + han_size, NAME_BYTES - han_size,
                                     "%s", CHARS[pick].han);
        roman_size +=
            (size_t)snprintf(roman + roman_size, NAME_BYTES - roman_size,
                             "%s%s", is_vowel ? "'" : "",
                             i == 0 ? CHARS[pick].first : CHARS[pick].roman);
    }
    (void)snprintf(han + han_size, NAME_BYTES - han_size, "%s", generic->han);
    (void)snprintf(roman + roman_size, NAME_BYTES - roman_size, "%s%s",
                   kind->is_joined ? "" : " ", generic->roman);
}

/* The short name of a division: without its generic, as people type it. */
static bool make_short(const struct kind *kind, const char *han,
                       const char *roman, char *short_han, char *short_roman)
{
    const char *blank = strrchr(roman, ' ');
    if (kind->level < GAZ_LEVEL_CITY || kind->level > GAZ_LEVEL_TOWN || !blank)
        return false;
    (void)snprintf(short_han, NAME_BYTES, "%.*s", (int)strlen(han) - 3, han);
    (void)snprintf(short_roman, NAME_BYTES, "%.*s", (int)(blank - roman),
                   roman);
    return true;
}

static gaz_id add_place(struct city *city, const struct kind *kind,
                        gaz_id parent, const struct gaz_coord *at,
                        struct gaz_buffer *area)
{
    char han[NAME_BYTES];
    char roman[NAME_BYTES];
    char short_han[NAME_BYTES];
    char short_roman[NAME_BYTES];
    make_name(city, kind, han, roman);
    struct gaz_name names[2] = {
        {.text = han, .roman = roman, .kind = GAZ_NAME_STANDARD},
        {.text = short_han, .roman = short_roman, .kind = GAZ_NAME_SHORT}};
    bool has_short = make_short(kind, han, roman, short_han, short_roman);
    struct gaz_place place = {
        .id = city->next_place++,
        .level = kind->level,
        .category = kind->category,
        .is_synthetic = true,
        .names = names,
        .name_count = has_short ? 2 : 1,
        .parent = parent,
    };
    if (at)
        place.position =
            (struct gaz_position){*at, GAZ_METHOD_SYNTHETIC, 100, 0};
    if (area) {
        place.area_wkb = area->data;
        place.area_size = area->size;
        place.area_is_schematic = true;
    }
    gaz_builder_place(city->builder, &place);
    return place.id;
}

static void add_address(struct city *city, gaz_id parent, uint32_t number,
                        const char *tail, struct gaz_coord at)
{
    char text[NAME_BYTES];
    (void)snprintf(text, sizeof(text), "%u号", number);
    const struct gaz_address address = {
        .id = city->next_address++,
        .parent = parent,
        .number = number > 0 ? text : "",
        .number_value = (int32_t)number,
        .tail = tail,
        .position = {at, GAZ_METHOD_SYNTHETIC, 10, 0},
        .is_synthetic = true,
    };
    gaz_builder_address(city->builder, &address);
}

/* ---- borders: lines of a grid, jagged the same way for both sides ---- */

static double jag(const struct city *city, uint32_t line, uint32_t step)
{
    struct city_random random = {city->seed ^ (uint64_t)line << 32 ^ step};
    double cell = SIDE_DEG / city->columns;
    return step % EDGE_POINTS == 0
               ? 0
               : city_between(&random, -cell / 20, cell / 20);
}

/* The point `step` along a line: lines 0.. run east, lines 1000000.. north. */
static struct gaz_coord grid_point(const struct city *city, bool is_northward,
                                   uint32_t line, uint32_t step)
{
    enum { NORTHWARD = 1000000 };
    uint32_t along_cells = is_northward ? city->rows : city->columns;
    uint32_t across_cells = is_northward ? city->columns : city->rows;
    double along = SIDE_DEG * step / (along_cells * (double)EDGE_POINTS);
    double across = SIDE_DEG * line / across_cells +
                    jag(city, line + (is_northward ? NORTHWARD : 0), step);
    return is_northward ? (struct gaz_coord){WEST + across, SOUTH + along}
                        : (struct gaz_coord){WEST + along, SOUTH + across};
}

/* Walks the border of the cells [west, east) x [south, north), both ways the
 * same points, and writes it as a WKB polygon. */
static void write_area(const struct city *city, const uint32_t cells[4],
                       struct gaz_buffer *out)
{
    enum { BYTE_ORDER_LITTLE = 1, POLYGON = 3 };
    uint32_t west = cells[0];
    uint32_t south = cells[1];
    uint32_t east = cells[2];
    uint32_t north = cells[3];
    uint32_t wide = (east - west) * EDGE_POINTS;
    uint32_t high = (north - south) * EDGE_POINTS;
    const uint32_t head[3] = {POLYGON, 1, 2 * (wide + high) + 1};
    gaz_buffer_clear(out);
    gaz_buffer_char(out, BYTE_ORDER_LITTLE);
    gaz_buffer_bytes(out, head, sizeof(head));
    for (uint32_t i = 0; i < head[2]; i++) {
        struct gaz_coord at;
        if (i < wide)
            at = grid_point(city, false, south, west * EDGE_POINTS + i);
        else if (i < wide + high)
            at = grid_point(city, true, east, south * EDGE_POINTS + i - wide);
        else if (i < 2 * wide + high)
            at = grid_point(city, false, north,
                            east * EDGE_POINTS - (i - wide - high));
        else
            at = grid_point(city, true, west,
                            north * EDGE_POINTS - (i - 2 * wide - high));
        gaz_buffer_bytes(out, &at, sizeof(at));
    }
}

/* ---- what a town holds ---- */

static struct gaz_coord near_by(struct city *city, struct gaz_coord at,
                                double within_m)
{
    return (struct gaz_coord){
        at.lon + city_between(&city->random, -within_m, within_m) * METRE_DEG,
        at.lat + city_between(&city->random, -within_m, within_m) * METRE_DEG};
}

static void fill_road(struct city *city, gaz_id town, struct gaz_coord at,
                      uint32_t addresses)
{
    enum { LOT_M = 8, SIDE_M = 12 };
    gaz_id road = add_place(city, &ROAD, town, NULL, NULL);
    double turn = city_between(&city->random, 0, 2 * M_PI);
    uint32_t number = 0;
    for (uint32_t i = 0; i < addresses; i++) {
        char tail[NAME_BYTES] = "";
        number += 1 + city_below(&city->random, 3);
        if (city_below(&city->random, 4) == 0)
            (void)snprintf(tail, sizeof(tail), "%u幢%u室",
                           1 + city_below(&city->random, 9),
                           101 + city_below(&city->random, 6) * 100);
        double along = number * LOT_M * METRE_DEG;
        double aside = (number % 2 ? SIDE_M : -SIDE_M) * METRE_DEG;
        const struct gaz_coord lot = {
            at.lon + along * cos(turn) - aside * sin(turn),
            at.lat + along * sin(turn) + aside * cos(turn)};
        add_address(city, road, number, tail, lot);
    }
}

static void fill_hamlet(struct city *city, gaz_id village, struct gaz_coord at,
                        uint32_t addresses)
{
    enum { HAMLET_M = 150 };
    gaz_id hamlet = add_place(city, &HAMLET, village, &at, NULL);
    for (uint32_t i = 0; i < addresses; i++)
        add_address(city, hamlet, i + 1, "", near_by(city, at, HAMLET_M));
}

static void fill_estate(struct city *city, gaz_id town, struct gaz_coord at,
                        uint32_t addresses)
{
    enum { ESTATE_M = 200, ROOMS = 12 };
    gaz_id estate = add_place(city, &ESTATE, town, &at, NULL);
    struct gaz_coord building = at;
    for (uint32_t i = 0; i < addresses; i++) {
        char tail[NAME_BYTES];
        if (i % ROOMS == 0)
            building = near_by(city, at, ESTATE_M);
        (void)snprintf(tail, sizeof(tail), "%u幢%u单元%u室", i / ROOMS + 1,
                       i % ROOMS / 6 + 1, (i % 6 + 1) * 100 + 1);
        add_address(city, estate, 0, tail, building);
    }
}

/* Shares `total` among `parts`: those of number `part`. */
static uint32_t share(uint32_t total, uint32_t parts, uint32_t part)
{
    return (uint32_t)((uint64_t)total * (part + 1) / parts -
                      (uint64_t)total * part / parts);
}

static void fill_town(struct city *city, gaz_id town, struct gaz_coord at,
                      uint32_t addresses)
{
    double reach_m = SIDE_DEG / city->columns / METRE_DEG * 0.4;
    uint32_t on_roads = addresses / 2;
    uint32_t in_hamlets = addresses * 3 / 10;
    uint32_t in_estates = addresses - on_roads - in_hamlets;
    uint32_t roads = on_roads / ADDRESSES_PER_ROAD + 1;
    for (uint32_t i = 0; i < roads; i++)
        fill_road(city, town, near_by(city, at, reach_m),
                  share(on_roads, roads, i));
    uint32_t estates = in_estates / ADDRESSES_PER_ESTATE + 1;
    for (uint32_t i = 0; i < estates; i++)
        fill_estate(city, town, near_by(city, at, reach_m),
                    share(in_estates, estates, i));
    uint32_t hamlets = in_hamlets / ADDRESSES_PER_HAMLET + 1;
    gaz_id village = 0;
    struct gaz_coord centre = at;
    for (uint32_t i = 0; i < hamlets; i++) {
        if (i % HAMLETS_PER_VILLAGE == 0) {
            centre = near_by(city, at, reach_m);
            village = add_place(city, &VILLAGE, town, &centre, NULL);
        }
        fill_hamlet(city, village, near_by(city, centre, reach_m / 4),
                    share(in_hamlets, hamlets, i));
    }
}

/* A band of rows of towns. */
static void fill_county(struct city *city, gaz_id parent, uint32_t first_row,
                        uint32_t addresses_per_town)
{
    uint32_t end_row = first_row + city->rows_per_county;
    if (end_row > city->rows)
        end_row = city->rows;
    struct gaz_buffer area;
    gaz_buffer_open(&area, UINT32_MAX);
    write_area(city, (uint32_t[]){0, first_row, city->columns, end_row}, &area);
    gaz_id county = add_place(city, &COUNTY, parent, NULL, &area);
    for (uint32_t row = first_row; row < end_row; row++) {
        for (uint32_t column = 0; column < city->columns; column++) {
            struct gaz_coord centre = {
                WEST + SIDE_DEG * (column + 0.5) / city->columns,
                SOUTH + SIDE_DEG * (row + 0.5) / city->rows};
            write_area(city, (uint32_t[]){column, row, column + 1, row + 1},
                       &area);
            gaz_id town = add_place(city, &TOWN, county, &centre, &area);
            fill_town(city, town, centre, addresses_per_town);
        }
    }
    gaz_buffer_close(&area);
}

void city_fill(struct gaz_builder *builder, uint64_t seed, uint32_t addresses)
{
    enum {
        ADDRESSES_PER_TOWN = 10 * ADDRESSES_PER_HAMLET * HAMLETS_PER_VILLAGE *
                             VILLAGES_PER_TOWN / 3
    };
    uint32_t towns = addresses / ADDRESSES_PER_TOWN + 1;
    struct city city = {
        .builder = builder,
        .random = {seed},
        .next_place = PLACE_IDS,
        .next_address = ADDRESS_IDS,
        .columns = (uint32_t)ceil(sqrt(towns)),
        .seed = seed,
    };
    city.rows = (towns + city.columns - 1) / city.columns;
    city.rows_per_county = (TOWNS_PER_COUNTY + city.columns - 1) / city.columns;
    gaz_id province = add_place(&city, &PROVINCE, 0, NULL, NULL);
    gaz_id prefecture = add_place(&city, &CITY, province, NULL, NULL);
    uint32_t per_town = addresses / (city.columns * city.rows);
    for (uint32_t row = 0; row < city.rows; row += city.rows_per_county)
        fill_county(&city, prefecture, row, per_town);
}

size_t city_address_text(const struct gaz_snapshot *snap, uint32_t address,
                         char *out, size_t size)
{
    const struct gaz_snap_address *row = &snap->addresses[address];
    uint32_t label =
        row->parent == GAZ_NONE ? 0 : snap->places[row->parent].label;
    int len = snprintf(out, size, "%s%s%s", gaz_snapshot_text(snap, label),
                       gaz_snapshot_text(snap, row->number),
                       gaz_snapshot_text(snap, row->tail));
    return len < 0 ? 0 : (size_t)len < size ? (size_t)len : size - 1;
}
