/* ogr.h - rows of what GDAL's vector drivers read; the only door to GDAL.
 *
 * Shapefile, GeoPackage, XLSX, ODS, KML, GeoJSON, FlatGeobuf, MapInfo, GPX and
 * DXF, each by its own driver and nothing else: the path must be a file that is
 * there, so that GDAL's /vsi names, connection strings and inline documents,
 * and with them the network, are out of reach.
 *
 * Geometries come flat (2D) and linear, x east: a point as x, y and its height,
 * the rest as WKB. Dates come as YYYY-MM-DD. There are no line numbers.
 */
#ifndef IMP_OGR_H
#define IMP_OGR_H

#include "importers/reader.h"

enum {
    /* Spreadsheets are unpacked into memory. */
    IMP_OGR_SHEET_MAX_BYTES = 64 * 1024 * 1024,
};

/* imp_ogr_open opens one layer.
 *
 * @param driver  a GDAL short name, "GeoJSON"; NULL: found out
 * @param layer   NULL: the first
 * @return GAZ_OK; GAZ_INVALID: no known format, no such layer (the sentence
 *         lists those that are there), empty, damaged; GAZ_LIMIT; GAZ_NOT_FOUND
 */
gaz_status imp_ogr_open(struct gaz_ctx *ctx, const char *path,
                        const char *driver, const char *layer,
                        struct imp_reader **out);

#endif
