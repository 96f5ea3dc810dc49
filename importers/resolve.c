/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/resolve.h"

#include <string.h>

#include "gazetteer/store/attribute.h"
#include "importers/report.h"

/* components[0] to [4] of an address. */
static const struct {
    gaz_level level;
    int category;
} LEVELS[] = {
    {GAZ_LEVEL_PROVINCE, GAZ_CATEGORY_PROVINCE},
    {GAZ_LEVEL_CITY, GAZ_CATEGORY_CITY},
    {GAZ_LEVEL_COUNTY, GAZ_CATEGORY_COUNTY},
    {GAZ_LEVEL_TOWN, GAZ_CATEGORY_TOWN},
    {GAZ_LEVEL_VILLAGE, GAZ_CATEGORY_VILLAGE},
};
enum {
    LEVEL_COUNT = 5,
    PROVINCE = 0,
    CITY = 1,
    TOWN = 3,
    VILLAGE = 4,
    NUMBERED = 5
};

/* The file's own name of a target field. */
static const char *column_of(const struct imp_run *run, const char *field)
{
    for (int i = 0; i < run->mapping.field_count; i++)
        if (strcmp(run->mapping.fields[i].target, field) == 0 &&
            run->columns[i] >= 0)
            return run->reader->columns[run->columns[i]];
    return field;
}

static void note_unknown(struct imp_run *run, struct gaz_issues *issues,
                         gaz_severity severity, const char *field,
                         const char *name)
{
    struct gaz_arena *arena = &run->row.arena;
    imp_report_note(
        issues,
        &(struct gaz_issue){
            .rule = "I09",
            .severity = severity,
            .message = gaz_arena_printf(arena, "%s所指的地名不在库中: %s",
                                        field, name),
            .message_en = gaz_arena_printf(
                arena, "%s names a place that is not known: %s", field, name),
            .column = column_of(run, field),
        });
}

gaz_status imp_resolve_place(struct imp_run *run, const char *name,
                             struct gaz_place *out)
{
    gaz_status status =
        gaz_store_place_by_code(&run->row, run->store, name, out);
    if (status != GAZ_NOT_FOUND)
        return status;
    imp_run_forgive(run);
    status = gaz_store_place_by_record(&run->row, run->store, name, out);
    if (status == GAZ_NOT_FOUND)
        imp_run_forgive(run);
    return status;
}

/* A place named in a field; an absent field is GAZ_OK and leaves `out`. */
static gaz_status resolve_id(struct imp_run *run, const char *field,
                             const char *name, gaz_severity severity,
                             gaz_id *out, struct gaz_issues *issues)
{
    struct gaz_place place;
    if (!name || name[0] == '\0')
        return GAZ_OK;
    gaz_status status = imp_resolve_place(run, name, &place);
    if (status == GAZ_OK)
        *out = place.id;
    if (status != GAZ_NOT_FOUND)
        return status;
    note_unknown(run, issues, severity, field, name);
    return GAZ_OK;
}

/* A division by name and level below `ancestor`. Its category may be finer than
 * the level's usual one, so that the level decides. */
static gaz_status find_division(struct imp_run *run, const char *name,
                                gaz_id ancestor, int i, gaz_id *out)
{
    const int categories[] = {LEVELS[i].category, GAZ_CATEGORY_COMMUNITY, 0};
    for (size_t k = 0; k < sizeof(categories) / sizeof(categories[0]); k++) {
        struct gaz_place place;
        gaz_status status = gaz_store_place_by_name(
            &run->row, run->store, name, ancestor, categories[k], &place);
        if (status == GAZ_OK && place.level == LEVELS[i].level) {
            *out = place.id;
            return GAZ_OK;
        }
        if (status != GAZ_OK && status != GAZ_NOT_FOUND)
            return status;
        imp_run_forgive(run);
    }
    return GAZ_NOT_FOUND;
}

