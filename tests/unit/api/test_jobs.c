/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: jobs without a server.
 *
 * - the state: written and read back, whatever a text holds; cut or changed
 *   anywhere it is refused, with the reason
 * - ids: what becomes part of a path; Prefer headers
 * - the folder: what a start finds: queued and running jobs go on, one that was
 *   cancelled stays so, a table that never came whole goes, a damaged state is
 *   named and left, the others go on; one process at a time
 * - a job that ends the process whenever it runs is given up
 * - old results go; per-key limits; who sees what
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/jobs/ask.h"
#include "api/jobs/jobs.h"
#include "api/jobs/spool.h"
#include "gazetteer/base/file.h"
#include "tests/unit/api/fixture.h"

#define ID(letter) "0123456789ABCDEFGHJKMNPQR" letter
#define KEY "AAAAAAAA"

static char root[] = "/tmp/diming-jobs-XXXXXX";
static char dir[64];
static char snapshot[64];
static struct api_swap *swap;
static struct api_worker worker;
static char said[4096]; /* the log */

static void note(const char *message, void *user)
{
    (void)user;
    const size_t used = strlen(said);
    (void)snprintf(said + used, sizeof(said) - used, "%s\n", message);
}

/* ---- the state ---- */

static struct api_job make_job(const char *id)
{
    struct api_job job = {.owner = KEY,
                          .status = API_JOB_QUEUED,
                          .created_ms = 1795524941096,
                          .input_table = API_BATCH_TABLE_CSV,
                          .output_table = API_BATCH_TABLE_CSV,
                          .output_encoding = IMP_ENCODING_UTF8,
                          .at = 20261124,
                          .input_bytes = 27,
                          .rows_total = -1};
    (void)snprintf(job.id, sizeof(job.id), "%s", id);
    return job;
}

static void test_state_round(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "",   "地址",    "a\nb",          "\\n",
        "\\", "\r\n \t", "乡镇,详细地址", "status done"};
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_buffer text;
    gaz_buffer_open(&text, API_JOBS_STATE_MAX_BYTES);
    for (size_t i = 0; i < COUNT(TEXTS); i++)
        for (int status = 0; status < API_JOB_STATUSES; status++) {
            CASE(TEXTS[i]);
            struct api_job job = make_job(ID("A"));
            struct api_job back = {.id = ""};
            job.status = (api_job_status)status;
            job.encoding = IMP_ENCODING_UTF16;
            job.output_table = API_BATCH_TABLE_XLSX;
            job.counts = (struct api_batch_counts){INT64_MAX, 1, 2, 3, 4};
            job.attempts = 3;
            (void)snprintf(job.columns, sizeof(job.columns), "%s", TEXTS[i]);
            (void)snprintf(job.failure, sizeof(job.failure), "%s", TEXTS[i]);
            gaz_buffer_clear(&text);
            api_jobs_state_write(&job, &text);
            assert_status_of(
                &ctx, api_jobs_state_parse(&ctx, text.data, text.size, &back),
                GAZ_OK);
            assert_string_equal(back.columns, job.columns);
            assert_string_equal(back.failure, job.failure);
            assert_string_equal(back.id, job.id);
            assert_string_equal(back.owner, job.owner);
            assert_int_equal(back.status, job.status);
            assert_int_equal(back.created_ms, job.created_ms);
            assert_int_equal(back.encoding, job.encoding);
            assert_int_equal(back.output_table, job.output_table);
            assert_int_equal(back.at, job.at);
            assert_int_equal(back.rows_total, -1);
            assert_int_equal(back.counts.rows, INT64_MAX);
            assert_int_equal(back.counts.invalid, 4);
            assert_int_equal(back.attempts, 3);
        }
    gaz_buffer_close(&text);
    gaz_ctx_close(&ctx);
}

static void test_state_torn(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_buffer text;
    struct api_job job = make_job(ID("A"));
    struct api_job back = {.id = ""};
    gaz_buffer_open(&text, API_JOBS_STATE_MAX_BYTES);
    api_jobs_state_write(&job, &text);
    for (size_t i = 0; i < text.size; i++) {
        gaz_ctx_next(&ctx);
        assert_status(api_jobs_state_parse(&ctx, text.data, i, &back),
                      GAZ_INVALID);
        assert_true(ctx.failure[0] != '\0');
        gaz_ctx_next(&ctx);
        text.data[i] ^= 1;
        assert_status(api_jobs_state_parse(&ctx, text.data, text.size, &back),
                      GAZ_INVALID);
        text.data[i] ^= 1;
    }
    gaz_buffer_char(&text, '\n');
    assert_status(api_jobs_state_parse(&ctx, text.data, text.size, &back),
                  GAZ_INVALID);
    assert_string_equal(back.id, ""); /* left as it was */
    gaz_buffer_close(&text);
    gaz_ctx_close(&ctx);
}

