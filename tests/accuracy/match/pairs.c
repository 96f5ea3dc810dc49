/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/match/pairs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"

enum { HELD_OUT_OF = 10 };

struct pairs_source {
    struct gaz_ctx ctx; /* its arena holds the texts and the sides */
    struct gaz_unicode *unicode;
    const struct gaz_model *model;
};

static void stop(const char *path, int line, const char *why)
{
    (void)fprintf(stderr, "%s:%d: %s\n", path, line, why);
    exit(4);
}

static void read_side(struct pairs_source *s, const char *text,
                      struct gaz_side *out)
{
    if (gaz_side_read(&s->ctx, s->unicode, s->model, text, strlen(text), out) !=
        GAZ_OK) {
        (void)fprintf(stderr, "%s\n", gaz_ctx_failure(&s->ctx));
        exit(4);
    }
}

static void read_row(struct pairs_source *s, char *line, const char *path,
                     int number, struct pair_row *row)
{
    char *b = strchr(line, '\t');
    char *label = b ? strchr(b + 1, '\t') : NULL;
    if (!label || label[1] < '0' || label[1] > '2')
        stop(path, number, "not query TAB candidate TAB label");
    *b++ = '\0';
    *label++ = '\0';
    uint64_t hash = gaz_text_hash(line, strlen(line)) ^ PAIRS_SEED;
    hash *= 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
    row->a = line;
    row->b = b;
    row->label = label[0] - '0';
    row->held_out = hash % HELD_OUT_OF == 0;
    row->fold = (int)(hash / HELD_OUT_OF % PAIRS_FOLDS);
    row->inner =
        (int)(hash / ((uint64_t)HELD_OUT_OF * PAIRS_FOLDS) % PAIRS_INNER_FOLDS);
    if (!s->model)
        return;
    row->sides = gaz_arena_alloc(&s->ctx.arena, sizeof *row->sides * 2);
    read_side(s, row->a, &row->sides[0]);
    read_side(s, row->b, &row->sides[1]);
}

static int count_lines(const char *text)
{
    int lines = 0;
    for (; *text; text++)
        lines += *text == '\n' ? 1 : 0;
    return lines + 1;
}

void pairs_read(struct pairs *pairs, const char *path,
                const struct gaz_model *model)
{
    struct pairs_source *s = gaz_malloc(sizeof *s);
    struct gaz_map map;
    pairs->source = s;
    s->model = model;
    if (gaz_unicode_open(&s->ctx, &s->unicode) != GAZ_OK ||
        gaz_file_map(&s->ctx, path, &map) != GAZ_OK)
        stop(path, 0, gaz_ctx_failure(&s->ctx));
    char *text = gaz_arena_strndup(&s->ctx.arena, map.data, map.size);
    gaz_file_unmap(&map);
    pairs->items = gaz_malloc(sizeof *pairs->items * (size_t)count_lines(text));
    int number = 0;
    while (*text) {
        char *end = strchr(text, '\n');
        char *next = end ? end + 1 : text + strlen(text);
        if (end)
            *end = '\0';
        number++;
        if (*text)
            read_row(s, text, path, number, &pairs->items[pairs->count++]);
        text = next;
    }
}

void pairs_close(struct pairs *pairs)
{
    gaz_unicode_close(pairs->source->unicode);
    gaz_ctx_close(&pairs->source->ctx);
    gaz_free(pairs->source);
    gaz_free(pairs->items);
}
