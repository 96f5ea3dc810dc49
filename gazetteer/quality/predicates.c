/* SPDX-License-Identifier: Apache-2.0 */
/* predicates.c - what a rule may ask for, and with which parameters. The
 * functions are found by these names: check.c for a row by itself,
 * gazetteer/audit/run.c for what needs the other records. */
#include <string.h>

#include "gazetteer/quality/rule.h"

const struct gaz_predicate GAZ_PREDICATES[] = {
    {"none", GAZ_STAGE_NONE, ""},
    /* fields of a row */
    {"required", GAZ_STAGE_ROW, ""},
    {"field_date", GAZ_STAGE_ROW, ""},
    {"field_number", GAZ_STAGE_ROW, ""},
    {"field_word", GAZ_STAGE_ROW, ""},
    {"span_order", GAZ_STAGE_ROW, ""},
    {"synthetic_mix", GAZ_STAGE_ROW, ""},
    {"claim_source", GAZ_STAGE_ROW, ""},
    {"claim_grade", GAZ_STAGE_ROW, ""},
    /* names */
    {"placeholder", GAZ_STAGE_ROW, "list:list"},
    {"generic_missing", GAZ_STAGE_ROW, "generics:list"},
    {"generic_category", GAZ_STAGE_ROW, "generics:list"},
    {"generic_alone", GAZ_STAGE_ROW, "generics:list"},
    {"generic_stacked", GAZ_STAGE_ROW, "list:list"},
    {"characters", GAZ_STAGE_ROW, "marks:list"},
    {"rare_characters", GAZ_STAGE_ROW, "common:list exempt:list"},
    {"word_within", GAZ_STAGE_ROW, "list:list"},
    {"pure_ordinal", GAZ_STAGE_ROW, "generics:list"},
    {"name_length", GAZ_STAGE_ROW, "max:number"},
    {"unit_in_name", GAZ_STAGE_ROW, "list:list"},
    /* codes */
    {"code_grammar", GAZ_STAGE_ROW, ""},
    {"code_suffix", GAZ_STAGE_ROW, ""},
    {"code_prefix", GAZ_STAGE_ROW, ""},
    {"code_statistical", GAZ_STAGE_ROW, ""},
    /* positions */
    {"position_range", GAZ_STAGE_ROW, ""},
    {"position_accuracy", GAZ_STAGE_ROW, ""},
    /* addresses */
    {"address_parent", GAZ_STAGE_ROW, ""},
    {"address_number", GAZ_STAGE_ROW, ""},
    {"address_characters", GAZ_STAGE_ROW, ""},
    {"address_units", GAZ_STAGE_ROW, "list:list"},
    {"address_doubled", GAZ_STAGE_ROW, "min_chars:number"},
    {"address_canonical", GAZ_STAGE_ROW, ""},
    /* business records */
    {"toponym_code", GAZ_STAGE_ROW, ""},
    {"address_code", GAZ_STAGE_ROW, "classes:word"},
    {"sign_codes", GAZ_STAGE_ROW, ""},
    {"check_digits", GAZ_STAGE_ROW, ""},
    {"word_unlinked", GAZ_STAGE_ROW, "list:list"},
    {"company_name", GAZ_STAGE_ROW, "list:list trades:list"},
    {"entity_name", GAZ_STAGE_ROW, "list:list generics:list"},
    {"generic_scale", GAZ_STAGE_ROW, "list:list"},
    {"derived_name", GAZ_STAGE_ROW, "generics:list"},
    {"protected_renamed", GAZ_STAGE_ROW, "list:list"},
    {"expired", GAZ_STAGE_ROW, ""},
    {"standard_text", GAZ_STAGE_ROW, ""},
    {"field_audit", GAZ_STAGE_ROW, ""},
    /* business records among the others */
    {"toponym_place", GAZ_STAGE_BASE, ""},
    {"address_code_place", GAZ_STAGE_BASE, ""},
    {"local_name", GAZ_STAGE_BASE, "radius_m:number"},
    {"deed_address", GAZ_STAGE_BASE, ""},
    {"within_days", GAZ_STAGE_BASE,
     "from:word to:word days:number count:word holidays:list"},
    {"shared_code", GAZ_STAGE_BASE, ""},
    {"derived_gone", GAZ_STAGE_BASE, ""},
    /* with the other records: names */
    {"unique_name", GAZ_STAGE_BASE, "within:word compare:word"},
    {"same_across", GAZ_STAGE_BASE, "by:word home:word beside:word"},
    {"listed_elsewhere", GAZ_STAGE_BASE, "list:list same_province:word"},
    {"one_standard", GAZ_STAGE_BASE, ""},
    {"embedded_name", GAZ_STAGE_BASE, ""},
    {"revived_name", GAZ_STAGE_BASE, ""},
    {"renamed_again", GAZ_STAGE_BASE, "years:number"},
    {"traditional", GAZ_STAGE_BASE, ""},
    {"roman_reading", GAZ_STAGE_BASE, ""},
    {"roman_alphabet", GAZ_STAGE_BASE, ""},
    {"roman_spacing", GAZ_STAGE_BASE, ""},
    {"roman_capitals", GAZ_STAGE_BASE, ""},
    {"roman_apostrophe", GAZ_STAGE_BASE, ""},
    {"roman_tones", GAZ_STAGE_BASE, ""},
    /* codes and history */
    {"parent_lives", GAZ_STAGE_BASE, ""},
    {"code_reused", GAZ_STAGE_BASE, ""},
    {"name_overlap", GAZ_STAGE_BASE, ""},
    {"name_gap", GAZ_STAGE_BASE, "months:number"},
    {"change_dates", GAZ_STAGE_BASE, ""},
    /* geometry */
    {"in_parent", GAZ_STAGE_BASE, "tolerance_m:number"},
    {"datum_gcj02", GAZ_STAGE_BASE, "tolerance_m:number"},
    {"datum_bd09", GAZ_STAGE_BASE, "tolerance_m:number"},
    {"wrong_zone", GAZ_STAGE_BASE, "tolerance_m:number"},
    {"on_road", GAZ_STAGE_BASE, "distance_m:number"},
    {"no_position", GAZ_STAGE_BASE, ""},
    /* numbers of a road */
    {"number_parity", GAZ_STAGE_BASE, "min_count:number min_offset_m:number"},
    {"number_order", GAZ_STAGE_BASE, "min_count:number"},
    {"number_gap", GAZ_STAGE_BASE, "min_count:number max_missing:number"},
    {"number_twice", GAZ_STAGE_BASE, "apart_m:number"},
    /* addresses among each other */
    {"address_twice", GAZ_STAGE_BASE, "apart_m:number"},
    {"address_alike", GAZ_STAGE_BASE, "distance_m:number"},
    {"one_address", GAZ_STAGE_BASE, ""},
    {"obsolete_parent", GAZ_STAGE_BASE, ""},
    /* the whole */
    {"indicator", GAZ_STAGE_BASE, "of:word target:number good:word"},
    {.name = NULL},
};

const struct gaz_predicate *gaz_predicate_find(const char *name)
{
    for (const struct gaz_predicate *p = GAZ_PREDICATES; p->name; p++)
        if (strcmp(p->name, name) == 0)
            return p;
    return NULL;
}

bool gaz_predicate_is_of_import(const char *name)
{
    static const char *const NAMES[] = {"field_number", "field_word",
                                        "standard_text"};
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++)
        if (strcmp(NAMES[i], name) == 0)
            return true;
    return false;
}
