/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/clock.h"

static int64_t read_us(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t gaz_clock_us(void)
{
    return read_us(CLOCK_MONOTONIC);
}

int64_t gaz_clock_ms(void)
{
    return read_us(CLOCK_MONOTONIC) / 1000;
}

struct timespec gaz_clock_after(int64_t ms)
{
    const int64_t us = gaz_clock_us() + ms * 1000;
    return (struct timespec){.tv_sec = (time_t)(us / 1000000),
                             .tv_nsec = (long)(us % 1000000 * 1000)};
}

int64_t gaz_clock_unix_ms(void)
{
    return read_us(CLOCK_REALTIME) / 1000;
}
