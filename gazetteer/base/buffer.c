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

char *gaz_buffer_more(struct gaz_buffer *buffer, size_t more)
{
    if (buffer->full || more > buffer->max - buffer->size) {
        buffer->full = true;
        return NULL;
    }
    size_t need = buffer->size + more + 1;
    size_t capacity = buffer->capacity ? buffer->capacity : BUFFER_FIRST_BYTES;
    while (capacity < need)
        capacity *= 2;
    if (capacity > buffer->capacity) {
        buffer->data = gaz_realloc(buffer->data, capacity);
        buffer->capacity = capacity;
    }
    return buffer->data + buffer->size;
}

void gaz_buffer_bytes(struct gaz_buffer *buffer, const void *data, size_t size)
{
    char *at = gaz_buffer_room(buffer, size);
    if (!at)
        return;
    if (size > 0)
        memcpy(at, data, size);
    gaz_buffer_wrote(buffer, at + size);
}

void gaz_buffer_text(struct gaz_buffer *buffer, const char *text)
{
    gaz_buffer_bytes(buffer, text, strlen(text));
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

/* Prints into the room there is, which most often does; once more when not. */
void gaz_buffer_printf(struct gaz_buffer *buffer, const char *format, ...)
{
    char *at = gaz_buffer_room(buffer, 0);
    if (!at)
        return;
    const size_t room = buffer->capacity - buffer->size;
    va_list args;
    va_start(args, format);
    int len = vsnprintf(at, room, format, args);
    va_end(args);
    assert(len >= 0);
    if ((size_t)len < room && (size_t)len <= buffer->max - buffer->size) {
        buffer->size += (size_t)len;
        return;
    }
    *at = '\0'; /* a beginning is not the text */
    at = gaz_buffer_room(buffer, (size_t)len);
    if (!at)
        return;
    va_start(args, format);
    (void)vsnprintf(at, (size_t)len + 1, format, args);
    va_end(args);
    buffer->size += (size_t)len;
}
