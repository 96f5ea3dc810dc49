/* handlers.h - one handler a route; the table is in table.c. */
#ifndef API_HANDLERS_H
#define API_HANDLERS_H

#include "api/http.h"

/* find.c */
api_handler api_find_geocode;
api_handler api_find_search;
api_handler api_find_suggest;
api_handler api_find_reverse;
api_handler api_find_parse;
/* batch.c */
api_handler api_batch_post;
/* place.c */
api_handler api_place_by_id;
api_handler api_place_by_code;
/* collection.c */
api_handler api_collection_heritage;
api_handler api_collection_boundaries;
/* tiles.c */
api_handler api_tiles_png;
api_handler api_tiles_png_2x;
api_handler api_tiles_mvt;
api_handler api_tiles_json;
/* health.c */
api_handler api_health;
/* openapi.c */
api_handler api_openapi;
api_handler api_openapi_page;

#endif
