/* SPDX-License-Identifier: Apache-2.0 */
/* maps.c - the map for a report: a picture, a page to print, a legend. */
#include <string.h>

#include "api/handlers.h"
#include "api/params.h"
#include "api/problem.h"
#include "api/tiles.h"
#include "api/tiles_about.h"
#include "gazetteer/base/text.h"
#include "tiles/caption.h"
#include "tiles/legend.h"
#include "tiles/page.h"
#include "tiles/picture.h"

enum {
    SIDE_MIN = 200,
    SIDE_MAX = 4096,
    WIDTH_DEFAULT = 800,
    HEIGHT_DEFAULT = 600,
    PIN_NUMBERS = 2 * TILE_PICTURE_PINS_MAX
};

/* Reads numbers with `separators` between them, in this order; the whole text
 * is used. Returns how many there are, -1 when it is wrong or over `max`. */
static int read_numbers(struct gaz_arena *arena, const char *text,
                        const char *separators, double *out, int max)
{
    int count = 0;
    for (;;) {
        size_t len = strcspn(text, separators);
        if (count == max ||
            !gaz_text_parse_double(gaz_arena_strndup(arena, text, len),
                                   &out[count]))
            return -1;
        count++;
        if (text[len] == '\0')
            return count;
        text += len + 1;
    }
}

static bool is_place(struct gaz_coord coord)
{
    return coord.lon >= -180 && coord.lon <= 180 && coord.lat >= -90 &&
           coord.lat <= 90;
}

static gaz_status take_box(struct api_worker *worker,
                           const struct api_request *request,
                           struct gaz_box *out)
{
    double n[4];
    int count =
        read_numbers(&worker->ctx.arena, api_param(request, "bbox"), ",", n, 4);
    if (count == 4)
        *out = (struct gaz_box){{n[0], n[1]}, {n[2], n[3]}};
    if (count != 4 || !is_place(out->min) || !is_place(out->max) ||
        out->min.lon >= out->max.lon || out->min.lat >= out->max.lat)
        return api_problem_parameter(
            worker, "bbox", "应为西、南、东、北四个度数",
            "bbox is west,south,east,north in degrees");
    return GAZ_OK;
}

static gaz_status take_size(struct api_worker *worker,
                            const struct api_request *request,
                            struct tile_picture *out)
{
    const char *text = api_param(request, "size");
    double n[2] = {WIDTH_DEFAULT, HEIGHT_DEFAULT};
    int count = text ? read_numbers(&worker->ctx.arena, text, "x", n, 2) : 2;
    for (int i = 0; i < 2; i++)
        if (count != 2 || n[i] < SIDE_MIN || n[i] > SIDE_MAX ||
            n[i] != (int)n[i])
            return api_problem_parameter(
                worker, "size", "应为宽x高，像素",
                "size is WIDTHxHEIGHT in pixels, each from %d to %d", SIDE_MIN,
                SIDE_MAX);
    out->width = (int)n[0];
    out->height = (int)n[1];
    return api_params_int(worker, request, "scale", 1, 2, 1, &out->scale);
}

static gaz_status take_pins(struct api_worker *worker,
                            const struct api_request *request,
                            struct tile_picture *out)
{
    const char *text = api_param(request, "markers");
    if (!text)
        return GAZ_OK;
    struct gaz_arena *arena = &worker->ctx.arena;
    double n[PIN_NUMBERS];
    int count = read_numbers(arena, text, ",;", n, PIN_NUMBERS);
    bool ok = count > 0 && count % 2 == 0;
    struct gaz_coord *pins =
        gaz_arena_array(arena, TILE_PICTURE_PINS_MAX, sizeof *pins);
    for (int i = 0; ok && i + 1 < count; i += 2) {
        pins[i / 2] = (struct gaz_coord){n[i], n[i + 1]};
        ok = is_place(pins[i / 2]);
    }
    if (!ok)
        return api_problem_parameter(
            worker, "markers", "应为经度,纬度;经度,纬度…，至多一百处",
            "markers is lon,lat;lon,lat ... in degrees, at most %d",
            TILE_PICTURE_PINS_MAX);
    out->pins = pins;
    out->pin_count = count / 2;
    return GAZ_OK;
}

/* The note first: a map with schematic lines never goes without it. */
static gaz_status take_words(struct api_worker *worker,
                             const struct api_request *request,
                             struct tile_picture *out)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    const char *review;
    gaz_status status =
        tile_caption_review(&worker->ctx, worker->tiles, out->style, &review);
    if (status != GAZ_OK)
        return status;
    out->note = gaz_arena_printf(arena, "%s%s%s", API_TILES_NOTE,
                                 review[0] ? "  " : "", review);
    out->credits = gaz_arena_printf(arena, "资料来源：%s",
                                    api_tiles_attribution(worker, out->style));
    out->refer = gaz_arena_printf(arena, "资料来源：%s/tiles/%s.json",
                                  request->base_url ? request->base_url : "",
                                  out->style);
    return GAZ_OK;
}

