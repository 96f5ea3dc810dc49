/* dedupe.h - is it one of these? and the place that both make together.
 *
 * Finding candidates is the store's work; deciding is pure and is done here.
 * Never joins across the provincial line, 村 with 社区, or two bodies whose
 * valid times overlap under different codes.
 */
#ifndef GAZ_QUALITY_DEDUPE_H
#define GAZ_QUALITY_DEDUPE_H

#include "gazetteer/base/context.h"
#include "gazetteer/model/place.h"

/* gaz_dedupe_find_twin returns the candidate that is the same place, or NULL.
 */
const struct gaz_place *gaz_dedupe_find_twin(const struct gaz_place *place,
                                             const struct gaz_place *candidates,
                                             int count);

/* gaz_dedupe_merge joins what `fresh` says into `twin`: the id and what twin
 * has stays, names are joined by text and kind with their spans widened, a
 * better position (smaller accuracy_m) and missing fields are taken over.
 * *changed is false when nothing new was said. GAZ_LIMIT past GAZ_NAMES_MAX
 * names. Lives in ctx->arena. */
gaz_status gaz_dedupe_merge(struct gaz_ctx *ctx, const struct gaz_place *twin,
                            const struct gaz_place *fresh,
                            struct gaz_place *out, bool *changed);

#endif
