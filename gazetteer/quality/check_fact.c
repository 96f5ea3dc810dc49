/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/base/date.h"
#include "gazetteer/quality/note.h"

static bool is_given(const char *text)
{
    return text && *text;
}

static void need(const struct gaz_note *note, const char *field,
                 const char *value, const char *zh, const char *en)
{
    if (!is_given(value))
        gaz_note_add(note, "E1", GAZ_SEVERITY_ERROR, field, NULL, zh, en);
}

void gaz_check_claim(const struct gaz_note *note)
{
    const struct gaz_claim *claim = &note->entry->claim;
    if (claim->place == 0)
        need(note, "subject", claim->subject, "缺少所述地名",
             "the subject is missing");
    need(note, "property", claim->property, "缺少属性", "no property");
    need(note, "value", claim->value, "缺少内容", "no value");
    if (!is_given(claim->source_title) && !is_given(claim->source_url))
        gaz_note_add(note, "S02", GAZ_SEVERITY_ERROR, "source_title", NULL,
                     "记述没有出处", "a claim without a source");
    bool is_trusted =
        is_given(claim->grade) &&
        (strcmp(claim->grade, "A") == 0 || strcmp(claim->grade, "B") == 0);
    if (!is_trusted)
        gaz_note_add(note, "S03", GAZ_SEVERITY_ERROR, "grade",
                     is_given(claim->grade) ? claim->grade : "",
                     "出处等级低于B或未定级",
                     "a source graded below B, or not at all");
    gaz_date date;
    if (is_given(claim->value_date) &&
        !gaz_date_parse(claim->value_date, &date))
        gaz_note_add(note, "F01", GAZ_SEVERITY_WARNING, "value_date",
                     claim->value_date, "日期不能按年月日解读",
                     "not a date that can be compared");
}

/* Which ends a change needs. */
static bool needs_from(gaz_change_kind kind)
{
    return kind != GAZ_CHANGE_ESTABLISH;
}

static bool needs_to(gaz_change_kind kind)
{
    return kind != GAZ_CHANGE_ABOLISH && kind != GAZ_CHANGE_RENAME;
}

/* An end may be named by the key of its record (quantang-zhen, whose code no
 * source tells); whether there is such a record is the importer's to find. */
static void check_end(const struct gaz_note *note, const char *field,
                      const char *code)
{
    if (*code >= '0' && *code <= '9')
        gaz_check_code(note, field, code);
}

void gaz_check_change(const struct gaz_note *note)
{
    const struct gaz_change *change = &note->entry->change;
    if (change->date == GAZ_DATE_OPEN)
        gaz_note_add(note, "E1", GAZ_SEVERITY_ERROR, "date", NULL,
                     "缺少变更日期", "the date is missing");
    if (is_given(change->from_code))
        check_end(note, "from_code", change->from_code);
    else if (needs_from(change->kind) && change->from == 0)
        need(note, "from_code", NULL, "缺少变更前的地名",
             "no place that changed");
    if (is_given(change->to_code))
        check_end(note, "to_code", change->to_code);
    else if (needs_to(change->kind) && change->to == 0)
        need(note, "to_code", NULL, "缺少变更后的地名", "no place it became");
}

enum { COMMUNITY = 4, NUMBERED = 5 }; /* places in gaz_entry.components */

void gaz_check_address(const struct gaz_note *note)
{
    const struct gaz_address *address = &note->entry->address;
    const char *const *parts = note->entry->components;
    need(note, "text", address->text, "缺少地址", "the address is missing");
    bool has_parent = address->parent != 0 || is_given(parts[NUMBERED]) ||
                      is_given(parts[COMMUNITY]);
    if (!has_parent)
        gaz_note_add(note, "A01", GAZ_SEVERITY_ERROR, "text", address->text,
                     "没有街路巷、小区或村", "no road, estate or village");
    if (!is_given(address->number))
        gaz_note_add(note, "A02", GAZ_SEVERITY_WARNING, "number", address->text,
                     "没有门牌号", "no number");
    if (address->valid_from != GAZ_DATE_OPEN &&
        address->valid_to != GAZ_DATE_OPEN &&
        address->valid_from >= address->valid_to)
        gaz_note_add(note, "D01", GAZ_SEVERITY_ERROR, "valid_to", NULL,
                     "终止日期不晚于起始日期",
                     "the end is not after the beginning");
    gaz_check_position(note, &address->position, address->is_synthetic);
}
