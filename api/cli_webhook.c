/* SPDX-License-Identifier: Apache-2.0 */
/* cli_webhook.c - subscriptions of the change feed. */
#include <string.h>

#include "api/cli.h"
#include "api/hooks/subscribe.h"
#include "gazetteer/base/text.h"

static gaz_status add(struct api_cli *cli, struct gaz_store *store)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    char secret[API_SUBSCRIBE_SECRET_BYTES];
    const char *roles = api_cli_option(cli, "--roles");
    struct gaz_hook hook = {.name = cli->arguments[1],
                            .url = cli->arguments[2],
                            .roles = GAZ_ROLE_READER,
                            .since = -1};
    if (roles && !gaz_role_parse(roles, &hook.roles))
        return gaz_fail(ctx, GAZ_INVALID,
                        "--roles is '%s'; it must be of reader, editor, "
                        "surveyor, clerk, admin",
                        roles);
    gaz_status status = api_subscribe_make(ctx, &hook, secret);
    if (status == GAZ_OK)
        status = gaz_hook_put(ctx, store, &hook);
    if (status == GAZ_OK)
        (void)printf("%s %s\n", hook.id, secret);
    return status;
}

static gaz_status list(struct api_cli *cli, struct gaz_store *store)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_hooks hooks;
    gaz_status status = gaz_hook_list(ctx, store, &hooks);
    for (int i = 0; status == GAZ_OK && i < hooks.count; i++) {
        const struct gaz_hook *hook = &hooks.items[i];
        (void)printf(
            "%s  %s  %s  %s  to %lld  %s%s%s\n", hook->id, hook->name,
            hook->url, gaz_role_names(&ctx->arena, hook->roles),
            (long long)hook->since, hook->is_paused ? "paused" : "active",
            hook->failure ? "  " : "", hook->failure ? hook->failure : "");
    }
    return status;
}

static gaz_status list_dead(struct api_cli *cli, struct gaz_store *store)
{
    struct gaz_hook_deads dead;
    gaz_status status =
        gaz_hook_list_dead(&cli->worker.ctx, store, cli->arguments[1], &dead);
    for (int i = 0; status == GAZ_OK && i < dead.count; i++)
        (void)printf("%lld  entries %lld to %lld  %s  %d attempts  %s\n",
                     (long long)dead.items[i].id,
                     (long long)dead.items[i].since + 1,
                     (long long)dead.items[i].last, dead.items[i].at,
                     dead.items[i].attempts, dead.items[i].failure);
    return status;
}

static gaz_status remove_one(struct api_cli *cli, struct gaz_store *store)
{
    return gaz_hook_remove(&cli->worker.ctx, store, cli->arguments[1]);
}

static gaz_status pause_one(struct api_cli *cli, struct gaz_store *store)
{
    return gaz_hook_pause(&cli->worker.ctx, store, cli->arguments[1], true);
}

static gaz_status resume_one(struct api_cli *cli, struct gaz_store *store)
{
    return gaz_hook_pause(&cli->worker.ctx, store, cli->arguments[1], false);
}

static gaz_status replay_one(struct api_cli *cli, struct gaz_store *store)
{
    int64_t letter = 0;
    if (!gaz_text_parse_int(cli->arguments[2], &letter))
        return gaz_fail(&cli->worker.ctx, GAZ_INVALID, "'%.40s' is no number",
                        cli->arguments[2]);
    return gaz_hook_replay(&cli->worker.ctx, store, cli->arguments[1], letter);
}

static const struct action {
    const char *name;
    int words;
    bool changes;
    gaz_status (*run)(struct api_cli *cli, struct gaz_store *store);
} ACTIONS[] = {
    {"add", 3, true, add},           {"list", 1, false, list},
    {"remove", 2, true, remove_one}, {"pause", 2, true, pause_one},
    {"resume", 2, true, resume_one}, {"dead", 2, false, list_dead},
    {"replay", 3, true, replay_one},
};

static gaz_status run_action(struct api_cli *cli, struct gaz_store *store,
                             const struct action *action)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    gaz_status status = GAZ_OK;
    if (!action->changes)
        return action->run(cli, store);
    status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = action->run(cli, store);
    if (status == GAZ_OK)
        status =
            api_cli_note(cli, store,
                         gaz_arena_printf(&ctx->arena, "webhook %s %s",
                                          action->name, cli->arguments[1]));
    return status == GAZ_OK ? gaz_store_commit(ctx, store) : status;
}

api_exit api_cli_webhook(struct api_cli *cli)
{
    const char *name = cli->argument_count > 0 ? cli->arguments[0] : "";
    const struct action *action = NULL;
    for (size_t i = 0; i < sizeof(ACTIONS) / sizeof(ACTIONS[0]); i++)
        if (strcmp(ACTIONS[i].name, name) == 0)
            action = &ACTIONS[i];
    if (!action)
        return api_cli_misuse(
            cli, "add, list, remove, pause, resume, dead or replay is needed");
    if (cli->argument_count != action->words)
        return api_cli_misuse(cli, "%s takes %d words more", name,
                              action->words - 1);
    struct gaz_store *store = NULL;
    gaz_status status = api_cli_open_store(
        cli, action->changes ? GAZ_STORE_WRITE : GAZ_STORE_READ, &store);
    if (status == GAZ_OK)
        status = run_action(cli, store, action);
    gaz_store_close(store);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}
