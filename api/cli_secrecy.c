/* SPDX-License-Identifier: Apache-2.0 */
/* cli_secrecy.c - what is not for the public: graded, listed, opened again. */
#include <string.h>

#include "api/cli.h"
#include "gazetteer/store/secrecy.h"

static gaz_status list(struct api_cli *cli, struct gaz_store *store)
{
    struct gaz_secrecy_rows rows;
    gaz_status status = gaz_secrecy_list(&cli->worker.ctx, store, &rows);
    for (size_t i = 0; status == GAZ_OK && i < rows.count; i++) {
        const struct gaz_secrecy_row *row = &rows.items[i];
        char id[GAZ_ID_TEXT_BYTES];
        (void)printf("%s  %-8s  %s%s%s\n", gaz_id_write(row->about, id),
                     gaz_grade_name(row->grade),
                     row->label ? row->label : "(gone)", row->why ? "  " : "",
                     row->why ? row->why : "");
    }
    return status;
}

static gaz_status set(struct api_cli *cli, struct gaz_store *store, gaz_id id,
                      gaz_grade grade)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = gaz_secrecy_set(ctx, store, id, grade,
                                 api_cli_option(cli, "--why"));
    if (status == GAZ_OK)
        status = api_cli_note(cli, store,
                              gaz_arena_printf(&ctx->arena, "secrecy set %s %s",
                                               cli->arguments[1],
                                               gaz_grade_name(grade)));
    return status == GAZ_OK ? gaz_store_commit(ctx, store) : status;
}

api_exit api_cli_secrecy(struct api_cli *cli)
{
    const char *action = cli->argument_count > 0 ? cli->arguments[0] : "";
    const char *why = api_cli_option(cli, "--why");
    const bool sets = strcmp(action, "set") == 0;
    gaz_id id = 0;
    gaz_grade grade = GAZ_GRADE_PUBLIC;
    if (!sets && strcmp(action, "list") != 0)
        return api_cli_misuse(cli, "set or list is needed");
    if (cli->argument_count != (sets ? 3 : 1))
        return api_cli_misuse(cli, "%s takes %s", action,
                              sets ? "an id and a grade" : "nothing more");
    if (sets && !gaz_id_parse(cli->arguments[1], &id))
        return api_cli_misuse(cli, "'%s' is no id; ids have 13 characters",
                              cli->arguments[1]);
    if (sets && !gaz_grade_find(cli->arguments[2], &grade))
        return api_cli_misuse(cli,
                              "'%s' is no grade; it must be public, internal "
                              "or secret",
                              cli->arguments[2]);
    if (sets && (!why || !why[0]))
        return api_cli_misuse(cli, "--why is needed: on what it rests");
    struct gaz_store *store = NULL;
    gaz_status status = api_cli_open_store(
        cli, sets ? GAZ_STORE_WRITE : GAZ_STORE_READ, &store);
    if (status == GAZ_OK)
        status = sets ? set(cli, store, id, grade) : list(cli, store);
    gaz_store_close(store);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}
