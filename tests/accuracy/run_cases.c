/* SPDX-License-Identifier: Apache-2.0 */
/* run_cases - asks a snapshot what tests/cases/ says it must answer.
 *
 *     run_cases SNAPSHOT FILE.case...
 *
 * The format is in tests/cases/README.md. The name of a file says what is
 * asked: geocode, search, suggest or reverse.
 */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "gazetteer/search/search.h"

enum { CHECKS_MAX = 24, NUMBER_MAX_BYTES = 64 };

typedef enum { ASK_GEOCODE, ASK_SEARCH, ASK_SUGGEST, ASK_REVERSE } ask_kind;

struct check {
    const char *word;
    const char *value;
    int line;
};

struct test_case {
    int line;
    const char *text;
    struct gaz_query query;
    struct gaz_coord focus;
    struct check checks[CHECKS_MAX];
    int check_count;
    const char *known_failing; /* NULL: must pass */
};

struct runner {
    struct gaz_ctx ctx;   /* one case */
    struct gaz_ctx lines; /* one file */
    struct gaz_searcher *searcher;
    struct gaz_snapshot *snap;
    const char *file;
    ask_kind kind;
    int passed;
    int failed;
    int known;
};

static bool parse_pair(const char *text, struct gaz_coord *out)
{
    char first[NUMBER_MAX_BYTES];
    const char *blank = strchr(text, ' ');
    if (!blank || (size_t)(blank - text) >= sizeof(first))
        return false;
    (void)snprintf(first, sizeof(first), "%.*s", (int)(blank - text), text);
    return gaz_text_parse_double(first, &out->lon) &&
           gaz_text_parse_double(blank + 1, &out->lat);
}

static bool is_option(struct test_case *test, const char *word,
                      const char *value, bool *is_good)
{
    int64_t number = 0;
    struct gaz_query *query = &test->query;
    if (strcmp(word, "at") == 0) {
        *is_good = gaz_date_parse(value, &query->at);
    } else if (strcmp(word, "in") == 0) {
        query->in_code = value;
    } else if (strcmp(word, "category") == 0) {
        *is_good = gaz_text_parse_int(value, &number) && number < 100000;
        query->category = (int)number;
    } else if (strcmp(word, "limit") == 0) {
        *is_good = gaz_text_parse_int(value, &number) && number > 0 &&
                   number <= GAZ_ANSWERS_MAX;
        query->limit = (int)number;
    } else if (strcmp(word, "focus") == 0) {
        *is_good = parse_pair(value, &test->focus);
        query->focus = &test->focus;
    } else if (strcmp(word, "known-failing") == 0) {
        test->known_failing = value;
    } else {
        return false;
    }
    return true;
}

static bool is_check(const char *word)
{
    static const char *const WORDS[] = {"expect", "among",  "never",    "count",
                                        "match",  "reason", "contains", "above",
                                        "below",  "within"};
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
        if (strcmp(word, WORDS[i]) == 0)
            return true;
    return false;
}

/* ---- asking ---- */

static gaz_status ask(struct runner *runner, const struct test_case *test,
                      struct gaz_answers *out)
{
    if (runner->kind == ASK_REVERSE) {
        struct gaz_reverse_query query = {.limit = test->query.limit,
                                          .at = test->query.at};
        if (!parse_pair(test->text, &query.coord))
            return gaz_fail(&runner->ctx, GAZ_INVALID,
                            "not a longitude and a latitude");
        return gaz_reverse(&runner->ctx, runner->snap, &query, out);
    }
    if (runner->kind == ASK_SEARCH)
        return gaz_search(&runner->ctx, runner->searcher, runner->snap,
                          &test->query, out);
    if (runner->kind == ASK_SUGGEST)
        return gaz_suggest(&runner->ctx, runner->searcher, runner->snap,
                           &test->query, out);
    return gaz_geocode(&runner->ctx, runner->searcher, runner->snap,
                       &test->query, out);
}

/* ---- checking ---- */

static bool holds_somewhere(const struct gaz_answers *answers,
                            const char *value, bool at_end)
{
    for (int i = 0; i < answers->count; i++) {
        const char *label = answers->items[i].label;
        if (at_end ? gaz_text_ends_with(label, value)
                   : strstr(label, value) != NULL)
            return true;
    }
    return false;
}