/* 上海市金山区 begins with a province that reads like a city. */
static gaz_status find_component(struct imp_run *run,
                                 const struct gaz_entry *entry, int i,
                                 gaz_id *ancestor)
{
    const char *name = entry->components[i];
    gaz_status status = find_division(run, name, *ancestor, i, ancestor);
    if (status == GAZ_NOT_FOUND && i == CITY && !entry->components[PROVINCE])
        return find_division(run, name, *ancestor, PROVINCE, ancestor);
    return status;
}

/* 上海市上海市金山区 and 上海市市辖区金山区 name no city. */
static bool is_no_city(const struct gaz_entry *entry, int i)
{
    const char *name = entry->components[i];
    return i == CITY &&
           ((entry->components[PROVINCE] &&
             strcmp(name, entry->components[PROVINCE]) == 0) ||
            strcmp(name, "市辖区") == 0 || strcmp(name, "县") == 0);
}

gaz_id imp_resolve_numbered(const struct gaz_entry *entry,
                            const struct imp_chain *chain)
{
    const bool is_road = entry->parent_category == GAZ_CATEGORY_ROAD;
    return is_road && chain->town ? chain->town : chain->division;
}

/* The road, hamlet or estate below the chain's divisions, when it is stored.
 * 山塘村7号 may be cut as a hamlet: the village of that name is meant then. */
static gaz_status find_numbered(struct imp_run *run,
                                const struct gaz_entry *entry,
                                struct imp_chain *chain)
{
    const char *name = entry->components[NUMBERED];
    const char *village = entry->components[VILLAGE];
    const gaz_id above = imp_resolve_numbered(entry, chain);
    struct gaz_place place;
    if (!name || !chain->division)
        return GAZ_OK;
    if (village && strcmp(name, village) == 0) {
        chain->numbered = chain->division;
        return GAZ_OK;
    }
    gaz_status status = gaz_store_place_by_name(
        &run->row, run->store, name, above, entry->parent_category, &place);
    if (status == GAZ_OK)
        chain->numbered = place.id;
    if (status == GAZ_NOT_FOUND &&
        entry->parent_category == GAZ_CATEGORY_HAMLET)
        status = find_division(run, name, above, VILLAGE, &chain->numbered);
    if (status != GAZ_NOT_FOUND)
        return status;
    imp_run_forgive(run);
    return GAZ_OK;
}

gaz_status imp_resolve_chain(struct imp_run *run, const struct gaz_entry *entry,
                             gaz_id start, struct imp_chain *out)
{
    struct imp_chain chain = {0};
    gaz_id ancestor = start;
    for (int i = 0; i < LEVEL_COUNT && !chain.missing; i++) {
        if (!entry->components[i] || is_no_city(entry, i))
            continue;
        gaz_status status = find_component(run, entry, i, &ancestor);
        if (status == GAZ_NOT_FOUND)
            chain.missing = entry->components[i];
        else if (status != GAZ_OK)
            return status;
        else
            chain.division = ancestor;
        if (i == TOWN)
            chain.town = chain.division;
    }
    gaz_status status =
        chain.missing ? GAZ_OK : find_numbered(run, entry, &chain);
    if (status == GAZ_OK)
        *out = chain;
    return status;
}

static gaz_status resolve_subject(struct imp_run *run, const char *name,
                                  struct imp_links *out,
                                  struct gaz_issues *issues)
{
    gaz_status status =
        name ? imp_resolve_place(run, name, &out->subject) : GAZ_NOT_FOUND;
    if (status == GAZ_NOT_FOUND) {
        note_unknown(run, issues, GAZ_SEVERITY_ERROR, "subject",
                     name ? name : "");
        return GAZ_OK;
    }
    out->has_subject = status == GAZ_OK;
    return status;
}

/* The divisions above a place, and itself. */
enum { CLIMB_MAX = 8 };
struct line_up {
    gaz_id ids[CLIMB_MAX]; /* itself first */
    int count;
};

