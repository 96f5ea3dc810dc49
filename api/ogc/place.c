/* SPDX-License-Identifier: Apache-2.0 */
/* place.c - places, and the divisions, roads and heritage sites among them. */
#include <string.h>

#include "api/category.h"
#include "api/ogc/collection.h"

static const struct gaz_snap_place *place_of(const struct ogc_row *row)
{
    return &row->worker->snap->places[row->index];
}

static const char *text_of(const struct ogc_row *row, uint32_t offset)
{
    return gaz_snapshot_text(row->worker->snap, offset);
}

static void get_name(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, api_part_name(row->worker->snap, row->index));
}

static void get_roman(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, api_part_roman(row->worker->snap, row->index));
}

static void get_label(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, text_of(row, place_of(row)->label));
}

static void get_code(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, text_of(row, place_of(row)->code_text));
}

static void get_level(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_integer(out, place_of(row)->level);
}

static void get_category(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_integer(out, place_of(row)->category);
}

static void get_category_name(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, api_category_find(place_of(row)->category)->zh);
}

static void get_status(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, api_part_status(place_of(row)->status));
}

static void get_from(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_date(out, place_of(row)->valid_from);
}

static void get_to(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_date(out, place_of(row)->valid_to);
}

/* The names of one kind in one text, "黄姑镇; 新庙"; "" when there is none. */
static const char *join_names(const struct ogc_row *row, gaz_name_kind kind)
{
    const struct gaz_snapshot *snap = row->worker->snap;
    const struct gaz_snap_place *place = place_of(row);
    const char *all = "";
    for (uint32_t i = 0; i < place->name_count; i++) {
        const struct gaz_snap_name *name = &snap->names[place->name_first + i];
        if (name->kind == kind)
            all = gaz_arena_printf(&row->worker->ctx.arena, "%s%s%s", all,
                                   all[0] ? "; " : "",
                                   gaz_snapshot_text(snap, name->text));
    }
    return all;
}

static void get_former(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, join_names(row, GAZ_NAME_FORMER));
}

static void get_aliases(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, join_names(row, GAZ_NAME_ALIAS));
}

static void get_county(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, ogc_division_name(row->worker->snap, row->index,
                                          GAZ_LEVEL_COUNTY));
}

static void get_town(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(
        out, ogc_division_name(row->worker->snap, row->index, GAZ_LEVEL_TOWN));
}

static void get_parent(const struct ogc_row *row, struct ogc_value *out)
{
    uint32_t parent = place_of(row)->parent;
    char text[GAZ_ID_TEXT_BYTES];
    ogc_value_text(
        out,
        parent == GAZ_NONE
            ? NULL
            : gaz_arena_strdup(
                  &row->worker->ctx.arena,
                  gaz_id_write(row->worker->snap->places[parent].id, text)));
}

static void get_address(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, text_of(row, place_of(row)->address_text));
}

static void get_meaning(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, text_of(row, place_of(row)->meaning));
}

static void get_origin(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, text_of(row, place_of(row)->origin));
}

static void get_history(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out, text_of(row, place_of(row)->history));
}

static void get_heritage(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_bool(out, (place_of(row)->flags & GAZ_SNAP_HERITAGE) != 0);
}

static void get_synthetic(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_bool(out, (place_of(row)->flags & GAZ_SNAP_SYNTHETIC) != 0);
}

static void get_statistical(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_bool(out, (place_of(row)->flags & GAZ_SNAP_STATISTICAL) != 0);
}

static gaz_method method_of(const struct ogc_row *row)
{
    return place_of(row)->lon_e7 == INT32_MIN
               ? GAZ_METHOD_NONE
               : (gaz_method)place_of(row)->method;
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
    ogc_value_number(out, (double)place_of(row)->accuracy_m);
    out->is_null =
        !(place_of(row)->accuracy_m > 0) || method_of(row) == GAZ_METHOD_NONE;
}

static void get_source(const struct ogc_row *row, struct ogc_value *out)
{
    ogc_value_text(out,
                   ogc_source_key(row->worker->snap, place_of(row)->source));
}

static void get_name_source(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_snapshot *snap = row->worker->snap;
    const struct gaz_snap_place *place = place_of(row);
    ogc_value_text(
        out, place->name_count == 0
                 ? NULL
                 : ogc_source_key(snap, snap->names[place->name_first].source));
}

