/* SPDX-License-Identifier: Apache-2.0 */
/* handlers.c - each operation of the editor as a job. */
#include "api/write/handlers.h"

#include "api/part.h"
#include "api/problem.h"
#include "api/write/write.h"
#include "gazetteer/base/text.h"
#include "gazetteer/store/secrecy.h"

#define CTX(write) (&(write)->worker->ctx)

static bool has_slips(const struct api_write *write)
{
    return write->form.slip_count > 0;
}

/* ---- places ---- */

static gaz_status create_place(struct api_write *write,
                               struct gaz_editor *editor)
{
    struct gaz_place place = {.id = 0};
    api_form_place(&write->form, write->envelope.thing, write->envelope.pointer,
                   &place);
    return has_slips(write)
               ? GAZ_OK
               : gaz_editor_create_place(CTX(write), editor, &write->by, &place,
                                         &write->answer);
}

static gaz_status put_place(struct api_write *write, struct gaz_editor *editor)
{
    struct gaz_place place = {.id = write->id};
    api_form_place(&write->form, write->envelope.thing, write->envelope.pointer,
                   &place);
    return has_slips(write)
               ? GAZ_OK
               : gaz_editor_put_place(CTX(write), editor, &write->by, &place,
                                      &write->answer);
}

/* What is there, for a patch; false: the answer says why not. */
static gaz_status read_present(struct api_write *write,
                               struct gaz_editor *editor, bool wants_address,
                               bool *goes_on)
{
    struct gaz_editor_answer *answer = &write->answer;
    gaz_status status = gaz_editor_read(CTX(write), editor, write->id,
                                        write->by.sees_closed, answer);
    *goes_on = status == GAZ_OK && answer->verdict == GAZ_EDITOR_DONE;
    if (*goes_on && answer->is_address != wants_address) {
        answer->verdict = GAZ_EDITOR_MISSING;
        answer->zh =
            wants_address ? "这是地名，不是地址" : "这是地址，不是地名";
        answer->en = wants_address ? "this id is a place, not an address"
                                   : "this id is an address, not a place";
        *goes_on = false;
    }
    return status;
}

static gaz_status patch_place(struct api_write *write,
                              struct gaz_editor *editor)
{
    bool goes_on;
    gaz_status status = read_present(write, editor, false, &goes_on);
    if (!goes_on)
        return status;
    struct gaz_place place = write->answer.place;
    api_form_place(&write->form, write->envelope.thing, write->envelope.pointer,
                   &place);
    return has_slips(write)
               ? GAZ_OK
               : gaz_editor_put_place(CTX(write), editor, &write->by, &place,
                                      &write->answer);
}

static struct gaz_editor_end end_of(const struct api_write *write)
{
    return (struct gaz_editor_end){.id = write->id,
                                   .date = write->envelope.date,
                                   .successor = write->envelope.successor};
}

static gaz_status abolish_place(struct api_write *write,
                                struct gaz_editor *editor)
{
    const struct gaz_editor_end end = end_of(write);
    return gaz_editor_abolish_place(CTX(write), editor, &write->by, &end,
                                    &write->answer);
}

/* ---- names ---- */

static gaz_status add_name(struct api_write *write, struct gaz_editor *editor)
{
    struct gaz_name name = {.kind = GAZ_NAME_ALIAS};
    api_form_name(&write->form, write->envelope.thing, write->envelope.pointer,
                  &name);
    return has_slips(write)
               ? GAZ_OK
               : gaz_editor_add_name(CTX(write), editor, &write->by, write->id,
                                     &name, &write->answer);
}

static int index_of(const struct api_write *write)
{
    return write->number < GAZ_NAMES_MAX ? (int)write->number : GAZ_NAMES_MAX;
}

static gaz_status put_name(struct api_write *write, struct gaz_editor *editor)
{
    struct gaz_name name = {.kind = write->number == 0 ? GAZ_NAME_STANDARD
                                                       : GAZ_NAME_ALIAS};
    api_form_name(&write->form, write->envelope.thing, write->envelope.pointer,
                  &name);
    return has_slips(write)
               ? GAZ_OK
               : gaz_editor_put_name(CTX(write), editor, &write->by, write->id,
                                     index_of(write), &name, &write->answer);
}

