/* SPDX-License-Identifier: Apache-2.0 */
/* cli_review.c - review: what a clerk decides on, and decides. */
#include "api/cli_review.h"

#include <string.h>

#include "api/cli.h"
#include "api/review/review.h"
#include "gazetteer/base/text.h"

enum { NUMBER_MAX = 1000000000 };

/* ---- options ---- */

static bool take_word(const struct api_cli *cli, const char *option,
                      const char *const *words, const char **out)
{
    const char *name = api_cli_option(cli, option);
    const char *known = "";
    for (int i = 0; name && words[i]; i++)
        if (strcmp(name, words[i]) == 0) {
            *out = words[i];
            return true;
        }
    if (!name)
        return true;
    for (int i = 0; words[i]; i++)
        known = gaz_arena_printf(&((struct api_cli *)cli)->worker.ctx.arena,
                                 "%s%s%s", known, i ? ", " : "", words[i]);
    (void)api_cli_misuse(cli, "%s is '%s'; %s", option, name, known);
    return false;
}

static bool take_filter(struct api_cli *cli, struct gaz_review_filter *out)
{
    static const char *const STATES[] = {
        "open", "accepted", "rejected", "waived", "fixed", "gone", "all", NULL};
    static const char *const KINDS[] = {"merge", "issue", "finding", NULL};
    static const char *const BANDS[] = {"duplicate", "review", NULL};
    static const char *const SEVERITIES[] = {"info", "warning", "error", NULL};
    const char *severity = NULL;
    int batch = 0;
    *out = (struct gaz_review_filter){.severity = GAZ_REVIEW_ANY};
    if (!take_word(cli, "--state", STATES, &out->state) ||
        !take_word(cli, "--kind", KINDS, &out->kind) ||
        !take_word(cli, "--band", BANDS, &out->band) ||
        !take_word(cli, "--severity", SEVERITIES, &severity) ||
        !api_cli_number(cli, "--batch", 1, NUMBER_MAX, 0, &batch) ||
        !api_cli_number(cli, "--limit", 1, GAZ_REVIEW_LIST_MAX, 0, &out->limit))
        return false;
    for (int i = 0; severity && SEVERITIES[i]; i++)
        if (strcmp(severity, SEVERITIES[i]) == 0)
            out->severity = i;
    out->batch = batch;
    out->rule = api_cli_option(cli, "--rule");
    out->in = api_cli_option(cli, "--in");
    out->automatic = api_cli_option(cli, "--automatic") != NULL;
    return true;
}

/* "all" lists every state; without --state it is the open ones. */
static const char *state_of(const struct gaz_review_filter *filter)
{
    if (!filter->state)
        return "open";
    return strcmp(filter->state, "all") == 0 ? NULL : filter->state;
}

/* The step that the options tell; "FIELD=VALUE" of an edit is the last word. */
static bool take_step(struct api_cli *cli, struct gaz_review_step *out)
{
    const char *action = cli->arguments[0];
    const char *last = cli->arguments[cli->argument_count - 1];
    int version = 0;
    if (!api_cli_number(cli, "--version", 1, NUMBER_MAX, 0, &version))
        return false;
    *out = (struct gaz_review_step){.version = version,
                                    .action = action,
                                    .who = api_cli_option(cli, "--who"),
                                    .why = api_cli_option(cli, "--why"),
                                    .insists = api_cli_option(cli, "--insist")};
    if (strcmp(action, "edit") != 0)
        return true;
    size_t len = strcspn(last, "=");
    if (last[len] != '=') {
        (void)api_cli_misuse(cli, "edit takes FIELD=VALUE, not '%s'", last);
        return false;
    }
    out->field = gaz_arena_strndup(&cli->worker.ctx.arena, last, len);
    out->value = last + len + 1;
    return true;
}

/* ---- decisions ---- */

static gaz_status decide_one(struct api_cli *cli, struct gaz_store *store,
                             struct gaz_review_step *step, const char *number)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct api_review_outcome outcome;
    struct gaz_review r;
    if (!gaz_text_parse_int(number, &step->id))
        return gaz_fail(ctx, GAZ_INVALID, "'%.20s' is no number", number);
    gaz_status status = api_review_decide(ctx, store, step, &outcome);
    if (status == GAZ_OK)
        status = gaz_review_get(ctx, store, step->id, &r);
    if (status == GAZ_OK)
        (void)printf("%lld %s 第%d版\n", (long long)step->id,
                     api_review_state_zh(r.state), r.version);
    return status;
}

static void tell_bulk(struct gaz_ctx *ctx, struct gaz_store *store,
                      const struct api_review_bulk_result *result, bool is_dry)
{
    for (int i = 0; i < result->count; i++)
        api_review_print_line(ctx, store, &result->items[i]);
    for (int i = 0; i < result->skipped_count; i++)
        (void)printf("%6lld 略过：%s\n", (long long)result->skipped[i].id,
                     result->skipped[i].why);
    (void)printf("%s %d 条，略过 %d 条", is_dry ? "将办理" : "已办理",
                 result->count - result->skipped_count, result->skipped_count);
    if (result->batch && !is_dry)
        (void)printf("，批次 %lld", (long long)result->batch);
    (void)printf("\n");
}

