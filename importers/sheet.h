/* sheet.h - rows into a spreadsheet (XLSX), by GDAL's driver.
 *
 * Columns are text, so that codes keep their zeros, except those that are named
 * as numbers. GDAL holds the whole sheet in memory until it is finished.
 */
#ifndef IMP_SHEET_H
#define IMP_SHEET_H

#include "gazetteer/base/context.h"

struct imp_sheet;

/* What a sheet holds (ECMA-376), the head left out. */
enum { IMP_SHEET_COLUMNS_MAX = 16384, IMP_SHEET_ROWS_MAX = 1048575 };

/* imp_sheet_open begins a new file; `path` appears when it is closed well.
 *
 * @param types  one character a column: 't' text, 'n' number; NULL: all text
 * @return GAZ_OK; GAZ_IO: GDAL cannot write here; GAZ_INVALID: no column, or
 *         too many */
gaz_status imp_sheet_open(struct gaz_ctx *ctx, const char *path,
                          const char *title, const char *const *headings,
                          const char *types, int count, struct imp_sheet **out);
/* imp_sheet_row adds a row of as many cells. GAZ_LIMIT past
 * IMP_SHEET_ROWS_MAX. */
gaz_status imp_sheet_row(struct gaz_ctx *ctx, struct imp_sheet *sheet,
                         const char *const *cells);
/* imp_sheet_finish writes the file; the sheet is closed, whatever comes. */
gaz_status imp_sheet_finish(struct gaz_ctx *ctx, struct imp_sheet *sheet);
void imp_sheet_drop(struct imp_sheet *sheet); /* without a file; NULL is fine */

/* imp_sheet_from_csv turns a UTF-8 CSV file into a sheet: whoever makes a long
 * table appends to CSV, and makes the sheet at the end. */
gaz_status imp_sheet_from_csv(struct gaz_ctx *ctx, const char *from,
                              const char *types, const char *to);

#endif
