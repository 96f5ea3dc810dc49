/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/audit/area.h"
#include "gazetteer/audit/audit.h"
#include "gazetteer/quality/note.h"

enum { FINDINGS_FIRST = 256 };

static const struct {
    const char *name;
    gaz_audit_check *check;
} CHECKS[] = {
    {"unique_name", gaz_audit_unique_name},
    {"same_across", gaz_audit_same_across},
    {"listed_elsewhere", gaz_audit_listed_elsewhere},
    {"one_standard", gaz_audit_one_standard},
    {"embedded_name", gaz_audit_embedded_name},
    {"revived_name", gaz_audit_revived_name},
    {"renamed_again", gaz_audit_renamed_again},
    {"traditional", gaz_audit_traditional},
    {"roman_reading", gaz_audit_roman_reading},
    {"roman_alphabet", gaz_audit_roman_alphabet},
    {"roman_spacing", gaz_audit_roman_spacing},
    {"roman_capitals", gaz_audit_roman_capitals},
    {"roman_apostrophe", gaz_audit_roman_apostrophe},
    {"roman_tones", gaz_audit_roman_tones},
    {"parent_lives", gaz_audit_parent_lives},
    {"code_reused", gaz_audit_code_reused},
    {"name_overlap", gaz_audit_name_overlap},
    {"name_gap", gaz_audit_name_gap},
    {"change_dates", gaz_audit_change_dates},
    {"in_parent", gaz_audit_in_parent},
    {"datum_gcj02", gaz_audit_datum_gcj02},
    {"datum_bd09", gaz_audit_datum_bd09},
    {"wrong_zone", gaz_audit_wrong_zone},
    {"on_road", gaz_audit_on_road},
    {"no_position", gaz_audit_no_position},
    {"number_parity", gaz_audit_number_parity},
    {"number_order", gaz_audit_number_order},
    {"number_gap", gaz_audit_number_gap},
    {"number_twice", gaz_audit_number_twice},
    {"address_twice", gaz_audit_address_twice},
    {"address_alike", gaz_audit_address_alike},
    {"one_address", gaz_audit_one_address},
    {"obsolete_parent", gaz_audit_obsolete_parent},
    {"indicator", gaz_audit_indicator},
    {"toponym_place", gaz_audit_toponym_place},
    {"address_code_place", gaz_audit_address_code_place},
    {"local_name", gaz_audit_local_name},
    {"deed_address", gaz_audit_deed_address},
    {"within_days", gaz_audit_within_days},
    {"shared_code", gaz_audit_shared_code},
    {"derived_gone", gaz_audit_derived_gone},
};

gaz_audit_check *gaz_audit_find(const char *name)
{
    for (size_t i = 0; i < sizeof(CHECKS) / sizeof(CHECKS[0]); i++)
        if (strcmp(CHECKS[i].name, name) == 0)
            return CHECKS[i].check;
    return NULL;
}

gaz_status gaz_audit_open(struct gaz_ctx *ctx, const struct gaz_rules *rules,
                          const struct gaz_corpus *corpus,
                          const struct gaz_audit_options *options,
                          struct gaz_audit **out)
{
    (void)ctx;
    struct gaz_audit *audit = gaz_malloc(sizeof(*audit));
    audit->corpus = corpus;
    audit->options = *options;
    if (audit->options.at == GAZ_DATE_OPEN)
        audit->options.at = gaz_date_today();
    audit->results = gaz_arena_array(&audit->ctx.arena, (size_t)rules->count,
                                     sizeof(*audit->results));
    for (int i = 0; i < rules->count; i++) {
        const struct gaz_rule *rule = &rules->items[i];
        if (gaz_rule_is_in_force(rule, audit->options.at))
            audit->results[audit->result_count++] = (struct gaz_rule_result){
                .rule = rule, .value = -1, .target = -1};
    }
    *out = audit;
    return GAZ_OK;
}

