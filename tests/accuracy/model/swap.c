/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/swap.h"

#include <string.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/model/address.h"
#include "tests/accuracy/model/cut.h"
#include "tests/accuracy/model/weights.h"

enum { VARIANT_MAX_BYTES = 900, SEED = 77 };

/* An element: bytes of a text, and the tokens in them. */
struct part {
    const char *text;
    int size;
    int tokens;
    int label;
};

struct parts {
    struct part *items;
    int count;
    int room;
};

struct swap {
    struct parts by_label[GAZ_ELEMENT_LABELS];
    double chance;
    uint32_t random;
};

struct variant {
    char text[VARIANT_MAX_BYTES];
    int size;
    uint8_t tags[GAZ_MODEL_TOKENS];
    int tokens;
    bool changed;
};

static int read_parts(const struct example *e,
                      struct part out[GAZ_MODEL_TOKENS])
{
    const struct gaz_model_text *text =
        cut_text(NULL, e->text, (size_t)e->size);
    struct gaz_model_chunks chunks;
    gaz_model_chunks_read(e->tags, text->count, &chunks);
    int first = 0;
    for (int c = 0; c < chunks.chunks; c++) {
        int next = chunks.last[c] + 1;
        int start = text->tokens[first].byte_start;
        int end =
            next < text->count ? text->tokens[next].byte_start : text->bytes;
        out[c] = (struct part){.text = e->text + start,
                               .size = end - start,
                               .tokens = next - first,
                               .label = chunks.label[c]};
        first = next;
    }
    return chunks.chunks;
}

static void keep(struct parts *parts, struct part part)
{
    if (parts->count == parts->room) {
        parts->room = parts->room ? 2 * parts->room : 64;
        parts->items = gaz_realloc(parts->items,
                                   sizeof(struct part) * (size_t)parts->room);
    }
    parts->items[parts->count++] = part;
}

static struct part choose(struct swap *s, struct part part, bool *changed)
{
    const struct parts *parts = &s->by_label[part.label];
    if (part.label == GAZ_ELEMENT_REDUNDANT ||
        (double)random_unit(&s->random) >= s->chance)
        return part;
    *changed = true;
    return parts->items[random_next(&s->random) % (uint32_t)parts->count];
}

/* False: the variant is of no use. */
static bool make(struct swap *s, const struct example *e, struct variant *v)
{
    struct part parts[GAZ_MODEL_TOKENS];
    int count = read_parts(e, parts);
    v->size = 0;
    v->tokens = 0;
    v->changed = false;
    for (int i = 0; i < count; i++) {
        struct part part = choose(s, parts[i], &v->changed);
        if (v->size + part.size > VARIANT_MAX_BYTES ||
            v->tokens + part.tokens > GAZ_MODEL_TOKENS)
            return false;
        memcpy(v->text + v->size, part.text, (size_t)part.size);
        v->size += part.size;
        for (int k = 0; k < part.tokens; k++)
            v->tags[v->tokens++] = (uint8_t)(2 * part.label + (k > 0));
    }
    return v->changed &&
           cut_text(NULL, v->text, (size_t)v->size)->count == v->tokens;
}

static void add(struct corpus *out, const struct variant *v)
{
    if (out->count == out->room) {
        out->room = out->room ? 2 * out->room : 1024;
        out->items =
            gaz_realloc(out->items, sizeof(struct example) * (size_t)out->room);
    }
    struct example *e = &out->items[out->count++];
    *e = (struct example){.size = v->size, .tokens = v->tokens};
    e->text = gaz_malloc((size_t)v->size + 1);
    memcpy(e->text, v->text, (size_t)v->size);
    e->tags = gaz_malloc((size_t)v->tokens);
    memcpy(e->tags, v->tags, (size_t)v->tokens);
}

void swap_make(const struct corpus *corpus, int copies, double chance,
               struct corpus *out)
{
    struct swap s = {.chance = chance, .random = SEED};
    struct part parts[GAZ_MODEL_TOKENS];
    for (int i = 0; i < corpus->count; i++) {
        const struct example *e = &corpus->items[i];
        int count = e->held_out ? 0 : read_parts(e, parts);
        for (int k = 0; k < count; k++)
            keep(&s.by_label[parts[k].label], parts[k]);
    }
    for (int copy = 0; copy < copies; copy++) {
        for (int i = 0; i < corpus->count; i++) {
            struct variant v;
            if (!corpus->items[i].held_out && make(&s, &corpus->items[i], &v))
                add(out, &v);
        }
    }
    for (int l = 0; l < GAZ_ELEMENT_LABELS; l++)
        gaz_free(s.by_label[l].items);
}
