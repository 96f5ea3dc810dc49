/* hook.h - webhooks: who wants the change feed brought, and how far it is. */
#ifndef GAZ_STORE_HOOK_H
#define GAZ_STORE_HOOK_H

#include "gazetteer/store/store.h"

enum {
    GAZ_HOOK_ID_CHARS = 8,
    GAZ_HOOK_SECRET_BYTES = 32,
    GAZ_HOOKS_MAX = 200,
    GAZ_HOOK_URL_MAX_BYTES = 1000,
};

struct gaz_hook {
    const char *id;   /* GAZ_HOOK_ID_CHARS letters and digits */
    const char *name; /* whose it is */
    const char *url;
    unsigned char secret[GAZ_HOOK_SECRET_BYTES]; /* of the signature */
    unsigned roles;      /* gaz_role bits: what it may see */
    int64_t since;       /* entries of the journal up to here are dealt with */
    int attempts;        /* of the delivery that is due */
    int64_t next_at;     /* not before; milliseconds since 1970 */
    const char *failure; /* of the last attempt; NULL: it went well */
    const char *delivered; /* when, last; NULL: never */
    bool is_paused;
    const char *created;
};

struct gaz_hooks {
    struct gaz_hook *items; /* by creation */
    int count;
};

/* gaz_hook_put adds one, inside begin and commit (as all that change). since
 * -1: from now on. GAZ_INVALID: the id is taken, no name; GAZ_LIMIT: more than
 * GAZ_HOOKS_MAX. */
gaz_status gaz_hook_put(struct gaz_ctx *ctx, struct gaz_store *store,
                        const struct gaz_hook *hook);
gaz_status gaz_hook_list(struct gaz_ctx *ctx, struct gaz_store *store,
                         struct gaz_hooks *out);
/* GAZ_NOT_FOUND. */
gaz_status gaz_hook_remove(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *id);
/* gaz_hook_pause stops it, or lets it go on at once. GAZ_NOT_FOUND. */
gaz_status gaz_hook_pause(struct gaz_ctx *ctx, struct gaz_store *store,
                          const char *id, bool is_paused);

/* gaz_hook_settle notes what came of an attempt: since, attempts, next_at,
 * failure; `delivered` set means now. A hook that is gone is no failure. */
gaz_status gaz_hook_settle(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_hook *hook);

/* ---- dead letters ---- */

struct gaz_hook_dead {
    int64_t id;
    const char *hook;
    int64_t since; /* entries after this one ... */
    int64_t last;  /* ... up to this one */
    int attempts;
    const char *failure;
    const char *at;
    bool is_due; /* to be sent again */
};
struct gaz_hook_deads {
    struct gaz_hook_dead *items; /* by id */
    int count;
};

gaz_status gaz_hook_bury(struct gaz_ctx *ctx, struct gaz_store *store,
                         const struct gaz_hook_dead *dead);
/* `hook` NULL: of all. */
gaz_status gaz_hook_list_dead(struct gaz_ctx *ctx, struct gaz_store *store,
                              const char *hook, struct gaz_hook_deads *out);
/* gaz_hook_replay marks a letter as due. GAZ_NOT_FOUND. */
gaz_status gaz_hook_replay(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *hook, int64_t id);
/* gaz_hook_settle_dead drops a letter that was delivered (failure NULL), or
 * keeps it with the reason. */
gaz_status gaz_hook_settle_dead(struct gaz_ctx *ctx, struct gaz_store *store,
                                int64_t id, const char *failure);

#endif
