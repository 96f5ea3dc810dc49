/* digest.h - SHA-256, HMAC, random bytes, comparing without a clock: the one
 * door to libcrypto. */
#ifndef API_ACCESS_DIGEST_H
#define API_ACCESS_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "gazetteer/base/context.h"

enum { API_DIGEST_BYTES = 32 };

void api_digest_sha256(const void *data, size_t size,
                       unsigned char out[API_DIGEST_BYTES]);

/* api_digest_hmac is HMAC-SHA-256 (RFC 2104). */
void api_digest_hmac(const void *key, size_t key_size, const void *data,
                     size_t size, unsigned char out[API_DIGEST_BYTES]);

/* api_digest_base64 writes the standard alphabet, with padding: 4 bytes for
 * each 3, and a NUL. */
void api_digest_base64(const unsigned char *data, size_t size, char *out);

/* api_digest_random fills `out` from the system's generator. GAZ_IO when it has
 * none to give. */
gaz_status api_digest_random(struct gaz_ctx *ctx, void *out, size_t size);

/* api_digest_same takes the same time wherever the first difference is. */
bool api_digest_same(const unsigned char a[API_DIGEST_BYTES],
                     const unsigned char b[API_DIGEST_BYTES]);

#endif
