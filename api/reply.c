/* SPDX-License-Identifier: Apache-2.0 */
#include "api/reply.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "api/problem.h"
#include "gazetteer/base/text.h"

bool api_reply_has_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

static void write_header(struct gaz_buffer *out, const char *name,
                         const char *value)
{
    if (!value)
        return;
    gaz_buffer_text(out, name);
    gaz_buffer_text(out, ": ");
    gaz_buffer_text(out, value);
    gaz_buffer_text(out, "\r\n");
}

static void write_date(struct gaz_buffer *out)
{
    static const char *const DAYS[] = {"Sun", "Mon", "Tue", "Wed",
                                       "Thu", "Fri", "Sat"};
    static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr",
                                         "May", "Jun", "Jul", "Aug",
                                         "Sep", "Oct", "Nov", "Dec"};
    time_t now = time(NULL);
    struct tm tm;
    (void)gmtime_r(&now, &tm);
    gaz_buffer_printf(out, "Date: %s, %02d %s %d %02d:%02d:%02d GMT\r\n",
                      DAYS[tm.tm_wday], tm.tm_mday, MONTHS[tm.tm_mon],
                      tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

void api_reply_write_head(const struct api_reply *reply, struct gaz_buffer *out)
{
    const struct api_response *response = reply->response;
    const size_t size =
        response->has_file ? response->file.size : response->body->size;
    gaz_buffer_printf(out, "HTTP/1.1 %d %s\r\n", response->status,
                      api_problem_reason(response->status));
    write_date(out);
    if (api_reply_has_body(response->status)) {
        write_header(out, "Content-Type", response->content_type);
        gaz_buffer_printf(out, "Content-Length: %zu\r\n", size);
    }
    write_header(out, "ETag", response->etag);
    write_header(out, "Cache-Control", response->cache_control);
    write_header(out, "Content-Disposition", response->disposition);
    write_header(out, "Location", response->location);
    write_header(out, "Allow", response->allow);
    write_header(out, "WWW-Authenticate", response->challenge);
    write_header(out, "Content-Security-Policy", response->csp);
    write_header(out, "Content-Crs", response->content_crs);
    write_header(out, "Preference-Applied", response->preference);
    write_header(out, "Vary", response->varies ? "Accept" : NULL);
    write_header(out, "Vary",
                 response->varies_by_key ? "Authorization, X-Api-Key" : NULL);
    if (response->retry_after_s > 0)
        gaz_buffer_printf(out, "Retry-After: %d\r\n", response->retry_after_s);
    write_header(out, "Access-Control-Allow-Origin", reply->cors_origin);
    if (reply->cors_origin)
        write_header(out, "Access-Control-Expose-Headers", "ETag, Location");
    if (reply->cors_origin && response->allow) {
        write_header(out, "Access-Control-Allow-Methods", response->allow);
        write_header(out, "Access-Control-Allow-Headers",
                     "Content-Type, Authorization, X-Api-Key, Prefer, "
                     "If-Match, Idempotency-Key");
    }
    write_header(out, "X-Content-Type-Options", "nosniff");
    write_header(out, "X-Request-Id", reply->id);
    write_header(out, "Connection", reply->closes ? "close" : NULL);
    gaz_buffer_text(out, "\r\n");
}

void api_reply_make_id(unsigned long long number, char out[20])
{
    unsigned long long mixed =
        gaz_text_hash((const char *)&number, sizeof(number));
    (void)snprintf(out, 20, "%016llx", mixed);
}

/* Nothing that a client sends may break a line of the log. */
static void copy_path(char *out, size_t size, const char *uri)
{
    size_t len = strcspn(uri, "?");
    if (len > size - 1)
        len = size - 1;
    for (size_t i = 0; i < len; i++) {
        char c = uri[i];
        out[i] = c > ' ' && c < 0x7f && c != '"' ? c : '?';
    }
    out[len] = '\0';
}

void api_reply_log_line(char *out, size_t size,
                        const struct api_log_entry *entry)
{
    char path[256];
    copy_path(path, sizeof(path), entry->uri ? entry->uri : "");
    time_t now = time(NULL);
    struct tm tm;
    (void)gmtime_r(&now, &tm);
    (void)snprintf(out, size,
                   "%04d-%02d-%02dT%02d:%02d:%02dZ id=%s %.16s %s %d %.2fms "
                   "%zuB%s%s",
                   tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                   tm.tm_min, tm.tm_sec, entry->id, entry->method, path,
                   entry->status, entry->ms, entry->bytes,
                   entry->failure[0] ? " " : "", entry->failure);
}
