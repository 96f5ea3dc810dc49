/* SPDX-License-Identifier: Apache-2.0 */
/* submission.c - what a side delivered: from files, and back. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "api/access/digest.h"
#include "api/border/border.h"
#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"

/* What belongs to a Shapefile: ESRI Shapefile Technical Description, 1998, and
 * the code page and system files that came later. The .shp comes first. */
static const char *const COMPANIONS[] = {".shp", ".shx", ".dbf", ".prj",
                                         ".cpg"};
enum { COMPANIONS_COUNT = sizeof(COMPANIONS) / sizeof(COMPANIONS[0]) };

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* ---- bytes ---- */

static gaz_status take_file(struct gaz_ctx *ctx, const char *path,
                            struct gaz_boundary_part *out)
{
    struct gaz_map map = {0};
    gaz_status status = gaz_file_map(ctx, path, &map);
    if (status == GAZ_NOT_FOUND && !ctx->failure[0])
        return gaz_fail(ctx, status, "no file '%s'", path);
    if (status != GAZ_OK)
        return status;
    if (map.size == 0)
        status = gaz_fail(ctx, GAZ_INVALID, "'%s' is empty", path);
    else if (map.size > API_BORDER_FILE_MAX_BYTES)
        status = gaz_fail(ctx, GAZ_LIMIT, "'%s' has %zu bytes, at most %d",
                          path, map.size, API_BORDER_FILE_MAX_BYTES);
    else
        *out = (struct gaz_boundary_part){
            .name = base_name(path),
            .bytes = gaz_arena_grow(&ctx->arena, map.data, map.size, map.size),
            .size = map.size,
            .etag = ""};
    gaz_file_unmap(&map);
    return status;
}

static gaz_status take_companion(struct gaz_ctx *ctx, const char *path,
                                 const char *ending,
                                 struct gaz_boundary_part *parts, size_t *count)
{
    const char *beside = gaz_arena_printf(
        &ctx->arena, "%.*s%s", (int)(strlen(path) - 4), path, ending);
    if (access(beside, F_OK) != 0)
        return GAZ_OK;
    gaz_status status = take_file(ctx, beside, &parts[*count]);
    if (status == GAZ_OK)
        ++*count;
    return status;
}

gaz_status api_border_gather(struct gaz_ctx *ctx, const char *path,
                             struct gaz_boundary_submission *out)
{
    const size_t len = strlen(path);
    struct gaz_boundary_part *parts =
        gaz_arena_array(&ctx->arena, COMPANIONS_COUNT, sizeof(*parts));
    size_t count = 1;
    gaz_status status = take_file(ctx, path, &parts[0]);
    const bool is_shape = len > 4 && strcasecmp(path + len - 4, ".shp") == 0;
    for (int i = 1; is_shape && i < COMPANIONS_COUNT && status == GAZ_OK; i++)
        status = take_companion(ctx, path, COMPANIONS[i], parts, &count);
    if (status != GAZ_OK)
        return status;
    out->name = base_name(path);
    out->parts = parts;
    out->part_count = count;
    return GAZ_OK;
}

const char *api_border_hex(struct gaz_arena *arena,
                           const unsigned char sha256[])
{
    static const char DIGITS[] = "0123456789abcdef";
    char *text = gaz_arena_alloc(arena, API_BORDER_DIGEST_CHARS + 1);
    for (size_t i = 0; i < GAZ_BOUNDARY_DIGEST_BYTES; i++) {
        text[2 * i] = DIGITS[sha256[i] >> 4];
        text[2 * i + 1] = DIGITS[sha256[i] & 15];
    }
    return text;
}

/* Of one part its own digest; of several that of what sha256sum prints. */
void api_border_seal(struct gaz_ctx *ctx,
                     struct gaz_boundary_submission *submission)
{
    struct gaz_boundary_part *parts = gaz_arena_grow(
        &ctx->arena, submission->parts, submission->part_count * sizeof(*parts),
        submission->part_count * sizeof(*parts));
    struct gaz_buffer list;
    gaz_buffer_open(&list, SIZE_MAX / 2);
    for (size_t i = 0; i < submission->part_count; i++) {
        api_digest_sha256(parts[i].bytes, parts[i].size, parts[i].sha256);
        gaz_buffer_printf(&list, "%s  %s\n",
                          api_border_hex(&ctx->arena, parts[i].sha256),
                          parts[i].name);
    }
    submission->parts = parts;
    if (submission->part_count == 1)
        memcpy(submission->sha256, parts[0].sha256, sizeof(submission->sha256));
    else
        api_digest_sha256(list.data, list.size, submission->sha256);
    gaz_buffer_close(&list);
}

