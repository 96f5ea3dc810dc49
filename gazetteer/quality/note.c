/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/quality/note.h"

#include <string.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/json.h"

/* A field may have 64 KB; a sentence with more than this says no more. */
enum { VALUE_MAX_BYTES = 120, EVIDENCE_MAX_BYTES = 4096 };

const char *gaz_note_field(const struct gaz_note *note, const char *field)
{
    return note->record ? gaz_record_field(note->record, field) : NULL;
}

const char *gaz_note_attribute(const struct gaz_note *note,
                               gaz_attribute_kind kind)
{
    return gaz_attribute_get(note->entry->attributes,
                             note->entry->attribute_count, kind);
}

static const char *column_of(const struct gaz_note *note, const char *field)
{
    if (!note->record || !field)
        return NULL;
    for (int i = 0; i < note->record->field_count; i++) {
        const struct gaz_field *item = &note->record->fields[i];
        if (strcmp(item->name, field) == 0 && item->column && *item->column)
            return item->column;
    }
    return NULL;
}

/* The first bytes of `value`, never half a character. */
static const char *shorten(struct gaz_arena *arena, const char *value)
{
    size_t len = strlen(value);
    if (len <= VALUE_MAX_BYTES)
        return value;
    len = VALUE_MAX_BYTES;
    while (len > 0 && ((unsigned char)value[len] & 0xC0) == 0x80)
        len--;
    return gaz_arena_printf(arena, "%.*s…", (int)len, value);
}

static const char *evidence_of(struct gaz_arena *arena, const char *field,
                               const char *value)
{
    struct gaz_buffer buffer;
    struct gaz_json json;
    gaz_buffer_open(&buffer, EVIDENCE_MAX_BYTES);
    gaz_json_open(&json, &buffer);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, field ? field : "value", value);
    gaz_json_end(&json);
    const char *text =
        buffer.full ? NULL : gaz_arena_strdup(arena, buffer.data);
    gaz_buffer_close(&buffer);
    return text;
}

static void add(const struct gaz_note *note, gaz_severity severity,
                const char *const texts[4])
{
    struct gaz_issues *out = note->out;
    const char *field = texts[0];
    const char *value = texts[1];
    if (severity == GAZ_SEVERITY_INFO && !note->wants_info)
        return;
    if (severity == GAZ_SEVERITY_ERROR)
        out->errors++;
    if (out->count == GAZ_ISSUES_MAX)
        return;
    struct gaz_issue issue = {.rule = note->rule->id,
                              .severity = severity,
                              .message = texts[2],
                              .message_en = texts[3],
                              .column = column_of(note, field)};
    if (value) {
        struct gaz_arena *arena = &note->ctx->arena;
        const char *shown = shorten(arena, value);
        issue.message = gaz_arena_printf(arena, "%s：%s", texts[2], shown);
        issue.message_en = gaz_arena_printf(arena, "%s: %s", texts[3], shown);
        issue.evidence = evidence_of(arena, field, shown);
    }
    out->items[out->count++] = issue;
}

void gaz_note_add(const struct gaz_note *note, const char *field,
                  const char *value, const char *zh, const char *en)
{
    const char *const texts[4] = {field, value, zh, en};
    add(note, gaz_rule_grade(note->rule, true, note->is_stored), texts);
}

void gaz_note_doubt(const struct gaz_note *note, const char *field,
                    const char *value, const char *zh, const char *en)
{
    const char *const texts[4] = {field, value, zh, en};
    add(note, gaz_rule_grade(note->rule, false, note->is_stored), texts);
}

void gaz_note_fix(const struct gaz_note *note, const char *field,
                  const char *value)
{
    struct gaz_issues *out = note->out;
    if (out->count == 0 ||
        strcmp(out->items[out->count - 1].rule, note->rule->id) != 0)
        return; /* a hint that was not wanted, or one too many */
    out->items[out->count - 1].fix_field = field;
    out->items[out->count - 1].fix = value;
}
