/* SPDX-License-Identifier: Apache-2.0 */
/* server_body.c - the body of a request: into memory, or to a file of a job. */
#include "api/server_parts.h"

#include <strings.h>

#include "api/jobs/ask.h"
#include "api/problem.h"
#include "api/socket.h"
#include "api/worker.h"
#include "gazetteer/base/clock.h"

enum {
    CHUNK_BYTES = 8192,
    MIN_RATE_BYTES_S = 16 * 1024, /* slower than this, after a grace: let go */
};

bool api_server_is_too_slow(const struct api_exchange *exchange,
                            int64_t began_us, int64_t done)
{
    int64_t late_us = gaz_clock_us() - began_us -
                      (int64_t)exchange->server->options.body_ms * 1000;
    return late_us > 0 && done < late_us / 1000 * MIN_RATE_BYTES_S / 1000;
}

/* What has come goes to the buffer of the desk, or to the job. */
static gaz_status keep(struct api_exchange *exchange, const char *data,
                       size_t size)
{
    if (exchange->request.draft)
        return api_jobs_receive_more(&exchange->desk->worker,
                                     exchange->request.draft, data, size);
    gaz_buffer_bytes(&exchange->desk->input, data, size);
    return GAZ_OK;
}

/* Reads `size` bytes of body. One byte is asked for when nothing waits in the
 * kernel: civetweb may hold some that came with the head, and else the wait is
 * at most idle_ms. */
static gaz_status read_body(struct api_exchange *exchange, int64_t size)
{
    struct api_worker *worker = &exchange->desk->worker;
    int socket = api_server_socket(exchange->info);
    int64_t began_us = gaz_clock_us();
    int64_t done = 0;
    char chunk[CHUNK_BYTES];
    gaz_status status = GAZ_OK;
    while (done < size && status == GAZ_OK) {
        int64_t left = size - done;
        size_t waiting = api_socket_waiting(socket);
        size_t want =
            left < (int64_t)sizeof(chunk) ? (size_t)left : sizeof(chunk);
        if (waiting < want)
            want = waiting > 0 ? waiting : 1;
        int got = mg_read(exchange->conn, chunk, want);
        if (got <= 0 || api_server_is_too_slow(exchange, began_us, done)) {
            exchange->has_unread = true;
            return api_problem_fail(worker, GAZ_LIMIT, 408,
                                    "请求体没有及时到达",
                                    "the body came too slowly: %lld of %lld "
                                    "bytes",
                                    (long long)done, (long long)size);
        }
        status = keep(exchange, chunk, (size_t)got);
        done += got;
    }
    exchange->has_unread = done < size;
    return status;
}

/* What can be refused is refused before the table is sent. */
static gaz_status begin_job(struct api_exchange *exchange, int64_t length)
{
    struct api_worker *worker = &exchange->desk->worker;
    struct api_job asked;
    gaz_status status =
        api_route_check(worker, exchange->route, &exchange->request);
    if (status == GAZ_OK)
        status = api_jobs_ask_parse(worker, &exchange->request, &asked);
    if (status == GAZ_OK)
        status = api_jobs_receive(exchange->server->jobs, worker, &asked,
                                  length, &exchange->request.draft);
    return status;
}

/* Sets what the body goes to. */
static gaz_status prepare(struct api_exchange *exchange, int64_t length)
{
    struct api_worker *worker = &exchange->desk->worker;
    bool is_job = false;
    if (exchange->route->flags & API_SPOOLS) {
        gaz_status status =
            api_jobs_ask_mode(worker, &exchange->request, &is_job);
        if (status != GAZ_OK)
            return status;
    }
    if (is_job)
        return begin_job(exchange, length);
    if (length <= API_BODY_MAX_BYTES)
        return GAZ_OK;
    return api_problem_fail(worker, GAZ_LIMIT, 413, "请求体过大",
                            "body of %lld bytes, at most %d%s",
                            (long long)length, (int)API_BODY_MAX_BYTES,
                            exchange->route->flags & API_SPOOLS
                                ? "; a job takes more (mode=job)"
                                : "");
}

gaz_status api_server_take_body(struct api_exchange *exchange)
{
    const int64_t length = exchange->info->content_length;
    bool is_wanted = exchange->route && exchange->route->consumes;
    exchange->has_unread = length > 0;
    if (!is_wanted)
        return GAZ_OK;
    if (length < 0)
        return api_problem_fail(&exchange->desk->worker, GAZ_INVALID, 411,
                                "须注明请求长度",
                                "a body with a Content-Length is needed");
    gaz_status status = prepare(exchange, length);
    if (status != GAZ_OK)
        return status;
    const char *expect = mg_get_header(exchange->conn, "Expect");
    if (expect && strcasecmp(expect, "100-continue") == 0 && length > 0)
        (void)mg_write(exchange->conn, "HTTP/1.1 100 Continue\r\n\r\n", 25);
    status = read_body(exchange, length);
    const struct gaz_buffer *input = &exchange->desk->input;
    exchange->request.body = input->data ? input->data : "";
    exchange->request.body_size = input->size;
    return status;
}
