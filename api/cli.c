/* SPDX-License-Identifier: Apache-2.0 */
#include "api/cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/text.h"
#include "gazetteer/quality/rule.h"
#include "gazetteer/store/trail.h"

static const struct api_command *find_command(const char *name)
{
    for (const struct api_command *c = API_COMMANDS; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static int find_option(const struct api_command *command, const char *name,
                       size_t len)
{
    for (int i = 0; command->options[i].name; i++)
        if (strlen(command->options[i].name) == len &&
            memcmp(command->options[i].name, name, len) == 0)
            return i;
    return -1;
}

const char *api_cli_option(const struct api_cli *cli, const char *name)
{
    int index = find_option(cli->command, name, strlen(name));
    return index < 0 ? NULL : cli->values[index];
}

api_exit api_cli_misuse(const struct api_cli *cli, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fprintf(stderr, "diming %s: ", cli->command->name);
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, "\nTry 'diming %s --help'.\n", cli->command->name);
    va_end(args);
    return API_EXIT_USAGE;
}

api_exit api_cli_fail(struct api_cli *cli, gaz_status status)
{
    (void)fprintf(stderr, "diming %s: %s\n", cli->command->name,
                  gaz_ctx_failure(&cli->worker.ctx));
    bool is_input = status == GAZ_INVALID || status == GAZ_LIMIT;
    return is_input ? API_EXIT_INPUT : API_EXIT_IO;
}

bool api_cli_number(const struct api_cli *cli, const char *name, int min,
                    int max, int fallback, int *out)
{
    const char *text = api_cli_option(cli, name);
    int64_t value = fallback;
    if (text &&
        (!gaz_text_parse_int(text, &value) || value < min || value > max)) {
        (void)api_cli_misuse(cli, "%s is '%s'; it must be from %d to %d", name,
                             text, min, max);
        return false;
    }
    *out = (int)value;
    return true;
}

const char *api_cli_db(const struct api_cli *cli)
{
    const char *path = api_cli_option(cli, "--db");
    return path ? path : "diming.db";
}

const char *api_cli_snapshot(struct api_cli *cli)
{
    const char *path = api_cli_option(cli, "--snapshot");
    return path ? path : api_cli_beside_db(cli, "snap");
}

const char *api_cli_beside_db(struct api_cli *cli, const char *ending)
{
    const char *db = api_cli_db(cli);
    size_t len = strlen(db);
    if (gaz_text_ends_with(db, ".db"))
        len -= 3;
    return gaz_arena_printf(&cli->worker.ctx.arena, "%.*s.%s", (int)len, db,
                            ending);
}

gaz_status api_cli_open_snapshot(struct api_cli *cli)
{
    const char *path = api_cli_snapshot(cli);
    struct gaz_ctx *ctx = &cli->worker.ctx;
    gaz_status status = gaz_snapshot_open(ctx, path, &cli->snap);
    if (status == GAZ_NOT_FOUND && !ctx->failure[0])
        status = gaz_fail(ctx, status, "no snapshot '%s'", path);
    if (status == GAZ_OK)
        status = gaz_searcher_open(ctx, &cli->worker.searcher);
    cli->worker.snap = cli->snap;
    return status;
}

gaz_status api_cli_choose_rules(struct api_cli *cli)
{
    const char *folder = api_cli_option(cli, "--rules");
    const char *lists = api_cli_option(cli, "--lists");
    return folder || lists ? gaz_rules_choose(&cli->worker.ctx, folder, lists)
                           : GAZ_OK;
}

gaz_status api_cli_open_store(struct api_cli *cli, gaz_store_mode mode,
                              struct gaz_store **out)
{
    return gaz_store_open(&cli->worker.ctx, api_cli_db(cli), mode, out);
}

bool api_cli_read_line(FILE *file, struct gaz_buffer *line)
{
    gaz_buffer_clear(line);
    int c;
    while ((c = getc_unlocked(file)) != EOF && c != '\n')
        gaz_buffer_char(line, (char)c);
    if (line->size > 0 && line->data[line->size - 1] == '\r') {
        line->size--;
        line->data[line->size] = '\0';
    }
    return c != EOF || line->size > 0;
}

bool api_cli_has_terminal(void)
{
    return isatty(STDERR_FILENO) == 1;
}

static void print_help(const struct api_command *command)
{
    (void)printf("diming %s %s\n\n%s\n", command->name, command->usage,
                 command->help);
    if (command->options[0].name)
        (void)printf("\nOptions:\n");
    for (int i = 0; command->options[i].name; i++) {
        const struct api_cli_option *option = &command->options[i];
        char left[40];
        (void)snprintf(left, sizeof(left), "%s %s", option->name,
                       option->value ? option->value : "");
        (void)printf("  %-20s %s\n", left, option->help);
    }
}

/* Takes argv[*at], an option, with its value: --limit 5 or --limit=5. False:
 * it was wrong, and that was said. */
static bool take_option(struct api_cli *cli, int argc, char **argv, int *at)
{
    const char *text = argv[*at];
    if (strcmp(text, "-o") == 0)
        text = "--output";
    size_t len = strcspn(text, "=");
    int index = find_option(cli->command, text, len);
    if (index < 0) {
        (void)api_cli_misuse(cli, "unknown option '%.*s'", (int)len, text);
        return false;
    }
    bool has_inline = text[len] == '=';
    bool takes_value = cli->command->options[index].value != NULL;
    if (!takes_value && has_inline) {
        (void)api_cli_misuse(cli, "%.*s takes no value", (int)len, text);
        return false;
    }
    if (takes_value && !has_inline && *at + 1 >= argc) {
        (void)api_cli_misuse(cli, "%s needs a value", text);
        return false;
    }
    if (!takes_value)
        cli->values[index] = "";
    else
        cli->values[index] = has_inline ? text + len + 1 : argv[++*at];
    return true;
}

static bool is_option(const char *text)
{
    return strcmp(text, "-o") == 0 || gaz_text_starts_with(text, "--");
}

static api_exit run_command(const struct api_command *command, int argc,
                            char **argv)
{
    struct api_cli cli = {.command = command};
    cli.arguments = gaz_arena_array(&cli.worker.ctx.arena, (size_t)argc + 1,
                                    sizeof(char *));
    api_exit code = API_EXIT_OK;
    bool is_done = false;
    bool takes_options = true;
    for (int i = 0; i < argc && !is_done; i++) {
        if (takes_options && strcmp(argv[i], "--") == 0) {
            takes_options = false;
        } else if (takes_options && strcmp(argv[i], "--help") == 0) {
            print_help(command);
            is_done = true;
        } else if (!takes_options || !is_option(argv[i])) {
            cli.arguments[cli.argument_count++] = argv[i];
        } else if (!take_option(&cli, argc, argv, &i)) {
            code = API_EXIT_USAGE;
            is_done = true;
        }
    }
    if (!is_done)
        code = command->run(&cli);
    if (fflush(stdout) != 0 && code == API_EXIT_OK) {
        (void)fprintf(stderr, "diming %s: cannot write the output\n",
                      command->name);
        code = API_EXIT_IO;
    }
    gaz_searcher_close(cli.worker.searcher);
    gaz_snapshot_close(cli.snap);
    gaz_ctx_close(&cli.worker.ctx);
    return code;
}

api_exit api_cli_help(struct api_cli *cli)
{
    if (api_cli_option(cli, "--man")) {
        api_cli_write_man();
        return API_EXIT_OK;
    }
    if (cli->argument_count > 0) {
        const struct api_command *command = find_command(cli->arguments[0]);
        if (!command)
            return api_cli_misuse(cli, "no command '%s'", cli->arguments[0]);
        print_help(command);
        return API_EXIT_OK;
    }
    (void)printf("diming: standard place names and addresses 地名\n\n"
                 "Usage: diming COMMAND [OPTIONS] [ARGUMENTS]\n\n");
    for (const struct api_command *c = API_COMMANDS; c->name; c++)
        (void)printf("  %-9s %.*s\n", c->name, (int)strcspn(c->help, "\n"),
                     c->help);
    (void)printf("\n'diming COMMAND --help' tells more. Exit codes: 0 done, "
                 "1 no answer,\n2 wrong usage, 3 bad input, 4 file, network "
                 "or database.\n");
    return API_EXIT_OK;
}

api_exit api_cli_version(struct api_cli *cli)
{
    (void)cli;
    (void)printf("diming %s\n", DIMING_VERSION);
    return API_EXIT_OK;
}

int api_cli_main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0)
        name = "version";
    const struct api_command *command = find_command(name);
    if (!command) {
        (void)fprintf(stderr, "diming: no command '%s'\nTry 'diming help'.\n",
                      name);
        return API_EXIT_USAGE;
    }
    int code = (int)run_command(command, argc > 2 ? argc - 2 : 0, argv + 2);
    return argc == 1 ? API_EXIT_USAGE : code;
}

gaz_status api_cli_note(struct api_cli *cli, struct gaz_store *store,
                        const char *what)
{
    const char *user = getenv("USER");
    const struct gaz_trail_entry entry = {.what = "admin",
                                          .who = user ? user : "",
                                          .method = "CLI",
                                          .path = what};
    return gaz_trail_put(&cli->worker.ctx, store, &entry);
}