static bool has_reason(const struct gaz_answer *answer, const char *code)
{
    for (int i = 0; i < answer->reason_count; i++)
        if (strcmp(answer->reasons[i].code, code) == 0)
            return true;
    return false;
}

/* "30 m of 121.1 30.7" */
static bool is_within(const struct gaz_answer *answer, const char *value)
{
    char metres[NUMBER_MAX_BYTES];
    const char *of = strstr(value, " m of ");
    struct gaz_coord coord;
    double limit = 0;
    if (!of || (size_t)(of - value) >= sizeof(metres) ||
        !parse_pair(of + 6, &coord))
        return false;
    (void)snprintf(metres, sizeof(metres), "%.*s", (int)(of - value), value);
    return gaz_text_parse_double(metres, &limit) &&
           answer->position.method != GAZ_METHOD_NONE &&
           gaz_coord_distance_m(answer->position.coord, coord) <= limit;
}

static bool holds_of_first(const struct gaz_answer *first,
                           const struct check *check)
{
    double number = 0;
    if (strcmp(check->word, "match") == 0)
        return strcmp(gaz_match_name(first->match), check->value) == 0;
    if (strcmp(check->word, "reason") == 0)
        return has_reason(first, check->value);
    if (strcmp(check->word, "contains") == 0)
        return strstr(first->label, check->value) != NULL;
    if (strcmp(check->word, "within") == 0)
        return is_within(first, check->value);
    bool is_above = strcmp(check->word, "above") == 0;
    return gaz_text_parse_double(check->value, &number) &&
           (is_above ? first->confidence > number : first->confidence < number);
}

/* `nth` counts the expect lines of the case. */
static bool holds(const struct gaz_answers *answers, const struct check *check,
                  int *nth)
{
    int64_t number = 0;
    if (strcmp(check->word, "expect") == 0) {
        if (strcmp(check->value, "nothing") == 0)
            return answers->count == 0;
        int i = (*nth)++;
        return i < answers->count &&
               gaz_text_ends_with(answers->items[i].label, check->value);
    }
    if (strcmp(check->word, "among") == 0)
        return holds_somewhere(answers, check->value, true);
    if (strcmp(check->word, "never") == 0)
        return !holds_somewhere(answers, check->value, false);
    if (strcmp(check->word, "count") == 0)
        return gaz_text_parse_int(check->value, &number) &&
               number == answers->count;
    return answers->count > 0 && holds_of_first(&answers->items[0], check);
}

static void show(const struct gaz_answers *answers)
{
    if (answers->count == 0)
        (void)printf("    got nothing\n");
    for (int i = 0; i < answers->count && i < 3; i++) {
        const struct gaz_answer *answer = &answers->items[i];
        (void)printf("    got %s [%s %.2f]", answer->label,
                     gaz_match_name(answer->match), answer->confidence);
        for (int k = 0; k < answer->reason_count; k++)
            (void)printf(" %s", answer->reasons[k].code);
        (void)printf("\n");
    }
}

static void run(struct runner *runner, struct test_case *test)
{
    if (!test->text)
        return;
    gaz_ctx_next(&runner->ctx);
    struct gaz_answers answers = {.count = 0};
    gaz_status status = ask(runner, test, &answers);
    const struct check *wrong = NULL;
    int nth = 0;
    for (int i = 0; i < test->check_count && !wrong; i++)
        if (status != GAZ_OK || !holds(&answers, &test->checks[i], &nth))
            wrong = &test->checks[i];
    if (test->known_failing && wrong) {
        runner->known++;
    } else if (test->known_failing) {
        runner->failed++;
        (void)printf("%s:%d: passes, but is marked known-failing %s\n",
                     runner->file, test->line, test->known_failing);
    } else if (!wrong && test->check_count > 0) {
        runner->passed++;
    } else {
        runner->failed++;
        (void)printf("%s:%d: %s: wanted %s %s\n", runner->file,
                     wrong ? wrong->line : test->line, test->text,
                     wrong ? wrong->word : "a line that says",
                     wrong ? wrong->value : "what to expect");
        if (status != GAZ_OK)
            (void)printf("    failed: %s\n", gaz_ctx_failure(&runner->ctx));
        else
            show(&answers);
    }
}

