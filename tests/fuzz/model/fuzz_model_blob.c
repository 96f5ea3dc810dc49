/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a model: refused, or safe to label with. The size and checksum
 * are put right first, so that the checks behind them are reached; the weights
 * of the layers, which are many, repeat the first bytes of the input. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/standardise/model.h"
#include "gazetteer/standardise/model_blob.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    REST_MAX = 1 << 16,
    FIXED_MAX = 1 << 17,
    BLOB_MAX = REST_MAX + FIXED_MAX
};

static const char TEXT[] = "浙江省嘉兴市平湖市新埭镇兴旺村12组3号";

static void repair(uint8_t *bytes, size_t size)
{
    struct gaz_model_header h;
    if (size < sizeof h)
        return;
    memcpy(&h, bytes, sizeof h);
    h.magic = GAZ_MODEL_MAGIC;
    h.version = GAZ_MODEL_VERSION;
    h.size = (uint32_t)size;
    memcpy(bytes, &h, sizeof h);
    h.checksum = gaz_model_checksum(bytes, size);
    memcpy(bytes, &h, sizeof h);
}

/* Bytes of the transitions and layers. */
static size_t fixed_size(void)
{
    size_t size = sizeof(int16_t) * GAZ_MODEL_TAGS * GAZ_MODEL_TAGS;
    for (int l = 0; l < GAZ_MODEL_LAYERS; l++)
        size += sizeof(int32_t) * (size_t)GAZ_MODEL_SHAPES[l].outputs +
                sizeof(int16_t) * gaz_model_layer_weights(l);
    return size;
}

/* Header, transitions and layers, the rest of the input. */
static size_t compose(const uint8_t *data, size_t size, uint8_t *out)
{
    size_t head = sizeof(struct gaz_model_header);
    if (size < head) {
        if (size > 0)
            memcpy(out, data, size);
        return size;
    }
    size_t fixed = fixed_size();
    memcpy(out, data, head);
    for (size_t i = 0; i < fixed; i++) /* small ones: the upper byte is 0 */
        out[head + i] = i & 1 ? 0 : data[i / 2 % size] & 0x1F;
    memcpy(out + head + fixed, data + head, size - head);
    return size + fixed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static _Alignas(8) uint8_t bytes[BLOB_MAX];
    if (size > REST_MAX)
        return 0;
    size = compose(data, size, bytes);
    repair(bytes, size);
    struct gaz_ctx ctx = {0};
    struct gaz_model *model = NULL;
    if (gaz_model_open(&ctx, bytes, size, &model) == GAZ_OK) {
        struct gaz_elements e;
        gaz_model_label(model, TEXT, sizeof TEXT - 1, &e);
        assert(e.count > 0);
        assert(e.items[e.count - 1].byte_end == (int)sizeof TEXT - 1);
        gaz_model_close(model);
    } else {
        assert(gaz_ctx_failure(&ctx)[0] != '\0');
    }
    gaz_ctx_close(&ctx);
    return 0;
}
