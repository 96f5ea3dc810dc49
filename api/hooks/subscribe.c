/* SPDX-License-Identifier: Apache-2.0 */
#include "api/hooks/subscribe.h"

#include <stdio.h>

#include "api/access/digest.h"
#include "api/hooks/post.h"

gaz_status api_subscribe_make(struct gaz_ctx *ctx, struct gaz_hook *hook,
                              char text[API_SUBSCRIBE_SECRET_BYTES])
{
    static const char DIGITS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned char random[GAZ_HOOK_ID_CHARS];
    char id[GAZ_HOOK_ID_CHARS + 1] = "";
    char secret[(GAZ_HOOK_SECRET_BYTES / 3 + 1) * 4 + 1];
    const char *why_not;
    if (!api_post_check_url(hook->url, &why_not))
        return gaz_fail(ctx, GAZ_INVALID, "url '%.100s': %s", hook->url,
                        why_not);
    gaz_status status = api_digest_random(ctx, random, sizeof(random));
    if (status == GAZ_OK)
        status = api_digest_random(ctx, hook->secret, sizeof(hook->secret));
    if (status != GAZ_OK)
        return status;
    for (int i = 0; i < GAZ_HOOK_ID_CHARS; i++)
        id[i] = DIGITS[random[i] & 31];
    hook->id = gaz_arena_strdup(&ctx->arena, id);
    api_digest_base64(hook->secret, sizeof(hook->secret), secret);
    (void)snprintf(text, API_SUBSCRIBE_SECRET_BYTES, "whsec_%s", secret);
    return GAZ_OK;
}
