/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/quality/dedupe.h"
#include "importers/put.h"
#include "importers/report.h"

/* The record does not know under which number its source is stored. */
static void stamp_source(struct imp_run *run, struct gaz_place *place)
{
    struct gaz_name *names = gaz_arena_array(
        &run->row.arena, (size_t)place->name_count, sizeof(*names));
    for (int i = 0; i < place->name_count; i++) {
        names[i] = place->names[i];
        names[i].source = run->source;
    }
    place->names = names;
    if (place->position.method != GAZ_METHOD_NONE)
        place->position.source = run->source;
}

static void note_geometry(struct gaz_issues *issues, gaz_severity severity,
                          const char *rule, const char *zh, const char *en)
{
    imp_report_note(issues, &(struct gaz_issue){.rule = rule,
                                                .severity = severity,
                                                .message = zh,
                                                .message_en = en});
}

/* Takes the record's polygon; one that is not valid is repaired, which an
 * officer should look at. */
static void take_area(struct imp_run *run, const struct imp_kept *kept,
                      struct gaz_place *place, struct gaz_issues *issues)
{
    const struct imp_shape *shape = kept->shape;
    struct gaz_arena *arena = &run->row.arena;
    if (!shape->wkb)
        return;
    if (shape->type != IMP_WKB_POLYGON && shape->type != IMP_WKB_MULTIPOLYGON) {
        note_geometry(issues, GAZ_SEVERITY_ERROR, "I08",
                      "地名的几何图形应为点或面",
                      "the geometry of a place is a point or an area");
        return;
    }
    struct gaz_wkb area = {shape->wkb, shape->size};
    if (gaz_geometry_check(&run->row, run->geometry, area) != GAZ_OK) {
        const char *why = gaz_arena_strdup(arena, gaz_ctx_failure(&run->row));
        imp_run_forgive(run);
        const bool repaired = gaz_geometry_make_valid(&run->row, run->geometry,
                                                      area, &area) == GAZ_OK;
        imp_run_forgive(run);
        note_geometry(
            issues, repaired ? GAZ_SEVERITY_WARNING : GAZ_SEVERITY_ERROR,
            repaired ? "I12" : "I08",
            gaz_arena_printf(arena, "面无效%s: %s", repaired ? ", 已修复" : "",
                             why),
            gaz_arena_printf(arena, "%s%s", why, repaired ? "; repaired" : ""));
    }
    place->area_wkb = area.data;
    place->area_size = area.size;
}

static gaz_status find_twin(struct imp_run *run, const struct imp_kept *kept,
                            const struct gaz_place *place,
                            const struct gaz_place **out)
{
    struct gaz_places candidates = {0};
    *out = NULL;
    if (kept->links->has_subject) {
        *out = &kept->links->subject;
        return GAZ_OK;
    }
    gaz_status status =
        gaz_store_candidates(&run->row, run->store, place, &candidates);
    if (status == GAZ_OK)
        *out = gaz_dedupe_find_twin(place, candidates.items, candidates.count);
    return status;
}

/* The place as it will stand: alone, or joined with its twin. */
static gaz_status join_twin(struct imp_run *run, const struct gaz_place *twin,
                            struct gaz_place *place, struct gaz_issues *issues)
{
    struct gaz_place joined;
    bool changed = false;
    gaz_status status =
        gaz_dedupe_merge(&run->row, twin, place, &joined, &changed);
    if (status == GAZ_LIMIT) {
        const char *why =
            gaz_arena_strdup(&run->row.arena, gaz_ctx_failure(&run->row));
        imp_run_forgive(run);
        note_geometry(issues, GAZ_SEVERITY_ERROR, "I03", "同一地名的名称过多",
                      why);
        return GAZ_OK;
    }
    if (status == GAZ_OK)
        *place = joined;
    return status;
}

gaz_status imp_put_place(struct imp_run *run, const struct imp_kept *kept,
                         struct imp_outcome *out, struct gaz_issues *issues)
{
    struct gaz_place place = kept->entry->place;
    const struct gaz_place *twin = NULL;
    /* `subject` may be a record key: it finds the place and is no code of it */
    if (kept->links->has_subject && !gaz_record_field(kept->record, "code"))
        place.code = NULL;
    stamp_source(run, &place);
    take_area(run, kept, &place, issues);
    if (issues->errors > 0)
        return GAZ_OK;
    gaz_status status = find_twin(run, kept, &place, &twin);
    if (status == GAZ_OK && twin)
        status = join_twin(run, twin, &place, issues);
    if (status != GAZ_OK || issues->errors > 0)
        return status;
    if (place.grade < kept->entry->place.grade)
        place.grade = kept->entry->place.grade;
    status = gaz_store_put_place(&run->row, run->store, &place,
                                 run->mapping.source.key, kept->record->key,
                                 kept->record_id, &place.id);
    if (status != GAZ_OK)
        return status;
    status = imp_put_attributes(run, kept, place.id);
    if (status != GAZ_OK)
        return status;
    *out = (struct imp_outcome){.about = place.id, .merged = twin != NULL};
    if (!kept->entry->place.address)
        return GAZ_OK;
    return imp_put_site_address(run, kept, &place, issues);
}
