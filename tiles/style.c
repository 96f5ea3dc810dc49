/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/style.h"

#include "tiles/tile.h"

enum {
    BASE = TILE_LAYER_BASE,
    DIVISIONS = TILE_LAYER_BASE | TILE_LAYER_DIVISIONS | TILE_LAYER_NAMES,
    NAMES = TILE_LAYER_BASE | TILE_LAYER_NAMES,
    /* Not in the calm base: the page and other maps lay it over. */
    HERITAGE = TILE_LAYER_HERITAGE,
    LINES = TILE_LAYER_BASE | TILE_LAYER_DIVISIONS | TILE_LAYER_BOUNDARIES,
    BOUNDARIES = TILE_LAYER_BASE | TILE_LAYER_BOUNDARIES,
    TOP = TILE_ZOOM_MAX,
};

/* clang-format off */
const struct tile_text_style TILE_STYLE_TEXT[TILE_CLASSES] = {
    /*                       layers  icon from  to  size  gap wrap bold  colour      icon */
    [TILE_CLASS_PROVINCE] = {DIVISIONS, TOP, 4, 8,  13, 20, 60, 0, true,  0xFF6B5A6E, TILE_ICON_NONE, 0},
    [TILE_CLASS_CITY]     = {DIVISIONS, TOP, 7, 9,  13, 17, 30, 0, true,  0xFF6B5A6E, TILE_ICON_NONE, 0},
    [TILE_CLASS_COUNTY]   = {DIVISIONS, TOP, 8, 15, 13, 26, 28, 0, true,  0xFF63506A, TILE_ICON_NONE, 0},
    [TILE_CLASS_TOWN]     = {DIVISIONS, 10, 10, TOP, 11, 19, 4, 0, false, 0xFF2F3438, TILE_ICON_RING, 3},
    [TILE_CLASS_CLUSTER]  = {HERITAGE,  11, 12, TOP, 11, 14, 0, 12, false, 0xFFA5231D, TILE_ICON_COUNT, 8},
    [TILE_CLASS_HERITAGE] = {HERITAGE,  10, 12, TOP, 11, 14, 0, 10, false, 0xFFA5231D, TILE_ICON_DIAMOND, 6},
    [TILE_CLASS_NOTE]     = {BOUNDARIES, TOP, 11, TOP, 10, 12, 10, 0, false, 0xFF8A6A90, TILE_ICON_NONE, 0},
    [TILE_CLASS_ROAD]     = {NAMES,     TOP, 14, TOP, 11, 13, 8, 0, false, 0xFF70695C, TILE_ICON_NONE, 0},
    [TILE_CLASS_VILLAGE]  = {DIVISIONS, 13, 13, TOP, 11, 15, 4, 0, false, 0xFF565B5F, TILE_ICON_DOT, 2},
    [TILE_CLASS_NAME]     = {NAMES,     14, 14, TOP, 11, 14, 0, 10, false, 0xFF5F5A50, TILE_ICON_DOT, 2},
};

const struct tile_text_style TILE_STYLE_DIGITS = {
    .layers = HERITAGE, .to = TOP, .size_from = 11, .size_to = 11,
    .is_bold = true, .colour = 0xFFB3261E,
};

static const uint8_t PROVINCE_DASHES[] = {13, 6, 1, 6, 0};
static const uint8_t CITY_DASHES[] = {10, 5, 1, 5, 0};
static const uint8_t COUNTY_DASHES[] = {7, 5, 0};
static const uint8_t TOWN_DASHES[] = {1, 4, 0};
/* Schematic: shorter ink, longer gaps, so that it reads as "about here". */
static const uint8_t PROVINCE_ROUGH[] = {9, 8, 1, 8, 0};
static const uint8_t COUNTY_ROUGH[] = {4, 6, 0};

