/* SPDX-License-Identifier: Apache-2.0 */
/* import.c - boundary import and boundary submissions. */
#include <stdlib.h>
#include <string.h>

#include "api/border/border.h"
#include "gazetteer/base/file.h"
#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"

enum { OUTPUT_MAX_BYTES = 64 * 1024 * 1024, CRS_FILE_MAX_BYTES = 1000 };

struct importing {
    struct api_cli *cli;
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    struct gaz_boundary_line line;
    struct gaz_boundary_submission submission;
    struct imp_delivery delivery;
    struct imp_delivered delivered;
    const char *path;
    const char *rejects; /* where the bad rows are; NULL: there were none */
    bool is_adopted;
    bool is_new;
    int64_t id;
};

/* ---- what is stated ---- */

/* A system by name, or the file that holds the parameters of a local plane. */
static gaz_status take_crs(struct importing *im)
{
    const char *crs = api_cli_option(im->cli, "--crs");
    struct gaz_map map = {0};
    if (!gaz_text_ends_with(crs, ".proj")) {
        im->submission.crs = crs;
        return GAZ_OK;
    }
    gaz_status status = gaz_file_map(im->ctx, crs, &map);
    if (status == GAZ_NOT_FOUND && !im->ctx->failure[0])
        return gaz_fail(im->ctx, status, "no file '%s'", crs);
    if (status == GAZ_OK && map.size > CRS_FILE_MAX_BYTES)
        status = gaz_fail(im->ctx, GAZ_LIMIT, "'%s' is larger than %d bytes",
                          crs, CRS_FILE_MAX_BYTES);
    if (status == GAZ_OK) {
        size_t len = map.size;
        const char *text = map.data;
        while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r' ||
                           text[len - 1] == ' '))
            len--;
        im->submission.crs = gaz_arena_strndup(&im->ctx->arena, text, len);
    }
    gaz_file_unmap(&map);
    return status;
}

static bool take_axes(struct importing *im)
{
    const char *axes = api_cli_option(im->cli, "--axes");
    im->submission.axes = axes ? axes : "";
    if (!axes || strcmp(axes, "north-east") == 0 ||
        strcmp(axes, "east-north") == 0)
        return true;
    (void)api_cli_misuse(im->cli, "--axes is '%s'; north-east or east-north",
                         axes);
    return false;
}

static const char *told(const struct importing *im, const char *option,
                        const char *fallback)
{
    const char *text = api_cli_option(im->cli, option);
    return text && text[0] ? text : fallback;
}

static bool take_statements(struct importing *im)
{
    const char *user = getenv("USER");
    if (!api_cli_option(im->cli, "--crs")) {
        (void)api_cli_misuse(im->cli,
                             "--crs is needed: EPSG:4490, EPSG:4549, "
                             "EPSG:4528, EPSG:4550, a local plane as a PROJ "
                             "string or a .proj file");
        return false;
    }
    if (!api_cli_option(im->cli, "--line")) {
        (void)api_cli_misuse(im->cli, "which line? --line CODE");
        return false;
    }
    im->submission.who = told(im, "--who", user && user[0] ? user : "-");
    im->submission.note = told(im, "--note", "");
    im->submission.layer = told(im, "--layer", "");
    return api_border_side(im->cli, '\0', &im->submission.side) &&
           take_axes(im);
}

/* ---- reading ---- */

static gaz_status read_file(struct importing *im)
{
    struct imp_delivery_options reading = api_border_reading(&im->submission);
    const char *path = told(im, "--rejects",
                            gaz_arena_printf(&im->ctx->arena, "%s.rejects.csv",
                                             im->submission.name));
    bool is_written = false;
    reading.rejects = imp_reject_open(path, im->path);
    gaz_status status =
        imp_delivery_read(im->ctx, im->path, im->path, &reading, &im->delivery);
    if (status == GAZ_OK)
        status = imp_reject_keep(im->ctx, reading.rejects, &is_written);
    imp_reject_close(reading.rejects);
    im->rejects = is_written ? path : NULL;
    if (status == GAZ_OK && im->delivery.shape_count == 0 &&
        im->delivery.row_count == 0 && im->delivery.list_count == 0)
        status = gaz_fail(im->ctx, GAZ_INVALID,
                          "%s: no line, no area, no marker", im->path);
    return status;
}

/* What the file itself says of its system, if it is not what GeoJSON and KML
 * always say. */
static gaz_status refuse_contradiction(struct importing *im)
{
    const char *own = im->delivery.crs;
    if (!own || strcmp(own, "EPSG:4326") == 0 ||
        strcmp(own, im->submission.crs) == 0 ||
        api_cli_option(im->cli, "--as-stated"))
        return GAZ_OK;
    return gaz_fail(im->ctx, GAZ_INVALID,
                    "%s: the file says that it is in %s, --crs says %s; "
                    "--as-stated takes what --crs says",
                    im->path, own, im->submission.crs);
}

