/* SPDX-License-Identifier: Apache-2.0 */
/* evaluate.c - what the shipped judge makes of labelled pairs.
 *
 *     match_evaluate PAIRS.tsv            the held-out queries
 *     match_evaluate PAIRS.tsv --all      every line: another set
 *     match_evaluate PAIRS.tsv --errors   and each mistake
 *     match_evaluate PAIRS.tsv --lists    adjacent pairs of a query as a list
 *
 *     match_evaluate PAIRS.tsv --least X  exit code 1 when macro F1 is below X
 *
 * Prints macro F1, F1 of each label, the confusion matrix, how far the
 * probabilities can be believed, and microseconds a pair. Without the file:
 * says so, exit code 77 (skipped).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gazetteer/base/text.h"
#include "gazetteer/match/judge.h"
#include "tests/accuracy/match/pairs.h"
#include "tests/accuracy/match/score.h"

enum { SKIPPED = 77, BINS = 10 };

struct calibration {
    int count[BINS];
    int right[BINS];
    double sum[BINS];
};

static void note(struct calibration *c, const struct gaz_judgement *j,
                 bool is_right)
{
    double p = j->probability[j->label];
    int bin = (int)(p * BINS);
    bin = bin < BINS ? bin : BINS - 1;
    c->count[bin]++;
    c->right[bin] += is_right ? 1 : 0;
    c->sum[bin] += p;
}

static void print_calibration(const struct calibration *c)
{
    double error = 0;
    int total = 0;
    for (int i = 0; i < BINS; i++)
        total += c->count[i];
    (void)printf("probability of the label   pairs  said   right\n");
    for (int i = 0; i < BINS; i++) {
        if (c->count[i] == 0)
            continue;
        double n = c->count[i];
        (void)printf("  %.1f to %.1f            %6d  %.3f  %.3f\n", i / 10.0,
                     (i + 1) / 10.0, c->count[i], c->sum[i] / n,
                     c->right[i] / n);
        error += fabs(c->sum[i] - c->right[i]) / total;
    }
    (void)printf("expected calibration error %.4f\n", error);
}

static double now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

struct run {
    bool all;
    bool errors;
    bool lists;
    struct score score;
    struct calibration calibration;
    double us;
    int asked;
};

/* The pairs [from, to) that are judged at once: the lines of a query. */
static int find_end(const struct pairs *pairs, int from)
{
    int to = from + 1;
    while (to < pairs->count && to - from < GAZ_LIST_MAX &&
           strcmp(pairs->items[to].a, pairs->items[from].a) == 0)
        to++;
    return to;
}

static void note_answer(struct run *run, const struct pair_row *row,
                        const struct gaz_judgement *j)
{
    bool is_right = (int)j->label == row->label;
    run->asked++;
    run->score.told[row->label][j->label]++;
    note(&run->calibration, j, is_right);
    if (run->errors && !is_right)
        (void)printf("%d %d %.3f\t%s\t%s\n", row->label, (int)j->label,
                     j->probability[j->label], row->a, row->b);
}

static void judge_some(struct gaz_ctx *ctx, struct gaz_judge *judge,
                       struct run *run, const struct pair_row *rows, int count)
{
    static struct gaz_candidate list[GAZ_LIST_MAX];
    const struct gaz_list_options options = {.is_alone = !run->lists};
    for (int i = 0; i < count; i++)
        list[i] = (struct gaz_candidate){.text = rows[i].b};
    gaz_ctx_next(ctx);
    double from = now_us();
    if (gaz_judge_list(ctx, judge, rows[0].a, &options, list, count) != GAZ_OK)
        (void)printf("%s: %s\n", rows[0].a, gaz_ctx_failure(ctx));
    run->us += now_us() - from;
    for (int i = 0; i < count; i++)
        note_answer(run, &rows[i], &list[i].judgement);
}

static double evaluate(const struct pairs *pairs, struct run *run)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_judge *judge;
    if (gaz_judge_open(&ctx, &judge) != GAZ_OK)
        exit(4);
    for (int from = 0; from < pairs->count;) {
        int to = find_end(pairs, from);
        if (run->all || pairs->items[from].held_out)
            judge_some(&ctx, judge, run, &pairs->items[from], to - from);
        from = to;
    }
    score_print(&run->score, run->all ? "all pairs" : "held-out queries");
    print_calibration(&run->calibration);
    (void)printf("%d pairs, %.1f us a pair\n", run->asked,
                 run->us / run->asked);
    gaz_judge_close(judge);
    gaz_ctx_close(&ctx);
    return score_macro(&run->score);
}

int main(int argc, char **argv)
{
    struct run run = {.asked = 0};
    double least = 0;
    for (int i = 2; i < argc; i++) {
        run.all = run.all || strcmp(argv[i], "--all") == 0;
        run.errors = run.errors || strcmp(argv[i], "--errors") == 0;
        run.lists = run.lists || strcmp(argv[i], "--lists") == 0;
        if (strcmp(argv[i], "--least") == 0 && i + 1 < argc &&
            !gaz_text_parse_double(argv[i + 1], &least))
            return 2;
    }
    if (argc < 2 || access(argv[1], R_OK) != 0) {
        (void)printf("skipped: no labelled pairs at %s\n",
                     argc < 2 ? "(none given)" : argv[1]);
        return SKIPPED;
    }
    struct pairs pairs = {0};
    pairs_read(&pairs, argv[1], NULL);
    double macro = evaluate(&pairs, &run);
    pairs_close(&pairs);
    if (macro < least)
        (void)printf("macro F1 is below %.3f\n", least);
    return macro < least ? 1 : 0;
}
