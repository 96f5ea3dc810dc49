/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/sequences.h"

#include <string.h>

#include "gazetteer/base/arena.h"
#include "tests/accuracy/model/earlier.h"

enum { FIRST_ROOM = 1 << 20 };

static void resize(struct intern *intern, uint32_t room)
{
    gaz_free(intern->slots);
    intern->slots = gaz_malloc(sizeof(uint32_t) * room);
    intern->keys = gaz_realloc(intern->keys, sizeof(uint64_t) * room);
    intern->room = room;
    for (uint32_t id = 0; id < intern->count; id++) {
        uint32_t i = (uint32_t)intern->keys[id] & (room - 1);
        while (intern->slots[i])
            i = (i + 1) & (room - 1);
        intern->slots[i] = id + 1;
    }
}

void intern_open(struct intern *intern)
{
    *intern = (struct intern){0};
    resize(intern, FIRST_ROOM);
}

void intern_close(struct intern *intern)
{
    gaz_free(intern->keys);
    gaz_free(intern->slots);
}

static uint32_t number_of(struct intern *intern, uint64_t key)
{
    if (intern->count > intern->room / 2)
        resize(intern, intern->room * 2);
    uint32_t i = (uint32_t)key & (intern->room - 1);
    while (intern->slots[i] && intern->keys[intern->slots[i] - 1] != key)
        i = (i + 1) & (intern->room - 1);
    if (!intern->slots[i]) {
        intern->keys[intern->count++] = key;
        intern->slots[i] = intern->count;
    }
    return intern->slots[i] - 1;
}

static void add_numbers(struct intern *intern, struct sequence *s,
                        const uint64_t *keys, int count, int *at)
{
    for (int k = 0; k < count; k++)
        s->ids[(*at)++] = number_of(intern, keys[k]);
}

struct sequence *sequence_make(struct intern *intern, const struct names *names,
                               const char *text, int size, uint8_t *tags,
                               const struct earlier *earlier)
{
    const struct gaz_model_text *cut = cut_text(names, text, (size_t)size);
    static struct gaz_model_chunks chunks[EARLIER_PASSES];
    for (int p = 0; earlier && p < EARLIER_PASSES; p++) {
        if (earlier->tags[p])
            gaz_model_chunks_read(earlier->tags[p], cut->count, &chunks[p]);
    }
    struct sequence *s = gaz_malloc(sizeof *s);
    size_t lists = earlier ? 1 + EARLIER_PASSES : 1;
    size_t room = (size_t)cut->count * GAZ_MODEL_FEATURES * lists;
    *s = (struct sequence){.tokens = cut->count, .tags = tags, .weight = 1};
    s->begin = gaz_malloc(sizeof(int) * (size_t)(cut->count + 1));
    s->ids = gaz_malloc(sizeof(uint32_t) * room);
    int at = 0;
    for (int i = 0; i < cut->count; i++) {
        uint64_t keys[GAZ_MODEL_FEATURES];
        add_numbers(intern, s, keys, gaz_model_features(cut, i, keys), &at);
        for (uint32_t p = 0; earlier && p < EARLIER_PASSES; p++) {
            if (!earlier->tags[p])
                continue;
            int n = earlier_features(cut, &chunks[p], i, p + 1, keys);
            add_numbers(intern, s, keys, n, &at);
        }
        s->begin[i + 1] = at;
    }
    s->ids = gaz_realloc(s->ids, sizeof(uint32_t) * (size_t)(at + 1));
    return s;
}

void sequence_free(struct sequence *s)
{
    if (!s)
        return;
    gaz_free(s->begin);
    gaz_free(s->ids);
    gaz_free(s->offset);
    gaz_free(s);
}
