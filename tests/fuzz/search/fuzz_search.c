/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_search - any bytes as a query, to all that take one, over the snapshot
 * of tests/unit/search/sample.c. The first byte sets day and filters. What must
 * hold of any answer is checked: indexes inside the snapshot, confidence within
 * 0 to 1, elements in order and inside the text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/search/batch.h"
#include "tests/unit/search/sample.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct sample sample;

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check(const struct gaz_answers *answers, int limit)
{
    must(answers->count >= 0 && answers->count <= limit);
    for (int i = 0; i < answers->count; i++) {
        const struct gaz_answer *answer = &answers->items[i];
        must(answer->place < sample.snap->place_count);
        must(answer->address == GAZ_NONE ||
             answer->address < sample.snap->address_count);
        must(answer->confidence >= 0 && answer->confidence <= 1);
        must(answer->label != NULL && answer->reason_count >= 0 &&
             answer->reason_count <= GAZ_REASONS_MAX);
    }
}

typedef gaz_status asker(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                         const struct gaz_snapshot *snap,
                         const struct gaz_query *query,
                         struct gaz_answers *out);

static void ask_all(const struct gaz_query *query)
{
    static asker *const ASKERS[] = {gaz_geocode, gaz_search, gaz_suggest};
    for (size_t i = 0; i < sizeof(ASKERS) / sizeof(ASKERS[0]); i++) {
        struct gaz_answers answers;
        gaz_ctx_next(&sample.ctx);
        if (ASKERS[i](&sample.ctx, sample.searcher, sample.snap, query,
                      &answers) == GAZ_OK)
            check(&answers, query->limit);
    }
    struct gaz_batch_answer row;
    gaz_ctx_next(&sample.ctx);
    must(gaz_batch_row(&sample.ctx, sample.searcher, sample.snap, query,
                       &row) == GAZ_OK);
    check(&row.answers, query->limit);
}

static void parse(const char *text)
{
    struct gaz_elements elements;
    gaz_ctx_next(&sample.ctx);
    if (gaz_parse(&sample.ctx, text, &elements) != GAZ_OK)
        return;
    int last = 0;
    for (int i = 0; i < elements.count; i++) {
        must(elements.items[i].byte_start >= last);
        must(elements.items[i].byte_end >= elements.items[i].byte_start);
        last = elements.items[i].byte_end;
    }
    must(last <= (int)strlen(text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct gaz_coord FOCUS = {121.1, 30.7};
    if (!sample.snap)
        sample_open(&sample);
    if (size < 1 || size > 2 * GAZ_QUERY_MAX_BYTES)
        return 0;
    char *text = gaz_malloc(size);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    struct gaz_query query = {.text = text, .limit = 1 + (data[0] & 7)};
    if (data[0] & 8)
        query.at = 20050101;
    if (data[0] & 16)
        query.in_code = "330482";
    if (data[0] & 32)
        query.focus = &FOCUS;
    if (data[0] & 64)
        query.category = 21000;
    ask_all(&query);
    parse(text);
    gaz_free(text);
    return 0;
}
