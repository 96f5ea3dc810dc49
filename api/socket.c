/* SPDX-License-Identifier: Apache-2.0 */
#include "api/socket.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gazetteer/base/clock.h"

enum {
    DESCRIPTORS_MAX = 65536,
    GAP_MAX = 256, /* closed descriptors in a row: no open one follows */
    POLL_MS = 50,
    CHUNK_BYTES = 8192,
};

static bool is_end(const struct sockaddr_in *end, int port)
{
    return end->sin_family == AF_INET && ntohs(end->sin_port) == port;
}

int api_socket_find(const char *remote_addr, int remote_port, int own_port)
{
    int gap = 0;
    for (int fd = 3; fd < DESCRIPTORS_MAX && gap < GAP_MAX; fd++) {
        struct sockaddr_in peer = {.sin_port = 0};
        struct sockaddr_in own = {.sin_port = 0};
        socklen_t peer_size = sizeof(peer);
        socklen_t own_size = sizeof(own);
        char text[INET_ADDRSTRLEN];
        if (getpeername(fd, (struct sockaddr *)&peer, &peer_size) != 0) {
            gap++;
            continue;
        }
        gap = 0;
        if (is_end(&peer, remote_port) &&
            getsockname(fd, (struct sockaddr *)&own, &own_size) == 0 &&
            is_end(&own, own_port) &&
            inet_ntop(AF_INET, &peer.sin_addr, text, sizeof(text)) &&
            strcmp(text, remote_addr) == 0)
            return fd;
    }
    return -1;
}

size_t api_socket_waiting(int socket)
{
    int waiting = 0;
    if (socket < 0 || ioctl(socket, FIONREAD, &waiting) != 0 || waiting < 0)
        return 0;
    return (size_t)waiting;
}

bool api_socket_is_writable(int socket, int ms)
{
    struct pollfd ready = {.fd = socket, .events = POLLOUT};
    return socket < 0 || poll(&ready, 1, ms) != 0;
}

void api_socket_drain(int socket, size_t max_bytes, int max_ms)
{
    int64_t until_us = gaz_clock_us() + (int64_t)max_ms * 1000;
    size_t drained = 0;
    char chunk[CHUNK_BYTES];
    while (socket >= 0 && drained < max_bytes && gaz_clock_us() < until_us) {
        struct pollfd waiting = {.fd = socket, .events = POLLIN};
        if (poll(&waiting, 1, POLL_MS) <= 0)
            continue;
        ssize_t got = recv(socket, chunk, sizeof(chunk), MSG_DONTWAIT);
        if (got <= 0)
            return;
        drained += (size_t)got;
    }
}
