/* SPDX-License-Identifier: Apache-2.0 */
/* Which places state an address: few of many, so they have a list. */
#include "gazetteer/index/image.h"

void gaz_sites_build(struct gaz_image *image)
{
    const struct gaz_snap_place *places =
        gaz_image_items(image, GAZ_SECTION_PLACES);
    for (uint32_t i = 0; i < gaz_image_count(image, GAZ_SECTION_PLACES); i++) {
        if (places[i].address_text == 0 || places[i].level != GAZ_LEVEL_NONE)
            continue;
        uint32_t *site = gaz_image_add(image, GAZ_SECTION_SITES, 1);
        *site = i;
    }
}
