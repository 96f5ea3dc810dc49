/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/index/image.h"

/* Appends `name`, leaving out what the label says already: 平湖市 and then
 * 平湖市博物馆 gives 平湖市博物馆; the same name on two levels stands once. */
static void append_name(struct gaz_buffer *label, const char *last,
                        const char *name)
{
    if (last[0] != '\0' && gaz_text_starts_with(name, last))
        name += strlen(last);
    gaz_buffer_text(label, name);
}

void gaz_label_places(struct gaz_image *image)
{
    struct gaz_pool *pool = &image->builder->pool;
    struct gaz_snap_place *places = gaz_image_items(image, GAZ_SECTION_PLACES);
    const struct gaz_snap_name *names =
        gaz_image_items(image, GAZ_SECTION_NAMES);
    struct gaz_buffer label;
    gaz_buffer_open(&label, SIZE_MAX / 2);
    for (uint32_t i = 0; i < gaz_image_count(image, GAZ_SECTION_PLACES); i++) {
        uint32_t path[GAZ_FORMAT_DEPTH_MAX + 1];
        int depth = 0;
        for (uint32_t at = i; at != GAZ_NONE; at = places[at].parent)
            path[depth++] = at;
        gaz_buffer_clear(&label);
        const char *last = "";
        while (depth > 0) {
            uint32_t name = names[places[path[--depth]].name_first].text;
            append_name(&label, last, gaz_pool_text(pool, name));
            last = gaz_pool_text(pool, name);
        }
        places[i].label = gaz_pool_add_bytes(pool, label.data, label.size);
    }
    gaz_buffer_close(&label);
}
