/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/index/builder.h"

#include <string.h>

#include "gazetteer/index/collect.h"
#include "gazetteer/index/write.h"

struct gaz_builder *gaz_builder_new(void)
{
    struct gaz_builder *builder = gaz_malloc(sizeof(*builder));
    gaz_pool_open(&builder->pool);
    gaz_buffer_open(&builder->areas, SIZE_MAX / 2);
    builder->places.item_size = sizeof(struct gaz_given_place);
    builder->names.item_size = sizeof(struct gaz_given_name);
    builder->addresses.item_size = sizeof(struct gaz_given_address);
    builder->claims.item_size = sizeof(struct gaz_given_claim);
    builder->changes.item_size = sizeof(struct gaz_given_change);
    builder->sources.item_size = sizeof(struct gaz_given_source);
    builder->lines.item_size = sizeof(struct gaz_given_line);
    builder->points.item_size = sizeof(struct gaz_snap_point);
    builder->redirects.item_size = sizeof(struct gaz_format_redirect);
    return builder;
}

void gaz_builder_free(struct gaz_builder *builder)
{
    if (!builder)
        return;
    gaz_pool_close(&builder->pool);
    gaz_buffer_close(&builder->areas);
    gaz_rows_close(&builder->places);
    gaz_rows_close(&builder->names);
    gaz_rows_close(&builder->addresses);
    gaz_rows_close(&builder->claims);
    gaz_rows_close(&builder->changes);
    gaz_rows_close(&builder->sources);
    gaz_rows_close(&builder->lines);
    gaz_rows_close(&builder->points);
    gaz_rows_close(&builder->redirects);
    gaz_ctx_close(&builder->refused);
    gaz_free(builder);
}

/* The add functions return nothing: the first refusal is kept and told by
 * gaz_builder_write. */
static void refuse(struct gaz_builder *builder, const char *what, gaz_id id,
                   const char *why)
{
    char text[GAZ_ID_TEXT_BYTES];
    gaz_status status = gaz_fail(&builder->refused, GAZ_INVALID, "%s %s %s",
                                 what, gaz_id_write(id, text), why);
    (void)status;
}

/* The official code as a number, padded right to 12 digits: 330482 gives
 * 330482000000, so that codes of all levels sort by the tree. */
static uint64_t code_number(const char *code)
{
    enum { CODE_DIGITS = 12 };
    size_t len = code ? strlen(code) : 0;
    if (len > CODE_DIGITS || strspn(code ? code : "", "0123456789") != len)
        return 0;
    uint64_t number = 0;
    for (size_t i = 0; i < CODE_DIGITS && len > 0; i++)
        number = number * 10 + (i < len ? (uint64_t)(code[i] - '0') : 0);
    return number;
}

/* Writes the position; false when it is not one on earth. */
static bool keep_position(const struct gaz_position *position,
                          struct gaz_snap_point *point, float *accuracy_m,
                          uint8_t *method)
{
    *point = (struct gaz_snap_point){INT32_MIN, INT32_MIN};
    *accuracy_m = 0;
    *method = GAZ_METHOD_NONE;
    if (position->method == GAZ_METHOD_NONE)
        return true;
    if (!gaz_coord_is_valid(position->coord))
        return false;
    point->lon_e7 = gaz_coord_to_e7(position->coord.lon);
    point->lat_e7 = gaz_coord_to_e7(position->coord.lat);
    *accuracy_m = position->accuracy_m > 0 ? (float)position->accuracy_m : 0.0F;
    *method = (uint8_t)position->method;
    return true;
}

void gaz_builder_source(struct gaz_builder *builder,
                        const struct gaz_source *source)
{
    struct gaz_pool *pool = &builder->pool;
    struct gaz_given_source *given = gaz_rows_add(&builder->sources, 1);
    given->id = source->id;
    given->row = (struct gaz_snap_source){
        .key = gaz_pool_add(pool, source->key),
        .title = gaz_pool_add(pool, source->title),
        .origin = gaz_pool_add(pool, source->origin),
        .edition = gaz_pool_add(pool, source->edition),
        .licence = gaz_pool_add(pool, source->licence),
        .credit = gaz_pool_add(pool, source->credit),
        .url = gaz_pool_add(pool, source->url),
        .grade = gaz_pool_add(pool, source->grade),
    };
}