void gaz_audit_close(struct gaz_audit *audit)
{
    if (!audit)
        return;
    gaz_free(audit->findings);
    gaz_ctx_close(&audit->ctx);
    gaz_ctx_close(&audit->scratch);
    gaz_free(audit);
}

/* ---- findings ---- */

void gaz_audit_lacks(struct gaz_audit *audit, const char *zh, const char *en)
{
    if (audit->now->why)
        return;
    audit->now->why = zh;
    audit->now->why_en = en;
}

const char *gaz_audit_printf(struct gaz_audit *audit, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    return gaz_arena_strdup(&audit->ctx.arena, text);
}

static const struct gaz_place *place_at(const struct gaz_audit *audit,
                                        int index)
{
    return index < 0 ? NULL : &audit->corpus->places[index].place;
}

const struct gaz_position *gaz_audit_position(const struct gaz_audit *audit,
                                              int index)
{
    const struct gaz_position *position =
        audit->kind == GAZ_SUBJECT_ADDRESS
            ? &audit->corpus->addresses[index].address.position
            : &audit->corpus->places[index].place.position;
    return position->method == GAZ_METHOD_NONE ||
                   position->method == GAZ_METHOD_INHERITED
               ? NULL
               : position;
}

/* The place that tells where a record is. */
static int place_of(const struct gaz_audit *audit, gaz_subject kind, int index)
{
    const struct gaz_corpus *corpus = audit->corpus;
    switch (kind) {
    case GAZ_SUBJECT_PLACE:
        return index;
    case GAZ_SUBJECT_ADDRESS:
        return corpus->addresses[index].parent;
    case GAZ_SUBJECT_CLAIM:
        return gaz_corpus_find_id(corpus, corpus->claims[index].place);
    case GAZ_SUBJECT_CHANGE:
        return gaz_corpus_find_id(corpus, corpus->changes[index].from
                                              ? corpus->changes[index].from
                                              : corpus->changes[index].to);
    case GAZ_SUBJECT_CITY:
        break;
    }
    return -1;
}

/* The code of the place or of the nearest division above it. */
static const char *code_of(const struct gaz_audit *audit, int place)
{
    for (int depth = 0; place >= 0 && depth < 8; depth++) {
        const struct gaz_corpus_place *at = &audit->corpus->places[place];
        if (at->place.code && *at->place.code)
            return at->place.code;
        place = at->parent;
    }
    return "";
}

static void describe(struct gaz_audit *audit, struct gaz_finding *f)
{
    const struct gaz_corpus *corpus = audit->corpus;
    int place = place_of(audit, f->subject, f->index);
    f->name = f->subject == GAZ_SUBJECT_ADDRESS
                  ? corpus->addresses[f->index].address.text
              : place >= 0 ? gaz_corpus_name(&corpus->places[place])
                           : "";
    if (f->subject == GAZ_SUBJECT_ADDRESS)
        f->id = corpus->addresses[f->index].address.id;
    else if (place >= 0)
        f->id = corpus->places[place].place.id;
    f->code = code_of(audit, place);
    f->town = "";
    if (place >= 0 && corpus->places[place].town >= 0)
        f->town = gaz_corpus_name(&corpus->places[corpus->places[place].town]);
    const struct gaz_position *position =
        f->subject == GAZ_SUBJECT_ADDRESS
            ? &corpus->addresses[f->index].address.position
        : place >= 0 ? &corpus->places[place].place.position
                     : NULL;
    f->has_where = position && position->method != GAZ_METHOD_NONE;
    if (f->has_where)
        f->where = position->coord;
}

