/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/limits.h"

#include <assert.h>
#include <string.h>

#include "gazetteer/base/asset.h"
#include "gazetteer/base/text.h"

extern const struct gaz_asset GAZ_BOUNDARY_ASSETS[];

enum { CELLS = 6 };

/* A text line by line, each cut at its bars. */
struct reader {
    struct gaz_ctx *ctx;
    const char *file;
    const char *at;
    const char *end;
    long line;
    const char *cells[CELLS];
};

static char *trimmed(struct gaz_ctx *ctx, const char *from, const char *to)
{
    while (from < to && (*from == ' ' || *from == '\t'))
        from++;
    while (to > from && (to[-1] == ' ' || to[-1] == '\t' || to[-1] == '\r'))
        to--;
    return gaz_arena_strndup(&ctx->arena, from, (size_t)(to - from));
}

static gaz_status cut_line(struct reader *r, const char *from, const char *to)
{
    for (int i = 0; i < CELLS; i++) {
        const char *bar = memchr(from, '|', (size_t)(to - from));
        if ((bar != NULL) != (i + 1 < CELLS))
            return gaz_fail(r->ctx, GAZ_INVALID,
                            "%s:%ld: a line has six parts with '|' between",
                            r->file, r->line);
        r->cells[i] = trimmed(r->ctx, from, bar ? bar : to);
        from = bar ? bar + 1 : to;
    }
    return GAZ_OK;
}

/* GAZ_END: no line is left. */
static gaz_status next_line(struct reader *r)
{
    while (r->at < r->end) {
        const char *from = r->at;
        const char *to = memchr(from, '\n', (size_t)(r->end - from));
        to = to ? to : r->end;
        r->at = to < r->end ? to + 1 : to;
        r->line++;
        while (from < to && (*from == ' ' || *from == '\t' || *from == '\r'))
            from++;
        if (from < to && *from != '#')
            return cut_line(r, from, to);
    }
    return GAZ_END;
}

static struct gaz_limit *find(struct gaz_limits *limits, const char *name)
{
    for (size_t i = 0; i < limits->count; i++)
        if (strcmp(limits->items[i].name, name) == 0)
            return &limits->items[i];
    return NULL;
}

static gaz_status read_limit(struct reader *r, struct gaz_limit *out)
{
    *out = (struct gaz_limit){.name = r->cells[0],
                              .unit = r->cells[2],
                              .mark = r->cells[3][0],
                              .zh = r->cells[4],
                              .source = r->cells[5]};
    if (!gaz_text_parse_double(r->cells[1], &out->value) || out->value < 0)
        return gaz_fail(r->ctx, GAZ_INVALID,
                        "%s:%ld: '%s' is not a number from 0 up", r->file,
                        r->line, r->cells[1]);
    if (strlen(r->cells[3]) != 1 || !strchr("ABMD", out->mark))
        return gaz_fail(r->ctx, GAZ_INVALID,
                        "%s:%ld: the mark is '%s'; it must be A, B, M or D",
                        r->file, r->line, r->cells[3]);
    return GAZ_OK;
}

gaz_status gaz_limits_override(struct gaz_ctx *ctx, const char *file,
                               const char *text, size_t size,
                               struct gaz_limits *limits)
{
    struct reader r = {
        .ctx = ctx, .file = file, .at = text, .end = text + size};
    struct gaz_limits got = *limits;
    struct gaz_limit limit;
    gaz_status status;
    if (size > GAZ_LIMITS_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "%s: more than %d bytes", file,
                        GAZ_LIMITS_MAX_BYTES);
    if (!gaz_text_is_utf8(text, size, NULL) || memchr(text, '\0', size))
        return gaz_fail(ctx, GAZ_INVALID, "%s: not UTF-8 text", file);
    while ((status = next_line(&r)) == GAZ_OK) {
        status = read_limit(&r, &limit);
        if (status != GAZ_OK)
            return status;
        struct gaz_limit *known = find(&got, limit.name);
        if (!known)
            return gaz_fail(ctx, GAZ_INVALID, "%s:%ld: no limit '%s' is known",
                            file, r.line, limit.name);
        *known = limit;
    }
    if (status != GAZ_END)
        return status;
    *limits = got;
    return GAZ_OK;
}

