/* SPDX-License-Identifier: Apache-2.0 */
#include "api/review/sides.h"

#include <math.h>
#include <string.h>

enum { MAP_WIDTH = 360, MAP_HEIGHT = 260 };

/* Half the width of the least map: 2 km, and 200 m, where two doors that are a
 * few metres apart can be told from each other. */
static const double PLACE_DEG = 0.02;
static const double DOOR_DEG = 0.002;

static gaz_status load_one(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_id id, struct api_sides *sides)
{
    struct gaz_ctx quiet = {.failure = ""}; /* it may be gone: fine */
    struct api_record probe;
    if (id == 0)
        return GAZ_OK;
    gaz_status status = api_fields_load(&quiet, store, id, &probe);
    gaz_ctx_close(&quiet);
    if (status == GAZ_NOT_FOUND)
        return GAZ_OK;
    status = api_fields_load(ctx, store, id, &sides->records[sides->count]);
    if (status == GAZ_OK)
        sides->count++;
    return status;
}

static bool has_field(const struct api_record *record,
                      const struct api_field *field)
{
    return record->is_address ? field->is_of_address : field->is_of_place;
}

static const char *text_of(struct gaz_arena *arena,
                           const struct api_sides *sides, int side,
                           const struct api_field *field, bool shown)
{
    return side < sides->count && has_field(&sides->records[side], field)
               ? api_fields_text(arena, &sides->records[side], field, shown)
               : "";
}

static void add_row(struct gaz_arena *arena, const struct gaz_review *review,
                    const struct api_field *field, struct api_sides *sides)
{
    bool is_fixed =
        review->fix_field && strcmp(review->fix_field, field->name) == 0;
    struct api_side_row row = {.field = field,
                               .texts = {text_of(arena, sides, 0, field, true),
                                         text_of(arena, sides, 1, field, true)},
                               .value = text_of(arena, sides, 0, field, false),
                               .fix = is_fixed ? review->fix : NULL};
    if (!*row.texts[0] && !*row.texts[1] && !row.fix)
        return;
    row.differs = sides->count == 2 && strcmp(row.texts[0], row.texts[1]) != 0;
    sides->rows[sides->row_count++] = row;
}

gaz_status api_sides_load(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_review *review,
                          struct api_sides *out)
{
    *out = (struct api_sides){.count = 0};
    gaz_status status = load_one(ctx, store, review->about, out);
    if (status == GAZ_OK && out->count == 1)
        status = load_one(ctx, store, review->other, out);
    if (status != GAZ_OK || out->count == 0)
        return status;
    for (const struct api_field *field = API_FIELDS;
         field->name && out->row_count < API_SIDES_MAX; field++)
        add_row(&ctx->arena, review, field, out);
    return GAZ_OK;
}

const char *api_sides_geo(struct gaz_arena *arena, const struct gaz_position *p)
{
    if (p->method == GAZ_METHOD_NONE)
        return "";
    return gaz_arena_printf(arena, "geo:%.6f,%.6f;u=%.0f", p->coord.lat,
                            p->coord.lon, p->accuracy_m);
}

/* As wide as the records are apart, and at least so many degrees. */
static double half_width(const struct gaz_coord *points, int count,
                         double least, struct gaz_coord *middle)
{
    double half = least;
    *middle = points[0];
    if (count == 2) {
        *middle = (struct gaz_coord){(points[0].lon + points[1].lon) / 2,
                                     (points[0].lat + points[1].lat) / 2};
        half = fmax(half, 0.8 * fabs(points[0].lon - points[1].lon));
        half = fmax(half, 1.6 * fabs(points[0].lat - points[1].lat));
    }
    return half;
}

const char *api_sides_map(struct gaz_arena *arena,
                          const struct api_sides *sides)
{
    struct gaz_coord points[2];
    struct gaz_coord middle;
    const char *pins = "";
    int count = 0;
    for (int i = 0; i < sides->count; i++) {
        const struct gaz_position *p = api_fields_position(&sides->records[i]);
        if (p->method == GAZ_METHOD_NONE)
            continue;
        points[count++] = p->coord;
        pins = gaz_arena_printf(arena, "%s%s%.6f,%.6f", pins, *pins ? ";" : "",
                                p->coord.lon, p->coord.lat);
    }
    if (count == 0)
        return NULL;
    const bool is_door = sides->records[0].is_address;
    double half =
        half_width(points, count, is_door ? DOOR_DEG : PLACE_DEG, &middle);
    double tall = half * MAP_HEIGHT / MAP_WIDTH *
                  cos(middle.lat * 3.14159265358979323846 / 180);
    return gaz_arena_printf(
        arena,
        "/maps/base.png?bbox=%.6f,%.6f,%.6f,%.6f&size=%dx%d&scale=2&markers=%s",
        middle.lon - half, middle.lat - tall, middle.lon + half,
        middle.lat + tall, MAP_WIDTH, MAP_HEIGHT, pins);
}