const struct tile_stroke_style TILE_STYLE_STROKES[] = {
    /* layers  kind  levels  schematic  from  width at z8, z16  colour  dashes */
    {BASE, GAZ_LINE_ROAD, 0, 9, -1, 12, 500, 2200, 0xFFD8CDB8, NULL},
    {BASE, GAZ_LINE_ROAD, 0, 9, -1, 12, 200, 1700, 0xFFFFFDF8, NULL},
    {LINES, GAZ_LINE_BOUNDARY, 1, 1, -1, 0, 1300, 3600, 0x40C77FB4, NULL},
    {LINES, GAZ_LINE_BOUNDARY, 2, 3, -1, 7, 600, 1800, 0x2CB892B5, NULL},
    {LINES, GAZ_LINE_COAST, 0, 9, -1, 0, 200, 360, 0xFF5E98B8, NULL},
    {LINES, GAZ_LINE_BOUNDARY, 4, 9, -1, 11, 200, 280, 0xFFAAA0A6, TOWN_DASHES},
    {LINES, GAZ_LINE_BOUNDARY, 3, 3, 0, 7, 200, 420, 0xFF8C7488, COUNTY_DASHES},
    {LINES, GAZ_LINE_BOUNDARY, 3, 3, 1, 7, 190, 380, 0xFF9D879A, COUNTY_ROUGH},
    {LINES, GAZ_LINE_BOUNDARY, 2, 2, -1, 7, 230, 480, 0xFF83647E, CITY_DASHES},
    {LINES, GAZ_LINE_BOUNDARY, 1, 1, -1, 0, 620, 1300, 0xE6FFFFFF, NULL},
    {LINES, GAZ_LINE_BOUNDARY, 1, 1, 0, 0, 300, 640, 0xFF85397A, PROVINCE_DASHES},
    {LINES, GAZ_LINE_BOUNDARY, 1, 1, 1, 0, 280, 580, 0xFF95508A, PROVINCE_ROUGH},
};
/* clang-format on */

const int TILE_STYLE_STROKE_COUNT =
    sizeof TILE_STYLE_STROKES / sizeof TILE_STYLE_STROKES[0];

const uint32_t TILE_STYLE_BACKGROUND = 0xFFE9EDEE;
const uint32_t TILE_STYLE_LAND = 0xFFF8F5EC;
const uint32_t TILE_STYLE_TINT[TILE_STYLE_TINTS] = {
    0xFFFBF3DB, 0xFFEDF3E1, 0xFFFAE9E2, 0xFFEFEBF3, 0xFFE6F1EE, 0xFFFDEFD8,
};
const uint32_t TILE_STYLE_GLASS[TILE_STYLE_TINTS] = {
    0x38F2C94C, 0x3889B86A, 0x38E88D75, 0x389C86C4, 0x386BB5A6, 0x38F0A04B,
};
const uint32_t TILE_STYLE_SHORE = 0xD89CC5DC;
const uint32_t TILE_STYLE_HALO = 0xE8FFFFFF;
const uint32_t TILE_STYLE_SYNTHETIC = 0xFF9A9A9A;
const char *const TILE_STYLE_SCHEMATIC_NOTE = "界线示意";

/* Evenly from one value to another over zooms. */
static int between(int z, int from_z, int to_z, int from, int to)
{
    if (z <= from_z)
        return from;
    if (z >= to_z)
        return to;
    return from + (to - from) * (z - from_z) / (to_z - from_z);
}

int tile_style_size(const struct tile_text_style *style, int z)
{
    int full = style->to < 16 ? style->to : 16;
    return between(z, style->from, full, style->size_from, style->size_to);
}

int tile_style_width_sub(const struct tile_stroke_style *style, int z)
{
    return between(z, 8, 16, style->width_low_sub, style->width_high_sub);
}

int tile_style_shore_sub(int z)
{
    return between(z, 8, 14, 9 * 256, 40 * 256);
}

bool tile_style_matches(const struct tile_stroke_style *style,
                        const struct tile_line *line)
{
    return style->kind == line->kind && line->level >= style->level_from &&
           line->level <= style->level_to &&
           (style->schematic < 0 ||
            (style->schematic > 0) == line->is_schematic);
}