static void add_note(struct importing *im, const char *note)
{
    const char *before = im->submission.note;
    im->submission.note =
        before[0] ? gaz_arena_printf(&im->ctx->arena, "%s；%s", before, note)
                  : note;
}

/* Of several editions the one in force today. */
static void choose_edition(struct importing *im)
{
    const struct imp_edition_left left =
        imp_edition_choose(im->ctx, gaz_date_today(), &im->delivery);
    if (left.zh)
        add_note(im, left.zh);
}

static gaz_status judge(struct importing *im)
{
    const char *zh = NULL;
    const char *en = NULL;
    const char *note = NULL;
    gaz_status status =
        api_border_judge(im->ctx, im->store, &im->line, &im->delivery,
                         im->submission.crs, &zh, &en, &note);
    if (status != GAZ_OK)
        return status;
    if (en && !api_cli_option(im->cli, "--as-stated"))
        return gaz_fail(im->ctx, GAZ_INVALID, "%s: %s", im->path, en);
    if (zh)
        note =
            gaz_arena_printf(&im->ctx->arena, "按所述坐标系强制接收；%s", zh);
    if (note[0])
        add_note(im, note);
    return GAZ_OK;
}

/* --agreed: the positions are those of the agreement. */
static void make_agreed(struct imp_delivered *delivered)
{
    for (size_t i = 0; i < delivered->marker_count; i++) {
        struct gaz_boundary_marker *marker = &delivered->markers[i];
        if (marker->fix_count == 0 || marker->has_agreed)
            continue;
        marker->agreed = marker->fixes[0];
        marker->has_agreed = true;
        marker->fix_count = 0;
    }
}

static gaz_status put(struct importing *im)
{
    const struct imp_delivered *d = &im->delivered;
    im->submission.lines = (int64_t)d->line_count;
    im->submission.areas = (int64_t)d->area_count;
    im->submission.markers = (int64_t)d->marker_count;
    im->submission.rejected = (int64_t)im->delivery.rejected;
    gaz_status status = gaz_store_begin(im->ctx, im->store);
    if (status == GAZ_OK)
        status =
            gaz_boundary_put_submission(im->ctx, im->store, im->line.id,
                                        &im->submission, &im->id, &im->is_new);
    im->is_adopted = im->line.own == im->submission.side;
    if (status == GAZ_OK && im->is_adopted)
        status = api_border_adopt(im->ctx, im->store, &im->line, d);
    return status == GAZ_OK ? gaz_store_commit(im->ctx, im->store) : status;
}

static gaz_status import(struct importing *im)
{
    gaz_status status = take_crs(im);
    if (status == GAZ_OK)
        status = api_cli_open_store(im->cli, GAZ_STORE_WRITE, &im->store);
    if (status == GAZ_OK)
        status = api_border_find(im->cli, im->store, &im->line);
    if (status == GAZ_OK)
        status = api_border_gather(im->ctx, im->path, &im->submission);
    if (status == GAZ_OK)
        status = read_file(im);
    if (status == GAZ_OK)
        status = refuse_contradiction(im);
    if (status == GAZ_OK) {
        choose_edition(im);
        status = judge(im);
    }
    if (status == GAZ_OK)
        status = imp_delivery_turn(im->ctx, &im->delivery, im->submission.crs,
                                   true, &im->delivered);
    if (status != GAZ_OK)
        return status;
    if (api_cli_option(im->cli, "--agreed"))
        make_agreed(&im->delivered);
    api_border_seal(im->ctx, &im->submission);
    return put(im);
}

