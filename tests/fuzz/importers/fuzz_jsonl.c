/* fuzz_jsonl.c - any bytes as JSON lines, and through the guess of the
 * encoding: every row is either good, with all its values and well-formed
 * UTF-8, or tells its error; lines never go back. */
#include <assert.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "importers/encoding.h"
#include "importers/jsonl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at(const struct imp_row *row)
{
    assert(row->error == NULL ? row->count > 0 : row->count == 0);
    assert(!row->error || (row->error_zh && row->error_rule));
    for (int i = 0; i < row->count; i++)
        assert(gaz_text_is_utf8(row->values[i], strlen(row->values[i]), NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_ctx ctx = {0};
    struct imp_reader *reader = NULL;
    assert(imp_encoding_guess(data, size) != IMP_ENCODING_AUTO);
    if (imp_jsonl_open_bytes(&ctx, "fuzz", data, size, &reader) == GAZ_OK) {
        struct imp_row row;
        int64_t line = 0;
        while (imp_reader_next(&ctx, reader, &row) == GAZ_OK) {
            assert(row.line > line);
            line = row.line;
            look_at(&row);
            gaz_ctx_next(&ctx);
        }
    }
    imp_reader_close(reader);
    gaz_ctx_close(&ctx);
    return 0;
}
