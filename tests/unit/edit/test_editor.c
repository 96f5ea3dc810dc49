/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: what an officer may change.
 *
 * - every operation: stored, journaled as one group with who and why, kept as a
 *   record, and undone to the byte (dumps of all that is believed are
 * compared); an undo is undone as well
 * - a stale `seen`, a merged or unknown id, findings of severity error, what
 *   is there forbids: nothing is changed
 * - dry: the same verdict, nothing changed; the same again: no group
 * - putting back what was read changes nothing
 * - an undo after a later change is refused with its reason
 * - random chains of operations, undone backwards, meet each dump again
 */
#include "tests/unit/store/fixture.h"

#include "gazetteer/base/buffer.h"
#include "gazetteer/edit/editor.h"
#include "gazetteer/store/sql.h"

static const char *const BELIEFS[] = {
    "numbering",
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
    "redirect",
    "address_redirect",
    "idx_place_geom_rowid",
    "idx_address_geom_rowid",
};

/* All rows of what is believed, as text. */
static const char *dump(struct fixture *f)
{
    struct gaz_buffer text;
    gaz_buffer_open(&text, (size_t)1 << 26);
    for (size_t i = 0; i < COUNT(BELIEFS); i++) {
        struct gaz_stmt *stmt;
        gaz_status status;
        OK(f, gaz_sqlite_prepare(&f->ctx, f->store->db,
                                 gaz_arena_printf(&f->ctx.arena,
                                                  "SELECT * FROM %s ORDER BY 1",
                                                  BELIEFS[i]),
                                 &stmt));
        gaz_buffer_printf(&text, "\n[%s]", BELIEFS[i]);
        while ((status = gaz_sqlite_step(&f->ctx, stmt)) == GAZ_OK)
            for (int c = 0; c < gaz_sqlite_columns(stmt); c++) {
                size_t size;
                const unsigned char *bytes =
                    gaz_sqlite_blob(&f->ctx, stmt, c, &size);
                gaz_buffer_text(&text, "|");
                for (size_t k = 0; k < size; k++)
                    gaz_buffer_printf(&text, "%02x", bytes[k]);
            }
        gaz_sqlite_drop(stmt);
        assert_status_of(&f->ctx, status, GAZ_END);
    }
    const char *copy = gaz_arena_strndup(&f->ctx.arena, text.data, text.size);
    gaz_buffer_close(&text);
    return copy;
}

/* ---- a small county ---- */

static struct gaz_editor *editor;
static gaz_id county;
static gaz_id town;
static gaz_id village;
static gaz_id road;

static const struct gaz_source SOURCE = {.key = "bureau",
                                         .title = "test",
                                         .origin = "test",
                                         .edition = "2026",
                                         .licence = "CC0-1.0"};

static struct gaz_editor_by by(int64_t seen)
{
    return (struct gaz_editor_by){.who = "测试科",
                                  .key = "AAAAAAAA",
                                  .why = "文件一号",
                                  .request = "r1",
                                  .source = &SOURCE,
                                  .verbatim = "{\"a\": 1}",
                                  .seen = seen};
}

static gaz_id put(struct fixture *f, struct gaz_place place, const char *name)
{
    const struct gaz_name names[] = {
        {.text = name, .source = fixture_source(f, "t")}};
    gaz_id id;
    place.names = names;
    place.name_count = 1;
    place.is_synthetic = true;
    OK(f, gaz_store_put_place(&f->ctx, f->store, &place, "t", name, 0, &id));
    return id;
}

static int open_county(void **state)
{
    fixture_open(state);
    struct fixture *f = *state;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    gaz_id province = put(f,
                          (struct gaz_place){.level = GAZ_LEVEL_PROVINCE,
                                             .category = GAZ_CATEGORY_PROVINCE,
                                             .code = "33"},
                          "浙江省");
    gaz_id city = put(f,
                      (struct gaz_place){.level = GAZ_LEVEL_CITY,
                                         .category = GAZ_CATEGORY_CITY,
                                         .code = "3304",
                                         .parent = province},
                      "嘉兴市");
    county = put(f,
                 (struct gaz_place){.level = GAZ_LEVEL_COUNTY,
                                    .category = GAZ_CATEGORY_COUNTY,
                                    .code = "330482",
                                    .parent = city},
                 "平湖市");
    town = put(f,
               (struct gaz_place){.level = GAZ_LEVEL_TOWN,
                                  .category = GAZ_CATEGORY_TOWN,
                                  .code = "330482101",
                                  .parent = county},
               "乍浦镇");
    village = put(f,
                  (struct gaz_place){.level = GAZ_LEVEL_VILLAGE,
                                     .category = GAZ_CATEGORY_VILLAGE,
                                     .code = "330482101201",
                                     .parent = town},
                  "演示村");
    road =
        put(f,
            (struct gaz_place){.category = GAZ_CATEGORY_ROAD,
                               .parent = town,
                               .position = {.coord = {121.1, 30.6},
                                            .method = GAZ_METHOD_SYNTHETIC,
                                            .accuracy_m = 10,
                                            .source = fixture_source(f, "t")}},
            "演示路");
    OK(f, gaz_store_commit(&f->ctx, f->store));
    OK(f, gaz_editor_open(&f->ctx, f->path, &editor));
    return 0;
}

