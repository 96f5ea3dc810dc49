/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: a table from file to file.
 *
 * - rows stay in order and are the same for 1, 2 and 5 threads
 * - a batch that is cancelled anywhere goes on and gives the same bytes, the
 *   reject file included; so does one that lost what was written after the last
 *   checkpoint, as a power cut does
 * - resume is refused: nothing there, other options, another input, a damaged
 *   or a shortened file
 * - GB18030 and UTF-16 tables give what UTF-8 gives; a broken byte costs a row
 * - JSON lines keep every member as it was; address columns are joined
 * - a failure leaves the old output as it was
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/batch/run.h"
#include "gazetteer/base/file.h"
#include "tests/unit/api/fixture.h"

enum { ROWS = 3000, PATH_BYTES = 128 };

static struct fixture fixture;
static char folder[] = "/tmp/diming-batch-XXXXXX";

static const char *const TEXTS[] = {
    "平湖市乍浦镇演示路158号", "乍浦镇", "", "nowhere", "衙前村", "演示路159号",
};

static const char *path_of(const char *name)
{
    static char paths[8][PATH_BYTES];
    static int next;
    char *path = paths[next++ % 8];
    (void)snprintf(path, PATH_BYTES, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *path, const void *data, size_t size)
{
    struct gaz_ctx ctx = {.failure = ""};
    assert_status_of(&ctx, gaz_file_replace(&ctx, path, data, size), GAZ_OK);
    gaz_ctx_close(&ctx);
}

static void assert_same_files(const char *a, const char *b)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_map one;
    struct gaz_map two;
    assert_status_of(&ctx, gaz_file_map(&ctx, a, &one), GAZ_OK);
    assert_status_of(&ctx, gaz_file_map(&ctx, b, &two), GAZ_OK);
    assert_int_equal(one.size, two.size);
    assert_memory_equal(one.data, two.data, one.size);
    gaz_file_unmap(&one);
    gaz_file_unmap(&two);
    gaz_ctx_close(&ctx);
}

static bool file_has(const char *path, const char *text)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_map map;
    assert_status_of(&ctx, gaz_file_map(&ctx, path, &map), GAZ_OK);
    const char *copy =
        map.data ? gaz_arena_strndup(&ctx.arena, map.data, map.size) : "";
    const bool has = strstr(copy, text) != NULL;
    gaz_file_unmap(&map);
    gaz_ctx_close(&ctx);
    return has;
}

static void write_table(const char *path, int rows)
{
    struct gaz_buffer table;
    gaz_buffer_open(&table, 1 << 24);
    gaz_buffer_text(&table, "编号,地址\n");
    for (int i = 0; i < rows; i++)
        gaz_buffer_printf(&table, "r%d,%s\n", i, TEXTS[i % (int)COUNT(TEXTS)]);
    write_file(path, table.data, table.size);
    gaz_buffer_close(&table);
}

static struct api_batch_run make_run(const char *input, const char *output)
{
    return (struct api_batch_run){.snap = fixture.snap,
                                  .input = input,
                                  .output = output,
                                  .id = "编号",
                                  .threads = 2};
}

static void run_ok(struct api_batch_run run, struct api_batch_counts *counts)
{
    struct gaz_ctx ctx = {.failure = ""};
    assert_status_of(&ctx, api_batch_run(&ctx, &run), GAZ_OK);
    assert_false(run.is_cancelled);
    if (counts)
        *counts = run.counts;
    gaz_ctx_close(&ctx);
}

static void run_refused(struct api_batch_run run, gaz_status want,
                        const char *sentence)
{
    struct gaz_ctx ctx = {.failure = ""};
    assert_status_of(&ctx, api_batch_run(&ctx, &run), want);
    if (!strstr(ctx.failure, sentence))
        fail_msg("'%s' is not in '%s'", sentence, ctx.failure);
    gaz_ctx_close(&ctx);
}

static void test_threads(void **state)
{
    (void)state;
    write_table(path_of("in.csv"), ROWS);
    struct api_batch_counts counts;
    struct api_batch_run run = make_run(path_of("in.csv"), path_of("one.csv"));
    run.threads = 1;
    run_ok(run, &counts);
    assert_int_equal(counts.rows, ROWS);
    assert_int_equal(counts.invalid, ROWS / (int)COUNT(TEXTS));
    assert_int_equal(counts.rows, counts.matched + counts.review + counts.none +
                                      counts.invalid);
    for (int threads = 2; threads <= 5; threads += 3) {
        run.output = path_of("many.csv");
        run.threads = threads;
        run_ok(run, NULL);
        assert_same_files(path_of("one.csv"), path_of("many.csv"));
    }
}

/* Cancels when a number of rows is written. */
struct cancel {
    atomic_bool flag;
    int64_t after;
};

