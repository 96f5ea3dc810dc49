/* pool.h - every text of a snapshot once. Private to the room.
 *
 * While rows are collected a text is known by its id (0 is ""). When all are
 * there, the texts are laid out sorted by their bytes: from then on the offset
 * in the file stands for the text, and comparing two offsets compares the two
 * texts. That also makes the layout the same whatever order they came in.
 */
#ifndef GAZ_INDEX_POOL_H
#define GAZ_INDEX_POOL_H

#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/index/rows.h"

struct gaz_pool {
    struct gaz_buffer bytes; /* the texts, each with its NUL */
    struct gaz_rows texts;   /* struct gaz_pool_text, by id */
    uint32_t *slots;         /* open addressing: id + 1, 0: free */
    size_t slot_count;       /* a power of two */
};

struct gaz_pool_text {
    size_t start; /* into bytes */
    uint32_t len;
    uint32_t hash;
};

void gaz_pool_open(struct gaz_pool *pool);
void gaz_pool_close(struct gaz_pool *pool);

/* gaz_pool_add returns the id of a text; NULL counts as "". */
uint32_t gaz_pool_add(struct gaz_pool *pool, const char *text);
uint32_t gaz_pool_add_bytes(struct gaz_pool *pool, const char *text,
                            size_t len);

/* gaz_pool_text returns the text of an id; dead after the next add. */
const char *gaz_pool_text(const struct gaz_pool *pool, uint32_t id);

/* gaz_pool_layout appends the sorted texts to `out` (items of one byte) and
 * returns the offset of each id; gaz_free it. */
uint32_t *gaz_pool_layout(const struct gaz_pool *pool, struct gaz_rows *out);

#endif
