/* fuzz_page.c - any bytes as a page of a neighbour's features: it is refused
 * with a reason, or its counts agree with each other. */
#include <assert.h>
#include <string.h>

#include "importers/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_ctx ctx = {0};
    struct imp_page page;
    bool is_offered = false;
    if (imp_page_parse(&ctx, "fuzz", data, size, &page) == GAZ_OK) {
        assert(page.features >= 0 && page.matched >= -1);
        assert(page.schematic <= page.features);
        assert(page.placeless <= page.features);
        assert(!page.next || page.next[0] != '\0');
        assert(page.text_size == 0 ||
               (page.text > (const char *)data &&
                page.text + page.text_size < (const char *)data + size));
        assert((page.features > 0) == (page.text_size > 0));
    } else {
        assert(ctx.failure[0] != '\0');
    }
    gaz_ctx_next(&ctx);
    (void)!imp_page_offers_crs(&ctx, "fuzz", data, size, "u", &is_offered);
    gaz_ctx_close(&ctx);
    return 0;
}