static void count_rows(const struct api_batch_counts *counts, void *user)
{
    struct cancel *cancel = user;
    if (counts->rows >= cancel->after)
        atomic_store(&cancel->flag, true);
}

static void cancel_at(struct api_batch_run run, int64_t rows)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct cancel cancel = {.after = rows};
    run.cancel = &cancel.flag;
    run.progress = count_rows;
    run.user = &cancel;
    assert_status_of(&ctx, api_batch_run(&ctx, &run), GAZ_OK);
    assert_true(run.is_cancelled);
    gaz_ctx_close(&ctx);
}

static void append_rubbish(const char *path)
{
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    (void)fputs("half a row that no checkpoint knows", file);
    assert_int_equal(fclose(file), 0);
}

static void test_resume(void **state)
{
    (void)state;
    write_table(path_of("in.csv"), ROWS);
    struct api_batch_run whole =
        make_run(path_of("in.csv"), path_of("whole.csv"));
    whole.rejects = path_of("same.rejects");
    run_ok(whole, NULL);
    assert_int_equal(rename(path_of("same.rejects"), path_of("want.rejects")),
                     0);
    for (int64_t rows = 1; rows < ROWS; rows += 700) {
        struct api_batch_run run =
            make_run(path_of("in.csv"), path_of("half.csv"));
        run.rejects = path_of("same.rejects");
        cancel_at(run, rows);
        assert_int_not_equal(access(path_of("half.csv"), F_OK), 0);
        append_rubbish(path_of("half.csv.part.csv"));
        run.resume = true;
        run_ok(run, NULL);
        assert_same_files(path_of("whole.csv"), path_of("half.csv"));
        assert_same_files(path_of("want.rejects"), path_of("same.rejects"));
        assert_int_not_equal(access(path_of("half.csv.progress"), F_OK), 0);
        assert_int_equal(unlink(path_of("half.csv")), 0);
    }
}

static void test_resume_refused(void **state)
{
    (void)state;
    write_table(path_of("in.csv"), ROWS);
    struct api_batch_run run =
        make_run(path_of("in.csv"), path_of("never.csv"));
    run.resume = true;
    run_refused(run, GAZ_INVALID, "nothing to resume");
    run.resume = false;
    cancel_at(run, 500);
    run.resume = true;
    struct api_batch_run other = run;
    other.at = 20050101;
    run_refused(other, GAZ_INVALID, "the options are others");
    assert_int_equal(truncate(path_of("never.csv.part.csv"), 10), 0);
    run_refused(run, GAZ_INVALID, "shorter than its checkpoint");
    write_table(path_of("in.csv"), ROWS + 1);
    run_refused(run, GAZ_INVALID, "the input has changed");
    write_file(path_of("never.csv.progress"), "x\n", 2);
    run_refused(run, GAZ_INVALID, "damaged");
}

static void test_encodings(void **state)
{
    (void)state;
    static const char UTF8[] = "地址,编号\n乍浦镇,一\n衙前村,二\n";
    static const unsigned char GB18030[] =
        "\xB5\xD8\xD6\xB7,\xB1\xE0\xBA\xC5\n\xD5\xA7\xC6\xD6\xD5\xF2,\xD2\xBB\n"
        "\xD1\xC3\xC7\xB0\xB4\xE5,\xB6\xFE\n";
    static const unsigned char UTF16[] = {
        0xFF, 0xFE, 0x30, 0x57, 0x40, 0x57, ',',  0,    0x16, 0x7F,
        0xF7, 0x53, '\n', 0,    0x4D, 0x4E, 0x66, 0x6D, 0x47, 0x95,
        ',',  0,    0x00, 0x4E, '\n', 0,    0x59, 0x88, 0x4D, 0x52,
        0x51, 0x67, ',',  0,    0x8C, 0x4E, '\n', 0};
    write_file(path_of("utf8.csv"), UTF8, strlen(UTF8));
    write_file(path_of("gb.csv"), GB18030, sizeof(GB18030) - 1);
    write_file(path_of("utf16.csv"), UTF16, sizeof(UTF16));
    run_ok(make_run(path_of("utf8.csv"), path_of("utf8.out.csv")), NULL);
    run_ok(make_run(path_of("gb.csv"), path_of("gb.out.csv")), NULL);
    run_ok(make_run(path_of("utf16.csv"), path_of("utf16.out.csv")), NULL);
    assert_same_files(path_of("gb.out.csv"), path_of("utf16.out.csv"));
    assert_true(file_has(path_of("utf8.out.csv"), "乍浦镇,一,matched,town"));
    assert_true(file_has(path_of("gb.out.csv"), "\xEF\xBB\xBF"
                                                "地址,编号,status"));
    assert_true(file_has(path_of("gb.out.csv"), "乍浦镇,一,matched,town"));
    struct api_batch_run back =
        make_run(path_of("gb.csv"), path_of("back.csv"));
    back.as_gb18030 = true;
    run_ok(back, NULL);
    assert_true(file_has(path_of("back.csv"),
                         "\xD5\xA7\xC6\xD6\xD5\xF2,\xD2\xBB,matched,town"));
}