static int close_county(void **state)
{
    gaz_editor_close(editor);
    return fixture_close(state);
}

static struct gaz_editor_answer read_one(struct fixture *f, gaz_id id)
{
    struct gaz_editor_answer out;
    OK(f, gaz_editor_read(&f->ctx, editor, id, false, &out));
    return out;
}

static void undo(struct fixture *f, int64_t seq, gaz_editor_verdict want)
{
    struct gaz_editor_answer out;
    const struct gaz_editor_by who = by(-1);
    OK(f, gaz_editor_undo(&f->ctx, editor, &who, seq, &out));
    if (out.verdict != want)
        fail_msg("undo: verdict %d, %s", (int)out.verdict,
                 out.en ? out.en : "");
}

/* ---- the operations, each by one call ---- */

static struct gaz_place new_road(const struct gaz_name *name)
{
    return (struct gaz_place){.category = GAZ_CATEGORY_ROAD,
                              .parent = town,
                              .names = name,
                              .name_count = 1,
                              .is_synthetic = true};
}

typedef void operation(struct fixture *f, const struct gaz_editor_by *who,
                       struct gaz_editor_answer *out);

static void create_place(struct fixture *f, const struct gaz_editor_by *who,
                         struct gaz_editor_answer *out)
{
    const struct gaz_name name = {.text = "天妃路"};
    const struct gaz_place place = new_road(&name);
    OK(f, gaz_editor_create_place(&f->ctx, editor, who, &place, out));
}

static void update_place(struct fixture *f, const struct gaz_editor_by *who,
                         struct gaz_editor_answer *out)
{
    struct gaz_place place = read_one(f, road).place;
    place.meaning = "演示";
    place.position.coord = (struct gaz_coord){121.11, 30.61};
    OK(f, gaz_editor_put_place(&f->ctx, editor, who, &place, out));
}

static void abolish_place(struct fixture *f, const struct gaz_editor_by *who,
                          struct gaz_editor_answer *out)
{
    const struct gaz_editor_end end = {
        .id = village, .date = 20260301, .successor = town};
    OK(f, gaz_editor_abolish_place(&f->ctx, editor, who, &end, out));
}

static void rename_place(struct fixture *f, const struct gaz_editor_by *who,
                         struct gaz_editor_answer *out)
{
    const struct gaz_name name = {.text = "海塘路",
                                  .kind = GAZ_NAME_STANDARD,
                                  .valid_from = 20260301,
                                  .basis = GAZ_BASIS_DOCUMENT};
    OK(f, gaz_editor_add_name(&f->ctx, editor, who, road, &name, out));
}

static void add_alias(struct fixture *f, const struct gaz_editor_by *who,
                      struct gaz_editor_answer *out)
{
    const struct gaz_name name = {.text = "老演示路", .kind = GAZ_NAME_ALIAS};
    OK(f, gaz_editor_add_name(&f->ctx, editor, who, road, &name, out));
}

static void correct_name(struct fixture *f, const struct gaz_editor_by *who,
                         struct gaz_editor_answer *out)
{
    const struct gaz_name name = {.text = "演示路", .roman = "Yǎnshì Lù"};
    OK(f, gaz_editor_put_name(&f->ctx, editor, who, road, 0, &name, out));
}

static void create_address(struct fixture *f, const struct gaz_editor_by *who,
                           struct gaz_editor_answer *out)
{
    const struct gaz_address address = {
        .parent = road, .number = "158", .is_synthetic = true};
    OK(f, gaz_editor_create_address(&f->ctx, editor, who, &address, out));
}

