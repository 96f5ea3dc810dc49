/* SPDX-License-Identifier: Apache-2.0 */
/* How characters sound, without tones: so that a name that was written by its
 * sound is found without a call of ICU. Every character of GB 2312 as ICU reads
 * it, and every reading that a name of the gazetteer has: 乍 zha, 圩 wei.
 */
#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/index/image.h"

enum { HAN_FIRST = 0x4E00, HAN_END = 0x9FA6, SYLLABLES_MAX = 64 };

/* ICU's readings of GB 2312, made once a process: some 0.1 s. */
static struct {
    pthread_mutex_t lock;
    bool is_made;
    struct gaz_rows rows; /* struct gaz_format_reading */
} common = {.lock = PTHREAD_MUTEX_INITIALIZER,
            .rows = {.item_size = sizeof(struct gaz_format_reading)}};

static void add(struct gaz_rows *rows, uint32_t code_point, const char *text,
                size_t size)
{
    if (size == 0 || size >= sizeof(((struct gaz_format_reading *)0)->syllable))
        return;
    struct gaz_format_reading *row = gaz_rows_add(rows, 1);
    row->code_point = code_point;
    memcpy(row->syllable, text, size);
}

static gaz_status make_common(struct gaz_ctx *ctx, struct gaz_unicode *unicode)
{
    struct gaz_ctx own = {0};
    gaz_status status = GAZ_OK;
    for (uint32_t c = HAN_FIRST; c < HAN_END && status == GAZ_OK; c++) {
        char text[8];
        char reading[GAZ_READING_BYTES];
        const char *ascii = NULL;
        size_t size = gaz_text_encode(c, text);
        if (!gaz_unicode_is_folded(unicode, text, size) ||
            !gaz_unicode_reading(unicode, c, reading))
            continue;
        gaz_arena_reset(&own.arena);
        status = gaz_unicode_ascii(&own, unicode, reading, &ascii);
        if (status == GAZ_OK)
            add(&common.rows, c, ascii, strlen(ascii));
    }
    if (status != GAZ_OK)
        status = gaz_fail(ctx, status, "%s", gaz_ctx_failure(&own));
    gaz_ctx_close(&own);
    return status;
}

static int by_reading(const void *a, const void *b)
{
    const struct gaz_format_reading *x = a;
    const struct gaz_format_reading *y = b;
    if (x->code_point != y->code_point)
        return x->code_point < y->code_point ? -1 : 1;
    return strcmp(x->syllable, y->syllable);
}

gaz_status gaz_sounds_build(struct gaz_ctx *ctx, struct gaz_image *image,
                            struct gaz_unicode *unicode)
{
    gaz_status status = GAZ_OK;
    (void)pthread_mutex_lock(&common.lock);
    if (!common.is_made)
        status = make_common(ctx, unicode);
    common.is_made = status == GAZ_OK;
    (void)pthread_mutex_unlock(&common.lock);
    if (status != GAZ_OK)
        return status;
    struct gaz_rows *all = &image->readings;
    if (common.rows.count > 0)
        memcpy(gaz_rows_add(all, common.rows.count), common.rows.items,
               common.rows.count * sizeof(struct gaz_format_reading));
    struct gaz_format_reading *rows = all->items;
    if (all->count > 0)
        qsort(rows, all->count, sizeof(*rows), by_reading);
    for (size_t i = 0; i < all->count; i++)
        if (i == 0 || by_reading(&rows[i - 1], &rows[i]) != 0) {
            struct gaz_format_reading *kept =
                gaz_image_add(image, GAZ_SECTION_READINGS, 1);
            *kept = rows[i];
        }
    return GAZ_OK;
}

void gaz_sounds_note(struct gaz_image *image, const char *name,
                     const char *ascii)
{
    uint32_t han[SYLLABLES_MAX];
    size_t starts[SYLLABLES_MAX];
    size_t size = strlen(name);
    size_t count = 0;
    for (size_t at = 0; at < size;) {
        uint32_t c = gaz_text_next(name, size, &at);
        if (!gaz_text_is_han(c) || count == SYLLABLES_MAX)
            return;
        han[count++] = c;
    }
    size_t found = 0;
    for (size_t i = 0; ascii[i] != '\0'; i++) {
        if (!isalpha((unsigned char)ascii[i]) ||
            !gaz_keys_begins_syllable(ascii, i))
            continue;
        if (found == SYLLABLES_MAX)
            return;
        starts[found++] = i;
    }
    if (found != count)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t end = starts[i];
        while (isalpha((unsigned char)ascii[end]) &&
               (i + 1 == count || end < starts[i + 1]))
            end++;
        add(&image->readings, han[i], ascii + starts[i], end - starts[i]);
    }
}

int gaz_snapshot_readings(const struct gaz_snapshot *snap, uint32_t code_point,
                          const char *out[], int max)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    uint32_t low = 0;
    uint32_t high = index->reading_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (index->readings[mid].code_point < code_point)
            low = mid + 1;
        else
            high = mid;
    }
    int count = 0;
    for (; low < index->reading_count && count < max &&
           index->readings[low].code_point == code_point;
         low++)
        out[count++] = index->readings[low].syllable;
    return count;
}
