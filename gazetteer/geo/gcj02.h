/* gcj02.h - the offset coordinate systems of Chinese web maps. Pure.
 *
 * Published formulas (as in gcoord 1.0.7). For exchange and display only; never
 * stored. The inverse iterates until 1e-9 degree (0.1 mm), unlike the one-step
 * inverse in common use, which is wrong by up to 2 m here.
 */
#ifndef GAZ_GEO_GCJ02_H
#define GAZ_GEO_GCJ02_H

#include "gazetteer/base/coord.h"

struct gaz_coord gaz_gcj02_from_wgs84(struct gaz_coord wgs84);
struct gaz_coord gaz_gcj02_to_wgs84(struct gaz_coord gcj02);
struct gaz_coord gaz_gcj02_to_bd09(struct gaz_coord gcj02);
struct gaz_coord gaz_gcj02_from_bd09(struct gaz_coord bd09);

#endif
