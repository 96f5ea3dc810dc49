/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/text.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "tiles/shaping.h"

struct tile_setter {
    struct tile_font *font;
    struct tile_shaper *shapers[TILE_GLYPH_FACES]; /* NULL: not opened yet */
    bool is_tried[TILE_GLYPH_FACES];
};

/* A text on its way: its lines and what has been laid of them. */
struct laying {
    struct gaz_arena *arena;
    struct tile_setter *setter;
    const struct tile_text_look *look;
    struct tile_mark *marks;
    uint32_t count;
    uint32_t room;
    int pen;
};

struct tile_setter *tile_text_open(struct tile_font *font)
{
    struct tile_setter *setter = gaz_malloc(sizeof *setter);
    setter->font = font;
    return setter;
}

void tile_text_close(struct tile_setter *setter)
{
    if (!setter)
        return;
    for (int i = 0; i < TILE_GLYPH_FACES; i++)
        tile_shaping_close(setter->shapers[i]);
    gaz_free(setter);
}

static struct tile_shaper *shaper_of(struct tile_setter *setter, int face)
{
    int index;
    const char *path = tile_glyph_file(setter->font, face, &index);
    if (!setter->is_tried[face] && path)
        setter->shapers[face] = tile_shaping_open(path, index);
    setter->is_tried[face] = true;
    return setter->shapers[face];
}

/* Han, its punctuation and full-width forms, and ASCII: one box each. */
static bool is_plain(uint32_t c)
{
    return (c >= 0x20 && c < 0x7F) || (c >= 0x3000 && c < 0x3040) ||
           (c >= 0xFF00 && c < 0xFFE7) || c == 0xB7 || gaz_text_is_han(c);
}

static bool is_plain_text(const char *text, size_t size)
{
    for (size_t pos = 0; pos < size;)
        if (!is_plain(gaz_text_next(text, size, &pos)))
            return false;
    return true;
}

static void put(struct laying *l, struct tile_mark mark, int advance)
{
    if (l->count == l->room) {
        uint32_t room = l->room ? 2 * l->room : 16;
        l->marks =
            gaz_arena_grow(l->arena, l->marks, l->count * sizeof *l->marks,
                           room * sizeof *l->marks);
        l->room = room;
    }
    mark.middle = (int16_t)(advance / 2);
    l->marks[l->count++] = mark;
    l->pen += advance + l->look->spacing_64th;
}

static int to_64th(const struct laying *l, int units, int em)
{
    return units * l->look->size * 64 / em;
}

static bool lay_plain(struct laying *l, const char *text, size_t size)
{
    for (size_t pos = 0; pos < size;) {
        uint32_t c = gaz_text_next(text, size, &pos);
        struct tile_letter letter;
        if (!tile_glyph_letter(l->setter->font, c, l->look->is_bold, &letter))
            return false;
        put(l,
            (struct tile_mark){
                .glyph = letter.glyph, .face = letter.face, .dx = l->pen},
            to_64th(l, letter.advance, letter.em));
    }
    return true;
}

/* Shapes a row of characters that one face has. */
static bool lay_run(struct laying *l, const char *text, size_t size,
                    const struct tile_letter *first)
{
    struct tile_shaper *shaper = shaper_of(l->setter, first->face);
    struct tile_shaped *shaped;
    if (!shaper)
        return false;
    size_t count = tile_shaping_run(l->arena, shaper, text, size, &shaped);
    for (size_t i = 0; i < count; i++) {
        if (shaped[i].glyph == 0)
            return false;
        put(l,
            (struct tile_mark){
                .glyph = shaped[i].glyph,
                .face = first->face,
                .dx = l->pen + to_64th(l, shaped[i].dx, first->em),
                .dy = -to_64th(l, shaped[i].dy, first->em),
            },
            to_64th(l, shaped[i].advance, first->em));
    }
    return true;
}

