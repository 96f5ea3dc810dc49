/* write.h - the course of a request that writes: body, If-Match, idempotency,
 * the editor, the answer. The handlers are in handlers.c.
 *
 * An entity tag of a record ends in ".ID.SEQ": SEQ is a number of the journal
 * at which the record was as it is shown. If-Match holds while the journal has
 * no later entry about it, whichever representation the tag came from.
 */
#ifndef API_WRITE_WRITE_H
#define API_WRITE_WRITE_H

#include "api/write/form.h"
#include "api/write/scribe.h"

struct api_write;

/* Runs the operation; the thing's own slips are noted in write->form (then
 * nothing is done). */
typedef gaz_status api_write_call(struct api_write *write,
                                  struct gaz_editor *editor);

struct api_write_job {
    api_form_kind kind;
    bool is_new;      /* 201 and Location; else If-Match is needed */
    bool needs_match; /* 428 without */
    bool patches;     /* takes merge-patch+json as well */
    api_write_call *call;
};

/* One request under way. */
struct api_write {
    struct api_worker *worker;
    const struct api_request *request;
    struct api_response *out;
    const struct api_write_job *job;
    gaz_id id;      /* of the path; 0: none */
    int64_t number; /* {index} or {seq}; -1: none */
    struct api_form form;
    struct api_form_envelope envelope;
    struct gaz_editor_by by;
    struct gaz_editor_answer answer;
    const char *token; /* Idempotency-Key; NULL: none */
    uint64_t hash;
};

gaz_status api_write_run(struct api_worker *worker,
                         const struct api_request *request,
                         const struct api_write_job *job,
                         struct api_response *out);

/* The tag of a record: `prefix` may be "". In the arena. */
const char *api_write_etag(struct gaz_arena *arena, const char *prefix,
                           gaz_id id, int64_t seq);
/* The number that an If-Match gives for `id`: -1 for "*"; -2: no tag of it. */
int64_t api_write_seen(const char *header, gaz_id id);

/* Findings as a JSON array. */
void api_write_findings(struct gaz_json *json,
                        const struct gaz_editor_answer *answer);

#endif
