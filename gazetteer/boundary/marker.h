/* marker.h - codes of boundary markers and the sixteen points of the compass.
 *
 * Pure. GB/T 17796-2009: a marker's code has 8 characters, the line's code (the
 * two provinces' codes, the smaller first), the serial along the line from 001,
 * and the type: Q stands alone; A and B face each other across a river or road;
 * C, D and E do so where three lines meet. Lines inside a province number their
 * markers by rules of that province, which this grammar does not know.
 */
#ifndef GAZ_BOUNDARY_MARKER_H
#define GAZ_BOUNDARY_MARKER_H

#include "gazetteer/base/context.h"

enum { GAZ_MARKER_CODE_CHARS = 8, GAZ_MARKER_SECTORS = 16 };

typedef enum {
    GAZ_MARKER_SINGLE, /* Q */
    GAZ_MARKER_DOUBLE, /* A, B */
    GAZ_MARKER_TRIPLE, /* C, D, E */
} gaz_marker_kind;

struct gaz_marker_code {
    int first_province; /* 31; the smaller */
    int second_province;
    int serial; /* from 1 */
    char type;  /* Q A B C D E */
    gaz_marker_kind kind;
};

/* gaz_marker_parse reads a code, check B15. GAZ_INVALID with the reason. */
gaz_status gaz_marker_parse(struct gaz_ctx *ctx, const char *code,
                            struct gaz_marker_code *out);

/* gaz_marker_write writes a code back. `code` must be one that was parsed. */
void gaz_marker_write(const struct gaz_marker_code *code,
                      char out[GAZ_MARKER_CODE_CHARS + 1]);

/* gaz_marker_sector returns the sector (0 north, 4 east, clockwise) of an
 * azimuth from true north in degrees, any finite number. A sector has its lower
 * edge and not its upper: 11.25 is already the second, 北偏东北. */
int gaz_marker_sector(double azimuth_deg);

/* gaz_marker_sector_azimuth returns the middle of a sector, 0 to 337.5. */
double gaz_marker_sector_azimuth(int sector);

/* gaz_marker_sector_name returns the word of a sector, "东偏东北". */
const char *gaz_marker_sector_name(int sector);

/* gaz_marker_sector_find returns the sector of a word, or -1. */
int gaz_marker_sector_find(const char *name);

/* gaz_marker_sector_apart returns how many sectors lie between two, 0 to 8: a
 * description may be one off (check B09). */
int gaz_marker_sector_apart(int one, int other);

#endif
