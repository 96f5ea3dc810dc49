/* SPDX-License-Identifier: Apache-2.0 */
/* check_business.c - what the papers of a name or a plate must bear out. */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/quality/note.h"

/* The standard name of today; NULL: none. */
static const char *current_name(const struct gaz_note *note)
{
    const struct gaz_place *place = &note->entry->place;
    if (place->name_count == 0 || place->status == GAZ_STATUS_HISTORICAL ||
        place->names[0].kind != GAZ_NAME_STANDARD)
        return NULL;
    return place->names[0].text;
}

/* Is there a declared link (特定联系) that the law takes for a reason? */
static bool is_linked(const struct gaz_note *note)
{
    return gaz_note_attribute(note, GAZ_ATTRIBUTE_SPECIAL_LINK) != NULL;
}

static void tell_word(const struct gaz_note *note, const char *name,
                      const char *word)
{
    if (strcmp(word, name) != 0)
        gaz_note_doubt(note, "name", word, note->rule->title,
                       note->rule->title_en);
    else
        gaz_note_add(note, "name", word, note->rule->title,
                     note->rule->title_en);
}

bool gaz_row_word_unlinked(const struct gaz_note *note)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "list");
    const char *name = current_name(note);
    if (!name || list->count == 0)
        return false;
    const char *word = gaz_rule_list_within(list, name);
    if (word && !is_linked(note))
        tell_word(note, name, word);
    return true;
}

/* ---- N09: the applicant's own name ---- */

/* 平湖市甲某置业有限公司 is called 甲某: what stands between the place that it
 * begins with and the first word of its trade. "": nothing is left. */
static const char *trade_name(struct gaz_arena *arena,
                              const struct gaz_rule_list *words,
                              const char *company)
{
    static const char *const PLACES[] = {"省", "市", "县", "区"};
    const char *from = company;
    enum { PLACE_MAX_BYTES = 12 }; /* three characters and the generic */
    for (size_t i = 0; i < sizeof(PLACES) / sizeof(PLACES[0]); i++) {
        const char *at = strstr(from, PLACES[i]);
        if (at && at - from <= PLACE_MAX_BYTES)
            from = at + strlen(PLACES[i]);
    }
    size_t len = strlen(from);
    for (int i = 0; i < words->count; i++) {
        const char *at = strstr(from, words->words[i]);
        if (at && (size_t)(at - from) < len)
            len = (size_t)(at - from);
    }
    return gaz_arena_strndup(arena, from, len);
}

bool gaz_row_company_name(const struct gaz_note *note)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "list");
    const struct gaz_rule_list *words = gaz_rule_list(note->rule, "trades");
    const char *applicant = gaz_note_attribute(note, GAZ_ATTRIBUTE_APPLICANT);
    const char *name = current_name(note);
    if (!name || (!applicant && list->count == 0))
        return false;
    const char *own =
        applicant ? trade_name(&note->ctx->arena, words, applicant) : "";
    const bool is_own =
        gaz_text_count(own, strlen(own)) >= 2 && strstr(name, own);
    const char *word = gaz_rule_list_within(list, name);
    if (is_linked(note))
        return true;
    if (is_own)
        gaz_note_add(note, "name", own, "使用申报单位自己的字号",
                     "the applicant's own trade name");
    else if (word)
        gaz_note_doubt(note, "name", word, note->rule->title,
                       note->rule->title_en);
    return true;
}

/* ---- N16 ---- */

bool gaz_row_entity_name(const struct gaz_note *note)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "list");
    const struct gaz_rule_list *generics =
        gaz_rule_list(note->rule, "generics");
    const char *name = current_name(note);
    if (!name || list->count == 0)
        return false;
    const char *specific = gaz_generic_strip(&note->ctx->arena, generics,
                                             note->entry->place.category, name);
    if (gaz_rule_list_has(list, specific) || gaz_rule_list_has(list, name))
        gaz_note_add(note, "name", name, note->rule->title,
                     note->rule->title_en);
    return true;
}

/* ---- N21: how large a 大厦 must be ---- */

/* What one line asks of a record. */
typedef enum { MEETS, FAILS, CANNOT_SAY } outcome;

/* "site_area_m2>=600": by the record's attribute. */
static outcome meets_one(const struct gaz_note *note, const char *condition)
{
    const char *sign = strstr(condition, ">=");
    gaz_attribute_kind kind;
    double least = 0;
    double given = 0;
    if (!sign || !gaz_text_parse_double(sign + 2, &least) ||
        !gaz_attribute_find(gaz_arena_strndup(&note->ctx->arena, condition,
                                              (size_t)(sign - condition)),
                            &kind))
        return CANNOT_SAY;
    const char *value = gaz_note_attribute(note, kind);
    if (!value || !gaz_text_parse_double(value, &given))
        return CANNOT_SAY;
    return given >= least ? MEETS : FAILS;
}

/* All conditions of a line, behind its category and generic. */
static outcome meets_line(const struct gaz_note *note, const char *at)
{
    outcome all = MEETS;
    while (*at) {
        const size_t len = strcspn(at, " ");
        const outcome one =
            meets_one(note, gaz_arena_strndup(&note->ctx->arena, at, len));
        if (one == FAILS)
            return FAILS;
        all = one == CANNOT_SAY ? CANNOT_SAY : all;
        at += len;
        at += strspn(at, " ");
    }
    return all;
}

