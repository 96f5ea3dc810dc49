/* handlers.h - one handler a route of the dialects (table.c). */
#ifndef API_DIALECTS_HANDLERS_H
#define API_DIALECTS_HANDLERS_H

#include "api/http.h"

/* nominatim.c */
api_handler dialect_nominatim_search, dialect_nominatim_reverse,
    dialect_nominatim_lookup, dialect_nominatim_status;
/* photon.c */
api_handler dialect_photon_search, dialect_photon_reverse;
/* tianditu.c */
api_handler dialect_tianditu_get;
/* amap.c */
api_handler dialect_amap_geo, dialect_amap_regeo;
/* reconcile.c */
api_handler dialect_reconcile_get, dialect_reconcile_post;
/* reconcile_suggest.c */
api_handler dialect_reconcile_entity, dialect_reconcile_property,
    dialect_reconcile_type, dialect_reconcile_properties,
    dialect_reconcile_preview;
/* stname.c */
api_handler dialect_stname_list, dialect_stname_details,
    dialect_stname_divisions;
/* stname_count.c */
api_handler dialect_stname_name_by_code, dialect_stname_name_by_type,
    dialect_stname_pinyin_by_code, dialect_stname_pinyin_by_type;
/* mzt164.c */
api_handler dialect_mzt164_places, dialect_mzt164_place,
    dialect_mzt164_divisions, dialect_mzt164_categories, dialect_mzt164_none;
/* linked.c */
api_handler dialect_linked_all, dialect_linked_one;

#endif
