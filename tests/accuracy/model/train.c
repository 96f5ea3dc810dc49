/* SPDX-License-Identifier: Apache-2.0 */
/* Trains the element model that ships.
 *
 *     model_train DIVISIONS parse21.bio taught.bio elements.bin
 *
 * Learns from parse21 without its held-out texts and, with less weight, from
 * texts labelled by model_teach (an empty file: from none).
 */
#include <stdio.h>

#include "gazetteer/base/arena.h"
#include "tests/accuracy/model/blob.h"
#include "tests/accuracy/model/score.h"

static const size_t BLOB_LIMIT = 8u * 1000 * 1000;
static const float TAUGHT_WEIGHT = 0.5f;

static const struct crf_options OPTIONS = {.tags = 2 * GAZ_ELEMENT_LABELS,
                                           .epochs = 5,
                                           .cutoff = 2,
                                           .rate = 0.1f,
                                           .decay = 1e-5f,
                                           .dropout = 0.3f,
                                           .seed = 1};

struct lessons {
    struct sequence **learned;
    struct sequence **held_out;
    int learned_count;
    int held_out_count;
    struct intern intern;
    const struct names *names;
};

/* No text of the taught corpus is in parse21, so none need be held out. */
static void add_lessons(struct lessons *l, const struct corpus *corpus,
                        float weight, bool hold_out)
{
    size_t size = sizeof(struct sequence *);
    size_t room = (size_t)(l->learned_count + corpus->count) + 1;
    l->learned = gaz_realloc(l->learned, size * room);
    if (hold_out)
        l->held_out = gaz_realloc(l->held_out, size * room);
    for (int i = 0; i < corpus->count; i++) {
        const struct example *e = &corpus->items[i];
        struct sequence *s = sequence_make(&l->intern, l->names, e->text,
                                           e->size, e->tags, NULL);
        s->weight = weight;
        if (hold_out && e->held_out)
            l->held_out[l->held_out_count++] = s;
        else
            l->learned[l->learned_count++] = s;
    }
}

static void report(const struct lessons *l, struct crf *crf)
{
    struct score score = {0};
    for (int i = 0; i < l->held_out_count; i++) {
        const struct sequence *s = l->held_out[i];
        uint8_t tags[GAZ_MODEL_TOKENS];
        crf_label(crf, s, tags);
        score_add_tags(&score, tags, s->tags, s->tokens);
    }
    printf("%u features: F1 %.4f of %d held-out texts before rounding\n",
           crf->count, score_f1(&score), score.texts);
}

static void write_model(const char *path, const struct crf *crf,
                        const struct lessons *l)
{
    struct blob_report r = {0};
    blob_write(path, crf, &l->intern, l->names, BLOB_LIMIT, &r);
    printf("%s: %zu bytes, %u rows, weights of %.3f or more\n", path, r.size,
           r.rows, r.threshold);
}

int main(int argc, char **argv)
{
    static struct corpus gold;
    static struct corpus taught;
    static struct lessons lessons;
    if (argc != 5) {
        fprintf(stderr, "usage: model_train DIVISIONS PARSE21 TAUGHT OUT\n");
        return 2;
    }
    lessons.names = names_read(argv[1]);
    intern_open(&lessons.intern);
    corpus_read_bio(&gold, argv[2]);
    corpus_read_bio(&taught, argv[3]);
    add_lessons(&lessons, &gold, 1, true);
    add_lessons(&lessons, &taught, TAUGHT_WEIGHT, false);
    printf("%d texts to learn from\n", lessons.learned_count);
    struct crf *crf = crf_train(lessons.learned, lessons.learned_count,
                                lessons.intern.count, &OPTIONS);
    report(&lessons, crf);
    write_model(argv[4], crf, &lessons);
    crf_close(crf);
    return 0;
}
