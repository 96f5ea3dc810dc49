/* client.h - raw bytes to a server and back, for tests of what a well-behaved
 * client would never send. */
#ifndef TESTS_UNIT_API_CLIENT_H
#define TESTS_UNIT_API_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

enum { CLIENT_ANSWER_MAX = 1 << 16 };

/* An answer as it came; the body may be cut to what fits. */
struct client_answer {
    char text[CLIENT_ANSWER_MAX]; /* head and body */
    size_t size;
    int status; /* 0: the connection was closed without an answer */
    const char *body;
};

/* A port from a URL "http://127.0.0.1:1234/". */
int client_port(const char *url);
/* A connected socket; -1 on failure. */
int client_connect(int port);
/* The same, with a receive buffer that holds little. */
int client_connect_small(int port);
bool client_send(int socket, const char *bytes, size_t size);
bool client_send_text(int socket, const char *text);
/* Reads one answer, up to its Content-Length; waits at most `ms` for each part.
 * `is_head`: no body follows. */
void client_read(int socket, bool is_head, int ms, struct client_answer *out);
/* Connects, sends, reads, closes; returns the status. */
int client_ask(int port, const char *bytes, struct client_answer *out);
/* The value of a header in an answer, NULL when absent; one buffer a thread. */
const char *client_header(const struct client_answer *answer, const char *name);
/* True when the other side closes within `ms`. */
bool client_is_closed(int socket, int ms);
/* Milliseconds of the monotonic clock. */
long client_now_ms(void);
void client_sleep_ms(long ms);

#endif
