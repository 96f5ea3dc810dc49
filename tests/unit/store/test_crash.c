/* Test plan: a child that is killed (kill -9) while it imports in a loop loses
 * no row whose commit had returned, and the file passes its integrity check; a
 * statement that fails at its N-th step, N = 1, 2 ... until none fails, leaves
 * the database as it was; a backup taken while another process writes is whole
 * and consistent; readers see complete transactions while a writer works;
 * refusals of backup. */
#include "tests/unit/store/fixture.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { PLACES_EACH = 3 }; /* of one transaction: readers must see all three */

static const struct gaz_name NAMES[] = {
    {.text = "试村", .kind = GAZ_NAME_STANDARD},
    {.text = "试", .kind = GAZ_NAME_SHORT},
};

/* One small import; the caller has begun. */
static gaz_status put_three(struct gaz_ctx *ctx, struct gaz_store *store,
                            int round)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; i < PLACES_EACH && status == GAZ_OK; i++) {
        const struct gaz_place place = {
            .names = NAMES,
            .name_count = 2,
            .level = GAZ_LEVEL_VILLAGE,
            .code = gaz_arena_printf(&ctx->arena, "99%04d%06d", i, round),
            .is_synthetic = true,
            .position = {{121 + i, 30}, GAZ_METHOD_SYNTHETIC, 5, 0},
        };
        gaz_id id;
        status =
            gaz_store_put_place(ctx, store, &place, "loop", place.code, 0, &id);
    }
    return status;
}

static gaz_status import_once(struct gaz_ctx *ctx, struct gaz_store *store,
                              int round)
{
    gaz_ctx_next(ctx);
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = put_three(ctx, store, round);
    return status == GAZ_OK ? gaz_store_commit(ctx, store) : status;
}

/* Imports until it is killed; tells each commit that has returned. */
static void import_for_ever(const char *path, int pipe_end)
{
    struct gaz_ctx ctx = {0};
    struct gaz_store *store;
    if (gaz_store_open(&ctx, path, GAZ_STORE_WRITE, &store) != GAZ_OK)
        _exit(2);
    for (int round = 1;; round++) {
        if (import_once(&ctx, store, round) != GAZ_OK)
            _exit(3);
        if (write(pipe_end, &round, sizeof(round)) != sizeof(round))
            _exit(4);
    }
}

static pid_t start_importer(const char *path, int *read_end)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        close(ends[0]);
        import_for_ever(path, ends[1]);
    }
    close(ends[1]);
    *read_end = ends[0];
    return pid;
}

/* Reads `count` commits; all there are when count is 0. Returns the last. */
static int commits(int read_end, int count)
{
    int last = 0;
    int round;
    for (int i = 0; count == 0 || i < count; i++) {
        if (read(read_end, &round, sizeof(round)) != sizeof(round))
            break;
        last = round;
    }
    return last;
}

static void kill_and_wait(pid_t pid)
{
    int how;
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFSIGNALED(how));
}

static int64_t number_in(struct gaz_ctx *ctx, struct gaz_store *store,
                         const char *sql)
{
    int64_t number = -1;
    assert_status_of(ctx, gaz_sqlite_number(ctx, store->db, sql, &number),
                     GAZ_OK);
    return number;
}

static void assert_whole(struct gaz_ctx *ctx, struct gaz_store *store)
{
    assert_int_equal(
        number_in(ctx, store,
                  "SELECT count(*) = 1 AND min(integrity_check) = 'ok'"
                  " FROM pragma_integrity_check"),
        1);
    assert_int_equal(number_in(ctx, store,
                               "SELECT count(*) FROM"
                               " pragma_foreign_key_check"),
                     0);
    int64_t places = number_in(ctx, store, "SELECT count(*) FROM place");
    assert_int_equal(places % PLACES_EACH, 0);
    assert_int_equal(number_in(ctx, store, "SELECT count(*) FROM name"),
                     2 * places);
    assert_int_equal(
        number_in(ctx, store, "SELECT count(*) FROM idx_place_geom"), places);
}

