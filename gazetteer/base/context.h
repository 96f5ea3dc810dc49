/* context.h - what one thread carries: an arena and the last failure.
 *
 * One gaz_ctx per thread. Whoever notices a failure first writes the sentence
 * for the human; those above only pass the status on.
 *
 *     struct gaz_ctx ctx = {0};
 *     if (gaz_store_open(&ctx, path, &store) != GAZ_OK)
 *         fprintf(stderr, "diming: %s\n", gaz_ctx_failure(&ctx));
 *     gaz_ctx_close(&ctx);
 */
#ifndef GAZ_BASE_CONTEXT_H
#define GAZ_BASE_CONTEXT_H

#include "gazetteer/base/arena.h"
#include "gazetteer/base/status.h"

enum { GAZ_FAILURE_MAX_BYTES = 512 };

struct gaz_ctx {
    struct gaz_arena arena;              /* this unit of work */
    char failure[GAZ_FAILURE_MAX_BYTES]; /* "" when nothing has failed */
};

/* gaz_fail notes why, unless an earlier sentence stands, and returns `status`.
 * A sentence names the thing and the reason: "cannot open 'x.csv': no such
 * file". It ends without a full stop; the program's name is added at the edge.
 */
gaz_status gaz_fail(struct gaz_ctx *ctx, gaz_status status, const char *format,
                    ...) __attribute__((format(printf, 3, 4)));

/* gaz_ctx_failure returns the sentence, or "no reason given"; never NULL. */
const char *gaz_ctx_failure(const struct gaz_ctx *ctx);

/* gaz_ctx_next begins the next unit of work: resets the arena and forgets the
 * failure. */
void gaz_ctx_next(struct gaz_ctx *ctx);

/* gaz_ctx_close frees the arena. */
void gaz_ctx_close(struct gaz_ctx *ctx);

#endif
