/* SPDX-License-Identifier: Apache-2.0 */
/* check_route.c - /v1/check: may a place be called so?
 *
 * The places of the snapshot as a corpus, made by the first question and again
 * when another snapshot has come. One question at a time: each takes about a
 * millisecond. */
#include <pthread.h>
#include <string.h>

#include "api/check.h"
#include "api/handlers.h"
#include "api/params.h"
#include "api/problem.h"
#include "gazetteer/audit/write.h"

/* Questions leave their names in the corpus' arena; then it is made anew. */
enum { LEFTOVERS_MAX_BYTES = 32 * 1024 * 1024 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct gaz_corpus *corpus; /* of the snapshot with this checksum */
static uint64_t checksum;
static size_t clean_bytes;

static void copy_names(struct gaz_arena *arena, const struct gaz_snapshot *snap,
                       const struct gaz_snap_place *row,
                       struct gaz_place *place)
{
    struct gaz_name *names =
        gaz_arena_array(arena, row->name_count, sizeof(*names));
    for (uint32_t i = 0; i < row->name_count; i++) {
        const struct gaz_snap_name *name = &snap->names[row->name_first + i];
        names[i] =
            (struct gaz_name){.text = gaz_snapshot_text(snap, name->text),
                              .roman = gaz_snapshot_text(snap, name->roman),
                              .kind = (gaz_name_kind)name->kind,
                              .valid_from = name->valid_from,
                              .valid_to = name->valid_to,
                              .basis = (gaz_basis)name->basis};
    }
    place->names = names;
    place->name_count = row->name_count;
}

static void copy_place(struct gaz_arena *arena, const struct gaz_snapshot *snap,
                       uint32_t index)
{
    const struct gaz_snap_place *row = &snap->places[index];
    struct gaz_place place = {
        .id = row->id,
        .code = gaz_snapshot_text(snap, row->code_text),
        .level = (gaz_level)row->level,
        .category = (int)row->category,
        .status = (gaz_place_status)row->status,
        .valid_from = row->valid_from,
        .valid_to = row->valid_to,
        .is_statistical = (row->flags & GAZ_SNAP_STATISTICAL) != 0,
        .is_synthetic = (row->flags & GAZ_SNAP_SYNTHETIC) != 0,
        .parent = row->parent == GAZ_NONE ? 0 : snap->places[row->parent].id};
    copy_names(arena, snap, row, &place);
    gaz_corpus_place(corpus, &place);
}

static gaz_status take_snapshot(struct gaz_ctx *ctx,
                                const struct gaz_snapshot *snap)
{
    if (corpus && checksum == snap->checksum &&
        gaz_arena_used(&corpus->ctx.arena) < clean_bytes + LEFTOVERS_MAX_BYTES)
        return GAZ_OK;
    gaz_corpus_close(corpus);
    corpus = NULL;
    gaz_status status = gaz_corpus_open(ctx, gaz_rules_default(), &corpus);
    if (status != GAZ_OK)
        return status;
    for (uint32_t i = 0; i < snap->place_count; i++)
        copy_place(&ctx->arena, snap, i);
    status = gaz_corpus_finish(ctx, corpus);
    if (status != GAZ_OK) {
        gaz_corpus_close(corpus);
        corpus = NULL;
        return status;
    }
    checksum = snap->checksum;
    clean_bytes = gaz_arena_used(&corpus->ctx.arena);
    return GAZ_OK;
}

static gaz_status judge(struct gaz_ctx *ctx,
                        const struct api_check_question *question, gaz_date at,
                        struct gaz_buffer *out)
{
    const struct gaz_audit_options options = {.at = at};
    struct gaz_audit *audit = NULL;
    int places = corpus->place_count;
    gaz_status status =
        gaz_audit_open(ctx, gaz_rules_default(), corpus, &options, &audit);
    if (status == GAZ_OK)
        status = api_check_name(ctx, corpus, audit, question);
    if (status == GAZ_OK)
        gaz_write_json(audit, GAZ_SEVERITY_INFO, out);
    gaz_audit_close(audit);
    corpus->place_count = places; /* the proposed one goes */
    return status;
}

gaz_status api_check_get(struct api_worker *worker,
                         const struct api_request *request,
                         struct api_response *out)
{
    const struct api_check_question question = {
        .name = api_param(request, "name"),
        .category = api_param(request, "category"),
        .in = api_param(request, "in"),
        .with = api_param(request, "with")};
    gaz_date at = GAZ_DATE_OPEN;
    gaz_status status = api_params_at(worker, request, &at);
    if (status != GAZ_OK)
        return status;
    (void)pthread_mutex_lock(&lock);
    status = take_snapshot(&worker->ctx, worker->snap);
    if (status == GAZ_OK)
        status = judge(&worker->ctx, &question, at, out->body);
    (void)pthread_mutex_unlock(&lock);
    return status;
}
