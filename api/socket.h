/* socket.h - the socket behind a connection of the web server.
 *
 * civetweb's mg_read blocks until all that it was asked for has come, each byte
 * of a dripping client starts its timeout anew, and it does not show the
 * socket. So the socket is found by its two ends, and only what has arrived is
 * asked for; then deadlines hold.
 */
#ifndef API_SOCKET_H
#define API_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* api_socket_find returns the descriptor of the TCP connection from
 * `remote_addr` ("127.0.0.1") and `remote_port` to `own_port`, or -1. */
int api_socket_find(const char *remote_addr, int remote_port, int own_port);

/* api_socket_waiting returns how many bytes have arrived; 0 for -1. */
size_t api_socket_waiting(int socket);

/* api_socket_is_writable waits up to `ms`; true for -1 (unknown). */
bool api_socket_is_writable(int socket, int ms);

/* api_socket_drain throws away what arrives, for a moment: closing a socket
 * with unread bytes resets it, and the client would not see the answer. */
void api_socket_drain(int socket, size_t max_bytes, int max_ms);

#endif
