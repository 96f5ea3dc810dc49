/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/match/boost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/arena.h"

struct cell {
    float gradient;
    float hessian;
    float rows;
};

struct leaf {
    int from; /* rows [from, to) of the order */
    int to;
    int node;
    struct cell *cells; /* columns in use * BOOST_BINS */
    struct cell sum;
    double gain; /* of its best split; 0: none */
    int column;
    int bin; /* goes left up to this one */
};

struct learner {
    const struct boost_data *data;
    const struct boost_options *options;
    uint8_t *bins;  /* rows * features */
    float *edges;   /* features * BOOST_BINS: upper bound of a bin */
    int *bin_count; /* of a feature */
    float *gradients;
    float *hessians;
    double *scores; /* rows * classes */
    int *order;     /* rows of the tree, leaf by leaf */
    int *side;      /* scratch of a partition */
    int order_count;
    int *columns; /* features of this tree */
    int column_count;
    struct leaf leaves[BOOST_LEAVES_MAX];
    int leaf_count;
    struct cell *cells[BOOST_LEAVES_MAX];
    struct boost_model *model;
    uint64_t random;
};

uint64_t boost_random(uint64_t *state, uint64_t below)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (z ^ z >> 31) % below;
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a;
    float y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Cuts the values of a feature into bins of about equal numbers of rows; each
 * value by itself when they are few. */
static void find_edges(struct learner *l, int feature, float *sorted)
{
    const struct boost_data *d = l->data;
    for (int i = 0; i < d->rows; i++)
        sorted[i] =
            d->values[(size_t)i * (size_t)d->features + (size_t)feature];
    qsort(sorted, (size_t)d->rows, sizeof *sorted, compare_floats);
    float *edges = l->edges + (size_t)feature * BOOST_BINS;
    int count = 0;
    int least = d->rows / BOOST_BINS + 1;
    int taken = 0;
    int distinct = 1;
    for (int i = 1; i < d->rows; i++)
        distinct += sorted[i] > sorted[i - 1];
    for (int i = 0; i + 1 < d->rows && count < BOOST_BINS - 1; i++) {
        taken++;
        if (sorted[i + 1] > sorted[i] &&
            (distinct < BOOST_BINS || taken >= least)) {
            edges[count++] = (sorted[i] + sorted[i + 1]) / 2;
            taken = 0;
        }
    }
    l->bin_count[feature] = count + 1;
}

static void fill_bins(struct learner *l)
{
    const struct boost_data *d = l->data;
    float *sorted = gaz_malloc(sizeof *sorted * (size_t)d->rows);
    for (int f = 0; f < d->features; f++) {
        find_edges(l, f, sorted);
        const float *edges = l->edges + (size_t)f * BOOST_BINS;
        for (int i = 0; i < d->rows; i++) {
            size_t at = (size_t)i * (size_t)d->features + (size_t)f;
            int b = 0;
            while (b < l->bin_count[f] - 1 && d->values[at] > edges[b])
                b++;
            l->bins[at] = (uint8_t)b;
        }
    }
    gaz_free(sorted);
}

static void fill_cells(struct learner *l, struct leaf *leaf)
{
    memset(leaf->cells, 0,
           sizeof *leaf->cells * (size_t)l->column_count * BOOST_BINS);
    for (int r = leaf->from; r < leaf->to; r++) {
        int row = l->order[r];
        const uint8_t *bins = l->bins + (size_t)row * (size_t)l->data->features;
        float g = l->gradients[row];
        float h = l->hessians[row];
        for (int c = 0; c < l->column_count; c++) {
            struct cell *cell =
                leaf->cells + (size_t)c * BOOST_BINS + bins[l->columns[c]];
            cell->gradient += g;
            cell->hessian += h;
            cell->rows += 1;
        }
    }
}

static void subtract_cells(const struct learner *l, struct cell *whole,
                           const struct cell *part)
{
    for (int i = 0; i < l->column_count * BOOST_BINS; i++) {
        whole[i].gradient -= part[i].gradient;
        whole[i].hessian -= part[i].hessian;
        whole[i].rows -= part[i].rows;
    }
}

static double score(const struct learner *l, double gradient, double hessian)
{
    return gradient * gradient / (hessian + l->options->l2);
}

