/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/asset.h"

#include <string.h>

const struct gaz_asset *gaz_asset_find(const struct gaz_asset *table,
                                       const char *path)
{
    for (const struct gaz_asset *asset = table; asset->path; asset++)
        if (strcmp(asset->path, path) == 0)
            return asset;
    return NULL;
}
