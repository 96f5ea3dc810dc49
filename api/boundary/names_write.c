/* SPDX-License-Identifier: Apache-2.0 */
/* names_write.c - names along a line as table, CSV, GeoJSON and page. */
#include <string.h>

#include "api/boundary/names.h"
#include "api/part.h"
#include "api/represent.h"

const char API_BOUNDARY_NAMES_TYPES[] = "tttttttnnntttttt";

static const char *certain_zh(bool is_certain)
{
    return is_certain ? "确定" : "可能";
}

void api_boundary_names_table(const struct api_boundary_names *n,
                              struct gaz_buffer *out)
{
    gaz_buffer_printf(out,
                      "names within %.0f m  %zu  (%zu by position not sure)\n"
                      "findings           %zu\n",
                      n->options.within_m, n->report.name_count,
                      n->report.possible_count, n->report.item_count);
    for (size_t i = 0; i < n->report.item_count; i++) {
        const struct gaz_border_item *item = &n->report.items[i];
        gaz_buffer_printf(out, "%-7s B14 %s %s\n",
                          api_boundary_severity(item->severity),
                          certain_zh(item->is_certain), item->zh);
        if (item->proposal)
            gaz_buffer_printf(out, "        建议 %s\n", item->proposal);
    }
}

/* ---- CSV ---- */

static void put_cell(struct gaz_buffer *out, const char *text, bool is_last)
{
    api_represent_csv_cell(out, text ? text : "", true);
    gaz_buffer_text(out, is_last ? "\r\n" : ",");
}

void api_boundary_names_csv(const struct api_boundary_names *n,
                            struct gaz_buffer *out)
{
    gaz_buffer_text(out, "rule,kind,severity,certain,name_a,name_b,id_a,"
                         "distance_m,apart_m,accuracy_m,id_b,message,clause,"
                         "advice,proposal,message_en\r\n");
    for (size_t i = 0; i < n->report.item_count; i++) {
        const struct gaz_border_item *item = &n->report.items[i];
        char ids[2][GAZ_ID_TEXT_BYTES] = {"", ""};
        (void)gaz_id_write(item->a->id, ids[0]);
        if (item->b)
            (void)gaz_id_write(item->b->id, ids[1]);
        gaz_buffer_printf(out, "B14,%s,%s,%s,",
                          gaz_border_kind_name(item->kind),
                          api_boundary_severity(item->severity),
                          item->is_certain ? "yes" : "perhaps");
        put_cell(out, item->a->label, false);
        put_cell(out, item->b ? item->b->label : "", false);
        gaz_buffer_printf(out, "%s,%.0f,%.0f,%.0f,%s,", ids[0],
                          item->distance_m, item->apart_m, item->uncertainty_m,
                          ids[1]);
        put_cell(out, item->zh, false);
        put_cell(out, item->clause, false);
        put_cell(out, item->advice, false);
        put_cell(out, item->proposal, false);
        put_cell(out, item->en, true);
    }
}

/* ---- JSON ---- */

static void write_item(struct gaz_json *json,
                       const struct gaz_border_item *item)
{
    gaz_json_string(json, "rule", "B14");
    gaz_json_string(json, "kind", gaz_border_kind_name(item->kind));
    gaz_json_string(json, "kind_zh", gaz_border_kind_zh(item->kind));
    gaz_json_string(json, "severity", api_boundary_severity(item->severity));
    gaz_json_bool(json, "certain", item->is_certain);
    gaz_json_string(json, "a", item->a->label);
    api_part_id(json, "a_id", item->a->id);
    if (item->b) {
        gaz_json_string(json, "b", item->b->label);
        api_part_id(json, "b_id", item->b->id);
        gaz_json_number(json, "apart_m", item->apart_m, 1);
    }
    gaz_json_number(json, "distance_m", item->distance_m, 1);
    gaz_json_number(json, "accuracy_m", item->uncertainty_m, 1);
    gaz_json_string(json, "message", item->zh);
    gaz_json_string(json, "message_en", item->en);
    gaz_json_string(json, "clause", item->clause);
    gaz_json_string(json, "advice", item->advice);
    gaz_json_string(json, "advice_en", item->advice_en);
    gaz_json_optional(json, "proposal", item->proposal);
}

static void write_name(struct gaz_json *json,
                       const struct gaz_border_name *name)
{
    api_part_id(json, "id", name->id);
    gaz_json_string(json, "name", name->text);
    gaz_json_string(json, "label", name->label);
    gaz_json_string(json, "side", name->side == 0 ? "a" : "b");
    api_part_category(json, name->category);
    gaz_json_number(json, "distance_m", name->distance_m, 1);
    gaz_json_number(json, "accuracy_m", name->accuracy_m, 1);
}

void api_boundary_names_summary(struct gaz_json *json,
                                const struct api_boundary_names *n)
{
    gaz_json_object(json, "summary");
    gaz_json_number(json, "within_m", n->options.within_m, 1);
    gaz_json_int(json, "names", (int64_t)n->report.name_count);
    gaz_json_int(json, "names_perhaps", (int64_t)n->report.possible_count);
    gaz_json_int(json, "findings", (int64_t)n->report.item_count);
    gaz_json_end(json);
}

