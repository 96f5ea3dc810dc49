/* Test plan: an empty file and an absent one become a database of the newest
 * version; an older version keeps its rows and gains the rest; opening again
 * changes nothing; what is foreign, newer, corrupt or absent is refused with
 * its reason and left byte for byte as it was; EPSG:4490 and the spatial
 * indexes are there; two programs may create at the same time. */
#include "tests/unit/store/fixture.h"

#include <sys/wait.h>

#include "gazetteer/base/file.h"
#include "gazetteer/store/migrate.h"

static void write_file(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void raw(struct fixture *f, const char *sql)
{
    struct gaz_sqlite *db;
    OK(f, gaz_sqlite_open(&f->ctx, f->path, true, NULL, 0, &db));
    OK(f, gaz_sqlite_exec(&f->ctx, db, sql));
    gaz_sqlite_close(db);
}

static void open_store(struct fixture *f, gaz_store_mode mode)
{
    gaz_store_close(f->store);
    f->store = NULL;
    OK(f, gaz_store_open(&f->ctx, f->path, mode, &f->store));
}

static void test_from_nothing(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 2; i++) {
        CASE(i ? "a file of no bytes" : "no file");
        unlink(f->path);
        if (i)
            write_file(f->path, "", 0);
        open_store(f, GAZ_STORE_WRITE);
        assert_int_equal(fixture_number(f, "PRAGMA user_version"),
                         gaz_migrate_newest());
        assert_int_equal(fixture_number(f, "PRAGMA application_id"),
                         GAZ_MIGRATE_APPLICATION_ID);
        assert_int_equal(fixture_number(f, "PRAGMA foreign_keys"), 1);
        assert_int_equal(fixture_number(f, "PRAGMA synchronous"), 2);
        assert_int_equal(fixture_number(f, "SELECT count(*) FROM"
                                           " spatial_ref_sys WHERE srid = 4490"
                                           " AND auth_name = 'epsg'"),
                         1);
        assert_int_equal(fixture_number(f, "SELECT count(*) FROM"
                                           " geometry_columns WHERE srid = 4490"
                                           " AND spatial_index_enabled = 1"),
                         9);
        gaz_store_close(f->store);
        f->store = NULL;
    }
}

static void test_from_an_older_version(void **state)
{
    struct fixture *f = *state;
    struct gaz_sqlite *db;
    OK(f, gaz_sqlite_open(&f->ctx, f->path, true, NULL, 0, &db));
    OK(f, gaz_migrate_run(&f->ctx, db, f->path, 1));
    OK(f, gaz_sqlite_exec(&f->ctx, db,
                          "INSERT INTO source (key) VALUES ('kept')"));
    gaz_sqlite_close(db);

    struct gaz_store *store = NULL;
    assert_status(gaz_store_open(&f->ctx, f->path, GAZ_STORE_READ, &store),
                  GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&f->ctx), "schema 1"));
    assert_null(store);
    gaz_ctx_next(&f->ctx);

    open_store(f, GAZ_STORE_WRITE);
    assert_int_equal(fixture_number(f, "PRAGMA user_version"),
                     gaz_migrate_newest());
    assert_int_equal(
        fixture_number(f, "SELECT count(*) FROM source WHERE key = 'kept'"), 1);
    assert_int_equal(fixture_number(f, "SELECT count(*) FROM journal"), 0);
    open_store(f, GAZ_STORE_READ);
    int64_t before = fixture_dump(f);
    open_store(f, GAZ_STORE_WRITE);
    assert_true(fixture_dump(f) == before);
}