api_exit api_border_import(struct api_cli *cli)
{
    struct importing im = {.cli = cli, .ctx = &cli->worker.ctx};
    if (cli->argument_count != 2)
        return api_cli_misuse(cli, "which FILE? one at a time");
    im.path = cli->arguments[1];
    if (!take_statements(&im))
        return API_EXIT_USAGE;
    gaz_status status = import(&im);
    gaz_store_close(im.store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    (void)printf("submission %lld of side %c%s: %zu lines, %zu areas, %zu "
                 "markers, %zu rejected\n",
                 (long long)im.id, im.submission.side,
                 im.is_new ? "" : " (the same as before)",
                 im.delivered.line_count, im.delivered.area_count,
                 im.delivered.marker_count, im.delivery.rejected);
    (void)printf("  sha256 %s\n",
                 api_border_hex(&im.ctx->arena, im.submission.sha256));
    if (im.is_adopted)
        (void)printf("  our own side's: lines and markers are brought up to "
                     "date\n");
    if (im.submission.note[0])
        (void)printf("  %s\n", im.submission.note);
    if (im.rejects)
        (void)printf("  rejects: %s\n", im.rejects);
    return API_EXIT_OK;
}

/* ---- the list ---- */

static void write_submission(struct gaz_arena *arena, struct gaz_json *json,
                             const struct gaz_boundary_submission *s)
{
    const char side[2] = {s->side, '\0'};
    gaz_json_object(json, NULL);
    gaz_json_int(json, "id", s->id);
    gaz_json_string(json, "side", side);
    gaz_json_string(json, "name", s->name);
    gaz_json_string(json, "layer", s->layer);
    gaz_json_string(json, "crs", s->crs);
    gaz_json_string(json, "axes", s->axes);
    gaz_json_bool(json, "harvest", s->is_harvest);
    gaz_json_int(json, "lines", s->lines);
    gaz_json_int(json, "areas", s->areas);
    gaz_json_int(json, "markers", s->markers);
    gaz_json_int(json, "rejected", s->rejected);
    gaz_json_string(json, "who", s->who);
    gaz_json_string(json, "at", s->at);
    gaz_json_string(json, "note", s->note);
    gaz_json_string(json, "sha256", api_border_hex(arena, s->sha256));
    gaz_json_end(json);
}

static void write_list(struct gaz_arena *arena,
                       const struct gaz_boundary_submissions *list,
                       bool is_json, struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    if (is_json)
        gaz_json_array(&json, NULL);
    for (size_t i = 0; i < list->count; i++) {
        const struct gaz_boundary_submission *s = &list->items[i];
        if (is_json)
            write_submission(arena, &json, s);
        else
            gaz_buffer_printf(
                out,
                "%4lld %c %s  %s (%s%s%s)  %lld lines %lld areas %lld markers "
                "%lld rejected  by %s  %.12s %s\n",
                (long long)s->id, s->side, s->at, s->name, s->crs,
                s->axes[0] ? " " : "", s->axes, (long long)s->lines,
                (long long)s->areas, (long long)s->markers,
                (long long)s->rejected, s->who,
                api_border_hex(arena, s->sha256), s->note);
    }
    if (is_json) {
        gaz_json_end(&json);
        gaz_buffer_char(out, '\n');
    }
}

/* submissions get ID DIR: the bytes, as they came. */
static gaz_status write_files(struct gaz_ctx *ctx, struct gaz_store *store,
                              const char *number, const char *folder)
{
    struct gaz_boundary_submission s;
    int64_t id = 0;
    if (!gaz_text_parse_int(number, &id))
        return gaz_fail(ctx, GAZ_INVALID, "'%s' is no submission", number);
    gaz_status status = gaz_boundary_submission(ctx, store, id, &s);
    for (size_t i = 0; status == GAZ_OK && i < s.part_count; i++) {
        const char *slash = strrchr(s.parts[i].name, '/');
        const char *path =
            s.is_harvest
                ? gaz_arena_printf(&ctx->arena, "%s/page-%zu.geojson", folder,
                                   i)
                : gaz_arena_printf(&ctx->arena, "%s/%s", folder,
                                   slash ? slash + 1 : s.parts[i].name);
        status = gaz_file_replace(ctx, path, s.parts[i].bytes, s.parts[i].size);
        if (status == GAZ_OK)
            (void)printf("%s\n", path);
    }
    return status;
}

api_exit api_border_submissions(struct api_cli *cli)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_store *store = NULL;
    struct gaz_boundary_line line = {.id = 0};
    struct gaz_boundary_submissions list = {.count = 0};
    struct gaz_buffer out;
    bool is_json;
    const bool gets =
        cli->argument_count == 4 && strcmp(cli->arguments[1], "get") == 0;
    if (!gets && cli->argument_count != 1)
        return api_cli_misuse(cli, "submissions, or submissions get ID DIR");
    if (!api_border_format(cli, &is_json))
        return API_EXIT_USAGE;
    gaz_status status = api_cli_open_store(cli, GAZ_STORE_READ, &store);
    if (status == GAZ_OK && gets)
        status = write_files(ctx, store, cli->arguments[2], cli->arguments[3]);
    if (status == GAZ_OK && !gets)
        status = api_border_find(cli, store, &line);
    if (status == GAZ_OK && !gets)
        status = gaz_boundary_submissions(ctx, store, line.id, '\0', &list);
    gaz_store_close(store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    gaz_buffer_open(&out, OUTPUT_MAX_BYTES);
    if (!gets)
        write_list(&ctx->arena, &list, is_json, &out);
    return api_border_print(cli, &out);
}
