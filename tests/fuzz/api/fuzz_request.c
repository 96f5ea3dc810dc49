/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_request.c - a whole request, as it comes from the wire, to the real
 * server: head, framing, access, body, route table, handlers, reply. Only the
 * web server library and the sending of webhooks are put on (fake_civetweb.h).
 *
 * The first byte chooses who asks: nobody, or a key of one of the five roles.
 * The rest is the request. The database is canary.h's; what writes change stays
 * for the next input. An answer must be a well-formed one, never 500, and hold
 * no word that is not for who asks.
 */
#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/hooks/post.h"
#include "api/server.h"
#include "gazetteer/base/text.h"
#include "tests/fuzz/api/fake_civetweb.h"
#include "tests/unit/api/canary.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    REQUEST_MAX = 65536,
    ANSWER_MAX = 80 * 1024 * 1024,
    PARSED_MAX = 1 << 20,
};

static struct gaz_ctx ctx;
static struct canary_world world;
static struct api_server *server;
static char jobs[CANARY_PATH_BYTES + 8];

/* ---- nothing is sent to subscribers ---- */

struct api_poster {
    char unused;
};

bool api_post_check_url(const char *url, const char **why_not)
{
    *why_not = "";
    return gaz_text_starts_with(url, "https://");
}

bool api_post_may_connect(const char *address, bool url_is_own,
                          bool allows_private)
{
    return address && (url_is_own || allows_private);
}

gaz_status api_post_open(struct gaz_ctx *own,
                         const struct api_post_options *options,
                         struct api_poster **out)
{
    static struct api_poster none;
    *out = &none;
    return options ? GAZ_OK : gaz_fail(own, GAZ_INVALID, "no options");
}

void api_post_close(struct api_poster *poster)
{
    (void)poster;
}

gaz_status api_post_start(struct gaz_ctx *own, struct api_poster *poster,
                          const char *url, const char *const *headers,
                          const char *body, size_t size, void *user)
{
    (void)poster;
    (void)headers;
    (void)body;
    (void)size;
    (void)user;
    return gaz_fail(own, GAZ_IO, "%s is not asked", url);
}

bool api_post_wait(struct api_poster *poster, int wait_ms,
                   struct api_post_result *out)
{
    (void)poster;
    *out = (struct api_post_result){.status = 0};
    const struct timespec pause = {.tv_nsec = wait_ms > 0 ? 10000000 : 0};
    (void)nanosleep(&pause, NULL);
    return false;
}

void api_post_wake(struct api_poster *poster)
{
    (void)poster;
}

/* ---- the server ---- */

static void close_all(void)
{
    api_server_close(server);
    (void)canary_close(&world);
    gaz_ctx_close(&ctx);
}

static void open_once(void)
{
    if (server)
        return;
    canary_open(&ctx, &world);
    (void)snprintf(jobs, sizeof(jobs), "%s/jobs", world.folder);
    const struct api_server_options options = {
        .snapshot = world.snapshot,
        .no_rebuild = true,
        .gives_gcj02 = true,
        .cors_origin = "https://example.org",
        .gate = {.db = world.db},
        .jobs = {.dir = jobs,
                 .body_max_bytes = 1 << 20,
                 .queue_max = 4,
                 .running_max = 1,
                 .threads = 1,
                 .keep_ms = 1000},
    };
    if (api_server_open(&ctx, &options, &server) != GAZ_OK) {
        (void)fprintf(stderr, "%s\n", gaz_ctx_failure(&ctx));
        abort();
    }
    (void)atexit(close_all);
}

/* ---- what an answer must be ---- */

static void stop(const char *what, const char *answer)
{
    (void)fprintf(stderr, "%s:\n%.2000s\n", what, answer);
    abort();
}

