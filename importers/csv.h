/* csv.h - rows of a CSV or TSV file, RFC 4180.
 *
 * A pull parser over the mapped file: memory is one row, whatever the size of
 * the file. UTF-8 with or without BOM; rows end with LF, CRLF or CR; a field in
 * quotes may hold separators, quotes written twice, and newlines. The first row
 * names the columns.
 *
 * Row errors (the next call goes on with the next row): another number of
 * columns than the first row has (I01), bytes that are not UTF-8 or NUL (I02),
 * a field longer than GAZ_FIELD_MAX_BYTES (I03), a quote where none may be, or
 * one that is never closed (I04; reading goes on at the line after it).
 */
#ifndef IMP_CSV_H
#define IMP_CSV_H

#include "importers/reader.h"

enum {
    /* How far past a field that is too long the end of its row is looked for;
     * beyond it the file is refused. */
    IMP_CSV_SKIP_MAX_BYTES = 1024 * 1024,
};

/* imp_csv_open reads the first row.
 *
 * @param separator  ',' or '\t'
 * @return GAZ_OK; GAZ_INVALID: empty, not UTF-8, a column name twice;
 *         GAZ_LIMIT: more than GAZ_RECORD_MAX_FIELDS columns; GAZ_NOT_FOUND,
 *         GAZ_IO
 */
gaz_status imp_csv_open(struct gaz_ctx *ctx, const char *path, char separator,
                        struct imp_reader **out);

/* imp_csv_open_bytes reads from memory, which must outlive the reader. `name`
 * stands for the file in messages. */
gaz_status imp_csv_open_bytes(struct gaz_ctx *ctx, const char *name,
                              const void *data, size_t size, char separator,
                              struct imp_reader **out);

#endif
