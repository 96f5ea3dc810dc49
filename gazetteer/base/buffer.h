/* buffer.h - one growable byte buffer for the whole code base, with a ceiling.
 *
 * Everything that makes bytes of unknown length (JSON, tiles, CSV) appends
 * here. Once the ceiling is passed the buffer is marked full and further
 * appends do nothing, so a writer appends without checks and asks once, at the
 * end, whether it all fitted.
 *
 *     struct gaz_buffer buffer;
 *     gaz_buffer_open(&buffer, 1 << 20);
 *     gaz_buffer_text(&buffer, "hello");
 *     if (buffer.full) ... GAZ_LIMIT
 *     gaz_buffer_close(&buffer);
 */
#ifndef GAZ_BASE_BUFFER_H
#define GAZ_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct gaz_buffer {
    char *data;      /* size bytes, then a NUL that is not counted; or NULL */
    size_t size;     /* bytes written */
    size_t capacity; /* bytes held */
    size_t max;      /* ceiling for size */
    bool full;       /* an append did not fit: the content is incomplete */
};

void gaz_buffer_open(struct gaz_buffer *buffer, size_t max_bytes);
void gaz_buffer_close(struct gaz_buffer *buffer);

/* gaz_buffer_clear forgets the content and keeps the memory. */
void gaz_buffer_clear(struct gaz_buffer *buffer);

/* gaz_buffer_more makes room for `more` bytes and the NUL by growing; NULL when
 * that breaks the ceiling. gaz_buffer_room is the one to call. */
char *gaz_buffer_more(struct gaz_buffer *buffer, size_t more);

/* gaz_buffer_room returns where the next `more` bytes may be written, with one
 * byte after them for the NUL, or NULL when they do not fit. The writer then
 * tells how many it wrote by gaz_buffer_wrote, before the next append. For
 * writers of many small pieces; inline, as they do little else. */
static inline char *gaz_buffer_room(struct gaz_buffer *buffer, size_t more)
{
    if (!buffer->full && more < buffer->capacity - buffer->size &&
        more <= buffer->max - buffer->size)
        return buffer->data + buffer->size;
    return gaz_buffer_more(buffer, more);
}

static inline void gaz_buffer_wrote(struct gaz_buffer *buffer, const char *end)
{
    buffer->size = (size_t)(end - buffer->data);
    buffer->data[buffer->size] = '\0';
}

static inline void gaz_buffer_char(struct gaz_buffer *buffer, char c)
{
    char *at = gaz_buffer_room(buffer, 1);
    if (!at)
        return;
    *at = c;
    gaz_buffer_wrote(buffer, at + 1);
}

void gaz_buffer_bytes(struct gaz_buffer *buffer, const void *data, size_t size);
void gaz_buffer_text(struct gaz_buffer *buffer, const char *text);
/* gaz_buffer_html appends text so that it stands in a page (HTML, SVG), between
 * tags or in a value in double quotes, as it is: < > & " become entities. NULL
 * is nothing. */
void gaz_buffer_html(struct gaz_buffer *buffer, const char *text);
void gaz_buffer_printf(struct gaz_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
