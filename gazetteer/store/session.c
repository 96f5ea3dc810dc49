/* SPDX-License-Identifier: Apache-2.0 */
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "gazetteer/store/session.h"

#include <string.h>

#include <sqlite3.h>

struct gaz_session {
    sqlite3_session *raw;
};

static gaz_status fail(struct gaz_ctx *ctx, int code, const char *what)
{
    return gaz_fail(ctx, code == SQLITE_FULL ? GAZ_IO : GAZ_DB, "%s: %s", what,
                    sqlite3_errstr(code));
}

gaz_status gaz_session_open(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                            const char *const *tables, struct gaz_session **out)
{
    struct gaz_session *session = gaz_malloc(sizeof(*session));
    int code = sqlite3session_create(gaz_sqlite_raw(db), "main", &session->raw);
    for (; code == SQLITE_OK && *tables; tables++)
        code = sqlite3session_attach(session->raw, *tables);
    if (code != SQLITE_OK) {
        gaz_session_close(session);
        return fail(ctx, code, "cannot watch the changes");
    }
    *out = session;
    return GAZ_OK;
}

void gaz_session_close(struct gaz_session *session)
{
    if (session && session->raw)
        sqlite3session_delete(session->raw);
    gaz_free(session);
}

gaz_status gaz_session_changes(struct gaz_ctx *ctx, struct gaz_session *session,
                               const void **out, size_t *size)
{
    void *changes = NULL;
    int count = 0;
    const int code = sqlite3session_changeset(session->raw, &count, &changes);
    if (code != SQLITE_OK)
        return fail(ctx, code, "cannot note the changes");
    void *copy = gaz_arena_alloc(&ctx->arena, (size_t)count + 1);
    if (count > 0)
        memcpy(copy, changes, (size_t)count);
    sqlite3_free(changes);
    *out = copy;
    *size = (size_t)count;
    return GAZ_OK;
}

/* What stood in the way. */
struct obstacle {
    char table[64];
    bool is_reference;
};

static int on_conflict(void *user, int kind, sqlite3_changeset_iter *at)
{
    struct obstacle *obstacle = user;
    const char *table = "";
    int columns;
    int operation;
    int is_indirect;
    obstacle->is_reference = kind == SQLITE_CHANGESET_FOREIGN_KEY;
    if (!obstacle->is_reference &&
        sqlite3changeset_op(at, &table, &columns, &operation, &is_indirect) ==
            SQLITE_OK)
        (void)sqlite3_snprintf(sizeof(obstacle->table), obstacle->table, "%s",
                               table);
    return SQLITE_CHANGESET_ABORT;
}

gaz_status gaz_session_undo(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                            const void *changes, size_t size)
{
    void *inverse = NULL;
    int count = 0;
    struct obstacle obstacle = {.is_reference = false};
    /* the bytes are only read: the parameter is not const for history's sake */
    int code = sqlite3changeset_invert((int)size, changes, &count, &inverse);
    if (code == SQLITE_OK)
        code = sqlite3changeset_apply(gaz_sqlite_raw(db), count, inverse, NULL,
                                      on_conflict, &obstacle);
    sqlite3_free(inverse);
    if (code == SQLITE_OK)
        return GAZ_OK;
    if (code != SQLITE_ABORT && code != SQLITE_CONSTRAINT)
        return fail(ctx, code, "cannot undo");
    if (obstacle.is_reference || code == SQLITE_CONSTRAINT)
        return gaz_fail(ctx, GAZ_INVALID,
                        "something refers by now to what would go");
    return gaz_fail(ctx, GAZ_INVALID,
                    "a %s has changed since: undo the later change first",
                    obstacle.table);
}