static void test_kill_loses_no_commit(void **state)
{
    struct fixture *f = *state;
    for (int run = 0; run < 5; run++) {
        unlink(f->path);
        int read_end;
        pid_t pid = start_importer(f->path, &read_end);
        int last = commits(read_end, 5 + 7 * run);
        /* at another moment of the next transaction in each run */
        const struct timespec pause = {.tv_nsec = run * 300000};
        nanosleep(&pause, NULL);
        kill_and_wait(pid);
        int late = commits(read_end, 0);
        close(read_end);
        last = late > last ? late : last;

        OK(f, gaz_store_open(&f->ctx, f->path, GAZ_STORE_WRITE, &f->store));
        assert_true(fixture_number(f, "SELECT count(*) FROM place") >=
                    (int64_t)last * PLACES_EACH);
        assert_whole(&f->ctx, f->store);
        OK(f, import_once(&f->ctx, f->store, 999999));
        gaz_store_close(f->store);
        f->store = NULL;
    }
}

static void test_failure_at_each_step(void **state)
{
    struct fixture *f = *state;
    OK(f, gaz_store_open(&f->ctx, f->path, GAZ_STORE_WRITE, &f->store));
    OK(f, import_once(&f->ctx, f->store, 1));
    int64_t before = fixture_dump(f);
    int failures = 0;
    gaz_status status = GAZ_DB;
    /* growing strides keep the run short; the first hundred are each tried */
    for (int n = 1; status != GAZ_OK && n < 1000000;
         n += n < 100 ? 1 : n / 10) {
        gaz_ctx_next(&f->ctx);
        OK(f, gaz_store_begin(&f->ctx, f->store));
        gaz_sqlite_fail_after(f->store->db, n);
        status = put_three(&f->ctx, f->store, 2);
        gaz_sqlite_fail_after(f->store->db, 0);
        if (status != GAZ_OK) {
            failures++;
            assert_int_equal(status, GAZ_DB);
            assert_true(f->ctx.failure[0] != '\0');
        }
        OK(f, gaz_store_rollback(&f->ctx, f->store));
        assert_true(fixture_dump(f) == before);
    }
    assert_int_equal(status, GAZ_OK); /* it did end without a failure */
    assert_true(failures > 50);
    OK(f, import_once(&f->ctx, f->store, 2));
    assert_whole(&f->ctx, f->store);
}

static void test_backup_while_a_writer_works(void **state)
{
    struct fixture *f = *state;
    int read_end;
    pid_t pid = start_importer(f->path, &read_end);
    commits(read_end, 3);
    OK(f, gaz_store_open(&f->ctx, f->path, GAZ_STORE_READ, &f->store));
    char copy[112];
    (void)snprintf(copy, sizeof(copy), "%s/copy.db", f->folder);
    int64_t least = 3;
    for (int i = 0; i < 3; i++) {
        OK(f, gaz_store_backup(&f->ctx, f->store, copy));
        struct gaz_store *backup;
        OK(f, gaz_store_open(&f->ctx, copy, GAZ_STORE_WRITE, &backup));
        assert_whole(&f->ctx, backup);
        int64_t places =
            number_in(&f->ctx, backup, "SELECT count(*) FROM place");
        gaz_store_close(backup);
        assert_true(places >= least * PLACES_EACH);
        least = commits(read_end, 2);
    }
    kill_and_wait(pid);
    close(read_end);
}

