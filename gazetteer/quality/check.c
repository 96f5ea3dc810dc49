/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/quality/check.h"

#include <string.h>

#include "gazetteer/quality/note.h"

static const struct {
    const char *name;
    gaz_row_check *check;
} CHECKS[] = {
    {"required", gaz_row_required},
    {"field_date", gaz_row_field_date},
    {"field_number", gaz_row_field_number},
    {"field_word", gaz_row_field_word},
    {"span_order", gaz_row_span_order},
    {"synthetic_mix", gaz_row_synthetic_mix},
    {"claim_source", gaz_row_claim_source},
    {"claim_grade", gaz_row_claim_grade},
    {"placeholder", gaz_row_placeholder},
    {"generic_missing", gaz_row_generic_missing},
    {"generic_category", gaz_row_generic_category},
    {"generic_alone", gaz_row_generic_alone},
    {"generic_stacked", gaz_row_generic_stacked},
    {"characters", gaz_row_characters},
    {"rare_characters", gaz_row_rare_characters},
    {"word_within", gaz_row_word_within},
    {"pure_ordinal", gaz_row_pure_ordinal},
    {"name_length", gaz_row_name_length},
    {"unit_in_name", gaz_row_unit_in_name},
    {"code_grammar", gaz_row_code_grammar},
    {"code_suffix", gaz_row_code_suffix},
    {"code_prefix", gaz_row_code_prefix},
    {"code_statistical", gaz_row_code_statistical},
    {"position_range", gaz_row_position_range},
    {"position_accuracy", gaz_row_position_accuracy},
    {"address_parent", gaz_row_address_parent},
    {"address_number", gaz_row_address_number},
    {"address_characters", gaz_row_address_characters},
    {"address_units", gaz_row_address_units},
    {"address_doubled", gaz_row_address_doubled},
    {"address_canonical", gaz_row_address_canonical},
    {"toponym_code", gaz_row_toponym_code},
    {"address_code", gaz_row_address_code},
    {"sign_codes", gaz_row_sign_codes},
    {"check_digits", gaz_row_check_digits},
    {"word_unlinked", gaz_row_word_unlinked},
    {"company_name", gaz_row_company_name},
    {"entity_name", gaz_row_entity_name},
    {"generic_scale", gaz_row_generic_scale},
    {"derived_name", gaz_row_derived_name},
    {"protected_renamed", gaz_row_protected_renamed},
    {"expired", gaz_row_expired},
    {"standard_text", gaz_row_standard_text},
    {"field_audit", gaz_row_field_audit},
};

gaz_row_check *gaz_row_find(const char *name)
{
    for (size_t i = 0; i < sizeof(CHECKS) / sizeof(CHECKS[0]); i++)
        if (strcmp(CHECKS[i].name, name) == 0)
            return CHECKS[i].check;
    return NULL;
}

bool gaz_check_concerns(const struct gaz_rule *rule,
                        const struct gaz_entry *entry)
{
    static const gaz_scope SCOPES[] = {
        [GAZ_ENTRY_PLACE] = GAZ_SCOPE_PLACE,
        [GAZ_ENTRY_ADDRESS] = GAZ_SCOPE_ADDRESS,
        [GAZ_ENTRY_CLAIM] = GAZ_SCOPE_CLAIM,
        [GAZ_ENTRY_CHANGE] = GAZ_SCOPE_CHANGE,
    };
    if (rule->scope != GAZ_SCOPE_ANY && rule->scope != SCOPES[entry->kind])
        return false;
    return entry->kind != GAZ_ENTRY_PLACE ||
           gaz_rule_takes(rule, entry->place.category);
}

bool gaz_check_is_existing(const struct gaz_entry *entry)
{
    return entry->kind != GAZ_ENTRY_PLACE ||
           entry->place.status != GAZ_STATUS_PLANNED;
}

void gaz_check_by(struct gaz_ctx *ctx, const struct gaz_rules *rules,
                  gaz_date at, const struct gaz_record *record,
                  const struct gaz_entry *entry, struct gaz_issues *out)
{
    out->count = 0;
    out->errors = 0;
    struct gaz_note note = {.ctx = ctx,
                            .record = record,
                            .entry = entry,
                            .at = at,
                            .is_stored = gaz_check_is_existing(entry),
                            .out = out};
    bool is_settled = false;
    for (int i = 0; i < rules->count && !is_settled; i++) {
        note.rule = &rules->items[i];
        if (note.rule->stage == GAZ_STAGE_ROW &&
            gaz_rule_is_in_force(note.rule, at) &&
            gaz_check_concerns(note.rule, entry))
            is_settled = gaz_row_find(note.rule->check)(&note) &&
                         note.rule->is_final && out->count > 0;
    }
}

void gaz_check(struct gaz_ctx *ctx, const struct gaz_record *record,
               const struct gaz_entry *entry, struct gaz_issues *out)
{
    gaz_check_by(ctx, gaz_rules_default(), gaz_date_today(), record, entry,
                 out);
}
