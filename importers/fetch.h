/* fetch.h - a file of another host, brought here; the only door to libcurl.
 *
 * https, its certificate verified. http only where nobody is between (the host
 * is the loopback) or where the caller allows it: what is imported becomes
 * official data, and http lets anybody on the way change it. A redirect is held
 * to the same, and may not lead from elsewhere to the loopback.
 *
 * What may pass by itself is tried again: no connection, a stall, a connection
 * that breaks, the answers 408, 429, 500, 502, 503 and 504. With a strong ETag
 * the next try goes on where the last one broke off, if the file is the same.
 *
 * An answer that gives neither its length nor chunks cannot be seen to be cut
 * short: that is left to the reader of the format.
 */
#ifndef IMP_FETCH_H
#define IMP_FETCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "gazetteer/base/context.h"

enum {
    IMP_FETCH_MAX_BYTES = 512 * 1024 * 1024,
    IMP_FETCH_TOTAL_MS = 10 * 60 * 1000, /* all tries and pauses together */
    IMP_FETCH_CONNECT_MS = 10 * 1000,
    IMP_FETCH_STALL_S = 30, /* so long slower than the next is a stall */
    IMP_FETCH_STALL_BYTES_S = 100,
    IMP_FETCH_TRIES = 3,
    IMP_FETCH_PAUSE_MS = 1000, /* before the second try; doubled each time */
    IMP_FETCH_REDIRECTS = 5,
    IMP_FETCH_URL_MAX_BYTES = 2048,
    IMP_FETCH_NAME_MAX_BYTES = 100,
};

/* {0} is all defaults, the constants above. */
struct imp_fetch_options {
    int64_t max_bytes;
    int64_t total_ms;
    int64_t connect_ms;
    int64_t pause_ms;
    int stall_s;
    int tries;
    bool allow_http;
    const char *if_none_match;  /* an ETag: GAZ_OK without a file when the host
                                 * still has that; NULL: none */
    const char *const *headers; /* "Name: value" to send along, NULL ends; to
                                 * the host of the URL only, not where a
                                 * redirect leads; NULL: none */
};

struct imp_fetched {
    const char *path; /* the temporary file; it has the ending of `name` */
    const char *name; /* the last part of the URL's path, made safe for a file
                       * name: "towns.csv"; "download" when there is none */
    int64_t size;
    int tries;               /* that it took */
    bool is_unchanged;       /* as options.if_none_match: there is no file */
    const char *etag;        /* as the host gave it; "": none */
    const char *content_crs; /* header Content-Crs; "": none */
};

/* imp_fetch_same_host is true when both URLs have the same scheme, host and
 * port. */
bool imp_fetch_same_host(const char *a, const char *b);

/* imp_fetch_is_url is true for "scheme://...", whatever the scheme. */
bool imp_fetch_is_url(const char *text);

/* imp_fetch_url writes what `url` answers into a new file below TMPDIR, or
 * /tmp. The strings of *out live in ctx->arena.
 *
 * @param options  NULL: all defaults
 * @return GAZ_OK; GAZ_INVALID: a URL or a redirect that is not taken, a
 *         certificate that cannot be verified; GAZ_NOT_FOUND: 404 or 410;
 *         GAZ_LIMIT: too large; GAZ_IO. The sentence names the URL and the
 *         reason. On any but GAZ_OK no file is left. */
gaz_status imp_fetch_url(struct gaz_ctx *ctx, const char *url,
                         const struct imp_fetch_options *options,
                         struct imp_fetched *out);

/* imp_fetch_remove removes the temporary file. */
void imp_fetch_remove(const struct imp_fetched *fetched);

/* imp_fetch_temporary opens a new file for writing below TMPDIR, or /tmp, whose
 * path ends as `name` does. The caller closes it and discards the path. */
gaz_status imp_fetch_temporary(struct gaz_ctx *ctx, const char *name,
                               const char **path, FILE **out);
void imp_fetch_discard(const char *path);

#endif
