/* arena.h - memory for one unit of work: a record, a request, a thread.
 *
 * Values live in an arena and nobody frees them one by one; the arena is reset
 * when the unit of work ends. Running out of memory stops the program with a
 * message, so callers have no failed-allocation branches; hostile sizes must be
 * refused (GAZ_LIMIT) before memory is asked for.
 *
 * Under AddressSanitizer a reset poisons what was handed out, so that a use
 * after reset is reported at its line.
 *
 *     struct gaz_arena arena = {0};
 *     char *copy = gaz_arena_strdup(&arena, text);
 *     gaz_arena_reset(&arena);      // keeps the memory for the next unit
 *     gaz_arena_close(&arena);      // gives it back
 *
 * One thread at a time.
 */
#ifndef GAZ_BASE_ARENA_H
#define GAZ_BASE_ARENA_H

#include <stddef.h>

struct gaz_arena_block;

struct gaz_arena {
    struct gaz_arena_block *blocks; /* newest first; {0} is an empty arena */
};

/* gaz_arena_alloc returns `size` bytes, zeroed, aligned for any type. */
void *gaz_arena_alloc(struct gaz_arena *arena, size_t size);

/* gaz_arena_raw is gaz_arena_alloc without the zeros: for work areas of many
 * kilobytes of which a request uses little. */
void *gaz_arena_raw(struct gaz_arena *arena, size_t size);

/* gaz_arena_array returns `count` zeroed items of `size` bytes each. */
void *gaz_arena_array(struct gaz_arena *arena, size_t count, size_t size);

/* gaz_arena_grow returns a block of `new_size` bytes that begins with the
 * `old_size` bytes of `old` (may be NULL) and is zero after them. The old block
 * stays valid until the reset. Grow by doubling: the cost stays linear. */
void *gaz_arena_grow(struct gaz_arena *arena, const void *old, size_t old_size,
                     size_t new_size);

/* gaz_arena_strdup copies a string; NULL gives NULL. */
char *gaz_arena_strdup(struct gaz_arena *arena, const char *text);

/* gaz_arena_strndup copies `len` bytes and adds a NUL. */
char *gaz_arena_strndup(struct gaz_arena *arena, const char *text, size_t len);

/* gaz_arena_printf formats into the arena, like asprintf. */
char *gaz_arena_printf(struct gaz_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* gaz_arena_used returns the bytes handed out since the last reset. */
size_t gaz_arena_used(const struct gaz_arena *arena);

/* gaz_arena_reset ends the unit of work: all that was handed out is dead. The
 * largest block is kept for the next unit. */
void gaz_arena_reset(struct gaz_arena *arena);

/* gaz_arena_close frees everything; the arena is empty again and usable. */
void gaz_arena_close(struct gaz_arena *arena);

/* gaz_malloc, gaz_realloc and gaz_free serve handles, whose life is not a unit
 * of work. They stop the program when memory is out. No other file calls
 * malloc. gaz_malloc zeroes; gaz_free accepts NULL. */
void *gaz_malloc(size_t size);
void *gaz_realloc(void *old, size_t size);
void gaz_free(void *memory);

#endif
