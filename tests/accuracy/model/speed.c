/* SPDX-License-Identifier: Apache-2.0 */
/* Measures the time a labelling takes, one thread.
 *
 *     model_speed elements.bin parse21.bio
 *
 * Every text of the file is labelled in turn, so that the processor's caches
 * hold what a batch would leave in them, not one address.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/base/file.h"
#include "gazetteer/standardise/model.h"
#include "tests/accuracy/model/corpus.h"

enum { ROUNDS = 5 };

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void measure(const struct gaz_model *model, const struct corpus *corpus)
{
    size_t count = (size_t)corpus->count;
    double *each = gaz_malloc(sizeof(double) * (count + 1));
    for (int round = 0; round < ROUNDS; round++) {
        double begin = now_us();
        double tokens = 0;
        for (size_t i = 0; i < count; i++) {
            const struct example *e = &corpus->items[i];
            struct gaz_elements elements;
            double start = now_us();
            gaz_model_label(model, e->text, (size_t)e->size, &elements);
            each[i] = now_us() - start;
            tokens += e->tokens;
        }
        double mean = (now_us() - begin) / (double)count;
        qsort(each, count, sizeof(double), by_size);
        printf("%d texts of %.1f tokens: mean %.1f us, median %.1f us, 99 %% "
               "within %.1f us\n",
               corpus->count, tokens / (double)count, mean, each[count / 2],
               each[count - count / 100 - 1]);
    }
    gaz_free(each);
}

int main(int argc, char **argv)
{
    static struct corpus corpus;
    struct gaz_ctx ctx = {0};
    struct gaz_map map = {0};
    struct gaz_model *model = NULL;
    if (argc != 3) {
        fprintf(stderr, "usage: model_speed MODEL BIO\n");
        return 2;
    }
    if (gaz_file_map(&ctx, argv[1], &map) != GAZ_OK ||
        gaz_model_open(&ctx, map.data, map.size, &model) != GAZ_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], gaz_ctx_failure(&ctx));
        return 2;
    }
    corpus_read_bio(&corpus, argv[2]);
    if (corpus.count > 0)
        measure(model, &corpus);
    gaz_model_close(model);
    gaz_file_unmap(&map);
    gaz_ctx_close(&ctx);
    return 0;
}
