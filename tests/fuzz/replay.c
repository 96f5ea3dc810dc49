/* replay.c - runs a fuzzer's corpus without a fuzzer, with any compiler.
 *
 *     fuzz_x_replay corpus/fuzz_x
 *
 * Prints how many inputs ran; fails when there was none, so that a lost corpus
 * is noticed.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "gazetteer/base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(struct gaz_ctx *ctx, const char *path)
{
    struct gaz_map map;
    if (gaz_file_map(ctx, path, &map) != GAZ_OK) {
        (void)fprintf(stderr, "%s\n", gaz_ctx_failure(ctx));
        return 1;
    }
    static const uint8_t NOTHING[1];
    (void)LLVMFuzzerTestOneInput(map.data ? map.data : NOTHING, map.size);
    gaz_file_unmap(&map);
    return 0;
}

int main(int argc, char **argv)
{
    struct gaz_ctx ctx = {0};
    int count = 0;
    int failed = 0;
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (!folder) {
        (void)fprintf(stderr, "usage: %s CORPUS-FOLDER\n", argv[0]);
        return EXIT_FAILURE;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        gaz_ctx_next(&ctx);
        failed += replay_file(&ctx, gaz_arena_printf(&ctx.arena, "%s/%s",
                                                     argv[1], entry->d_name));
        count++;
    }
    (void)closedir(folder);
    gaz_ctx_close(&ctx);
    (void)printf("replayed %d inputs\n", count);
    return count > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
