/* decode.h - a strict reader of vector tiles, for the tests.
 *
 * Refuses what the specification 2.1 forbids: unknown fields, versions, types
 * or commands, a tag or key out of range, keys that repeat, geometry that ends
 * in the middle, rings of the wrong shape, an outer ring that does not run
 * clockwise on a screen, a hole before its outer ring, two layers of one name.
 */
#ifndef TESTS_UNIT_TILES_DECODE_H
#define TESTS_UNIT_TILES_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    DECODE_LAYERS = 8,
    DECODE_FEATURES = 2000,
    DECODE_TAGS = 24,
    DECODE_PATHS = 64,
    DECODE_VERTICES = 20000,
};

struct decoded_tag {
    char key[32];
    char text[512]; /* of a string value; else "" */
    double number;  /* of any number or bool */
};

struct decoded_feature {
    uint64_t id;
    int type;
    int tag_count;
    struct decoded_tag tags[DECODE_TAGS];
    int path_count;
    int paths[DECODE_PATHS + 1]; /* first vertex of each, then the end */
    int64_t (*vertices)[2];
};

struct decoded_layer {
    char name[32];
    uint32_t extent;
    int feature_count;
    struct decoded_feature *features;
};

struct decoded {
    int layer_count;
    struct decoded_layer layers[DECODE_LAYERS];
    const char *why; /* of a refusal */
};

/* Reads a tile; false, with `why`, when it is not a good one. */
bool decode_tile(const void *data, size_t size, struct decoded *out);
void decode_close(struct decoded *decoded);

/* NULL when there is none. */
const struct decoded_layer *decode_layer(const struct decoded *decoded,
                                         const char *name);
const struct decoded_tag *decode_tag(const struct decoded_feature *feature,
                                     const char *key);

#endif
