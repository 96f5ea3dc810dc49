/* edit.h - change groups: what one request of an officer changed, who asked for
 * it and why; kept so that it can be undone exactly.
 *
 *     gaz_edit_begin(ctx, store, &work);          // transaction and watch
 *     ... gaz_store_put_place and the like ...
 *     gaz_edit_end(ctx, store, work, &note, &id); // the group's row
 *     gaz_store_commit(ctx, store);
 *
 * gazetteer/edit is who calls this; a program uses that.
 */
#ifndef GAZ_STORE_EDIT_H
#define GAZ_STORE_EDIT_H

#include "gazetteer/store/store.h"

/* What is noted of a group. */
struct gaz_edit_note {
    const char *action; /* "place-create" */
    gaz_id about;
    const char *who; /* name of the key, or the officer */
    const char *key; /* id of the key; "": none */
    const char *why;
    const char *request; /* id of the request; NULL: none */
    int64_t source;      /* row; 0: none (an undo) */
    const char *edition;
    int64_t record; /* row of the request, word for word; 0: none */
    int64_t undoes; /* another group; 0: none */
};

struct gaz_edit {
    int64_t id;
    const char *at; /* UTC */
    struct gaz_edit_note note;
    int64_t first; /* of the journal */
    int64_t last;
    int64_t undone; /* by this group; 0: it stands */
    const char *source_key;
};

struct gaz_edit_work;

gaz_status gaz_edit_begin(struct gaz_ctx *ctx, struct gaz_store *store,
                          struct gaz_edit_work **out);
/* gaz_edit_end closes the work. *out is the group's row; 0, and nothing is
 * noted, when nothing of what we believe has changed. Commit or roll back
 * after it. */
gaz_status gaz_edit_end(struct gaz_ctx *ctx, struct gaz_store *store,
                        struct gaz_edit_work *work,
                        const struct gaz_edit_note *note, int64_t *out);
/* gaz_edit_drop closes the work and rolls back; accepts NULL. */
void gaz_edit_drop(struct gaz_ctx *ctx, struct gaz_store *store,
                   struct gaz_edit_work *work);

/* gaz_edit_tables are those whose changes a group holds; ends with NULL. */
const char *const *gaz_edit_tables(void);

/* gaz_edit_first is the first journal entry that the work will have made. */
int64_t gaz_edit_first(const struct gaz_edit_work *work);

/* gaz_edit_next_id is the id that the next group gets, inside a transaction. */
gaz_status gaz_edit_next_id(struct gaz_ctx *ctx, struct gaz_store *store,
                            int64_t *out);

/* gaz_edit_revert takes back what a group changed, inside begin and end.
 * GAZ_INVALID: it is undone already, or something that it changed has changed
 * again since. */
gaz_status gaz_edit_revert(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_edit *edit);

/* gaz_edit_at finds the group that holds a journal entry. GAZ_NOT_FOUND: none
 * does (an import, a merge). */
gaz_status gaz_edit_at(struct gaz_ctx *ctx, struct gaz_store *store,
                       int64_t seq, struct gaz_edit *out);

/* gaz_edit_version is the last journal entry before `before` (0: any) about a
 * place or address; 0: none, it was never there. */
gaz_status gaz_edit_version(struct gaz_ctx *ctx, struct gaz_store *store,
                            gaz_id about, int64_t before, int64_t *out);

/* gaz_edit_living counts the current places directly in a place. */
gaz_status gaz_edit_living(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_id parent, int64_t *out);

/* gaz_edit_source reads a source by its key. GAZ_NOT_FOUND. */
gaz_status gaz_edit_source(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *key, struct gaz_source *out);

/* ---- answers that are given again ---- */

struct gaz_edit_answer {
    uint64_t hash; /* of what was asked */
    int status;    /* HTTP */
    const char *etag;
    const char *location;
    const char *body;
};

/* GAZ_NOT_FOUND: the token was not used in the last week. */
gaz_status gaz_edit_recall(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *key, const char *token,
                           struct gaz_edit_answer *out);
/* Inside a transaction; old ones are dropped. */
gaz_status gaz_edit_remember(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *key, const char *token,
                             const struct gaz_edit_answer *answer);

#endif
