/* profiles.h - the profiles of data/profiles/, part of the binary: mappings for
 * the tables that bureaus have. A county copies one, changes it and gives it as
 * an ordinary mapping. */
#ifndef IMP_PROFILES_H
#define IMP_PROFILES_H

#include "gazetteer/base/asset.h"
#include "gazetteer/base/context.h"

extern const struct gaz_asset IMP_PROFILE_ASSETS[];

/* imp_profiles_find gives the text of a profile. GAZ_NOT_FOUND lists those that
 * there are. */
gaz_status imp_profiles_find(struct gaz_ctx *ctx, const char *name,
                             const struct gaz_asset **out);

#endif
