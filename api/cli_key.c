/* SPDX-License-Identifier: Apache-2.0 */
/* cli_key.c - keys of departments: made, listed, ended. */
#include <string.h>

#include "api/access/keyring.h"
#include "api/cli.h"

enum { PER_DAY_DEFAULT = 100000, PER_DAY_MAX = 1000000000 };

static bool take_rights(const struct api_cli *cli, struct gaz_key *key)
{
    const char *roles = api_cli_option(cli, "--roles");
    const char *expires = api_cli_option(cli, "--expires");
    int per_day;
    key->roles = GAZ_ROLE_READER;
    if (roles && !gaz_role_parse(roles, &key->roles)) {
        (void)api_cli_misuse(cli,
                             "--roles is '%s'; it must be of reader, "
                             "editor, surveyor, clerk, admin",
                             roles);
        return false;
    }
    if (expires && !gaz_date_parse(expires, &key->expires)) {
        (void)api_cli_misuse(cli, "--expires is '%s'; it must be YYYY-MM-DD",
                             expires);
        return false;
    }
    if (!api_cli_number(cli, "--per-day", 0, PER_DAY_MAX, PER_DAY_DEFAULT,
                        &per_day))
        return false;
    key->per_day = per_day;
    return true;
}

/* Adds `key` under a new id and, where `old` is one, ends that. The text of the
 * key is shown when both are safe. */
static gaz_status add_key(struct api_cli *cli, struct gaz_store *store,
                          struct gaz_key *key, const char *old)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    char text[API_KEY_CHARS + 1];
    gaz_status status = api_keyring_make(ctx, text, key);
    if (status == GAZ_OK)
        status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = gaz_store_put_key(ctx, store, key);
    if (status == GAZ_OK && old)
        status = gaz_store_revoke_key(ctx, store, old);
    if (status == GAZ_OK)
        status =
            api_cli_note(cli, store,
                         gaz_arena_printf(&ctx->arena, "key %s %s%s%s",
                                          old ? "rotate" : "add", key->id,
                                          old ? " for " : "", old ? old : ""));
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, store);
    if (status == GAZ_OK)
        (void)printf("%s\n", text);
    return status;
}

static gaz_status revoke_key(struct api_cli *cli, struct gaz_store *store,
                             const char *id)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = gaz_store_revoke_key(ctx, store, id);
    if (status == GAZ_OK)
        status = api_cli_note(
            cli, store, gaz_arena_printf(&ctx->arena, "key revoke %s", id));
    return status == GAZ_OK ? gaz_store_commit(ctx, store) : status;
}

static gaz_status rotate_key(struct api_cli *cli, struct gaz_store *store,
                             const char *id)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_keys keys;
    gaz_status status = gaz_store_list_keys(ctx, store, &keys);
    if (status != GAZ_OK)
        return status;
    for (int i = 0; i < keys.count; i++) {
        struct gaz_key key = keys.items[i];
        key.replaces = id;
        if (strcmp(key.id, id) == 0 && !key.revoked)
            return add_key(cli, store, &key, id);
    }
    return gaz_fail(ctx, GAZ_NOT_FOUND, "no key '%s' in force", id);
}

static gaz_status list_keys(struct api_cli *cli, struct gaz_store *store)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_keys keys;
    gaz_status status = gaz_store_list_keys(ctx, store, &keys);
    for (int i = 0; status == GAZ_OK && i < keys.count; i++) {
        const struct gaz_key *key = &keys.items[i];
        char day[GAZ_DATE_MAX_BYTES];
        (void)printf("%s  %-24s %-10lld %-12s %-24s %s\n", key->id,
                     gaz_role_names(&ctx->arena, key->roles),
                     (long long)key->per_day,
                     key->expires ? gaz_date_write(key->expires, day) : "-",
                     key->revoked ? key->revoked : "in force", key->name);
    }
    return status;
}

static gaz_status run_action(struct api_cli *cli, struct gaz_store *store,
                             const char *action, struct gaz_key *key)
{
    if (strcmp(action, "list") == 0)
        return list_keys(cli, store);
    const char *subject = cli->arguments[1];
    if (strcmp(action, "revoke") == 0)
        return revoke_key(cli, store, subject);
    if (strcmp(action, "rotate") == 0)
        return rotate_key(cli, store, subject);
    key->name = subject;
    return add_key(cli, store, key, NULL);
}

api_exit api_cli_key(struct api_cli *cli)
{
    const char *action = cli->argument_count > 0 ? cli->arguments[0] : "";
    const int wanted = strcmp(action, "list") == 0 ? 1 : 2;
    struct gaz_key key = {.roles = 0};
    if (strcmp(action, "add") != 0 && strcmp(action, "list") != 0 &&
        strcmp(action, "revoke") != 0 && strcmp(action, "rotate") != 0)
        return api_cli_misuse(cli, "add, list, revoke or rotate is needed");
    if (cli->argument_count != wanted)
        return api_cli_misuse(cli, "%s takes %s", action,
                              wanted == 1 ? "nothing more" : "one word more");
    if (!take_rights(cli, &key))
        return API_EXIT_USAGE;
    struct gaz_store *store = NULL;
    gaz_status status = api_cli_open_store(cli, GAZ_STORE_WRITE, &store);
    if (status == GAZ_OK)
        status = run_action(cli, store, action, &key);
    gaz_store_close(store);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}
