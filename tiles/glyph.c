/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/glyph.h"

#include <math.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_GLYPH_H
#include FT_STROKER_H

#include "gazetteer/base/text.h"

/* Face 2 of the collection is Simplified Chinese; 0 would be Japanese, which
 * writes some characters in another form. */
enum { FACE_SC = 2, FACES_MAX = TILE_GLYPH_FACES };

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

/* A slot holds a letter (LETTER is set in the key) or a drawn glyph. */
static const uint64_t LETTER = UINT64_C(1) << 63;

struct entry {
    uint64_t key; /* 0: a free slot */
    union {
        const struct tile_glyph *glyph;
        struct tile_letter letter;
    };
};

struct tile_font {
    FT_Library library;
    FT_Stroker stroker;
    FT_Face faces[FACES_MAX]; /* regular, bold or NULL, other or NULL */
    const struct face_file *files[FACES_MAX];
    pthread_mutex_t lock;
    struct gaz_arena arena; /* glyphs and their bitmaps */
    struct entry *slots;
    size_t slot_count; /* a power of two */
    size_t used;
};

static void open_face(struct tile_font *font, int face,
                      const struct face_file *files)
{
    for (; files->path && !font->faces[face]; files++)
        if (access(files->path, R_OK) == 0 &&
            FT_New_Face(font->library, files->path, files->index,
                        &font->faces[face]) == 0)
            font->files[face] = files;
}

gaz_status tile_glyph_open(struct gaz_ctx *ctx, struct tile_font **out)
{
    struct tile_font *font = gaz_malloc(sizeof *font);
    (void)pthread_mutex_init(&font->lock, NULL);
    if (FT_Init_FreeType(&font->library) != 0 ||
        FT_Stroker_New(font->library, &font->stroker) != 0) {
        tile_glyph_close(font);
        return gaz_fail(ctx, GAZ_IO, "FreeType does not start");
    }
    open_face(font, 0, REGULAR);
    open_face(font, 1, BOLD);
    open_face(font, 2, OTHER);
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

void *tile_glyph_face(struct tile_font *font, int face)
{
    return font->faces[face];
}

/* Radicals and compatibility forms share glyphs with the ideographs. */
static bool is_look_alike(FT_ULong c)
{
    return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0xF900 && c <= 0xFAFF) ||
           c >= 0x2F800;
}

void tile_glyph_characters(struct tile_font *font, int face,
                           uint32_t out[TILE_GLYPH_NUMBERS])
{
    FT_UInt glyph = 0;
    memset(out, 0, TILE_GLYPH_NUMBERS * sizeof *out);
    if (!font->faces[face])
        return;
    for (FT_ULong c = FT_Get_First_Char(font->faces[face], &glyph); glyph != 0;
         c = FT_Get_Next_Char(font->faces[face], c, &glyph))
        if (glyph < TILE_GLYPH_NUMBERS && out[glyph] == 0 && !is_look_alike(c))
            out[glyph] = (uint32_t)c;
}

