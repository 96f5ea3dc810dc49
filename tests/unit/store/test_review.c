/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the queue in the store.
 *
 * - what may be decided: every action in every state of every kind, against a
 *   table; who, why, a stale version
 * - putting: once; an open one is renewed, a settled one keeps its state, what
 *   was gone or fixed is open again; NULL is_new adds nothing
 * - sweeping: only this rule, this division, older runs; waived stay
 * - issues of imports: queued once, not where a finding stands for them
 * - the list against brute force over random reviews: order, every filter, any
 *   page size gives the same rows
 * - decisions: state, version, trail, batch; an issue's own state follows
 */
#include "tests/unit/store/places.h"

#include "gazetteer/store/review.h"

static struct gaz_review finding(gaz_id hash, const char *rule)
{
    return (struct gaz_review){.kind = "finding",
                               .a = hash,
                               .rule = rule,
                               .severity = GAZ_SEVERITY_WARNING,
                               .zh = "不符",
                               .subject = "place"};
}

static int64_t put(struct fixture *f, const struct gaz_review *review,
                   int64_t run)
{
    bool is_new = false;
    OK(f, gaz_review_put(&f->ctx, f->store, review, run, &is_new));
    return fixture_number(
        f, gaz_arena_printf(&f->ctx.arena,
                            "SELECT id FROM review WHERE kind = '%s'"
                            " AND a = %lld AND b = %lld",
                            review->kind, (long long)review->a,
                            (long long)review->b));
}

static struct gaz_review get(struct fixture *f, int64_t id)
{
    struct gaz_review review = {.id = 0};
    OK(f, gaz_review_get(&f->ctx, f->store, id, &review));
    return review;
}

static gaz_status decide(struct fixture *f, int64_t id, const char *action)
{
    const struct gaz_review_step step = {.id = id,
                                         .action = action,
                                         .who = "王",
                                         .key = "AAAAAAAA",
                                         .why = "因为",
                                         .field = "name",
                                         .value = "x"};
    return gaz_review_decide(&f->ctx, f->store, &step, NULL);
}

/* ---- what may be decided ---- */

static void test_allowed(void **state)
{
    (void)state;
    static const struct {
        const char *kind;
        const char *state;
        const char *allowed;
    } CASES[] = {
        {"merge", "open", "accept reject waive"},
        {"merge", "accepted", "undo"},
        {"merge", "rejected", "undo"},
        {"merge", "waived", "undo"},
        {"finding", "open", "accept reject waive edit"},
        {"finding", "accepted", "waive edit undo"},
        {"finding", "rejected", "undo"},
        {"finding", "waived", "undo"},
        {"finding", "fixed", "undo"},
        {"finding", "gone", ""},
        {"issue", "open", "accept reject waive edit"},
        {"issue", "fixed", "undo"},
        {"issue", "gone", ""},
    };
    static const char *const ACTIONS[] = {"accept", "reject", "waive",
                                          "edit",   "undo",   "reopen",
                                          "gone",   "dance",  ""};
    struct gaz_ctx ctx = {.failure = ""};
    for (size_t i = 0; i < COUNT(CASES); i++)
        for (size_t k = 0; k < COUNT(ACTIONS); k++) {
            const struct gaz_review review = {.id = 7,
                                              .kind = CASES[i].kind,
                                              .state = CASES[i].state,
                                              .version = 3};
            const struct gaz_review_step step = {.id = 7,
                                                 .version = 3,
                                                 .action = ACTIONS[k],
                                                 .who = "王",
                                                 .why = "因为",
                                                 .field = "name",
                                                 .value = "x"};
            const char *at = strstr(CASES[i].allowed, ACTIONS[k]);
            bool want = *ACTIONS[k] && at;
            CASE(gaz_arena_printf(&ctx.arena, "%s %s %s", CASES[i].kind,
                                  CASES[i].state, ACTIONS[k]));
            assert_int_equal(gaz_review_allow(&ctx, &review, &step) ==
                                 GAZ_REVIEW_ALLOWED,
                             want);
            assert_int_equal(ctx.failure[0] == '\0', want);
            ctx.failure[0] = '\0';
        }
    gaz_ctx_close(&ctx);
}

