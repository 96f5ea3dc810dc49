/* SPDX-License-Identifier: Apache-2.0 */
/* check_fact.c - what must be there; the sources of claims. */
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
        gaz_note_add(note, field, NULL, zh, en);
}

static void need_claim(const struct gaz_note *note)
{
    const struct gaz_claim *claim = &note->entry->claim;
    if (claim->place == 0)
        need(note, "subject", claim->subject, "缺少所述地名",
             "the subject is missing");
    need(note, "property", claim->property, "缺少属性", "no property");
    need(note, "value", claim->value, "缺少内容", "no value");
}

bool gaz_row_claim_source(const struct gaz_note *note)
{
    const struct gaz_claim *claim = &note->entry->claim;
    if (!is_given(claim->source_title) && !is_given(claim->source_url))
        gaz_note_add(note, "source_title", NULL, "记述没有出处",
                     "a claim without a source");
    return true;
}

bool gaz_row_claim_grade(const struct gaz_note *note)
{
    const struct gaz_claim *claim = &note->entry->claim;
    bool is_trusted =
        is_given(claim->grade) &&
        (strcmp(claim->grade, "A") == 0 || strcmp(claim->grade, "B") == 0);
    if (!is_trusted)
        gaz_note_add(note, "grade", is_given(claim->grade) ? claim->grade : "",
                     "出处等级低于B或未定级",
                     "a source graded below B, or not at all");
    return true;
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

static void need_change(const struct gaz_note *note)
{
    const struct gaz_change *change = &note->entry->change;
    if (change->date == GAZ_DATE_OPEN)
        need(note, "date", NULL, "缺少变更日期", "the date is missing");
    if (needs_from(change->kind) && change->from == 0)
        need(note, "from_code", change->from_code, "缺少变更前的地名",
             "no place that changed");
    if (needs_to(change->kind) && change->to == 0)
        need(note, "to_code", change->to_code, "缺少变更后的地名",
             "no place that it became");
}

bool gaz_row_required(const struct gaz_note *note)
{
    const struct gaz_entry *entry = note->entry;
    switch (entry->kind) {
    case GAZ_ENTRY_PLACE:
        /* A row that adds to a place it names needs no name of its own. */
        if (entry->place.name_count == 0 && !gaz_note_field(note, "subject"))
            need(note, "name", NULL, "缺少标准名称", "the name is missing");
        break;
    case GAZ_ENTRY_ADDRESS:
        need(note, "text", entry->address.text, "缺少地址",
             "the address is missing");
        break;
    case GAZ_ENTRY_CLAIM:
        need_claim(note);
        break;
    case GAZ_ENTRY_CHANGE:
        need_change(note);
        break;
    }
    return true;
}