/* ---- reading ---- */

static void begin(struct test_case *test, int line, const char *text)
{
    *test = (struct test_case){.line = line, .text = text};
    test->query.text = text;
    test->query.limit = 10;
}

/* Cuts a line into word and value; false for blank and comment lines. */
static bool cut_line(char *line, const char **word, const char **value)
{
    char *comment = line[0] == '#' ? line : strstr(line, "  #");
    if (comment)
        *comment = '\0';
    size_t size = strlen(line);
    while (size > 0 && (unsigned char)line[size - 1] <= ' ')
        line[--size] = '\0';
    while (*line == ' ' || *line == '\t')
        line++;
    if (*line == '\0')
        return false;
    *word = line;
    char *gap = line + strcspn(line, " \t");
    if (*gap)
        *gap++ = '\0';
    *value = gap + strspn(gap, " \t");
    return true;
}

static bool take_line(struct runner *runner, struct test_case *test,
                      int line_number, const char *word, const char *value)
{
    bool is_good = true;
    if (strcmp(word, "query") == 0) {
        run(runner, test);
        begin(test, line_number, value);
        return true;
    }
    if (!test->text)
        return false;
    if (is_option(test, word, value, &is_good))
        return is_good;
    if (!is_check(word) || test->check_count == CHECKS_MAX)
        return false;
    test->checks[test->check_count++] =
        (struct check){.word = word, .value = value, .line = line_number};
    return true;
}

static bool choose_kind(struct runner *runner)
{
    static const char *const NAMES[] = {"geocode", "search", "suggest",
                                        "reverse"};
    const char *slash = strrchr(runner->file, '/');
    const char *name = slash ? slash + 1 : runner->file;
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
        if (gaz_text_starts_with(name, NAMES[i])) {
            runner->kind = (ask_kind)i;
            return true;
        }
    }
    return false;
}

static bool run_file(struct runner *runner)
{
    struct gaz_map map;
    gaz_ctx_next(&runner->lines);
    if (!choose_kind(runner) ||
        gaz_file_map(&runner->lines, runner->file, &map) != GAZ_OK) {
        (void)fprintf(stderr, "run_cases: %s: %s\n", runner->file,
                      gaz_ctx_failure(&runner->lines));
        return false;
    }
    const char *text = map.data;
    struct test_case test = {.text = NULL};
    bool is_good = true;
    int number = 0;
    for (size_t at = 0; at < map.size && is_good;) {
        const char *end = memchr(text + at, '\n', map.size - at);
        size_t size = end ? (size_t)(end - text) - at : map.size - at;
        char *line = gaz_arena_strndup(&runner->lines.arena, text + at, size);
        const char *word = NULL;
        const char *value = NULL;
        number++;
        at += size + 1;
        if (!cut_line(line, &word, &value))
            continue;
        is_good = take_line(runner, &test, number, word, value);
        if (!is_good)
            (void)fprintf(stderr, "run_cases: %s:%d: cannot read '%s %s'\n",
                          runner->file, number, word, value);
    }
    if (is_good)
        run(runner, &test);
    gaz_file_unmap(&map);
    return is_good;
}

int main(int argc, char **argv)
{
    struct runner runner = {.passed = 0};
    bool is_good = true;
    if (argc < 3) {
        (void)fprintf(stderr, "usage: run_cases SNAPSHOT FILE.case...\n");
        return 2;
    }
    if (gaz_snapshot_open(&runner.ctx, argv[1], &runner.snap) != GAZ_OK ||
        gaz_searcher_open(&runner.ctx, &runner.searcher) != GAZ_OK) {
        (void)fprintf(stderr, "run_cases: %s\n", gaz_ctx_failure(&runner.ctx));
        is_good = false;
    }
    for (int i = 2; i < argc && is_good; i++) {
        runner.file = argv[i];
        is_good = run_file(&runner);
    }
    (void)printf("%d passed, %d failed, %d known to fail\n", runner.passed,
                 runner.failed, runner.known);
    gaz_searcher_close(runner.searcher);
    gaz_snapshot_close(runner.snap);
    gaz_ctx_close(&runner.lines);
    gaz_ctx_close(&runner.ctx);
    if (!is_good)
        return 2;
    return runner.failed > 0 ? 1 : 0;
}
