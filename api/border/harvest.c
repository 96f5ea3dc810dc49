/* SPDX-License-Identifier: Apache-2.0 */
/* harvest.c - boundary harvest: the neighbour's line and markers over OGC API -
 * Features become a submission of theirs, and are compared with ours. */
#include <string.h>

#include "api/border/compare.h"
#include "api/border/harvest.h"
#include "api/cli_url.h"
#include "gazetteer/base/clock.h"
#include "importers/fetch.h"

enum { OUTPUT_MAX_BYTES = 64 * 1024 * 1024, LAYERS = 2 };

struct harvesting {
    struct api_cli *cli;
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    struct gaz_boundary_line line;
    const char *url;
    const char *headers[2];
    struct api_harvest harvest;
    struct api_harvest_layer layers[LAYERS];
    int layer_count;
    size_t line_pages; /* the first pages are those of the lines */
    struct gaz_boundary_submission submission;
    struct imp_delivery delivery;
    struct imp_edition_left left;
    struct imp_delivered delivered;
    int64_t previous; /* submission of the same side; 0: none */
    int64_t id;
    bool is_new;
    struct api_border_compared compared;
};

/* ---- what is asked ---- */

/* One collection that the URL names; or of a service the two of a Diming. */
static void name_layers(struct harvesting *h)
{
    struct gaz_arena *arena = &h->ctx->arena;
    size_t len = strlen(h->url);
    while (len > 0 && h->url[len - 1] == '/')
        len--;
    const char *base = gaz_arena_strndup(arena, h->url, len);
    const char *section = h->line.section;
    const char *filter = gaz_arena_printf(
        arena, "line=%s%s%s", api_harvest_escape(arena, h->line.code),
        section[0] ? "&section=" : "", api_harvest_escape(arena, section));
    if (strstr(base, "/collections/")) {
        if (len > 6 && strcmp(base + len - 6, "/items") == 0)
            base = gaz_arena_strndup(arena, base, len - 6);
        h->layers[0] = (struct api_harvest_layer){.url = base, .filter = ""};
        h->layer_count = 1;
        return;
    }
    h->layers[0] = (struct api_harvest_layer){
        .url = gaz_arena_printf(arena, "%s/collections/boundary-lines", base),
        .filter = gaz_arena_printf(arena, "%s&schematic=false", filter)};
    h->layers[1] = (struct api_harvest_layer){
        .url = gaz_arena_printf(arena, "%s/collections/boundary-markers", base),
        .filter = filter};
    h->layer_count = h->headers[0] ? 2 : 1; /* markers need a key */
}

/* ---- what came ---- */

static gaz_status read_layers(struct harvesting *h)
{
    bool in_4490 = true;
    gaz_status status = GAZ_OK;
    for (int i = 0; i < h->layer_count && status == GAZ_OK; i++) {
        status = api_harvest_describe(&h->harvest, &h->layers[i]);
        in_4490 = in_4490 && h->layers[i].offers_4490;
    }
    for (int i = 0; i < h->layer_count && status == GAZ_OK; i++) {
        status = api_harvest_read(&h->harvest, &h->layers[i], in_4490);
        if (i == 0)
            h->line_pages = h->harvest.pages.count;
    }
    h->submission.crs = in_4490 ? "EPSG:4490" : "EPSG:4326";
    h->submission.axes = in_4490 ? "north-east" : "";
    return status;
}

/* A schematic line is for showing: comparing it with a survey says nothing. */
static gaz_status leave_schematic(struct harvesting *h)
{
    const struct api_harvest_layer *lines = &h->layers[0];
    size_t skip = 0;
    const bool is_for_showing =
        lines->tally.features > 0 &&
        lines->tally.schematic + lines->tally.placeless >=
            lines->tally.features;
    if (is_for_showing)
        skip = h->line_pages;
    if (h->harvest.pages.count > skip &&
        lines->tally.features + h->layers[1].tally.features > 0) {
        api_harvest_parts(&h->harvest, skip, &h->submission);
        return GAZ_OK;
    }
    const bool needs_key = is_for_showing || !h->headers[0];
    h->harvest.pages.zh = needs_key
                              ? "对方只公开示意线，比对须用有测绘权限的密钥"
                              : "对方没有该界线的数据";
    return needs_key
               ? gaz_fail(h->ctx, GAZ_INVALID,
                          "the neighbour shows the schematic line only: its "
                          "survey needs a key with the role surveyor (--key)")
               : gaz_fail(h->ctx, GAZ_INVALID,
                          "the neighbour has nothing of line %s", h->line.code);
}

