/* crs.h - the reference systems that coordinates may be asked for in.
 *
 * OGC API - Features - Part 2 (18-058r1): `crs`, `bbox-crs` and `filter-crs`
 * name one by URI, and coordinates stand in the axis order that the system
 * itself defines: latitude first in EPSG:4490 and EPSG:4326, northing first in
 * EPSG:4549, longitude or easting first in CRS84 and EPSG:3857.
 *
 * CRS84, EPSG:4326 and EPSG:4490 are taken as one: CGCS2000 and WGS 84 differ
 * by centimetres, and no published transformation between them is better.
 */
#ifndef API_OGC_CRS_H
#define API_OGC_CRS_H

#include "api/http.h"

struct ogc_crs {
    const char *uri;
    const char *header;     /* of Content-Crs: the URI in angle brackets */
    const char *name;       /* "EPSG:4549" */
    bool is_projected;      /* metres, through PROJ */
    bool is_northing_first; /* or latitude first */
    int decimals;           /* of a coordinate: about 1 cm */
};

enum { OGC_CRS_COUNT = 5, OGC_CRS_STORAGE = 1 };
extern const struct ogc_crs OGC_CRSS[OGC_CRS_COUNT]; /* the first is CRS84 */

/* ogc_crs_parse reads the parameter `name` of a request; absent: CRS84. Takes
 * the URI, "[EPSG:4549]" and "EPSG:4549". GAZ_INVALID. */
gaz_status ogc_crs_parse(struct api_worker *worker,
                         const struct api_request *request, const char *name,
                         const struct ogc_crs **out);

/* ogc_crs_from turns degrees into the two numbers of `crs`, in its axis order;
 * ogc_crs_to is the way back. GAZ_INVALID: outside its use. */
gaz_status ogc_crs_from(struct api_worker *worker, const struct ogc_crs *crs,
                        struct gaz_coord coord, double out[2]);
gaz_status ogc_crs_to(struct api_worker *worker, const struct ogc_crs *crs,
                      const double numbers[2], struct gaz_coord *out);

/* What a worker keeps between requests; accepts NULL. */
void ogc_crs_close(struct ogc_projections *projections);

#endif
