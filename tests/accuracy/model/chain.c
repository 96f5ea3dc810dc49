/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/chain.h"

#include <math.h>
#include <string.h>

static const float NEVER = -1e9f;

void chain_best(int tags, chain_row *transitions, int tokens,
                chain_row *emissions, uint8_t *out)
{
    static chain_row best[GAZ_MODEL_TOKENS];
    static uint8_t from[GAZ_MODEL_TOKENS][CHAIN_TAGS];
    for (int y = 0; y < tags; y++)
        best[0][y] = y & 1 ? NEVER : emissions[0][y];
    for (int i = 1; i < tokens; i++) {
        for (int y = 0; y < tags; y++) {
            float top = 2 * NEVER;
            for (int x = 0; x < tags; x++) {
                float score = best[i - 1][x] + transitions[x][y];
                if (chain_allows(x, y) && score > top) {
                    top = score;
                    from[i][y] = (uint8_t)x;
                }
            }
            best[i][y] = top + emissions[i][y];
        }
    }
    uint8_t last = 0;
    for (int y = 1; y < tags; y++) {
        if (best[tokens - 1][y] > best[tokens - 1][last])
            last = (uint8_t)y;
    }
    for (int i = tokens; i-- > 0;) {
        out[i] = last;
        last = from[i][last];
    }
}

/* Scales a row to a sum of one. */
static void scale(int tags, float *row)
{
    float sum = 0;
    for (int y = 0; y < tags; y++)
        sum += row[y];
    for (int y = 0; y < tags; y++)
        row[y] /= sum;
}

static void exponents(int tags, int tokens, chain_row *emissions,
                      chain_row *out)
{
    for (int i = 0; i < tokens; i++) {
        float top = emissions[i][0];
        for (int y = 1; y < tags; y++)
            top = emissions[i][y] > top ? emissions[i][y] : top;
        for (int y = 0; y < tags; y++)
            out[i][y] = expf(emissions[i][y] - top);
    }
}

static void forward(int tags, chain_row *steps, int tokens, chain_row *e,
                    chain_row *alpha)
{
    for (int y = 0; y < tags; y++)
        alpha[0][y] = y & 1 ? 0 : e[0][y];
    scale(tags, alpha[0]);
    for (int i = 1; i < tokens; i++) {
        memset(alpha[i], 0, sizeof alpha[i]);
        for (int x = 0; x < tags; x++) {
            float mass = alpha[i - 1][x];
            for (int y = 0; y < tags; y++)
                alpha[i][y] += mass * steps[x][y];
        }
        for (int y = 0; y < tags; y++)
            alpha[i][y] *= e[i][y];
        scale(tags, alpha[i]);
    }
}

static void backward(int tags, chain_row *steps, int tokens, chain_row *e,
                     chain_row *beta)
{
    for (int y = 0; y < tags; y++)
        beta[tokens - 1][y] = 1;
    for (int i = tokens - 1; i-- > 0;) {
        chain_row next;
        for (int y = 0; y < tags; y++)
            next[y] = beta[i + 1][y] * e[i + 1][y];
        for (int x = 0; x < tags; x++) {
            float sum = 0;
            for (int y = 0; y < tags; y++)
                sum += steps[x][y] * next[y];
            beta[i][x] = sum;
        }
        scale(tags, beta[i]);
    }
}

static void add_pairs(int tags, chain_row *steps, const float *before,
                      const float *e, const float *beta, chain_row *pairs)
{
    chain_row next;
    chain_row joint[CHAIN_TAGS];
    float sum = 0;
    for (int y = 0; y < tags; y++)
        next[y] = e[y] * beta[y];
    for (int x = 0; x < tags; x++) {
        for (int y = 0; y < tags; y++) {
            joint[x][y] = before[x] * steps[x][y] * next[y];
            sum += joint[x][y];
        }
    }
    for (int x = 0; x < tags; x++) {
        for (int y = 0; y < tags; y++)
            pairs[x][y] += joint[x][y] / sum;
    }
}

void chain_marginals(int tags, chain_row *transitions, int tokens,
                     chain_row *emissions, chain_row *out, chain_row *pairs)
{
    static chain_row e[GAZ_MODEL_TOKENS];
    static chain_row alpha[GAZ_MODEL_TOKENS];
    static chain_row beta[GAZ_MODEL_TOKENS];
    static chain_row steps[CHAIN_TAGS];
    for (int x = 0; x < tags; x++) {
        for (int y = 0; y < tags; y++)
            steps[x][y] = chain_allows(x, y) ? expf(transitions[x][y]) : 0;
    }
    exponents(tags, tokens, emissions, e);
    forward(tags, steps, tokens, e, alpha);
    backward(tags, steps, tokens, e, beta);
    for (int i = 0; i < tokens; i++) {
        for (int y = 0; y < tags; y++)
            out[i][y] = alpha[i][y] * beta[i][y];
        scale(tags, out[i]);
        if (i > 0 && pairs)
            add_pairs(tags, steps, alpha[i - 1], e[i], beta[i], pairs);
    }
}
