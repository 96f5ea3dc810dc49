/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/glyph.h"

#include <string.h>
#include <unistd.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_GLYPH_H
#include FT_STROKER_H

/* Face 2 of the collection is Simplified Chinese; 0 would be Japanese, which
 * writes some characters in another form. */
enum { FACE_SC = 2, FACES_MAX = 3 };

struct face_file {
    const char *path;
    int index;
};

/* Where Debian, Fedora, Arch and Alpine put them. */
static const struct face_file REGULAR[] = {
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", FACE_SC},
    {"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", FACE_SC},
    {"/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", FACE_SC},
    {"/usr/share/fonts/noto/NotoSansCJK-Regular.ttc", FACE_SC},
    {NULL, 0},
};

static const struct face_file BOLD[] = {
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", FACE_SC},
    {"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc", FACE_SC},
    {"/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc", FACE_SC},
    {"/usr/share/fonts/noto/NotoSansCJK-Bold.ttc", FACE_SC},
    {NULL, 0},
};

static const struct face_file OTHER[] = {
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 0},
    {"/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", 0},
    {"/usr/share/fonts/TTF/DejaVuSans.ttf", 0},
    {NULL, 0},
};

struct entry {
    uint64_t key; /* 0: a free slot */
    struct tile_glyph *glyph;
};

struct tile_font {
    FT_Library library;
    FT_Stroker stroker;
    FT_Face faces[FACES_MAX]; /* regular, bold or NULL, other or NULL */
    struct gaz_arena arena;   /* glyphs and their bitmaps */
    struct entry *slots;
    size_t slot_count; /* a power of two */
    size_t used;
};

static FT_Face open_face(struct tile_font *font, const struct face_file *files)
{
    for (; files->path; files++) {
        FT_Face face;
        if (access(files->path, R_OK) == 0 &&
            FT_New_Face(font->library, files->path, files->index, &face) == 0)
            return face;
    }
    return NULL;
}

gaz_status tile_glyph_open(struct gaz_ctx *ctx, struct tile_font **out)
{
    struct tile_font *font = gaz_malloc(sizeof *font);
    if (FT_Init_FreeType(&font->library) != 0 ||
        FT_Stroker_New(font->library, &font->stroker) != 0) {
        tile_glyph_close(font);
        return gaz_fail(ctx, GAZ_IO, "FreeType does not start");
    }
    font->faces[0] = open_face(font, REGULAR);
    font->faces[1] = open_face(font, BOLD);
    font->faces[2] = open_face(font, OTHER);
    if (!font->faces[0]) {
        tile_glyph_close(font);
        return gaz_fail(ctx, GAZ_NOT_FOUND,
                        "no Chinese font: '%s' is missing; install the package "
                        "fonts-noto-cjk",
                        REGULAR[0].path);
    }
    font->slot_count = 1024;
    font->slots = gaz_malloc(font->slot_count * sizeof *font->slots);
    *out = font;
    return GAZ_OK;
}

void tile_glyph_close(struct tile_font *font)
{
    if (!font)
        return;
    for (int i = 0; i < FACES_MAX; i++)
        if (font->faces[i])
            (void)FT_Done_Face(font->faces[i]);
    if (font->stroker)
        FT_Stroker_Done(font->stroker);
    if (font->library)
        (void)FT_Done_FreeType(font->library);
    gaz_arena_close(&font->arena);
    gaz_free(font->slots);
    gaz_free(font);
}

/* ---- the table of glyphs ---- */

static struct entry *find_slot(const struct tile_font *font, uint64_t key)
{
    uint64_t at = (key ^ key >> 29) * UINT64_C(0x9E3779B97F4A7C15) >> 32;
    for (;; at++) {
        struct entry *slot = &font->slots[at & (font->slot_count - 1)];
        if (slot->key == 0 || slot->key == key)
            return slot;
    }
}