static void test_backup_refusals(void **state)
{
    struct fixture *f = *state;
    OK(f, gaz_store_open(&f->ctx, f->path, GAZ_STORE_WRITE, &f->store));
    OK(f, import_once(&f->ctx, f->store, 1));
    assert_status(gaz_store_backup(&f->ctx, f->store, f->path), GAZ_INVALID);
    gaz_ctx_next(&f->ctx);
    assert_status(gaz_store_backup(&f->ctx, f->store, "/nonexistent/x/b.db"),
                  GAZ_IO);
    gaz_ctx_next(&f->ctx);
    OK(f, gaz_store_begin(&f->ctx, f->store));
    char copy[112];
    (void)snprintf(copy, sizeof(copy), "%s/copy.db", f->folder);
    assert_status(gaz_store_backup(&f->ctx, f->store, copy), GAZ_INVALID);
    assert_int_equal(access(copy, F_OK), -1);
}

/* What a reading thread saw; assertions are the main thread's. */
struct reader {
    const char *path;
    int rounds;
    bool failed;
    bool torn;
    int64_t most;
};

static void *read_on(void *argument)
{
    struct reader *reader = argument;
    struct gaz_ctx ctx = {0};
    struct gaz_store *store = NULL;
    reader->failed =
        gaz_store_open(&ctx, reader->path, GAZ_STORE_READ, &store) != GAZ_OK;
    for (int i = 0; i < reader->rounds && !reader->failed; i++) {
        struct gaz_scan *scan = NULL;
        struct gaz_place place;
        int64_t count = 0;
        gaz_ctx_next(&ctx);
        gaz_status status = gaz_store_begin(&ctx, store);
        if (status == GAZ_OK)
            status = gaz_store_scan(&ctx, store, GAZ_SCAN_PLACES, &scan);
        while (status == GAZ_OK) {
            status = gaz_scan_next_place(&ctx, scan, &place);
            if (status == GAZ_OK) {
                count++;
                reader->torn = reader->torn || place.name_count != 2;
            }
        }
        gaz_scan_close(scan);
        reader->failed =
            status != GAZ_END || gaz_store_commit(&ctx, store) != GAZ_OK;
        reader->torn =
            reader->torn || count % PLACES_EACH != 0 || count < reader->most;
        reader->most = count;
    }
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
    return NULL;
}

static void test_readers_beside_a_writer(void **state)
{
    struct fixture *f = *state;
    OK(f, gaz_store_open(&f->ctx, f->path, GAZ_STORE_WRITE, &f->store));
    OK(f, import_once(&f->ctx, f->store, 1));
    pthread_t threads[3];
    struct reader readers[3];
    for (size_t i = 0; i < COUNT(threads); i++) {
        readers[i] = (struct reader){.path = f->path, .rounds = 30};
        assert_int_equal(
            pthread_create(&threads[i], NULL, read_on, &readers[i]), 0);
    }
    for (int round = 2; round < 60; round++)
        OK(f, import_once(&f->ctx, f->store, round));
    for (size_t i = 0; i < COUNT(threads); i++) {
        pthread_join(threads[i], NULL);
        assert_false(readers[i].failed);
        assert_false(readers[i].torn);
        assert_true(readers[i].most >= PLACES_EACH);
    }
}

static void test_a_reader_cannot_write(void **state)
{
    struct fixture *f = *state;
    OK(f, gaz_store_open(&f->ctx, f->path, GAZ_STORE_WRITE, &f->store));
    OK(f, import_once(&f->ctx, f->store, 1));
    struct gaz_store *reader;
    OK(f, gaz_store_open(&f->ctx, f->path, GAZ_STORE_READ, &reader));
    OK(f, gaz_store_begin(&f->ctx, reader));
    gaz_status status = put_three(&f->ctx, reader, 2);
    gaz_store_close(reader);
    assert_status(status, GAZ_IO);
}

int main(void)
{
#define CASE_OF(test)                                                          \
    cmocka_unit_test_setup_teardown(test, fixture_folder, fixture_close)
    const struct CMUnitTest tests[] = {
        CASE_OF(test_kill_loses_no_commit),
        CASE_OF(test_failure_at_each_step),
        CASE_OF(test_backup_while_a_writer_works),
        CASE_OF(test_backup_refusals),
        CASE_OF(test_readers_beside_a_writer),
        CASE_OF(test_a_reader_cannot_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
