/* SPDX-License-Identifier: Apache-2.0 */
/* place.c - everything that is known of one place, division or address. */
#include <string.h>

#include "api/detail.h"
#include "api/handlers.h"
#include "api/params.h"
#include "api/problem.h"
#include "api/write/write.h"

/* A merged id answers with the way to what it was merged into. */
static void redirect(struct api_worker *worker, gaz_id kept,
                     struct api_response *out)
{
    char id[GAZ_ID_TEXT_BYTES];
    out->status = 301;
    out->location = gaz_arena_printf(&worker->ctx.arena, "/v1/places/%s",
                                     gaz_id_write(kept, id));
}

/* The tag tells also to which entry of the journal the record is shown, for the
 * If-Match of a change (api/write/write.h). */
static void tag(struct api_worker *worker, gaz_id id, struct api_response *out)
{
    if (!out->etag)
        return;
    const char *hash = gaz_arena_strndup(&worker->ctx.arena, out->etag + 1,
                                         strcspn(out->etag + 1, "\""));
    out->etag = api_write_etag(&worker->ctx.arena, hash, id,
                               (int64_t)worker->snap->journal_seq);
}

gaz_status api_place_by_id(struct api_worker *worker,
                           const struct api_request *request,
                           struct api_response *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    gaz_id id;
    gaz_date at;
    if (!gaz_id_parse(api_capture(request, "id"), &id))
        return api_problem_parameter(worker, "id", "编号应为 13 位字符",
                                     "'%.40s' is no id; ids have 13 characters",
                                     api_capture(request, "id"));
    gaz_status status = api_params_at(worker, request, &at);
    if (status != GAZ_OK)
        return status;
    uint32_t place = gaz_snapshot_place(snap, id);
    if (place != GAZ_NONE && snap->places[place].id != id) {
        redirect(worker, snap->places[place].id, out);
        return GAZ_OK;
    }
    if (place != GAZ_NONE) {
        api_detail_place(worker, place, at, out->body);
        tag(worker, id, out);
        return GAZ_OK;
    }
    uint32_t address = gaz_snapshot_address(snap, id);
    if (address == GAZ_NONE)
        return gaz_fail(&worker->ctx, GAZ_NOT_FOUND,
                        "no place or address has the id %.40s",
                        api_capture(request, "id"));
    if (snap->addresses[address].id != id) {
        redirect(worker, snap->addresses[address].id, out);
        return GAZ_OK;
    }
    api_detail_address(worker, address, at, out->body);
    tag(worker, id, out);
    return GAZ_OK;
}

/* Of several places that had a code, the one that had it on the day; else the
 * current one; else the first. */
static uint32_t choose(const struct gaz_snapshot *snap,
                       const struct gaz_snap_span *hits, gaz_date at)
{
    uint32_t best = GAZ_NONE;
    int best_score = -1;
    gaz_date day = at ? at : gaz_date_today();
    for (uint32_t i = 0; i < hits->count; i++) {
        uint32_t index = hits->items[i].place;
        const struct gaz_snap_place *place = &snap->places[index];
        int score = 0;
        if (gaz_date_in(day, place->valid_from, place->valid_to))
            score += 2;
        if (place->status == GAZ_STATUS_CURRENT)
            score += 1;
        if (score > best_score) {
            best_score = score;
            best = index;
        }
    }
    return best;
}

gaz_status api_place_by_code(struct api_worker *worker,
                             const struct api_request *request,
                             struct api_response *out)
{
    const char *code = api_capture(request, "code");
    size_t len = strspn(code, "0123456789");
    gaz_date at;
    if (code[len] != '\0' || len < 2 || len > 12)
        return api_problem_parameter(worker, "code",
                                     "区划代码应为 2 至 12 位数字",
                                     "'%.40s' is no division code; codes have "
                                     "2, 4, 6, 9 or 12 digits",
                                     code);
    gaz_status status = api_params_at(worker, request, &at);
    if (status != GAZ_OK)
        return status;
    struct gaz_snap_span hits;
    gaz_snapshot_find(worker->snap, GAZ_KEY_CODE, code, len, &hits);
    uint32_t place = choose(worker->snap, &hits, at);
    if (place == GAZ_NONE)
        return gaz_fail(&worker->ctx, GAZ_NOT_FOUND,
                        "no division has the code %s", code);
    api_detail_place(worker, place, at, out->body);
    return GAZ_OK;
}
