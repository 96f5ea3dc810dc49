/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/hilbert.h"

/* How many tiles the zooms below z have: 1 + 4 + 16 + ... */
static uint64_t before(int z)
{
    return ((UINT64_C(1) << (2 * z)) - 1) / 3;
}

/* Turns a quarter of side n as the curve enters it. */
static void turn(uint32_t n, uint32_t *x, uint32_t *y, uint32_t right,
                 uint32_t down)
{
    if (down)
        return;
    if (right) {
        *x = n - 1 - *x;
        *y = n - 1 - *y;
    }
    uint32_t kept = *x;
    *x = *y;
    *y = kept;
}

uint64_t tile_hilbert_id(struct tile_address tile)
{
    uint32_t x = (uint32_t)tile.x;
    uint32_t y = (uint32_t)tile.y;
    uint64_t id = before(tile.z);
    for (uint32_t s = (UINT32_C(1) << tile.z) >> 1; s > 0; s >>= 1) {
        uint32_t right = (x & s) != 0;
        uint32_t down = (y & s) != 0;
        id += (uint64_t)s * s * ((3 * right) ^ down);
        x &= s - 1;
        y &= s - 1;
        turn(s, &x, &y, right, down);
    }
    return id;
}

struct tile_address tile_hilbert_address(uint64_t id)
{
    int z = 0;
    while (id >= before(z + 1))
        z++;
    uint64_t rest = id - before(z);
    uint32_t x = 0;
    uint32_t y = 0;
    for (uint32_t s = 1; s < UINT32_C(1) << z; s <<= 1) {
        uint32_t right = (uint32_t)(rest / 2) & 1;
        uint32_t down = ((uint32_t)rest ^ right) & 1;
        turn(s, &x, &y, right, down);
        x += s * right;
        y += s * down;
        rest /= 4;
    }
    return (struct tile_address){z, (int)x, (int)y};
}
