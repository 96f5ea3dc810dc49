/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as lines of pairs: each is refused with a reason, or judged, the
 * same both ways round; the second texts as a list for the first of the first.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/match/judge.h"
#include "gazetteer/match/pairs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct gaz_ctx ctx;
static struct gaz_ctx keep; /* what the list holds */
static struct gaz_judge *judge;

static const char *asked;
static struct gaz_candidate list[GAZ_LIST_MAX];
static int count;

/* Keeps what a line says in `keep`, which no line empties. */
static void add_candidate(const char *a, const char *b)
{
    if (count == 0)
        asked = gaz_arena_strdup(&keep.arena, a);
    if (count < GAZ_LIST_MAX)
        list[count++] =
            (struct gaz_candidate){.text = gaz_arena_strdup(&keep.arena, b)};
}

static void judge_list(void)
{
    static const struct gaz_list_options OPTIONS = {.has_evidence = true};
    if (gaz_judge_list(&keep, judge, asked, &OPTIONS, list, count) != GAZ_OK) {
        assert(keep.failure[0] != '\0');
        return;
    }
    for (int i = 0; i < count; i++) {
        if (list[i].status != GAZ_OK)
            assert(list[i].failure[0] != '\0');
        else
            assert((int)list[i].judgement.label < GAZ_MATCH_CLASSES);
    }
}

static void judge_line(const char *line, size_t size)
{
    const char *a;
    const char *b;
    struct gaz_judgement forth;
    struct gaz_judgement back;
    gaz_ctx_next(&ctx);
    if (gaz_pairs_read(&ctx, line, size, &a, &b) != GAZ_OK) {
        assert(ctx.failure[0] != '\0');
        return;
    }
    add_candidate(a, b);
    gaz_status status = gaz_judge_pair(&ctx, judge, a, b, &forth);
    assert(status == gaz_judge_pair(&ctx, judge, b, a, &back));
    if (status != GAZ_OK)
        return;
    assert(forth.label == back.label);
    assert((int)forth.label >= 0 && (int)forth.label < GAZ_MATCH_CLASSES);
    assert(forth.evidence.count <= GAZ_SLOTS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *at = (const char *)data;
    const char *end = at + size;
    if (!judge) {
        gaz_status status = gaz_judge_open(&ctx, &judge);
        assert(status == GAZ_OK);
    }
    count = 0;
    gaz_ctx_next(&keep);
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        judge_line(at, (size_t)(stop - at));
        at = stop + 1;
    }
    if (count > 0)
        judge_list();
    return 0;
}