static gaz_status judge(struct harvesting *h)
{
    const char *zh = NULL;
    const char *en = NULL;
    const char *note = NULL;
    gaz_status status =
        api_border_judge(h->ctx, h->store, &h->line, &h->delivery,
                         h->submission.crs, &zh, &en, &note);
    if (status != GAZ_OK)
        return status;
    h->submission.note =
        h->left.zh && note[0]
            ? gaz_arena_printf(&h->ctx->arena, "%s；%s", note, h->left.zh)
        : h->left.zh ? h->left.zh
                     : note;
    if (!en)
        return GAZ_OK;
    h->harvest.pages.zh = zh;
    return gaz_fail(h->ctx, GAZ_INVALID, "%s", en);
}

static gaz_status find_previous(struct harvesting *h)
{
    struct gaz_boundary_submissions list;
    gaz_status status = gaz_boundary_submissions(h->ctx, h->store, h->line.id,
                                                 h->harvest.side, &list);
    if (status == GAZ_OK && list.count > 0)
        h->previous = list.items[0].id;
    return status;
}

static gaz_status put(struct harvesting *h)
{
    h->submission.side = h->harvest.side;
    h->submission.name = h->url;
    h->submission.is_harvest = true;
    h->submission.who = "harvest";
    h->submission.lines = (int64_t)h->delivered.line_count;
    h->submission.areas = (int64_t)h->delivered.area_count;
    h->submission.markers = (int64_t)h->delivered.marker_count;
    h->submission.rejected = (int64_t)h->delivery.rejected;
    gaz_status status = find_previous(h);
    if (status == GAZ_OK)
        status = gaz_store_begin(h->ctx, h->store);
    if (status == GAZ_OK)
        status = gaz_boundary_put_submission(
            h->ctx, h->store, h->line.id, &h->submission, &h->id, &h->is_new);
    if (status == GAZ_OK)
        status = gaz_boundary_drop_pages(h->ctx, h->store, h->line.id,
                                         h->harvest.side);
    return status == GAZ_OK ? gaz_store_commit(h->ctx, h->store) : status;
}

static gaz_status take_in(struct harvesting *h)
{
    gaz_status status = leave_schematic(h);
    if (status != GAZ_OK)
        return status;
    api_border_seal(h->ctx, &h->submission);
    h->submission.is_harvest = true;
    status = api_border_read(h->ctx, &h->submission, &h->delivery, &h->left);
    if (status == GAZ_OK)
        status = judge(h);
    if (status == GAZ_OK)
        status = imp_delivery_turn(h->ctx, &h->delivery, h->submission.crs,
                                   true, &h->delivered);
    return status == GAZ_OK ? put(h) : status;
}

/* ---- comparing, and the history ---- */

static gaz_status keep_check(struct harvesting *h,
                             const struct gaz_boundary_check *check)
{
    int64_t id = 0;
    gaz_status status = gaz_store_begin(h->ctx, h->store);
    if (status == GAZ_OK)
        status =
            gaz_boundary_put_check(h->ctx, h->store, h->line.id, check, &id);
    return status == GAZ_OK ? gaz_store_commit(h->ctx, h->store) : status;
}

static gaz_status compare(struct harvesting *h)
{
    const char *zh = "";
    const char *en = "";
    struct gaz_boundary_check *check = &h->compared.check;
    gaz_status status =
        api_border_compare(h->ctx, h->store, &h->line, &h->compared);
    if (status == GAZ_OK && h->is_new && h->previous)
        status =
            api_border_change(h->ctx, h->store, h->previous, h->id, &zh, &en);
    if (status != GAZ_OK)
        return status;
    if (zh[0]) {
        check->message = gaz_arena_printf(&h->ctx->arena, "%s；对方数据%s",
                                          check->message, zh);
        check->message_en =
            gaz_arena_printf(&h->ctx->arena, "%s; the neighbour's data %s",
                             check->message_en, en);
    }
    return keep_check(h, check);
}

/* A night that failed is part of the history. What keeping it says does not
 * hide why it failed. */