static bool lay_shaped(struct laying *l, const char *text, size_t size)
{
    size_t start = 0;
    struct tile_letter first = {0};
    for (size_t pos = 0; pos < size;) {
        size_t before = pos;
        struct tile_letter letter;
        uint32_t c = gaz_text_next(text, size, &pos);
        if (!tile_glyph_letter(l->setter->font, c, l->look->is_bold, &letter))
            return false;
        if (before > start && letter.face != first.face) {
            if (!lay_run(l, text + start, before - start, &first))
                return false;
            start = before;
        }
        if (before == start)
            first = letter;
    }
    return size == start || lay_run(l, text + start, size - start, &first);
}

/* ---- lines ---- */

struct line {
    const char *text;
    size_t size;
    uint32_t first; /* mark */
    uint32_t count;
    int width;
};

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

/* A blank near the middle of a text in letters, or 0. */
static size_t break_words(const char *text, size_t size)
{
    size_t best = 0;
    size_t middle = size / 2;
    for (size_t i = 1; i + 1 < size; i++) {
        size_t away = i > middle ? i - middle : middle - i;
        size_t best_away = best > middle ? best - middle : middle - best;
        if (text[i] == ' ' && (best == 0 || away < best_away))
            best = i;
    }
    return best;
}

static int split(const struct tile_text_look *look, const char *text,
                 struct line *lines)
{
    int count = 0;
    while (*text && count < TILE_TEXT_LINES) {
        size_t size = strcspn(text, "\n");
        size_t letters = gaz_text_count(text, size);
        bool is_han = is_plain_text(text, size);
        /* letters are about half as wide as Han characters */
        size_t most = (size_t)look->wrap * (is_han ? 1 : 2);
        size_t first = size;
        if (look->wrap > 0 && letters > most)
            first = is_han ? break_at(text, size, letters)
                           : break_words(text, size);
        if (first == 0)
            first = size;
        lines[count++] = (struct line){.text = text, .size = first};
        if (first < size && count < TILE_TEXT_LINES)
            lines[count++] =
                (struct line){.text = text + first, .size = size - first};
        text += size + (text[size] == '\n');
    }
    return count;
}

static bool lay_line(struct laying *l, struct line *line)
{
    l->pen = 0;
    line->first = l->count;
    bool ok = is_plain_text(line->text, line->size)
                  ? lay_plain(l, line->text, line->size)
                  : lay_shaped(l, line->text, line->size);
    line->count = l->count - line->first;
    line->width = l->pen - l->look->spacing_64th;
    return ok && line->count > 0;
}

static bool is_all_han(const char *text)
{
    size_t size = strlen(text);
    for (size_t pos = 0; pos < size;)
        if (!gaz_text_is_han(gaz_text_next(text, size, &pos)))
            return false;
    return true;
}

bool tile_text_lay(struct gaz_arena *arena, struct tile_setter *setter,
                   const struct tile_text_look *look, const char *text,
                   struct tile_text *out)
{
    struct line lines[TILE_TEXT_LINES];
    struct laying l = {.arena = arena, .setter = setter, .look = look};
    if (gaz_text_count(text, strlen(text)) > TILE_TEXT_CHARACTERS)
        return false;
    int count = split(look, text, lines);
    int widest = 0;
    for (int i = 0; i < count; i++) {
        if (!lay_line(&l, &lines[i]))
            return false;
        widest = lines[i].width > widest ? lines[i].width : widest;
    }
    if (count == 0)
        return false;
    /* Han characters hang 12 % of their size below the baseline. */
    int baseline = look->size * 64 * 88 / 100;
    int leading = look->size * 64 * 6 / 5;
    for (int i = 0; i < count; i++)
        for (uint32_t k = 0; k < lines[i].count; k++) {
            struct tile_mark *mark = &l.marks[lines[i].first + k];
            mark->dx += (widest - lines[i].width) / 2;
            mark->dy += baseline + i * leading;
        }
    *out = (struct tile_text){
        .marks = l.marks,
        .count = l.count,
        .width = (widest + 63) / 64,
        .height = look->size + (count - 1) * leading / 64,
        .is_han = is_all_han(text),
    };
    return true;
}