static struct reader open_asset(struct gaz_ctx *ctx, const char *path)
{
    const struct gaz_asset *asset = gaz_asset_find(GAZ_BOUNDARY_ASSETS, path);
    assert(asset);
    const char *text = (const char *)asset->data;
    return (struct reader){
        .ctx = ctx, .file = path, .at = text, .end = text + asset->size};
}

void gaz_limits_shipped(struct gaz_ctx *ctx, struct gaz_limits *out)
{
    struct reader r = open_asset(ctx, "limits.txt");
    *out = (struct gaz_limits){.count = 0};
    gaz_status status;
    while ((status = next_line(&r)) == GAZ_OK) {
        assert(out->count < GAZ_LIMITS_MAX);
        status = read_limit(&r, &out->items[out->count++]);
        assert(status == GAZ_OK);
    }
    assert(status == GAZ_END);
    (void)status;
}

double gaz_limits_get(const struct gaz_limits *limits, const char *name)
{
    size_t i = 0;
    while (i < limits->count && strcmp(limits->items[i].name, name) != 0)
        i++;
    assert(i < limits->count); /* limits.txt has all that is asked for */
    return i < limits->count ? limits->items[i].value : 0;
}

struct gaz_survey_options gaz_limits_survey(const struct gaz_limits *l)
{
    return (struct gaz_survey_options){
        .plane_crs = "EPSG:4549",
        .scale = gaz_limits_get(l, "scale"),
        .map_error_mm = gaz_limits_get(l, "map_error_mm"),
        .height_limit_m = gaz_limits_get(l, "height_limit_m"),
        .systematic_m = gaz_limits_get(l, "systematic_m"),
        .significance = gaz_limits_get(l, "significance"),
        .datum_m = gaz_limits_get(l, "datum_m"),
        .same_system_m = gaz_limits_get(l, "same_system_m"),
        .on_line_m = gaz_limits_get(l, "on_line_m"),
        .chainage_m = gaz_limits_get(l, "chainage_m"),
        .length_ratio = gaz_limits_get(l, "length_ratio"),
        .length_min_m = gaz_limits_get(l, "length_min_m"),
        .inspection_years = (int)gaz_limits_get(l, "inspection_years"),
        .objects_least = (int)gaz_limits_get(l, "objects_least"),
        .object_distance_m = gaz_limits_get(l, "object_distance_m"),
        .object_azimuth_min = gaz_limits_get(l, "object_azimuth_min"),
        .course_sectors = (int)gaz_limits_get(l, "course_sectors"),
        .course_length_ratio = gaz_limits_get(l, "course_length_ratio"),
        .course_length_min_m = gaz_limits_get(l, "course_length_min_m")};
}

struct gaz_sides_options gaz_limits_sides(const struct gaz_limits *l)
{
    return (struct gaz_sides_options){
        .plane_crs = "EPSG:4549",
        .warn_m = gaz_limits_get(l, "warn_m"),
        .error_m = gaz_limits_get(l, "error_m"),
        .gap_reach_m = gaz_limits_get(l, "gap_reach_m"),
        .border_reach_m = gaz_limits_get(l, "border_reach_m"),
        .strip_ratio = gaz_limits_get(l, "strip_ratio"),
        .same_m = gaz_limits_get(l, "same_m"),
        .noise_m = gaz_limits_get(l, "noise_m"),
        .accuracy_m = gaz_limits_get(l, "line_error_mm") / 1000 *
                      gaz_limits_get(l, "scale"),
        .area_ratio = gaz_limits_get(l, "area_ratio"),
        .findings_max = 1000};
}

double gaz_limits_area_km2(struct gaz_ctx *ctx, const char *code,
                           const char **source)
{
    enum { CODE, NAME, VALUE, UNIT, MARK, SOURCE };
    struct reader r = open_asset(ctx, "areas.txt");
    double value = 0;
    while (next_line(&r) == GAZ_OK)
        if (r.cells[CODE] && strcmp(r.cells[CODE], code) == 0 &&
            gaz_text_parse_double(r.cells[VALUE], &value)) {
            *source = r.cells[SOURCE];
            return value;
        }
    return 0;
}
