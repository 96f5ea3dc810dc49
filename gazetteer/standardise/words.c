/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/words.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

#include "gazetteer/base/text.h"

enum { LINE_FIELDS = 8, LEXICON_MAX_BYTES = 64 * 1024 * 1024 };

/* Lists of one kind: "name|other name|..." a line, the others being short
 * forms. */
static const struct {
    const char *path;
    uint32_t kinds;
} LISTS[] = {
    {"words/provinces.txt", GAZ_WORD_PROVINCE},
    {"words/cities.txt", GAZ_WORD_CITY},
    {"words/counties.txt", GAZ_WORD_COUNTY},
    {"words/noise.txt", GAZ_WORD_NOISE},
    {"words/assist.txt", GAZ_WORD_ASSIST},
    {"words/modifiers.txt", GAZ_WORD_MODIFIER},
};

/* The kinds that generics.txt names: "word kind kind". */
static const struct {
    const char *name;
    uint32_t kind;
} KINDS[] = {
    {"province", GAZ_WORD_PROVINCE}, {"city", GAZ_WORD_CITY},
    {"county", GAZ_WORD_COUNTY},     {"town", GAZ_WORD_TOWN},
    {"village", GAZ_WORD_VILLAGE},   {"hamlet", GAZ_WORD_HAMLET},
    {"road", GAZ_WORD_ROAD},         {"estate", GAZ_WORD_ESTATE},
    {"site", GAZ_WORD_SITE},         {"zone", GAZ_WORD_ZONE},
    {"feature", GAZ_WORD_FEATURE},   {"loose", GAZ_WORD_LOOSE},
};

struct list {
    struct gaz_arena *arena;
    struct gaz_lexicon_entry *items;
    size_t count;
    size_t capacity;
};

static void list_add(struct list *list, const char *text, uint32_t kinds)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 4096;
        list->items = gaz_arena_grow(list->arena, list->items,
                                     list->count * sizeof(*list->items),
                                     capacity * sizeof(*list->items));
        list->capacity = capacity;
    }
    list->items[list->count++] =
        (struct gaz_lexicon_entry){.text = text, .kinds = kinds};
}

/* Cuts a line at `mark` into fields; returns how many. */
static int cut(struct gaz_arena *arena, const char *line, size_t size,
               char mark, const char **fields)
{
    int count = 0;
    while (size > 0 && count < LINE_FIELDS) {
        const char *end = memchr(line, mark, size);
        size_t len = end ? (size_t)(end - line) : size;
        if (len > 0)
            fields[count++] = gaz_arena_strndup(arena, line, len);
        size_t used = end ? len + 1 : len;
        line += used;
        size -= used;
    }
    return count;
}

static uint32_t kind_named(const char *name)
{
    uint32_t kind = 0;
    for (size_t i = 0; i < sizeof(KINDS) / sizeof(KINDS[0]); i++)
        if (strcmp(KINDS[i].name, name) == 0)
            kind = KINDS[i].kind;
    assert(kind != 0); /* else generics.txt has a kind that is not known */
    return kind;
}

/* Reads one list: kinds 0 means that the line names them (generics.txt). */
static void read_list(struct list *list, const struct gaz_asset *asset,
                      uint32_t kinds)
{
    const char *at = (const char *)asset->data;
    const char *end = at + asset->size;
    while (at < end) {
        const char *eol = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((eol ? eol : end) - at);
        const char *fields[LINE_FIELDS];
        int count = at[0] == '#'
                        ? 0
                        : cut(list->arena, at, size, kinds ? '|' : ' ', fields);
        uint32_t named = GAZ_WORD_GENERIC;
        for (int i = 1; i < count && !kinds; i++)
            named |= kind_named(fields[i]);
        for (int i = 0; i < count && kinds; i++)
            list_add(list, fields[i], i == 0 ? kinds : kinds | GAZ_WORD_SHORT);
        if (count > 0 && !kinds)
            list_add(list, fields[0], named);
        at = eol ? eol + 1 : end;
    }
}

void gaz_words_load(struct gaz_ctx *ctx, const struct gaz_lexicon_entry **out,
                    size_t *count)
{
    struct list list = {.arena = &ctx->arena};
    for (size_t i = 0; i < sizeof(LISTS) / sizeof(LISTS[0]); i++) {
        const struct gaz_asset *asset =
            gaz_asset_find(gaz_words_assets, LISTS[i].path);
        assert(asset);
        read_list(&list, asset, LISTS[i].kinds);
    }
    read_list(&list, gaz_asset_find(gaz_words_assets, "words/generics.txt"), 0);
    *out = list.items;
    *count = list.count;
}

static pthread_once_t lexicon_once = PTHREAD_ONCE_INIT;
static struct gaz_buffer lexicon_bytes; /* lives as long as the process */
static struct gaz_lexicon lexicon;

static void make_lexicon(void)
{
    struct gaz_ctx ctx = {0};
    const struct gaz_lexicon_entry *entries = NULL;
    size_t count = 0;
    gaz_words_load(&ctx, &entries, &count);
    gaz_buffer_open(&lexicon_bytes, LEXICON_MAX_BYTES);
    gaz_lexicon_build(entries, count, &lexicon_bytes);
    gaz_status status = gaz_lexicon_open(&ctx, lexicon_bytes.data,
                                         lexicon_bytes.size, &lexicon);
    assert(status == GAZ_OK);
    (void)status;
    gaz_ctx_close(&ctx);
}

const struct gaz_lexicon *gaz_words_lexicon(void)
{
    (void)pthread_once(&lexicon_once, make_lexicon);
    return &lexicon;
}
