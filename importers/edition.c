/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/edition.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { NAME, STATUS, FROM, TO, NAMES_MAX = 4 };

static const char *const NAMES[IMP_EDITION_COLUMNS][NAMES_MAX] = {
    [NAME] = {"edition", "版本"},
    [STATUS] = {"status", "状态"},
    [FROM] = {"valid_from", "生效日期", "agreed_on", "协议日期"},
    [TO] = {"valid_to", "失效日期"},
};

void imp_edition_columns(const struct imp_reader *reader,
                         int columns[IMP_EDITION_COLUMNS])
{
    for (int which = 0; which < IMP_EDITION_COLUMNS; which++) {
        columns[which] = -1;
        for (int k = NAMES_MAX - 1; k >= 0; k--)
            for (int i = 0; NAMES[which][k] && i < reader->column_count; i++)
                if (strcasecmp(reader->columns[i], NAMES[which][k]) == 0)
                    columns[which] = i;
    }
}

/* GDAL writes a day as 2000/01/01. */
static gaz_date day_of(const char *text)
{
    char plain[GAZ_DATE_MAX_BYTES];
    gaz_date day = GAZ_DATE_OPEN;
    (void)snprintf(plain, sizeof(plain), "%.10s", text);
    for (char *at = plain; *at; at++)
        *at = *at == '/' ? '-' : *at;
    (void)gaz_date_parse(plain, &day);
    return day;
}

static const char *cell(const struct imp_row *row, int column)
{
    return column >= 0 && column < row->count ? row->values[column] : "";
}

struct imp_edition imp_edition_of(const struct imp_row *row,
                                  const int columns[IMP_EDITION_COLUMNS])
{
    const char *status = cell(row, columns[STATUS]);
    return (struct imp_edition){.name = cell(row, columns[NAME]),
                                .has_ended = strcmp(status, "ended") == 0 ||
                                             strcmp(status, "废止") == 0,
                                .from = day_of(cell(row, columns[FROM])),
                                .to = day_of(cell(row, columns[TO]))};
}

/* ---- choosing ---- */

struct choice {
    gaz_date day;
    const char *name; /* NULL: none seen */
    bool is_in_force;
};

static void weigh(struct choice *best, const struct imp_edition *edition)
{
    const bool is_in_force = !edition->has_ended &&
                             gaz_date_in(best->day, edition->from, edition->to);
    if (!edition->name || edition->name[0] == '\0')
        return;
    const bool is_better = !best->name || (is_in_force && !best->is_in_force) ||
                           (is_in_force == best->is_in_force &&
                            strcmp(edition->name, best->name) > 0);
    if (!is_better)
        return;
    best->name = edition->name;
    best->is_in_force = is_in_force;
}

static bool is_of(const struct imp_edition *edition, const char *name)
{
    return !name || !edition->name || edition->name[0] == '\0' ||
           strcmp(edition->name, name) == 0;
}

static const char *choose_for_lines(const struct imp_delivery *d, gaz_date day)
{
    struct choice best = {.day = day};
    for (size_t i = 0; i < d->shape_count; i++)
        weigh(&best, &d->shapes[i].edition);
    return best.name;
}

static const char *choose_for_markers(const struct imp_delivery *d,
                                      gaz_date day, const char *of_lines)
{
    struct choice best = {.day = day};
    for (size_t i = 0; i < d->row_count; i++) {
        const struct imp_edition *edition = &d->rows[i].edition;
        if (of_lines && edition->name && strcmp(edition->name, of_lines) == 0)
            return of_lines;
        weigh(&best, edition);
    }
    return best.name;
}

/* Adds an edition to a list of names, once. */
static void note_name(struct gaz_ctx *ctx, const char **names, const char *name)
{
    enum { SHOWN_MAX_BYTES = 200 };
    const size_t len = strlen(name);
    for (const char *at = *names; (at = strstr(at, name)) != NULL; at++)
        if ((at == *names || at[-1] == ' ') &&
            (at[len] == '\0' || at[len] == ','))
            return;
    if (strlen(*names) < SHOWN_MAX_BYTES)
        *names = gaz_arena_printf(&ctx->arena, "%s%s%s", *names,
                                  (*names)[0] ? ", " : "", name);
}

static size_t keep_shapes(struct gaz_ctx *ctx, struct imp_delivery *d,
                          const char *name, const char **names)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->shape_count; i++)
        if (is_of(&d->shapes[i].edition, name))
            d->shapes[kept++] = d->shapes[i];
        else
            note_name(ctx, names, d->shapes[i].edition.name);
    const size_t left = d->shape_count - kept;
    d->shape_count = kept;
    return left;
}

static size_t keep_rows(struct gaz_ctx *ctx, struct imp_delivery *d,
                        const char *name, const char **names)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->row_count; i++)
        if (is_of(&d->rows[i].edition, name))
            d->rows[kept++] = d->rows[i];
        else
            note_name(ctx, names, d->rows[i].edition.name);
    const size_t left = d->row_count - kept;
    d->row_count = kept;
    return left;
}

struct imp_edition_left imp_edition_choose(struct gaz_ctx *ctx, gaz_date day,
                                           struct imp_delivery *delivery)
{
    const char *of_lines = choose_for_lines(delivery, day);
    const char *of_rows = choose_for_markers(delivery, day, of_lines);
    const char *names = "";
    const size_t shapes = keep_shapes(ctx, delivery, of_lines, &names);
    const size_t rows = keep_rows(ctx, delivery, of_rows, &names);
    if (shapes + rows == 0)
        return (struct imp_edition_left){NULL, NULL};
    const char *taken = of_lines ? of_lines : of_rows;
    return (struct imp_edition_left){
        .zh = gaz_arena_printf(&ctx->arena,
                               "所交数据有多个版本：采用版本%s；另有版本%s"
                               "（线或面%zu个、界桩%zu个）未采用",
                               taken, names, shapes, rows),
        .en = gaz_arena_printf(&ctx->arena,
                               "several editions came: taken is edition %s; "
                               "left aside are editions %s (%zu lines or "
                               "areas, %zu markers)",
                               taken, names, shapes, rows)};
}
