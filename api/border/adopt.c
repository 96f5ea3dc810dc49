/* SPDX-License-Identifier: Apache-2.0 */
/* adopt.c - what our own side delivered becomes what this database holds. What
 * a delivery does not tell stays as it was. */
#include <string.h>

#include "api/border/border.h"

static const char *told(const char *now, const char *before)
{
    return now && now[0] ? now : before;
}

static void keep_old(struct gaz_boundary_marker *now,
                     const struct gaz_boundary_marker *old)
{
    now->type = told(now->type, old->type);
    now->material = told(now->material, old->material);
    now->place[0] = told(now->place[0], old->place[0]);
    now->place[1] = told(now->place[1], old->place[1]);
    now->manager = told(now->manager, old->manager);
    now->condition = told(now->condition, old->condition);
    now->note = told(now->note, old->note);
    now->course = told(now->course, old->course);
    if (!now->inspected_on)
        now->inspected_on = old->inspected_on;
    if (!now->set_on)
        now->set_on = old->set_on;
    if (!now->has_agreed) {
        now->has_agreed = old->has_agreed;
        now->agreed = old->agreed;
    }
    if (now->object_count == 0) {
        now->objects = old->objects;
        now->object_count = old->object_count;
    }
    if (now->next_distance_m <= 0) {
        now->next_distance_m = old->next_distance_m;
        now->next_azimuth_deg = old->next_azimuth_deg;
    }
}

static gaz_status put_markers(struct gaz_ctx *ctx, struct gaz_store *store,
                              int64_t line,
                              const struct imp_delivered *delivered)
{
    struct gaz_boundary_markers before;
    gaz_status status = gaz_boundary_markers(ctx, store, line, &before);
    for (size_t i = 0; i < delivered->marker_count && status == GAZ_OK; i++) {
        struct gaz_boundary_marker marker = delivered->markers[i];
        int64_t id = 0;
        for (size_t j = 0; j < before.count; j++)
            if (strcmp(before.items[j].code, marker.code) == 0)
                keep_old(&marker, &before.items[j]);
        status = gaz_boundary_put_marker(ctx, store, line, &marker, &id);
    }
    return status;
}

gaz_status api_border_adopt(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_boundary_line *line,
                            const struct imp_delivered *delivered)
{
    gaz_status status = put_markers(ctx, store, line->id, delivered);
    if (status != GAZ_OK || delivered->line_count != 1)
        return status;
    struct gaz_boundary_line now = *line;
    int64_t id = 0;
    now.points = delivered->lines[0].points;
    now.point_count = delivered->lines[0].count;
    now.is_schematic = false;
    return gaz_boundary_put_line(ctx, store, &now, &id);
}
