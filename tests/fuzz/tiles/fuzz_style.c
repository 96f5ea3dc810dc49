/* fuzz_style.c - any bytes as a style: what is taken can be computed for any
 * zoom and feature, and what is refused says why. */
#include <assert.h>

#include "tiles/style.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct tile_value get(const void *feature, tile_attribute attribute)
{
    (void)feature;
    switch (attribute % 4) {
    case 0:
        return tile_value_string("名");
    case 1:
        return tile_value_number(attribute);
    case 2:
        return tile_value_bool(true);
    default:
        return (struct tile_value){.type = TILE_VALUE_NULL};
    }
}

static void compute(struct gaz_ctx *ctx, const struct tile_style *style)
{
    for (size_t i = 0; i < style->count; i++)
        for (int zoom = 0; zoom < 20; zoom += 3) {
            struct tile_env env = {&ctx->arena, zoom, NULL, get};
            (void)tile_style_shows(&style->layers[i], &env);
            for (int p = 0; p < TILE_PROPERTIES; p++)
                (void)tile_style_value(&style->layers[i], (tile_property)p,
                                       &env);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_ctx ctx = {0};
    struct tile_style style;
    struct gaz_buffer adapted;
    const char *text = (const char *)data;
    gaz_buffer_open(&adapted, 1 << 20);
    if (tile_style_read(&ctx, "fuzz", text, size, &style) == GAZ_OK) {
        compute(&ctx, &style);
        assert(tile_style_json_adapt(&ctx, "fuzz", text, size,
                                     TILE_LANGUAGE_BOTH, "http://h",
                                     &adapted) == GAZ_OK);
        struct tile_style again;
        if (!adapted.full)
            (void)tile_style_read(&ctx, "again", adapted.data, adapted.size,
                                  &again);
    } else {
        assert(ctx.failure[0] != '\0');
    }
    gaz_buffer_close(&adapted);
    gaz_ctx_close(&ctx);
    return 0;
}