static void test_refusals(void **state)
{
    (void)state;
    static const struct gaz_review OPEN = {
        .id = 7, .kind = "finding", .state = "open", .version = 3};
    static const struct {
        const char *label;
        struct gaz_review_step step;
        gaz_review_verdict want;
        const char *says;
    } CASES[] = {
        {"an old version",
         {.version = 2, .action = "accept", .who = "王"},
         GAZ_REVIEW_STALE,
         "version 3 by now, not 2"},
        {"no version: whichever",
         {.action = "accept", .who = "王"},
         GAZ_REVIEW_ALLOWED,
         ""},
        {"nobody", {.action = "accept"}, GAZ_REVIEW_INCOMPLETE, "who decides"},
        {"nobody by name",
         {.action = "accept", .who = ""},
         GAZ_REVIEW_INCOMPLETE,
         "who decides"},
        {"waive without why",
         {.action = "waive", .who = "王"},
         GAZ_REVIEW_INCOMPLETE,
         "waiver needs a reason"},
        {"reject without why",
         {.action = "reject", .who = "王", .why = ""},
         GAZ_REVIEW_INCOMPLETE,
         "rejection needs a reason"},
        {"edit without value",
         {.action = "edit", .who = "王", .field = "name"},
         GAZ_REVIEW_INCOMPLETE,
         "field and its value"},
        {"insist without why",
         {.action = "edit",
          .who = "王",
          .field = "name",
          .value = "x",
          .insists = true},
         GAZ_REVIEW_INCOMPLETE,
         "insists must say why"},
        {"no action", {.who = "王"}, GAZ_REVIEW_INCOMPLETE, "no decision"},
        {"undo of an open one",
         {.action = "undo", .who = "王"},
         GAZ_REVIEW_SETTLED,
         "nothing to undo"},
        {"reopen is the check's",
         {.action = "reopen", .who = "王"},
         GAZ_REVIEW_INCOMPLETE,
         "no decision"},
    };
    struct gaz_ctx ctx = {.failure = ""};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(gaz_review_allow(&ctx, &OPEN, &CASES[i].step),
                         CASES[i].want);
        assert_non_null(strstr(ctx.failure, CASES[i].says));
        ctx.failure[0] = '\0';
    }
    gaz_ctx_close(&ctx);
}

/* ---- putting and sweeping ---- */

static void test_put(void **state)
{
    struct fixture *f = *state;
    struct gaz_review one = finding(11, "R10");
    bool is_new = false;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_review_put(&f->ctx, f->store, &one, 1, NULL));
    assert_int_equal(fixture_number(f, "SELECT COUNT(*) FROM review"), 0);
    OK(f, gaz_review_put(&f->ctx, f->store, &one, 1, &is_new));
    assert_true(is_new);
    one.zh = "又不符";
    one.fix_field = "roman";
    one.fix = "X";
    OK(f, gaz_review_put(&f->ctx, f->store, &one, 2, &is_new));
    assert_false(is_new);
    const int64_t id = put(f, &one, 2);
    assert_string_equal(get(f, id).zh, "又不符");
    assert_string_equal(get(f, id).fix, "X");
    assert_int_equal(get(f, id).version, 1);
    assert_status_of(&f->ctx, decide(f, id, "waive"), GAZ_OK);
    one.zh = "另一句";
    (void)put(f, &one, 3);
    assert_string_equal(get(f, id).state, "waived");
    assert_string_equal(get(f, id).zh, "又不符");
    assert_status_of(&f->ctx, decide(f, id, "undo"), GAZ_OK);
    assert_status_of(&f->ctx, decide(f, id, "edit"), GAZ_OK);
    assert_string_equal(get(f, id).state, "fixed");
    (void)put(f, &one, 4);
    assert_string_equal(get(f, id).state, "open");
    assert_string_equal(get(f, id).who, "check");
    assert_int_equal(get(f, id).version, 5);

    const struct gaz_review merge = {.kind = "merge",
                                     .a = 9,
                                     .b = 4,
                                     .rule = "dedupe",
                                     .score = 0.5,
                                     .severity = GAZ_SEVERITY_WARNING,
                                     .band = "review",
                                     .zh = "相近"};
    OK(f, gaz_review_put(&f->ctx, f->store, &merge, 0, &is_new));
    assert_int_equal(fixture_number(f, "SELECT a * 10 + b FROM review"
                                       " WHERE kind = 'merge'"),
                     49);
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