static void keep_failure(struct harvesting *h)
{
    struct gaz_ctx own = {0};
    struct gaz_ctx *before = h->ctx;
    const struct gaz_boundary_check check = {
        .outcome = "failed",
        .message = h->harvest.pages.zh ? h->harvest.pages.zh : "采集失败",
        .message_en = gaz_ctx_failure(before),
        .shared_m = -1,
        .overlap_m2 = -1,
        .gap_m2 = -1,
        .largest_m = -1,
        .markers = -1};
    h->ctx = &own;
    const gaz_status rolled_back = gaz_store_rollback(&own, h->store);
    own.failure[0] = '\0';
    const gaz_status kept = keep_check(h, &check);
    (void)rolled_back;
    (void)kept;
    h->ctx = before;
    gaz_ctx_close(&own);
}

static void write_outcome(const struct harvesting *h, struct gaz_buffer *out)
{
    gaz_buffer_printf(out,
                      "%s: %d pages fetched, %d unchanged; submission %lld of "
                      "side %c%s: %zu lines, %zu markers, %zu rejected\n",
                      h->url, h->harvest.pages.fetched,
                      h->harvest.pages.unchanged, (long long)h->id,
                      h->harvest.side, h->is_new ? "" : " (unchanged)",
                      h->delivered.line_count, h->delivered.marker_count,
                      h->delivery.rejected);
    if (h->submission.note[0])
        gaz_buffer_printf(out, "  %s\n", h->submission.note);
    gaz_buffer_printf(out, "  %s\n", h->compared.check.message);
}

static bool take_options(struct harvesting *h)
{
    if (h->cli->argument_count != 2 ||
        !imp_fetch_is_url(h->cli->arguments[1])) {
        (void)api_cli_misuse(h->cli,
                             "which URL? of the neighbour's service, or "
                             "of a collection");
        return false;
    }
    h->url = h->cli->arguments[1];
    h->harvest.pages =
        (struct imp_pages){.ctx = h->ctx, .began_ms = gaz_clock_ms()};
    int pause_ms;
    if (!api_cli_number(h->cli, "--pause", 0, IMP_PAGES_PAUSE_MAX_MS, 0,
                        &pause_ms))
        return false;
    h->harvest.pages.pause_ms = pause_ms;
    return api_cli_number(h->cli, "--page", 1, IMP_PAGES_LIMIT_MAX,
                          IMP_PAGES_LIMIT_DEFAULT, &h->harvest.page_size);
}

/* The other side than ours. */
static gaz_status take_side(struct harvesting *h)
{
    const char own = h->line.own;
    const char other = own == 'A' ? 'B' : own == 'B' ? 'A' : '\0';
    if (!other && !api_cli_option(h->cli, "--side"))
        return gaz_fail(h->ctx, GAZ_INVALID,
                        "line %s does not say which side is ours: --side A or "
                        "B says which is the neighbour's",
                        h->line.code);
    if (!api_border_side(h->cli, other, &h->harvest.side) ||
        h->harvest.side == own)
        return gaz_fail(h->ctx, GAZ_INVALID,
                        "--side is the neighbour's, and %c is ours",
                        own ? own : '?');
    return GAZ_OK;
}

static gaz_status harvest(struct harvesting *h)
{
    h->harvest.store = h->store;
    h->harvest.line = &h->line;
    h->harvest.pages.headers = h->headers[0] ? h->headers : NULL;
    name_layers(h);
    gaz_status status = read_layers(h);
    if (status == GAZ_OK)
        status = take_in(h);
    if (status == GAZ_OK)
        status = compare(h);
    if (status != GAZ_OK)
        keep_failure(h);
    return status;
}

api_exit api_border_harvest(struct api_cli *cli)
{
    struct harvesting h = {.cli = cli, .ctx = &cli->worker.ctx};
    struct gaz_buffer out;
    bool is_json;
    if (!take_options(&h) || !api_border_format(cli, &is_json))
        return API_EXIT_USAGE;
    gaz_status status = api_cli_url_key(cli, &h.headers[0]);
    if (status == GAZ_OK)
        status = api_cli_open_store(cli, GAZ_STORE_WRITE, &h.store);
    if (status == GAZ_OK)
        status = api_border_find(cli, h.store, &h.line);
    if (status == GAZ_OK)
        status = take_side(&h);
    if (status == GAZ_OK)
        status = harvest(&h);
    gaz_store_close(h.store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    gaz_buffer_open(&out, OUTPUT_MAX_BYTES);
    if (!is_json)
        write_outcome(&h, &out);
    api_border_write(&h.ctx->arena, &h.line, &h.compared, is_json, &out);
    return api_border_print(cli, &out);
}