static struct gaz_finding *add(struct gaz_audit *audit, int index,
                               gaz_severity severity)
{
    if (audit->finding_count == audit->finding_capacity) {
        int bigger = audit->finding_capacity ? 2 * audit->finding_capacity
                                             : FINDINGS_FIRST;
        audit->findings = gaz_realloc(
            audit->findings, (size_t)bigger * sizeof(*audit->findings));
        audit->finding_capacity = bigger;
    }
    struct gaz_finding *f = &audit->findings[audit->finding_count++];
    *f = (struct gaz_finding){.rule = audit->now->rule,
                              .severity = severity,
                              .subject = audit->kind,
                              .index = index,
                              .distance_m = -1};
    describe(audit, f);
    audit->now->found++;
    audit->by_severity[severity]++;
    return f;
}

static bool is_existing(const struct gaz_audit *audit, int index)
{
    int place = audit->kind == GAZ_SUBJECT_PLACE ? index : -1;
    return place < 0 || place_at(audit, place)->status != GAZ_STATUS_PLANNED;
}

struct gaz_finding *gaz_audit_add(struct gaz_audit *audit, int index,
                                  bool is_sure, const char *zh, const char *en)
{
    struct gaz_finding *f = add(
        audit, index,
        gaz_rule_grade(audit->now->rule, is_sure, is_existing(audit, index)));
    f->zh = zh;
    f->en = en;
    return f;
}

void gaz_audit_against(struct gaz_audit *audit, struct gaz_finding *f,
                       gaz_subject kind, int index)
{
    struct gaz_finding other = {.subject = kind, .index = index};
    describe(audit, &other);
    f->other = other.id;
    f->other_name = other.name;
    f->other_code = other.code;
    if (f->has_where && other.has_where)
        f->distance_m = gaz_coord_distance_m(f->where, other.where);
}

/* ---- the rules of one row ---- */

static struct gaz_entry entry_of(struct gaz_audit *audit, int index)
{
    static const gaz_entry_kind KINDS[] = {
        [GAZ_SUBJECT_PLACE] = GAZ_ENTRY_PLACE,
        [GAZ_SUBJECT_ADDRESS] = GAZ_ENTRY_ADDRESS,
        [GAZ_SUBJECT_CLAIM] = GAZ_ENTRY_CLAIM,
        [GAZ_SUBJECT_CHANGE] = GAZ_ENTRY_CHANGE,
    };
    const struct gaz_corpus *corpus = audit->corpus;
    struct gaz_entry entry = {.kind = KINDS[audit->kind]};
    if (audit->kind == GAZ_SUBJECT_PLACE) {
        entry.place = corpus->places[index].place;
        int parent = corpus->places[index].parent;
        if (parent >= 0)
            entry.place.parent_code = corpus->places[parent].place.code;
    } else if (audit->kind == GAZ_SUBJECT_ADDRESS) {
        entry.address = corpus->addresses[index].address;
    } else if (audit->kind == GAZ_SUBJECT_CLAIM) {
        entry.claim = corpus->claims[index];
    } else {
        entry.change = corpus->changes[index];
    }
    if (audit->kind <= GAZ_SUBJECT_ADDRESS)
        gaz_audit_fill_attributes(audit, index, &entry);
    return entry;
}

static int run_row(struct gaz_audit *audit, const struct gaz_entry *entry,
                   int index)
{
    struct gaz_issues issues;
    issues.count = 0;
    issues.errors = 0;
    const struct gaz_note note = {.ctx = &audit->scratch,
                                  .rule = audit->now->rule,
                                  .entry = entry,
                                  .at = audit->options.at,
                                  .is_stored = gaz_check_is_existing(entry),
                                  .wants_info = true,
                                  .out = &issues};
    bool judged = gaz_row_find(note.rule->check)(&note);
    for (int i = 0; i < issues.count; i++) {
        struct gaz_finding *f = add(audit, index, issues.items[i].severity);
        f->zh = gaz_arena_strdup(&audit->ctx.arena, issues.items[i].message);
        f->en = gaz_arena_strdup(&audit->ctx.arena, issues.items[i].message_en);
        f->fix_field = issues.items[i].fix_field;
        f->fix = gaz_arena_strdup(&audit->ctx.arena, issues.items[i].fix);
    }
    return judged;
}

