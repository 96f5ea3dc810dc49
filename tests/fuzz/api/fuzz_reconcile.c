/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_reconcile.c - the form of a reconciliation batch, to the real handler:
 * percent-escapes, then JSON, then questions. */
#include <stdint.h>
#include <stdlib.h>

#include "tests/unit/api/fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool is_open;
    if (!is_open) {
        fixture_open(&fixture);
        (void)atexit(close_fixture);
        is_open = true;
    }
    int status = fixture_post(&fixture, "/reconcile",
                              "application/x-www-form-urlencoded",
                              (const char *)data, size);
    if (status == 500 || fixture.body.full)
        abort();
    return 0;
}
