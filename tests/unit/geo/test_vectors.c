/* Test plan: the vectors of ../shared/data/geodesy (skipped, with the reason,
 * where they are not): each plane and offset within its last digit. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "gazetteer/geo/crs.h"
#include "gazetteer/geo/gcj02.h"

enum { CELLS = 5 };

struct row {
    char cells[CELLS][40];
};

static bool read_row(const char **at, const char *end, struct row *out)
{
    const char *to = memchr(*at, '\n', (size_t)(end - *at));
    const char *from = *at;
    to = to ? to : end;
    *at = to < end ? to + 1 : to;
    *out = (struct row){{""}};
    for (int i = 0; i < CELLS && from < to; i++) {
        const char *comma = memchr(from, ',', (size_t)(to - from));
        const char *stop = comma ? comma : to;
        size_t len = (size_t)(stop - from);
        len = len < sizeof(out->cells[i]) - 1 ? len : sizeof(out->cells[i]) - 1;
        (void)memcpy(out->cells[i], from, len);
        from = stop < to ? stop + 1 : to;
    }
    return out->cells[0][0] != '\0' && out->cells[0][0] != '#';
}

/* Half a unit of the last place that is written, and a rounding's bit. */
static double last_digit(const char *text)
{
    const char *dot = strchr(text, '.');
    return 0.5001 * pow(10, dot ? -(double)strlen(dot + 1) : 0);
}

static bool expect(struct gaz_ctx *ctx, const struct row *row, double *a,
                   double *b)
{
    struct gaz_coord at;
    struct gaz_crs *crs = NULL;
    assert_true(gaz_text_parse_double(row->cells[1], &at.lon));
    assert_true(gaz_text_parse_double(row->cells[2], &at.lat));
    if (strcmp(row->cells[0], "gcj02") == 0) {
        at = gaz_gcj02_from_wgs84(at);
    } else if (strcmp(row->cells[0], "bd09") == 0) {
        at = gaz_gcj02_to_bd09(gaz_gcj02_from_wgs84(at));
    } else if (strncmp(row->cells[0], "gk", 2) == 0) {
        const char *name =
            gaz_arena_printf(&ctx->arena, "EPSG:%s", row->cells[0] + 2);
        assert_status_of(ctx, gaz_crs_open(ctx, name, &crs), GAZ_OK);
        assert_status_of(ctx, gaz_crs_from_cgcs2000(ctx, crs, at, b, a),
                         GAZ_OK);
        gaz_crs_close(crs);
        return true;
    } else {
        return false; /* of one package's own steps */
    }
    *a = at.lon;
    *b = at.lat;
    return true;
}

static void test_shared_vectors(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_map map;
    struct row row;
    int count = 0;
    if (gaz_file_map(&ctx,
                     DIMING_SOURCE_DIR "/../shared/data/geodesy/vectors.csv",
                     &map) != GAZ_OK) {
        print_message("skipped: no ../shared/data/geodesy/vectors.csv here\n");
        gaz_ctx_close(&ctx);
        skip();
    }
    const char *at = map.data;
    const char *end = at + map.size;
    while (at < end) {
        double got[2];
        if (!read_row(&at, end, &row) || !expect(&ctx, &row, &got[0], &got[1]))
            continue;
        for (int i = 0; i < 2; i++) {
            double want;
            CASE(row.cells[0]);
            assert_true(gaz_text_parse_double(row.cells[3 + i], &want));
            assert_near(got[i], want, last_digit(row.cells[3 + i]));
        }
        count++;
    }
    assert_true(count >= 20);
    gaz_file_unmap(&map);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shared_vectors)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
