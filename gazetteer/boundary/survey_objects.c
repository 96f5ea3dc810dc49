/* SPDX-License-Identifier: Apache-2.0 */
/* survey_objects.c - B08: the objects by which a marker is found again. */
#include <math.h>
#include <string.h>

#include "gazetteer/boundary/survey_work.h"

static const double TO_DEGREES = 57.295779513082320877;

static void note_few(struct gaz_survey_work *w,
                     const struct gaz_survey_marker *marker)
{
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, GAZ_SURVEY_OBJECTS, GAZ_SEVERITY_WARNING, marker);
    finding->zh = gaz_arena_printf(
        &w->ctx->arena, "界桩%s只有%zu个方位物, 应不少于%d个", marker->code,
        marker->object_count, w->options->objects_least);
    finding->en = gaz_arena_printf(
        &w->ctx->arena, "marker %s has %zu objects, %d are due", marker->code,
        marker->object_count, w->options->objects_least);
}

static void check_twice(struct gaz_survey_work *w,
                        const struct gaz_survey_marker *marker, size_t i)
{
    const struct gaz_survey_object *object = &marker->objects[i];
    for (size_t j = 0; j < i; j++) {
        const struct gaz_survey_object *other = &marker->objects[j];
        if (strcmp(object->name, other->name) != 0 ||
            object->azimuth_deg != other->azimuth_deg ||
            object->distance_m != other->distance_m)
            continue;
        struct gaz_survey_finding *finding = gaz_survey_note(
            w, GAZ_SURVEY_OBJECTS, GAZ_SEVERITY_WARNING, marker);
        finding->zh =
            gaz_arena_printf(&w->ctx->arena, "界桩%s的方位物“%s”重复登记",
                             marker->code, object->name);
        finding->en = gaz_arena_printf(
            &w->ctx->arena, "object '%s' of marker %s is registered twice",
            object->name, marker->code);
        return;
    }
}

/* How far a registered object is from where it was measured, and how far it may
 * be: an azimuth of minutes says little about something ten metres away. */
static void check_object(struct gaz_survey_work *w,
                         const struct gaz_survey_marker *marker,
                         struct gaz_grid at, size_t i)
{
    const struct gaz_survey_object *object = &marker->objects[i];
    const double north = object->at.north_m - at.north_m;
    const double east = object->at.east_m - at.east_m;
    const double distance_m = hypot(north, east);
    const double limit_m = w->options->object_distance_m;
    const double along_m = object->distance_m - distance_m;
    const double off_deg = gaz_survey_turned(object->azimuth_deg -
                                             atan2(east, north) * TO_DEGREES);
    const double across_m =
        2 * distance_m * fabs(sin(off_deg / 2 / TO_DEGREES));
    const double across_limit_m =
        fmax(limit_m, distance_m * tan(w->options->object_azimuth_min / 60 /
                                       TO_DEGREES));
    if (fabs(along_m) <= limit_m && across_m <= across_limit_m)
        return;
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, GAZ_SURVEY_OBJECT, GAZ_SEVERITY_WARNING, marker);
    finding->how_much_m = hypot(along_m, across_m);
    finding->uncertainty_m = limit_m / 2;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena,
        "界桩%s的方位物“%s”: 距离相差%+.2f米, 坐标方位角相差%+.1f′（横向%.2f"
        "米）",
        marker->code, object->name, along_m, off_deg * 60, across_m);
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "object '%s' of marker %s: distance %+.2f m, grid azimuth %+.1f "
        "minutes of arc (%.2f m across)",
        object->name, marker->code, along_m, off_deg * 60, across_m);
}

gaz_status gaz_survey_objects(struct gaz_survey_work *w)
{
    for (size_t i = 0; i < w->survey->marker_count; i++) {
        const struct gaz_survey_marker *marker = &w->survey->markers[i];
        struct gaz_grid at;
        if (!marker->objects)
            continue;
        if (marker->object_count < (size_t)w->options->objects_least)
            note_few(w, marker);
        const bool is_placed = gaz_survey_place(marker, &at);
        for (size_t j = 0; j < marker->object_count; j++) {
            check_twice(w, marker, j);
            if (is_placed && marker->objects[j].has_position)
                check_object(w, marker, at, j);
        }
    }
    return GAZ_OK;
}
