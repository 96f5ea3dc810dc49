/* model.h - labels the elements of an address with learned weights.
 *
 * A small convolutional network with a chain of tags on top: each token of the
 * text gets a score for each of 42 tags from what holds there and around it
 * (model_features.h), and the best sequence of tags is found by dynamic
 * programming. The weights come from
 * tests/accuracy/model and ship as data/model/elements.bin;
 * docs/how/address-model.md has the figures.
 *
 *     struct gaz_model *model;
 *     if (gaz_model_open(ctx, bytes, size, &model) == GAZ_OK)
 *         gaz_model_label(model, text, strlen(text), &elements);
 *
 * Labelling allocates nothing, cannot fail, and touches only its arguments: a
 * model may be used by many threads at once. It needs about 200 KB of stack.
 */
#ifndef GAZ_STANDARDISE_MODEL_H
#define GAZ_STANDARDISE_MODEL_H

#include "gazetteer/base/context.h"
#include "gazetteer/model/address.h"

struct gaz_model;

/* gaz_model_open checks the bytes of elements.bin: size, version, checksum,
 * every offset. The bytes are not copied: they must stay as they are until
 * the close, and begin at a multiple of 8.
 * @return GAZ_OK; GAZ_INVALID when they are not a model of this version */
gaz_status gaz_model_open(struct gaz_ctx *ctx, const void *bytes, size_t size,
                          struct gaz_model **out);

/* gaz_model_close accepts NULL. */
void gaz_model_close(struct gaz_model *model);

/* gaz_model_label labels `text` (UTF-8, folded or not). Every character lies in
 * exactly one element. Of a long text the first GAZ_ADDRESS_MAX_BYTES bytes and
 * 160 tokens are read; the rest, if any, is one `redundant`, as is what does
 * not fit in GAZ_ELEMENTS_MAX. Bytes that are not UTF-8 count as a code point
 * each. An empty text has no elements. */
void gaz_model_label(const struct gaz_model *model, const char *text,
                     size_t size, struct gaz_elements *out);

#endif