static const struct {
    const char *label;
    operation *run;
    int changes; /* entries of the journal */
} OPERATIONS[] = {
    {"place-create", create_place, 2},
    {"place-update", update_place, 2},   /* the name gets its spelling */
    {"place-abolish", abolish_place, 4}, /* with its code's span */
    {"name-add, standard", rename_place, 3},
    {"name-add, alias", add_alias, 2},
    {"name-update", correct_name, 1},
    {"address-create", create_address, 1},
};

static void test_operations(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(OPERATIONS); i++) {
        CASE(OPERATIONS[i].label);
        struct gaz_editor_answer out;
        struct gaz_edit edit;
        const struct gaz_editor_by who = by(-1);
        const char *before = dump(f);
        struct gaz_editor_by dry = who;
        dry.is_dry = true;
        OPERATIONS[i].run(f, &dry, &out);
        assert_int_equal(out.verdict, GAZ_EDITOR_DONE);
        assert_int_equal(out.edit, 0);
        assert_true(out.has_state);
        assert_string_equal(dump(f), before);

        OPERATIONS[i].run(f, &who, &out);
        assert_int_equal(out.verdict, GAZ_EDITOR_DONE);
        assert_int_equal(out.last - out.first + 1, OPERATIONS[i].changes);
        assert_true(out.version >= out.first && out.version <= out.last);
        assert_string_not_equal(dump(f), before);
        OK(f, gaz_edit_at(&f->ctx, f->store, out.last, &edit));
        assert_int_equal(edit.id, out.edit);
        assert_string_equal(edit.note.who, "测试科");
        assert_string_equal(edit.note.why, "文件一号");
        assert_string_equal(edit.source_key, "bureau");
        assert_string_equal(edit.note.edition, "2026");
        assert_true(edit.note.record > 0);
        assert_true(edit.note.about == out.about);
        const char *after = dump(f);

        undo(f, out.first, GAZ_EDITOR_DONE);
        assert_string_equal(dump(f), before);
        undo(f, out.first, GAZ_EDITOR_CONFLICT); /* undone already */
        uint64_t last;
        OK(f, gaz_store_journal_seq(&f->ctx, f->store, &last));
        undo(f, (int64_t)last, GAZ_EDITOR_DONE); /* the undo is undone */
        assert_string_equal(dump(f), after);
        OK(f, gaz_store_journal_seq(&f->ctx, f->store, &last));
        undo(f, (int64_t)last, GAZ_EDITOR_DONE);
        assert_string_equal(dump(f), before);
    }
}

static void test_state(void **state)
{
    struct fixture *f = *state;
    struct gaz_editor_answer out;
    const struct gaz_editor_by who = by(-1);
    create_place(f, &who, &out);
    assert_string_equal(out.place.names[0].text, "天妃路");
    assert_string_equal(out.place.names[0].roman, "Tiānfēi Lù");
    rename_place(f, &who, &out);
    assert_string_equal(out.place.names[0].text, "海塘路");
    assert_string_equal(out.place.names[1].text, "演示路");
    assert_int_equal(out.place.names[1].kind, GAZ_NAME_FORMER);
    assert_int_equal(out.place.names[1].valid_to, 20260301);
    create_address(f, &who, &out);
    assert_string_equal(out.address.text,
                        "浙江省嘉兴市平湖市乍浦镇海塘路158号");
    create_address(f, &who, &out);
    assert_int_equal(out.verdict, GAZ_EDITOR_CONFLICT);
    abolish_place(f, &who, &out);
    assert_int_equal(out.place.status, GAZ_STATUS_HISTORICAL);
    assert_int_equal(out.place.names[0].valid_to, 20260301);
    abolish_place(f, &who, &out);
    assert_int_equal(out.verdict, GAZ_EDITOR_CONFLICT);
    const struct gaz_editor_end end = {.id = read_one(f, road).about,
                                       .date = 20260401};
    OK(f, gaz_editor_abolish_place(&f->ctx, editor, &who, &end, &out));
    assert_int_equal(out.verdict, GAZ_EDITOR_DONE);
}

static void test_same(void **state)
{
    struct fixture *f = *state;
    struct gaz_editor_answer out;
    struct gaz_editor_by who = by(-1);
    update_place(f, &who, &out);
    const char *before = dump(f);
    const struct gaz_place place = read_one(f, road).place;
    OK(f, gaz_editor_put_place(&f->ctx, editor, &who, &place, &out));
    assert_int_equal(out.verdict, GAZ_EDITOR_SAME);
    assert_int_equal(out.edit, 0);
    assert_string_equal(dump(f), before);
    assert_int_equal(fixture_number(f, "SELECT COUNT(*) FROM record"), 1);
}

