/* SPDX-License-Identifier: Apache-2.0 */
#include "api/batch/checkpoint.h"

#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"

static const char HEAD[] = "diming batch checkpoint 1";

enum { FIELD_COUNT = 12, LINE_MAX_BYTES = 64, TEXT_MAX_BYTES = 1024 };

/* The numbers of a checkpoint, one a line after the head. */
static void list_fields(struct api_batch_checkpoint *point,
                        int64_t *fields[FIELD_COUNT])
{
    int64_t *const all[FIELD_COUNT] = {
        &point->input_bytes,         &point->input_mtime_ns,
        (int64_t *)&point->snapshot, (int64_t *)&point->options,
        &point->counts.rows,         &point->counts.matched,
        &point->counts.review,       &point->counts.none,
        &point->counts.invalid,      &point->output_bytes,
        &point->reject_bytes,        (int64_t *)&point->last_id};
    memcpy(fields, all, sizeof(all));
}

gaz_status api_batch_checkpoint_save(struct gaz_ctx *ctx, const char *path,
                                     const struct api_batch_checkpoint *point)
{
    struct api_batch_checkpoint copy = *point;
    int64_t *fields[FIELD_COUNT];
    list_fields(&copy, fields);
    struct gaz_buffer text;
    gaz_buffer_open(&text, TEXT_MAX_BYTES);
    gaz_buffer_printf(&text, "%s\n", HEAD);
    for (int i = 0; i < FIELD_COUNT; i++)
        gaz_buffer_printf(&text, "%lld\n", (long long)*fields[i]);
    gaz_status status = gaz_file_replace(ctx, path, text.data, text.size);
    gaz_buffer_close(&text);
    return status;
}

/* The line at *at without its end; moves *at behind it. */
static const char *take_line(struct gaz_arena *arena, const char *text,
                             size_t size, size_t *at)
{
    const char *from = text + *at;
    const char *end = memchr(from, '\n', size - *at);
    if (!end || end - from >= LINE_MAX_BYTES)
        return "";
    *at += (size_t)(end - from) + 1;
    return gaz_arena_strndup(arena, from, (size_t)(end - from));
}

gaz_status api_batch_checkpoint_load(struct gaz_ctx *ctx, const char *path,
                                     struct api_batch_checkpoint *out)
{
    struct gaz_map map;
    gaz_status status = gaz_file_map(ctx, path, &map);
    if (status != GAZ_OK)
        return status;
    struct api_batch_checkpoint point = {.input_bytes = 0};
    int64_t *fields[FIELD_COUNT];
    list_fields(&point, fields);
    const char *text = map.data ? map.data : "";
    size_t at = 0;
    bool is_good =
        strcmp(take_line(&ctx->arena, text, map.size, &at), HEAD) == 0;
    for (int i = 0; i < FIELD_COUNT && is_good; i++)
        is_good = gaz_text_parse_int(
            take_line(&ctx->arena, text, map.size, &at), fields[i]);
    gaz_file_unmap(&map);
    is_good = is_good && point.counts.rows >= 0 && point.output_bytes >= 0 &&
              point.reject_bytes >= 0;
    if (!is_good)
        return gaz_fail(ctx, GAZ_INVALID, "'%s' is damaged; start again", path);
    *out = point;
    return GAZ_OK;
}

gaz_status api_batch_checkpoint_same(struct gaz_ctx *ctx,
                                     const struct api_batch_checkpoint *saved,
                                     const struct api_batch_checkpoint *now)
{
    const char *other = NULL;
    if (saved->input_bytes != now->input_bytes ||
        saved->input_mtime_ns != now->input_mtime_ns)
        other = "the input has changed";
    else if (saved->snapshot != now->snapshot)
        other = "the snapshot is another one";
    else if (saved->options != now->options)
        other = "the options are others";
    if (!other)
        return GAZ_OK;
    return gaz_fail(ctx, GAZ_INVALID,
                    "cannot go on: %s; start again without --resume", other);
}
