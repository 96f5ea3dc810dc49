/* Test plan: a table of small files, each with the rows it must give in one
 * line of text: values by "|", errors as !RULE@line:column. Then what refuses
 * the whole file and its sentence; the limits at their edge, one byte below and
 * above; a field of 64 MiB that is refused at once; and a writer whose output,
 * with all separators, quotes and newlines, is read back as it was. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/text.h"
#include "gazetteer/model/record.h"
#include "importers/csv.h"

/* Reads all rows; the text of each is added to `out`, rows apart by " / ". */
static gaz_status read_all(struct gaz_ctx *ctx, const char *data, size_t size,
                           char separator, struct gaz_buffer *out)
{
    struct imp_reader *reader = NULL;
    gaz_status status =
        imp_csv_open_bytes(ctx, "t.csv", data, size, separator, &reader);
    if (status != GAZ_OK)
        return status;
    for (int i = 0; i < reader->column_count; i++)
        gaz_buffer_printf(out, "%s%s", i ? "|" : "", reader->columns[i]);
    struct imp_row row;
    while ((status = imp_reader_next(ctx, reader, &row)) == GAZ_OK) {
        gaz_buffer_printf(out, " / %lld:", (long long)row.line);
        if (row.error)
            gaz_buffer_printf(out, "!%s@%d", row.error_rule, row.error_column);
        for (int i = 0; i < row.count; i++)
            gaz_buffer_printf(out, "%s%s", i ? "|" : "", row.values[i]);
    }
    imp_reader_close(reader);
    return status == GAZ_END ? GAZ_OK : status;
}

static const struct {
    const char *label;
    const char *file;
    const char *want;
} FILES[] = {
    {"plain, LF", "a,b\n1,2\n3,4\n", "a|b / 2:1|2 / 3:3|4"},
    {"CRLF", "a,b\r\n1,2\r\n3,4\r\n", "a|b / 2:1|2 / 3:3|4"},
    {"CR alone", "a,b\r1,2\r3,4", "a|b / 2:1|2 / 3:3|4"},
    {"no newline at the end", "a,b\n1,2", "a|b / 2:1|2"},
    {"BOM",
     "\xEF\xBB\xBF"
     "a,b\n1,2\n",
     "a|b / 2:1|2"},
    {"Chinese", "名称,代码\n乍浦镇,330482101\n",
     "名称|代码 / 2:乍浦镇|330482101"},
    {"quotes", "a,b\n\"1,5\",\"say \"\"so\"\"\"\n", "a|b / 2:1,5|say \"so\""},
    {"quoted header", "\"a\",\"b,c\"\n1,2\n", "a|b,c / 2:1|2"},
    {"newline in quotes: lines stay right", "a,b\n\"x\ny\",1\nz,2\n",
     "a|b / 2:x\ny|1 / 4:z|2"},
    {"CRLF in quotes counts once", "a,b\r\n\"x\r\ny\",1\r\nz,2\r\n",
     "a|b / 2:x\r\ny|1 / 4:z|2"},
    {"empty cells", "a,b,c\n,,\n\"\",x,\n", "a|b|c / 2:|| / 3:|x|"},
    {"blank lines are skipped", "\na,b\n\n1,2\n\n\n3,4\n\n",
     "a|b / 4:1|2 / 7:3|4"},
    {"blanks are text", "a,b\n 1 , 2\n", "a|b / 2: 1 | 2"},
    {"header only", "a,b\n", "a|b"},
    {"nameless columns get numbers", "a,,\n1,2,3\n", "a|#2|#3 / 2:1|2|3"},
    {"too few columns", "a,b\n1\n3,4\n", "a|b / 2:!I01@0 / 3:3|4"},
    {"too many columns", "a,b\n1,2,3\n3,4\n", "a|b / 2:!I01@0 / 3:3|4"},
    {"not UTF-8, second column", "a,b\n1,\xD5\xE3\xBD\xAD\n3,4\n",
     "a|b / 2:!I02@2 / 3:3|4"},
    {"overlong UTF-8", "a,b\n\xC0\xAF,2\n", "a|b / 2:!I02@1"},
    {"bare quote", "a,b\n1,2\"3\n3,4\n", "a|b / 2:!I04@2 / 3:3|4"},
    {"text after the closing quote", "a,b\n\"1\"x,2\n3,4\n",
     "a|b / 2:!I04@1 / 3:3|4"},
    {"a quote never closed loses one row only", "a,b\n\"1,2\n3,4\n5,6\n",
     "a|b / 2:!I04@1 / 3:3|4 / 4:5|6"},
    {"the first of two errors tells", "a,b\n\xFF,2,3\n", "a|b / 2:!I02@1"},
    {"a quote at the very end", "a\n\"", "a / 2:!I04@1"},
    {"quote quote at the very end", "a\n\"\"", "a / 2:"},
};

