/* match.h - /v1/match, and the JSON of a judgement. */
#ifndef API_MATCH_H
#define API_MATCH_H

#include "api/http.h"
#include "gazetteer/base/json.h"
#include "gazetteer/match/judge.h"

enum { API_MATCH_MAX_PAIRS = 10000 }; /* of a request */

/* api_match_write writes an object: a, b, label, match, probabilities,
 * evidence. */
void api_match_write(struct gaz_json *json, const char *a, const char *b,
                     const struct gaz_judgement *judgement);

#endif
