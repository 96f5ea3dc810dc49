/* feature.h - features as GeoJSON (RFC 7946), in any of the systems. */
#ifndef API_OGC_FEATURE_H
#define API_OGC_FEATURE_H

#include "api/ogc/query.h"

/* ogc_feature_open begins the object of one feature, all but its end, so that a
 * caller may add members ("links"). GAZ_INVALID: it lies outside `crs`. */
gaz_status ogc_feature_open(struct gaz_json *json, struct api_worker *worker,
                            const struct ogc_collection *collection,
                            const struct ogc_crs *crs, uint32_t index);

/* A value as a person reads it, in the worker's arena; "" for none. */
const char *ogc_feature_text(struct api_worker *worker,
                             const struct ogc_value *value);

#endif
