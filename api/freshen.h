/* freshen.h - the map keeps in step with the database within milliseconds.
 *
 * A new snapshot takes a part of a second (refresh.h). The map does not wait
 * for it: a thread reads what the journal says since, and changes the named
 * points concerned in the map that answers (tile_maker_edit). It looks two
 * hundred times a second (PRAGMA data_version: no page is read unless somebody
 * wrote) and when it is woken. What is no change of a named point, and spans of
 * more than FRESHEN_MAX places, wait for the snapshot, which then finds the
 * rest done and keeps every tile.
 */
#ifndef API_FRESHEN_H
#define API_FRESHEN_H

#include "api/snapshot_swap.h"

enum { API_FRESHEN_MAX = 64, API_FRESHEN_POLL_MS = 5 };

struct api_freshen;

/* @return GAZ_OK; GAZ_IO: no thread. The database may come later. */
gaz_status api_freshen_open(struct gaz_ctx *ctx, const char *db,
                            struct api_swap *swap, struct api_freshen **out);
void api_freshen_close(struct api_freshen *freshen); /* accepts NULL */

/* api_freshen_wake says that something was written just now; accepts NULL. */
void api_freshen_wake(struct api_freshen *freshen);

#endif
