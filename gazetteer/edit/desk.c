/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/edit/desk.h"

#include <string.h>

#include "gazetteer/store/secrecy.h"

void gaz_desk_refuse(struct gaz_desk *desk, gaz_editor_verdict verdict,
                     const char *zh, const char *en)
{
    desk->out->verdict = verdict;
    desk->out->zh = zh;
    desk->out->en = en;
}

/* A failure that is an answer: its sentence is taken out of the context. */
static void forgive(struct gaz_ctx *ctx)
{
    ctx->failure[0] = '\0';
}

gaz_status gaz_editor_open(struct gaz_ctx *ctx, const char *db,
                           struct gaz_editor **out)
{
    struct gaz_editor *editor = gaz_malloc(sizeof(*editor));
    gaz_status status =
        gaz_store_open(ctx, db, GAZ_STORE_UPDATE, &editor->store);
    if (status == GAZ_OK)
        status = gaz_standardiser_open(ctx, NULL, &editor->standardiser);
    if (status != GAZ_OK) {
        gaz_editor_close(editor);
        return status;
    }
    *out = editor;
    return GAZ_OK;
}

void gaz_editor_close(struct gaz_editor *editor)
{
    if (!editor)
        return;
    gaz_corpus_close(editor->corpus);
    gaz_standardiser_close(editor->standardiser);
    gaz_store_close(editor->store);
    gaz_free(editor);
}

struct gaz_store *gaz_editor_store(struct gaz_editor *editor)
{
    return editor->store;
}

/* ---- reading ---- */

static gaz_status read_state(struct gaz_ctx *ctx, struct gaz_store *store,
                             gaz_id id, struct gaz_editor_answer *out)
{
    gaz_status status = gaz_store_place(ctx, store, id, &out->place);
    out->is_address = false;
    if (status == GAZ_NOT_FOUND) {
        forgive(ctx);
        status = gaz_store_address(ctx, store, id, &out->address);
        out->is_address = status == GAZ_OK;
    }
    out->has_state = status == GAZ_OK;
    out->about = id;
    if (status == GAZ_OK)
        out->about = out->is_address ? out->address.id : out->place.id;
    if (status == GAZ_OK)
        status = gaz_edit_version(ctx, store, out->about, 0, &out->version);
    return status;
}

static gaz_status read_known(struct gaz_ctx *ctx, struct gaz_store *store,
                             gaz_id id, bool sees_closed,
                             struct gaz_editor_answer *out)
{
    bool is_closed = false;
    gaz_status status = read_state(ctx, store, id, out);
    if (status == GAZ_OK && !sees_closed)
        status = gaz_secrecy_is_closed(ctx, store, out->about, &is_closed);
    if (status == GAZ_NOT_FOUND || is_closed) {
        forgive(ctx);
        *out = (struct gaz_editor_answer){.about = id};
        out->verdict = GAZ_EDITOR_MISSING;
        out->zh = "没有这个地名或地址";
        out->en = "no place or address has this id";
        return GAZ_OK;
    }
    if (status == GAZ_OK && out->about != id) {
        out->verdict = GAZ_EDITOR_CONFLICT;
        out->zh =
            out->is_address ? "该地址已并入另一地址" : "该地名已并入另一地名";
        out->en = out->is_address ? "this address was merged into another"
                                  : "this place was merged into another";
    }
    return status;
}

gaz_status gaz_editor_read(struct gaz_ctx *ctx, struct gaz_editor *editor,
                           gaz_id id, bool sees_closed,
                           struct gaz_editor_answer *out)
{
    *out = (struct gaz_editor_answer){.verdict = GAZ_EDITOR_DONE};
    return read_known(ctx, editor->store, id, sees_closed, out);
}

gaz_status gaz_desk_hides(struct gaz_desk *desk, gaz_id id, bool *out)
{
    *out = false;
    return desk->by->sees_closed
               ? GAZ_OK
               : gaz_secrecy_is_closed(desk->ctx, desk->editor->store, id, out);
}

gaz_status gaz_desk_place(struct gaz_desk *desk, gaz_id id,
                          struct gaz_place *out)
{
    bool hides = false;
    gaz_status status =
        gaz_store_place(desk->ctx, desk->editor->store, id, out);
    if (status == GAZ_OK)
        status = gaz_desk_hides(desk, out->id, &hides);
    return status == GAZ_OK && hides
               ? gaz_fail(desk->ctx, GAZ_NOT_FOUND, "no such place")
               : status;
}

/* ---- the course of an operation ---- */

gaz_status gaz_desk_begin(struct gaz_desk *desk, gaz_id id)
{
    struct gaz_editor_answer *out = desk->out;
    *out = (struct gaz_editor_answer){.verdict = GAZ_EDITOR_DONE, .about = id};
    gaz_status status =
        gaz_edit_begin(desk->ctx, desk->editor->store, &desk->work);
    if (status == GAZ_OK && id)
        status = read_known(desk->ctx, desk->editor->store, id,
                            desk->by->sees_closed, out);
    if (status != GAZ_OK || !id || out->verdict != GAZ_EDITOR_DONE)
        return status;
    if (desk->by->seen >= 0 && out->version > desk->by->seen)
        gaz_desk_refuse(desk, GAZ_EDITOR_STALE, "该记录已被他人修改",
                        "somebody has changed it since you read it");
    return GAZ_OK;
}