/* ---- reading again ---- */

struct imp_delivery_options
api_border_reading(const struct gaz_boundary_submission *submission)
{
    return (struct imp_delivery_options){
        .layer = submission->layer && submission->layer[0] ? submission->layer
                                                           : NULL,
        .is_east_north = strcmp(submission->axes, "east-north") == 0,
        .is_turned = strcmp(submission->axes, "north-east") == 0};
}

static gaz_status refuse_damage(struct gaz_ctx *ctx,
                                const struct gaz_boundary_submission *s)
{
    for (size_t i = 0; i < s->part_count; i++) {
        unsigned char now[GAZ_BOUNDARY_DIGEST_BYTES];
        api_digest_sha256(s->parts[i].bytes, s->parts[i].size, now);
        if (memcmp(now, s->parts[i].sha256, sizeof(now)) != 0)
            return gaz_fail(ctx, GAZ_DB,
                            "submission %lld: '%.100s' is not what was "
                            "delivered any more (its digest differs)",
                            (long long)s->id, s->parts[i].name);
    }
    return GAZ_OK;
}

/* A name of ours in the folder; pages of a harvest are named by URLs. */
static const char *path_of(struct gaz_ctx *ctx, const char *folder,
                           const struct gaz_boundary_submission *s, size_t i)
{
    return s->is_harvest
               ? gaz_arena_printf(&ctx->arena, "%s/page-%zu.geojson", folder, i)
               : gaz_arena_printf(&ctx->arena, "%s/%s", folder,
                                  base_name(s->parts[i].name));
}

static gaz_status write_parts(struct gaz_ctx *ctx, const char *folder,
                              const struct gaz_boundary_submission *s)
{
    for (size_t i = 0; i < s->part_count; i++) {
        const char *path = path_of(ctx, folder, s, i);
        FILE *file = fopen(path, "wb");
        bool is_written = file && fwrite(s->parts[i].bytes, 1, s->parts[i].size,
                                         file) == s->parts[i].size;
        if (file && fclose(file) != 0)
            is_written = false;
        if (!is_written)
            return gaz_fail(ctx, GAZ_IO, "cannot write '%s': %s", path,
                            strerror(errno));
    }
    return GAZ_OK;
}

static gaz_status read_parts(struct gaz_ctx *ctx, const char *folder,
                             const struct gaz_boundary_submission *s,
                             struct imp_delivery *out)
{
    struct imp_delivery_options reading = api_border_reading(s);
    reading.counts_only = true; /* they were rejected when it came */
    const size_t count = s->is_harvest ? s->part_count : 1;
    gaz_status status = GAZ_OK;
    for (size_t i = 0; i < count && status == GAZ_OK; i++)
        status = imp_delivery_read(ctx, path_of(ctx, folder, s, i),
                                   s->parts[i].name, &reading, out);
    return status;
}

gaz_status api_border_read(struct gaz_ctx *ctx,
                           const struct gaz_boundary_submission *submission,
                           struct imp_delivery *out,
                           struct imp_edition_left *left)
{
    const char *root = getenv("TMPDIR");
    char *folder = gaz_arena_printf(&ctx->arena, "%s/diming_border_XXXXXX",
                                    root && root[0] ? root : "/tmp");
    gaz_status status = refuse_damage(ctx, submission);
    if (status != GAZ_OK)
        return status;
    if (!mkdtemp(folder))
        return gaz_fail(ctx, GAZ_IO, "cannot make '%s': %s", folder,
                        strerror(errno));
    status = write_parts(ctx, folder, submission);
    if (status == GAZ_OK)
        status = read_parts(ctx, folder, submission, out);
    for (size_t i = 0; i < submission->part_count; i++)
        (void)unlink(path_of(ctx, folder, submission, i));
    (void)rmdir(folder);
    if (status == GAZ_OK)
        *left = imp_edition_choose(ctx, gaz_date_today(), out);
    return status;
}
