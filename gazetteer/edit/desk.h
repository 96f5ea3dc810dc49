/* desk.h - what an editor is inside, and how the operations share one course;
 * for the files of this room only. */
#ifndef GAZ_EDIT_DESK_H
#define GAZ_EDIT_DESK_H

#include "gazetteer/audit/corpus.h"
#include "gazetteer/edit/editor.h"
#include "gazetteer/standardise/standardise.h"

struct gaz_editor {
    struct gaz_store *store;
    struct gaz_standardiser *standardiser;
    struct gaz_corpus *corpus; /* NULL: not loaded yet */
    uint64_t corpus_seq;       /* the journal when it was loaded */
    int64_t corpus_ms;         /* when that ended */
    int64_t corpus_cost_ms;    /* how long it took */
    size_t corpus_bytes;       /* of its arena, then */
};

/* One operation under way. */
struct gaz_desk {
    struct gaz_ctx *ctx;
    struct gaz_editor *editor;
    const struct gaz_editor_by *by;
    struct gaz_editor_answer *out;
    const char *action;
    struct gaz_edit_work *work; /* NULL: not begun, or ended */
    int64_t source;             /* row of by->source */
    int64_t record;             /* row of the request */
    const char *record_key;     /* "edit-17" */
    int64_t undoes;
};

/* gaz_desk_begin opens the transaction and checks by->seen against `id` (0: a
 * new thing): out->verdict is DONE, or STALE, MISSING or CONFLICT with the
 * state as it is. */
gaz_status gaz_desk_begin(struct gaz_desk *desk, gaz_id id);
/* gaz_desk_place reads a place that the request names; GAZ_NOT_FOUND also of
 * one that is not for who asks. */
gaz_status gaz_desk_place(struct gaz_desk *desk, gaz_id id,
                          struct gaz_place *out);
/* gaz_desk_hides tells whether `id` is not for who asks. */
gaz_status gaz_desk_hides(struct gaz_desk *desk, gaz_id id, bool *out);
/* gaz_desk_keep stores the source and the record. */
gaz_status gaz_desk_keep(struct gaz_desk *desk, gaz_entry_kind kind);
/* gaz_desk_end ends the group: reads the state, commits or, when dry, refused
 * or the same as before, rolls back. `status` is what the work came to. */
gaz_status gaz_desk_end(struct gaz_desk *desk, gaz_status status);
/* gaz_desk_refuse sets verdict and sentences. */
void gaz_desk_refuse(struct gaz_desk *desk, gaz_editor_verdict verdict,
                     const char *zh, const char *en);
static inline bool gaz_desk_goes_on(const struct gaz_desk *desk)
{
    return desk->out->verdict == GAZ_EDITOR_DONE;
}

/* findings.c: judge a place as it would be. `before` is it as it is, NULL: it
 * is new; what was wrong already is told, not blamed. */
gaz_status gaz_findings_place(struct gaz_desk *desk,
                              const struct gaz_place *before,
                              const struct gaz_place *after);
gaz_status gaz_findings_address(struct gaz_desk *desk,
                                const struct gaz_record *record,
                                const struct gaz_entry *entry);
/* The warnings, as issues of the record. */
gaz_status gaz_findings_keep(struct gaz_desk *desk, gaz_id about);

#endif
