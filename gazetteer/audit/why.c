/* SPDX-License-Identifier: Apache-2.0 */
/* why.c - why a rule judged nothing: what is missing, and where it would go. */
#include <string.h>

#include "gazetteer/audit/audit.h"

/* Predicates that ask for what records have by a business table only: the
 * target fields of a mapping, or a profile of data/profiles/. */
static const struct {
    const char *check;
    const char *zh;
    const char *en;
} NEEDS[] = {
    {"toponym_code", "没有记录带20位地名代码（toponym_code）",
     "no record has a 20-digit place-name code (toponym_code)"},
    {"toponym_place", "没有记录带20位地名代码（toponym_code）",
     "no record has a 20-digit place-name code (toponym_code)"},
    {"address_code", "没有地址带15位地址编码（address_code）",
     "no address has a 15-digit code (address_code)"},
    {"address_code_place", "没有地址带15位地址编码（address_code）",
     "no address has a 15-digit code (address_code)"},
    {"sign_codes", "没有道路带路牌编码（sign_codes）",
     "no road has codes of signs (sign_codes)"},
    {"check_digits",
     "没有记录带统一社会信用代码（applicant_"
     "code）；证件号只在导入时校验、不入库",
     "no record has a credit code (applicant_code); numbers of persons are "
     "checked at import and not kept"},
    {"company_name",
     "没有记录带申报单位（applicant），词表 companies.txt 也为空",
     "no record names its applicant, and companies.txt is empty"},
    {"generic_scale",
     "没有记录带所用通名要求的占地、建筑面积、层数或绿地率（site_area_m2、"
     "floor_area_m2、floors、green_percent）",
     "no record has the areas, floors or green share that its generic asks for "
     "(site_area_m2, floor_area_m2, floors, green_percent)"},
    {"derived_name", "没有记录带主地名（derived_from）",
     "no record names its base (derived_from)"},
    {"derived_gone", "没有记录带主地名（derived_from）",
     "no record names its base (derived_from)"},
    {"within_days", "没有记录带批准日期（approved_on，到日）",
     "no record has the day of its approval (approved_on)"},
    {"expired", "没有地址带门牌证有效期（expires_on）",
     "no address has the end of its certificate (expires_on)"},
    {"deed_address", "没有地址带证照上的地址（deed_address）",
     "no address has that of its deeds (deed_address)"},
    {"field_audit", "没有外业核对结果（field_audit：same、differs、absent）",
     "no record was audited in the field (field_audit)"},
};

static bool explain_needs(struct gaz_rule_result *result)
{
    for (size_t i = 0; i < sizeof(NEEDS) / sizeof(NEEDS[0]); i++)
        if (strcmp(NEEDS[i].check, result->rule->check) == 0) {
            result->why = NEEDS[i].zh;
            result->why_en = NEEDS[i].en;
            return true;
        }
    return false;
}

static bool explain_lists(struct gaz_audit *audit,
                          struct gaz_rule_result *result)
{
    const struct gaz_rule *rule = result->rule;
    for (int i = 0; i < rule->param_count; i++) {
        const char *name = rule->params[i].list.name;
        if (rule->params[i].type != GAZ_PARAM_LIST ||
            rule->params[i].list.count > 0)
            continue;
        result->why = gaz_audit_printf(
            audit, "词表为空：名单放入 --lists 目录的 %s.txt", name);
        result->why_en = gaz_audit_printf(
            audit, "the list is empty: put it into %s.txt of --lists", name);
        return true;
    }
    return false;
}

static void explain_rest(struct gaz_audit *audit,
                         struct gaz_rule_result *result)
{
    const struct gaz_rule *rule = result->rule;
    if (rule->because) {
        result->why = rule->because;
        result->why_en = "see the reason in the rule";
    } else if (gaz_predicate_is_of_import(rule->check)) {
        result->why = "导入时逐行检查，库中不再重查";
        result->why_en = "checked row by row at import";
    } else if (rule->category) {
        result->why = gaz_audit_printf(audit, "没有可查的记录（类别 %s）",
                                       rule->category);
        result->why_en = gaz_audit_printf(
            audit, "no record that it concerns (categories %s)",
            rule->category);
    } else {
        result->why = "没有可查的记录";
        result->why_en = "no record that it concerns";
    }
}

void gaz_audit_explain(struct gaz_audit *audit, struct gaz_rule_result *result)
{
    if (result->tested > 0 || result->found > 0) {
        result->why = NULL;
        result->why_en = NULL;
    } else if (!result->why && !explain_needs(result) &&
               !explain_lists(audit, result)) {
        explain_rest(audit, result);
    }
}
