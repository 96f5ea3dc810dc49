/* trees.h - boosted trees: what the shipped judge and the trainer share.
 *
 * A tree is an array of nodes, the root first. A node with feature 0xFFFF is a
 * leaf with its value; another sends a pair whose feature is not above `value`
 * to `next`, others to `next` + 1. Children stand behind their parent.
 */
#ifndef GAZ_MATCH_TREES_H
#define GAZ_MATCH_TREES_H

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

/* gaz_trees_add adds the ensemble's scores of the classes. */
static inline void gaz_trees_add(const struct gaz_trees *trees,
                                 const float *features,
                                 float scores[GAZ_MATCH_CLASSES])
{
    for (uint32_t t = 0; t < trees->trees; t++)
        scores[t % GAZ_MATCH_CLASSES] +=
            gaz_trees_one(trees->nodes + trees->starts[t], features);
}

#endif
