/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/overlap.h"

#include <string.h>

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static void cover(uint8_t *runs, int end, int length)
{
    for (int i = end - length; i < end; i++)
        runs[i] = (uint8_t)larger(runs[i], length);
}

/* Runs end where the next pair of tokens differs. */
static void find_runs(const struct gaz_side *a, const struct gaz_side *b,
                      struct gaz_overlap *out)
{
    int before[GAZ_SIDE_TOKENS + 1] = {0};
    for (int i = 0; i < a->count; i++) {
        int diagonal = 0;
        for (int j = 0; j < b->count; j++) {
            int kept = before[j + 1];
            int run = a->tokens[i] == b->tokens[j] ? diagonal + 1 : 0;
            before[j + 1] = run;
            diagonal = kept;
            if (run == 0 || (i + 1 < a->count && j + 1 < b->count &&
                             a->tokens[i + 1] == b->tokens[j + 1]))
                continue;
            cover(out->run_a, i + 1, run);
            cover(out->run_b, j + 1, run);
            if (run > out->longest) {
                out->longest = run;
                out->longest_end_a = i + 1;
                out->longest_end_b = j + 1;
            }
        }
    }
}

void gaz_overlap_runs(const struct gaz_side *a, const struct gaz_side *b,
                      struct gaz_overlap *out)
{
    memset(out->run_a, 0, sizeof out->run_a);
    memset(out->run_b, 0, sizeof out->run_b);
    out->longest = 0;
    out->longest_end_a = 0;
    out->longest_end_b = 0;
    find_runs(a, b, out);
}

static void find_distances(const struct gaz_side *a, const struct gaz_side *b,
                           struct gaz_overlap *out)
{
    int common[GAZ_SIDE_TOKENS + 1] = {0};
    int edits[GAZ_SIDE_TOKENS + 1] = {0};
    for (int j = 0; j <= b->count; j++)
        edits[j] = j;
    for (int i = 0; i < a->count; i++) {
        int common_diagonal = 0;
        int edits_diagonal = edits[0];
        edits[0] = i + 1;
        for (int j = 0; j < b->count; j++) {
            bool same = a->tokens[i] == b->tokens[j];
            int kept = common[j + 1];
            common[j + 1] =
                same ? common_diagonal + 1 : larger(common[j], common[j + 1]);
            common_diagonal = kept;
            kept = edits[j + 1];
            edits[j + 1] = smaller(edits_diagonal + (same ? 0 : 1),
                                   smaller(edits[j], edits[j + 1]) + 1);
            edits_diagonal = kept;
        }
    }
    out->subsequence = common[b->count];
    out->edits = edits[b->count];
}

/* The weight of what a has and b too, each token of b used once. */
static float common_weight(struct gaz_span a, struct gaz_span b, bool pairs)
{
    bool used[GAZ_SIDE_TOKENS] = {false};
    int last = pairs ? 1 : 0;
    float sum = 0;
    for (int i = 0; i + last < a.count; i++) {
        for (int j = 0; j + last < b.count; j++) {
            if (used[j] || a.tokens[i] != b.tokens[j] ||
                a.tokens[i + last] != b.tokens[j + last])
                continue;
            used[j] = true;
            sum += (a.weights[i] + a.weights[i + last]) / 2;
            break;
        }
    }
    return sum;
}

static float all_weight(struct gaz_span a)
{
    float sum = 0;
    for (int i = 0; i < a.count; i++)
        sum += a.weights[i];
    for (int i = 0; i + 1 < a.count; i++)
        sum += (a.weights[i] + a.weights[i + 1]) / 2;
    return sum;
}

float gaz_overlap_dice(struct gaz_span a, struct gaz_span b)
{
    float whole = all_weight(a) + all_weight(b);
    if (whole <= 0)
        return 0;
    return 2 * (common_weight(a, b, false) + common_weight(a, b, true)) / whole;
}

void gaz_overlap_read(const struct gaz_side *a, const struct gaz_side *b,
                      struct gaz_overlap *out)
{
    gaz_overlap_runs(a, b, out);
    find_distances(a, b, out);
    for (int i = 0; i < a->part_count; i++) {
        for (int j = 0; j < b->part_count; j++)
            out->likeness[i][j] = gaz_overlap_dice(gaz_overlap_part(a, i),
                                                   gaz_overlap_part(b, j));
    }
}

void gaz_overlap_turn(const struct gaz_side *a, const struct gaz_side *b,
                      const struct gaz_overlap *overlap,
                      struct gaz_overlap *out)
{
    memcpy(out->run_a, overlap->run_b, sizeof out->run_a);
    memcpy(out->run_b, overlap->run_a, sizeof out->run_b);
    out->longest = overlap->longest;
    out->longest_end_a = overlap->longest_end_b;
    out->longest_end_b = overlap->longest_end_a;
    out->subsequence = overlap->subsequence;
    out->edits = overlap->edits;
    for (int i = 0; i < a->part_count; i++) {
        for (int j = 0; j < b->part_count; j++)
            out->likeness[j][i] = overlap->likeness[i][j];
    }
}

bool gaz_overlap_contains(struct gaz_span a, struct gaz_span b)
{
    for (int i = 0; i + b.count <= a.count; i++) {
        if (memcmp(a.tokens + i, b.tokens,
                   sizeof *a.tokens * (size_t)b.count) == 0)
            return true;
    }
    return false;
}

struct gaz_span gaz_overlap_part(const struct gaz_side *side, int part)
{
    const struct gaz_part *p = &side->parts[part];
    return (struct gaz_span){side->tokens + p->from, side->weights + p->from,
                             p->to - p->from};
}

struct gaz_span gaz_overlap_whole(const struct gaz_side *side)
{
    return (struct gaz_span){side->tokens, side->weights, side->count};
}
