/* open.h - the reader that fits a file: by the mapping's format, or the ending.
 */
#ifndef IMP_OPEN_H
#define IMP_OPEN_H

#include "importers/mapping.h"
#include "importers/reader.h"

/* @return what the reader's own open returns */
gaz_status imp_open_reader(struct gaz_ctx *ctx, const char *path,
                           const struct imp_mapping *mapping,
                           struct imp_reader **out);

#endif