static void test_ids(void **state)
{
    (void)state;
    static const char *const BAD[] = {"",      "..",     "../../etc",
                                      ID(""),  ID("AB"), ID("I"),
                                      ID("a"), ID("/"),  ID("\n")};
    assert_true(api_jobs_state_is_id(ID("Z")));
    for (size_t i = 0; i < COUNT(BAD); i++) {
        CASE(BAD[i]);
        assert_false(api_jobs_state_is_id(BAD[i]));
    }
}

static void test_prefer(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        bool wants;
    } CASES[] = {
        {"respond-async", true},
        {"Respond-Async", true},
        {" respond-async ; x=1", true},
        {"wait=10, respond-async", true},
        {"respond-async, wait=10", true},
        {"return=minimal,respond-async", true},
        {"respond-asynchronously", false},
        {"wait=respond-async", false},
        {"handling=lenient; respond-async", false},
        {"respond", false},
        {"", false},
        {",,;=", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].header);
        assert_int_equal(api_jobs_ask_prefers(CASES[i].header), CASES[i].wants);
    }
    assert_false(api_jobs_ask_prefers(NULL));
}

/* ---- the folder ---- */

static const char TABLE[] = "地址\n乍浦镇\n\"\"\n";

static const char *path_of(const char *id, const char *name)
{
    static char path[256];
    (void)snprintf(path, sizeof(path), "%s/%s/%s", dir, id, name);
    return path;
}

