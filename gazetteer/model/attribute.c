/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/model/attribute.h"

#include <stddef.h>
#include <string.h>

enum { PLACE = 1, ADDRESS = 2, BOTH = 3 };

static const struct {
    const char *name;
    int of;
    gaz_attribute_type type;
} KINDS[GAZ_ATTRIBUTES] = {
    [GAZ_ATTRIBUTE_TOPONYM_CODE] = {"toponym_code", PLACE,
                                    GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_DERIVED_FROM] = {"derived_from", PLACE,
                                    GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_SPECIAL_LINK] = {"special_link", PLACE,
                                    GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_PROTECTION_PLAN] = {"protection_plan", PLACE,
                                       GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_APPLICANT] = {"applicant", PLACE, GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_APPLICANT_CODE] = {"applicant_code", PLACE,
                                      GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_BUILT_UP] = {"built_up", PLACE, GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_SITE_AREA_M2] = {"site_area_m2", PLACE,
                                    GAZ_ATTRIBUTE_IS_NUMBER},
    [GAZ_ATTRIBUTE_FLOOR_AREA_M2] = {"floor_area_m2", PLACE,
                                     GAZ_ATTRIBUTE_IS_NUMBER},
    [GAZ_ATTRIBUTE_OPEN_AREA_M2] = {"open_area_m2", PLACE,
                                    GAZ_ATTRIBUTE_IS_NUMBER},
    [GAZ_ATTRIBUTE_GREEN_PERCENT] = {"green_percent", PLACE,
                                     GAZ_ATTRIBUTE_IS_NUMBER},
    [GAZ_ATTRIBUTE_FLOORS] = {"floors", PLACE, GAZ_ATTRIBUTE_IS_NUMBER},
    [GAZ_ATTRIBUTE_SIGN_CODES] = {"sign_codes", PLACE, GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_APPROVED_ON] = {"approved_on", BOTH, GAZ_ATTRIBUTE_IS_DATE},
    [GAZ_ATTRIBUTE_FILED_ON] = {"filed_on", BOTH, GAZ_ATTRIBUTE_IS_DATE},
    [GAZ_ATTRIBUTE_PUBLISHED_ON] = {"published_on", BOTH,
                                    GAZ_ATTRIBUTE_IS_DATE},
    [GAZ_ATTRIBUTE_FIELD_AUDIT] = {"field_audit", BOTH, GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_ADDRESS_CODE] = {"address_code", ADDRESS,
                                    GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_PLATE_TYPE] = {"plate_type", ADDRESS, GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_PLATE_SPEC] = {"plate_spec", ADDRESS, GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_COMPILED_ON] = {"compiled_on", ADDRESS,
                                   GAZ_ATTRIBUTE_IS_DATE},
    [GAZ_ATTRIBUTE_EXPIRES_ON] = {"expires_on", ADDRESS, GAZ_ATTRIBUTE_IS_DATE},
    [GAZ_ATTRIBUTE_CERTIFICATE] = {"certificate", ADDRESS,
                                   GAZ_ATTRIBUTE_IS_TEXT},
    [GAZ_ATTRIBUTE_DEED_ADDRESS] = {"deed_address", ADDRESS,
                                    GAZ_ATTRIBUTE_IS_TEXT},
};

const char *gaz_attribute_name(gaz_attribute_kind kind)
{
    return KINDS[kind].name;
}

gaz_attribute_type gaz_attribute_type_of(gaz_attribute_kind kind)
{
    return KINDS[kind].type;
}

bool gaz_attribute_find(const char *name, gaz_attribute_kind *out)
{
    for (int i = 0; i < GAZ_ATTRIBUTES; i++)
        if (strcmp(KINDS[i].name, name) == 0) {
            *out = (gaz_attribute_kind)i;
            return true;
        }
    return false;
}

bool gaz_attribute_is_of_place(gaz_attribute_kind kind)
{
    return (KINDS[kind].of & PLACE) != 0;
}

bool gaz_attribute_is_of_address(gaz_attribute_kind kind)
{
    return (KINDS[kind].of & ADDRESS) != 0;
}

const char *gaz_attribute_get(const struct gaz_attribute *items, int count,
                              gaz_attribute_kind kind)
{
    for (int i = 0; i < count; i++)
        if (items[i].kind == kind)
            return items[i].value;
    return NULL;
}
