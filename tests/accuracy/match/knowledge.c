/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/match/knowledge.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "gazetteer/match/rarity.h"
#include "gazetteer/match/sounds.h"

enum { NAME_MAX = 40, NAME_CODES_MAX = 16, BYTE_MAX = 255 };

static void count_text(const struct gaz_side *side, uint32_t *seen,
                       uint32_t stamp, uint32_t *counts)
{
    for (int i = 0; i < side->count; i++) {
        for (int pair = 0; pair < 2 && i + pair < side->count; pair++) {
            uint32_t at = gaz_rarity_slot(side->tokens[i],
                                          pair ? side->tokens[i + 1] : 0);
            if (seen[at] == stamp)
                continue;
            seen[at] = stamp;
            counts[at]++;
        }
    }
}

void knowledge_rarity(const struct pairs *pairs, uint8_t rarity[])
{
    uint32_t *seen = gaz_malloc(sizeof *seen * GAZ_RARITY_SIZE);
    uint32_t *counts = gaz_malloc(sizeof *counts * GAZ_RARITY_SIZE);
    uint32_t texts = 0;
    const char *last = "";
    for (int i = 0; i < pairs->count; i++) {
        const struct pair_row *row = &pairs->items[i];
        if (row->held_out)
            continue;
        if (strcmp(last, row->a) != 0)
            count_text(&row->sides[0], seen, ++texts, counts);
        last = row->a;
        count_text(&row->sides[1], seen, ++texts, counts);
    }
    for (int i = 0; i < GAZ_RARITY_SIZE; i++) {
        double idf = log(((double)texts + 1) / ((double)counts[i] + 1));
        double step = floor(idf * (double)GAZ_RARITY_STEPS + 0.5);
        rarity[i] = (uint8_t)(step > BYTE_MAX ? BYTE_MAX : step);
    }
    gaz_free(seen);
    gaz_free(counts);
}

/* zhong, zong and nong, long: as they are heard here. */
static void simplify(char *sound)
{
    size_t size = strlen(sound);
    if (size > 1 && sound[1] == 'h' && strchr("zcs", sound[0]))
        memmove(sound + 1, sound + 2, size - 1);
    if (sound[0] == 'n')
        sound[0] = 'l';
    size = strlen(sound);
    if (size > 3 && strcmp(sound + size - 2, "ng") == 0 &&
        sound[size - 3] != 'o')
        sound[size - 1] = '\0';
}

void knowledge_sounds(uint16_t sounds[])
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_unicode *unicode;
    if (gaz_unicode_open(&ctx, &unicode) != GAZ_OK)
        exit(4);
    for (uint32_t i = 0; i < GAZ_SOUND_COUNT; i++) {
        char reading[GAZ_READING_BYTES];
        const char *ascii;
        gaz_ctx_next(&ctx);
        sounds[i] = 0;
        if (!gaz_unicode_reading(unicode, GAZ_SOUND_FIRST + i, reading) ||
            gaz_unicode_ascii(&ctx, unicode, reading, &ascii) != GAZ_OK)
            continue;
        char *sound = gaz_arena_strdup(&ctx.arena, ascii);
        simplify(sound);
        sounds[i] =
            (uint16_t)(gaz_text_hash(sound, strlen(sound)) % UINT16_MAX + 1);
    }
    gaz_unicode_close(unicode);
    gaz_ctx_close(&ctx);
}

struct table {
    struct gaz_division *items;
    size_t count;
    size_t room;
};

static void add_name(struct table *t, const uint32_t *name, int count,
                     uint32_t code)
{
    if (t->count == t->room) {
        t->room = t->room * 2 + 1024;
        t->items = gaz_realloc(t->items, sizeof *t->items * t->room);
    }
    t->items[t->count++] =
        (struct gaz_division){gaz_divisions_hash(name, count), code};
}

/* 鼓楼区 and 鼓楼, 新埭镇 and 新埭, 中山街道 and 中山. */
static void add_forms(struct table *t, const char *name, size_t size,
                      uint32_t code)
{
    static const char *const ENDS[] = {
        "街道办事处", "街道", "省", "市", "自治区", "区", "县", "镇", "乡"};
    uint32_t tokens[NAME_MAX];
    int count = 0;
    size_t at = 0;
    while (at < size && count < NAME_MAX)
        tokens[count++] = gaz_text_next(name, size, &at);
    add_name(t, tokens, count, code);
    for (size_t e = 0; e < sizeof ENDS / sizeof *ENDS; e++) {
        size_t len = strlen(ENDS[e]);
        int left = count - (int)gaz_text_count(ENDS[e], len);
        if (size > len && left >= 2 &&
            memcmp(name + size - len, ENDS[e], len) == 0) {
            add_name(t, tokens, left, code);
            if (strcmp(ENDS[e], "街道办事处") == 0)
                add_name(t, tokens, left + 2, code);
            return;
        }
    }
}

/* Lines code,"name",...; a code filled to nine digits. */
static void read_file(const char *folder, const char *name, struct table *t)
{
    static struct gaz_ctx ctx;
    struct gaz_map map;
    const char *path = gaz_arena_printf(&ctx.arena, "%s/%s", folder, name);
    if (gaz_file_map(&ctx, path, &map) != GAZ_OK) {
        (void)fprintf(stderr, "%s\n", gaz_ctx_failure(&ctx));
        exit(4);
    }
    const char *at = map.data;
    const char *end = at + map.size;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        uint32_t code = 0;
        int digits = 0;
        for (; at < stop && *at >= '0' && *at <= '9'; at++, digits++)
            code = code * 10 + (uint32_t)(*at - '0');
        for (; digits > 0 && digits < 9; digits++)
            code *= 10;
        const char *close = stop - at > 2 && at[1] == '"'
                                ? memchr(at + 2, '"', (size_t)(stop - at - 2))
                                : NULL;
        if (close && close - at > 2)
            add_forms(t, at + 2, (size_t)(close - at - 2), code);
        at = stop + 1;
    }
}

static int compare(const void *a, const void *b)
{
    const struct gaz_division *x = a;
    const struct gaz_division *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->code > y->code) - (x->code < y->code);
}

void knowledge_divisions(const char *folder, struct gaz_divisions *out)
{
    struct table t = {0};
    read_file(folder, "provinces.csv", &t);
    read_file(folder, "cities.csv", &t);
    read_file(folder, "areas.csv", &t);
    read_file(folder, "streets.csv", &t);
    qsort(t.items, t.count, sizeof *t.items, compare);
    size_t kept = 0;
    for (size_t i = 0, run = 0; i < t.count; i++) {
        run = i > 0 && t.items[i].hash == t.items[i - 1].hash ? run + 1 : 0;
        bool same = kept > 0 && compare(&t.items[i], &t.items[kept - 1]) == 0;
        if (!same && run < NAME_CODES_MAX)
            t.items[kept++] = t.items[i];
    }
    out->items = t.items;
    out->count = (uint32_t)kept;
}
