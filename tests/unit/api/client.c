/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/api/client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "gazetteer/base/text.h"

static int parse_number(const char *text)
{
    char digits[16];
    int64_t value = 0;
    size_t len = strspn(text, "0123456789");
    (void)snprintf(digits, sizeof(digits), "%.*s", (int)len, text);
    return gaz_text_parse_int(digits, &value) ? (int)value : 0;
}

int client_port(const char *url)
{
    return parse_number(strrchr(url, ':') + 1);
}

static int connect_socket(int fd, int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

int client_connect_small(int port)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int bytes = 16 * 1024;
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
    return connect_socket(fd, port);
}

int client_connect(int port)
{
    return connect_socket(socket(AF_INET, SOCK_STREAM, 0), port);
}

bool client_send(int socket, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(socket, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

bool client_send_text(int socket, const char *text)
{
    return client_send(socket, text, strlen(text));
}

const char *client_header(const struct client_answer *answer, const char *name)
{
    static _Thread_local char value[512];
    size_t len = strlen(name);
    const char *line = answer->text;
    const char *end = answer->body ? answer->body : line + answer->size;
    while ((line = strstr(line, "\r\n")) != NULL && line < end) {
        line += 2;
        if (strncasecmp(line, name, len) == 0 && line[len] == ':') {
            const char *at = line + len + 1 + strspn(line + len + 1, " ");
            (void)snprintf(value, sizeof(value), "%.*s",
                           (int)strcspn(at, "\r\n"), at);
            return value;
        }
    }
    return NULL;
}

static bool read_more(int socket, int ms, struct client_answer *out)
{
    struct pollfd ready = {.fd = socket, .events = POLLIN};
    size_t room = sizeof(out->text) - 1 - out->size;
    if (room == 0 || poll(&ready, 1, ms) <= 0)
        return false;
    ssize_t got = recv(socket, out->text + out->size, room, 0);
    if (got <= 0)
        return false;
    out->size += (size_t)got;
    out->text[out->size] = '\0';
    return true;
}

void client_read(int socket, bool is_head, int ms, struct client_answer *out)
{
    out->size = 0;
    out->status = 0;
    out->body = NULL;
    out->text[0] = '\0';
    const char *end;
    while ((end = strstr(out->text, "\r\n\r\n")) == NULL)
        if (!read_more(socket, ms, out))
            return;
    out->body = end + 4;
    out->status = parse_number(out->text + strlen("HTTP/1.1 "));
    const char *length = client_header(out, "Content-Length");
    size_t want = length && !is_head ? (size_t)parse_number(length) : 0;
    while (out->size - (size_t)(out->body - out->text) < want)
        if (!read_more(socket, ms, out))
            return;
}

int client_ask(int port, const char *bytes, struct client_answer *out)
{
    int fd = client_connect(port);
    out->status = -1;
    if (fd < 0)
        return -1;
    (void)client_send_text(fd, bytes);
    client_read(fd, strncmp(bytes, "HEAD", 4) == 0, 10000, out);
    (void)close(fd);
    return out->status;
}

bool client_is_closed(int socket, int ms)
{
    char byte;
    struct pollfd ready = {.fd = socket, .events = POLLIN};
    long until = client_now_ms() + ms;
    while (client_now_ms() < until)
        if (poll(&ready, 1, 50) > 0 && recv(socket, &byte, 1, 0) <= 0)
            return true;
    return false;
}

long client_now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void client_sleep_ms(long ms)
{
    struct timespec wait = {ms / 1000, ms % 1000 * 1000000};
    (void)nanosleep(&wait, NULL);
}
