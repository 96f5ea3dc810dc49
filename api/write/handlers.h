/* handlers.h - one handler a route; the table is in table.c. */
#ifndef API_WRITE_HANDLERS_H
#define API_WRITE_HANDLERS_H

#include "api/http.h"

api_handler api_write_record_get;
api_handler api_write_place_create;
api_handler api_write_place_put;
api_handler api_write_place_patch;
api_handler api_write_place_abolish;
api_handler api_write_name_add;
api_handler api_write_name_put;
api_handler api_write_name_remove;
api_handler api_write_address_create;
api_handler api_write_address_put;
api_handler api_write_address_patch;
api_handler api_write_address_abolish;
api_handler api_write_change_get;
api_handler api_write_undo;

#endif
