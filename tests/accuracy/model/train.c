/* SPDX-License-Identifier: Apache-2.0 */
/* Trains the element model that ships.
 *
 *     model_train DIVISIONS PARSE21 PARSE17 MATCH3 OUT
 *
 * Learns from parse21 without its held-out texts, from variants of these with
 * elements exchanged, and from parse17 as a second scheme of labels; rows of
 * characters begin from all texts, without labels.
 */
#include <stdio.h>

#include "tests/accuracy/model/blob.h"
#include "tests/accuracy/model/texts.h"

static const size_t BLOB_LIMIT = 8000000;
static const struct texts_swaps SWAPS = {
    .copies = 1, .chance = 0.4, .weight = 0.5f};

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

int main(int argc, char **argv)
{
    static struct texts texts;
    if (argc != 6) {
        fprintf(stderr,
                "usage: model_train DIVISIONS PARSE21 PARSE17 MATCH3 OUT\n");
        return 2;
    }
    texts_read(&texts, argv[1], argv[2], argv[3], argv[4], &SWAPS);
    printf("%d texts to learn from, %d of them swapped\n", texts.lesson_count,
           texts.lesson_count - texts.real_count);
    fflush(stdout);
    struct net *net = texts_train(&texts, OPTIONS);
    printf("F1 %.4f of %d held-out texts before rounding\n",
           texts_f1(&texts, net), texts.held_out_count);
    struct blob_report r = {0};
    blob_write(argv[5], net, &texts.vocabulary, texts.names, BLOB_LIMIT, &r);
    printf("%s: %zu bytes, rows %u %u %u, %d values cut\n", argv[5], r.size,
           r.rows[0], r.rows[1], r.rows[2], r.clipped);
    net_close(net);
    return 0;
}
