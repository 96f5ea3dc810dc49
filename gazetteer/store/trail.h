/* trail.h - the audit log: who wrote, who used a key on a restricted route, who
 * was turned away. Only ever added to. */
#ifndef GAZ_STORE_TRAIL_H
#define GAZ_STORE_TRAIL_H

#include "gazetteer/store/store.h"

enum { GAZ_TRAIL_LIST_MAX = 10000 };

struct gaz_trail_entry {
    int64_t id;
    const char *at;      /* UTC; NULL: now */
    const char *what;    /* "write", "use", "denied", "admin" */
    const char *who;     /* name of the key, or the officer; "": the public */
    const char *key;     /* id of the key; "": none */
    const char *address; /* from where; "": the command line */
    const char *request; /* id of the request; "": none */
    const char *method;
    const char *path;   /* never the query */
    int status;         /* HTTP; 0: of the command line */
    int64_t times;      /* alike at one time: one line */
    const char *detail; /* NULL: none */
};

/* gaz_trail_put adds a line, inside begin and commit. */
gaz_status gaz_trail_put(struct gaz_ctx *ctx, struct gaz_store *store,
                         const struct gaz_trail_entry *entry);

/* What is listed; each NULL: any. */
struct gaz_trail_query {
    int64_t after;     /* id */
    const char *since; /* UTC, "2026-11-24" or longer */
    const char *until; /* not after this */
    const char *who;   /* name or id of a key */
    const char *what;
    int limit; /* the newest; 1 to GAZ_TRAIL_LIST_MAX */
};
struct gaz_trail {
    const struct gaz_trail_entry *items; /* by id */
    int count;
};
gaz_status gaz_trail_list(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_trail_query *query,
                          struct gaz_trail *out);

/* ---- how often keys were used ---- */

struct gaz_trail_use {
    char key[9];
    int32_t day; /* as in base/date.h */
    int64_t used;
};
/* gaz_trail_add_use adds to a key's count of a day, inside begin and commit;
 * *total is the count of all servers. */
gaz_status gaz_trail_add_use(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_trail_use *use, int64_t *total);
/* All counts of a day. */
gaz_status gaz_trail_uses(struct gaz_ctx *ctx, struct gaz_store *store,
                          int32_t day, struct gaz_trail_use **out, int *count);

#endif