static void find_split(const struct learner *l, struct leaf *leaf)
{
    leaf->gain = 0;
    double whole = score(l, leaf->sum.gradient, leaf->sum.hessian);
    float least = (float)l->options->min_rows;
    for (int c = 0; c < l->column_count; c++) {
        const struct cell *cells = leaf->cells + (size_t)c * BOOST_BINS;
        struct cell left = {0};
        for (int b = 0; b + 1 < l->bin_count[l->columns[c]]; b++) {
            left.gradient += cells[b].gradient;
            left.hessian += cells[b].hessian;
            left.rows += cells[b].rows;
            if (left.rows < least || leaf->sum.rows - left.rows < least)
                continue;
            double gain = score(l, left.gradient, left.hessian) +
                          score(l, leaf->sum.gradient - left.gradient,
                                leaf->sum.hessian - left.hessian) -
                          whole;
            if (gain > leaf->gain + 1e-6) {
                leaf->gain = gain;
                leaf->column = c;
                leaf->bin = b;
            }
        }
    }
}

static void sum_leaf(struct learner *l, struct leaf *leaf)
{
    double g = 0;
    double h = 0;
    for (int r = leaf->from; r < leaf->to; r++) {
        g += (double)l->gradients[l->order[r]];
        h += (double)l->hessians[l->order[r]];
    }
    leaf->sum =
        (struct cell){(float)g, (float)h, (float)(leaf->to - leaf->from)};
}

/* Rows that go left come first; both keep their order. */
static int partition(struct learner *l, const struct leaf *leaf)
{
    int feature = l->columns[leaf->column];
    int left = leaf->from;
    int right = 0;
    for (int r = leaf->from; r < leaf->to; r++) {
        int row = l->order[r];
        size_t at = (size_t)row * (size_t)l->data->features + (size_t)feature;
        if (l->bins[at] <= leaf->bin)
            l->order[left++] = row;
        else
            l->side[right++] = row;
    }
    memcpy(l->order + left, l->side, sizeof *l->side * (size_t)right);
    return left;
}

static int add_nodes(struct boost_model *m, int count)
{
    while (m->node_count + (uint32_t)count > m->node_room) {
        m->node_room = m->node_room * 2 + 1024;
        m->nodes = gaz_realloc(m->nodes, sizeof *m->nodes * m->node_room);
    }
    m->node_count += (uint32_t)count;
    return (int)m->node_count - count;
}

static void split(struct learner *l, int which)
{
    struct leaf *left = &l->leaves[which];
    struct leaf *right = &l->leaves[l->leaf_count];
    int middle = partition(l, left);
    int start = (int)l->model->starts[l->model->trees];
    int children = add_nodes(l->model, 2);
    int feature = l->columns[left->column];
    l->model->nodes[left->node] = (struct gaz_tree_node){
        .value = l->edges[(size_t)feature * BOOST_BINS + (size_t)left->bin],
        .feature = (uint16_t)feature,
        .next = (uint16_t)(children - start)};
    *right = (struct leaf){.from = middle,
                           .to = left->to,
                           .node = children + 1,
                           .cells = l->cells[l->leaf_count]};
    l->leaf_count++;
    left->to = middle;
    left->node = children;
    struct leaf *small =
        left->to - left->from < right->to - right->from ? left : right;
    struct leaf *large = small == left ? right : left;
    struct cell *whole = left->cells;
    small->cells = small == left ? right->cells : small->cells;
    large->cells = whole;
    fill_cells(l, small);
    subtract_cells(l, large->cells, small->cells);
    sum_leaf(l, left);
    sum_leaf(l, right);
    find_split(l, left);
    find_split(l, right);
}

static void choose_columns(struct learner *l)
{
    int want = (int)(l->options->columns * l->data->features + 0.5);
    l->column_count = 0;
    for (int f = 0; f < l->data->features; f++) {
        int left = l->data->features - f;
        int open = want - l->column_count;
        if ((int)boost_random(&l->random, (uint64_t)left) < open)
            l->columns[l->column_count++] = f;
    }
}

static void choose_rows(struct learner *l)
{
    l->order_count = 0;
    uint64_t limit = (uint64_t)(l->options->rows * 1e6);
    for (int i = 0; i < l->data->rows; i++) {
        if (boost_random(&l->random, 1000000) < limit)
            l->order[l->order_count++] = i;
    }
}

