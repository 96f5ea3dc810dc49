/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/context.h"

#include <stdarg.h>
#include <stdio.h>

gaz_status gaz_fail(struct gaz_ctx *ctx, gaz_status status, const char *format,
                    ...)
{
    if (ctx->failure[0] == '\0') {
        va_list args;
        va_start(args, format);
        (void)vsnprintf(ctx->failure, sizeof(ctx->failure), format, args);
        va_end(args);
    }
    return status;
}

const char *gaz_ctx_failure(const struct gaz_ctx *ctx)
{
    return ctx->failure[0] ? ctx->failure : "no reason given";
}

void gaz_ctx_next(struct gaz_ctx *ctx)
{
    gaz_arena_reset(&ctx->arena);
    ctx->failure[0] = '\0';
}

void gaz_ctx_close(struct gaz_ctx *ctx)
{
    gaz_arena_close(&ctx->arena);
    ctx->failure[0] = '\0';
}
