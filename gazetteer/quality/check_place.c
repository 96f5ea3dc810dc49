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

void gaz_check_position(const struct gaz_note *note,
                        const struct gaz_position *position, bool is_synthetic)
{
    if ((position->method == GAZ_METHOD_SYNTHETIC) != is_synthetic &&
        position->method != GAZ_METHOD_NONE)
        gaz_note_add(note, "S01", GAZ_SEVERITY_ERROR, "method", NULL,
                     "合成数据与真实数据混在一行",
                     "synthetic and real data in one row");
    if (position->method == GAZ_METHOD_NONE)
        return;
    struct gaz_coord swapped = {position->coord.lat, position->coord.lon};
    if (!is_inside(position->coord) && is_inside(swapped))
        gaz_note_add(note, "E9", GAZ_SEVERITY_ERROR, "x",
                     written(note, position->coord), "经纬度颠倒",
                     "longitude and latitude are swapped");
    else if (!is_inside(position->coord))
        gaz_note_add(note, "E9", GAZ_SEVERITY_ERROR, "x",
                     written(note, position->coord), "坐标不在中国范围内",
                     "the position is outside of China");
    if (position->accuracy_m <= 0)
        gaz_note_add(note, "P01", GAZ_SEVERITY_WARNING, "accuracy_m", NULL,
                     "坐标没有精度", "a position without an accuracy");
}

static void check_span(const struct gaz_note *note, gaz_date from, gaz_date to)
{
    if (from != GAZ_DATE_OPEN && to != GAZ_DATE_OPEN && from >= to)
        gaz_note_add(note, "D01", GAZ_SEVERITY_ERROR, "valid_to", NULL,
                     "终止日期不晚于起始日期",
                     "the end is not after the beginning");
}

void gaz_check_place(const struct gaz_note *note)
{
    const struct gaz_place *place = &note->entry->place;
    check_span(note, place->valid_from, place->valid_to);
    /* The names of one row share its span: one finding is enough. */
    if (place->name_count > 0 && place->valid_from == GAZ_DATE_OPEN)
        check_span(note, place->names[0].valid_from, place->names[0].valid_to);
    gaz_check_position(note, &place->position, place->is_synthetic);
}
