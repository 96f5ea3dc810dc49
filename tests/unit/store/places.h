/* places.h - comparing what comes out of the store with what went in. */
#ifndef TESTS_UNIT_STORE_PLACES_H
#define TESTS_UNIT_STORE_PLACES_H

#include "gazetteer/base/date.h"
#include "tests/unit/store/fixture.h"

static inline void assert_text(const char *got, const char *want)
{
    if (!got || !want)
        assert_true(got == want);
    else
        assert_string_equal(got, want);
}

static inline void assert_names(const struct gaz_place *got,
                                const struct gaz_place *want)
{
    assert_int_equal(got->name_count, want->name_count);
    for (int i = 0; i < want->name_count; i++) {
        const struct gaz_name *g = &got->names[i];
        const struct gaz_name *w = &want->names[i];
        CASE(w->text);
        assert_text(g->text, w->text);
        assert_text(g->roman, w->roman);
        assert_int_equal(g->kind, w->kind);
        assert_int_equal(g->valid_from, w->valid_from);
        assert_int_equal(g->valid_to, w->valid_to);
        assert_int_equal(g->basis, w->basis);
        assert_int_equal(g->source, w->source);
    }
}

static inline void assert_position(const struct gaz_position *got,
                                   const struct gaz_position *want)
{
    assert_int_equal(got->method, want->method);
    if (want->method == GAZ_METHOD_NONE)
        return;
    assert_true(got->coord.lon == want->coord.lon);
    assert_true(got->coord.lat == want->coord.lat);
    assert_true(got->accuracy_m == want->accuracy_m);
    assert_int_equal(got->source, want->source);
}

static inline void assert_place(const struct gaz_place *got,
                                const struct gaz_place *want)
{
    assert_text(got->code, want->code);
    assert_int_equal(got->level, want->level);
    assert_int_equal(got->category, want->category);
    assert_int_equal(got->status, want->status);
    assert_int_equal(got->valid_from, want->valid_from);
    assert_int_equal(got->valid_to, want->valid_to);
    assert_int_equal(got->basis, want->basis);
    assert_int_equal(got->is_statistical, want->is_statistical);
    assert_int_equal(got->is_synthetic, want->is_synthetic);
    assert_true(got->parent == want->parent);
    assert_position(&got->position, &want->position);
    assert_int_equal(got->area_size, want->area_size);
    if (want->area_size > 0)
        assert_memory_equal(got->area_wkb, want->area_wkb, want->area_size);
    assert_int_equal(got->area_is_schematic, want->area_is_schematic);
    assert_text(got->address, want->address);
    assert_text(got->meaning, want->meaning);
    assert_text(got->origin, want->origin);
    assert_text(got->history, want->history);
    assert_names(got, want);
}

/* A MULTIPOLYGON of one triangle, little-endian WKB. */
static const unsigned char TRIANGLE[] = {
    0x01, 0x06, 0,    0,    0, 0x01, 0,    0,    0, 0x01, 0x03, 0,    0,
    0,    0x01, 0,    0,    0, 0x04, 0,    0,    0, 0,    0,    0,    0,
    0,    0x40, 0x5E, 0x40, 0, 0,    0,    0,    0, 0,    0x3E, 0x40, /* 121 30
                                                                       */
    0,    0,    0,    0,    0, 0x80, 0x5E, 0x40, 0, 0,    0,    0,    0,
    0,    0x3E, 0x40, /* 122 30 */
    0,    0,    0,    0,    0, 0x80, 0x5E, 0x40, 0, 0,    0,    0,    0,
    0,    0x3F, 0x40, /* 122 31 */
    0,    0,    0,    0,    0, 0x40, 0x5E, 0x40, 0, 0,    0,    0,    0,
    0,    0x3E, 0x40,
};

static inline struct gaz_place full_place(int64_t source,
                                          struct gaz_name names[3])
{
    names[0] = (struct gaz_name){.text = "甲新村",
                                 .roman = "Jiǎxīncūn",
                                 .kind = GAZ_NAME_STANDARD,
                                 .valid_from = 20170000,
                                 .basis = GAZ_BASIS_EDITION,
                                 .source = source};
    names[1] = (struct gaz_name){.text = "甲旧村",
                                 .kind = GAZ_NAME_FORMER,
                                 .valid_from = 20160731,
                                 .valid_to = 20170000,
                                 .basis = GAZ_BASIS_DOCUMENT,
                                 .source = source};
    names[2] = (struct gaz_name){.text = "Kia", .kind = GAZ_NAME_VARIANT};
    return (struct gaz_place){
        .code = "990101101201",
        .level = GAZ_LEVEL_VILLAGE,
        .category = GAZ_CATEGORY_VILLAGE,
        .status = GAZ_STATUS_HISTORICAL,
        .valid_from = 20160731,
        .valid_to = 20230000,
        .basis = GAZ_BASIS_EDITION,
        .is_statistical = true,
        .is_synthetic = true,
        .names = names,
        .name_count = 3,
        .position = {.coord = {121.0868601, 30.6012345},
                     .method = GAZ_METHOD_GAZETTEER,
                     .accuracy_m = 750.5,
                     .source = source},
        .area_wkb = TRIANGLE,
        .area_size = sizeof(TRIANGLE),
        .area_is_schematic = true,
        .address = "甲镇一路1号",
        .meaning = "含义",
        .origin = "来历",
        .history = "历史沿革",
    };
}

/* Which tables the journal names after a step, in order, once each. */
static inline const char *journal_since(struct fixture *f, int64_t seq)
{
    struct gaz_stmt *stmt;
    OK(f, gaz_sqlite_prepare(
              &f->ctx, f->store->db,
              "SELECT COALESCE(group_concat(what, ' '), '') FROM (SELECT"
              " tab || ':' || op || count(*) AS what FROM journal"
              " WHERE seq > :seq GROUP BY tab, op ORDER BY tab, op)",
              &stmt));
    gaz_sqlite_bind_int(stmt, ":seq", seq);
    OK(f, gaz_sqlite_step(&f->ctx, stmt));
    const char *text = gaz_sqlite_text(&f->ctx, stmt, 0);
    gaz_sqlite_drop(stmt);
    return text;
}

static inline int64_t last_seq(struct fixture *f)
{
    uint64_t seq = 0;
    OK(f, gaz_store_journal_seq(&f->ctx, f->store, &seq));
    return (int64_t)seq;
}

static inline struct gaz_record a_record(const char *key, const char *verbatim)
{
    return (struct gaz_record){.kind = GAZ_ENTRY_PLACE,
                               .key = key,
                               .file = "t.csv",
                               .line = 2,
                               .verbatim = verbatim};
}

#endif
