/* server.h - a host that answers as scripted, for the tests of fetch.
 *
 * A thread on 127.0.0.1 gives one answer for each connection; the last one is
 * given again and again. TMPDIR is a folder of the test's own, which must be
 * empty at the end.
 */
#ifndef TESTS_UNIT_IMPORTERS_SERVER_H
#define TESTS_UNIT_IMPORTERS_SERVER_H

#include "tests/unit/importers/bench.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>

#include "importers/fetch.h"

enum { ANSWERS_MAX = 4, REQUESTS_MAX = 8, REQUEST_BYTES = 4096 };

struct server {
    int listener;
    int port;
    pthread_t thread;
    const char *const *answers; /* ends with NULL */
    bool drips;                 /* goes on with a byte now and then */
    int asked;                  /* read once the thread has ended */
    char requests[REQUESTS_MAX][REQUEST_BYTES];
};

/* ---- the server; no assertion in its thread ---- */

static inline void send_text(int fd, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        const ssize_t sent = send(fd, text, left, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        text += sent;
        left -= (size_t)sent;
    }
}

/* Until the client goes, or for two seconds. */
static inline void drip(int fd)
{
    enum { DROPS = 100, BETWEEN_MS = 20 };
    struct pollfd gone = {.fd = fd, .events = POLLIN};
    for (int i = 0; i < DROPS; i++) {
        if (poll(&gone, 1, BETWEEN_MS) != 0)
            return;
        send_text(fd, "x");
    }
}

static inline void read_request(int fd, char *request)
{
    const struct timeval patience = {.tv_usec = 300000};
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    size_t size = 0;
    while (size < REQUEST_BYTES - 1 && !strstr(request, "\r\n\r\n")) {
        const ssize_t got =
            recv(fd, request + size, REQUEST_BYTES - 1 - size, 0);
        if (got <= 0)
            return;
        size += (size_t)got;
        request[size] = '\0';
    }
}

static inline void *serve(void *user)
{
    struct server *s = user;
    const char *const *answer = s->answers;
    for (;;) {
        const int fd = accept(s->listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        char rest[REQUEST_BYTES] = "";
        read_request(fd,
                     s->asked < REQUESTS_MAX ? s->requests[s->asked] : rest);
        s->asked++;
        send_text(fd, *answer);
        if (s->drips)
            drip(fd);
        if (answer[1])
            answer++;
        (void)shutdown(fd, SHUT_WR);
        (void)close(fd);
    }
}

static inline int bind_port(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return fd;
}

static inline void start_server(struct server *s, const char *const *answers,
                                bool drips)
{
    memset(s, 0, sizeof(*s));
    s->answers = answers;
    s->drips = drips;
    s->listener = bind_port(&s->port);
    assert_int_equal(listen(s->listener, REQUESTS_MAX), 0);
    assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static inline void stop_server(struct server *s)
{
    (void)shutdown(s->listener, SHUT_RDWR);
    (void)pthread_join(s->thread, NULL);
    (void)close(s->listener);
}

/* ---- the bench ---- */

static char folder[64];

static inline int set_up(void **state)
{
    (void)state;
    static const char *const PROXIES[] = {
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    for (size_t i = 0; i < COUNT(PROXIES); i++)
        (void)unsetenv(PROXIES[i]);
    (void)snprintf(folder, sizeof(folder), "/tmp/diming-test-fetch-XXXXXX");
    return mkdtemp(folder) ? setenv("TMPDIR", folder, 1) : -1;
}

static inline int tear_down(void **state)
{
    (void)state;
    return rmdir(folder); /* fails when a file is left */
}

static inline int files_left(void)
{
    int count = -2; /* . and .. */
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    while (readdir(dir))
        count++;
    (void)closedir(dir);
    return count;
}

static inline const char *read_text(struct gaz_ctx *ctx, const char *path)
{
    struct gaz_map map;
    assert_status_of(ctx, gaz_file_map(ctx, path, &map), GAZ_OK);
    const char *text =
        gaz_arena_strndup(&ctx->arena, map.data ? map.data : "", map.size);
    gaz_file_unmap(&map);
    return text;
}

static const struct imp_fetch_options QUICK = {
    .max_bytes = 1000, .total_ms = 5000, .pause_ms = 1};

#define HEAD(status) "HTTP/1.1 " status "\r\nConnection: close\r\n"
#define BODY(length, text) "Content-Length: " length "\r\n\r\n" text
#define OK_HELLO HEAD("200 OK") BODY("5", "hello")
#define TO(target)                                                             \
    HEAD("302 Found") "Location: " target "\r\n" BODY("4", "away")
#define TEN "xxxxxxxxxx"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define CHUNK "64\r\n" HUNDRED "\r\n"

#endif
