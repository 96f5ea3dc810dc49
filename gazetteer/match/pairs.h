/* pairs.h - the lines of a file of pairs: address TAB address, more ignored. */
#ifndef GAZ_MATCH_PAIRS_H
#define GAZ_MATCH_PAIRS_H

#include "gazetteer/base/context.h"

/* gaz_pairs_read cuts a line (no line end; a CR before it is dropped) in two
 * fields, copied into ctx->arena.
 * @return GAZ_OK; GAZ_INVALID says what is wrong: no TAB, an empty field, a NUL
 *         byte, not UTF-8 (with the byte) */
gaz_status gaz_pairs_read(struct gaz_ctx *ctx, const char *line, size_t size,
                          const char **a, const char **b);

#endif
