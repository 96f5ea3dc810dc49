/* fake_civetweb.h - the web server library without sockets: a request is given
 * as bytes, and what the real server's callbacks write is kept.
 *
 * Linked into a program, its functions take the place of the library's, so that
 * api/server.c runs as it is: head, framing, gate, body, route, handler, reply.
 * It reads a head as civetweb 1.15 does, as far as the callbacks can tell.
 */
#ifndef TESTS_FUZZ_API_FAKE_CIVETWEB_H
#define TESTS_FUZZ_API_FAKE_CIVETWEB_H

#include <stdbool.h>
#include <stddef.h>

#include "gazetteer/base/buffer.h"

/* fake_civetweb_ask gives a request to the server that called mg_start: "GET
 * /path HTTP/1.1", header lines and an empty line, ended by LF or CRLF, then
 * the body; a Content-Length of its own is made when there is none and a body.
 * The answer is appended to `out`. False: no request line; nothing is asked. */
bool fake_civetweb_ask(const char *text, size_t size, struct gaz_buffer *out);

#endif
