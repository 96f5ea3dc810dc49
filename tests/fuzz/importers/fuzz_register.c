/* fuzz_register.c - any bytes as a register of markers or a list of
 * coordinates: every row is taken whole or has a reason; no position is half,
 * infinite or not a number; objects have azimuths of a circle. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "importers/csv.h"
#include "importers/register.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at_text(const char *text)
{
    assert(text && gaz_text_is_utf8(text, strlen(text), NULL));
}

static void look_at(const struct imp_register_row *row)
{
    const struct gaz_boundary_marker *marker = &row->marker;
    assert(!row->measured.is_there ||
           (isfinite(row->measured.north) && isfinite(row->measured.east)));
    assert(!row->agreed.is_there ||
           (isfinite(row->agreed.north) && isfinite(row->agreed.east)));
    assert(row->fix.accuracy_m >= 0 && row->fix.height_accuracy_m >= 0);
    look_at_text(marker->code);
    look_at_text(marker->note);
    look_at_text(row->fix.method);
    for (size_t i = 0; i < marker->object_count; i++) {
        assert(marker->objects[i].azimuth_deg >= 0 &&
               marker->objects[i].azimuth_deg < 360);
        assert(marker->objects[i].distance_m >= 0);
    }
    for (size_t i = 0; i < marker->photo_count; i++)
        assert(marker->photos[i].ref[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_ctx ctx = {0};
    struct imp_reader *reader = NULL;
    struct imp_row row;
    const struct imp_register_options options = {
        .path = "fuzz", .is_east_north = size % 2 == 1};
    if (imp_csv_open_bytes(&ctx, "fuzz", data, size, ',', &reader) == GAZ_OK) {
        const struct imp_register_table *table =
            imp_register_open(&ctx, reader, &options);
        while (imp_reader_next(&ctx, reader, &row) == GAZ_OK) {
            struct imp_register_row taken;
            const struct gaz_issue *issue =
                imp_register_take(&ctx, table, &row, &taken);
            if (!issue)
                look_at(&taken);
            else
                assert(issue->rule && issue->message && issue->message_en);
        }
    }
    imp_reader_close(reader);
    gaz_ctx_close(&ctx);
    return 0;
}
