/* recorder.h - writes the audit log and the use of keys, beside the requests.
 *
 * What is noted waits in memory for at most half a second; alike lines (a
 * client that tries a bad key again and again) become one with a count. A
 * successful write is not noted here: its line is part of its transaction
 * (api/write). When the database is locked for longer the lines wait; when too
 * many wait, further ones are counted and the log says so.
 */
#ifndef API_ACCESS_RECORDER_H
#define API_ACCESS_RECORDER_H

#include "api/access/keyring.h"

enum { API_RECORDER_WAITING_MAX = 1024 };

struct api_recorder;

struct api_recorder_options {
    const char *db;
    struct api_keyring *ring; /* whose uses are kept; NULL: none */
    void (*log)(const char *line, void *user); /* NULL: nobody listens */
    void *user;
};

/* GAZ_IO: no thread. */
gaz_status api_recorder_open(struct gaz_ctx *ctx,
                             const struct api_recorder_options *options,
                             struct api_recorder **out);
/* Writes what waits; accepts NULL. */
void api_recorder_close(struct api_recorder *recorder);

/* api_recorder_note adds a line. `what`: "use", "denied" or "admin". Texts are
 * copied, and cut when they are very long. */
void api_recorder_note(struct api_recorder *recorder, const char *what,
                       const struct api_caller *caller,
                       const struct api_request *request, int status);

/* api_recorder_lost is how many lines were not kept since the start. */
uint64_t api_recorder_lost(struct api_recorder *recorder);

#endif
