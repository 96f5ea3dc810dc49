/* key.h - the keys of departments: who they are and what they may.
 *
 * A key is shown once, when it is made. What is kept is its digest.
 */
#ifndef GAZ_STORE_KEY_H
#define GAZ_STORE_KEY_H

#include "gazetteer/base/date.h"
#include "gazetteer/store/store.h"

typedef enum {
    GAZ_ROLE_READER = 1 << 0,   /* departments: what is public, with a quota */
    GAZ_ROLE_EDITOR = 1 << 1,   /* writes places, names and addresses */
    GAZ_ROLE_SURVEYOR = 1 << 2, /* sees markers and their coordinates */
    GAZ_ROLE_CLERK = 1 << 3,    /* decides in the review queue */
    GAZ_ROLE_ADMIN = 1 << 4,    /* everything, and the service's own numbers */
    GAZ_ROLES_ALL = (1 << 5) - 1,
} gaz_role;

enum { GAZ_KEY_ID_CHARS = 8, GAZ_KEY_DIGEST_BYTES = 32 };

struct gaz_key {
    const char *id; /* GAZ_KEY_ID_CHARS letters and digits */
    const char *name;
    unsigned char digest[GAZ_KEY_DIGEST_BYTES]; /* SHA-256 of the whole key */
    unsigned roles;                             /* of gaz_role */
    int64_t per_day;                            /* requests; 0: any number */
    gaz_date expires; /* the first day it is not taken; 0: never */
    const char *created;
    const char *revoked;  /* NULL: in force */
    const char *replaces; /* id of the key that it was rotated from; NULL */
};

struct gaz_keys {
    const struct gaz_key *items; /* by creation */
    int count;
};

/* gaz_store_put_key adds a key, inside begin and commit. GAZ_INVALID: the id is
 * taken, no name, no role. */
gaz_status gaz_store_put_key(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_key *key);

/* gaz_store_revoke_key ends a key now; one that is revoked already stays as it
 * is. GAZ_NOT_FOUND. */
gaz_status gaz_store_revoke_key(struct gaz_ctx *ctx, struct gaz_store *store,
                                const char *id);

/* gaz_store_list_keys lists all; they live in ctx->arena. */
gaz_status gaz_store_list_keys(struct gaz_ctx *ctx, struct gaz_store *store,
                               struct gaz_keys *out);

/* "reader", ... in `out`, joined with commas. */
const char *gaz_role_names(struct gaz_arena *arena, unsigned roles);
/* gaz_role_parse reads names joined with commas; false: one is unknown. */
bool gaz_role_parse(const char *names, unsigned *out);

#endif
