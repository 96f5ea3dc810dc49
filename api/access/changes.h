/* changes.h - an entry of the change feed, for /v1/changes and for webhooks. */
#ifndef API_ACCESS_CHANGES_H
#define API_ACCESS_CHANGES_H

#include "gazetteer/base/json.h"
#include "gazetteer/store/feed.h"

/* api_access_changes_shows is false for entries that these roles may not see:
 * of tables that are not public, and about what is graded (store/secrecy.h). */
bool api_access_changes_shows(unsigned roles,
                              const struct gaz_journal_entry *entry);

void api_access_changes_write(struct gaz_json *json, unsigned roles,
                              const struct gaz_journal_entry *entry);

#endif
