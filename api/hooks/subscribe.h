/* subscribe.h - subscriptions, for the routes and the command line. */
#ifndef API_HOOKS_SUBSCRIBE_H
#define API_HOOKS_SUBSCRIBE_H

#include "gazetteer/store/hook.h"

enum { API_SUBSCRIBE_SECRET_BYTES = 64 };

/* api_subscribe_make fills id and secret; `text` is the secret as Standard
 * Webhooks writes it, "whsec_" and base 64: shown once. GAZ_INVALID: the URL
 * may not be, with the reason; GAZ_IO. */
gaz_status api_subscribe_make(struct gaz_ctx *ctx, struct gaz_hook *hook,
                              char text[API_SUBSCRIBE_SECRET_BYTES]);

#endif
