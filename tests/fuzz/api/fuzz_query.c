/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_query.c - a path and query, as they come, to the real handlers. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/api/fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static void open_once(void)
{
    static bool is_open;
    if (is_open)
        return;
    fixture_open(&fixture);
    (void)atexit(close_fixture);
    is_open = true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { URI_MAX_BYTES = 16384 };
    static char uri[URI_MAX_BYTES + 1];
    open_once();
    if (size > URI_MAX_BYTES || memchr(data, 0, size))
        return 0; /* the web server has refused it by then */
    memcpy(uri, data, size);
    uri[size] = 0;
    int status = fixture_ask(&fixture, "GET", uri);
    if (status == 500 || fixture.body.full)
        abort();
    return 0;
}
