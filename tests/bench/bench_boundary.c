/* SPDX-License-Identifier: Apache-2.0 */
/* bench_boundary.c - planted errors on seeded synthetic lines: what was found
 * and named of each class, and false alarms on clean ones; gaps and overlaps
 * between two sides; and the time of a provincial line.
 *
 *     bench_boundary [LINES] [VERTICES]
 *
 * Exits with 1 when the first finding does not name the planted error, when any
 * finding names another, or when a clean line has one. */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/boundary/sample.h"
#include "gazetteer/boundary/sides.h"
#include "gazetteer/geo/crs.h"
#include "tests/bench/measure.h"

enum { LINES = 1000, VERTICES = 100000, SERIALS = 857 };

struct tally {
    size_t lines;
    size_t found;    /* and named by the first finding */
    size_t misnamed; /* lines with a finding of another kind */
};

static bool has_other(const struct gaz_survey_report *report,
                      gaz_survey_kind kind)
{
    for (size_t i = 0; i < report->finding_count; i++)
        if (report->findings[i].kind != kind)
            return true;
    return false;
}

static void count_line(const struct gaz_survey_report *report,
                       gaz_sample_plant plant, struct tally *tally)
{
    const gaz_survey_kind kind = gaz_sample_expected(plant);
    tally->lines++;
    if (plant == GAZ_SAMPLE_CLEAN) {
        tally->misnamed += report->finding_count > 0;
        return;
    }
    tally->found +=
        report->finding_count > 0 && report->findings[0].kind == kind;
    tally->misnamed += has_other(report, kind);
}

static gaz_status try_line(struct gaz_ctx *ctx, uint64_t seed,
                           gaz_sample_plant plant, struct tally *tally)
{
    const struct gaz_sample_options sample = {.seed = seed,
                                              .plant = plant,
                                              .vertices = 400,
                                              .serials = 12 + seed % 40,
                                              .noise_m = 0.05};
    const struct gaz_survey_options options = gaz_survey_defaults();
    struct gaz_survey survey;
    struct gaz_survey_report report;
    gaz_status status = gaz_sample_make(ctx, &sample, &survey);
    if (status == GAZ_OK)
        status = gaz_survey_check(ctx, &survey, &options, &report);
    if (status != GAZ_OK)
        return status;
    count_line(&report, plant, tally);
    return GAZ_OK;
}

static bool print_tally(const char *name, const struct tally *tally,
                        bool is_clean)
{
    printf("%-16s %8zu %8zu %8zu\n", name, tally->lines, tally->found,
           tally->misnamed);
    return tally->misnamed == 0 && (is_clean || tally->found == tally->lines);
}

static bool print_tallies(const struct tally *tallies)
{
    bool is_good = true;
    for (int i = 0; i < GAZ_SAMPLE_PLANTS; i++)
        is_good &= print_tally(gaz_sample_plant_name((gaz_sample_plant)i),
                               &tallies[i], i == GAZ_SAMPLE_CLEAN);
    return is_good;
}

/* ---- two sides of a line ---- */

enum { SIDE_VERTICES = 400, BUMP = 20, POLYGON_HEAD = 13 };

/* A side: the line, and back by way of 30 km north or south of it. The bump
 * moves BUMP vertices of it northwards. */
static gaz_status make_side(struct gaz_ctx *ctx, struct gaz_crs *plane,
                            const struct gaz_survey *survey, double away_m,
                            double bump_m, struct gaz_wkb *out)
{
    const uint32_t count = SIDE_VERTICES + 3;
    const uint32_t head[3] = {3, 1, count}; /* polygon, rings, points */
    const size_t size = POLYGON_HEAD + (size_t)count * 2 * sizeof(double);
    char *bytes = gaz_arena_alloc(&ctx->arena, size);
    bytes[0] = 1; /* little-endian */
    (void)memcpy(bytes + 1, head, sizeof(head));
    for (uint32_t i = 0; i < count; i++) {
        const bool is_line = i < SIDE_VERTICES;
        const size_t at = is_line              ? i
                          : i == SIDE_VERTICES ? SIDE_VERTICES - 1
                                               : 0;
        const bool is_bump = is_line && i / BUMP == SIDE_VERTICES / BUMP / 2;
        const bool is_away = i == SIDE_VERTICES || i == SIDE_VERTICES + 1;
        struct gaz_coord coord;
        gaz_status status = gaz_crs_to_cgcs2000(
            ctx, plane, survey->line[at].east_m,
            survey->line[at].north_m + (is_bump ? bump_m : 0) +
                (is_away ? away_m : 0),
            &coord);
        if (status != GAZ_OK)
            return status;
        (void)memcpy(bytes + POLYGON_HEAD + i * sizeof(coord), &coord,
                     sizeof(coord));
    }
    *out = (struct gaz_wkb){bytes, size};
    return GAZ_OK;
}