static gaz_status climb(struct imp_run *run, gaz_id id, struct line_up *out)
{
    out->count = 0;
    while (id && out->count < CLIMB_MAX) {
        struct gaz_place place;
        out->ids[out->count++] = id;
        gaz_status status = gaz_store_place(&run->row, run->store, id, &place);
        if (status != GAZ_OK)
            return status;
        id = place.parent;
    }
    return GAZ_OK;
}

/* A place across several divisions lies in the nearest that holds them all. */
static gaz_status common_division(struct imp_run *run, gaz_id a, gaz_id b,
                                  gaz_id *out)
{
    struct line_up above_a;
    struct line_up above_b;
    gaz_status status = climb(run, a, &above_a);
    if (status == GAZ_OK)
        status = climb(run, b, &above_b);
    if (status != GAZ_OK)
        return status;
    *out = 0;
    for (int i = 0; i < above_a.count && *out == 0; i++)
        for (int k = 0; k < above_b.count && *out == 0; k++)
            if (above_a.ids[i] == above_b.ids[k])
                *out = above_a.ids[i];
    return GAZ_OK;
}

/* 浙江省嘉兴市平湖市乍浦镇, or a code. */
static gaz_status resolve_division(struct imp_run *run, const char *text,
                                   gaz_id *out)
{
    const struct gaz_field field = {"text", "", text};
    const struct gaz_record record = {.kind = GAZ_ENTRY_ADDRESS,
                                      .key = text,
                                      .fields = &field,
                                      .field_count = 1,
                                      .verbatim = "{}"};
    struct gaz_entry entry;
    struct imp_chain chain = {0};
    struct gaz_place place;
    *out = 0;
    if (strspn(text, "0123456789") == strlen(text)) {
        gaz_status status = imp_resolve_place(run, text, &place);
        if (status == GAZ_OK)
            *out = place.id;
        return status == GAZ_NOT_FOUND ? GAZ_OK : status;
    }
    gaz_status status =
        gaz_standardise(&run->row, run->standardiser, &record, &entry);
    if (status == GAZ_OK)
        status = imp_resolve_chain(run, &entry, 0, &chain);
    if (status == GAZ_OK && !chain.missing && !entry.address.number[0])
        *out = chain.numbered ? chain.numbered : chain.division;
    return status;
}

/* The bytes of the mark between divisions at `text`; 0: none. */
static size_t mark_at(const char *text)
{
    static const char *const MARKS[] = {"、", "；", "，", ";", ",", "/", "|"};
    for (size_t i = 0; i < sizeof(MARKS) / sizeof(MARKS[0]); i++)
        if (strncmp(text, MARKS[i], strlen(MARKS[i])) == 0)
            return strlen(MARKS[i]);
    return 0;
}

/* 乍浦镇、林埭镇: each must be known. */
static gaz_status resolve_within(struct imp_run *run, const char *text,
                                 gaz_id *out, struct gaz_issues *issues)
{
    gaz_id all = 0;
    gaz_status status = GAZ_OK;
    for (const char *at = text; *at && status == GAZ_OK;) {
        size_t len = 0;
        while (at[len] && mark_at(at + len) == 0)
            len++;
        const char *one = gaz_arena_strndup(&run->row.arena, at, len);
        gaz_id found = 0;
        status = resolve_division(run, one, &found);
        if (status == GAZ_OK && found == 0) {
            note_unknown(run, issues, GAZ_SEVERITY_ERROR, "within", one);
            return GAZ_OK;
        }
        if (status == GAZ_OK && all)
            status = common_division(run, all, found, &all);
        else
            all = found;
        at += len;
        at += mark_at(at);
    }
    *out = all;
    return status;
}

