/* handlers.h - one handler a route of OGC API - Features (table.c). */
#ifndef API_OGC_HANDLERS_H
#define API_OGC_HANDLERS_H

#include "api/http.h"

/* landing.c */
api_handler ogc_landing_get;
api_handler ogc_landing_conformance;
api_handler ogc_landing_api;
/* describe.c */
api_handler ogc_describe_collections;
api_handler ogc_describe_collection;
api_handler ogc_describe_queryables;
/* items.c */
api_handler ogc_items_get;
api_handler ogc_items_one;

#endif
