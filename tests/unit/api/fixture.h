/* fixture.h - a worker with a small snapshot, for tests of handlers.
 *
 * Names, codes and the change of 2009 are real; every position, area, line and
 * number is made for the test and marked synthetic.
 */
#ifndef TESTS_UNIT_API_FIXTURE_H
#define TESTS_UNIT_API_FIXTURE_H

#include "api/http.h"

enum {
    FIXTURE_COUNTY = 103,
    FIXTURE_TOWN = 104,    /* 乍浦镇 */
    FIXTURE_VILLAGE = 105, /* 衙前村, 建中村 before 2017 */
    FIXTURE_ROAD = 106,    /* 演示路 with 158号 and 160号 */
    FIXTURE_SITE = 107,    /* 天妃宫炮台 with two claims */
    FIXTURE_GONE = 110,    /* 黄姑镇, merged in 2009 */
    FIXTURE_HEIR = 111,    /* 独山港镇 */
    FIXTURE_ADDRESS = 201, /* 演示路158号, where the site stands */
    FIXTURE_MERGED = 900,  /* redirects to FIXTURE_VILLAGE */
    FIXTURE_SEQ = 4711,
};

struct fixture {
    struct api_worker worker;
    struct gaz_snapshot *snap;
    struct gaz_buffer body;
    struct api_response response;
};

/* fixture_write makes the snapshot file. `seq` tells one from another. Stops
 * the program when that fails. */
void fixture_write(const char *path, uint64_t seq);

/* fixture_open makes it in a temporary file and opens it. */
void fixture_open(struct fixture *fixture);
void fixture_close(struct fixture *fixture);

/* fixture_ask dispatches "GET /v1/geocode?q=..." and returns the HTTP status;
 * the answer is in fixture->response and ->body. */
int fixture_ask(struct fixture *fixture, const char *method, const char *uri);
/* The same with If-None-Match. */
int fixture_ask_again(struct fixture *fixture, const char *uri,
                      const char *etag);
int fixture_post(struct fixture *fixture, const char *uri, const char *type,
                 const char *body, size_t size);

/* A JSON body with If-Match and Idempotency-Key (NULL: none). */
int fixture_decide(struct fixture *fixture, const char *uri, const char *body,
                   const char *if_match, const char *token);

/* The id as text, in static memory of the last four calls. */
const char *fixture_id(gaz_id id);

#endif
