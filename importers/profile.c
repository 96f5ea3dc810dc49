/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/profile.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/base/text.h"
#include "importers/report.h"
#include "importers/written.h"

enum { SEEN_FIRST = 1024, KNOWN_SHOWN_MAX = 6 };

/* What is wrong with one field. */
struct fault {
    const char *rule;
    gaz_severity severity;
    const char *column;
    const char *value; /* ends both sentences; NULL: none */
    const char *zh;
    const char *en;
};

static void note(struct imp_run *run, struct gaz_issues *issues,
                 const struct fault *fault)
{
    struct gaz_arena *arena = &run->row.arena;
    const char *zh = fault->zh;
    const char *en = fault->en;
    if (fault->value) {
        zh = gaz_arena_printf(arena, "%s：%.120s", zh, fault->value);
        en = gaz_arena_printf(arena, "%s: %.120s", en, fault->value);
    }
    imp_report_note(issues, &(struct gaz_issue){.rule = fault->rule,
                                                .severity = fault->severity,
                                                .message = zh,
                                                .message_en = en,
                                                .column = fault->column});
}

/* Without blanks at the ends, ideographic ones too. */
static const char *trim(struct gaz_arena *arena, const char *text)
{
    static const char WIDE[] = "\xE3\x80\x80";
    for (;;) {
        if (*text == ' ' || *text == '\t')
            text++;
        else if (gaz_text_starts_with(text, WIDE))
            text += sizeof(WIDE) - 1;
        else
            break;
    }
    size_t len = strlen(text);
    const size_t whole = len;
    for (;;) {
        if (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
            len--;
        else if (len >= 3 && memcmp(text + len - 3, WIDE, 3) == 0)
            len -= 3;
        else
            break;
    }
    return len == whole ? text : gaz_arena_strndup(arena, text, len);
}

/* ---- composed fields ---- */

/* 3 and 幢 make 3幢; 3幢, 裙楼 and 无 stay or go: a value that brings a word of
 * its own needs no unit. */
static const char *with_unit(struct gaz_arena *arena, const char *value,
                             const char *unit)
{
    const size_t len = strlen(value);
    if (len == 0 || strcmp(value, "无") == 0)
        return "";
    const char last = value[len - 1];
    const bool is_bare = (last >= '0' && last <= '9') ||
                         (last >= 'A' && last <= 'Z') ||
                         (last >= 'a' && last <= 'z');
    return is_bare ? gaz_arena_printf(arena, "%s%s", value, unit) : value;
}

static const char *part_of(struct gaz_arena *arena,
                           const struct imp_mapping_part *part,
                           const char *written)
{
    const char *value = with_unit(arena, trim(arena, written), part->unit);
    return *value ? gaz_arena_printf(arena, "%s%s", value, part->behind) : "";
}

static const char *compose(struct imp_run *run, const struct imp_row *row,
                           int index)
{
    const struct imp_mapping_field *field = &run->mapping.fields[index];
    struct gaz_arena *arena = &run->row.arena;
    const char *all = "";
    for (int i = 0; i < field->part_count; i++) {
        const int column = run->parts[index][i];
        if (column >= 0)
            all = gaz_arena_printf(
                arena, "%s%s", all,
                part_of(arena, &field->parts[i], row->values[column]));
    }
    return all;
}

/* ---- dictionaries ---- */

static const struct imp_mapping_word *
find_word(const struct imp_mapping_field *field, const char *value)
{
    for (int i = 0; i < field->word_count; i++)
        if (strcmp(field->words[i].word, value) == 0)
            return &field->words[i];
    for (int i = 0; i < field->word_count; i++)
        if (field->words[i].value && strcmp(field->words[i].value, value) == 0)
            return &field->words[i];
    return NULL;
}

static const char *known_words(struct gaz_arena *arena,
                               const struct imp_mapping_field *field)
{
    const char *all = "";
    for (int i = 0; i < field->word_count && i < KNOWN_SHOWN_MAX; i++)
        all = gaz_arena_printf(arena, "%s%s%s", all, i ? "、" : "",
                               field->words[i].word);
    return field->word_count > KNOWN_SHOWN_MAX
               ? gaz_arena_printf(arena, "%s……共%d项", all, field->word_count)
               : all;
}

static void look_up(struct imp_run *run, const struct imp_mapping_field *field,
                    struct gaz_field *item, struct gaz_issues *issues)
{
    struct gaz_arena *arena = &run->row.arena;
    const struct imp_mapping_word *word = find_word(field, item->value);
    struct fault fault = {.rule = "I13",
                          .severity = GAZ_SEVERITY_ERROR,
                          .column = item->column,
                          .value = item->value};
    if (word && word->value) {
        item->value = word->value;
        return;
    }
    if (!field->column)
        return; /* a constant is what it is */
    if (word) {
        fault.rule = "I15";
        fault.zh = "该取值的记录不得入库";
        fault.en = "a record with this value may not be stored";
    } else {
        const char *known = known_words(arena, field);
        fault.zh = gaz_arena_printf(arena, "取值不在字典内（应为%s）", known);
        fault.en = gaz_arena_printf(
            arena, "not one of the dictionary's words (%s)", known);
    }
    note(run, issues, &fault);
}

/* ---- days and angles ---- */

static void read_date(struct imp_run *run, bool is_loose,
                      struct gaz_field *item, struct gaz_issues *issues)
{
    gaz_date date = GAZ_DATE_OPEN;
    char text[GAZ_DATE_MAX_BYTES];
    if (imp_written_date(item->value, &date)) {
        item->value =
            gaz_arena_strdup(&run->row.arena, gaz_date_write(date, text));
        return;
    }
    const struct fault fault = {
        .rule = "I14",
        .severity = is_loose ? GAZ_SEVERITY_WARNING : GAZ_SEVERITY_ERROR,
        .column = item->column,
        .value = item->value,
        .zh =
            is_loose ? "日期不能按年月日解读，未采用" : "日期不能按年月日解读",
        .en = is_loose ? "no date that can be read; left out"
                       : "no date that can be read"};
    note(run, issues, &fault);
    if (is_loose)
        item->value = "";
}

static void read_angle(struct imp_run *run, struct gaz_field *item,
                       struct gaz_issues *issues)
{
    double degrees = 0;
    if (imp_written_angle(item->value, &degrees)) {
        item->value = gaz_arena_printf(&run->row.arena, "%.9f", degrees);
        return;
    }
    const struct fault fault = {.rule = "I07",
                                .severity = GAZ_SEVERITY_ERROR,
                                .column = item->column,
                                .value = item->value,
                                .zh = "坐标不能按度分秒或度解读",
                                .en = "no degrees, minutes and seconds"};
    note(run, issues, &fault);
}

static void read_number(struct imp_run *run, struct gaz_field *item,
                        struct gaz_issues *issues)
{
    double number = 0;
    if (imp_written_number(item->value, &number)) {
        item->value = gaz_arena_printf(&run->row.arena, "%.10g", number);
        return;
    }
    const struct fault fault = {.rule = "I06",
                                .severity = GAZ_SEVERITY_ERROR,
                                .column = item->column,
                                .value = item->value,
                                .zh = "不是数字",
                                .en = "not a number"};
    note(run, issues, &fault);
}

/* The names of a list, apart by ';'. */
static const char *read_list(struct gaz_arena *arena, const char *text)
{
    static const char *const MARKS[] = {"、", "；", "，", ",", "/", "|"};
    char *out = gaz_arena_strdup(arena, text); /* never longer */
    size_t size = 0;
    while (*text) {
        size_t len = 0;
        for (size_t i = 0; i < sizeof(MARKS) / sizeof(MARKS[0]) && !len; i++)
            if (gaz_text_starts_with(text, MARKS[i]))
                len = strlen(MARKS[i]);
        out[size++] = len ? ';' : *text;
        text += len ? len : 1;
    }
    out[size] = '\0';
    return out;
}

static void read_one(struct imp_run *run, const struct imp_row *row, int index,
                     struct gaz_field *item, struct gaz_issues *issues)
{
    const struct imp_mapping_field *field = &run->mapping.fields[index];
    item->value = trim(&run->row.arena, item->value);
    if (!*item->value && field->part_count > 0)
        item->value = compose(run, row, index);
    if (!*item->value)
        return;
    if (field->word_count > 0)
        look_up(run, field, item, issues);
    switch (field->reading) {
    case IMP_READ_DATE:
    case IMP_READ_LOOSE_DATE:
        read_date(run, field->reading == IMP_READ_LOOSE_DATE, item, issues);
        break;
    case IMP_READ_ANGLE:
        read_angle(run, item, issues);
        break;
    case IMP_READ_NUMBER:
        read_number(run, item, issues);
        break;
    case IMP_READ_LIST:
        item->value = read_list(&run->row.arena, item->value);
        break;
    case IMP_READ_AS_IS:
        break;
    }
}

/* ---- what must be there ---- */

static void need(struct imp_run *run, const struct gaz_field *item,
                 const char *because, struct gaz_issues *issues)
{
    struct gaz_arena *arena = &run->row.arena;
    if (*item->value)
        return;
    const struct fault fault = {
        .rule = "E1",
        .severity = GAZ_SEVERITY_ERROR,
        .column = item->column,
        .zh = gaz_arena_printf(arena, "缺少必填项%s%s", item->column, because),
        .en = gaz_arena_printf(arena, "%s must be filled in%s", item->column,
                               because)};
    note(run, issues, &fault);
}

/* The word of a dictionary that stands for a value. */
static const char *word_for(const struct imp_mapping_field *field,
                            const char *value)
{
    for (int i = 0; i < field->word_count; i++)
        if (field->words[i].value && strcmp(field->words[i].value, value) == 0)
            return field->words[i].word;
    return value;
}

static struct gaz_field *field_of(const struct imp_run *run,
                                  struct gaz_field *fields, const char *target)
{
    for (int i = 0; i < run->mapping.field_count; i++)
        if (strcmp(fields[i].name, target) == 0)
            return &fields[i];
    return NULL;
}

/* A position may be in the geometry: then x and y need no column. */
static bool is_given_by_geometry(const struct imp_row *row, const char *target)
{
    return row->has_xy &&
           (strcmp(target, "x") == 0 || strcmp(target, "y") == 0);
}

static void check_when(struct imp_run *run, const struct imp_mapping_when *when,
                       struct gaz_field *fields, struct gaz_issues *issues)
{
    struct gaz_arena *arena = &run->row.arena;
    const struct gaz_field *given = field_of(run, fields, when->target);
    const bool is_any = strcmp(when->value, "*") == 0;
    if (!given || !(is_any ? *given->value != '\0'
                           : strcmp(given->value, when->value) == 0))
        return;
    const char *because = gaz_arena_printf(
        arena, " (%s: %s)", given->column,
        word_for(&run->mapping.fields[given - fields], given->value));
    for (int i = 0; i < when->required_count; i++)
        need(run, field_of(run, fields, when->required[i]), because, issues);
}

static void check_required(struct imp_run *run, const struct imp_row *row,
                           struct gaz_field *fields, struct gaz_issues *issues)
{
    const struct imp_mapping *m = &run->mapping;
    for (int i = 0; i < m->field_count; i++)
        if (m->fields[i].is_required &&
            !is_given_by_geometry(row, m->fields[i].target))
            need(run, &fields[i], "", issues);
    for (int i = 0; i < m->when_count; i++)
        check_when(run, &m->when[i], fields, issues);
}

/* ---- what may be there once ---- */

static struct imp_seen_row *slot_of(const struct imp_seen *seen, uint64_t hash)
{
    size_t at = hash & (seen->capacity - 1);
    while (seen->slots[at].hash != 0 && seen->slots[at].hash != hash)
        at = (at + 1) & (seen->capacity - 1);
    return &seen->slots[at];
}

static void make_room(struct imp_seen *seen)
{
    if (seen->count * 2 < seen->capacity)
        return;
    const struct imp_seen old = *seen;
    seen->capacity = old.capacity ? old.capacity * 2 : SEEN_FIRST;
    seen->slots = gaz_malloc(seen->capacity * sizeof(*seen->slots));
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].hash != 0)
            *slot_of(seen, old.slots[i].hash) = old.slots[i];
    gaz_free(old.slots);
}

