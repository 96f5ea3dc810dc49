/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/csv.h"
#include "importers/sheet.h"

static gaz_status copy_rows(struct gaz_ctx *ctx, struct imp_reader *reader,
                            struct imp_sheet *sheet, const char *from)
{
    struct gaz_ctx rows = {.failure = ""};
    struct imp_row row;
    gaz_status status;
    while ((status = imp_reader_next(&rows, reader, &row)) == GAZ_OK) {
        status = row.error ? gaz_fail(ctx, GAZ_INVALID, "%s:%lld: %s", from,
                                      (long long)row.line, row.error)
                           : imp_sheet_row(ctx, sheet, row.values);
        if (status != GAZ_OK)
            break;
        gaz_ctx_next(&rows);
    }
    if (status != GAZ_OK && status != GAZ_END)
        status = gaz_fail(ctx, status, "%s", gaz_ctx_failure(&rows));
    gaz_ctx_close(&rows);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status imp_sheet_from_csv(struct gaz_ctx *ctx, const char *from,
                              const char *types, const char *to)
{
    struct imp_reader *reader;
    gaz_status status = imp_csv_open(ctx, from, ',', &reader);
    if (status != GAZ_OK)
        return status;
    struct imp_sheet *sheet = NULL;
    status = imp_sheet_open(ctx, to, "结果", reader->columns, types,
                            reader->column_count, &sheet);
    if (status == GAZ_OK)
        status = copy_rows(ctx, reader, sheet, from);
    imp_reader_close(reader);
    if (status == GAZ_OK)
        return imp_sheet_finish(ctx, sheet);
    imp_sheet_drop(sheet);
    return status;
}