static void grow_tree(struct learner *l)
{
    l->leaf_count = 1;
    l->leaves[0] = (struct leaf){.to = l->order_count,
                                 .node = add_nodes(l->model, 1),
                                 .cells = l->cells[0]};
    fill_cells(l, &l->leaves[0]);
    sum_leaf(l, &l->leaves[0]);
    find_split(l, &l->leaves[0]);
    while (l->leaf_count < l->options->leaves) {
        int best = 0;
        for (int i = 1; i < l->leaf_count; i++)
            best = l->leaves[i].gain > l->leaves[best].gain ? i : best;
        if (l->leaves[best].gain <= 0)
            break;
        split(l, best);
    }
    for (int i = 0; i < l->leaf_count; i++) {
        struct leaf *leaf = &l->leaves[i];
        l->model->nodes[leaf->node] = (struct gaz_tree_node){
            .value = (float)(-l->options->rate * (double)leaf->sum.gradient /
                             ((double)leaf->sum.hessian + l->options->l2)),
            .feature = GAZ_TREE_LEAF};
    }
    l->model->trees++;
    l->model->starts[l->model->trees] = l->model->node_count;
}

static void set_gradients(struct learner *l, const double *scores, int class)
{
    for (int i = 0; i < l->data->rows; i++) {
        const double *s = scores + (ptrdiff_t)i * GAZ_MATCH_CLASSES;
        double top = fmax(s[0], fmax(s[1], s[2]));
        double total = exp(s[0] - top) + exp(s[1] - top) + exp(s[2] - top);
        double p = exp(s[class] - top) / total;
        double w = (double)l->data->weights[i];
        l->gradients[i] =
            (float)(w * (p - (l->data->labels[i] == class ? 1.0 : 0.0)));
        l->hessians[i] = (float)(w * fmax(p * (1 - p), 1e-6));
    }
}

static void learn_round(struct learner *l, double *before)
{
    size_t values = (size_t)l->data->rows * GAZ_MATCH_CLASSES;
    memcpy(before, l->scores, sizeof *before * values);
    choose_rows(l);
    for (int class = 0; class < GAZ_MATCH_CLASSES; class ++) {
        set_gradients(l, before, class);
        choose_columns(l);
        grow_tree(l);
        const struct gaz_tree_node *tree =
            l->model->nodes + l->model->starts[l->model->trees - 1];
        for (int i = 0; i < l->data->rows; i++) {
            const float *row =
                l->data->values + (size_t)i * (size_t)l->data->features;
            l->scores[(ptrdiff_t)i * GAZ_MATCH_CLASSES + class] +=
                (double)gaz_trees_one(tree, row);
        }
    }
}

static void open_learner(struct learner *l)
{
    size_t rows = (size_t)l->data->rows;
    size_t features = (size_t)l->data->features;
    l->bins = gaz_malloc(rows * features);
    l->edges = gaz_malloc(sizeof *l->edges * features * BOOST_BINS);
    l->bin_count = gaz_malloc(sizeof *l->bin_count * features);
    l->gradients = gaz_malloc(sizeof *l->gradients * rows);
    l->hessians = gaz_malloc(sizeof *l->hessians * rows);
    l->scores = gaz_malloc(sizeof *l->scores * rows * GAZ_MATCH_CLASSES);
    l->order = gaz_malloc(sizeof *l->order * rows);
    l->side = gaz_malloc(sizeof *l->side * rows);
    l->columns = gaz_malloc(sizeof *l->columns * features);
    for (int i = 0; i < l->options->leaves; i++)
        l->cells[i] = gaz_malloc(sizeof **l->cells * features * BOOST_BINS);
    fill_bins(l);
}

static void close_learner(struct learner *l)
{
    gaz_free(l->bins);
    gaz_free(l->edges);
    gaz_free(l->bin_count);
    gaz_free(l->gradients);
    gaz_free(l->hessians);
    gaz_free(l->scores);
    gaz_free(l->order);
    gaz_free(l->side);
    gaz_free(l->columns);
    for (int i = 0; i < l->options->leaves; i++)
        gaz_free(l->cells[i]);
}

struct boost_model *boost_learn(const struct boost_data *data,
                                const struct boost_options *options)
{
    struct boost_model *model = gaz_malloc(sizeof *model);
    size_t trees = (size_t)options->rounds * GAZ_MATCH_CLASSES;
    model->starts = gaz_malloc(sizeof *model->starts * (trees + 1));
    struct learner *l = gaz_malloc(sizeof *l);
    *l = (struct learner){.data = data,
                          .options = options,
                          .model = model,
                          .random = options->seed};
    open_learner(l);
    double *before =
        gaz_malloc(sizeof *before * (size_t)data->rows * GAZ_MATCH_CLASSES);
    for (int r = 0; r < options->rounds; r++)
        learn_round(l, before);
    gaz_free(before);
    close_learner(l);
    gaz_free(l);
    return model;
}

void boost_free(struct boost_model *model)
{
    gaz_free(model->nodes);
    gaz_free(model->starts);
    gaz_free(model);
}
