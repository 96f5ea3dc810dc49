/* scribe.h - the one editor of the server: one request writes at a time.
 *
 *     status = api_scribe_take(worker, &editor);
 *     if (status == GAZ_OK) {
 *         status = gaz_editor_...(ctx, editor, ...);
 *         api_scribe_give(worker, status);
 *     }
 */
#ifndef API_WRITE_SCRIBE_H
#define API_WRITE_SCRIBE_H

#include "api/http.h"
#include "gazetteer/edit/editor.h"

enum { API_SCRIBE_WAIT_MS = 3000, API_SCRIBE_RETRY_S = 30 };

struct api_scribe;

struct api_scribe *api_scribe_open(const char *db);
void api_scribe_close(struct api_scribe *scribe); /* accepts NULL */

/* api_scribe_take gives the editor to this request. Problem 503: no database,
 * or others write for longer than API_SCRIBE_WAIT_MS. */
gaz_status api_scribe_take(struct api_worker *worker, struct gaz_editor **out);
/* api_scribe_give ends the request's turn; `status` is what came of it. A
 * database that another program keeps locked (an import) is a problem 503. */
gaz_status api_scribe_give(struct api_worker *worker, gaz_status status);

#endif
