/* trees.h - boosted trees: what the shipped judge and the trainer share.
 *
 * A tree is an array of nodes, the root first. A node with feature 0xFFFF is a
 * leaf with its value; another sends a pair whose feature is not above `value`
 * to `next`, others to `next` + 1. Children stand behind their parent.
 */
#ifndef GAZ_MATCH_TREES_H
#define GAZ_MATCH_TREES_H

#include <math.h>
#include <stdint.h>

enum { GAZ_TREE_LEAF = 0xFFFF, GAZ_MATCH_CLASSES = 3 };

struct gaz_tree_node {
    float value;
    uint16_t feature;
    uint16_t next; /* of the tree's nodes */
};

/* Trees in rounds of GAZ_MATCH_CLASSES, one a class. */
struct gaz_trees {
    const uint32_t *starts; /* trees + 1; in nodes */
    const struct gaz_tree_node *nodes;
    uint32_t trees;
};

static inline float gaz_trees_one(const struct gaz_tree_node *tree,
                                  const float *features)
{
    const struct gaz_tree_node *n = tree;
    while (n->feature != GAZ_TREE_LEAF)
        n = tree + n->next + (features[n->feature] > n->value ? 1 : 0);
    return n->value;
}

/* One step of a walk; a leaf stays where it is. */
static inline const struct gaz_tree_node *
gaz_trees_step(const struct gaz_tree_node *tree, const struct gaz_tree_node *n,
               const float *features)
{
    if (n->feature == GAZ_TREE_LEAF)
        return n;
    return tree + n->next + (features[n->feature] > n->value ? 1 : 0);
}

/* Adds the trees of one round. Three walks at a time: each waits for memory, so
 * they wait together. */
static inline void gaz_trees_round(const struct gaz_trees *trees,
                                   uint32_t first, const float *features,
                                   float sums[GAZ_MATCH_CLASSES])
{
    const struct gaz_tree_node *x = trees->nodes + trees->starts[first];
    const struct gaz_tree_node *y = trees->nodes + trees->starts[first + 1];
    const struct gaz_tree_node *z = trees->nodes + trees->starts[first + 2];
    const struct gaz_tree_node *at_x = x;
    const struct gaz_tree_node *at_y = y;
    const struct gaz_tree_node *at_z = z;
    while (at_x->feature != GAZ_TREE_LEAF || at_y->feature != GAZ_TREE_LEAF ||
           at_z->feature != GAZ_TREE_LEAF) {
        at_x = gaz_trees_step(x, at_x, features);
        at_y = gaz_trees_step(y, at_y, features);
        at_z = gaz_trees_step(z, at_z, features);
    }
    sums[0] += at_x->value;
    sums[1] += at_y->value;
    sums[2] += at_z->value;
}

/* gaz_trees_ask gives the ensemble's probabilities of the classes. */
static inline void gaz_trees_ask(const struct gaz_trees *trees,
                                 const float *features,
                                 double out[GAZ_MATCH_CLASSES])
{
    float sums[GAZ_MATCH_CLASSES] = {0};
    for (uint32_t t = 0; t + GAZ_MATCH_CLASSES <= trees->trees;
         t += GAZ_MATCH_CLASSES)
        gaz_trees_round(trees, t, features, sums);
    double top = (double)fmaxf(sums[0], fmaxf(sums[1], sums[2]));
    double total = 0;
    for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
        total += out[k] = exp((double)sums[k] - top);
    for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
        out[k] /= total;
}

/* gaz_trees_shares says how much the answer for (a, b), and that for (b, a),
 * count. order[0] is of (a, b), order[1] of (b, a): how likely the first text
 * is the asked one (class 0) or the found one (class 1). What would count
 * little does not count, and need not be asked. */
static inline void gaz_trees_shares(double order[2][GAZ_MATCH_CLASSES],
                                    double shares[2])
{
    static const double LITTLE = 0.05;
    double forth = order[0][0] * order[1][1];
    double back = order[0][1] * order[1][0];
    shares[0] = forth / (forth + back);
    shares[1] = back / (forth + back);
    for (int way = 0; way < 2; way++) {
        if (shares[way] < LITTLE) {
            shares[way] = 0;
            shares[1 - way] = 1;
        }
    }
}

#endif
