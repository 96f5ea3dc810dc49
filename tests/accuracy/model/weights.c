/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/weights.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "gazetteer/base/arena.h"

uint32_t random_next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

float random_unit(uint32_t *state)
{
    return (float)(random_next(state) >> 8) / (1 << 24);
}

float random_normal(uint32_t *state)
{
    float sum = 0;
    for (int i = 0; i < 12; i++)
        sum += random_unit(state);
    return sum - 6;
}

static size_t size_of(const struct weights *w)
{
    return (size_t)w->rows * (size_t)w->columns;
}

void weights_open(struct weights *w, int rows, int columns, double deviation,
                  bool sparse, uint32_t *random)
{
    *w = (struct weights){.rows = rows, .columns = columns};
    size_t bytes = size_of(w) * sizeof(float);
    w->now = gaz_malloc(bytes);
    w->gradient = gaz_malloc(bytes);
    w->mean = gaz_malloc(bytes);
    w->square = gaz_malloc(bytes);
    w->average = gaz_malloc(bytes);
    for (size_t i = 0; i < size_of(w) && deviation > 0; i++)
        w->now[i] = (float)deviation * random_normal(random);
    if (sparse) {
        w->touched = gaz_malloc(sizeof(int) * ((size_t)rows + 1));
        w->is_touched = gaz_malloc(sizeof(bool) * ((size_t)rows + 1));
    }
}

void weights_close(struct weights *w)
{
    gaz_free(w->now);
    gaz_free(w->gradient);
    gaz_free(w->mean);
    gaz_free(w->square);
    gaz_free(w->average);
    gaz_free(w->touched);
    gaz_free(w->is_touched);
}

float *weights_touch(struct weights *w, uint32_t row)
{
    if (!w->is_touched[row]) {
        w->is_touched[row] = true;
        w->touched[w->touched_count++] = (int)row;
    }
    return w->gradient + (size_t)row * (size_t)w->columns;
}

static void adam(struct weights *w, size_t from, size_t count, float rate)
{
    float *now = w->now + from;
    float *gradient = w->gradient + from;
    float *mean = w->mean + from;
    float *square = w->square + from;
    for (size_t i = 0; i < count; i++) {
        float g = gradient[i];
        mean[i] = 0.9f * mean[i] + 0.1f * g;
        square[i] = 0.999f * square[i] + 0.001f * g * g;
        now[i] -= rate * mean[i] / (sqrtf(square[i]) + 1e-6f);
        gradient[i] = 0;
    }
}

void weights_step(struct weights *w, float rate)
{
    if (!w->touched) {
        adam(w, 0, size_of(w), rate);
        return;
    }
    size_t columns = (size_t)w->columns;
    for (int i = 0; i < w->touched_count; i++) {
        adam(w, (size_t)w->touched[i] * columns, columns, rate);
        w->is_touched[w->touched[i]] = false;
    }
    w->touched_count = 0;
}

void weights_snapshot(struct weights *w, int n)
{
    float share = 1.0f / (float)n;
    for (size_t i = 0; i < size_of(w); i++)
        w->average[i] += share * (w->now[i] - w->average[i]);
}

void weights_settle(struct weights *w)
{
    memcpy(w->now, w->average, size_of(w) * sizeof(float));
}

typedef float lanes __attribute__((vector_size(32), aligned(4)));
enum { LANES = 8, BLOCK = 2 * LANES, ROWS = 4 };

/* Up to four rows of 16 columns, in registers. */
__attribute__((always_inline)) static inline void
add_block(int k, int n, struct matrix_view a, const float *b, float *c,
          const int rows)
{
    lanes sums[ROWS][2];
    for (int i = 0; i < rows; i++) {
        const float *row = c + (ptrdiff_t)i * n;
        sums[i][0] = *(const lanes *)row;
        sums[i][1] = *(const lanes *)(row + LANES);
    }
    for (int j = 0; j < k; j++, b += n) {
        lanes low = *(const lanes *)b;
        lanes high = *(const lanes *)(b + LANES);
        for (int i = 0; i < rows; i++) {
            float x =
                a.values[(ptrdiff_t)i * a.row_step + (ptrdiff_t)j * a.step];
            sums[i][0] += x * low;
            sums[i][1] += x * high;
        }
    }
    for (int i = 0; i < rows; i++) {
        float *row = c + (ptrdiff_t)i * n;
        *(lanes *)row = sums[i][0];
        *(lanes *)(row + LANES) = sums[i][1];
    }
}

void matrix_add(int m, int k, int n, struct matrix_view a, const float *b,
                float *c)
{
    for (int block = 0; block < n; block += BLOCK) {
        for (int row = 0; row < m; row += ROWS) {
            struct matrix_view at = a;
            at.values += (ptrdiff_t)row * a.row_step;
            float *to = c + (ptrdiff_t)row * n + block;
            if (row + ROWS <= m) {
                add_block(k, n, at, b + block, to, ROWS);
                continue;
            }
            for (int i = row; i < m; i++, to += n, at.values += a.row_step)
                add_block(k, n, at, b + block, to, 1);
        }
    }
}

void matrix_turn(int rows, int columns, const float *in, float *out)
{
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++)
            out[(ptrdiff_t)c * rows + r] = in[(ptrdiff_t)r * columns + c];
    }
}