static gaz_status remove_name(struct api_write *write,
                              struct gaz_editor *editor)
{
    return gaz_editor_drop_name(CTX(write), editor, &write->by, write->id,
                                index_of(write), &write->answer);
}

/* ---- addresses ---- */

static gaz_status create_address(struct api_write *write,
                                 struct gaz_editor *editor)
{
    struct gaz_address address = {.id = 0};
    api_form_address(&write->form, write->envelope.thing,
                     write->envelope.pointer, &address);
    return has_slips(write)
               ? GAZ_OK
               : gaz_editor_create_address(CTX(write), editor, &write->by,
                                           &address, &write->answer);
}

/* PUT begins with nothing but the id and the text, PATCH with what is there. */
static gaz_status change_address(struct api_write *write,
                                 struct gaz_editor *editor, bool is_patch)
{
    bool goes_on;
    gaz_status status = read_present(write, editor, true, &goes_on);
    if (!goes_on)
        return status;
    struct gaz_address address = {.id = write->id,
                                  .text = write->answer.address.text};
    if (is_patch)
        address = write->answer.address;
    api_form_address(&write->form, write->envelope.thing,
                     write->envelope.pointer, &address);
    return has_slips(write)
               ? GAZ_OK
               : gaz_editor_put_address(CTX(write), editor, &write->by,
                                        &address, &write->answer);
}

static gaz_status put_address(struct api_write *write,
                              struct gaz_editor *editor)
{
    return change_address(write, editor, false);
}

static gaz_status patch_address(struct api_write *write,
                                struct gaz_editor *editor)
{
    return change_address(write, editor, true);
}

static gaz_status abolish_address(struct api_write *write,
                                  struct gaz_editor *editor)
{
    const struct gaz_editor_end end = end_of(write);
    return gaz_editor_abolish_address(CTX(write), editor, &write->by, &end,
                                      &write->answer);
}

static gaz_status undo(struct api_write *write, struct gaz_editor *editor)
{
    return gaz_editor_undo(CTX(write), editor, &write->by, write->number,
                           &write->answer);
}

/* ---- the handlers ---- */

#define HANDLER(name, ...)                                                     \
    gaz_status name(struct api_worker *worker,                                 \
                    const struct api_request *request,                         \
                    struct api_response *out)                                  \
    {                                                                          \
        static const struct api_write_job job = {__VA_ARGS__};                 \
        return api_write_run(worker, request, &job, out);                      \
    }

HANDLER(api_write_place_create, .kind = API_FORM_PLACE, .is_new = true,
        .call = create_place)
HANDLER(api_write_place_put, .kind = API_FORM_PLACE, .needs_match = true,
        .call = put_place)
HANDLER(api_write_place_patch, .kind = API_FORM_PLACE, .needs_match = true,
        .patches = true, .call = patch_place)
HANDLER(api_write_place_abolish, .kind = API_FORM_END, .needs_match = true,
        .call = abolish_place)
HANDLER(api_write_name_add, .kind = API_FORM_NAME, .needs_match = true,
        .call = add_name)
HANDLER(api_write_name_put, .kind = API_FORM_NAME, .needs_match = true,
        .call = put_name)
HANDLER(api_write_name_remove, .kind = API_FORM_REMOVE, .needs_match = true,
        .call = remove_name)
HANDLER(api_write_address_create, .kind = API_FORM_ADDRESS, .is_new = true,
        .call = create_address)
HANDLER(api_write_address_put, .kind = API_FORM_ADDRESS, .needs_match = true,
        .call = put_address)
HANDLER(api_write_address_patch, .kind = API_FORM_ADDRESS, .needs_match = true,
        .patches = true, .call = patch_address)
HANDLER(api_write_address_abolish, .kind = API_FORM_END, .needs_match = true,
        .call = abolish_address)
HANDLER(api_write_undo, .kind = API_FORM_UNDO, .call = undo)

/* ---- reading ---- */

