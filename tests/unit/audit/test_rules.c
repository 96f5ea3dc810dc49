/* Test plan: every rule of data/rules that has a predicate has a case that it
 * finds and a case that it judges and leaves alone (tests/cases/rules.case);
 * every predicate has a function; a finding told from one side in a full run is
 * told by a single-record run too. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/audit/audit.h"
#include "gazetteer/base/file.h"
#include "gazetteer/quality/note.h"
#include "tests/unit/audit/world.h"

enum { RULES_MAX = GAZ_RULES_MAX, ASSETS_MAX = 128, LINES_MAX = 64 };

static struct gaz_ctx ctx;

static int teardown(void **state)
{
    (void)state;
    gaz_ctx_close(&ctx);
    ctx.failure[0] = '\0';
    return 0;
}

/* One case of the file. */
struct one {
    int line;
    char rule[24];
    bool is_bad;
    const char *lists; /* "leaders=某某 persons=..." put into empty lists */
    const char *lines[LINES_MAX];
    int count;
};

/* ---- the rules with words in the lists that are shipped empty ---- */

static const char *list_text(const struct one *one, const char *path)
{
    char key[80];
    (void)snprintf(key, sizeof(key), "%.*s=", (int)strlen(path) - 6 - 4,
                   path + 6); /* lists/NAME.txt */
    const char *at = one->lists ? strstr(one->lists, key) : NULL;
    if (!at)
        return NULL;
    at += strlen(key);
    return gaz_arena_strndup(&ctx.arena, at, strcspn(at, " "));
}

static struct gaz_rules rules_of(const struct one *one)
{
    struct gaz_asset *assets =
        gaz_arena_array(&ctx.arena, ASSETS_MAX, sizeof(*assets));
    struct gaz_rules rules;
    int count = 0;
    for (const struct gaz_asset *a = GAZ_RULE_ASSETS; a->path; a++) {
        assert_true(count < ASSETS_MAX - 1);
        assets[count] = *a;
        const char *text =
            strncmp(a->path, "lists/", 6) == 0 ? list_text(one, a->path) : NULL;
        if (text) {
            assets[count].data = (const unsigned char *)text;
            assets[count].size = strlen(text);
        }
        count++;
    }
    assert_status(gaz_rules_parse(&ctx, assets, &rules), GAZ_OK);
    return rules;
}

/* ---- one case ---- */

static int count_issues(const struct gaz_rules *rules, const struct world *w,
                        const char *rule, gaz_date at)
{
    struct gaz_issues issues;
    int found = 0;
    gaz_check_by(&ctx, rules, at, &w->record, &w->entry, &issues);
    for (int i = 0; i < issues.count; i++)
        found += strcmp(issues.items[i].rule, rule) == 0;
    return found;
}

static int64_t count_findings(const struct gaz_audit *audit, const char *rule,
                              int64_t *tested)
{
    for (int i = 0; i < audit->result_count; i++)
        if (strcmp(audit->results[i].rule->id, rule) == 0) {
            *tested = audit->results[i].tested;
            return audit->results[i].found;
        }
    *tested = 0;
    return 0;
}

static void check_findings(const struct gaz_audit *audit)
{
    for (int i = 0; i < audit->finding_count; i++) {
        const struct gaz_finding *f = &audit->findings[i];
        assert_true(f->zh && *f->zh);
        assert_true(f->en && *f->en);
        assert_non_null(f->name);
        assert_true(strlen(f->rule->clause) > 0);
    }
}

static int wrong;