static void test_refused_and_untouched(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *label;
        const char *sql;   /* makes the file, or */
        const char *bytes; /* its content */
        gaz_status want;
        const char *reason;
    } CASES[] = {
        {"another program's database", "CREATE TABLE t (a)", NULL, GAZ_INVALID,
         "not a Diming database"},
        {"another application id", "PRAGMA application_id = 7", NULL,
         GAZ_INVALID, "not a Diming database"},
        {"a newer Diming",
         "PRAGMA application_id = 1147751785; PRAGMA user_version = 99", NULL,
         GAZ_INVALID, "newer"},
        {"text", NULL, "code,name\n330482,x\n and more than sixteen bytes",
         GAZ_INVALID, "not a database"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        for (int mode = 0; mode < 2; mode++) {
            CASE(CASES[i].label);
            unlink(f->path);
            if (CASES[i].sql)
                raw(f, CASES[i].sql);
            else
                write_file(f->path, CASES[i].bytes, strlen(CASES[i].bytes));
            struct gaz_map map;
            OK(f, gaz_file_map(&f->ctx, f->path, &map));
            size_t size = map.size;
            char *before = gaz_arena_strndup(&f->ctx.arena, map.data, map.size);
            gaz_file_unmap(&map);

            struct gaz_store *store = NULL;
            assert_status(
                gaz_store_open(&f->ctx, f->path,
                               mode ? GAZ_STORE_WRITE : GAZ_STORE_READ, &store),
                CASES[i].want);
            assert_null(store);
            assert_non_null(strstr(gaz_ctx_failure(&f->ctx), CASES[i].reason));
            f->ctx.failure[0] = '\0';
            OK(f, gaz_file_map(&f->ctx, f->path, &map));
            assert_int_equal(map.size, size);
            assert_memory_equal(map.data, before, size);
            gaz_file_unmap(&map);
            gaz_ctx_next(&f->ctx);
        }
    }
}

static void test_absent_and_unwritable(void **state)
{
    struct fixture *f = *state;
    struct gaz_store *store = NULL;
    assert_status(gaz_store_open(&f->ctx, f->path, GAZ_STORE_READ, &store),
                  GAZ_NOT_FOUND);
    gaz_ctx_next(&f->ctx);
    assert_status(gaz_store_open(&f->ctx, f->folder, GAZ_STORE_WRITE, &store),
                  GAZ_IO);
    gaz_ctx_next(&f->ctx);
    assert_status(gaz_store_open(&f->ctx, "/nonexistent/folder/x.db",
                                 GAZ_STORE_WRITE, &store),
                  GAZ_IO);
    assert_null(store);
}

/* Cut in the middle: the header is good, the pages are gone. */
static void test_corrupt(void **state)
{
    struct fixture *f = *state;
    open_store(f, GAZ_STORE_WRITE);
    gaz_store_close(f->store);
    f->store = NULL;
    assert_int_equal(truncate(f->path, 20000), 0);
    for (int mode = 0; mode < 2; mode++) {
        CASE(mode ? "write" : "read");
        struct gaz_store *store = NULL;
        gaz_ctx_next(&f->ctx);
        gaz_status status = gaz_store_open(
            &f->ctx, f->path, mode ? GAZ_STORE_WRITE : GAZ_STORE_READ, &store);
        assert_true(status == GAZ_DB || status == GAZ_INVALID);
        assert_null(store);
    }
}

static int create_in_child(const char *path)
{
    struct gaz_ctx ctx = {0};
    struct gaz_store *store = NULL;
    gaz_status status = gaz_store_open(&ctx, path, GAZ_STORE_WRITE, &store);
    if (status != GAZ_OK)
        print_error("child: %s\n", gaz_ctx_failure(&ctx));
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
    return status == GAZ_OK ? 0 : 1;
}

static void test_created_by_two_at_once(void **state)
{
    struct fixture *f = *state;
    pid_t pids[4];
    for (size_t i = 0; i < COUNT(pids); i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0)
            _exit(create_in_child(f->path));
    }
    for (size_t i = 0; i < COUNT(pids); i++) {
        int how;
        assert_int_equal(waitpid(pids[i], &how, 0), pids[i]);
        assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    }
    open_store(f, GAZ_STORE_READ);
    assert_int_equal(fixture_number(f, "PRAGMA user_version"),
                     gaz_migrate_newest());
}

int main(void)
{
#define CASE_OF(test)                                                          \
    cmocka_unit_test_setup_teardown(test, fixture_folder, fixture_close)
    const struct CMUnitTest tests[] = {
        CASE_OF(test_from_nothing),
        CASE_OF(test_from_an_older_version),
        CASE_OF(test_refused_and_untouched),
        CASE_OF(test_absent_and_unwritable),
        CASE_OF(test_corrupt),
        CASE_OF(test_created_by_two_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
