/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/readings.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/words.h"

enum {
    COLUMNS = 5,
    MATCHES_MAX = 16,
    CATEGORY_DIGITS = 5,
    LEXICON_MAX_BYTES = 16 * 1024 * 1024
};

struct row {
    const char *text;
    const char *reading;
    const char *category; /* "" for all, or its first digits */
};

/* Made once, read-only after. The lexicon's kinds carry the number of the first
 * row of a text, counted from 1. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct gaz_ctx owner;
static struct row *rows;
static size_t row_count;
static struct gaz_buffer lexicon_bytes;
static struct gaz_lexicon lexicon;

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a;
    const struct row *y = b;
    int order = strcmp(x->text, y->text);
    /* The narrower category first, so that it is tried first. */
    return order ? order : strcmp(y->category, x->category);
}

/* Cuts one line of plain CSV (the file has no quotes; a test says so). */
static void read_row(const char *line, size_t size, struct row *out)
{
    const char *fields[COLUMNS] = {"", "", "", "", ""};
    for (int i = 0; i < COLUMNS && size > 0; i++) {
        const char *comma = i + 1 < COLUMNS ? memchr(line, ',', size) : NULL;
        size_t len = comma ? (size_t)(comma - line) : size;
        fields[i] = gaz_arena_strndup(&owner.arena, line, len);
        size_t used = comma ? len + 1 : len;
        line += used;
        size -= used;
    }
    *out = (struct row){fields[0], fields[1], fields[2]};
}

static void read_rows(const char *at, const char *end)
{
    size_t lines = 0;
    for (const char *c = at; c < end; c++)
        lines += *c == '\n';
    rows = gaz_arena_array(&owner.arena, lines + 1, sizeof(struct row));
    for (bool header = true; at < end; header = false) {
        const char *eol = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((eol ? eol : end) - at);
        if (size > 0 && !header)
            read_row(at, size, &rows[row_count++]);
        at = eol ? eol + 1 : end;
    }
}

static void make(void)
{
    const struct gaz_asset *asset =
        gaz_asset_find(gaz_words_assets, "romanisation/readings.csv");
    assert(asset);
    read_rows((const char *)asset->data,
              (const char *)asset->data + asset->size);
    qsort(rows, row_count, sizeof(*rows), compare_rows);
    struct gaz_lexicon_entry *entries =
        gaz_arena_array(&owner.arena, row_count, sizeof(*entries));
    size_t count = 0;
    for (size_t i = 0; i < row_count; i++)
        if (i == 0 || strcmp(rows[i].text, rows[i - 1].text) != 0)
            entries[count++] = (struct gaz_lexicon_entry){
                .text = rows[i].text, .kinds = (uint32_t)i + 1};
    gaz_buffer_open(&lexicon_bytes, LEXICON_MAX_BYTES);
    gaz_lexicon_build(entries, count, &lexicon_bytes);
    gaz_status status = gaz_lexicon_open(&owner, lexicon_bytes.data,
                                         lexicon_bytes.size, &lexicon);
    assert(status == GAZ_OK);
    (void)status;
}

static bool is_whole(const char *reading)
{
    size_t pos = 0;
    uint32_t c = gaz_text_next(reading, strlen(reading), &pos);
    if (c < 0x80)
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    /* Capitals with a tone mark that can begin a name: Ā Á À Ē É È Ě Ō Ó Ò Ǎ Ǒ.
     */
    return c == 0x100 || c == 0xC1 || c == 0xC0 || c == 0x112 || c == 0xC9 ||
           c == 0xC8 || c == 0x11A || c == 0x14C || c == 0xD3 || c == 0xD2 ||
           c == 0x1CD || c == 0x1D1;
}

static bool fits(const struct row *row, int category)
{
    char digits[CATEGORY_DIGITS + 1] = "";
    int rest = category;
    for (int i = CATEGORY_DIGITS - 1; i >= 0; i--, rest /= 10)
        digits[i] = (char)('0' + rest % 10);
    return strncmp(digits, row->category, strlen(row->category)) == 0;
}

/* The row of the text that begins at rows[first] and is wanted, or NULL. */
static const struct row *pick(size_t first, int category, bool whole)
{
    for (size_t i = first;
         i < row_count && strcmp(rows[i].text, rows[first].text) == 0; i++)
        if (is_whole(rows[i].reading) == whole && fits(&rows[i], category))
            return &rows[i];
    return NULL;
}

const char *gaz_readings_whole(const char *name, size_t size, int category)
{
    (void)pthread_once(&once, make);
    struct gaz_word word;
    if (!gaz_lexicon_longest(&lexicon, name, size, &word) || word.size != size)
        return NULL;
    const struct row *row = pick(word.kinds - 1, category, true);
    return row ? row->reading : NULL;
}

const char *gaz_readings_word(const char *text, size_t size, int category,
                              size_t *used)
{
    (void)pthread_once(&once, make);
    struct gaz_word words[MATCHES_MAX];
    int count = gaz_lexicon_matches(&lexicon, text, size, words, MATCHES_MAX);
    while (count-- > 0) {
        const struct row *row = pick(words[count].kinds - 1, category, false);
        if (row) {
            *used = words[count].size;
            return row->reading;
        }
    }
    return NULL;
}