static void test_sweep(void **state)
{
    struct fixture *f = *state;
    static const struct {
        gaz_id hash;
        const char *rule;
        const char *code;
        int64_t run;
        const char *decided;
        const char *want;
    } CASES[] = {
        {1, "R10", "330482101", 1, NULL, "gone"},
        {2, "R10", "330482101", 2, NULL, "open"}, /* found now */
        {3, "R11", "330482101", 1, NULL, "open"}, /* another rule */
        {4, "R10", "310116102", 1, NULL, "open"}, /* another county */
        {5, "R10", "330482101", 1, "waive", "waived"},
        {6, "R10", "330482101", 1, "reject", "rejected"},
        {7, "R10", "330482101", 1, "accept", "gone"},
        {8, "R10", "330482101", 1, "edit", "fixed"},
    };
    int64_t ids[COUNT(CASES)];
    int64_t gone = 0;
    int64_t run = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct gaz_review one = finding(CASES[i].hash, CASES[i].rule);
        ids[i] = put(f, &one, CASES[i].run);
        OK(f,
           gaz_sqlite_exec(&f->ctx, f->store->db,
                           gaz_arena_printf(&f->ctx.arena,
                                            "UPDATE review SET code = '%s'"
                                            " WHERE id = %lld",
                                            CASES[i].code, (long long)ids[i])));
        if (CASES[i].decided)
            assert_status_of(&f->ctx, decide(f, ids[i], CASES[i].decided),
                             GAZ_OK);
    }
    OK(f, gaz_review_next_run(&f->ctx, f->store, &run));
    assert_int_equal(run, 3);
    OK(f, gaz_review_sweep(&f->ctx, f->store, "R10", "330482", 2, &gone));
    assert_int_equal(gone, 2);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(gaz_arena_printf(&f->ctx.arena, "finding %d", (int)i));
        assert_string_equal(get(f, ids[i]).state, CASES[i].want);
    }
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

static void test_issues(void **state)
{
    struct fixture *f = *state;
    const struct gaz_issue issue = {.rule = "N05",
                                    .severity = GAZ_SEVERITY_WARNING,
                                    .message = "字母",
                                    .message_en = "letters"};
    int64_t queued = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_store_put_issue(&f->ctx, f->store, 0, 77, &issue));
    OK(f, gaz_store_put_issue(&f->ctx, f->store, 0, 78, &issue));
    struct gaz_review same = finding(5, "N05");
    same.about = 78;
    (void)put(f, &same, 1);
    OK(f, gaz_review_issues(&f->ctx, f->store, &queued));
    assert_int_equal(queued, 1);
    OK(f, gaz_review_issues(&f->ctx, f->store, &queued));
    assert_int_equal(queued, 0);
    const int64_t id =
        fixture_number(f, "SELECT id FROM review WHERE kind = 'issue'");
    assert_int_equal(get(f, id).about, 77);
    static const struct {
        const char *action;
        const char *want;
    } CASES[] = {{"waive", "waived"}, {"undo", "open"},  {"reject", "waived"},
                 {"undo", "open"},    {"edit", "fixed"}, {"undo", "open"},
                 {"accept", "open"}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].action);
        assert_status_of(&f->ctx, decide(f, id, CASES[i].action), GAZ_OK);
        assert_int_equal(
            fixture_number(f, gaz_arena_printf(&f->ctx.arena,
                                               "SELECT state = '%s' FROM issue"
                                               " WHERE about = 77",
                                               CASES[i].want)),
            1);
    }
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

