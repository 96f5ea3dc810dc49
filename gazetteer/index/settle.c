/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/index/image.h"

void gaz_settle_texts(struct gaz_image *image)
{
    image->offsets = gaz_pool_layout(&image->builder->pool,
                                     &image->sections[GAZ_SECTION_STRINGS]);
    const uint32_t *offsets = image->offsets;
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    for (uint32_t i = 0; i < gaz_image_count(image, GAZ_SECTION_PLACES); i++) {
        places[i].label = offsets[places[i].label];
        places[i].code_text = offsets[places[i].code_text];
        places[i].address_text = offsets[places[i].address_text];
        places[i].meaning = offsets[places[i].meaning];
        places[i].origin = offsets[places[i].origin];
        places[i].history = offsets[places[i].history];
    }
    struct gaz_snap_name *names = gaz_image_items(image, GAZ_SECTION_NAMES);
    for (uint32_t i = 0; i < gaz_image_count(image, GAZ_SECTION_NAMES); i++) {
        names[i].text = offsets[names[i].text];
        names[i].roman = offsets[names[i].roman];
        names[i].plain = offsets[names[i].plain];
    }
    struct gaz_image_key *keys = image->keys.items;
    for (size_t i = 0; i < image->keys.count; i++)
        keys[i].text = offsets[keys[i].text];
}
