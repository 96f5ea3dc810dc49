/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/doubles_score.h"

#include <stdio.h>
#include <string.h>

int *doubles_roots(const struct doubles_labels *labels, int records)
{
    int *roots = gaz_malloc(((size_t)records + 1) * sizeof(*roots));
    for (int i = 0; i < records; i++)
        roots[i] = i;
    for (int i = 0; i < labels->count; i++)
        roots[labels->items[i].record] = labels->items[i].root;
    return roots;
}

static double share(int64_t part, int64_t whole)
{
    return whole ? (double)part / (double)whole : 1;
}

double doubles_precision(const struct doubles_score *score)
{
    return share(score->right, score->right + score->wrong);
}

double doubles_recall(const struct doubles_score *score)
{
    return share(score->found, score->planted);
}

double doubles_told(const struct doubles_score *score)
{
    return share(score->found + score->review, score->planted);
}

double doubles_blocking(const struct doubles_score *score)
{
    return share(score->blocked, score->planted);
}

/* Groups of n records have n (n - 1) / 2 pairs. */
static int64_t pairs_of(const int *sizes, int records, int64_t *groups)
{
    int64_t pairs = 0;
    *groups = 0;
    for (int i = 0; i < records; i++) {
        pairs += (int64_t)sizes[i] * (sizes[i] - 1) / 2;
        *groups += sizes[i] > 1;
    }
    return pairs;
}

static int *sizes_of(const int *roots, int records)
{
    int *sizes = gaz_malloc(((size_t)records + 1) * sizeof(*sizes));
    for (int i = 0; i < records; i++)
        sizes[roots[i]]++;
    return sizes;
}

/* ---- clusters of the band of duplicates ---- */

static int find_head(int *heads, int record)
{
    while (heads[record] != record) {
        heads[record] = heads[heads[record]];
        record = heads[record];
    }
    return record;
}

static int *join_clusters(const struct gaz_twins *twins, int records)
{
    int *heads = gaz_malloc(((size_t)records + 1) * sizeof(*heads));
    for (int i = 0; i < records; i++)
        heads[i] = i;
    for (int i = 0; i < twins->count; i++)
        if (twins->items[i].band == GAZ_BAND_DUPLICATE)
            heads[find_head(heads, twins->items[i].a)] =
                find_head(heads, twins->items[i].b);
    for (int i = 0; i < records; i++)
        heads[i] = find_head(heads, i);
    return heads;
}

/* Pairs of a cluster that are of one root: counted root by root. */
static void score_clusters(const struct gaz_twins *twins, const int *roots,
                           const int *sizes, int records,
                           struct doubles_score *score)
{
    int *heads = join_clusters(twins, records);
    int *held = sizes_of(heads, records);
    int *same = gaz_malloc(((size_t)records + 1) * sizeof(*same));
    score->clustered = pairs_of(held, records, &score->clusters);
    for (int i = 0; i < records; i++)
        same[i] = heads[i] == heads[roots[i]];
    int *of_root = gaz_malloc(((size_t)records + 1) * sizeof(*of_root));
    for (int i = 0; i < records; i++)
        of_root[roots[i]] += same[i];
    for (int i = 0; i < records; i++) {
        score->clustered_right += (int64_t)of_root[i] * (of_root[i] - 1) / 2;
        score->groups_whole += sizes[i] > 1 && of_root[i] == sizes[i] &&
                               held[heads[i]] == sizes[i];
    }
    gaz_free(of_root);
    gaz_free(same);
    gaz_free(held);
    gaz_free(heads);
}

/* ---- pairs ---- */

static void score_pair(const struct gaz_twin *twin, const int *roots,
                       struct doubles_score *score)
{
    const bool right = roots[twin->a] == roots[twin->b];
    if (twin->band == GAZ_BAND_DUPLICATE) {
        score->right += right;
        score->wrong += !right;
    } else if (twin->band == GAZ_BAND_REVIEW) {
        score->review_wrong += !right;
    }
}

bool doubles_has_pair(const struct gaz_twin_pairs *pairs, int a, int b)
{
    int low = 0;
    int high = pairs->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        const struct gaz_twin_pair *p = &pairs->items[middle];
        if (p->a < a || (p->a == a && p->b < b))
            low = middle + 1;
        else
            high = middle;
    }
    return low < pairs->count && pairs->items[low].a == a &&
           pairs->items[low].b == b;
}

static void score_planted(const struct gaz_twin_finder *finder,
                          const struct doubles_labels *labels,
                          struct doubles_score *score)
{
    struct gaz_twin_pairs pairs;
    gaz_twins_block(finder, &pairs);
    for (int i = 0; i < labels->count; i++) {
        const struct doubles_label *l = &labels->items[i];
        const int a = l->root < l->record ? l->root : l->record;
        const int b = l->root < l->record ? l->record : l->root;
        score->class_pairs[l->which]++;
        if (!doubles_has_pair(&pairs, a, b))
            continue;
        const gaz_band band = gaz_twins_judge(finder, NULL, a, b).band;
        score->blocked++;
        score->found += band == GAZ_BAND_DUPLICATE;
        score->review += band == GAZ_BAND_REVIEW;
        score->class_found[l->which] += band == GAZ_BAND_DUPLICATE;
    }
    gaz_twins_pairs_close(&pairs);
}

gaz_status doubles_score_pairs(struct gaz_ctx *ctx,
                               struct gaz_twin_finder *finder,
                               const struct doubles_labels *labels, int records,
                               struct doubles_score *out)
{
    struct gaz_twins twins;
    struct doubles_score score = {.planted = labels->count};
    gaz_status status = gaz_twins_find(ctx, finder, GAZ_BAND_REVIEW, &twins);
    if (status != GAZ_OK)
        return status;
    int *roots = doubles_roots(labels, records);
    int *sizes = sizes_of(roots, records);
    score.group_pairs = pairs_of(sizes, records, &score.groups);
    for (int i = 0; i < twins.count; i++)
        score_pair(&twins.items[i], roots, &score);
    score_planted(finder, labels, &score);
    score_clusters(&twins, roots, sizes, records, &score);
    gaz_free(sizes);
    gaz_free(roots);
    *out = score;
    return GAZ_OK;
}

void doubles_print(const char *name, const struct doubles_score *s)
{
    (void)printf("%s: %lld planted duplicates; blocking finds %.4f (limit "
                 "0.99)\n",
                 name, (long long)s->planted, doubles_blocking(s));
    (void)printf("  duplicates: precision %.4f (limit 0.995), recall %.4f "
                 "(limit 0.97); %lld pairs right, %lld wrong\n",
                 doubles_precision(s), doubles_recall(s), (long long)s->right,
                 (long long)s->wrong);
    (void)printf(
        "  to review: %lld planted, %lld pairs wrong; told in either band: "
        "%.4f of the planted\n",
        (long long)s->review, (long long)s->review_wrong, doubles_told(s));
    (void)printf("  clusters: %lld; of %lld groups %.4f whole; pairwise "
                 "precision %.4f, recall %.4f\n",
                 (long long)s->clusters, (long long)s->groups,
                 share(s->groups_whole, s->groups),
                 share(s->clustered_right, s->clustered),
                 share(s->clustered_right, s->group_pairs));
    (void)printf("  recall by class:");
    for (int i = 0; i < DOUBLES_CLASSES; i++)
        if (s->class_pairs[i])
            (void)printf(" %s %.3f", doubles_class_name((doubles_class)i),
                         share(s->class_found[i], s->class_pairs[i]));
    (void)printf("\n");
}
