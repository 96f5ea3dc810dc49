/* stname.h - what stname.c and stname_count.c share.
 *
 * The shapes of the national place-name library (dmfw.mca.gov.cn), so that its
 * clients can ask here with another base URL. Coordinates are CGCS2000, as
 * there. What we have no value for (place_code of 20 digits, writings of ethnic
 * minorities) is null, never made up.
 */
#ifndef API_DIALECTS_STNAME_H
#define API_DIALECTS_STNAME_H

#include "api/part.h"

/* The place of a division code, or GAZ_NONE; "330482000000" is "330482". */
uint32_t dialect_stname_division(const struct gaz_snapshot *snap,
                                 const char *code);

/* "23500" holds 23510; NULL or "" holds all. */
bool dialect_stname_has_type(uint32_t category, const char *type);

/* The code of a category, 5 digits, into `out` of 8 bytes. */
const char *dialect_stname_type_code(uint32_t category, char *out);

#endif
