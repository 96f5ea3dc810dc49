/* SPDX-License-Identifier: Apache-2.0 */
/* rule_load.c - a folder of rules in place of those of the binary. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "gazetteer/quality/rule.h"

enum { FILES_MAX = 128 };

struct folder {
    struct gaz_ctx *ctx;
    const char *path;
    struct gaz_asset *files; /* FILES_MAX and the end */
    int count;
};

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct gaz_asset *)a)->path,
                  ((const struct gaz_asset *)b)->path);
}

static gaz_status take_file(struct folder *f, const char *path)
{
    struct gaz_arena *arena = &f->ctx->arena;
    struct gaz_map map = {NULL, 0};
    if (f->count == FILES_MAX)
        return gaz_fail(f->ctx, GAZ_LIMIT, "'%s' has more than %d files",
                        f->path, FILES_MAX);
    gaz_status status = gaz_file_map(
        f->ctx, gaz_arena_printf(arena, "%s/%s", f->path, path), &map);
    if (status != GAZ_OK)
        return status;
    if (map.size > GAZ_RULE_FILE_MAX_BYTES) {
        gaz_file_unmap(&map);
        return gaz_fail(f->ctx, GAZ_LIMIT, "%s/%s: larger than %d bytes",
                        f->path, path, GAZ_RULE_FILE_MAX_BYTES);
    }
    f->files[f->count++] =
        (struct gaz_asset){.path = gaz_arena_strdup(arena, path),
                           .data = (const unsigned char *)gaz_arena_strndup(
                               arena, map.data ? map.data : "", map.size),
                           .size = map.size};
    gaz_file_unmap(&map);
    return GAZ_OK;
}

/* The files of `path`/`sub` that end with `ending`. */
static gaz_status take_files(struct folder *f, const char *sub,
                             const char *ending)
{
    struct gaz_arena *arena = &f->ctx->arena;
    const char *path = gaz_arena_printf(arena, "%s/%s", f->path, sub);
    DIR *dir = opendir(path);
    gaz_status status = GAZ_OK;
    if (!dir)
        return *sub ? GAZ_OK
                    : gaz_fail(f->ctx, GAZ_IO, "cannot read folder '%s'", path);
    const struct dirent *item;
    while (status == GAZ_OK && (item = readdir(dir)) != NULL)
        if (gaz_text_ends_with(item->d_name, ending))
            status = take_file(
                f, gaz_arena_printf(arena, "%s%s", sub, item->d_name));
    (void)closedir(dir);
    return status;
}

/* A folder of rules, or those of the binary. */
static gaz_status take_rules(struct folder *f)
{
    gaz_status status = GAZ_OK;
    f->files =
        gaz_arena_array(&f->ctx->arena, FILES_MAX + 1, sizeof(*f->files));
    if (!f->path) {
        for (const struct gaz_asset *a = GAZ_RULE_ASSETS; a->path; a++)
            if (f->count < FILES_MAX)
                f->files[f->count++] = *a;
        return GAZ_OK;
    }
    status = take_files(f, "", ".rules");
    if (status == GAZ_OK)
        status = take_files(f, "lists/", ".txt");
    /* readdir's order is the disk's; findings must not depend on it */
    qsort(f->files, (size_t)f->count, sizeof(*f->files), by_path);
    return status;
}

/* The files of a folder of lists in place of those of the same name. */
static gaz_status take_lists(struct folder *f, const char *path)
{
    struct folder own = {.ctx = f->ctx, .path = path};
    own.files =
        gaz_arena_array(&f->ctx->arena, FILES_MAX + 1, sizeof(*own.files));
    gaz_status status = take_files(&own, "", ".txt");
    for (int i = 0; status == GAZ_OK && i < own.count; i++) {
        const char *name =
            gaz_arena_printf(&f->ctx->arena, "lists/%s", own.files[i].path);
        int k = 0;
        while (k < f->count && strcmp(f->files[k].path, name) != 0)
            k++;
        if (k == f->count)
            return gaz_fail(f->ctx, GAZ_INVALID,
                            "'%s/%s' is no list that a rule names", path,
                            own.files[i].path);
        f->files[k].data = own.files[i].data;
        f->files[k].size = own.files[i].size;
    }
    return status;
}

gaz_status gaz_rules_load(struct gaz_ctx *ctx, const char *folder,
                          const char *lists, struct gaz_rules *out)
{
    struct folder f = {.ctx = ctx, .path = folder};
    gaz_status status = take_rules(&f);
    if (status == GAZ_OK && lists)
        status = take_lists(&f, lists);
    return status == GAZ_OK ? gaz_rules_parse(ctx, f.files, out) : status;
}
