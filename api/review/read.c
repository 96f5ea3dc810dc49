/* SPDX-License-Identifier: Apache-2.0 */
/* read.c - GET: the list, one of it, how many there are, the sheet, the page.
 */
#include "api/review/ask.h"
#include "api/review/desk.h"
#include "api/review/handlers.h"
#include "api/review/write.h"
#include "api/static.h"

/* What a clerk sees is nobody else's, and changes with every decision. */
static const char NO_STORE[] = "no-store";

static gaz_status list(struct gaz_ctx *ctx, struct gaz_store *store, void *user)
{
    struct api_desk_work *work = user;
    struct gaz_reviews reviews;
    work->is_reached = true;
    gaz_status status = gaz_review_list(ctx, store, &work->filter, &reviews);
    if (status == GAZ_OK)
        api_review_write_list(ctx, store, work->request, &reviews,
                              work->out->body);
    return status;
}

gaz_status api_review_list_get(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    struct api_desk_work work = {
        .worker = worker, .request = request, .out = out};
    gaz_status status = api_review_ask_filter(worker, request, &work.filter);
    out->cache_control = NO_STORE;
    return status == GAZ_OK ? api_desk_read(&work, list) : status;
}

static gaz_status summarise(struct gaz_ctx *ctx, struct gaz_store *store,
                            void *user)
{
    struct api_desk_work *work = user;
    const struct gaz_review_share *shares;
    int count = 0;
    work->is_reached = true;
    gaz_status status = gaz_review_shares(ctx, store, &shares, &count);
    if (status == GAZ_OK)
        api_review_write_shares(shares, count, work->out->body);
    return status;
}

gaz_status api_review_summary_get(struct api_worker *worker,
                                  const struct api_request *request,
                                  struct api_response *out)
{
    struct api_desk_work work = {
        .worker = worker, .request = request, .out = out};
    out->cache_control = NO_STORE;
    return api_desk_read(&work, summarise);
}

static gaz_status show(struct gaz_ctx *ctx, struct gaz_store *store, void *user)
{
    struct api_desk_work *work = user;
    struct gaz_review review;
    work->is_reached = true;
    gaz_status status = gaz_review_see(
        ctx, store, work->id, api_desk_hides_closed(work->worker), &review);
    if (status != GAZ_OK)
        return api_desk_refuse(ctx, store, work, status);
    work->out->etag = api_review_write_etag(&ctx->arena, &review);
    return api_review_write_item(ctx, store, work->request, &review,
                                 work->out->body);
}

gaz_status api_review_item_get(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    struct api_desk_work work = {
        .worker = worker, .request = request, .out = out};
    gaz_status status = api_review_ask_id(worker, request, &work.id);
    out->cache_control = "private, no-cache";
    return status == GAZ_OK ? api_desk_read(&work, show) : status;
}

static gaz_status export(struct gaz_ctx *ctx, struct gaz_store *store,
                         void *user)
{
    struct api_desk_work *work = user;
    work->is_reached = true;
    return api_review_export(ctx, store, &work->filter, work->out->body);
}

gaz_status api_review_sheet_get(struct api_worker *worker,
                                const struct api_request *request,
                                struct api_response *out)
{
    struct api_desk_work work = {
        .worker = worker, .request = request, .out = out};
    gaz_status status = api_review_ask_filter(worker, request, &work.filter);
    if (status != GAZ_OK)
        return status;
    work.filter.limit = 0;
    out->cache_control = NO_STORE;
    out->disposition = "attachment; filename=\"decisions.csv\"";
    gaz_buffer_text(out->body, "\xEF\xBB\xBF"); /* Excel asks for it */
    return api_desk_read(&work, export);
}

gaz_status api_review_page(struct api_worker *worker,
                           const struct api_request *request,
                           struct api_response *out)
{
    static const char PAGE[] = "/assets/review.html";
    struct api_request page = *request;
    page.path = api_static_has(PAGE) ? PAGE : "/";
    return api_static_answer(worker, &page, out);
}
