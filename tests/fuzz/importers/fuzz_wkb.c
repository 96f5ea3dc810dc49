/* fuzz_wkb.c - any bytes as WKB: what is taken keeps its size, is walked again
 * to the same bytes, and gives its lines. */
#include <assert.h>
#include <string.h>

#include "importers/wkb.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gaz_status same(struct gaz_ctx *ctx, void *user, double x, double y,
                       struct gaz_coord *out)
{
    (void)ctx;
    (void)user;
    *out = (struct gaz_coord){x, y};
    return GAZ_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct imp_wkb_transform SAME = {same, NULL};
    struct gaz_ctx ctx = {0};
    struct imp_shape once;
    struct imp_shape twice;
    if (imp_wkb_transform(&ctx, data, size, &SAME, &once) == GAZ_OK) {
        struct imp_line_part *parts = NULL;
        size_t count = 0;
        assert(once.size == size);
        gaz_status again =
            imp_wkb_transform(&ctx, once.wkb, once.size, &SAME, &twice);
        assert(again == GAZ_OK);
        assert(memcmp(once.wkb, twice.wkb, size) == 0);
        gaz_status lines = imp_wkb_lines(&ctx, &once, &parts, &count);
        assert((lines == GAZ_OK) ==
               (once.type == IMP_WKB_LINE || once.type == IMP_WKB_MULTILINE));
    }
    gaz_ctx_close(&ctx);
    return 0;
}
