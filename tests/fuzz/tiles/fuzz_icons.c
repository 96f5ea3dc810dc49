/* fuzz_icons.c - any bytes as a sheet of icons: what is taken is small, what is
 * refused says why. */
#include <assert.h>

#include "tiles/icon_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_ctx ctx = {0};
    struct tile_icon_symbol *symbols;
    uint32_t count;
    if (tile_icon_sheet_read(&ctx, (const char *)data, size, &symbols,
                             &count) == GAZ_OK) {
        for (uint32_t i = 0; i < count; i++)
            assert(symbols[i].side >= 1 && symbols[i].side <= 64);
    } else {
        assert(ctx.failure[0] != '\0');
    }
    gaz_ctx_close(&ctx);
    return 0;
}
