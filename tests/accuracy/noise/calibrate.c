/* SPDX-License-Identifier: Apache-2.0 */
/* noise_fit - fits the confidence to noisy addresses with known answers.
 *
 *     noise_fit SNAPSHOT CONFIDENCE.txt
 *
 * Uses the part of the base places that noise_accuracy does not ask about. The
 * same data gives the same file.
 */
#include <stdio.h>
#include <string.h>

#include "tests/accuracy/noise/fit.h"
#include "tests/accuracy/noise/world.h"

enum { EACH = 600, SAMPLES_MAX = 60000, ANSWERS = 2 };

struct learner {
    struct fit_sample *samples;
    size_t count;
};

static void take(void *user, const struct noise_kind *kind,
                 const struct gaz_snapshot *snap,
                 const struct noise_question *question,
                 const struct gaz_answers *answers)
{
    struct learner *learner = user;
    (void)kind;
    (void)snap;
    for (int i = 0; i < answers->count && i < ANSWERS; i++) {
        if (learner->count == SAMPLES_MAX)
            return;
        struct fit_sample *sample = &learner->samples[learner->count++];
        *sample = (struct fit_sample){
            .is_right = noise_is_right(question, &answers->items[i]),
            .is_first = i == 0};
        memcpy(sample->signs, answers->items[i].signs, sizeof(sample->signs));
    }
}

static bool write_file(const char *path, const struct gaz_confidence *fit,
                       size_t samples)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    (void)fprintf(file,
                  "# How sure an answer is: weights of its signs and the curve "
                  "of their sum\n# (gazetteer/search/confidence.h). Made by "
                  "./dev calibrate; do not edit.\nedition 1\nseed %d\n"
                  "answers %zu\n",
                  NOISE_SEED_FIT, samples);
    for (int i = 0; i < GAZ_SIGNS; i++)
        (void)fprintf(file, "weight %s %.4f\n", gaz_confidence_sign_name(i),
                      fit->weights[i]);
    for (int i = 0; i < fit->knots; i++)
        (void)fprintf(file, "knot %.4f %.4f\n", fit->scores[i], fit->values[i]);
    (void)fprintf(file, "threshold %.2f\n", fit->threshold);
    return fclose(file) == 0;
}

int main(int argc, char **argv)
{
    struct noise_world world;
    struct learner learner = {.count = 0};
    if (argc != 3) {
        (void)fprintf(stderr, "usage: noise_fit SNAPSHOT CONFIDENCE.txt\n");
        return 2;
    }
    gaz_status status = noise_world_open(&world, argv[1]);
    learner.samples = gaz_arena_array(&world.ctx.arena, SAMPLES_MAX,
                                      sizeof(*learner.samples));
    for (int i = 0; NOISE_KINDS[i].name && status == GAZ_OK; i++)
        status = noise_world_ask(&world, NOISE_FIT, NOISE_SEED_FIT,
                                 &NOISE_KINDS[i], EACH, take, &learner);
    if (status != GAZ_OK) {
        (void)fprintf(stderr, "noise_fit: %s\n", gaz_ctx_failure(&world.ctx));
    } else {
        struct gaz_confidence fit = {.knots = 0};
        fit_weights(learner.samples, learner.count, &fit);
        fit_curve(learner.samples, learner.count, &fit);
        if (!write_file(argv[2], &fit, learner.count))
            status = GAZ_IO;
        (void)printf("%zu answers, %d knots, threshold %.2f\n", learner.count,
                     fit.knots, fit.threshold);
    }
    noise_world_close(&world);
    return status == GAZ_OK ? 0 : 2;
}