static void add_entry(struct tile_font *font, uint64_t key,
                      struct tile_glyph *glyph)
{
    if (2 * (font->used + 1) > font->slot_count) {
        struct entry *old = font->slots;
        size_t count = font->slot_count;
        font->slot_count = 2 * count;
        font->slots = gaz_malloc(font->slot_count * sizeof *font->slots);
        for (size_t i = 0; i < count; i++)
            if (old[i].key != 0)
                *find_slot(font, old[i].key) = old[i];
        gaz_free(old);
    }
    *find_slot(font, key) = (struct entry){key, glyph};
    font->used++;
}

/* ---- making one ---- */

/* A copy of the bitmap in our arena; empty when FreeType has none (a blank). */
static bool render(struct tile_font *font, FT_Glyph outline,
                   struct tile_bitmap *out)
{
    FT_Glyph drawn = outline;
    if (FT_Glyph_To_Bitmap(&drawn, FT_RENDER_MODE_NORMAL, NULL, 0) != 0)
        return false;
    FT_BitmapGlyph glyph = (FT_BitmapGlyph)drawn;
    const FT_Bitmap *bitmap = &glyph->bitmap;
    size_t width = bitmap->width;
    uint8_t *alpha = gaz_arena_alloc(&font->arena, width * bitmap->rows);
    for (size_t row = 0; row < bitmap->rows; row++)
        memcpy(alpha + row * width,
               bitmap->buffer + (ptrdiff_t)row * bitmap->pitch, width);
    *out = (struct tile_bitmap){
        .left = glyph->left,
        .top = glyph->top,
        .width = (int)width,
        .height = (int)bitmap->rows,
        .alpha = alpha,
    };
    FT_Done_Glyph(drawn);
    return true;
}

static bool render_halo(struct tile_font *font, FT_Glyph outline, int radius,
                        struct tile_bitmap *out)
{
    FT_Glyph grown = outline;
    FT_Stroker_Set(font->stroker, radius, FT_STROKER_LINECAP_ROUND,
                   FT_STROKER_LINEJOIN_ROUND, 0);
    if (FT_Glyph_StrokeBorder(&grown, font->stroker, 0, 0) != 0)
        return false;
    bool ok = render(font, grown, out);
    FT_Done_Glyph(grown);
    return ok;
}

static struct tile_glyph *make_glyph(struct tile_font *font, FT_Face face,
                                     FT_UInt index, int size, int halo)
{
    if (FT_Set_Pixel_Sizes(face, 0, (FT_UInt)size) != 0 ||
        FT_Load_Glyph(face, index, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0)
        return NULL;
    FT_Glyph outline;
    if (FT_Get_Glyph(face->glyph, &outline) != 0)
        return NULL;
    struct tile_glyph *glyph = gaz_arena_alloc(&font->arena, sizeof *glyph);
    /* 16.16 pixels, unrounded, to 1/64 */
    glyph->advance = (int)(face->glyph->linearHoriAdvance >> 10);
    bool ok = render(font, outline, &glyph->fill) &&
              render_halo(font, outline, halo, &glyph->halo);
    FT_Done_Glyph(outline);
    return ok ? glyph : NULL;
}

const struct tile_glyph *tile_glyph_get(struct tile_font *font,
                                        uint32_t code_point, bool is_bold,
                                        int size, int halo)
{
    uint64_t key = (uint64_t)code_point << 32 | (uint64_t)size << 16 |
                   (uint64_t)halo << 1 | (uint64_t)is_bold;
    const struct entry *known = find_slot(font, key);
    if (known->key == key)
        return known->glyph;
    FT_Face order[FACES_MAX] = {font->faces[is_bold ? 1 : 0], font->faces[0],
                                font->faces[2]};
    struct tile_glyph *glyph = NULL;
    for (int i = 0; i < FACES_MAX && !glyph; i++) {
        FT_UInt index = order[i] ? FT_Get_Char_Index(order[i], code_point) : 0;
        if (index != 0)
            glyph = make_glyph(font, order[i], index, size, halo);
    }
    add_entry(font, key, glyph); /* also remembers what no face has */
    return glyph;
}
