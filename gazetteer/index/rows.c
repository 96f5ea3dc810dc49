/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/index/rows.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/base/arena.h"

enum { ROWS_FIRST = 64 };

void *gaz_rows_add(struct gaz_rows *rows, size_t count)
{
    assert(rows->item_size > 0 && count < SIZE_MAX / 4 / rows->item_size);
    size_t need = rows->count + count;
    if (need > rows->capacity || !rows->items) {
        size_t capacity = rows->capacity ? rows->capacity * 2 : ROWS_FIRST;
        if (capacity < need)
            capacity = need;
        rows->items = gaz_realloc(rows->items, capacity * rows->item_size);
        rows->capacity = capacity;
    }
    char *first = (char *)rows->items + rows->count * rows->item_size;
    if (count > 0)
        memset(first, 0, count * rows->item_size);
    rows->count = need;
    return first;
}

void gaz_rows_close(struct gaz_rows *rows)
{
    gaz_free(rows->items);
    rows->items = NULL;
    rows->count = 0;
    rows->capacity = 0;
}