static void test_stale(void **state)
{
    struct fixture *f = *state;
    struct gaz_editor_answer out;
    const int64_t seen = read_one(f, road).version;
    struct gaz_editor_by first = by(seen);
    struct gaz_editor_by second = by(seen);
    add_alias(f, &first, &out);
    assert_int_equal(out.verdict, GAZ_EDITOR_DONE);
    const char *before = dump(f);
    update_place(f, &second, &out);
    assert_int_equal(out.verdict, GAZ_EDITOR_STALE);
    assert_true(out.has_state);
    assert_int_equal(out.place.name_count, 2);
    assert_string_equal(dump(f), before);
    second.seen = out.version;
    update_place(f, &second, &out);
    assert_int_equal(out.verdict, GAZ_EDITOR_DONE);
}

static void test_refused(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *label;
        const char *name;
        gaz_level level;
        gaz_editor_verdict want;
        const char *rule;
    } CASES[] = {
        {"signs in a name", "演A示村", GAZ_LEVEL_VILLAGE, GAZ_EDITOR_REFUSED,
         "N05"},
        {"a road of that name is there", "演示路", GAZ_LEVEL_NONE,
         GAZ_EDITOR_REFUSED, "N11"},
        {"generic alone", "路", GAZ_LEVEL_NONE, GAZ_EDITOR_REFUSED, "N04"},
        {"blank", "  ", GAZ_LEVEL_NONE, GAZ_EDITOR_CONFLICT, NULL},
    };
    const struct gaz_editor_by who = by(-1);
    const char *before = dump(f);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_editor_answer out;
        const struct gaz_name name = {.text = CASES[i].name};
        struct gaz_place place = new_road(&name);
        bool is_found = !CASES[i].rule;
        place.level = CASES[i].level;
        if (place.level)
            place.category = GAZ_CATEGORY_VILLAGE;
        OK(f, gaz_editor_create_place(&f->ctx, editor, &who, &place, &out));
        assert_int_equal(out.verdict, CASES[i].want);
        for (int k = 0; k < out.finding_count; k++)
            is_found =
                is_found || strcmp(out.findings[k].rule, CASES[i].rule) == 0;
        assert_true(is_found);
        assert_string_equal(dump(f), before);
        assert_int_equal(fixture_number(f, "SELECT COUNT(*) FROM edit"), 0);
        assert_int_equal(fixture_number(f, "SELECT COUNT(*) FROM record"), 0);
    }
}

static void test_conflicts(void **state)
{
    struct fixture *f = *state;
    struct gaz_editor_answer out;
    const struct gaz_editor_by who = by(-1);
    const char *before = dump(f);
    const struct gaz_editor_end living = {.id = town, .date = 20260101};
    OK(f, gaz_editor_abolish_place(&f->ctx, editor, &who, &living, &out));
    assert_int_equal(out.verdict, GAZ_EDITOR_CONFLICT);
    const struct gaz_editor_end gone = {.id = 12345, .date = 20260101};
    OK(f, gaz_editor_abolish_place(&f->ctx, editor, &who, &gone, &out));
    assert_int_equal(out.verdict, GAZ_EDITOR_MISSING);
    OK(f, gaz_editor_drop_name(&f->ctx, editor, &who, road, 0, &out));
    assert_int_equal(out.verdict, GAZ_EDITOR_CONFLICT);
    OK(f, gaz_editor_drop_name(&f->ctx, editor, &who, road, 7, &out));
    assert_int_equal(out.verdict, GAZ_EDITOR_MISSING);
    const struct gaz_name name = {.text = "天妃路"};
    struct gaz_place place = new_road(&name);
    place.parent = 777;
    OK(f, gaz_editor_create_place(&f->ctx, editor, &who, &place, &out));
    assert_int_equal(out.verdict, GAZ_EDITOR_CONFLICT);
    undo(f, 1, GAZ_EDITOR_MISSING); /* an import's entry */
    struct gaz_editor_by other = who;
    const struct gaz_source unknown = {.key = "nobody", .edition = "1"};
    other.source = &unknown;
    place.parent = town;
    OK(f, gaz_editor_create_place(&f->ctx, editor, &other, &place, &out));
    assert_int_equal(out.verdict, GAZ_EDITOR_CONFLICT);
    assert_string_equal(dump(f), before);
}

