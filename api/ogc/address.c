/* SPDX-License-Identifier: Apache-2.0 */
/* address.c - the standard addresses. */
#include "api/ogc/collection.h"

static const struct gaz_snap_address *address_of(const struct ogc_row *row)
{
    return &row->worker->snap->addresses[row->index];
}

static const char *text_of(const struct ogc_row *row, uint32_t offset)
{
    return gaz_snapshot_text(row->worker->snap, offset);
}

static void get_label(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_snapshot *snap = row->worker->snap;
    const struct gaz_snap_address *address = address_of(row);
    ogc_value_text(
        out, gaz_arena_printf(&row->worker->ctx.arena, "%s%s%s",
                              text_of(row, snap->places[address->parent].label),
                              text_of(row, address->number),
                              text_of(row, address->tail)));
}

static void get_number(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, text_of(row, address_of(row)->number));
}

static void get_tail(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, text_of(row, address_of(row)->tail));
}

static void get_street(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out,
                   api_part_name(row->worker->snap, address_of(row)->parent));
}

static const char *id_of(const struct ogc_row *row, uint32_t place)
{
    char text[GAZ_ID_TEXT_BYTES];
    if (place == GAZ_NONE)
        return NULL;
    return gaz_arena_strdup(
        &row->worker->ctx.arena,
        gaz_id_write(row->worker->snap->places[place].id, text));
}

static void get_parent(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, id_of(row, address_of(row)->parent));
}

static void get_place(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, id_of(row, address_of(row)->place));
}

static void get_place_name(const struct ogc_row *row, struct ogc_value *out)
{
    uint32_t place = address_of(row)->place;
    ogc_value_text(out, place == GAZ_NONE
                            ? NULL
                            : api_part_name(row->worker->snap, place));
}

static void get_county(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out,
                   ogc_division_name(row->worker->snap, address_of(row)->parent,
                                     GAZ_LEVEL_COUNTY));
}

static void get_town(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out,
                   ogc_division_name(row->worker->snap, address_of(row)->parent,
                                     GAZ_LEVEL_TOWN));
}

static void get_status(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, api_part_status(address_of(row)->status));
}

static gaz_method method_of(const struct ogc_row *row)
{
    return address_of(row)->lon_e7 == INT32_MIN
               ? GAZ_METHOD_NONE
               : (gaz_method)address_of(row)->method;
}

static void get_method(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, api_part_method(method_of(row)));
}

static void get_note(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, api_part_method_note(method_of(row)));
}

static void get_accuracy(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_number(out, (double)address_of(row)->accuracy_m);
    out->is_null =
        !(address_of(row)->accuracy_m > 0) || method_of(row) == GAZ_METHOD_NONE;
}

static void get_source(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out,
                   ogc_source_key(row->worker->snap, address_of(row)->source));
}

static void get_synthetic(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_bool(out, (address_of(row)->flags & GAZ_SNAP_SYNTHETIC) != 0);
}

static const struct ogc_property PROPERTIES[] = {
    {"label", OGC_TEXT, get_label, "标准地址",
     "the standard address, province first"},
    {"number", OGC_TEXT, get_number, "门牌号", "house number"},
    {"tail", OGC_TEXT, get_tail, "楼幢单元室", "what follows the number"},
    {"street", OGC_TEXT, get_street, "所在路巷村",
     "the road, village or estate that it is counted in"},
    {"parent_id", OGC_TEXT, get_parent, "路巷村编号", "its id"},
    {"place_id", OGC_TEXT, get_place, "所在地名编号", "id of the site there"},
    {"place_name", OGC_TEXT, get_place_name, "所在地名", "name of the site"},
    {"county", OGC_TEXT, get_county, "县级区划", "county"},
    {"town", OGC_TEXT, get_town, "乡级区划", "town"},
    {"status", OGC_TEXT, get_status, "状态", "current, planned or historical"},
    {"position_method", OGC_TEXT, get_method, "位置来法",
     "how the position came about"},
    {"position_note", OGC_TEXT, get_note, "位置说明",
     "how far the position may be trusted"},
    {"accuracy_m", OGC_NUMBER, get_accuracy, "位置精度（米）",
     "the true place is within, metres, at about 95 %"},
    {"source", OGC_TEXT, get_source, "来源", "source"},
    {"synthetic", OGC_BOOLEAN, get_synthetic, "程序生成",
     "made by a generator; never real"},
    {.name = NULL},
};

static uint32_t count(const struct api_worker *worker)
{
    const struct gaz_snapshot *snap = worker->snap;
    return snap->address_count;
}

static bool has(const struct api_worker *worker, uint32_t index)
{
    const struct gaz_snapshot *snap = worker->snap;
    (void)snap;
    (void)index;
    return true;
}

static void write_id(const struct api_worker *worker, uint32_t index, char *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    (void)gaz_id_write(snap->addresses[index].id, out);
}

static uint32_t find(const struct api_worker *worker, const char *id)
{
    const struct gaz_snapshot *snap = worker->snap;
    gaz_id number;
    return gaz_id_parse(id, &number) ? gaz_snapshot_address(snap, number)
                                     : GAZ_NONE;
}

static bool get_box(const struct api_worker *worker, uint32_t index,
                    struct gaz_box *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    return ogc_point_box(snap->addresses[index].lon_e7,
                         snap->addresses[index].lat_e7, out);
}

static void get_shape(const struct ogc_row *row, struct ogc_shape *out)
{
    struct gaz_box box;
    *out = (struct ogc_shape){.kind = OGC_SHAPE_NONE};
    if (get_box(row->worker, row->index, &box))
        *out = ogc_shape_point(&row->worker->ctx.arena, box.min);
}

/* The snapshot keeps no dates of addresses. */
static void get_span(const struct api_worker *worker, uint32_t index,
                     gaz_date *from, gaz_date *to)
{
    const struct gaz_snapshot *snap = worker->snap;
    (void)snap;
    (void)index;
    *from = GAZ_DATE_OPEN;
    *to = GAZ_DATE_OPEN;
}

static void credit(const struct api_worker *worker, uint32_t index,
                   struct api_credits *credits)
{
    const struct gaz_snapshot *snap = worker->snap;
    api_part_credit(credits, snap, snap->addresses[index].source);
    api_part_credit_place(credits, snap, snap->addresses[index].parent);
}

const struct ogc_collection OGC_ADDRESSES = {
    .name = "addresses",
    .zh = "标准地址",
    .en = "Addresses",
    .about_zh = "门牌与标准地址。",
    .about_en = "House numbers and standard addresses.",
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