static gaz_status take_legend(struct api_worker *worker,
                              const struct api_request *request, bool *out)
{
    int number;
    gaz_status status =
        api_params_int(worker, request, "legend", 0, 1, 0, &number);
    *out = status == GAZ_OK && number == 1;
    return status;
}

gaz_status api_maps_png(struct api_worker *worker,
                        const struct api_request *request,
                        struct api_response *out)
{
    struct tile_picture picture = {.style = api_capture(request, "style")};
    gaz_status status = api_tiles_style_check(worker, picture.style);
    if (status == GAZ_OK)
        status = api_tiles_language(worker, request, &picture.language);
    if (status == GAZ_OK)
        status = take_box(worker, request, &picture.box);
    if (status == GAZ_OK)
        status = take_size(worker, request, &picture);
    if (status == GAZ_OK)
        status = take_pins(worker, request, &picture);
    if (status == GAZ_OK)
        status = take_legend(worker, request, &picture.has_legend);
    if (status == GAZ_OK)
        status = api_tiles_ready(worker);
    if (status == GAZ_OK)
        status = take_words(worker, request, &picture);
    if (status != GAZ_OK)
        return status;
    worker->parameter = "size";
    status =
        tile_picture_draw(&worker->ctx, worker->tiles, &picture, out->body);
    if (status == GAZ_OK)
        worker->parameter = NULL;
    return status;
}

/* ---- a page to print ---- */

static gaz_status take_paper(struct api_worker *worker,
                             const struct api_request *request, tile_paper *out)
{
    const char *text = api_param(request, "paper");
    *out = text && strcmp(text, "A3") == 0 ? TILE_PAPER_A3 : TILE_PAPER_A4;
    if (text && strcmp(text, "A3") != 0 && strcmp(text, "A4") != 0)
        return api_problem_parameter(worker, "paper", "应为 A4 或 A3",
                                     "paper is A4 or A3");
    return GAZ_OK;
}

static gaz_status take_title(struct api_worker *worker,
                             const struct api_request *request,
                             const char **out)
{
    const char *text = api_param(request, "title");
    *out = text ? text : "";
    if (strlen(*out) > TILE_PAGE_TITLE_MAX)
        return api_problem_parameter(worker, "title", "标题过长",
                                     "title has at most %d bytes",
                                     TILE_PAGE_TITLE_MAX);
    return GAZ_OK;
}

gaz_status api_maps_pdf(struct api_worker *worker,
                        const struct api_request *request,
                        struct api_response *out)
{
    struct tile_page page = {.style = api_capture(request, "style")};
    struct tile_picture words = {.style = page.style};
    gaz_status status = api_tiles_style_check(worker, page.style);
    if (status == GAZ_OK)
        status = api_tiles_language(worker, request, &page.language);
    if (status == GAZ_OK)
        status = take_box(worker, request, &page.box);
    if (status == GAZ_OK)
        status = take_paper(worker, request, &page.paper);
    if (status == GAZ_OK)
        status = take_title(worker, request, &page.title);
    if (status == GAZ_OK)
        status = api_tiles_ready(worker);
    if (status == GAZ_OK)
        status = take_words(worker, request, &words);
    if (status != GAZ_OK)
        return status;
    page.note = words.note;
    page.credits = words.credits;
    worker->parameter = "title";
    status = tile_page_write(&worker->ctx, worker->tiles, &page, out->body);
    if (status == GAZ_OK)
        worker->parameter = NULL;
    return status;
}

/* ---- what the signs mean ---- */

static gaz_status answer_legend(struct api_worker *worker,
                                const struct api_request *request,
                                tile_ink_kind kind, struct api_response *out)
{
    enum { ZOOM_DEFAULT = 12 };
    const char *style = api_capture(request, "style");
    int zoom;
    int scale;
    gaz_status status = api_tiles_style_check(worker, style);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "zoom", 0, TILE_ZOOM_MAX,
                                ZOOM_DEFAULT, &zoom);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "scale", 1, 2, 1, &scale);
    if (status == GAZ_OK)
        status = api_tiles_ready(worker);
    return status == GAZ_OK
               ? tile_legend_write(&worker->ctx, worker->tiles, style, zoom,
                                   kind, scale, out->body)
               : status;
}

gaz_status api_maps_legend_png(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    return answer_legend(worker, request, TILE_INK_PNG, out);
}

gaz_status api_maps_legend_svg(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    return answer_legend(worker, request, TILE_INK_SVG, out);
}
