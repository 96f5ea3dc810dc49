/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/buffer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/arena.h"

enum { BUFFER_FIRST_BYTES = 512 };

void gaz_buffer_open(struct gaz_buffer *buffer, size_t max_bytes)
{
    *buffer = (struct gaz_buffer){.max = max_bytes};
}

void gaz_buffer_close(struct gaz_buffer *buffer)
{
    gaz_free(buffer->data);
    *buffer = (struct gaz_buffer){0};
}

void gaz_buffer_clear(struct gaz_buffer *buffer)
{
    buffer->size = 0;
    buffer->full = false;
    if (buffer->data)
        buffer->data[0] = '\0';
}

/* Makes room for `more` bytes and the NUL; false when that breaks the ceiling.
 */
static bool make_room(struct gaz_buffer *buffer, size_t more)
{
    if (buffer->full || more > buffer->max - buffer->size) {
        buffer->full = true;
        return false;
    }
    size_t need = buffer->size + more + 1;
    if (need <= buffer->capacity)
        return true;
    size_t capacity = buffer->capacity ? buffer->capacity : BUFFER_FIRST_BYTES;
    while (capacity < need)
        capacity *= 2;
    buffer->data = gaz_realloc(buffer->data, capacity);
    buffer->capacity = capacity;
    return true;
}

/* Room for the bytes and the NUL, as is nearly always so. */
static bool has_room(const struct gaz_buffer *buffer, size_t more)
{
    return !buffer->full && more < buffer->capacity - buffer->size &&
           more <= buffer->max - buffer->size;
}

void gaz_buffer_bytes(struct gaz_buffer *buffer, const void *data, size_t size)
{
    if (!has_room(buffer, size) && !make_room(buffer, size))
        return;
    if (size > 0)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void gaz_buffer_text(struct gaz_buffer *buffer, const char *text)
{
    gaz_buffer_bytes(buffer, text, strlen(text));
}

void gaz_buffer_char(struct gaz_buffer *buffer, char c)
{
    if (!has_room(buffer, 1) && !make_room(buffer, 1))
        return;
    buffer->data[buffer->size++] = c;
    buffer->data[buffer->size] = '\0';
}

void gaz_buffer_html(struct gaz_buffer *buffer, const char *text)
{
    static const char SPECIAL[] = "<>&\"";
    static const char *const ENTITIES[] = {"&lt;", "&gt;", "&amp;", "&quot;"};
    while (text && *text) {
        const size_t plain = strcspn(text, SPECIAL);
        gaz_buffer_bytes(buffer, text, plain);
        text += plain;
        if (*text)
            gaz_buffer_text(buffer,
                            ENTITIES[strchr(SPECIAL, *text++) - SPECIAL]);
    }
}

void gaz_buffer_printf(struct gaz_buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(len >= 0);
    if (!make_room(buffer, (size_t)len))
        return;
    va_start(args, format);
    (void)vsnprintf(buffer->data + buffer->size, (size_t)len + 1, format, args);
    va_end(args);
    buffer->size += (size_t)len;
}
