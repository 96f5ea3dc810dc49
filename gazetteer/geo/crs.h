/* crs.h - other reference systems to CGCS2000 and back; the only door to PROJ.
 *
 * Names: "EPSG:4490", "EPSG:4326", "EPSG:4549", "EPSG:4528", "EPSG:4550",
 * "EPSG:3857" and any other EPSG code; "GCJ-02" and "BD-09" (own transform,
 * iterated inverse below 1 mm). Axis order at this door is always x = east or
 * longitude, y = north or latitude.
 *
 * A gaz_crs belongs to one thread; opening one costs up to 70 ms, so keep it.
 */
#ifndef GAZ_GEO_CRS_H
#define GAZ_GEO_CRS_H

#include "gazetteer/base/context.h"
#include "gazetteer/base/coord.h"

struct gaz_crs;

/* @return GAZ_OK; GAZ_INVALID: unknown or missing name, the sentence lists what
 *         is known */
gaz_status gaz_crs_open(struct gaz_ctx *ctx, const char *name,
                        struct gaz_crs **out);
void gaz_crs_close(struct gaz_crs *crs); /* accepts NULL */

/* gaz_crs_to_cgcs2000 turns x, y of the named system into degrees. GAZ_INVALID
 * when the result is not a place on earth, or x, y are far outside the system's
 * use (the sentence names the likely slip: swapped axes, another zone). */
gaz_status gaz_crs_to_cgcs2000(struct gaz_ctx *ctx, struct gaz_crs *crs,
                               double x, double y, struct gaz_coord *out);
gaz_status gaz_crs_from_cgcs2000(struct gaz_ctx *ctx, struct gaz_crs *crs,
                                 struct gaz_coord coord, double *x, double *y);

#endif
