/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/weights.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "gazetteer/base/asset.h"

extern const struct gaz_asset gaz_weights_assets[];

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct gaz_model *model;

/* A binary that was built with a broken model cannot be used: it stops. */
static void open_model(void)
{
    struct gaz_ctx ctx = {0};
    const struct gaz_asset *asset = &gaz_weights_assets[0];
    if (gaz_model_open(&ctx, asset->data, asset->size, &model) != GAZ_OK) {
        (void)fprintf(stderr, "diming: %s\n", gaz_ctx_failure(&ctx));
        abort();
    }
    gaz_ctx_close(&ctx);
}

const struct gaz_model *gaz_weights_model(void)
{
    (void)pthread_once(&once, open_model);
    return model;
}
