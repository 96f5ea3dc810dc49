/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/noise/world.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/text.h"
#include "gazetteer/index/builder.h"

static gaz_status make_city(struct noise_world *world)
{
    const char *path = gaz_arena_printf(
        &world->ctx.arena, "/tmp/diming-accuracy-%d.snap", (int)getpid());
    struct gaz_builder *builder = gaz_builder_new();
    struct gaz_build_stats stats;
    city_fill(builder, CITY_SEED, NOISE_CITY_ADDRESSES);
    gaz_status status = gaz_builder_write(&world->ctx, builder, path, &stats);
    gaz_builder_free(builder);
    if (status == GAZ_OK)
        status = gaz_snapshot_open(&world->ctx, path, &world->snaps[1]);
    (void)unlink(path);
    return status;
}

gaz_status noise_world_open(struct noise_world *world, const char *area)
{
    *world = (struct noise_world){.searcher = NULL};
    gaz_status status = gaz_snapshot_open(&world->ctx, area, &world->snaps[0]);
    if (status == GAZ_OK)
        status = make_city(world);
    if (status == GAZ_OK)
        status = gaz_searcher_open(&world->ctx, &world->searcher);
    if (status == GAZ_OK)
        status = gaz_unicode_open(&world->ctx, &world->unicode);
    for (int i = 0; i < 2 && status == GAZ_OK; i++)
        status = noise_letters_open(&world->ctx, world->unicode,
                                    world->snaps[i], &world->letters[i]);
    return status;
}

void noise_world_close(struct noise_world *world)
{
    gaz_unicode_close(world->unicode);
    gaz_searcher_close(world->searcher);
    gaz_snapshot_close(world->snaps[0]);
    gaz_snapshot_close(world->snaps[1]);
    gaz_ctx_close(&world->once);
    gaz_ctx_close(&world->ctx);
}

gaz_status noise_world_ask(struct noise_world *world, noise_part part,
                           uint64_t seed, const struct noise_kind *kind,
                           int count, noise_take *take, void *user)
{
    struct noise_maker maker = {.ctx = &world->ctx,
                                .snap = world->snaps[kind->is_city],
                                .letters = world->letters[kind->is_city],
                                .part = part};
    maker.random.state = seed ^ gaz_text_hash(kind->name, strlen(kind->name));
    noise_bases_open(&maker, kind->is_city);
    struct noise_question question;
    for (int made = 0, tries = 0; made < count && tries < 60 * count; tries++) {
        if (!kind->make(&maker, &question))
            continue;
        made++;
        gaz_ctx_next(&world->once);
        struct gaz_query query = {.text = question.text, .limit = 5};
        struct gaz_answers answers;
        gaz_status status = gaz_geocode(&world->once, world->searcher,
                                        maker.snap, &query, &answers);
        if (status != GAZ_OK)
            return gaz_fail(&world->ctx, status, "'%s': %s", question.text,
                            gaz_ctx_failure(&world->once));
        take(user, kind, maker.snap, &question, &answers);
    }
    return GAZ_OK;
}

bool noise_is_right(const struct noise_question *question,
                    const struct gaz_answer *answer)
{
    if (question->address != GAZ_NONE)
        return answer->address == question->address;
    for (int i = 0; i < question->truth_count; i++)
        if (answer->place == question->truths[i])
            return true;
    return false;
}
