/* category.h - names of the GB/T 18521 categories that Diming uses. */
#ifndef API_CATEGORY_H
#define API_CATEGORY_H

#include <stdint.h>

struct api_category {
    uint32_t code; /* 5 digits; trailing zeros: a whole class */
    const char *zh;
    const char *en;
};

/* api_category_find returns the category, or the nearest class above it that
 * has a name; never NULL. */
const struct api_category *api_category_find(uint32_t code);

#endif
