/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/audit/write.h"

#include <string.h>

#include "gazetteer/base/json.h"

static const char *id_text(gaz_id id, char *out)
{
    if (id == 0)
        out[0] = '\0';
    else
        (void)gaz_id_write(id, out);
    return out;
}

/* ---- table ---- */

static void table_rules(const struct gaz_audit *audit, struct gaz_buffer *out)
{
    gaz_buffer_text(out, "\n规则        查了      发现  名称\n");
    for (int i = 0; i < audit->result_count; i++) {
        const struct gaz_rule_result *r = &audit->results[i];
        if (r->why)
            gaz_buffer_printf(out, "%-6s %9s %9s  %s（未评估：%s）\n",
                              r->rule->id, "-", "-", r->rule->title, r->why);
        else if (r->value >= 0)
            gaz_buffer_printf(out, "%-6s %9lld %8.2f%%  %s（目标 %.1f%%）\n",
                              r->rule->id, (long long)r->tested, r->value,
                              r->rule->title, r->target);
        else
            gaz_buffer_printf(out, "%-6s %9lld %9lld  %s\n", r->rule->id,
                              (long long)r->tested, (long long)r->found,
                              r->rule->title);
    }
}

void gaz_write_table(const struct gaz_audit *audit, gaz_severity least,
                     struct gaz_buffer *out)
{
    for (int i = 0; i < audit->finding_count; i++) {
        const struct gaz_finding *f = &audit->findings[i];
        if (f->severity < least)
            continue;
        gaz_buffer_printf(out, "%s %-5s %s", gaz_severity_zh(f->severity),
                          f->rule->id, f->name);
        if (*f->code)
            gaz_buffer_printf(out, "（%s）", f->code);
        gaz_buffer_printf(out, "：%s", f->zh);
        if (f->other_code && *f->other_code && f->distance_m >= 0)
            gaz_buffer_printf(out, "，相距%.0f米", f->distance_m);
        if (f->fix)
            gaz_buffer_printf(out, "；建议：%s", f->fix);
        gaz_buffer_char(out, '\n');
    }
    table_rules(audit, out);
    gaz_buffer_printf(out, "\n错误 %lld，警告 %lld，提示 %lld\n",
                      (long long)audit->by_severity[GAZ_SEVERITY_ERROR],
                      (long long)audit->by_severity[GAZ_SEVERITY_WARNING],
                      (long long)audit->by_severity[GAZ_SEVERITY_INFO]);
    if (audit->waived_count > 0)
        gaz_buffer_printf(out, "另有 %d 项经审核豁免或判为误报，不计入\n",
                          audit->waived_count);
}

/* ---- JSON ---- */

