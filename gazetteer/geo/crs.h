/* crs.h - other reference systems to CGCS2000 and back; the only door to PROJ.
 *
 * Names: "EPSG:4490", "EPSG:4326", "EPSG:4549", "EPSG:4528", "EPSG:4550",
 * "EPSG:3857" and any other EPSG code; "GCJ-02" and "BD-09" (own transform,
 * iterated inverse below 1 mm). A local plane is given by its parameters as a
 * PROJ string, "+proj=tmerc +lon_0=120.75 +x_0=500000 +ellps=GRS80"; of PROJ's
 * many words only the numbers of tmerc, utm, lcc and longlat are taken, never a
 * grid or a file. Its datum is that of CGCS2000 unless +towgs84 says otherwise.
 * Axis order at this door is always x = east or
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

/* gaz_crs_lift takes positions outside the system's use from now on: for who
 * knows by other means that they are of this system, or wants to find out. */
void gaz_crs_lift(struct gaz_crs *crs);

/* gaz_crs_to_cgcs2000 turns x, y of the named system into degrees. GAZ_INVALID
 * when the result is not a place on earth, or x, y are far outside the system's
 * use (the sentence names the likely slip: swapped axes, another zone). */
gaz_status gaz_crs_to_cgcs2000(struct gaz_ctx *ctx, struct gaz_crs *crs,
                               double x, double y, struct gaz_coord *out);
gaz_status gaz_crs_from_cgcs2000(struct gaz_ctx *ctx, struct gaz_crs *crs,
                                 struct gaz_coord coord, double *x, double *y);

#endif
