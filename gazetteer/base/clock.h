/* clock.h - the time: one clock that only goes on, and the one on the wall.
 *
 * Spans and deadlines are taken by the first, for the second may be set.
 */
#ifndef GAZ_BASE_CLOCK_H
#define GAZ_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* gaz_clock_us and gaz_clock_ms return the monotonic clock. */
int64_t gaz_clock_us(void);
int64_t gaz_clock_ms(void);

/* gaz_clock_after returns when the monotonic clock will be `ms` further, for
 * pthread_cond_timedwait on a condition of that clock. */
struct timespec gaz_clock_after(int64_t ms);

/* gaz_clock_unix_ms returns milliseconds since 1970-01-01, UTC. */
int64_t gaz_clock_unix_ms(void);

#endif