static void json_finding(struct gaz_json *json, const struct gaz_finding *f)
{
    char id[GAZ_ID_TEXT_BYTES];
    gaz_json_object(json, NULL);
    gaz_json_string(json, "rule", f->rule->id);
    gaz_json_string(json, "severity", gaz_severity_name(f->severity));
    gaz_json_optional(json, "id", id_text(f->id, id));
    gaz_json_optional(json, "name", f->name);
    gaz_json_optional(json, "code", f->code);
    gaz_json_optional(json, "town", f->town);
    gaz_json_string(json, "message", f->zh);
    gaz_json_string(json, "message_en", f->en);
    if (f->other_name) {
        gaz_json_object(json, "other");
        gaz_json_optional(json, "id", id_text(f->other, id));
        gaz_json_string(json, "name", f->other_name);
        gaz_json_optional(json, "code", f->other_code);
        gaz_json_end(json);
    }
    if (f->distance_m >= 0)
        gaz_json_number(json, "distance_m", f->distance_m, 1);
    if (f->east_m != 0 || f->north_m != 0) {
        gaz_json_number(json, "east_m", f->east_m, 1);
        gaz_json_number(json, "north_m", f->north_m, 1);
    }
    gaz_json_optional(json, "fix", f->fix);
    if (f->fix)
        gaz_json_bool(json, "fix_is_automatic",
                      f->rule->fix == GAZ_FIX_AUTOMATIC);
    if (f->has_where)
        gaz_json_coord(json, "where", f->where);
    if (f->waived) {
        gaz_json_object(json, "waiver");
        gaz_json_string(json, "state", f->waived);
        gaz_json_optional(json, "who", f->waived_by);
        gaz_json_optional(json, "why", f->waived_why);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void json_rule(struct gaz_json *json, const struct gaz_rule_result *r)
{
    char day[GAZ_DATE_MAX_BYTES];
    gaz_json_object(json, NULL);
    gaz_json_string(json, "id", r->rule->id);
    gaz_json_string(json, "title", r->rule->title);
    gaz_json_string(json, "title_en", r->rule->title_en);
    gaz_json_string(json, "clause", r->rule->clause);
    gaz_json_string(json, "mark", r->rule->mark);
    gaz_json_optional(json, "from", gaz_date_write(r->rule->from, day));
    gaz_json_optional(json, "to", gaz_date_write(r->rule->to, day));
    gaz_json_string(json, "severity", gaz_severity_name(r->rule->severity));
    gaz_json_bool(json, "evaluated", r->why == NULL);
    if (r->why) {
        gaz_json_string(json, "why", r->why);
        gaz_json_string(json, "why_en", r->why_en);
    } else {
        gaz_json_int(json, "tested", r->tested);
        gaz_json_int(json, "found", r->found);
        if (r->waived > 0)
            gaz_json_int(json, "waived", r->waived);
    }
    if (!r->why && r->value >= 0) {
        gaz_json_number(json, "value", r->value, 3);
        gaz_json_number(json, "target", r->target, 3);
    }
    gaz_json_end(json);
}

void gaz_write_json(const struct gaz_audit *audit, gaz_severity least,
                    struct gaz_buffer *out)
{
    struct gaz_json json;
    char day[GAZ_DATE_MAX_BYTES];
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "at", gaz_date_write(audit->options.at, day));
    gaz_json_object(&json, "records");
    gaz_json_int(&json, "places", audit->corpus->place_count);
    gaz_json_int(&json, "addresses", audit->corpus->address_count);
    gaz_json_end(&json);
    gaz_json_object(&json, "summary");
    for (int i = GAZ_SEVERITY_ERROR; i >= GAZ_SEVERITY_INFO; i--)
        gaz_json_int(&json, gaz_severity_name((gaz_severity)i),
                     audit->by_severity[i]);
    if (audit->waived_count > 0)
        gaz_json_int(&json, "waived", audit->waived_count);
    gaz_json_end(&json);
    gaz_json_array(&json, "rules");
    for (int i = 0; i < audit->result_count; i++)
        json_rule(&json, &audit->results[i]);
    gaz_json_end(&json);
    gaz_json_array(&json, "findings");
    for (int i = 0; i < audit->finding_count; i++)
        if (audit->findings[i].severity >= least)
            json_finding(&json, &audit->findings[i]);
    gaz_json_end(&json);
    if (audit->waived_count > 0) {
        gaz_json_array(&json, "waived");
        for (int i = 0; i < audit->waived_count; i++)
            json_finding(&json, &audit->findings[audit->finding_count + i]);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

void gaz_write_geojson(const struct gaz_audit *audit, gaz_severity least,
                       struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "type", "FeatureCollection");
    gaz_json_array(&json, "features");
    for (int i = 0; i < audit->finding_count; i++) {
        const struct gaz_finding *f = &audit->findings[i];
        if (f->severity < least || !f->has_where)
            continue;
        gaz_json_object(&json, NULL);
        gaz_json_string(&json, "type", "Feature");
        gaz_json_object(&json, "geometry");
        gaz_json_string(&json, "type", "Point");
        gaz_json_coord(&json, "coordinates", f->where);
        gaz_json_end(&json);
        /* json_finding writes an array's item: the properties are in one */
        gaz_json_object(&json, "properties");
        gaz_json_string(&json, "rule", f->rule->id);
        gaz_json_string(&json, "severity", gaz_severity_name(f->severity));
        gaz_json_string(&json, "title", f->rule->title);
        gaz_json_optional(&json, "name", f->name);
        gaz_json_optional(&json, "code", f->code);
        gaz_json_optional(&json, "town", f->town);
        gaz_json_string(&json, "message", f->zh);
        gaz_json_string(&json, "message_en", f->en);
        gaz_json_optional(&json, "other", f->other_name);
        gaz_json_optional(&json, "fix", f->fix);
        if (f->distance_m >= 0)
            gaz_json_number(&json, "distance_m", f->distance_m, 1);
        gaz_json_end(&json);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

/* ---- cells: CSV and sheets ---- */

enum { COLUMNS = 16 };

static const char *const HEADINGS[COLUMNS] = {
    "规则",    "级别",     "规则名称", "依据", "编号",     "名称",
    "代码",    "乡镇街道", "发现",     "对方", "对方代码", "距离_米",
    "偏移_米", "建议",     "经度",     "纬度",
};

static void write_cells(struct gaz_arena *arena, const struct gaz_finding *f,
                        const char *cells[COLUMNS])
{
    char id[GAZ_ID_TEXT_BYTES];
    bool has_offset = f->east_m != 0 || f->north_m != 0;
    const char *const all[COLUMNS] = {
        f->rule->id,
        gaz_severity_zh(f->severity),
        f->rule->title,
        f->rule->clause,
        gaz_arena_strdup(arena, id_text(f->id, id)),
        f->name,
        f->code,
        f->town,
        f->zh,
        f->other_name ? f->other_name : "",
        f->other_code ? f->other_code : "",
        f->distance_m < 0 ? "" : gaz_arena_printf(arena, "%.1f", f->distance_m),
        has_offset
            ? gaz_arena_printf(arena, "东%.1f 北%.1f", f->east_m, f->north_m)
            : "",
        f->fix ? f->fix : "",
        f->has_where ? gaz_arena_printf(arena, "%.7f", f->where.lon) : "",
        f->has_where ? gaz_arena_printf(arena, "%.7f", f->where.lat) : "",
    };
    memcpy(cells, all, sizeof(all));
}

/* Quoted when it must be; a cell that a sheet would take for a formula gets a
 * quote mark before it. */
static void csv_cell(struct gaz_buffer *out, const char *text)
{
    bool is_formula = *text && strchr("=+-@\t", *text);
    if (!is_formula && !strpbrk(text, ",\"\r\n")) {
        gaz_buffer_text(out, text);
        return;
    }
    gaz_buffer_char(out, '"');
    if (is_formula)
        gaz_buffer_char(out, '\'');
    for (; *text; text++) {
        if (*text == '"')
            gaz_buffer_char(out, '"');
        gaz_buffer_char(out, *text);
    }
    gaz_buffer_char(out, '"');
}

static void csv_row(struct gaz_buffer *out, const char *const *cells)
{
    for (int i = 0; i < COLUMNS; i++) {
        if (i > 0)
            gaz_buffer_char(out, ',');
        csv_cell(out, cells[i]);
    }
    gaz_buffer_text(out, "\r\n");
}

void gaz_write_csv(const struct gaz_audit *audit, gaz_severity least,
                   struct gaz_buffer *out)
{
    struct gaz_arena arena = {NULL};
    csv_row(out, HEADINGS);
    for (int i = 0; i < audit->finding_count; i++) {
        const char *cells[COLUMNS];
        if (audit->findings[i].severity < least)
            continue;
        gaz_arena_reset(&arena);
        write_cells(&arena, &audit->findings[i], cells);
        csv_row(out, cells);
    }
    gaz_arena_close(&arena);
}