/* "built: 1717 (乙书)", the preferred ones; all are at /v1/places/{id}. */
static void get_claims(const struct ogc_row *row, struct ogc_value *out)
{
    const struct gaz_snapshot *snap = row->worker->snap;
    const struct gaz_snap_place *place = place_of(row);
    const char *all = "";
    for (uint32_t i = 0; i < place->claim_count; i++) {
        const struct gaz_snap_claim *claim =
            &snap->claims[place->claim_first + i];
        if (claim->is_preferred)
            all = gaz_arena_printf(
                &row->worker->ctx.arena, "%s%s%s: %s (%s)", all,
                all[0] ? "; " : "", gaz_snapshot_text(snap, claim->property),
                gaz_snapshot_text(snap, claim->value),
                gaz_snapshot_text(snap, claim->source_title));
    }
    ogc_value_text(out, all);
}

#define COMMON                                                                 \
    {"name", OGC_TEXT, get_name, "标准名称", "standard name"},                 \
        {"roman", OGC_TEXT, get_roman, "罗马字母拼写", "romanised name"},      \
        {"label", OGC_TEXT, get_label, "全称", "full name, province first"},   \
        {"code", OGC_TEXT, get_code, "区划代码", "official division code"},    \
        {"level", OGC_INTEGER, get_level, "层级",                              \
         "1 province, 2 city, 3 county, 4 town, 5 village, 0 no division"},    \
        {"category", OGC_INTEGER, get_category, "类别代码",                    \
         "category after GB/T 18521"},                                         \
        {"category_name", OGC_TEXT, get_category_name, "类别",                 \
         "name of the category"},                                              \
        {"status", OGC_TEXT, get_status, "状态",                               \
         "current, planned or historical"},                                    \
        {"county", OGC_TEXT, get_county, "县级区划", "county"},                \
        {"town", OGC_TEXT, get_town, "乡级区划", "town"},                      \
        {"parent_id", OGC_TEXT, get_parent, "上级编号", "id of the parent"},   \
        {"former_names", OGC_TEXT, get_former, "曾用名", "former names"},      \
        {"aliases", OGC_TEXT, get_aliases, "别名", "other names in use"},      \
        {"valid_from", OGC_DATE, get_from, "启用", "since when"},              \
        {"valid_to", OGC_DATE, get_to, "废止", "until when"},                  \
        {"position_method", OGC_TEXT, get_method, "位置来法",                  \
         "how the position came about"},                                       \
        {"position_note", OGC_TEXT, get_note, "位置说明",                      \
         "how far the position may be trusted"},                               \
        {"accuracy_m", OGC_NUMBER, get_accuracy, "位置精度（米）",             \
         "the true place is within, metres, at about 95 %"},                   \
        {"source", OGC_TEXT, get_source, "位置来源",                           \
         "source of the position"},                                            \
        {"name_source", OGC_TEXT, get_name_source, "名称来源",                 \
         "source of the name"},                                                \
    {                                                                          \
        "synthetic", OGC_BOOLEAN, get_synthetic, "程序生成",                   \
            "made by a generator; never real"                                  \
    }

#define CULTURE                                                                \
    {"address", OGC_TEXT, get_address, "地址", "where it stands"},             \
        {"meaning", OGC_TEXT, get_meaning, "含义", "what the name means"},     \
        {"origin", OGC_TEXT, get_origin, "来历", "how it came about"},         \
    {                                                                          \
        "history", OGC_TEXT, get_history, "历史沿革", "history"                \
    }

static const struct ogc_property PLACE_PROPERTIES[] = {
    COMMON,
    CULTURE,
    {"heritage", OGC_BOOLEAN, get_heritage, "红色遗址或文化地名",
     "a heritage site"},
    {"statistical", OGC_BOOLEAN, get_statistical, "统计用单位",
     "a reporting unit that law does not know"},
    {.name = NULL},
};

static const struct ogc_property DIVISION_PROPERTIES[] = {
    COMMON,
    {"statistical", OGC_BOOLEAN, get_statistical, "统计用单位",
     "a reporting unit that law does not know"},
    {.name = NULL},
};

static const struct ogc_property ROAD_PROPERTIES[] = {COMMON, {.name = NULL}};

