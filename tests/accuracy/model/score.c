/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/score.h"

#include <stdbool.h>
#include <stdio.h>

#include "gazetteer/standardise/model_features.h"

void score_add(struct score *score, const struct gaz_elements *got,
               const struct gaz_elements *want)
{
    int at = 0;
    int right = 0;
    for (int i = 0; i < want->count; i++)
        score->wanted[want->items[i].label]++;
    for (int i = 0; i < got->count; i++) {
        const struct gaz_element *g = &got->items[i];
        score->found[g->label]++;
        while (at < want->count && want->items[at].start < g->start)
            at++;
        if (at == want->count)
            continue;
        const struct gaz_element *w = &want->items[at];
        bool same = w->start == g->start && w->end == g->end;
        if (same && w->label == g->label) {
            score->right[g->label]++;
            right++;
        }
    }
    score->texts++;
    score->exact += right == got->count && right == want->count;
}

static void elements_of(const uint8_t *tags, int tokens,
                        struct gaz_elements *out)
{
    struct gaz_model_chunks chunks;
    gaz_model_chunks_read(tags, tokens, &chunks);
    out->count = 0;
    for (int c = 0; c < chunks.chunks && c < GAZ_ELEMENTS_MAX; c++) {
        out->items[out->count++] = (struct gaz_element){
            .label = (gaz_element_label)chunks.label[c],
            .start = c > 0 ? chunks.last[c - 1] + 1 : 0,
            .end = chunks.last[c] + 1,
        };
    }
}

void score_add_tags(struct score *score, const uint8_t *got,
                    const uint8_t *want, int tokens)
{
    struct gaz_elements a;
    struct gaz_elements b;
    elements_of(got, tokens, &a);
    elements_of(want, tokens, &b);
    score_add(score, &a, &b);
}

struct rates {
    double precision;
    double recall;
    double f1;
};

static struct rates rates_of(int right, int found, int wanted)
{
    struct rates r = {0};
    r.precision = found ? (double)right / found : 0;
    r.recall = wanted ? (double)right / wanted : 0;
    double sum = r.precision + r.recall;
    r.f1 = sum > 0 ? 2 * r.precision * r.recall / sum : 0;
    return r;
}

static struct rates total_of(const struct score *score, int *wanted)
{
    int right = 0;
    int found = 0;
    *wanted = 0;
    for (int i = 0; i < GAZ_ELEMENT_LABELS; i++) {
        right += score->right[i];
        found += score->found[i];
        *wanted += score->wanted[i];
    }
    return rates_of(right, found, *wanted);
}

double score_f1(const struct score *score)
{
    int wanted = 0;
    return total_of(score, &wanted).f1;
}

static void print_line(const char *name, int wanted, struct rates r)
{
    printf("%-10s %6d  %.4f  %.4f  %.4f\n", name, wanted, r.precision, r.recall,
           r.f1);
}

void score_print(const struct score *score)
{
    printf("%-10s %6s  %-6s  %-6s  %-6s\n", "label", "gold", "P", "R", "F1");
    for (int i = 0; i < GAZ_ELEMENT_LABELS; i++) {
        if (score->wanted[i] || score->found[i])
            print_line(
                gaz_element_name((gaz_element_label)i), score->wanted[i],
                rates_of(score->right[i], score->found[i], score->wanted[i]));
    }
    int wanted = 0;
    struct rates total = total_of(score, &wanted);
    print_line("all", wanted, total);
    printf("whole texts right: %d of %d\n", score->exact, score->texts);
}