static void test_files(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    for (size_t i = 0; i < COUNT(FILES); i++) {
        CASE(FILES[i].label);
        struct gaz_buffer got;
        gaz_ctx_next(&ctx);
        gaz_buffer_open(&got, 1 << 20);
        assert_status_of(
            &ctx,
            read_all(&ctx, FILES[i].file, strlen(FILES[i].file), ',', &got),
            GAZ_OK);
        assert_string_equal(got.data, FILES[i].want);
        gaz_buffer_close(&got);
    }
    gaz_ctx_close(&ctx);
}

static void test_other_bytes(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_buffer got;
    CASE("NUL in a cell");
    static const char NUL[] = "a,b\n1\0x,2\n3,4\n";
    gaz_buffer_open(&got, 1 << 20);
    assert_status(read_all(&ctx, NUL, sizeof(NUL) - 1, ',', &got), GAZ_OK);
    assert_string_equal(got.data, "a|b / 2:!I02@1 / 3:3|4");
    CASE("tabs");
    gaz_buffer_clear(&got);
    static const char TABS[] = "a\tb\n1,5\t2\n";
    assert_status(read_all(&ctx, TABS, sizeof(TABS) - 1, '\t', &got), GAZ_OK);
    assert_string_equal(got.data, "a|b / 2:1,5|2");
    gaz_buffer_close(&got);
    gaz_ctx_close(&ctx);
}

static void test_refusals(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *file;
        const char *says;
    } CASES[] = {
        {"empty", "", "'t.csv' is empty"},
        {"BOM only", "\xEF\xBB\xBF", "is empty"},
        {"newlines only", "\n\r\n\n", "is empty"},
        {"the same name twice", "a,b,a\n1,2,3\n",
         "t.csv:1:3: column name 'a' again, first in column 1"},
        {"header not UTF-8", "a,\xC3\xFB\n1,2\n", "t.csv:1:2: not UTF-8"},
        {"header with an open quote", "a,\"b\n1,2\n", "t.csv:1:2: the quote"},
        {"UTF-16",
         "\xFF\xFE"
         "a",
         "is UTF-16"},
    };
    struct gaz_ctx ctx = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        gaz_ctx_next(&ctx);
        struct imp_reader *reader = NULL;
        assert_status(imp_csv_open_bytes(&ctx, "t.csv", CASES[i].file,
                                         strlen(CASES[i].file), ',', &reader),
                      GAZ_INVALID);
        assert_null(reader);
        if (!strstr(gaz_ctx_failure(&ctx), CASES[i].says))
            fail_msg("'%s' lacks '%s'", gaz_ctx_failure(&ctx), CASES[i].says);
    }
    CASE("no such file");
    gaz_ctx_next(&ctx);
    struct imp_reader *reader = NULL;
    assert_status(imp_csv_open(&ctx, "/nowhere/at/all.csv", ',', &reader),
                  GAZ_NOT_FOUND);
    gaz_ctx_close(&ctx);
}

