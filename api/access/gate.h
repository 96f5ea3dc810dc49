/* gate.h - who may come in: keys, roles, limits.
 *
 *     status = api_gate_admit(gate, worker, &visitor);
 *     if (status != GAZ_OK) ... the answer is 401, 403 or 429
 *
 * The public may ask what is public, so many times a second from one address.
 * A key lifts that limit, has a quota of its own a day, and opens the routes
 * that its roles allow.
 */
#ifndef API_ACCESS_GATE_H
#define API_ACCESS_GATE_H

#include "api/access/keyring.h"
#include "api/access/meter.h"

struct api_gate;

struct api_gate_options {
    const char *db;  /* where the keys are; NULL: no keys */
    int rate;        /* requests a second from one address; 0: the default */
    bool limits_own; /* also requests from this machine (`rate` was given) */
    const char *trusted_proxy; /* the address whose X-Forwarded-For is believed;
                                * NULL: none */
};

enum {
    API_GATE_RATE_DEFAULT = 50,
    API_GATE_BURST_SECONDS = 4, /* of the rate may come at once */
};

/* What the gate looks at of a request. */
struct api_visitor {
    const char *address;           /* of the socket, "192.0.2.7" */
    const char *forwarded;         /* X-Forwarded-For; NULL: none */
    const char *authorization;     /* Authorization; NULL: none */
    const char *api_key;           /* X-Api-Key; NULL: none */
    const struct api_route *route; /* NULL: none was found */
};

struct api_gate *api_gate_open(const struct api_gate_options *options,
                               struct api_meter *meter);
void api_gate_close(struct api_gate *gate); /* accepts NULL */

/* NULL: no keys. */
struct api_keyring *api_gate_ring(struct api_gate *gate);

/* api_gate_admit sets worker->caller, or fails with the problem to answer:
 * 401 (key unknown, or none where one is needed), 403 (no such role), 429 with
 * worker->retry_after_s. */
gaz_status api_gate_admit(struct api_gate *gate, struct api_worker *worker,
                          const struct api_visitor *visitor);

/* True for 127.0.0.0/8. */
bool api_gate_is_own(const char *address);

#endif
