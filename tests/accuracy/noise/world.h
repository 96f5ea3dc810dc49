/* world.h - the two snapshots that questions are made from and asked of. */
#ifndef TESTS_ACCURACY_NOISE_WORLD_H
#define TESTS_ACCURACY_NOISE_WORLD_H

#include "gazetteer/search/search.h"
#include "tests/accuracy/noise/noise.h"

enum { NOISE_CITY_ADDRESSES = 20000, NOISE_SEED_FIT = 3304, NOISE_SEED = 8206 };

struct noise_world {
    struct gaz_ctx ctx;  /* lives as long as the world */
    struct gaz_ctx once; /* one question */
    struct gaz_searcher *searcher;
    struct gaz_unicode *unicode;
    struct gaz_snapshot *snaps[2]; /* the area, the city */
    struct noise_letters *letters[2];
};

/* noise_world_open reads the area's snapshot and makes the city's at a path of
 * its own, which is removed again. */
gaz_status noise_world_open(struct noise_world *world, const char *area);
void noise_world_close(struct noise_world *world);

/* Called for each question with what gaz_geocode answered (five at most). */
typedef void noise_take(void *user, const struct noise_kind *kind,
                        const struct gaz_snapshot *snap,
                        const struct noise_question *question,
                        const struct gaz_answers *answers);

/* noise_world_ask makes and asks `count` questions of a kind, fewer when the
 * data has too few to alter in that way. */
gaz_status noise_world_ask(struct noise_world *world, noise_part part,
                           uint64_t seed, const struct noise_kind *kind,
                           int count, noise_take *take, void *user);

/* noise_is_right is true when the answer is what the question meant. */
bool noise_is_right(const struct noise_question *question,
                    const struct gaz_answer *answer);

#endif