/* "大厦 floors>=12": lines of one generic are alternatives. Enough is known
 * when a line is met or each one fails. */
bool gaz_row_generic_scale(const struct gaz_note *note)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "list");
    const char *name = current_name(note);
    const char *generic = NULL;
    bool is_open = false;
    if (!name)
        return false;
    for (int i = 0; i < list->count; i++) {
        const char *line = list->words[i];
        const size_t len = strcspn(line, " ");
        const char *word = gaz_arena_strndup(&note->ctx->arena, line, len);
        if (!gaz_text_ends_with(name, word) ||
            (generic && strcmp(generic, word) != 0))
            continue;
        generic = word;
        const outcome found =
            meets_line(note, line + len + strspn(line + len, " "));
        if (found == MEETS)
            return true;
        is_open = is_open || found == CANNOT_SAY;
    }
    if (!generic || is_open)
        return false;
    gaz_note_add(note, "name", name, "规模达不到所用通名的标准",
                 "smaller than the generic term asks for");
    return true;
}

/* ---- N24, N25 ---- */

bool gaz_row_derived_name(const struct gaz_note *note)
{
    const struct gaz_rule_list *generics =
        gaz_rule_list(note->rule, "generics");
    const char *base = gaz_note_attribute(note, GAZ_ATTRIBUTE_DERIVED_FROM);
    const char *name = current_name(note);
    if (!base || !name)
        return false;
    const char *core = gaz_generic_strip(&note->ctx->arena, generics, 0, base);
    if (!strstr(name, *core ? core : base))
        gaz_note_add(note, "name", base, "派生地名不含主地名的专名",
                     "a derived name without the specific part of its base");
    return true;
}

/* A listed name that the place bore and no longer bears. What had ended before
 * the rule was in force is history. */
bool gaz_row_protected_renamed(const struct gaz_note *note)
{
    const struct gaz_rule_list *list = gaz_rule_list(note->rule, "list");
    const struct gaz_place *place = &note->entry->place;
    const char *plan = gaz_note_attribute(note, GAZ_ATTRIBUTE_PROTECTION_PLAN);
    if (list->count == 0 || place->name_count == 0)
        return false;
    const bool is_gone = place->status == GAZ_STATUS_HISTORICAL;
    for (int i = 0; i < place->name_count; i++) {
        const struct gaz_name *name = &place->names[i];
        const bool leads =
            name->kind == GAZ_NAME_STANDARD || name->kind == GAZ_NAME_FORMER;
        const gaz_date end = name->valid_to == GAZ_DATE_OPEN && is_gone
                                 ? place->valid_to
                                 : name->valid_to;
        const bool was_lost =
            name->kind == GAZ_NAME_FORMER || end != GAZ_DATE_OPEN || is_gone;
        if (!leads || !was_lost || !gaz_rule_list_has(list, name->text) ||
            (end != GAZ_DATE_OPEN && end < note->rule->from) || plan)
            continue;
        gaz_note_add(note, "name", name->text, note->rule->title,
                     note->rule->title_en);
    }
    return true;
}

/* ---- E14 ---- */

bool gaz_row_expired(const struct gaz_note *note)
{
    const char *text = gaz_note_attribute(note, GAZ_ATTRIBUTE_EXPIRES_ON);
    gaz_date date = GAZ_DATE_OPEN;
    if (!text || !gaz_date_parse(text, &date))
        return false;
    if (note->entry->address.status == GAZ_STATUS_CURRENT && date <= note->at)
        gaz_note_add(note, "expires_on", text, "门牌证已过期而未注销",
                     "the certificate has expired and the plate is in use");
    return true;
}

/* ---- E13S: the text that the source composed ---- */

/* Without the province and the city, which a county's own tables leave out. */
static const char *from_county(const struct gaz_entry *entry, const char *text)
{
    enum { PROVINCE, CITY };
    for (int i = PROVINCE; i <= CITY; i++) {
        const char *part = entry->components[i];
        if (part && gaz_text_starts_with(text, part))
            text += strlen(part);
    }
    return text;
}

bool gaz_row_standard_text(const struct gaz_note *note)
{
    const char *given = gaz_note_field(note, "standard");
    const char *made = note->entry->address.text;
    if (!given || !made)
        return false;
    if (strcmp(from_county(note->entry, given),
               from_county(note->entry, made)) != 0)
        gaz_note_add(
            note, "standard",
            gaz_arena_printf(&note->ctx->arena, "%s / %s", given, made),
            "标准地址与各要素组合的不同",
            "the standard address is not that of its parts");
    return true;
}

/* ---- V01 ---- */

/* What the field party wrote down: same, differs or absent. */
bool gaz_row_field_audit(const struct gaz_note *note)
{
    const char *found = gaz_note_attribute(note, GAZ_ATTRIBUTE_FIELD_AUDIT);
    if (!found)
        return false;
    if (strcmp(found, "differs") == 0)
        gaz_note_add(note, "field_audit", NULL, "外业核对：标志、门牌与库不符",
                     "in the field: the sign or plate is another");
    else if (strcmp(found, "absent") == 0)
        gaz_note_add(note, "field_audit", NULL, "外业核对：没有标志、门牌",
                     "in the field: there is no sign or plate");
    return true;
}
