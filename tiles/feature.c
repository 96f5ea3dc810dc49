/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/feature.h"

#include <stdlib.h>
#include <string.h>

#include "tiles/centre.h"
#include "tiles/cluster.h"

static struct tile_point project_e7(int32_t lon_e7, int32_t lat_e7)
{
    return tile_grid_project((struct gaz_coord){gaz_coord_from_e7(lon_e7),
                                                gaz_coord_from_e7(lat_e7)});
}

/* ---- points, rings and areas ---- */

static void project_points(struct tile_features *f)
{
    f->point_count = f->snap->point_count;
    f->points =
        gaz_arena_array(&f->arena, f->point_count, sizeof(struct tile_point));
    for (uint32_t i = 0; i < f->point_count; i++)
        f->points[i] =
            project_e7(f->snap->points[i].lon_e7, f->snap->points[i].lat_e7);
}

static void grow_box(struct tile_box *box, struct tile_box more)
{
    box->min_x = more.min_x < box->min_x ? more.min_x : box->min_x;
    box->min_y = more.min_y < box->min_y ? more.min_y : box->min_y;
    box->max_x = more.max_x > box->max_x ? more.max_x : box->max_x;
    box->max_y = more.max_y > box->max_y ? more.max_y : box->max_y;
}

static bool is_current(const struct gaz_snap_place *place)
{
    return place->status == GAZ_STATUS_CURRENT;
}

static struct tile_area *add_area(struct tile_features *f, uint32_t place)
{
    const struct gaz_snap_place *row = &f->snap->places[place];
    struct tile_area *area = &f->areas[f->area_count++];
    *area = (struct tile_area){
        .place = place,
        .rings = {f->ring_count, 0},
        .box = tile_grid_box(NULL, 0),
        .level = row->level,
        .is_schematic = (row->flags & GAZ_SNAP_SCHEMATIC_AREA) != 0,
    };
    return area;
}

/* Rings are sorted by place, so the rings of one area are a row. */
static void gather_areas(struct tile_features *f)
{
    const struct gaz_snapshot *snap = f->snap;
    f->rings =
        gaz_arena_array(&f->arena, snap->ring_count, sizeof(struct tile_ring));
    f->areas =
        gaz_arena_array(&f->arena, snap->ring_count, sizeof(struct tile_area));
    struct tile_area *area = NULL;
    for (uint32_t i = 0; i < snap->ring_count; i++) {
        const struct gaz_snap_ring *row = &snap->rings[i];
        if (!is_current(&snap->places[row->place]))
            continue;
        if (!area || area->place != row->place)
            area = add_area(f, row->place);
        struct tile_span span = {row->point_first, row->point_count};
        f->rings[f->ring_count++] = (struct tile_ring){row->polygon, span};
        area->rings.count++;
        grow_box(&area->box, tile_grid_box(f->points + span.first, span.count));
    }
}

static uint64_t size_of(const struct tile_box *box)
{
    return (uint64_t)(box->max_x - box->min_x) *
           (uint64_t)(box->max_y - box->min_y);
}

/* Of buildings, the largest first: a vector tile that is full leaves out what
 * comes last. */