/* ---- the list, against brute force ---- */

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15U;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    return z ^ z >> 31;
}

static const char *const RULES[] = {"N05", "R10", "dedupe"};
static const char *const CODES[] = {"330482101", "330482102", "310116102"};
static const char *const BANDS[] = {"duplicate", "review"};

static void fill(struct fixture *f, int count, uint64_t *random)
{
    for (int i = 0; i < count; i++) {
        bool is_merge = next_random(random) % 3 == 0;
        struct gaz_review one = finding((gaz_id)(1000 + i), RULES[i % 2]);
        one.severity = (gaz_severity)(next_random(random) % 3);
        one.about = 1 + next_random(random) % 5;
        if (is_merge) {
            one.kind = "merge";
            one.rule = "dedupe";
            one.b = one.a + 5000;
            one.band = BANDS[i % 2];
            one.severity = GAZ_SEVERITY_WARNING;
            one.score = (double)(next_random(random) % 10) / 10;
        }
        const int64_t id = put(f, &one, 1);
        OK(f, gaz_sqlite_exec(
                  &f->ctx, f->store->db,
                  gaz_arena_printf(&f->ctx.arena,
                                   "UPDATE review SET code = '%s',"
                                   " state = '%s' WHERE id = %lld",
                                   CODES[next_random(random) % 3],
                                   next_random(random) % 2 ? "open" : "waived",
                                   (long long)id)));
    }
}

static bool fits(const struct gaz_review *r,
                 const struct gaz_review_filter *filter)
{
    return (!filter->state || strcmp(filter->state, r->state) == 0) &&
           (!filter->kind || strcmp(filter->kind, r->kind) == 0) &&
           (!filter->rule || strcmp(filter->rule, r->rule) == 0) &&
           (!filter->band || (r->band && strcmp(filter->band, r->band) == 0)) &&
           (!filter->in ||
            strncmp(r->code, filter->in, strlen(filter->in)) == 0) &&
           (filter->severity < 0 || (int)r->severity == filter->severity) &&
           (!filter->about || r->about == filter->about ||
            r->other == filter->about);
}

static double rank_of(const struct gaz_review *r)
{
    if (strcmp(r->kind, "merge") == 0)
        return 2 + r->score;
    return r->severity == GAZ_SEVERITY_ERROR ? 3.5 : (double)r->severity;
}

static void check_filter(struct fixture *f, const struct gaz_reviews *all,
                         struct gaz_review_filter filter, int page)
{
    int want = 0;
    for (int i = 0; i < all->count; i++)
        want += fits(&all->items[i], &filter);
    int seen = 0;
    int at = 0;
    filter.limit = page;
    for (;;) {
        struct gaz_reviews got;
        OK(f, gaz_review_list(&f->ctx, f->store, &filter, &got));
        assert_int_equal(got.total, want);
        for (int i = 0; i < got.count; i++, at++) {
            while (!fits(&all->items[at], &filter))
                at++;
            assert_int_equal(got.items[i].id, all->items[at].id);
        }
        seen += got.count;
        assert_int_equal(got.has_more, seen < want);
        if (!got.has_more)
            break;
        filter.after = got.items[got.count - 1].id;
    }
    assert_int_equal(seen, want);
}

