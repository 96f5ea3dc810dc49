/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_batch_csv.c - a CSV body to the real handler of /v1/batch. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
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
    open_once();
    int status = fixture_post(&fixture, "/v1/batch", "text/csv",
                              (const char *)data, size);
    if (status == 500)
        abort();
    if (status == 200 &&
        !gaz_text_is_utf8(fixture.body.data, fixture.body.size, NULL))
        abort();
    return 0;
}
