/* rows.h - a growable array of fixed-size, zeroed items. Private to the room.
 */
#ifndef GAZ_INDEX_ROWS_H
#define GAZ_INDEX_ROWS_H

#include <stddef.h>

struct gaz_rows {
    void *items;
    size_t count;
    size_t capacity;
    size_t item_size;
};

/* gaz_rows_add appends `count` zeroed items and returns the first of them;
 * pointers into the array are dead afterwards. */
void *gaz_rows_add(struct gaz_rows *rows, size_t count);

/* gaz_rows_close frees the items; the array is empty again and usable. */
void gaz_rows_close(struct gaz_rows *rows);

#endif
