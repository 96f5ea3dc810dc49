/* editor.h - what an officer may change, one function each.
 *
 * Every change is one transaction: the record is kept word for word, the place
 * or address is judged by the rules (data/rules) as it would be afterwards, the
 * journal's entries make one change group with who and why, and the group can
 * be undone exactly. Nothing is changed unless the verdict is DONE.
 *
 *     struct gaz_editor_answer answer;
 *     status = gaz_editor_put_place(ctx, editor, &by, &place, &answer);
 *     if (status == GAZ_OK && answer.verdict == GAZ_EDITOR_DONE) ...
 *
 * An editor belongs to one thread. Answers live in ctx->arena.
 */
#ifndef GAZ_EDIT_EDITOR_H
#define GAZ_EDIT_EDITOR_H

#include "gazetteer/model/issue.h"
#include "gazetteer/store/edit.h"

struct gaz_editor;
struct gaz_editor_answer;

enum { GAZ_EDITOR_WHY_MAX_BYTES = 1000 };

/* Whose change it is, what it rests on, and what he had seen. */
struct gaz_editor_by {
    const char *who;                 /* never empty */
    const char *key;                 /* id of the access key; "": none */
    const char *why;                 /* 1 to GAZ_EDITOR_WHY_MAX_BYTES bytes */
    const char *request;             /* id; NULL: none */
    const struct gaz_source *source; /* key and edition; of a source that is not
                                      * known yet also title, origin, licence.
                                      * Not read by undo */
    const char *verbatim;            /* the request as JSON, kept as a record */
    int64_t seen; /* last journal entry about it that he saw; -1: whichever */
    bool is_dry;  /* judge and tell only */
    bool sees_closed; /* what is graded (store/secrecy.h); else MISSING */
    /* Called before the commit, to keep the answer for a request that is sent
     * again (NULL: not wanted), and to write what belongs to the same
     * transaction. A failure undoes the change. */
    gaz_status (*note)(struct gaz_ctx *ctx, struct gaz_store *store,
                       const struct gaz_editor_answer *answer, void *user);
    void *user;
};

typedef enum {
    GAZ_EDITOR_DONE,     /* or, dry, would be */
    GAZ_EDITOR_SAME,     /* it was so already */
    GAZ_EDITOR_STALE,    /* changed since `seen`; the answer has it as it is */
    GAZ_EDITOR_REFUSED,  /* findings of severity error */
    GAZ_EDITOR_CONFLICT, /* what is there forbids it; zh and en say why */
    GAZ_EDITOR_MISSING,  /* no such place, address, name or change */
} gaz_editor_verdict;

struct gaz_editor_finding {
    const char *rule;
    gaz_severity severity;
    const char *zh;
    const char *en;
    const char *fix; /* what to put in its place; NULL: not known */
    gaz_id other;    /* the clashing record; 0: none */
    bool is_old;     /* was so before: tolerated */
};

struct gaz_editor_answer {
    gaz_editor_verdict verdict;
    gaz_id about;
    bool is_address;
    int64_t edit;  /* the change group; 0: none (dry, same, refused) */
    int64_t first; /* of the journal */
    int64_t last;
    int64_t version; /* of `about`, for `seen` */
    const struct gaz_editor_finding *findings;
    int finding_count;
    int error_count;            /* that are not old */
    bool has_state;             /* place or address is set */
    struct gaz_place place;     /* as it is; dry: as it would be */
    struct gaz_address address; /* when is_address */
    const char *zh;             /* why not; NULL: done */
    const char *en;
};

/* @param db  a database that exists */
gaz_status gaz_editor_open(struct gaz_ctx *ctx, const char *db,
                           struct gaz_editor **out);
void gaz_editor_close(struct gaz_editor *editor); /* accepts NULL */
struct gaz_store *gaz_editor_store(struct gaz_editor *editor);

