/* fuzz_limits.c - any bytes as a file of limits: what is taken is a whole set
 * of numbers from 0 up, what is refused says where and changes nothing. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/boundary/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_limits before;
    gaz_limits_shipped(&ctx, &before);
    struct gaz_limits limits = before;
    if (gaz_limits_override(&ctx, "fuzz.txt", (const char *)data, size,
                            &limits) == GAZ_OK) {
        assert(limits.count == before.count);
        for (size_t i = 0; i < limits.count; i++) {
            assert(limits.items[i].value >= 0);
            assert(strcmp(limits.items[i].name, before.items[i].name) == 0);
        }
        (void)gaz_limits_survey(&limits);
    } else {
        assert(ctx.failure[0] != '\0');
        for (size_t i = 0; i < limits.count; i++)
            assert(limits.items[i].value == before.items[i].value);
    }
    gaz_ctx_close(&ctx);
    return 0;
}
