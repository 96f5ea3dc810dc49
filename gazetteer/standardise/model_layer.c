/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/model_layer.h"

#include <string.h>

/* The values that tap `tap` of a row reads. */
static const int16_t *tap_values(const struct gaz_model_shape *s,
                                 const int16_t *in, int row, int tap)
{
    int shift = (tap - s->taps / 2) * s->spread;
    return in + (ptrdiff_t)(row + shift) * s->inputs;
}

void gaz_model_layer_sums_plain(const struct gaz_model_layer *layer,
                                const int16_t *in, int rows, int32_t *out)
{
    const struct gaz_model_shape *s = layer->shape;
    size_t outputs = (size_t)s->outputs;
    for (int r = 0; r < rows; r++, out += outputs) {
        const int16_t *w = layer->weights;
        memcpy(out, layer->biases, outputs * sizeof *out);
        for (int tap = 0; tap < s->taps; tap++) {
            const int16_t *x = tap_values(s, in, r, tap);
            for (int k = 0; k < s->inputs; k += 2, w += 2 * outputs) {
                for (size_t j = 0; j < outputs; j++)
                    out[j] += x[k] * w[2 * j] + x[k + 1] * w[2 * j + 1];
            }
        }
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

enum { LANES = 8, BLOCK = 2 * LANES, ROWS = 4 };

/* Sums of up to four rows and 16 outputs, all in registers. */
__attribute__((target("avx2"), always_inline)) static inline void
add_block(const struct gaz_model_layer *layer, const int16_t *in, int row,
          const int count, int block, int32_t *out)
{
    const struct gaz_model_shape *s = layer->shape;
    __m256i sums[ROWS][2];
    for (int i = 0; i < count; i++) {
        const void *bias = layer->biases + block;
        sums[i][0] = _mm256_loadu_si256(bias);
        sums[i][1] = _mm256_loadu_si256((const __m256i *)bias + 1);
    }
    const int16_t *w = layer->weights + 2 * (ptrdiff_t)block;
    for (int tap = 0; tap < s->taps; tap++) {
        const int16_t *x = tap_values(s, in, row, tap);
        for (int k = 0; k < s->inputs; k += 2, w += 2 * (ptrdiff_t)s->outputs) {
            __m256i low = _mm256_loadu_si256((const void *)w);
            __m256i high = _mm256_loadu_si256((const void *)(w + BLOCK));
            for (int i = 0; i < count; i++) {
                int32_t pair;
                memcpy(&pair, x + (ptrdiff_t)i * s->inputs + k, sizeof pair);
                __m256i both = _mm256_set1_epi32(pair);
                sums[i][0] =
                    _mm256_add_epi32(sums[i][0], _mm256_madd_epi16(both, low));
                sums[i][1] =
                    _mm256_add_epi32(sums[i][1], _mm256_madd_epi16(both, high));
            }
        }
    }
    for (int i = 0; i < count; i++) {
        void *to = out + (ptrdiff_t)(row + i) * s->outputs + block;
        _mm256_storeu_si256(to, sums[i][0]);
        _mm256_storeu_si256((__m256i *)to + 1, sums[i][1]);
    }
}

__attribute__((target("avx2"))) static void
sums_avx2(const struct gaz_model_layer *layer, const int16_t *in, int rows,
          int32_t *out)
{
    for (int block = 0; block < layer->shape->outputs; block += BLOCK) {
        int row = 0;
        for (; row + ROWS <= rows; row += ROWS)
            add_block(layer, in, row, ROWS, block, out);
        for (; row + 2 <= rows; row += 2)
            add_block(layer, in, row, 2, block, out);
        if (row < rows)
            add_block(layer, in, row, 1, block, out);
    }
}

void gaz_model_layer_sums(const struct gaz_model_layer *layer,
                          const int16_t *in, int rows, int32_t *out)
{
    if (__builtin_cpu_supports("avx2"))
        sums_avx2(layer, in, rows, out);
    else
        gaz_model_layer_sums_plain(layer, in, rows, out);
}

#else

void gaz_model_layer_sums(const struct gaz_model_layer *layer,
                          const int16_t *in, int rows, int32_t *out)
{
    gaz_model_layer_sums_plain(layer, in, rows, out);
}

#endif
