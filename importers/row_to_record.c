/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/row_to_record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"
#include "importers/profile.h"
#include "importers/report.h"

enum { VERBATIM_MAX_BYTES = 160 * 1024 * 1024 };

static int find_column(const struct imp_reader *reader, const char *name)
{
    for (int i = 0; i < reader->column_count; i++)
        if (strcmp(reader->columns[i], name) == 0)
            return i;
    return IMP_COLUMN_ABSENT;
}

static gaz_status refuse_file(struct imp_run *run, const char *name)
{
    const char *there = "";
    enum { SHOWN_MAX = 12 };
    for (int i = 0; i < run->reader->column_count && i < SHOWN_MAX; i++)
        there = gaz_arena_printf(&run->file_ctx->arena, "%s%s%.40s", there,
                                 i ? ", " : "", run->reader->columns[i]);
    return gaz_fail(run->file_ctx, GAZ_INVALID,
                    "'%s' has no column '%s'; it has: %s", imp_run_file(run),
                    name, there);
}

static gaz_status bind_column(struct imp_run *run, const char *name, int *out)
{
    *out = find_column(run->reader, name);
    return *out >= 0 ? GAZ_OK : refuse_file(run, name);
}

/* The first of a field's columns that the file has. */
static int find_named(const struct imp_run *run,
                      const struct imp_mapping_field *field)
{
    int found = find_column(run->reader, field->column);
    for (int i = 0; found < 0 && i < field->other_count; i++)
        found = find_column(run->reader, field->others[i]);
    return found;
}

static gaz_status bind_field(struct imp_run *run, int index)
{
    const struct imp_mapping_field *field = &run->mapping.fields[index];
    bool has_parts = false;
    run->columns[index] = IMP_COLUMN_CONSTANT;
    if (!field->column)
        return GAZ_OK;
    run->columns[index] = find_named(run, field);
    for (int i = 0; i < field->part_count; i++) {
        run->parts[index][i] = find_column(run->reader, field->parts[i].column);
        has_parts = has_parts || run->parts[index][i] >= 0;
    }
    bool is_needed = !run->mapping.profile || field->is_required;
    return run->columns[index] < 0 && !has_parts && is_needed
               ? refuse_file(run, field->column)
               : GAZ_OK;
}

static int find_target(const struct imp_mapping *mapping, const char *target)
{
    int i = 0;
    while (strcmp(mapping->fields[i].target, target) != 0)
        i++; /* the mapping was refused if it is not there */
    return i;
}

gaz_status imp_row_bind(struct imp_run *run)
{
    gaz_status status = GAZ_OK;
    const struct imp_mapping *m = &run->mapping;
    for (int i = 0; i < m->field_count && status == GAZ_OK; i++)
        status = bind_field(run, i);
    for (int i = 0; i < m->key_count && status == GAZ_OK; i++)
        if (m->key_is_fields)
            run->key_columns[i] = find_target(m, m->key_columns[i]);
        else
            status = bind_column(run, m->key_columns[i], &run->key_columns[i]);
    return status;
}

static void note_error(struct gaz_issues *issues, const char *rule,
                       const char *column, const char *zh, const char *en)
{
    imp_report_note(issues, &(struct gaz_issue){.rule = rule,
                                                .severity = GAZ_SEVERITY_ERROR,
                                                .message = zh,
                                                .message_en = en,
                                                .column = column});
}

static void note_unreadable(struct imp_run *run, const struct imp_row *row,
                            struct gaz_issues *issues)
{
    const char *column = NULL;
    if (row->error_column > 0 && row->error_column <= run->reader->column_count)
        column = run->reader->columns[row->error_column - 1];
    else if (row->error_column > 0)
        column = gaz_arena_printf(&run->row.arena, "%d", row->error_column);
    note_error(issues, row->error_rule, column, row->error_zh, row->error);
}

/* The parts of the key, joined; a part that is empty stands as it is. */
static const char *make_key(struct imp_run *run, const struct imp_row *row,
                            const struct gaz_record *record)
{
    const char *key = NULL;
    bool has_text = false;
    for (int i = 0; i < run->mapping.key_count; i++) {
        const int at = run->key_columns[i];
        const char *part = run->mapping.key_is_fields ? record->fields[at].value
                                                      : row->values[at];
        has_text = has_text || part[0] != '\0';
        key =
            key ? gaz_arena_printf(&run->row.arena, "%s|%s", key, part) : part;
    }
    return has_text ? key : NULL;
}

