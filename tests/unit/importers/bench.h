/* bench.h - a temporary folder with a database, for the pipeline tests.
 *
 * Each import is written as three texts: a file, its mapping, and what is
 * wanted. The divisions that most tests stand on are DIVISIONS.
 */
#ifndef TESTS_UNIT_IMPORTERS_BENCH_H
#define TESTS_UNIT_IMPORTERS_BENCH_H

#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "importers/pipeline.h"

#define SOURCE(key)                                                            \
    "\"source\":{\"key\":\"" key "\",\"title\":\"T\",\"origin\":\"test\","     \
    "\"edition\":\"1\",\"licence\":\"CC0-1.0\"},"

struct bench {
    struct gaz_ctx ctx; /* never reset inside a test */
    char folder[64];
    struct gaz_store *store;
    struct imp_report report; /* of the last import */
    const char *rejects;      /* text of its reject file, "" */
};

static inline const char *bench_path(struct bench *b, const char *name)
{
    return gaz_arena_printf(&b->ctx.arena, "%s/%s", b->folder, name);
}

static inline void bench_write(struct bench *b, const char *name,
                               const char *text)
{
    assert_status_of(
        &b->ctx,
        gaz_file_replace(&b->ctx, bench_path(b, name), text, strlen(text)),
        GAZ_OK);
}

static inline void bench_open(struct bench *b)
{
    *b = (struct bench){.rejects = ""};
    (void)snprintf(b->folder, sizeof(b->folder), "/tmp/diming-test-imp-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    assert_status_of(&b->ctx,
                     gaz_store_open(&b->ctx, bench_path(b, "t.db"),
                                    GAZ_STORE_WRITE, &b->store),
                     GAZ_OK);
}

static inline void bench_close(struct bench *b)
{
    static const char *const FILES[] = {
        "t.db",        "t.db-wal",    "t.db-shm",  "in.csv",
        "in.map.json", "rejects.csv", "in.geojson"};
    gaz_store_close(b->store);
    for (size_t i = 0; i < COUNT(FILES); i++)
        (void)unlink(bench_path(b, FILES[i]));
    assert_int_equal(rmdir(b->folder), 0); /* nothing else was left behind */
    gaz_ctx_close(&b->ctx);
}

/* The file's text; "" when there is none. */
static inline const char *bench_read(struct bench *b, const char *name)
{
    struct gaz_ctx ctx = {0}; /* the failure of b->ctx stands */
    struct gaz_map map;
    const char *text = "";
    if (gaz_file_map(&ctx, bench_path(b, name), &map) == GAZ_OK) {
        text = gaz_arena_strndup(&b->ctx.arena, map.data, map.size);
        gaz_file_unmap(&map);
    }
    gaz_ctx_close(&ctx);
    return text;
}

/* Imports the file that is there under `name`. */
static inline gaz_status bench_import_file(struct bench *b, const char *name,
                                           const char *crs, bool dry_run)
{
    const struct imp_options options = {
        .path = bench_path(b, name),
        .mapping = bench_path(b, "in.map.json"),
        .crs = crs,
        .reject_path = bench_path(b, "rejects.csv"),
        .dry_run = dry_run,
    };
    (void)unlink(options.reject_path);
    b->ctx.failure[0] = '\0';
    b->report = (struct imp_report){0};
    gaz_status status =
        imp_pipeline_run(&b->ctx, b->store, &options, &b->report);
    b->rejects = bench_read(b, "rejects.csv");
    return status;
}

static inline gaz_status bench_import(struct bench *b, const char *mapping,
                                      const char *file)
{
    bench_write(b, "in.map.json", mapping);
    bench_write(b, "in.csv", file);
    return bench_import_file(b, "in.csv", NULL, false);
}

static inline void assert_report(const struct bench *b, int read, int stored,
                                 int merged, int unchanged, int rejected)
{
    const struct imp_report *r = &b->report;
    if (r->read != read || r->stored != stored || r->merged != merged ||
        r->unchanged != unchanged || r->rejected != rejected)
        fail_msg("read %d stored %d merged %d unchanged %d rejected %d; %.800s",
                 (int)r->read, (int)r->stored, (int)r->merged,
                 (int)r->unchanged, (int)r->rejected, b->rejects);
}

/* What must not change: rows of each kind and the journal. */
struct bench_state {
    struct gaz_store_status status;
    uint64_t journal;
};

static inline struct bench_state bench_state(struct bench *b)
{
    struct bench_state state;
    memset(&state, 0, sizeof(state));
    assert_status_of(&b->ctx,
                     gaz_store_status_read(&b->ctx, b->store, &state.status),
                     GAZ_OK);
    assert_status_of(&b->ctx,
                     gaz_store_journal_seq(&b->ctx, b->store, &state.journal),
                     GAZ_OK);
    return state;
}

static inline void assert_same_state(const struct bench_state *a,
                                     const struct bench_state *b)
{
    assert_int_equal(a->status.sources, b->status.sources);
    assert_int_equal(a->status.records, b->status.records);
    assert_int_equal(a->status.places, b->status.places);
    assert_int_equal(a->status.names, b->status.names);
    assert_int_equal(a->status.addresses, b->status.addresses);
    assert_int_equal(a->status.claims, b->status.claims);
    assert_int_equal(a->status.issues_open, b->status.issues_open);
    assert_int_equal(a->status.journal_entries, b->status.journal_entries);
    assert_int_equal(a->journal, b->journal);
}

static inline struct gaz_place place_of(struct bench *b, const char *code)
{
    struct gaz_place place;
    assert_status_of(&b->ctx,
                     gaz_store_place_by_code(&b->ctx, b->store, code, &place),
                     GAZ_OK);
    return place;
}

static inline struct gaz_place place_of_record(struct bench *b, const char *key)
{
    struct gaz_place place;
    assert_status_of(&b->ctx,
                     gaz_store_place_by_record(&b->ctx, b->store, key, &place),
                     GAZ_OK);
    return place;
}

static const char DIVISIONS_MAP[] = "{" SOURCE(
    "divisions") "\"entry\":\"place\",\"key\":[\"code\"],"
                 "\"columns\":{\"code\":\"code\",\"name\":\"name\",\"level\":"
                 "\"level\","
                 "\"category\":\"category\",\"parent_code\":\"parent\"}}";

/* A true part of the codes. */
static const char DIVISIONS[] =
    "code,name,level,category,parent\n"
    "33,浙江省,1,21200,\n"
    "3304,嘉兴市,2,21300,33\n"
    "330482,平湖市,3,21400,3304\n"
    "330482101,乍浦镇,4,21500,330482\n"
    "330482103,新仓镇,4,21500,330482\n"
    "330482106,广陈镇,4,21500,330482\n"
    "330482106206,山塘村村民委员会,5,21610,330482106\n"
    "31,上海市,1,21200,\n"
    "310116,金山区,3,21400,31\n"
    "310116109,廊下镇,4,21500,310116\n"
    "310116109207,山塘村村民委员会,5,21610,310116109\n";
enum { DIVISION_ROWS = 11 };

static inline void bench_import_divisions(struct bench *b)
{
    assert_status_of(&b->ctx, bench_import(b, DIVISIONS_MAP, DIVISIONS),
                     GAZ_OK);
    assert_report(b, DIVISION_ROWS, DIVISION_ROWS, 0, 0, 0);
}

#endif
