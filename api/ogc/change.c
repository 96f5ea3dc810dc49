/* SPDX-License-Identifier: Apache-2.0 */
/* change.c - what became of places: renamed, merged, moved, abolished.
 *
 * The snapshot has a row of each change at both its places; the one at the
 * older place stands for it.
 */
#include <stdio.h>
#include <string.h>

#include "api/ogc/collection.h"
#include "gazetteer/base/text.h"

static const struct gaz_snap_change *change_of(const struct ogc_row *row)
{
    return &row->worker->snap->changes[row->index];
}

static uint32_t place_at(const struct gaz_snapshot *snap, uint32_t index)
{
    const struct gaz_snap_change *change = &snap->changes[index];
    uint32_t to = change->to;
    if (to != GAZ_NONE && snap->places[to].lon_e7 != INT32_MIN)
        return to;
    return change->from != GAZ_NONE ? change->from : to;
}

static void get_kind(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, api_part_change_kind(change_of(row)->kind));
}

static void get_date(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_date(out, change_of(row)->date);
}

static void put_id(const struct ogc_row *row, uint32_t place,
                   struct ogc_value *out)
{
    char text[GAZ_ID_TEXT_BYTES];
    ogc_value_text(
        out,
        place == GAZ_NONE
            ? NULL
            : gaz_arena_strdup(
                  &row->worker->ctx.arena,
                  gaz_id_write(row->worker->snap->places[place].id, text)));
}

static void put_name(const struct ogc_row *row, uint32_t place,
                     struct ogc_value *out)
{
    ogc_value_text(out, place == GAZ_NONE
                            ? NULL
                            : api_part_name(row->worker->snap, place));
}

static void get_from_id(const struct ogc_row *row, struct ogc_value *out)
{
    put_id(row, change_of(row)->from, out);
}

static void get_from_name(const struct ogc_row *row, struct ogc_value *out)
{
    put_name(row, change_of(row)->from, out);
}

static void get_to_id(const struct ogc_row *row, struct ogc_value *out)
{
    put_id(row, change_of(row)->to, out);
}

static void get_to_name(const struct ogc_row *row, struct ogc_value *out)
{
    put_name(row, change_of(row)->to, out);
}

static void get_basis(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, api_part_basis(change_of(row)->basis));
}

static void get_note(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out,
                   gaz_snapshot_text(row->worker->snap, change_of(row)->note));
}

static void get_source(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out,
                   ogc_source_key(row->worker->snap, change_of(row)->source));
}

static struct gaz_position position_of(const struct ogc_row *row)
{
    return api_part_place_position(row->worker->snap,
                                   place_at(row->worker->snap, row->index));
}

static void get_method(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, api_part_method(position_of(row).method));
}

static void get_accuracy(const struct ogc_row *row, struct ogc_value *out)
{
    struct gaz_position position = position_of(row);
    ogc_value_number(out, position.accuracy_m);
    out->is_null =
        position.method == GAZ_METHOD_NONE || !(position.accuracy_m > 0);
}

static const struct ogc_property PROPERTIES[] = {
    {"kind", OGC_TEXT, get_kind, "种类",
     "rename, merge, split, transfer, upgrade, abolish, establish, recode"},
    {"date", OGC_DATE, get_date, "日期", "when"},
    {"from_id", OGC_TEXT, get_from_id, "原地名编号", "id of the older place"},
    {"from_name", OGC_TEXT, get_from_name, "原地名", "the older place"},
    {"to_id", OGC_TEXT, get_to_id, "新地名编号", "id of the newer place"},
    {"to_name", OGC_TEXT, get_to_name, "新地名", "the newer place"},
    {"basis", OGC_TEXT, get_basis, "依据", "document or edition"},
    {"note", OGC_TEXT, get_note, "说明", "note"},
    {"source", OGC_TEXT, get_source, "来源", "source of the change"},
    {"position_method", OGC_TEXT, get_method, "位置来法",
     "how the position of the place shown came about"},
    {"accuracy_m", OGC_NUMBER, get_accuracy, "位置精度（米）",
     "the true place is within, metres, at about 95 %"},
    {.name = NULL},
};

static uint32_t count(const struct api_worker *worker)
{
    const struct gaz_snapshot *snap = worker->snap;
    return snap->change_count;
}

static bool has(const struct api_worker *worker, uint32_t index)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_change *change = &snap->changes[index];
    return change->from != GAZ_NONE ? change->owner == change->from
                                    : change->owner == change->to;
}

static uint64_t id_of(const struct gaz_snapshot *snap, uint32_t place)
{
    return place == GAZ_NONE ? 0 : snap->places[place].id;
}

static void write_id(const struct api_worker *worker, uint32_t index, char *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_change *change = &snap->changes[index];
    const char *note = gaz_snapshot_text(snap, change->note);
    const uint64_t parts[] = {id_of(snap, change->from),
                              id_of(snap, change->to), (uint64_t)change->date,
                              change->kind, gaz_text_hash(note, strlen(note))};
    (void)snprintf(
        out, OGC_FEATURE_ID_BYTES, "C%016llx",
        (unsigned long long)gaz_text_hash((const char *)parts, sizeof(parts)));
}

static uint32_t find(const struct api_worker *worker, const char *id)
{
    const struct gaz_snapshot *snap = worker->snap;
    char own[OGC_FEATURE_ID_BYTES];
    for (uint32_t i = 0; i < snap->change_count; i++) {
        write_id(worker, i, own);
        if (has(worker, i) && strcmp(id, own) == 0)
            return i;
    }
    return GAZ_NONE;
}

static bool get_box(const struct api_worker *worker, uint32_t index,
                    struct gaz_box *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_place *place = &snap->places[place_at(snap, index)];
    return ogc_point_box(place->lon_e7, place->lat_e7, out);
}

static void get_shape(const struct ogc_row *row, struct ogc_shape *out)
{
    struct gaz_box box;
    *out = (struct ogc_shape){.kind = OGC_SHAPE_NONE};
    if (get_box(row->worker, row->index, &box))
        *out = ogc_shape_point(&row->worker->ctx.arena, box.min);
}

/* A change that is known to the year may have been on any of its days. */
static void get_span(const struct api_worker *worker, uint32_t index,
                     gaz_date *from, gaz_date *to)
{
    const struct gaz_snapshot *snap = worker->snap;
    gaz_date date = snap->changes[index].date;
    *from = date;
    *to = date + 1;
    if (date % 10000 == 0)
        *to = date + 10000;
    else if (date % 100 == 0)
        *to = date + 100;
    if (date == GAZ_DATE_OPEN)
        *to = GAZ_DATE_OPEN;
}

static void credit(const struct api_worker *worker, uint32_t index,
                   struct api_credits *credits)
{
    const struct gaz_snapshot *snap = worker->snap;
    api_part_credit(credits, snap, snap->changes[index].source);
}

const struct ogc_collection OGC_CHANGES = {
    .name = "changes",
    .zh = "地名沿革",
    .en = "Changes",
    .about_zh = "更名、合并、析置、撤销等，位置借自现地名。",
    .about_en = "Renames, mergers, splits and the like; the position is that "
                "of the place.",
    .geometry = "point",
    .properties = PROPERTIES,
    .count = count,
    .has = has,
    .id = write_id,
    .find = find,
    .shape = get_shape,
    .box = get_box,
    .span = get_span,
    .credit = credit,
};
