/* SPDX-License-Identifier: Apache-2.0 */
/* cli_match.c - match: two addresses, or a file of pairs. */
#include <errno.h>
#include <string.h>

#include "api/cli.h"
#include "api/match.h"
#include "gazetteer/match/pairs.h"

static void print_table(const struct gaz_judgement *judgement)
{
    const struct gaz_evidence *e = &judgement->evidence;
    (void)printf("%d %s  (different %.3f, partly %.3f, same %.3f)\n",
                 (int)judgement->label, gaz_judge_name(judgement->label),
                 judgement->probability[0], judgement->probability[1],
                 judgement->probability[2]);
    for (int i = 0; i < e->count; i++)
        (void)printf("   - %s\n", e->items[i].zh);
}

static api_exit print_pair(struct api_cli *cli, struct gaz_judge *judge,
                           bool is_json)
{
    struct gaz_judgement judgement;
    const char *a = cli->arguments[0];
    const char *b = cli->arguments[1];
    gaz_status status =
        gaz_judge_pair(&cli->worker.ctx, judge, a, b, &judgement);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    if (!is_json) {
        print_table(&judgement);
        return API_EXIT_OK;
    }
    struct gaz_buffer out;
    gaz_buffer_open(&out, API_RESPONSE_MAX_BYTES);
    struct gaz_json json;
    gaz_json_open(&json, &out);
    api_match_write(&json, a, b, &judgement);
    gaz_buffer_char(&out, '\n');
    (void)fwrite(out.data, 1, out.size, stdout);
    gaz_buffer_close(&out);
    return API_EXIT_OK;
}

/* ---- a file of pairs ---- */

/* Lines of one asked address are kept until another comes: their list. */
struct pairs_run {
    struct api_cli *cli;
    struct gaz_judge *judge;
    const char *name;
    long line;
    bool is_json;
    bool is_alone;
    api_exit code;
    struct gaz_buffer out;
    const char *asked; /* of the list; in the arena, as its texts */
    struct gaz_candidate *list;
    int count;
};

/* A bad line is told on stderr, and gets the answer that claims least: a label
 * for each line, whatever is in it. */
static void tell_bad(struct pairs_run *run, long line, const char *failure)
{
    (void)fprintf(stderr, "diming match: %s:%ld: %s\n", run->name, line,
                  failure);
    (void)fputs(run->is_json ? "null\n" : "0\n", stdout);
    run->code = API_EXIT_INPUT;
}

static void print_line(struct pairs_run *run, const struct gaz_candidate *c)
{
    gaz_buffer_clear(&run->out);
    if (run->is_json) {
        struct gaz_json json;
        gaz_json_open(&json, &run->out);
        api_match_write(&json, run->asked, c->text, &c->judgement);
    } else {
        gaz_buffer_printf(&run->out, "%d", (int)c->judgement.label);
    }
    gaz_buffer_char(&run->out, '\n');
    (void)fwrite(run->out.data, 1, run->out.size, stdout);
}

/* Judges and prints the lines of the list that ended before line `next`; the
 * arena is empty then. */
static void end_list(struct pairs_run *run, long next)
{
    struct gaz_ctx *ctx = &run->cli->worker.ctx;
    const struct gaz_list_options options = {.is_alone = run->is_alone,
                                             .has_evidence = run->is_json};
    gaz_status status = GAZ_OK;
    if (run->count > 0)
        status = gaz_judge_list(ctx, run->judge, run->asked, &options,
                                run->list, run->count);
    for (int i = 0; i < run->count; i++) {
        const struct gaz_candidate *c = &run->list[i];
        if (status != GAZ_OK || c->status != GAZ_OK)
            tell_bad(run, next - run->count + i,
                     status != GAZ_OK ? gaz_ctx_failure(ctx) : c->failure);
        else
            print_line(run, c);
    }
    run->count = 0;
    gaz_ctx_next(ctx);
}

static gaz_status cut_line(struct gaz_ctx *ctx, const struct gaz_buffer *line,
                           const char **a, const char **b)
{
    if (line->full)
        return gaz_fail(ctx, GAZ_LIMIT, "the line is longer than %d bytes",
                        (int)API_CLI_LINE_MAX_BYTES);
    return gaz_pairs_read(ctx, line->data ? line->data : "", line->size, a, b);
}

static void take_line(struct pairs_run *run, const struct gaz_buffer *line)
{
    struct gaz_ctx *ctx = &run->cli->worker.ctx;
    const char *a = "";
    const char *b = "";
    gaz_status status = cut_line(ctx, line, &a, &b);
    bool goes_on = status == GAZ_OK && run->count > 0 &&
                   run->count < GAZ_LIST_MAX && strcmp(a, run->asked) == 0;
    if (!goes_on) {
        end_list(run, run->line);
        status = cut_line(ctx, line, &a, &b); /* the arena was emptied */
        run->asked = a;
    }
    if (status == GAZ_OK)
        run->list[run->count++].text = b;
    else
        tell_bad(run, run->line, gaz_ctx_failure(ctx));
}

static void judge_lines(struct pairs_run *run, FILE *file)
{
    struct gaz_buffer line;
    gaz_buffer_open(&line, API_CLI_LINE_MAX_BYTES);
    while (api_cli_read_line(file, &line)) {
        run->line++;
        take_line(run, &line);
    }
    end_list(run, run->line + 1);
    gaz_buffer_close(&line);
}

static api_exit judge_file(struct api_cli *cli, struct gaz_judge *judge,
                           const char *path, bool is_json)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (!file)
        return api_cli_fail(cli, gaz_fail(&cli->worker.ctx, GAZ_IO,
                                          "cannot open '%s': %s", path,
                                          strerror(errno)));
    struct pairs_run run = {.cli = cli,
                            .judge = judge,
                            .name = is_stdin ? "standard input" : path,
                            .is_json = is_json,
                            .is_alone = api_cli_option(cli, "--alone") != NULL,
                            .code = API_EXIT_OK};
    run.list = gaz_malloc(sizeof *run.list * GAZ_LIST_MAX);
    gaz_buffer_open(&run.out, API_RESPONSE_MAX_BYTES);
    judge_lines(&run, file);
    api_exit code = run.code;
    if (ferror(file)) {
        gaz_ctx_next(&cli->worker.ctx);
        code = api_cli_fail(
            cli, gaz_fail(&cli->worker.ctx, GAZ_IO, "cannot read '%s'", path));
    }
    gaz_buffer_close(&run.out);
    gaz_free(run.list);
    if (!is_stdin)
        (void)fclose(file);
    return code;
}

api_exit api_cli_match(struct api_cli *cli)
{
    const char *format = api_cli_option(cli, "--format");
    const char *pairs = api_cli_option(cli, "--pairs");
    bool is_json = format && strcmp(format, "json") == 0;
    if (format && !is_json && strcmp(format, "table") != 0)
        return api_cli_misuse(cli, "--format is '%s'", format);
    if (!pairs && api_cli_option(cli, "--alone"))
        return api_cli_misuse(cli, "--alone goes with --pairs");
    if (cli->argument_count != (pairs ? 0 : 2))
        return api_cli_misuse(cli, pairs ? "--pairs takes no other text"
                                         : "two addresses are needed");
    struct gaz_judge *judge;
    gaz_status status = gaz_judge_open(&cli->worker.ctx, &judge);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    api_exit code = pairs ? judge_file(cli, judge, pairs, is_json)
                          : print_pair(cli, judge, is_json);
    gaz_judge_close(judge);
    return code;
}
