/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/fuzz/api/fake_civetweb.h"

#include <civetweb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/base/text.h"

struct mg_context {
    struct mg_callbacks callbacks;
    void *user;
};

struct mg_connection {
    struct mg_request_info info;
    struct gaz_arena arena;
    const char *body;
    size_t size;
    size_t read;
    struct gaz_buffer *out;
};

static struct mg_context server;

/* ---- what the server calls ---- */

unsigned mg_init_library(unsigned features)
{
    return features;
}

unsigned mg_exit_library(void)
{
    return 0;
}

struct mg_context *mg_start(const struct mg_callbacks *callbacks, void *user,
                            const char **options)
{
    (void)options;
    server.callbacks = *callbacks;
    server.user = user;
    return &server;
}

void mg_stop(struct mg_context *context)
{
    context->user = NULL;
}

int mg_get_server_ports(const struct mg_context *context, int size,
                        struct mg_server_port *ports)
{
    (void)context;
    (void)size;
    ports[0] = (struct mg_server_port){.protocol = 1, .port = 1};
    return 1;
}

const struct mg_request_info *
mg_get_request_info(const struct mg_connection *conn)
{
    return &conn->info;
}

void *mg_get_user_context_data(const struct mg_connection *conn)
{
    (void)conn;
    return server.user;
}

const char *mg_get_header(const struct mg_connection *conn, const char *name)
{
    for (int i = 0; i < conn->info.num_headers; i++)
        if (strcasecmp(conn->info.http_headers[i].name, name) == 0)
            return conn->info.http_headers[i].value;
    return NULL;
}

void mg_disable_connection_keep_alive(struct mg_connection *conn)
{
    (void)conn;
}

int mg_send_http_error(struct mg_connection *conn, int status,
                       const char *format, ...)
{
    (void)conn;
    (void)status;
    (void)format;
    abort(); /* only when there is no memory */
}

int mg_write(struct mg_connection *conn, const void *data, size_t size)
{
    gaz_buffer_bytes(conn->out, data, size);
    return (int)size;
}

/* A body that is shorter than its length ends, as when the client goes away. */
int mg_read(struct mg_connection *conn, void *data, size_t size)
{
    const size_t left = conn->size - conn->read;
    const size_t got = left < size ? left : size;
    memcpy(data, conn->body + conn->read, got);
    conn->read += got;
    return (int)got;
}

/* ---- reading a request ---- */

/* The next line without its end; moves on. */
static char *take_line(struct gaz_arena *arena, const char **at,
                       const char *end)
{
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    const char *next = stop ? stop + 1 : end;
    if (!stop)
        stop = end;
    if (stop > *at && stop[-1] == '\r')
        stop--;
    char *line = gaz_arena_strndup(arena, *at, (size_t)(stop - *at));
    *at = next;
    return line;
}

static void add_header(struct mg_request_info *info, char *line)
{
    char *colon = strchr(line, ':');
    if (!colon || colon == line || info->num_headers == MG_MAX_HEADERS)
        return; /* more are dropped, silently */
    *colon = '\0';
    info->http_headers[info->num_headers++] = (struct mg_header){
        .name = line, .value = colon + 1 + strspn(colon + 1, " \t")};
}

static void set_length(struct mg_connection *conn)
{
    struct mg_request_info *info = &conn->info;
    if (conn->size > 0 && !mg_get_header(conn, "Content-Length") &&
        !mg_get_header(conn, "Transfer-Encoding") &&
        info->num_headers < MG_MAX_HEADERS)
        info->http_headers[info->num_headers++] = (struct mg_header){
            .name = "Content-Length",
            .value = gaz_arena_printf(&conn->arena, "%zu", conn->size)};
    const char *length = mg_get_header(conn, "Content-Length");
    int64_t value = 0;
    info->content_length = -1;
    if (length && gaz_text_parse_int(length, &value) && value >= 0)
        info->content_length = value;
}

static bool is_uri(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] <= ' ' || (unsigned char)text[i] > 126)
            return false;
    return true;
}

/* civetweb gives up at a byte that is none of a URI, and leaves the head. */
static void give_error(struct mg_connection *conn, char *line, size_t method)
{
    line[method] = '\0';
    conn->info.request_method = line;
    conn->info.request_uri = line + method + 1;
    conn->info.num_headers = 0;
    (void)server.callbacks.http_error(conn, 400, "");
}

static void give_request(struct mg_connection *conn, char *line, size_t method)
{
    struct mg_request_info *info = &conn->info;
    char *uri = line + method + 1;
    char *version = strchr(uri, ' ');
    line[method] = '\0';
    if (version)
        *version++ = '\0';
    info->http_version =
        version && strcmp(version, "HTTP/1.0") == 0 ? "1.0" : "1.1";
    char *mark = strchr(uri, '?');
    if (mark)
        *mark++ = '\0';
    info->request_method = line;
    info->request_uri = uri;
    info->query_string = mark;
    (void)server.callbacks.begin_request(conn);
}

bool fake_civetweb_ask(const char *text, size_t size, struct gaz_buffer *out)
{
    static struct mg_connection conn; /* 64 headers: not for the stack */
    const char *at = text;
    const char *end = text + size;
    conn = (struct mg_connection){.out = out};
    (void)snprintf(conn.info.remote_addr, sizeof(conn.info.remote_addr), "%s",
                   "127.0.0.1");
    char *first = take_line(&conn.arena, &at, end);
    size_t method = strcspn(first, " ");
    bool is_asked = method > 0 && first[method] == ' ' && first[method + 1];
    while (at < end) {
        char *line = take_line(&conn.arena, &at, end);
        if (!*line)
            break;
        add_header(&conn.info, line);
    }
    conn.body = at;
    conn.size = (size_t)(end - at);
    set_length(&conn);
    const char *uri = is_asked ? first + method + 1 : "";
    if (is_asked && is_uri(uri, strcspn(uri, " ")))
        give_request(&conn, first, method);
    else if (is_asked)
        give_error(&conn, first, method);
    gaz_arena_close(&conn.arena);
    return is_asked;
}
