/* SPDX-License-Identifier: Apache-2.0 */
/* http_town - the made-up city and what it is asked for over HTTP.
 *
 *     http_town FOLDER [ADDRESSES [SEED [QUESTIONS]]]
 *
 * FOLDER gets city.snap and, one path with its query a line, geocode.txt,
 * reverse.txt and suggest.txt (city_questions.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/bench/city.h"
#include "tests/bench/city_questions.h"

enum { QUESTIONS = 20000, PATH_BYTES = 2048 };

struct town {
    struct gaz_ctx ctx;
    struct gaz_snapshot *snap;
    struct city_random random;
    const char *folder;
    uint32_t questions;
};

static void stop(const char *what)
{
    (void)fprintf(stderr, "http_town: %s\n", what);
    exit(EXIT_FAILURE);
}

static FILE *create(struct town *town, const char *name)
{
    FILE *file = fopen(
        gaz_arena_printf(&town->ctx.arena, "%s/%s", town->folder, name), "we");
    if (!file)
        stop("cannot write into the folder");
    return file;
}

static void write_list(struct town *town, const char *name, city_question *make)
{
    char path[PATH_BYTES];
    FILE *file = create(town, name);
    for (uint32_t i = 0; i < town->questions; i++) {
        make(town->snap, &town->random, path, sizeof(path));
        (void)fprintf(file, "%s\n", path);
    }
    if (fclose(file) != 0)
        stop("cannot write a list");
}

static void make_city(struct town *town, uint32_t addresses, uint64_t seed)
{
    const char *path =
        gaz_arena_printf(&town->ctx.arena, "%s/city.snap", town->folder);
    struct gaz_builder *builder = gaz_builder_new();
    struct gaz_build_stats stats;
    city_fill(builder, seed, addresses);
    gaz_status status = gaz_builder_write(&town->ctx, builder, path, &stats);
    gaz_builder_free(builder);
    if (status == GAZ_OK)
        status = gaz_snapshot_open(&town->ctx, path, &town->snap);
    if (status != GAZ_OK)
        stop(gaz_ctx_failure(&town->ctx));
}

int main(int argc, char **argv)
{
    int64_t numbers[] = {CITY_ADDRESSES, CITY_SEED, QUESTIONS};
    struct town town = {.folder = argc > 1 ? argv[1] : NULL};
    for (int i = 2; i < argc && i < 5; i++)
        if (!gaz_text_parse_int(argv[i], &numbers[i - 2]) || numbers[i - 2] < 1)
            stop("FOLDER [ADDRESSES [SEED [QUESTIONS]]]");
    if (!town.folder || numbers[0] > UINT32_MAX || numbers[2] > UINT32_MAX)
        stop("FOLDER [ADDRESSES [SEED [QUESTIONS]]]");
    town.questions = (uint32_t)numbers[2];
    town.random.state = (uint64_t)numbers[1];
    make_city(&town, (uint32_t)numbers[0], (uint64_t)numbers[1]);
    write_list(&town, "geocode.txt", city_question_geocode);
    write_list(&town, "reverse.txt", city_question_reverse);
    write_list(&town, "suggest.txt", city_question_suggest);
    (void)printf("%u addresses, %u places\n", town.snap->address_count,
                 town.snap->place_count);
    gaz_snapshot_close(town.snap);
    gaz_ctx_close(&town.ctx);
    return 0;
}
