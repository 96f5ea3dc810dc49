/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as lines of pairs: each is refused with a reason, or judged, the
 * same both ways round. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/match/judge.h"
#include "gazetteer/match/pairs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct gaz_ctx ctx;
static struct gaz_judge *judge;

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
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        judge_line(at, (size_t)(stop - at));
        at = stop + 1;
    }
    return 0;
}
