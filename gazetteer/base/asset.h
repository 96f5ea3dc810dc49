/* asset.h - files that are part of the binary: word lists, schema, pages.
 *
 * CMake's diming_embed() turns a list of files into one table; `diming` needs
 * nothing beside itself at run time.
 */
#ifndef GAZ_BASE_ASSET_H
#define GAZ_BASE_ASSET_H

#include <stddef.h>

struct gaz_asset {
    const char *path; /* as given to diming_embed(), "words/road.txt" */
    const unsigned char *data; /* size bytes, then a NUL that is not counted */
    size_t size;
};

/* A table ends with an entry whose path is NULL. */

/* gaz_asset_find returns the asset of that path, or NULL. */
const struct gaz_asset *gaz_asset_find(const struct gaz_asset *table,
                                       const char *path);

#endif
