/* changes.h - an entry of the change feed, for /v1/changes and for webhooks. */
#ifndef API_ACCESS_CHANGES_H
#define API_ACCESS_CHANGES_H

#include "gazetteer/base/json.h"
#include "gazetteer/store/feed.h"

/* api_access_changes_shows is false for tables that these roles may not see. */
bool api_access_changes_shows(unsigned roles, const char *table);

void api_access_changes_write(struct gaz_json *json,
                              const struct gaz_journal_entry *entry);

#endif
