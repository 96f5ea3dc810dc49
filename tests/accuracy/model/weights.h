/* weights.h - matrices that learn. */
#ifndef TESTS_ACCURACY_MODEL_WEIGHTS_H
#define TESTS_ACCURACY_MODEL_WEIGHTS_H

#include <stdbool.h>
#include <stdint.h>

struct weights {
    int rows;
    int columns;
    float *now;
    float *gradient; /* of the present step */
    float *mean;     /* of the gradients (Adam) */
    float *square;
    float *average; /* of `now` over snapshots */
    int *touched;   /* rows with a gradient; NULL: all have one */
    int touched_count;
    bool *is_touched;
};

/* weights_open makes weights at random around 0. `sparse`: only the rows that
 * weights_touch names have gradients. */
void weights_open(struct weights *w, int rows, int columns, double deviation,
                  bool sparse, uint32_t *random);
void weights_close(struct weights *w);

/* weights_touch returns the gradient of a row of sparse weights. */
float *weights_touch(struct weights *w, uint32_t row);

/* weights_step moves along the gradients (Adam) and sets them to 0. */
void weights_step(struct weights *w, float rate);

/* weights_snapshot takes the n-th value, from 1, into the average. */
void weights_snapshot(struct weights *w, int n);

/* weights_settle puts the average in place. */
void weights_settle(struct weights *w);

/* matrix_add: c[m][n] += sum over k of a[m * row_step + k * step] * b[k][n].
 * b and c have n columns, a multiple of 16. */
struct matrix_view {
    const float *values;
    int row_step;
    int step;
};
void matrix_add(int m, int k, int n, struct matrix_view a, const float *b,
                float *c);

/* matrix_turn writes the columns of in[rows][columns] as rows. */
void matrix_turn(int rows, int columns, const float *in, float *out);

/* xorshift32; the same as a number from 0 up to 1; about normal. */
uint32_t random_next(uint32_t *state);
float random_unit(uint32_t *state);
float random_normal(uint32_t *state);

#endif
