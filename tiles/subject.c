/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/subject.h"

static const struct tile_value NOTHING = {.type = TILE_VALUE_NULL};

const char *tile_subject_line_kind(const struct tile_line *line)
{
    switch (line->kind) {
    case GAZ_LINE_COAST:
        return "coast";
    case GAZ_LINE_BOUNDARY:
        return "boundary";
    case GAZ_LINE_ROAD:
        return "road";
    default:
        return "";
    }
}

const char *tile_subject_site_kind(const struct tile_site *site)
{
    static const char *const KINDS[TILE_CLASSES] = {
        [TILE_CLASS_PROVINCE] = "province", [TILE_CLASS_CITY] = "city",
        [TILE_CLASS_COUNTY] = "county",     [TILE_CLASS_TOWN] = "town",
        [TILE_CLASS_CLUSTER] = "cluster",   [TILE_CLASS_HERITAGE] = "site",
        [TILE_CLASS_VILLAGE] = "village",   [TILE_CLASS_NAME] = "place",
    };
    return KINDS[site->class];
}

/* A flag is there when it is true, and absent when not. */
static struct tile_value flag(bool is_set)
{
    return is_set ? tile_value_bool(true) : NOTHING;
}

static struct tile_value positive(uint32_t number)
{
    return number > 0 ? tile_value_number(number) : NOTHING;
}

/* What a place's own row says. */
static struct tile_value of_row(const struct gaz_snap_place *row,
                                tile_attribute attribute)
{
    switch (attribute) {
    case TILE_ATTRIBUTE_LEVEL:
        return positive(row->level);
    case TILE_ATTRIBUTE_CATEGORY:
        return positive(row->category);
    case TILE_ATTRIBUTE_RANK:
        return tile_value_number(tile_feature_rank(row));
    case TILE_ATTRIBUTE_SYNTHETIC:
        return flag((row->flags & GAZ_SNAP_SYNTHETIC) != 0);
    default:
        return NOTHING;
    }
}

static struct tile_value of_place(const struct gaz_snapshot *snap,
                                  uint32_t place, tile_attribute attribute)
{
    static const struct gaz_snap_name NAMELESS = {0};
    const struct gaz_snap_place *row = &snap->places[place];
    const struct gaz_snap_name *name =
        row->name_count ? &snap->names[row->name_first] : &NAMELESS;
    switch (attribute) {
    case TILE_ATTRIBUTE_NAME:
        return tile_value_string(gaz_snapshot_text(snap, name->text));
    case TILE_ATTRIBUTE_NAME_ROMAN:
        return tile_value_string(gaz_snapshot_text(snap, name->roman));
    case TILE_ATTRIBUTE_CODE:
        return tile_value_string(gaz_snapshot_text(snap, row->code_text));
    default:
        return of_row(row, attribute);
    }
}

static struct tile_value of_area(const struct tile_features *f,
                                 const struct tile_area *area,
                                 tile_attribute attribute)
{
    switch (attribute) {
    case TILE_ATTRIBUTE_TINT:
        return tile_value_number(area->tint);
    case TILE_ATTRIBUTE_SCHEMATIC:
        return flag(area->is_schematic);
    case TILE_ATTRIBUTE_CATEGORY:
        return NOTHING;
    default:
        return of_place(f->snap, area->place, attribute);
    }
}

static struct tile_value of_line(const struct tile_features *f,
                                 const struct tile_line *line,
                                 tile_attribute attribute)
{
    const struct gaz_snap_line *row = &f->snap->lines[line->row];
    switch (attribute) {
    case TILE_ATTRIBUTE_NAME:
        return tile_value_string(gaz_snapshot_text(f->snap, row->name));
    case TILE_ATTRIBUTE_CODE:
        return tile_value_string(gaz_snapshot_text(f->snap, row->code));
    case TILE_ATTRIBUTE_KIND:
        return tile_value_string(tile_subject_line_kind(line));
    case TILE_ATTRIBUTE_LEVEL:
        return positive(line->level);
    case TILE_ATTRIBUTE_SEA:
        return line->sea != 0 ? tile_value_number(line->sea) : NOTHING;
    case TILE_ATTRIBUTE_SCHEMATIC:
        return flag(line->is_schematic);
    default:
        return NOTHING;
    }
}

static bool is_heritage(const struct tile_site *site)
{
    return site->class == TILE_CLASS_HERITAGE ||
           site->class == TILE_CLASS_CLUSTER;
}

static struct tile_value of_site(const struct tile_site *site,
                                 tile_attribute attribute)
{
    switch (attribute) {
    case TILE_ATTRIBUTE_NAME:
        return tile_value_string(site->name);
    case TILE_ATTRIBUTE_NAME_ROMAN:
        return tile_value_string(site->name_roman);
    case TILE_ATTRIBUTE_CODE:
        return tile_value_string(site->code);
    case TILE_ATTRIBUTE_KIND:
        return tile_value_string(tile_subject_site_kind(site));
    case TILE_ATTRIBUTE_APPROXIMATE:
        return flag(site->is_approximate);
    case TILE_ATTRIBUTE_LABEL:
        return is_heritage(site) ? tile_value_string(site->text) : NOTHING;
    case TILE_ATTRIBUTE_LABEL_ROMAN:
        return is_heritage(site) ? tile_value_string(site->roman) : NOTHING;
    case TILE_ATTRIBUTE_COUNT:
        return is_heritage(site) ? tile_value_number(site->count) : NOTHING;
    default:
        return of_row(site->row, attribute);
    }
}

struct tile_value tile_subject_get(const void *feature,
                                   tile_attribute attribute)
{
    const struct tile_subject *subject = feature;
    const struct tile_features *f = subject->features;
    switch (subject->source) {
    case TILE_SOURCE_DIVISIONS:
    case TILE_SOURCE_BUILDINGS:
    case TILE_SOURCE_CENTRES:
        return of_area(f, &f->areas[subject->number], attribute);
    case TILE_SOURCE_BOUNDARIES:
        return of_line(f, &f->lines[subject->number], attribute);
    default:
        return of_site(tile_feature_site(f, subject->number), attribute);
    }
}

uint32_t tile_subject_count(const struct tile_features *features,
                            tile_source source)
{
    switch (source) {
    case TILE_SOURCE_DIVISIONS:
    case TILE_SOURCE_BUILDINGS:
    case TILE_SOURCE_CENTRES:
        return features->area_count;
    case TILE_SOURCE_BOUNDARIES:
        return features->line_count;
    default:
        return features->site_count + features->extra_count;
    }
}

bool tile_subject_belongs(const struct tile_subject *subject)
{
    const struct tile_features *f = subject->features;
    switch (subject->source) {
    case TILE_SOURCE_DIVISIONS:
        return f->areas[subject->number].level != GAZ_LEVEL_NONE;
    case TILE_SOURCE_BUILDINGS:
        return f->areas[subject->number].level == GAZ_LEVEL_NONE;
    case TILE_SOURCE_NAMES:
        return !is_heritage(tile_feature_site(f, subject->number)) &&
               !tile_feature_is_gone(f, subject->number);
    case TILE_SOURCE_HERITAGE:
        return is_heritage(tile_feature_site(f, subject->number)) &&
               !tile_feature_is_gone(f, subject->number);
    default:
        return true;
    }
}