/* A job as a service that was killed has left it. */
static void leave_job(const struct api_job *job)
{
    struct gaz_ctx ctx = {.failure = ""};
    FILE *file;
    assert_status_of(&ctx, api_jobs_spool_create(&ctx, dir, job, &file),
                     GAZ_OK);
    assert_true(fputs(TABLE, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_status_of(&ctx, api_jobs_spool_save(&ctx, dir, job), GAZ_OK);
    gaz_ctx_close(&ctx);
}

static struct api_jobs *open_jobs(int64_t keep_ms)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct api_jobs *jobs;
    const struct api_jobs_options options = {
        .dir = dir, .threads = 2, .keep_ms = keep_ms};
    said[0] = '\0';
    assert_status_of(
        &ctx, api_jobs_open(&ctx, &options, swap, note, NULL, &jobs), GAZ_OK);
    gaz_ctx_close(&ctx);
    return jobs;
}

static void become(const char *key, unsigned roles)
{
    worker.caller = (struct api_caller){.roles = roles};
    (void)snprintf(worker.caller.id, sizeof(worker.caller.id), "%s", key);
    gaz_ctx_next(&worker.ctx);
    worker.problem = 0;
}

static struct api_job wait_for_end(struct api_jobs *jobs, const char *id)
{
    struct api_jobs_view view = {.job = {.id = ""}};
    for (int i = 0; i < 500; i++) {
        become("", GAZ_ROLE_ADMIN);
        assert_status_of(&worker.ctx, api_jobs_find(jobs, &worker, id, &view),
                         GAZ_OK);
        if (api_jobs_state_is_over(view.job.status))
            break;
        (void)usleep(10000);
    }
    return view.job;
}

static void test_recovery(void **state)
{
    (void)state;
    assert_int_equal(mkdir(dir, 0700), 0);
    struct api_job queued = make_job(ID("A"));
    struct api_job running = make_job(ID("B"));
    struct api_job cancelled = make_job(ID("C"));
    struct api_job damaged = make_job(ID("D"));
    struct api_job deadly = make_job(ID("E"));
    running.status = API_JOB_RUNNING;
    running.attempts = 2;
    cancelled.status = API_JOB_CANCELLED; /* and killed before its end */
    deadly.status = API_JOB_RUNNING;
    deadly.attempts = API_JOBS_ATTEMPTS_MAX;
    leave_job(&queued);
    leave_job(&running);
    leave_job(&cancelled);
    leave_job(&damaged);
    leave_job(&deadly);
    assert_int_equal(truncate(path_of(damaged.id, "job"), 100), 0);
    assert_int_equal(mkdir(path_of(ID("F"), ""), 0700), 0);
    struct api_jobs *jobs = open_jobs(0);
    const struct api_job done = wait_for_end(jobs, queued.id);
    assert_int_equal(done.status, API_JOB_DONE);
    assert_int_equal(done.counts.rows, 2);
    assert_int_equal(done.counts.matched, 1);
    assert_int_equal(done.rows_total, 2);
    assert_true(done.reject_bytes > 0);
    assert_int_equal(wait_for_end(jobs, running.id).status, API_JOB_DONE);
    assert_int_equal(wait_for_end(jobs, cancelled.id).status,
                     API_JOB_CANCELLED);
    const struct api_job failed = wait_for_end(jobs, deadly.id);
    assert_int_equal(failed.status, API_JOB_FAILED);
    assert_non_null(strstr(failed.failure, "ended 5 times"));
    assert_non_null(strstr(said, "is damaged: line"));
    assert_non_null(strstr(said, "had not come whole"));
    assert_int_equal(access(path_of(damaged.id, "input.csv"), F_OK), 0);
    assert_int_not_equal(access(path_of(cancelled.id, "input.csv"), F_OK), 0);
    assert_int_not_equal(access(path_of(done.id, "input.csv"), F_OK), 0);
    assert_int_equal(access(path_of(done.id, "rejects.csv"), F_OK), 0);
    assert_int_not_equal(access(path_of(ID("F"), ""), F_OK), 0);
    /* one process at a time */
    struct api_jobs *second = open_jobs(0);
    struct api_jobs_view view;
    become("", GAZ_ROLE_ADMIN);
    assert_status(api_jobs_find(second, &worker, queued.id, &view), GAZ_IO);
    assert_int_equal(worker.problem, 503);
    api_jobs_close(second);
    api_jobs_close(jobs);
    /* the same again from what is on disk now */
    jobs = open_jobs(0);
    assert_int_equal(wait_for_end(jobs, queued.id).status, API_JOB_DONE);
    assert_int_equal(wait_for_end(jobs, deadly.id).status, API_JOB_FAILED);
    api_jobs_close(jobs);
}

static void test_expiry(void **state)
{
    (void)state;
    struct api_jobs *jobs = open_jobs(1);
    static const char *const OVER[] = {ID("A"), ID("B"), ID("C"), ID("E")};
    for (size_t k = 0; k < COUNT(OVER); k++) {
        for (int i = 0; i < 300 && access(path_of(OVER[k], ""), F_OK) == 0; i++)
            (void)usleep(10000);
        assert_int_not_equal(access(path_of(OVER[k], ""), F_OK), 0);
    }
    struct api_jobs_view view;
    become("", GAZ_ROLE_ADMIN);
    assert_status(api_jobs_find(jobs, &worker, ID("A"), &view), GAZ_NOT_FOUND);
    assert_int_equal(worker.problem, 404);
    assert_int_equal(access(path_of(ID("D"), ""), F_OK), 0); /* damaged */
    api_jobs_close(jobs);
}

/* ---- a table comes ---- */

static gaz_status send_table(struct api_jobs *jobs, const char *key,
                             bool is_whole, struct api_jobs_view *out)
{
    struct api_job asked = make_job("");
    struct api_jobs_draft *draft;
    become(key, GAZ_ROLE_READER);
    gaz_status status =
        api_jobs_receive(jobs, &worker, &asked, (int64_t)strlen(TABLE), &draft);
    if (status != GAZ_OK)
        return status;
    status = api_jobs_receive_more(&worker, draft, TABLE, sizeof(TABLE) - 1);
    if (status == GAZ_OK && is_whole)
        status = api_jobs_submit(&worker, draft, out);
    api_jobs_drop(draft);
    return status;
}

static void test_sight(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *key;
        unsigned roles;
        bool sees;
        int listed;
    } CASES[] = {
        {"its own key", KEY, GAZ_ROLE_READER, true, 1},
        {"another key", "BBBBBBBB", GAZ_ROLE_READER, false, 0},
        {"a clerk", "BBBBBBBB", GAZ_ROLE_CLERK, false, 0},
        {"an admin", "CCCCCCCC", GAZ_ROLE_ADMIN, true, 2},
        {"no key", "", 0, false, 0},
    };
    struct api_jobs *jobs = open_jobs(0);
    struct api_jobs_view mine;
    struct api_jobs_view open;
    struct api_jobs_view view;
    assert_status(send_table(jobs, KEY, false, &mine), GAZ_OK); /* cut off */
    assert_status(send_table(jobs, KEY, true, &mine), GAZ_OK);
    assert_status(send_table(jobs, "", true, &open), GAZ_OK);
    (void)wait_for_end(jobs, mine.job.id);
    (void)wait_for_end(jobs, open.job.id);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_map map = {.size = 0};
        struct api_jobs_view *items;
        int count;
        bool is_gone;
        const gaz_status want = CASES[i].sees ? GAZ_OK : GAZ_NOT_FOUND;
        become(CASES[i].key, CASES[i].roles);
        assert_status(api_jobs_find(jobs, &worker, mine.job.id, &view), want);
        assert_status(
            api_jobs_result(jobs, &worker, mine.job.id, true, &view, &map),
            want);
        gaz_file_unmap(&map);
        if (!CASES[i].sees)
            assert_status(
                api_jobs_remove(jobs, &worker, mine.job.id, &view, &is_gone),
                GAZ_NOT_FOUND);
        assert_status(api_jobs_find(jobs, &worker, open.job.id, &view), GAZ_OK);
        api_jobs_list(jobs, &worker, &items, &count);
        assert_int_equal(count, CASES[i].listed);
    }
    api_jobs_close(jobs);
}

