/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/profiles.h"

#include <string.h>

/* "census2.map.json" is census2. */
static size_t name_len(const struct gaz_asset *asset)
{
    return strcspn(asset->path, ".");
}

gaz_status imp_profiles_find(struct gaz_ctx *ctx, const char *name,
                             const struct gaz_asset **out)
{
    const char *known = "";
    for (const struct gaz_asset *a = IMP_PROFILE_ASSETS; a->path; a++) {
        const size_t len = name_len(a);
        if (strlen(name) == len && strncmp(a->path, name, len) == 0) {
            *out = a;
            return GAZ_OK;
        }
        known = gaz_arena_printf(&ctx->arena, "%s%s%.*s", known,
                                 *known ? ", " : "", (int)len, a->path);
    }
    return gaz_fail(ctx, GAZ_NOT_FOUND, "no profile '%.60s'; there are %s",
                    name, known);
}
