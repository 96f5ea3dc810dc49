/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/key.h"

#include <string.h>

#include "gazetteer/store/handle.h"

static const struct {
    const char *name;
    gaz_role role;
} ROLES[] = {
    {"reader", GAZ_ROLE_READER},     {"editor", GAZ_ROLE_EDITOR},
    {"surveyor", GAZ_ROLE_SURVEYOR}, {"clerk", GAZ_ROLE_CLERK},
    {"admin", GAZ_ROLE_ADMIN},
};
enum { ROLE_COUNT = sizeof(ROLES) / sizeof(ROLES[0]) };

const char *gaz_role_names(struct gaz_arena *arena, unsigned roles)
{
    const char *names = "";
    for (int i = 0; i < ROLE_COUNT; i++)
        if (roles & ROLES[i].role)
            names = gaz_arena_printf(arena, "%s%s%s", names,
                                     names[0] ? "," : "", ROLES[i].name);
    return names;
}

static unsigned role_of(const char *name, size_t len)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (strlen(ROLES[i].name) == len &&
            memcmp(ROLES[i].name, name, len) == 0)
            return ROLES[i].role;
    return 0;
}

bool gaz_role_parse(const char *names, unsigned *out)
{
    unsigned roles = 0;
    for (const char *at = names;; at++) {
        const size_t len = strcspn(at, ",");
        const unsigned role = role_of(at, len);
        if (role == 0)
            return false;
        roles |= role;
        at += len;
        if (*at == '\0')
            break;
    }
    *out = roles;
    return true;
}

gaz_status gaz_store_put_key(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_key *key)
{
    if (key->roles == 0 || (key->roles & ~(unsigned)GAZ_ROLES_ALL) != 0)
        return gaz_fail(ctx, GAZ_INVALID, "a key without a role");
    struct gaz_stmt *stmt;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_sqlite_prepare(
            ctx, store->db,
            "INSERT INTO access_key"
            "  (id, name, digest, roles, per_day, expires, replaces)"
            " VALUES (:id, :name, :digest, :roles, :per_day, :expires,"
            "  :replaces)",
            &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":id", key->id);
    gaz_sqlite_bind_text(stmt, ":name", key->name);
    gaz_sqlite_bind_blob(stmt, ":digest", key->digest, sizeof(key->digest));
    gaz_sqlite_bind_int(stmt, ":roles", key->roles);
    gaz_sqlite_bind_int(stmt, ":per_day", key->per_day);
    gaz_sqlite_bind_int(stmt, ":expires", key->expires);
    gaz_sqlite_bind_text(stmt, ":replaces", key->replaces);
    status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

gaz_status gaz_store_revoke_key(struct gaz_ctx *ctx, struct gaz_store *store,
                                const char *id)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_sqlite_prepare(
            ctx, store->db,
            "UPDATE access_key SET revoked = coalesce(revoked,"
            "  strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) WHERE id = :id",
            &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":id", id);
    status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_OK && gaz_sqlite_changes(store->db) == 0)
        status = gaz_fail(ctx, GAZ_NOT_FOUND, "no key '%s'", id);
    return status;
}

static gaz_status read_row(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                           struct gaz_key *out)
{
    size_t size;
    const void *digest = gaz_sqlite_blob(ctx, stmt, 2, &size);
    struct gaz_key key = {
        .id = gaz_sqlite_text(ctx, stmt, 0),
        .name = gaz_sqlite_text(ctx, stmt, 1),
        .roles = (unsigned)gaz_sqlite_int(stmt, 3),
        .per_day = gaz_sqlite_int(stmt, 4),
        .expires = (gaz_date)gaz_sqlite_int(stmt, 5),
        .created = gaz_sqlite_text(ctx, stmt, 6),
        .revoked = gaz_sqlite_text(ctx, stmt, 7),
        .replaces = gaz_sqlite_text(ctx, stmt, 8),
    };
    if (!digest || size != sizeof(key.digest))
        return gaz_fail(ctx, GAZ_DB, "the key '%s' is damaged", key.id);
    memcpy(key.digest, digest, size);
    *out = key;
    return GAZ_OK;
}

gaz_status gaz_store_list_keys(struct gaz_ctx *ctx, struct gaz_store *store,
                               struct gaz_keys *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db,
        "SELECT id, name, digest, roles, per_day, expires, created, revoked,"
        "  replaces"
        " FROM access_key ORDER BY created, id",
        &stmt);
    if (status != GAZ_OK)
        return status;
    struct gaz_key *items = NULL;
    size_t count = 0;
    size_t room = 0;
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        if (count == room) {
            const size_t bigger = room > 0 ? room * 2 : 16;
            items = gaz_arena_grow(&ctx->arena, items, room * sizeof(*items),
                                   bigger * sizeof(*items));
            room = bigger;
        }
        status = read_row(ctx, stmt, &items[count]);
        if (status != GAZ_OK)
            break;
        count++;
    }
    gaz_sqlite_drop(stmt);
    if (status != GAZ_END)
        return status;
    *out = (struct gaz_keys){.items = items, .count = (int)count};
    return GAZ_OK;
}
