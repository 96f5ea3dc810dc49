/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

gaz_status gaz_file_map(struct gaz_ctx *ctx, const char *path,
                        struct gaz_map *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return gaz_fail(ctx, errno == ENOENT ? GAZ_NOT_FOUND : GAZ_IO,
                        "cannot open '%s': %s", path, strerror(errno));
    gaz_status status = GAZ_OK;
    struct gaz_map map = {0};
    struct stat info;
    if (fstat(fd, &info) != 0) {
        status = gaz_fail(ctx, GAZ_IO, "cannot stat '%s': %s", path,
                          strerror(errno));
    } else if (!S_ISREG(info.st_mode)) {
        status = gaz_fail(ctx, GAZ_IO, "'%s' is not a regular file", path);
    } else if (info.st_size > 0) {
        map.size = (size_t)info.st_size;
        void *data = mmap(NULL, map.size, PROT_READ, MAP_SHARED, fd, 0);
        if (data == MAP_FAILED)
            status = gaz_fail(ctx, GAZ_IO, "cannot map '%s': %s", path,
                              strerror(errno));
        else
            map.data = data;
    }
    (void)close(fd);
    if (status == GAZ_OK)
        *out = map;
    return status;
}

void gaz_file_unmap(struct gaz_map *map)
{
    if (map->data)
        (void)munmap((void *)map->data, map->size);
    *map = (struct gaz_map){0};
}

static gaz_status write_all(struct gaz_ctx *ctx, int fd, const char *path,
                            const void *data, size_t size)
{
    const char *at = data;
    size_t left = size;
    while (left > 0) {
        ssize_t wrote = write(fd, at, left);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return gaz_fail(ctx, GAZ_IO, "cannot write '%s': %s", path,
                            strerror(errno));
        at += wrote;
        left -= (size_t)wrote;
    }
    if (fsync(fd) != 0)
        return gaz_fail(ctx, GAZ_IO, "cannot sync '%s': %s", path,
                        strerror(errno));
    return GAZ_OK;
}

gaz_status gaz_file_replace(struct gaz_ctx *ctx, const char *path,
                            const void *data, size_t size)
{
    enum { FILE_MODE = 0644 };
    char *beside =
        gaz_arena_printf(&ctx->arena, "%s.new-%ld", path, (long)getpid());
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    if (fd < 0)
        return gaz_fail(ctx, GAZ_IO, "cannot create '%s': %s", beside,
                        strerror(errno));
    gaz_status status = write_all(ctx, fd, beside, data, size);
    if (close(fd) != 0 && status == GAZ_OK)
        status = gaz_fail(ctx, GAZ_IO, "cannot close '%s': %s", beside,
                          strerror(errno));
    if (status == GAZ_OK && rename(beside, path) != 0)
        status = gaz_fail(ctx, GAZ_IO, "cannot rename '%s' to '%s': %s", beside,
                          path, strerror(errno));
    if (status != GAZ_OK)
        (void)unlink(beside);
    return status;
}