static void test_undo_after_later(void **state)
{
    struct fixture *f = *state;
    struct gaz_editor_answer made;
    struct gaz_editor_answer out;
    const struct gaz_editor_by who = by(-1);
    create_place(f, &who, &made);
    const struct gaz_name alias = {.text = "天妃大道", .kind = GAZ_NAME_ALIAS};
    OK(f, gaz_editor_add_name(&f->ctx, editor, &who, made.about, &alias, &out));
    assert_int_equal(out.verdict, GAZ_EDITOR_DONE);
    undo(f, made.first, GAZ_EDITOR_CONFLICT);
    undo(f, out.first, GAZ_EDITOR_DONE);
    /* the undo of the alias is a later change too, but it left nothing */
    undo(f, made.first, GAZ_EDITOR_CONFLICT);
    update_place(f, &who, &made);
    struct gaz_place place = read_one(f, road).place;
    place.meaning = "另一个演示";
    OK(f, gaz_editor_put_place(&f->ctx, editor, &who, &place, &out));
    undo(f, made.first, GAZ_EDITOR_CONFLICT);
    undo(f, out.first, GAZ_EDITOR_DONE);
    undo(f, made.first, GAZ_EDITOR_DONE);
}

static void test_chain(void **state)
{
    struct fixture *f = *state;
    enum { STEPS = 12 };
    const struct gaz_editor_by who = by(-1);
    const char *dumps[STEPS];
    int64_t groups[STEPS];
    uint64_t random = 20261124;
    int done = 0;
    while (done < STEPS) {
        struct gaz_editor_answer out;
        random = random * 6364136223846793005U + 1442695040888963407U;
        const char *before = dump(f);
        OPERATIONS[(random >> 33) % COUNT(OPERATIONS)].run(f, &who, &out);
        if (out.verdict == GAZ_EDITOR_DONE) {
            dumps[done] = before;
            groups[done++] = out.first;
        } else {
            /* the road renamed, the village ended: give it something new */
            struct gaz_place place = read_one(f, road).place;
            place.history = gaz_arena_printf(&f->ctx.arena, "第%d版", done);
            OK(f, gaz_editor_put_place(&f->ctx, editor, &who, &place, &out));
            assert_int_equal(out.verdict, GAZ_EDITOR_DONE);
            dumps[done] = before;
            groups[done++] = out.first;
        }
    }
    while (done-- > 0) {
        undo(f, groups[done], GAZ_EDITOR_DONE);
        assert_string_equal(dump(f), dumps[done]);
    }
}

/* Every table that the journal watches is either undone with a change, or no
 * change of an editor touches it. A new one must be decided upon, here and in
 * gazetteer/store/edit.c. */
static void test_tables(void **state)
{
    struct fixture *f = *state;
    static const char *const UNTOUCHED[] = {"line",      "merge_decision",
                                            "redirect",  "address_redirect",
                                            "boundary_", "secrecy"};
    struct gaz_stmt *stmt;
    gaz_status status;
    OK(f,
       gaz_sqlite_prepare(&f->ctx, f->store->db,
                          "SELECT DISTINCT tbl_name FROM sqlite_master"
                          " WHERE type = 'trigger' AND name LIKE '%_journal_%'",
                          &stmt));
    while ((status = gaz_sqlite_step(&f->ctx, stmt)) == GAZ_OK) {
        const char *table = gaz_sqlite_text(&f->ctx, stmt, 0);
        bool is_decided = false;
        for (size_t i = 0; i < COUNT(UNTOUCHED); i++)
            is_decided = is_decided || strncmp(table, UNTOUCHED[i],
                                               strlen(UNTOUCHED[i])) == 0;
        for (const char *const *own = gaz_edit_tables(); *own; own++)
            is_decided = is_decided || strcmp(table, *own) == 0;
        if (!is_decided)
            fail_msg("nobody has said whether changes touch %s", table);
    }
    gaz_sqlite_drop(stmt);
    assert_status_of(&f->ctx, status, GAZ_END);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_operations, open_county,
                                        close_county),
        cmocka_unit_test_setup_teardown(test_state, open_county, close_county),
        cmocka_unit_test_setup_teardown(test_same, open_county, close_county),
        cmocka_unit_test_setup_teardown(test_stale, open_county, close_county),
        cmocka_unit_test_setup_teardown(test_refused, open_county,
                                        close_county),
        cmocka_unit_test_setup_teardown(test_conflicts, open_county,
                                        close_county),
        cmocka_unit_test_setup_teardown(test_undo_after_later, open_county,
                                        close_county),
        cmocka_unit_test_setup_teardown(test_tables, open_county, close_county),
        cmocka_unit_test_setup_teardown(test_chain, open_county, close_county),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
