/* weights.h - the element model that is part of the binary. */
#ifndef GAZ_STANDARDISE_WEIGHTS_H
#define GAZ_STANDARDISE_WEIGHTS_H

#include "gazetteer/standardise/model.h"

/* gaz_weights_model returns the model of data/model/elements.bin. Opened by the
 * first call in the process, shared by all threads, never closed: it points
 * into the binary. */
const struct gaz_model *gaz_weights_model(void);

#endif
