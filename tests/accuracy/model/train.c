/* SPDX-License-Identifier: Apache-2.0 */
/* Trains the element model that ships.
 *
 *     model_train DIVISIONS PARSE21 PARSE17 MATCH3 TAUGHT OUT
 *
 * Learns from parse21 without its held-out texts, from parse17 as a second
 * scheme of labels, and with less weight from the texts that model_teach
 * labelled (an empty file: from none).
 */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "tests/accuracy/model/blob.h"
#include "tests/accuracy/model/texts.h"

static const size_t BLOB_LIMIT = 8u * 1000 * 1000;
static const float TAUGHT_WEIGHT = 0.5f;

static const struct net_options OPTIONS = {.widths = {GAZ_MODEL_CHARACTER_WIDTH,
                                                      GAZ_MODEL_PAIR_WIDTH,
                                                      GAZ_MODEL_SIGN_WIDTH},
                                           .hidden = GAZ_MODEL_HIDDEN,
                                           .reading_epochs = 4,
                                           .epochs = 8,
                                           .rate = 0.002f,
                                           .input_dropout = 0.2f,
                                           .dropout = 0.3f,
                                           .seed = 1};

static void label(void *with, const struct lesson *lesson, uint8_t *tags)
{
    net_label(with, lesson, tags);
}

/* All that has labels. */
static struct lesson **gather(struct texts *t, const struct corpus *taught,
                              int *count)
{
    size_t known = (size_t)t->lesson_count;
    struct lesson **out = gaz_malloc(sizeof(struct lesson *) *
                                     (known + (size_t)taught->count + 1));
    memcpy(out, t->lessons, sizeof(struct lesson *) * known);
    *count = t->lesson_count;
    for (int i = 0; i < taught->count; i++) {
        const struct example *e = &taught->items[i];
        struct lesson *l =
            lesson_make(&t->vocabulary, t->names, e->text, e->size, e->tags);
        l->weight = TAUGHT_WEIGHT;
        out[(*count)++] = l;
    }
    return out;
}

int main(int argc, char **argv)
{
    static struct texts texts;
    static struct corpus taught;
    if (argc != 7) {
        fprintf(stderr, "usage: model_train DIVISIONS PARSE21 PARSE17 MATCH3 "
                        "TAUGHT OUT\n");
        return 2;
    }
    texts_read(&texts, argv[1], argv[2], argv[3], argv[4]);
    corpus_read_bio(&taught, argv[5]);
    int count = 0;
    struct lesson **lessons = gather(&texts, &taught, &count);
    printf("%d texts to learn from\n", count);
    fflush(stdout);
    struct net *net = texts_train(&texts, OPTIONS, lessons, count);
    printf("F1 %.4f of %d held-out texts before rounding\n",
           texts_f1(&texts, label, net), texts.held_out_count);
    struct blob_report r = {0};
    blob_write(argv[6], net, &texts.vocabulary, texts.names, BLOB_LIMIT, &r);
    printf("%s: %zu bytes, rows %u %u %u, %d values cut\n", argv[6], r.size,
           r.rows[0], r.rows[1], r.rows[2], r.clipped);
    net_close(net);
    gaz_free(lessons);
    return 0;
}