static bool is_mapped(const struct imp_run *run, int column)
{
    for (int i = 0; i < run->mapping.field_count; i++)
        if (run->columns[i] == column)
            return true;
    return false;
}

static bool is_withheld(const struct imp_run *run, const char *column)
{
    for (int i = 0; i < run->mapping.withheld_count; i++)
        if (strcmp(run->mapping.withheld[i], column) == 0)
            return true;
    return false;
}

static struct gaz_field mapped_field(const struct imp_run *run,
                                     const struct imp_row *row, int index)
{
    const struct imp_mapping_field *field = &run->mapping.fields[index];
    const int column = run->columns[index];
    struct gaz_field out = {.name = field->target,
                            .column = field->column ? field->column : "",
                            .value = field->value ? field->value : ""};
    if (column >= 0) {
        out.column = row->columns[column];
        out.value = row->values[column];
    }
    return out;
}

/* Mapped fields and constants first, then the columns that nobody mapped. */
static void make_fields(struct imp_run *run, const struct imp_row *row,
                        struct gaz_record *record, struct gaz_issues *issues)
{
    const struct imp_mapping *m = &run->mapping;
    struct gaz_field *fields = gaz_arena_array(
        &run->row.arena, (size_t)m->field_count + (size_t)row->count,
        sizeof(*fields));
    int count = 0;
    for (int i = 0; i < m->field_count; i++)
        fields[count++] = mapped_field(run, row, i);
    for (int i = 0; i < row->count && count < GAZ_RECORD_MAX_FIELDS; i++)
        if (!is_mapped(run, i) && !is_withheld(run, row->columns[i]))
            fields[count++] = (struct gaz_field){
                .name = "",
                .column = row->columns[i],
                .value = row->values[i],
            };
    record->fields = fields;
    record->field_count = count;
    if (m->profile)
        imp_profile_read(run, row, fields, issues);
}

static void write_hex(struct gaz_buffer *out, const void *data, size_t size)
{
    static const char DIGITS[] = "0123456789abcdef";
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++) {
        gaz_buffer_char(out, DIGITS[bytes[i] >> 4]);
        gaz_buffer_char(out, DIGITS[bytes[i] & 0xF]);
    }
}

/* The row as the source has it, in the source's own system. The mapping's
 * digest is part of it: read by another mapping, the row means another thing
 * and is a new record. */
static const char *write_verbatim(struct imp_run *run,
                                  const struct imp_row *row)
{
    struct gaz_buffer buffer;
    struct gaz_json json;
    gaz_buffer_open(&buffer, VERBATIM_MAX_BYTES);
    gaz_json_open(&json, &buffer);
    gaz_json_object(&json, NULL);
    gaz_json_object(&json, "columns");
    for (int i = 0; i < row->count; i++)
        gaz_json_string(&json, row->columns[i],
                        is_withheld(run, row->columns[i]) ? ""
                                                          : row->values[i]);
    gaz_json_end(&json);
    if (row->has_xy && isfinite(row->x) && isfinite(row->y)) {
        char text[64];
        (void)snprintf(text, sizeof(text), "[%.17g,%.17g]", row->x, row->y);
        gaz_json_raw(&json, "point", text);
    }
    if (row->wkb) {
        struct gaz_buffer hex;
        gaz_buffer_open(&hex, VERBATIM_MAX_BYTES);
        write_hex(&hex, row->wkb, row->wkb_size);
        gaz_json_text(&json, "wkb", hex.data ? hex.data : "", hex.size);
        gaz_buffer_close(&hex);
    }
    gaz_json_optional(&json, "crs", run->crs_name);
    gaz_json_string(&json, "mapping",
                    gaz_arena_printf(&run->row.arena, "%016llx",
                                     (unsigned long long)run->mapping.digest));
    gaz_json_end(&json);
    const char *text =
        buffer.full
            ? NULL
            : gaz_arena_strndup(&run->row.arena, buffer.data, buffer.size);
    gaz_buffer_close(&buffer);
    return text;
}

