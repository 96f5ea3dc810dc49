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

struct pairs_run {
    struct api_cli *cli;
    struct gaz_judge *judge;
    const char *name;
    long line;
    bool is_json;
    struct gaz_buffer out;
};

static gaz_status judge_line(struct pairs_run *run,
                             const struct gaz_buffer *line)
{
    struct gaz_ctx *ctx = &run->cli->worker.ctx;
    const char *a;
    const char *b;
    struct gaz_judgement judgement;
    if (line->full)
        return gaz_fail(ctx, GAZ_LIMIT, "the line is longer than %d bytes",
                        (int)API_CLI_LINE_MAX_BYTES);
    gaz_status status =
        gaz_pairs_read(ctx, line->data ? line->data : "", line->size, &a, &b);
    if (status == GAZ_OK && run->is_json)
        status = gaz_judge_pair(ctx, run->judge, a, b, &judgement);
    else if (status == GAZ_OK)
        status = gaz_judge_label(ctx, run->judge, a, b, &judgement);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_clear(&run->out);
    if (run->is_json) {
        struct gaz_json json;
        gaz_json_open(&json, &run->out);
        api_match_write(&json, a, b, &judgement);
    } else {
        gaz_buffer_printf(&run->out, "%d", (int)judgement.label);
    }
    gaz_buffer_char(&run->out, '\n');
    (void)fwrite(run->out.data, 1, run->out.size, stdout);
    return GAZ_OK;
}

/* A bad line is told on stderr, and gets the answer that claims least: a label
 * for each line, whatever is in it. */
static api_exit judge_lines(struct pairs_run *run, FILE *file)
{
    struct gaz_ctx *ctx = &run->cli->worker.ctx;
    api_exit code = API_EXIT_OK;
    struct gaz_buffer line;
    gaz_buffer_open(&line, API_CLI_LINE_MAX_BYTES);
    while (api_cli_read_line(file, &line)) {
        gaz_ctx_next(ctx);
        run->line++;
        if (judge_line(run, &line) == GAZ_OK)
            continue;
        (void)fprintf(stderr, "diming match: %s:%ld: %s\n", run->name,
                      run->line, gaz_ctx_failure(ctx));
        (void)fputs(run->is_json ? "null\n" : "0\n", stdout);
        code = API_EXIT_INPUT;
    }
    gaz_buffer_close(&line);
    return code;
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
                            .is_json = is_json};
    gaz_buffer_open(&run.out, API_RESPONSE_MAX_BYTES);
    api_exit code = judge_lines(&run, file);
    if (ferror(file)) {
        gaz_ctx_next(&cli->worker.ctx);
        code = api_cli_fail(
            cli, gaz_fail(&cli->worker.ctx, GAZ_IO, "cannot read '%s'", path));
    }
    gaz_buffer_close(&run.out);
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
