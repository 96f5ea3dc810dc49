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
/* match.c */
api_handler api_match_get;
api_handler api_match_post;
/* batch.c */
api_handler api_batch_post;
/* check_route.c */
api_handler api_check_get;
/* place.c */
api_handler api_place_by_id;
api_handler api_place_by_code;
/* collection.c */
api_handler api_collection_heritage;
api_handler api_collection_boundaries;
/* boundary/handlers.c */
api_handler api_boundary_checks;
api_handler api_boundary_names;
/* maps.c */
api_handler api_maps_png;
api_handler api_maps_pdf;
api_handler api_maps_legend_png;
api_handler api_maps_legend_svg;
/* tiles.c */
api_handler api_tiles_png;
api_handler api_tiles_png_2x;
api_handler api_tiles_webp;
api_handler api_tiles_webp_2x;
api_handler api_tiles_mvt;
api_handler api_tiles_style;
api_handler api_tiles_sprite;
api_handler api_tiles_sprite_2x;
api_handler api_tiles_sprite_index;
api_handler api_tiles_sprite_index_2x;
api_handler api_tiles_json;
/* health.c */
api_handler api_health;
/* access/handlers.c */
api_handler api_access_metrics;
api_handler api_access_ready;
/* access/changes.c */
api_handler api_access_changes;
api_handler api_access_changes_atom;
/* openapi.c */
api_handler api_openapi;
api_handler api_openapi_page;

#endif
