/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: findings and the queue.
 *
 * - the hash: another rule, record, sentence, clashing record, metre or fix is
 *   another finding; a severity or a centimetre is not; never 0
 * - waiving: the waived behind those that stand, both in their order; counts;
 *   against the same by hand, over random sets
 * - queueing: fresh, standing and gone; from a severity up; a fix without a
 *   field is no fix; indicators are left out; a part of the records sweeps
 *   nothing
 */
#include "tests/unit/store/fixture.h"

#include "gazetteer/audit/waive.h"

static const struct gaz_rule ONE = {.id = "R10", .fix = GAZ_FIX_AUTOMATIC};
static const struct gaz_rule TWO = {.id = "N05"};

static struct gaz_finding a_finding(void)
{
    return (struct gaz_finding){.rule = &ONE,
                                .severity = GAZ_SEVERITY_WARNING,
                                .subject = GAZ_SUBJECT_PLACE,
                                .id = 7,
                                .name = "甲路",
                                .code = "330482101",
                                .town = "乍浦镇",
                                .zh = "大小写不符",
                                .en = "capitals",
                                .distance_m = 12.3,
                                .fix = "Jiǎ Lù",
                                .fix_field = "roman"};
}

static void test_hash(void **state)
{
    (void)state;
    const gaz_id hash = gaz_audit_hash(&(struct gaz_finding){
        .rule = &ONE, .id = 7, .zh = "x", .distance_m = -1});
    assert_true(hash != 0);
    struct gaz_finding base = a_finding();
    const gaz_id known = gaz_audit_hash(&base);
    struct gaz_finding others[] = {base, base, base, base, base, base, base};
    others[0].rule = &TWO;
    others[1].id = 8;
    others[2].zh = "分写不符";
    others[3].other = 9;
    others[4].distance_m = 13.6;
    others[5].fix = "Jiǎ lù";
    others[6].subject = GAZ_SUBJECT_ADDRESS;
    for (size_t i = 0; i < COUNT(others); i++)
        assert_true(gaz_audit_hash(&others[i]) != known);
    base.severity = GAZ_SEVERITY_ERROR;
    base.distance_m = 12.31;
    base.town = "新埭镇";
    base.index = 99;
    assert_true(gaz_audit_hash(&base) == known);
}

/* ---- an audit of made findings ---- */

enum { FINDINGS = 60 };

struct made {
    struct gaz_corpus *corpus;
    struct gaz_audit *audit;
};

static struct made make_audit(struct fixture *f)
{
    static const struct gaz_rule RULES[] = {
        {.id = "R10", .fix = GAZ_FIX_AUTOMATIC}, {.id = "N05"}};
    static const struct gaz_rules ALL = {RULES, COUNT(RULES)};
    const struct gaz_audit_options options = {.at = 20260101};
    struct made made = {NULL, NULL};
    OK(f, gaz_corpus_open(&f->ctx, &ALL, &made.corpus));
    OK(f, gaz_audit_open(&f->ctx, &ALL, made.corpus, &options, &made.audit));
    struct gaz_audit *audit = made.audit;
    audit->findings = gaz_malloc(FINDINGS * sizeof(*audit->findings));
    for (int i = 0; i < FINDINGS; i++) {
        struct gaz_finding one = a_finding();
        one.rule = &RULES[i % 2];
        one.id = (gaz_id)(100 + i);
        one.severity = (gaz_severity)(i % 3);
        audit->findings[audit->finding_count++] = one;
        audit->by_severity[one.severity]++;
        audit->results[i % 2].found++;
        audit->results[i % 2].tested++;
    }
    return made;
}

static void close_audit(struct made *made)
{
    gaz_audit_close(made->audit);
    gaz_corpus_close(made->corpus);
}

static struct gaz_audit_queued
queue(struct fixture *f, const struct gaz_audit *audit, gaz_severity least)
{
    struct gaz_audit_queued counts = {0};
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_audit_queue(&f->ctx, f->store, audit, least, &counts));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    return counts;
}