static int compare_areas(const void *left, const void *right)
{
    const struct tile_area *a = left;
    const struct tile_area *b = right;
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    uint64_t a_size = size_of(&a->box);
    uint64_t b_size = size_of(&b->box);
    if (a->level == GAZ_LEVEL_NONE && a_size != b_size)
        return a_size > b_size ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* Greedy colouring: boxes that meet get different tints while there are enough.
 */
static void choose_tints(struct tile_features *f)
{
    for (uint32_t i = 0; i < f->area_count; i++) {
        if (f->areas[i].level == GAZ_LEVEL_NONE)
            continue;
        uint32_t uses[TILE_FEATURE_TINTS] = {0};
        for (uint32_t j = 0; j < i; j++)
            if (f->areas[j].level == f->areas[i].level &&
                tile_grid_meets(&f->areas[i].box, &f->areas[j].box))
                uses[f->areas[j].tint]++;
        int best = 0;
        for (int tint = 1; tint < TILE_FEATURE_TINTS; tint++)
            if (uses[tint] < uses[best])
                best = tint;
        f->areas[i].tint = (uint8_t)best;
    }
}

static void note_meetings(struct tile_features *f)
{
    size_t total = 0;
    for (uint32_t i = 0; i < f->ring_count; i++)
        total += f->rings[i].points.count;
    f->meetings = tile_simplify_meetings(&f->arena, total);
    for (uint32_t i = 0; i < f->ring_count; i++)
        tile_simplify_note(f->meetings, f->points + f->rings[i].points.first,
                           f->rings[i].points.count);
}

/* ---- lines ---- */

static void gather_lines(struct tile_features *f)
{
    const struct gaz_snapshot *snap = f->snap;
    f->lines =
        gaz_arena_array(&f->arena, snap->line_count, sizeof(struct tile_line));
    for (uint32_t i = 0; i < snap->line_count; i++) {
        const struct gaz_snap_line *row = &snap->lines[i];
        if (row->point_count < 2)
            continue;
        f->lines[f->line_count++] = (struct tile_line){
            .row = i,
            .points = {row->point_first, row->point_count},
            .box =
                tile_grid_box(f->points + row->point_first, row->point_count),
            .kind = (uint8_t)row->kind,
            .level = (uint8_t)row->level,
            .is_schematic = (row->flags & GAZ_SNAP_SCHEMATIC_AREA) != 0,
        };
    }
}

static int compare_lines(const void *left, const void *right)
{
    const struct tile_line *a = left;
    const struct tile_line *b = right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* +1 or -1: the side of a line's nearest segment on which `at` lies. */
static int side_of(const struct tile_point *points, uint32_t count,
                   struct tile_point at)
{
    double nearest = 0;
    int side = 0;
    for (uint32_t i = 0; i + 1 < count; i++) {
        double d = tile_simplify_distance2(at, points[i], points[i + 1]);
        double dx = (double)points[i + 1].x - (double)points[i].x;
        double dy = (double)points[i + 1].y - (double)points[i].y;
        double px = (double)at.x - (double)points[i].x;
        double py = (double)at.y - (double)points[i].y;
        if (side != 0 && d >= nearest)
            continue;
        nearest = d;
        side = dx * py - dy * px > 0 ? 1 : -1;
    }
    return side;
}

/* A coastline's direction is not to be trusted; towns stand on land. */
static void find_sea(struct tile_features *f)
{
    const int64_t near = INT64_C(1) << 21; /* about 20 km */
    for (uint32_t i = 0; i < f->line_count; i++) {
        struct tile_line *line = &f->lines[i];
        struct tile_box box = {line->box.min_x - near, line->box.min_y - near,
                               line->box.max_x + near, line->box.max_y + near};
        int votes = 0;
        if (line->kind != GAZ_LINE_COAST)
            continue;
        for (uint32_t s = 0; s < f->site_count; s++) {
            struct tile_box at = tile_grid_box(&f->sites[s].at, 1);
            if (f->sites[s].class == TILE_CLASS_TOWN &&
                tile_grid_meets(&at, &box))
                votes += side_of(f->points + line->points.first,
                                 line->points.count, f->sites[s].at);
        }
        line->sea = (int8_t)(votes > 0 ? -1 : votes < 0);
    }
}

/* ---- sites ---- */

static tile_class class_of(const struct gaz_snap_place *place)
{
    static const tile_class BY_LEVEL[] = {
        [GAZ_LEVEL_NONE] = TILE_CLASS_NAME,
        [GAZ_LEVEL_PROVINCE] = TILE_CLASS_PROVINCE,
        [GAZ_LEVEL_CITY] = TILE_CLASS_CITY,
        [GAZ_LEVEL_COUNTY] = TILE_CLASS_COUNTY,
        [GAZ_LEVEL_TOWN] = TILE_CLASS_TOWN,
        [GAZ_LEVEL_VILLAGE] = TILE_CLASS_VILLAGE,
    };
    if (place->flags & GAZ_SNAP_HERITAGE)
        return TILE_CLASS_HERITAGE;
    if (place->flags & GAZ_SNAP_STATISTICAL || place->level > GAZ_LEVEL_VILLAGE)
        return TILE_CLASS_NAME;
    return BY_LEVEL[place->level];
}

static const char *name_of(const struct gaz_snapshot *snap,
                           const struct gaz_snap_place *place)
{
    if (place->name_count == 0)
        return "";
    return gaz_snapshot_text(snap, snap->names[place->name_first].text);
}

static const char *roman_of(const struct gaz_snapshot *snap,
                            const struct gaz_snap_place *place)
{
    if (place->name_count == 0)
        return "";
    return gaz_snapshot_text(snap, snap->names[place->name_first].roman);
}

static const char *code_of(const struct gaz_snapshot *snap,
                           const struct gaz_snap_place *place)
{
    return gaz_snapshot_text(snap, place->code_text);
}

uint32_t tile_feature_rank(const struct gaz_snap_place *place)
{
    enum { SITE = GAZ_LEVEL_VILLAGE + 1, ZONE, ESTATE, ROAD, HAMLET, CLASSES };
    uint32_t class = SITE;
    if (place->level != GAZ_LEVEL_NONE)
        class = place->level;
    else if (place->category == GAZ_CATEGORY_ZONE)
        class = ZONE;
    else if (place->category == GAZ_CATEGORY_ESTATE)
        class = ESTATE;
    else if (place->category == GAZ_CATEGORY_ROAD)
        class = ROAD;
    else if (place->category == GAZ_CATEGORY_HAMLET)
        class = HAMLET;
    return (is_current(place) ? 0 : CLASSES) + class;
}

static bool is_shown(const struct gaz_snap_place *place)
{
    if (place->lon_e7 == INT32_MIN || place->method == GAZ_METHOD_NONE)
        return false;
    /* A heritage site that is gone (遗址) is still a place to remember. */
    if (place->flags & GAZ_SNAP_HERITAGE)
        return true;
    return is_current(place) && place->method != GAZ_METHOD_INHERITED;
}

static void gather_sites(struct tile_features *f)
{
    const struct gaz_snapshot *snap = f->snap;
    f->sites =
        gaz_arena_array(&f->arena, snap->place_count, sizeof(struct tile_site));
    for (uint32_t i = 0; i < snap->place_count; i++) {
        const struct gaz_snap_place *place = &snap->places[i];
        if (!is_shown(place))
            continue;
        f->sites[f->site_count++] = (struct tile_site){
            .id = place->id,
            .row = place,
            .name = name_of(snap, place),
            .name_roman = roman_of(snap, place),
            .code = code_of(snap, place),
            .place = i,
            .rank = tile_feature_rank(place),
            .count = 1,
            .text = name_of(snap, place),
            .roman = roman_of(snap, place),
            .at = project_e7(place->lon_e7, place->lat_e7),
            .class = class_of(place),
            .is_approximate = place->method == GAZ_METHOD_INHERITED,
            .is_synthetic = (place->flags & GAZ_SNAP_SYNTHETIC) != 0,
        };
    }
}

int tile_feature_compare(const struct tile_site *a, const struct tile_site *b)
{
    if (a->class != b->class)
        return a->class < b->class ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static int compare_sites(const void *left, const void *right)
{
    return tile_feature_compare(left, right);
}

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left;
    const uint32_t *b = right;
    return (*a > *b) - (*a < *b);
}

bool tile_feature_is_gone(const struct tile_features *features, uint32_t number)
{
    return features->gone_count > 0 &&
           bsearch(&number, features->gone, features->gone_count, sizeof number,
                   compare_numbers) != NULL;
}

static void find_centres(struct tile_features *f)
{
    for (uint32_t i = 0; i < f->area_count; i++) {
        struct tile_area *area = &f->areas[i];
        area->centre = tile_centre_find(f->points, f->rings + area->rings.first,
                                        area->rings.count);
    }
}

static void make_trees(struct tile_features *f)
{
    struct gaz_arena scratch = {0};
    struct tile_box *spots =
        gaz_arena_array(&scratch, f->site_count, sizeof *spots);
    for (uint32_t i = 0; i < f->site_count; i++)
        spots[i] = tile_grid_box(&f->sites[i].at, 1);
    f->area_boxes = tile_boxes_make(&f->arena, &f->areas[0].box, f->area_count,
                                    sizeof *f->areas);
    f->line_boxes = tile_boxes_make(&f->arena, &f->lines[0].box, f->line_count,
                                    sizeof *f->lines);
    f->site_boxes =
        tile_boxes_make(&f->arena, spots, f->site_count, sizeof *spots);
    gaz_arena_close(&scratch);
}

/* Clusters have no place of their own in it: they are not edited. */
static void number_sites(struct tile_features *f)
{
    uint32_t count = f->snap->place_count;
    f->site_of = gaz_arena_array(&f->arena, count, sizeof *f->site_of);
    for (uint32_t i = 0; i < count; i++)
        f->site_of[i] = GAZ_NONE;
    for (uint32_t i = 0; i < f->site_count; i++)
        if (f->sites[i].class != TILE_CLASS_CLUSTER)
            f->site_of[f->sites[i].place] = i;
}

void tile_feature_gather(const struct gaz_snapshot *snap,
                         struct tile_features *out)
{
    *out = (struct tile_features){.snap = snap};
    project_points(out);
    gather_areas(out);
    qsort(out->areas, out->area_count, sizeof *out->areas, compare_areas);
    choose_tints(out);
    note_meetings(out);
    gather_lines(out);
    qsort(out->lines, out->line_count, sizeof *out->lines, compare_lines);
    gather_sites(out);
    find_sea(out);
    tile_cluster_merge(out);
    qsort(out->sites, out->site_count, sizeof *out->sites, compare_sites);
    find_centres(out);
    make_trees(out);
    number_sites(out);
}

/* ---- edits ---- */

/* The number of the site that a place has now; GAZ_NONE: none. */
static uint32_t site_of(const struct tile_features *f, uint64_t id,
                        const struct gaz_snap_place **row)
{
    uint32_t low = 0;
    uint32_t high = f->snap->place_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (f->snap->places[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_known = low < f->snap->place_count && f->snap->places[low].id == id;
    *row = is_known ? &f->snap->places[low] : NULL;
    for (uint32_t i = f->extra_count; i > 0; i--)
        if (f->extra[i - 1].id == id &&
            !tile_feature_is_gone(f, f->site_count + i - 1))
            return f->site_count + i - 1;
    uint32_t number = is_known ? f->site_of[low] : GAZ_NONE;
    return number != GAZ_NONE && tile_feature_is_gone(f, number) ? GAZ_NONE
                                                                 : number;
}

static bool is_heritage(const struct gaz_snap_place *row)
{
    return row && (row->flags & GAZ_SNAP_HERITAGE) != 0;
}

static bool is_same_site(const struct tile_site *a, const struct tile_site *b)
{
    return a->at.x == b->at.x && a->at.y == b->at.y && a->class == b->class &&
           a->rank == b->rank && a->is_synthetic == b->is_synthetic &&
           a->row->category == b->row->category &&
           a->row->accuracy_m == b->row->accuracy_m &&
           strcmp(a->name, b->name) == 0 &&
           strcmp(a->name_roman, b->name_roman) == 0 &&
           strcmp(a->code, b->code) == 0;
}

/* May this edit be made here? A town that moves may turn the sea round. */
static bool is_simple(const struct tile_edit *edit, const struct tile_site *old,
                      const struct tile_site *new,
                      const struct gaz_snap_place *row)
{
    bool was_town = old && old->class == TILE_CLASS_TOWN;
    bool is_town = new &&new->class == TILE_CLASS_TOWN;
    if (is_heritage(row) || is_heritage(&edit->row) || edit->has_area ||
        (row && row->area_count > 0))
        return false;
    if (was_town && is_town)
        return old->at.x == new->at.x && old->at.y == new->at.y;
    return !was_town && !is_town;
}

static const char *keep_text(struct gaz_arena *arena, const char *text)
{
    return gaz_arena_strndup(arena, text ? text : "", text ? strlen(text) : 0);
}

static struct tile_site site_after(struct gaz_arena *arena,
                                   const struct tile_edit *edit)
{
    struct gaz_snap_place *row = gaz_arena_alloc(arena, sizeof *row);
    *row = edit->row;
    struct tile_site site = {
        .id = row->id,
        .row = row,
        .name = keep_text(arena, edit->name),
        .name_roman = keep_text(arena, edit->name_roman),
        .code = keep_text(arena, edit->code),
        .place = GAZ_NONE,
        .rank = tile_feature_rank(row),
        .count = 1,
        .at = project_e7(row->lon_e7, row->lat_e7),
        .class = class_of(row),
        .is_synthetic = (row->flags & GAZ_SNAP_SYNTHETIC) != 0,
    };
    site.text = site.name;
    site.roman = site.name_roman;
    return site;
}

/* What an edit adds to; all in one arena. */
struct adding {
    struct tile_features *out;
    struct tile_site *extra;
    uint32_t *gone;
    struct tile_edit_change *change;
};

static void add_gone(struct adding *adding, uint32_t number)
{
    struct tile_features *f = adding->out;
    uint32_t at = f->gone_count++;
    for (; at > 0 && adding->gone[at - 1] > number; at--)
        adding->gone[at] = adding->gone[at - 1];
    adding->gone[at] = number;
    adding->change->gone[adding->change->gone_count++] = number;
}

static bool apply(struct gaz_arena *arena, const struct tile_edit *edit,
                  struct adding *adding)
{
    struct tile_features *f = adding->out;
    const struct gaz_snap_place *row;
    uint32_t number = site_of(f, edit->row.id, &row);
    const struct tile_site *old =
        number == GAZ_NONE ? NULL : tile_feature_site(f, number);
    struct tile_site site = {.id = 0};
    bool is_there = !edit->is_gone && is_shown(&edit->row);
    if (is_there)
        site = site_after(arena, edit);
    if (!is_simple(edit, old, is_there ? &site : NULL, row))
        return false;
    if (old && is_there && is_same_site(old, &site))
        return true;
    if (old)
        add_gone(adding, number);
    if (is_there) {
        adding->extra[f->extra_count] = site;
        adding->change->come[adding->change->come_count++] =
            f->site_count + f->extra_count++;
    }
    return true;
}

bool tile_feature_edit(struct gaz_arena *arena,
                       const struct tile_features *before,
                       const struct tile_edit *edits, uint32_t count,
                       struct tile_features *out,
                       struct tile_edit_change *change)
{
    struct adding adding = {.out = out, .change = change};
    size_t extras = (size_t)before->extra_count + count;
    size_t goners = (size_t)before->gone_count + count;
    *out = *before;
    out->arena = (struct gaz_arena){0};
    *change = (struct tile_edit_change){
        .gone = gaz_arena_array(arena, count, sizeof *change->gone),
        .come = gaz_arena_array(arena, count, sizeof *change->come),
    };
    adding.extra = gaz_arena_array(arena, extras, sizeof *adding.extra);
    adding.gone = gaz_arena_array(arena, goners, sizeof *adding.gone);
    if (before->extra_count > 0)
        memcpy(adding.extra, before->extra,
               before->extra_count * sizeof *adding.extra);
    if (before->gone_count > 0)
        memcpy(adding.gone, before->gone,
               before->gone_count * sizeof *adding.gone);
    out->extra = adding.extra;
    out->gone = adding.gone;
    for (uint32_t i = 0; i < count; i++)
        if (!apply(arena, &edits[i], &adding))
            return false;
    return true;
}

void tile_feature_close(struct tile_features *features)
{
    gaz_arena_close(&features->arena);
}