void api_boundary_names_list(struct gaz_json *json,
                             const struct api_boundary_names *n)
{
    gaz_json_array(json, "names");
    for (size_t i = 0; i < n->report.name_count; i++) {
        gaz_json_object(json, NULL);
        gaz_json_coord(json, "where", n->report.names[i]->where);
        write_name(json, n->report.names[i]);
        gaz_json_end(json);
    }
    gaz_json_end(json);
    gaz_json_array(json, "findings");
    for (size_t i = 0; i < n->report.item_count; i++) {
        gaz_json_object(json, NULL);
        write_item(json, &n->report.items[i]);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void write_pair(struct gaz_json *json,
                       const struct gaz_border_item *item)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    gaz_json_object(json, "geometry");
    gaz_json_string(json, "type", item->b ? "LineString" : "Point");
    if (item->b) {
        gaz_json_array(json, "coordinates");
        gaz_json_coord(json, NULL, item->a->where);
        gaz_json_coord(json, NULL, item->b->where);
        gaz_json_end(json);
    } else {
        gaz_json_coord(json, "coordinates", item->a->where);
    }
    gaz_json_end(json);
    gaz_json_object(json, "properties");
    write_item(json, item);
    gaz_json_end(json);
    gaz_json_end(json);
}

void api_boundary_names_features(struct gaz_json *json,
                                 const struct api_boundary_names *n)
{
    gaz_json_array(json, "features");
    for (size_t i = 0; i < n->report.name_count; i++) {
        const struct gaz_border_name *name = n->report.names[i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "type", "Feature");
        gaz_json_object(json, "geometry");
        gaz_json_string(json, "type", "Point");
        gaz_json_coord(json, "coordinates", name->where);
        gaz_json_end(json);
        gaz_json_object(json, "properties");
        gaz_json_string(json, "kind", "name");
        write_name(json, name);
        gaz_json_end(json);
        gaz_json_end(json);
    }
    for (size_t i = 0; i < n->report.item_count; i++)
        write_pair(json, &n->report.items[i]);
    gaz_json_end(json);
}

/* ---- page ---- */

static void put_items(const struct api_boundary_names *n,
                      struct gaz_buffer *out)
{
    gaz_buffer_text(out,
                    "<h2>两侧地名的关系</h2><table><tr><th>类别<th>把握<th>意见"
                    "<th>离界线（米）<th>位置误差（米）<th>依据<th>处理建议");
    for (size_t i = 0; i < n->report.item_count; i++) {
        const struct gaz_border_item *item = &n->report.items[i];
        gaz_buffer_printf(out, "<tr><td>%s<td>%s<td>",
                          gaz_border_kind_zh(item->kind),
                          certain_zh(item->is_certain));
        gaz_buffer_html(out, item->zh);
        gaz_buffer_printf(out, "<td class=n>%.0f<td class=n>%.0f<td>",
                          item->distance_m, item->uncertainty_m);
        gaz_buffer_html(out, item->clause);
        gaz_buffer_text(out, "<td>");
        gaz_buffer_html(out, item->advice);
        if (item->proposal) {
            gaz_buffer_text(out, "<br><b>联合命名建议：</b>");
            gaz_buffer_html(out, item->proposal);
        }
    }
    gaz_buffer_text(out, "</table>");
}

void api_boundary_names_html(const struct api_boundary_names *n,
                             struct gaz_buffer *out)
{
    const struct api_boundary_view *view = &n->pair.view;
    gaz_buffer_text(
        out,
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>毗邻地名"
        "</title><style>body{font:14px/1.5 'Noto Sans CJK SC',sans-serif;"
        "max-width:1040px;margin:24px auto;padding:0 16px;color:#1c2430}"
        "table{border-collapse:collapse;width:100%}td,th{border:1px solid "
        "#cbd3dc;padding:3px 7px;text-align:left;vertical-align:top}"
        "th{background:#eef2f6}.n{text-align:right}</style><h1>毗邻地名：");
    gaz_buffer_html(out, view->names[0]);
    gaz_buffer_text(out, " — ");
    gaz_buffer_html(out, view->names[1]);
    gaz_buffer_printf(
        out,
        "</h1><p>界线两侧 %.0f 米以内的地名 %zu 个，其中 %zu 个位置概略，仅为可"
        "能。%s</p>",
        n->options.within_m, n->report.name_count, n->report.possible_count,
        view->is_schematic ? "界线为示意，不作为划界依据。" : "");
    put_items(n, out);
    gaz_buffer_text(out, "<h2>沿线地名</h2><table><tr><th>地名<th>一侧<th>离界"
                         "线（米）<th>位置误差（米）");
    for (size_t i = 0; i < n->report.name_count; i++) {
        const struct gaz_border_name *name = n->report.names[i];
        gaz_buffer_text(out, "<tr><td>");
        gaz_buffer_html(out, name->label);
        gaz_buffer_text(out, "<td>");
        gaz_buffer_html(out, view->names[name->side]);
        gaz_buffer_printf(out, "<td class=n>%.0f<td class=n>%.0f",
                          name->distance_m, name->accuracy_m);
    }
    gaz_buffer_text(out, "</table></html>\n");
}
