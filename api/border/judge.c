/* SPDX-License-Identifier: Apache-2.0 */
/* judge.c - holding a delivery against what the database knows of the line. */
#include <string.h>

#include "api/border/border.h"
#include "gazetteer/boundary/fingerprint.h"
#include "importers/wkb.h"

/* How near what is known lies to the truth; ours, no standard's. */
static const double MARK_M = 20;        /* markers of two surveys */
static const double LINE_M = 50;        /* an agreed line */
static const double SCHEMATIC_M = 3000; /* one that is for showing */
/* Areas of counties tell another zone or axis, which are 190 km and more. */
static const double AREAS_M = 20000;
static const double REACH_M = 3000; /* a delivery lies this near the line */

struct known {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    const struct gaz_boundary_line *line;
    struct gaz_fingerprint_asked asked;
};

static const struct gaz_coord *
place_of(const struct gaz_boundary_marker *marker)
{
    if (marker->has_agreed)
        return &marker->agreed.at;
    return marker->fix_count > 0 ? &marker->fixes[marker->fix_count - 1].at
                                 : NULL;
}

static const struct gaz_coord *
find_mark(const struct gaz_boundary_markers *markers, const char *code)
{
    for (size_t i = 0; i < markers->count; i++)
        if (strcmp(markers->items[i].code, code) == 0)
            return place_of(&markers->items[i]);
    return NULL;
}

/* The same markers, by code. */
static gaz_status know_marks(struct known *k,
                             const struct imp_delivery *delivery)
{
    struct gaz_boundary_markers markers;
    gaz_status status =
        gaz_boundary_markers(k->ctx, k->store, k->line->id, &markers);
    if (status != GAZ_OK)
        return status;
    struct gaz_fingerprint_pair *pairs =
        gaz_arena_array(&k->ctx->arena, delivery->row_count, sizeof(*pairs));
    size_t count = 0;
    for (size_t i = 0; i < delivery->row_count; i++) {
        const struct imp_register_row *row = &delivery->rows[i];
        const struct gaz_coord *at = row->measured.is_there
                                         ? find_mark(&markers, row->marker.code)
                                         : NULL;
        if (at)
            pairs[count++] = (struct gaz_fingerprint_pair){
                .given = {.north_m = row->measured.north,
                          .east_m = row->measured.east},
                .known = *at};
    }
    k->asked.pairs = pairs;
    k->asked.pair_count = count;
    k->asked.accuracy_m = MARK_M;
    return GAZ_OK;
}

struct outline {
    struct gaz_coord *points;
    size_t count;
    size_t capacity;
};

static gaz_status note_vertex(struct gaz_ctx *ctx, void *user, double x,
                              double y, struct gaz_coord *out)
{
    struct outline *outline = user;
    if (outline->count == outline->capacity) {
        const size_t bigger = outline->capacity ? 2 * outline->capacity : 256;
        outline->points =
            gaz_arena_grow(&ctx->arena, outline->points,
                           outline->capacity * sizeof(*outline->points),
                           bigger * sizeof(*outline->points));
        outline->capacity = bigger;
    }
    *out = outline->points[outline->count++] = (struct gaz_coord){x, y};
    return GAZ_OK;
}

/* Of a line without points: where the two sides lie, by their areas. The steps
 * from ring to ring are within the counties and do no harm. */
static gaz_status know_areas(struct known *k)
{
    struct outline outline = {.count = 0};
    const struct imp_wkb_transform transform = {note_vertex, &outline};
    for (int i = 0; i < GAZ_BOUNDARY_SIDES; i++) {
        struct gaz_place place;
        struct imp_shape shape;
        gaz_status status = gaz_store_place_by_code(k->ctx, k->store,
                                                    k->line->sides[i], &place);
        if (status == GAZ_NOT_FOUND) {
            k->ctx->failure[0] = '\0';
            continue;
        }
        if (status == GAZ_OK && place.area_wkb)
            status = imp_wkb_transform(k->ctx, place.area_wkb, place.area_size,
                                       &transform, &shape);
        if (status != GAZ_OK)
            return status;
    }
    k->asked.line = outline.points;
    k->asked.line_count = outline.count;
    k->asked.reach_m = k->asked.accuracy_m = AREAS_M;
    return GAZ_OK;
}

static gaz_status know_line(struct known *k,
                            const struct imp_delivery *delivery)
{
    bool has_areas = false;
    for (size_t i = 0; i < delivery->shape_count; i++)
        has_areas = has_areas || delivery->shapes[i].type % 3 == 0;
    if (k->line->point_count < 2 || has_areas)
        return know_areas(k);
    k->asked.line = k->line->points;
    k->asked.line_count = k->line->point_count;
    k->asked.accuracy_m = k->line->is_schematic ? SCHEMATIC_M : LINE_M;
    return GAZ_OK;
}

static gaz_status know(struct known *k, const struct imp_delivery *delivery)
{
    enum { PAIRS_LEAST = 3 };
    struct gaz_grid *given =
        gaz_arena_array(&k->ctx->arena, delivery->raw_count, sizeof(*given));
    for (size_t i = 0; i < delivery->raw_count; i++)
        given[i] = (struct gaz_grid){.north_m = delivery->raw[i].north,
                                     .east_m = delivery->raw[i].east};
    k->asked.given = given;
    k->asked.count = delivery->raw_count;
    k->asked.reach_m = REACH_M;
    gaz_status status = know_marks(k, delivery);
    if (status == GAZ_OK && k->asked.pair_count < PAIRS_LEAST)
        status = know_line(k, delivery);
    return status;
}

/* What the operator may say to have the delivery taken. */
static const char *say_option(struct gaz_ctx *ctx,
                              const struct gaz_fingerprint *verdict)
{
    if (verdict->kind == GAZ_FINGERPRINT_DATUM && !verdict->crs)
        return "ask for CGCS2000";
    if (!verdict->crs)
        return "--as-stated takes it all the same";
    return gaz_arena_printf(
        &ctx->arena, "if that is so, deliver with --crs %s%s", verdict->crs,
        verdict->is_swapped ? " and --axes the other way round" : "");
}

gaz_status api_border_judge(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_boundary_line *line,
                            const struct imp_delivery *delivery,
                            const char *crs, const char **refused_zh,
                            const char **refused_en, const char **note)
{
    struct known k = {
        .ctx = ctx, .store = store, .line = line, .asked = {.crs = crs}};
    struct gaz_fingerprint verdict;
    *refused_zh = *refused_en = NULL;
    *note = "";
    if (delivery->raw_count == 0)
        return GAZ_OK;
    gaz_status status = know(&k, delivery);
    if (status == GAZ_OK)
        status = gaz_fingerprint_test(ctx, &k.asked, &verdict);
    if (status != GAZ_OK)
        return status;
    if (verdict.kind == GAZ_FINGERPRINT_UNKNOWN) {
        *note = verdict.zh;
        return GAZ_OK;
    }
    if (verdict.kind == GAZ_FINGERPRINT_FITS) {
        *note = verdict.can_tell_datum
                    ? ""
                    : "没有足够精确的已知坐标，未能排除GCJ-02、BD-09";
        return GAZ_OK;
    }
    *refused_zh = verdict.zh;
    *refused_en = gaz_arena_printf(&ctx->arena, "%s: %s; %s",
                                   gaz_fingerprint_name(verdict.kind),
                                   verdict.en, say_option(ctx, &verdict));
    return GAZ_OK;
}
