/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a model: refused, or safe to label with. The size and checksum
 * are put right first, so that the checks behind them are reached. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/standardise/model.h"
#include "gazetteer/standardise/model_blob.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BLOB_MAX = 1 << 16 };

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static _Alignas(8) uint8_t bytes[BLOB_MAX];
    if (size > sizeof bytes)
        return 0;
    if (size > 0)
        memcpy(bytes, data, size);
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