/* gaz_editor_read gives a place or an address as it is in the database: DONE,
 * MISSING or, of a merged one, CONFLICT with `about` what it is now.
 * What is graded is MISSING unless `sees_closed`. */
gaz_status gaz_editor_read(struct gaz_ctx *ctx, struct gaz_editor *editor,
                           gaz_id id, bool sees_closed,
                           struct gaz_editor_answer *out);

/* ---- places. The names' and the position's `source` are not read: what is
 * new is of by->source, what was there keeps its own. Areas stay. ---- */

/* gaz_editor_create_place makes one, with the short and official forms of its
 * name as an import does. place->id is 0. */
gaz_status gaz_editor_create_place(struct gaz_ctx *ctx,
                                   struct gaz_editor *editor,
                                   const struct gaz_editor_by *by,
                                   const struct gaz_place *place,
                                   struct gaz_editor_answer *out);
/* gaz_editor_put_place replaces all of place->id but its area. */
gaz_status gaz_editor_put_place(struct gaz_ctx *ctx, struct gaz_editor *editor,
                                const struct gaz_editor_by *by,
                                const struct gaz_place *place,
                                struct gaz_editor_answer *out);

struct gaz_editor_end {
    gaz_id id;        /* place or address */
    gaz_date date;    /* the first day that it is not any more */
    gaz_id successor; /* of a place; 0: none */
};
/* gaz_editor_abolish_place ends it: historical, its span and its open names
 * closed, the change (abolished, or merged into the successor) noted. CONFLICT
 * while current places lie in it. */
gaz_status gaz_editor_abolish_place(struct gaz_ctx *ctx,
                                    struct gaz_editor *editor,
                                    const struct gaz_editor_by *by,
                                    const struct gaz_editor_end *end,
                                    struct gaz_editor_answer *out);

/* A new name of kind STANDARD renames the place: the old one becomes a former
 * name that ends when the new one begins. `index` counts from 0, the standard
 * name. Name 0 can be corrected but not removed. */
gaz_status gaz_editor_add_name(struct gaz_ctx *ctx, struct gaz_editor *editor,
                               const struct gaz_editor_by *by, gaz_id place,
                               const struct gaz_name *name,
                               struct gaz_editor_answer *out);
gaz_status gaz_editor_put_name(struct gaz_ctx *ctx, struct gaz_editor *editor,
                               const struct gaz_editor_by *by, gaz_id place,
                               int index, const struct gaz_name *name,
                               struct gaz_editor_answer *out);
gaz_status gaz_editor_drop_name(struct gaz_ctx *ctx, struct gaz_editor *editor,
                                const struct gaz_editor_by *by, gaz_id place,
                                int index, struct gaz_editor_answer *out);

/* ---- addresses: a number counted in a road, hamlet, estate or village. The
 * text follows from the parent; address->text is not read. ---- */

gaz_status gaz_editor_create_address(struct gaz_ctx *ctx,
                                     struct gaz_editor *editor,
                                     const struct gaz_editor_by *by,
                                     const struct gaz_address *address,
                                     struct gaz_editor_answer *out);
gaz_status gaz_editor_put_address(struct gaz_ctx *ctx,
                                  struct gaz_editor *editor,
                                  const struct gaz_editor_by *by,
                                  const struct gaz_address *address,
                                  struct gaz_editor_answer *out);
gaz_status gaz_editor_abolish_address(struct gaz_ctx *ctx,
                                      struct gaz_editor *editor,
                                      const struct gaz_editor_by *by,
                                      const struct gaz_editor_end *end,
                                      struct gaz_editor_answer *out);

/* gaz_editor_undo takes back the change group that holds journal entry `seq`;
 * that is a group of its own, and can be undone as well. MISSING: no group
 * holds it. CONFLICT: undone already, or changed since. */
gaz_status gaz_editor_undo(struct gaz_ctx *ctx, struct gaz_editor *editor,
                           const struct gaz_editor_by *by, int64_t seq,
                           struct gaz_editor_answer *out);

#endif