/* All of them or none; a dry run does the same work and rolls it back. */
static gaz_status decide_many(struct api_cli *cli, struct gaz_store *store,
                              const struct api_review_bulk *bulk)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct api_review_bulk_result result = {.count = 0};
    struct api_review_outcome outcome = {.verdict = GAZ_REVIEW_ALLOWED};
    bool is_dry = api_cli_option(cli, "--dry-run") != NULL;
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = api_review_bulk(ctx, store, bulk, &result, &outcome);
    if (status == GAZ_OK && !is_dry)
        status = gaz_store_commit(ctx, store);
    if (status != GAZ_OK || is_dry) {
        gaz_status ignored = gaz_store_rollback(ctx, store);
        (void)ignored; /* the first failure stands */
    }
    if (status == GAZ_OK)
        tell_bulk(ctx, store, &result, is_dry);
    else if (outcome.refused && !strstr(ctx->failure, "review "))
        (void)fprintf(stderr, "review %lld stops it\n",
                      (long long)outcome.refused);
    return status;
}

static api_exit decide(struct api_cli *cli, struct gaz_store *store,
                       const struct gaz_review_filter *filter)
{
    struct api_review_bulk bulk = {.filter = *filter};
    bool is_all = api_cli_option(cli, "--all") != NULL;
    bool is_narrow = filter->rule || filter->automatic || filter->batch;
    gaz_status status;
    if (!take_step(cli, &bulk.step))
        return API_EXIT_USAGE;
    if (filter->state && strcmp(filter->state, "all") == 0)
        bulk.filter.state = NULL;
    if (is_all && !is_narrow)
        return api_cli_misuse(cli, "--all goes with --rule, --automatic or "
                                   "--batch");
    if (!is_all && api_cli_option(cli, "--dry-run"))
        return api_cli_misuse(cli, "--dry-run goes with --all");
    if (is_all)
        status = decide_many(cli, store, &bulk);
    else
        status = decide_one(cli, store, &bulk.step, cli->arguments[1]);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

/* ---- files ---- */

static api_exit take_file(struct api_cli *cli, struct gaz_store *store,
                          const struct gaz_review_filter *filter)
{
    struct api_review_counts counts;
    const struct api_review_sheet sheet = {.name = cli->arguments[1],
                                           .who = api_cli_option(cli, "--who")};
    (void)filter;
    gaz_status status =
        api_review_import(&cli->worker.ctx, store, &sheet, &counts);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    for (int i = 0; i < counts.refused; i++)
        (void)fprintf(stderr, "%s:%lld: %s\n", sheet.name,
                      (long long)counts.rows[i].line, counts.rows[i].why);
    (void)printf("办理 %d，未填 %d，退回 %d\n", counts.done, counts.empty,
                 counts.refused);
    return counts.refused ? API_EXIT_INPUT : API_EXIT_OK;
}

static api_exit export(struct api_cli *cli, struct gaz_store *store,
                       const struct gaz_review_filter *filter)
{
    struct gaz_review_filter own = *filter;
    struct gaz_buffer out;
    own.state = state_of(filter);
    gaz_buffer_open(&out, API_REVIEW_CSV_MAX_BYTES);
    gaz_status status = api_review_export(&cli->worker.ctx, store, &own, &out);
    if (status == GAZ_OK)
        (void)fwrite(out.data, 1, out.size, stdout);
    gaz_buffer_close(&out);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

/* ---- reading ---- */

static api_exit list(struct api_cli *cli, struct gaz_store *store,
                     const struct gaz_review_filter *filter)
{
    struct gaz_review_filter own = *filter;
    own.state = state_of(filter);
    gaz_status status = api_review_print_list(&cli->worker.ctx, store, &own);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

static api_exit show(struct api_cli *cli, struct gaz_store *store,
                     const struct gaz_review_filter *filter)
{
    int64_t id = 0;
    (void)filter;
    if (!gaz_text_parse_int(cli->arguments[1], &id))
        return api_cli_misuse(cli, "'%s' is no number", cli->arguments[1]);
    gaz_status status = api_review_print_one(&cli->worker.ctx, store, id);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

/* ---- the command ---- */

typedef api_exit runner(struct api_cli *cli, struct gaz_store *store,
                        const struct gaz_review_filter *filter);

static const struct action {
    const char *name;
    int words;    /* behind it: an id or a file, and FIELD=VALUE */
    bool can_all; /* --all in place of the id */
    bool writes;
    runner *run;
} ACTIONS[] = {
    {"list", 0, false, false, list},      {"export", 0, false, false, export},
    {"show", 1, false, false, show},      {"accept", 1, true, true, decide},
    {"reject", 1, true, true, decide},    {"waive", 1, true, true, decide},
    {"edit", 2, true, true, decide},      {"undo", 1, true, true, decide},
    {"import", 1, false, true, take_file}};

static const struct action *action_of(const struct api_cli *cli)
{
    const char *name = cli->argument_count > 0 ? cli->arguments[0] : "";
    bool is_all = api_cli_option(cli, "--all") != NULL;
    for (size_t i = 0; i < sizeof(ACTIONS) / sizeof(ACTIONS[0]); i++) {
        const struct action *action = &ACTIONS[i];
        int words = action->words - (is_all && action->can_all);
        if (strcmp(action->name, name) == 0 &&
            cli->argument_count == 1 + words && (!is_all || action->can_all))
            return action;
    }
    return NULL;
}

api_exit api_cli_review(struct api_cli *cli)
{
    const struct action *action = action_of(cli);
    struct gaz_store *store = NULL;
    struct gaz_review_filter filter;
    if (!action)
        return api_cli_misuse(
            cli, "list, show ID, accept | reject | waive | undo ID, edit ID "
                 "FIELD=VALUE, --all in place of ID, export or import FILE");
    if (!take_filter(cli, &filter))
        return API_EXIT_USAGE;
    gaz_status status = api_cli_open_store(
        cli, action->writes ? GAZ_STORE_WRITE : GAZ_STORE_READ, &store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    api_exit code = action->run(cli, store, &filter);
    gaz_store_close(store);
    return code;
}
