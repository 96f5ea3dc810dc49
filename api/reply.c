/* SPDX-License-Identifier: Apache-2.0 */
#include "api/reply.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "api/problem.h"
#include "gazetteer/base/date.h"
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

/* A number of `digits` digits, or more. */
static char *put_number(char *at, uint64_t value, int digits)
{
    char text[20];
    int count = 0;
    do {
        text[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0 || count < digits);
    while (count > 0)
        *at++ = text[--count];
    return at;
}

static char *put_text(char *at, const char *text)
{
    while (*text)
        *at++ = *text++;
    return at;
}

/* By hand: the C library would take a lock for the time zone. */
static void write_date(struct gaz_buffer *out)
{
    static const char *const DAYS[] = {"Thu", "Fri", "Sat", "Sun",
                                       "Mon", "Tue", "Wed"}; /* of 1970 on */
    static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr",
                                         "May", "Jun", "Jul", "Aug",
                                         "Sep", "Oct", "Nov", "Dec"};
    enum { LINE_BYTES = 64, DAY_S = 86400 };
    const uint64_t now = (uint64_t)time(NULL);
    const uint64_t second = now % DAY_S;
    const uint32_t date = (uint32_t)gaz_date_of_unix((int64_t)now);
    char *at = date ? gaz_buffer_room(out, LINE_BYTES) : NULL;
    if (!at)
        return;
    at = put_text(at, "Date: ");
    at = put_text(at, DAYS[now / DAY_S % 7]);
    at = put_text(at, ", ");
    at = put_number(at, date % 100, 2);
    *at++ = ' ';
    at = put_text(at, MONTHS[date / 100 % 100 - 1]);
    *at++ = ' ';
    at = put_number(at, date / 10000, 4);
    *at++ = ' ';
    at = put_number(at, second / 3600, 2);
    *at++ = ':';
    at = put_number(at, second / 60 % 60, 2);
    *at++ = ':';
    at = put_number(at, second % 60, 2);
    at = put_text(at, " GMT\r\n");
    gaz_buffer_wrote(out, at);
}

static void write_number(struct gaz_buffer *out, const char *before,
                         uint64_t value)
{
    char text[20];
    gaz_buffer_text(out, before);
    gaz_buffer_bytes(out, text, (size_t)(put_number(text, value, 1) - text));
}

void api_reply_write_head(const struct api_reply *reply, struct gaz_buffer *out)
{
    const struct api_response *response = reply->response;
    const size_t size =
        response->has_file ? response->file.size : response->body->size;
    write_number(out, "HTTP/1.1 ", (uint64_t)response->status);
    gaz_buffer_char(out, ' ');
    gaz_buffer_text(out, api_problem_reason(response->status));
    gaz_buffer_text(out, "\r\n");
    write_date(out);
    if (api_reply_has_body(response->status)) {
        write_header(out, "Content-Type", response->content_type);
        write_number(out, "Content-Length: ", size);
        gaz_buffer_text(out, "\r\n");
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

const char *api_reply_write_hex(uint64_t value, char *out)
{
    for (int i = 15; i >= 0; i--, value >>= 4)
        out[i] = "0123456789abcdef"[value & 15];
    out[16] = '\0';
    return out;
}

void api_reply_make_id(unsigned long long number, char out[20])
{
    unsigned long long mixed =
        gaz_text_hash((const char *)&number, sizeof(number));
    api_reply_write_hex(mixed, out);
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