/* ---- which records ---- */

static bool is_of_source(const struct gaz_audit *audit, int index)
{
    const struct gaz_corpus *corpus = audit->corpus;
    int64_t source = audit->options.source;
    if (source == 0)
        return true;
    switch (audit->kind) {
    case GAZ_SUBJECT_ADDRESS:
        return corpus->addresses[index].address.source == source;
    case GAZ_SUBJECT_CLAIM:
        return corpus->claims[index].source == source;
    case GAZ_SUBJECT_CHANGE:
        return corpus->changes[index].source == source;
    case GAZ_SUBJECT_PLACE: {
        const struct gaz_place *place = &corpus->places[index].place;
        for (int i = 0; i < place->name_count; i++)
            if (place->names[i].source == source)
                return true;
        return place->position.source == source;
    }
    case GAZ_SUBJECT_CITY:
        break;
    }
    return true;
}

static int by_id(const void *a, const void *b)
{
    const gaz_id x = *(const gaz_id *)a;
    const gaz_id y = *(const gaz_id *)b;
    return (x > y) - (x < y);
}

/* Is it one of those that an import brought? A claim or a change is by its
 * place. */
static bool is_listed(const struct gaz_audit *audit, int index)
{
    const struct gaz_audit_options *options = &audit->options;
    int place = place_of(audit, audit->kind, index);
    gaz_id id = audit->kind == GAZ_SUBJECT_ADDRESS
                    ? audit->corpus->addresses[index].address.id
                : place < 0 ? 0
                            : audit->corpus->places[place].place.id;
    return !options->only ||
           bsearch(&id, options->only, (size_t)options->only_count, sizeof(id),
                   by_id) != NULL;
}

static bool is_wanted(const struct gaz_audit *audit, int index)
{
    const char *in = audit->options.in;
    return is_of_source(audit, index) && is_listed(audit, index) &&
           (!in || strncmp(code_of(audit, place_of(audit, audit->kind, index)),
                           in, strlen(in)) == 0);
}

/* ---- running ---- */

static bool takes_kind(const struct gaz_rule *rule, gaz_subject kind)
{
    static const gaz_scope SCOPES[] = {
        [GAZ_SUBJECT_PLACE] = GAZ_SCOPE_PLACE,
        [GAZ_SUBJECT_ADDRESS] = GAZ_SCOPE_ADDRESS,
        [GAZ_SUBJECT_CLAIM] = GAZ_SCOPE_CLAIM,
        [GAZ_SUBJECT_CHANGE] = GAZ_SCOPE_CHANGE,
        [GAZ_SUBJECT_CITY] = GAZ_SCOPE_CITY,
    };
    if (rule->scope == GAZ_SCOPE_ANY)
        return rule->stage == GAZ_STAGE_ROW ? kind != GAZ_SUBJECT_CITY
                                            : kind <= GAZ_SUBJECT_ADDRESS;
    return rule->scope == SCOPES[kind];
}

static void run_one(struct gaz_audit *audit, struct gaz_rule_result *result,
                    int index)
{
    const struct gaz_rule *rule = result->rule;
    audit->now = result;
    if (audit->kind == GAZ_SUBJECT_PLACE &&
        !gaz_rule_takes(rule, place_at(audit, index)->category))
        return;
    if (rule->stage == GAZ_STAGE_ROW) {
        const struct gaz_entry entry = entry_of(audit, index);
        result->tested += run_row(audit, &entry, index);
    } else if (rule->stage == GAZ_STAGE_BASE) {
        result->tested += gaz_audit_find(rule->check)(audit, index);
    }
}

static int count_of(const struct gaz_corpus *corpus, gaz_subject kind)
{
    const int counts[] = {
        [GAZ_SUBJECT_PLACE] = corpus->place_count,
        [GAZ_SUBJECT_ADDRESS] = corpus->address_count,
        [GAZ_SUBJECT_CLAIM] = corpus->claim_count,
        [GAZ_SUBJECT_CHANGE] = corpus->change_count,
        [GAZ_SUBJECT_CITY] = 1,
    };
    return counts[kind];
}

