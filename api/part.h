/* part.h - the members that several representations share.
 *
 * Each writes one member of a JSON object, from rows of the snapshot.
 * Coordinates are CGCS2000, longitude first; within a few centimetres they are
 * those of WGS 84, which RFC 7946 asks for.
 */
#ifndef API_PART_H
#define API_PART_H

#include "api/params.h"
#include "gazetteer/base/json.h"

enum { API_CREDITS_MAX = 16 };

/* Whose data an answer shows: licences and credit lines, each once. */
struct api_credits {
    const char *licences[API_CREDITS_MAX];
    const char *credits[API_CREDITS_MAX];
    int licence_count;
    int credit_count;
};

void api_part_credit(struct api_credits *credits,
                     const struct gaz_snapshot *snap, uint32_t source);
/* The sources of a place's name and position. */
void api_part_credit_place(struct api_credits *credits,
                           const struct gaz_snapshot *snap, uint32_t place);

/* The credit lines in one text, in arena. */
const char *api_part_attribution(struct gaz_arena *arena,
                                 const struct api_credits *credits);

/* The licences in one text, in arena. */
const char *api_part_licence(struct gaz_arena *arena,
                             const struct api_credits *credits);

/* "geocoding": version, licence, attribution and the query (NULL: none). */
void api_part_geocoding(struct gaz_json *json, struct gaz_arena *arena,
                        const struct api_credits *credits, const char *query);

/* The id's 13 characters; null for 0. */
void api_part_id(struct gaz_json *json, const char *key, gaz_id id);
/* {"id", "name"} of a place. */
void api_part_reference(struct gaz_json *json, const char *key,
                        const struct gaz_snapshot *snap, uint32_t place);
/* "category" and "category_name". */
void api_part_category(struct gaz_json *json, uint32_t category);
/* "division": from the province down, the place itself when it is one. */
void api_part_division(struct gaz_json *json, const struct gaz_snapshot *snap,
                       uint32_t place);
/* "position": method, accuracy, a sentence, the source's key; null when there
 * is none. */
void api_part_position(struct gaz_json *json, const struct gaz_snapshot *snap,
                       const struct gaz_position *position);
/* "geometry": a point, or null when no position is known. */
void api_part_point(struct gaz_json *json, const struct gaz_position *position);
/* A member that is left out when the date is open. */
void api_part_date(struct gaz_json *json, const char *key, gaz_date date);

/* The stored position of a place. */
struct gaz_position api_part_place_position(const struct gaz_snapshot *snap,
                                            uint32_t place);
/* The text of the standard name on a day (0: today). */
const char *api_part_name(const struct gaz_snapshot *snap, uint32_t place);
const char *api_part_roman(const struct gaz_snapshot *snap, uint32_t place);

const char *api_part_status(uint32_t status);    /* "current" */
const char *api_part_name_kind(uint32_t kind);   /* "former" */
const char *api_part_change_kind(uint32_t kind); /* "rename" */
const char *api_part_basis(uint32_t basis);      /* "document"; "" for none */
const char *api_part_method(gaz_method method);  /* "surveyed" */
/* How far such a position may be trusted, one sentence in Chinese. */
const char *api_part_method_note(gaz_method method);

#endif