/* "HTTP/1.1 200 OK", then names and values, each line ended by CRLF. */
static const char *check_head(const char *answer, int *status, int64_t *length)
{
    int lengths = 0;
    char digits[4] = "";
    int64_t number = 0;
    const char *end = strstr(answer, "\r\n\r\n");
    if (!gaz_text_starts_with(answer, "HTTP/1.1 ") || !end)
        stop("no head", answer);
    memcpy(digits, answer + 9, 3);
    if (!gaz_text_parse_int(digits, &number))
        stop("no status", answer);
    *status = (int)number;
    *length = 0;
    for (const char *line = strstr(answer, "\r\n"); line < end;) {
        line += 2;
        const size_t size = strcspn(line, "\r\n");
        const char *colon = memchr(line, ':', size);
        if (!colon || line[size] != '\r' || line[size + 1] != '\n')
            stop("a header that is none", answer);
        for (size_t i = 0; i < size; i++)
            if ((unsigned char)line[i] < ' ' && line[i] != '\t')
                stop("a control character in a header", answer);
        if (gaz_text_starts_with(line, "Content-Length: ")) {
            char text[24];
            (void)snprintf(text, sizeof(text), "%.*s",
                           (int)(size - 16 < 23 ? size - 16 : 23), line + 16);
            if (!gaz_text_parse_int(text, length))
                stop("a length that is none", answer);
            lengths++;
        }
        line += size;
    }
    if (lengths > 1)
        stop("two lengths", answer);
    return end + 4;
}

static void check_json(const char *answer, const char *body, size_t size)
{
    const char *type = strstr(answer, "\r\nContent-Type: application/");
    if (!type || type > body || size == 0 || size > PARSED_MAX)
        return;
    const size_t line = strcspn(type + 2, "\r");
    char value[128];
    (void)snprintf(value, sizeof(value), "%.*s", (int)line, type + 2);
    if (!strstr(value, "json") || strstr(value, "ndjson"))
        return;
    json_t *root = json_loadb(body, size, JSON_DECODE_ANY, NULL);
    if (!root)
        stop("JSON that is none", answer);
    json_decref(root);
}

/* An answer may repeat what was asked, so a word of the request is no leak. */
static void check_words(unsigned role, const char *request, size_t request_size,
                        const struct gaz_buffer *answer)
{
    const struct canary *seen = NULL;
    while ((seen = canary_next(answer->data, answer->size, seen)) != NULL) {
        const struct canary *asked = NULL;
        while ((asked = canary_next(request, request_size, asked)) != NULL)
            if (asked == seen)
                break;
        if (!(seen->roles & role) && asked != seen)
            stop(seen->label, answer->data);
    }
}

static void check(unsigned role, const char *request, size_t request_size,
                  struct gaz_buffer *answer)
{
    static const char CONTINUE[] = "HTTP/1.1 100 Continue\r\n\r\n";
    int status;
    int64_t length;
    gaz_buffer_char(answer, '\0');
    if (answer->full)
        stop("too large", "");
    const char *text = answer->data;
    size_t size = answer->size - 1;
    if (gaz_text_starts_with(text, CONTINUE)) {
        text += sizeof(CONTINUE) - 1;
        size -= sizeof(CONTINUE) - 1;
    }
    const char *body = check_head(text, &status, &length);
    const size_t got = size - (size_t)(body - text);
    const bool is_head = gaz_text_starts_with(request, "HEAD ");
    if (status < 200 || status == 500 || status > 599)
        stop("a status that must not be", text);
    if (is_head ? got != 0 : got != (size_t)length)
        stop("a body of another length", text);
    check_json(text, body, got);
    check_words(role, request, request_size, answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_buffer request;
    struct gaz_buffer answer;
    open_once();
    if (size < 2 || size > REQUEST_MAX)
        return 0;
    const int asker = data[0] % (CANARY_ROLES + 1);
    const char *text = (const char *)data + 1;
    const char *line = memchr(text, '\n', size - 1);
    const size_t first = line ? (size_t)(line + 1 - text) : size - 1;
    gaz_buffer_open(&request, (size_t)2 * REQUEST_MAX);
    gaz_buffer_open(&answer, ANSWER_MAX);
    gaz_buffer_bytes(&request, text, first);
    if (asker > 0)
        gaz_buffer_printf(&request, "%sX-Api-Key: %s\r\n", line ? "" : "\r\n",
                          world.keys[asker - 1]);
    gaz_buffer_bytes(&request, text + first, size - 1 - first);
    if (fake_civetweb_ask(request.data, request.size, &answer))
        check(asker > 0 ? 1U << (asker - 1) : 0, text, size - 1, &answer);
    gaz_buffer_close(&request);
    gaz_buffer_close(&answer);
    return 0;
}
