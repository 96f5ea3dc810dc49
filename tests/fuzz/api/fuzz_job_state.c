/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_job_state.c - the state of a job as a crash may leave it: read or
 * refused, and what is read is written as it was. An input that begins with '+'
 * gets the seal that belongs to it, so that the fuzzer comes past it. */
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "api/jobs/state.h"
#include "gazetteer/base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_same(const struct api_job *job, struct gaz_buffer *out)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct api_job back;
    gaz_buffer_clear(out);
    api_jobs_state_write(job, out);
    if (out->full ||
        api_jobs_state_parse(&ctx, out->data, out->size, &back) != GAZ_OK ||
        strcmp(back.columns, job->columns) != 0 ||
        strcmp(back.failure, job->failure) != 0 || back.status != job->status ||
        back.counts.rows != job->counts.rows)
        abort();
    gaz_ctx_close(&ctx);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_buffer text;
    struct api_job job;
    const bool is_sealed = size > 0 && data[0] == '+';
    gaz_buffer_open(&text, (size_t)2 * API_JOBS_STATE_MAX_BYTES);
    gaz_buffer_bytes(&text, data + (is_sealed ? 1 : 0),
                     size - (is_sealed ? 1 : 0));
    if (is_sealed && !text.full && text.data)
        gaz_buffer_printf(&text, "seal %016" PRIx64 "\n",
                          gaz_text_hash(text.data, text.size));
    if (!text.full && api_jobs_state_parse(&ctx, text.data ? text.data : "",
                                           text.size, &job) == GAZ_OK)
        check_same(&job, &text);
    gaz_buffer_close(&text);
    gaz_ctx_close(&ctx);
    return 0;
}