static void take_point(struct imp_run *run, double x, double y,
                       const char *column, struct gaz_record *record,
                       struct gaz_issues *issues)
{
    gaz_status status =
        gaz_crs_to_cgcs2000(&run->row, run->crs, x, y, &record->point);
    record->has_point = status == GAZ_OK;
    if (status == GAZ_OK)
        return;
    const char *why =
        gaz_arena_strdup(&run->row.arena, gaz_ctx_failure(&run->row));
    imp_run_forgive(run);
    note_error(issues, "I07", column,
               gaz_arena_printf(&run->row.arena,
                                "坐标不在坐标系%s的适用范围内: %s",
                                run->crs_name, why),
               why);
}

static const struct gaz_field *find_field(const struct gaz_record *record,
                                          const char *name)
{
    for (int i = 0; i < record->field_count; i++)
        if (strcmp(record->fields[i].name, name) == 0)
            return &record->fields[i];
    return NULL;
}

/* The position of columns x and y; both may be empty. */
static void take_columns(struct imp_run *run, struct gaz_record *record,
                         struct gaz_issues *issues)
{
    const struct gaz_field *fx = find_field(record, "x");
    const struct gaz_field *fy = find_field(record, "y");
    double x = 0;
    double y = 0;
    if (!fx || !fy || (fx->value[0] == '\0' && fy->value[0] == '\0'))
        return;
    const bool x_ok = gaz_text_parse_double(fx->value, &x);
    if (x_ok && gaz_text_parse_double(fy->value, &y)) {
        take_point(run, x, y, fx->column, record, issues);
        return;
    }
    const struct gaz_field *bad = x_ok ? fy : fx;
    note_error(
        issues, "I07", bad->column,
        gaz_arena_printf(&run->row.arena, "坐标不是数字: '%.40s'", bad->value),
        gaz_arena_printf(&run->row.arena, "the coordinate '%.40s' is no number",
                         bad->value));
}

static gaz_status turn_vertex(struct gaz_ctx *ctx, void *user, double x,
                              double y, struct gaz_coord *out)
{
    return gaz_crs_to_cgcs2000(ctx, user, x, y, out);
}

static void take_shape(struct imp_run *run, const struct imp_row *row,
                       struct gaz_record *record, struct imp_shape *shape,
                       struct gaz_issues *issues)
{
    const struct imp_wkb_transform transform = {turn_vertex, run->crs};
    gaz_status status = imp_wkb_transform(&run->row, row->wkb, row->wkb_size,
                                          &transform, shape);
    if (status == GAZ_OK) {
        record->geometry_wkb = shape->wkb;
        record->geometry_size = shape->size;
        return;
    }
    const char *why =
        gaz_arena_strdup(&run->row.arena, gaz_ctx_failure(&run->row));
    imp_run_forgive(run);
    note_error(issues, "I08", NULL,
               gaz_arena_printf(&run->row.arena, "几何图形无效: %s", why), why);
}

static gaz_entry_kind kind_of(const char *entry)
{
    if (strcmp(entry, "address") == 0)
        return GAZ_ENTRY_ADDRESS;
    if (strcmp(entry, "claim") == 0)
        return GAZ_ENTRY_CLAIM;
    return strcmp(entry, "change") == 0 ? GAZ_ENTRY_CHANGE : GAZ_ENTRY_PLACE;
}

static bool has_rule(const struct gaz_issues *issues, const char *rule)
{
    for (int i = 0; i < issues->count; i++)
        if (strcmp(issues->items[i].rule, rule) == 0)
            return true;
    return false;
}

void imp_row_to_record(struct imp_run *run, const struct imp_row *row,
                       struct gaz_record *out, struct imp_shape *shape,
                       struct gaz_issues *issues)
{
    struct gaz_record record = {
        .kind = kind_of(run->mapping.entry),
        .file = imp_run_file(run),
        .line = row->line,
    };
    if (row->error) {
        note_unreadable(run, row, issues);
        *out = record;
        return;
    }
    make_fields(run, row, &record, issues);
    record.key = make_key(run, row, &record);
    if (!record.key)
        note_error(issues, "I05", run->mapping.key_columns[0], "主键列为空",
                   "the columns that name the row are empty");
    if (row->has_xy)
        take_point(run, row->x, row->y, NULL, &record, issues);
    else if (row->wkb)
        take_shape(run, row, &record, shape, issues);
    else if (!has_rule(issues, "I07"))
        take_columns(run, &record, issues);
    record.verbatim = write_verbatim(run, row);
    if (!record.verbatim)
        note_error(issues, "I03", NULL, "记录过大", "the row is too large");
    *out = record;
}
