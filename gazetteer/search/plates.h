/* plates.h - numbers and what follows them, compared by what they mean.
 *
 * 3号附2, 3之2号 and 3号-2 are one number; 3栋2单元501房 and 3-2-501 are one
 * room. Nothing is allocated.
 */
#ifndef GAZ_SEARCH_PLATES_H
#define GAZ_SEARCH_PLATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gaz_plate_number {
    int32_t value; /* 101 of 101-103号 */
    int32_t upper; /* 103 of 101-103号; else 0 */
    int32_t annex; /* 2 of 3号-2; else 0 */
};

/* gaz_plates_read reads a whole number; false when it is of another form
 * (B5号, 5支弄). A pair that falls, 3-2号, is an annex. */
bool gaz_plates_read(const char *text, size_t size,
                     struct gaz_plate_number *out);

/* How a row's number answers the number that was asked for. */
typedef enum {
    GAZ_PLATES_OTHER = 0,
    GAZ_PLATES_PARENT, /* 3号, asked for 3号-2 */
    GAZ_PLATES_MEMBER, /* 101-103号, asked for 102号; or the other way round */
    GAZ_PLATES_SAME,
} gaz_plates_relation;

gaz_plates_relation gaz_plates_compare(const char *row, const char *asked,
                                       size_t asked_size);

/* What two tails have in common from the front, part by part. */
struct gaz_tails {
    int alike;       /* parts */
    int row_parts;   /* of the row's tail */
    int asked_parts; /* of the tail that was asked for */
    size_t row_size; /* bytes of the row's tail that are alike */
};

struct gaz_tails gaz_plates_tails(const char *row, const char *asked,
                                  size_t asked_size);

#endif
