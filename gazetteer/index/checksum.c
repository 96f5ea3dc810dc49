/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/index/checksum.h"

#include <string.h>

enum { LANES = 8, BLOCK_BYTES = LANES * 8 };

/* Odd, with bits spread: the multipliers of SplitMix64's finaliser. */
static const uint64_t MULTIPLY = 0xBF58476D1CE4E5B9U;
static const uint64_t FINISH = 0x94D049BB133111EBU;

static uint64_t mix(uint64_t lane, uint64_t word)
{
    lane = (lane ^ word) * MULTIPLY;
    return lane << 31 | lane >> 33; /* brings the strong bits to the low end */
}

uint64_t gaz_checksum(const void *data, size_t size, uint64_t seed)
{
    const unsigned char *at = data;
    size_t left = size;
    uint64_t lanes[LANES];
    for (uint64_t i = 0; i < LANES; i++)
        lanes[i] = seed + (i + 1) * FINISH;
    for (; left >= BLOCK_BYTES; at += BLOCK_BYTES, left -= BLOCK_BYTES) {
        uint64_t words[LANES];
        memcpy(words, at, BLOCK_BYTES);
        for (int i = 0; i < LANES; i++)
            lanes[i] = mix(lanes[i], words[i]);
    }
    unsigned char tail[BLOCK_BYTES] = {0};
    if (left > 0)
        memcpy(tail, at, left);
    uint64_t sum = seed ^ (uint64_t)size * FINISH;
    for (size_t i = 0; i < LANES; i++) {
        uint64_t word;
        memcpy(&word, tail + i * sizeof(word), sizeof(word));
        sum = mix(sum, mix(lanes[i], word));
    }
    sum ^= sum >> 30;
    sum *= FINISH;
    return sum ^ sum >> 31;
}
