/* SPDX-License-Identifier: Apache-2.0 */
#include "api/access/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

void api_digest_sha256(const void *data, size_t size,
                       unsigned char out[API_DIGEST_BYTES])
{
    (void)SHA256(data, size, out);
}

void api_digest_hmac(const void *key, size_t key_size, const void *data,
                     size_t size, unsigned char out[API_DIGEST_BYTES])
{
    unsigned int length = 0;
    (void)HMAC(EVP_sha256(), key, (int)key_size, data, size, out, &length);
}

void api_digest_base64(const unsigned char *data, size_t size, char *out)
{
    (void)EVP_EncodeBlock((unsigned char *)out, data, (int)size);
}

gaz_status api_digest_random(struct gaz_ctx *ctx, void *out, size_t size)
{
    if (RAND_bytes(out, (int)size) != 1)
        return gaz_fail(ctx, GAZ_IO, "the system gives no random bytes");
    return GAZ_OK;
}

bool api_digest_same(const unsigned char a[API_DIGEST_BYTES],
                     const unsigned char b[API_DIGEST_BYTES])
{
    return CRYPTO_memcmp(a, b, API_DIGEST_BYTES) == 0;
}