/* "a,b\n", then the field of `len` x, quoted or not, then the end. */
static gaz_status read_long(struct gaz_ctx *ctx, size_t len, bool quoted,
                            const char *end, struct gaz_buffer *out)
{
    struct gaz_buffer file;
    gaz_buffer_open(&file, 1U << 30);
    gaz_buffer_text(&file, quoted ? "a,b\n1,\"" : "a,b\n1,");
    char *block = gaz_malloc(len + 1);
    memset(block, 'x', len);
    gaz_buffer_bytes(&file, block, len);
    gaz_free(block);
    gaz_buffer_text(&file, end);
    gaz_status status = read_all(ctx, file.data, file.size, ',', out);
    gaz_buffer_close(&file);
    return status;
}

static void test_limits(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        size_t len;
        bool quoted;
        const char *end;
        gaz_status status;
        const char *tail; /* of the rows, or the sentence */
    } CASES[] = {
        {"as long as may be", GAZ_FIELD_MAX_BYTES, false, "\n3,4\n", GAZ_OK,
         "x / 3:3|4"},
        {"as long as may be, quoted", GAZ_FIELD_MAX_BYTES, true, "\"\n3,4\n",
         GAZ_OK, "x / 3:3|4"},
        {"one byte more", GAZ_FIELD_MAX_BYTES + 1, false, "\n3,4\n", GAZ_OK,
         "a|b / 2:!I03@2 / 3:3|4"},
        {"one byte more, quoted", GAZ_FIELD_MAX_BYTES + 1, true, "\"\n3,4\n",
         GAZ_OK, "a|b / 2:!I03@2 / 3:3|4"},
        {"lines stay right behind it", GAZ_FIELD_MAX_BYTES + 1, true,
         "\nmore\n\"\n3,4\n", GAZ_OK, "a|b / 2:!I03@2 / 5:3|4"},
        {"to the end of the file", GAZ_FIELD_MAX_BYTES + 1, false, "",
         GAZ_LIMIT, "t.csv:2:2: a field is longer than 65536 bytes"},
        {"never closed", GAZ_FIELD_MAX_BYTES + 1, true, "\n3,4\n", GAZ_LIMIT,
         "is a quote not closed?"},
        {"further than is looked for", IMP_CSV_SKIP_MAX_BYTES, false, "\n3,4\n",
         GAZ_LIMIT, "t.csv:2:2"},
        {"64 MiB", 64U << 20, true, "\"\n3,4\n", GAZ_LIMIT, "t.csv:2:2"},
    };
    struct gaz_ctx ctx = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_buffer got;
        gaz_ctx_next(&ctx);
        gaz_buffer_open(&got, 1 << 20);
        assert_status_of(
            &ctx,
            read_long(&ctx, CASES[i].len, CASES[i].quoted, CASES[i].end, &got),
            CASES[i].status);
        const char *text =
            CASES[i].status == GAZ_OK ? got.data : gaz_ctx_failure(&ctx);
        if (!strstr(text, CASES[i].tail))
            fail_msg("'%.200s' lacks '%s'", text, CASES[i].tail);
        /* the long field was never copied */
        assert_true(gaz_arena_used(&ctx.arena) < 4 * GAZ_FIELD_MAX_BYTES);
        gaz_buffer_close(&got);
    }
    gaz_ctx_close(&ctx);
}

static void test_column_limit(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_buffer file;
    struct imp_reader *reader = NULL;
    gaz_buffer_open(&file, 1 << 20);
    for (int i = 0; i < GAZ_RECORD_MAX_FIELDS; i++)
        gaz_buffer_printf(&file, "%sc%d", i ? "," : "", i);
    assert_status_of(
        &ctx, imp_csv_open_bytes(&ctx, "t", file.data, file.size, ',', &reader),
        GAZ_OK);
    assert_int_equal(reader->column_count, GAZ_RECORD_MAX_FIELDS);
    imp_reader_close(reader);
    gaz_buffer_text(&file, ",more");
    assert_status(
        imp_csv_open_bytes(&ctx, "t", file.data, file.size, ',', &reader),
        GAZ_LIMIT);
    gaz_buffer_close(&file);
    gaz_ctx_close(&ctx);
}