static void test_list(void **state)
{
    struct fixture *f = *state;
    uint64_t random = 20260101;
    struct gaz_reviews all;
    const struct gaz_review_filter any = {.severity = GAZ_REVIEW_ANY};
    OK(f, gaz_store_begin(&f->ctx, f->store));
    fill(f, 80, &random);
    OK(f, gaz_review_list(&f->ctx, f->store, &any, &all));
    assert_int_equal(all.count, 80);
    for (int i = 1; i < all.count; i++) {
        double before = rank_of(&all.items[i - 1]);
        double now = rank_of(&all.items[i]);
        assert_true(before > now ||
                    (before == now && all.items[i - 1].id < all.items[i].id));
    }
    for (int i = 0; i < 40; i++) {
        struct gaz_review_filter filter = any;
        if (next_random(&random) % 2)
            filter.rule = RULES[next_random(&random) % 3];
        if (next_random(&random) % 3 == 0)
            filter.state = next_random(&random) % 2 ? "open" : "waived";
        if (next_random(&random) % 3 == 0)
            filter.kind = next_random(&random) % 2 ? "merge" : "finding";
        if (next_random(&random) % 3 == 0)
            filter.in = next_random(&random) % 2 ? "330482" : "310116102";
        if (next_random(&random) % 4 == 0)
            filter.severity = (int)(next_random(&random) % 3);
        if (next_random(&random) % 4 == 0)
            filter.band = BANDS[next_random(&random) % 2];
        if (next_random(&random) % 4 == 0)
            filter.about = 1 + next_random(&random) % 5;
        check_filter(f, &all, filter, 5 + (int)(next_random(&random) % 20));
    }
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

/* ---- decisions ---- */

static void test_trail(void **state)
{
    struct fixture *f = *state;
    const struct gaz_review one = finding(1, "R10");
    const struct gaz_review two = finding(2, "R10");
    const struct gaz_review_event *events;
    const struct gaz_review_share *shares;
    const struct gaz_review_waiver *waivers;
    struct gaz_reviews found;
    int64_t event = 0;
    int count = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    const int64_t a = put(f, &one, 1);
    const int64_t b = put(f, &two, 1);
    struct gaz_review_step step = {.id = a,
                                   .version = 1,
                                   .action = "waive",
                                   .who = "王",
                                   .key = "AAAAAAAA",
                                   .why = "路牌如此",
                                   .batch = GAZ_REVIEW_ANY};
    OK(f, gaz_review_decide(&f->ctx, f->store, &step, &event));
    step.id = b;
    step.batch = event;
    OK(f, gaz_review_decide(&f->ctx, f->store, &step, NULL));
    assert_int_equal(get(f, a).version, 2);
    OK(f, gaz_review_events(&f->ctx, f->store, b, &events, &count));
    assert_int_equal(count, 1);
    assert_int_equal(events[0].batch, event);
    assert_int_equal(events[0].version, 2);
    assert_string_equal(events[0].key, "AAAAAAAA");
    assert_string_equal(events[0].why, "路牌如此");
    const struct gaz_review_filter batch = {.severity = GAZ_REVIEW_ANY,
                                            .batch = event};
    OK(f, gaz_review_list(&f->ctx, f->store, &batch, &found));
    assert_int_equal(found.count, 2);
    OK(f, gaz_review_waivers(&f->ctx, f->store, &waivers, &count));
    assert_int_equal(count, 2);
    assert_int_equal(waivers[0].hash + waivers[1].hash, 3);
    OK(f, gaz_review_shares(&f->ctx, f->store, &shares, &count));
    assert_int_equal(count, 1);
    assert_int_equal(shares[0].count, 2);
    assert_string_equal(shares[0].state, "waived");
    assert_status(gaz_review_decide(&f->ctx, f->store, &step, NULL),
                  GAZ_INVALID);
    f->ctx.failure[0] = '\0';
    step.id = 999;
    assert_status(gaz_review_decide(&f->ctx, f->store, &step, NULL),
                  GAZ_NOT_FOUND);
    f->ctx.failure[0] = '\0';
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allowed),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test_setup_teardown(test_put, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_sweep, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_issues, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_list, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_trail, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