static bool differs(const char *given, const char *known)
{
    return given && known && strcmp(given, known) != 0;
}

/* What is known of a source is not changed by a write, but for its edition. */
static gaz_status complete_source(struct gaz_desk *desk, struct gaz_source *out)
{
    const struct gaz_source *given = desk->by->source;
    struct gaz_source known;
    gaz_status status =
        gaz_edit_source(desk->ctx, desk->editor->store, given->key, &known);
    if (status == GAZ_NOT_FOUND) {
        forgive(desk->ctx);
        *out = *given;
        if (!given->title || !given->origin || !given->licence)
            gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT,
                            "新的来源须写明名称、出处与许可",
                            "a source that is not known yet needs a title, an "
                            "origin and a licence");
        return GAZ_OK;
    }
    if (status != GAZ_OK)
        return status;
    if (differs(given->title, known.title) ||
        differs(given->origin, known.origin) ||
        differs(given->licence, known.licence) ||
        differs(given->grade, known.grade))
        gaz_desk_refuse(desk, GAZ_EDITOR_CONFLICT,
                        "该来源的名称、出处、许可或等级与库中不同",
                        "title, origin, licence or grade of the source differ "
                        "from what is known of it");
    *out = known;
    out->edition = given->edition;
    return GAZ_OK;
}

gaz_status gaz_desk_keep(struct gaz_desk *desk, gaz_entry_kind kind)
{
    struct gaz_ctx *ctx = desk->ctx;
    struct gaz_store *store = desk->editor->store;
    struct gaz_source source;
    int64_t next = 0;
    bool is_new;
    gaz_status status = complete_source(desk, &source);
    if (status != GAZ_OK || !gaz_desk_goes_on(desk))
        return status;
    status = gaz_store_put_source(ctx, store, &source, &desk->source);
    if (status == GAZ_OK)
        status = gaz_edit_next_id(ctx, store, &next);
    if (status != GAZ_OK)
        return status;
    desk->record_key =
        gaz_arena_printf(&ctx->arena, "edit-%lld", (long long)next);
    const struct gaz_record record = {
        .kind = kind, .key = desk->record_key, .verbatim = desk->by->verbatim};
    return gaz_store_put_record(ctx, store, desk->source, &record,
                                &desk->record, &is_new);
}

static gaz_status finish(struct gaz_desk *desk)
{
    struct gaz_ctx *ctx = desk->ctx;
    struct gaz_store *store = desk->editor->store;
    struct gaz_editor_answer *out = desk->out;
    const struct gaz_edit_note note = {
        .action = desk->action,
        .about = out->about,
        .who = desk->by->who,
        .key = desk->by->key,
        .why = desk->by->why,
        .request = desk->by->request,
        .source = desk->source,
        .edition = desk->source ? desk->by->source->edition : NULL,
        .record = desk->record,
        .undoes = desk->undoes};
    struct gaz_edit_work *work = desk->work;
    const int64_t before = out->version;
    uint64_t last = 0;
    out->first = gaz_edit_first(work);
    desk->work = NULL; /* gaz_edit_end closes it */
    gaz_status status = gaz_edit_end(ctx, store, work, &note, &out->edit);
    if (status == GAZ_OK)
        status = gaz_store_journal_seq(ctx, store, &last);
    out->last = (int64_t)last;
    if (status == GAZ_OK && out->edit == 0) {
        out->verdict = GAZ_EDITOR_SAME;
        out->first = out->last = 0;
    }
    if (status == GAZ_OK)
        status = read_state(ctx, store, out->about, out);
    if (status == GAZ_NOT_FOUND) { /* an undo of its making */
        forgive(ctx);
        status = GAZ_OK;
    }
    if (status == GAZ_OK && desk->by->is_dry) {
        out->edit = out->first = out->last = 0;
        out->version = before;
    }
    if (status == GAZ_OK && !desk->by->is_dry && desk->by->note)
        status = desk->by->note(ctx, store, out, desk->by->user);
    if (status == GAZ_OK && out->edit != 0)
        return gaz_store_commit(ctx, store);
    return status;
}

gaz_status gaz_desk_end(struct gaz_desk *desk, gaz_status status)
{
    if (status == GAZ_OK && gaz_desk_goes_on(desk))
        status = finish(desk);
    gaz_edit_drop(desk->ctx, desk->editor->store, desk->work);
    desk->work = NULL;
    gaz_status ignored = gaz_store_rollback(desk->ctx, desk->editor->store);
    (void)ignored; /* closing rolls back as well; the first failure stands */
    return status;
}