static const struct ogc_property HERITAGE_PROPERTIES[] = {
    COMMON,
    CULTURE,
    {"claims", OGC_TEXT, get_claims, "史实", "what is claimed, with sources"},
    {.name = NULL},
};

static uint32_t count_places(const struct api_worker *worker)
{
    const struct gaz_snapshot *snap = worker->snap;
    return snap->place_count;
}

static bool is_any(const struct api_worker *worker, uint32_t index)
{
    (void)worker;
    (void)index;
    return true;
}

static bool is_division(const struct api_worker *worker, uint32_t index)
{
    const struct gaz_snapshot *snap = worker->snap;
    return snap->places[index].level != GAZ_LEVEL_NONE;
}

static bool is_road(const struct api_worker *worker, uint32_t index)
{
    const struct gaz_snapshot *snap = worker->snap;
    return snap->places[index].category / 100 == GAZ_CATEGORY_ROAD / 100;
}

static bool is_heritage(const struct api_worker *worker, uint32_t index)
{
    const struct gaz_snapshot *snap = worker->snap;
    return (snap->places[index].flags & GAZ_SNAP_HERITAGE) != 0;
}

static void write_id(const struct api_worker *worker, uint32_t index, char *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    (void)gaz_id_write(snap->places[index].id, out);
}

static uint32_t find(const struct api_worker *worker, const char *id)
{
    const struct gaz_snapshot *snap = worker->snap;
    gaz_id number;
    return gaz_id_parse(id, &number) ? gaz_snapshot_place(snap, number)
                                     : GAZ_NONE;
}

static bool get_box(const struct api_worker *worker, uint32_t index,
                    struct gaz_box *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    return ogc_point_box(snap->places[index].lon_e7, snap->places[index].lat_e7,
                         out);
}

static void get_shape(const struct ogc_row *row, struct ogc_shape *out)
{
    struct gaz_box box;
    *out = (struct ogc_shape){.kind = OGC_SHAPE_NONE};
    if (get_box(row->worker, row->index, &box))
        *out = ogc_shape_point(&row->worker->ctx.arena, box.min);
}

static void get_span(const struct api_worker *worker, uint32_t index,
                     gaz_date *from, gaz_date *to)
{
    const struct gaz_snapshot *snap = worker->snap;
    *from = snap->places[index].valid_from;
    *to = snap->places[index].valid_to;
}

static void credit(const struct api_worker *worker, uint32_t index,
                   struct api_credits *credits)
{
    const struct gaz_snapshot *snap = worker->snap;
    api_part_credit_place(credits, snap, index);
}

#define PLACE_WALK                                                             \
    .geometry = "point", .count = count_places, .id = write_id, .find = find,  \
    .shape = get_shape, .box = get_box, .span = get_span, .credit = credit

const struct ogc_collection OGC_PLACES = {
    .name = "places",
    .zh = "地名",
    .en = "Places",
    .about_zh = "全部地名：区划、村居、道路、居民点、遗址等。",
    .about_en = "All places: divisions, villages, roads, settlements, sites.",
    .properties = PLACE_PROPERTIES,
    .has = is_any,
    PLACE_WALK,
};

const struct ogc_collection OGC_DIVISIONS = {
    .name = "divisions",
    .zh = "行政区划与村居",
    .en = "Divisions",
    .about_zh = "省、市、县、乡镇以及村、社区，位置为代表点。",
    .about_en = "Provinces, cities, counties, towns and villages, as points.",
    .properties = DIVISION_PROPERTIES,
    .has = is_division,
    PLACE_WALK,
};

const struct ogc_collection OGC_ROADS = {
    .name = "roads",
    .zh = "道路街巷",
    .en = "Roads",
    .about_zh = "道路、街巷，位置由其门牌推得。",
    .about_en = "Roads and lanes; positions are derived from their addresses.",
    .properties = ROAD_PROPERTIES,
    .has = is_road,
    PLACE_WALK,
};

const struct ogc_collection OGC_HERITAGE = {
    .name = "heritage",
    .zh = "红色遗址与文化地名",
    .en = "Heritage sites",
    .about_zh = "红色遗址与文化地名，附出处。",
    .about_en = "Heritage sites with what is claimed of them, and by whom.",
    .properties = HERITAGE_PROPERTIES,
    .has = is_heritage,
    PLACE_WALK,
};
