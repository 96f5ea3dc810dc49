/* ask.h - what the dialects share: asking, and the parts of an answer.
 *
 * A dialect only changes the clothes: each asks the same search as /v1, so it
 * finds the same. Names of this room begin with dialect_.
 */
#ifndef API_DIALECTS_ASK_H
#define API_DIALECTS_ASK_H

#include "api/part.h"

/* Where an answer lies, level by level; "" for what is not known. */
struct dialect_parts {
    const char *province;
    const char *city;
    const char *county;
    const char *town;
    const char *village;
    const char *street; /* the road that a number stands on, or is asked for */
    const char *number;
    const char *name;        /* of the place, or of the site at the address */
    const char *county_code; /* 6 digits */
    const char *town_code;   /* 9 digits */
};

/* dialect_ask_forward geocodes `text`, the value of `parameter`; NULL or empty
 * is a problem. `in_code`: NULL, or a division to stay in. */
gaz_status dialect_ask_forward(struct api_worker *worker, const char *parameter,
                               const char *text, const char *in_code, int limit,
                               struct gaz_answers *out);
gaz_status dialect_ask_reverse(struct api_worker *worker,
                               struct gaz_coord coord, double radius_m,
                               int limit, struct gaz_answers *out);

void dialect_ask_parts(const struct gaz_snapshot *snap,
                       const struct gaz_answer *answer,
                       struct dialect_parts *out);

static inline bool dialect_ask_is_placed(const struct gaz_answer *answer)
{
    return answer->position.method != GAZ_METHOD_NONE;
}

/* The permanent id of what was found, 13 characters, in arena. */
const char *dialect_ask_id(struct api_worker *worker,
                           const struct gaz_answer *answer);
/* The same as a number that JavaScript keeps: its low 53 bits. */
int64_t dialect_ask_number(const struct gaz_snapshot *snap,
                           const struct gaz_answer *answer);

/* The credit lines of all answers. */
const char *dialect_ask_credits(struct api_worker *worker,
                                const struct gaz_answers *answers);

/* The half side of a square around a position that its accuracy allows. */
struct gaz_box dialect_ask_box(const struct gaz_position *position);

#endif