static void run_case(const struct one *one)
{
    static char label[80];
    (void)snprintf(label, sizeof(label), "rules.case:%d %s %s", one->line,
                   one->rule, one->is_bad ? "bad" : "good");
    CASE(label);
    struct gaz_corpus *corpus;
    struct gaz_audit *audit;
    struct world world;
    const struct gaz_rules rules = rules_of(one);
    const struct gaz_audit_options options = {.at = 20260101};
    int64_t tested = 0;
    assert_status(gaz_corpus_open(&ctx, &rules, &corpus), GAZ_OK);
    world_begin(&world, &ctx, corpus);
    for (int i = 0; i < one->count; i++)
        if (!world_line(&world, one->lines[i]))
            fail_msg("rules.case:%d: '%s'?", one->line, one->lines[i]);
    assert_status(gaz_corpus_finish(&ctx, corpus), GAZ_OK);
    assert_status(gaz_audit_open(&ctx, &rules, corpus, &options, &audit),
                  GAZ_OK);
    gaz_audit_run(audit);
    int64_t found = count_findings(audit, one->rule, &tested);
    check_findings(audit);
    if (world.record.field_count > 0) {
        found = count_issues(&rules, &world, one->rule, options.at);
        tested = 1;
    }
    if (tested == 0 || (found > 0) != one->is_bad) {
        print_error("%s: tested %lld, found %lld\n", label, (long long)tested,
                    (long long)found);
        wrong++; /* the others are told too, in one run */
    }
    gaz_audit_close(audit);
    gaz_corpus_close(corpus);
}

/* ---- the file ---- */

static char seen[2][RULES_MAX][24];
static int seen_count[2];

static void note_seen(const struct one *one)
{
    int at = seen_count[one->is_bad]++;
    assert_true(at < RULES_MAX);
    (void)snprintf(seen[one->is_bad][at], 24, "%s", one->rule);
}

static bool has_case(const char *rule, int is_bad)
{
    for (int i = 0; i < seen_count[is_bad]; i++)
        if (strcmp(seen[is_bad][i], rule) == 0)
            return true;
    return false;
}

static bool begin_case(const char *line, int number, struct one *one)
{
    char kind[8] = "";
    *one = (struct one){.line = number};
    const char *lists = strstr(line, " lists ");
    if (sscanf(line, "case %23s %7s", one->rule, kind) != 2)
        return false;
    one->lists = lists;
    one->is_bad = strcmp(kind, "bad") == 0;
    return one->is_bad || strcmp(kind, "good") == 0;
}

static void test_every_rule(void **state)
{
    (void)state;
    struct gaz_ctx file_ctx = {.failure = ""};
    struct gaz_map map;
    struct one one = {.line = 0};
    int number = 0;
    assert_status(gaz_file_map(&file_ctx,
                               DIMING_SOURCE_DIR "/tests/cases/rules.case",
                               &map),
                  GAZ_OK);
    const char *at = map.data;
    const char *end = at + map.size;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        const char *line =
            gaz_arena_strndup(&file_ctx.arena, at, (size_t)(stop - at));
        number++;
        at = newline ? newline + 1 : end;
        if (*line == '#' || !*line)
            continue;
        if (strncmp(line, "case ", 5) != 0) {
            assert_true(one.count < LINES_MAX);
            one.lines[one.count++] = line;
            continue;
        }
        if (one.line) {
            run_case(&one);
            note_seen(&one);
            gaz_arena_reset(&ctx.arena);
        }
        if (!begin_case(line, number, &one))
            fail_msg("rules.case:%d: '%s'?", number, line);
    }
    run_case(&one);
    note_seen(&one);
    gaz_file_unmap(&map);
    assert_int_equal(wrong, 0);
    const struct gaz_rules *rules = gaz_rules_default();
    for (int i = 0; i < rules->count; i++) {
        CASE(rules->items[i].id);
        if (rules->items[i].stage == GAZ_STAGE_NONE)
            continue;
        assert_true(has_case(rules->items[i].id, 1));
        assert_true(has_case(rules->items[i].id, 0));
    }
    gaz_ctx_close(&file_ctx);
}

static void test_predicates_have_functions(void **state)
{
    (void)state;
    for (const struct gaz_predicate *p = GAZ_PREDICATES; p->name; p++) {
        CASE(p->name);
        assert_true((gaz_row_find(p->name) != NULL) ==
                    (p->stage == GAZ_STAGE_ROW));
        assert_true((gaz_audit_find(p->name) != NULL) ==
                    (p->stage == GAZ_STAGE_BASE));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_every_rule, teardown),
        cmocka_unit_test_teardown(test_predicates_have_functions, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
