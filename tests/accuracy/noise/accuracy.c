/* SPDX-License-Identifier: Apache-2.0 */
/* noise_accuracy - how well noisy addresses are understood, kind by kind.
 *
 *     noise_accuracy SNAPSHOT RECORDED.tsv [--record] [--count N] [--failures]
 *
 * Prints a table with the recorded figures beside it. Exit code: 0 nothing is
 * worse than recorded, 1 something is, 2 wrong use or unreadable.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "gazetteer/search/batch.h"
#include "tests/accuracy/noise/world.h"

enum { COUNT = 400, COUNT_MAX = 20000, KINDS_MAX = 40, BINS = 10 };

/* Above this an answer is "confident": issue and documentation say so. */
static const double CONFIDENT = 0.9;
/* Worse by more than this is red: percentage points. */
static const double HIT_TOLERANCE = 1.5;
static const double WRONG_TOLERANCE = 0.5;

struct score {
    const struct noise_kind *kind;
    int asked;
    int hit1;
    int hit5;
    int answered; /* at or above the threshold of batch */
    int wrong;    /* confident and wrong */
    double *distances;
    int distance_count;
};

struct bin {
    int count;
    int right;
    double sum;
};

struct judge {
    struct score *score;
    struct bin *bins;
    bool shows_failures;
};

static void show_failure(const struct gaz_snapshot *snap,
                         const struct noise_kind *kind,
                         const struct noise_question *question,
                         const struct gaz_answers *answers)
{
    const char *truth =
        question->truth_count > 0
            ? gaz_snapshot_text(snap, snap->places[question->truths[0]].label)
            : "(nothing)";
    (void)printf("%s\t%s\t%s\t", kind->name, question->text, truth);
    if (answers->count == 0)
        (void)printf("-\t0\t");
    else
        (void)printf("%s\t%.3f\t", answers->items[0].label,
                     answers->items[0].confidence);
    for (int i = 0; answers->count > 0 && i < answers->items[0].reason_count;
         i++)
        (void)printf("%s ", answers->items[0].reasons[i].code);
    (void)printf("\n");
}

static void measure(struct score *score, const struct gaz_snapshot *snap,
                    const struct noise_question *question,
                    const struct gaz_answer *answer)
{
    if (question->truth_count == 0 ||
        answer->position.method == GAZ_METHOD_NONE)
        return;
    const struct gaz_snap_place *place = &snap->places[question->truths[0]];
    int32_t lon = place->lon_e7;
    int32_t lat = place->lat_e7;
    if (question->address != GAZ_NONE) {
        lon = snap->addresses[question->address].lon_e7;
        lat = snap->addresses[question->address].lat_e7;
    }
    if (lon == INT32_MIN)
        return;
    struct gaz_coord truth = {gaz_coord_from_e7(lon), gaz_coord_from_e7(lat)};
    score->distances[score->distance_count++] =
        gaz_coord_distance_m(truth, answer->position.coord);
}