static void waive_every(struct fixture *f, int n)
{
    struct gaz_reviews all;
    const struct gaz_review_filter open = {.severity = GAZ_REVIEW_ANY,
                                           .state = "open"};
    OK(f, gaz_review_list(&f->ctx, f->store, &open, &all));
    OK(f, gaz_store_begin(&f->ctx, f->store));
    for (int i = 0; i < all.count; i += n) {
        const struct gaz_review_step step = {.id = all.items[i].id,
                                             .action =
                                                 i % 2 ? "reject" : "waive",
                                             .who = "王",
                                             .why = "保留"};
        OK(f, gaz_review_decide(&f->ctx, f->store, &step, NULL));
    }
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

static void check_waived(struct fixture *f, const struct gaz_audit *audit)
{
    const struct gaz_review_waiver *waivers;
    int64_t by_severity[3] = {0};
    int count = 0;
    OK(f, gaz_review_waivers(&f->ctx, f->store, &waivers, &count));
    assert_int_equal(audit->waived_count, count);
    assert_int_equal(audit->finding_count, FINDINGS - count);
    for (int i = 0; i < FINDINGS; i++) {
        const struct gaz_finding *one = &audit->findings[i];
        bool is_waived = false;
        for (int k = 0; k < count; k++)
            is_waived = is_waived || waivers[k].hash == gaz_audit_hash(one);
        assert_int_equal(is_waived, i >= audit->finding_count);
        assert_int_equal(is_waived, one->waived != NULL);
        if (is_waived)
            assert_string_equal(one->waived_why, "保留");
        else
            by_severity[one->severity]++;
        if (i > 0 && i != audit->finding_count)
            assert_true(one->id > one[-1].id);
    }
    assert_memory_equal(by_severity, audit->by_severity, sizeof(by_severity));
    assert_int_equal(audit->results[0].found + audit->results[1].found,
                     audit->finding_count);
    assert_int_equal(audit->results[0].waived + audit->results[1].waived,
                     audit->waived_count);
}

static void test_waive(void **state)
{
    struct fixture *f = *state;
    static const int EVERY[] = {7, 3, 1};
    struct made made = make_audit(f);
    (void)queue(f, made.audit, GAZ_SEVERITY_INFO);
    OK(f, gaz_audit_waive(&f->ctx, f->store, made.audit));
    check_waived(f, made.audit);
    close_audit(&made);
    for (size_t i = 0; i < COUNT(EVERY); i++) {
        waive_every(f, EVERY[i]);
        made = make_audit(f);
        OK(f, gaz_audit_waive(&f->ctx, f->store, made.audit));
        check_waived(f, made.audit);
        close_audit(&made);
    }
}

static void test_queue(void **state)
{
    struct fixture *f = *state;
    struct made made = make_audit(f);
    made.audit->findings[0].subject = GAZ_SUBJECT_CITY;
    made.audit->findings[1].fix_field = NULL; /* to read only */
    struct gaz_audit_queued counts = queue(f, made.audit, GAZ_SEVERITY_WARNING);
    assert_int_equal(counts.fresh, FINDINGS * 2 / 3);
    assert_int_equal(counts.standing, 0);
    counts = queue(f, made.audit, GAZ_SEVERITY_INFO);
    assert_int_equal(counts.fresh, FINDINGS / 3 - 1);
    assert_int_equal(counts.standing, FINDINGS * 2 / 3);
    assert_int_equal(counts.gone, 0);
    assert_int_equal(fixture_number(f, "SELECT COUNT(*) FROM review"
                                       " WHERE fix IS NULL"),
                     1);
    assert_int_equal(fixture_number(f, "SELECT COUNT(*) FROM review"
                                       " WHERE is_automatic"),
                     FINDINGS / 2 - 1);

    /* hints that are known are seen again although they are not wanted */
    counts = queue(f, made.audit, GAZ_SEVERITY_ERROR);
    assert_int_equal(counts.gone, 0);
    made.audit->finding_count -= 10;
    made.audit->options.source = 3;
    counts = queue(f, made.audit, GAZ_SEVERITY_INFO);
    assert_int_equal(counts.gone, 0);
    made.audit->options.source = 0;
    made.audit->results[1].why = "没有可查的记录";
    counts = queue(f, made.audit, GAZ_SEVERITY_INFO);
    assert_int_equal(counts.gone, 5); /* of the rule that was evaluated */
    close_audit(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash),
        cmocka_unit_test_setup_teardown(test_waive, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_queue, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
