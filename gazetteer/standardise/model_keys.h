/* model_keys.h - keys of features, for the files of the element model. */
#ifndef GAZ_STANDARDISE_MODEL_KEYS_H
#define GAZ_STANDARDISE_MODEL_KEYS_H

#include <stdint.h>

/* Values of at most 21 bits side by side: a code point fits. */
static inline uint64_t key_pack(uint64_t a, uint64_t b)
{
    return a << 21 | b;
}

static inline uint64_t key_pack3(uint64_t a, uint64_t b, uint64_t c)
{
    return (a << 21 | b) << 21 | c;
}

/* The final mix of splitmix64. */
static inline uint64_t key_mix(uint64_t a, uint64_t b)
{
    uint64_t h = a + b * 0x9E3779B97F4A7C15u;
    h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9u;
    h = (h ^ h >> 27) * 0x94D049BB133111EBu;
    return h ^ h >> 31;
}

#endif