void imp_profile_forget(struct imp_seen *seen)
{
    gaz_free(seen->slots);
    seen->slots = NULL;
}

/* item->name "*": the key. */
static void check_unique(struct imp_run *run, const struct imp_row *row,
                         const struct gaz_field *item,
                         struct gaz_issues *issues)
{
    struct gaz_arena *arena = &run->row.arena;
    const char *text =
        gaz_arena_printf(arena, "%s=%s", item->name, item->value);
    uint64_t hash = gaz_text_hash(text, strlen(text));
    hash += hash == 0 ? 1 : 0;
    make_room(&run->seen);
    struct imp_seen_row *slot = slot_of(&run->seen, hash);
    if (slot->hash == 0) {
        *slot =
            (struct imp_seen_row){hash, row->line ? row->line : row->number};
        run->seen.count++;
        return;
    }
    const struct fault fault = {
        .rule = "I16",
        .severity = GAZ_SEVERITY_ERROR,
        .column = item->column,
        .value = item->value,
        .zh = gaz_arena_printf(arena, "与本文件第%lld行重复",
                               (long long)slot->line),
        .en = gaz_arena_printf(arena, "the same as in line %lld of this file",
                               (long long)slot->line)};
    note(run, issues, &fault);
}

static void check_key(struct imp_run *run, const struct imp_row *row,
                      const struct gaz_field *fields, struct gaz_issues *issues)
{
    struct gaz_arena *arena = &run->row.arena;
    const char *key = "";
    for (int i = 0; run->mapping.key_is_fields && i < run->mapping.key_count;
         i++)
        key = gaz_arena_printf(arena, "%s%s%s", key, i ? "|" : "",
                               fields[run->key_columns[i]].value);
    const struct gaz_field item = {.name = "*", .column = "", .value = key};
    if (strspn(key, "|") != strlen(key))
        check_unique(run, row, &item, issues);
}