static void test_broken_byte(void **state)
{
    (void)state;
    static const char TABLE[] = "编号,地址\n1,乍浦镇\n2,乍\xE6浦\n3,衙前村\n";
    struct api_batch_counts counts;
    write_file(path_of("bad.csv"), TABLE, strlen(TABLE));
    run_ok(make_run(path_of("bad.csv"), path_of("bad.out.csv")), &counts);
    assert_int_equal(counts.rows, 3);
    assert_int_equal(counts.invalid, 1);
    struct api_batch_run forced =
        make_run(path_of("bad.csv"), path_of("bad.out.csv"));
    forced.encoding = IMP_ENCODING_GB18030;
    forced.id = NULL;
    forced.columns = "编号";
    run_refused(forced, GAZ_INVALID, "no column");
}

static void test_json_lines(void **state)
{
    (void)state;
    static const char LINES[] =
        "{\"编号\":7,\"镇\":\"乍浦镇\",\"路\":\"演示路158号\",\"n\":[1,{\"a\":"
        "1.5}]}\n"
        "\n"
        "{\"镇\":\"乍浦镇\",\"更多\":null,\"路\":\"\"}\n"
        "[1]\n"
        "{\"镇\"\n";
    write_file(path_of("in.jsonl"), LINES, strlen(LINES));
    struct api_batch_run run =
        make_run(path_of("in.jsonl"), path_of("out.jsonl"));
    run.columns = "镇,路";
    struct api_batch_counts counts;
    run_ok(run, &counts);
    assert_int_equal(counts.rows, 4);
    assert_int_equal(counts.matched, 2);
    assert_int_equal(counts.invalid, 2);
    const char *out = path_of("out.jsonl");
    assert_true(file_has(out,
                         "{\"编号\":7,\"镇\":\"乍浦镇\",\"路\":\"演示路158号\","
                         "\"n\":[1,{\"a\":1.5}],\"diming\":{\"status\":"
                         "\"matched\",\"match\":\"exact\""));
    assert_true(file_has(out, "\"更多\":null"));
    assert_true(file_has(out, "{\"raw\":\"[1]\",\"diming\":{\"status\":"
                              "\"invalid\""));
    run.output = path_of("out.tsv");
    run_ok(run, NULL);
    assert_true(file_has(path_of("out.tsv"), "编号\t镇\t路\tn\t更多\tstatus"));
    assert_true(file_has(path_of("out.tsv"), "7\t乍浦镇\t演示路158号\t"));
}

static void test_failure_keeps_output(void **state)
{
    (void)state;
    static const char OLD[] = "old";
    write_file(path_of("kept.csv"), OLD, strlen(OLD));
    static const char TABLE[] = "编号,姓名\n1,x\n";
    write_file(path_of("other.csv"), TABLE, strlen(TABLE));
    run_refused(make_run(path_of("other.csv"), path_of("kept.csv")),
                GAZ_INVALID, "no column '地址");
    run_refused(make_run(path_of("absent.csv"), path_of("kept.csv")),
                GAZ_NOT_FOUND, "absent.csv");
    struct api_batch_run run =
        make_run(path_of("other.csv"), path_of("kept.csv"));
    run.id = "号码";
    run_refused(run, GAZ_INVALID, "no column '号码'");
    assert_true(file_has(path_of("kept.csv"), "old"));
    assert_int_not_equal(access(path_of("kept.csv.part.csv"), F_OK), 0);
}

static int open_all(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return mkdtemp(folder) ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"in.csv",
                                        "one.csv",
                                        "many.csv",
                                        "whole.csv",
                                        "want.rejects",
                                        "same.rejects",
                                        "utf8.csv",
                                        "gb.csv",
                                        "utf16.csv",
                                        "utf8.out.csv",
                                        "gb.out.csv",
                                        "utf16.out.csv",
                                        "back.csv",
                                        "bad.csv",
                                        "bad.out.csv",
                                        "in.jsonl",
                                        "out.jsonl",
                                        "out.tsv",
                                        "kept.csv",
                                        "other.csv",
                                        "never.csv.part.csv",
                                        "never.csv.progress"};
    for (size_t i = 0; i < COUNT(NAMES); i++)
        (void)unlink(path_of(NAMES[i]));
    fixture_close(&fixture);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_resume),
        cmocka_unit_test(test_resume_refused),
        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_broken_byte),
        cmocka_unit_test(test_json_lines),
        cmocka_unit_test(test_failure_keeps_output),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
