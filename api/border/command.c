/* SPDX-License-Identifier: Apache-2.0 */
/* command.c - the boundary commands that work on the database, and what they
 * ask of the command line. */
#include <string.h>

#include "api/border/border.h"

bool api_border_command(struct api_cli *cli, const char *what, api_exit *code)
{
    static const struct {
        const char *name;
        api_cli_function *run;
    } COMMANDS[] = {
        {"line", api_border_line},
        {"points", api_border_points},
        {"import", api_border_import},
        {"submissions", api_border_submissions},
        {"inspection", api_border_inspection},
        {"history", api_border_history},
        {"harvest", api_border_harvest},
    };
    for (size_t i = 0; i < sizeof(COMMANDS) / sizeof(COMMANDS[0]); i++)
        if (strcmp(what, COMMANDS[i].name) == 0) {
            *code = COMMANDS[i].run(cli);
            return true;
        }
    if (strcmp(what, "check") == 0 && api_cli_option(cli, "--line")) {
        *code = api_border_check(cli);
        return true;
    }
    return false;
}

gaz_status api_border_find(struct api_cli *cli, struct gaz_store *store,
                           struct gaz_boundary_line *out)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *code = api_cli_option(cli, "--line");
    if (!code)
        return gaz_fail(ctx, GAZ_INVALID, "which line? --line CODE");
    return gaz_boundary_find_line(ctx, store, code,
                                  api_cli_option(cli, "--section"), out);
}

bool api_border_side(const struct api_cli *cli, char fallback, char *out)
{
    const char *side = api_cli_option(cli, "--side");
    *out = side ? side[0] : fallback;
    if ((*out == 'A' || *out == 'B') && (!side || side[1] == '\0'))
        return true;
    if (side)
        (void)api_cli_misuse(cli, "--side is '%s'; A (the smaller code) or B",
                             side);
    else
        (void)api_cli_misuse(cli, "which side? --side A (the smaller code) or "
                                  "B");
    return false;
}

bool api_border_format(const struct api_cli *cli, bool *is_json)
{
    const char *format = api_cli_option(cli, "--format");
    *is_json = format && strcmp(format, "json") == 0;
    if (!format || *is_json || strcmp(format, "table") == 0)
        return true;
    (void)api_cli_misuse(cli, "--format is '%s'; table or json", format);
    return false;
}

api_exit api_border_print(struct api_cli *cli, struct gaz_buffer *out)
{
    api_exit code = API_EXIT_OK;
    if (out->full)
        code = api_cli_fail(cli,
                            gaz_fail(&cli->worker.ctx, GAZ_LIMIT,
                                     "more than %zu bytes to write", out->max));
    else
        (void)fwrite(out->data, 1, out->size, stdout);
    gaz_buffer_close(out);
    return code;
}