int gaz_audit_count(const struct gaz_audit *audit, gaz_subject kind)
{
    struct gaz_audit asked = *audit;
    int count = 0;
    asked.kind = kind;
    for (int i = 0; i < count_of(audit->corpus, kind); i++)
        count += is_wanted(&asked, i);
    return count;
}

static void run_kind(struct gaz_audit *audit, struct gaz_rule_result *result,
                     gaz_subject kind)
{
    audit->kind = kind;
    int count = count_of(audit->corpus, kind);
    for (int i = 0; i < count; i++) {
        gaz_arena_reset(&audit->scratch.arena);
        if (kind == GAZ_SUBJECT_CITY || is_wanted(audit, i))
            run_one(audit, result, i);
    }
}

/* A road is judged once, by the place that it is; findings are of addresses. */
static void run_road(struct gaz_audit *audit, struct gaz_rule_result *result,
                     int place)
{
    audit->now = result;
    audit->kind = GAZ_SUBJECT_PLACE;
    if (audit->corpus->places[place].address_count == 0 ||
        !is_wanted(audit, place) ||
        !gaz_rule_takes(result->rule, place_at(audit, place)->category))
        return;
    gaz_arena_reset(&audit->scratch.arena);
    audit->kind = GAZ_SUBJECT_ADDRESS;
    if (result->rule->stage == GAZ_STAGE_BASE)
        result->tested += gaz_audit_find(result->rule->check)(audit, place);
}

static void run_rule(struct gaz_audit *audit, struct gaz_rule_result *result)
{
    for (int kind = 0; kind <= GAZ_SUBJECT_CITY; kind++)
        if (result->rule->stage != GAZ_STAGE_NONE &&
            takes_kind(result->rule, (gaz_subject)kind))
            run_kind(audit, result, (gaz_subject)kind);
    if (result->rule->scope == GAZ_SCOPE_ROAD)
        for (int place = 0; place < audit->corpus->place_count; place++)
            run_road(audit, result, place);
    gaz_audit_explain(audit, result);
}

/* Indicators count what the other rules found, wherever their file stands. */
void gaz_audit_run(struct gaz_audit *audit)
{
    for (int is_city = 0; is_city <= 1; is_city++)
        for (int i = 0; i < audit->result_count; i++) {
            struct gaz_rule_result *result = &audit->results[i];
            if ((result->rule->scope == GAZ_SCOPE_CITY) == (is_city == 1))
                run_rule(audit, result);
        }
}

static void run_single(struct gaz_audit *audit, gaz_subject kind, int index)
{
    audit->is_single = true;
    gaz_arena_reset(&audit->scratch.arena);
    for (int i = 0; i < audit->result_count; i++) {
        struct gaz_rule_result *result = &audit->results[i];
        audit->kind = kind;
        if (result->rule->stage != GAZ_STAGE_NONE &&
            takes_kind(result->rule, kind))
            run_one(audit, result, index);
    }
}

void gaz_audit_place(struct gaz_audit *audit, int place)
{
    run_single(audit, GAZ_SUBJECT_PLACE, place);
    for (int i = 0; i < audit->result_count; i++)
        gaz_audit_explain(audit, &audit->results[i]);
}

void gaz_audit_address(struct gaz_audit *audit, int address)
{
    run_single(audit, GAZ_SUBJECT_ADDRESS, address);
    int road = audit->corpus->addresses[address].parent;
    for (int i = 0; road >= 0 && i < audit->result_count; i++)
        if (audit->results[i].rule->scope == GAZ_SCOPE_ROAD)
            run_road(audit, &audit->results[i], road);
    for (int i = 0; i < audit->result_count; i++)
        gaz_audit_explain(audit, &audit->results[i]);
}