static void take(void *user, const struct noise_kind *kind,
                 const struct gaz_snapshot *snap,
                 const struct noise_question *question,
                 const struct gaz_answers *answers)
{
    struct judge *judge = user;
    struct score *score = judge->score;
    score->asked++;
    bool hit5 = false;
    for (int i = 0; i < answers->count; i++)
        hit5 = hit5 || noise_is_right(question, &answers->items[i]);
    score->hit5 += hit5;
    const struct gaz_answer *first = answers->items;
    bool has_answer = answers->count > 0;
    bool is_right = has_answer && noise_is_right(question, first);
    double confidence = has_answer ? first->confidence : 0;
    score->hit1 +=
        kind->is_negative ? confidence < gaz_batch_threshold() : is_right;
    score->answered += confidence >= gaz_batch_threshold();
    score->wrong += confidence >= CONFIDENT && !is_right;
    if (has_answer) {
        int at = confidence >= 1 ? BINS - 1 : (int)(confidence * BINS);
        judge->bins[at].count++;
        judge->bins[at].right += is_right;
        judge->bins[at].sum += confidence;
        measure(score, snap, question, first);
    }
    if (judge->shows_failures &&
        (kind->is_negative ? confidence >= gaz_batch_threshold() : !is_right))
        show_failure(snap, kind, question, answers);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static double share(int part, int whole)
{
    return whole > 0 ? 100.0 * part / whole : 0;
}

static double quantile(struct score *score, double q)
{
    if (score->distance_count == 0)
        return -1;
    qsort(score->distances, (size_t)score->distance_count, sizeof(double),
          compare);
    return score->distances[(int)(q * (score->distance_count - 1))];
}

/* ---- the recorded figures ---- */

struct recorded {
    bool is_there;
    double hit1;
    double hit5;
    double wrong;
};

static struct recorded find_recorded(const char *text, size_t size,
                                     const char *name)
{
    struct recorded out = {.is_there = false};
    size_t length = strlen(name);
    const char *end = text + size;
    for (const char *line = text; line && line < end;) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        if ((size_t)(end - line) > length && line[length] == '\t' &&
            memcmp(line, name, length) == 0) {
            double *fields[] = {NULL, &out.hit1, &out.hit5, NULL, &out.wrong};
            const char *at = line + length + 1;
            for (int i = 0; i < 5; i++) {
                char number[32];
                size_t span = strcspn(at, "\t\n");
                (void)snprintf(number, sizeof(number), "%.*s", (int)span, at);
                if (fields[i] && !gaz_text_parse_double(number, fields[i]))
                    return out;
                at += span + 1;
            }
            out.is_there = true;
            return out;
        }
        line = next ? next + 1 : NULL;
    }
    return out;
}

static bool print_row(struct score *score, const char *text, size_t size,
                      FILE *record)
{
    const char *name = score->kind->name;
    double hit1 = share(score->hit1, score->asked);
    double hit5 = share(score->hit5, score->asked);
    double wrong = share(score->wrong, score->asked);
    double answered = share(score->answered, score->asked);
    double half = quantile(score, 0.5);
    double most = quantile(score, 0.9);
    struct recorded old = find_recorded(text, size, name);
    bool is_red = old.is_there && (hit1 < old.hit1 - HIT_TOLERANCE ||
                                   hit5 < old.hit5 - HIT_TOLERANCE ||
                                   wrong > old.wrong + WRONG_TOLERANCE);
    (void)printf("%-22s %6d %7.2f %7.2f %8.2f %7.2f %8.0f %8.0f", name,
                 score->asked, hit1, hit5, answered, wrong, half, most);
    if (old.is_there)
        (void)printf("  | %7.2f %7.2f %7.2f%s", old.hit1, old.hit5, old.wrong,
                     is_red ? "  WORSE" : "");
    (void)printf("\n");
    if (record)
        (void)fprintf(record, "%s\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.0f\t%.0f\n",
                      name, score->asked, hit1, hit5, answered, wrong, half,
                      most);
    return !is_red;
}

static void print_reliability(const struct bin *bins)
{
    int total = 0;
    double error = 0;
    (void)printf("\n| confidence | answers | mean confidence | right |\n"
                 "|---|---|---|---|\n");
    for (int i = 0; i < BINS; i++)
        total += bins[i].count;
    for (int i = 0; i < BINS; i++) {
        if (bins[i].count == 0)
            continue;
        double mean = bins[i].sum / bins[i].count;
        double right = (double)bins[i].right / bins[i].count;
        error += (mean > right ? mean - right : right - mean) * bins[i].count /
                 total;
        (void)printf("| %.1f to %.1f | %d | %.3f | %.3f |\n", i / 10.0,
                     (i + 1) / 10.0, bins[i].count, mean, right);
    }
    (void)printf("\nexpected calibration error %.4f (10 bins, %d answers)\n",
                 error, total);
}

/* ---- the whole table ---- */

struct options {
    const char *snapshot;
    const char *recorded;
    bool may_record;
    bool shows_failures;
    bool is_fitting; /* the part to learn from, not the one to report on */
    int count;
};

