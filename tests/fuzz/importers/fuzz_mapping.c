/* fuzz_mapping.c - any bytes as a mapping: what is taken is whole. */
#include <assert.h>

#include "importers/mapping.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_ctx ctx = {0};
    struct imp_mapping mapping;
    if (imp_mapping_parse(&ctx, "fuzz", (const char *)data, size, &mapping) ==
        GAZ_OK) {
        assert(mapping.source.key && mapping.source.licence && mapping.entry);
        assert(mapping.key_count > 0);
        for (int i = 0; i < mapping.field_count; i++)
            assert(!mapping.fields[i].column != !mapping.fields[i].value);
    } else {
        assert(ctx.failure[0] != '\0');
    }
    gaz_ctx_close(&ctx);
    return 0;
}
