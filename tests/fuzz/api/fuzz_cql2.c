/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_cql2.c - a filter in CQL2 text: it is read or refused, and what is read
 * can be asked of every feature. The first byte chooses the collection and the
 * reference system. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "api/ogc/filter.h"
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
    enum { COLLECTIONS = 8 };
    open_once();
    struct api_worker *worker = &fixture.worker;
    gaz_ctx_next(&worker->ctx);
    worker->snap = fixture.snap;
    if (size < 1 || size > API_PARAM_MAX_BYTES || memchr(data, 0, size) ||
        !gaz_text_is_utf8((const char *)data + 1, size - 1, NULL))
        return 0; /* params.c has refused it by then */
    const struct ogc_collection *collection =
        OGC_COLLECTIONS[data[0] % COLLECTIONS];
    const struct ogc_crs *crs =
        &OGC_CRSS[data[0] / COLLECTIONS % OGC_CRS_COUNT];
    const char *text =
        gaz_arena_strndup(&worker->ctx.arena, (const char *)data + 1, size - 1);
    const struct ogc_filter *filter;
    if (ogc_filter_parse(worker, collection, crs, text, &filter) != GAZ_OK)
        return 0;
    struct ogc_row row = {.worker = worker};
    for (; row.index < collection->count(&fixture.worker); row.index++)
        if (collection->has(&fixture.worker, row.index))
            (void)ogc_filter_holds(filter, collection, &row);
    return 0;
}
