/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/model/address.h"

const char *gaz_element_name(gaz_element_label label)
{
    static const char *const NAMES[GAZ_ELEMENT_LABELS] = {
        [GAZ_ELEMENT_COUNTRY] = "country",
        [GAZ_ELEMENT_PROV] = "prov",
        [GAZ_ELEMENT_CITY] = "city",
        [GAZ_ELEMENT_DISTRICT] = "district",
        [GAZ_ELEMENT_DEVZONE] = "devzone",
        [GAZ_ELEMENT_TOWN] = "town",
        [GAZ_ELEMENT_COMMUNITY] = "community",
        [GAZ_ELEMENT_ROAD] = "road",
        [GAZ_ELEMENT_ROADNO] = "roadno",
        [GAZ_ELEMENT_SUBROAD] = "subroad",
        [GAZ_ELEMENT_SUBROADNO] = "subroadno",
        [GAZ_ELEMENT_POI] = "poi",
        [GAZ_ELEMENT_SUBPOI] = "subpoi",
        [GAZ_ELEMENT_HOUSENO] = "houseno",
        [GAZ_ELEMENT_CELLNO] = "cellno",
        [GAZ_ELEMENT_FLOORNO] = "floorno",
        [GAZ_ELEMENT_ROOMNO] = "roomno",
        [GAZ_ELEMENT_PERSON] = "person",
        [GAZ_ELEMENT_ASSIST] = "assist",
        [GAZ_ELEMENT_REDUNDANT] = "redundant",
        [GAZ_ELEMENT_OTHERINFO] = "otherinfo",
    };
    return label < GAZ_ELEMENT_LABELS ? NAMES[label] : "unknown";
}
