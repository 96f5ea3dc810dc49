/* SPDX-License-Identifier: Apache-2.0 */
/* http_floor - civetweb and a constant: what a service on it can reach at most.
 *
 *     http_floor [BYTES]
 *
 * Answers every request with a JSON text of BYTES bytes (500), head and body in
 * one write, with the settings of the real service. Prints its address; ends
 * with the end of its standard input.
 */
#include <civetweb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"

enum { BYTES = 500, BYTES_MAX = 65536, HEAD_MAX = 512 };

struct constant {
    char text[BYTES_MAX + HEAD_MAX];
    size_t size;
};

static int answer(struct mg_connection *connection, void *user)
{
    const struct constant *constant = user;
    (void)mg_write(connection, constant->text, constant->size);
    return 200;
}

static void fill(struct constant *out, size_t bytes)
{
    int head = snprintf(out->text, HEAD_MAX,
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        "Content-Length: %zu\r\n\r\n",
                        bytes);
    memset(out->text + head, ' ', bytes);
    out->text[head] = '{';
    out->text[(size_t)head + bytes - 1] = '}';
    out->size = (size_t)head + bytes;
}

int main(int argc, char **argv)
{
    static const char *const SETTINGS[] = {"listening_ports",
                                           "127.0.0.1:0",
                                           "num_threads",
                                           "1280",
                                           "enable_keep_alive",
                                           "yes",
                                           "keep_alive_timeout_ms",
                                           "5000",
                                           "tcp_nodelay",
                                           "1",
                                           "enable_directory_listing",
                                           "no",
                                           NULL};
    static struct constant constant;
    int64_t bytes = BYTES;
    if (argc > 1 && (!gaz_text_parse_int(argv[1], &bytes) || bytes < 2 ||
                     bytes > BYTES_MAX))
        return 2;
    fill(&constant, (size_t)bytes);
    struct mg_callbacks callbacks = {0};
    (void)mg_init_library(0);
    struct mg_context *civet =
        mg_start(&callbacks, NULL, (const char **)SETTINGS);
    struct mg_server_port port;
    if (!civet || mg_get_server_ports(civet, 1, &port) < 1)
        return 1;
    mg_set_request_handler(civet, "/", answer, &constant);
    (void)printf("http://127.0.0.1:%d\n", port.port);
    (void)fflush(stdout);
    while (getchar() != EOF) {
    }
    mg_stop(civet);
    (void)mg_exit_library();
    return 0;
}
