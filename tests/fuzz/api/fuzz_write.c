/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_write.c - what a request to write says: the JSON, the envelope, places,
 * names and addresses, and the entity tags of If-Match. What was read without a
 * slip is written and read again: the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "api/write/write.h"
#include "gazetteer/base/buffer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_thing(struct api_form *form, const struct api_value *thing,
                       int kind, struct gaz_buffer *out)
{
    struct gaz_place place = {.id = 7};
    struct gaz_address address = {.id = 7};
    struct gaz_name name = {.kind = GAZ_NAME_ALIAS};
    struct gaz_json json;
    gaz_json_open(&json, out);
    if (kind == API_FORM_PLACE) {
        api_form_place(form, thing, "/place", &place);
        if (form->slip_count == 0)
            api_form_write_place(&json, NULL, &place);
    } else if (kind == API_FORM_ADDRESS) {
        api_form_address(form, thing, "/address", &address);
        address.text = "x";
        if (form->slip_count == 0)
            api_form_write_address(&json, NULL, &address);
    } else {
        api_form_name(form, thing, "/name", &name);
    }
}

static void read_again(struct api_worker *worker, int kind,
                       const struct gaz_buffer *first)
{
    struct api_form form = {.arena = &worker->ctx.arena};
    struct gaz_buffer second;
    const struct api_value *body;
    if (first->size == 0 || kind != API_FORM_PLACE)
        return;
    gaz_buffer_open(&second, (size_t)1 << 24);
    if (api_body_value(worker, NULL, first->data, first->size, &body) != GAZ_OK)
        abort();
    read_thing(&form, body, kind, &second);
    if (form.slip_count > 0 || second.size != first->size ||
        memcmp(second.data, first->data, first->size) != 0)
        abort();
    gaz_buffer_close(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct api_worker worker = {.ctx = {.failure = ""}};
    struct api_form form = {.arena = &worker.ctx.arena};
    struct api_form_envelope envelope = {.why = NULL};
    const struct api_value *body;
    struct gaz_buffer out;
    struct gaz_json json;
    if (size < 1)
        return 0;
    const int kind = data[0] % (API_FORM_UNDO + 1);
    const char *text = (const char *)data + 1;
    (void)api_write_seen(gaz_arena_strndup(form.arena, text, size - 1), 7);
    gaz_buffer_open(&out, (size_t)1 << 24);
    if (api_body_value(&worker, NULL, text, size - 1, &body) == GAZ_OK) {
        api_form_envelope_read(&form, body, (api_form_kind)kind, &envelope);
        if (envelope.thing && form.slip_count == 0)
            read_thing(&form, envelope.thing, kind, &out);
        read_again(&worker, kind, &out);
        gaz_buffer_clear(&out);
        gaz_json_open(&json, &out);
        api_form_write_slips(&form, &json, NULL);
    }
    gaz_buffer_close(&out);
    gaz_ctx_close(&worker.ctx);
    return 0;
}
