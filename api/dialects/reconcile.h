/* reconcile.h - what reconcile.c and reconcile_suggest.c share. */
#ifndef API_DIALECTS_RECONCILE_H
#define API_DIALECTS_RECONCILE_H

#include "api/part.h"

/* {"id": "21500", "name": "乡镇"} of a category. */
void dialect_reconcile_write_type(struct gaz_json *json, const char *key,
                                  uint32_t category);

/* The place of an id, or GAZ_NONE. */
uint32_t dialect_reconcile_place(const struct gaz_snapshot *snap,
                                 const char *id);

#endif
