/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_review.c - what a clerk's program sends, to the real handlers of
 * /v1/review: the first byte chooses a decision, a bulk or a sheet. The
 * database is in memory only as far as the readers go: without one a good
 * question ends in 503. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "api/review/fields.h"
#include "tests/unit/api/fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static void open_once(void)
{
    static bool is_open;
    if (is_open)
        return;
    fixture_open(&fixture);
    (void)atexit(close_fixture);
    is_open = true;
}

/* "field=value" of a record, without a store: a parent is not looked up. */
static void set_field(const char *text)
{
    static const struct gaz_name NAME = {.text = "甲路", .roman = "Jiǎ Lù"};
    struct gaz_ctx ctx = {.failure = ""};
    size_t len = strcspn(text, "=");
    const char *field = gaz_arena_strndup(&ctx.arena, text, len);
    struct api_record records[] = {
        {.place = {.names = &NAME, .name_count = 1, .category = 23510},
         .parent_name = "",
         .site_name = "",
         .division = ""},
        {.is_address = true,
         .address = {.text = "甲路1号", .number = "1号", .tail = ""},
         .parent_name = "",
         .site_name = "",
         .division = ""}};
    for (int i = 0; i < 2 && text[len] && strcmp(field, "parent") != 0; i++) {
        gaz_status status =
            api_fields_set(&ctx, NULL, &records[i], field, text + len + 1);
        for (const struct api_field *at = API_FIELDS;
             status == GAZ_OK && at->name; at++)
            if (!api_fields_text(&ctx.arena, &records[i], at, true))
                abort();
        ctx.failure[0] = '\0';
    }
    gaz_ctx_close(&ctx);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const PATHS[] = {"/v1/review/1", "/v1/review/bulk",
                                        "/v1/review/decisions"};
    open_once();
    if (size == 0)
        return 0;
    char *text = malloc(size);
    if (!text)
        return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    int status = 0;
    if (data[0] % 4 == 3)
        set_field(text);
    else if (data[0] % 4 == 2)
        status = fixture_post(&fixture, PATHS[2], "text/csv", text, size - 1);
    else
        status =
            fixture_decide(&fixture, PATHS[data[0] % 4], text, "\"1.1\"", NULL);
    free(text);
    if (status == 500 || status == 200)
        abort();
    return 0;
}