static void write_group(struct gaz_json *json, const struct gaz_edit *edit)
{
    gaz_json_object(json, NULL);
    gaz_json_int(json, "group", edit->id);
    gaz_json_string(json, "at", edit->at);
    gaz_json_string(json, "action", edit->note.action);
    api_part_id(json, "about", edit->note.about);
    gaz_json_int(json, "first", edit->first);
    gaz_json_int(json, "last", edit->last);
    gaz_json_string(json, "who", edit->note.who);
    gaz_json_optional(json, "key", edit->note.key);
    gaz_json_string(json, "why", edit->note.why);
    gaz_json_optional(json, "request", edit->note.request);
    gaz_json_optional(json, "source", edit->source_key);
    gaz_json_optional(json, "edition", edit->note.edition);
    if (edit->note.undoes)
        gaz_json_int(json, "undoes", edit->note.undoes);
    if (edit->undone)
        gaz_json_int(json, "undone_by", edit->undone);
    gaz_json_end(json);
}

/* A change of what is graded is none for others than admins. */
static gaz_status read_change(struct api_worker *worker,
                              struct gaz_store *store, int64_t seq,
                              struct gaz_edit *out)
{
    bool is_closed = false;
    gaz_status status = gaz_edit_at(&worker->ctx, store, seq, out);
    if (status == GAZ_OK && !(worker->caller.roles & GAZ_ROLE_ADMIN))
        status = gaz_secrecy_is_closed(&worker->ctx, store, out->note.about,
                                       &is_closed);
    return status == GAZ_OK && is_closed
               ? gaz_fail(&worker->ctx, GAZ_NOT_FOUND, "no such change")
               : status;
}

gaz_status api_write_change_get(struct api_worker *worker,
                                const struct api_request *request,
                                struct api_response *out)
{
    struct gaz_editor *editor;
    struct gaz_edit edit;
    struct gaz_json json;
    int64_t seq = 0;
    if (!gaz_text_parse_int(api_capture(request, "seq"), &seq) || seq < 0)
        return api_problem_parameter(worker, "seq", "应为变更序号",
                                     "'%.40s' is no number of a change",
                                     api_capture(request, "seq"));
    gaz_status status = api_scribe_take(worker, &editor);
    if (status != GAZ_OK)
        return status;
    status = read_change(worker, gaz_editor_store(editor), seq, &edit);
    status = api_scribe_give(worker, status);
    if (status != GAZ_OK)
        return status;
    gaz_json_open(&json, out->body);
    write_group(&json, &edit);
    out->cache_control = "no-store";
    return GAZ_OK;
}

gaz_status api_write_record_get(struct api_worker *worker,
                                const struct api_request *request,
                                struct api_response *out)
{
    struct gaz_editor *editor;
    struct gaz_editor_answer answer;
    struct gaz_json json;
    gaz_id id;
    if (!gaz_id_parse(api_capture(request, "id"), &id))
        return api_problem_parameter(worker, "id", "编号应为 13 位字符",
                                     "'%.40s' is no id; ids have 13 characters",
                                     api_capture(request, "id"));
    gaz_status status = api_scribe_take(worker, &editor);
    if (status != GAZ_OK)
        return status;
    status =
        gaz_editor_read(&worker->ctx, editor, id,
                        (worker->caller.roles & GAZ_ROLE_ADMIN) != 0, &answer);
    status = api_scribe_give(worker, status);
    if (status != GAZ_OK)
        return status;
    if (answer.verdict == GAZ_EDITOR_MISSING)
        return api_problem_fail(worker, GAZ_NOT_FOUND, 404, answer.zh, "%s",
                                answer.en);
    char text[GAZ_ID_TEXT_BYTES];
    if (answer.verdict == GAZ_EDITOR_CONFLICT) {
        out->status = 301;
        out->location =
            gaz_arena_printf(&worker->ctx.arena, "/v1/places/%s/record",
                             gaz_id_write(answer.about, text));
        return GAZ_OK;
    }
    gaz_json_open(&json, out->body);
    if (answer.is_address)
        api_form_write_address(&json, NULL, &answer.address);
    else
        api_form_write_place(&json, NULL, &answer.place);
    out->etag = api_write_etag(&worker->ctx.arena, "", id, answer.version);
    out->cache_control = "no-cache";
    return GAZ_OK;
}