/* A cell of the alphabet that hurts most. */
static const char *random_cell(struct gaz_ctx *ctx, unsigned *seed)
{
    static const char *const PIECES[] = {",", "\"", "\n", "\r\n",
                                         "x", " ",  "镇", ""};
    char *cell = gaz_arena_strdup(&ctx->arena, "");
    for (unsigned i = 0; i < 6; i++) {
        *seed = *seed * 1103515245U + 12345U;
        cell = gaz_arena_printf(&ctx->arena, "%s%s", cell,
                                PIECES[(*seed >> 16) % COUNT(PIECES)]);
    }
    return cell;
}

static void test_round_trip(void **state)
{
    (void)state;
    enum { ROWS = 400, COLUMNS = 3 };
    struct gaz_ctx ctx = {0};
    struct gaz_buffer file;
    const char *cells[ROWS][COLUMNS];
    int64_t given = 20240601;
    const char *fixed = getenv("GAZ_TEST_SEED");
    if (fixed)
        assert_true(gaz_text_parse_int(fixed, &given));
    unsigned seed = (unsigned)given;
    print_message("           seed: %u\n", seed);
    gaz_buffer_open(&file, 1 << 20);
    gaz_buffer_text(&file, "a,b,c\n");
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++) {
            cells[i][j] = random_cell(&ctx, &seed);
            gaz_buffer_char(&file, '"');
            for (const char *c = cells[i][j]; *c; c++) {
                if (*c == '"')
                    gaz_buffer_char(&file, '"');
                gaz_buffer_char(&file, *c);
            }
            gaz_buffer_text(&file, j + 1 < COLUMNS ? "\"," : "\"\r\n");
        }
    struct imp_reader *reader = NULL;
    assert_status_of(
        &ctx, imp_csv_open_bytes(&ctx, "t", file.data, file.size, ',', &reader),
        GAZ_OK);
    for (int i = 0; i < ROWS; i++) {
        struct imp_row row;
        assert_status_of(&ctx, imp_reader_next(&ctx, reader, &row), GAZ_OK);
        assert_null(row.error);
        assert_int_equal(row.number, i + 1);
        for (int j = 0; j < COLUMNS; j++)
            assert_string_equal(row.values[j], cells[i][j]);
    }
    struct imp_row none;
    assert_status(imp_reader_next(&ctx, reader, &none), GAZ_END);
    imp_reader_close(reader);
    gaz_buffer_close(&file);
    gaz_ctx_close(&ctx);
}

static void test_raw(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    static const char FILE_TEXT[] = "a,b\r\n\"x\ny\",1\r\nonly\r\n\"open\r\n";
    static const char *const WANT[] = {"\"x\ny\",1", "only", "\"open"};
    struct imp_reader *reader = NULL;
    assert_status_of(&ctx,
                     imp_csv_open_bytes(&ctx, "t", FILE_TEXT,
                                        sizeof(FILE_TEXT) - 1, ',', &reader),
                     GAZ_OK);
    for (size_t i = 0; i < COUNT(WANT); i++) {
        struct imp_row row;
        assert_status_of(&ctx, imp_reader_next(&ctx, reader, &row), GAZ_OK);
        assert_string_equal(row.raw, WANT[i]);
    }
    imp_reader_close(reader);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),      cmocka_unit_test(test_other_bytes),
        cmocka_unit_test(test_refusals),   cmocka_unit_test(test_limits),
        cmocka_unit_test(test_raw),        cmocka_unit_test(test_column_limit),
        cmocka_unit_test(test_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
