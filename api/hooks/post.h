/* post.h - POST requests to subscribers, several at a time: a door to libcurl.
 *
 * Redirects are not followed. An address is looked at when it is connected to,
 * after the name was resolved, so that no name can lead to where its URL may
 * not: loopback only for a URL that says so itself, private networks only when
 * the operator allows them.
 */
#ifndef API_HOOKS_POST_H
#define API_HOOKS_POST_H

#include <stdbool.h>

#include "gazetteer/base/context.h"

enum { API_POST_HEADERS_MAX = 8, API_POST_FAILURE_BYTES = 200 };

struct api_post_options {
    bool allows_private; /* 10/8, 192.168/16, fc00::/7 ... */
    int timeout_ms;      /* of a whole request */
};

/* api_post_check_url is true for an https URL, and for http of this machine
 * (127.0.0.1, [::1], localhost); without a user, in at most 1000 bytes.
 * *why_not: one sentence. */
bool api_post_check_url(const char *url, const char **why_not);

/* api_post_may_connect is the rule for one address, "192.0.2.1" or
 * "2001:db8::1" (for tests). */
bool api_post_may_connect(const char *address, bool url_is_own,
                          bool allows_private);

struct api_poster;
gaz_status api_post_open(struct gaz_ctx *ctx,
                         const struct api_post_options *options,
                         struct api_poster **out);
/* Ends what is under way; accepts NULL. */
void api_post_close(struct api_poster *poster);

/* api_post_start begins one; url, headers ("Name: value", ends with NULL) and
 * body are copied. `user` comes back with its result. */
gaz_status api_post_start(struct gaz_ctx *ctx, struct api_poster *poster,
                          const char *url, const char *const *headers,
                          const char *body, size_t size, void *user);

struct api_post_result {
    void *user;
    int status;                           /* HTTP; 0: no answer */
    char failure[API_POST_FAILURE_BYTES]; /* "" when the status is 2xx */
};

/* api_post_wait waits at most `wait_ms` for something to happen and gives one
 * request that has ended; false: none has. */
bool api_post_wait(struct api_poster *poster, int wait_ms,
                   struct api_post_result *out);
/* api_post_wake ends a wait from another thread. */
void api_post_wake(struct api_poster *poster);

#endif