static void keep_names(struct gaz_builder *builder,
                       const struct gaz_place *place)
{
    struct gaz_pool *pool = &builder->pool;
    for (int i = 0; i < place->name_count; i++) {
        const struct gaz_name *name = &place->names[i];
        struct gaz_given_name *given = gaz_rows_add(&builder->names, 1);
        given->source = name->source;
        given->row.text = gaz_pool_add(pool, name->text);
        given->row.roman = gaz_pool_add(pool, name->roman);
        given->row.valid_from = name->valid_from;
        given->row.valid_to = name->valid_to;
        given->row.kind = (uint8_t)name->kind;
        given->row.basis = (uint8_t)name->basis;
    }
}

static uint32_t place_flags(const struct gaz_place *place)
{
    enum { CLASS_MEMORIAL_AND_SCENIC = 25, CLASS_SIZE = 1000 };
    uint32_t flags = 0;
    if (place->is_statistical)
        flags |= GAZ_SNAP_STATISTICAL;
    if (place->is_synthetic)
        flags |= GAZ_SNAP_SYNTHETIC;
    if (place->area_size > 0 && place->area_is_schematic)
        flags |= GAZ_SNAP_SCHEMATIC_AREA;
    if (place->category / CLASS_SIZE == CLASS_MEMORIAL_AND_SCENIC)
        flags |= GAZ_SNAP_HERITAGE;
    return flags;
}

static void keep_place(struct gaz_builder *builder,
                       const struct gaz_place *place,
                       struct gaz_snap_place *row)
{
    struct gaz_pool *pool = &builder->pool;
    struct gaz_snap_point point;
    if (!keep_position(&place->position, &point, &row->accuracy_m,
                       &row->method))
        refuse(builder, "place", place->id, "has a position off the earth");
    row->lon_e7 = point.lon_e7;
    row->lat_e7 = point.lat_e7;
    row->id = place->id;
    row->code = code_number(place->code);
    row->code_text = gaz_pool_add(pool, place->code);
    row->address_text = gaz_pool_add(pool, place->address);
    row->meaning = gaz_pool_add(pool, place->meaning);
    row->origin = gaz_pool_add(pool, place->origin);
    row->history = gaz_pool_add(pool, place->history);
    row->valid_from = place->valid_from;
    row->valid_to = place->valid_to;
    row->category = (uint32_t)place->category;
    row->level = (uint8_t)place->level;
    row->status = (uint8_t)place->status;
    row->basis = (uint8_t)place->basis;
    row->name_count = (uint16_t)place->name_count;
    row->flags = place_flags(place);
    row->numbering_start = (uint8_t)place->numbering.start;
    row->odd_side = (uint8_t)place->numbering.odd_side;
}

void gaz_builder_place(struct gaz_builder *builder,
                       const struct gaz_place *place)
{
    if (place->id == 0) {
        refuse(builder, "place", place->id, "has no id");
        return;
    }
    if (place->name_count < 1 || place->name_count > GAZ_NAMES_MAX) {
        refuse(builder, "place", place->id, "must have 1 to 64 names");
        return;
    }
    struct gaz_given_place *given = gaz_rows_add(&builder->places, 1);
    given->parent = place->parent;
    given->source = place->position.source;
    given->name_first = builder->names.count;
    keep_names(builder, place);
    keep_place(builder, place, &given->row);
    if (place->area_wkb && place->area_size > 0) {
        given->area_at = builder->areas.size;
        given->area_size = place->area_size;
        gaz_buffer_bytes(&builder->areas, place->area_wkb, place->area_size);
    }
}

