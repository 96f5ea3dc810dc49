/* numbers.h - a number of an address with the unit word behind it.
 *
 * Private to elements.c: "158号", "B5座", "三单元", "3-2-501室", "21-23号".
 */
#ifndef GAZ_STANDARDISE_NUMBERS_H
#define GAZ_STANDARDISE_NUMBERS_H

#include "gazetteer/standardise/chars.h"

enum gaz_unit_kind {
    GAZ_UNIT_NONE = 0,
    GAZ_UNIT_PLATE,    /* 号 # */
    GAZ_UNIT_BUILDING, /* 幢 栋 座 号楼 */
    GAZ_UNIT_CELL,     /* 单元 梯 */
    GAZ_UNIT_FLOOR,    /* 楼 层 F */
    GAZ_UNIT_ROOM,     /* 室 房 号房 */
    GAZ_UNIT_LANE,     /* 弄 巷 */
    GAZ_UNIT_GROUP,    /* 组 队: a part of a village */
    GAZ_UNIT_AREA,     /* 区 期 号门: a part of an estate */
    GAZ_UNIT_STREET,   /* 街: of a market; elsewhere a road */
    GAZ_UNIT_ROUTE,    /* 国道 号路 */
    GAZ_UNIT_LENGTH,   /* 米 */
};

enum { GAZ_NUMBER_PARTS = 5 };

struct gaz_number {
    struct {
        int from;
        int to;
    } parts[GAZ_NUMBER_PARTS]; /* a dash stands between two */
    int count;
    int end; /* behind the unit */
    enum gaz_unit_kind unit;
    int digits; /* of the first part, when it is all digits; else 0 */
};

/* gaz_numbers_read reads the number at `from`; false when there is none. Number
 * words (三) and letters are numbers in front of a unit only. */
bool gaz_numbers_read(const struct gaz_chars *chars, int from,
                      struct gaz_number *out);

#endif
