/* file.h - files mapped for reading, and files replaced in one step. */
#ifndef GAZ_BASE_FILE_H
#define GAZ_BASE_FILE_H

#include <stddef.h>

#include "gazetteer/base/context.h"

struct gaz_map {
    const void *data; /* size bytes, read-only; NULL when the file is empty */
    size_t size;
};

/* gaz_file_map maps a regular file. An empty file gives {NULL, 0}.
 * @return GAZ_OK; GAZ_NOT_FOUND when it does not exist; GAZ_IO. */
gaz_status gaz_file_map(struct gaz_ctx *ctx, const char *path,
                        struct gaz_map *out);

/* gaz_file_unmap accepts {0}. */
void gaz_file_unmap(struct gaz_map *map);

/* gaz_file_replace writes `size` bytes beside `path`, syncs them to disk, and
 * renames them over `path`: a reader sees the old content or the new, never a
 * part, and a crash leaves one of the two. */
gaz_status gaz_file_replace(struct gaz_ctx *ctx, const char *path,
                            const void *data, size_t size);

#endif
