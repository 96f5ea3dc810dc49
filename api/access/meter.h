/* meter.h - counts what the server does, for /metrics.
 *
 * Counters only go up and are added to without a lock; reading them while they
 * change gives values that were true at some moment of the reading. Durations
 * are counted in fixed classes, a histogram a route, so that Prometheus can
 * give percentiles over any span.
 */
#ifndef API_ACCESS_METER_H
#define API_ACCESS_METER_H

#include "api/route.h"

/* Why a request was turned away before its handler. */
typedef enum {
    API_REFUSED_RATE,     /* too many from one address, or a quota */
    API_REFUSED_BUSY,     /* the queue of heavy work is full */
    API_REFUSED_KEY,      /* a key that is unknown, expired or revoked */
    API_REFUSED_ROLE,     /* a key without the role */
    API_REFUSED_PROTOCOL, /* a broken or slow head or body */
    API_REFUSALS,
} api_refusal;

struct api_meter;

struct api_meter *api_meter_open(void);
void api_meter_close(struct api_meter *meter); /* accepts NULL */

void api_meter_begin(struct api_meter *meter);
/* api_meter_end counts an answer. `route` may be NULL: no route, or none known
 * yet. */
void api_meter_end(struct api_meter *meter, const struct api_route *route,
                   int status, int64_t took_us);
void api_meter_refuse(struct api_meter *meter, api_refusal why);

/* api_meter_write appends Prometheus text format 0.0.4: the counters, what the
 * snapshot holds (NULL: none is loaded), and the process. */
void api_meter_write(const struct api_meter *meter,
                     const struct gaz_snapshot *snap, struct gaz_buffer *out);

#endif
