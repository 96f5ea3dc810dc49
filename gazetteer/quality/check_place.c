/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/date.h"
#include "gazetteer/quality/note.h"

/* All of China, sea included; what lies outside is no place of ours. */
static const struct gaz_box CHINA = {{73.0, 3.4}, {135.1, 53.6}};

static bool is_inside(struct gaz_coord coord)
{
    return coord.lon >= CHINA.min.lon && coord.lon <= CHINA.max.lon &&
           coord.lat >= CHINA.min.lat && coord.lat <= CHINA.max.lat;
}

static const char *written(const struct gaz_note *note, struct gaz_coord coord)
{
    return gaz_arena_printf(&note->ctx->arena, "%.7g, %.7g", coord.lon,
                            coord.lat);
}

/* The position of a place or an address; NULL: the entry has none. */
static const struct gaz_position *position_of(const struct gaz_note *note)
{
    if (note->entry->kind == GAZ_ENTRY_PLACE)
        return &note->entry->place.position;
    if (note->entry->kind == GAZ_ENTRY_ADDRESS)
        return &note->entry->address.position;
    return NULL;
}

bool gaz_row_synthetic_mix(const struct gaz_note *note)
{
    const struct gaz_position *position = position_of(note);
    if (!position || position->method == GAZ_METHOD_NONE)
        return false;
    bool is_synthetic = note->entry->kind == GAZ_ENTRY_PLACE
                            ? note->entry->place.is_synthetic
                            : note->entry->address.is_synthetic;
    if ((position->method == GAZ_METHOD_SYNTHETIC) != is_synthetic)
        gaz_note_add(note, "method", NULL, "合成数据与真实数据混在一行",
                     "synthetic and real data in one row");
    return true;
}

bool gaz_row_position_range(const struct gaz_note *note)
{
    const struct gaz_position *position = position_of(note);
    if (!position || position->method == GAZ_METHOD_NONE)
        return false;
    struct gaz_coord swapped = {position->coord.lat, position->coord.lon};
    if (!is_inside(position->coord) && is_inside(swapped))
        gaz_note_add(note, "x", written(note, position->coord), "经纬度颠倒",
                     "longitude and latitude are swapped");
    else if (!is_inside(position->coord))
        gaz_note_add(note, "x", written(note, position->coord),
                     "坐标不在中国范围内", "the position is outside of China");
    return true;
}

bool gaz_row_position_accuracy(const struct gaz_note *note)
{
    const struct gaz_position *position = position_of(note);
    if (!position || position->method == GAZ_METHOD_NONE)
        return false;
    if (position->accuracy_m <= 0)
        gaz_note_add(note, "accuracy_m", NULL, "坐标没有精度",
                     "a position without an accuracy");
    return true;
}

static bool check_span(const struct gaz_note *note, gaz_date from, gaz_date to)
{
    if (from == GAZ_DATE_OPEN || to == GAZ_DATE_OPEN || from < to)
        return true;
    gaz_note_add(note, "valid_to", NULL, "终止日期不晚于起始日期",
                 "the end is not after the beginning");
    return false;
}

bool gaz_row_span_order(const struct gaz_note *note)
{
    const struct gaz_entry *entry = note->entry;
    if (entry->kind == GAZ_ENTRY_ADDRESS)
        (void)check_span(note, entry->address.valid_from,
                         entry->address.valid_to);
    if (entry->kind != GAZ_ENTRY_PLACE)
        return entry->kind == GAZ_ENTRY_ADDRESS;
    const struct gaz_place *place = &entry->place;
    bool goes_on = check_span(note, place->valid_from, place->valid_to);
    /* The names of one row share its span: one finding is enough. */
    for (int i = 0; goes_on && i < place->name_count; i++)
        goes_on = check_span(note, place->names[i].valid_from,
                             place->names[i].valid_to);
    return true;
}
