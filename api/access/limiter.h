/* limiter.h - how many requests one address may send: a token bucket each.
 *
 * A bucket fills with `rate` tokens a second up to `burst`, and a request takes
 * one. The table is of fixed size: an address that was not seen for long is
 * forgotten first, and a flood of addresses costs no memory. Two addresses
 * whose places collide share a row of eight; the fullest bucket of the row
 * goes.
 *
 *     int wait_s = api_limiter_take(limiter, "192.0.2.7", now_ms);
 *     if (wait_s > 0) ... 429, Retry-After: wait_s
 */
#ifndef API_ACCESS_LIMITER_H
#define API_ACCESS_LIMITER_H

#include <stdint.h>

struct api_limiter;

/* @param rate   tokens a second, 1 or more
 * @param burst  tokens at most, 1 or more */
struct api_limiter *api_limiter_open(int rate, int burst);
void api_limiter_close(struct api_limiter *limiter); /* accepts NULL */

/* api_limiter_take returns 0 and takes a token, or the whole seconds until
 * there is one. `now_ms` never goes back (CLOCK_MONOTONIC). Any thread. */
int api_limiter_take(struct api_limiter *limiter, const char *who,
                     int64_t now_ms);

#endif