/* The south side's line is moved north (overlap), south (gap) or not. */
static gaz_status try_sides(struct gaz_ctx *ctx, struct gaz_crs *plane,
                            uint64_t seed, int way, struct tally *tally)
{
    const struct gaz_sample_options sample = {.seed = seed,
                                              .vertices = SIDE_VERTICES,
                                              .serials = 12,
                                              .noise_m = 0.05};
    const struct gaz_sides_options options = gaz_sides_defaults();
    const double bump_m = way * (3 + (double)(seed % 40));
    struct gaz_survey survey;
    struct gaz_wkb areas[2];
    struct gaz_sides_report report;
    gaz_status status = gaz_sample_make(ctx, &sample, &survey);
    if (status == GAZ_OK)
        status = make_side(ctx, plane, &survey, 30000, 0, &areas[0]);
    if (status == GAZ_OK)
        status = make_side(ctx, plane, &survey, -30000, bump_m, &areas[1]);
    const struct gaz_side a = {"A", &areas[0], 1};
    const struct gaz_side b = {"B", &areas[1], 1};
    if (status == GAZ_OK)
        status = gaz_sides_compare(ctx, &a, &b, &options, &report);
    if (status != GAZ_OK)
        return status;
    tally->lines++;
    tally->found += (way > 0 && report.overlap_count == 1) ||
                    (way < 0 && report.gap_count == 1);
    tally->misnamed += (way <= 0 && report.overlap_count > 0) ||
                       (way >= 0 && report.gap_count > 0);
    return GAZ_OK;
}

static gaz_status try_all_sides(struct gaz_ctx *ctx, int64_t lines,
                                bool *is_good)
{
    static const char *const NAMES[] = {"gap", "same line", "overlap"};
    struct tally tallies[3] = {{0, 0, 0}};
    struct gaz_crs *plane = NULL;
    gaz_status status = gaz_crs_open(ctx, "EPSG:4549", &plane);
    for (int64_t i = 0; i < lines && status == GAZ_OK; i++) {
        status = try_sides(ctx, plane, (uint64_t)i + 1, (int)(i % 3) - 1,
                           &tallies[i % 3]);
        if (status == GAZ_OK)
            gaz_ctx_next(ctx);
    }
    gaz_crs_close(plane);
    for (int i = 0; i < 3 && status == GAZ_OK; i++)
        *is_good &= print_tally(NAMES[i], &tallies[i], i == 1);
    return status;
}

/* ---- speed ---- */

/* One long line with 1,000 markers. */
static gaz_status time_line(struct gaz_ctx *ctx, size_t vertices)
{
    const struct gaz_sample_options sample = {
        .seed = 1, .vertices = vertices, .serials = SERIALS, .noise_m = 0.05};
    const struct gaz_survey_options options = gaz_survey_defaults();
    struct gaz_survey survey;
    struct gaz_survey_report report;
    gaz_status status = gaz_sample_make(ctx, &sample, &survey);
    const uint64_t begun = measure_now_ns();
    if (status == GAZ_OK)
        status = gaz_survey_check(ctx, &survey, &options, &report);
    if (status == GAZ_OK)
        printf("%zu vertices, %zu markers checked in %.3f s\n",
               survey.line_count, survey.marker_count,
               (double)(measure_now_ns() - begun) / 1e9);
    return status;
}

int main(int argc, char **argv)
{
    int64_t lines = LINES;
    int64_t vertices = VERTICES;
    if ((argc > 1 && !gaz_text_parse_int(argv[1], &lines)) ||
        (argc > 2 && !gaz_text_parse_int(argv[2], &vertices)))
        return 2;
    struct tally tallies[GAZ_SAMPLE_PLANTS] = {{0, 0, 0}};
    struct gaz_ctx ctx = {0};
    gaz_status status = GAZ_OK;
    measure_machine();
    for (int64_t i = 0; i < lines && status == GAZ_OK; i++) {
        const gaz_sample_plant plant =
            (gaz_sample_plant)(i % GAZ_SAMPLE_PLANTS);
        status = try_line(&ctx, (uint64_t)i + 1, plant, &tallies[plant]);
        if (status == GAZ_OK)
            gaz_ctx_next(&ctx);
    }
    printf("%-16s %8s %8s %8s\n", "planted", "lines", "named", "misnamed");
    bool is_good = status == GAZ_OK && print_tallies(tallies);
    if (status == GAZ_OK)
        status = try_all_sides(&ctx, lines / 5, &is_good);
    if (status == GAZ_OK)
        status = time_line(&ctx, (size_t)vertices);
    if (status != GAZ_OK)
        (void)fprintf(stderr, "bench_boundary: %s\n", gaz_ctx_failure(&ctx));
    gaz_ctx_close(&ctx);
    return status == GAZ_OK && is_good ? 0 : 1;
}
