/* detail.h - one place or address with everything that is known of it. */
#ifndef API_DETAIL_H
#define API_DETAIL_H

#include "api/http.h"

enum {
    API_DETAIL_CHILDREN_MAX = 200,
    API_DETAIL_ADDRESSES_MAX = 200,
    API_DETAIL_SOURCES_MAX = 32,
};

/* api_detail_place appends a Feature: names with their spans, changes, claims,
 * sources, children, parents, addresses. `at`: name and label as of that day;
 * 0: today. */
void api_detail_place(struct api_worker *worker, uint32_t place, gaz_date at,
                      struct gaz_buffer *out);

/* api_detail_address appends a Feature of an address. */
void api_detail_address(struct api_worker *worker, uint32_t address,
                        gaz_date at, struct gaz_buffer *out);

/* api_detail_claims writes "claims" of a place. */
struct gaz_json;
void api_detail_claims(struct gaz_json *json, const struct gaz_snapshot *snap,
                       uint32_t place);

#endif
