/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/intern.h"

#include "gazetteer/base/arena.h"

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

uint32_t intern_number(struct intern *intern, uint64_t key)
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
