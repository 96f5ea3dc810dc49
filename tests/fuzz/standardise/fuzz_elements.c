/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as an address: elements are in bounds, in order, disjoint. */
#include <assert.h>
#include <stdint.h>

#include "gazetteer/standardise/elements.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_elements e;
    gaz_elements_parse(NULL, (const char *)data, size, &e);
    int end = 0;
    int byte_end = 0;
    assert(e.count >= 0 && e.count <= GAZ_ELEMENTS_MAX);
    for (int i = 0; i < e.count; i++) {
        const struct gaz_element *item = &e.items[i];
        assert(item->label < GAZ_ELEMENT_LABELS);
        assert(item->start >= end && item->end > item->start);
        assert(item->byte_start >= byte_end);
        assert(item->byte_end > item->byte_start);
        assert(item->byte_end <= (int)size);
        end = item->end;
        byte_end = item->byte_end;
    }
    return 0;
}
