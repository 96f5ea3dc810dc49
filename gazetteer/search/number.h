/* number.h - finds the number of an address on its road, village or estate.
 *
 * In this order: the number itself, with its tail (building, unit, room) as far
 * as that is known; the range that holds it (102号 in 101-103号 has the wrong
 * parity, 103号 is in it); the number that it is an annex of; a position
 * between the nearest numbers of its parity on both sides, along the road where
 * its line is known; the same between numbers of any parity; between the end of
 * the road where counting begins and the first known number; else none, with
 * the nearest number that exists and about how far that is.
 *
 * Which side a parity stands on and where counting begins are what the road's
 * record says (model/numbering.h); where it says nothing, the side is inferred
 * from the known numbers. The reasons say which.
 */
#ifndef GAZ_SEARCH_NUMBER_H
#define GAZ_SEARCH_NUMBER_H

#include "gazetteer/search/query.h"

typedef enum {
    GAZ_NUMBER_NONE = 0,     /* the parent has no address near that number */
    GAZ_NUMBER_INTERPOLATED, /* between `below` and `above` */
    GAZ_NUMBER_ENTRANCE,     /* the number is known, not the tail asked for */
    GAZ_NUMBER_SIBLING,      /* that value with another annex or unit word */
    GAZ_NUMBER_ANNEX,        /* 3号, asked for its annex 3号-2 */
    GAZ_NUMBER_MEMBER,       /* a range that holds it, or one of a range */
    GAZ_NUMBER_EXACT,
} gaz_number_found;

struct gaz_number_match {
    gaz_number_found found;
    uint32_t address; /* from ENTRANCE on; else GAZ_NONE */
    uint32_t below;   /* nearest of the same parity, or GAZ_NONE */
    uint32_t above;
    bool any_side;   /* INTERPOLATED: neighbours of the other parity */
    bool along;      /* INTERPOLATED: along the line of the road */
    bool from_start; /* INTERPOLATED: `below` is the beginning of the road */
    bool by_rule;    /* INTERPOLATED: on the side that the road's record says */
    bool at_odds;    /* INTERPOLATED: where the neighbours stand, not there */
    double nearest_m; /* NONE: about how far the nearest is; -1: unknown */
    int tail_alike;   /* parts of the row's tail that were asked for */
    size_t tail_size; /* bytes of the row's tail that they are */
    struct gaz_position position; /* INTERPOLATED; NONE with nearest_m */
};

/* gaz_number_value reads the number a text begins with, in digits or in Chinese
 * (一百五十八, 一五八); 0 when there is none or it passes 999999. */
int32_t gaz_number_value(const char *text, size_t size);

/* gaz_number_split makes the first number of the tail the number: after 123弄
 * 4号501室, 4号 with the tail 501室. */
void gaz_number_split(struct gaz_plate *plate);

void gaz_number_find(const struct gaz_snapshot *snap, uint32_t parent,
                     const struct gaz_plate *plate,
                     struct gaz_number_match *out);

#endif
