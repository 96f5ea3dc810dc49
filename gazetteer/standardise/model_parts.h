/* model_parts.h - an open model, for the files of the element model. */
#ifndef GAZ_STANDARDISE_MODEL_PARTS_H
#define GAZ_STANDARDISE_MODEL_PARTS_H

#include "gazetteer/standardise/model_features.h"
#include "gazetteer/standardise/model_layer.h"

struct gaz_model_table {
    const uint32_t *index;
    const uint8_t *rows;
    uint32_t buckets;
};

struct gaz_model {
    const struct gaz_model_header *header;
    const int16_t *transitions;
    struct gaz_model_layer layers[GAZ_MODEL_LAYERS];
    const uint32_t *name_index;
    const uint32_t *names;
    struct gaz_model_table tables[GAZ_MODEL_TABLES];
    int32_t reach[GAZ_MODEL_TAGS]; /* the best transition from a tag */
};

/* Scores of the tags of a token, 1/256. */
typedef int16_t gaz_model_scores[GAZ_MODEL_SCORES];

/* gaz_model_score writes the scores of each token. */
void gaz_model_score(const struct gaz_model *model,
                     const struct gaz_model_text *text, gaz_model_scores *out);

#endif