/* ---- the row's own coordinate system ---- */

static void check_datum(struct imp_run *run, const struct gaz_field *item,
                        struct gaz_issues *issues)
{
    if (!item || !*item->value || !run->crs_name ||
        strcmp(item->value, run->crs_name) == 0)
        return;
    const struct fault fault = {
        .rule = "I07",
        .severity = GAZ_SEVERITY_ERROR,
        .column = item->column,
        .value = item->value,
        .zh = gaz_arena_printf(&run->row.arena, "本行坐标系不是导入所用的%s",
                               run->crs_name),
        .en = gaz_arena_printf(&run->row.arena,
                               "the row is not in %s, by which the file is "
                               "read",
                               run->crs_name)};
    note(run, issues, &fault);
}

void imp_profile_read(struct imp_run *run, const struct imp_row *row,
                      struct gaz_field *fields, struct gaz_issues *issues)
{
    const struct imp_mapping *m = &run->mapping;
    for (int i = 0; i < m->field_count; i++)
        read_one(run, row, i, &fields[i], issues);
    check_required(run, row, fields, issues);
    for (int i = 0; i < m->field_count; i++)
        if (m->fields[i].is_unique && *fields[i].value)
            check_unique(run, row, &fields[i], issues);
    if (m->key_is_unique)
        check_key(run, row, fields, issues);
    check_datum(run, field_of(run, fields, "datum"), issues);
}
