/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/base/text.h"
#include "gazetteer/model/address.h"
#include "tests/accuracy/model/cut.h"

enum { LINE_BYTES = 1 << 15, TEXT_MAX_BYTES = 1000, PAIR_MAX_BYTES = 240 };

/* FNV-1a that begins at the seed of the split, and a final mix. */
static uint64_t split_hash(const char *text, size_t size)
{
    uint64_t h = 0xcbf29ce484222325u ^ CORPUS_SEED * 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < size; i++)
        h = (h ^ (unsigned char)text[i]) * 0x100000001b3u;
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
    return h ^ h >> 33;
}

static FILE *open_or_stop(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "cannot open '%s'\n", path);
        exit(2);
    }
    return file;
}

static int label_number(struct corpus *corpus, const char *name, size_t len)
{
    for (int i = 0; i < corpus->label_count; i++) {
        if (strlen(corpus->labels[i]) == len &&
            memcmp(corpus->labels[i], name, len) == 0)
            return i;
    }
    if (corpus->label_count == CHAIN_TAGS / 2 || len >= CORPUS_LABEL_BYTES) {
        fprintf(stderr, "too many labels: %.*s\n", (int)len, name);
        exit(2);
    }
    memcpy(corpus->labels[corpus->label_count], name, len);
    return corpus->label_count++;
}

char *corpus_mask(const struct example *example)
{
    char *copy = gaz_malloc((size_t)example->size + 1);
    memcpy(copy, example->text, (size_t)example->size);
    for (int i = 0; i < example->size; i++) {
        if (copy[i] >= '0' && copy[i] <= '9')
            copy[i] = '0';
    }
    return copy;
}

static struct example *add(struct corpus *corpus, const char *text, size_t size)
{
    if (corpus->count == corpus->room) {
        corpus->room = corpus->room ? corpus->room * 2 : 1024;
        corpus->items = gaz_realloc(corpus->items, sizeof(struct example) *
                                                       (size_t)corpus->room);
    }
    struct example *e = &corpus->items[corpus->count++];
    *e = (struct example){.size = (int)size};
    e->text = gaz_malloc(size + 1);
    memcpy(e->text, text, size);
    char *masked = corpus_mask(e);
    e->hash = split_hash(masked, size);
    gaz_free(masked);
    e->held_out = e->hash % 10 == 0;
    e->fold = (int)(e->hash / 10 % CORPUS_FOLDS);
    return e;
}

/* A text being read, with a tag for each of its bytes. */
struct draft {
    char text[TEXT_MAX_BYTES];
    uint8_t tags[TEXT_MAX_BYTES];
    size_t size;
    bool bad;
};

static void append(struct draft *d, const char *text, size_t size, int tag)
{
    if (d->size + size > TEXT_MAX_BYTES) {
        d->bad = true;
        return;
    }
    memcpy(d->text + d->size, text, size);
    memset(d->tags + d->size, tag | 1, size);
    d->tags[d->size] = (uint8_t)tag;
    d->size += size;
}

/* Puts the tags of the bytes on the tokens that begin there. */
static void finish(struct corpus *corpus, struct draft *d)
{
    if (d->size > 0 && !d->bad) {
        struct gaz_model_text *text = cut_text(NULL, d->text, d->size);
        if (text->bytes == (int)d->size) {
            struct example *e = add(corpus, d->text, d->size);
            e->tokens = text->count;
            e->tags = gaz_malloc((size_t)text->count);
            for (int i = 0; i < text->count; i++)
                e->tags[i] = d->tags[text->tokens[i].byte_start];
        }
    }
    *d = (struct draft){0};
}

void corpus_read_bio(struct corpus *corpus, const char *path)
{
    static char line[LINE_BYTES];
    static struct draft draft;
    for (int i = 0; i < GAZ_ELEMENT_LABELS; i++) {
        const char *name = gaz_element_name((gaz_element_label)i);
        label_number(corpus, name, strlen(name));
    }
    FILE *file = open_or_stop(path);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!tab) {
            finish(corpus, &draft);
            continue;
        }
        int label = label_number(corpus, tab + 3, strlen(tab + 3));
        append(&draft, line, (size_t)(tab - line),
               2 * label + (tab[1] == 'I' ? 1 : 0));
    }
    finish(corpus, &draft);
    fclose(file);
}

/* The next "string" of a JSON line, without its quotes; NULL: none. */
static const char *next_string(const char *from, size_t *len)
{
    const char *start = strchr(from, '"');
    const char *end = start ? strchr(start + 1, '"') : NULL;
    if (!end)
        return NULL;
    *len = (size_t)(end - start - 1);
    return start + 1;
}

/* {"text":"...","tags":["B-prov","E-prov",...]}, a tag for each character. */
static void read_json_line(struct corpus *corpus, const char *line,
                           struct draft *draft)
{
    size_t len = 0;
    const char *text = next_string(line + strcspn(line, ":"), &len);
    if (!text || memchr(text, '\\', len))
        return;
    const char *tag = text + len + 1;
    tag += strcspn(tag, "[");
    int last = -1;
    for (size_t pos = 0; pos < len;) {
        size_t start = pos;
        gaz_text_next(text, len, &pos);
        size_t tag_len = 0;
        tag = next_string(tag, &tag_len);
        if (!tag || tag_len == 0)
            return;
        bool outside = tag_len == 1;
        int label = outside ? label_number(corpus, "O", 1)
                            : label_number(corpus, tag + 2, tag_len - 2);
        bool inside = tag[0] == 'I' || tag[0] == 'E' || outside;
        append(draft, text + start, pos - start,
               2 * label + (inside && label == last ? 1 : 0));
        last = label;
        tag += tag_len + 1;
    }
    finish(corpus, draft);
}

void corpus_read_json(struct corpus *corpus, const char *path)
{
    static char line[LINE_BYTES];
    static struct draft draft;
    FILE *file = open_or_stop(path);
    while (fgets(line, sizeof line, file)) {
        draft = (struct draft){0};
        read_json_line(corpus, line, &draft);
    }
    fclose(file);
}

void corpus_read_pairs(struct corpus *corpus, const char *path)
{
    static char line[LINE_BYTES];
    FILE *file = open_or_stop(path);
    while (fgets(line, sizeof line, file)) {
        char *from = line;
        for (int column = 0; column < 2; column++) {
            size_t size = strcspn(from, "\t\r\n");
            if (size > 3 && size <= PAIR_MAX_BYTES)
                add(corpus, from, size)->tokens =
                    cut_text(NULL, from, size)->count;
            from += size + (from[size] == '\t');
        }
    }
    fclose(file);
}

static int by_hash(const void *a, const void *b)
{
    const struct example *x = a;
    const struct example *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return strcmp(x->text, y->text);
}

void corpus_drop(struct corpus *corpus, const struct corpus *known)
{
    int count = known->count;
    size_t size = sizeof(struct example);
    struct example *sorted = gaz_malloc(size * (size_t)(count + 1));
    memcpy(sorted, known->items, size * (size_t)count);
    qsort(sorted, (size_t)count, size, by_hash);
    qsort(corpus->items, (size_t)corpus->count, size, by_hash);
    int kept = 0;
    int at = 0;
    for (int i = 0; i < corpus->count; i++) {
        const struct example *e = &corpus->items[i];
        while (at < count && sorted[at].hash < e->hash)
            at++;
        bool twice = kept > 0 && corpus->items[kept - 1].hash == e->hash;
        if (twice || (at < count && sorted[at].hash == e->hash))
            continue;
        corpus->items[kept++] = *e;
    }
    corpus->count = kept;
    gaz_free(sorted);
}
