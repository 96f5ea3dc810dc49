/* SPDX-License-Identifier: Apache-2.0 */
/* Labels texts that nobody labelled, by several networks larger than what
 * ships.
 *
 *     model_teach DIVISIONS PARSE21 PARSE17 MATCH3 OUT
 *
 * The teachers differ by their seeds alone; their probabilities are averaged.
 * Held-out texts teach nothing.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/model/address.h"
#include "tests/accuracy/model/texts.h"

enum { TEACHERS = 3 };

static const struct net_options OPTIONS = {.widths = {64, 64, 32},
                                           .hidden = 128,
                                           .reading_epochs = 4,
                                           .epochs = 9,
                                           .rate = 0.002f,
                                           .input_dropout = 0.2f,
                                           .dropout = 0.3f};

struct teachers {
    struct net *nets[TEACHERS];
    int count;
};

/* The best path through the mean probabilities. */
static void label(void *with, const struct lesson *l, uint8_t *tags)
{
    static chain_row scores[GAZ_MODEL_TOKENS];
    static chain_row one[GAZ_MODEL_TOKENS];
    static chain_row sum[GAZ_MODEL_TOKENS];
    static chain_row even[CHAIN_TAGS]; /* no transitions of its own */
    const struct teachers *t = with;
    int tag_count = 2 * GAZ_ELEMENT_LABELS;
    memset(sum, 0, sizeof sum[0] * (size_t)l->tokens);
    for (int n = 0; n < t->count; n++) {
        net_scores(t->nets[n], l, 0, scores);
        chain_marginals(tag_count, net_transitions(t->nets[n], 0), l->tokens,
                        scores, one, NULL);
        for (int i = 0; i < l->tokens; i++) {
            for (int y = 0; y < tag_count; y++)
                sum[i][y] += one[i][y] / (float)t->count;
        }
    }
    for (int i = 0; i < l->tokens; i++) {
        for (int y = 0; y < tag_count; y++)
            sum[i][y] = logf(sum[i][y] + 1e-6f);
    }
    chain_best(tag_count, even, l->tokens, sum, tags);
}

static void write_text(FILE *file, const struct example *e, const uint8_t *tags)
{
    const struct gaz_model_text *text =
        cut_text(NULL, e->text, (size_t)e->size);
    for (int t = 0; t < text->count; t++) {
        int start = text->tokens[t].byte_start;
        int end =
            t + 1 < text->count ? text->tokens[t + 1].byte_start : text->bytes;
        gaz_element_label name = (gaz_element_label)(tags[t] / 2);
        fprintf(file, "%.*s\t%c-%s\n", end - start, e->text + start,
                tags[t] & 1 ? 'I' : 'B', gaz_element_name(name));
    }
    fputc('\n', file);
}

static void write_all(const char *path, const struct texts *texts,
                      struct teachers *teachers)
{
    FILE *file = fopen(path, "w");
    if (!file) {
        fprintf(stderr, "cannot write '%s'\n", path);
        exit(2);
    }
    for (int i = 0; i < texts->more.count; i++) {
        uint8_t tags[GAZ_MODEL_TOKENS];
        label(teachers, texts->plain[i], tags);
        write_text(file, &texts->more.items[i], tags);
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    static struct texts texts;
    static struct teachers teachers;
    if (argc != 6) {
        fprintf(stderr, "usage: model_teach DIVISIONS PARSE21 PARSE17 MATCH3 "
                        "OUT\n");
        return 2;
    }
    texts_read(&texts, argv[1], argv[2], argv[3], argv[4]);
    printf("%d texts to learn from, %d to label\n", texts.lesson_count,
           texts.more.count);
    fflush(stdout);
    for (int n = 0; n < TEACHERS; n++) {
        struct net_options options = OPTIONS;
        options.seed = (uint32_t)n + 1;
        teachers.nets[teachers.count++] =
            texts_train(&texts, options, texts.lessons, texts.lesson_count);
        printf("%d teachers: F1 %.4f of %d held-out texts\n", teachers.count,
               texts_f1(&texts, label, &teachers), texts.held_out_count);
        fflush(stdout);
    }
    write_all(argv[5], &texts, &teachers);
    for (int n = 0; n < TEACHERS; n++)
        net_close(teachers.nets[n]);
    return 0;
}
