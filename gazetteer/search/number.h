/* number.h - finds the number of an address on its road, village or estate.
 *
 * Exact number first, with its tail (building, unit, room) when it is known;
 * else a position between the nearest numbers of the same parity on both
 * sides; else nothing, with the nearest number that exists.
 */
#ifndef GAZ_SEARCH_NUMBER_H
#define GAZ_SEARCH_NUMBER_H

#include "gazetteer/search/query.h"

typedef enum {
    GAZ_NUMBER_NONE = 0,     /* the parent has no address near that number */
    GAZ_NUMBER_INTERPOLATED, /* between `below` and `above` */
    GAZ_NUMBER_ENTRANCE,     /* the number is known, not the tail asked for */
    GAZ_NUMBER_SIBLING,      /* that value with another annex or unit word */
    GAZ_NUMBER_EXACT,
} gaz_number_found;

struct gaz_number_match {
    gaz_number_found found;
    uint32_t address; /* ENTRANCE, SIBLING, EXACT; else GAZ_NONE */
    uint32_t below;   /* nearest of the same parity, or GAZ_NONE */
    uint32_t above;
    struct gaz_position position; /* INTERPOLATED only */
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
