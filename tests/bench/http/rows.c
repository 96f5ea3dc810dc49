/* SPDX-License-Identifier: Apache-2.0 */
/* http_rows - the made-up city as rows for other programs, and questions.
 *
 *     http_rows FOLDER [QUESTIONS [SEED]]
 *
 * Reads FOLDER/city.snap (http_town). Tab-separated, each line:
 *     addresses.tsv  id, text, longitude, latitude
 *     names.tsv      name of a place; each once or more
 *     exact.tsv      text, id of the address that it is
 *     fuzzy.tsv      the same with one wrong character in the road's name
 *     prefix.tsv     the first two characters of a name of three or more
 *     nearest.tsv    longitude, latitude (0.2 m beside an address), and its own
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/bench/city.h"

enum { QUESTIONS = 5000, TEXT_BYTES = 512 };

struct rows {
    struct gaz_ctx ctx;
    struct gaz_snapshot *snap;
    struct city_random random;
    const char *folder;
    uint32_t questions;
};

static void stop(const char *what)
{
    (void)fprintf(stderr, "http_rows: %s\n", what);
    exit(EXIT_FAILURE);
}

static FILE *create(struct rows *rows, const char *name)
{
    FILE *file = fopen(
        gaz_arena_printf(&rows->ctx.arena, "%s/%s", rows->folder, name), "we");
    if (!file)
        stop("cannot write into the folder");
    return file;
}

static void finish(FILE *file)
{
    if (fclose(file) != 0)
        stop("cannot write a list");
}

static const char *id_of(const struct rows *rows, uint32_t address)
{
    static char text[GAZ_ID_TEXT_BYTES];
    return gaz_id_write(rows->snap->addresses[address].id, text);
}

static const char *name_of(const struct rows *rows, uint32_t place)
{
    const struct gaz_snapshot *snap = rows->snap;
    return gaz_snapshot_text(snap,
                             snap->names[snap->places[place].name_first].text);
}

static double degrees(int32_t e7)
{
    return gaz_coord_from_e7(e7);
}

static void write_tables(struct rows *rows)
{
    const struct gaz_snapshot *snap = rows->snap;
    char text[TEXT_BYTES];
    FILE *file = create(rows, "addresses.tsv");
    for (uint32_t i = 0; i < snap->address_count; i++) {
        (void)city_address_text(snap, i, text, sizeof(text));
        (void)fprintf(file, "%s\t%s\t%.7f\t%.7f\n", id_of(rows, i), text,
                      degrees(snap->addresses[i].lon_e7),
                      degrees(snap->addresses[i].lat_e7));
    }
    finish(file);
    file = create(rows, "names.tsv");
    for (uint32_t i = 0; i < snap->place_count; i++)
        (void)fprintf(file, "%s\n", name_of(rows, i));
    finish(file);
}

static void ask_exact(struct rows *rows, FILE *file)
{
    char text[TEXT_BYTES];
    uint32_t address = city_below(&rows->random, rows->snap->address_count);
    (void)city_address_text(rows->snap, address, text, sizeof(text));
    (void)fprintf(file, "%s\t%s\n", text, id_of(rows, address));
}

static void ask_fuzzy(struct rows *rows, FILE *file)
{
    static const char WRONG[] = "龘";
    char text[TEXT_BYTES];
    char *at = NULL;
    uint32_t address;
    do { /* until the road's name is long enough to bear it */
        address = city_below(&rows->random, rows->snap->address_count);
        const char *road = name_of(rows, rows->snap->addresses[address].parent);
        (void)city_address_text(rows->snap, address, text, sizeof(text));
        at = strlen(road) >= 9 ? strstr(text, road) : NULL;
    } while (!at);
    memcpy(at, WRONG, sizeof(WRONG) - 1);
    (void)fprintf(file, "%s\t%s\n", text, id_of(rows, address));
}

static void ask_prefix(struct rows *rows, FILE *file)
{
    const char *name;
    do {
        name =
            name_of(rows, city_below(&rows->random, rows->snap->place_count));
    } while (gaz_text_count(name, strlen(name)) < 3);
    size_t bytes = 0;
    (void)gaz_text_next(name, strlen(name), &bytes);
    (void)gaz_text_next(name, strlen(name), &bytes);
    (void)fprintf(file, "%.*s\n", (int)bytes, name);
}

static void ask_nearest(struct rows *rows, FILE *file)
{
    const struct gaz_snap_address *row =
        &rows->snap
             ->addresses[city_below(&rows->random, rows->snap->address_count)];
    const double lon = degrees(row->lon_e7);
    const double lat = degrees(row->lat_e7);
    (void)fprintf(file, "%.7f\t%.7f\t%.7f\t%.7f\n",
                  lon + city_between(&rows->random, -2e-6, 2e-6),
                  lat + city_between(&rows->random, -2e-6, 2e-6), lon, lat);
}

static void write_questions(struct rows *rows)
{
    static const struct {
        const char *name;
        void (*ask)(struct rows *rows, FILE *file);
    } LISTS[] = {{"exact.tsv", ask_exact},
                 {"fuzzy.tsv", ask_fuzzy},
                 {"prefix.tsv", ask_prefix},
                 {"nearest.tsv", ask_nearest}};
    for (size_t i = 0; i < sizeof(LISTS) / sizeof(LISTS[0]); i++) {
        FILE *file = create(rows, LISTS[i].name);
        for (uint32_t k = 0; k < rows->questions; k++)
            LISTS[i].ask(rows, file);
        finish(file);
    }
}

int main(int argc, char **argv)
{
    int64_t numbers[] = {QUESTIONS, CITY_SEED};
    struct rows rows = {.folder = argc > 1 ? argv[1] : NULL};
    for (int i = 2; i < argc && i < 4; i++)
        if (!gaz_text_parse_int(argv[i], &numbers[i - 2]) ||
            numbers[i - 2] < 1 || numbers[i - 2] > UINT32_MAX)
            stop("FOLDER [QUESTIONS [SEED]]");
    if (!rows.folder)
        stop("FOLDER [QUESTIONS [SEED]]");
    rows.questions = (uint32_t)numbers[0];
    rows.random.state = (uint64_t)numbers[1];
    const char *path =
        gaz_arena_printf(&rows.ctx.arena, "%s/city.snap", rows.folder);
    if (gaz_snapshot_open(&rows.ctx, path, &rows.snap) != GAZ_OK)
        stop(gaz_ctx_failure(&rows.ctx));
    write_tables(&rows);
    write_questions(&rows);
    gaz_snapshot_close(rows.snap);
    gaz_ctx_close(&rows.ctx);
    return 0;
}
