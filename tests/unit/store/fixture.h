/* fixture.h - a database in a folder of its own, and a few rows to put.
 *
 * The rows are made up for the tests and marked synthetic.
 */
#ifndef TESTS_UNIT_STORE_FIXTURE_H
#define TESTS_UNIT_STORE_FIXTURE_H

#include "tests/unit/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/store/handle.h"
#include "gazetteer/store/store.h"

struct fixture {
    struct gaz_ctx ctx;
    struct gaz_store *store;
    char folder[64];
    char path[96];
};

/* The folder is flat. */
static inline void fixture_remove(const char *folder)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    const struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        char path[sizeof(entry->d_name) + 70];
        (void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(path);
    }
    closedir(dir);
    rmdir(folder);
}

/* A folder, without a database yet. */
static inline int fixture_folder(void **state)
{
    struct fixture *f = test_calloc(1, sizeof(*f));
    (void)snprintf(f->folder, sizeof(f->folder), "/tmp/diming-store-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    (void)snprintf(f->path, sizeof(f->path), "%s/t.db", f->folder);
    *state = f;
    return 0;
}

static inline int fixture_open(void **state)
{
    fixture_folder(state);
    struct fixture *f = *state;
    assert_status_of(
        &f->ctx, gaz_store_open(&f->ctx, f->path, GAZ_STORE_WRITE, &f->store),
        GAZ_OK);
    return 0;
}

static inline int fixture_close(void **state)
{
    struct fixture *f = *state;
    gaz_store_close(f->store);
    gaz_ctx_close(&f->ctx);
    fixture_remove(f->folder);
    test_free(f);
    return 0;
}

#define OK(f, call) assert_status_of(&(f)->ctx, (call), GAZ_OK)

static inline int64_t fixture_source(struct fixture *f, const char *key)
{
    const struct gaz_source source = {.key = key, .edition = "1"};
    int64_t id = 0;
    OK(f, gaz_store_put_source(&f->ctx, f->store, &source, &id));
    return id;
}

/* A village of a code, under a parent code; one name. */
static inline struct gaz_place fixture_village(const char *code,
                                               const char *parent_code,
                                               const struct gaz_name *name)
{
    return (struct gaz_place){
        .code = code,
        .level = GAZ_LEVEL_VILLAGE,
        .category = GAZ_CATEGORY_VILLAGE,
        .names = name,
        .name_count = 1,
        .parent_code = parent_code,
        .is_synthetic = true,
    };
}

static inline int64_t fixture_number(struct fixture *f, const char *sql)
{
    int64_t number = -1;
    OK(f, gaz_sqlite_number(&f->ctx, f->store->db, sql, &number));
    return number;
}

/* Everything that is stored, as one hash: equal before and after means that
 * the database is as it was. */
static inline int64_t fixture_dump(struct fixture *f)
{
    static const char *const TABLES[] = {
        "source",
        "record",
        "import_log",
        "issue",
        "place",
        "division",
        "name",
        "place_code",
        "place_area",
        "address",
        "claim",
        "heritage",
        "change",
        "line",
        "boundary_line",
        "boundary_marker",
        "boundary_area",
        "boundary_fix",
        "boundary_object",
        "boundary_photo",
        "boundary_point",
        "boundary_inspection",
        "boundary_visit",
        "boundary_submission",
        "boundary_part",
        "boundary_page",
        "boundary_check",
        "merge_decision",
        "merge_cell",
        "redirect",
        "address_redirect",
        "journal",
        "idx_place_geom_rowid",
        "idx_address_geom_rowid",
        "sqlite_sequence",
    };
    uint64_t hash = 14695981039346656037ULL;
    for (size_t i = 0; i < COUNT(TABLES); i++) {
        const char *sql = gaz_arena_printf(
            &f->ctx.arena, "SELECT * FROM %s ORDER BY 1, 2", TABLES[i]);
        struct gaz_stmt *stmt;
        OK(f, gaz_sqlite_prepare(&f->ctx, f->store->db, sql, &stmt));
        gaz_status status;
        while ((status = gaz_sqlite_step(&f->ctx, stmt)) == GAZ_OK)
            for (int c = 0; c < gaz_sqlite_columns(stmt); c++) {
                size_t size;
                const unsigned char *bytes =
                    gaz_sqlite_blob(&f->ctx, stmt, c, &size);
                hash = (hash ^ (size + 1)) * 1099511628211ULL;
                for (size_t b = 0; b < size; b++)
                    hash = (hash ^ bytes[b]) * 1099511628211ULL;
            }
        gaz_sqlite_drop(stmt);
        assert_status_of(&f->ctx, status, GAZ_END);
    }
    return (int64_t)hash;
}

#endif
