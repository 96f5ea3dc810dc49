/* sheet.h - rows of text into a spreadsheet (XLSX), by GDAL's driver. */
#ifndef IMP_SHEET_H
#define IMP_SHEET_H

#include "gazetteer/base/context.h"

struct imp_sheet;

enum { IMP_SHEET_COLUMNS_MAX = 64, IMP_SHEET_ROWS_MAX = 1000000 };

/* imp_sheet_open begins a new file; `path` appears when it is closed well.
 * GAZ_IO: GDAL cannot write here; GAZ_INVALID: too many columns. */
gaz_status imp_sheet_open(struct gaz_ctx *ctx, const char *path,
                          const char *title, const char *const *headings,
                          int count, struct imp_sheet **out);
/* imp_sheet_row adds a row of as many cells. GAZ_LIMIT past
 * IMP_SHEET_ROWS_MAX. */
gaz_status imp_sheet_row(struct gaz_ctx *ctx, struct imp_sheet *sheet,
                         const char *const *cells);
/* imp_sheet_finish writes the file; the sheet is closed, whatever comes. */
gaz_status imp_sheet_finish(struct gaz_ctx *ctx, struct imp_sheet *sheet);
void imp_sheet_drop(struct imp_sheet *sheet); /* without a file; NULL is fine */

#endif
