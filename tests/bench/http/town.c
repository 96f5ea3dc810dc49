/* SPDX-License-Identifier: Apache-2.0 */
/* http_town - the made-up city and what it is asked for over HTTP.
 *
 *     http_town FOLDER [ADDRESSES [SEED [QUESTIONS]]]
 *
 * FOLDER gets city.snap and, one path with its query a line, geocode.txt (two
 * in ten with a wrong character, two from the town downwards, the rest whole),
 * reverse.txt (places in the city's box) and suggest.txt (keystrokes: two to
 * six letters of a place's spelling).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/bench/city.h"
#include "tests/bench/measure.h"

enum { QUESTIONS = 20000, TEXT_BYTES = 512, PATH_BYTES = 1024 };

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

static void write_escaped(FILE *file, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
            (void)fputc(c, file);
        else
            (void)fprintf(file, "%%%02X", c);
    }
}

static const char *name_of(const struct town *town, uint32_t place)
{
    const struct gaz_snapshot *snap = town->snap;
    return gaz_snapshot_text(snap,
                             snap->names[snap->places[place].name_first].text);
}

static uint32_t town_of(const struct town *town, uint32_t place)
{
    const struct gaz_snap_place *places = town->snap->places;
    while (place != GAZ_NONE && places[place].level != GAZ_LEVEL_TOWN)
        place = places[place].parent;
    return place;
}

static void write_geocode(struct town *town, FILE *file)
{
    static const char WRONG[] = "龘";
    char text[TEXT_BYTES];
    uint32_t address = city_below(&town->random, town->snap->address_count);
    uint32_t road = town->snap->addresses[address].parent;
    uint32_t way = city_below(&town->random, 10);
    (void)city_address_text(town->snap, address, text, sizeof(text));
    char *begin = text;
    uint32_t over = town_of(town, road);
    char *at = strstr(text, name_of(town, road));
    if (way < 2 && at && strlen(name_of(town, road)) >= 9)
        memcpy(at, WRONG, sizeof(WRONG) - 1);
    else if (way < 4 && over != GAZ_NONE && strstr(text, name_of(town, over)))
        begin = strstr(text, name_of(town, over));
    (void)fputs("/v1/geocode?q=", file);
    write_escaped(file, begin);
}

static void write_reverse(struct town *town, FILE *file)
{
    struct gaz_box box = city_bounds();
    (void)fprintf(file, "/v1/reverse?lon=%.6f&lat=%.6f",
                  city_between(&town->random, box.min.lon, box.max.lon),
                  city_between(&town->random, box.min.lat, box.max.lat));
}

static void write_suggest(struct town *town, FILE *file)
{
    const struct gaz_snapshot *snap = town->snap;
    char key[8] = "";
    uint32_t place = city_below(&town->random, snap->place_count);
    const char *plain = gaz_snapshot_text(
        snap, snap->names[snap->places[place].name_first].plain);
    size_t letters = 2 + city_below(&town->random, 5);
    for (size_t i = 0; i < letters && plain[i]; i++)
        key[i] = plain[i];
    (void)fputs("/v1/suggest?q=", file);
    write_escaped(file, key);
}

static void write_list(struct town *town, const char *name,
                       void (*write_one)(struct town *town, FILE *file))
{
    FILE *file = create(town, name);
    for (uint32_t i = 0; i < town->questions; i++) {
        write_one(town, file);
        (void)fputc('\n', file);
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
    write_list(&town, "geocode.txt", write_geocode);
    write_list(&town, "reverse.txt", write_reverse);
    write_list(&town, "suggest.txt", write_suggest);
    (void)printf("%u addresses, %u places\n", town.snap->address_count,
                 town.snap->place_count);
    gaz_snapshot_close(town.snap);
    gaz_ctx_close(&town.ctx);
    return 0;
}
