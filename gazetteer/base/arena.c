/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define POISON(address, size) ASAN_POISON_MEMORY_REGION((address), (size))
#define UNPOISON(address, size) ASAN_UNPOISON_MEMORY_REGION((address), (size))
#else
#define POISON(address, size) ((void)(address), (void)(size))
#define UNPOISON(address, size) ((void)(address), (void)(size))
#endif

enum { BLOCK_MIN_BYTES = 16 * 1024, PRINT_ASIDE_BYTES = 256 };

struct gaz_arena_block {
    struct gaz_arena_block *next;
    size_t size; /* bytes in data */
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

void *gaz_malloc(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory) {
        (void)fprintf(stderr, "diming: out of memory (%zu bytes)\n", size);
        abort();
    }
    return memory;
}

void *gaz_realloc(void *old, size_t size)
{
    void *memory = realloc(old, size ? size : 1);
    if (!memory) {
        (void)fprintf(stderr, "diming: out of memory (%zu bytes)\n", size);
        abort();
    }
    return memory;
}

void gaz_free(void *memory)
{
    free(memory);
}

static size_t round_up(size_t size)
{
    const size_t align = alignof(max_align_t);
    return (size + align - 1) / align * align;
}

static struct gaz_arena_block *add_block(struct gaz_arena *arena, size_t size)
{
    size_t want = arena->blocks ? arena->blocks->size * 2 : BLOCK_MIN_BYTES;
    if (want < size)
        want = size;
    struct gaz_arena_block *block =
        gaz_malloc(sizeof(struct gaz_arena_block) + want);
    block->size = want;
    block->next = arena->blocks;
    POISON(block->data, block->size);
    arena->blocks = block;
    return block;
}

void *gaz_arena_alloc(struct gaz_arena *arena, size_t size)
{
    assert(size < SIZE_MAX / 4);
    /* One byte at least, so that two blocks never share an address. */
    size_t need = round_up(size ? size : 1);
    struct gaz_arena_block *block = arena->blocks;
    if (!block || block->size - block->used < need)
        block = add_block(arena, need);
    void *memory = block->data + block->used;
    block->used += need;
    UNPOISON(memory, size);
    memset(memory, 0, size);
    return memory;
}

void *gaz_arena_array(struct gaz_arena *arena, size_t count, size_t size)
{
    assert(size == 0 || count < SIZE_MAX / 4 / size);
    return gaz_arena_alloc(arena, count * size);
}

void *gaz_arena_grow(struct gaz_arena *arena, const void *old, size_t old_size,
                     size_t new_size)
{
    assert(new_size >= old_size);
    void *memory = gaz_arena_alloc(arena, new_size);
    if (old_size > 0)
        memcpy(memory, old, old_size);
    return memory;
}

char *gaz_arena_strdup(struct gaz_arena *arena, const char *text)
{
    return text ? gaz_arena_strndup(arena, text, strlen(text)) : NULL;
}

char *gaz_arena_strndup(struct gaz_arena *arena, const char *text, size_t len)
{
    char *copy = gaz_arena_alloc(arena, len + 1);
    if (len > 0)
        memcpy(copy, text, len);
    return copy;
}

/* Most texts are short: printed once, aside, and copied. */
char *gaz_arena_printf(struct gaz_arena *arena, const char *format, ...)
{
    char aside[PRINT_ASIDE_BYTES];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(aside, sizeof(aside), format, args);
    va_end(args);
    assert(len >= 0);
    if ((size_t)len < sizeof(aside))
        return gaz_arena_strndup(arena, aside, (size_t)len);
    char *text = gaz_arena_alloc(arena, (size_t)len + 1);
    va_start(args, format);
    (void)vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return text;
}

size_t gaz_arena_used(const struct gaz_arena *arena)
{
    size_t used = 0;
    for (const struct gaz_arena_block *b = arena->blocks; b; b = b->next)
        used += b->used;
    return used;
}

void gaz_arena_reset(struct gaz_arena *arena)
{
    /* Blocks double, so the newest is the largest unless one odd request
     * outgrew it; keeping the newest is near enough. */
    struct gaz_arena_block *keep = arena->blocks;
    if (!keep)
        return;
    while (keep->next) {
        struct gaz_arena_block *old = keep->next;
        keep->next = old->next;
        UNPOISON(old->data, old->size);
        gaz_free(old);
    }
    keep->used = 0;
    POISON(keep->data, keep->size);
}

void gaz_arena_close(struct gaz_arena *arena)
{
    while (arena->blocks) {
        struct gaz_arena_block *block = arena->blocks;
        arena->blocks = block->next;
        UNPOISON(block->data, block->size);
        gaz_free(block);
    }
}