static void test_limits(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {.failure = ""};
    struct api_swap *nothing; /* no snapshot: jobs wait */
    struct api_jobs *jobs;
    struct api_jobs_view view;
    char absent[80];
    (void)snprintf(absent, sizeof(absent), "%s/none.snap", root);
    assert_status(api_snapshot_swap_open(&ctx, absent, NULL, NULL, &nothing),
                  GAZ_OK);
    const struct api_jobs_options options = {
        .dir = dir, .queue_max = 10, .body_max_bytes = 100};
    assert_status(api_jobs_open(&ctx, &options, nothing, NULL, NULL, &jobs),
                  GAZ_OK);
    for (int i = 0; i < API_JOBS_PER_KEY_MAX; i++) {
        assert_status(send_table(jobs, KEY, true, &view), GAZ_OK);
        assert_int_equal(view.position, i + 1);
    }
    assert_status(send_table(jobs, KEY, true, &view), GAZ_LIMIT);
    assert_int_equal(worker.problem, 429);
    assert_true(worker.retry_after_s > 0);
    assert_status(send_table(jobs, "", true, &view), GAZ_OK);
    assert_status(send_table(jobs, "BBBBBBBB", true, &view), GAZ_OK);
    assert_status(send_table(jobs, "", true, &view), GAZ_LIMIT);
    assert_int_equal(worker.problem, 503);
    struct api_jobs_draft *draft;
    struct api_job asked = make_job("");
    assert_status(api_jobs_receive(jobs, &worker, &asked, 101, &draft),
                  GAZ_LIMIT);
    assert_status(api_jobs_receive(NULL, &worker, &asked, 1, &draft), GAZ_IO);
    bool is_gone;
    struct api_jobs_view *items;
    int count;
    become("", GAZ_ROLE_ADMIN);
    api_jobs_list(jobs, &worker, &items, &count);
    for (int i = 0; i < count; i++) {
        const bool was_over = api_jobs_state_is_over(items[i].job.status);
        assert_status(
            api_jobs_remove(jobs, &worker, items[i].job.id, &view, &is_gone),
            GAZ_OK);
        assert_int_equal(is_gone, was_over);
        if (!was_over)
            assert_int_equal(view.job.status, API_JOB_CANCELLED);
    }
    api_jobs_close(jobs);
    api_snapshot_swap_close(nothing);
    gaz_ctx_close(&ctx);
}

/* ---- the group ---- */

static int open_all(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {.failure = ""};
    if (!mkdtemp(root))
        return -1;
    (void)snprintf(dir, sizeof(dir), "%s/jobs", root);
    (void)snprintf(snapshot, sizeof(snapshot), "%s/a.snap", root);
    fixture_write(snapshot, FIXTURE_SEQ);
    gaz_status status =
        api_snapshot_swap_open(&ctx, snapshot, NULL, NULL, &swap);
    gaz_ctx_close(&ctx);
    return status == GAZ_OK ? 0 : -1;
}

static void clear(const char *id, void *user)
{
    struct gaz_ctx *ctx = user;
    api_jobs_spool_clear(ctx, dir, id, API_SPOOL_NOTHING);
}

static int close_all(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {.failure = ""};
    char lock[80];
    (void)snprintf(lock, sizeof(lock), "%s/lock", dir);
    (void)api_jobs_spool_each(&ctx, dir, clear, &ctx);
    (void)unlink(lock);
    (void)rmdir(dir);
    (void)unlink(snapshot);
    api_snapshot_swap_close(swap);
    gaz_ctx_close(&worker.ctx);
    gaz_ctx_close(&ctx);
    return rmdir(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_state_round), cmocka_unit_test(test_state_torn),
        cmocka_unit_test(test_ids),         cmocka_unit_test(test_prefer),
        cmocka_unit_test(test_recovery),    cmocka_unit_test(test_expiry),
        cmocka_unit_test(test_sight),       cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
