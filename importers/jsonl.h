/* jsonl.h - rows of JSON lines: one object a line.
 *
 * The columns are all members of all lines, in the order they come first; a
 * first pass over the bytes finds them, so memory is one row. A text is given
 * as it is, a number, a list or an object as its JSON, null and an absent
 * member as "". `raw` of a row is the line itself.
 *
 * Row errors: not UTF-8 or not JSON (I02), not an object (I01), a line longer
 * than IMP_JSONL_LINE_MAX_BYTES or nested deeper than IMP_JSONL_MAX_DEPTH
 * (I03). The next call goes on with the next line; blank lines are left out.
 */
#ifndef IMP_JSONL_H
#define IMP_JSONL_H

#include "importers/reader.h"

enum { IMP_JSONL_LINE_MAX_BYTES = 1024 * 1024, IMP_JSONL_MAX_DEPTH = 32 };

/* imp_jsonl_open_bytes reads from memory, which must outlive the reader.
 * @return GAZ_OK; GAZ_INVALID: empty, or no line is an object; GAZ_LIMIT: more
 *         than GAZ_RECORD_MAX_FIELDS members */
gaz_status imp_jsonl_open_bytes(struct gaz_ctx *ctx, const char *name,
                                const void *data, size_t size,
                                struct imp_reader **out);

#endif