static bool read_options(int argc, char **argv, struct options *out)
{
    *out = (struct options){.count = COUNT};
    for (int i = 1; i < argc; i++) {
        int64_t number = 0;
        if (strcmp(argv[i], "--record") == 0) {
            out->may_record = true;
        } else if (strcmp(argv[i], "--failures") == 0) {
            out->shows_failures = true;
        } else if (strcmp(argv[i], "--fitting") == 0) {
            out->is_fitting = true;
        } else if (strcmp(argv[i], "--count") == 0 && i + 1 < argc) {
            if (!gaz_text_parse_int(argv[++i], &number) || number < 1 ||
                number > COUNT_MAX)
                return false;
            out->count = (int)number;
        } else if (!out->snapshot) {
            out->snapshot = argv[i];
        } else if (!out->recorded) {
            out->recorded = argv[i];
        } else {
            return false;
        }
    }
    return out->recorded && !(out->is_fitting && out->may_record);
}

static gaz_status ask_all(struct noise_world *world,
                          const struct options *options, struct score *scores,
                          struct bin *bins)
{
    for (int i = 0; i < KINDS_MAX && NOISE_KINDS[i].name; i++) {
        scores[i] = (struct score){.kind = &NOISE_KINDS[i]};
        scores[i].distances = gaz_arena_array(
            &world->ctx.arena, (size_t)options->count, sizeof(double));
        struct judge judge = {.score = &scores[i],
                              .bins = bins,
                              .shows_failures = options->shows_failures};
        gaz_status status = noise_world_ask(
            world, options->is_fitting ? NOISE_FIT : NOISE_JUDGE,
            options->is_fitting ? NOISE_SEED_FIT : NOISE_SEED, &NOISE_KINDS[i],
            options->count, take, &judge);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

/* A copy: the file may be written anew while it is compared with. */
static const char *read_recorded(struct gaz_ctx *ctx, const char *path)
{
    struct gaz_map map;
    if (gaz_file_map(ctx, path, &map) != GAZ_OK)
        return "";
    const char *text = gaz_arena_strndup(&ctx->arena, map.data, map.size);
    gaz_file_unmap(&map);
    return text;
}

static bool print_all(struct gaz_ctx *ctx, const struct options *options,
                      struct score *scores)
{
    struct score all = {.kind = &(struct noise_kind){.name = "all"}};
    bool is_good = true;
    const char *text = read_recorded(ctx, options->recorded);
    size_t size = strlen(text);
    FILE *record = options->may_record ? fopen(options->recorded, "w") : NULL;
    (void)printf("%-22s %6s %7s %7s %8s %7s %8s %8s  | %s\n", "kind", "asked",
                 "hit@1", "hit@5", "answered", "wrong", "median m", "p90 m",
                 "recorded: hit@1, hit@5, wrong");
    for (int i = 0; NOISE_KINDS[i].name; i++) {
        is_good = print_row(&scores[i], text, size, record) && is_good;
        all.asked += scores[i].asked;
        all.hit1 += scores[i].hit1;
        all.hit5 += scores[i].hit5;
        all.answered += scores[i].answered;
        all.wrong += scores[i].wrong;
    }
    is_good = print_row(&all, text, size, record) && is_good;
    if (record)
        (void)fclose(record);
    return is_good || options->may_record;
}

int main(int argc, char **argv)
{
    struct options options;
    struct noise_world world;
    struct score scores[KINDS_MAX] = {{0}};
    struct bin bins[BINS] = {{0}};
    if (!read_options(argc, argv, &options)) {
        (void)fprintf(stderr, "usage: noise_accuracy SNAPSHOT RECORDED.tsv "
                              "[--record] [--count N] [--failures] "
                              "[--fitting]\n");
        return 2;
    }
    gaz_status status = noise_world_open(&world, options.snapshot);
    if (status == GAZ_OK)
        status = ask_all(&world, &options, scores, bins);
    int code = 2;
    if (status == GAZ_OK) {
        code = print_all(&world.ctx, &options, scores) ? 0 : 1;
        print_reliability(bins);
    } else {
        (void)fprintf(stderr, "noise_accuracy: %s\n",
                      gaz_ctx_failure(&world.ctx));
    }
    noise_world_close(&world);
    return code;
}