void gaz_builder_address(struct gaz_builder *builder,
                         const struct gaz_address *address)
{
    struct gaz_given_address *given = gaz_rows_add(&builder->addresses, 1);
    struct gaz_snap_address *row = &given->row;
    given->parent = address->parent;
    given->place = address->place;
    given->source = address->source;
    struct gaz_snap_point point;
    if (!keep_position(&address->position, &point, &row->accuracy_m,
                       &row->method))
        refuse(builder, "address", address->id, "has a position off the earth");
    row->lon_e7 = point.lon_e7;
    row->lat_e7 = point.lat_e7;
    row->id = address->id;
    row->number = gaz_pool_add(&builder->pool, address->number);
    row->tail = gaz_pool_add(&builder->pool, address->tail);
    row->number_value = address->number_value;
    row->status = (uint8_t)address->status;
    row->flags = address->is_synthetic ? GAZ_SNAP_SYNTHETIC : 0;
}

void gaz_builder_claim(struct gaz_builder *builder,
                       const struct gaz_claim *claim)
{
    struct gaz_pool *pool = &builder->pool;
    struct gaz_given_claim *given = gaz_rows_add(&builder->claims, 1);
    given->place = claim->place;
    given->row = (struct gaz_snap_claim){
        .property = gaz_pool_add(pool, claim->property),
        .value = gaz_pool_add(pool, claim->value),
        .value_date = gaz_pool_add(pool, claim->value_date),
        .source_title = gaz_pool_add(pool, claim->source_title),
        .source_url = gaz_pool_add(pool, claim->source_url),
        .grade = gaz_pool_add(pool, claim->grade),
        .is_preferred = claim->is_preferred,
    };
}

void gaz_builder_change(struct gaz_builder *builder,
                        const struct gaz_change *change)
{
    struct gaz_given_change *given = gaz_rows_add(&builder->changes, 1);
    given->from = change->from;
    given->to = change->to;
    given->source = change->source;
    given->row = (struct gaz_snap_change){
        .date = change->date,
        .note = gaz_pool_add(&builder->pool, change->note),
        .kind = (uint32_t)change->kind,
        .basis = (uint32_t)change->basis,
    };
}

void gaz_builder_line(struct gaz_builder *builder, const struct gaz_line *line)
{
    struct gaz_given_line *given = gaz_rows_add(&builder->lines, 1);
    given->left = line->left;
    given->right = line->right;
    given->source = line->source;
    given->row = (struct gaz_snap_line){
        .name = gaz_pool_add(&builder->pool, line->name),
        .code = gaz_pool_add(&builder->pool, line->code),
        .kind = (uint32_t)line->kind,
        .level = (uint32_t)line->level,
        .flags = (line->is_schematic ? GAZ_SNAP_SCHEMATIC_AREA : 0U) |
                 (line->is_synthetic ? GAZ_SNAP_SYNTHETIC : 0U),
        .point_first = (uint32_t)builder->points.count,
        .point_count = (uint32_t)line->point_count,
    };
    struct gaz_snap_point *points =
        gaz_rows_add(&builder->points, line->point_count);
    for (size_t i = 0; i < line->point_count; i++) {
        if (!gaz_coord_is_valid(line->points[i]))
            refuse(builder, "line at", line->left, "has a point off the earth");
        else
            points[i] =
                (struct gaz_snap_point){gaz_coord_to_e7(line->points[i].lon),
                                        gaz_coord_to_e7(line->points[i].lat)};
    }
}

void gaz_builder_redirect(struct gaz_builder *builder, gaz_id merged,
                          gaz_id kept)
{
    struct gaz_format_redirect *redirect = gaz_rows_add(&builder->redirects, 1);
    *redirect = (struct gaz_format_redirect){merged, kept};
}

void gaz_builder_journal_seq(struct gaz_builder *builder, uint64_t seq)
{
    builder->journal_seq = seq;
}

gaz_status gaz_builder_write(struct gaz_ctx *ctx, struct gaz_builder *builder,
                             const char *path, struct gaz_build_stats *out)
{
    struct gaz_rows file = {.item_size = 1};
    struct gaz_build_stats stats;
    gaz_status status = gaz_write_bytes(ctx, builder, &file, &stats);
    if (status == GAZ_OK)
        status = gaz_file_replace(ctx, path, file.items, file.count);
    gaz_rows_close(&file);
    if (status == GAZ_OK)
        *out = stats;
    return status;
}
