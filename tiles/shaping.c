/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/shaping.h"

#include <hb.h>

struct tile_shaper {
    hb_font_t *font;
    hb_buffer_t *buffer;
};

struct tile_shaper *tile_shaping_open(const char *path, int index)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob)
        return NULL;
    hb_face_t *face = hb_face_create(blob, (unsigned)index);
    struct tile_shaper *shaper = gaz_malloc(sizeof *shaper);
    shaper->font = hb_font_create(face);
    shaper->buffer = hb_buffer_create();
    hb_face_destroy(face); /* the font holds it, and the face the blob */
    hb_blob_destroy(blob);
    return shaper;
}

void tile_shaping_close(struct tile_shaper *shaper)
{
    if (!shaper)
        return;
    hb_buffer_destroy(shaper->buffer);
    hb_font_destroy(shaper->font);
    gaz_free(shaper);
}

size_t tile_shaping_run(struct gaz_arena *arena, struct tile_shaper *shaper,
                        const char *text, size_t size, struct tile_shaped **out)
{
    hb_buffer_reset(shaper->buffer);
    hb_buffer_add_utf8(shaper->buffer, text, (int)size, 0, (int)size);
    hb_buffer_guess_segment_properties(shaper->buffer);
    /* Names do not depend on the machine's locale. */
    hb_buffer_set_language(shaper->buffer, hb_language_from_string("zh", -1));
    hb_shape(shaper->font, shaper->buffer, NULL, 0);
    unsigned count;
    const hb_glyph_info_t *infos =
        hb_buffer_get_glyph_infos(shaper->buffer, &count);
    const hb_glyph_position_t *places =
        hb_buffer_get_glyph_positions(shaper->buffer, NULL);
    struct tile_shaped *made = gaz_arena_array(arena, count, sizeof *made);
    for (unsigned i = 0; i < count; i++)
        made[i] = (struct tile_shaped){infos[i].codepoint, places[i].x_advance,
                                       places[i].x_offset, places[i].y_offset};
    *out = made;
    return count;
}
