/* model_layer.h - the sums of one layer of the element model, in whole numbers:
 * the same on every machine. */
#ifndef GAZ_STANDARDISE_MODEL_LAYER_H
#define GAZ_STANDARDISE_MODEL_LAYER_H

#include "gazetteer/standardise/model_blob.h"

struct gaz_model_layer {
    const struct gaz_model_shape *shape;
    const int32_t *biases;
    const int16_t *weights;
};

/* gaz_model_layer_sums writes `outputs` sums for each of `rows` rows. `in` is
 * the first row, of `inputs` values; shape->spread rows before the first and
 * after the last are read as well. */
void gaz_model_layer_sums(const struct gaz_model_layer *layer,
                          const int16_t *in, int rows, int32_t *out);

/* gaz_model_layer_sums_plain does the same without vector instructions. */
void gaz_model_layer_sums_plain(const struct gaz_model_layer *layer,
                                const int16_t *in, int rows, int32_t *out);

#endif
