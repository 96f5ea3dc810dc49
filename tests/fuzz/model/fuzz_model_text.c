/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as an address, with the weights that ship: the elements cover the
 * text without gap or overlap. */
#include <assert.h>
#include <stdint.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "gazetteer/standardise/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct gaz_model *shipped_model(void)
{
    static struct gaz_ctx ctx;
    static struct gaz_map map;
    static struct gaz_model *model;
    const char *path = DIMING_SOURCE_DIR "/data/model/elements.bin";
    if (model)
        return model;
    gaz_status status = gaz_file_map(&ctx, path, &map);
    assert(status == GAZ_OK);
    status = gaz_model_open(&ctx, map.data, map.size, &model);
    assert(status == GAZ_OK);
    return model;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct gaz_elements e;
    gaz_model_label(shipped_model(), text, size, &e);
    int end = 0;
    int byte_end = 0;
    assert(e.count >= 0 && e.count <= GAZ_ELEMENTS_MAX);
    for (int i = 0; i < e.count; i++) {
        const struct gaz_element *item = &e.items[i];
        assert((int)item->label >= 0 && item->label < GAZ_ELEMENT_LABELS);
        assert(item->start == end && item->end > item->start);
        assert(item->byte_start == byte_end);
        assert(item->byte_end > item->byte_start);
        end = item->end;
        byte_end = item->byte_end;
    }
    assert(byte_end == (int)size);
    assert(end == (int)gaz_text_count(text, size));
    return 0;
}