uint64_t tile_glyph_stamp(const struct tile_font *font)
{
    uint64_t hash = 0;
    for (int i = 0; i < FACES_MAX; i++) {
        struct stat file;
        if (!font->files[i] || stat(font->files[i]->path, &file) != 0)
            continue;
        const int64_t seen[] = {i, font->files[i]->index, file.st_size,
                                file.st_mtim.tv_sec};
        hash = hash * UINT64_C(0x9E3779B97F4A7C15) ^
               gaz_text_hash((const char *)seen, sizeof seen);
    }
    return hash;
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
    (void)pthread_mutex_destroy(&font->lock);
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

static void add_entry(struct tile_font *font, struct entry entry)
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
    *find_slot(font, entry.key) = entry;
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

/* Turns a glyph around the middle of its square, which becomes the pen. */
static void turn(FT_Glyph outline, const struct tile_glyph_key *key)
{
    double angle =
        2 * 3.14159265358979323846 * (key->turn - 1) / TILE_GLYPH_TURNS;
    FT_Fixed cosine = (FT_Fixed)lround(65536 * cos(angle));
    FT_Fixed sine = (FT_Fixed)lround(65536 * sin(angle));
    /* y grows upwards here, and clockwise on the screen is positive. */
    FT_Matrix matrix = {cosine, sine, -sine, cosine};
    const FT_Pos scale = key->scale;
    FT_Vector back = {-key->middle * scale, -key->size * scale * 64 * 38 / 100};
    (void)FT_Glyph_Transform(outline, NULL, &back);
    (void)FT_Glyph_Transform(outline, &matrix, NULL);
}

static struct tile_glyph *make_glyph(struct tile_font *font,
                                     const struct tile_glyph_key *key)
{
    FT_Face face = font->faces[key->face];
    int size = key->size * key->scale;
    if (FT_Set_Pixel_Sizes(face, 0, (FT_UInt)size) != 0 ||
        FT_Load_Glyph(face, key->glyph,
                      FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0)
        return NULL;
    FT_Glyph outline;
    if (FT_Get_Glyph(face->glyph, &outline) != 0)
        return NULL;
    if (key->turn > 0)
        turn(outline, key);
    struct tile_glyph *glyph = gaz_arena_alloc(&font->arena, sizeof *glyph);
    bool ok = render(font, outline, &glyph->fill);
    if (ok && key->halo > 0)
        ok = render_halo(font, outline, key->halo * key->scale, &glyph->halo);
    FT_Done_Glyph(outline);
    return ok ? glyph : NULL;
}

void tile_glyph_lock(struct tile_font *font)
{
    (void)pthread_mutex_lock(&font->lock);
}

void tile_glyph_unlock(struct tile_font *font)
{
    (void)pthread_mutex_unlock(&font->lock);
}

bool tile_glyph_letter(struct tile_font *font, uint32_t code_point,
                       bool is_bold, struct tile_letter *out)
{
    uint64_t key = LETTER | (uint64_t)code_point << 1 | (uint64_t)is_bold;
    const struct entry *known = find_slot(font, key);
    if (known->key == key) {
        *out = known->letter;
        return out->glyph != 0;
    }
    const int order[FACES_MAX] = {is_bold ? 1 : 0, 0, 2};
    struct tile_letter letter = {0};
    for (int i = 0; i < FACES_MAX && letter.glyph == 0; i++) {
        FT_Face face = font->faces[order[i]];
        FT_UInt index = face ? FT_Get_Char_Index(face, code_point) : 0;
        if (index == 0 || FT_Load_Glyph(face, index, FT_LOAD_NO_SCALE) != 0)
            continue;
        letter = (struct tile_letter){
            .glyph = index,
            .face = (uint8_t)order[i],
            .advance = (int)face->glyph->metrics.horiAdvance,
            .em = face->units_per_EM,
        };
    }
    add_entry(font, (struct entry){.key = key, .letter = letter});
    *out = letter;
    return letter.glyph != 0;
}

const struct tile_glyph *tile_glyph_get(struct tile_font *font,
                                        const struct tile_glyph_key *key)
{
    /* 16 bits of glyph, 2 face, 7 turn, 8 size, 2 scale, 9 halo, 12 middle */
    uint64_t number = (uint64_t)key->glyph | (uint64_t)key->face << 16 |
                      (uint64_t)key->turn << 18 | (uint64_t)key->size << 25 |
                      (uint64_t)key->scale << 33 | (uint64_t)key->halo << 35 |
                      (uint64_t)(key->turn > 0 ? key->middle : 0) << 44;
    const struct entry *known = find_slot(font, number);
    if (known->key == number)
        return known->glyph;
    const struct tile_glyph *glyph = make_glyph(font, key);
    add_entry(font, (struct entry){.key = number, .glyph = glyph});
    return glyph;
}

const char *tile_glyph_file(const struct tile_font *font, int face, int *index)
{
    if (!font->files[face])
        return NULL;
    *index = font->files[face]->index;
    return font->files[face]->path;
}
