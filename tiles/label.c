/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/label.h"

#include <string.h>

#include "gazetteer/base/text.h"

enum { SCALE_1 = 1, CHARACTERS_MAX = 60 };

static const struct tile_glyph *glyph_of(struct tile_font *font,
                                         const struct tile_text_style *style,
                                         uint32_t code_point, int size,
                                         int scale)
{
    return tile_glyph_get(font, code_point, style->is_bold, size * scale,
                          TILE_STYLE_HALO_64TH * scale);
}

/* Where to break: before an opening bracket if that leaves two fair halves,
 * else in the middle. Returns bytes of the first line. */
static size_t break_at(const char *text, size_t size, size_t count)
{
    size_t half = 0;
    size_t pos = 0;
    for (size_t i = 0; pos < size; i++) {
        size_t before = pos;
        uint32_t c = gaz_text_next(text, size, &pos);
        bool opens = c == 0xFF08 || c == '('; /* （ */
        if (opens && i >= 3)
            return before;
        if (i == (count + 1) / 2)
            half = before;
    }
    return half;
}

static bool measure_line(struct tile_font *font,
                         const struct tile_text_style *style, int size,
                         struct tile_line_text *line)
{
    int gap = size * 64 * style->spacing / 100;
    line->width_64th = -gap;
    for (size_t pos = 0; pos < line->size;) {
        uint32_t c = gaz_text_next(line->text, line->size, &pos);
        const struct tile_glyph *glyph =
            glyph_of(font, style, c, size, SCALE_1);
        if (!glyph)
            return false;
        line->width_64th += glyph->advance + gap;
    }
    return true;
}

bool tile_label_measure(struct tile_font *font,
                        const struct tile_text_style *style, int z,
                        const char *text, struct tile_text *out)
{
    size_t size = strlen(text);
    size_t count = gaz_text_count(text, size);
    if (count == 0 || count > CHARACTERS_MAX)
        return false;
    bool breaks = style->wrap > 0 && count > (size_t)style->wrap;
    size_t first = breaks ? break_at(text, size, count) : size;
    *out = (struct tile_text){
        .lines = {{text, first, 0}, {text + first, size - first, 0}},
        .line_count = first < size ? 2 : 1,
        .size = tile_style_size(style, z),
    };
    int widest = 0;
    for (int i = 0; i < out->line_count; i++) {
        if (!measure_line(font, style, out->size, &out->lines[i]))
            return false;
        if (out->lines[i].width_64th > widest)
            widest = out->lines[i].width_64th;
    }
    out->width = (widest + 63) / 64;
    out->height = out->size + (out->line_count - 1) * (out->size * 6 / 5);
    return true;
}

uint32_t tile_label_runs(struct gaz_arena *arena, struct tile_font *font,
                         const struct tile_text_style *style,
                         const struct tile_text *text, int scale,
                         struct tile_run **out)
{
    size_t room = 0;
    for (int i = 0; i < text->line_count; i++)
        room += gaz_text_count(text->lines[i].text, text->lines[i].size);
    struct tile_run *runs = gaz_arena_array(arena, room, sizeof *runs);
    int gap = text->size * scale * 64 * style->spacing / 100;
    uint32_t count = 0;
    for (int i = 0; i < text->line_count; i++) {
        const struct tile_line_text *line = &text->lines[i];
        int pen = scale * (text->width * 64 - line->width_64th) / 2;
        /* Han characters hang 12 % of their size below the baseline. */
        int baseline =
            scale * (text->size * 88 / 100 + i * (text->size * 6 / 5));
        for (size_t pos = 0; pos < line->size;) {
            uint32_t c = gaz_text_next(line->text, line->size, &pos);
            const struct tile_glyph *glyph =
                glyph_of(font, style, c, text->size, scale);
            if (!glyph)
                continue;
            runs[count++] = (struct tile_run){glyph, (pen + 32) / 64, baseline};
            pen += glyph->advance + gap;
        }
    }
    *out = runs;
    return count;
}