/* A row that has the 20-digit code of a stored place speaks of it. */
static gaz_status resolve_toponym(struct imp_run *run,
                                  const struct gaz_entry *entry,
                                  struct imp_links *out)
{
    const char *code = gaz_attribute_get(
        entry->attributes, entry->attribute_count, GAZ_ATTRIBUTE_TOPONYM_CODE);
    if (!code || out->has_subject)
        return GAZ_OK;
    gaz_status status =
        gaz_store_place_by_code(&run->row, run->store, code, &out->subject);
    out->has_subject = status == GAZ_OK;
    if (status == GAZ_NOT_FOUND)
        imp_run_forgive(run);
    return status == GAZ_NOT_FOUND ? GAZ_OK : status;
}

/* A parent may come later in the file or in another one: the store joins them
 * by the code then. */
static gaz_status resolve_for_place(struct imp_run *run,
                                    const struct gaz_record *record,
                                    struct gaz_entry *entry,
                                    struct imp_links *out,
                                    struct gaz_issues *issues)
{
    const char *subject = gaz_record_field(record, "subject");
    if (subject) {
        gaz_status status = resolve_subject(run, subject, out, issues);
        if (status != GAZ_OK)
            return status;
    }
    gaz_status status = resolve_toponym(run, entry, out);
    const char *within = gaz_record_field(record, "within");
    if (status == GAZ_OK && within)
        status = resolve_within(run, within, &entry->place.parent, issues);
    if (status != GAZ_OK || entry->place.parent)
        return status;
    return resolve_id(run, "parent_code", entry->place.parent_code,
                      GAZ_SEVERITY_WARNING, &entry->place.parent, issues);
}

static gaz_status resolve_for_address(struct imp_run *run,
                                      const struct gaz_entry *entry,
                                      struct imp_links *out,
                                      struct gaz_issues *issues)
{
    struct gaz_arena *arena = &run->row.arena;
    const char *code = gaz_attribute_get(
        entry->attributes, entry->attribute_count, GAZ_ATTRIBUTE_ADDRESS_CODE);
    gaz_status status = GAZ_OK;
    if (code)
        status = gaz_attribute_address_of_code(&run->row, run->store, code,
                                               &out->known);
    if (status == GAZ_OK)
        status = imp_resolve_chain(run, entry, 0, &out->chain);
    if (status != GAZ_OK || (!out->chain.missing && out->chain.division))
        return status;
    const char *name = out->chain.missing;
    imp_report_note(
        issues,
        &(struct gaz_issue){
            .rule = "I10",
            .severity = GAZ_SEVERITY_ERROR,
            .message = name ? gaz_arena_printf(arena, "区划不在库中: %s", name)
                            : "地址没有区划",
            .message_en =
                name ? gaz_arena_printf(arena, "division not known: %s", name)
                     : "the address names no division",
        });
    return GAZ_OK;
}

static gaz_status resolve_two(struct imp_run *run,
                              const struct gaz_record *record, const char *from,
                              const char *to, struct imp_links *out,
                              struct gaz_issues *issues)
{
    gaz_status status = resolve_id(run, from, gaz_record_field(record, from),
                                   GAZ_SEVERITY_ERROR, &out->from, issues);
    if (status != GAZ_OK)
        return status;
    return resolve_id(run, to, gaz_record_field(record, to), GAZ_SEVERITY_ERROR,
                      &out->to, issues);
}

gaz_status imp_resolve(struct imp_run *run, const struct gaz_record *record,
                       struct gaz_entry *entry, struct imp_links *out,
                       struct gaz_issues *issues)
{
    if (run->is_line)
        return resolve_two(run, record, "left_code", "right_code", out, issues);
    switch (entry->kind) {
    case GAZ_ENTRY_PLACE:
        return resolve_for_place(run, record, entry, out, issues);
    case GAZ_ENTRY_ADDRESS:
        return resolve_for_address(run, entry, out, issues);
    case GAZ_ENTRY_CLAIM:
        return resolve_subject(run, entry->claim.subject, out, issues);
    case GAZ_ENTRY_CHANGE:
        break;
    }
    return resolve_two(run, record, "from_code", "to_code", out, issues);
}
