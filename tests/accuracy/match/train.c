/* SPDX-License-Identifier: Apache-2.0 */
/* train.c - learns the weights of address matching (README.md).
 *
 *     match_train DIVISIONS MATCH3 OUT     writes the weights
 *     match_train DIVISIONS MATCH3 --cv    cross-validates only
 *
 * Six numbers behind OUT are the offsets of the labels that an earlier
 * cross-validation printed, of pairs alone and of lists; without them it is
 * done first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/match/rarity.h"
#include "gazetteer/match/sounds.h"
#include "gazetteer/standardise/weights.h"
#include "tests/accuracy/match/blob.h"
#include "tests/accuracy/match/knowledge.h"
#include "tests/accuracy/match/learn.h"
#include "tests/accuracy/match/lists.h"
#include "tests/accuracy/match/score.h"

enum { ALONE, LISTS, MODES };

/* Answers for pairs that the judge did not learn from. */
struct answers {
    float *scores;
    int *labels;
    int count;
};

static int list_pairs(const struct pairs *pairs, int but_fold, int *out)
{
    int count = 0;
    for (int i = 0; i < pairs->count; i++) {
        if (!pairs->items[i].held_out && pairs->items[i].fold != but_fold)
            out[count++] = i;
    }
    return count;
}

static float *next_answer(struct answers *out, int label)
{
    out->labels[out->count] = label;
    return out->scores + (ptrdiff_t)out->count++ * GAZ_MATCH_CLASSES;
}

/* Answers for a fold, each pair alone and in its list. */
static void answer_fold(struct table *table, const struct learned *learned,
                        int fold, struct answers out[MODES])
{
    int *in = gaz_malloc(sizeof *in * (size_t)table->pairs->count);
    int count = 0;
    for (int i = 0; i < table->pairs->count; i++) {
        const struct pair_row *row = &table->pairs->items[i];
        if (row->held_out || row->fold != fold)
            continue;
        in[count++] = i;
        learn_answer(learned, table, i, next_answer(&out[ALONE], row->label));
    }
    for (int from = 0; from < count;) {
        float scores[LISTS_MAX][GAZ_MATCH_CLASSES];
        int to = lists_end(table->pairs, in, count, from);
        lists_answer(learned, table, in + from, to - from, scores);
        for (int i = from; i < to; i++)
            memcpy(next_answer(&out[LISTS], table->pairs->items[in[i]].label),
                   scores[i - from], sizeof scores[0]);
        from = to;
    }
    gaz_free(in);
}

static void print_answers(const struct answers *a, const float *offsets,
                          const char *title)
{
    struct score score = {{{0}}};
    for (int i = 0; i < a->count; i++)
        score.told[a->labels[i]][score_label(
            a->scores + (ptrdiff_t)i * GAZ_MATCH_CLASSES, offsets)]++;
    score_print(&score, title);
}

static void tune(const struct answers *a, const char *name,
                 float offsets[GAZ_MATCH_CLASSES])
{
    (void)printf("%s\n", name);
    print_answers(a, offsets, "plain");
    score_tune(a->scores, a->labels, a->count, offsets);
    print_answers(a, offsets, "tuned");
    (void)printf("offsets %.2f %.2f %.2f\n", (double)offsets[0],
                 (double)offsets[1], (double)offsets[2]);
}

static void cross_validate(struct table *table, const struct learn_options *o,
                           float offsets[MODES][GAZ_MATCH_CLASSES])
{
    size_t pairs = (size_t)table->pairs->count;
    int *in = gaz_malloc(sizeof *in * pairs);
    struct answers a[MODES];
    for (int mode = 0; mode < MODES; mode++)
        a[mode] = (struct answers){
            gaz_malloc(sizeof *a[0].scores * pairs * GAZ_MATCH_CLASSES),
            gaz_malloc(sizeof *a[0].labels * pairs), 0};
    for (int fold = 0; fold < PAIRS_FOLDS; fold++) {
        struct learned learned;
        int count = list_pairs(table->pairs, fold, in);
        learn_judge(table, in, count, o, &learned);
        answer_fold(table, &learned, fold, a);
        learn_free(&learned);
    }
    (void)printf("%d features\n", table->features);
    for (int mode = 0; mode < MODES; mode++) {
        tune(&a[mode], mode == ALONE ? "alone" : "lists", offsets[mode]);
        gaz_free(a[mode].scores);
        gaz_free(a[mode].labels);
    }
    gaz_free(in);
}

/* The offsets of an earlier cross-validation, to save its time. */
static bool read_offsets(int argc, char **argv,
                         float offsets[MODES][GAZ_MATCH_CLASSES])
{
    if (argc != 4 + MODES * GAZ_MATCH_CLASSES)
        return false;
    for (int i = 0; i < MODES * GAZ_MATCH_CLASSES; i++) {
        double value = 0;
        if (!gaz_text_parse_double(argv[4 + i], &value))
            return false;
        offsets[i / GAZ_MATCH_CLASSES][i % GAZ_MATCH_CLASSES] = (float)value;
    }
    return true;
}

int main(int argc, char **argv)
{
    static uint8_t rarity[GAZ_RARITY_SIZE];
    static uint16_t sounds[GAZ_SOUND_COUNT];
    struct gaz_knowledge knowledge = {.rarity = rarity, .sounds = sounds};
    struct pairs pairs = {0};
    struct table table;
    float offsets[MODES][GAZ_MATCH_CLASSES] = {{0}};
    if (argc < 4) {
        (void)fprintf(stderr, "usage: match_train DIVISIONS MATCH3 OUT|--cv\n");
        return 2;
    }
    pairs_read(&pairs, argv[2], gaz_weights_model());
    knowledge_rarity(&pairs, rarity);
    knowledge_sounds(sounds);
    knowledge_divisions(argv[1], &knowledge.divisions);
    learn_table(&pairs, &knowledge, &table);
    if (!read_offsets(argc, argv, offsets))
        cross_validate(&table, &LEARN_OPTIONS, offsets);
    if (strcmp(argv[3], "--cv") == 0)
        return 0;
    struct learned learned;
    int *in = gaz_malloc(sizeof *in * (size_t)pairs.count);
    int count = list_pairs(&pairs, -1, in);
    learn_judge(&table, in, count, &LEARN_OPTIONS, &learned);
    blob_write(argv[3], &knowledge, &learned, table.features, offsets);
    return 0;
}
