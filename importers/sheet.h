/* sheet.h - writes a spreadsheet (XLSX) from a CSV file, by GDAL.
 *
 * A spreadsheet cannot be appended to: whoever makes a long table writes CSV
 * and turns it into a sheet at the end. Columns are text, so that codes keep
 * their zeros, except those that are named as numbers.
 */
#ifndef IMP_SHEET_H
#define IMP_SHEET_H

#include "gazetteer/base/context.h"

enum {
    /* What a sheet holds (ECMA-376), the head left out. */
    IMP_SHEET_MAX_ROWS = 1048575,
};

/* imp_sheet_from_csv writes `to` (replaced in one step) from the UTF-8 CSV file
 * `from`; `types` has one character a column: 't' text, 'n' number.
 * @return GAZ_OK; GAZ_IO with GDAL's sentence */
gaz_status imp_sheet_from_csv(struct gaz_ctx *ctx, const char *from,
                              const char *types, const char *to);

#endif
